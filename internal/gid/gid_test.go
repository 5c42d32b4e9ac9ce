package gid_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rung-dev/rung/internal/gid"
)

// last is the noun that joined last; the list below goes to it.
const last = gid.Invitation

func anyID(t *rapid.T) gid.ID {
	noun := gid.Noun(rapid.IntRange(1, int(last)).Draw(t, "noun"))
	ms := rapid.Int64Range(0, 1<<48-1).Draw(t, "ms")
	id, err := gid.New(noun, time.UnixMilli(ms), bytes.NewReader(rapid.SliceOfN(rapid.Byte(), 10, 10).Draw(t, "random")))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := id.Noun(), noun; got != want {
		t.Fatalf("the id names noun %d, want %d", got, want)
	}
	return id
}

func TestEveryFormReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := anyID(t)
		shown := id.String()
		if got, err := gid.Parse(shown); err != nil || got != id {
			t.Fatalf("Parse(%q) = %v, %v, want %v", shown, got, err, id)
		}
		if got, want := shown[:4], id.Noun().Prefix()+"_"; got != want {
			t.Fatalf("%q begins with %q, want %q", shown, got, want)
		}
		stored, err := id.Value()
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []any{stored, []byte(stored.(string))} {
			var got gid.ID
			if err := got.Scan(form); err != nil || got != id {
				t.Fatalf("Scan(%v) = %v, %v, want %v", form, got, err, id)
			}
		}
		body, err := json.Marshal(id)
		if err != nil {
			t.Fatal(err)
		}
		var read gid.ID
		if err := json.Unmarshal(body, &read); err != nil || read != id {
			t.Fatalf("JSON %s reads back as %v, %v, want %v", body, read, err, id)
		}
		var told strings.Builder
		id.MarshalGQL(&told)
		var asked gid.ID
		if err := asked.UnmarshalGQL(strings.Trim(told.String(), `"`)); err != nil || asked != id {
			t.Fatalf("GraphQL %s reads back as %v, %v, want %v", told.String(), asked, err, id)
		}
	})
}

func TestIDsOrderAsTheyAreShownAndStored(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyID(t), anyID(t)
		storedA, _ := a.Value()
		storedB, _ := b.Value()
		want := a.Compare(b)
		if got := strings.Compare(storedA.(string), storedB.(string)); got != want {
			t.Fatalf("stored, %v and %v compare as %d, want %d", a, b, got, want)
		}
		if a.Noun() == b.Noun() {
			if got := strings.Compare(a.String(), b.String()); got != want {
				t.Fatalf("shown, %v and %v compare as %d, want %d", a, b, got, want)
			}
		}
	})
}

func TestLaterIDsComeLater(t *testing.T) {
	t.Parallel()
	at := time.UnixMilli(1_800_000_000_000)
	earlier, err := gid.New(gid.Offer, at, strings.NewReader(strings.Repeat("\xff", 10)))
	if err != nil {
		t.Fatal(err)
	}
	later, err := gid.New(gid.Offer, at.Add(time.Millisecond), strings.NewReader(strings.Repeat("\x00", 10)))
	if err != nil {
		t.Fatal(err)
	}
	if earlier.Compare(later) >= 0 {
		t.Errorf("%v, a millisecond earlier, does not come before %v", earlier, later)
	}
	if got, want := earlier[6]>>4, byte(7); got != want {
		t.Errorf("the id is a UUID of version %d, want %d", got, want)
	}
	if got, want := earlier[8]>>6, byte(2); got != want {
		t.Errorf("the id is a UUID of variant %d, want %d", got, want)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	const good = "prj_06egh9g0w07r08000000000006" // and so on below, damaged
	if _, err := gid.Parse(good); err != nil {
		t.Fatalf("Parse(%q): %v", good, err)
	}
	for name, text := range map[string]string{
		"it refuses when it is empty":                             "",
		"it refuses when it is none":                              "none",
		"it refuses when the prefix is another noun's":            "off" + good[3:],
		"it refuses when the prefix is nobody's":                  "xyz" + good[3:],
		"it refuses when the prefix is in capitals":               "PRJ" + good[3:],
		"it refuses when the line is missing":                     "prj-" + good[4:],
		"it refuses when it is cut":                               good[:29],
		"it refuses when it is longer":                            good + "0",
		"it refuses when the last letter, the noun's, is changed": good[:29] + "7",
		"it refuses when a letter is not of the alphabet":         good[:10] + "u" + good[11:],
		"it refuses when a letter is a capital":                   good[:10] + "A" + good[11:],
		"it refuses when it holds more than 128 bits":             "prj_8" + good[5:],
		"it refuses when it is a plain UUID":                      "00000000-0000-7000-8000-000000000020",
		"it refuses when it has spaces":                           " " + good[:29],
		"it refuses when a letter is of two bytes":                good[:27] + "é" + "6",
		"it refuses when it holds SQL":                            "prj_' OR 1=1 --00000000000000a",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			id, err := gid.Parse(text)
			if err == nil {
				t.Fatalf("Parse(%q) = %v, want an error", text, id)
			}
			if !id.IsNone() {
				t.Errorf("Parse(%q) = %v beside its error, want none", text, id)
			}
			if text != "" && strings.Contains(err.Error(), text) {
				t.Errorf("the error repeats what was sent: %v", err)
			}
		})
	}
}

func TestParseAs(t *testing.T) {
	t.Parallel()
	id, err := gid.Random(gid.Talent, time.UnixMilli(0))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := gid.ParseAs(gid.Talent, id.String()); err != nil || got != id {
		t.Errorf("ParseAs(talent) = %v, %v, want %v", got, err, id)
	}
	if got, err := gid.ParseAs(gid.Offer, id.String()); err == nil || !got.IsNone() {
		t.Errorf("ParseAs(offer) of a talent's id = %v, %v, want an error", got, err)
	}
}

func TestScan(t *testing.T) {
	t.Parallel()
	for name, stored := range map[string]any{
		"it refuses when it is a number":   int64(7),
		"it refuses when it is a float":    1e30,
		"it refuses when it is too short":  "0000",
		"it refuses when it is no hex":     "zzzzzzzz-0000-7000-8000-000000000020",
		"it refuses when it has no dashes": "00000000000070008000000000000020",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var id gid.ID
			if err := id.Scan(stored); err == nil {
				t.Errorf("Scan(%v) = %v, want an error", stored, id)
			}
		})
	}
	id := gid.LiveWorld
	if err := id.Scan(nil); err != nil || !id.IsNone() {
		t.Errorf("Scan(nil) = %v, %v, want none", id, err)
	}
}

func TestNoneIsNothing(t *testing.T) {
	t.Parallel()
	if got, err := gid.None.Value(); got != nil || err != nil {
		t.Errorf("none is stored as %v, %v, want NULL", got, err)
	}
	body, err := json.Marshal(map[string]gid.ID{"id": gid.None})
	if got, want := string(body), `{"id":""}`; err != nil || got != want {
		t.Errorf("none in JSON is %s, %v, want %s", got, err, want)
	}
	var read map[string]gid.ID
	if err := json.Unmarshal(body, &read); err != nil || !read["id"].IsNone() {
		t.Errorf("none reads back as %v, %v", read, err)
	}
	if got, want := gid.None.Noun().Prefix(), ""; got != want {
		t.Errorf("none has the prefix %q, want %q", got, want)
	}
	if got, want := gid.LiveWorld.String(), "wld_0000000000e008000000000010"; got != want {
		t.Errorf("the live world is %s, want %s", got, want)
	}
}

func TestUnmarshalGQLRefusesWhatIsNoText(t *testing.T) {
	t.Parallel()
	for _, v := range []any{nil, 7, int64(7), true, []byte("x"), map[string]any{}} {
		var id gid.ID
		if err := id.UnmarshalGQL(v); err == nil {
			t.Errorf("UnmarshalGQL(%v) = %v, want an error", v, id)
		}
	}
}

func TestNewNeedsRandomness(t *testing.T) {
	t.Parallel()
	id, err := gid.New(gid.Offer, time.UnixMilli(0), strings.NewReader("short"))
	if err == nil || !id.IsNone() {
		t.Errorf("New with five random bytes = %v, %v, want an error", id, err)
	}
	if _, err := gid.New(gid.Offer, time.UnixMilli(0), broken{}); !errors.Is(err, errBroken) {
		t.Errorf("New with a broken source: %v, want its error", err)
	}
}

type broken struct{}

var errBroken = errors.New("broken")

func (broken) Read([]byte) (int, error) { return 0, errBroken }

// The numbers are in every stored id: this list only grows.
const shipped = "ins emp per tal aff prj pdl req lst app off agr eng dlv sub msg evl pay ptf ref hir evt aud cli mem edu skl occ " +
	"lnk trm ntf wld idn dsk psk pin sig lgr kof chg fed job idk pfs"

func TestPrefixesAreAppendOnly(t *testing.T) {
	t.Parallel()
	var now []string
	for n := gid.Noun(1); n.Prefix() != ""; n++ {
		now = append(now, n.Prefix())
	}
	if got, want := strings.Join(now, " "), shipped; !strings.HasPrefix(got, want) {
		t.Errorf("the prefixes are\n%s, want them to begin with\n%s", got, want)
	}
	seen := map[string]bool{}
	for _, prefix := range now {
		if seen[prefix] || len(prefix) != 3 || strings.Trim(prefix, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("the prefix %q is not three small letters of its own", prefix)
		}
		seen[prefix] = true
	}
	if got, want := len(now), countNouns(t); got != want {
		t.Errorf("there are %d prefixes for %d nouns", got, want)
	}
}

// countNouns counts the constants after `iota + 1` in noun.go.
func countNouns(t *testing.T) int {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "noun.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
			n += len(g.Specs)
		}
	}
	return n
}

// FuzzParse: whatever is read is shown again as it was written.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "none", "prj_06egh9g0w07r08000000000006", "wld_0000000000e008000000000010", "prj_zzzzzzzzzzzzzzzzzzzzzzzzzz"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := gid.Parse(text)
		if err != nil {
			if !id.IsNone() {
				t.Errorf("Parse(%q) = %v beside its error", text, id)
			}
			return
		}
		if got := id.String(); got != text {
			t.Errorf("Parse(%q) is shown as %q", text, got)
		}
		if id.Noun().Prefix() != text[:3] {
			t.Errorf("Parse(%q) names noun %d", text, id.Noun())
		}
	})
}

func TestOf(t *testing.T) {
	t.Parallel()
	a, b := gid.LiveWorld, gid.ID{15: byte(gid.Offer)}
	got := gid.Of([]*gid.ID{&a, nil, &b, {}, &a}, func(id *gid.ID) gid.ID { return *id })
	if want := []gid.ID{a, b}; !slices.Equal(got, want) {
		t.Errorf("Of = %v, want %v: each once, and none that is missing", got, want)
	}
}
