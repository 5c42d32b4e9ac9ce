package stage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Scene is a house with a cast: an employer with its people, a talent with a
// school, and others who have no part in what they do.
type Scene struct {
	*testing.T
	*House

	Acme, Campus                             gid.ID
	Owner, Recruiter, Supervisor, Ada, Staff viewer.Viewer
	Stranger, Foreigner, Outsider            viewer.Viewer // of another employer, another talent, other staff
}

// Setting is a scene, or what a room has made of one.
type Setting interface{ scene() *Scene }

func (s *Scene) scene() *Scene { return s }

// Set sets the scene in a house.
func Set(t *testing.T, h *House) *Scene {
	t.Helper()
	s := &Scene{T: t, House: h}
	s.Acme, s.Campus = s.Employer("Acme"), s.Institution("Campus")
	s.Owner = s.Seat("owner", s.Acme, viewer.RoleOwner)
	s.Recruiter = s.Seat("recruiter", s.Acme, viewer.RoleRecruiter)
	s.Supervisor = s.Seat("supervisor", s.Acme, viewer.RoleSupervisor)
	s.Staff = s.Seat("staff", s.Campus, viewer.RoleViewer)
	s.Outsider = s.Seat("outsider", s.Institution("Elsewhere"), viewer.RoleViewer)
	s.Stranger = s.Seat("stranger", s.Employer("Zenith"), viewer.RoleOwner)
	s.Ada, s.Foreigner = s.Talent("Ada"), s.Talent("Eve")
	s.Affiliate(s.Ada, s.Campus)
	return s
}

// Employer is a verified one.
func (s *Scene) Employer(name string) gid.ID {
	s.Helper()
	return Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Employer, error) {
		return tx.Employer.Create().SetWorldID(tx.World()).SetName(name).SetNameFolded(strings.ToLower(name)).
			SetOrigin(employer.OriginRegistered).SetStatus(employer.StatusVerified).Save(ctx)
	}).ID
}

// Institution is one whose career office is on Rung.
func (s *Scene) Institution(name string) gid.ID {
	s.Helper()
	return Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Institution, error) {
		return tx.Institution.Create().SetWorldID(tx.World()).SetName(name).SetNameFolded(strings.ToLower(name)).
			SetCountryCode("US").SetStatus(institution.StatusOpen).Save(ctx)
	}).ID
}

// Seat is somebody with a seat in an organisation.
func (s *Scene) Seat(name string, org gid.ID, role viewer.Role) viewer.Viewer {
	s.Helper()
	v := s.person(name)
	v.Kind, v.Org, v.Role, v.Scopes = viewer.EmployerMember, org, role, viewer.ScopesOf(role)
	if org.Noun() == gid.Institution {
		v.Kind = viewer.CareerStaff
	}
	Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Membership, error) {
		return tx.Membership.Create().SetWorldID(tx.World()).SetPersonID(v.Person).SetOrganizationID(org).
			SetRole(membership.Role(role)).Save(ctx)
	})
	return v
}

// Talent is somebody with a profile that can apply.
func (s *Scene) Talent(name string) viewer.Viewer {
	s.Helper()
	v := s.person(name)
	v.Kind, v.Role, v.Scopes = viewer.Talent, viewer.RoleTalent, viewer.ScopesOf(viewer.RoleTalent)
	v.Talent = Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.TalentProfile, error) {
		return tx.TalentProfile.Create().SetWorldID(tx.World()).SetPersonID(v.Person).SetLegalName(name).
			SetResumeURL("https://example.com/resume.pdf").SetLinkedinURL("https://www.linkedin.com/in/someone").
			SetTaxForm(talentprofile.TaxFormW9).SetTaxFormSignedOn("2026-01-05").SetTaxFormStatedAt(tx.Now).
			SetVisibility(talentprofile.VisibilityPrivate).Save(ctx)
	}).ID
	return v
}

func (s *Scene) person(name string) viewer.Viewer {
	s.Helper()
	p := Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Person, error) {
		return tx.Person.Create().SetName(name).Save(ctx)
	})
	return viewer.Viewer{World: gid.LiveWorld, Person: p.ID, Subject: name}
}

// Affiliate confirms that a talent belongs to a school.
func (s *Scene) Affiliate(v viewer.Viewer, school gid.ID) {
	s.Helper()
	Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Affiliation, error) {
		return tx.Affiliation.Create().SetWorldID(tx.World()).SetTalentID(v.Talent).SetInstitutionID(school).
			SetStatus(affiliation.StatusConfirmed).SetClaimedName("Ada").SetDecidedAt(tx.Now).Save(ctx)
	})
}

// Completed is an engagement of Ada's with Acme, with all that led to it. The
// project was published on 2 March, the offer answered on 5 March.
func (s *Scene) Completed() *ent.Engagement {
	s.Helper()
	return Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Engagement, error) {
		published, answered := tx.Now, tx.Now.AddDate(0, 0, 3)
		p, err := tx.MicroProject.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).
			SetDraftedByID(s.Recruiter.Person).SetTitle("A study").SetTitleFolded("a study").SetBrief("What to find out.").
			SetStatus(microproject.StatusCompleted).SetHours(20).SetFeeMinor(50_000).SetCurrency("EUR").
			SetWorkplace(microproject.WorkplaceRemote).SetPublishedAt(published).SetEndedAt(tx.Now).Save(ctx)
		if err != nil {
			return nil, err
		}
		a, err := tx.Application.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).
			SetMicroProjectID(p.ID).SetTalentID(s.Ada.Talent).SetStatus(application.StatusAccepted).SetNote("I can do this.").
			SetPacketName("Ada").SetPacketResumeURL("https://example.com").SetPacketLinkedinURL("https://example.com").
			SetPacketSkills([]string{}).SetSubmittedAt(tx.Now).Save(ctx)
		if err != nil {
			return nil, err
		}
		o, err := tx.Offer.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).
			SetMicroProjectID(p.ID).SetApplicationID(a.ID).SetTalentID(s.Ada.Talent).SetStatus(offer.StatusSigned).SetSeat(1).
			SetFeeMinor(50_000).SetCurrency("EUR").SetHours(20).SetStartsOn("2026-03-09").SetEndsOn("2026-03-20").
			SetSentAt(tx.Now).SetAnsweredAt(answered).Save(ctx)
		if err != nil {
			return nil, err
		}
		return tx.Engagement.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).
			SetMicroProjectID(p.ID).SetOfferID(o.ID).SetTalentID(s.Ada.Talent).SetStatus(engagement.StatusCompleted).
			SetStartsOn("2026-03-09").SetEndsOn("2026-03-20").SetStartedAt(tx.Now).SetCompletedAt(tx.Now).Save(ctx)
	})
}

// Operator is one of the platform's.
func (s *Scene) Operator() viewer.Viewer {
	return viewer.Viewer{
		Kind: viewer.Operator, World: gid.LiveWorld, Person: s.Owner.Person, Org: gid.LiveWorld,
		Role: viewer.RoleOperator, Scopes: viewer.ScopesOf(viewer.RoleOperator),
	}
}

// Opened is an operator who has opened a tenant's records.
func (s *Scene) Opened(tenant gid.ID) viewer.Viewer {
	s.Helper()
	Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.OperatorAccess, error) {
		return tx.OperatorAccess.Create().SetWorldID(tx.World()).SetTenantID(tenant).SetPersonID(s.Operator().Person).
			SetReason("Somebody asked for help.").SetTicket("HELP-1").SetOpenedAt(tx.Now).SetExpiresAt(tx.Now.Add(8 * time.Hour)).Save(ctx)
	})
	return s.Operator()
}

// Worker is the context of a job.
func (s *Scene) Worker() context.Context {
	return viewer.WithRequest(viewer.With(s.Context(), viewer.System("a test works").In(gid.LiveWorld)), &viewer.Request{ID: "t", Verb: "job"})
}

// As is the context of one request.
func (s *Scene) As(v viewer.Viewer, verb string) context.Context { return As(s, v, verb) }

// All is the context of a look at everything.
func (s *Scene) All() context.Context { return All(s) }

// Verb is what somebody does.
type Verb[I, R any] func(context.Context, *store.DB, I) (R, error)

// Must is what somebody did, which must not be refused.
func Must[I, R any](in Setting, v viewer.Viewer, do Verb[I, R], input I) R {
	s := in.scene()
	s.Helper()
	done, err := do(s.As(v, "must"), s.DB, input)
	if err != nil {
		s.Fatalf("%T was refused: %v", input, err)
	}
	return done
}

// Does is Must, and compares the events that happened, as Hears writes them.
func Does[I, R any](in Setting, v viewer.Viewer, do Verb[I, R], input I, want ...string) R {
	s := in.scene()
	s.Helper()
	var done R
	verb := fmt.Sprintf("%T", input)
	happened := s.happens(s, v, verb, func(ctx context.Context) (err error) {
		done, err = do(ctx, s.DB, input)
		return err
	})
	Equal(s, verb, heard(happened), want)
	return done
}

// Refuses is what must be answered with the code about the input field, and must
// change nothing.
func Refuses[I, R any](in Setting, v viewer.Viewer, do Verb[I, R], input I, code fault.Code, path string) {
	s := in.scene()
	s.Helper()
	s.House.Refuses(s, v, fmt.Sprintf("%T", input), func(ctx context.Context) error {
		_, err := do(ctx, s.DB, input)
		return err
	}, code, path)
}

// Hears writes events by who hears of them: e(mployer), t(alent), i(nstitution)
// and w(orld).
func Hears(parties string, kinds ...event.Kind) []string {
	written := make([]string, len(kinds))
	for i, kind := range kinds {
		written[i] = string(kind) + " " + parties
	}
	return written
}

func heard(happened []Happened) []string {
	written := make([]string, len(happened))
	for i, e := range happened {
		letters := make([]string, len(e.Parties))
		for j, party := range e.Parties {
			letters[j] = party.Noun().Prefix()[:1]
		}
		slices.Sort(letters)
		written[i] = e.Kind + " " + strings.Join(letters, "")
	}
	return written
}

// Heard are all events, as Hears writes them.
func (s *Scene) Heard() []string {
	s.Helper()
	return heard(s.Events(s))
}
