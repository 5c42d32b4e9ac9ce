package application

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/applicationskill"
	"github.com/rung-dev/rung/ent/gen/ent/applicationstudy"
	"github.com/rung-dev/rung/ent/gen/ent/invitation"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

var keys = map[ApplicationOrderField]page.Key[*ent.Application]{
	ApplicationsBySubmittedAt: {Column: application.FieldSubmittedAt, Value: func(a *ent.Application) any { return a.SubmittedAt }},
	ApplicationsByUpdatedAt:   {Column: application.FieldUpdatedAt, Value: func(a *ent.Application) any { return a.UpdatedAt }},
}

// List is a page of the applications that the viewer may see.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *ApplicationFilter, order *ApplicationOrder,
) (*ApplicationConnection, error) {
	q := db.Read.Application.Query()
	if filter != nil {
		if err := filter.narrow(viewer.From(ctx), q); err != nil {
			return nil, err
		}
	}
	return page.Of(ctx, seal, q, listOf(filter, order), args)
}

// Under is a page of each micro-project's applications.
func Under(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args,
	filter *MicroProjectApplicationFilter, order *ApplicationOrder, projects []gid.ID,
) ([]*ApplicationConnection, error) {
	only := filter.On(application.FieldUpdatedAt)
	return page.Under(ctx, seal, db.Read.Application.Query().Where(only), listOf(filter, order), args, page.Parent[*ent.Application]{
		Table: application.Table, Kind: ent.TypeApplication, Column: application.FieldMicroProjectID,
		Of: func(a *ent.Application) gid.ID { return a.MicroProjectID }, Only: only,
	}, projects)
}

func listOf(filter any, order *ApplicationOrder) page.List[*ent.Application] {
	if order == nil {
		order = &ApplicationOrder{Field: ApplicationsBySubmittedAt}
	}
	return page.List[*ent.Application]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(a *ent.Application) gid.ID { return a.ID },
	}
}

func (f *ApplicationFilter) narrow(v viewer.Viewer, q *ent.ApplicationQuery) error {
	if err := page.Few(f.MicroProject, f.Talent, f.Employer, f.Institution, f.Skill); err != nil {
		return err
	}
	if f.Origin != nil {
		q.Where(application.OriginIn(f.Origin...))
	}
	if err := f.narrowShared(v, q); err != nil {
		return err
	}
	if f.Label != nil {
		labelled, err := talent.Labelled(v, application.FieldTalentID, *f.Label)
		if err != nil {
			return err
		}
		q.Where(labelled)
	}
	if f.Status != nil {
		q.Where(application.StatusIn(f.Status...))
	}
	q.Where(
		page.Among(application.FieldMicroProjectID, f.MicroProject),
		page.Among(application.FieldTalentID, f.Talent),
		page.Among(application.FieldEmployerOrgID, f.Employer),
		page.During(application.FieldSubmittedAt, f.SubmittedAt),
		page.During(application.FieldUpdatedAt, f.UpdatedAt),
	)
	return nil
}

// narrowShared narrows by what was shared by applying, which is for the two
// sides: whoever does not see it finds nothing by it.
func (f *ApplicationFilter) narrowShared(v viewer.Viewer, q *ent.ApplicationQuery) error {
	studies, err := access.Rows(v, ent.TypeApplicationStudy)
	if err != nil {
		return err
	}
	skills, err := access.Rows(v, ent.TypeApplicationSkill)
	if err != nil {
		return err
	}
	if f.Institution != nil {
		q.Where(sharing(applicationstudy.Table, studies, page.Among(applicationstudy.FieldInstitutionID, f.Institution)))
	}
	if f.Major != nil {
		folded := text.Fold(*f.Major)
		q.Where(sharing(applicationstudy.Table, studies, func(s *sql.Selector) {
			s.Where(sql.EQ(s.C(applicationstudy.FieldMajorFolded), folded))
		}))
	}
	if f.Skill != nil {
		q.Where(sharing(applicationskill.Table, skills, page.Among(applicationskill.FieldSkillID, f.Skill)))
	}
	return nil
}

// sharing keeps the applications with a row in the table that the viewer sees
// and that meets the condition.
func sharing(table string, seen, meets func(*sql.Selector)) func(*sql.Selector) {
	return func(s *sql.Selector) {
		shared := sql.Dialect(s.Dialect()).Select().From(sql.Table(table))
		shared.Select(shared.C(applicationstudy.FieldApplicationID))
		seen(shared)
		meets(shared)
		s.Where(sql.In(s.C(application.FieldID), shared))
	}
}

var invitationKeys = map[InvitationOrderField]page.Key[*ent.Invitation]{
	InvitationsBySentAt:    {Column: invitation.FieldSentAt, Value: func(i *ent.Invitation) any { return i.SentAt }},
	InvitationsByUpdatedAt: {Column: invitation.FieldUpdatedAt, Value: func(i *ent.Invitation) any { return i.UpdatedAt }},
}

// Invitations is a page of the invitations that the viewer may see.
func Invitations(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *InvitationFilter, order *InvitationOrder,
) (*InvitationConnection, error) {
	q := db.Read.Invitation.Query()
	if filter != nil {
		if err := page.Few(filter.MicroProject, filter.Talent); err != nil {
			return nil, err
		}
		if filter.Status != nil {
			q.Where(invitation.StatusIn(filter.Status...))
		}
		q.Where(
			page.Among(invitation.FieldMicroProjectID, filter.MicroProject),
			page.Among(invitation.FieldTalentID, filter.Talent),
			page.During(invitation.FieldUpdatedAt, filter.UpdatedAt),
		)
	}
	if order == nil {
		order = &InvitationOrder{Field: InvitationsBySentAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Invitation]{
		Key: invitationKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(i *ent.Invitation) gid.ID { return i.ID },
	}, args)
}
