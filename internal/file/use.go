package file

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Use ties files to what they are sent with, which `to` names. Each is used up by it.
// Locked in the order of their ids: two requests may want the same ones.
func Use(ctx context.Context, tx *store.Tx, ids []gid.ID, to func(*ent.UploadUpdate)) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := tx.Upload.Query().Where(upload.IDIn(ids...), store.Locked).Order(ent.Asc(upload.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	if err := canUse(viewer.From(ctx), ids, rows); err != nil {
		return err
	}
	for n, id := range ids {
		update := tx.Upload.Update().Where(upload.ID(id), upload.StatusEQ(upload.StatusReady), upload.PositionIsNil()).SetPosition(n + 1)
		to(update)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// canUse: one's own files, found good, each once.
func canUse(v viewer.Viewer, ids []gid.ID, rows []*ent.Upload) error {
	var refused []error
	for n, id := range ids {
		path := fmt.Sprintf("uploadIds.%d", n)
		at := slices.IndexFunc(rows, func(u *ent.Upload) bool { return u.ID == id && isOwn(v, u) })
		switch {
		case at < 0:
			refused = append(refused, fault.NotFound(path, "There is no such upload."))
		case slices.Index(ids, id) < n, isUsed(rows[at]):
			refused = append(refused, fault.AlreadyExists(path, "This file was sent already. Upload it once more."))
		case rows[at].Status != upload.StatusReady:
			refused = append(refused, fault.InvalidValue(path, "This file is not ready. Complete its upload first."))
		}
	}
	return errors.Join(refused...)
}

// RefuseOfMessage takes back the files of a message that an operator removed.
func RefuseOfMessage(ctx context.Context, tx *store.Tx, messageID gid.ID) error {
	rows, err := tx.Upload.Query().Where(upload.MessageID(messageID), upload.StatusEQ(upload.StatusReady), store.Locked).
		Order(ent.Asc(upload.FieldID)).All(ctx)
	for _, u := range rows {
		if err == nil {
			err = refuse(ctx, tx, u, "An operator removed the message that it was sent with.")
		}
	}
	return err
}

// isUsed reports whether a file was sent with something.
func isUsed(u *ent.Upload) bool { return u.Position != nil }

// isOwn reports whether the viewer uploaded the file, as who they are now.
func isOwn(v viewer.Viewer, u *ent.Upload) bool {
	return u.PersonID == v.Person && u.TalentID == v.Talent && (!u.TalentID.IsNone() || u.EmployerOrgID == v.Employer())
}

// refuse ends an upload of which nothing may be kept, and says why.
func refuse(ctx context.Context, tx *store.Tx, u *ent.Upload, why string) error {
	return end(ctx, tx, u, event.UploadRefused, string(event.UploadRefused), func(update *ent.UploadUpdate) { update.SetRefusal(why) })
}
