package intake

import (
	"context"
	"regexp"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/occupation"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

var occupations = shape[occupationRow]{
	kind: Occupations, noun: "occupation", verb: "importOccupations",
	columns: []string{"onet_soc_code", "title", "description"},
	read:    readOccupation, save: saveOccupations,
}

type occupationRow struct {
	code          string
	title, folded string
	description   string
}

func (r occupationRow) keys() []string { return []string{r.code} }
func (occupationRow) rank() int64      { return 0 }

var occupationCode = regexp.MustCompile(`^\d{2}-\d{4}\.\d{2}$`)

func readOccupation(r *reading) occupationRow {
	o := occupationRow{code: r.cell("onet_soc_code"), title: r.needed("title", 200), description: r.lines("description", 4000)}
	o.folded = text.Fold(o.title)
	if !occupationCode.MatchString(o.code) {
		r.refuse("onet_soc_code", "Write an O*NET-SOC code, as in 15-1252.00.")
	}
	return o
}

func saveOccupations(ctx context.Context, tx *store.Tx, rows []occupationRow) (n counts, err error) {
	codes := make([]string, len(rows))
	for i, r := range rows {
		codes[i] = r.code
	}
	found, err := tx.Occupation.Query().Where(occupation.CodeIn(codes...)).All(ctx)
	if err != nil {
		return n, err
	}
	known := map[string]*ent.Occupation{}
	for _, o := range found {
		known[o.Code] = o
	}
	var made []*ent.OccupationCreate
	for _, r := range rows {
		o := known[r.code]
		switch {
		case o == nil:
			made = append(made, tx.Occupation.Create().SetID(sharedID(gid.Occupation, r.code)).SetCode(r.code).
				SetTitle(r.title).SetTitleFolded(r.folded).SetDescription(r.description))
			n.created++
		case r.title == o.Title && r.folded == o.TitleFolded && r.description == o.Description:
			n.unchanged++
		default:
			update := tx.Occupation.Update().Where(occupation.ID(o.ID)).
				SetTitle(r.title).SetTitleFolded(r.folded).SetDescription(r.description)
			if err := store.Moved(update.Save(ctx)); err != nil {
				return n, err
			}
			n.updated++
		}
	}
	return n, tx.Occupation.CreateBulk(made...).Exec(ctx)
}
