package intake

import (
	"context"
	"strconv"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

var skills = shape[skillRow]{
	kind: Skills, noun: "skill", verb: "importSkills",
	columns: []string{"name", "kind", "category", "description", "hot", "in_demand", "occupations"},
	read:    readSkill, save: saveSkills,
}

type skillRow struct {
	reference    string
	name, folded string
	kind         skill.Kind
	category     string
	description  *string
	hot          *bool
	inDemand     *bool
	occupations  *int
}

func (r skillRow) keys() []string { return []string{r.reference} }
func (skillRow) rank() int64      { return 0 }

func readSkill(r *reading) skillRow {
	name := r.needed("name", 200)
	kind := skill.Kind(strings.ToUpper(r.cell("kind")))
	if skill.KindValidator(kind) != nil {
		r.refuse("kind", "Write skill, knowledge or technology.")
	}
	s := skillRow{
		name: name, folded: text.Fold(name), kind: kind,
		category: r.needed("category", 200), description: r.linesLater("description", 2000),
		hot: r.yesOrNo("hot"), inDemand: r.yesOrNo("in_demand"), occupations: r.count("occupations"),
	}
	s.reference = referenceOf(300, strings.ToLower(string(kind)), s.folded)
	return s
}

// yesOrNo is Y, N or unknown.
func (r *reading) yesOrNo(column string) *bool {
	value := strings.ToUpper(r.cell(column))
	if value == "" {
		return nil
	}
	if value != "Y" && value != "N" {
		r.refuse(column, "Write Y, N or nothing.")
	}
	yes := value == "Y"
	return &yes
}

// count is a number or unknown.
func (r *reading) count(column string) *int {
	value := r.cell(column)
	if value == "" {
		return nil
	}
	n, err := strconv.ParseUint(value, 10, 31)
	if err != nil {
		r.refuse(column, "Write a whole number or nothing.")
	}
	whole := int(n)
	return &whole
}

func saveSkills(ctx context.Context, tx *store.Tx, rows []skillRow) (n counts, err error) {
	references := make([]string, len(rows))
	for i, r := range rows {
		references[i] = r.reference
	}
	found, err := tx.Skill.Query().Where(skill.ReferenceIn(references...)).All(ctx)
	if err != nil {
		return n, err
	}
	known := map[string]*ent.Skill{}
	for _, s := range found {
		known[s.Reference] = s
	}
	var made []*ent.SkillCreate
	for _, r := range rows {
		s := known[r.reference]
		switch {
		case s == nil:
			create := tx.Skill.Create().SetID(sharedID(gid.Skill, r.reference)).SetReference(r.reference)
			r.set(create.Mutation())
			made = append(made, create)
			n.created++
		case r.is(s):
			n.unchanged++
		default:
			update := tx.Skill.Update().Where(skill.ID(s.ID))
			r.set(update.Mutation())
			if err := store.Moved(update.Save(ctx)); err != nil {
				return n, err
			}
			n.updated++
		}
	}
	return n, tx.Skill.CreateBulk(made...).Exec(ctx)
}

func (r skillRow) is(s *ent.Skill) bool {
	return r.name == s.Name && r.folded == s.NameFolded && r.kind == s.Kind && r.category == s.Category && alike(r.description, s.Description) &&
		alike(r.hot, s.IsHot) && alike(r.inDemand, s.IsInDemand) && alike(r.occupations, s.OccupationCount)
}

func (r skillRow) set(m *ent.SkillMutation) {
	m.SetName(r.name)
	m.SetNameFolded(r.folded)
	m.SetKind(r.kind)
	m.SetCategory(r.category)
	put(r.description, m.SetDescription, m.ClearDescription)
	put(r.hot, m.SetIsHot, m.ClearIsHot)
	put(r.inDemand, m.SetIsInDemand, m.ClearIsInDemand)
	put(r.occupations, m.SetOccupationCount, m.ClearOccupationCount)
}

// alike reports whether both are unknown or both the same.
func alike[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// put sets a column, or empties it when the value is unknown.
func put[T any](value *T, set func(T), empty func()) {
	if value == nil {
		empty()
		return
	}
	set(*value)
}
