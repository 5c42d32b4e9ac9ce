package application

import (
	"cmp"
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/career/pool"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// ApplicationAbilities is what the viewer may do with one of them now.
type ApplicationAbilities struct {
	Revise            *fault.Ability
	Withdraw          *fault.Ability
	Review            *fault.Ability
	Shortlist         *fault.Ability
	ScheduleInterview *fault.Ability
	Decline           *fault.Ability
	ExtendOffer       *fault.Ability
}

// Abilities says what the viewer may do with each application now.
func Abilities(ctx context.Context, db *store.DB, applications []*ent.Application) ([]*ApplicationAbilities, error) {
	projects, err := projectsOf(ctx, db, applications)
	if err != nil {
		return nil, err
	}
	pools, err := poolsFor(ctx, db, applications, projects)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	all := make([]*ApplicationAbilities, len(applications))
	for i, a := range applications {
		if a == nil {
			continue
		}
		all[i] = &ApplicationAbilities{
			Revise:            fault.AbilityOf(can(v, a, "reviseApplication", a.Revision)),
			Withdraw:          fault.AbilityOf(CanWithdraw(v, a, a.Revision)),
			Review:            fault.AbilityOf(can(v, a, "reviewApplication", a.Revision)),
			Shortlist:         fault.AbilityOf(can(v, a, "shortlistApplication", a.Revision)),
			ScheduleInterview: fault.AbilityOf(can(v, a, "scheduleInterview", a.Revision)),
			Decline:           fault.AbilityOf(CanDecline(v, a, a.Revision)),
			ExtendOffer:       fault.AbilityOf(cmp.Or(canOfferOn(v, a, projects[a.MicroProjectID]), pools[a.ID])),
		}
	}
	return all, nil
}

// canOfferOn judges an offer by a project that was read with its employer, or was
// not because it is not the viewer's.
func canOfferOn(v viewer.Viewer, a *ent.Application, p *ent.MicroProject) error {
	if p == nil {
		return can(v, a, "extendOffer", a.Revision)
	}
	return CanOffer(v, a, p, p.Edges.Employer, a.Revision)
}

// poolsFor says of each application whose project a funding pool pays for what
// keeps the pool from paying.
func poolsFor(
	ctx context.Context, db *store.DB, applications []*ent.Application, projects map[gid.ID]*ent.MicroProject,
) (map[gid.ID]error, error) {
	var draws []pool.Draw
	var ids []gid.ID
	for _, a := range applications {
		if a == nil || projects[a.MicroProjectID] == nil || projects[a.MicroProjectID].FundingPoolID.IsNone() {
			continue
		}
		p := projects[a.MicroProjectID]
		ids = append(ids, a.ID)
		draws = append(draws, pool.Draw{PoolID: p.FundingPoolID, EmployerID: p.EmployerOrgID, TalentID: a.TalentID, Fee: project.Fee(p)})
	}
	if len(draws) == 0 {
		return nil, nil
	}
	all := viewer.With(ctx, viewer.System("whether a pool pays for an offer").In(viewer.From(ctx).World))
	refused, err := pool.WouldPay(all, db.Read, draws)
	pools := make(map[gid.ID]error, len(refused))
	for i, err := range refused {
		pools[ids[i]] = err
	}
	return pools, err
}

// projectsOf reads the projects that offers would be judged by, with their
// employer: the viewer's own.
func projectsOf(ctx context.Context, db *store.DB, applications []*ent.Application) (map[gid.ID]*ent.MicroProject, error) {
	own := viewer.From(ctx).Employer()
	var ids []gid.ID
	for _, a := range applications {
		if a != nil && a.EmployerOrgID == own {
			ids = append(ids, a.MicroProjectID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := db.Read.MicroProject.Query().Where(microproject.IDIn(ids...)).WithEmployer().All(ctx)
	projects := make(map[gid.ID]*ent.MicroProject, len(rows))
	for _, p := range rows {
		projects[p.ID] = p
	}
	return projects, err
}

// ApplyAbilities says whether the viewer may apply to each project now.
func ApplyAbilities(ctx context.Context, db *store.DB, projects []*ent.MicroProject) ([]*fault.Ability, error) {
	var seen []*ent.MicroProject
	for _, p := range projects {
		if p != nil {
			seen = append(seen, p)
		}
	}
	wishes, err := wishesFor(ctx, db.Read, seen)
	if err != nil {
		return nil, err
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	abilities := make([]*fault.Ability, len(projects))
	for i, p := range projects {
		if p != nil {
			abilities[i], wishes = fault.AbilityOf(canApply(v, wishes[0], now)), wishes[1:]
		}
	}
	return abilities, nil
}
