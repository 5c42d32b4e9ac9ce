// Package client is about API clients: programs that act for organisations which
// let them, as far as those let them, or that show public listings. An
// organisation answers for each, and can stop it at any time.
package client

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// RegisterApiClient makes a client for which the viewer's organisation answers.
// Its secret is told this once, and never kept: repeating the request gives none.
func RegisterApiClient(ctx context.Context, db *store.DB, in RegisterApiClientInput) (id gid.ID, secret string, err error) {
	id, err = store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		registered, err := ofOrganization(ctx, tx, v.Org)
		if err != nil {
			return gid.None, err
		}
		if err := canRegister(v, registered, in.Name); err != nil {
			return gid.None, err
		}
		var r text.Reader
		name, purpose := r.Line("name", in.Name, 3, 120), r.Prose("purpose", in.Purpose, 10, 1000)
		scopes, origins := readScopes(&r, in.Scopes), readOrigins(&r, in.Origins)
		readExpiry(&r, in.ExpiresAt, tx.Now)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		itself, err := tx.Person.Create().SetName(name).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		c, err := tx.ApiClient.Create().SetWorldID(tx.World()).SetOwnerOrgID(v.Org).SetPersonID(itself.ID).SetRegisteredByID(v.Person).
			SetName(name).SetNameFolded(text.Fold(name)).SetPurpose(purpose).SetScopes(scopes).SetOrigins(origins).
			SetNillableExpiresAt(in.ExpiresAt).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if secret, err = issue(ctx, tx, c.ID, 1); err != nil {
			return gid.None, err
		}
		return c.ID, record(ctx, tx, c, event.APIClientRegistered)
	})
	return id, secret, err
}

// ReviseApiClient changes a client's manifest. What it asks for anew, it has once
// an organisation approves it; what it no longer asks for, it loses at once.
func ReviseApiClient(ctx context.Context, db *store.DB, in ReviseApiClientInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		c, err := seen(ctx, tx, in.APIClientID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), c, reviseApiClient, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		update := tx.ApiClient.Update().Where(apiclient.ID(c.ID), apiclient.Revision(c.Revision))
		if in.Name != nil {
			name := r.Line("name", *in.Name, 3, 120)
			others, err := ofOrganization(ctx, tx, c.OwnerOrgID)
			if err != nil {
				return gid.None, err
			}
			if err := isFree(others, c.ID, name); err != nil {
				return gid.None, err
			}
			update.SetName(name).SetNameFolded(text.Fold(name))
		}
		if in.Purpose != nil {
			update.SetPurpose(r.Prose("purpose", *in.Purpose, 10, 1000))
		}
		if in.Scopes != nil {
			update.SetScopes(readScopes(&r, in.Scopes))
		}
		if in.Origins != nil {
			update.SetOrigins(readOrigins(&r, in.Origins))
		}
		if at, given := in.ExpiresAt.ValueOK(); given {
			readExpiry(&r, at, tx.Now)
			opt.Put(at, func(at time.Time) { update.SetExpiresAt(at) }, func() { update.ClearExpiresAt() })
		}
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return c.ID, record(ctx, tx, c, event.APIClientRevised)
	})
}

// SuspendApiClient stops a client: its next request is refused.
func SuspendApiClient(ctx context.Context, db *store.DB, in SuspendApiClientInput) (gid.ID, error) {
	return move(ctx, db, in.APIClientID, in.ExpectedRevision, suspendApiClient, event.APIClientSuspended)
}

// ResumeApiClient lets a suspended client go on.
func ResumeApiClient(ctx context.Context, db *store.DB, in ResumeApiClientInput) (gid.ID, error) {
	return move(ctx, db, in.APIClientID, in.ExpectedRevision, resumeApiClient, event.APIClientResumed)
}

// RevokeApiClient stops a client for good.
func RevokeApiClient(ctx context.Context, db *store.DB, in RevokeApiClientInput) (gid.ID, error) {
	return move(ctx, db, in.APIClientID, in.ExpectedRevision, revokeApiClient, event.APIClientRevoked)
}

func move(ctx context.Context, db *store.DB, id gid.ID, revision int, verb string, kind event.Kind) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		c, err := seen(ctx, tx, id)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), c, verb, revision); err != nil {
			return gid.None, err
		}
		update := tx.ApiClient.Update().Where(apiclient.ID(c.ID), apiclient.Revision(c.Revision)).SetStatus(States.Verb(verb).To)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return c.ID, record(ctx, tx, c, kind)
	})
}

// seen reads a client that the viewer may see.
//
// Locked: its secrets and requests hang on what it is.
func seen(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.ApiClient, error) {
	c, err := tx.ApiClient.Query().Where(apiclient.ID(id), store.Locked).Only(ctx)
	return c, store.Found(err, fault.NotFound("apiClientId", "There is no such API client."))
}

// ofOrganization are the clients for which an organisation answers, as long as
// they can be heard again.
func ofOrganization(ctx context.Context, tx *store.Tx, organization gid.ID) ([]*ent.ApiClient, error) {
	return tx.ApiClient.Query().Where(apiclient.OwnerOrgID(organization), apiclient.StatusNEQ(apiclient.StatusRevoked)).
		Order(ent.Asc(apiclient.FieldID)).All(ctx)
}

func record(ctx context.Context, tx *store.Tx, c *ent.ApiClient, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: c.ID, IDs: map[string]gid.ID{"actor": viewer.From(ctx).Person}, Parties: []gid.ID{c.OwnerOrgID},
	})
}
