package intake

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

const occupationsHeader = "onet_soc_code,title,description"

func TestAFileBrokenAsAWholeIsRefused(t *testing.T) {
	t.Parallel()
	good := "11-1011.00,Chief Executives,They decide."
	for name, tc := range map[string]struct{ file, want string }{
		"without a byte":           {"", "the file is empty"},
		"with only a mark":         {"\ufeff", "the file is empty"},
		"without a row":            {table(occupationsHeader), "the file has a header and no rows"},
		"without a column":         {table("onet_soc_code,description", "11-1011.00,x"), `the header lacks the column "title"`},
		"with a column twice":      {table("title,title,onet_soc_code,description", good), `the header has the column "title" twice`},
		"with another column":      {table(occupationsHeader+",salary", good+",1"), `a column "salary" that is not known here`},
		"with an unnamed column":   {table(occupationsHeader+",", good+","), `a column "" that is not known here`},
		"without a header":         {table(good), `a column "11-1011.00" that is not known here`},
		"with a stray quote":       {table(occupationsHeader, good, `11-1011.03,Chief "Officers",x`), "the quoting is broken: parse error on line 3, column 18"},
		"with an open quote":       {table(occupationsHeader, good, `11-1011.03,"Chief,x`), "the quoting is broken: parse error on line 3, column 21"},
		"with a quote left open":   {table(occupationsHeader, `11-1011.03,"Chief,x`, good), "the quoting is broken: record on line 2; parse error on line 3"},
		"with an endless row":      {table(occupationsHeader, `11-1011.03,"`+strings.Repeat("x,\n", mostRow/2)), "more than a megabyte: is a quote left open?"},
		"in Latin-1":               {table(occupationsHeader, good, "11-1011.03,Chef de caf\xe9,x"), "line 3 is not UTF-8"},
		"in UTF-16":                {"\xff\xfeo\x00n\x00", "line 1 is not UTF-8"},
		"cut inside a letter":      {table(occupationsHeader, good) + "11-1011.03,Chef de caf\xc3", "line 3 is not UTF-8"},
		"bad far behind the start": {table(occupationsHeader, strings.Repeat(good+"\n", 3000)) + "\xff", "line 3003 is not UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := occupations.choose(content(tc.file), Options{AsOf: asOf})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}

func TestABrokenFileChangesNothing(t *testing.T) {
	t.Parallel()
	var file strings.Builder
	file.WriteString(occupationsHeader + "\n")
	for i := range 3 * batchSize {
		fmt.Fprintf(&file, "11-%04d.00,A title,A description\n", i)
	}
	file.WriteString(`11-9999.00,"Never closed`)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		report, err := Import(t.Context(), db, Occupations, content(file.String()), Options{})
		if err == nil || !strings.Contains(err.Error(), "occupations: the quoting is broken: parse error on line 1502") {
			t.Errorf("got %v", err)
		}
		wantReport(t, report, "created 0, updated 0, unchanged 0, refused 0")
		if n := ask(t, db.Read.Occupation.Query().Count); n != 0 {
			t.Errorf("%d rows were written", n)
		}
	})
}

func TestAFileThatCannotBeRead(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if _, err := Import(t.Context(), db, Skills, path("testdata/nothing.csv"), Options{}); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v, want no such file", err)
		}
		if _, err := Import(t.Context(), db, Skills, path("testdata"), Options{}); err == nil {
			t.Error("a folder was imported")
		}
		torn := func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader(occupationsHeader+"\n"), broken{})), nil
		}
		if _, err := Import(t.Context(), db, Occupations, torn, Options{}); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("got %v, want what the file said", err)
		}
		if _, err := Import(t.Context(), db, "people", content("x"), Options{}); err == nil {
			t.Error("a kind that is none was imported")
		}
	})
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestParseKind(t *testing.T) {
	t.Parallel()
	for _, kind := range Kinds {
		if got, err := ParseKind(strings.ToUpper(string(kind))); err != nil || got != kind {
			t.Errorf("%s: got %s, %v", kind, got, err)
		}
	}
	if _, err := ParseKind("skill"); err == nil {
		t.Error("it takes what is no kind")
	}
}
