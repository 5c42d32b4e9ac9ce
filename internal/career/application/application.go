// Package application is about talents who apply to micro-projects: what they
// share by applying, and how an application ends.
package application

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ApplyToMicroProject submits an application and freezes what the talent shares
// with the employer by it.
func ApplyToMicroProject(ctx context.Context, db *store.DB, in ApplyToMicroProjectInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: the project must not be filled or cancelled between the rule and the insert.
		p, err := tx.MicroProject.Query().Where(microproject.ID(in.MicroProjectID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("microProjectId", "There is no such micro-project."))
		}
		wishes, err := wishesFor(ctx, tx.Client, []*ent.MicroProject{p})
		if err != nil {
			return gid.None, err
		}
		if err := canApply(viewer.From(ctx), wishes[0], tx.Now); err != nil {
			return gid.None, err
		}
		var r text.Reader
		note := r.Prose("note", in.Note, 10, 4000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		return submit(ctx, tx, p, wishes[0].profile, note)
	})
}

// submit writes the application with the packet as it is now.
func submit(ctx context.Context, tx *store.Tx, p *ent.MicroProject, t *ent.TalentProfile, note string) (gid.ID, error) {
	skills, err := skillNames(ctx, tx, t.ID)
	if err != nil {
		return gid.None, err
	}
	name := t.LegalName
	if t.PreferredName != nil {
		name = *t.PreferredName
	}
	a, err := tx.Application.Create().SetWorldID(tx.World()).SetOwnerOrgID(p.EmployerOrgID).SetEmployerOrgID(p.EmployerOrgID).
		SetMicroProjectID(p.ID).SetTalentID(t.ID).SetStatus(application.StatusSubmitted).SetNote(note).
		SetPacketName(name).SetNillablePacketEmail(t.Email).SetNillablePacketHeadline(t.Headline).
		SetPacketResumeURL(*t.ResumeURL).SetPacketLinkedinURL(*t.LinkedinURL).SetPacketSkills(skills).
		SetSubmittedAt(tx.Now).SetNillableExpiresAt(noticeBy(application.StatusSubmitted, tx.Now)).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	if err := job.At(ctx, tx, ExpireApplication, a.ID, *a.ExpiresAt); err != nil {
		return gid.None, err
	}
	parties, err := Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
	if err != nil {
		return gid.None, err
	}
	return a.ID, record(ctx, tx, a, event.ApplicationSubmitted, parties)
}

func skillNames(ctx context.Context, tx *store.Tx, talent gid.ID) ([]string, error) {
	declared, err := tx.DeclaredSkill.Query().Where(declaredskill.TalentID(talent)).WithSkill().All(ctx)
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(declared))
	for _, d := range declared {
		names = append(names, d.Edges.Skill.Name)
	}
	slices.Sort(names)
	return names, nil
}

// steps names the event of each verb that moves an application.
var steps = map[string]event.Kind{
	"withdrawApplication":  event.ApplicationWithdrawn,
	"reviewApplication":    event.ApplicationReviewed,
	"shortlistApplication": event.ApplicationShortlisted,
	"scheduleInterview":    event.ApplicationInterviewed,
	"declineApplication":   event.ApplicationDeclined,
	"extendOffer":          event.ApplicationOffered,
	"acceptOffer":          event.ApplicationAccepted,
	"declineOffer":         event.ApplicationOfferDeclined,
	Closed:                 event.ApplicationClosed,
	Returned:               event.ApplicationReturned,
	expired:                event.ApplicationExpired,
}

// Step moves an application where the verb of States leads and records it. Its
// caller has locked the row and judged the verb.
func Step(ctx context.Context, tx *store.Tx, a *ent.Application, verb string, reason *string, parties []gid.ID) error {
	return step(ctx, tx, a, tx.Application.Update().SetNillableReason(reason), verb, parties)
}

func step(
	ctx context.Context, tx *store.Tx, a *ent.Application, update *ent.ApplicationUpdate, verb string, parties []gid.ID,
) error {
	if err := move(ctx, tx, a, update, States.Verb(verb).To); err != nil {
		return err
	}
	if err := record(ctx, tx, a, steps[verb], parties); err != nil {
		return err
	}
	return leaveInterview(ctx, tx, a)
}

// move changes an application that is still as it was read, and sets the clock
// by which it would end, or takes it back.
func move(ctx context.Context, tx *store.Tx, a *ent.Application, update *ent.ApplicationUpdate, to status) error {
	update.Where(application.ID(a.ID), application.Revision(a.Revision)).SetStatus(to)
	if !slices.Contains(Live, to) || to == application.StatusAccepted {
		update.SetDecidedAt(tx.Now)
	}
	by := noticeBy(to, tx.Now)
	switch {
	case by != nil && to != a.Status:
		update.SetExpiresAt(*by)
		if err := job.At(ctx, tx, ExpireApplication, a.ID, *by); err != nil {
			return err
		}
	case by == nil && a.ExpiresAt != nil:
		update.ClearExpiresAt()
		if err := job.Unset(ctx, tx, ExpireApplication, a.ID); err != nil {
			return err
		}
	}
	return store.Moved(update.Save(ctx))
}

func record(ctx context.Context, tx *store.Tx, a *ent.Application, kind event.Kind, parties []gid.ID) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: a.ID,
		IDs:     map[string]gid.ID{"microProject": a.MicroProjectID, "talent": a.TalentID, "employer": a.EmployerOrgID},
		Parties: parties,
	})
}

// Parties are those who see what an employer and a talent do together: both,
// and the institutions that have confirmed the talent as theirs.
func Parties(ctx context.Context, tx *store.Tx, employer, talent gid.ID) ([]gid.ID, error) {
	ties, err := tx.System("a talent's institutions hear of the work, and the employer does not see which they are").
		Affiliation.Query().Where(affiliation.TalentID(talent), affiliation.StatusEQ(affiliation.StatusConfirmed)).All(ctx)
	if err != nil {
		return nil, err
	}
	parties := []gid.ID{employer, talent}
	for _, tie := range ties {
		parties = append(parties, tie.InstitutionID)
	}
	return parties, nil
}
