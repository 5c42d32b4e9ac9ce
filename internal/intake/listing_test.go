package intake

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

const postingsHeader = "employer,title,locations,apply_url,status,work_authorization,posted"

// Sixty rows as they were published, and what becomes of them.
func TestPublishedPostings(t *testing.T) {
	t.Parallel()
	if *update {
		db := storetest.Open(t, storetest.Engines[0])
		report := imported(t, db, Postings, path("testdata/postings.csv"))
		if err := os.WriteFile("testdata/postings.golden", []byte(shown(t, db, report)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile("testdata/postings.golden")
	if err != nil {
		t.Fatal(err)
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		first := imported(t, db, Postings, path("testdata/postings.csv"))
		if got := shown(t, db, first); got != string(golden) {
			t.Errorf("the report or the listings changed; run go test ./internal/intake -update and read the diff:\n%s", got)
		}
		second := imported(t, db, Postings, path("testdata/postings.csv"))
		if second.Created != 0 || second.Updated != 0 || second.Unchanged != first.Created || len(second.Refused) != len(first.Refused) {
			t.Errorf("got %q", second.Lines())
		}
		second.Created, second.Unchanged = second.Unchanged, 0
		if got := shown(t, db, second); got != string(golden) {
			t.Errorf("a second import changed the listings:\n%s", got)
		}
		if n := ask(t, db.Read.Event.Query().Count); n != 0 {
			t.Errorf("%d events, want none of postings elsewhere", n)
		}
	})
}

// shown is a report and every listing, in lines.
func shown(t *testing.T, db *store.DB, report Report) string {
	t.Helper()
	lines := append(report.Lines(), "")
	listings := ask(t, db.Read.Listing.Query().WithEmployer().All)
	slices.SortFunc(listings, func(a, b *ent.Listing) int { return strings.Compare(*a.Reference, *b.Reference) })
	for _, l := range listings {
		lines = append(lines, l.EmployerName+" / "+l.Title, "  "+*l.Reference, "  "+details(l), "  "+strings.Join(l.Locations, "; "))
	}
	return strings.Join(lines, "\n") + "\n"
}

func details(l *ent.Listing) string {
	out := fmt.Sprintf("%s %s %s %s, published %s", l.Source, l.Status, l.Workplace, l.WorkAuthorization, calendar.On(l.PublishedAt))
	if l.ClosedAt != nil {
		out += fmt.Sprintf(", closed %s", calendar.On(*l.ClosedAt))
	}
	if l.ApplyURL != nil {
		out += ", apply at " + *l.ApplyURL
	}
	return out + fmt.Sprintf(", of %s %s", l.Edges.Employer.Origin, l.Edges.Employer.Status)
}

func TestPostings(t *testing.T) {
	t.Parallel()
	file := table(postingsHeader,
		"Acme,Intern,Ohio,https://acme.example/1,open,no_sponsorship,3d",
		"ACME ,intern,ohio,https://acme.example/2,open,,2d",
		"Acme,Intern,Ohio,,closed,,1d",
		"Acme,Tester,Utah; Ohio,https://acme.example/3,Open,CITIZENS_ONLY,2mo",
		"Acme,Tester,Ohio; Utah,https://acme.example/3,open,citizens_only,2mo",
		"Acme,Broken,Ohio,acme.example,open,,3d",
		"Acme,Broken,Ohio,javascript:alert(1),closed,,3d",
		"Acme,No Address,Ohio,,open,,3d",
		"Acme,Odd,Ohio,https://acme.example/4,paused,maybe,yesterday",
		",Intern,Ohio,https://acme.example/5,open,,3d",
		"Acme,Gone,,,closed,,3d")
	refused := []string{
		"line 2: Line 3 tells of the same posting (employer, title and places) and is kept.",
		"line 4: Line 3 tells of the same posting (employer, title and places) and is kept.",
		"line 6: Line 5 tells of the same posting (employer, title and places) and is kept.",
		"line 7: apply_url: Write an absolute http or https address, or nothing.",
		"line 8: apply_url: Write an absolute http or https address, or nothing.",
		"line 9: apply_url: Write where one applies: the posting is open.",
		"line 10: work_authorization: Write no_sponsorship, citizens_only or nothing." +
			" posted: Write how long ago in days or months, as in 3d or 2mo. status: Write open or closed.",
		"line 11: employer: Write 1 to 200 characters here.",
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		wantReport(t, imported(t, db, Postings, content(file)), append(refused, "created 3, updated 0, unchanged 0, refused 8")...)
		wantReport(t, imported(t, db, Postings, content(file)), append(refused, "created 0, updated 0, unchanged 3, refused 8")...)
		l := theOne(t, db, "intern")
		if l.WorldID != gid.LiveWorld || l.Hours != nil || l.FeeMinor != nil || l.HourlyMinor != nil || l.Currency != nil || l.ApplyBy != nil ||
			*l.ApplyURL != "https://acme.example/2" || l.EmployerName != "ACME" {
			t.Errorf("got %v", l)
		}
		if e := l.Edges.Employer; e.WorldID != gid.LiveWorld || e.Name != "ACME" || e.NameFolded != "acme" || e.Status != employer.StatusUnverified {
			t.Errorf("got %v", e)
		}
	})
}

func theOne(t *testing.T, db *store.DB, folded string) *ent.Listing {
	t.Helper()
	return ask(t, db.Read.Listing.Query().Where(listing.TitleFolded(folded)).WithEmployer().Only)
}

func TestAPostingClosesAndOpensAgain(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		tells := func(asOf calendar.Date, want, row string) *ent.Listing {
			t.Helper()
			report, err := Import(t.Context(), db, Postings, content(table(postingsHeader, row)), Options{AsOf: asOf})
			if err != nil {
				t.Fatal(err)
			}
			wantReport(t, report, want+", refused 0")
			return theOne(t, db, "intern")
		}
		const open, closed = "Acme,Intern,Ohio,https://acme.example/1,open,,", "Acme,Intern,Ohio,,closed,,"
		first := tells("2025-01-10", "created 1, updated 0, unchanged 0", open+"3d")
		tells("2025-01-12", "created 0, updated 0, unchanged 1", open+"3d")
		l := tells("2025-02-20", "created 0, updated 1, unchanged 0", closed+"1mo")
		if l.ID != first.ID || l.Revision != 2 || details(l) !=
			"ELSEWHERE CLOSED ON_SITE UNKNOWN, published 2025-01-07, closed 2025-02-20, apply at https://acme.example/1, of ELSEWHERE UNVERIFIED" {
			t.Errorf("got %s, %v", details(l), l)
		}
		tells("2025-02-28", "created 0, updated 0, unchanged 1", closed+"1mo")
		l = tells("2025-03-01", "created 0, updated 1, unchanged 0", open+"0d")
		if l.ID != first.ID || l.Revision != 3 || details(l) !=
			"ELSEWHERE OPEN ON_SITE UNKNOWN, published 2025-03-01, apply at https://acme.example/1, of ELSEWHERE UNVERIFIED" {
			t.Errorf("got %s, %v", details(l), l)
		}
	})
}

// Who registered under a name, or stands in another world, is somebody else.
func TestEmployersOfTheSameNameAreNotTaken(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		system := viewer.System("a test sets the scene")
		var sandbox gid.ID
		wrote(t, db, system, func(ctx context.Context, tx *store.Tx) error {
			w, err := tx.Client.World.Create().SetKind(world.KindSandbox).SetName("A sandbox").Save(ctx)
			if err != nil {
				return err
			}
			sandbox = w.ID
			return acme(tx, employer.OriginRegistered).SetStatus(employer.StatusVerified).Exec(ctx)
		})
		wrote(t, db, system.In(sandbox), func(ctx context.Context, tx *store.Tx) error {
			e, err := acme(tx, employer.OriginElsewhere).SetStatus(employer.StatusUnverified).Save(ctx)
			if err != nil {
				return err
			}
			return tx.Listing.Create().SetWorldID(tx.World()).SetEmployerID(e.ID).SetReference("acme | intern | ON_SITE | ohio").
				SetSource(listing.SourceElsewhere).SetStatus(listing.StatusOpen).SetTitle("Theirs").SetTitleFolded("theirs").SetEmployerName("Acme").
				SetWorkplace(listing.WorkplaceOnSite).SetPublishedAt(tx.Now).Exec(ctx)
		})
		wantReport(t, imported(t, db, Postings, content(table(postingsHeader, "Acme,Intern,Ohio,https://acme.example/1,open,,3d"))),
			"created 1, updated 0, unchanged 0, refused 0")
		if e := theOne(t, db, "intern").Edges.Employer; e.Origin != employer.OriginElsewhere || e.WorldID != gid.LiveWorld {
			t.Errorf("got %v", e)
		}
		if l := theOne(t, db, "theirs"); l.Revision != 1 || l.WorldID != sandbox {
			t.Errorf("got %v", l)
		}
		if n := ask(t, db.Read.Employer.Query().Count); n != 3 {
			t.Errorf("%d employers, want three of that name", n)
		}
	})
}

func acme(tx *store.Tx, origin employer.Origin) *ent.EmployerCreate {
	return tx.Employer.Create().SetWorldID(tx.World()).SetName("Acme").SetNameFolded("acme").SetOrigin(origin)
}

func setOpen(t *testing.T, db *store.DB) {
	t.Helper()
	wrote(t, db, viewer.System("a test opens a career office"), func(ctx context.Context, tx *store.Tx) error {
		return tx.Institution.Update().SetStatus(institution.StatusOpen).SetOpenedAt(tx.Now).
			SetPayFloorMinor(1500).SetPayFloorCurrency("USD").Exec(ctx)
	})
}
