// Package file keeps the files that people upload. A file is announced, sent
// over a signed link, and looked at; nobody reads it before it was found to be
// what was announced, and only who may see what it was sent with after.
package file

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/person"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// sendTime is how long an upload waits to be sent and completed.
	sendTime = time.Hour
	// useTime is how long a file that is ready waits to be sent with something.
	useTime = 7 * 24 * time.Hour
)

// CreateUpload announces a file.
func CreateUpload(ctx context.Context, db *store.DB, in CreateUploadInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		in, err := readUpload(in)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := hasRoom(ctx, tx, v); err != nil {
			return gid.None, err
		}
		create := tx.Upload.Create().SetWorldID(tx.World()).SetPersonID(v.Person).
			SetName(in.Name).SetContentType(in.ContentType).SetSizeBytes(in.SizeBytes).SetSha256(in.Sha256).
			SetExpiresAt(tx.Now.Add(sendTime))
		if v.Talent.IsNone() {
			create.SetEmployerOrgID(v.Employer())
		} else {
			create.SetTalentID(v.Talent)
		}
		u, err := create.Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := job.At(ctx, tx, ExpireUpload, u.ID, u.ExpiresAt); err != nil {
			return gid.None, err
		}
		return u.ID, record(ctx, tx, u, event.UploadCreated)
	})
}

// hasRoom: a person has few uploads that wait. The person is locked: of two
// announcements at once the later one must count the other.
func hasRoom(ctx context.Context, tx *store.Tx, v viewer.Viewer) error {
	if _, err := tx.Person.Query().Where(person.ID(v.Person), store.Locked).Only(ctx); err != nil {
		return err
	}
	waiting, err := tx.Upload.Query().Where(upload.PersonID(v.Person), upload.PositionIsNil(),
		upload.StatusIn(upload.StatusAwaiting, upload.StatusUploaded, upload.StatusReady)).Count(ctx)
	if err == nil && waiting >= mostWaiting {
		err = fault.LimitReached("", "You have 50 uploads that were not sent with anything. Use some or give them up first.")
	}
	return err
}

// CompleteUpload compares what came with what was announced.
func CompleteUpload(ctx context.Context, db *store.DB, in CompleteUploadInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		u, err := lock(ctx, tx, in.UploadID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), u, "completeUpload"); err != nil {
			return gid.None, err
		}
		if why := refusal(u); why != "" {
			return u.ID, refuse(ctx, tx, u, why)
		}
		by := tx.Now.Add(useTime)
		if err := step(ctx, tx, u, event.UploadCompleted, "completeUpload", func(update *ent.UploadUpdate) { update.SetExpiresAt(by) }); err != nil {
			return gid.None, err
		}
		return u.ID, job.At(ctx, tx, ExpireUpload, u.ID, by)
	})
}

// AbandonUpload gives an upload up.
func AbandonUpload(ctx context.Context, db *store.DB, in AbandonUploadInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		u, err := lock(ctx, tx, in.UploadID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), u, "abandonUpload"); err != nil {
			return gid.None, err
		}
		return u.ID, end(ctx, tx, u, event.UploadAbandoned, "abandonUpload", nil)
	})
}

// lock reads an upload that the viewer may see.
// Locked: it may be sent, completed and given up at once.
func lock(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Upload, error) {
	u, err := tx.Upload.Query().Where(upload.ID(id), store.Locked).Only(ctx)
	return u, store.Found(err, fault.NotFound("uploadId", "There is no such upload."))
}

// end moves an upload where nothing is kept of it.
func end(ctx context.Context, tx *store.Tx, u *ent.Upload, kind event.Kind, verb string, also func(*ent.UploadUpdate)) error {
	if err := step(ctx, tx, u, kind, verb, also); err != nil {
		return err
	}
	if err := job.Unset(ctx, tx, ExpireUpload, u.ID); err != nil || u.BlobKey == nil {
		return err
	}
	return job.Enqueue(ctx, tx, RemoveFile, u.ID)
}

// step moves a locked upload where the verb leads, and records it.
func step(ctx context.Context, tx *store.Tx, u *ent.Upload, kind event.Kind, verb string, also func(*ent.UploadUpdate)) error {
	update := tx.Upload.Update().Where(upload.ID(u.ID), upload.Revision(u.Revision)).SetStatus(States.Verb(verb).To)
	if also != nil {
		also(update)
	}
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return record(ctx, tx, u, kind)
}

func record(ctx context.Context, tx *store.Tx, u *ent.Upload, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{Kind: kind, Subject: u.ID, IDs: map[string]gid.ID{"person": u.PersonID}, Parties: []gid.ID{owner(u)}})
}

// owner is the talent or the employer whose upload it is.
func owner(u *ent.Upload) gid.ID {
	if u.TalentID.IsNone() {
		return u.EmployerOrgID
	}
	return u.TalentID
}
