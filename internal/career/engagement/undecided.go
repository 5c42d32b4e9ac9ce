package engagement

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// decisionTime is how long a supervisor has to decide, by the days that the offer
// agreed on: on work that was handed in, and then on the whole when everything is
// accepted.
func decisionTime(days int) time.Duration { return time.Duration(days) * 24 * time.Hour }

// What falls due when a supervisor does not decide. Nobody's pay may hang on an
// employer who has stopped answering.
const (
	AutoAccept   job.Kind = "autoAcceptDeliverable"
	AutoComplete job.Kind = "autoCompleteEngagement"
)

// DecideBy is until when a supervisor can send back what was handed in, or nil
// when nothing waits for a decision.
func DecideBy(d *ent.Deliverable) *time.Time {
	if d.Status != deliverable.StatusSubmitted || d.SubmittedAt == nil {
		return nil
	}
	from := *d.SubmittedAt
	if d.DecideFrom != nil && d.DecideFrom.After(from) {
		from = *d.DecideFrom
	}
	by := from.Add(decisionTime(d.DecisionDays))
	return &by
}

// AcceptUndecided accepts work on which nobody has decided in time. The last of
// it completes the engagement.
func AcceptUndecided(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, d, err := lockDeliverable(ctx, tx, w.Subject)
		if err != nil {
			return gid.None, err
		}
		if by := DecideBy(d); by == nil || tx.Now.Before(*by) || e.Status == engagement.StatusDisputed {
			return gid.None, nil
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		err = stepDeliverable(ctx, tx, d, string(event.DeliverableAutoAccepted), parties, func(update *ent.DeliverableUpdate) {
			update.SetAcceptedAt(tx.Now)
		})
		if err != nil {
			return gid.None, err
		}
		if err := payEarned(ctx, tx, e); err != nil {
			return gid.None, err
		}
		return gid.None, completeAccepted(ctx, tx, e, parties)
	})
	return err
}

// CompleteUndecided completes work that was accepted, and that nobody completed
// in time.
func CompleteUndecided(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, err := application.LockEngagement(ctx, tx, w.Subject)
		if err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		return gid.None, completeAccepted(ctx, tx, e, parties)
	})
	return err
}

// completeAccepted completes the whole when everything of it is accepted.
func completeAccepted(ctx context.Context, tx *store.Tx, e *ent.Engagement, parties []gid.ID) error {
	whole, err := isAccepted(ctx, tx, e)
	if err != nil || !whole {
		return err
	}
	until, err := approveTime(ctx, tx, e)
	if err != nil {
		return err
	}
	if until != nil {
		return job.At(ctx, tx, AutoComplete, e.ID, *until)
	}
	_, err = complete(ctx, tx, e, string(event.EngagementAutoCompleted), parties)
	return err
}

// approveTime approves the time of work by the hour that nobody has decided on, or
// says until when somebody still can.
func approveTime(ctx context.Context, tx *store.Tx, e *ent.Engagement) (until *time.Time, err error) {
	o, err := tx.Offer.Get(ctx, e.OfferID)
	if err != nil || worklog.HourlyRate(o) == nil {
		return nil, err
	}
	return worklog.ApproveUndecided(ctx, tx, e, decisionTime(e.DecisionDays))
}

// awaitCompletion sets the time in which the whole is to be completed, once
// everything of it is accepted.
func awaitCompletion(ctx context.Context, tx *store.Tx, e *ent.Engagement) error {
	whole, err := isAccepted(ctx, tx, e)
	if err != nil || !whole {
		return err
	}
	return job.At(ctx, tx, AutoComplete, e.ID, tx.Now.Add(decisionTime(e.DecisionDays)))
}

// isAccepted reports whether everything was handed in and accepted.
func isAccepted(ctx context.Context, tx *store.Tx, e *ent.Engagement) (bool, error) {
	if e.Status != engagement.StatusSubmitted {
		return false, nil
	}
	all, err := tx.Deliverable.Query().Where(deliverable.EngagementID(e.ID)).All(ctx)
	return err == nil && undecided(all) == 0, err
}
