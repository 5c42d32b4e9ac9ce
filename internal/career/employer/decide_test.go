package employer

import (
	"context"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestRequestEmployerVerification(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		no := false
		done, err := RegisterEmployer(stage.As(t, stage.Newcomer("ada"), "registerEmployer"), h.DB,
			RegisterEmployerInput{Name: "Acme", RequestsVerification: &no})
		if err != nil {
			t.Fatal(err)
		}
		if e := h.employer(t, done.EmployerID); e.Status != employer.StatusUnverified {
			t.Errorf("it is %s before it asks", e.Status)
		}
		ada := h.Member(t, "ada", viewer.EmployerMember, viewer.RoleOwner, done.EmployerID)
		recruiter := h.Member(t, "bob", viewer.EmployerMember, viewer.RoleRecruiter, done.EmployerID)
		_, stranger := h.register(t, "eve", "Zenith")
		asks := func(revision int) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := RequestEmployerVerification(ctx, h.DB, RequestEmployerVerificationInput{done.EmployerID, revision})
				return err
			}
		}
		const verb = "requestEmployerVerification"
		h.Refuses(t, stranger, verb, asks(1), fault.CodeNotFound, "employerId")
		h.Refuses(t, recruiter, verb, asks(1), fault.CodeNotPermitted, "")
		h.Refuses(t, ada, verb, asks(7), fault.CodeStaleRevision, "expectedRevision")
		h.Does(t, ada, verb, asks(1), stage.Says(event.EmployerVerificationRequested, done.EmployerID, done.EmployerID, gid.LiveWorld))
		if e := h.employer(t, done.EmployerID); e.Status != employer.StatusPending || e.Revision != 2 {
			t.Errorf("it is %v after it asked", e)
		}
		h.Refuses(t, ada, verb, asks(2), fault.CodeIllegalTransition, "")
	})
}

// school is an institution whose approver can flag.
func (h *house) school(t *testing.T, name string) viewer.Viewer {
	t.Helper()
	id := stage.Made(t, h.House, func(ctx context.Context, tx *store.Tx) (*ent.Institution, error) {
		return tx.Institution.Create().SetWorldID(tx.World()).SetName(name).SetNameFolded(name).SetCountryCode("US").
			SetStatus(institution.StatusOpen).Save(ctx)
	}).ID
	return h.Member(t, name, viewer.CareerStaff, viewer.RoleApprover, id)
}

func (h *house) flag(t *testing.T, v viewer.Viewer, id gid.ID) gid.ID {
	t.Helper()
	f, err := FlagEmployer(stage.As(t, v, "flagEmployer"), h.DB, FlagEmployerInput{id, "It does not pay."})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (h *house) uphold(t *testing.T, f gid.ID) []string {
	t.Helper()
	return h.Happens(t, h.operator, "upholdFlag", func(ctx context.Context) error {
		_, err := UpholdFlag(ctx, h.DB, UpholdFlagInput{f, 1, "It is so."})
		return err
	})
}

// Flags of one institution never suspend an employer, those of two do, and those
// from before it was reinstated do not count again.
func TestFlagsOfTwoInstitutionsSuspend(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		done, _ := h.register(t, "ada", "Acme")
		stage.Made(t, h.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.Employer.Update().Where(employer.ID(done.EmployerID)).SetStatus(employer.StatusVerified).Save(ctx)
		})
		uni, college := h.school(t, "uni"), h.school(t, "college")
		status := func(want employer.Status) {
			t.Helper()
			if e := h.employer(t, done.EmployerID); e.Status != want {
				t.Fatalf("it is %s, want %s", e.Status, want)
			}
		}
		for range 2 {
			h.uphold(t, h.flag(t, uni, done.EmployerID))
		}
		status(employer.StatusVerified)
		f := h.flag(t, college, done.EmployerID)
		stage.Equal(t, "upholdFlag", h.uphold(t, f), []string{
			stage.Says(event.FlagUpheld, f, college.Org, gid.LiveWorld),
			stage.Says(event.EmployerSuspended, done.EmployerID, done.EmployerID, gid.LiveWorld),
		})
		status(employer.StatusSuspended)
		e := h.employer(t, done.EmployerID)
		if _, err := ReinstateEmployer(stage.As(t, h.operator, "reinstateEmployer"), h.DB, ReinstateEmployerInput{e.ID, e.Revision}); err != nil {
			t.Fatal(err)
		}
		h.uphold(t, h.flag(t, college, done.EmployerID))
		status(employer.StatusVerified)
		h.uphold(t, h.flag(t, uni, done.EmployerID))
		status(employer.StatusSuspended)
	})
}

// A posting that closed for another reason stays closed when its employer goes on.
func TestReinstateOpensOnlyWhatIsOpen(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		done, ada := h.register(t, "ada", "Acme")
		past := h.Clock.Now().Add(-time.Hour)
		post := func(status string, applyBy *time.Time) gid.ID {
			return stage.Made(t, h.House, func(ctx context.Context, tx *store.Tx) (*ent.Listing, error) {
				p, err := tx.MicroProject.Create().SetWorldID(tx.World()).SetOwnerOrgID(done.EmployerID).SetEmployerOrgID(done.EmployerID).
					SetDraftedByID(ada.Person).SetTitle("Work").SetTitleFolded("work").SetBrief("Work.").SetHours(10).SetFeeMinor(30_000).
					SetCurrency("USD").SetWorkplace("REMOTE").SetStatus("OPEN").SetPublishedAt(tx.Now).SetNillableApplyBy(applyBy).Save(ctx)
				if err != nil {
					return nil, err
				}
				if status == "FILLED" {
					if _, err := tx.MicroProject.UpdateOne(p).SetStatus("FILLED").Save(ctx); err != nil {
						return nil, err
					}
				}
				return tx.Listing.Create().SetWorldID(tx.World()).SetEmployerOrgID(done.EmployerID).SetMicroProjectID(p.ID).
					SetSource(listing.SourceRung).SetStatus(listing.StatusClosed).SetClosedAt(tx.Now).SetTitle("Work").SetTitleFolded("work").
					SetEmployerName("Acme").SetWorkplace("REMOTE").SetPublishedAt(tx.Now).Save(ctx)
			}).ID
		}
		open, ended, filled := post("OPEN", nil), post("OPEN", &past), post("FILLED", nil)
		stage.Made(t, h.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			for _, id := range []gid.ID{open, ended, filled} {
				l, err := tx.Listing.Get(ctx, id)
				if err != nil {
					return 0, err
				}
				// The operator sees what was submitted to the platform.
				err = tx.PostingRequest.Create().SetWorldID(tx.World()).SetOwnerOrgID(done.EmployerID).SetEmployerOrgID(done.EmployerID).
					SetMicroProjectID(l.MicroProjectID).SetBodyID(tx.World()).SetRequestedAt(tx.Now).Exec(ctx)
				if err != nil {
					return 0, err
				}
			}
			return tx.Employer.Update().Where(employer.ID(done.EmployerID)).SetStatus(employer.StatusSuspended).SetReason("So.").Save(ctx)
		})
		e := h.employer(t, done.EmployerID)
		if _, err := ReinstateEmployer(stage.As(t, h.operator, "reinstateEmployer"), h.DB, ReinstateEmployerInput{e.ID, e.Revision}); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[gid.ID]listing.Status{open: listing.StatusOpen, ended: listing.StatusClosed, filled: listing.StatusClosed} {
			if l, err := h.DB.Read.Listing.Get(stage.All(t), id); err != nil || l.Status != want {
				t.Errorf("got %v, %v, want %s", l, err, want)
			}
		}
	})
}
