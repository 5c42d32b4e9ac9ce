// Package viewer says who asks: which person, for which organisation, in which
// world, and with which scopes. Every read and every rule begins with it.
package viewer

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/rung-dev/rung/internal/gid"
)

// Kind is the side of the work a viewer stands on.
type Kind string

// The kinds. A person who signed in but has neither a talent profile nor an
// organisation yet is a newcomer; an integration is an API client, which acts for
// the organisation that approved it, or for nobody.
const (
	Anonymous      Kind = "ANONYMOUS"
	Newcomer       Kind = "NEWCOMER"
	Talent         Kind = "TALENT"
	EmployerMember Kind = "EMPLOYER_MEMBER"
	CareerStaff    Kind = "CAREER_STAFF"
	Operator       Kind = "OPERATOR"
	Integration    Kind = "INTEGRATION"
	system         Kind = "SYSTEM"
)

// Viewer is who asks. The zero Viewer is anonymous in no world and sees nothing.
type Viewer struct {
	Kind    Kind
	World   gid.ID
	Person  gid.ID // none for the anonymous, and for a newcomer without a row; an API client's own row
	Talent  gid.ID // the talent profile, when Kind is Talent
	Org     gid.ID // the acting organisation: an employer, an institution, or the world for its platform
	Client  gid.ID // the API client, when Kind is Integration
	Role    Role
	Scopes  Scopes
	Issuer  string // who vouches for the person, and
	Subject string // under which name
	Email   string // as the issuer states it, when it does
	Name    string // likewise
	// At is when they were let in, to tell what has expired before its timer ran;
	// zero where the world's clock is not the real one.
	At    time.Time
	Bound gid.ID // the only organisation that the issuer can speak for, or none

	// From when to when the sign-in holds, by the issuer's token that it began with.
	SignedInAt, SignedInUntil time.Time

	reason string
}

// Public is who asks without a token: the live world's public face.
func Public() Viewer {
	return Viewer{Kind: Anonymous, World: gid.LiveWorld, Scopes: scopesOf[RoleNone]}
}

// System is a viewer that sees everything, for work nobody asked for in person:
// a worker, sign-in, an import. The reason stands in a reviewed list.
func System(reason string) Viewer { return Viewer{Kind: system, World: gid.LiveWorld, reason: reason} }

// AsPublic is somebody without a token in the viewer's world.
func (v Viewer) AsPublic() Viewer {
	return Viewer{Kind: Anonymous, World: v.World, Scopes: scopesOf[RoleNone]}
}

// In is the same viewer in another world.
func (v Viewer) In(world gid.ID) Viewer {
	v.World = world
	return v
}

// IsSystem reports whether no person asks.
func (v Viewer) IsSystem() bool { return v.Kind == system && v.reason != "" }

// IsSignedIn reports whether a token proved somebody.
func (v Viewer) IsSignedIn() bool { return v.Kind != Anonymous && v.Kind != "" }

// Employer is the employer the viewer acts for, or none.
func (v Viewer) Employer() gid.ID {
	if v.Kind == EmployerMember || v.Kind == Integration && v.Org.Noun() == gid.Employer {
		return v.Org
	}
	return gid.None
}

// Institution is the institution the viewer acts for, or none.
func (v Viewer) Institution() gid.ID {
	if v.Kind == CareerStaff || v.Kind == Integration && v.Org.Noun() == gid.Institution {
		return v.Org
	}
	return gid.None
}

// ActsFor is the acting organisation, or the world of who acts for none.
func (v Viewer) ActsFor() gid.ID {
	if v.Org.IsNone() {
		return v.World
	}
	return v.Org
}

// Can reports whether the viewer holds a scope. The system holds all.
func (v Viewer) Can(s Scope) bool { return v.IsSystem() || v.Scopes[s] }

type viewerKey struct{}

// With puts the viewer into the context.
func With(ctx context.Context, v Viewer) context.Context {
	held := &atomic.Pointer[Viewer]{}
	held.Store(&v)
	return context.WithValue(ctx, viewerKey{}, held)
}

// From is the viewer in the context. Without one it is the zero Viewer, who
// sees nothing: forgetting to ask who asks is safe.
func From(ctx context.Context) Viewer {
	if held, ok := ctx.Value(viewerKey{}).(*atomic.Pointer[Viewer]); ok {
		return *held.Load()
	}
	return Viewer{}
}

// Become makes the viewer of the rest of this request somebody with more to
// them: a newcomer who just opened a profile reads it as its talent.
func Become(ctx context.Context, v Viewer) {
	if held, ok := ctx.Value(viewerKey{}).(*atomic.Pointer[Viewer]); ok {
		held.Store(&v)
	}
}
