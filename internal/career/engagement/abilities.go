package engagement

import (
	"cmp"
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// EngagementAbilities is what the viewer may do with one of them now.
type EngagementAbilities struct {
	ConfirmKickOff        *fault.Ability
	Start                 *fault.Ability
	Complete              *fault.Ability
	Terminate             *fault.Ability
	Pause                 *fault.Ability
	Resume                *fault.Ability
	Reopen                *fault.Ability
	Evaluate              *fault.Ability
	ReportGhosting        *fault.Ability
	ProposeHireConversion *fault.Ability
	SignalHireInterest    *fault.Ability
	ReportHire            *fault.Ability
	ProposeAmendment      *fault.Ability
	RequestReference      *fault.Ability
	SendThankYouNote      *fault.Ability
	OpenDispute           *fault.Ability
	Clear                 *fault.Ability
	DraftWorklogEntry     *fault.Ability
}

// DeliverableAbilities is what the viewer may do with one of them now.
type DeliverableAbilities struct {
	Submit             *fault.Ability
	RequestRevision    *fault.Ability
	ExtendDueDate      *fault.Ability
	Accept             *fault.Ability
	PromoteToPortfolio *fault.Ability
}

// OfferAbilities is what the viewer may do with one of them now.
type OfferAbilities struct {
	Accept   *fault.Ability
	Decline  *fault.Ability
	Revise   *fault.Ability
	Withdraw *fault.Ability
}

// AgreementAbilities is what the viewer may do with one of them now.
type AgreementAbilities struct {
	Sign *fault.Ability
}

// Abilities says what the viewer may do with each engagement now. What other
// rooms allow is for them to add.
func Abilities(ctx context.Context, db *store.DB, engagements []*ent.Engagement) ([]*EngagementAbilities, error) {
	open, err := openIn(ctx, db, engagements)
	if err != nil {
		return nil, err
	}
	tallies, err := worklog.Tallies(ctx, db.Read, withStatus(engagements, engagement.StatusSubmitted)...)
	if err != nil {
		return nil, err
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	spoken, err := spokenOf(ctx, db, v, engagements)
	if err != nil {
		return nil, err
	}
	barred, err := takesOn(ctx, db.Read)
	if err != nil {
		return nil, err
	}
	silent, err := silences(ctx, db.Read, v, engagements)
	if err != nil {
		return nil, err
	}
	money, err := moneyOf(ctx, db, engagements)
	if err != nil {
		return nil, err
	}
	disputed, err := disputedOf(ctx, db.Read, engagementIDs(engagements)...)
	if err != nil {
		return nil, err
	}
	all := make([]*EngagementAbilities, len(engagements))
	for i, e := range engagements {
		if e == nil {
			continue
		}
		all[i] = &EngagementAbilities{
			ConfirmKickOff:    fault.AbilityOf(canKickOff(v, e, e.Revision)),
			Start:             fault.AbilityOf(cmp.Or(canStart(v, e, now, e.Revision), barred)),
			Complete:          fault.AbilityOf(canComplete(v, e, left(open[e.ID], e, tallies, now), e.Revision)),
			Terminate:         fault.AbilityOf(canTerminate(v, e, now, e.Revision)),
			Pause:             fault.AbilityOf(permit(v, e, "pauseEngagement", e.Revision)),
			Resume:            fault.AbilityOf(permit(v, e, "resumeEngagement", e.Revision)),
			Reopen:            fault.AbilityOf(canReopen(v, e, now, e.Revision)),
			OpenDispute:       fault.AbilityOf(canDispute(v, e, money[e.OfferID], disputed[e.ID], e.Revision)),
			Evaluate:          fault.AbilityOf(CanEvaluate(v, e, spoken[e.ID], now)),
			Clear:             fault.AbilityOf(canClear(v, e, e.Revision)),
			DraftWorklogEntry: fault.AbilityOf(worklog.CanDraft(v, e)),
			ReportGhosting:    fault.AbilityOf(canReportGhosting(v, e, silent[e.ID], now, e.Revision)),
		}
	}
	return all, nil
}

// openIn counts the deliverables that still wait for a decision, of engagements
// that could be completed.
func openIn(ctx context.Context, db *store.DB, engagements []*ent.Engagement) (map[gid.ID]int, error) {
	ids := idsWith(engagements, engagement.StatusSubmitted)
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := db.Read.Deliverable.Query().
		Where(deliverable.EngagementIDIn(ids...), deliverable.StatusNotIn(deliverable.StatusAccepted, deliverable.StatusCancelled)).All(ctx)
	open := map[gid.ID]int{}
	for _, d := range rows {
		open[d.EngagementID]++
	}
	return open, err
}

// spokenOf names the completed engagements that the viewer's side has evaluated.
func spokenOf(ctx context.Context, db *store.DB, v viewer.Viewer, engagements []*ent.Engagement) (map[gid.ID]bool, error) {
	ids := idsWith(engagements, engagement.StatusCompleted)
	if len(ids) == 0 {
		return nil, nil
	}
	own := evaluation.DirectionEmployerToTalent
	if !v.Talent.IsNone() {
		own = evaluation.DirectionTalentToEmployer
	}
	rows, err := db.Read.Evaluation.Query().Where(evaluation.EngagementIDIn(ids...), evaluation.DirectionEQ(own)).All(ctx)
	spoken := map[gid.ID]bool{}
	for _, one := range rows {
		spoken[one.EngagementID] = true
	}
	return spoken, err
}

func engagementIDs(engagements []*ent.Engagement) []gid.ID {
	ids := gid.Of(engagements, func(e *ent.Engagement) gid.ID { return e.ID })
	return ids
}

func idsWith(engagements []*ent.Engagement, status engagement.Status) []gid.ID {
	return engagementIDs(withStatus(engagements, status))
}

func withStatus(engagements []*ent.Engagement, status engagement.Status) []*ent.Engagement {
	var found []*ent.Engagement
	for _, e := range engagements {
		if e != nil && e.Status == status {
			found = append(found, e)
		}
	}
	return found
}

// DeliverablesAbilities says what the viewer may do with each deliverable now.
// What portfolios allow is for their room to add.
func DeliverablesAbilities(ctx context.Context, db *store.DB, deliverables []*ent.Deliverable) ([]*DeliverableAbilities, error) {
	ids := gid.Of(deliverables, func(d *ent.Deliverable) gid.ID { return d.EngagementID })
	rows, err := db.Read.Engagement.Query().Where(engagement.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	byID := make(map[gid.ID]*ent.Engagement, len(rows))
	for _, e := range rows {
		byID[e.ID] = e
	}
	v := viewer.From(ctx)
	all := make([]*DeliverableAbilities, len(deliverables))
	for i, d := range deliverables {
		if d == nil {
			continue
		}
		able := func(verb string) *fault.Ability {
			return fault.AbilityOf(canHandle(v, byID[d.EngagementID], d, verb, d.Revision))
		}
		all[i] = &DeliverableAbilities{
			Submit: able("submitDeliverable"), RequestRevision: able("requestDeliverableRevision"), Accept: able("acceptDeliverable"),
			ExtendDueDate: able("extendDeliverableDueDate"),
		}
	}
	return all, nil
}

// OffersAbilities says what the viewer may do with each offer now.
func OffersAbilities(ctx context.Context, db *store.DB, offers []*ent.Offer) ([]*OfferAbilities, error) {
	v := viewer.From(ctx)
	var ids []gid.ID
	for _, o := range offers {
		if o != nil && o.TalentID == v.Talent {
			ids = append(ids, o.MicroProjectID)
		}
	}
	projects := map[gid.ID]*ent.MicroProject{}
	if len(ids) > 0 {
		rows, err := db.Read.MicroProject.Query().Where(microproject.IDIn(ids...)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, p := range rows {
			projects[p.ID] = p
		}
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	barred, err := takesOn(ctx, db.Read)
	if err != nil {
		return nil, err
	}
	all := make([]*OfferAbilities, len(offers))
	for i, o := range offers {
		if o != nil {
			all[i] = &OfferAbilities{
				Accept:   fault.AbilityOf(cmp.Or(canAccept(v, o, projects[o.MicroProjectID], o.Revision, now), barred)),
				Decline:  fault.AbilityOf(canAnswer(v, o, "declineOffer", o.Revision)),
				Revise:   fault.AbilityOf(canAnswer(v, o, "reviseOffer", o.Revision)),
				Withdraw: fault.AbilityOf(canAnswer(v, o, "withdrawOffer", o.Revision)),
			}
		}
	}
	return all, nil
}

// AgreementsAbilities says what the viewer may do with each agreement now.
func AgreementsAbilities(ctx context.Context, db *store.DB, agreements []*ent.Agreement) ([]*AgreementAbilities, error) {
	ids := gid.Of(agreements, func(a *ent.Agreement) gid.ID { return a.OfferID })
	rows, err := db.Read.Offer.Query().Where(offer.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	offers := make(map[gid.ID]*ent.Offer, len(rows))
	for _, o := range rows {
		offers[o.ID] = o
	}
	v := viewer.From(ctx)
	all := make([]*AgreementAbilities, len(agreements))
	for i, a := range agreements {
		if a != nil {
			all[i] = &AgreementAbilities{Sign: fault.AbilityOf(canSign(v, offers[a.OfferID], a, a.Revision))}
		}
	}
	return all, nil
}
