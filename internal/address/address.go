// Package address holds addresses on the web as people give them.
package address

import (
	"errors"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// MaxURL is how many bytes a web address may have.
const MaxURL = 2000

// ParseURL refuses what is no absolute http or https address, and one that
// carries a name or password.
func ParseURL(text string) error {
	u, err := url.Parse(text)
	ok := err == nil && len(text) <= MaxURL && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil
	if !ok || !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return errors.New("write an absolute http or https address, as in https://example.com/resume.pdf")
	}
	return nil
}

// MarshalURL writes a web address as a GraphQL Url.
func MarshalURL(text string) graphql.Marshaler { return graphql.MarshalString(text) }

// UnmarshalURL reads a GraphQL Url.
func UnmarshalURL(v any) (string, error) {
	text, _ := v.(string)
	return text, ParseURL(text)
}
