//go:build !race

package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"entgo.io/ent/dialect"
	entfield "entgo.io/ent/schema/field"

	"github.com/rung-dev/rung/ent/gen/ent/migrate"
)

// fixed are texts that a canary would break: what is compared, summed or read
// back, by the end of the column's name.
var fixed = regexp.MustCompile(`currency$|_hash$|sha256$|_folded$|code$|^reference$|time_zone$|_on$|_as_of$|^kind$|^verb$|^key|^issuer$|^subject$|rule_id$|type$|blob_key$|prior_status$|leased_by$|request_id$|provider_event_id$|^actor$|^hint$|^noun$|^day$|^coordinate$`)

// plant writes into every text of every row where it comes from: whoever reads
// it in an answer tells which row it was.
func plant(t *testing.T, s *site) {
	t.Helper()
	ctx := t.Context()
	conn, err := s.db.Engine().Write.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	run := func(statement string) {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	// What is kept as it was written is written to as well: this world is only read.
	if s.db.Engine().Name == dialect.SQLite {
		for _, trigger := range triggersOf(ctx, t, s) {
			run("DROP TRIGGER " + trigger)
		}
	} else {
		for _, table := range migrate.Tables {
			run("ALTER TABLE " + table.Name + " DISABLE TRIGGER USER")
		}
	}
	// Each question takes a minute of the world's, and what operators opened lasts eight hours.
	run("UPDATE operator_accesses SET expires_at = '2027-10-12 14:00:00+00:00' WHERE status = 'OPEN'")
	sow(t, s, run)
	for _, table := range migrate.Tables {
		for _, c := range table.Columns {
			if c.Type != entfield.TypeString || fixed.MatchString(c.Name) {
				continue
			}
			planted := fmt.Sprintf("'canary.%s.%s.' || id", table.Name, c.Name)
			switch {
			case strings.HasSuffix(c.Name, "url") || c.Name == "website" || c.Name == "link":
				planted = "'https://canary.example/' || " + planted
			case strings.HasSuffix(c.Name, "email"):
				planted += " || '@canary.example'"
			case c.Name == "legal_name":
				planted = "'Zoe ' || " + planted // a family name is told by its initial
			}
			run(fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s IS NOT NULL", table.Name, c.Name, planted, c.Name))
		}
	}
}

func triggersOf(ctx context.Context, t *testing.T, s *site) []string {
	t.Helper()
	rows, err := s.db.Engine().Read.QueryContext(ctx, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil || len(names) == 0 {
		t.Fatalf("there are %d triggers: %v", len(names), err)
	}
	return names
}
