package application

import (
	"context"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ExpireApplication is what falls due when an employer has taken no step.
const ExpireApplication job.Kind = "expireApplication"

// ReviewApplication says that the employer has read an application, and begins
// its time anew.
func ReviewApplication(ctx context.Context, db *store.DB, in ReviewApplicationInput) (gid.ID, error) {
	return forward(ctx, db, "reviewApplication", in.ApplicationID, in.ExpectedRevision)
}

// ShortlistApplication puts an application among those that are considered.
func ShortlistApplication(ctx context.Context, db *store.DB, in ShortlistApplicationInput) (gid.ID, error) {
	return forward(ctx, db, "shortlistApplication", in.ApplicationID, in.ExpectedRevision)
}

// forward takes one of the employer's steps that needs nothing but the step.
func forward(ctx context.Context, db *store.DB, verb string, id gid.ID, revision int) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := Lock(ctx, tx, id)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), a, verb, revision); err != nil {
			return gid.None, err
		}
		parties, err := Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
		if err != nil {
			return gid.None, err
		}
		return a.ID, Step(ctx, tx, a, verb, nil, parties)
	})
}

// Decide takes the step that was decided, or ends the application for a reason.
// Its caller has locked the row and judged the verb.
func Decide(ctx context.Context, tx *store.Tx, a *ent.Application, d ApplicationDecision, why Refusal, parties []gid.ID) error {
	if d == DecideDecline {
		return Decline(ctx, tx, a, why, parties)
	}
	return Step(ctx, tx, a, decisions[d], nil, parties)
}

// Refusal is why an application is declined, for the talent to read.
type Refusal struct {
	Reason application.DeclineReason
	Note   *string
}

// ReadRefusal reads why an application is declined. What fits none of the
// reasons must be said in words.
func ReadRefusal(r *text.Reader, path string, reason application.DeclineReason, note *string) Refusal {
	read := Refusal{reason, r.ProseLater(path+"note", note, 1000)}
	if reason == application.DeclineReasonOther && read.Note == nil {
		r.Refuse(fault.InvalidValue(path+"note", "Say in words why, for the talent to read, or choose another reason."))
	}
	return read
}

// Decline ends an application for a reason. Its caller has locked the row and
// judged the verb.
func Decline(ctx context.Context, tx *store.Tx, a *ent.Application, why Refusal, parties []gid.ID) error {
	update := tx.Application.Update().SetDeclineReason(why.Reason).SetNillableReason(why.Note)
	return step(ctx, tx, a, update, "declineApplication", parties)
}

// ExpireUnnoticed ends an application of which the employer took no notice.
func ExpireUnnoticed(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := Lock(ctx, tx, w.Subject)
		if err != nil {
			return gid.None, err
		}
		if !slices.Contains(noticed, a.Status) || a.ExpiresAt == nil || tx.Now.Before(*a.ExpiresAt) {
			return gid.None, nil
		}
		parties, err := Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
		if err != nil {
			return gid.None, err
		}
		reason := "The employer took no step in 30 days."
		return gid.None, Step(ctx, tx, a, expired, &reason, parties)
	})
	return err
}

// noticeBy is until when an application in that status waits for the employer's
// next step, or nil where it does not end by itself.
func noticeBy(at status, now time.Time) *time.Time {
	if !slices.Contains(noticed, at) {
		return nil
	}
	by := now.Add(noticeTime)
	return &by
}

// Lock reads an application that the viewer may see.
// Locked: both sides decide on it, and the system closes it.
func Lock(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Application, error) {
	a, err := tx.Application.Query().Where(application.ID(id), store.Locked).Only(ctx)
	return a, store.Found(err, fault.NotFound("applicationId", "There is no such application."))
}
