package project

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/projectinstitution"
	"github.com/rung-dev/rung/internal/career/policy"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// PreflightVerdict is what one body's rules would say of a project.
type PreflightVerdict struct {
	InstitutionID gid.ID // none for the platform
	Verdict       policy.PostingVerdict
	Rules         []*policy.SpokenRule
}

// Preflight says what the platform and institutions would say of a project, or
// of a draft that is not written down, and writes nothing.
func Preflight(ctx context.Context, db *store.DB, in ProjectPreflightInput) ([]*PreflightVerdict, error) {
	v := viewer.From(ctx)
	if err := canDraft(v); err != nil {
		return nil, err
	}
	s, err := in.subject(ctx, db, v.Employer())
	if err != nil {
		return nil, err
	}
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	all, err := judge(ctx, db.Read, v.World, now, s)
	if err != nil {
		return nil, err
	}
	verdicts := make([]*PreflightVerdict, len(all))
	for i, j := range all {
		verdicts[i] = &PreflightVerdict{Verdict: j.verdict(), Rules: []*policy.SpokenRule{}}
		if j.Institution != nil {
			verdicts[i].InstitutionID = j.Institution.ID
		}
		for n := range j.spoken {
			verdicts[i].Rules = append(verdicts[i].Rules, &j.spoken[n])
		}
	}
	return verdicts, nil
}

// subject is what the input asks about: for the institutions named, or else for
// those it was meant for.
func (in ProjectPreflightInput) subject(ctx context.Context, db *store.DB, employer gid.ID) (subject, error) {
	s := subject{employer: employer}
	var r text.Reader
	switch {
	case (in.Draft == nil) == (in.MicroProjectID == nil):
		return s, fault.InvalidValue("draft", "Give either `draft` or `microProjectId`.")
	case in.Draft != nil:
		s.terms = in.Draft.read(&r)
		named := s.terms
		if in.InstitutionIDs != nil {
			named.institutions, named.audience = nil, microproject.AudiencePublic
		}
		named.check(&r)
		r.Refuse(named.refer(ctx, db.Read, &r, employer))
		if err := fault.Under("draft", "", r.Err()); err != nil {
			return s, err
		}
	default:
		p, err := db.Read.MicroProject.Query().Where(microproject.ID(*in.MicroProjectID), microproject.EmployerOrgID(employer)).Only(ctx)
		if err != nil {
			return s, store.Found(err, fault.NotFound("microProjectId", "There is no such micro-project of yours."))
		}
		if s.terms, err = termsRead(ctx, db.Read, p); err != nil {
			return s, err
		}
		s.project = p.ID
	}
	if in.InstitutionIDs != nil {
		s.terms.institutions = in.InstitutionIDs
	}
	return s, in.known(ctx, db)
}

// known refuses institutions that are too many or none.
func (in ProjectPreflightInput) known(ctx context.Context, db *store.DB) error {
	if len(in.InstitutionIDs) > most {
		return fault.LimitReached("institutionIds", fmt.Sprintf("Ask about at most %d institutions at once.", most))
	}
	there, err := db.Read.Institution.Query().Where(institution.IDIn(in.InstitutionIDs...)).IDs(ctx)
	if err != nil {
		return err
	}
	var r text.Reader
	for _, id := range without(in.InstitutionIDs, there) {
		for n, named := range in.InstitutionIDs {
			if named == id {
				r.Refuse(fault.NotFound(at("institutionIds", n), "There is no such institution."))
			}
		}
	}
	return r.Err()
}

// termsRead are a project's terms with the institutions it is meant for.
func termsRead(ctx context.Context, read *ent.Client, p *ent.MicroProject) (terms, error) {
	chosen, err := read.ProjectInstitution.Query().Where(projectinstitution.MicroProjectID(p.ID)).All(ctx)
	var institutions []gid.ID
	for _, c := range chosen {
		institutions = append(institutions, c.InstitutionID)
	}
	return termsOf(p, institutions, nil), err
}

// shareOf is a part of a whole to four places; nil where there is no whole.
func shareOf(part, whole int) *money.Decimal {
	if whole == 0 {
		return nil
	}
	share := money.Decimal(fmt.Sprintf("%.4f", float64(part)/float64(whole)))
	return &share
}
