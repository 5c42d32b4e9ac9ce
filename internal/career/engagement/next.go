package engagement

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/interview"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// NextStepKind is what an application waits for.
type NextStepKind string

// What an application can wait for.
const (
	NextDecide     NextStepKind = "DECIDE"
	NextChooseSlot NextStepKind = "CHOOSE_INTERVIEW_SLOT"
	NextMeet       NextStepKind = "MEET"
	NextAnswer     NextStepKind = "ANSWER_OFFER"
)

// NextStepBy is who has the next move.
type NextStepBy string

// Who can have it.
const (
	ByEmployer NextStepBy = "EMPLOYER"
	ByTalent   NextStepBy = "TALENT"
	ByBoth     NextStepBy = "BOTH"
)

// ApplicationNextStep is what an application waits for, of whom and until when.
type ApplicationNextStep struct {
	Kind  NextStepKind
	By    NextStepBy
	Until *time.Time
}

// NextSteps say what each application waits for, for its two sides; nil once it
// waits for nothing.
func NextSteps(ctx context.Context, db *store.DB, applications []*ent.Application) ([]*ApplicationNextStep, error) {
	v := viewer.From(ctx)
	sees := func(a *ent.Application) bool {
		return a != nil && access.May("Application.nextStep", application.IsSide(v, a))
	}
	var own []gid.ID
	for _, a := range applications {
		if sees(a) {
			own = append(own, a.ID)
		}
	}
	interviews, err := liveInterviews(ctx, db, own)
	if err != nil {
		return nil, err
	}
	offers, err := openOffers(ctx, db, own)
	if err != nil {
		return nil, err
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	steps := make([]*ApplicationNextStep, len(applications))
	for i, a := range applications {
		if sees(a) {
			steps[i] = nextStep(a, interviews[a.ID], offers[a.ID], now)
		}
	}
	return steps, nil
}

// nextStep is what an application waits for now.
func nextStep(a *ent.Application, i *ent.Interview, o *ent.Offer, now time.Time) *ApplicationNextStep {
	switch a.Status {
	case entapplication.StatusSubmitted, entapplication.StatusReviewed, entapplication.StatusShortlisted:
		return &ApplicationNextStep{NextDecide, ByEmployer, a.ExpiresAt}
	case entapplication.StatusInterview:
		return aroundInterview(i, now)
	case entapplication.StatusOffered:
		if o != nil {
			return &ApplicationNextStep{NextAnswer, ByTalent, AnswerBy(o)}
		}
	}
	return nil
}

// aroundInterview: the talent chooses, then both talk, then the employer
// decides; or proposes other times when all have passed.
func aroundInterview(i *ent.Interview, now time.Time) *ApplicationNextStep {
	if i == nil {
		return &ApplicationNextStep{Kind: NextDecide, By: ByEmployer}
	}
	if slot := application.ChosenSlot(i); slot != nil {
		if now.Before(slot.StartsAt) {
			return &ApplicationNextStep{NextMeet, ByBoth, &slot.StartsAt}
		}
		return &ApplicationNextStep{Kind: NextDecide, By: ByEmployer}
	}
	last := i.Slots[len(i.Slots)-1].StartsAt
	if now.Before(last) {
		return &ApplicationNextStep{NextChooseSlot, ByTalent, &last}
	}
	return &ApplicationNextStep{Kind: NextDecide, By: ByEmployer}
}

func liveInterviews(ctx context.Context, db *store.DB, applications []gid.ID) (map[gid.ID]*ent.Interview, error) {
	if len(applications) == 0 {
		return nil, nil
	}
	rows, err := db.Read.Interview.Query().Where(interview.ApplicationIDIn(applications...),
		interview.StatusIn(interview.StatusProposed, interview.StatusChosen)).All(ctx)
	of := make(map[gid.ID]*ent.Interview, len(rows))
	for _, i := range rows {
		of[i.ApplicationID] = i
	}
	return of, err
}

func openOffers(ctx context.Context, db *store.DB, applications []gid.ID) (map[gid.ID]*ent.Offer, error) {
	if len(applications) == 0 {
		return nil, nil
	}
	rows, err := db.Read.Offer.Query().Where(offer.ApplicationIDIn(applications...), offer.StatusEQ(offer.StatusSent)).All(ctx)
	of := make(map[gid.ID]*ent.Offer, len(rows))
	for _, o := range rows {
		of[o.ApplicationID] = o
	}
	return of, err
}
