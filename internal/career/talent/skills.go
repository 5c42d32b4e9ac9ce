package talent

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// DeclareSkills replaces the skills that a profile declares.
func DeclareSkills(ctx context.Context, db *store.DB, in DeclareSkillsInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := profile(ctx, tx, in.TalentProfileID)
		if err != nil {
			return gid.None, err
		}
		if err := canWrite(viewer.From(ctx), p); err != nil {
			return gid.None, err
		}
		ids := skillIDs(in.Skills)
		known, err := tx.Skill.Query().Where(skill.IDIn(ids...)).IDs(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := canDeclare(ids, known); err != nil {
			return gid.None, err
		}
		if err := replace(ctx, tx, p, in.Skills); err != nil {
			return gid.None, err
		}
		if err := store.Moved(touch(tx, p).Save(ctx)); err != nil {
			return gid.None, err
		}
		return p.ID, record(ctx, tx, event.SkillsDeclared, p.ID, nil)
	})
}

// skillIDs are the ids named, at most one more than a profile holds: what
// follows is refused anyway.
func skillIDs(named []*SkillDeclarationInput) []gid.ID {
	ids := make([]gid.ID, 0, mostSkills+1)
	for _, s := range named[:min(len(named), mostSkills+1)] {
		ids = append(ids, s.SkillID)
	}
	return ids
}

// canDeclare: so many skills of the shared list, each once.
func canDeclare(named, known []gid.ID) error {
	if len(named) > mostSkills {
		return fault.LimitReached("skills", "A profile declares at most 50 skills. Leave some out.")
	}
	var r text.Reader
	exists, seen := make(map[gid.ID]bool, len(known)), make(map[gid.ID]bool, len(named))
	for _, id := range known {
		exists[id] = true
	}
	for i, id := range named {
		path := fmt.Sprintf("skills.%d.skillId", i)
		switch {
		case seen[id]:
			r.Refuse(fault.InvalidValue(path, "Name each skill once."))
		case !exists[id]:
			r.Refuse(fault.NotFound(path, "There is no such skill in the shared list."))
		}
		seen[id] = true
	}
	return r.Err()
}

// replace drops what is not declared any more or at another level, and adds
// what is missing; what stays keeps the instant at which it was declared.
func replace(ctx context.Context, tx *store.Tx, p *ent.TalentProfile, named []*SkillDeclarationInput) error {
	before, err := tx.DeclaredSkill.Query().Where(declaredskill.TalentID(p.ID)).All(ctx)
	if err != nil {
		return err
	}
	dropped, added := difference(before, named)
	if len(dropped) > 0 {
		if _, err := tx.DeclaredSkill.Delete().Where(declaredskill.IDIn(dropped...)).Exec(ctx); err != nil {
			return err
		}
	}
	creates := make([]*ent.DeclaredSkillCreate, 0, len(added))
	for _, s := range added {
		creates = append(creates, tx.DeclaredSkill.Create().
			SetTalentID(p.ID).SetSkillID(s.SkillID).SetLevel(s.Level).SetDeclaredAt(tx.Now))
	}
	return tx.DeclaredSkill.CreateBulk(creates...).Exec(ctx)
}

func difference(before []*ent.DeclaredSkill, named []*SkillDeclarationInput) (dropped []gid.ID, added []*SkillDeclarationInput) {
	levels := make(map[gid.ID]declaredskill.Level, len(named))
	for _, s := range named {
		levels[s.SkillID] = s.Level
	}
	stays := map[gid.ID]bool{}
	for _, d := range before {
		if levels[d.SkillID] == d.Level {
			stays[d.SkillID] = true
			continue
		}
		dropped = append(dropped, d.ID)
	}
	for _, s := range named {
		if !stays[s.SkillID] {
			added = append(added, s)
		}
	}
	return dropped, added
}
