package graph

import (
	"context"

	"github.com/rung-dev/rung/internal/career/amendment"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/credential"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/hire"
	"github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/career/reference"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/store"
)

// What the viewer may do with a row, where a room further along the funnel has
// its say too.
var (
	institutionAbilities = adding(institution.OfficeAbilities, talent.ClaimAbilities,
		func(all *institution.InstitutionAbilities, claim *fault.Ability) { all.ClaimAffiliation = claim })

	microProjectAbilities = adding(adding(project.Abilities, application.ApplyAbilities,
		func(all *project.MicroProjectAbilities, apply *fault.Ability) { all.Apply = apply }),
		application.InviteAbilities, func(all *project.MicroProjectAbilities, invite *fault.Ability) { all.InviteTalent = invite })

	engagementAbilities = adding(adding(adding(adding(engagement.Abilities, hire.EngagementAbilities,
		func(all *engagement.EngagementAbilities, hires *hire.AfterWork) {
			all.ProposeHireConversion, all.SignalHireInterest, all.ReportHire = hires.Propose, hires.Signal, hires.Report
		}),
		reference.RequestAbilities, func(all *engagement.EngagementAbilities, request *fault.Ability) { all.RequestReference = request }),
		reference.ThankAbilities, func(all *engagement.EngagementAbilities, thank *fault.Ability) { all.SendThankYouNote = thank }),
		amendment.ProposeAbilities, func(all *engagement.EngagementAbilities, propose *fault.Ability) { all.ProposeAmendment = propose })

	deliverableAbilities = adding(engagement.DeliverablesAbilities, credential.PromoteAbilities,
		func(all *engagement.DeliverableAbilities, promote *fault.Ability) { all.PromoteToPortfolio = promote })
)

// able says of each row of a level what the viewer may do with it.
type able[P, A any] func(context.Context, *store.DB, []*P) ([]*A, error)

// adding is what one room says of a level, with what another adds.
func adding[P, A, B any](own able[P, A], other able[P, B], add func(*A, *B)) able[P, A] {
	return func(ctx context.Context, db *store.DB, rows []*P) ([]*A, error) {
		abilities, err := own(ctx, db, rows)
		if err != nil {
			return nil, err
		}
		added, err := other(ctx, db, rows)
		if err != nil {
			return nil, err
		}
		for i, all := range abilities {
			if all != nil {
				add(all, added[i])
			}
		}
		return abilities, nil
	}
}
