package access_test

import (
	"context"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// planet is one world with a story in it: Ada, of the university, did a
// micro-project for Acme. Eve, Evil Inc and the other college have no part in it.
type planet struct {
	world, ada, adasPerson, eve, acme, evil, uni, other, project gid.ID
	viewers                                                      map[string]viewer.Viewer
}

// mustSave keeps the story readable: any error ends the change by a panic.
func mustSave[T any](row T, err error) T {
	if err != nil {
		panic(err)
	}
	return row
}

func request(ctx context.Context, v viewer.Viewer) context.Context {
	return viewer.WithRequest(viewer.With(ctx, v), &viewer.Request{ID: "r", Verb: "tellStory"})
}

func system(ctx context.Context) context.Context {
	return viewer.With(ctx, viewer.System("a test looks at everything"))
}

// tell makes the planet's rows.
func tell(t *testing.T, db *store.DB, world gid.ID) planet {
	t.Helper()
	ctx := request(t.Context(), viewer.System("a test tells a story").In(world))
	p, err := store.Write(ctx, db, func(tx *store.Tx) (planet, error) {
		p := planet{world: world, viewers: map[string]viewer.Viewer{}}
		p.introduce(ctx, tx)
		p.work(ctx, tx)
		return p, event.Record(ctx, tx, event.Event{Kind: event.HireProposed, Subject: p.project, Parties: []gid.ID{p.acme, p.ada}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// introduce makes the people and whom they act for.
func (p *planet) introduce(ctx context.Context, tx *store.Tx) {
	c := tx.System("a test tells a story")
	person := func(name string) gid.ID { return mustSave(c.Person.Create().SetName(name).Save(ctx)).ID }
	talent := func(name string, person gid.ID) gid.ID {
		return mustSave(c.TalentProfile.Create().SetWorldID(p.world).SetPersonID(person).SetLegalName(name).Save(ctx)).ID
	}
	institution := func(name string) gid.ID {
		return mustSave(c.Institution.Create().SetWorldID(p.world).SetName(name).SetNameFolded(name).SetCountryCode("DE").SetStatus("OPEN").Save(ctx)).ID
	}
	employer := func(name, status string) gid.ID {
		e := c.Employer.Create().SetWorldID(p.world).SetName(name).SetNameFolded(name).SetOrigin("REGISTERED")
		return mustSave(e.SetStatus(map[string]func() (s ent.Employer){}[""].zero(status)).Save(ctx)).ID
	}
	_ = employer
	_ = institution
	_ = talent
	_ = person
}
