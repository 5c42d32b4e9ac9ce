//go:build !race

package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent/migrate"
	"github.com/rung-dev/rung/internal/gid"
)

// sower writes rows beside those that the demo world's deeds made.
type sower struct {
	*site
	t      *testing.T
	run    func(statement string)
	random *rand.ChaCha8
}

// change is what columns of a row hold, as SQL, where {{ada}} is an id of the demo
// world and {{person ada}} that of somebody's person.
type change map[string]string

// sow writes rows at which a rule of who sees what ends, and which no deed makes, or
// only one that takes years or happens between two instants: each tells of a
// condition that nothing else here would miss.
func sow(t *testing.T, s *site, run func(statement string)) {
	t.Helper()
	w := sower{s, t, run, rand.NewChaCha8([32]byte{9})}
	w.sowPeople()
	w.sowOpenings()
	w.sowWork()
	w.sowWords()
	w.sowFiles()
	w.sowPrograms()
}

// sowPeople: seats that ended, notices to a person in another seat, ties to schools
// that did not come about.
func (w sower) sowPeople() {
	w.like("memberships", "person_id = {{person lena}}", change{"person_id": "{{person ada}}", "status": "'ENDED'", "ended_at": past})
	w.like("notifications", "person_id = {{person ada}}", change{"person_id": "{{person bea}}", "party_id": "{{harbor}}"})
	w.like("affiliations", "talent_id = {{ada}}", change{"talent_id": "{{jon}}", "institution_id": "{{other-university}}"})
	w.like("affiliations", "talent_id = {{finn}}", change{"talent_id": "{{kim}}", "institution_id": "{{other-university}}"})
	w.like("affiliations", "talent_id = {{finn}}", change{"talent_id": "{{eve}}"})
	w.change("UPDATE talent_profiles SET visibility = 'COMMUNITY' WHERE id = {{kofi}}") // whose account is closed
	w.like("funding_pool_admissions", "funding_pool_id = {{pool}}", change{"employer_org_id": "{{quarry}}", "dismissed_at": past})
	w.like("project_templates", "employer_org_id IS NULL", change{"removed_at": past})
}

// sowOpenings: records that talents or tenants opened, until it was over, to others,
// or in vain.
func (w sower) sowOpenings() {
	consent := func(talent, recipient string, more change) {
		c := change{"talent_id": "{{" + talent + "}}", "recipient_id": "{{" + recipient + "}}"}
		maps.Copy(c, more)
		w.like("consents", "talent_id = {{jana}}", c)
	}
	consent("kofi", "other-university", nil)
	consent("kofi", "harbor", nil)
	consent("ben", "lantern", nil)
	consent("lila", "other-university", change{"status": "'WITHDRAWN'", "ended_at": past})
	consent("hana", "other-university", change{"granted_at": before, "expires_at": past})
	opening := func(person string, more change) {
		c := change{"person_id": "{{person " + person + "}}", "tenant_id": "{{quarry}}"}
		maps.Copy(c, more)
		w.like("operator_accesses", "tenant_id = {{harbor}}", c)
	}
	opening("hugo", nil) // who was an operator once
	opening("olga", change{"status": "'CLOSED'", "ended_at": past})
	opening("olga", change{"opened_at": before, "expires_at": past})
}

// sowWork: work of an employer that was suspended meanwhile, and what one side has
// said of it.
func (w sower) sowWork() {
	suspended := change{"owner_org_id": "{{survey}}", "employer_org_id": "{{survey}}"}
	shown := w.like("micro_projects", "id = {{project-open}}", suspended)
	application := change{"micro_project_id": shown}
	maps.Copy(application, suspended)
	w.like("applications", "talent_id = {{ada}}", application)
	// One that a school approved and that takes no more applications, one that it has
	// yet to approve; of neither the platform was asked.
	undecided := change{"status": "'PENDING'", "decided_at": "NULL", "decided_by": "NULL", "decider_id": "NULL"}
	for _, c := range []struct {
		status string
		answer change
	}{{"'PAUSED'", nil}, {"'OPEN'", undecided}} {
		campus := w.like("micro_projects", "id = {{project-campus}}", change{"status": c.status})
		request := change{"micro_project_id": campus}
		maps.Copy(request, c.answer)
		w.like("posting_requests", "micro_project_id = {{project-campus}} AND body_id = {{university}}", request)
		w.like("listings", "id = {{listing-campus}}", change{"micro_project_id": campus})
	}
	evaluation := change{"direction": "'TALENT_TO_EMPLOYER'", "status": "'SUBMITTED'", "published_at": "NULL"}
	for _, engagement := range []string{"engagement-forgiven", "engagement-appealed"} {
		w.like("evaluations", "engagement_id = {{"+engagement+"}}", evaluation)
	}
	w.change("UPDATE evaluations SET private_text = 'In confidence.' WHERE private_text IS NULL")
	w.change(`UPDATE applications SET packet_qualification = '[{"kind": "MAJOR", "met": "YES", "text": "Geology"}]'`)
}

// sowWords: what is said in public of a talent who shows nothing, and what is not.
func (w sower) sowWords() {
	w.like("portfolio_items", "talent_id = {{ada}}", change{"status": "'REMOVED'"})
	w.into("portfolio_skills", gid.PortfolioSkill, "portfolio_items", "1 = 1", change{
		"portfolio_item_id": "id", "talent_id": "talent_id", "skill_id": "(SELECT id FROM skills ORDER BY id LIMIT 1)",
	})
	of := func(engagement, talent string) change {
		return change{"engagement_id": "{{" + engagement + "}}", "talent_id": "{{" + talent + "}}", "employer_org_id": "{{basalt}}", "owner_org_id": "{{basalt}}"}
	}
	w.like("talent_references", "talent_id = {{faye}}", of("engagement-completed", "ada"))
	given := of("engagement-evaluating", "ben")
	given["shown_at"], given["may_be_shown"] = "given_at", "TRUE"
	w.like("talent_references", "talent_id = {{jana}}", given)

	answer := w.like("messages", "talent_id = {{jana}}", change{"sent_by": "'TALENT'", "author_id": "{{person jana}}"})
	w.like("message_reports", "status = 'DISMISSED'", change{"message_id": answer, "side": "'EMPLOYER'", "reported_by_id": "{{person otto}}"})
	for side, person := range map[string]string{"'TALENT'": "{{person jana}}", "'EMPLOYER'": "{{person otto}}"} {
		w.into("read_marks", gid.ReadMark, "conversations", "talent_id = {{jana}}", change{
			"employer_org_id": "employer_org_id", "talent_id": "talent_id", "side": side, "conversation_id": "id", "person_id": person,
			"read_through": past, "read_at": past,
		})
	}
}

// sowFiles: files on their way, sent with a message, with work, with the same work
// as others of a team handed it in, and refused after all.
func (w sower) sowFiles() {
	of := func(person, party string, more change) change {
		c := change{"person_id": "{{person " + person + "}}", "talent_id": "NULL", "employer_org_id": "{{" + party + "}}"}
		if person == party {
			c["talent_id"], c["employer_org_id"] = c["employer_org_id"], "NULL"
		}
		maps.Copy(c, more)
		return c
	}
	found := change{"status": "'READY'", "blob_key": "'blob'", "received_sha256": "sha256", "received_type": "content_type"}
	with := func(more change) change {
		c := maps.Clone(found)
		maps.Copy(c, more)
		return c
	}
	w.like("uploads", "1 = 1", of("bea", "basalt", nil))
	w.like("uploads", "1 = 1", of("bea", "harbor", nil)) // where she was before
	work := "(SELECT s.id FROM submissions s JOIN deliverables d ON d.id = s.deliverable_id WHERE d.engagement_id = {{engagement-completed}} ORDER BY s.id LIMIT 1)"
	w.like("uploads", "1 = 1", of("ada", "ada", found))
	w.like("uploads", "1 = 1", of("ada", "ada", with(change{"submission_id": work, "position": "1"})))
	w.like("uploads", "1 = 1", of("ada", "ada", with(change{"submission_id": work, "position": "2", "status": "'REFUSED'", "refusal": "'It is not what it says.'"})))
	w.change("UPDATE submissions SET original_id = " + work + ", teammate_id = {{ada}} WHERE talent_id = {{cleo}}")
	w.like("uploads", "1 = 1", of("otto", "quarry", with(change{
		"message_id": "(SELECT id FROM messages WHERE talent_id = {{jana}} ORDER BY id LIMIT 1)", "position": "1",
	})))
}

// sowPrograms: what programs were counted for, and call things.
func (w sower) sowPrograms() {
	for _, tenant := range []string{"basalt", "university"} {
		w.into("client_usages", gid.ClientUsage, "api_clients", "1 = 1", change{
			"owner_org_id": "owner_org_id", "tenant_org_id": "{{" + tenant + "}}", "day": "'2026-10-01'", "coordinate": "''", "client_id": "id",
			"operations": "1", "refused": "0", "cost": "1",
		})
	}
	for _, tenant := range []string{"{{basalt}}", "{{university}}", "world_id"} {
		w.into("external_references", gid.ExternalReference, "api_clients", "1 = 1", change{
			"tenant_org_id": tenant, "node_id": "{{project-open}}", "noun": "'prj'", "reference": "'A-1'", "created_at": "created_at", "client_id": "id",
		})
	}
}

// When what is over began and ended.
const (
	before = "'2026-09-30 09:00:00+00:00'"
	past   = "'2026-10-01 09:00:00+00:00'"
)

// like writes a row like the first that meets a condition, but for some columns. It
// answers the new row's id, as SQL.
func (w sower) like(table, where string, changed change) (id string) {
	w.t.Helper()
	all := change{}
	for _, t := range migrate.Tables {
		if t.Name == table {
			for _, c := range t.Columns {
				all[c.Name] = c.Name
			}
		}
	}
	maps.Copy(all, changed)
	old := w.idsOf(table, where)
	if len(old) == 0 {
		w.t.Fatalf("there is no row of %s where %s", table, where)
	}
	return w.insert(table, table, old[0], old[0].Noun(), all)
}

// into writes a row for each of another table's that meets a condition.
func (w sower) into(table string, noun gid.Noun, from, where string, columns change) {
	w.t.Helper()
	for _, id := range w.idsOf(from, where) {
		w.insert(table, from, id, noun, columns)
	}
}

func (w sower) insert(table, from string, of gid.ID, noun gid.Noun, columns change) (id string) {
	w.t.Helper()
	made, err := gid.New(noun, w.clock(), w.random)
	if err != nil {
		w.t.Fatal(err)
	}
	id = "'" + uuidOf(made) + "'"
	columns = maps.Clone(columns)
	columns["id"] = id
	var names, values []string
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		names, values = append(names, name), append(values, columns[name])
	}
	w.change(fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s WHERE id = '%s'", table, strings.Join(names, ", "), strings.Join(values, ", "), from, uuidOf(of)))
	return id
}

func (w sower) idsOf(table, where string) []gid.ID {
	w.t.Helper()
	query := w.named(fmt.Sprintf("SELECT id FROM %s WHERE %s ORDER BY id", table, where))
	rows, err := w.db.Engine().Write.QueryContext(w.t.Context(), query)
	if err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	var ids []gid.ID
	for rows.Next() {
		var id gid.ID
		if err := rows.Scan(&id); err != nil {
			w.t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return ids
}

func (w sower) change(statement string) { w.run(w.named(statement)) }

var inBraces = regexp.MustCompile(`\{\{(person )?([a-z-]+)\}\}`)

// named puts ids in the place of names.
func (w sower) named(statement string) string {
	w.t.Helper()
	return inBraces.ReplaceAllStringFunc(statement, func(found string) string {
		name := inBraces.FindStringSubmatch(found)
		if name[1] != "" {
			return fmt.Sprintf("(SELECT person_id FROM identities WHERE subject = '%s')", name[2])
		}
		id, known := w.world.IDs[name[2]]
		if !known {
			w.t.Fatalf("nothing is named %s", name[2])
		}
		return "'" + uuidOf(id) + "'"
	})
}
