//go:build !race

package main

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect/sql/schema"
	entfield "entgo.io/ent/schema/field"

	"github.com/rung-dev/rung/ent/gen/ent/migrate"
	"github.com/rung-dev/rung/internal/gid"
)

// relation is how somebody stands to a row, read from the rows themselves and
// not from the code that is tested.
type relation string

const (
	own        relation = "own"          // it is about the person who asks
	sameSide   relation = "organization" // their organisation is a party
	withTie    relation = "consent"      // a partner for whom somebody opened it
	withoutTie relation = "partner"      // a partner for whom nobody did
	noRelation relation = "foreign"
)

var relations = []relation{own, sameSide, withTie, withoutTie, noRelation}

// persona is somebody who asks.
type persona struct {
	name, kind          string
	person, talent, org gid.ID
	world               gid.ID
}

// thing is a row with its parties.
type thing struct {
	id   gid.ID
	kind string // the API's type
	refs map[string]gid.ID
	says map[string]string
}

func (x *thing) ref(names ...string) gid.ID {
	for _, name := range names {
		if id := x.refs[name]; !id.IsNone() {
			return id
		}
	}
	return gid.None
}

// nodeKinds are the types that have ids.
func nodeKinds() []string {
	var kinds []string
	for _, d := range api.PossibleTypes["Node"] {
		kinds = append(kinds, d.Name)
	}
	slices.Sort(kinds)
	return kinds
}

// shelf is every row of every type, and what ties people to them.
type shelf struct {
	things map[gid.ID]*thing
	byKind map[string][]*thing
	extra  map[string][]*thing // tables whose rows have no type, by table
}

func takeStock(t testing.TB, s *site) *shelf {
	t.Helper()
	all := &shelf{things: map[gid.ID]*thing{}, byKind: map[string][]*thing{}, extra: map[string][]*thing{}}
	kinds := kindsIn()
	for _, table := range migrate.Tables {
		for _, x := range rowsOf(t, s, table) {
			if x.kind = kinds[table.Name]; x.kind == "" {
				all.extra[table.Name] = append(all.extra[table.Name], x)
				continue
			}
			all.things[x.id] = x
			all.byKind[x.kind] = append(all.byKind[x.kind], x)
		}
		delete(kinds, table.Name)
	}
	for table, kind := range kinds {
		t.Errorf("no table %s for the type %s", table, kind)
	}
	return all
}

// kindsIn names the types of the tables' rows.
func kindsIn() map[string]string {
	kinds := map[string]string{}
	for _, kind := range nodeKinds() {
		kinds[tableOf(kind)] = kind
	}
	return kinds
}

// rowsOf reads a table's ids, references and words.
func rowsOf(t testing.TB, s *site, table *schema.Table) []*thing {
	t.Helper()
	var names []string
	for _, c := range table.Columns {
		names = append(names, c.Name)
	}
	rows, err := s.db.Engine().Read.QueryContext(t.Context(), fmt.Sprintf("SELECT %s FROM %s ORDER BY id", strings.Join(names, ", "), table.Name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var found []*thing
	for rows.Next() {
		x := &thing{refs: map[string]gid.ID{}, says: map[string]string{}}
		cells := make([]any, len(names))
		for i, c := range table.Columns {
			switch c.Type {
			case entfield.TypeUUID, entfield.TypeOther:
				cells[i] = new(sql.Null[gid.ID])
			case entfield.TypeString, entfield.TypeEnum:
				cells[i] = new(sql.NullString)
			default:
				cells[i] = new(any)
			}
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
		for i, c := range table.Columns {
			switch cell := cells[i].(type) {
			case *sql.Null[gid.ID]:
				x.refs[c.Name] = cell.V
			case *sql.NullString:
				x.says[c.Name] = cell.String
			case *any:
				if *cell != nil {
					x.says[c.Name] = fmt.Sprint(*cell)
				}
			}
		}
		x.id = x.refs["id"]
		found = append(found, x)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

func (all *shelf) says(id gid.ID, column string) string {
	if x := all.things[id]; x != nil {
		return x.says[column]
	}
	return ""
}

// exists reports whether some row of a type meets all of the conditions, which
// are columns and what they hold.
func (all *shelf) exists(kind string, conditions ...any) bool {
	rows := all.byKind[kind]
	if rows == nil {
		rows = all.extra[kind]
	}
	return slices.ContainsFunc(rows, func(x *thing) bool {
		for i := 0; i < len(conditions); i += 2 {
			column := conditions[i].(string)
			switch want := conditions[i+1].(type) {
			case gid.ID:
				if want.IsNone() || x.refs[column] != want {
					return false
				}
			case string:
				if x.says[column] != want {
					return false
				}
			}
		}
		return true
	})
}

// relationOf is how somebody stands to a row.
func (all *shelf) relationOf(p persona, x *thing) relation {
	if world := all.worldOf(x); !world.IsNone() && world != p.world {
		return noRelation
	}
	if all.isOwn(p, x) {
		return own
	}
	if all.isParty(p, x) {
		return sameSide
	}
	if maker, isKept := all.makerOf(x); isKept {
		if x.kind == "TalentLabel" && !all.keepsLabels(p) {
			return noRelation
		}
		if !maker.IsNone() && (maker == p.talent || maker == p.org) {
			return sameSide
		}
		isTaken := x.kind == "Evaluation" && x.says["status"] == "REMOVED" && (all.isAsked(x) || all.isOpened(p, x))
		if p.kind == "operator" && (x.kind == "MessageReport" || isTaken) {
			return withTie // they decide on the one, and took down the other
		}
		return noRelation
	}
	if all.isOpenedTo(p, x) {
		return withTie
	}
	if all.isShownTo(p, x) {
		return withoutTie
	}
	return noRelation
}

// worldOf is the world in which a row is, or none for the lists of all worlds.
func (all *shelf) worldOf(x *thing) gid.ID {
	if world := x.refs["world_id"]; !world.IsNone() || x.kind == "Person" {
		return world
	}
	for _, column := range []string{"micro_project_id", "talent_id", "hire_conversion_id"} {
		if parent := all.things[x.refs[column]]; parent != nil {
			return all.worldOf(parent)
		}
	}
	return gid.None
}

// isOwn: it is about the person who asks, or about them as a talent.
func (all *shelf) isOwn(p persona, x *thing) bool {
	if maker, isKept := all.makerOf(x); isKept {
		return !p.talent.IsNone() && maker == p.talent
	}
	switch x.kind {
	case "Notification":
		return x.refs["person_id"] == p.person && x.refs["party_id"] == cmp.Or(p.talent, p.org)
	case "Person":
		return x.id == p.person
	case "Membership":
		return x.refs["person_id"] == p.person && !p.person.IsNone()
	case "Sandbox":
		return x.refs["owner_person_id"] == p.person && !p.person.IsNone()
	}
	return !p.talent.IsNone() && (x.id == p.talent || x.refs["talent_id"] == p.talent || x.refs["tenant_id"] == p.talent)
}

// subjects are columns that name whom a row is about, and not a party to it.
var subjects = map[string][]string{
	"Flag":            {"employer_org_id"},
	"EducationRecord": {"institution_id"},
	"PortfolioItem":   {"employer_org_id"},
	"Notification":    {"party_id"},
	"Disclosure":      {"party_id"},
}

// isParty: the organisation for which somebody acts is one of the row's own.
func (all *shelf) isParty(p persona, x *thing) bool {
	if p.org.IsNone() {
		return false
	}
	if x.kind == "Person" {
		return all.exists("Membership", "person_id", x.id, "organization_id", p.org)
	}
	if _, isKept := all.makerOf(x); isKept {
		return false
	}
	if x.id == p.org {
		return true
	}
	for _, column := range []string{"employer_org_id", "institution_id", "organization_id", "party_id", "body_id", "owner_org_id", "tenant_org_id", "tenant_id", "recipient_id"} {
		if x.refs[column] == p.org && !slices.Contains(subjects[x.kind], column) {
			return true
		}
	}
	return false
}

// keepsLabels: it is for their role to put labels on talents.
func (all *shelf) keepsLabels(p persona) bool {
	return slices.ContainsFunc([]string{"OWNER", "RECRUITER", "APPROVER", "ADMIN"}, func(role string) bool {
		return all.exists("Membership", "person_id", p.person, "organization_id", p.org, "role", role)
	})
}

// makerOf is whose side alone knows of a row: what is not handed over yet, and
// what was taken back.
func (all *shelf) makerOf(x *thing) (maker gid.ID, isKept bool) {
	talent, employer := x.refs["talent_id"], x.refs["employer_org_id"]
	switch status := x.says["status"]; x.kind {
	case "Evaluation":
		if status != "PUBLISHED" {
			if x.says["direction"] == "TALENT_TO_EMPLOYER" {
				return talent, true
			}
			return employer, true
		}
	case "MessageReport":
		if x.says["side"] == "TALENT" {
			return talent, true
		}
		return employer, true
	case "TalentLabel":
		return x.refs["owner_org_id"], true
	case "WorklogEntry":
		return talent, status == "DRAFT" || status == "DISCARDED"
	case "PortfolioItem":
		if status == "REMOVED" {
			return gid.None, true
		}
		return talent, status == "HIDDEN"
	case "Upload":
		if status != "READY" || x.ref("submission_id", "message_id").IsNone() {
			return cmp.Or(talent, employer), true
		}
	}
	return gid.None, false
}

// talentOf is the talent whom a row is about.
func (x *thing) talentOf() gid.ID {
	if x.kind == "TalentProfile" {
		return x.id
	}
	return x.refs["talent_id"]
}

// projectOf is the project of which a row is a part.
func (x *thing) projectOf() gid.ID {
	switch x.kind {
	case "MicroProject":
		return x.id
	case "PlannedDeliverable", "ApplicationQuestion":
		return x.refs["micro_project_id"]
	}
	return gid.None
}

// isOpenedTo: somebody opened it to them by name: by applying, by a confirmed
// affiliation, by asking them to decide.
func (all *shelf) isOpenedTo(p persona, x *thing) bool {
	talent, project := x.talentOf(), x.projectOf()
	if x.kind == "ApiClient" {
		return all.exists("ClientGrant", "client_id", x.id, "tenant_org_id", p.org)
	}
	switch p.kind {
	case "talent":
		return all.exists("Application", "talent_id", p.talent, "micro_project_id", project) ||
			!project.IsNone() && all.says(project, "status") == "OPEN" && all.says(project, "audience") == "INSTITUTIONS" && all.offeredAtSchool(p.talent, project) ||
			isCampus(x) && all.offeredAtSchool(p.talent, x.refs["micro_project_id"]) ||
			x.kind == "Employer" && all.exists("Application", "talent_id", p.talent, "employer_org_id", x.id) ||
			x.kind == "AgreementTemplate" && all.exists("offer_documents", "talent_id", p.talent, "agreement_template_id", x.id)
	case "employer member", "employer owner":
		if isProfile(x.kind) {
			return all.exists("Application", "talent_id", talent, "employer_org_id", p.org)
		}
		return all.exists("funding_pool_admissions", "employer_org_id", p.org, "funding_pool_id", x.id)
	case "career staff", "career admin":
		return all.exists("Affiliation", "talent_id", talent, "institution_id", p.org, "status", "CONFIRMED") && x.kind != "Affiliation" && (x.kind != "Reference" || x.says["status"] == "GIVEN") ||
			all.exists("PostingRequest", "micro_project_id", project, "institution_id", p.org) ||
			isCampus(x) && all.exists("PostingRequest", "micro_project_id", x.refs["micro_project_id"], "institution_id", p.org, "status", "APPROVED") ||
			x.kind == "Employer" && all.exists("InstitutionLink", "employer_org_id", x.id, "institution_id", p.org)
	case "operator":
		return all.isAsked(x) || all.isOpened(p, x) || x.kind == "MicroProjectTemplate" && x.refs["employer_org_id"].IsNone() || all.exists("Membership", "person_id", x.id, "world_id", p.world)
	}
	return false
}

// isCampus: a posting for the talents of some schools alone.
func isCampus(x *thing) bool { return x.kind == "Listing" && x.says["audience"] == "INSTITUTIONS" }

// isProfile: what a talent says about themselves.
func isProfile(kind string) bool {
	return kind == "TalentProfile" || kind == "EducationRecord" || kind == "PortfolioItem"
}

// offeredAtSchool: a school that has confirmed the talent approved the project.
func (all *shelf) offeredAtSchool(talent, project gid.ID) bool {
	return slices.ContainsFunc(all.byKind["Affiliation"], func(a *thing) bool {
		return a.refs["talent_id"] == talent && a.says["status"] == "CONFIRMED" &&
			all.exists("PostingRequest", "micro_project_id", project, "institution_id", a.refs["institution_id"], "status", "APPROVED")
	})
}

// isShownTo: it is shown to people like them.
func (all *shelf) isShownTo(p persona, x *thing) bool {
	switch x.kind {
	case "Institution", "Skill", "Occupation", "Term", "PostingPolicy", "DirectoryNotice":
		return true
	case "Listing":
		return x.says["audience"] == "PUBLIC"
	case "MicroProjectTemplate": // of the platform, for those who post
		return strings.HasPrefix(p.kind, "employer") && x.refs["employer_org_id"].IsNone() && x.says["removed_at"] == ""
	case "Employer":
		return x.says["status"] == "VERIFIED" || x.says["origin"] == "ELSEWHERE" ||
			all.exists("Membership", "person_id", p.person, "organization_id", x.id)
	case "MicroProject", "PlannedDeliverable", "ApplicationQuestion":
		project := all.things[x.projectOf()]
		return project.says["status"] == "OPEN" && project.says["audience"] == "PUBLIC" &&
			all.says(project.refs["employer_org_id"], "status") == "VERIFIED"
	}
	if p.kind == "operator" {
		return x.kind != "Evaluation" // of all in their world: the classes say of what
	}
	isShownReference := x.kind == "Reference" && x.says["status"] == "GIVEN" && x.says["shown_at"] != ""
	if (isProfile(x.kind) || isShownReference) && all.exists("Consent", "talent_id", x.talentOf(), "recipient_id", p.org, "status", "GRANTED") &&
		all.things[x.talentOf()].says["deactivated_at"] == "" && (p.kind != "employer member" && p.kind != "employer owner" || all.says(p.org, "status") == "VERIFIED") {
		return true // by the talent's own word
	}
	if !isProfile(x.kind) && !isShownReference {
		return false
	}
	profile := all.things[x.talentOf()]
	if profile.says["deactivated_at"] != "" {
		return false
	}
	switch p.kind {
	case "talent":
		return profile.says["visibility"] == "COMMUNITY"
	case "employer member", "employer owner":
		return profile.says["visibility"] != "PRIVATE" && all.says(p.org, "status") == "VERIFIED" ||
			x.kind == "Reference" && all.exists("Application", "talent_id", profile.id, "employer_org_id", p.org)
	}
	return false
}

// isOpened: an operator has opened the records of a tenant whose talents they are.
func (all *shelf) isOpened(p persona, x *thing) bool {
	if x.kind == "Upload" {
		submission := all.things[x.refs["submission_id"]]
		return submission != nil && all.isOpened(p, submission)
	}
	isShown := x.kind != "Reference" || x.says["status"] == "GIVEN" && x.says["shown_at"] != ""
	if !slices.Contains(opens, x.kind) || !isShown {
		return false
	}
	return slices.ContainsFunc(all.byKind["OperatorAccess"], func(a *thing) bool {
		tenant, talent := a.refs["tenant_id"], x.talentOf()
		if a.refs["person_id"] != p.person || a.says["status"] != "OPEN" {
			return false
		}
		return tenant == talent || all.exists("Affiliation", "talent_id", talent, "institution_id", tenant, "status", "CONFIRMED") ||
			x.kind != "Strike" && x.kind != "PortfolioItem" && x.refs["employer_org_id"] == tenant ||
			(isProfile(x.kind) || x.kind == "Reference") && all.exists("Application", "talent_id", talent, "employer_org_id", tenant)
	})
}

// opens are the kinds of rows of a talent that an operator opens with their records.
var opens = []string{
	"TalentProfile", "EducationRecord", "PortfolioItem", "Reference", "Strike", "Application", "Offer", "Milestone", "Engagement", "Deliverable",
	"Amendment", "HireConversion", "Submission", "WorklogEntry", "PaymentRecord", "LedgerEntry", "Evaluation",
}

// isDisputed: there is a dispute about it that nobody has decided.
func (all *shelf) isDisputed(column string, id gid.ID) bool {
	return all.exists("Dispute", column, id, "status", "OPEN") || all.exists("Dispute", column, id, "status", "PROPOSED")
}

// isAsked: operators were asked to decide on it.
func (all *shelf) isAsked(x *thing) bool {
	if x == nil {
		return false
	}
	engagement := x.refs["engagement_id"]
	switch x.kind {
	case "Engagement":
		engagement = x.id
	case "Submission":
		return all.isAsked(all.things[x.refs["deliverable_id"]])
	case "Offer", "Milestone":
		offer := x.id
		if x.kind == "Milestone" {
			offer = x.refs["offer_id"]
		}
		return slices.ContainsFunc(all.byKind["Engagement"], func(e *thing) bool {
			return e.refs["offer_id"] == offer && all.isDisputed("engagement_id", e.id)
		})
	case "PaymentRecord":
		return x.says["failed_at"] != "" || all.isDisputed("payment_record_id", x.id)
	case "LedgerEntry":
		return all.isAsked(all.things[x.refs["payment_record_id"]])
	case "Membership":
		return true
	case "Message":
		return all.exists("MessageReport", "message_id", x.id, "status", "OPEN")
	case "Strike":
		return x.says["appealed_at"] != ""
	case "Evaluation":
		return all.exists("Strike", "engagement_id", engagement, "status", "APPEALED")
	case "Upload":
		return all.isAsked(all.things[x.ref("submission_id", "message_id")])
	case "Employer":
		return x.says["status"] != "VERIFIED"
	case "Listing":
		return isCampus(x) && all.exists("PostingRequest", "micro_project_id", x.refs["micro_project_id"], "body_id", all.worldOf(x))
	case "MicroProject", "PlannedDeliverable", "ApplicationQuestion":
		return all.exists("PostingRequest", "micro_project_id", x.projectOf(), "body_id", all.worldOf(x))
	case "TalentProfile", "EducationRecord", "PortfolioItem":
		return all.exists("Strike", "talent_id", x.talentOf(), "status", "APPEALED")
	}
	return all.isDisputed("engagement_id", engagement)
}
