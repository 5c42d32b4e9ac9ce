package institution

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// InstitutionAbilities is what the viewer may do with one of them now.
type InstitutionAbilities struct {
	Open             *fault.Ability
	Configure        *fault.Ability
	RequestLink      *fault.Ability
	ClaimAffiliation *fault.Ability
}

// OfficeAbilities says what the viewer may do with each institution now, all but
// whether they may claim to belong to it: that is for the room of talents to say.
func OfficeAbilities(ctx context.Context, db *store.DB, institutions []*ent.Institution) ([]*InstitutionAbilities, error) {
	v := viewer.From(ctx)
	a, err := askerOf(ctx, db, v, institutions)
	if err != nil {
		return nil, err
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]*InstitutionAbilities, len(institutions))
	for n, i := range institutions {
		if i == nil {
			continue
		}
		request := canAsk(v)
		if request == nil {
			request = canRequest(a.employer, i, a.links[i.ID], "institutionId", now)
		}
		all[n] = &InstitutionAbilities{
			Open:        fault.AbilityOf(canOpen(v, i, i.Revision)),
			Configure:   fault.AbilityOf(canConfigure(v, i, i.Revision)),
			RequestLink: fault.AbilityOf(request),
		}
	}
	return all, nil
}

// asker is an employer that asks institutions, and where it stands with each.
type asker struct {
	employer *ent.Employer
	links    map[gid.ID]*ent.InstitutionLink
}

func askerOf(ctx context.Context, db *store.DB, v viewer.Viewer, institutions []*ent.Institution) (asker, error) {
	if canAsk(v) != nil {
		return asker{}, nil
	}
	ids := gid.Of(institutions, func(i *ent.Institution) gid.ID { return i.ID })
	e, err := db.Read.Employer.Get(ctx, v.Employer())
	if err != nil {
		return asker{}, err
	}
	links, err := db.Read.InstitutionLink.Query().
		Where(institutionlink.EmployerOrgID(e.ID), institutionlink.InstitutionIDIn(ids...)).All(ctx)
	a := asker{employer: e, links: make(map[gid.ID]*ent.InstitutionLink, len(links))}
	for _, l := range links {
		a.links[l.InstitutionID] = l
	}
	return a, err
}
