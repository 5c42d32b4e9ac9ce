package project

import (
	"context"
	"sync"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestTakeSeat(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p := w.open(t, 2)
		if _, seat := w.seated(t, p, engagement.StatusPendingGates); seat != 1 {
			t.Errorf("got seat %d", seat)
		}
		if got := w.project(t, p.ID); got.Status != microproject.StatusOpen || got.Revision != p.Revision || w.jobs(t, p.ID) != 0 {
			t.Errorf("a seat is free: got %v", got)
		}
		// The talent who accepts takes the seat, though the project is not theirs to change.
		w.Does(t, w.ada, "acceptOffer", func(ctx context.Context) error {
			_, err := store.Write(ctx, db, func(tx *store.Tx) (int, error) {
				seat, err := TakeSeat(ctx, tx, p.ID)
				if err == nil && seat != 2 {
					t.Errorf("got seat %d", seat)
				}
				return seat, err
			})
			return err
		}, stage.Says(event.MicroProjectFilled, p.ID, w.acme, gid.LiveWorld))
		got, l := w.project(t, p.ID), w.listing(t, p)
		if got.Status != microproject.StatusFilled || got.FilledAt == nil || l.Status != listing.StatusClosed || w.jobs(t, p.ID) != 1 {
			t.Errorf("got %v with %v", got, l)
		}
		w.Refuses(t, w.eve, "acceptOffer", func(ctx context.Context) error {
			_, err := store.Write(ctx, db, func(tx *store.Tx) (int, error) { return TakeSeat(ctx, tx, p.ID) })
			return err
		}, fault.CodeIllegalTransition, "")
	})
}

func TestLastSeatWhileSomebodyWorks(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p := w.open(t, 2)
		w.seated(t, p, engagement.StatusActive)
		w.Does(t, w.ada, "acceptOffer", func(ctx context.Context) error {
			_, err := store.Write(ctx, db, func(tx *store.Tx) (int, error) { return TakeSeat(ctx, tx, p.ID) })
			return err
		}, stage.Says(event.MicroProjectFilled, p.ID, w.acme, gid.LiveWorld), stage.Says(event.MicroProjectStarted, p.ID, w.acme, gid.LiveWorld))
		if got := w.project(t, p.ID); got.Status != microproject.StatusInProgress {
			t.Errorf("got %v", got)
		}
	})
}

// Many accept at once: each seat goes to one of them.
func TestSeatsAreTakenOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		const seats, talents = 3, 32
		p := w.open(t, seats)
		who := make([]viewer.Viewer, talents)
		for i := range who {
			who[i] = w.talent(t)
		}
		taken := make([]int, talents)
		var all sync.WaitGroup
		for i, v := range who {
			all.Go(func() {
				ctx := stage.As(t, viewer.System("a test takes seats"), "acceptOffer")
				seat, err := store.Write(ctx, db, func(tx *store.Tx) (int, error) {
					seat, err := TakeSeat(ctx, tx, p.ID)
					if err != nil {
						return 0, err
					}
					_, err = w.hired(ctx, tx, p, v.Talent, seat, engagement.StatusPendingGates)
					return seat, err
				})
				told, _ := fault.UserErrors(err)
				if err != nil && (len(told) != 1 || told[0].GetCode() != fault.CodeIllegalTransition) {
					t.Errorf("got %v", err)
				}
				taken[i] = seat
			})
		}
		all.Wait()
		count := map[int]int{}
		for _, seat := range taken {
			count[seat]++
		}
		if count[1] != 1 || count[2] != 1 || count[3] != 1 || count[0] != talents-seats {
			t.Errorf("seats went to so many: %v", count)
		}
		if got := w.project(t, p.ID); got.Status != microproject.StatusFilled || w.jobs(t, p.ID) != 1 {
			t.Errorf("got %v", got)
		}
	})
}

func (w *town) follows(change func(context.Context, *store.Tx, gid.ID) error, id gid.ID) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := store.Write(ctx, w.DB, func(tx *store.Tx) (bool, error) { return true, change(ctx, tx, id) })
		return err
	}
}

func TestFreeSeat(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p := w.open(t, 1)
		w.Does(t, w.ada, "declineOffer", w.follows(FreeSeat, p.ID)) // an open project stays so
		w.seated(t, p, engagement.StatusPendingGates)
		w.Does(t, w.ada, "terminateEngagement", w.follows(FreeSeat, p.ID), stage.Says(event.MicroProjectReopened, p.ID, w.acme, gid.LiveWorld))
		got, l := w.project(t, p.ID), w.listing(t, p)
		if got.Status != microproject.StatusOpen || got.FilledAt != nil || l.Status != listing.StatusOpen || l.ClosedAt != nil {
			t.Errorf("got %v with %v", got, l)
		}
		// Nobody can apply any more: it stays filled.
		late := w.open(t, 1)
		w.seated(t, late, engagement.StatusPendingGates)
		w.scene(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.MicroProject.Update().Where(microproject.ID(late.ID)).SetApplyBy(tx.Now).Exec(ctx)
		})
		w.Does(t, w.ada, "terminateEngagement", w.follows(FreeSeat, late.ID))
		if got := w.project(t, late.ID); got.Status != microproject.StatusFilled {
			t.Errorf("got %v", got)
		}
	})
}

func TestWork(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := open(t, db)
		p := w.open(t, 2)
		first, _ := w.seated(t, p, engagement.StatusActive)
		w.Does(t, w.ada, "startEngagement", w.follows(WorkStarted, p.ID)) // a seat is free, so it stays open
		w.Does(t, w.owner, "completeEngagement", w.follows(WorkEnded, p.ID))
		if got := w.project(t, p.ID); got.Status != microproject.StatusOpen {
			t.Errorf("got %v", got)
		}
		w.scene(t, func(ctx context.Context, tx *store.Tx) error {
			return engaged(ctx, tx, first, engagement.StatusCompleted)
		})
		second, _ := w.seated(t, p, engagement.StatusPendingGates)
		w.Does(t, w.ada, "startEngagement", w.follows(WorkStarted, p.ID), stage.Says(event.MicroProjectStarted, p.ID, w.acme, gid.LiveWorld))
		w.Does(t, w.owner, "completeEngagement", w.follows(WorkEnded, p.ID)) // the second is not done
		w.scene(t, func(ctx context.Context, tx *store.Tx) error {
			return engaged(ctx, tx, second, engagement.StatusTerminated)
		})
		w.Does(t, w.owner, "terminateEngagement", w.follows(WorkEnded, p.ID), stage.Says(event.MicroProjectCompleted, p.ID, w.acme, gid.LiveWorld))
		if got := w.project(t, p.ID); got.Status != microproject.StatusCompleted || got.EndedAt == nil {
			t.Errorf("got %v", got)
		}
		// What was agreed does not wait for the seats that are still free.
		for _, status := range []microproject.Status{
			microproject.StatusPaused, microproject.StatusInReview, microproject.StatusChangesRequested, microproject.StatusApproved,
			microproject.StatusExpired,
		} {
			held := w.open(t, 2)
			w.seated(t, held, engagement.StatusReady)
			w.scene(t, func(ctx context.Context, tx *store.Tx) error {
				update := tx.MicroProject.Update().Where(microproject.ID(held.ID)).SetStatus(status)
				if status == microproject.StatusExpired {
					update.SetEndedAt(tx.Now)
				}
				return update.Exec(ctx)
			})
			w.Does(t, w.ada, "startEngagement", w.follows(WorkStarted, held.ID))
			if got := w.project(t, held.ID); got.Status != status {
				t.Errorf("got %v, want %v", got.Status, status)
			}
		}
		back := w.open(t, 2)
		w.seated(t, back, engagement.StatusReady)
		w.scene(t, func(ctx context.Context, tx *store.Tx) error {
			return tx.MicroProject.Update().Where(microproject.ID(back.ID)).SetStatus(microproject.StatusRefused).Exec(ctx)
		})
		w.Refuses(t, w.ada, "startEngagement", w.follows(WorkStarted, back.ID), fault.CodeIllegalTransition, "")
		gone := w.open(t, 1)
		w.seated(t, gone, engagement.StatusReady)
		gone = w.project(t, gone.ID)
		if err := w.cancels(gone, gone.Revision, "No money.")(stage.As(t, w.owner, "cancelMicroProject")); err != nil {
			t.Fatal(err)
		}
		w.Refuses(t, w.ada, "startEngagement", w.follows(WorkStarted, gone.ID), fault.CodeIllegalTransition, "")
	})
}
