//go:build !race

package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	gql "github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// The permission file: who sees which class of data, and the class of each
// coordinate of the schema.
const (
	classesFile     = "docs/permissions/classes.tsv"
	coordinatesFile = "docs/permissions/coordinates.tsv"
)

// wholeWorld is the demo world with its archive, filled once for each engine.
var wholeWorld = storetest.NewTemplate(func(ctx context.Context, e *engine.Engine) error {
	if err := store.Migrate(ctx, e); err != nil {
		return err
	}
	filled, err := demo.Fill(ctx, e, demo.Options{Issuer: publicURL + "/local", Reactions: reactions, IsWhole: true})
	wholeStory.Lock()
	defer wholeStory.Unlock()
	wholeStory.world = filled
	return err
})

var wholeStory storyOf

func openWhole(t testing.TB, engineName string) *site {
	t.Helper()
	return serve(t, wholeWorld.Fresh(t, engineName), &wholeStory, nil)
}

// askers ask for everything, beside the talent of whom a thing is.
var askers = []struct{ name, kind string }{
	{"anonymous", "anonymous"}, {"stranger", "newcomer"},
	{"ada", "talent"}, {"ben", "talent"}, {"eve", "talent"}, {"abel", "talent"},
	{"bea", "employer owner"}, {"remy", "employer member"}, {"sol", "employer member"},
	{"hugo", "employer owner"}, {"lena", "employer owner"}, {"otto", "employer owner"}, {"petra", "employer owner"},
	{"grace", "career admin"}, {"amir", "career staff"}, {"vera", "career staff"}, {"nina", "career admin"},
	{"olga", "operator"},
}

// decision is what somebody gets of a class of data.
type decision string

const (
	allow  decision = "allow"
	mask   decision = "mask"   // nothing of it, though what it belongs to is shown
	absent decision = "absent" // not even that
)

// Classes that say how to judge a coordinate, and decide nothing of their own.
const (
	ofLink  = "link"  // as the thing it leads to
	ofPart  = "part"  // as the field that holds it
	ofRoot  = "root"  // as what it answers
	ofVerb  = "verb"  // by the rules of its noun
	ofInput = "input" // likewise
)

// permissions is the permission file.
type permissions struct {
	classes     map[string]map[string]map[relation]decision // by class and viewer
	coordinates map[string]string
}

func readPermissions(t testing.TB) *permissions {
	t.Helper()
	p := &permissions{classes: map[string]map[string]map[relation]decision{}, coordinates: map[string]string{}}
	for _, cells := range linesOf(t, classesFile, 2+len(relations)) {
		if p.classes[cells[0]] == nil {
			p.classes[cells[0]] = map[string]map[relation]decision{}
		}
		for _, who := range strings.Split(cells[1], ", ") {
			if p.classes[cells[0]][who] != nil {
				t.Errorf("%s: %s of %s stands there twice", classesFile, who, cells[0])
			}
			p.classes[cells[0]][who] = map[relation]decision{}
			for i, r := range relations {
				d := decision(cells[2+i])
				if d != allow && d != mask && d != absent {
					t.Errorf("%s: %s %s is %q", classesFile, cells[0], who, d)
				}
				p.classes[cells[0]][who][r] = d
			}
		}
	}
	for _, cells := range linesOf(t, coordinatesFile, 3) {
		if p.coordinates[cells[0]] != "" {
			t.Errorf("%s: %s stands there twice", coordinatesFile, cells[0])
		}
		p.coordinates[cells[0]] = cells[1]
		if strings.Contains(cells[0], "@") && cells[2] == "" {
			t.Errorf("%s: give the exception %s its reason", coordinatesFile, cells[0])
		}
	}
	return p
}

// linesOf are the rows of a table of tabs, without its heading and its remarks.
func linesOf(t testing.TB, file string, width int) [][]string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for i, line := range strings.Split(strings.TrimRight(string(raw), "\n"), "\n") {
		cells := strings.Split(line, "\t")
		switch {
		case i == 0 || strings.HasPrefix(line, "#"):
		case len(cells) != width:
			t.Errorf("%s:%d has %d columns, want %d", file, i+1, len(cells), width)
		default:
			rows = append(rows, cells)
		}
	}
	return rows
}

// TestEveryCoordinateHasAClass: nothing of the schema is forgotten in the
// permission file, and nothing stands there that is not in the schema.
func TestEveryCoordinateHasAClass(t *testing.T) {
	t.Parallel()
	p := readPermissions(t)
	if n := len(p.classes); n > 20 {
		t.Errorf("there are %d classes, want at most 20", n)
	}
	kinds := map[string]bool{}
	for _, a := range askers {
		kinds[a.kind] = true
	}
	for class, viewers := range p.classes {
		if got, want := slices.Sorted(maps.Keys(viewers)), slices.Sorted(maps.Keys(kinds)); !slices.Equal(got, want) {
			t.Errorf("%s: %s is decided for %q, want %q", classesFile, class, got, want)
		}
	}
	want := map[string]bool{}
	for _, d := range ours() {
		if d.Kind == gql.Object || d.Kind == gql.Interface || d.Kind == gql.InputObject {
			for _, f := range d.Fields {
				if !strings.HasPrefix(f.Name, "__") {
					want[d.Name+"."+f.Name] = true
				}
			}
		}
	}
	structural := []string{ofLink, ofPart, ofRoot, ofVerb, ofInput}
	for coordinate, class := range p.coordinates {
		bare, _, _ := strings.Cut(coordinate, "@")
		if !want[bare] {
			t.Errorf("%s: the schema has no %s", coordinatesFile, coordinate)
		}
		if p.classes[class] == nil && !slices.Contains(structural, class) {
			t.Errorf("%s: %s is of a class %q that nobody has described", coordinatesFile, coordinate, class)
		}
	}
	for coordinate := range want {
		if p.coordinates[coordinate] == "" {
			t.Errorf("%s has no line in %s: say of which class it is", coordinate, coordinatesFile)
		}
	}
}

// TestThePermissionsAreDocumented renders the file for people.
func TestThePermissionsAreDocumented(t *testing.T) {
	t.Parallel()
	p := readPermissions(t)
	raw, err := os.ReadFile(classesFile)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString(permissionsIntroduction)
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		if class, what, isHeading := strings.Cut(strings.TrimPrefix(cells[0], "# "), ": "); isHeading && strings.HasPrefix(line, "#") {
			fmt.Fprintf(&b, "\n## %s\n\n%s\n\n%s\n\n", class, what, p.holders(class))
			b.WriteString("| who | own | organization | consent | partner | foreign |\n|---|---|---|---|---|---|\n")
		} else if len(cells) > 2 && cells[1] != "viewer" {
			fmt.Fprintf(&b, "| %s |\n", strings.Join(cells[1:], " | "))
		}
	}
	compareFile(t, "docs/permissions.md", b.String(), "run: go test . -run Permissions -update")
}

const permissionsIntroduction = `# Who sees what

Made from [classes.tsv](permissions/classes.tsv) and [coordinates.tsv](permissions/coordinates.tsv): the first says what of each class of data
somebody gets, the second of which class each coordinate of the schema is. ` + "`make permissions`" + ` asks as everybody for everything, on both
engines, and fails where an answer differs from the file.

| relation | to a talent | to a member of an employer | to staff of an institution | to an operator |
|---|---|---|---|---|
| own | it is about them | it is their own seat, notice or name | likewise | likewise |
| organization | – | their employer is a party to it | their institution is a party to it | it is the platform's |
| consent | they applied there, or their school offers it to them | the talent applied there; a pool admits them | the talent's affiliation is confirmed; the project was submitted to them | they were asked to decide on it |
| partner | it is shown to all talents, or to everybody | it is shown to verified employers, or to everybody | it is shown to everybody | it is in their world |
| foreign | anything else, and anything of another world | likewise | likewise | anything of another world |

*allow* is to read it; *mask* is to read null in its place, where what it belongs to is shown; *absent* is to be answered as if it were not there.
What has not been handed over yet, such as a draft or an evaluation before both are in, is its maker's alone and foreign to all others.
A coordinate of the class *link* is read as far as the thing that it leads to, one of the class *part* as the field that holds it.
`

// holders are the coordinates of a class, by type.
func (p *permissions) holders(class string) string {
	byType := map[string][]string{}
	for coordinate, of := range p.coordinates {
		if kind, field, _ := strings.Cut(coordinate, "."); of == class {
			byType[kind] = append(byType[kind], field)
		}
	}
	var all []string
	for _, kind := range slices.Sorted(maps.Keys(byType)) {
		slices.Sort(byType[kind])
		all = append(all, fmt.Sprintf("`%s` %s", kind, strings.Join(byType[kind], " ")))
	}
	return strings.Join(all, " · ")
}

// variantOf is in which way a thing is not like the others of its type.
func variantOf(x *thing) string {
	if x.kind == "Evaluation" && x.says["is_shared_with_institution"] != "true" && x.says["is_shared_with_institution"] != "1" {
		return "@unshared"
	}
	return ""
}

// decide is what somebody gets of a coordinate of a thing.
func (p *permissions) decide(who persona, x *thing, coordinate string, r relation) decision {
	class := p.coordinates[coordinate]
	if special := p.coordinates[coordinate+variantOf(x)]; special != "" {
		class = special
	}
	if d := p.classes[class][who.kind][r]; d != "" {
		return d
	}
	return absent
}

// may reports whether somebody may know of a thing.
func (p *permissions) may(all *shelf, who persona, x *thing) bool {
	return p.decide(who, x, x.kind+".id", all.relationOf(who, x)) == allow
}

// TestPermissions asks as everybody for everything, and holds each answer against
// the permission file.
func TestPermissions(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			c := newCensus(t, engineName)
			for _, kind := range nodeKinds() {
				if c.isDrawn(kind) {
					c.judge(t, kind)
				}
			}
			c.tables(t)
			c.roots(t)
			c.feeds(t)
			c.directories(t)
			c.report(t)
		})
	}
}

// closest are the classes that every run asks for; of the others a run asks for a
// tenth, and make permissions for all.
var closest = []string{"contact", "sensitive", "personal", "confidence", "conduct", "self", "member"}

// isDrawn: this run asks for a type.
func (c *census) isDrawn(kind string) bool {
	if isWhole() {
		return true
	}
	for _, f := range api.Types[kind].Fields {
		if slices.Contains(closest, c.coordinates[kind+"."+f.Name]) {
			return true
		}
	}
	return c.draw.IntN(10) == 0
}

// isWhole: everything is asked for, and not a sample.
func isWhole() bool { return os.Getenv("RUNG_PERMISSIONS") == "all" }

// census is what a run of the permission test knows and finds.
type census struct {
	*permissions
	*site
	all     *shelf
	people  []persona
	cells   map[string]int // coordinate, viewer, relation
	defects map[string]int

	draw    *rand.Rand
	isQuiet bool // defects are counted, and not told

	canaries, fed, rows int
}

func newCensus(t *testing.T, engineName string) *census {
	t.Helper()
	s := openWhole(t, engineName)
	furnish(t, s)
	plant(t, s)
	c := &census{permissions: readPermissions(t), site: s, all: takeStock(t, s), draw: rand.New(rand.NewPCG(1, 2)), cells: map[string]int{}, defects: map[string]int{}}
	for _, a := range askers {
		c.people = append(c.people, c.persona(t, a.name, a.kind))
	}
	return c
}

// furnish adds what the demo world does not have: some kinds of things, and a
// second world.
func furnish(t *testing.T, s *site) {
	t.Helper()
	n := s.names()
	for _, said := range []struct{ who, mutation string }{
		{"bea", `registerApiClient(input: {name: "Desk", purpose: "Lists our work.", scopes: ["projects:read"], origins: ["https://desk.example"]}) @idempotent(key: "client") { apiClient { id } userErrors { code message path } }`},
		{"bea", `requestScopes(input: {apiClientId: "{{cli-1}}", organizationId: "{{university}}"}) @idempotent(key: "ask") { clientGrant { id } userErrors { code message path } }`},
		{"grace", `approveScopes(input: {clientGrantId: "{{cgr-1}}", expectedRevision: 1}) @idempotent(key: "approve") { userErrors { code message path } }`},
		{"bea", `requestScopes(input: {apiClientId: "{{cli-1}}", organizationId: "{{basalt}}"}) @idempotent(key: "ask too") { userErrors { code message path } }`},
		{"olga", `registerApiClient(input: {name: "Board", purpose: "Lists all work.", scopes: ["projects:read"], origins: []}) @idempotent(key: "board") { userErrors { code message path } }`},
		{"grace", `inviteMember(input: {email: "new@university.example", role: APPROVER}) @idempotent(key: "invite") { userErrors { code message path } }`},
		{"grace", `recordTerm(input: {name: "Spring break", startsOn: "2027-03-15", endsOn: "2027-03-19", kind: BREAK}) { userErrors { code message path } }`},
		{"bea", `sendThankYouNote(input: {engagementId: "{{engagement-completed}}", text: "Thank you for this."}) @idempotent(key: "note") { userErrors { code message path } }`},
		{"ada", `createUpload(input: {name: "report.pdf", contentType: "application/pdf", sizeBytes: 1000, sha256: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}) @idempotent(key: "upload") { userErrors { code message path } }`},
		{"bea", `draftMicroProject(input: {title: "Walk a trail", brief: "Walk it, and say how it was. All of it counts.", hours: 10, fee: {amount: "300.00", currency: "USD"}, workplace: REMOTE, questions: [{text: "Why trails?", kind: TEXT, isRequired: true}]}) @idempotent(key: "questions") { userErrors { code message path } }`},
		{"bea", `saveMicroProjectTemplate(input: {microProjectId: "{{project-open}}", name: "Again next year"}) @idempotent(key: "save") { userErrors { code message path } }`},
		{"olga", `publishMicroProjectTemplate(input: {name: "For all", title: "Ask ten customers", brief: "Ask ten of them what they miss, and write it down.", hours: 10, fee: {amount: "300.00", currency: USD}, workplace: REMOTE}) @idempotent(key: "publish") { userErrors { code message path } }`},
		{"olga", `openOperatorAccess(input: {tenantId: "{{harbor}}", reason: "Its owner asked for help.", ticket: "HELP-1", hours: 8}) @idempotent(key: "harbor") { userErrors { code message path } }`},
		{"olga", `openOperatorAccess(input: {tenantId: "{{other-university}}", reason: "Its staff asked for help.", ticket: "HELP-2", hours: 8}) @idempotent(key: "other-university") { userErrors { code message path } }`},
		{"olga", `openOperatorAccess(input: {tenantId: "{{lea}}", reason: "She asked for help.", ticket: "HELP-3", hours: 8}) @idempotent(key: "lea") { userErrors { code message path } }`},
		{"jon", `claimAffiliation(input: {institutionId: "{{university}}"}) @idempotent(key: "claim") { affiliation { id } userErrors { code message path } }`},
		{"grace", `confirmAffiliation(input: {affiliationId: "{{aff-1}}", expectedRevision: 1}) @idempotent(key: "confirm") { userErrors { code message path } }`},
		{"ada", `openSandbox(input: {name: "Another world"}) @idempotent(key: "sandbox") { userErrors { code message path } }`},
	} {
		if a := s.ask(t, said.who, "mutation { "+n.show(t, said.mutation)+" }", nil); a.Errors != nil || !bytes.Contains(a.Data, []byte(`"userErrors":[]`)) {
			t.Fatalf("%s: %s", said.mutation, a.body)
		} else {
			n.hide(string(a.body))
		}
	}
	s.befriend(t)
	if a := s.ask(t, "bea", n.show(t, `{ talentProfile(id: "{{ada}}") { headline } }`), nil); a.Errors != nil {
		t.Fatalf("what somebody reads is written down: %s", a.body)
	}
}

// befriend lets a school approve an employer that is not verified any more, and confirm
// a talent who is deactivated: its directory is not for the one, nor about the other.
func (s *site) befriend(t *testing.T) {
	t.Helper()
	ctx := viewer.With(t.Context(), viewer.System("a test fills a world"))
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "befriend", Verb: "befriend"})
	_, err := store.Write(ctx, s.db, func(tx *store.Tx) (gid.ID, error) {
		all, school, before := tx.System("a test fills a world"), s.world.IDs["university"], tx.Now.AddDate(0, 0, -60)
		err := all.InstitutionLink.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(s.world.IDs["lantern"]).SetEmployerOrgID(s.world.IDs["lantern"]).
			SetInstitutionID(school).SetStatus(institutionlink.StatusApproved).SetRequestedAt(before).SetDecidedAt(before).Exec(ctx)
		if err != nil {
			return gid.None, err
		}
		return gid.None, all.Affiliation.Create().SetWorldID(gid.LiveWorld).SetTalentID(s.world.IDs["kofi"]).SetInstitutionID(school).
			SetStatus(affiliation.StatusConfirmed).SetClaimedName("Kofi").SetDecidedAt(before).Exec(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// judge asks everybody for some things of a type.
func (c *census) judge(t *testing.T, kind string) {
	t.Helper()
	most := 1
	if isWhole() {
		most = 2
	}
	things := c.sample(kind, most)
	if len(things) == 0 {
		t.Errorf("the world has no %s", kind)
	}
	people := slices.Concat(c.people, c.owners(t, things))
	views := make([]map[gid.ID]*glimpse, len(people))
	has := map[gid.ID]map[string]bool{}
	for i, who := range people {
		views[i] = c.look(t, who.name, kind, things, func(document string, answer []byte) { c.scan(t, who, document, answer) })
		for id, g := range views[i] {
			if has[id] == nil {
				has[id] = map[string]bool{}
			}
			maps.Copy(has[id], g.seen)
		}
	}
	for i, who := range people {
		for _, x := range things {
			c.hold(t, who, x, views[i][x.id], has[x.id])
		}
	}
}

// hold compares what somebody saw of a thing with what they should.
func (c *census) hold(t *testing.T, who persona, x *thing, g *glimpse, has map[string]bool) {
	t.Helper()
	r := c.all.relationOf(who, x)
	for _, f := range api.Types[x.kind].Fields {
		coordinate := x.kind + "." + f.Name
		if class := c.coordinates[coordinate]; class == ofLink || class == ofPart || !has[coordinate] {
			continue
		}
		want := c.decide(who, x, coordinate, r)
		c.cells[strings.Join([]string{coordinate, who.kind, string(r)}, " ")]++
		if got := g.seen[coordinate]; got != (want == allow) {
			c.defect(t, fmt.Sprintf("%s sees %s: %v, and the file says %s to %s", who.kind, coordinate, got, want, r), "%s of %s", who.name, x.id)
		}
	}
	for coordinate, ids := range g.led {
		for _, id := range ids {
			if to := c.all.things[id]; to != nil && !c.may(c.all, who, to) {
				c.defect(t, fmt.Sprintf("%s is led by %s to what is not theirs to see (%s)", who.kind, coordinate, c.all.relationOf(who, to)), "%s to %s", who.name, id)
			}
		}
	}
}

// defect tells of each kind of defect once.
func (c *census) defect(t *testing.T, kind, format string, args ...any) {
	t.Helper()
	if c.defects[kind]++; c.defects[kind] == 1 && !c.isQuiet {
		t.Errorf("%s, as "+format, slices.Concat([]any{kind}, args)...)
	}
}

func (c *census) report(t *testing.T) {
	t.Helper()
	t.Logf("%d cells, %d requests, %d canaries read, %d entries of feeds, %d rows", len(c.cells), c.asked, c.canaries, c.fed, c.rows)
}

// sample are some things of a type for each way in which people stand to them.
func (c *census) sample(kind string, most int) []*thing {
	count := map[string]int{}
	var some []*thing
	rows := slices.Clone(c.all.byKind[kind])
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	for _, x := range rows {
		key := x.says["status"]
		for _, p := range c.people {
			key += " " + string(c.all.relationOf(p, x))
		}
		if count[key]++; count[key] <= most {
			some = append(some, x)
		}
	}
	return some
}

// owners are the talents of some things, beside those who ask anyway.
func (c *census) owners(t *testing.T, things []*thing) []persona {
	t.Helper()
	found := map[string]persona{}
	for _, x := range things {
		if profile := c.all.things[x.talentOf()]; profile != nil && len(found) < 6 {
			name := c.subjects(profile.refs["person_id"])
			if _, known := c.world.People[name]; known && !slices.ContainsFunc(c.people, func(p persona) bool { return p.name == name }) {
				found[name] = c.persona(t, name, "talent")
			}
		}
	}
	return slices.Collect(maps.Values(found))
}

func (c *census) subjects(person gid.ID) string {
	for _, x := range c.all.extra["identities"] {
		if x.refs["person_id"] == person {
			return x.says["subject"]
		}
	}
	return ""
}

func (c *census) persona(t testing.TB, name, kind string) persona {
	t.Helper()
	p := persona{name: name, kind: kind, world: gid.LiveWorld}
	known, ok := c.world.People[name]
	if !ok {
		return p
	}
	p.org = known.Organization
	for _, x := range c.all.extra["identities"] {
		if x.says["subject"] == known.Subject {
			p.person = x.refs["person_id"]
		}
	}
	if kind == "talent" {
		for _, x := range c.all.byKind["TalentProfile"] {
			if x.refs["person_id"] == p.person {
				p.talent = x.id
			}
		}
	}
	if p.person.IsNone() || kind == "talent" && p.talent.IsNone() {
		t.Fatalf("%s is not there: %s", name, fmt.Sprint(p))
	}
	return p
}
