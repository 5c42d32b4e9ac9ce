package transition_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

type status string

const (
	draft  status = "DRAFT"
	open   status = "OPEN"
	closed status = "CLOSED"
)

var table = transition.Table[status]{
	{
		Name: "publish", By: []transition.Side{transition.Employer}, Scope: viewer.ProjectsWrite, From: []status{draft}, To: open,
		Only: "Only the employer publishes.", Not: "Only a draft is published.",
	},
	{
		Name: "close", By: []transition.Side{transition.Employer, transition.Talent}, Scope: viewer.ProjectsRead, From: []status{draft, open}, To: closed,
		Only: "Only the two parties close.", Not: "It is closed.",
	},
	{
		Name: "revise", By: []transition.Side{transition.Employer}, Scope: viewer.ProjectsWrite, From: []status{draft},
		Only: "Only the employer revises.", Not: "Only a draft is revised.",
	},
	{Name: "expired", By: []transition.Side{transition.Rung}, From: []status{open}, To: closed, Only: "Nobody expires.", Not: "It is not open."},
}

var (
	recruiter = viewer.Viewer{Kind: viewer.EmployerMember, Scopes: viewer.ScopesOf(viewer.RoleRecruiter)}
	watcher   = viewer.Viewer{Kind: viewer.EmployerMember, Scopes: viewer.Scopes{viewer.ProjectsRead: true}}
	talent    = viewer.Viewer{Kind: viewer.Talent, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	system    = viewer.System("a test plays Rung")

	employers = []transition.Side{transition.Employer}
	talents   = []transition.Side{transition.Talent}
	rung      = []transition.Side{transition.Rung}
)

func TestPermit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		verb  string
		who   viewer.Viewer
		sides []transition.Side
		at    status
		want  fault.Code
	}{
		"the employer publishes a draft":                          {"publish", recruiter, employers, draft, ""},
		"the talent closes what is open":                          {"close", talent, talents, open, ""},
		"Rung lets it expire":                                     {"expired", system, rung, open, ""},
		"it refuses when the side is another":                     {"publish", talent, talents, draft, fault.CodeNotPermitted},
		"it refuses when the viewer has no side":                  {"close", recruiter, nil, open, fault.CodeNotPermitted},
		"it refuses when the scope is missing":                    {"publish", watcher, employers, draft, fault.CodeNotPermitted},
		"it refuses when a person plays Rung":                     {"expired", recruiter, employers, open, fault.CodeNotPermitted},
		"it refuses when the status forbids it":                   {"publish", recruiter, employers, open, fault.CodeIllegalTransition},
		"it refuses the person first, whatever the status":        {"publish", talent, talents, closed, fault.CodeNotPermitted},
		"it refuses the missing scope first, whatever the status": {"publish", watcher, employers, closed, fault.CodeNotPermitted},
		"it refuses when the status is unknown":                   {"publish", recruiter, employers, "LOST", fault.CodeIllegalTransition},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := table.Permit(c.verb, c.who, c.sides, c.at)
			if c.want == "" {
				if err != nil {
					t.Fatalf("got %v, want nothing", err)
				}
				return
			}
			told, _ := fault.UserErrors(err)
			if len(told) != 1 || told[0].GetCode() != c.want {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			row := table.Verb(c.verb)
			if want := map[fault.Code]string{fault.CodeNotPermitted: row.Only, fault.CodeIllegalTransition: row.Not}[c.want]; told[0].GetMessage() != want {
				t.Errorf("got %q, want %q", told[0].GetMessage(), want)
			}
		})
	}
}

func TestARefusalSaysWhatIsAllowed(t *testing.T) {
	t.Parallel()
	var refused *fault.IllegalTransitionError
	if err := table.Permit("publish", recruiter, employers, open); !errors.As(err, &refused) {
		t.Fatalf("got %v", err)
	}
	if got, want := refused.CurrentStatus, "OPEN"; got != want {
		t.Errorf("the status is %s, want %s", got, want)
	}
	if got, want := refused.AllowedActions, []string{"close"}; !slices.Equal(got, want) {
		t.Errorf("allowed are %v, want %v", got, want)
	}
}

func TestAllowed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		who   viewer.Viewer
		sides []transition.Side
		at    status
		want  []string
	}{
		"in the table's order":      {recruiter, employers, draft, []string{"publish", "close", "revise"}},
		"narrowed by scope":         {watcher, employers, draft, []string{"close"}},
		"narrowed by side":          {talent, talents, draft, []string{"close"}},
		"narrowed by status":        {recruiter, employers, open, []string{"close"}},
		"nothing at the end":        {recruiter, employers, closed, []string{}},
		"nothing for the stranger":  {recruiter, nil, draft, []string{}},
		"nothing for the anonymous": {viewer.Public(), employers, draft, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := table.Allowed(c.who, c.sides, c.at)
			if got == nil || !slices.Equal(got, c.want) {
				t.Errorf("got %#v, want %v", got, c.want)
			}
			for _, verb := range got {
				if err := table.Permit(verb, c.who, c.sides, c.at); err != nil {
					t.Errorf("%s is allowed and refused: %v", verb, err)
				}
			}
		})
	}
}

func TestAnUnknownVerbIsAMistakeOfOurs(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("it did not panic")
		}
	}()
	table.Verb("explode")
}

func TestUnchanged(t *testing.T) {
	t.Parallel()
	if err := transition.Unchanged(3, 3); err != nil {
		t.Errorf("the row's own revision: %v", err)
	}
	var stale *fault.StaleRevisionError
	if err := transition.Unchanged(2, 3); !errors.As(err, &stale) || stale.CurrentRevision != 3 {
		t.Errorf("an older revision: got %v, want STALE_REVISION with 3", err)
	}
	if err := transition.Unchanged(4, 3); !errors.As(err, &stale) {
		t.Errorf("a revision yet to come: got %v, want STALE_REVISION", err)
	}
}

func TestSides(t *testing.T) {
	t.Parallel()
	ids := map[string]gid.ID{}
	for name, noun := range map[string]gid.Noun{"acme": gid.Employer, "umbrella": gid.Employer, "ada": gid.Talent, "eve": gid.Talent} {
		id, err := gid.Random(noun, time.UnixMilli(0))
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = id
	}
	member := viewer.Viewer{Kind: viewer.EmployerMember, Org: ids["acme"]}
	ada := viewer.Viewer{Kind: viewer.Talent, Talent: ids["ada"]}
	for name, c := range map[string]struct {
		who              viewer.Viewer
		employer, talent gid.ID
		want             []transition.Side
	}{
		"the employer's":                      {member, ids["acme"], ids["ada"], []transition.Side{transition.Employer}},
		"the talent's":                        {ada, ids["acme"], ids["ada"], []transition.Side{transition.Talent}},
		"another employer has none":           {member, ids["umbrella"], ids["ada"], nil},
		"another talent has none":             {ada, ids["acme"], ids["eve"], nil},
		"the anonymous have none":             {viewer.Public(), ids["acme"], ids["ada"], nil},
		"nobody is not nobody's side":         {viewer.Viewer{Kind: viewer.EmployerMember}, gid.None, gid.None, nil},
		"an institution is no employer":       {viewer.Viewer{Kind: viewer.CareerStaff, Org: ids["acme"]}, ids["acme"], ids["ada"], []transition.Side{transition.Institution}},
		"an operator is the platform's":       {viewer.Viewer{Kind: viewer.Operator, Org: gid.LiveWorld}, ids["acme"], ids["ada"], []transition.Side{transition.Platform}},
		"what nobody asked for is Rung's own": {system, ids["acme"], ids["ada"], []transition.Side{transition.Rung}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := transition.Sides(c.who, c.employer, c.talent); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
