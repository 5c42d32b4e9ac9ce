// Package talent is about the people who do the work: what a talent says about
// themselves, who may read it, and how an institution confirms that a talent is
// one of its own. A profile is private until the talent says otherwise.
package talent

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Opened is what OpenTalentProfile made.
type Opened struct {
	TalentProfileID gid.ID
	PersonID        gid.ID
}

// OpenTalentProfile makes the profile of the person who acts. Only they see it,
// and for the rest of the request they act as its talent.
func OpenTalentProfile(ctx context.Context, db *store.DB, in OpenTalentProfileInput) (Opened, error) {
	done, err := store.Write(ctx, db, func(tx *store.Tx) (Opened, error) { return open(ctx, tx, in) })
	if err == nil {
		v := viewer.From(ctx)
		v.Kind, v.Role, v.Scopes = viewer.Talent, viewer.RoleTalent, viewer.ScopesOf(viewer.RoleTalent)
		v.Person, v.Talent, v.Org = done.PersonID, done.TalentProfileID, gid.None
		viewer.Become(ctx, v)
	}
	return done, err
}

func open(ctx context.Context, tx *store.Tx, in OpenTalentProfileInput) (Opened, error) {
	who, err := person.Actor(ctx, tx)
	if err != nil {
		return Opened{}, err
	}
	// Somebody who acts for an employer now does not see their own profile.
	all := tx.System("a person has one profile, whomever they act for now")
	has, err := all.TalentProfile.Query().Where(talentprofile.PersonID(who)).Exist(ctx)
	if err != nil {
		return Opened{}, err
	}
	if err := canOpen(viewer.From(ctx), has); err != nil {
		return Opened{}, err
	}
	said, err := readNew(in)
	if err != nil {
		return Opened{}, err
	}
	rule, err := platformRule(ctx, tx)
	if err != nil {
		return Opened{}, err
	}
	if err := maySignUp(rule, in.Attestation); err != nil {
		return Opened{}, err
	}
	create := tx.TalentProfile.Create().SetWorldID(tx.World()).SetPersonID(who).
		SetLegalName(said.legalName).SetNillablePreferredName(said.preferredName).SetNillableEmail(said.email).
		SetNillableHeadline(said.headline).SetNillableBio(said.bio).
		SetNillableResumeURL(said.resumeURL).SetNillableLinkedinURL(said.linkedinURL).
		SetNillableLocation(said.location).SetNillableTimeZone(said.timeZone).
		SetVisibility(said.visibility)
	if a := in.Attestation; a != nil {
		create.SetAttestedAge(a.IsAtLeastAge).SetUsWorkAuthorization(a.UsWorkAuthorization)
	}
	p, err := create.Save(ctx)
	if err != nil {
		return Opened{}, err
	}
	return Opened{p.ID, who}, record(ctx, tx, event.TalentProfileOpened, p.ID, map[string]gid.ID{"person": who})
}

// ReviseTalentProfile changes what a profile says: a field left out stays.
func ReviseTalentProfile(ctx context.Context, db *store.DB, in ReviseTalentProfileInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := profile(ctx, tx, in.TalentProfileID)
		if err != nil {
			return gid.None, err
		}
		if err := canRevise(viewer.From(ctx), p, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		said, err := readRevised(p, in)
		if err != nil {
			return gid.None, err
		}
		if err := store.Moved(said.over(p, touch(tx, p)).Save(ctx)); err != nil {
			return gid.None, err
		}
		return p.ID, record(ctx, tx, event.TalentProfileRevised, p.ID, nil)
	})
}

// profile loads the profile that a verb changes.
func profile(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.TalentProfile, error) {
	// Locked: what a profile holds is counted before it is added to.
	p, err := tx.TalentProfile.Query().Where(talentprofile.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("talentProfileId", "There is no such profile."))
	}
	return p, nil
}

// touch changes the profile's own row, so that its revision counts whatever
// changes in the profile.
func touch(tx *store.Tx, p *ent.TalentProfile) *ent.TalentProfileUpdate {
	return tx.TalentProfile.Update().Where(talentprofile.ID(p.ID), talentprofile.Revision(p.Revision))
}

// record tells the talent. Others who see the profile read it when they need it.
func record(ctx context.Context, tx *store.Tx, kind event.Kind, id gid.ID, ids map[string]gid.ID) error {
	return event.Record(ctx, tx, event.Event{Kind: kind, Subject: id, IDs: ids, Parties: []gid.ID{id}})
}
