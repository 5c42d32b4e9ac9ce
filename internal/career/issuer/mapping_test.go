package issuer

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/schema"
)

func TestWordOf(t *testing.T) {
	t.Parallel()
	i := &ent.IdentityIssuer{
		Scopes: []string{"rung.edu", "med.rung.edu"},
		Mappings: []schema.RoleMapping{
			{Claim: "EDUPERSON_ENTITLEMENT", Pattern: "urn:mace:rung.edu:career:*", Role: "ADMIN"},
			{Claim: "EDUPERSON_SCOPED_AFFILIATION", Pattern: "Staff@rung.edu", Role: "APPROVER"},
			{Claim: "EDUPERSON_SCOPED_AFFILIATION", Pattern: "staff@*", Role: "VIEWER"},
			{Claim: "EDUPERSON_SCOPED_AFFILIATION", Pattern: "student@*", Role: "TALENT"},
			{Claim: "EDUPERSON_AFFILIATION", Pattern: "faculty", Role: "VIEWER"},
		},
	}
	scoped := func(values ...any) map[string]any { return map[string]any{"eduperson_scoped_affiliation": values} }
	for name, c := range map[string]struct {
		claims map[string]any
		want   Word
	}{
		"nothing":                            {nil, Word{}},
		"one text":                           {map[string]any{"eduperson_scoped_affiliation": "staff@rung.edu"}, Word{Role: "APPROVER"}},
		"a list":                             {scoped("member@rung.edu", "staff@rung.edu"), Word{Role: "APPROVER"}},
		"in any capitals":                    {scoped("STAFF@Rung.EDU"), Word{Role: "APPROVER"}},
		"the first mapping that fits":        {scoped("staff@med.rung.edu"), Word{Role: "VIEWER"}},
		"a talent":                           {scoped("student@med.rung.edu"), Word{IsTalent: true}},
		"a talent who works there":           {scoped("student@rung.edu", "staff@rung.edu"), Word{Role: "APPROVER", IsTalent: true}},
		"an affiliation without a scope":     {map[string]any{"eduperson_affiliation": []any{"faculty"}}, Word{Role: "VIEWER"}},
		"an entitlement":                     {map[string]any{"eduperson_entitlement": "urn:mace:rung.edu:career:head"}, Word{Role: "ADMIN"}},
		"an entitlement in other capitals":   {map[string]any{"eduperson_entitlement": "URN:mace:rung.edu:career:head"}, Word{}},
		"another school's staff":             {scoped("staff@other.edu"), Word{}},
		"a scope that ends as one of theirs": {scoped("staff@notrung.edu"), Word{}},
		"a scope below one of theirs":        {scoped("student@law.rung.edu"), Word{}},
		"two at signs":                       {scoped("staff@rung.edu@other.edu", "staff@other.edu@rung.edu"), Word{}},
		"no scope":                           {scoped("staff", "staff@"), Word{}},
		"an unknown affiliation":             {scoped("alum@rung.edu", "library-walk-in@rung.edu"), Word{}},
		"a scoped one in the other claim":    {map[string]any{"eduperson_affiliation": "staff@rung.edu"}, Word{}},
		"what is no text":                    {scoped(7, true, nil, map[string]any{"staff@rung.edu": 1}), Word{}},
		"an object":                          {map[string]any{"eduperson_scoped_affiliation": map[string]any{"value": "staff@rung.edu"}}, Word{}},
		"a claim that merely sounds so":      {map[string]any{"eduPersonScopedAffiliation": "staff@rung.edu"}, Word{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := WordOf(i, c.claims); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestMatches(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, value string
		want           bool
	}{
		{"staff", "staff", true}, {"staff", "staffer", false}, {"staff", "", false}, {"", "", true},
		{"staff*", "staff", true}, {"staff*", "staffer", true}, {"staff*", "staff@rung.edu", false},
		{"staff@*", "staff@rung.edu", true}, {"staff@*", "staff@rung.edu@other.edu", false}, {"staff@*.edu", "staff@rung.edu", true},
		{"s*f@rung.edu", "staff@rung.edu", true}, {"s*f@rung.edu", "s@f@rung.edu", false}, {"a*b*c", "a1b2c", true}, {"a*b*c", "abc", true},
		{"a*b*c", "acb", false}, {"a*a", "a", false}, {"a**", "ab", true}, {"urn:*:head", "urn:x:y:head", true}, {"urn:*:head", "urn:x@y:head", false},
	} {
		if got := matches(c.pattern, c.value); got != c.want {
			t.Errorf("%q and %q: got %t, want %t", c.pattern, c.value, got, c.want)
		}
	}
}

// FuzzMatches compares with what the same pattern means as a regular expression.
func FuzzMatches(f *testing.F) {
	for _, seed := range [][2]string{{"staff@*", "staff@rung.edu"}, {"a*b*c", "a1b2c"}, {"s*@x*@y", "s@x@x@y"}, {"*", ""}, {"a*a", "a"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, value string) {
		if len(pattern)+len(value) > 200 || !utf8.ValidString(pattern+value) {
			return
		}
		written := regexp.MustCompile(`(?s)\A` + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, `[^@]*`) + `\z`)
		if got, want := matches(pattern, value), written.MatchString(value); got != want {
			t.Errorf("%q and %q: got %t, want %t", pattern, value, got, want)
		}
	})
}
