package project

import (
	"context"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// CloseOpenApplications is the work that follows when a project takes nobody any
// more: its open applications and offers must end.
const CloseOpenApplications job.Kind = "closeApplications"

// TakeSeat takes the lowest free seat of an open project. The last one fills
// it. The caller writes the offer that holds the seat.
func TakeSeat(ctx context.Context, tx *store.Tx, projectID gid.ID) (seat int, err error) {
	p, err := follow(ctx, tx, projectID)
	if err != nil {
		return 0, err
	}
	held, err := offersOn(tx, p, holding...).All(ctx)
	if err != nil {
		return 0, err
	}
	taken := make([]int, 0, len(held))
	for _, o := range held {
		taken = append(taken, *o.Seat)
	}
	if seat, err = freeSeat(p, taken); err != nil {
		return 0, err
	}
	if len(taken)+1 < p.Seats {
		return seat, nil
	}
	return seat, fill(ctx, tx, p)
}

// fill closes a project whose last seat is taken; where somebody works already
// it is in progress at once.
func fill(ctx context.Context, tx *store.Tx, p *ent.MicroProject) error {
	update := all(tx).MicroProject.Update().SetFilledAt(tx.Now)
	if err := become(ctx, tx, p, update, event.MicroProjectFilled); err != nil {
		return err
	}
	if err := closeListing(ctx, tx, p); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, CloseOpenApplications, p.ID); err != nil {
		return err
	}
	working, err := all(tx).Engagement.Query().
		Where(engagement.MicroProjectID(p.ID), engagement.StatusIn(working...)).Exist(ctx)
	if err != nil || !working {
		return err
	}
	return become(ctx, tx, p, all(tx).MicroProject.Update(), event.MicroProjectStarted)
}

// FreeSeat opens a filled project again when a seat falls free before its
// engagement started, as long as one may still apply. After that the project
// goes on with whom it has, and expires when it has nobody.
func FreeSeat(ctx context.Context, tx *store.Tx, projectID gid.ID) error {
	p, err := follow(ctx, tx, projectID)
	if err != nil || p.Status != microproject.StatusFilled {
		return err
	}
	if isWindowClosed(p.ApplyBy, tx.Now) {
		held, err := offersOn(tx, p, holding...).Exist(ctx)
		if err != nil || held {
			return err
		}
		return expire(ctx, tx, p)
	}
	update := all(tx).MicroProject.Update().ClearFilledAt()
	if err := become(ctx, tx, p, update, event.MicroProjectReopened); err != nil {
		return err
	}
	return reopenListing(ctx, tx, p)
}

// WorkStarted tells a project that an engagement of it is active. It refuses
// work on a project that was cancelled or taken back meanwhile.
func WorkStarted(ctx context.Context, tx *store.Tx, projectID gid.ID) error {
	p, err := follow(ctx, tx, projectID)
	if err != nil {
		return err
	}
	if err := canWork(p); err != nil || p.Status != microproject.StatusFilled {
		return err
	}
	return become(ctx, tx, p, all(tx).MicroProject.Update(), event.MicroProjectStarted)
}

// WorkEnded tells a project that an engagement of it has ended. The last one
// completes the project when at least one was completed.
func WorkEnded(ctx context.Context, tx *store.Tx, projectID gid.ID) error {
	p, err := follow(ctx, tx, projectID)
	if err != nil || p.Status != microproject.StatusInProgress {
		return err
	}
	engagements, err := all(tx).Engagement.Query().Where(engagement.MicroProjectID(p.ID)).All(ctx)
	if err != nil || !isDone(engagements) {
		return err
	}
	return become(ctx, tx, p, all(tx).MicroProject.Update().SetEndedAt(tx.Now), event.MicroProjectCompleted)
}

// all sees what a project follows from, whoever set it off.
func all(tx *store.Tx) *ent.Client {
	return tx.System("a project follows all its seats and engagements, whoever takes, leaves or ends one")
}

// follow reads a project that must keep up with its seats.
//
// Locked: two talents must not take the last seat, and a cancellation must not
// slip in beside work that starts.
func follow(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.MicroProject, error) {
	return all(tx).MicroProject.Query().Where(microproject.ID(id), store.Locked).Only(ctx)
}

// working are the statuses of an engagement in which somebody works.
var working = []engagement.Status{
	engagement.StatusActive, engagement.StatusPaused, engagement.StatusSubmitted, engagement.StatusIncomplete,
	engagement.StatusDisputed,
}

// freeSeat: the lowest seat that nobody holds, on an open project only.
func freeSeat(p *ent.MicroProject, taken []int) (int, error) {
	if p.Status == microproject.StatusOpen {
		for seat := 1; seat <= p.Seats; seat++ {
			if !slices.Contains(taken, seat) {
				return seat, nil
			}
		}
	}
	switch p.Status {
	case microproject.StatusOpen, microproject.StatusFilled, microproject.StatusInProgress:
		return 0, fault.IllegalTransition("Every seat of this project is taken.", string(p.Status), []string{})
	}
	return 0, fault.IllegalTransition("This project takes nobody any more.", string(p.Status), []string{})
}

// canWork: what was agreed stands, however the seats that are still free fare,
// until the project is cancelled or the platform takes it back. Those end what
// has not started.
func canWork(p *ent.MicroProject) error {
	switch p.Status {
	case microproject.StatusCancelled, microproject.StatusRefused:
		return fault.IllegalTransition("This project is not open to work any more.", string(p.Status), []string{})
	}
	return nil
}

// isDone: nobody is at it any more and at least one talent completed the work.
func isDone(engagements []*ent.Engagement) bool {
	completed := false
	for _, e := range engagements {
		switch e.Status {
		case engagement.StatusCompleted:
			completed = true
		case engagement.StatusTerminated:
		case engagement.StatusIncomplete:
			if e.ReopenBy != nil { // it may be taken up again
				return false
			}
		default:
			return false
		}
	}
	return completed
}

func isWindowClosed(applyBy *time.Time, now time.Time) bool {
	return applyBy != nil && !now.Before(*applyBy)
}
