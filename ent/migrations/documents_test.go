package migrations_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/ent/migrations"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// TestOffersOfBeforeHaveTheirDocuments runs what the migration does to rows that
// are there: an offer that waits for an answer has Rung's own documents, one that
// was agreed on has those that were signed, and what came to nothing has none.
func TestOffersOfBeforeHaveTheirDocuments(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, engineName string) {
		pool := alone(t, open(t, storetest.Fresh(t, engineName)))
		unbind(t, engineName, pool)
		if engineName == dialect.Postgres {
			for _, name := range []string{"micro_projects", "offers", "agreements", "offer_documents"} {
				dropChecks(t, pool, name, "offer_documents_template")
			}
		}
		open, secret := project(t, pool, engineName, false), project(t, pool, engineName, true)
		sent, asked, gone, agreed := offer(t, pool, engineName, open, "SENT"), offer(t, pool, engineName, secret, "SENT"),
			offer(t, pool, engineName, secret, "DECLINED"), offer(t, pool, engineName, secret, "SIGNED")
		sign(t, pool, engineName, agreed, "CONTRACTOR_TERMS", 1)
		sign(t, pool, engineName, agreed, "IP_ASSIGNMENT", 1)
		for _, statement := range fills(t, engineName) {
			exec(t, pool, statement)
		}
		for id, want := range map[gid.ID][]string{
			sent: {"CONTRACTOR_TERMS 2", "IP_ASSIGNMENT 1"}, asked: {"CONTRACTOR_TERMS 2", "IP_ASSIGNMENT 1", "NON_DISCLOSURE 1"},
			gone: nil, agreed: {"CONTRACTOR_TERMS 1", "IP_ASSIGNMENT 1"},
		} {
			got := column[string](t, pool, "SELECT kind || ' ' || text_version FROM offer_documents WHERE offer_id = $1 ORDER BY kind", id)
			if !slices.Equal(got, want) {
				t.Errorf("%s has %v, want %v", id, got, want)
			}
		}
		for _, id := range column[gid.ID](t, pool, "SELECT id FROM offer_documents") {
			if got, err := gid.Parse(id.String()); err != nil || got.Noun() != gid.OfferDocument {
				t.Errorf("a document has the id %s, %v", id, err)
			}
		}
	})
}

// fills are the statements of the migration that make rows of those before.
func fills(t *testing.T, engineName string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(migrations.Folder(engineName), "*_agreement_templates.sql"))
	if err != nil || len(names) != 1 {
		t.Fatalf("the migration is %v, %v", names, err)
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?m)^INSERT INTO [`\"]offer_documents.*;$").FindAllString(string(text), -1)
	if len(found) != 2 {
		t.Fatalf("%d statements fill the table, want 2", len(found))
	}
	return found
}

func project(t *testing.T, pool *sql.DB, engineName string, isSecret bool) gid.ID {
	t.Helper()
	id := idFor(gid.MicroProject)
	put(t, pool, engineName, "micro_projects", map[string]any{"id": id, "requires_nda": isSecret})
	return id
}

func offer(t *testing.T, pool *sql.DB, engineName string, project gid.ID, status string) gid.ID {
	t.Helper()
	id := idFor(gid.Offer)
	put(t, pool, engineName, "offers", map[string]any{"id": id, "micro_project_id": project, "application_id": idFor(gid.Application), "status": status})
	return id
}

func sign(t *testing.T, pool *sql.DB, engineName string, offer gid.ID, kind string, version int) {
	t.Helper()
	put(t, pool, engineName, "agreements", map[string]any{"id": idFor(gid.Agreement), "offer_id": offer, "kind": kind, "text_version": version})
}

func put(t *testing.T, pool *sql.DB, engineName, table string, set map[string]any) {
	t.Helper()
	if err := insert(t.Context(), pool, tables(t, engineName)[table], set); err != nil {
		t.Fatal(err)
	}
}

func idFor(noun gid.Noun) gid.ID {
	id, err := gid.Random(noun, time.Now())
	if err != nil {
		panic(err)
	}
	return id
}
