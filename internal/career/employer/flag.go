package employer

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/flag"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// enoughFlags is from how many institutions flags must be upheld for an employer
// to be suspended.
const enoughFlags = 2

// FlagEmployer warns the platform of an employer.
func FlagEmployer(ctx context.Context, db *store.DB, in FlagEmployerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: an institution must not flag twice at once.
		e, err := tx.Employer.Query().Where(employer.ID(in.EmployerID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("employerId", "There is no such employer."))
		}
		v := viewer.From(ctx)
		waiting, err := flaggedBy(ctx, tx.Client, v.Institution(), e.ID)
		if err != nil {
			return gid.None, err
		}
		if err := canFlag(v, e, waiting[e.ID]); err != nil {
			return gid.None, err
		}
		reason, err := readReason("reason", in.Reason)
		if err != nil {
			return gid.None, err
		}
		f, err := tx.Flag.Create().SetWorldID(tx.World()).SetInstitutionID(v.Institution()).SetEmployerOrgID(e.ID).
			SetRaisedByID(v.Person).SetReason(reason).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return f.ID, recordFlag(ctx, tx, event.FlagRaised, f)
	})
}

// flaggedBy names which employers an institution has flagged without an answer.
func flaggedBy(ctx context.Context, client *ent.Client, institution gid.ID, employers ...gid.ID) (map[gid.ID]bool, error) {
	rows, err := client.Flag.Query().Where(flag.InstitutionID(institution), flag.EmployerOrgIDIn(employers...),
		flag.StatusIn(flag.StatusOpen, flag.StatusUnderReview)).All(ctx)
	waiting := make(map[gid.ID]bool, len(rows))
	for _, f := range rows {
		waiting[f.EmployerOrgID] = true
	}
	return waiting, err
}

// ReviewFlag says that an operator looks into a flag.
func ReviewFlag(ctx context.Context, db *store.DB, in ReviewFlagInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		f, err := flagged(ctx, tx, in.FlagID, in.ExpectedRevision, "reviewFlag")
		if err != nil {
			return gid.None, err
		}
		return f.ID, moveFlag(ctx, tx, f, tx.Flag.Update(), "reviewFlag", event.FlagReviewed)
	})
}

// UpholdFlag finds that a flag is right. When flags of two institutions are, the
// employer is suspended in the same change.
func UpholdFlag(ctx context.Context, db *store.DB, in UpholdFlagInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		f, err := conclude(ctx, tx, in.FlagID, in.ExpectedRevision, in.Finding, "upholdFlag", event.FlagUpheld)
		if err != nil {
			return gid.None, err
		}
		return f.ID, weigh(ctx, tx, f.EmployerOrgID)
	})
}

// DismissFlag finds that a flag is not right.
func DismissFlag(ctx context.Context, db *store.DB, in DismissFlagInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		f, err := conclude(ctx, tx, in.FlagID, in.ExpectedRevision, in.Finding, "dismissFlag", event.FlagDismissed)
		if err != nil {
			return gid.None, err
		}
		return f.ID, nil
	})
}

func conclude(ctx context.Context, tx *store.Tx, id gid.ID, revision int, finding, verb string, kind event.Kind) (*ent.Flag, error) {
	f, err := flagged(ctx, tx, id, revision, verb)
	if err != nil {
		return nil, err
	}
	if finding, err = readReason("finding", finding); err != nil {
		return nil, err
	}
	update := tx.Flag.Update().SetFinding(finding).SetDecidedAt(tx.Now).SetDecidedByID(viewer.From(ctx).Person)
	return f, moveFlag(ctx, tx, f, update, verb, kind)
}

// flagged is a flag that the viewer may use the verb on.
func flagged(ctx context.Context, tx *store.Tx, id gid.ID, revision int, verb string) (*ent.Flag, error) {
	unknown := fault.NotFound("flagId", "There is no such flag.")
	f, err := tx.Flag.Get(ctx, id)
	if err != nil {
		return nil, store.Found(err, unknown)
	}
	// Locked, the employer before its flag: two operators must not uphold two of
	// its flags without each seeing the other's.
	if _, err := tx.Employer.Query().Where(employer.ID(f.EmployerOrgID), store.Locked).Only(ctx); err != nil {
		return nil, store.Found(err, unknown)
	}
	// Locked: see above.
	if f, err = tx.Flag.Query().Where(flag.ID(id), store.Locked).Only(ctx); err != nil {
		return nil, err
	}
	return f, canDecideFlag(viewer.From(ctx), f, verb, revision)
}

func moveFlag(ctx context.Context, tx *store.Tx, f *ent.Flag, update *ent.FlagUpdate, verb string, kind event.Kind) error {
	update.Where(flag.ID(f.ID), flag.Revision(f.Revision)).SetStatus(FlagStates.Verb(verb).To)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return recordFlag(ctx, tx, kind, f)
}

// recordFlag tells the institution and the platform; the employer does not hear
// who flagged it.
func recordFlag(ctx context.Context, tx *store.Tx, kind event.Kind, f *ent.Flag) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: f.ID,
		IDs:     map[string]gid.ID{"employer": f.EmployerOrgID, "institution": f.InstitutionID},
		Parties: []gid.ID{f.InstitutionID, tx.World()},
	})
}

// weigh suspends a verified employer once enough institutions were right about it
// since it was last reinstated.
func weigh(ctx context.Context, tx *store.Tx, id gid.ID) error {
	e, err := tx.Employer.Get(ctx, id)
	if err != nil || e.Status != employer.StatusVerified {
		return err
	}
	upheld := tx.Flag.Query().Where(flag.EmployerOrgID(id), flag.StatusEQ(flag.StatusUpheld))
	if e.ReinstatedAt != nil {
		upheld.Where(flag.DecidedAtGT(*e.ReinstatedAt))
	}
	var by []struct {
		ID gid.ID `json:"institution_id"`
	}
	if err := upheld.GroupBy(flag.FieldInstitutionID).Scan(ctx, &by); err != nil || len(by) < enoughFlags {
		return err
	}
	return suspend(ctx, tx, e, fmt.Sprintf("The platform upheld the warnings of %d institutions.", len(by)))
}

// AbilitiesOfFlag says what the viewer may do with a flag now.
func AbilitiesOfFlag(v viewer.Viewer, f *ent.Flag) *FlagAbilities {
	return &FlagAbilities{
		Review:  fault.AbilityOf(canDecideFlag(v, f, "reviewFlag", f.Revision)),
		Uphold:  fault.AbilityOf(canDecideFlag(v, f, "upholdFlag", f.Revision)),
		Dismiss: fault.AbilityOf(canDecideFlag(v, f, "dismissFlag", f.Revision)),
	}
}

var flagKeys = map[FlagOrderField]page.Key[*ent.Flag]{
	FlagsByCreatedAt: {Column: flag.FieldCreatedAt, Value: func(f *ent.Flag) any { return f.CreatedAt }},
	FlagsByUpdatedAt: {Column: flag.FieldUpdatedAt, Value: func(f *ent.Flag) any { return f.UpdatedAt }},
}

// Flags is a page of the flags that the viewer may see.
func Flags(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *FlagFilter, order *FlagOrder,
) (*FlagConnection, error) {
	q := db.Read.Flag.Query()
	if filter != nil {
		if err := page.Few(filter.Employer); err != nil {
			return nil, err
		}
		if filter.Status != nil {
			q.Where(flag.StatusIn(filter.Status...))
		}
		q.Where(page.Among(flag.FieldEmployerOrgID, filter.Employer), page.During(flag.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &FlagOrder{Field: FlagsByCreatedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Flag]{
		Key: flagKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(f *ent.Flag) gid.ID { return f.ID },
	}, args)
}
