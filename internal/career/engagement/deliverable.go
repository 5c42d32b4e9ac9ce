package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/file"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Submitted is what SubmitDeliverable moved and made.
type Submitted struct {
	DeliverableID gid.ID
	SubmissionID  gid.ID
}

// SubmitDeliverable hands in work. With the last open deliverable the whole
// engagement is submitted.
func SubmitDeliverable(ctx context.Context, db *store.DB, in SubmitDeliverableInput) (Submitted, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Submitted, error) {
		e, d, err := lockDeliverable(ctx, tx, in.DeliverableID)
		if err != nil {
			return Submitted{}, err
		}
		if err := canHandle(viewer.From(ctx), e, d, "submitDeliverable", in.ExpectedRevision); err != nil {
			return Submitted{}, err
		}
		p, err := tx.MicroProject.Get(ctx, e.MicroProjectID)
		if err != nil {
			return Submitted{}, err
		}
		w, err := readWork(in, p)
		if err != nil {
			return Submitted{}, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return Submitted{}, err
		}
		s, err := handIn(ctx, tx, e, d, w, "submitDeliverable", parties)
		if err != nil {
			return Submitted{}, err
		}
		err = file.Use(ctx, tx, in.UploadIDs, func(update *ent.UploadUpdate) { update.SetSubmissionID(s.ID) })
		if err != nil || !d.IsTeamwork {
			return Submitted{d.ID, s.ID}, err
		}
		return Submitted{d.ID, s.ID}, job.Enqueue(ctx, tx, SubmitForTeam, s.ID)
	})
}

// handIn files work for a locked deliverable, which the verb moves. With the last
// open one the engagement is submitted.
func handIn(
	ctx context.Context, tx *store.Tx, e *ent.Engagement, d *ent.Deliverable, w work, verb string, parties []gid.ID,
) (*ent.Submission, error) {
	create := tx.Submission.Create().SetWorldID(d.WorldID).SetOwnerOrgID(d.EmployerOrgID).SetEmployerOrgID(d.EmployerOrgID).
		SetDeliverableID(d.ID).SetTalentID(d.TalentID).SetNumber(d.SubmissionCount + 1).
		SetNillableNote(w.note).SetLinks(w.links).SetNillableAiDisclosure(w.disclosure).SetSubmittedAt(tx.Now)
	if w.original != nil {
		create.SetOriginalID(w.original.ID).SetTeammateID(w.original.TalentID)
	}
	s, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	err = stepDeliverable(ctx, tx, d, verb, parties, func(update *ent.DeliverableUpdate) {
		update.SetSubmissionCount(s.Number).SetSubmittedAt(tx.Now).SetRevisionReasons([]string{})
	})
	if err != nil {
		return nil, err
	}
	if err := awaitDecision(ctx, tx, d); err != nil {
		return nil, err
	}
	return s, submitWhole(ctx, tx, e, parties)
}

// submitWhole follows a submission: when nothing is left open, everything is
// handed in.
func submitWhole(ctx context.Context, tx *store.Tx, e *ent.Engagement, parties []gid.ID) error {
	open, err := tx.Deliverable.Query().Where(deliverable.EngagementID(e.ID),
		deliverable.StatusIn(deliverable.StatusPlanned, deliverable.StatusRevisionRequested)).Exist(ctx)
	if err != nil || open || e.Status != engagement.StatusActive {
		return err
	}
	err = step(ctx, tx, e, string(event.EngagementSubmitted), parties, func(update *ent.EngagementUpdate) {
		update.SetSubmittedAt(tx.Now).ClearHandInBy()
	})
	if err != nil {
		return err
	}
	return job.Unset(ctx, tx, MissEnd, e.ID)
}

// RequestDeliverableRevision sends work back with reasons. An engagement that
// was handed in whole is under way again.
func RequestDeliverableRevision(ctx context.Context, db *store.DB, in RequestDeliverableRevisionInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, d, err := lockDeliverable(ctx, tx, in.DeliverableID)
		if err != nil {
			return gid.None, err
		}
		if err := canHandle(viewer.From(ctx), e, d, "requestDeliverableRevision", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		reasons, err := readReasons(in.Reasons)
		if err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		err = stepDeliverable(ctx, tx, d, "requestDeliverableRevision", parties, func(update *ent.DeliverableUpdate) {
			update.SetRevisionReasons(reasons)
		})
		if err != nil {
			return gid.None, err
		}
		if err := endDecision(ctx, tx, d.ID); err != nil || e.Status != engagement.StatusSubmitted {
			return d.ID, err
		}
		by := handInBy(e, tx.Now)
		err = step(ctx, tx, e, string(event.EngagementReturned), parties, func(update *ent.EngagementUpdate) {
			update.ClearSubmittedAt().SetHandInBy(by)
		})
		if err != nil {
			return gid.None, err
		}
		return d.ID, job.At(ctx, tx, MissEnd, e.ID, by)
	})
}

// AcceptDeliverable accepts work as it was handed in.
func AcceptDeliverable(ctx context.Context, db *store.DB, in AcceptDeliverableInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, d, err := lockDeliverable(ctx, tx, in.DeliverableID)
		if err != nil {
			return gid.None, err
		}
		if err := canHandle(viewer.From(ctx), e, d, "acceptDeliverable", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, e.EmployerOrgID, e.TalentID)
		if err != nil {
			return gid.None, err
		}
		err = stepDeliverable(ctx, tx, d, "acceptDeliverable", parties, func(update *ent.DeliverableUpdate) {
			update.SetAcceptedAt(tx.Now)
		})
		if err != nil {
			return gid.None, err
		}
		if err := endDecision(ctx, tx, d.ID); err != nil {
			return gid.None, err
		}
		if err := payEarned(ctx, tx, e); err != nil {
			return gid.None, err
		}
		return d.ID, awaitCompletion(ctx, tx, e)
	})
}

// lockDeliverable reads a deliverable that the viewer may see, and its
// engagement.
// Locked, the engagement first: an early end must not slip in, and of two last
// submissions at once the later one must see the other.
func lockDeliverable(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Engagement, *ent.Deliverable, error) {
	missing := fault.NotFound("deliverableId", "There is no such deliverable.")
	seen, err := tx.Deliverable.Get(ctx, id)
	if err != nil {
		return nil, nil, store.Found(err, missing)
	}
	e, err := tx.Engagement.Query().Where(engagement.ID(seen.EngagementID), store.Locked).Only(ctx)
	if err != nil {
		return nil, nil, err
	}
	d, err := tx.Deliverable.Query().Where(deliverable.ID(id), store.Locked).Only(ctx)
	return e, d, store.Found(err, missing)
}

// deliverableKinds names the event of each verb that moves a deliverable; Rung's
// own rows are named by theirs.
var deliverableKinds = map[string]event.Kind{
	"submitDeliverable":          event.DeliverableSubmitted,
	"requestDeliverableRevision": event.DeliverableRevisionRequested,
	"acceptDeliverable":          event.DeliverableAccepted,
	"extendDeliverableDueDate":   event.DeliverableExtended,
}

// stepDeliverable moves a locked deliverable where the verb leads and records
// it. Its caller has judged the verb.
func stepDeliverable(
	ctx context.Context, tx *store.Tx, d *ent.Deliverable, verb string, parties []gid.ID, also func(*ent.DeliverableUpdate),
) error {
	update := tx.Deliverable.Update().Where(deliverable.ID(d.ID), deliverable.Revision(d.Revision))
	if to := DeliverableStates.Verb(verb).To; to != "" {
		update.SetStatus(to)
	}
	if also != nil {
		also(update)
	}
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	kind, own := deliverableKinds[verb]
	if !own {
		kind = event.Kind(verb)
	}
	return recordDeliverable(ctx, tx, d, kind, parties)
}

func recordDeliverable(ctx context.Context, tx *store.Tx, d *ent.Deliverable, kind event.Kind, parties []gid.ID) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: d.ID,
		IDs:     map[string]gid.ID{"engagement": d.EngagementID, "talent": d.TalentID, "employer": d.EmployerOrgID},
		Parties: parties,
	})
}
