package application

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// wishesFor reads what applying to each project would be judged by, for all of
// them together. Who is no talent has nothing to be judged by.
func wishesFor(ctx context.Context, client *ent.Client, projects []*ent.MicroProject) ([]wish, error) {
	wishes := make([]wish, len(projects))
	for i, p := range projects {
		wishes[i].project = p
	}
	v := viewer.From(ctx)
	if v.Talent.IsNone() || len(projects) == 0 {
		return wishes, nil
	}
	profile, err := client.TalentProfile.Query().Where(talentprofile.ID(v.Talent)).Only(ctx)
	if err != nil {
		return nil, err
	}
	live, err := liveTo(ctx, client, projects)
	if err != nil {
		return nil, err
	}
	own, err := ownEmployers(ctx, client, projects)
	if err != nil {
		return nil, err
	}
	invited, err := meantFor(ctx, client, projects, v.Talent)
	if err != nil {
		return nil, err
	}
	for i, p := range projects {
		wishes[i] = wish{
			project: p, profile: profile, isLive: live[p.ID], isMember: own[p.EmployerOrgID],
			isInvited: p.Audience == microproject.AudiencePublic || invited[p.ID],
		}
	}
	return wishes, nil
}

// liveTo names the projects to which the talent has an application that has not
// ended.
func liveTo(ctx context.Context, client *ent.Client, projects []*ent.MicroProject) (map[gid.ID]bool, error) {
	ids := gid.Of(projects, func(p *ent.MicroProject) gid.ID { return p.ID })
	rows, err := client.Application.Query().Where(
		application.TalentID(viewer.From(ctx).Talent), application.MicroProjectIDIn(ids...),
		application.StatusIn(Live...),
	).All(ctx)
	live := map[gid.ID]bool{}
	for _, a := range rows {
		live[a.MicroProjectID] = true
	}
	return live, err
}

// ownEmployers names the projects' employers for which the talent acts as well.
func ownEmployers(ctx context.Context, client *ent.Client, projects []*ent.MicroProject) (map[gid.ID]bool, error) {
	ids := gid.Of(projects, func(p *ent.MicroProject) gid.ID { return p.EmployerOrgID })
	rows, err := client.Membership.Query().Where(membership.PersonID(viewer.From(ctx).Person),
		membership.OrganizationIDIn(ids...), membership.EndedAtIsNil()).All(ctx)
	own := map[gid.ID]bool{}
	for _, m := range rows {
		own[m.OrganizationID] = true
	}
	return own, err
}

// meantFor names the projects that an institution of the talent's has approved
// for its own. A talent keeps seeing what they once applied to, so sight alone
// does not tell.
func meantFor(ctx context.Context, client *ent.Client, projects []*ent.MicroProject, talent gid.ID) (map[gid.ID]bool, error) {
	var ids []gid.ID
	for _, p := range projects {
		if p.Audience != microproject.AudiencePublic {
			ids = append(ids, p.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	all := viewer.With(ctx, viewer.System("whether an institution approved a project for a talent, who does not see its request").In(viewer.From(ctx).World))
	rows, err := client.PostingRequest.Query().Where(postingrequest.MicroProjectIDIn(ids...),
		postingrequest.StatusEQ(postingrequest.StatusApproved), ofInstitutions(talent)).All(all)
	invited := map[gid.ID]bool{}
	for _, request := range rows {
		invited[request.MicroProjectID] = true
	}
	return invited, err
}

// ofInstitutions keeps rows of institutions that have confirmed the talent.
func ofInstitutions(talent gid.ID) func(*sql.Selector) {
	return func(s *sql.Selector) {
		ties := sql.Dialect(s.Dialect()).Select().From(sql.Table(affiliation.Table))
		ties.Select(ties.C(affiliation.FieldInstitutionID)).Where(sql.And(
			sql.EQ(ties.C(affiliation.FieldTalentID), talent),
			sql.EQ(ties.C(affiliation.FieldStatus), affiliation.StatusConfirmed)))
		s.Where(sql.In(s.C(postingrequest.FieldInstitutionID), ties))
	}
}
