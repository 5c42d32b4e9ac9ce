package engagement

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// batch is how many applications one change closes, so that none holds many
// rows for long.
const batch = 25

// CloseApplications ends what is open on a project that was filled or
// cancelled: applications, the offers on them, and on a cancelled project the
// engagements that have not started. Where the project has opened again
// meanwhile there is nothing to do.
func CloseApplications(ctx context.Context, db *store.DB, w job.Work) error {
	after := gid.None
	for {
		ids, err := openOn(ctx, db, w.Subject, after)
		if err != nil || len(ids) == 0 {
			return err
		}
		_, err = store.Write(ctx, db, func(tx *store.Tx) (int, error) { return closeSome(ctx, tx, w.Subject, ids) })
		if err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}

// openOn names the next applications that a project's end concerns.
func openOn(ctx context.Context, db *store.DB, projectID, after gid.ID) ([]gid.ID, error) {
	p, err := db.Read.MicroProject.Get(ctx, projectID)
	if err != nil {
		return nil, err
	}
	q := db.Read.Application.Query().Where(entapplication.MicroProjectID(p.ID), entapplication.StatusIn(concerned(p)...))
	if !after.IsNone() {
		q.Where(entapplication.IDGT(after))
	}
	return q.Order(ent.Asc(entapplication.FieldID)).Limit(batch).IDs(ctx)
}

// opening is an application with what hangs on it.
type opening struct {
	application *ent.Application
	offer       *ent.Offer      // the live one, or nil
	engagement  *ent.Engagement // or nil
}

// closeSome closes these applications, as far as they are still open, and
// reports how many it closed.
func closeSome(ctx context.Context, tx *store.Tx, projectID gid.ID, ids []gid.ID) (int, error) {
	openings, err := lockOpenings(ctx, tx, ids)
	if err != nil {
		return 0, err
	}
	// Locked, after all else: a seat that falls free must not open the project meanwhile.
	p, err := tx.MicroProject.Query().Where(microproject.ID(projectID), store.Locked).Only(ctx)
	if err != nil {
		return 0, err
	}
	closed := 0
	for _, o := range openings {
		if !closes(p, o) {
			continue
		}
		if err := closeOne(ctx, tx, o, reasonOf(p)); err != nil {
			return 0, err
		}
		closed++
	}
	return closed, nil
}

// lockOpenings reads the applications, their live offers and the engagements
// these made, in the order in which rows are locked.
func lockOpenings(ctx context.Context, tx *store.Tx, ids []gid.ID) ([]opening, error) {
	applications, err := tx.Application.Query().Where(entapplication.IDIn(ids...), store.Locked).
		Order(ent.Asc(entapplication.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	offers, err := tx.Offer.Query().Where(offer.ApplicationIDIn(ids...), store.Locked,
		offer.StatusIn(offer.StatusSent, offer.StatusAccepted, offer.StatusSigned)).Order(ent.Asc(offer.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	offerOf := make(map[gid.ID]*ent.Offer, len(offers))
	offerIDs := make([]gid.ID, 0, len(offers))
	for _, o := range offers {
		offerOf[o.ApplicationID] = o
		offerIDs = append(offerIDs, o.ID)
	}
	engagements, err := tx.Engagement.Query().Where(engagement.OfferIDIn(offerIDs...), store.Locked).
		Order(ent.Asc(engagement.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	workOf := make(map[gid.ID]*ent.Engagement, len(engagements))
	for _, e := range engagements {
		workOf[e.OfferID] = e
	}
	openings := make([]opening, len(applications))
	for i, a := range applications {
		openings[i] = opening{application: a, offer: offerOf[a.ID]}
		if o := offerOf[a.ID]; o != nil {
			openings[i].engagement = workOf[o.ID]
		}
	}
	return openings, nil
}

// closeOne closes an application and undoes what hangs on it.
func closeOne(ctx context.Context, tx *store.Tx, o opening, reason string) error {
	a := o.application
	parties, err := application.Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
	if err != nil {
		return err
	}
	if err := application.Step(ctx, tx, a, application.Closed, &reason, parties); err != nil {
		return err
	}
	if a.Status != entapplication.StatusAccepted {
		return withdrawOn(ctx, tx, a, reason, parties)
	}
	if err := terminate(ctx, tx, o.engagement, engagement.TerminatedByEmployer, reason, parties); err != nil {
		return err
	}
	if err := voidOffer(ctx, tx, o.offer, reason, parties); err != nil {
		return err
	}
	_, err = payment.Refund(ctx, tx, o.offer.ID)
	return err
}
