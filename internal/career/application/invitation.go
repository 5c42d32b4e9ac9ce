package application

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/invitation"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// Audience is the rule that an invitation opens no project to somebody it is not for.
const Audience = "audience"

// inviteTime is how long an invitation is good, unless the time to apply ends before.
const inviteTime = 14 * 24 * time.Hour

// ExpireInvitation is what falls due when an invited talent has not applied.
const ExpireInvitation job.Kind = "expireInvitation"

// InvitationStates is the life of an invitation.
var InvitationStates = transition.Table[invitation.Status]{
	{Name: string(event.InvitationApplied), By: rung, From: []invitation.Status{invitation.StatusSent}, To: invitation.StatusApplied},
	{Name: string(event.InvitationExpired), By: rung, From: []invitation.Status{invitation.StatusSent}, To: invitation.StatusExpired},
}

// InviteTalentToApply asks a talent, whose profile the employer may see, to
// apply to one of its projects.
func InviteTalentToApply(ctx context.Context, db *store.DB, in InviteTalentToApplyInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: of two invitations at once one finds the other, and the project stays open.
		p, err := tx.MicroProject.Query().Where(microproject.ID(in.MicroProjectID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("microProjectId", "There is no such micro-project."))
		}
		v := viewer.From(ctx)
		if err := canInvite(v, p, tx.Now); err != nil {
			return gid.None, err
		}
		t, err := tx.TalentProfile.Query().Where(talentprofile.ID(in.TalentProfileID)).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("talentProfileId", "There is no such profile."))
		}
		if err := isInvitable(ctx, tx, p, t); err != nil {
			return gid.None, err
		}
		var r text.Reader
		message := r.ProseLater("message", in.Message, 2000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		i, err := tx.Invitation.Create().SetWorldID(tx.World()).SetOwnerOrgID(p.EmployerOrgID).SetEmployerOrgID(p.EmployerOrgID).
			SetMicroProjectID(p.ID).SetTalentID(t.ID).SetInvitedByID(v.Person).SetStatus(invitation.StatusSent).
			SetNillableMessage(message).SetSentAt(tx.Now).SetExpiresAt(goodUntil(p, tx.Now)).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := job.At(ctx, tx, ExpireInvitation, i.ID, i.ExpiresAt); err != nil {
			return gid.None, err
		}
		return i.ID, recordInvitation(ctx, tx, i, event.InvitationSent)
	})
}

// canInvite: the employer's recruiters, while one can apply.
func canInvite(v viewer.Viewer, p *ent.MicroProject, now time.Time) error {
	if err := Opening.Permit("inviteTalentToApply", v, transition.Sides(v, p.EmployerOrgID, gid.None), p.Status); err != nil {
		return err
	}
	if by := p.ApplyBy; by != nil && !now.Before(*by) {
		return fault.WindowClosed("microProjectId", "Nobody can apply any more: the time to apply is over.")
	}
	return nil
}

// InviteAbilities says to which projects the viewer may invite talents.
func InviteAbilities(ctx context.Context, db *store.DB, projects []*ent.MicroProject) ([]*fault.Ability, error) {
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	all := make([]*fault.Ability, len(projects))
	for i, p := range projects {
		if p != nil {
			all[i] = fault.AbilityOf(canInvite(v, p, now))
		}
	}
	return all, nil
}

// isInvitable: once, who has not applied, and whom the project is for.
func isInvitable(ctx context.Context, tx *store.Tx, p *ent.MicroProject, t *ent.TalentProfile) error {
	if t.DeactivatedAt != nil {
		return fault.NotPermitted("This talent takes on nothing new.")
	}
	there, err := tx.Application.Query().Where(application.MicroProjectID(p.ID), application.TalentID(t.ID), application.StatusIn(Live...)).Exist(ctx)
	if err != nil {
		return err
	}
	if there {
		return fault.AlreadyExists("talentProfileId", "This talent has applied already.")
	}
	there, err = tx.Invitation.Query().Where(invitation.MicroProjectID(p.ID), invitation.TalentID(t.ID), invitation.StatusEQ(invitation.StatusSent)).Exist(ctx)
	if err != nil {
		return err
	}
	if there {
		return fault.AlreadyExists("talentProfileId", "This talent has been invited already.")
	}
	invited, err := meantFor(ctx, tx.Client, []*ent.MicroProject{p}, t.ID)
	if err == nil && p.Audience != microproject.AudiencePublic && !invited[p.ID] {
		return fault.PolicyViolation(Audience, "talentProfileId", "This micro-project is for talents of the institutions it names.")
	}
	return err
}

// goodUntil is when an invitation of now expires.
func goodUntil(p *ent.MicroProject, now time.Time) time.Time {
	until := now.Add(inviteTime)
	if p.ApplyBy != nil && p.ApplyBy.Before(until) {
		return *p.ApplyBy
	}
	return until
}

// ExpireUnanswered ends an invitation that did not lead to an application.
func ExpireUnanswered(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := tx.Invitation.Query().Where(invitation.ID(w.Subject), store.Locked).Only(ctx)
		if err != nil || i.Status != invitation.StatusSent || tx.Now.Before(i.ExpiresAt) {
			return gid.None, err
		}
		return gid.None, endInvitation(ctx, tx, i, tx.Invitation.Update(), event.InvitationExpired)
	})
	return err
}

// lockInvitation reads the invitation by which the talent applies, or nil.
func lockInvitation(ctx context.Context, tx *store.Tx, project, talent gid.ID) (*ent.Invitation, error) {
	i, err := tx.Invitation.Query().Where(invitation.MicroProjectID(project), invitation.TalentID(talent),
		invitation.StatusEQ(invitation.StatusSent), invitation.ExpiresAtGT(tx.Now), store.Locked).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return i, err
}

// applied ends the invitation that led to an application, where there was one.
func applied(ctx context.Context, tx *store.Tx, i *ent.Invitation) error {
	if i == nil {
		return nil
	}
	if err := job.Unset(ctx, tx, ExpireInvitation, i.ID); err != nil {
		return err
	}
	return endInvitation(ctx, tx, i, tx.Invitation.Update().SetAppliedAt(tx.Now), event.InvitationApplied)
}

func endInvitation(ctx context.Context, tx *store.Tx, i *ent.Invitation, update *ent.InvitationUpdate, kind event.Kind) error {
	update.Where(invitation.ID(i.ID), invitation.Revision(i.Revision)).SetStatus(InvitationStates.Verb(string(kind)).To)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return recordInvitation(ctx, tx, i, kind)
}

// recordInvitation tells the two whom it concerns, and nobody else.
func recordInvitation(ctx context.Context, tx *store.Tx, i *ent.Invitation, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: i.ID,
		IDs:     map[string]gid.ID{"microProject": i.MicroProjectID, "talent": i.TalentID, "employer": i.EmployerOrgID},
		Parties: []gid.ID{i.EmployerOrgID, i.TalentID},
	})
}
