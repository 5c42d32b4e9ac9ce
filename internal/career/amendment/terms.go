package amendment

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	entmilestone "github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

const mostDeliverables = 20

// work is what an amendment changes: an engagement, what was offered, what is handed
// in, and what is paid. The money may be unknown.
type work struct {
	engagement   *ent.Engagement
	offer        *ent.Offer
	deliverables []*ent.Deliverable
	milestones   []*ent.Milestone
	money        *ent.PaymentRecord
}

// lockWork reads work that the viewer may see.
// Locked: whatever else changes it waits until this has.
func lockWork(ctx context.Context, tx *store.Tx, id gid.ID) (w work, err error) {
	if w.engagement, err = application.LockEngagement(ctx, tx, id); err != nil {
		return w, err
	}
	if w.offer, err = tx.Offer.Get(ctx, w.engagement.OfferID); err != nil {
		return w, err
	}
	w.deliverables, err = tx.Deliverable.Query().Where(deliverable.EngagementID(id)).Order(ent.Asc(deliverable.FieldPosition)).All(ctx)
	if err != nil {
		return w, err
	}
	w.milestones, err = tx.Milestone.Query().Where(entmilestone.OfferID(w.offer.ID)).Order(ent.Asc(entmilestone.FieldPosition)).All(ctx)
	return w, err
}

// moneyOf is where an offer's money stands, or nil for those who do not see it.
// Whatever moves it but a payout waits for the work.
func moneyOf(ctx context.Context, tx *store.Tx, offer gid.ID) (*ent.PaymentRecord, error) {
	p, err := tx.PaymentRecord.Query().Where(paymentrecord.SubjectID(offer)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return p, err
}

func (w work) hours() int { return worklog.AgreedHours(w.engagement, w.offer) }

func (w work) fee() money.Money { return engagement.AgreedFee(w.engagement, w.offer) }

// standing are the milestones, while the work is done until some day.
func (w work) standing(today, ends calendar.Date) milestone.Standing {
	return milestone.Standing{All: w.milestones, Today: today, Ends: ends}
}

// today is the day in the time zone agreed at kick-off.
func (w work) today(now time.Time) calendar.Date {
	return calendar.In(now, calendar.Zone(*w.engagement.TimeZone))
}

func (w work) deliverable(id gid.ID) *ent.Deliverable {
	i := slices.IndexFunc(w.deliverables, func(d *ent.Deliverable) bool { return d.ID == id })
	if i < 0 {
		return nil
	}
	return w.deliverables[i]
}

// isOpen: it is still to be handed in.
func isOpen(d *ent.Deliverable) bool {
	return d.Status == deliverable.StatusPlanned || d.Status == deliverable.StatusRevisionRequested
}

// isUntouched: nothing was ever handed in for it.
func isUntouched(d *ent.Deliverable) bool { return d.Status == deliverable.StatusPlanned }

// terms are what a proposal changes.
type terms struct {
	reason     string
	fee        *money.Money
	feeTitle   *string
	milestones []schema.AmendedMilestone
	amended    []schema.AmendedDeliverable
	added      []schema.AddedDeliverable
	dropped    []gid.ID
}

// isEmpty: it would change nothing.
func isEmpty(in ProposeAmendmentInput) bool {
	return in.EndsOn == nil && in.Hours == nil && in.AddedFee == nil &&
		len(in.AmendedMilestones)+len(in.AmendedDeliverables)+len(in.AddedDeliverables)+len(in.DroppedDeliverableIDs) == 0
}

// readTerms checks that a proposal changes something, and only what is still to
// come.
func readTerms(in ProposeAmendmentInput, w work, now time.Time) (terms, error) {
	var r text.Reader
	t := terms{
		reason:  r.Prose("reason", in.Reason, 3, 1000),
		amended: []schema.AmendedDeliverable{}, added: []schema.AddedDeliverable{}, dropped: []gid.ID{},
	}
	if isEmpty(in) {
		r.Refuse(fault.InvalidValue("endsOn", "Say what is to change: the last day, the hours, the fee, the milestones or the deliverables."))
		return t, r.Err()
	}
	p := proposal{Reader: &r, work: w, today: w.today(now), endsOn: w.engagement.EndsOn, named: map[gid.ID]bool{}}
	p.readEnd(in.EndsOn)
	t.fee = p.readPay(in.Hours, in.AddedFee)
	t.feeTitle = p.readFeeTitle(in)
	t.milestones = milestone.ReadAmended(p.Reader, in.AmendedMilestones, w.standing(p.today, p.endsOn))
	for i, d := range in.AmendedDeliverables {
		t.amended = append(t.amended, p.readAmended(fmt.Sprintf("amendedDeliverables.%d.", i), d))
	}
	for i, d := range in.AddedDeliverables {
		t.added = append(t.added, p.readAdded(fmt.Sprintf("addedDeliverables.%d.", i), d))
	}
	for i, id := range in.DroppedDeliverableIDs {
		t.dropped = append(t.dropped, p.readDropped(fmt.Sprintf("droppedDeliverableIds.%d", i), id))
	}
	p.readWhole(t, in.EndsOn != nil)
	return t, r.Err()
}

// proposal reads what is proposed against the work as it is.
type proposal struct {
	*text.Reader
	work   work
	today  calendar.Date
	endsOn calendar.Date
	named  map[gid.ID]bool
}

func (p *proposal) readEnd(on *calendar.Date) {
	switch {
	case on == nil:
	case *on == p.endsOn:
		p.Refuse(fault.InvalidValue("endsOn", "This is the last day already. Leave it out, or choose another."))
	case on.Before(p.today):
		p.Refuse(fault.InvalidValue("endsOn", "Let the work end today or later."))
	default:
		p.endsOn = *on
	}
}

func (p *proposal) readAmended(path string, in *AmendedDeliverableInput) schema.AmendedDeliverable {
	d := schema.AmendedDeliverable{
		DeliverableID: in.DeliverableID, DueOn: in.DueOn,
		Title: p.LineLater(path+"title", in.Title, 200), AcceptanceCriterion: p.ProseLater(path+"acceptanceCriterion", in.AcceptanceCriterion, 2000),
	}
	row := p.name(path+"deliverableId", in.DeliverableID)
	switch {
	case row == nil:
	case !isOpen(row):
		p.Refuse(fault.InvalidValue(path+"deliverableId", "Only what is still to be handed in can be changed."))
	case d.Title == nil && d.AcceptanceCriterion == nil && d.DueOn == nil:
		p.Refuse(fault.InvalidValue(path+"title", "Say what is to change: the title, the acceptance criterion or the due day."))
	}
	p.readDue(path, d.DueOn)
	return d
}

func (p *proposal) readAdded(path string, in *AddedDeliverableInput) schema.AddedDeliverable {
	p.readDue(path, &in.DueOn)
	return schema.AddedDeliverable{
		Title: p.Line(path+"title", in.Title, 3, 200), AcceptanceCriterion: p.Prose(path+"acceptanceCriterion", in.AcceptanceCriterion, 3, 2000),
		DueOn: in.DueOn,
	}
}

func (p *proposal) readDropped(path string, id gid.ID) gid.ID {
	if row := p.name(path, id); row != nil && !isUntouched(row) {
		p.Refuse(fault.InvalidValue(path, "Only what was never handed in can be dropped."))
	}
	return id
}

// name finds a deliverable of this work, which is named once.
func (p *proposal) name(path string, id gid.ID) *ent.Deliverable {
	row := p.work.deliverable(id)
	switch {
	case row == nil:
		p.Refuse(fault.NotFound(path, "There is no such deliverable in this work."))
	case p.named[id]:
		p.Refuse(fault.InvalidValue(path, "Name each deliverable once."))
	}
	p.named[id] = true
	return row
}

func (p *proposal) readDue(path string, on *calendar.Date) {
	if on != nil && (on.Before(p.today) || p.endsOn.Before(*on)) {
		p.Refuse(fault.InvalidValue(path+"dueOn", fmt.Sprintf("Choose a day from %s to %s, the last day of the work.", p.today, p.endsOn)))
	}
}

// readWhole checks what would be left: something to hand in, not too much, and
// nothing due after the end.
func (p *proposal) readWhole(t terms, endMoves bool) {
	left, late := len(t.added), false
	for _, d := range p.work.deliverables {
		if d.Status == deliverable.StatusCancelled || slices.Contains(t.dropped, d.ID) {
			continue
		}
		left++
		i := slices.IndexFunc(t.amended, func(a schema.AmendedDeliverable) bool { return a.DeliverableID == d.ID })
		moves := i >= 0 && t.amended[i].DueOn != nil
		late = late || isOpen(d) && !moves && d.DueAt.After(p.endsOn.EndIn(calendar.Zone(*p.work.engagement.TimeZone)))
	}
	switch isLeft := milestone.IsLeftBehind(p.work.standing(p.today, p.endsOn), t.milestones); {
	case left == 0:
		p.Refuse(fault.InvalidValue("droppedDeliverableIds", "Leave at least one deliverable, or end the work early."))
	case left > mostDeliverables:
		p.Refuse(fault.InvalidValue("addedDeliverables", fmt.Sprintf("Hand in at most %d deliverables.", mostDeliverables)))
	case late && endMoves:
		p.Refuse(fault.InvalidValue("endsOn", "Something is due after that day. Move its due day as well."))
	case isLeft && endMoves:
		p.Refuse(fault.InvalidValue("endsOn", "A milestone is due after that day. Move its due day as well."))
	}
}
