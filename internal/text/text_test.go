package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/text"
)

func TestLineAndProse(t *testing.T) {
	t.Parallel()
	const line, prose = "line", "prose"
	for name, c := range map[string]struct {
		kind, value, want string
		refused           bool
	}{
		"a line is trimmed":                     {line, "  Ada Lovelace\n", "Ada Lovelace", false},
		"a line is brought into one form":       {line, "Jose\u0301", "Jos\u00e9", false},
		"characters count, not bytes":           {line, strings.Repeat("é", 20), strings.Repeat("é", 20), false},
		"characters count after composing":      {line, strings.Repeat("e\u0301", 20), strings.Repeat("é", 20), false},
		"emoji may be joined":                   {line, "👩\u200d💻", "👩\u200d💻", false},
		"Persian may keep letters apart":        {line, "می\u200cخواهم", "می\u200cخواهم", false},
		"Hebrew is as good as English":          {line, "שלום", "שלום", false},
		"prose has lines":                       {prose, "one\r\n\ttwo", "one\r\n\ttwo", false},
		"it refuses when it is empty":           {line, "", "", true},
		"it refuses when it is only spaces":     {line, " \t\u00a0\u2003\n", "", true},
		"it refuses when it is too short":       {line, "a", "", true},
		"it refuses when it is too long":        {line, strings.Repeat("é", 21), "", true},
		"it refuses when a line is two":         {line, "one\ntwo", "", true},
		"it refuses when a line has a tab":      {line, "one\ttwo", "", true},
		"it refuses when a line has a return":   {line, "one\rtwo", "", true},
		"it refuses when a line is separated":   {line, "one\u2028two", "", true},
		"it refuses when it holds NUL":          {prose, "one\x00two", "", true},
		"it refuses when it holds an escape":    {prose, "one\x1b[31mtwo", "", true},
		"it refuses when it holds a C1 control": {prose, "one\u0085two", "", true},
		"it refuses when it turns direction":    {prose, "exe.\u202efdp", "", true},
		"it refuses when it isolates direction": {prose, "a\u2067b\u2069", "", true},
		"it refuses when a blank has no width":  {line, "pay\u200bpal", "", true},
		"it refuses when a word is joined":      {line, "pay\u2060pal", "", true},
		"it refuses when it has a byte mark":    {line, "pay\ufeffpal", "", true},
		"it refuses when nothing shows":         {line, "\u200d\u200d\u200c", "", true},
		"it refuses when a letter is blank":     {line, "\u3164\u3164", "", true},
		"it refuses when it is no UTF-8":        {prose, "one\xfftwo", "", true},
		"it refuses when a character is cut":    {prose, "one\xe2\x82", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r text.Reader
			read := r.Line
			if c.kind == prose {
				read = r.Prose
			}
			got, err := read("input.name", c.value, 2, 20), r.Err()
			if c.refused {
				told, ok := fault.UserErrors(err)
				if !ok || len(told) != 1 || told[0].GetCode() != fault.CodeInvalidValue || strings.Join(told[0].GetPath(), ".") != "input.name" {
					t.Fatalf("%q gives %q and %v, want one INVALID_VALUE about input.name", c.value, got, err)
				}
				return
			}
			if err != nil || got != c.want {
				t.Errorf("%q gives %q and %v, want %q", c.value, got, err, c.want)
			}
		})
	}
}

func TestLaterTextsMayBeMissing(t *testing.T) {
	t.Parallel()
	blank, long, two, name := " \n", strings.Repeat("x", 11), "a\nb", " Ada "
	var r text.Reader
	if got := r.LineLater("a", nil, 10); got != nil {
		t.Errorf("nothing is %q", *got)
	}
	if got := r.ProseLater("a", &blank, 10); got != nil {
		t.Errorf("an empty text is %q", *got)
	}
	if got := r.LineLater("a", &name, 10); got == nil || *got != "Ada" {
		t.Errorf("a name is %v", got)
	}
	if got := r.ProseLater("a", &two, 10); got == nil || *got != two {
		t.Errorf("two lines are %v", got)
	}
	if err := r.Err(); err != nil {
		t.Fatalf("so far nothing is wrong, but %v", err)
	}
	r.LineLater("b", &long, 10)
	r.LineLater("c", &two, 10)
	r.Refuse(nil)
	r.Refuse(fault.InvalidValue("d", "Another check found this."))
	told, ok := fault.UserErrors(r.Err())
	var paths []string
	for _, e := range told {
		paths = append(paths, e.GetPath()...)
	}
	if got, want := strings.Join(paths, " "), "b c d"; !ok || got != want {
		t.Errorf("defects are told about %q, want %q", got, want)
	}
	if got, want := strings.Count(r.Err().Error(), "; "), 2; got != want {
		t.Errorf("the error reads %q", r.Err())
	}
}

// What is read once reads the same again, and passes.
func TestReadingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.String().Draw(t, "value")
		var r text.Reader
		once := r.Prose("p", value, 1, 100)
		if r.Err() != nil {
			return
		}
		if got := r.Prose("p", once, 1, 100); got != once || r.Err() != nil {
			t.Fatalf("%q reads as %q and then as %q, %v", value, once, got, r.Err())
		}
		if !norm.NFC.IsNormalString(once) || !utf8.ValidString(once) {
			t.Fatalf("%q reads as %q, which is not in normal form", value, once)
		}
	})
}

func TestFold(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Universität  Zürich":    "universitat zurich",
		"ÉCOLE":                  "ecole",
		"E\u0301cole":            "ecole",
		"École":                  "ecole",
		"Ｆｕｌｌ Ｗｉｄｔｈ":             "full width",
		"\tTabs\nand lines ":     "tabs and lines",
		"İstanbul":               "istanbul",
		"ﬁne":                    "fine",
		"":                       "",
		"東京大学":                   "東京大学",
		strings.Repeat("ﷺ", 100): strings.TrimSpace(string([]rune(strings.Repeat("صلى الله عليه وسلم", 20))[:200])),
	} {
		if got := text.Fold(name); got != want {
			t.Errorf("Fold(%q) = %q, want %q", name, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		folded := text.Fold(name)
		if got, most := utf8.RuneCountInString(folded), 2*utf8.RuneCountInString(name); got > most {
			t.Fatalf("Fold(%q) has %d characters, and the column room for %d", name, got, most)
		}
		if !utf8.ValidString(folded) {
			t.Fatalf("Fold(%q) = %q is no UTF-8", name, folded)
		}
	})
}
