package project

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

var seal = page.NewSeal([]byte("a test"))

func TestList(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := work()
		in.SkillIDs = []gid.ID{w.writing}
		draft, public := w.drafted(t, work()), w.published(t, in)
		onSite := workFor(w.uni)
		onSite.Workplace, onSite.Location = microproject.WorkplaceOnSite, ref("Berlin")
		chosen := w.published(t, onSite)
		tomorrow := later(db.Now())
		all := []gid.ID{draft.ID, public.ID, chosen.ID}
		cases := map[string]struct {
			v      viewer.Viewer
			filter *MicroProjectFilter
			want   []gid.ID
		}{
			"its employer sees all":            {w.owner, nil, all},
			"the public what is open":          {viewer.Public(), nil, []gid.ID{public.ID}},
			"a stranger likewise":              {w.boltOwner, nil, []gid.ID{public.ID}},
			"a talent of the institution more": {w.ada, nil, []gid.ID{public.ID, chosen.ID}},
			"staff what was put to them":       {w.approver, nil, []gid.ID{public.ID, chosen.ID}},
			"operators what was submitted":     {w.operator, nil, []gid.ID{public.ID, chosen.ID}},
			"another world nothing":            {w.elsewhere, nil, nil},
			"by status":                        {w.owner, &MicroProjectFilter{Status: []microproject.Status{microproject.StatusDraft}}, []gid.ID{draft.ID}},
			"by skill":                         {w.owner, &MicroProjectFilter{Skills: &page.IDFilter{Eq: &w.writing}}, []gid.ID{public.ID}},
			"by a skill nobody asks for":       {w.owner, &MicroProjectFilter{Skills: &page.IDFilter{In: []gid.ID{w.drawing}}}, nil},
			"by workplace":                     {w.owner, &MicroProjectFilter{Workplace: []microproject.Workplace{microproject.WorkplaceOnSite}}, []gid.ID{chosen.ID}},
			"by employer":                      {w.ada, &MicroProjectFilter{Employer: &page.IDFilter{Eq: &w.bolt}}, nil},
			"by day":                           {w.owner, &MicroProjectFilter{CreatedAt: &page.Range{Lt: tomorrow}}, all},
			"by a later day":                   {w.owner, &MicroProjectFilter{CreatedAt: &page.Range{Gte: tomorrow}}, nil},
		}
		for name, c := range cases {
			got, err := List(viewer.With(t.Context(), c.v), db, seal, page.Args{}, c.filter, nil)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			same(t, name, projectIDs(got.Nodes), c.want)
		}
		tooMany := &MicroProjectFilter{Employer: &page.IDFilter{In: make([]gid.ID, 101)}}
		_, err := List(viewer.With(t.Context(), w.owner), db, seal, page.Args{}, tooMany, nil)
		malformed(t, err)
	})
}

func projectIDs(projects []*ent.MicroProject) []gid.ID {
	var ids []gid.ID
	for _, p := range projects {
		ids = append(ids, p.ID)
	}
	return ids
}

// same compares two sets of ids.
func same(t *testing.T, name string, got, want []gid.ID) {
	t.Helper()
	got, want = slices.SortedFunc(slices.Values(got), gid.ID.Compare), slices.SortedFunc(slices.Values(want), gid.ID.Compare)
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", name, got, want)
	}
}

func malformed(t *testing.T, err error) {
	t.Helper()
	var r *fault.Request
	if !errors.As(err, &r) || r.Code != fault.CodeInvalidInput {
		t.Errorf("got %v, want INVALID_INPUT", err)
	}
}

func TestQueue(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in := workFor(w.uni, w.college)
		in.Fee = money.Input{Amount: "100", Currency: "USD"}
		first, second := w.submitted(t, in), w.submitted(t, cheap())
		queue := func(v viewer.Viewer, filter *PostingRequestFilter) []gid.ID {
			got, err := Queue(viewer.With(t.Context(), v), db, seal, page.Args{}, filter, nil)
			if err != nil {
				t.Fatal(err)
			}
			var ids []gid.ID
			for _, q := range got.Nodes {
				ids = append(ids, q.MicroProjectID)
			}
			return ids
		}
		if got := queue(w.operator, nil); !slices.Equal(got, []gid.ID{first.ID, second.ID}) {
			t.Errorf("the oldest first: got %v", got)
		}
		same(t, "the uni's", queue(w.approver, nil), []gid.ID{first.ID})
		same(t, "another world's", queue(w.elsewhere, nil), nil)
		same(t, "an employer's", queue(w.owner, nil), nil)
		if err := w.decision(t, w.approver, w.request(t, first, w.uni), ""); err != nil {
			t.Fatal(err)
		}
		same(t, "decided", queue(w.approver, nil), nil)
		approved := &PostingRequestFilter{Status: []postingrequest.Status{postingrequest.StatusApproved}}
		same(t, "what was approved", queue(w.approver, approved), []gid.ID{first.ID})
		same(t, "the college's still waits", queue(w.collegeStaff, nil), []gid.ID{first.ID})
	})
}

// posted is a posting from elsewhere that says nothing of pay.
func (w *town) posted(t *testing.T) gid.ID {
	t.Helper()
	var id gid.ID
	w.scene(t, func(ctx context.Context, tx *store.Tx) error {
		e, err := tx.Employer.Create().SetWorldID(tx.World()).SetName("Far").SetNameFolded("far").
			SetOrigin(employer.OriginElsewhere).SetStatus(employer.StatusUnverified).Save(ctx)
		if err != nil {
			return err
		}
		l, err := tx.Listing.Create().SetWorldID(tx.World()).SetEmployerOrgID(e.ID).SetReference("far/1").
			SetSource(listing.SourceElsewhere).SetStatus(listing.StatusOpen).SetTitle("Sail").SetTitleFolded("sail").
			SetEmployerName("Far").SetWorkplace(listing.WorkplaceUnknown).SetPublishedAt(tx.Now).Save(ctx)
		if err == nil {
			id = l.ID
		}
		return err
	})
	return id
}

func TestListings(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		in, dear := work(), work()
		in.SkillIDs, in.BreakWindow = []gid.ID{w.writing}, &calendar.Window{StartsOn: "2026-12-20", EndsOn: "2027-01-03"}
		dear.Title, dear.Hours, dear.Fee.Amount = "Édit it", 5, "500"
		plain, better := w.listing(t, w.published(t, in)), w.listing(t, w.published(t, dear))
		ended := w.published(t, work())
		if err := w.cancels(ended, ended.Revision, "No money.")(stage.As(t, w.owner, "cancelMicroProject")); err != nil {
			t.Fatal(err)
		}
		closed, far := w.listing(t, ended), w.posted(t)
		tomorrow := later(db.Now())
		cases := map[string]struct {
			filter *ListingFilter
			want   []gid.ID
		}{
			"what is open":                     {nil, []gid.ID{plain.ID, better.ID, far}},
			"what is closed":                   {&ListingFilter{Status: []listing.Status{listing.StatusClosed}}, []gid.ID{closed.ID}},
			"by the beginning of the title":    {&ListingFilter{Search: ref("EDIT")}, []gid.ID{better.ID}},
			"not by its middle":                {&ListingFilter{Search: ref("it")}, nil},
			"by source":                        {&ListingFilter{Source: []listing.Source{listing.SourceElsewhere}}, []gid.ID{far}},
			"by employer":                      {&ListingFilter{Employer: &page.IDFilter{Eq: &w.acme}}, []gid.ID{plain.ID, better.ID}},
			"by skill":                         {&ListingFilter{Skills: &page.IDFilter{In: []gid.ID{w.writing, w.drawing}}}, []gid.ID{plain.ID}},
			"by workplace":                     {&ListingFilter{Workplace: []listing.Workplace{listing.WorkplaceUnknown}}, []gid.ID{far}},
			"by pay":                           {&ListingFilter{MinimumHourlyPay: &money.Input{Amount: "20.01", Currency: "USD"}}, []gid.ID{better.ID}},
			"by pay, to the cent":              {&ListingFilter{MinimumHourlyPay: &money.Input{Amount: "20", Currency: "USD"}}, []gid.ID{plain.ID, better.ID}},
			"by pay in another currency":       {&ListingFilter{MinimumHourlyPay: &money.Input{Amount: "1", Currency: "EUR"}}, nil},
			"by hours":                         {&ListingFilter{MaximumHours: ref(19)}, []gid.ID{better.ID}},
			"by the end of the break":          {&ListingFilter{BreakEndsBy: ref(calendar.Date("2027-01-03"))}, []gid.ID{plain.ID}},
			"by a break that ends before that": {&ListingFilter{BreakEndsBy: ref(calendar.Date("2027-01-02"))}, nil},
			"by day":                           {&ListingFilter{PublishedAt: &page.Range{Gte: tomorrow}}, nil},
			"by several conditions":            {&ListingFilter{Search: ref("e"), MaximumHours: ref(40), PublishedAt: &page.Range{Lt: tomorrow}}, []gid.ID{better.ID}},
		}
		for name, c := range cases {
			got, err := Listings(viewer.With(t.Context(), viewer.Public()), db, seal, page.Args{}, c.filter, nil)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			same(t, name, listingIDs(got.Nodes), c.want)
		}
		elsewhere, err := Listings(viewer.With(t.Context(), w.elsewhere), db, seal, page.Args{}, nil, nil)
		if err != nil || len(elsewhere.Nodes) != 0 {
			t.Errorf("another world reads %v, %v", elsewhere, err)
		}
		_, err = Listings(viewer.With(t.Context(), viewer.Public()), db, seal, page.Args{}, &ListingFilter{
			MinimumHourlyPay: &money.Input{Amount: "20.005", Currency: "USD"},
		}, nil)
		malformed(t, err)
		w.byPay(t, []gid.ID{better.ID, plain.ID, far}, page.Descending)
		w.byPay(t, []gid.ID{plain.ID, better.ID, far}, page.Ascending)
	})
}

func listingIDs(listings []*ent.Listing) []gid.ID {
	var ids []gid.ID
	for _, l := range listings {
		ids = append(ids, l.ID)
	}
	return ids
}

// byPay walks the postings one by one, forwards and back.
func (w *town) byPay(t *testing.T, want []gid.ID, way page.Direction) {
	t.Helper()
	ctx, order := viewer.With(t.Context(), viewer.Public()), &ListingOrder{ListingsByHourlyPay, way}
	var got []gid.ID
	args := page.Args{First: ref(1)}
	for {
		p, err := Listings(ctx, w.DB, seal, args, nil, order)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, listingIDs(p.Nodes)...)
		if !p.PageInfo.HasNextPage {
			break
		}
		args.After = p.PageInfo.EndCursor
	}
	if !slices.Equal(got, want) {
		t.Errorf("by pay, %s: got %v, want %v", way, got, want)
	}
	back, err := Listings(ctx, w.DB, seal, page.Args{Last: ref(2)}, nil, order)
	if err != nil || !slices.Equal(listingIDs(back.Nodes), want[1:]) {
		t.Errorf("the last two by pay, %s: got %v, %v", way, back, err)
	}
}

func TestAbilities(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		bare := work()
		bare.Deliverables = nil
		unplanned, draft, approved, public, busy := w.drafted(t, bare), w.drafted(t, work()), w.submitted(t, work()), w.open(t, 1), w.open(t, 2)
		waiting := w.submitted(t, workFor(w.college))
		w.seated(t, busy, engagement.StatusActive)
		projects := []*ent.MicroProject{unplanned, nil, draft, approved, public, w.project(t, busy.ID), waiting}
		want := []string{"revise plan cancel", "", "revise plan submit cancel", "revise publish cancel", "revise cancel", "revise", "revise cancel"}
		tally := &store.Tally{}
		got, err := Abilities(store.WithTally(viewer.With(t.Context(), w.owner), tally), db, projects)
		if err != nil {
			t.Fatal(err)
		}
		if tally.Statements() != 1 {
			t.Errorf("%d statements for a level, want 1", tally.Statements())
		}
		for i, a := range got {
			if allowed(a) != want[i] {
				t.Errorf("project %d: got %q, want %q", i, allowed(a), want[i])
			}
		}
		if got[0].SubmitForApproval.Reasons[0].Code != fault.CodePolicyViolation || *got[6].Publish.Reasons[0].RuleID != "institution-approval" {
			t.Errorf("got %v and %v", got[0].SubmitForApproval, got[6].Publish)
		}
		for _, v := range []viewer.Viewer{w.ada, w.boltOwner, w.operator, viewer.Public(), w.supervisor} {
			may := ""
			if v.Kind == viewer.Operator {
				may = "cancel"
			}
			got, err := Abilities(viewer.With(t.Context(), v), db, []*ent.MicroProject{public})
			if err != nil || allowed(got[0]) != may || got[0].Publish.Reasons[0].Code != fault.CodeNotPermitted {
				t.Errorf("%s %s: got %v, %v", v.Kind, v.Role, got, err)
			}
		}
		q := w.request(t, waiting, w.college)
		able := func(v viewer.Viewer) *PostingRequestAbilities {
			all, err := RequestAbilities(viewer.With(t.Context(), v), db, []*ent.PostingRequest{q})
			if err != nil {
				t.Fatal(err)
			}
			return all[0]
		}
		if a := able(w.collegeStaff); !a.Approve.Allowed || !a.Refuse.Allowed {
			t.Errorf("the college's staff: got %v", a)
		}
		if a := able(w.owner); a.Approve.Allowed || a.Refuse.Reasons[0].Code != fault.CodeNotPermitted {
			t.Errorf("the employer: got %v", a)
		}
	})
}

// allowed names what the abilities allow.
func allowed(a *MicroProjectAbilities) string {
	if a == nil {
		return ""
	}
	var names string
	for _, one := range []struct {
		name string
		*fault.Ability
	}{
		{"revise", a.Revise}, {"plan", a.PlanDeliverable}, {"submit", a.SubmitForApproval}, {"publish", a.Publish}, {"cancel", a.Cancel},
	} {
		if one.Allowed {
			if names != "" {
				names += " "
			}
			names += one.name
		}
	}
	return names
}
