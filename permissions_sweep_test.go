//go:build !race

package main

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	entfield "entgo.io/ent/schema/field"
	gql "github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/ent/gen/ent/migrate"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
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
	}
	for _, table := range migrate.Tables {
		if s.db.Engine().Name == dialect.Postgres {
			run("ALTER TABLE " + table.Name + " DISABLE TRIGGER USER")
		}
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
	// Each question takes a minute of the world's, and what operators opened lasts eight hours.
	run("UPDATE operator_accesses SET expires_at = '2027-10-12 14:00:00+00:00' WHERE status = 'OPEN'")
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

var aCanary = regexp.MustCompile(`canary\.([a-z_]+)\.([a-z_]+)\.([0-9a-f-]{36})`)

// classOfColumn are the columns that are kept more closely than their row.
var classOfColumn = map[string]string{
	"talent_profiles.legal_name": "record", "talent_profiles.email": "contact",
	"talent_profiles.resume_url": "contact", "talent_profiles.linkedin_url": "contact",
	"talent_profiles.deactivation_reason": "conduct", "talent_profiles.reinstatement_reason": "conduct",
	"applications.packet_name": "parties", "applications.packet_email": "parties", "applications.note": "parties",
	"applications.packet_headline": "parties", "applications.packet_resume_url": "parties", "applications.packet_linkedin_url": "parties",
	"disputes.reason": "dispute", "disputes.note": "dispute", "evaluations.private_text": "confidence",
}

// scan finds the canaries in an answer that somebody should not have read.
func (c *census) scan(t *testing.T, who persona, question string, answer []byte) {
	t.Helper()
	for _, found := range aCanary.FindAllSubmatch(answer, -1) {
		c.canaries++
		table, column := string(found[1]), string(found[2])
		x := c.rowOf(table, string(found[3]))
		if x == nil {
			c.defect(t, fmt.Sprintf("%s reads %s.%s, of which nobody knows to whom it belongs", who.kind, table, column), "%s asks %s", who.name, question)
			continue
		}
		if world := c.all.things[x.refs["world_id"]]; world != nil && world.refs["owner_person_id"] == who.person && !who.person.IsNone() {
			continue // whoever opened a sandbox has the tokens of everybody in it
		}
		r := c.all.relationOf(who, x)
		class := classOfColumn[table+"."+column]
		if class == "" {
			class = c.coordinates[x.kind+".id"]
		}
		if c.classes[class][who.kind][r] != allow {
			c.defect(t, fmt.Sprintf("%s reads %s.%s, which the file keeps from %s", who.kind, table, column, r), "%s asks %.200s", who.name, question)
		}
	}
}

// rowOf is the thing to which a row of a table belongs.
func (c *census) rowOf(table, uuid string) *thing {
	var id gid.ID
	if err := id.Scan(uuid); err != nil {
		return nil
	}
	if x := c.all.things[id]; x != nil {
		return x
	}
	for _, x := range c.all.extra[table] {
		if x.id == id {
			for _, column := range []string{"application_id", "offer_id", "portfolio_item_id", "hire_conversion_id", "micro_project_id", "funding_pool_id", "client_id", "talent_id", "person_id"} {
				if parent := c.all.things[x.refs[column]]; parent != nil {
					return parent
				}
			}
		}
	}
	return nil
}

// roots asks everybody for every list, in every order, and for what is filtered by
// ids that are not theirs: what is counted, ordered and found tells no more than
// what is shown.
func (c *census) roots(t *testing.T) {
	t.Helper()
	for _, f := range api.Query.Fields {
		result := api.Types[f.Type.Name()]
		switch {
		case strings.HasPrefix(f.Name, "__"):
		case result.Fields.ForName("pageInfo") != nil && !leads(api.Types[result.Fields.ForName("nodes").Type.Name()]):
			// What it lists has no ids: directories are asked about below.
		case result.Fields.ForName("pageInfo") != nil:
			for _, who := range c.people {
				if isWhole() || c.draw.IntN(10) == 0 {
					c.list(t, who, f)
				}
			}
		case f.Arguments.ForName("id") != nil && leads(result) && f.Name != "node" && c.isDrawn(f.Type.Name()):
			c.byID(t, f)
		}
	}
}

// list asks somebody for a list in all of its orders and by foreign ids.
func (c *census) list(t *testing.T, who persona, f *gql.FieldDefinition) {
	t.Helper()
	needs := ""
	for _, a := range f.Arguments {
		if a.Type.NonNull && a.DefaultValue == nil {
			needs = neededBy[f.Name]
			if needs == "" {
				t.Fatalf("%s needs %s: give one in neededBy", f.Name, a.Name)
			}
		}
	}
	if needs != "" {
		needs = c.names().show(t, needs) + ", "
	}
	arguments := []string{""}
	if order := f.Arguments.ForName("orderBy"); order != nil {
		for _, value := range api.Types[api.Types[order.Type.Name()].Fields.ForName("field").Type.Name()].EnumValues {
			arguments = append(arguments, fmt.Sprintf(", orderBy: {field: %s, direction: ASC}", value.Name))
		}
	}
	for _, more := range arguments {
		nodes, count, isWhole := c.page(t, who, f.Name, needs, more)
		for _, id := range nodes {
			if x := c.thing(t, id); x == nil || !c.may(c.all, who, x) {
				c.defect(t, fmt.Sprintf("%s finds what is not theirs in %s", who.kind, f.Name), "%s %s%s", who.name, id, more)
			}
		}
		if isWhole && count != len(nodes) {
			c.defect(t, fmt.Sprintf("%s counts more in %s than there is to see", who.kind, f.Name), "%s counts %d of %d", who.name, count, len(nodes))
		}
	}
	c.probe(t, who, f, needs)
}

// neededBy are the arguments that a list cannot do without.
var neededBy = map[string]string{
	"exposedTalents": `employerId: "{{basalt}}"`,
	"portfolio":      `talentId: "{{ada}}"`,
}

// thing is a row by its id, also one that came to be since the stock was taken: of
// what is asked here much is written down.
func (c *census) thing(t *testing.T, id gid.ID) *thing {
	t.Helper()
	if c.all.things[id] == nil {
		for _, table := range migrate.Tables {
			if table.Name == tableOf("Disclosure") || table.Name == tableOf("AuditEntry") {
				for _, x := range rowsOf(t, c.site, table) {
					x.kind = kindsIn()[table.Name]
					c.all.things[x.id] = x
				}
			}
		}
	}
	return c.all.things[id]
}

// page is the first page of a list, what its total is, and whether that is all.
func (c *census) page(t *testing.T, who persona, root, needs, more string) (ids []gid.ID, count int, isWhole bool) {
	t.Helper()
	document := fmt.Sprintf("{ list: %s(%sfirst: 100%s) { nodes { id } totalCount { value } pageInfo { hasNextPage } } }", root, needs, more)
	a := c.ask(t, who.name, document, nil)
	c.scan(t, who, document, a.body)
	var data struct {
		List *struct {
			Nodes      []struct{ ID gid.ID }
			TotalCount struct{ Value int }
			PageInfo   struct{ HasNextPage bool }
		}
	}
	if err := json.Unmarshal(a.Data, &data); err != nil || data.List == nil && a.Errors == nil {
		t.Fatalf("%s asks %s: %s", who.name, document, a.body)
	}
	if data.List == nil {
		if !slices.ContainsFunc([]string{"UNAUTHENTICATED", "INSUFFICIENT_SCOPE"}, func(code string) bool { return strings.Contains(string(a.Errors), code) }) {
			t.Errorf("%s asks %s: %s", who.name, document, a.body)
		}
		return nil, 0, false
	}
	for _, node := range data.List.Nodes {
		ids = append(ids, node.ID)
	}
	return ids, data.List.TotalCount.Value, !data.List.PageInfo.HasNextPage
}

// probe filters a list by things that are not theirs to see: where that finds
// something, it tells what it was tied to.
func (c *census) probe(t *testing.T, who persona, f *gql.FieldDefinition, needs string) {
	t.Helper()
	filter := f.Arguments.ForName("filter")
	if filter == nil {
		return
	}
	for _, condition := range api.Types[filter.Type.Name()].Fields {
		if condition.Type.Name() != "IdFilter" && condition.Type.Name() != "ID" {
			continue
		}
		kind := strings.ToUpper(condition.Name[:1]) + condition.Name[1:]
		if kind == "Talent" {
			kind = "TalentProfile"
		}
		asked := 0
		for _, x := range c.all.byKind[kind] {
			if c.may(c.all, who, x) {
				continue
			}
			if asked++; asked > 5 {
				break
			}
			value := fmt.Sprintf(`{eq: "%s"}`, x.id)
			if condition.Type.Name() == "ID" {
				value = fmt.Sprintf("%q", x.id)
			}
			if ids, count, _ := c.page(t, who, f.Name, needs, fmt.Sprintf(", filter: {%s: %s}", condition.Name, value)); len(ids)+count > 0 {
				c.defect(t, fmt.Sprintf("%s learns by %s(filter: {%s}) of a thing that is not theirs to see", who.kind, f.Name, condition.Name), "%s of %s", who.name, x.id)
			}
		}
	}
}

// byID asks everybody for things by the root field of their type.
func (c *census) byID(t *testing.T, f *gql.FieldDefinition) {
	t.Helper()
	for _, who := range c.people {
		for some := range slices.Chunk(c.sample(f.Type.Name(), 1), 10) {
			var b strings.Builder
			for i, x := range some {
				fmt.Fprintf(&b, " n%d: %s(id: %q) { id }", i, f.Name, x.id)
			}
			a := c.ask(t, who.name, "{"+b.String()+" }", nil)
			var data map[string]*struct{ ID gid.ID }
			if err := json.Unmarshal(a.Data, &data); err != nil {
				t.Fatalf("%s asks %s: %s", who.name, b.String(), a.body)
			}
			for i, x := range some {
				if got, want := data[fmt.Sprintf("n%d", i)] != nil, c.may(c.all, who, x); got && !want {
					c.defect(t, fmt.Sprintf("%s finds by %s what is not theirs", who.kind, f.Name), "%s %s", who.name, x.id)
				}
			}
		}
	}
}

// feeds holds the feeds of all parties against the file: an event is told to
// those who may know of what it is about.
func (c *census) feeds(t *testing.T) {
	t.Helper()
	events := map[gid.ID]*thing{}
	for _, e := range c.all.extra["events"] {
		events[e.id] = e
	}
	for _, entry := range c.all.extra["feed_entries"] {
		e := events[entry.refs["event_id"]]
		about := c.all.things[e.refs["subject_id"]]
		if about == nil {
			continue
		}
		told := persona{name: entry.refs["party_id"].String(), world: e.refs["world_id"]}
		switch party := entry.refs["party_id"]; party.Noun() {
		case gid.Talent:
			told.kind, told.talent = "talent", party
		case gid.Employer:
			told.kind, told.org = "employer owner", party
		case gid.Institution:
			told.kind, told.org = "career admin", party
		case gid.World:
			told.kind, told.org = "operator", party
		}
		c.fed++
		if r := c.all.relationOf(told, about); !c.hears(told, about, r) {
			c.defect(t, fmt.Sprintf("%s is told of %s, which the file keeps from %s", told.kind, e.says["kind"], r), "%s of %s", told.name, about.id)
		}
	}
}

// hears: the parties are told of what happens, and hear of it when it is over,
// too; others only of what they may see.
func (c *census) hears(told persona, about *thing, r relation) bool {
	party := cmp.Or(told.talent, told.org)
	for _, column := range []string{"id", "talent_id", "employer_org_id", "institution_id", "body_id", "owner_org_id"} {
		if about.refs[column] == party && !slices.Contains(subjects[about.kind], column) {
			return true
		}
	}
	return c.decide(told, about, about.kind+".id", r) == allow
}

// directories asks everybody for every directory: it tells of its institution's talents
// to the staff and to verified employers that it approved, and to them what was
// designated. The names that were planted say of whom.
func (c *census) directories(t *testing.T) {
	t.Helper()
	told := 0
	for _, school := range c.all.byKind["Institution"] {
		if !c.all.exists("DirectoryNotice", "institution_id", school.id, "status", "ANNOUNCED") {
			continue
		}
		for _, who := range c.people {
			document := fmt.Sprintf(`{ directory(institutionId: "%s", first: 100) { nodes { name major degreeLevel graduatesOn location headline } totalCount { value } } }`, school.id)
			a := c.ask(t, who.name, document, nil)
			var data struct {
				Directory *struct {
					Nodes      []map[string]*string
					TotalCount struct{ Value int }
				}
			}
			if err := json.Unmarshal(a.Data, &data); err != nil {
				t.Fatalf("%s asks %s: %s", who.name, document, a.body)
			}
			want, got := c.inDirectory(who, school.id), []string{}
			if data.Directory != nil {
				for _, node := range data.Directory.Nodes {
					name := aCanary.FindStringSubmatch(*node["name"])
					got = append(got, name[3])
					if node["location"] != nil {
						c.defect(t, who.kind+" reads in a directory what is not designated", "%s %s", who.name, *node["location"])
					}
				}
				if data.Directory.TotalCount.Value != len(got) {
					c.defect(t, who.kind+" counts more in a directory than it tells", "%s counts %d", who.name, data.Directory.TotalCount.Value)
				}
			}
			if slices.Sort(got); !slices.Equal(got, want) {
				c.defect(t, who.kind+" reads another directory than the rows say", "%s reads %v, want %v", who.name, got, want)
			}
			told += len(got)
		}
	}
	if told == 0 {
		t.Error("no directory tells anybody anything")
	}
}

// inDirectory are the talents of whom somebody reads in a school's directory.
func (c *census) inDirectory(who persona, school gid.ID) []string {
	told := []string{}
	isApproved := c.all.says(who.org, "status") == "VERIFIED" && c.all.exists("InstitutionLink", "employer_org_id", who.org, "institution_id", school, "status", "APPROVED")
	if who.org != school && !isApproved {
		return told
	}
	since := c.clock().AddDate(0, 0, -14).Format(time.DateTime)
	for _, a := range c.all.byKind["Affiliation"] {
		if a.refs["institution_id"] == school && a.says["status"] == "CONFIRMED" && a.says["directory_opted_out_at"] == "" && a.says["decided_at"] < since &&
			c.all.says(a.refs["talent_id"], "deactivated_at") == "" {
			told = append(told, uuidOf(a.refs["talent_id"]))
		}
	}
	slices.Sort(told)
	return told
}

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
	for _, who := range c.people {
		seen := c.read(t, who, kind, table)
		for _, x := range rows {
			to := x
			if x.id == who.world {
				continue // everybody knows their own world, by which it is no sandbox
			}
			if x.kind == "" {
				if to = c.rowOf(table, uuidOf(x.id)); to == nil {
					continue // of nobody: the test of whole tables below
				}
			}
			want := c.may(c.all, who, to)
			if seen[x.id] && !want {
				c.defect(t, fmt.Sprintf("%s may read rows of %s, which the file keeps from %s", who.kind, table, c.all.relationOf(who, to)), "%s %s", who.name, x.id)
			}
			if x.kind != "" && want && !seen[x.id] {
				c.defect(t, fmt.Sprintf("%s may not read rows of %s, which the file allows to %s", who.kind, table, c.all.relationOf(who, to)), "%s %s", who.name, x.id)
			}
			c.rows++
		}
	}
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
	v := viewer.Viewer{World: who.world, Person: who.person, Talent: who.talent, Org: who.org, Kind: map[string]viewer.Kind{
		"anonymous": viewer.Anonymous, "newcomer": viewer.Newcomer, "talent": viewer.Talent, "employer owner": viewer.EmployerMember,
		"employer member": viewer.EmployerMember, "career admin": viewer.CareerStaff, "career staff": viewer.CareerStaff, "operator": viewer.Operator,
	}[who.kind]}
	switch who.kind {
	case "newcomer":
		v.Role = viewer.RoleNewcomer
	case "anonymous":
	default:
		v.Role = viewer.Role(c.world.People[who.name].Role)
	}
	v.Scopes = viewer.ScopesOf(v.Role)
	return v
}

func uuidOf(id gid.ID) string {
	h := hex.EncodeToString(id[:])
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}
