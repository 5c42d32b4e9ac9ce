package project

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// MicroProjectAbilities is what the viewer may do with one of them now.
type MicroProjectAbilities struct {
	Revise            *fault.Ability
	PlanDeliverable   *fault.Ability
	SubmitForApproval *fault.Ability
	Publish           *fault.Ability
	Cancel            *fault.Ability
	Pause             *fault.Ability
	Resume            *fault.Ability
	ExtendWindow      *fault.Ability
	CloseApplications *fault.Ability
	Archive           *fault.Ability
	Duplicate         *fault.Ability
	Apply             *fault.Ability
	InviteTalent      *fault.Ability
}

// PostingRequestAbilities is what the viewer may do with one of them now.
type PostingRequestAbilities struct {
	Approve        *fault.Ability
	Refuse         *fault.Ability
	RequestChanges *fault.Ability
	Withdraw       *fault.Ability
}

// Abilities says what the viewer may do with each project now, all but whether
// they may apply or invite: that is for the room of applications to say.
func Abilities(ctx context.Context, db *store.DB, projects []*ent.MicroProject) ([]*MicroProjectAbilities, error) {
	v := viewer.From(ctx)
	var own []gid.ID
	for _, p := range projects {
		if p != nil && isWeighed(v, p) {
			own = append(own, p.ID)
		}
	}
	stand := map[gid.ID]standing{}
	if len(own) > 0 {
		var err error
		if stand, err = standings(ctx, db.Read, own...); err != nil {
			return nil, err
		}
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	abilities := make([]*MicroProjectAbilities, len(projects))
	for i, p := range projects {
		if p == nil {
			continue
		}
		s := stand[p.ID]
		abilities[i] = &MicroProjectAbilities{
			Revise:            fault.AbilityOf(canRevise(v, p, p.Revision)),
			PlanDeliverable:   fault.AbilityOf(canPlan(v, p, s, p.Revision)),
			SubmitForApproval: fault.AbilityOf(canSubmit(v, p, s, p.Revision, now)),
			Publish:           fault.AbilityOf(canPublish(v, p, s, p.Revision, now)),
			Cancel:            fault.AbilityOf(canCancel(v, p, s, p.Revision)),
			Pause:             fault.AbilityOf(can(v, p, "pauseMicroProject", p.Revision)),
			Resume:            fault.AbilityOf(canResume(v, p, p.Revision, now)),
			ExtendWindow:      fault.AbilityOf(can(v, p, "extendApplicationWindow", p.Revision)),
			CloseApplications: fault.AbilityOf(canClose(v, p, p.Revision, now)),
			Archive:           fault.AbilityOf(canArchive(v, p, p.Revision)),
			Duplicate:         fault.AbilityOf(canDuplicate(v, p)),
		}
	}
	return abilities, nil
}

// RequestAbilities says what the viewer may do with each posting request now.
func RequestAbilities(ctx context.Context, db *store.DB, requests []*ent.PostingRequest) ([]*PostingRequestAbilities, error) {
	ids := gid.Of(requests, func(q *ent.PostingRequest) gid.ID { return q.MicroProjectID })
	rows, err := db.Read.MicroProject.Query().Where(microproject.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	projects := make(map[gid.ID]*ent.MicroProject, len(rows))
	for _, p := range rows {
		projects[p.ID] = p
	}
	v := viewer.From(ctx)
	all := make([]*PostingRequestAbilities, len(requests))
	for i, q := range requests {
		if q == nil {
			continue
		}
		able := func(verb string) *fault.Ability { return fault.AbilityOf(canDecide(v, q, verb, q.Revision)) }
		all[i] = &PostingRequestAbilities{
			Approve: able("approveMicroProject"), Refuse: able("refuseMicroProject"), RequestChanges: able("requestMicroProjectChanges"),
			Withdraw: fault.AbilityOf(canWithdraw(v, projects[q.MicroProjectID], q, q.Revision)),
		}
	}
	return all, nil
}
