package engagement

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// handIn ties uploads to a new submission, each of which is used up by it.
// Locked in the order of their ids: two submissions may want the same ones.
func handIn(ctx context.Context, tx *store.Tx, s *ent.Submission, ids []gid.ID) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := tx.Upload.Query().Where(upload.IDIn(ids...), store.Locked).Order(ent.Asc(upload.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	if err := canHandIn(viewer.From(ctx), ids, rows); err != nil {
		return err
	}
	for n, id := range ids {
		err := store.Moved(tx.Upload.Update().Where(upload.ID(id), upload.StatusEQ(upload.StatusReady), upload.SubmissionIDIsNil()).
			SetSubmissionID(s.ID).SetPosition(n + 1).Save(ctx))
		if err != nil {
			return err
		}
	}
	return nil
}

// canHandIn: one's own uploads, found good, each once.
func canHandIn(v viewer.Viewer, ids []gid.ID, rows []*ent.Upload) error {
	var refused []error
	for n, id := range ids {
		path := fmt.Sprintf("uploadIds.%d", n)
		at := slices.IndexFunc(rows, func(u *ent.Upload) bool { return u.ID == id && u.TalentID == v.Talent })
		switch {
		case at < 0:
			refused = append(refused, fault.NotFound(path, "There is no such upload."))
		case slices.Index(ids, id) < n, !rows[at].SubmissionID.IsNone():
			refused = append(refused, fault.AlreadyExists(path, "This file was handed in already. Upload it once more."))
		case rows[at].Status != upload.StatusReady:
			refused = append(refused, fault.InvalidValue(path, "This file is not ready. Complete its upload first."))
		}
	}
	return errors.Join(refused...)
}
