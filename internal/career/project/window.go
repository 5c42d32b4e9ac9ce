package project

import (
	"context"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// EndApplications is what falls due when one can apply no longer.
const EndApplications job.Kind = "endApplications"

// whileAnswered is how long a project waits, again and again, for the answer to
// an offer that was sent in time.
const whileAnswered = time.Hour

// EndWindow closes the posting of a project to which one can apply no longer.
// With some seats taken it is filled by those; with none it has expired. What is
// open on it ends after the change. An offer that waits for an answer holds it up.
func EndWindow(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := follow(ctx, tx, w.Subject)
		if err != nil || !slices.Contains(whilePublished, p.Status) || p.PublishedAt == nil || !isWindowClosed(p.ApplyBy, tx.Now) {
			return gid.None, err
		}
		if err := closeListing(ctx, tx, p); err != nil {
			return gid.None, err
		}
		waiting, err := offersOn(tx, p, offer.StatusSent).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		if waiting {
			return gid.None, job.At(ctx, tx, EndApplications, p.ID, tx.Now.Add(whileAnswered))
		}
		held, err := offersOn(tx, p, holding...).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		if held && (p.Status == microproject.StatusOpen || p.Status == microproject.StatusPaused) {
			return gid.None, fill(ctx, tx, p)
		}
		return gid.None, expire(ctx, tx, p)
	})
	return err
}

// whilePublished are the statuses of a project that people applied to and that
// takes more, or did until it went back to review.
var whilePublished = []microproject.Status{
	microproject.StatusOpen, microproject.StatusPaused, microproject.StatusInReview, microproject.StatusChangesRequested, microproject.StatusApproved,
}

// expire ends a project that nobody was taken for in time.
func expire(ctx context.Context, tx *store.Tx, p *ent.MicroProject) error {
	if err := become(ctx, tx, p, all(tx).MicroProject.Update().SetEndedAt(tx.Now), event.MicroProjectExpired); err != nil {
		return err
	}
	if err := expireApprovals(ctx, tx, p); err != nil {
		return err
	}
	if err := closePending(ctx, tx, p, outlived); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, CloseOpenApplications, p.ID)
}

// holding are the statuses of an offer that holds a seat.
var holding = []offer.Status{offer.StatusAccepted, offer.StatusSigned}

func offersOn(tx *store.Tx, p *ent.MicroProject, statuses ...offer.Status) *ent.OfferQuery {
	return all(tx).Offer.Query().Where(offer.MicroProjectID(p.ID), offer.StatusIn(statuses...))
}
