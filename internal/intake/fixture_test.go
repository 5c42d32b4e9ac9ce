package intake

import (
	"context"
	"flag"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) {
	flag.Parse()
	storetest.Main(m)
}

// asOf is the day on which the tests' files were made.
const asOf = "2025-09-15"

func content(text string) Open {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

func path(name string) Open {
	return func() (io.ReadCloser, error) { return os.Open(name) }
}

// table writes a file of these lines.
func table(lines ...string) string { return strings.Join(lines, "\n") + "\n" }

func imported(t *testing.T, db *store.DB, kind Kind, open Open) Report {
	t.Helper()
	report, err := Import(t.Context(), db, kind, open, Options{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// wantReport compares what became of the rows, the sum last.
func wantReport(t *testing.T, got Report, want ...string) {
	t.Helper()
	if !slices.Equal(got.Lines(), want) {
		t.Errorf("got  %q\nwant %q", got.Lines(), want)
	}
}

// everything is a context that sees every row.
func everything(t *testing.T) context.Context {
	t.Helper()
	return viewer.With(t.Context(), viewer.System("a test looks at everything"))
}

// wrote makes a change beside the importers.
func wrote(t *testing.T, db *store.DB, v viewer.Viewer, change func(context.Context, *store.Tx) error) {
	t.Helper()
	ctx := viewer.WithRequest(viewer.With(t.Context(), v), &viewer.Request{ID: "test", Verb: "test"})
	_, err := store.Write(ctx, db, func(tx *store.Tx) (bool, error) { return true, change(ctx, tx) })
	if err != nil {
		t.Fatal(err)
	}
}

// ask is the answer of a query in a test.
func ask[T any](t *testing.T, query func(context.Context) (T, error)) T {
	t.Helper()
	answer, err := query(everything(t))
	if err != nil {
		t.Fatal(err)
	}
	return answer
}
