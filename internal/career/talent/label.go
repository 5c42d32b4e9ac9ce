package talent

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/talentlabel"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// LabelTalent replaces the labels that the viewer's organisation keeps by a talent.
func LabelTalent(ctx context.Context, db *store.DB, in LabelTalentInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := profile(ctx, tx, in.TalentProfileID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := canLabel(v); err != nil {
			return gid.None, err
		}
		names, err := readLabels(in.Labels)
		if err != nil {
			return gid.None, err
		}
		if err := relabel(ctx, tx, v, p.ID, names); err != nil {
			return gid.None, err
		}
		return p.ID, event.Record(ctx, tx, event.Event{Kind: event.TalentLabelled, Subject: p.ID, Parties: []gid.ID{v.Org}})
	})
}

// canLabel: recruiters, and the staff who decide who belongs to their institution.
func canLabel(v viewer.Viewer) error {
	if !v.Can(viewer.TalentLabel) {
		return fault.NotPermitted("Only recruiters and the approvers of an institution put labels on talents.")
	}
	return nil
}

// readLabels reads some names, each once whatever its case and accents.
func readLabels(named []string) ([]string, error) {
	if len(named) > mostLabels {
		return nil, fault.LimitReached("labels", "A talent carries at most 20 labels of yours. Leave some out.")
	}
	var r text.Reader
	names, seen := make([]string, len(named)), map[string]bool{}
	for i, name := range named {
		path := fmt.Sprintf("labels.%d", i)
		names[i] = r.Line(path, name, 1, 60)
		if folded := text.Fold(names[i]); folded != "" && seen[folded] {
			r.Refuse(fault.InvalidValue(path, "Name each label once."))
		} else {
			seen[folded] = true
		}
	}
	return names, r.Err()
}

// relabel drops what is not named any more and adds what is missing. What stays
// keeps the way it was written and the instant at which it was put there.
func relabel(ctx context.Context, tx *store.Tx, v viewer.Viewer, talent gid.ID, names []string) error {
	before, err := tx.TalentLabel.Query().Where(talentlabel.TalentID(talent), talentlabel.OwnerOrgID(v.Org)).All(ctx)
	if err != nil {
		return err
	}
	missing := make(map[string]string, len(names))
	for _, name := range names {
		missing[text.Fold(name)] = name
	}
	var dropped []gid.ID
	for _, label := range before {
		if _, stays := missing[label.NameFolded]; stays {
			delete(missing, label.NameFolded)
			continue
		}
		dropped = append(dropped, label.ID)
	}
	if len(dropped) > 0 {
		if _, err := tx.TalentLabel.Delete().Where(talentlabel.IDIn(dropped...)).Exec(ctx); err != nil {
			return err
		}
	}
	var added []*ent.TalentLabelCreate
	for _, name := range names {
		folded := text.Fold(name)
		if missing[folded] == "" {
			continue
		}
		added = append(added, tx.TalentLabel.Create().SetOwnerOrgID(v.Org).SetTalentID(talent).
			SetName(name).SetNameFolded(folded).SetPutByID(v.Person).SetPutAt(tx.Now))
	}
	return tx.TalentLabel.CreateBulk(added...).Exec(ctx)
}

// Labelled keeps the rows whose column names a talent that carries the label, of
// those that the viewer may see.
func Labelled(v viewer.Viewer, column, label string) (func(*sql.Selector), error) {
	return tied(v, column, ent.TypeTalentLabel, talentlabel.Table, sql.FieldEQ(talentlabel.FieldNameFolded, text.Fold(label)))
}
