package front

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestObjectRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, why string }{
		"a key twice":                {`{"a":1,"a":1}`, "has a key twice in one object"},
		"a key twice, once escaped":  {`{"a":1,"\u0061":1}`, "has a key twice in one object"},
		"a key twice further inside": {`{"a":[{"b":1,"b":1}]}`, "has a key twice in one object"},
		"bytes that follow":          {`{} {}`, "goes on after its JSON object"},
		"a brace that follows":       {`{}}`, "goes on after its JSON object"},
		"a list":                     {`[]`, "is not a JSON object"},
		"null":                       {`null`, "is not a JSON object"},
		"nothing":                    {``, "is not a JSON object"},
		"half an object":             {`{"a":`, "is not JSON"},
		"an object without its end":  {`{"a":1`, "is not JSON"},
		"bytes that are no UTF-8":    {"{\"a\":\"\xff\"}", "is not UTF-8"},
		"25 levels":                  {strings.Repeat(`{"a":`, 25) + "1" + strings.Repeat("}", 25), "has more than 24 levels"},
		"25 levels of lists":         {`{"a":` + strings.Repeat("[", 24) + strings.Repeat("]", 24) + "}", "has more than 24 levels"},
	} {
		if got, err := object([]byte(c.text)); err == nil || err.Error() != c.why {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
	whole := strings.Repeat(`{"a":`, 24) + "1" + strings.Repeat("}", 24)
	if _, err := object([]byte(whole)); err != nil {
		t.Errorf("24 levels: %v", err)
	}
}

// FuzzObject: what is read is what encoding/json reads; what is refused is
// either no JSON to it, or refused for a reason that it does not know.
func FuzzObject(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"query":"{a}","variables":{"n":[1,2.5e3,null,true,"\u00fc"]}}`, `{"a":1,"a":2}`, `{"a":1}x`, `[1]`, `{"a":[[[]]]}`,
		"{\"a\":\"\xc3\x28\"}", `{"a":"\ud800"}`, `{"a":-0,"b":1e400}`, `{"a" 1}`, `{"a":1,}`, `{,}`, `{"a":[1,]}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := object(text)
		var want map[string]any
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		known := d.Decode(&want) == nil && want != nil
		if _, more := d.Token(); known && more == io.EOF && utf8.Valid(text) {
			switch {
			case err == nil && !reflect.DeepEqual(got, want):
				t.Errorf("%q is read as %v, not %v", text, got, want)
			case err != nil && !strings.Contains(err.Error(), "twice") && !strings.Contains(err.Error(), "levels"):
				t.Errorf("%q is refused: %v", text, err)
			}
			return
		}
		if err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	})
}
