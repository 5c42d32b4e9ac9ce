package institution

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// house is a database with the people of a test in it: an operator of the live
// world and one of a sandbox.
type house struct {
	*stage.House

	operator viewer.Viewer
	elsewhen viewer.Viewer // the sandbox's operator
}

// watched are the tables that a refusal must leave alone.
var watched = []string{"institutions", "institution_links", "memberships", "people"}

// each runs a test once on each engine.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(t, open(t, h)) })
}

func open(t *testing.T, empty *stage.House) *house {
	t.Helper()
	h := &house{House: empty}
	sandbox := h.Sandbox(t)
	h.operator = h.Member(t, "olga", viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
	h.elsewhen = h.Member(t, "sam", viewer.Operator, viewer.RoleOperator, sandbox)
	h.elsewhen.World = sandbox
	return h
}

// listed is an institution known by name, in a world.
func (h *house) listed(t *testing.T, name string, in gid.ID) gid.ID {
	t.Helper()
	return stage.Made(t, h.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		i, err := tx.Institution.Create().SetWorldID(in).SetName(name).SetNameFolded(text.Fold(name)).SetCountryCode("US").Save(ctx)
		return i.ID, err
	})
}

// opened is an institution whose career office is on Rung, and its administrator.
func (h *house) opened(t *testing.T, name, administrator string) (gid.ID, viewer.Viewer) {
	t.Helper()
	id := h.listed(t, name, gid.LiveWorld)
	done, err := OpenInstitution(stage.As(t, h.operator, "openInstitution"), h.DB, openingOf(id, administrator))
	if err != nil {
		t.Fatal(err)
	}
	return done.InstitutionID, h.Member(t, administrator, viewer.CareerStaff, viewer.RoleAdmin, id)
}

// openingOf opens an institution that nobody has changed.
func openingOf(id gid.ID, administrator string) OpenInstitutionInput {
	return OpenInstitutionInput{
		InstitutionID: id, ExpectedRevision: 1,
		Administrator: person.SeatInput{Issuer: stage.Issuer, Subject: administrator, Name: administrator},
	}
}

// employer is a registered employer, and its owner.
func (h *house) employer(t *testing.T, name, owner string) (gid.ID, viewer.Viewer) {
	t.Helper()
	done, err := employer.RegisterEmployer(stage.As(t, stage.Newcomer(owner), "registerEmployer"), h.DB, employer.RegisterEmployerInput{Name: name})
	if err != nil {
		t.Fatal(err)
	}
	return done.EmployerID, h.Member(t, owner, viewer.EmployerMember, viewer.RoleOwner, done.EmployerID)
}

// asked is the link that an employer has asked for.
func (h *house) asked(t *testing.T, owner viewer.Viewer, institution gid.ID) gid.ID {
	t.Helper()
	done, err := RequestInstitutionLink(stage.As(t, owner, "requestInstitutionLink"), h.DB, RequestInstitutionLinkInput{InstitutionID: &institution})
	if err != nil {
		t.Fatal(err)
	}
	return done.One
}

func (h *house) link(t *testing.T, id gid.ID) *ent.InstitutionLink {
	t.Helper()
	l, err := h.DB.Read.InstitutionLink.Get(stage.All(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
