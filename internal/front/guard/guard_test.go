package guard_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/front/guard"
)

func TestGuard(t *testing.T) {
	t.Parallel()
	nested := func(n int) string { return strings.Repeat("{a", n) + strings.Repeat("}", n) }
	names := func(n int, format string) string {
		var all strings.Builder
		for i := range n {
			fmt.Fprintf(&all, format+" ", i)
		}
		return all.String()
	}
	for name, c := range map[string]struct{ fits, breaks string }{
		"bytes":            {"{a} #" + strings.Repeat("x", 60<<10), "{a} #" + strings.Repeat("x", 64<<10)},
		"operations":       {names(20, "query q%d {a}"), names(21, "query q%d {a}")},
		"fragments":        {"{a} " + names(50, "fragment f%d on A {a}"), "{a} " + names(51, "fragment f%d on A {a}")},
		"variables":        {"query(" + names(60, "$v%d:Int") + "){a}", "query(" + names(61, "$v%d:Int") + "){a}"},
		"directives":       {"{a" + strings.Repeat("@x", 30) + "}", "{a" + strings.Repeat("@x", 31) + "}"},
		"aliases":          {"{a{" + names(50, "a%d:a") + "}}", "{a{" + names(51, "a%d:a") + "}}"},
		"root fields":      {"{" + names(10, "a%d") + "}", "{" + names(11, "a%d") + "}"},
		"mutations":        {"mutation{" + names(5, "a%d") + "}", "mutation{" + names(6, "a%d") + "}"},
		"same key":         {"{a{" + strings.Repeat("a ", 20) + "}}", "{a{" + strings.Repeat("a ", 21) + "}}"},
		"inline fragments": {"{a{" + strings.Repeat("...{a}", 20) + "}}", "{a{" + strings.Repeat("...{a}", 21) + "}}"},
		"same spread":      {"{a{...F ...F}} fragment F on A{a}", "{a{...F ...F ...F}} fragment F on A{a}"},
		"tokens":           {"query q{a}", "{a}" + strings.Repeat(" query q{a}", 400)},
		"parser's depth":   {nested(12), nested(1500)},
		"list":             {"{a(x:[" + strings.Repeat("1 ", 250) + "])}", "{a(x:[" + strings.Repeat("1 ", 251) + "])}"},
		"value depth":      {"{a(x:" + strings.Repeat("[", 11) + "1" + strings.Repeat("]", 11) + ")}", "{a(x:" + strings.Repeat("[", 12) + "1" + strings.Repeat("]", 12) + ")}"},
		"depth":            {nested(12), nested(13)},
		"depth of fragments": {
			"{a{a{...F}}} fragment F on A " + nested(10), "{a{a{...F}}} fragment F on A " + nested(11),
		},
		"cycles":                {"{a{...F}} fragment F on A{a}", "{a{...F}} fragment F on A{...G} fragment G on A{...F}"},
		"cycles nobody spreads": {"{a} fragment F on A{a}", "{a} fragment F on A{...F}"},
		"introspection":         {"{__schema{types{fields{name}}}}", "{__schema{types{interfaces{fields{name}}}}}"},
		"whole schemas":         {"{__schema{types{name}}}", "{a:__schema{types{name}} b:__schema{types{name}}}"},
		"doubling fragments":    {doubling(8), doubling(24)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := guard.Parse(c.fits); err != nil {
				t.Errorf("it refuses what just fits: %v", err)
			}
			_, err := guard.Parse(c.breaks)
			var refused *fault.Request
			if !errors.As(err, &refused) || refused.Code != fault.CodeQueryTooComplex {
				t.Errorf("got %v, want QUERY_TOO_COMPLEX", err)
			}
		})
	}
}

// doubling is a document of so many fragments, each of which names the next twice.
func doubling(levels int) string {
	var d strings.Builder
	d.WriteString("{a{...F0}}")
	for i := range levels {
		fmt.Fprintf(&d, " fragment F%d on A{...F%d ...F%d}", i, i+1, i+1)
	}
	fmt.Fprintf(&d, " fragment F%d on A{a}", levels)
	return d.String()
}

// FuzzGuard: whatever is sent, the guard says yes or no and does not panic.
func FuzzGuard(f *testing.F) {
	for _, document := range []string{"{a}", doubling(3), "{a{...F}} fragment F on A{...F}", "query q($a:[Int]=[1]){a(x:{y:$a})@skip(if:true){b:c}}"} {
		f.Add(document)
	}
	f.Fuzz(func(_ *testing.T, document string) { _, _ = guard.Parse(document) })
}
