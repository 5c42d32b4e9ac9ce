package project

import (
	"context"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

// revise writes other terms down. A project whose approvals rested on the old
// ones goes back to its bodies.
func revise(ctx context.Context, tx *store.Tx, p *ent.MicroProject, t, before terms) error {
	approved := slices.Contains(approvedStatuses, p.Status)
	material := t.isMaterial(before)
	update := tx.MicroProject.Update()
	t.write(update.Mutation(), before)
	if material && p.SubmittedAt != nil {
		update.SetRevisedAt(tx.Now)
	}
	if err := move(ctx, p, update, p.Status); err != nil {
		return err
	}
	if err := t.choose(ctx, tx, p, before); err != nil {
		return err
	}
	if p.PublishedAt != nil {
		if err := resetWindow(ctx, tx, p.ID, t.applyBy); err != nil {
			return err
		}
	}
	if err := record(ctx, tx, p, event.MicroProjectRevised, nil); err != nil || !approved {
		return err
	}
	p, err := tx.MicroProject.Get(ctx, p.ID)
	if err != nil {
		return err
	}
	if !material {
		return refreshListing(ctx, tx, p)
	}
	return returnToReview(ctx, tx, p, t)
}

// resetWindow lets the timer of a project that people applied to follow its terms.
func resetWindow(ctx context.Context, tx *store.Tx, id gid.ID, applyBy *time.Time) error {
	if applyBy == nil {
		return job.Unset(ctx, tx, EndApplications, id)
	}
	return job.At(ctx, tx, EndApplications, id, *applyBy)
}

// returnToReview puts a project to its bodies again; its posting leaves. Nobody
// may be waiting on what they were promised under the old terms.
func returnToReview(ctx context.Context, tx *store.Tx, p *ent.MicroProject, t terms) error {
	promised, err := tx.Offer.Query().Where(offer.MicroProjectID(p.ID),
		offer.StatusIn(offer.StatusSent, offer.StatusAccepted, offer.StatusSigned)).Exist(ctx)
	if err != nil {
		return err
	}
	if promised {
		return fault.PolicyViolation("open-offers", "", "Somebody has an offer on the terms as they are. Change what their approval rests on once no offer stands.")
	}
	all, err := judge(ctx, tx.Client, tx.World(), tx.Now, subject{t, p.EmployerOrgID, p.ID})
	if err != nil {
		return err
	}
	if err := mayBePosted(all); err != nil {
		return err
	}
	if err := closeListing(ctx, tx, p); err != nil {
		return err
	}
	if err := become(ctx, tx, p, tx.MicroProject.Update(), event.MicroProjectReturned); err != nil {
		return err
	}
	return ask(ctx, tx, p, all, nil)
}

// checkStanding refuses what cannot change once people could apply.
func (t terms) checkStanding(r *text.Reader, p *ent.MicroProject, before terms) {
	if p.Status != microproject.StatusOpen && p.Status != microproject.StatusPaused {
		return
	}
	if t.seats != before.seats {
		r.Refuse(fault.InvalidValue("seats", "The seats of an open project stay as they are."))
	}
	if (t.applyBy == nil) != (before.applyBy == nil) || t.applyBy != nil && !t.applyBy.Equal(*before.applyBy) {
		r.Refuse(fault.InvalidValue("applyBy", "The time to apply to an open project stays as it is."))
	}
}

// refreshListing lets an open posting say what its project says.
func refreshListing(ctx context.Context, tx *store.Tx, p *ent.MicroProject) error {
	return mirrored(tx.Listing.Update().Where(listing.MicroProjectID(p.ID), listing.StatusEQ(listing.StatusOpen)), p).Exec(ctx)
}

// relist opens the posting of a project that had one; none where it had not.
func relist(ctx context.Context, tx *store.Tx, p *ent.MicroProject) (gid.ID, error) {
	l, err := tx.Listing.Query().Where(listing.MicroProjectID(p.ID)).Only(ctx)
	if ent.IsNotFound(err) {
		return gid.None, nil
	}
	if err != nil {
		return gid.None, err
	}
	update := tx.Listing.Update().Where(listing.ID(l.ID)).SetStatus(listing.StatusOpen).ClearClosedAt().SetPublishedAt(tx.Now)
	return l.ID, mirrored(update, p).Exec(ctx)
}

// mirrored are the columns of a posting that follow its project.
func mirrored(update *ent.ListingUpdate, p *ent.MicroProject) *ent.ListingUpdate {
	update.SetAudience(listing.Audience(p.Audience)).SetTitle(p.Title).SetTitleFolded(p.TitleFolded).SetWorkplace(listing.Workplace(p.Workplace)).SetLocations(locations(p)).
		SetHours(p.Hours).SetFeeMinor(p.FeeMinor).SetCurrency(p.Currency).SetHourlyMinor(Fee(p).PerHour(p.Hours).Minor).
		SetPayModel(listing.PayModel(p.PayModel)).SetIPTerms(listing.IPTerms(p.IPTerms))
	m := update.Mutation()
	opt.Put(p.BreakStartsOn, m.SetBreakStartsOn, m.ClearBreakStartsOn)
	opt.Put(p.BreakEndsOn, m.SetBreakEndsOn, m.ClearBreakEndsOn)
	opt.Put(p.HoursPerWeek, m.SetHoursPerWeek, m.ClearHoursPerWeek)
	opt.Put(p.DueOn, m.SetDueOn, m.ClearDueOn)
	opt.Put(p.ApplyBy, m.SetApplyBy, m.ClearApplyBy)
	if p.BreakTermID.IsNone() {
		return update.ClearBreakTermID()
	}
	return update.SetBreakTermID(p.BreakTermID)
}
