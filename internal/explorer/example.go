package explorer

import "strings"

// Operation is an example of what one can ask. Its document may begin with a
// comment that says what it is about, as in `# As ada: …`.
type Operation struct {
	Name     string // as in talent_work
	As       string // the subject of the role that asks, or "anonymous"
	Document string
}

// example is an operation as the pages show it.
type example struct {
	Name     string `json:"name"`
	Title    string `json:"title"`
	About    string `json:"about"`
	As       string `json:"as"`
	Document string `json:"document"`
}

func describe(operations []Operation) []example {
	list := make([]example, len(operations))
	for i, o := range operations {
		list[i] = example{
			Name: o.Name, Title: sentence(strings.ReplaceAll(o.Name, "_", " ")), About: about(o.Document), As: o.As, Document: o.Document,
		}
	}
	return list
}

// about is what the comment in a document's first line says of it.
func about(document string) string {
	first, _, _ := strings.Cut(document, "\n")
	comment, is := strings.CutPrefix(first, "#")
	if !is {
		return ""
	}
	if _, after, named := strings.Cut(comment, ": "); named && strings.HasPrefix(comment, " As ") {
		comment = after
	}
	return sentence(strings.TrimSpace(comment))
}

// sentence begins with a capital. What is said here is plain English.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
