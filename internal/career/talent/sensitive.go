package talent

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// seesSensitive: the talent, and staff with the scope of an institution that has
// confirmed the talent. No employer ever does, and no operator.
func seesSensitive(v viewer.Viewer, talent gid.ID, confirmed map[gid.ID]bool) bool {
	return v.Talent == talent || holdsSensitive(v) && confirmed[talent]
}

// holdsSensitive: staff with the scope.
func holdsSensitive(v viewer.Viewer) bool {
	return v.Kind == viewer.CareerStaff && v.Can(viewer.TalentSensitive)
}

// confirmed are those of the talents whom the viewer's institution has confirmed.
func confirmed(ctx context.Context, db *store.DB, talents []gid.ID) (map[gid.ID]bool, error) {
	var found []gid.ID
	err := db.Read.Affiliation.Query().Where(affiliation.TalentIDIn(talents...), affiliation.InstitutionID(viewer.From(ctx).Institution()),
		affiliation.StatusEQ(affiliation.StatusConfirmed)).Unique(true).Select(affiliation.FieldTalentID).Scan(ctx, &found)
	return setOf(found), err
}

// readable are those of the talents of whom the viewer may read more, as staff.
func readable(ctx context.Context, db *store.DB, talents []gid.ID) (map[gid.ID]bool, error) {
	if !holdsSensitive(viewer.From(ctx)) {
		return nil, nil
	}
	return confirmed(ctx, db, talents)
}

// GPAs are the grade point averages of records, each as far as the viewer may know.
func GPAs(ctx context.Context, db *store.DB, records []*ent.EducationRecord) ([]*money.Decimal, error) {
	var talents []gid.ID
	for _, e := range records {
		if e != nil {
			talents = append(talents, e.TalentID)
		}
	}
	are, err := readable(ctx, db, talents)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	all := make([]*money.Decimal, len(records))
	for i, e := range records {
		if e != nil && e.GpaHundredths != nil && access.May("EducationRecord.gpa", seesSensitive(v, e.TalentID, are)) {
			gpa := GPA(*e.GpaHundredths)
			all[i] = &gpa
		}
	}
	return all, nil
}

// WorkAuthorizations are what talents say of their right to work in the United
// States, each as far as the viewer may know.
func WorkAuthorizations(ctx context.Context, db *store.DB, profiles []*ent.TalentProfile) ([]*talentprofile.UsWorkAuthorization, error) {
	are, err := readable(ctx, db, gid.Of(profiles, talentID))
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	all := make([]*talentprofile.UsWorkAuthorization, len(profiles))
	for i, p := range profiles {
		if p != nil && access.May("TalentProfile.usWorkAuthorization", seesSensitive(v, p.ID, are)) {
			all[i] = p.UsWorkAuthorization
		}
	}
	return all, nil
}

// SponsorshipNeeds say which talents will need a sponsor to work in the United
// States, each as far as the viewer may know.
func SponsorshipNeeds(ctx context.Context, db *store.DB, profiles []*ent.TalentProfile) ([]*bool, error) {
	are, err := readable(ctx, db, gid.Of(profiles, talentID))
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	all := make([]*bool, len(profiles))
	for i, p := range profiles {
		if p != nil && access.May("TalentProfile.needsUsWorkSponsorship", seesSensitive(v, p.ID, are)) {
			all[i] = p.NeedsUsWorkSponsorship
		}
	}
	return all, nil
}

// narrowSensitive narrows a list by what only few may read. Who may not read it
// may not ask by it either: a count would tell.
func (f *TalentProfileFilter) narrowSensitive(ctx context.Context, q *ent.TalentProfileQuery) error {
	if f.MinimumGpa == nil && f.UsWorkAuthorization == nil {
		return nil
	}
	v := viewer.From(ctx)
	if !holdsSensitive(v) {
		return &fault.Request{
			Code: fault.CodeInsufficientScope, Message: "Your role does not include this filter.",
			RequiredScopes: [][]string{{string(viewer.TalentSensitive)}},
		}
	}
	var r text.Reader
	least := ReadGPA(&r, "filter.minimumGpa", f.MinimumGpa)
	if r.Err() != nil {
		return &fault.Request{Code: fault.CodeInvalidInput, Message: "Give a grade point average of 0 to 5 with at most two decimal places, as in 3.25."}
	}
	q.Where(confirmedBy(v.Institution()))
	if f.UsWorkAuthorization != nil {
		q.Where(talentprofile.UsWorkAuthorizationIn(f.UsWorkAuthorization...))
	}
	if least != nil {
		q.Where(func(s *sql.Selector) {
			study := sql.Dialect(s.Dialect()).Select().From(sql.Table(educationrecord.Table))
			study.Select(study.C(educationrecord.FieldTalentID)).Where(sql.GTE(study.C(educationrecord.FieldGpaHundredths), *least))
			s.Where(sql.In(s.C(talentprofile.FieldID), study))
		})
	}
	return nil
}

// confirmedBy keeps the talents whom an institution has confirmed.
func confirmedBy(id gid.ID) func(*sql.Selector) {
	return func(s *sql.Selector) {
		tie := sql.Dialect(s.Dialect()).Select().From(sql.Table(affiliation.Table))
		tie.Select(tie.C(affiliation.FieldTalentID)).Where(sql.And(
			sql.EQ(tie.C(affiliation.FieldInstitutionID), id), sql.EQ(tie.C(affiliation.FieldStatus), affiliation.StatusConfirmed)))
		s.Where(sql.In(s.C(talentprofile.FieldID), tie))
	}
}
