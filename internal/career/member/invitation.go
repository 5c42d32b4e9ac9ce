package member

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"net/mail"
	"strings"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/memberinvitation"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// inviteTime is how long an invitation is good.
	inviteTime = 7 * 24 * time.Hour
	// tokenBytes are drawn for the token of an invitation.
	tokenBytes = 32
	// tokenPrefix lets scanners of source code and logs find a token.
	tokenPrefix = "ivt_"
)

// ExpireMemberInvitation is what falls due when nobody has accepted one.
const ExpireMemberInvitation job.Kind = "expireMemberInvitation"

var letters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// InvitedMember is an invitation and, once, what accepts it.
type InvitedMember struct {
	MemberInvitationID gid.ID
	// Token is kept nowhere, so a repetition of the request has none.
	Token *string `json:"-"`
}

// InviteMember asks whoever has an e-mail address to act for the viewer's
// organisation. Whether anybody has it is not looked at.
func InviteMember(ctx context.Context, db *store.DB, in InviteMemberInput) (InvitedMember, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (InvitedMember, error) {
		v := viewer.From(ctx)
		if err := canGrant(v, in.Role); err != nil {
			return InvitedMember{}, err
		}
		email, err := readAddress(in.Email)
		if err != nil {
			return InvitedMember{}, err
		}
		there, err := tx.MemberInvitation.Query().Where(memberinvitation.OrganizationID(v.Org), memberinvitation.EmailFolded(folded(email)),
			memberinvitation.StatusEQ(memberinvitation.StatusSent)).Exist(ctx)
		if err != nil {
			return InvitedMember{}, err
		}
		if there {
			return InvitedMember{}, fault.AlreadyExists("email", "This address is invited already. Revoke that invitation first.")
		}
		return send(ctx, tx, email, in.Role)
	})
}

func send(ctx context.Context, tx *store.Tx, email string, role membership.Role) (InvitedMember, error) {
	v := viewer.From(ctx)
	var secret [tokenBytes]byte
	if _, err := rand.Read(secret[:]); err != nil {
		return InvitedMember{}, err
	}
	token := tokenPrefix + letters.EncodeToString(secret[:])
	i, err := tx.MemberInvitation.Create().SetWorldID(tx.World()).SetOrganizationID(v.Org).SetInvitedByID(v.Person).
		SetEmail(email).SetEmailFolded(folded(email)).SetRole(memberinvitation.Role(role)).SetTokenHash(hashOf(token)).
		SetSentAt(tx.Now).SetExpiresAt(tx.Now.Add(inviteTime)).Save(ctx)
	if err != nil {
		return InvitedMember{}, err
	}
	if err := job.At(ctx, tx, ExpireMemberInvitation, i.ID, i.ExpiresAt); err != nil {
		return InvitedMember{}, err
	}
	return InvitedMember{i.ID, &token}, recordInvitation(ctx, tx, i, event.MemberInvited)
}

// AcceptedMembership is the seat that an invitation led to.
type AcceptedMembership struct{ MembershipID, PersonID gid.ID }

// AcceptMemberInvitation makes the viewer a member of the organisation that
// invited their e-mail address. A token that is unknown, over, somebody else's or
// another issuer's to accept is answered the same, after the same statement.
func AcceptMemberInvitation(ctx context.Context, db *store.DB, in AcceptMemberInvitationInput) (AcceptedMembership, error) {
	done, err := store.Write(ctx, db, func(tx *store.Tx) (AcceptedMembership, error) {
		if len(in.Token) != len(tokenPrefix)+letters.EncodedLen(tokenBytes) || !strings.HasPrefix(in.Token, tokenPrefix) {
			return AcceptedMembership{}, fault.InvalidValue("token", "Send the token of an invitation as it was told: it begins with ivt_ and has 56 characters.")
		}
		i, err := acceptable(ctx, tx, hashOf(in.Token))
		if err != nil {
			return AcceptedMembership{}, err
		}
		who, err := person.Actor(ctx, tx)
		if err != nil {
			return AcceptedMembership{}, err
		}
		if err := job.Unset(ctx, tx, ExpireMemberInvitation, i.ID); err != nil {
			return AcceptedMembership{}, err
		}
		seat, err := take(ctx, tx, i, who)
		return AcceptedMembership{seat, who}, err
	})
	if v := viewer.From(ctx); err == nil && v.Person.IsNone() {
		v.Person = done.PersonID
		viewer.Become(ctx, v)
	}
	return done, err
}

// acceptable is the open invitation with that token to the viewer's address.
//
// Locked: of two who accept it at once the second finds none.
func acceptable(ctx context.Context, tx *store.Tx, hash string) (*ent.MemberInvitation, error) {
	v := viewer.From(ctx)
	q := tx.System("an invitation is found by its token, before whoever it is for may see it").MemberInvitation.Query().Where(
		memberinvitation.TokenHash(hash), memberinvitation.EmailFolded(folded(v.Email)), memberinvitation.WorldID(tx.World()),
		memberinvitation.StatusEQ(memberinvitation.StatusSent), memberinvitation.ExpiresAtGT(tx.Now), store.Locked)
	if !v.Bound.IsNone() { // such an issuer vouches for its own organisation's people alone
		q.Where(memberinvitation.OrganizationID(v.Bound))
	}
	i, err := q.Only(ctx)
	return i, store.Found(err, fault.NotFound("token", "There is no such invitation for you."))
}

// take ends the invitation and makes the seat.
func take(ctx context.Context, tx *store.Tx, i *ent.MemberInvitation, who gid.ID) (gid.ID, error) {
	all := tx.System("whoever accepts an invitation sees neither it nor a seat yet")
	there, err := all.Membership.Query().Where(membership.PersonID(who), membership.OrganizationID(i.OrganizationID), membership.EndedAtIsNil()).Exist(ctx)
	if err != nil {
		return gid.None, err
	}
	if there {
		return gid.None, fault.AlreadyExists("token", "You have a seat in this organisation already.")
	}
	update := all.MemberInvitation.Update().Where(memberinvitation.ID(i.ID), memberinvitation.Revision(i.Revision)).
		SetStatus(memberinvitation.StatusAccepted).SetAcceptedAt(tx.Now).SetAcceptedByID(who)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return gid.None, err
	}
	if err := recordInvitation(ctx, tx, i, event.MemberInvitationAccepted); err != nil {
		return gid.None, err
	}
	return person.Join(ctx, tx, who, i.OrganizationID, membership.Role(i.Role), membership.SourceInvitation)
}

// RevokeMemberInvitation takes an invitation back that nobody has accepted.
func RevokeMemberInvitation(ctx context.Context, db *store.DB, in RevokeMemberInvitationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: it may be accepted at this moment.
		i, err := tx.MemberInvitation.Query().Where(memberinvitation.ID(in.MemberInvitationID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("memberInvitationId", "There is no such invitation."))
		}
		if err := canRevoke(viewer.From(ctx), i, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := job.Unset(ctx, tx, ExpireMemberInvitation, i.ID); err != nil {
			return gid.None, err
		}
		return i.ID, end(ctx, tx, i, revokeInvitation, event.MemberInvitationRevoked)
	})
}

// ExpireUnaccepted ends an invitation that nobody has accepted in time.
func ExpireUnaccepted(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := tx.MemberInvitation.Query().Where(memberinvitation.ID(w.Subject), store.Locked).Only(ctx)
		if err != nil || i.Status != memberinvitation.StatusSent || tx.Now.Before(i.ExpiresAt) {
			return gid.None, err
		}
		return gid.None, end(ctx, tx, i, string(event.MemberInvitationExpired), event.MemberInvitationExpired)
	})
	return err
}

func end(ctx context.Context, tx *store.Tx, i *ent.MemberInvitation, step string, kind event.Kind) error {
	update := tx.MemberInvitation.Update().Where(memberinvitation.ID(i.ID), memberinvitation.Revision(i.Revision)).SetStatus(InvitationStates.Verb(step).To)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return recordInvitation(ctx, tx, i, kind)
}

// recordInvitation tells the organisation, and nobody else.
func recordInvitation(ctx context.Context, tx *store.Tx, i *ent.MemberInvitation, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: i.ID, IDs: map[string]gid.ID{"organization": i.OrganizationID, "inviter": i.InvitedByID}, Parties: []gid.ID{i.OrganizationID},
	})
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// readAddress reads an address without a name around it.
func readAddress(stated string) (string, error) {
	var r text.Reader
	email := r.Line("email", stated, 3, 254)
	if parsed, err := mail.ParseAddress(email); r.Err() == nil && (err != nil || parsed.Address != email) {
		r.Refuse(fault.InvalidValue("email", "Give one e-mail address, as in ada@example.edu."))
	}
	return email, r.Err()
}

// folded makes an address the same in any case of its letters. No other letters
// are taken for each other: that would be somebody else's address.
func folded(email string) string { return strings.ToLower(email) }
