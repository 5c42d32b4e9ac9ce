package client

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/clientgrant"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// RequestScopes asks an organisation for what a client's manifest says now. A
// request that nobody has decided on is replaced.
func RequestScopes(ctx context.Context, db *store.DB, in RequestScopesInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		c, err := seen(ctx, tx, in.APIClientID)
		if err != nil {
			return gid.None, err
		}
		if err := States.Permit(requestScopes, v, sidesOf(v, c.OwnerOrgID), c.Status); err != nil {
			return gid.None, err
		}
		if err := organizationIsThere(ctx, tx, in.OrganizationID); err != nil {
			return gid.None, err
		}
		scopes := Within(c.Scopes, in.OrganizationID)
		if len(scopes) == 0 {
			return gid.None, fault.PolicyViolation("ask-for-something", "apiClientId", "The client's manifest names no scope that this organisation can grant.")
		}
		former, err := current(ctx, tx, c.ID, in.OrganizationID, clientgrant.StatusPending)
		if err != nil {
			return gid.None, err
		}
		if err := replace(ctx, tx, former); err != nil {
			return gid.None, err
		}
		g, err := tx.ClientGrant.Create().SetWorldID(c.WorldID).SetClientID(c.ID).SetOwnerOrgID(c.OwnerOrgID).
			SetTenantOrgID(in.OrganizationID).SetScopes(scopes).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := recordGrant(ctx, tx, g, event.ClientGrantRequested); err != nil || former == nil {
			return g.ID, err
		}
		return g.ID, recordGrant(ctx, tx, former, event.ClientGrantReplaced)
	})
}

// ApproveScopes lets a client act for the viewer's organisation as far as it
// asked. What was approved before is replaced.
func ApproveScopes(ctx context.Context, db *store.DB, in ApproveScopesInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		g, err := asked(ctx, tx, in.ClientGrantID)
		if err != nil {
			return gid.None, err
		}
		if err := canDecide(v, g, approveScopes, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		if err := canGrant(v, g); err != nil {
			return gid.None, err
		}
		former, err := current(ctx, tx, g.ClientID, g.TenantOrgID, clientgrant.StatusApproved)
		if err != nil {
			return gid.None, err
		}
		// Replaced before the next is approved: one is at a time.
		if err := replace(ctx, tx, former); err != nil {
			return gid.None, err
		}
		if err := decide(ctx, tx, g, approveScopes, nil); err != nil {
			return gid.None, err
		}
		if err := recordGrant(ctx, tx, g, event.ClientGrantApproved); err != nil || former == nil {
			return g.ID, err
		}
		return g.ID, recordGrant(ctx, tx, former, event.ClientGrantReplaced)
	})
}

// RefuseScopes declines what a client asks for. What was approved before stays.
func RefuseScopes(ctx context.Context, db *store.DB, in RefuseScopesInput) (gid.ID, error) {
	return end(ctx, db, in.ClientGrantID, in.ExpectedRevision, refuseScopes, in.Reason, event.ClientGrantRefused)
}

// RevokeScopes takes back what was approved: the client's next request for the
// organisation is refused.
func RevokeScopes(ctx context.Context, db *store.DB, in RevokeScopesInput) (gid.ID, error) {
	return end(ctx, db, in.ClientGrantID, in.ExpectedRevision, revokeScopes, in.Reason, event.ClientGrantRevoked)
}

func end(ctx context.Context, db *store.DB, id gid.ID, revision int, verb, why string, kind event.Kind) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		g, err := asked(ctx, tx, id)
		if err != nil {
			return gid.None, err
		}
		if err := canDecide(viewer.From(ctx), g, verb, revision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", why, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		if err := decide(ctx, tx, g, verb, &reason); err != nil {
			return gid.None, err
		}
		return g.ID, recordGrant(ctx, tx, g, kind)
	})
}

// asked reads a request that the viewer may see.
//
// Locked: two who decide on it do not both.
func asked(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.ClientGrant, error) {
	g, err := tx.ClientGrant.Query().Where(clientgrant.ID(id), store.Locked).Only(ctx)
	return g, store.Found(err, fault.NotFound("clientGrantId", "There is no such request."))
}

// current is the request of a client to an organisation that stands there, or nil.
func current(ctx context.Context, tx *store.Tx, client, tenant gid.ID, status clientgrant.Status) (*ent.ClientGrant, error) {
	// Both sides see it; who replaces it may be either.
	g, err := tx.ClientGrant.Query().
		Where(clientgrant.ClientID(client), clientgrant.TenantOrgID(tenant), clientgrant.StatusEQ(status), store.Locked).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return g, err
}

func replace(ctx context.Context, tx *store.Tx, former *ent.ClientGrant) error {
	if former == nil {
		return nil
	}
	to := GrantStates.Verb(string(event.ClientGrantReplaced)).To
	return store.Moved(tx.ClientGrant.Update().Where(clientgrant.ID(former.ID), clientgrant.Revision(former.Revision)).SetStatus(to).Save(ctx))
}

func decide(ctx context.Context, tx *store.Tx, g *ent.ClientGrant, verb string, reason *string) error {
	update := tx.ClientGrant.Update().Where(clientgrant.ID(g.ID), clientgrant.Revision(g.Revision)).
		SetStatus(GrantStates.Verb(verb).To).SetDecidedAt(tx.Now).SetDecidedByID(viewer.From(ctx).Person).SetNillableReason(reason)
	return store.Moved(update.Save(ctx))
}

// organizationIsThere: clients ask employers and institutions that their owners
// can see.
func organizationIsThere(ctx context.Context, tx *store.Tx, id gid.ID) (err error) {
	there := false
	switch id.Noun() {
	case gid.Employer:
		there, err = tx.Employer.Query().Where(employer.ID(id)).Exist(ctx)
	case gid.Institution:
		there, err = tx.Institution.Query().Where(institution.ID(id)).Exist(ctx)
	}
	if err == nil && !there {
		err = fault.NotFound("organizationId", "There is no such organisation.")
	}
	return err
}

func recordGrant(ctx context.Context, tx *store.Tx, g *ent.ClientGrant, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: g.ID,
		IDs:     map[string]gid.ID{"actor": viewer.From(ctx).Person, "client": g.ClientID, "organization": g.TenantOrgID},
		Parties: []gid.ID{g.OwnerOrgID, g.TenantOrgID},
	})
}

// Approved is what an organisation let a client do, as far as the client still
// asks for it; nil where it let it do nothing.
func Approved(ctx context.Context, db *store.DB, c *ent.ApiClient, tenant gid.ID) ([]viewer.Scope, error) {
	ctx = viewer.With(ctx, viewer.System("a client proves itself before anybody knows who asks"))
	g, err := db.Read.ClientGrant.Query().
		Where(clientgrant.ClientID(c.ID), clientgrant.TenantOrgID(tenant), clientgrant.StatusEQ(clientgrant.StatusApproved)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return ScopesOf(both(g.Scopes, c.Scopes)), nil
}

// Origins are the web pages from which some client may be heard.
func Origins(ctx context.Context, db *store.DB) (map[string]bool, error) {
	ctx = viewer.With(ctx, viewer.System("a browser asks whether a page may call, before it says who asks"))
	active, err := db.Read.ApiClient.Query().Where(apiclient.StatusEQ(apiclient.StatusActive)).All(ctx)
	all := map[string]bool{}
	for _, c := range active {
		for _, origin := range c.Origins {
			all[origin] = true
		}
	}
	return all, err
}
