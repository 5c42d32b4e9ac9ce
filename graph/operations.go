package graph

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed operations/*.graphql
var operations embed.FS

// Operation is an example of what one can ask.
type Operation struct {
	Name     string
	As       string // whose role it takes, as the demo world names people
	Document string
}

// Operations are the examples, by name. Between them they read every field.
func Operations() []Operation {
	names, err := fs.Glob(operations, "operations/*.graphql")
	if err != nil {
		panic(err) // the pattern is wrong
	}
	list := make([]Operation, 0, len(names))
	for _, name := range names {
		text, err := operations.ReadFile(name)
		if err != nil {
			panic(err) // it was embedded
		}
		as, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# As "), ":")
		list = append(list, Operation{strings.TrimSuffix(path.Base(name), ".graphql"), as, string(text)})
	}
	return list
}

// Documents are the examples' texts, which everybody may name by their SHA-256.
// Those with names of the demo world in place of ids are no documents yet.
func Documents() []string {
	var texts []string
	for _, o := range Operations() {
		if !strings.Contains(o.Document, "{{") {
			texts = append(texts, o.Document)
		}
	}
	return texts
}
