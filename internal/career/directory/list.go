package directory

import (
	"context"
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// List is a page of what an institution's directory tells the viewer: nothing to
// those for whom it is not, and nothing without a notice.
func List(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, institution gid.ID, filter *DirectoryFilter, order *DirectoryOrder,
) (*DirectoryEntryConnection, error) {
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	n, err := liveOf(ctx, db.Read, institution)
	if err != nil {
		return nil, err
	}
	v, told := viewer.From(ctx), ShownAt(n, now)
	q := db.Read.Affiliation.Query().Where(access.InDirectory(v, institution, belongsSince(now)))
	if len(told) == 0 || !filter.fits(told) {
		// What is not told is not told by what is found either.
		q.Where(func(s *sql.Selector) { s.Where(sql.False()) })
	}
	filter.narrow(q)
	if order == nil {
		order = &DirectoryOrder{Field: DirectoryByCreatedAt}
	}
	// A cursor is the reader's own, as in lists that are read as the viewer.
	asked := struct {
		Filter         *DirectoryFilter
		Of, World, Org string
	}{filter, institution.String(), v.World.String(), v.Org.String()}
	rows, err := page.Of(throughIt(ctx), seal, q, page.List[*ent.Affiliation]{
		Key:   page.Key[*ent.Affiliation]{Column: affiliation.FieldCreatedAt, Value: func(a *ent.Affiliation) any { return a.CreatedAt }},
		Order: order.Direction, Filter: asked, ID: func(a *ent.Affiliation) gid.ID { return a.ID },
	}, args)
	if err != nil {
		return nil, err
	}
	entries, err := entriesOf(throughIt(ctx), db.Read, n, told, rows.Nodes)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		e.FoundBy = filter.asksFor()
	}
	store.Answered(ctx, entries)
	return page.Shown(rows, entries, throughIt), nil
}

// throughIt is a context that reads what the directory tells of, which its readers
// may not see otherwise. What is answered of it is told apart.
func throughIt(ctx context.Context) context.Context {
	return store.Quietly(viewer.With(ctx, viewer.System("a directory tells of talents whom its readers do not see otherwise")))
}

// entriesOf say of each affiliation what is told, in as many statements however many
// there are.
func entriesOf(ctx context.Context, read *ent.Client, n *ent.DirectoryNotice, told []DirectoryField, rows []*ent.Affiliation) ([]*DirectoryEntry, error) {
	entries := make([]*DirectoryEntry, len(rows))
	if len(rows) == 0 {
		return entries, nil
	}
	talents := gid.Of(rows, func(a *ent.Affiliation) gid.ID { return a.TalentID })
	profiles, err := read.TalentProfile.Query().Where(talentprofile.IDIn(talents...)).All(ctx)
	if err != nil {
		return nil, err
	}
	records, err := read.EducationRecord.Query().Where(educationrecord.TalentIDIn(talents...), educationrecord.InstitutionID(n.InstitutionID)).
		Order(ent.Asc(educationrecord.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	profile, study := map[gid.ID]*ent.TalentProfile{}, map[gid.ID]*ent.EducationRecord{}
	for _, p := range profiles {
		profile[p.ID] = p
	}
	for _, e := range records { // the last one stays
		study[e.TalentID] = e
	}
	for i, a := range rows {
		entries[i] = &DirectoryEntry{TalentID: a.TalentID, InstitutionID: n.InstitutionID, NoticeID: n.ID, Told: told}
		entries[i].tell(profile[a.TalentID], study[a.TalentID])
	}
	return entries, nil
}

// tell fills in what is told of a profile and of the last course of study at the
// institution, if there is one.
func (d *DirectoryEntry) tell(p *ent.TalentProfile, study *ent.EducationRecord) {
	for _, f := range d.Told {
		switch f {
		case Name:
			name := talent.DisplayName(p)
			d.Name = &name
		case Location:
			d.Location = p.Location
		case Headline:
			d.Headline = p.Headline
		}
		if study == nil {
			continue
		}
		switch f {
		case Major:
			d.Major = &study.Major
		case DegreeLevel:
			d.DegreeLevel = &study.Level
		case GraduatesOn:
			d.GraduatesOn = study.GraduatesOn
		}
	}
}

// FieldsTold are the API's names of what an entry tells to whom asks for some fields
// by these names: those that are designated, and with them what it was found by.
func (d *DirectoryEntry) FieldsTold(asked []string) []string {
	var all []string
	for _, f := range d.Told {
		if slices.Contains(asked, names[f]) {
			all = append(all, names[f])
		}
	}
	if len(all) == 0 {
		return nil
	}
	for _, f := range d.FoundBy {
		all = append(all, names[f])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// asksFor are the fields on which a filter has a condition.
func (f *DirectoryFilter) asksFor() []DirectoryField {
	var asked []DirectoryField
	if f == nil {
		return nil
	}
	for field, isAsked := range map[DirectoryField]bool{
		Major: f.Major != nil, DegreeLevel: f.DegreeLevel != nil, GraduatesOn: f.GraduatesOn != nil, Location: f.Location != nil,
	} {
		if isAsked {
			asked = append(asked, field)
		}
	}
	return asked
}

// fits reports whether a filter asks for nothing but what is told.
func (f *DirectoryFilter) fits(told []DirectoryField) bool {
	return !slices.ContainsFunc(f.asksFor(), func(field DirectoryField) bool { return !slices.Contains(told, field) })
}

func (f *DirectoryFilter) narrow(q *ent.AffiliationQuery) {
	if f == nil {
		return
	}
	if f.Location != nil {
		q.Where(func(s *sql.Selector) {
			lives := sql.Dialect(s.Dialect()).Select().From(sql.Table(talentprofile.Table).As("told_talent"))
			lives.Select(lives.C(talentprofile.FieldID)).Where(sql.And(
				sql.ColumnsEQ(lives.C(talentprofile.FieldID), s.C(affiliation.FieldTalentID)), sql.EQ(lives.C(talentprofile.FieldLocation), *f.Location)))
			s.Where(sql.Exists(lives))
		})
	}
	if f.Major != nil || f.DegreeLevel != nil || f.GraduatesOn != nil {
		q.Where(f.studies)
	}
}

// studies keeps the affiliations whose talent's last course of study at the institution
// is such a one: the course that an entry tells of.
func (f *DirectoryFilter) studies(s *sql.Selector) {
	of := func(name string, with *sql.Selector) (*sql.Selector, *sql.Predicate) {
		e := sql.Dialect(s.Dialect()).Select().From(sql.Table(educationrecord.Table).As(name))
		e.Select(e.C(educationrecord.FieldID))
		return e, sql.And(sql.ColumnsEQ(e.C(educationrecord.FieldTalentID), with.C(affiliation.FieldTalentID)),
			sql.ColumnsEQ(e.C(educationrecord.FieldInstitutionID), with.C(affiliation.FieldInstitutionID)))
	}
	study, theirs := of("told_study", s)
	later, same := of("later_study", study)
	later.Where(sql.And(same, sql.ColumnsGT(later.C(educationrecord.FieldID), study.C(educationrecord.FieldID))))
	study.Where(theirs).Where(sql.Not(sql.Exists(later)))
	if f.Major != nil {
		study.Where(sql.EQ(study.C(educationrecord.FieldMajor), *f.Major))
	}
	if f.DegreeLevel != nil {
		levels := make([]any, len(f.DegreeLevel))
		for i, l := range f.DegreeLevel {
			levels[i] = l
		}
		study.Where(sql.In(study.C(educationrecord.FieldLevel), levels...))
	}
	if on := f.GraduatesOn; on != nil {
		study.Where(sql.NotNull(study.C(educationrecord.FieldGraduatesOn)))
		if on.Gte != nil {
			study.Where(sql.GTE(study.C(educationrecord.FieldGraduatesOn), *on.Gte))
		}
		if on.Lt != nil {
			study.Where(sql.LT(study.C(educationrecord.FieldGraduatesOn), *on.Lt))
		}
	}
	s.Where(sql.Exists(study))
}
