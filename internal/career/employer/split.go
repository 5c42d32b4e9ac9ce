package employer

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// AgreeFeeSplit changes what the platform keeps of an employer's fees from the
// next offer on.
func AgreeFeeSplit(ctx context.Context, db *store.DB, in AgreeFeeSplitInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: an offer must not take a share that is being changed.
		e, err := tx.Employer.Query().Where(employer.ID(in.EmployerID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("employerId", "There is no such employer."))
		}
		if err := canAgree(viewer.From(ctx), e, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		update := tx.Employer.Update().Where(employer.ID(e.ID), employer.Revision(e.Revision))
		if in.PlatformBasisPoints == nil {
			update.ClearPlatformBasisPoints()
		} else {
			var r text.Reader
			person.CheckShare(&r, *in.PlatformBasisPoints)
			if err := r.Err(); err != nil {
				return gid.None, err
			}
			update.SetPlatformBasisPoints(int64(*in.PlatformBasisPoints))
		}
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return e.ID, event.Record(ctx, tx, event.Event{
			Kind: event.FeeSplitAgreed, Subject: e.ID, IDs: map[string]gid.ID{"operator": viewer.From(ctx).Person},
			Parties: []gid.ID{e.ID, tx.World()},
		})
	})
}

// canAgree: operators, on an employer they have read as it is.
func canAgree(v viewer.Viewer, e *ent.Employer, revision int) error {
	if v.Kind != viewer.Operator || !v.Can(viewer.EmployersVerify) {
		return fault.NotPermitted("Only an operator of the platform agrees on its share.")
	}
	return transition.Unchanged(revision, e.Revision)
}

// PlatformBasisPoints is what the platform keeps of an employer's next fee, in
// hundredths of a per cent: what was agreed, or the platform's own share.
func PlatformBasisPoints(ctx context.Context, tx *store.Tx, e *ent.Employer) (int64, error) {
	w, err := tx.Client.World.Get(ctx, tx.World())
	if err != nil {
		return 0, err
	}
	return shareOf(e, w), nil
}

func shareOf(e *ent.Employer, w *ent.World) int64 {
	if e.PlatformBasisPoints != nil {
		return *e.PlatformBasisPoints
	}
	return w.PlatformBasisPoints
}

// SharesOf are what the platform keeps of employers' fees, each where the viewer
// may know it.
func SharesOf(ctx context.Context, db *store.DB, employers []*ent.Employer) ([]*int, error) {
	v := viewer.From(ctx)
	shares := make([]*int, len(employers))
	w, err := db.Read.World.Get(ctx, v.World)
	if err != nil {
		return nil, err
	}
	for i, e := range employers {
		if e != nil && access.May("Employer.platformBasisPoints", v.Kind == viewer.Operator || v.Employer() == e.ID) {
			share := int(shareOf(e, w))
			shares[i] = &share
		}
	}
	return shares, nil
}
