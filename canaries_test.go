package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"entgo.io/ent/schema/field"

	"github.com/rung-dev/rung/ent/gen/ent/migrate"
	"github.com/rung-dev/rung/internal/callback"
	"github.com/rung-dev/rung/internal/store/engine"
)

// canaries are what must be written nowhere outside: every token, secret and
// signature that a test sent or was told, and the addresses, names and texts that
// were sent or lie in the database. Each is known by its first bytes, so that a
// text is read once however many there are.
type canaries struct {
	mu    sync.Mutex
	known map[string]bool
	first map[[fewest]byte][]canary
}

type canary struct{ kind, text string }

const (
	fewest = 8  // bytes: what is shorter stands anywhere by chance
	enough = 16 // bytes of the beginning, or of the end: a part told is told too
)

func newCanaries() *canaries {
	return &canaries{known: map[string]bool{}, first: map[[fewest]byte][]canary{}}
}

// add keeps what would give a text away: its beginning and its end, also as they
// stand in an address.
func (c *canaries) add(kind, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known[text] {
		return
	}
	c.known[text] = true
	plain := longestPlain(text)
	for _, written := range []string{plain, url.QueryEscape(plain)} {
		if len(written) < fewest {
			continue
		}
		c.keep(canary{kind, written[:min(enough, len(written))]})
		c.keep(canary{kind, written[max(0, len(written)-enough):]})
	}
}

func (c *canaries) keep(one canary) {
	key := [fewest]byte([]byte(one.text))
	for _, other := range c.first[key] {
		if other.text == one.text {
			return
		}
	}
	c.first[key] = append(c.first[key], one)
}

// longestPlain is the longest part of a text that a line of JSON writes as it is.
func longestPlain(text string) string {
	longest := ""
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == '"' || r == '\\' || unicode.IsControl(r) }) {
		if len(part) > len(longest) {
			longest = part
		}
	}
	return longest
}

// find is the first canary in a text.
func (c *canaries) find(text []byte) (canary, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := 0; i+fewest <= len(text); i++ {
		for _, one := range c.first[[fewest]byte(text[i:])] {
			if bytes.HasPrefix(text[i:], []byte(one.text)) {
				return one, true
			}
		}
	}
	return canary{}, false
}

// The kinds of canaries.
const (
	aToken     = "a bearer token"
	aSecret    = "a client's secret"
	anInvite   = "an invitation's token"
	aSignature = "a signature"
	anAddress  = "an e-mail address"
	aName      = "a name"
	aText      = "a text"
)

// longestName is how long a name is at most; other texts of words in capitals are
// texts.
const longestName = 60

// byLooks are the kinds that are known by how a value looks.
var byLooks = map[string]*regexp.Regexp{
	aToken: regexp.MustCompile(`^eyJ[\w-]+\.`), aSecret: regexp.MustCompile(`^rungs_`), anInvite: regexp.MustCompile(`^ivt_`),
	anAddress: regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`),
}

// note keeps a value that somebody sent or that lies in the database, if it is
// more than one word of ours: ids, statuses and codes may be told.
func (c *canaries) note(value string) {
	for kind, looks := range byLooks {
		if looks.MatchString(value) {
			c.add(kind, value)
			return
		}
	}
	words := strings.Fields(value)
	switch {
	case len(words) < 2:
	case len(value) <= longestName && isName(words):
		c.add(aName, value)
	default:
		c.add(aText, value)
	}
}

func isName(words []string) bool {
	for _, w := range words {
		if first := []rune(w)[0]; !unicode.IsUpper(first) {
			return false
		}
	}
	return true
}

// noteAll keeps the texts of a JSON value, however deep.
func (c *canaries) noteAll(value any) {
	switch v := value.(type) {
	case string:
		c.note(v)
	case []any:
		for _, one := range v {
			c.noteAll(one)
		}
	case map[string]any:
		for _, one := range v {
			c.noteAll(one)
		}
	}
}

// seeded keeps the texts of a database, of every table.
func (c *canaries) seeded(ctx context.Context, e *engine.Engine) error {
	for _, table := range migrate.Tables {
		for _, column := range table.Columns {
			if column.Type != field.TypeString && column.Type != field.TypeJSON {
				continue
			}
			if err := c.column(ctx, e, table.Name, column.Name); err != nil {
				return fmt.Errorf("%s.%s: %w", table.Name, column.Name, err)
			}
		}
	}
	return nil
}

func (c *canaries) column(ctx context.Context, e *engine.Engine, table, column string) error {
	rows, err := e.Read.QueryContext(ctx, fmt.Sprintf(`SELECT DISTINCT CAST(%q AS TEXT) FROM %q WHERE %[1]q IS NOT NULL`, column, table))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		var value any
		if json.Unmarshal([]byte(text), &value) != nil {
			value = text
		}
		c.noteAll(value)
	}
	return rows.Err()
}

// literal is a text in a document.
var literal = regexp.MustCompile(`(?s)"""(.*?)"""|"((?:[^"\\\n]|\\.)*)"`)

// sent keeps what a request holds.
func (c *canaries) sent(r *http.Request, body []byte) {
	scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	switch {
	case strings.EqualFold(scheme, "Basic"):
		_, password, _ := r.BasicAuth()
		c.add(aSecret, given)
		c.add(aSecret, password)
	case given != "":
		c.add(aToken, given)
	}
	if signature := r.Header.Get(callback.SignatureHeader); signature != "" {
		c.add(aSignature, signature)
	}
	for name, values := range r.URL.Query() {
		for _, value := range values {
			if name == "signature" {
				c.add(aSignature, value)
			}
			c.value(name, value)
		}
	}
	kind := r.Header.Get("Content-Type")
	switch {
	case strings.HasPrefix(kind, "application/json"):
		c.body(body)
	case strings.HasPrefix(kind, "application/x-www-form-urlencoded"):
		form, _ := url.ParseQuery(string(body))
		for name, values := range form {
			for _, value := range values {
				if name == "client_secret" {
					c.add(aSecret, value)
				}
				c.note(value)
			}
		}
	}
}

// body keeps what a body of JSON holds; what is none is refused before anybody
// could write of it.
func (c *canaries) body(raw []byte) {
	var parts map[string]any
	if json.Unmarshal(raw, &parts) != nil {
		return
	}
	for name, value := range parts {
		c.value(name, value)
	}
}

// value keeps what a part of a request holds, of a document what stands in quotes.
func (c *canaries) value(name string, value any) {
	document, isText := value.(string)
	if name != "query" || !isText {
		c.noteAll(value)
		return
	}
	for _, found := range literal.FindAllStringSubmatch(document, -1) {
		var text string
		if json.Unmarshal([]byte(`"`+found[2]+`"`), &text) != nil {
			text = found[2]
		}
		c.note(found[1] + text)
	}
}

// answered keeps the secrets that an answer tells, found by how they begin.
func (c *canaries) answered(body []byte) {
	for begins, kind := range map[string]string{`"eyJ`: aToken, `"rungs_`: aSecret, `"ivt_`: anInvite, "signature=": aSignature} {
		for rest := body; ; {
			at := bytes.Index(rest, []byte(begins))
			if at < 0 {
				break
			}
			rest = rest[at+len(begins):]
			if end := bytes.IndexAny(rest, `"&\`); end > 0 {
				c.add(kind, strings.TrimPrefix(strings.TrimPrefix(begins, `"`), "signature=")+string(rest[:end]))
			}
		}
	}
}

// mostHeard is how much of a body is looked at; what is longer is a file.
const mostHeard = 1 << 20

// overhears keeps what is sent to a handler and what it answers.
func (c *canaries) overhears(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body []byte
		if kind := r.Header.Get("Content-Type"); r.Body != nil && (strings.HasPrefix(kind, "application/json") || strings.HasPrefix(kind, "application/x-www-form")) {
			whole := r.Body
			// What is longer than any body we take is handed on as it comes.
			body, _ = io.ReadAll(io.LimitReader(whole, mostHeard))
			r.Body = struct {
				io.Reader
				io.Closer
			}{io.MultiReader(bytes.NewReader(body), whole), whole}
		}
		c.sent(r, body)
		tapped := &tap{ResponseWriter: w}
		next.ServeHTTP(tapped, r)
		c.answered(tapped.said.Bytes())
	})
}

// tap keeps a copy of an answer.
type tap struct {
	http.ResponseWriter
	said bytes.Buffer
}

// Write keeps a copy.
func (t *tap) Write(b []byte) (int, error) {
	if t.said.Len() < mostHeard {
		t.said.Write(b)
	}
	return t.ResponseWriter.Write(b)
}

// Unwrap is what sets deadlines.
func (t *tap) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// raw keeps what a request holds that was sent byte for byte.
func (c *canaries) raw(bytesOf string) {
	head, body, _ := strings.Cut(bytesOf, "\r\n\r\n")
	r := &http.Request{Header: http.Header{}, URL: &url.URL{}}
	lines := strings.Split(head, "\r\n")
	for _, line := range lines[1:] {
		if name, value, isHeader := strings.Cut(line, ": "); isHeader {
			r.Header.Set(name, value)
		}
	}
	if parts := strings.Fields(lines[0]); len(parts) > 1 {
		if at, err := url.Parse(parts[1]); err == nil {
			r.URL = at
		}
	}
	c.sent(r, []byte(body))
}
