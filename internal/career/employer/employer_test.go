package employer

import (
	"context"
	"slices"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

// register makes an employer, and its owner as they sign in afterwards.
func (h *house) register(t *testing.T, subject, name string) (Registered, viewer.Viewer) {
	t.Helper()
	done, err := RegisterEmployer(stage.As(t, stage.Newcomer(subject), "registerEmployer"), h.DB, RegisterEmployerInput{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return done, h.Member(t, subject, viewer.EmployerMember, viewer.RoleOwner, done.EmployerID)
}

func (h *house) employer(t *testing.T, id gid.ID) *ent.Employer {
	t.Helper()
	e, err := h.DB.Read.Employer.Get(stage.All(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestRegisterEmployer(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ctx := stage.As(t, stage.Newcomer("ada"), "registerEmployer")
		website, industry, blank := "https://acme.example", "  Toys ", " "
		done, err := RegisterEmployer(ctx, h.DB, RegisterEmployerInput{
			Name: " Äcme  Toys ", Website: &website, Industry: &industry, Description: &blank,
		})
		if err != nil {
			t.Fatal(err)
		}
		e := h.employer(t, done.EmployerID)
		if e.Name != "Äcme  Toys" || e.NameFolded != "acme toys" || e.Status != employer.StatusPending ||
			e.Origin != employer.OriginRegistered || e.Revision != 1 || *e.Industry != "Toys" || e.Description != nil {
			t.Errorf("got %v", e)
		}
		want := []string{
			stage.Says(event.EmployerRegistered, e.ID, e.ID, gid.LiveWorld),
			stage.Says(event.MemberSeated, done.MembershipID, e.ID),
		}
		if got := h.Said(t); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("events: got %v, want %v", got, want)
		}
		// The newcomer has a row now, and reads what they made in the same request.
		if got := viewer.From(ctx).Person; got != done.OwnerID {
			t.Errorf("the viewer is %s, want %s", got, done.OwnerID)
		}
		seat, err := h.DB.Read.Membership.Get(ctx, done.MembershipID)
		if err != nil || seat.Role != membership.RoleOwner || seat.PersonID != done.OwnerID || seat.OrganizationID != e.ID {
			t.Errorf("the seat is %v, %v", seat, err)
		}
		if _, err := h.DB.Read.Employer.Get(ctx, e.ID); err != nil {
			t.Errorf("its owner does not see it: %v", err)
		}
	})
}

func TestRegisterEmployerRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		named := func(name string) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := RegisterEmployer(ctx, h.DB, RegisterEmployerInput{Name: name})
				return err
			}
		}
		h.Refuses(t, stage.Newcomer("ada"), "registerEmployer", named("A"), fault.CodeInvalidValue, "name")
		h.Refuses(t, stage.Newcomer("ada"), "registerEmployer", named("Ac\u202eme"), fault.CodeInvalidValue, "name")
		h.Refuses(t, viewer.Public(), "registerEmployer", named("Acme"), fault.CodeNotPermitted, "")
		h.Refuses(t, h.operator, "registerEmployer", named("Acme"), fault.CodeNotPermitted, "")
	})
}

func TestRegisterEmployerReplays(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		in := RegisterEmployerInput{Name: "Acme"}
		first, err := RegisterEmployer(stage.WithKey(t, stage.Newcomer("ada"), "registerEmployer", "k"), h.DB, in)
		if err != nil {
			t.Fatal(err)
		}
		before := h.Everything(t)
		ctx := stage.WithKey(t, stage.Newcomer("ada"), "registerEmployer", "k")
		again, err := RegisterEmployer(ctx, h.DB, in)
		if err != nil || again != first || !viewer.RequestFrom(ctx).Replayed() || viewer.From(ctx).Person != first.OwnerID {
			t.Errorf("got %v, %v, want %v once more", again, err, first)
		}
		if after := h.Everything(t); after != before {
			t.Errorf("the replay changed something\nbefore %s\nafter %s", before, after)
		}
	})
}

func TestDecide(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		acme, _ := h.register(t, "ada", "Acme")
		shady, _ := h.register(t, "bob", "Shady")
		h.Does(t, h.operator, "approveEmployer", func(ctx context.Context) error {
			_, err := ApproveEmployer(ctx, h.DB, ApproveEmployerInput{EmployerID: acme.EmployerID, ExpectedRevision: 1})
			return err
		}, stage.Says(event.EmployerApproved, acme.EmployerID, acme.EmployerID, gid.LiveWorld))
		h.Does(t, h.operator, "refuseEmployer", func(ctx context.Context) error {
			_, err := RefuseEmployer(ctx, h.DB, RefuseEmployerInput{EmployerID: shady.EmployerID, ExpectedRevision: 1, Reason: " No such company. "})
			return err
		}, stage.Says(event.EmployerRefused, shady.EmployerID, shady.EmployerID, gid.LiveWorld))
		if e := h.employer(t, acme.EmployerID); e.Status != employer.StatusVerified || e.Revision != 2 || e.DecidedAt == nil ||
			e.DecidedByID != h.operator.Person || e.Reason != nil {
			t.Errorf("approved: got %v", e)
		}
		if e := h.employer(t, shady.EmployerID); e.Status != employer.StatusRejected || e.Reason == nil || *e.Reason != "No such company." {
			t.Errorf("refused: got %v", e)
		}
	})
}

func TestDecideRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		acme, owner := h.register(t, "ada", "Acme")
		_, other := h.register(t, "bob", "Brick")
		approve := func(id gid.ID, revision int) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := ApproveEmployer(ctx, h.DB, ApproveEmployerInput{EmployerID: id, ExpectedRevision: revision})
				return err
			}
		}
		refuse := func(reason string) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := RefuseEmployer(ctx, h.DB, RefuseEmployerInput{EmployerID: acme.EmployerID, ExpectedRevision: 1, Reason: reason})
				return err
			}
		}
		nobody := gid.ID{1, 15: byte(gid.Employer)}
		h.Refuses(t, stage.Newcomer("eve"), "approveEmployer", approve(acme.EmployerID, 1), fault.CodeNotFound, "employerId")
		h.Refuses(t, other, "approveEmployer", approve(acme.EmployerID, 1), fault.CodeNotFound, "employerId")
		h.Refuses(t, h.elsewhen, "approveEmployer", approve(acme.EmployerID, 1), fault.CodeNotFound, "employerId")
		h.Refuses(t, h.operator, "approveEmployer", approve(nobody, 1), fault.CodeNotFound, "employerId")
		h.Refuses(t, owner, "approveEmployer", approve(acme.EmployerID, 1), fault.CodeNotPermitted, "")
		h.Refuses(t, h.operator, "approveEmployer", approve(acme.EmployerID, 2), fault.CodeStaleRevision, "expectedRevision")
		h.Refuses(t, h.operator, "refuseEmployer", refuse("no"), fault.CodeInvalidValue, "reason")
		if err := approve(acme.EmployerID, 1)(stage.As(t, h.operator, "approveEmployer")); err != nil {
			t.Fatal(err)
		}
		h.Refuses(t, h.operator, "approveEmployer", approve(acme.EmployerID, 2), fault.CodeIllegalTransition, "")
		// Verified employers are public: a stranger sees this one now.
		h.Refuses(t, stage.Newcomer("eve"), "approveEmployer", approve(acme.EmployerID, 2), fault.CodeNotPermitted, "")
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		_, ada := h.register(t, "ada", "Änderungsatelier")
		brick, _ := h.register(t, "bob", "Brick")
		if _, err := ApproveEmployer(stage.As(t, h.operator, "approveEmployer"), h.DB,
			ApproveEmployerInput{EmployerID: brick.EmployerID, ExpectedRevision: 1}); err != nil {
			t.Fatal(err)
		}
		search := "ANDER"
		cases := map[string]struct {
			v      viewer.Viewer
			filter *EmployerFilter
			order  *EmployerOrder
			want   []string
		}{
			"operators see all, by name":         {h.operator, nil, nil, []string{"Änderungsatelier", "Brick"}},
			"the newest first":                   {h.operator, nil, &EmployerOrder{Field: EmployersByCreatedAt}, []string{"Brick", "Änderungsatelier"}},
			"the public sees the verified":       {viewer.Public(), nil, nil, []string{"Brick"}},
			"owners see their own too":           {ada, nil, nil, []string{"Änderungsatelier", "Brick"}},
			"another world sees none":            {h.elsewhen, nil, nil, nil},
			"names without case and accents":     {h.operator, &EmployerFilter{Search: &search}, nil, []string{"Änderungsatelier"}},
			"by status":                          {h.operator, &EmployerFilter{Status: []employer.Status{employer.StatusVerified}}, nil, []string{"Brick"}},
			"a search that finds what is hidden": {viewer.Public(), &EmployerFilter{Search: &search}, nil, nil},
		}
		for name, c := range cases {
			ctx := viewer.With(t.Context(), c.v)
			got, err := List(ctx, h.DB, page.NewSeal([]byte("k")), page.Args{}, c.filter, c.order)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, e := range got.Nodes {
				names = append(names, e.Name)
			}
			if !slices.Equal(names, c.want) {
				t.Errorf("%s: got %v, want %v", name, names, c.want)
			}
		}
	})
}
