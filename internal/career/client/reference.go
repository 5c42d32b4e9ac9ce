package client

import (
	"context"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/externalreference"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// Finder says whether the viewer sees what an id names, as they read it.
type Finder func(ctx context.Context, id gid.ID) (bool, error)

// LinkExternalReference gives something the name that the client calls it by. A
// client has one name for a thing, and one thing of a kind for a name.
func LinkExternalReference(ctx context.Context, db *store.DB, sees Finder, in LinkExternalReferenceInput) (gid.ID, error) {
	there, err := sees(ctx, in.NodeID)
	if err != nil {
		return gid.None, err
	}
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		if err := isClient(v); err != nil {
			return gid.None, err
		}
		var r text.Reader
		name := r.Line("externalReference", in.ExternalReference, 1, 200)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		if !there {
			return gid.None, fault.NotFound("nodeId", "There is no such thing, or none that you may see.")
		}
		noun := in.NodeID.Noun().Prefix()
		taken, err := tx.ExternalReference.Query().
			Where(externalreference.Noun(noun), externalreference.Reference(name), externalreference.NodeIDNEQ(in.NodeID)).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		if taken {
			return gid.None, fault.AlreadyExists("externalReference", "You call another of this kind so. Unlink that first.")
		}
		known, err := referenceOf(ctx, tx, in.NodeID)
		if err != nil {
			return gid.None, err
		}
		if known != nil {
			err = tx.ExternalReference.Update().Where(externalreference.ID(known.ID)).SetReference(name).Exec(ctx)
		} else {
			err = tx.ExternalReference.Create().SetClientID(v.Client).SetTenantOrgID(v.ActsFor()).SetNodeID(in.NodeID).
				SetNoun(noun).SetReference(name).SetCreatedAt(tx.Now).Exec(ctx)
		}
		if err != nil {
			return gid.None, err
		}
		return in.NodeID, recordAct(ctx, tx, event.ExternalReferenceLinked, in.NodeID)
	})
}

// UnlinkExternalReference drops the client's name for something.
func UnlinkExternalReference(ctx context.Context, db *store.DB, in UnlinkExternalReferenceInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		if err := isClient(viewer.From(ctx)); err != nil {
			return gid.None, err
		}
		known, err := referenceOf(ctx, tx, in.NodeID)
		if err != nil {
			return gid.None, err
		}
		if known == nil {
			return gid.None, fault.NotFound("nodeId", "You have no name for such a thing.")
		}
		if _, err := tx.ExternalReference.Delete().Where(externalreference.ID(known.ID)).Exec(ctx); err != nil {
			return gid.None, err
		}
		return in.NodeID, recordAct(ctx, tx, event.ExternalReferenceUnlinked, in.NodeID)
	})
}

func referenceOf(ctx context.Context, tx *store.Tx, node gid.ID) (*ent.ExternalReference, error) {
	known, err := tx.ExternalReference.Query().Where(externalreference.NodeID(node), store.Locked).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return known, err
}

// Named is what the viewing client calls so, of a kind; none where it calls
// nothing so. Whether it may still see that is for whoever reads it.
func Named(ctx context.Context, db *store.DB, noun gid.Noun, name string) (gid.ID, error) {
	known, err := db.Read.ExternalReference.Query().
		Where(externalreference.Noun(noun.Prefix()), externalreference.Reference(name)).Only(ctx)
	if ent.IsNotFound(err) {
		return gid.None, nil
	}
	if err != nil {
		return gid.None, err
	}
	return known.NodeID, nil
}

// ReferenceFor is what the viewing client calls something, or nil.
func ReferenceFor(ctx context.Context, db *store.DB, node gid.ID) (*string, error) {
	known, err := db.Read.ExternalReference.Query().Where(externalreference.NodeID(node)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &known.Reference, nil
}

func isClient(v viewer.Viewer) error {
	if v.Kind != viewer.Integration || v.Client.IsNone() {
		return fault.NotPermitted("Only an API client does this.")
	}
	return nil
}

// EmbedLife is how long an embed token holds.
const EmbedLife = 10 * time.Minute

// Embed is what an embed token says: whose it is, for whom, and on which pages it
// is heard.
type Embed struct {
	Client, Organization gid.ID
	Origin               string
}

// MintEmbedToken lets a page of one of the client's origins show listings. Whoever
// signs tokens makes one of what it returns.
func MintEmbedToken(ctx context.Context, db *store.DB, in MintEmbedTokenInput) (Embed, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Embed, error) {
		v := viewer.From(ctx)
		if err := isClient(v); err != nil {
			return Embed{}, err
		}
		c, err := tx.ApiClient.Query().Where(apiclient.ID(v.Client)).Only(ctx)
		if err != nil {
			return Embed{}, err
		}
		if !slices.Contains(c.Origins, in.Origin) {
			return Embed{}, fault.InvalidValue("origin", "Name one of the client's own origins, exactly.")
		}
		return Embed{v.Client, v.Org, in.Origin}, recordAct(ctx, tx, event.EmbedTokenMinted, v.Client)
	})
}

// recordAct notes what a client did for itself, for whom it acts, or for whoever
// answers for it: what it does for one organisation is no other's to hear of.
func recordAct(ctx context.Context, tx *store.Tx, kind event.Kind, subject gid.ID) error {
	v := viewer.From(ctx)
	c, err := tx.ApiClient.Query().Where(apiclient.ID(v.Client)).Only(ctx)
	if err != nil {
		return err
	}
	party := c.OwnerOrgID
	if !v.Org.IsNone() {
		party = v.Org
	}
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: subject, IDs: map[string]gid.ID{"actor": v.Person, "client": v.Client}, Parties: []gid.ID{party},
	})
}
