//go:build !race

package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	entsql "entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent/migrate"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// tables holds the rows that each person may read, of every table, against the
// file: also of those that only show through others.
func (c *census) tables(t *testing.T) {
	t.Helper()
	for _, table := range migrate.Tables {
		c.table(t, table.Name)
	}
}

func (c *census) table(t *testing.T, table string) {
	t.Helper()
	kind, rows := c.kindOf(table)
	if len(rows) == 0 {
		t.Errorf("the world has no row of %s", table)
	}
	for _, who := range c.readers() {
		key := table + " " + who.name
		if c.wanted[key] == nil {
			c.wanted[key] = map[gid.ID]bool{}
			for _, x := range rows {
				c.wanted[key][x.id] = c.reads(t, who, table, x)
			}
		}
		seen := c.read(t, who, kind, table)
		for _, x := range rows {
			c.rows++
			if want := c.wanted[key][x.id]; seen[x.id] != want {
				c.defect(t, fmt.Sprintf("%s may read rows of %s: %v, and the file says %v to %s", who.kind, table, seen[x.id], want, c.all.relationOf(who, x)), "%s %s", who.name, x.id)
			}
		}
	}
}

// readers are all to whom the tables answer: those who ask, programs, and who comes
// from nowhere.
func (c *census) readers() []persona {
	return slices.Concat(c.people, c.others, c.programs, []persona{{name: "a context without a viewer", kind: "nobody"}})
}

// reads reports whether somebody should read a row.
func (c *census) reads(t *testing.T, who persona, table string, x *thing) bool {
	t.Helper()
	switch {
	case who.kind == "nobody":
		return false
	case x.id == who.world && table == "worlds":
		return true // everybody knows their own world, by which it is no sandbox
	case who.kind == "program":
		if isOwn, tellsOfIt := ofProgram(who, table, x); tellsOfIt {
			return isOwn
		}
		who = who.granted(table)
	}
	if x.kind != "" {
		return c.may(c.all, who, x)
	}
	reads, known := readersOf[table]
	if !known {
		t.Fatalf("say in readersOf who reads %s, whose rows have no type", table)
	}
	return reads(c, who, x)
}

// readersOf are who reads the rows of the tables that have no type.
var readersOf = map[string]func(c *census, who persona, x *thing) bool{
	"application_skills":  partOf("application_id", "Application.education"),
	"application_studies": partOf("application_id", "Application.education"),
	"declared_skills":     partOf("talent_id", "TalentProfile.id"),
	"hire_reports":        partOf("hire_conversion_id", "HireConversion.id"),
	"offer_documents":     partOf("offer_id", "Offer.documents"),
	"portfolio_skills":    partOf("portfolio_item_id", "PortfolioItem.id"),
	"project_skills":      partOf("micro_project_id", "MicroProject.id"),
	"read_marks":          partOf("conversation_id", "Conversation.id"),

	"project_institutions": func(c *census, who persona, x *thing) bool {
		isOperators := who.kind == "operator" && partOf("micro_project_id", "MicroProject.id")(c, who, x)
		return isOperators || x.names(who.org, "employer_org_id", "institution_id")
	},
	"funding_pool_admissions": func(c *census, who persona, x *thing) bool {
		pool := c.all.things[x.refs["funding_pool_id"]]
		return x.names(who.org, "employer_org_id", "owner_org_id") || who.kind == "operator" && pool.refs["world_id"] == who.world
	},
	"identities":   func(_ *census, who persona, x *thing) bool { return x.names(who.person, "person_id") },
	"demographics": func(_ *census, who persona, x *thing) bool { return x.names(who.talent, "talent_id") },
	"client_secrets": func(c *census, who persona, x *thing) bool {
		return c.answersFor(who, c.all.things[x.refs["client_id"]])
	},
	"client_usages": func(c *census, who persona, x *thing) bool { return c.answersFor(who, x) },
	"feed_entries": func(_ *census, who persona, x *thing) bool {
		return x.names(who.talent, "party_id") || x.names(who.org, "party_id")
	},
	"events": func(c *census, who persona, x *thing) bool {
		return c.all.exists("feed_entries", "event_id", x.id, "party_id", cmp.Or(who.talent, who.org))
	},
	"external_references": nobodyReads, "feed_counters": nobodyReads, "idempotency_records": nobodyReads, "jobs": nobodyReads, "payment_callbacks": nobodyReads,
}

func nobodyReads(*census, persona, *thing) bool { return false }

// partOf: whoever may read a coordinate of the thing that a column names.
func partOf(column, coordinate string) func(c *census, who persona, x *thing) bool {
	return func(c *census, who persona, x *thing) bool {
		of := c.all.things[x.refs[column]]
		return of != nil && c.decide(who, of, coordinate, c.all.relationOf(who, of)) == allow
	}
}

// answersFor: somebody is of those who answer for their organisation's programs.
func (c *census) answersFor(who persona, x *thing) bool {
	isTheirs := slices.Contains([]string{"employer owner", "career admin", "operator"}, who.kind)
	return isTheirs && x.names(who.org, "owner_org_id")
}

// ofProgram reports whether a row is a program's own, of the tables that tell
// programs of themselves.
func ofProgram(who persona, table string, x *thing) (isOwn, tellsOfIt bool) {
	switch table {
	case "people":
		return x.id == who.person, true
	case "api_clients":
		return x.id == who.client, true
	case "client_usages":
		return x.names(who.client, "client_id"), true
	case "client_grants":
		return x.names(who.client, "client_id") && x.names(who.org, "tenant_org_id"), true
	case "external_references":
		return !who.isOnPage && x.names(who.client, "client_id") && x.names(cmp.Or(who.org, who.world), "tenant_org_id"), true
	}
	return false, false
}

// granted is as whom a program reads a table: what it was granted, which here is to
// read projects and postings, as a member of the organisation that did, and the rest
// as the public. A web page reads postings alone so.
func (p persona) granted(table string) persona {
	as := persona{name: p.name, kind: "anonymous", world: p.world}
	if p.isOnPage && table != "listings" {
		return as
	}
	switch table {
	case "listings", "micro_projects", "planned_deliverables", "project_skills", "application_questions", "project_institutions", "posting_requests", "project_templates":
		switch p.org.Noun() {
		case gid.Employer:
			as.kind, as.org = "employer member", p.org
		case gid.Institution:
			as.kind, as.org = "career staff", p.org
		}
	}
	return as
}

// kindOf is what ent calls a table's rows, and the rows.
func (c *census) kindOf(table string) (string, []*thing) {
	for _, kind := range access.Lines() {
		if tableOf(kind) == table {
			for _, node := range nodeKinds() {
				if tableOf(node) == table {
					return kind, c.all.byKind[node]
				}
			}
			return kind, c.all.extra[table]
		}
	}
	return "", nil
}

// read are the ids of a table's rows that somebody may read.
func (c *census) read(t *testing.T, who persona, kind, table string) map[gid.ID]bool {
	t.Helper()
	rows, err := access.Rows(c.viewer(who), kind)
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	s := entsql.Dialect(c.db.Engine().Name).Select("id").From(entsql.Table(table))
	rows(s)
	query, args := s.Query()
	found, err := c.db.Engine().Read.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = found.Close() }()
	seen := map[gid.ID]bool{}
	for found.Next() {
		var id gid.ID
		if err := found.Scan(&id); err != nil {
			t.Fatal(err)
		}
		seen[id] = true
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return seen
}

// viewer is somebody as the rules meet them.
func (c *census) viewer(who persona) viewer.Viewer {
	if who.kind == "nobody" {
		return viewer.Viewer{}
	}
	v := viewer.Viewer{World: who.world, Person: who.person, Talent: who.talent, Org: who.org, Client: who.client, At: c.clock(), Kind: map[string]viewer.Kind{
		"anonymous": viewer.Anonymous, "newcomer": viewer.Newcomer, "talent": viewer.Talent, "employer owner": viewer.EmployerMember,
		"employer member": viewer.EmployerMember, "career admin": viewer.CareerStaff, "career staff": viewer.CareerStaff, "operator": viewer.Operator, "program": viewer.Integration,
	}[who.kind]}
	switch who.kind {
	case "newcomer":
		v.Role = viewer.RoleNewcomer
	case "anonymous":
	case "program":
		v.Role = viewer.RoleClient
	default:
		v.Role = viewer.Role(c.world.People[who.name].Role)
	}
	v.Scopes = viewer.ScopesOf(v.Role)
	switch {
	case who.isOnPage:
		v.Scopes = viewer.Scopes{viewer.ListingsRead: true}
	case who.kind == "program" && !who.org.IsNone():
		v.Scopes = maps.Clone(v.Scopes)
		v.Scopes[viewer.ProjectsRead] = true
	}
	return v
}
