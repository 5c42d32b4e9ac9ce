// Package issuer is about the OpenID providers of organisations: how a school or
// an employer brings its own sign-in to Rung, how it proves that it is its own,
// and what the provider's word makes of the people who sign in by it.
package issuer

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identityissuer"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// AskIdentityIssuer is what is queued to find out whether a provider is the issuer.
const AskIdentityIssuer job.Kind = "askIdentityIssuer"

// Register names an OpenID provider of the viewer's organisation, and has it asked
// whether it is the issuer. isOurs are the issuers that whoever runs Rung has
// decided on.
func Register(ctx context.Context, db *store.DB, isOurs func(string) bool, in RegisterIdentityIssuerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		// Not locked: a few too many of two at once do no harm.
		there, err := tx.IdentityIssuer.Query().Where(identityissuer.OrganizationID(v.Org), identityissuer.StatusIn(live...)).All(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := canRegister(v, len(there)); err != nil {
			return gid.None, err
		}
		if err := mayGive(v, in.Mappings); err != nil {
			return gid.None, err
		}
		domains, err := domainsOf(ctx, tx, v.Org)
		if err != nil {
			return gid.None, err
		}
		if in.Scopes == nil {
			in.Scopes = domains
		}
		var r text.Reader
		name := readIssuer(&r, in.Issuer, isOurs)
		c := tx.IdentityIssuer.Create().SetWorldID(tx.World()).SetOrganizationID(v.Org).SetRegisteredByID(v.Person).SetIssuer(name).
			SetAudience(r.Line("audience", in.Audience, 1, 255)).SetAlgorithms(readAlgorithms(&r, in.Algorithms)).
			SetScopes(readScopes(&r, in.Scopes, domains)).SetMappings(readMappings(&r, in.Mappings))
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		if slices.ContainsFunc(there, func(i *ent.IdentityIssuer) bool { return i.Issuer == name }) {
			return gid.None, fault.AlreadyExists("issuer", "Your organisation has registered this issuer already.")
		}
		i, err := c.Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := job.Enqueue(ctx, tx, AskIdentityIssuer, i.ID); err != nil {
			return gid.None, err
		}
		return i.ID, record(ctx, tx, i, event.IdentityIssuerRegistered)
	})
}

// domainsOf are those of an institution; an employer has none.
func domainsOf(ctx context.Context, tx *store.Tx, organization gid.ID) ([]string, error) {
	if organization.Noun() != gid.Institution {
		return nil, nil
	}
	i, err := tx.Institution.Get(ctx, organization)
	if err != nil {
		return nil, err
	}
	return i.Domains, nil
}

// Revise changes how an issuer's tokens are read, and what they give people when
// they sign in next.
func Revise(ctx context.Context, db *store.DB, in ReviseIdentityIssuerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := moved(ctx, tx, in.IdentityIssuerID, reviseIdentityIssuer, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		if err := mayGive(viewer.From(ctx), in.Mappings); err != nil {
			return gid.None, err
		}
		domains, err := domainsOf(ctx, tx, i.OrganizationID)
		if err != nil {
			return gid.None, err
		}
		update, err := revised(tx, in, domains)
		if err != nil {
			return gid.None, err
		}
		return i.ID, save(ctx, tx, i, update, event.IdentityIssuerRevised)
	})
}

func revised(tx *store.Tx, in ReviseIdentityIssuerInput, domains []string) (*ent.IdentityIssuerUpdate, error) {
	var r text.Reader
	update := tx.IdentityIssuer.Update()
	if in.Audience != nil {
		update.SetAudience(r.Line("audience", *in.Audience, 1, 255))
	}
	if in.Algorithms != nil {
		update.SetAlgorithms(readAlgorithms(&r, in.Algorithms))
	}
	if in.Scopes != nil {
		update.SetScopes(readScopes(&r, in.Scopes, domains))
	}
	if in.Mappings != nil {
		update.SetMappings(readMappings(&r, in.Mappings))
	}
	return update, r.Err()
}

// Prove has a provider asked once more whether it is the issuer.
func Prove(ctx context.Context, db *store.DB, in ProveIdentityIssuerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := moved(ctx, tx, in.IdentityIssuerID, proveIdentityIssuer, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		if err := job.Enqueue(ctx, tx, AskIdentityIssuer, i.ID); err != nil {
			return gid.None, err
		}
		return i.ID, save(ctx, tx, i, tx.IdentityIssuer.Update().ClearProblem(), event.IdentityIssuerAsked)
	})
}

// Approve trusts an issuer for the people of its organisation, unless its word was
// ever taken for another organisation's: its subjects may be their people.
func Approve(ctx context.Context, db *store.DB, in ApproveIdentityIssuerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := moved(ctx, tx, in.IdentityIssuerID, approveIdentityIssuer, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		another, err := tx.IdentityIssuer.Query().Where(identityissuer.Issuer(i.Issuer), identityissuer.OrganizationIDNEQ(i.OrganizationID),
			identityissuer.DecidedAtNotNil(), identityissuer.StatusNEQ(identityissuer.StatusRefused)).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		if another {
			return gid.None, fault.AlreadyExists("", "This issuer speaks or spoke for another organisation's people.")
		}
		return i.ID, save(ctx, tx, i, decided(ctx, tx, approveIdentityIssuer), event.IdentityIssuerApproved)
	})
}

// Refuse declines to trust an issuer, with a reason for those who registered it.
func Refuse(ctx context.Context, db *store.DB, in RefuseIdentityIssuerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := moved(ctx, tx, in.IdentityIssuerID, refuseIdentityIssuer, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		return i.ID, save(ctx, tx, i, decided(ctx, tx, refuseIdentityIssuer).SetReason(reason), event.IdentityIssuerRefused)
	})
}

func decided(ctx context.Context, tx *store.Tx, verb string) *ent.IdentityIssuerUpdate {
	return moving(tx, verb).SetDecidedAt(tx.Now).SetDecidedByID(viewer.From(ctx).Person)
}

// Suspend stops an issuer, from the next request on.
func Suspend(ctx context.Context, db *store.DB, in SuspendIdentityIssuerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := moved(ctx, tx, in.IdentityIssuerID, suspendIdentityIssuer, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		byPlatform := viewer.From(ctx).Kind == viewer.Operator
		return i.ID, save(ctx, tx, i, moving(tx, suspendIdentityIssuer).SetStoppedByPlatform(byPlatform), event.IdentityIssuerSuspended)
	})
}

// Reinstate trusts a stopped issuer again.
func Reinstate(ctx context.Context, db *store.DB, in ReinstateIdentityIssuerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := moved(ctx, tx, in.IdentityIssuerID, reinstateIdentityIssuer, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		return i.ID, save(ctx, tx, i, moving(tx, reinstateIdentityIssuer).SetStoppedByPlatform(false), event.IdentityIssuerReinstated)
	})
}

// Remove ends an issuer for good. What it gave stays its organisation's to end.
func Remove(ctx context.Context, db *store.DB, in RemoveIdentityIssuerInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := moved(ctx, tx, in.IdentityIssuerID, removeIdentityIssuer, in.ExpectedRevision)
		if err != nil {
			return gid.None, err
		}
		return i.ID, save(ctx, tx, i, moving(tx, removeIdentityIssuer), event.IdentityIssuerRemoved)
	})
}

// moved finds an issuer that the viewer sees, and asks whether the verb is for now.
//
// Locked: of two who move it at once the second reads what the first did.
func moved(ctx context.Context, tx *store.Tx, id gid.ID, verb string, revision int) (*ent.IdentityIssuer, error) {
	i, err := tx.IdentityIssuer.Query().Where(identityissuer.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("identityIssuerId", "There is no such issuer."))
	}
	return i, canMove(viewer.From(ctx), i, verb, revision)
}

func moving(tx *store.Tx, verb string) *ent.IdentityIssuerUpdate {
	return tx.IdentityIssuer.Update().SetStatus(States.Verb(verb).To)
}

func save(ctx context.Context, tx *store.Tx, i *ent.IdentityIssuer, update *ent.IdentityIssuerUpdate, kind event.Kind) error {
	update.Where(identityissuer.ID(i.ID), identityissuer.Revision(i.Revision))
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return record(ctx, tx, i, kind)
}

// record tells the organisation and the platform, and nobody else.
func record(ctx context.Context, tx *store.Tx, i *ent.IdentityIssuer, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: i.ID,
		IDs:     map[string]gid.ID{"organization": i.OrganizationID, "actor": viewer.From(ctx).Person},
		Parties: []gid.ID{i.OrganizationID, i.WorldID},
	})
}
