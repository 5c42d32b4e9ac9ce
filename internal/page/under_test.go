package page_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// board holds four projects: two asked twelve institutions, one five, one none.
type board struct {
	projects       []gid.ID
	owner, adviser viewer.Viewer // the adviser's institution was asked by three
	stranger       viewer.Viewer
}

var (
	asked  = []int{12, 0, 5, 12}
	byAsk  = page.Key[*ent.PostingRequest]{Column: postingrequest.FieldRequestedAt, Value: func(r *ent.PostingRequest) any { return r.RequestedAt }}
	byWord = page.Key[*ent.PostingRequest]{Column: postingrequest.FieldDecidedAt, Nullable: true, Value: func(r *ent.PostingRequest) any {
		if r.DecidedAt == nil {
			return nil
		}
		return *r.DecidedAt
	}}
	underProject = page.Parent[*ent.PostingRequest]{
		Table: postingrequest.Table, Kind: ent.TypePostingRequest, Column: postingrequest.FieldMicroProjectID,
		Of: func(r *ent.PostingRequest) gid.ID { return r.MicroProjectID },
	}
)

func post(t *testing.T, db *store.DB) board {
	t.Helper()
	ctx := writing(t.Context())
	var b board
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		b = board{}
		person := tx.Person.Create().SetName("p").SaveX(ctx).ID
		employer := tx.Employer.Create().SetWorldID(gid.LiveWorld).SetName("e").SetNameFolded("e").SetOrigin("REGISTERED").SetStatus("VERIFIED").SaveX(ctx).ID
		var institutions []gid.ID
		for range 12 {
			institutions = append(institutions, tx.Institution.Create().SetWorldID(gid.LiveWorld).SetName("i").SetNameFolded("i").SetCountryCode("DE").SaveX(ctx).ID)
		}
		for _, n := range asked {
			p := tx.MicroProject.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(employer).SetEmployerOrgID(employer).SetDraftedByID(person).SetTitle("t").
				SetTitleFolded("t").SetBrief("b").SetHours(10).SetFeeMinor(1).SetCurrency("USD").SetWorkplace("REMOTE").SaveX(ctx).ID
			for i, institution := range institutions[:n] {
				r := tx.PostingRequest.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(employer).SetEmployerOrgID(employer).SetMicroProjectID(p).
					SetBodyID(institution).SetInstitutionID(institution).SetRequestedAt(since.Add(time.Duration(i/4) * time.Hour))
				if i%3 == 1 {
					r.SetStatus("APPROVED").SetDecidedBy("SYSTEM").SetDecidedAt(since.Add(time.Duration(i/6) * time.Hour))
				}
				r.ExecX(ctx)
			}
			b.projects = append(b.projects, p)
		}
		b.owner = viewer.Viewer{Kind: viewer.EmployerMember, World: gid.LiveWorld, Org: employer}
		b.adviser = viewer.Viewer{Kind: viewer.CareerStaff, World: gid.LiveWorld, Org: institutions[3]}
		b.stranger = viewer.Viewer{Kind: viewer.EmployerMember, World: gid.LiveWorld, Org: gid.ID{1}}
		return gid.None, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func requests(key page.Key[*ent.PostingRequest], direction page.Direction) page.List[*ent.PostingRequest] {
	return page.List[*ent.PostingRequest]{Key: key, Order: direction, ID: func(r *ent.PostingRequest) gid.ID { return r.ID }}
}

func ids(c *page.Connection[*ent.PostingRequest]) []gid.ID {
	var found []gid.ID
	for _, r := range c.Nodes {
		found = append(found, r.ID)
	}
	return found
}

// The page under each parent is the page of that parent's list alone, whoever
// looks, from either end and onwards; and it takes one statement.
func TestUnderReadsThePageOfEachParent(t *testing.T) {
	t.Parallel()
	two, four, hundred := 2, 4, 100
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := post(t, db)
		for who, v := range map[string]viewer.Viewer{"the owner": b.owner, "the adviser": b.adviser, "a stranger": b.stranger, "nobody": {}} {
			ctx := viewer.With(t.Context(), v)
			for _, key := range []page.Key[*ent.PostingRequest]{byAsk, byWord} {
				for _, direction := range []page.Direction{page.Ascending, page.Descending} {
					list := requests(key, direction)
					for name, args := range map[string]page.Args{
						"of the usual size": {}, "of two": {First: &two}, "of four": {First: &four}, "of a hundred": {First: &hundred},
						"of the last two": {Last: &two}, "of the last four": {Last: &four},
					} {
						where := fmt.Sprintf("%s by %s %s, a page %s", who, key.Column, direction, name)
						compareUnder(t, ctx, db, b, list, args, where)
					}
				}
			}
		}
	})
}

// compareUnder reads three pages in a row under all parents and of each alone.
func compareUnder(t *testing.T, ctx context.Context, db *store.DB, b board, list page.List[*ent.PostingRequest], args page.Args, where string) { //nolint:revive // a test comes first
	t.Helper()
	for turn := range 3 {
		tally := &store.Tally{}
		under, err := page.Under(store.WithTally(ctx, tally), seal, db.Read.PostingRequest.Query(), list, args, underProject, b.projects)
		if err != nil || tally.Statements() != 1 {
			t.Fatalf("%s: %v, after %d statements, want one", where, err, tally.Statements())
		}
		var next *string
		for i, c := range under {
			alone, err := page.Of(ctx, seal, db.Read.PostingRequest.Query().Where(postingrequest.MicroProjectID(b.projects[i])), list, args)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(ids(c), ids(alone)) || c.PageInfo.HasNextPage != alone.PageInfo.HasNextPage || c.PageInfo.HasPreviousPage != alone.PageInfo.HasPreviousPage {
				t.Errorf("%s, turn %d, parent %d:\n got %v %+v\nwant %v %+v", where, turn, i, ids(c), c.PageInfo, ids(alone), alone.PageInfo)
			}
			for _, r := range c.Nodes {
				if r.MicroProjectID != b.projects[i] {
					t.Errorf("%s: parent %d has a row of another", where, i)
				}
			}
			if i == 0 {
				next = c.PageInfo.EndCursor
				if args.Last != nil {
					next = c.PageInfo.StartCursor
				}
			}
		}
		if next == nil {
			return
		}
		if args.Last != nil {
			args.Before = next
		} else {
			args.After = next
		}
	}
}

func TestUnderCountsWhatOneSeesInOneStatement(t *testing.T) {
	t.Parallel()
	one := 1
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := post(t, db)
		for who, c := range map[string]struct {
			v    viewer.Viewer
			most int
			want string
		}{
			"the owner":                   {b.owner, 100, "[{12 EXACT} {0 EXACT} {5 EXACT} {12 EXACT}]"},
			"the owner up to twelve":      {b.owner, 12, "[{12 EXACT} {0 EXACT} {5 EXACT} {12 EXACT}]"},
			"the owner up to eleven":      {b.owner, 11, "[{11 AT_LEAST} {0 EXACT} {5 EXACT} {11 AT_LEAST}]"},
			"the owner up to five":        {b.owner, 5, "[{5 AT_LEAST} {0 EXACT} {5 EXACT} {5 AT_LEAST}]"},
			"the adviser sees but theirs": {b.adviser, 100, "[{1 EXACT} {0 EXACT} {1 EXACT} {1 EXACT}]"},
			"a stranger":                  {b.stranger, 100, "[{0 EXACT} {0 EXACT} {0 EXACT} {0 EXACT}]"},
			"nobody":                      {viewer.Viewer{}, 100, "[{0 EXACT} {0 EXACT} {0 EXACT} {0 EXACT}]"},
		} {
			tally := &store.Tally{}
			ctx := store.WithTally(viewer.With(t.Context(), c.v), tally)
			under, err := page.Under(ctx, seal, db.Read.PostingRequest.Query(), requests(byAsk, page.Ascending), page.Args{First: &one}, underProject, b.projects)
			if err != nil {
				t.Fatal(err)
			}
			counts, err := page.Counts(ctx, under, &c.most)
			if err != nil {
				t.Fatal(err)
			}
			var got []page.Count
			for _, n := range counts {
				got = append(got, *n)
			}
			if fmt.Sprint(got) != c.want || tally.Statements() != 2 {
				t.Errorf("%s: counts are %v after %d statements, want %s after two", who, got, tally.Statements(), c.want)
			}
		}
	})
}

func TestUnderWithoutParentsOrEntries(t *testing.T) {
	t.Parallel()
	nought := 0
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		b := post(t, db)
		tally := &store.Tally{}
		ctx := store.WithTally(viewer.With(t.Context(), b.owner), tally)
		list := requests(byAsk, page.Ascending)
		if under, err := page.Under(ctx, seal, db.Read.PostingRequest.Query(), list, page.Args{}, underProject, nil); err != nil || len(under) != 0 {
			t.Errorf("without parents there are %d pages, %v", len(under), err)
		}
		under, err := page.Under(ctx, seal, db.Read.PostingRequest.Query(), list, page.Args{First: &nought}, underProject, b.projects)
		if err != nil || len(under) != len(b.projects) || len(under[0].Nodes) != 0 {
			t.Errorf("pages of nought are %v, %v", under, err)
		}
		if got := tally.Statements(); got != 0 {
			t.Errorf("both took %d statements, want none", got)
		}
		unknown := underProject
		unknown.Kind = "Diary"
		if _, err := page.Under(ctx, seal, db.Read.PostingRequest.Query(), list, page.Args{}, unknown, b.projects); err == nil {
			t.Error("a table without a line in access is read")
		}
		both := page.Args{First: &nought, Last: &nought}
		_, err = page.Under(ctx, seal, db.Read.PostingRequest.Query(), list, both, underProject, b.projects)
		refused(t, err, fault.CodeInvalidInput)
	})
}
