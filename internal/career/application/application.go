// Package application is about talents who apply to micro-projects: what they
// share by applying, and how an application ends.
package application

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/applicationstudy"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/career/talent"
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
		questions, err := questionsOf(ctx, tx, p.ID)
		if err != nil {
			return gid.None, err
		}
		var r text.Reader
		w := writing{note: r.Prose("note", in.Note, 10, 4000), answers: readAnswers(&r, questions, in.Answers)}
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		return submit(ctx, tx, p, wishes[0].profile, w)
	})
}

// writing is what a talent wrote to apply.
type writing struct {
	note    string
	answers []schema.Answer
}

// submit writes the application with the packet as it is now.
func submit(ctx context.Context, tx *store.Tx, p *ent.MicroProject, t *ent.TalentProfile, w writing) (gid.ID, error) {
	b, wanted, err := bring(ctx, tx, p, t)
	if err != nil {
		return gid.None, err
	}
	i, err := lockInvitation(ctx, tx, p.ID, t.ID)
	if err != nil {
		return gid.None, err
	}
	create := tx.Application.Create()
	if i != nil {
		create.SetOrigin(application.OriginInvitation).SetInvitationID(i.ID)
	}
	a, err := create.SetWorldID(tx.World()).SetOwnerOrgID(p.EmployerOrgID).SetEmployerOrgID(p.EmployerOrgID).
		SetMicroProjectID(p.ID).SetTalentID(t.ID).SetStatus(application.StatusSubmitted).SetNote(w.note).SetPacketAnswers(w.answers).
		SetPacketName(talent.DisplayName(t)).SetNillablePacketEmail(t.Email).SetNillablePacketHeadline(t.Headline).
		SetPacketResumeURL(*t.ResumeURL).SetPacketLinkedinURL(*t.LinkedinURL).SetPacketSkills(namesOf(b.skills)).
		SetPacketQualification(qualify(p.Requirements, b, wanted)).
		SetSubmittedAt(tx.Now).SetNillableExpiresAt(noticeBy(application.StatusSubmitted, tx.Now)).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	if err := share(ctx, tx, a, b); err != nil {
		return gid.None, err
	}
	if err := job.At(ctx, tx, ExpireApplication, a.ID, *a.ExpiresAt); err != nil {
		return gid.None, err
	}
	return a.ID, tellSubmitted(ctx, tx, a, i)
}

// tellSubmitted records a new application, and that it answers an invitation.
func tellSubmitted(ctx context.Context, tx *store.Tx, a *ent.Application, i *ent.Invitation) error {
	parties, err := Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
	if err != nil {
		return err
	}
	if err := record(ctx, tx, a, event.ApplicationSubmitted, parties); err != nil {
		return err
	}
	return applied(ctx, tx, i)
}

// bring reads what a talent brings, and the skills that the project would like.
func bring(ctx context.Context, tx *store.Tx, p *ent.MicroProject, t *ent.TalentProfile) (brought, []*ent.Skill, error) {
	declared, err := tx.DeclaredSkill.Query().Where(declaredskill.TalentID(t.ID)).WithSkill().All(ctx)
	if err != nil {
		return brought{}, nil, err
	}
	b := brought{profile: t}
	for _, d := range declared {
		b.skills = append(b.skills, d.Edges.Skill)
	}
	b.studies, err = tx.EducationRecord.Query().Where(educationrecord.TalentID(t.ID)).
		Order(ent.Asc(educationrecord.FieldCreatedAt, educationrecord.FieldID)).All(ctx)
	if err != nil || p.Requirements == nil || len(p.Requirements.SkillIDs) == 0 {
		return b, nil, err
	}
	wanted, err := tx.Skill.Query().Where(skill.IDIn(p.Requirements.SkillIDs...)).All(ctx)
	return b, wanted, err
}

// share keeps what the talent studied and can do as it is now, by which the
// employer finds the application.
func share(ctx context.Context, tx *store.Tx, a *ent.Application, b brought) error {
	studies := make([]*ent.ApplicationStudyCreate, len(b.studies))
	for i, e := range b.studies {
		studies[i] = tx.ApplicationStudy.Create().SetApplicationID(a.ID).SetEmployerOrgID(a.EmployerOrgID).SetTalentID(a.TalentID).
			SetInstitutionID(e.InstitutionID).SetPosition(i + 1).SetLevel(applicationstudy.Level(e.Level)).
			SetMajor(e.Major).SetMajorFolded(text.Fold(e.Major)).SetNillableGraduatesOn(e.GraduatesOn)
	}
	if err := tx.ApplicationStudy.CreateBulk(studies...).Exec(ctx); err != nil {
		return err
	}
	ids := skillsIn(b.skills)
	skills := make([]*ent.ApplicationSkillCreate, len(ids))
	for i, id := range ids {
		skills[i] = tx.ApplicationSkill.Create().SetApplicationID(a.ID).SetEmployerOrgID(a.EmployerOrgID).SetTalentID(a.TalentID).SetSkillID(id)
	}
	return tx.ApplicationSkill.CreateBulk(skills...).Exec(ctx)
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

// LockEngagement reads an engagement that the viewer may see, for each room that
// judges by where its work stands.
// Locked: whatever else changes it, or counts by it, waits until this has.
func LockEngagement(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Engagement, error) {
	e, err := tx.Engagement.Query().Where(engagement.ID(id), store.Locked).Only(ctx)
	return e, store.Found(err, fault.NotFound("engagementId", "There is no such engagement."))
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
