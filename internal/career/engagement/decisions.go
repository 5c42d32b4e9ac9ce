package engagement

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// DeclineApplication ends an application for a reason that the talent reads, and
// with it the open offer that was made on it.
func DeclineApplication(ctx context.Context, db *store.DB, in application.DeclineApplicationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := application.Lock(ctx, tx, in.ApplicationID)
		if err != nil {
			return gid.None, err
		}
		if err := application.CanDecline(viewer.From(ctx), a, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		why := application.ReadRefusal(&r, "", in.Reason, in.Note)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		parties, err := application.Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
		if err != nil {
			return gid.None, err
		}
		if err := application.Decline(ctx, tx, a, why, parties); err != nil {
			return gid.None, err
		}
		return a.ID, withdrawOn(ctx, tx, a, declinedWith, parties)
	})
}

// declinedWith is what the talent reads of an offer on a declined application.
const declinedWith = "The employer declined the application."

// mostDecisions is how many applications are decided on together.
const mostDecisions = 50

// decision is one row that was judged.
type decision struct {
	application *ent.Application
	what        application.ApplicationDecision
	why         application.Refusal
}

// DecideApplications decides on several applications: on all of them, or, where
// one decision is refused, on none.
func DecideApplications(ctx context.Context, db *store.DB, in application.DecideApplicationsInput) ([]gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) ([]gid.ID, error) {
		if n := len(in.Decisions); n < 1 || n > mostDecisions {
			return nil, fault.InvalidValue("decisions", "Decide on 1 to 50 applications.")
		}
		found, err := lockApplications(ctx, tx, in.Decisions)
		if err != nil {
			return nil, err
		}
		var r text.Reader
		judged := judge(viewer.From(ctx), &r, found, in.Decisions)
		if err := r.Err(); err != nil {
			return nil, err
		}
		return decide(ctx, tx, judged)
	})
}

// lockApplications reads those of the applications that the viewer may see.
// Locked in the order of their ids, so that nobody waits in a circle.
func lockApplications(ctx context.Context, tx *store.Tx, in []*application.ApplicationDecisionInput) (map[gid.ID]*ent.Application, error) {
	ids := make([]gid.ID, len(in))
	for i, d := range in {
		ids[i] = d.ApplicationID
	}
	rows, err := tx.Application.Query().Where(entapplication.IDIn(ids...), store.Locked).Order(ent.Asc(entapplication.FieldID)).All(ctx)
	found := make(map[gid.ID]*ent.Application, len(rows))
	for _, a := range rows {
		found[a.ID] = a
	}
	return found, err
}

// judge asks the rule about each row and hears of all defects at once.
func judge(
	v viewer.Viewer, r *text.Reader, found map[gid.ID]*ent.Application, in []*application.ApplicationDecisionInput,
) []decision {
	judged := make([]decision, len(in))
	seen := map[gid.ID]bool{}
	for i, d := range in {
		row := fmt.Sprintf("decisions.%d", i)
		a := found[d.ApplicationID]
		switch {
		case a == nil:
			r.Refuse(fault.NotFound(row+".applicationId", "There is no such application."))
			continue
		case seen[a.ID]:
			r.Refuse(fault.InvalidValue(row+".applicationId", "Decide on each application once."))
			continue
		}
		seen[a.ID] = true
		r.Refuse(fault.Under(row, "applicationId", application.CanDecide(v, a, d.Decision, d.ExpectedRevision)))
		judged[i] = decision{application: a, what: d.Decision, why: readWhy(r, row+".", d)}
	}
	return judged
}

// readWhy reads the reason of a decline, which the other decisions have not.
func readWhy(r *text.Reader, path string, d *application.ApplicationDecisionInput) application.Refusal {
	switch isDecline := d.Decision == application.DecideDecline; {
	case isDecline && d.Reason == nil:
		r.Refuse(fault.InvalidValue(path+"reason", "Say why, for the talent to read."))
	case isDecline:
		return application.ReadRefusal(r, path, *d.Reason, d.Note)
	case d.Reason != nil:
		r.Refuse(fault.InvalidValue(path+"reason", "Leave it out: only a decline has a reason."))
	case d.Note != nil:
		r.Refuse(fault.InvalidValue(path+"note", "Leave it out: only a decline has a note."))
	}
	return application.Refusal{}
}

// decide takes all the steps that were judged.
func decide(ctx context.Context, tx *store.Tx, judged []decision) ([]gid.ID, error) {
	employer := judged[0].application.EmployerOrgID
	if err := event.Record(ctx, tx, event.Event{Kind: event.ApplicationsDecided, Subject: employer, Parties: []gid.ID{employer}}); err != nil {
		return nil, err
	}
	ids := make([]gid.ID, len(judged))
	for i, d := range judged {
		a := d.application
		parties, err := application.Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
		if err != nil {
			return nil, err
		}
		if err := application.Decide(ctx, tx, a, d.what, d.why, parties); err != nil {
			return nil, err
		}
		if d.what == application.DecideDecline {
			if err := withdrawOn(ctx, tx, a, declinedWith, parties); err != nil {
				return nil, err
			}
		}
		ids[i] = a.ID
	}
	return ids, nil
}
