package institution

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestOpenInstitution(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		id := h.listed(t, "State University", gid.LiveWorld)
		in := openingOf(id, "amy")
		in.PayFloor = &money.Input{Amount: "25.5", Currency: "USD"}
		done, err := OpenInstitution(stage.As(t, h.operator, "openInstitution"), h.DB, in)
		if err != nil {
			t.Fatal(err)
		}
		i, err := h.DB.Read.Institution.Get(stage.All(t), id)
		if err != nil {
			t.Fatal(err)
		}
		if i.Status != institution.StatusOpen || i.OpenedAt == nil || i.Revision != 2 || *PayFloor(i) != (money.Money{Minor: 2550, Currency: "USD"}) {
			t.Errorf("got %v", i)
		}
		seat, err := h.DB.Read.Membership.Get(stage.All(t), done.MembershipID)
		if err != nil {
			t.Fatal(err)
		}
		amy := h.Member(t, "amy", viewer.CareerStaff, viewer.RoleAdmin, id)
		if seat.Role != membership.RoleAdmin || seat.OrganizationID != id || seat.PersonID != amy.Person {
			t.Errorf("the seat is %v", seat)
		}
		want := []string{stage.Says(event.InstitutionOpened, id, id, gid.LiveWorld), stage.Says(event.MemberSeated, done.MembershipID, id)}
		if got := h.Said(t); !slices.Equal(got, want) {
			t.Errorf("events: got %v, want %v", got, want)
		}
	})
}

func TestOpenInstitutionRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		id := h.listed(t, "State University", gid.LiveWorld)
		opens := func(in OpenInstitutionInput) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := OpenInstitution(ctx, h.DB, in)
				return err
			}
		}
		_, owner := h.employer(t, "Acme", "ada")
		blank, stale := openingOf(id, " "), openingOf(id, "amy")
		stale.ExpectedRevision = 2
		h.Refuses(t, h.elsewhen, "openInstitution", opens(openingOf(id, "amy")), fault.CodeNotFound, "institutionId")
		h.Refuses(t, h.operator, "openInstitution", opens(openingOf(gid.ID{1, 15: byte(gid.Institution)}, "amy")), fault.CodeNotFound, "institutionId")
		h.Refuses(t, owner, "openInstitution", opens(openingOf(id, "amy")), fault.CodeNotPermitted, "")
		h.Refuses(t, stage.Newcomer("eve"), "openInstitution", opens(openingOf(id, "eve")), fault.CodeNotPermitted, "")
		h.Refuses(t, h.operator, "openInstitution", opens(stale), fault.CodeStaleRevision, "expectedRevision")
		blank.Administrator.Name = "Amy"
		h.Refuses(t, h.operator, "openInstitution", opens(blank), fault.CodeInvalidValue, "administrator.subject")
		open, amy := h.opened(t, "Tech", "amy")
		again := openingOf(open, "eve")
		again.ExpectedRevision = 2
		h.Refuses(t, h.operator, "openInstitution", opens(again), fault.CodeIllegalTransition, "")
		h.Refuses(t, amy, "openInstitution", opens(again), fault.CodeNotPermitted, "")
	})
}

func TestOpenInstitutionReplays(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		in := openingOf(h.listed(t, "State University", gid.LiveWorld), "amy")
		first, err := OpenInstitution(stage.WithKey(t, h.operator, "openInstitution", "k"), h.DB, in)
		if err != nil {
			t.Fatal(err)
		}
		before, ctx := h.Everything(t), stage.WithKey(t, h.operator, "openInstitution", "k")
		again, err := OpenInstitution(ctx, h.DB, in)
		if err != nil || again != first || !viewer.RequestFrom(ctx).Replayed() || h.Everything(t) != before {
			t.Errorf("got %v, %v, want %v once more and nothing else", again, err, first)
		}
	})
}

func TestLinkFromRequestToDecision(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		uni, amy := h.opened(t, "State University", "amy")
		acme, ada := h.employer(t, "Acme", "ada")
		brick, bob := h.employer(t, "Brick", "bob")
		message := " We build toys. "
		var id gid.ID
		ask := func(ctx context.Context) error {
			done, err := RequestInstitutionLink(ctx, h.DB, RequestInstitutionLinkInput{InstitutionID: &uni, Message: &message})
			id = done.One
			return err
		}
		if err := ask(stage.As(t, ada, "requestInstitutionLink")); err != nil {
			t.Fatal(err)
		}
		if l := h.link(t, id); l.Status != institutionlink.StatusRequested || *l.Message != "We build toys." || l.EmployerOrgID != acme ||
			l.OwnerOrgID != acme || l.InstitutionID != uni || l.DecidedAt != nil || l.Revision != 1 {
			t.Errorf("requested: got %v", l)
		}
		h.Does(t, amy, "approveInstitutionLink", func(ctx context.Context) error {
			_, err := ApproveInstitutionLink(ctx, h.DB, ApproveInstitutionLinkInput{InstitutionLinkID: id, ExpectedRevision: 1})
			return err
		}, stage.Says(event.InstitutionLinkApproved, id, acme, uni, gid.LiveWorld))
		if l := h.link(t, id); l.Status != institutionlink.StatusApproved || l.DecidedAt == nil || l.DecidedByID != amy.Person || l.Revision != 2 {
			t.Errorf("approved: got %v", l)
		}
		other := h.asked(t, bob, uni)
		h.Does(t, amy, "declineInstitutionLink", func(ctx context.Context) error {
			_, err := DeclineInstitutionLink(ctx, h.DB, DeclineInstitutionLinkInput{InstitutionLinkID: other, ExpectedRevision: 1, Reason: "Not now."})
			return err
		}, stage.Says(event.InstitutionLinkDeclined, other, brick, uni, gid.LiveWorld))
		if l := h.link(t, other); l.Status != institutionlink.StatusDeclined || *l.Reason != "Not now." {
			t.Errorf("declined: got %v", l)
		}
		for v, want := range map[*viewer.Viewer]map[gid.ID]bool{
			&ada: {acme: true, brick: false}, &bob: {acme: false, brick: false}, &amy: {acme: true, brick: false}, &h.operator: {acme: true, brick: false},
		} {
			for e, linked := range want {
				if got := h.isLinked(t, *v, e, uni); got != linked {
					t.Errorf("%s sees %s linked: %v, want %v", v.Subject, e, got, linked)
				}
			}
		}
	})
}

// isLinked asks inside a change, as other rooms do.
func (h *house) isLinked(t *testing.T, v viewer.Viewer, employer, institution gid.ID) bool {
	t.Helper()
	ctx := stage.As(t, v, "asks")
	linked, err := store.Write(ctx, h.DB, func(tx *store.Tx) (bool, error) {
		l, err := LinkOf(ctx, tx.Client, employer, institution)
		return MayPost(l), err
	})
	if err != nil {
		t.Fatal(err)
	}
	return linked
}

func TestRequestAgainAfterTheCoolDown(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		uni, amy := h.opened(t, "State University", "amy")
		acme, ada := h.employer(t, "Acme", "ada")
		id := h.asked(t, ada, uni)
		ask := func(ctx context.Context) error {
			again, err := RequestInstitutionLink(ctx, h.DB, RequestInstitutionLinkInput{InstitutionID: &uni})
			if err == nil && again.One != id {
				t.Errorf("it made %s beside %s", again.One, id)
			}
			return err
		}
		h.Refuses(t, ada, "requestInstitutionLink", ask, fault.CodeAlreadyExists, "institutionId")
		if _, err := DeclineInstitutionLink(stage.As(t, amy, "declineInstitutionLink"), h.DB,
			DeclineInstitutionLinkInput{InstitutionLinkID: id, ExpectedRevision: 1, Reason: "Not now."}); err != nil {
			t.Fatal(err)
		}
		h.Refuses(t, ada, "requestInstitutionLink", ask, fault.CodeWindowClosed, "institutionId")
		h.Clock.Skip(30 * 24 * time.Hour)
		h.Does(t, ada, "requestInstitutionLink", ask, stage.Says(event.InstitutionLinkRequested, id, acme, uni, gid.LiveWorld))
		l := h.link(t, id)
		if l.Status != institutionlink.StatusRequested || l.Reason != nil || l.DecidedAt != nil || !l.DecidedByID.IsNone() ||
			l.Revision != 3 || !l.RequestedAt.After(l.CreatedAt) {
			t.Errorf("got %v", l)
		}
	})
}

func TestRequestInstitutionLinkRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		uni, amy := h.opened(t, "State University", "amy")
		closed, elsewhere := h.listed(t, "Closed College", gid.LiveWorld), h.listed(t, "Sandbox College", h.elsewhen.World)
		acme, ada := h.employer(t, "Acme", "ada")
		supervisor := h.Member(t, "sue", viewer.EmployerMember, viewer.RoleSupervisor, acme)
		asks := func(in RequestInstitutionLinkInput) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := RequestInstitutionLink(ctx, h.DB, in)
				return err
			}
		}
		long := strings.Repeat("a", 1001)
		const verb = "requestInstitutionLink"
		h.Refuses(t, ada, verb, asks(RequestInstitutionLinkInput{InstitutionID: &elsewhere}), fault.CodeNotFound, "institutionId")
		h.Refuses(t, supervisor, verb, asks(RequestInstitutionLinkInput{InstitutionID: &uni}), fault.CodeNotPermitted, "")
		h.Refuses(t, amy, verb, asks(RequestInstitutionLinkInput{InstitutionID: &uni}), fault.CodeNotPermitted, "")
		h.Refuses(t, ada, verb, asks(RequestInstitutionLinkInput{InstitutionID: &closed}), fault.CodeIllegalTransition, "")
		h.Refuses(t, ada, verb, asks(RequestInstitutionLinkInput{InstitutionID: &uni, Message: &long}), fault.CodeInvalidValue, "message")
		if _, err := employer.RefuseEmployer(stage.As(t, h.operator, "refuseEmployer"), h.DB,
			employer.RefuseEmployerInput{EmployerID: acme, ExpectedRevision: 1, Reason: "No such company."}); err != nil {
			t.Fatal(err)
		}
		h.Refuses(t, ada, verb, asks(RequestInstitutionLinkInput{InstitutionID: &uni}), fault.CodeIllegalTransition, "")
	})
}

func TestDecideRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		uni, amy := h.opened(t, "State University", "amy")
		_, tom := h.opened(t, "Tech", "tom")
		acme, ada := h.employer(t, "Acme", "ada")
		_, bob := h.employer(t, "Brick", "bob")
		reader := h.Member(t, "rae", viewer.CareerStaff, viewer.RoleViewer, uni)
		id := h.asked(t, ada, uni)
		approve := func(revision int) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := ApproveInstitutionLink(ctx, h.DB, ApproveInstitutionLinkInput{InstitutionLinkID: id, ExpectedRevision: revision})
				return err
			}
		}
		decline := func(ctx context.Context) error {
			_, err := DeclineInstitutionLink(ctx, h.DB, DeclineInstitutionLinkInput{InstitutionLinkID: id, ExpectedRevision: 1, Reason: " "})
			return err
		}
		const verb = "approveInstitutionLink"
		for _, stranger := range []viewer.Viewer{tom, bob, stage.Newcomer("eve"), viewer.Public(), h.elsewhen} {
			h.Refuses(t, stranger, verb, approve(1), fault.CodeNotFound, "institutionLinkId")
		}
		for _, sees := range []viewer.Viewer{ada, reader, h.operator} {
			h.Refuses(t, sees, verb, approve(1), fault.CodeNotPermitted, "")
		}
		h.Refuses(t, amy, verb, approve(2), fault.CodeStaleRevision, "expectedRevision")
		h.Refuses(t, amy, "declineInstitutionLink", decline, fault.CodeInvalidValue, "reason")
		h.Does(t, amy, verb, approve(1), stage.Says(event.InstitutionLinkApproved, id, acme, uni, gid.LiveWorld))
		h.Refuses(t, amy, verb, approve(2), fault.CodeIllegalTransition, "")
		h.Refuses(t, amy, "declineInstitutionLink", decline, fault.CodeIllegalTransition, "")
	})
}

func TestTwoRequestsAtOnceMakeOneLink(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		uni, _ := h.opened(t, "State University", "amy")
		_, ada := h.employer(t, "Acme", "ada")
		const n = 8
		answers := make(chan error, n)
		for range n {
			go func() {
				_, err := RequestInstitutionLink(stage.As(t, ada, "requestInstitutionLink"), h.DB, RequestInstitutionLinkInput{InstitutionID: &uni})
				answers <- err
			}()
		}
		made := 0
		for range n {
			err := <-answers
			told, _ := fault.UserErrors(err)
			switch {
			case err == nil:
				made++
			case len(told) != 1 || told[0].GetCode() != fault.CodeAlreadyExists:
				t.Errorf("it answered %v, want ALREADY_EXISTS", err)
			}
		}
		if made != 1 {
			t.Errorf("%d requests were made, want one", made)
		}
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		h.opened(t, "État", "amy")
		h.listed(t, "Estuary College", gid.LiveWorld)
		h.listed(t, "Sandbox College", h.elsewhen.World)
		search, country, isOpen := "ETA", "us", institution.StatusOpen
		nowhere := "de"
		cases := map[string]struct {
			v      viewer.Viewer
			filter *InstitutionFilter
			order  *InstitutionOrder
			want   []string
		}{
			"all of the world, by name": {viewer.Public(), nil, nil, []string{"Estuary College", "État"}},
			"the other way":             {viewer.Public(), nil, &InstitutionOrder{Field: InstitutionsByName}, []string{"État", "Estuary College"}},
			"another world":             {h.elsewhen, nil, nil, []string{"Sandbox College"}},
			"by the beginning":          {viewer.Public(), &InstitutionFilter{Search: &search}, nil, []string{"État"}},
			"by country":                {viewer.Public(), &InstitutionFilter{CountryCode: &country}, nil, []string{"Estuary College", "État"}},
			"in no country":             {viewer.Public(), &InstitutionFilter{CountryCode: &nowhere}, nil, nil},
			"the open ones":             {viewer.Public(), &InstitutionFilter{Status: &isOpen}, nil, []string{"État"}},
			"without a viewer":          {viewer.Viewer{}, nil, nil, nil},
		}
		for name, c := range cases {
			got, err := List(viewer.With(t.Context(), c.v), h.DB, page.NewSeal([]byte("k")), page.Args{}, c.filter, c.order)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, i := range got.Nodes {
				names = append(names, i.Name)
			}
			if !slices.Equal(names, c.want) {
				t.Errorf("%s: got %v, want %v", name, names, c.want)
			}
		}
	})
}

func TestLinks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		uni, amy := h.opened(t, "State University", "amy")
		tech, tom := h.opened(t, "Tech", "tom")
		acme, ada := h.employer(t, "Acme", "ada")
		_, bob := h.employer(t, "Brick", "bob")
		first, second, third := h.asked(t, ada, uni), h.asked(t, ada, tech), h.asked(t, bob, uni)
		if _, err := ApproveInstitutionLink(stage.As(t, tom, "approveInstitutionLink"), h.DB,
			ApproveInstitutionLinkInput{InstitutionLinkID: second, ExpectedRevision: 1}); err != nil {
			t.Fatal(err)
		}
		cases := map[string]struct {
			v      viewer.Viewer
			filter *InstitutionLinkFilter
			order  *InstitutionLinkOrder
			want   []gid.ID
		}{
			"an employer sees its own, the newest first": {ada, nil, nil, []gid.ID{second, first}},
			"an institution sees its own":                {amy, nil, &InstitutionLinkOrder{InstitutionLinksByRequestedAt, page.Ascending}, []gid.ID{first, third}},
			"operators see all":                          {h.operator, nil, nil, []gid.ID{third, second, first}},
			"another world's operators see none":         {h.elsewhen, nil, nil, nil},
			"strangers see none":                         {stage.Newcomer("eve"), nil, nil, nil},
			"by institution":                             {ada, &InstitutionLinkFilter{Institution: &page.IDFilter{Eq: &uni}}, nil, []gid.ID{first}},
			"by employer":                                {amy, &InstitutionLinkFilter{Employer: &page.IDFilter{In: []gid.ID{acme}}}, nil, []gid.ID{first}},
			"by status":                                  {ada, &InstitutionLinkFilter{Status: []institutionlink.Status{institutionlink.StatusApproved}}, nil, []gid.ID{second}},
			"a filter shows nothing that is hidden":      {bob, &InstitutionLinkFilter{Employer: &page.IDFilter{Eq: &acme}}, nil, nil},
		}
		for name, c := range cases {
			got, err := Links(viewer.With(t.Context(), c.v), h.DB, page.NewSeal([]byte("k")), page.Args{}, c.filter, c.order)
			if err != nil {
				t.Fatal(err)
			}
			var ids []gid.ID
			for _, l := range got.Nodes {
				ids = append(ids, l.ID)
			}
			if !slices.Equal(ids, c.want) {
				t.Errorf("%s: got %v, want %v", name, ids, c.want)
			}
		}
		_, err := Links(viewer.With(t.Context(), ada), h.DB, page.NewSeal([]byte("k")), page.Args{},
			&InstitutionLinkFilter{Employer: &page.IDFilter{In: make([]gid.ID, 101)}}, nil)
		if err == nil || !strings.Contains(err.Error(), "INVALID_INPUT: A filter names at most 100") {
			t.Errorf("101 ids: got %v, want INVALID_INPUT", err)
		}
	})
}
