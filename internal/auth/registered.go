package auth

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"

	"github.com/MicahParks/jwkset"
	"github.com/MicahParks/keyfunc/v3"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/internal/career/issuer"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// finder finds the trusted issuer of a name, or nil.
type finder func(ctx context.Context, name string) (*trusted, error)

// settled finds those that whoever runs Rung decided on.
func (s *Issuers) settled(_ context.Context, name string) (*trusted, error) {
	return s.byName[name], nil
}

// finding also finds those that organisations registered. Whoever runs Rung comes
// first: no registration takes over an issuer of theirs.
func (s *Issuers) finding(db *store.DB) finder {
	return func(ctx context.Context, name string) (*trusted, error) {
		if t := s.byName[name]; t != nil || name == "" {
			return t, nil
		}
		i, err := issuer.Named(viewer.With(ctx, viewer.System("sign-in finds the issuer behind a token")), db, name)
		if err != nil || i == nil {
			return nil, err
		}
		return s.abroad.trust(ctx, i)
	}
}

// abroad are the keys of the providers that organisations registered.
type abroad struct {
	o    options
	mu   sync.Mutex
	keys map[gid.ID]keyfunc.Keyfunc
}

// trust reads an issuer's tokens as its row says now; the keys are remembered.
func (a *abroad) trust(ctx context.Context, i *ent.IdentityIssuer) (*trusted, error) {
	keys, err := a.of(ctx, i)
	if err != nil {
		return nil, err
	}
	organization := i.OrganizationID
	one := Issuer{Name: i.Issuer, Audience: i.Audience, Algorithms: issuer.Methods(i.Algorithms), Organization: &organization}
	return &trusted{Issuer: one, keys: keys, parser: parserOf(one, a.o.now), row: i}, nil
}

func (a *abroad) of(ctx context.Context, i *ent.IdentityIssuer) (keyfunc.Keyfunc, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if keys, met := a.keys[i.ID]; met {
		return keys, nil
	}
	keys, err := keyfunc.New(keyfunc.Options{
		Ctx: context.WithoutCancel(ctx), Storage: discovering(i.Issuer, a.o), UseWhitelist: []jwkset.USE{"", jwkset.UseSig},
	})
	if err == nil {
		a.keys[i.ID] = keys
	}
	return keys, err
}

// asVouched is whom an organisation's issuer vouches for: somebody who acts for it,
// or a talent of an institution for themselves, and nobody for anybody else.
func (s *Issuers) asVouched(ctx context.Context, db *store.DB, proof Proof) (viewer.Viewer, error) {
	known, err := admitted(ctx, db, proof)
	if err != nil {
		return viewer.Viewer{}, err
	}
	v := viewer.Viewer{
		Issuer: proof.Issuer, Subject: proof.Subject, Email: proof.Email, Name: proof.Name, World: proof.registered.WorldID,
		Bound: proof.bound, SignedInAt: proof.IssuedAt, SignedInUntil: proof.Until, At: db.Now(),
	}
	word := issuer.Word{}
	if known != nil {
		v.Person, word = known.PersonID, issuer.WordKept(known)
	}
	v, err = as(ctx, db, v, proof, word)
	return within(v, word), err
}

// as says how a person acts. A provider knows nothing of Rung's organisations: the
// token of one who is no talent acts for the one that its issuer speaks for.
func as(ctx context.Context, db *store.DB, v viewer.Viewer, proof Proof, word issuer.Word) (viewer.Viewer, error) {
	if !proof.Org.IsNone() {
		return asMember(ctx, db, v, proof)
	}
	if word.IsTalent {
		return asThemselves(ctx, db, v)
	}
	if !v.Person.IsNone() {
		proof.Org = proof.bound
		member, err := asMember(ctx, db, v, proof)
		var refused *Refused
		if err == nil || !errors.As(err, &refused) || refused.reason != NotAMember {
			return member, err
		}
	}
	// Nobody yet: they can still accept an invitation.
	v.Kind, v.Role, v.Scopes = viewer.Newcomer, viewer.RoleNewcomer, viewer.ScopesOf(viewer.RoleNewcomer)
	return v, nil
}

// within leaves somebody what their issuer can vouch for: they neither begin
// another organisation nor, unless it calls them its talent, a profile.
func within(v viewer.Viewer, word issuer.Word) viewer.Viewer {
	v.Scopes = maps.Clone(v.Scopes)
	delete(v.Scopes, viewer.EmployersRegister)
	if !word.IsTalent {
		delete(v.Scopes, viewer.TalentOpen)
	}
	return v
}

// tries is how often a sign-in is begun when another request signs the same person in.
const tries = 3

// admitted is the person under their issuer's name as the newest word made them,
// or nil for one of whom it says nothing.
func admitted(ctx context.Context, db *store.DB, proof Proof) (*ent.Identity, error) {
	for range tries {
		known, err := identityOf(ctx, db, proof)
		if err != nil || proof.word == nil {
			return known, err
		}
		news := issuer.SignIn{Subject: proof.Subject, Name: proof.Name, Email: proof.Email, At: proof.IssuedAt, Word: *proof.word}
		if !news.IsNews(known) {
			return known, nil
		}
		if err := issuer.Admit(issuer.AsSystem(ctx, proof.registered), db, proof.registered, news); err != nil && !issuer.IsAgain(err) {
			return nil, err
		}
	}
	return nil, &fault.Request{Code: fault.CodeOverloaded, Message: "Too many changes at once. Send this again.", Retryable: true, RetryAfterMs: 200}
}

// identityOf is the person known under the proof's name, or nil.
func identityOf(ctx context.Context, db *store.DB, proof Proof) (*ent.Identity, error) {
	known, err := db.Read.Identity.Query().
		Where(identity.Issuer(proof.Issuer), identity.Subject(proof.Subject)).WithPerson().Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find the person behind a token: %w", err)
	}
	return known, mayComeIn(proof, known.Edges.Person)
}
