package issuer

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identityissuer"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
)

// Provider asks the provider behind an issuer whether it is that issuer, and names
// what is wrong, or nothing.
type Provider func(ctx context.Context, i *ent.IdentityIssuer) identityissuer.Problem

// Asking is the work of finding out whether providers are the issuers that they
// were registered as. It is done after the change that queued it: nothing waits
// for a provider inside of a change.
func Asking(ask Provider) job.Handler {
	return func(ctx context.Context, db *store.DB, w job.Work) error {
		i, err := db.Read.IdentityIssuer.Get(ctx, w.Subject)
		if err != nil || i.Status != identityissuer.StatusRegistered {
			return err
		}
		return answered(ctx, db, i, ask(ctx, i))
	}
}

// answered keeps what came of asking, unless somebody changed meanwhile what the
// provider was asked.
func answered(ctx context.Context, db *store.DB, asked *ent.IdentityIssuer, problem identityissuer.Problem) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		i, err := tx.IdentityIssuer.Query().Where(identityissuer.ID(asked.ID), store.Locked).Only(ctx)
		if err != nil || i.Status != identityissuer.StatusRegistered {
			return gid.None, err
		}
		if i.Revision != asked.Revision {
			return gid.None, job.Enqueue(ctx, tx, AskIdentityIssuer, i.ID)
		}
		if problem != "" {
			return gid.None, save(ctx, tx, i, tx.IdentityIssuer.Update().SetProblem(problem), event.IdentityIssuerUnproven)
		}
		update := moving(tx, string(event.IdentityIssuerProven)).ClearProblem().SetProvenAt(tx.Now)
		return gid.None, save(ctx, tx, i, update, event.IdentityIssuerProven)
	})
	return err
}
