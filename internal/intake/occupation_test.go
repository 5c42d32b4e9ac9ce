package intake

import (
	"context"
	"errors"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent/occupation"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

func TestOccupations(t *testing.T) {
	t.Parallel()
	file := table(occupationsHeader,
		"15-1252.00,Software Developers,They write software.",
		`15-1253.00,"Analysts, Quality",They look`,
		"15-1252,Developers,x",
		"15-1252.00,Somebody Else,x",
		`15-1254.00,"Web`, `Developers",x`,
		"15-1255.00,Web Designers,",
		"15-1256.00,\u202eWeb Designers,x",
		"15-1257.00,\u0301,x")
	refused := []string{
		"line 4: onet_soc_code: Write an O*NET-SOC code, as in 15-1252.00.",
		"line 5: Line 2 tells of the same occupation and is kept.",
		"line 6: title: Leave out control characters and marks that turn the direction of text.",
		"line 8: description: Write 1 to 4000 characters here.",
		"line 9: title: Leave out control characters and marks that turn the direction of text.",
		"line 10: title: Write something that shows.",
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		wantReport(t, imported(t, db, Occupations, content(file)), append(refused, "created 2, updated 0, unchanged 0, refused 6")...)
		wantReport(t, imported(t, db, Occupations, content(file)), append(refused, "created 0, updated 0, unchanged 2, refused 6")...)
		wantReport(t, imported(t, db, Occupations, content(table(occupationsHeader, "15-1252.00,Software Developers,They test it too."))),
			"created 0, updated 1, unchanged 0, refused 0")
		o := ask(t, db.Read.Occupation.Query().Where(occupation.Code("15-1252.00")).Only)
		if o.Title != "Software Developers" || o.Description != "They test it too." {
			t.Errorf("got %v", o)
		}
	})
}

func TestAnImportThatIsStopped(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, stop := context.WithCancel(t.Context())
		stop()
		_, err := Import(ctx, db, Occupations, content(table(occupationsHeader, "15-1252.00,Software Developers,x")), Options{})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want that it was stopped", err)
		}
	})
}
