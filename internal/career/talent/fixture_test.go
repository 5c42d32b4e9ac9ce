package talent

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// house is a database with the people of a test in it: two career offices with
// an administrator each, an operator, and a sandbox.
type house struct {
	*stage.House

	operator  viewer.Viewer
	sandbox   gid.ID
	uni, tech gid.ID
	amy, tom  viewer.Viewer
}

// watched are the tables that a refusal must leave alone.
var watched = []string{"talent_profiles", "declared_skills", "education_records", "affiliations", "people"}

// each runs a test once on each engine.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(t, furnish(t, h)) })
}

func furnish(t *testing.T, empty *stage.House) *house {
	t.Helper()
	h := &house{House: empty}
	h.sandbox = h.Sandbox(t)
	h.operator = h.Member(t, "olga", viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
	h.uni, h.amy = h.opened(t, "State University", "amy")
	h.tech, h.tom = h.opened(t, "Tech", "tom")
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
	_, err := institution.OpenInstitution(stage.As(t, h.operator, "openInstitution"), h.DB, institution.OpenInstitutionInput{
		InstitutionID: id, ExpectedRevision: 1,
		Administrator: person.SeatInput{Issuer: stage.Issuer, Subject: administrator, Name: administrator},
	})
	if err != nil {
		t.Fatal(err)
	}
	return id, h.Member(t, administrator, viewer.CareerStaff, viewer.RoleAdmin, id)
}

// grown is what the platform asks of everybody who signs up.
var grown = &SignUpAttestationInput{IsAtLeastAge: 18, UsWorkAuthorization: talentprofile.UsWorkAuthorizationPreferNotToSay}

// talent is somebody who has opened a profile under their name.
func (h *house) talent(t *testing.T, name string) viewer.Viewer {
	t.Helper()
	ctx := stage.As(t, stage.Newcomer(name), "openTalentProfile")
	if _, err := OpenTalentProfile(ctx, h.DB, OpenTalentProfileInput{LegalName: name, Attestation: grown}); err != nil {
		t.Fatal(err)
	}
	return viewer.From(ctx)
}

func (h *house) profile(t *testing.T, v viewer.Viewer) *ent.TalentProfile {
	t.Helper()
	p, err := h.DB.Read.TalentProfile.Get(stage.All(t), v.Talent)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// employer is an employer, verified or not, and its owner.
func (h *house) employer(t *testing.T, name string, verified bool) viewer.Viewer {
	t.Helper()
	owner := "owner of " + name
	done, err := employer.RegisterEmployer(stage.As(t, stage.Newcomer(owner), "registerEmployer"), h.DB, employer.RegisterEmployerInput{Name: name})
	if err == nil && verified {
		_, err = employer.ApproveEmployer(stage.As(t, h.operator, "approveEmployer"), h.DB,
			employer.ApproveEmployerInput{EmployerID: done.EmployerID, ExpectedRevision: 1})
	}
	if err != nil {
		t.Fatal(err)
	}
	return h.Member(t, owner, viewer.EmployerMember, viewer.RoleOwner, done.EmployerID)
}

// applies makes the talent's application to the employer of that owner. The
// rooms that do so stand further right.
func (h *house) applies(t *testing.T, talent, owner viewer.Viewer) {
	t.Helper()
	stage.Made(t, h.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		p, err := tx.MicroProject.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(owner.Org).SetEmployerOrgID(owner.Org).
			SetDraftedByID(owner.Person).SetTitle("Toys").SetTitleFolded("toys").SetBrief("Toys.").SetHours(10).
			SetFeeMinor(20000).SetCurrency("USD").SetWorkplace(microproject.WorkplaceRemote).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return p.ID, tx.Application.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(owner.Org).SetEmployerOrgID(owner.Org).
			SetMicroProjectID(p.ID).SetTalentID(talent.Talent).SetNote("Me.").SetPacketName("Me").SetPacketResumeURL("https://example.com/r").
			SetPacketLinkedinURL("https://example.com/l").SetPacketSkills([]string{}).SetSubmittedAt(tx.Now).Exec(ctx)
	})
}

// skills are entries of the shared list.
func (h *house) skills(t *testing.T, names ...string) []gid.ID {
	t.Helper()
	return stage.Made(t, h.House, func(ctx context.Context, tx *store.Tx) ([]gid.ID, error) {
		var ids []gid.ID
		for _, name := range names {
			s, err := tx.Skill.Create().SetReference(name).SetName(name).SetNameFolded(text.Fold(name)).
				SetKind(skill.KindSkill).SetCategory("Any").Save(ctx)
			if err != nil {
				return nil, err
			}
			ids = append(ids, s.ID)
		}
		return ids, nil
	})
}

// claimed is the affiliation that a talent claims.
func (h *house) claimed(t *testing.T, talent viewer.Viewer, institution gid.ID) gid.ID {
	t.Helper()
	id, err := ClaimAffiliation(stage.As(t, talent, "claimAffiliation"), h.DB, ClaimAffiliationInput{InstitutionID: institution})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// confirmed is an affiliation that the staff have confirmed.
func (h *house) confirmed(t *testing.T, talent, staff viewer.Viewer) gid.ID {
	t.Helper()
	id := h.claimed(t, talent, staff.Org)
	if _, err := ConfirmAffiliation(stage.As(t, staff, "confirmAffiliation"), h.DB,
		ConfirmAffiliationInput{AffiliationID: id, ExpectedRevision: 1}); err != nil {
		t.Fatal(err)
	}
	return id
}

func (h *house) affiliation(t *testing.T, id gid.ID) *ent.Affiliation {
	t.Helper()
	a, err := h.DB.Read.Affiliation.Get(stage.All(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
