package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	gql "github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioitem"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// TestEveryConnectionTellsWhatChanged: whoever keeps a copy of a list asks it for
// what changed since, in that order.
func TestEveryConnectionTellsWhatChanged(t *testing.T) {
	t.Parallel()
	lists := 0
	for _, d := range ours() {
		for _, f := range d.Fields {
			result := api.Types[f.Type.Name()]
			if result.Fields.ForName("pageInfo") == nil {
				continue
			}
			lists++
			coordinate := d.Name + "." + f.Name
			node := api.Types[result.Fields.ForName("nodes").Type.Name()]
			if at := node.Fields.ForName("updatedAt"); at == nil || at.Type.String() != "DateTime!" {
				t.Errorf("%s lists %s, which does not say when it last changed: give it `updatedAt: DateTime!`", coordinate, node.Name)
			}
			if span := part(f, "filter", "updatedAt"); span == nil || span.Type.String() != "DateTimeRange" {
				t.Errorf("%s cannot be narrowed to what changed in a span: give its filter `updatedAt: DateTimeRange`", coordinate)
			}
			if by := part(f, "orderBy", "field"); by == nil || api.Types[by.Type.Name()].EnumValues.ForName("UPDATED_AT") == nil {
				t.Errorf("%s cannot be ordered by when its rows last changed: give its order `UPDATED_AT`", coordinate)
			}
		}
	}
	if lists < 40 {
		t.Fatalf("there are %d connections: the walk does not find them", lists)
	}
}

// part is a field of the input that an argument takes.
func part(f *gql.FieldDefinition, argument, name string) *gql.FieldDefinition {
	a := f.Arguments.ForName(argument)
	if a == nil {
		return nil
	}
	return api.Types[a.Type.Name()].Fields.ForName(name)
}

// change is an update of rows, as ent makes one for each table.
type change interface {
	Save(context.Context) (int, error)
}

// changedLists are lists with a row of the demo world: who sees it there, who of
// another organisation sees the list and not the row, and a change of the row.
var changedLists = []struct {
	list, row, seenBy, notBy string
	change                   func(*ent.Client, gid.ID) change
}{
	{"applications", "application-open-ben", "bea", "hugo", func(c *ent.Client, id gid.ID) change {
		return c.Application.Update().Where(application.ID(id)).SetNote("Written anew.")
	}},
	{"applications", "application-open-ben", "grace", "nina", func(c *ent.Client, id gid.ID) change {
		return c.Application.Update().Where(application.ID(id)).SetNote("Written anew.")
	}},
	{"offers", "offer-open-eve", "eve", "ada", func(c *ent.Client, id gid.ID) change {
		return c.Offer.Update().Where(offer.ID(id)).SetMessage("Written anew.")
	}},
	{"engagements", "engagement-completed", "grace", "nina", func(c *ent.Client, id gid.ID) change {
		return c.Engagement.Update().Where(engagement.ID(id)).SetCommunication("By the phone.")
	}},
	{"deliverables", "deliverable-in-progress-1", "bea", "hugo", func(c *ent.Client, id gid.ID) change {
		return c.Deliverable.Update().Where(deliverable.ID(id)).SetTitle("Written anew")
	}},
	{"paymentRecords", "payment-completed", "bea", "lena", func(c *ent.Client, id gid.ID) change {
		return c.PaymentRecord.Update().Where(paymentrecord.ID(id)).SetPayoutAttempt(1)
	}},
	{"hireConversions", "hire", "bea", "lena", func(c *ent.Client, id gid.ID) change {
		return c.HireConversion.Update().Where(hireconversion.ID(id)).SetMessage("Written anew.")
	}},
	{"affiliations", "affiliation-ivy", "grace", "nina", func(c *ent.Client, id gid.ID) change {
		return c.Affiliation.Update().Where(affiliation.ID(id)).SetEvidence("https://example.com/anew")
	}},
	{"talentProfiles", "ada", "grace", "nina", func(c *ent.Client, id gid.ID) change {
		return c.TalentProfile.Update().Where(talentprofile.ID(id)).SetHeadline("Written anew")
	}},
	{"microProjects", "project-draft", "bea", "hugo", func(c *ent.Client, id gid.ID) change {
		return c.MicroProject.Update().Where(microproject.ID(id)).SetBrief("Written anew.")
	}},
	{`portfolio(talentId: "{{ada}}", `, "portfolio-item", "ada", "", func(c *ent.Client, id gid.ID) change {
		return c.PortfolioItem.Update().Where(portfolioitem.ID(id)).SetSummary("Written anew.")
	}},
	{"skills", "writing", "grace", "", func(c *ent.Client, id gid.ID) change {
		return c.Skill.Update().Where(skill.ID(id)).SetCategory("Written anew")
	}},
}

// TestWhatChangedIsFound changes a row and asks its list for what changed since:
// it is that row, at the end of the list in the order of changes, and whoever does
// not see the row finds nothing.
func TestWhatChangedIsFound(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			for _, c := range changedLists {
				id := s.world.IDs[c.row]
				if id.IsNone() {
					t.Fatalf("the demo world has no %s", c.row)
				}
				before := idsOf(s.walk(t, c.seenBy, c.list, "updatedAt: {}", "direction: ASC", 50))
				s.wait(time.Minute)
				since := s.clock().UTC().Format(time.RFC3339Nano)
				s.alter(t, func(client *ent.Client) change { return c.change(client, id) })

				changed, unchanged := fmt.Sprintf("updatedAt: {gte: %q}", since), fmt.Sprintf("updatedAt: {lt: %q}", since)
				if got := idsOf(s.walk(t, c.seenBy, c.list, changed, "direction: ASC", 2)); !slices.Equal(got, []gid.ID{id}) {
					t.Errorf("%s: %s finds %v of what changed since, want %s alone", c.list, c.seenBy, got, id)
				}
				others := slices.DeleteFunc(slices.Clone(before), func(other gid.ID) bool { return other == id })
				if got := idsOf(s.walk(t, c.seenBy, c.list, unchanged, "direction: ASC", 50)); !slices.Equal(got, others) {
					t.Errorf("%s: %s finds %v of what did not change, want %v", c.list, c.seenBy, got, others)
				}
				after := idsOf(s.walk(t, c.seenBy, c.list, "updatedAt: {}", "direction: ASC", 3))
				if want := append(others, id); !slices.Equal(after, want) {
					t.Errorf("%s: %s walks through %v, want what changed last: %v", c.list, c.seenBy, after, want)
				}
				slices.Reverse(after)
				if got := idsOf(s.walk(t, c.seenBy, c.list, "updatedAt: {}", "direction: DESC", 50)); !slices.Equal(got, after) {
					t.Errorf("%s: the other way round %s walks through %v, want %v", c.list, c.seenBy, got, after)
				}
				for _, who := range []string{c.notBy, "somebody from elsewhere"} {
					if c.notBy == "" {
						continue // it is shown to all who have signed in
					}
					if got := s.walk(t, who, c.list, changed, "direction: ASC", 2); len(got) != 0 {
						t.Errorf("%s: %s learns of a change that is not theirs: %v", c.list, who, got)
					}
				}
			}
		})
	}
}

// TestAChangeOnTheWayIsMetAgain: what changes while its list is walked in the order
// of changes comes once more, at the end, and nothing is left out.
func TestAChangeOnTheWayIsMetAgain(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			all := idsOf(s.walk(t, "bea", "applications", "updatedAt: {}", "direction: ASC", 3))
			if len(all) < 4 {
				t.Fatalf("there are %d applications: too few to walk", len(all))
			}
			first := s.changedPage(t, "bea", "applications", "updatedAt: {}", "direction: ASC", 2, nil)
			s.alter(t, func(c *ent.Client) change {
				return c.Application.Update().Where(application.ID(all[0])).SetNote("Written anew.")
			})
			met := idsOf(first.Nodes)
			for page := first; page.PageInfo.HasNextPage; {
				page = s.changedPage(t, "bea", "applications", "updatedAt: {}", "direction: ASC", 2, page.PageInfo.EndCursor)
				met = append(met, idsOf(page.Nodes)...)
			}
			if want := append(slices.Clone(all), all[0]); !slices.Equal(met, want) {
				t.Errorf("the walk meets %v, want %v", met, want)
			}
		})
	}
}

// TestWhatChangedBelowIsFound narrows the lists below other rows, each by itself.
func TestWhatChangedBelowIsFound(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			s.wait(time.Minute)
			since := s.clock().UTC().Format(time.RFC3339Nano)
			s.alter(t, func(c *ent.Client) change {
				return c.Application.Update().Where(application.ID(s.world.IDs["application-open-ben"])).SetNote("Written anew.")
			})
			s.alter(t, func(c *ent.Client) change {
				return c.PortfolioItem.Update().Where(portfolioitem.ID(s.world.IDs["portfolio-item"])).SetSummary("Written anew.")
			})
			filter := fmt.Sprintf("(filter: {updatedAt: {gte: %q}}, orderBy: {field: UPDATED_AT, direction: ASC}) { nodes { id } totalCount { value } }", since)
			for _, c := range []struct{ who, document, want string }{
				{"bea", `{ microProject(id: "{{project-open}}") { applications` + filter + ` } }`,
					`{"microProject":{"applications":{"nodes":[{"id":"{{application-open-ben}}"}],"totalCount":{"value":1}}}}`},
				{"ada", `{ talentProfile(id: "{{ada}}") { portfolio` + filter + ` references` + filter + ` } }`,
					`{"talentProfile":{"portfolio":{"nodes":[{"id":"{{portfolio-item}}"}],"totalCount":{"value":1}},"references":{"nodes":[],"totalCount":{"value":0}}}}`},
				{"grace", `{ fundingPool(id: "{{pool}}") { statement` + filter + ` } }`,
					`{"fundingPool":{"statement":{"nodes":[],"totalCount":{"value":0}}}}`},
				{"grace", `{ exposedTalents(employerId: "{{basalt}}", ` + filter[1:] + ` }`,
					`{"exposedTalents":{"nodes":[],"totalCount":{"value":0}}}`},
				{"ada", `{ engagement(id: "{{engagement-completed}}") { worklog` + filter + ` } }`,
					`{"engagement":{"worklog":{"nodes":[],"totalCount":{"value":0}}}}`},
			} {
				a := s.ask(t, c.who, s.names().show(t, c.document), nil)
				if got, want := string(a.Data), s.names().show(t, c.want); got != want {
					t.Errorf("%s asks %s\ngot  %s\nwant %s", c.who, c.document, a.body, want)
				}
			}
		})
	}
}

// TestANoticeThatIsReadHasChanged: a notification changes once, when it is read.
func TestANoticeThatIsReadHasChanged(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			all := s.walk(t, "ada", "notifications", "isUnread: true", "direction: ASC", 20)
			if len(all) < 2 {
				t.Fatalf("ada has %d notifications that she has not read: too few", len(all))
			}
			since, read := s.clock().UTC().Format(time.RFC3339Nano), all[0].ID
			a := s.ask(t, "ada", fmt.Sprintf(`mutation { markNotificationsRead(input: {notificationIds: [%q]}) { userErrors { code } } }`, read), nil)
			if a.Errors != nil {
				t.Fatalf("%s", a.body)
			}
			if got := idsOf(s.walk(t, "ada", "notifications", fmt.Sprintf("updatedAt: {gte: %q}", since), "direction: ASC", 20)); !slices.Equal(got, []gid.ID{read}) {
				t.Errorf("ada finds %v changed, want %s", got, read)
			}
			if got := s.walk(t, "ben", "notifications", fmt.Sprintf("updatedAt: {gte: %q}", since), "direction: ASC", 20); len(got) != 0 {
				t.Errorf("ben finds %v", got)
			}
		})
	}
}

// alter makes one change of one row, in a write of its own.
func (s *site) alter(t *testing.T, of func(*ent.Client) change) {
	t.Helper()
	ctx := viewer.With(t.Context(), viewer.System("a test changes a row"))
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "change", Verb: "change"})
	_, err := store.Write(ctx, s.db, func(tx *store.Tx) (gid.ID, error) {
		return gid.None, store.Moved(of(tx.System("a test changes a row")).Save(ctx))
	})
	if err != nil {
		t.Fatal(err)
	}
}

type changedNode struct {
	ID        gid.ID
	UpdatedAt time.Time
}

type changesPage struct {
	Nodes    []changedNode
	PageInfo struct {
		HasNextPage bool
		EndCursor   *string
	}
}

// walk goes through a list, page by page, in the order of changes. Who may not ask
// it at all meets nothing.
func (s *site) walk(t *testing.T, who, list, filter, direction string, size int) []changedNode {
	t.Helper()
	var nodes []changedNode
	for after := (*string)(nil); ; {
		page := s.changedPage(t, who, list, filter, direction, size, after)
		nodes = append(nodes, page.Nodes...)
		if !page.PageInfo.HasNextPage {
			break
		}
		after = page.PageInfo.EndCursor
	}
	inOrder := slices.IsSortedFunc(nodes, func(a, b changedNode) int {
		if direction == "direction: DESC" {
			a, b = b, a
		}
		return a.UpdatedAt.Compare(b.UpdatedAt)
	})
	if !inOrder {
		t.Errorf("%s: %s does not walk in the order of changes: %v", list, who, nodes)
	}
	return nodes
}

// changedPage is one page of a walk.
func (s *site) changedPage(t *testing.T, who, list, filter, direction string, size int, after *string) changesPage {
	t.Helper()
	if list[len(list)-1] != ' ' {
		list += "("
	}
	document := fmt.Sprintf("query($after: String) { list: %sfirst: %d, after: $after, filter: {%s}, orderBy: {field: UPDATED_AT, %s}) { nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }",
		s.names().show(t, list), size, filter, direction)
	a := s.ask(t, who, document, map[string]any{"after": after})
	var data struct{ List changesPage }
	if err := json.Unmarshal(a.Data, &data); err != nil || a.Status != 200 {
		t.Fatalf("%s asks %s: %s", who, document, a.body)
	}
	return data.List
}

func idsOf(nodes []changedNode) []gid.ID {
	ids := make([]gid.ID, len(nodes))
	for i, n := range nodes {
		ids[i] = n.ID
	}
	return ids
}
