package client

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/clientusage"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Asked is one operation of a client, as far as it is counted.
type Asked struct {
	Client, Tenant gid.ID
	Cost           int
	IsRefused      bool
	Deprecated     []string // the coordinates it used that are going away
}

// Usage counts what clients ask in memory, and keeps it in batches.
type Usage struct {
	db     *store.DB
	mu     sync.Mutex
	counts map[counted]count
}

type counted struct {
	client, tenant gid.ID
	day            calendar.Date
	coordinate     string // empty for all of it
}

type count struct{ operations, refused, cost int64 }

// NewUsage begins to count at nothing.
func NewUsage(db *store.DB) *Usage { return &Usage{db: db, counts: map[counted]count{}} }

// Note counts one operation.
func (u *Usage) Note(a Asked) {
	at := counted{client: a.Client, tenant: a.Tenant, day: calendar.Date(u.db.Now().Format(time.DateOnly))}
	u.mu.Lock()
	defer u.mu.Unlock()
	all := u.counts[at]
	all.operations, all.cost = all.operations+1, all.cost+int64(a.Cost)
	if a.IsRefused {
		all.refused++
	}
	u.counts[at] = all
	for _, at.coordinate = range a.Deprecated {
		one := u.counts[at]
		one.operations++
		u.counts[at] = one
	}
}

// Keep adds what was counted since the last time to what is kept. What could not
// be kept is counted again.
func (u *Usage) Keep(ctx context.Context) error {
	u.mu.Lock()
	taken := u.counts
	u.counts = map[counted]count{}
	u.mu.Unlock()
	if len(taken) == 0 {
		return nil
	}
	ctx = viewer.With(ctx, viewer.System("what clients ask is counted, whoever they act for"))
	ctx = viewer.WithRequest(ctx, &viewer.Request{Verb: "keepClientUsage"})
	_, err := store.Write(ctx, u.db, func(tx *store.Tx) (int, error) {
		for _, at := range slices.SortedFunc(maps.Keys(taken), compareCounted) {
			if err := add(ctx, tx, at, taken[at]); err != nil {
				return 0, err
			}
		}
		return len(taken), nil
	})
	if err != nil {
		u.mu.Lock()
		defer u.mu.Unlock()
		for at, c := range taken {
			now := u.counts[at]
			u.counts[at] = count{now.operations + c.operations, now.refused + c.refused, now.cost + c.cost}
		}
	}
	return err
}

// compareCounted: in one order, so that two servers do not wait for each other.
func compareCounted(a, b counted) int {
	return slices.Compare([]string{a.client.String(), a.tenant.String(), string(a.day), a.coordinate},
		[]string{b.client.String(), b.tenant.String(), string(b.day), b.coordinate})
}

func add(ctx context.Context, tx *store.Tx, at counted, c count) error {
	known, err := tx.ClientUsage.Update().
		Where(clientusage.ClientID(at.client), clientusage.TenantOrgID(at.tenant), clientusage.Day(at.day), clientusage.Coordinate(at.coordinate)).
		AddOperations(c.operations).AddRefused(c.refused).AddCost(c.cost).Save(ctx)
	if err != nil || known > 0 {
		return err
	}
	of, err := tx.ApiClient.Query().Where(apiclient.ID(at.client)).Only(ctx)
	if err != nil {
		return err
	}
	return tx.ClientUsage.Create().SetClientID(at.client).SetOwnerOrgID(of.OwnerOrgID).SetTenantOrgID(at.tenant).SetDay(at.day).
		SetCoordinate(at.coordinate).SetOperations(c.operations).SetRefused(c.refused).SetCost(c.cost).Exec(ctx)
}
