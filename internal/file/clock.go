package file

import (
	"context"
	"maps"

	"gocloud.dev/gcerrors"

	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

const (
	// ExpireUpload falls due when an upload was not completed or used.
	ExpireUpload job.Kind = "expireUpload"
	// RemoveFile follows when the bytes of an upload are nobody's any more.
	RemoveFile job.Kind = "removeFile"
)

// Expire ends an upload that was not completed, or not used, in time.
func Expire(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		u, err := lock(ctx, tx, w.Subject)
		if err != nil || tx.Now.Before(u.ExpiresAt) || isUsed(u) {
			return gid.None, err
		}
		switch u.Status {
		case upload.StatusAwaiting, upload.StatusUploaded, upload.StatusReady:
			return gid.None, end(ctx, tx, u, event.UploadExpired, string(event.UploadExpired), nil)
		default:
			return gid.None, nil
		}
	})
	return err
}

// remove takes away the bytes of an upload that has ended. It may be done more
// than once.
func (s *Shelf) remove(ctx context.Context, db *store.DB, w job.Work) error {
	u, err := db.Read.Upload.Get(ctx, w.Subject)
	if err != nil || u.BlobKey == nil {
		return err
	}
	err = s.bucket.Delete(ctx, *u.BlobKey)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil
	}
	return err
}

// Reactions are those given, and the one that needs the shelf.
func (s *Shelf) Reactions(given map[job.Kind]job.Handler) map[job.Kind]job.Handler {
	all := maps.Clone(given)
	if all == nil {
		all = map[job.Kind]job.Handler{}
	}
	all[RemoveFile] = s.remove
	return all
}
