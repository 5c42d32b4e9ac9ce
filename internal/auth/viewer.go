package auth

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Authenticate says who asks with a token. Nothing of it is remembered: a role
// taken away, a suspension or a sign-out holds from the next request on. Its
// errors are Refused, or the database's.
func (s *Issuers) Authenticate(ctx context.Context, db *store.DB, token string) (viewer.Viewer, error) {
	proof, err := s.check(ctx, s.finding(db), token)
	if err != nil {
		return viewer.Viewer{}, err
	}
	if !proof.isForItsPeople() {
		return viewer.Viewer{}, refuse(NotItsPeople)
	}
	ctx = viewer.With(ctx, viewer.System("sign-in finds the person behind a token"))
	if proof.program != nil {
		return asClient(ctx, db, proof)
	}
	if proof.registered != nil {
		return s.asVouched(ctx, db, proof)
	}
	if err := inOpenWorld(ctx, db, proof.lives()); err != nil {
		return viewer.Viewer{}, err
	}
	person, err := personBehind(ctx, db, proof)
	if err != nil {
		return viewer.Viewer{}, err
	}
	v := viewer.Viewer{
		Issuer: proof.Issuer, Subject: proof.Subject, Email: proof.Email, Name: proof.Name, World: proof.lives(),
		Bound: proof.bound, SignedInAt: proof.IssuedAt, SignedInUntil: proof.Until,
	}
	if person != nil {
		v.Person = person.ID
	}
	if v.World == gid.LiveWorld {
		v.At = db.Now()
	}
	if proof.Org.IsNone() {
		return asThemselves(ctx, db, v)
	}
	return asMember(ctx, db, v, proof)
}

// isForItsPeople: an issuer bound to an organisation vouches for those who act for
// it, and an institution's also for people who act for themselves. One that the
// organisation registered is not asked to name it.
func (p Proof) isForItsPeople() bool {
	return p.bound.IsNone() || p.Org == p.bound || p.Org.IsNone() && (p.bound.Noun() == gid.Institution || p.registered != nil)
}

// inOpenWorld: the people of a sandbox are let in while it is open.
func inOpenWorld(ctx context.Context, db *store.DB, id gid.ID) error {
	if id == gid.LiveWorld {
		return nil
	}
	open, err := db.Read.World.Query().Where(world.ID(id), world.KindEQ(world.KindSandbox), world.StatusEQ(world.StatusOpen)).Exist(ctx)
	if err == nil && !open {
		err = refuse(NoSuchWorld)
	}
	return err
}

// personBehind is the person known under the proof's name, or nil for one whom
// Rung has not met.
func personBehind(ctx context.Context, db *store.DB, proof Proof) (*ent.Person, error) {
	known, err := db.Read.Identity.Query().
		Where(identity.Issuer(proof.Issuer), identity.Subject(proof.Subject)).WithPerson().Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find the person behind a token: %w", err)
	}
	return known.Edges.Person, mayComeIn(proof, known.Edges.Person)
}

// mayComeIn: who is not suspended, with a token from after they signed out last.
func mayComeIn(proof Proof, person *ent.Person) error {
	switch {
	case person.SuspendedAt != nil:
		return refuse(Suspended)
	case isStale(proof, person.ValidAfter):
		return refuse(SignedOut)
	}
	return nil
}

// isStale reports whether a token is from before the instant that ended all
// earlier ones.
func isStale(proof Proof, validAfter *time.Time) bool {
	return validAfter != nil && proof.IssuedAt.Before(*validAfter)
}

// asThemselves makes a talent of a person with a profile, else a newcomer.
func asThemselves(ctx context.Context, db *store.DB, v viewer.Viewer) (viewer.Viewer, error) {
	v.Kind, v.Role = viewer.Newcomer, viewer.RoleNewcomer
	if !v.Person.IsNone() {
		profile, err := db.Read.TalentProfile.Query().Where(talentprofile.PersonID(v.Person)).Only(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return viewer.Viewer{}, fmt.Errorf("find a person's talent profile: %w", err)
		}
		if err == nil {
			v.Kind, v.Role, v.World, v.Talent = viewer.Talent, viewer.RoleTalent, profile.WorldID, profile.ID
		}
	}
	v.Scopes = viewer.ScopesOf(v.Role)
	return v, nil
}

// sides says which viewer a member of each kind of organisation is, and which
// roles there are on that side.
var sides = map[gid.Noun]struct {
	kind  viewer.Kind
	roles []viewer.Role
}{
	gid.Employer:    {viewer.EmployerMember, []viewer.Role{viewer.RoleOwner, viewer.RoleRecruiter, viewer.RoleSupervisor}},
	gid.Institution: {viewer.CareerStaff, []viewer.Role{viewer.RoleViewer, viewer.RoleApprover, viewer.RoleAdmin, viewer.RoleOutcomes, viewer.RoleSensitive}},
	gid.World:       {viewer.Operator, []viewer.Role{viewer.RoleOperator}},
}

// asMember makes the person what their membership says.
func asMember(ctx context.Context, db *store.DB, v viewer.Viewer, proof Proof) (viewer.Viewer, error) {
	side, known := sides[proof.Org.Noun()]
	if v.Person.IsNone() || !known {
		return viewer.Viewer{}, refuse(NotAMember)
	}
	m, err := db.Read.Membership.Query().
		Where(membership.PersonID(v.Person), membership.OrganizationID(proof.Org), membership.StatusEQ(membership.StatusActive)).Only(ctx)
	if ent.IsNotFound(err) {
		return viewer.Viewer{}, refuse(NotAMember)
	}
	if err != nil {
		return viewer.Viewer{}, fmt.Errorf("find a person's membership: %w", err)
	}
	role := viewer.Role(m.Role)
	switch {
	case isStale(proof, m.ValidAfter):
		return viewer.Viewer{}, refuse(SignedOut)
	case !proof.isKnownIn(m.WorldID), !slices.Contains(side.roles, role), side.kind == viewer.Operator && m.WorldID != proof.Org:
		return viewer.Viewer{}, refuse(NotAMember)
	}
	v.Kind, v.Role, v.World, v.Org, v.Scopes = side.kind, role, m.WorldID, proof.Org, viewer.ScopesOf(role)
	return v, nil
}
