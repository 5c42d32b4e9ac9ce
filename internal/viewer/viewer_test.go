package viewer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// constants reads the constants of a type from a file, since reflection cannot.
func constants(t *testing.T, file, kind string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, d := range parsed.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			if name, ok := v.Type.(*ast.Ident); ok && name.Name == kind {
				text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				found = append(found, text)
			}
		}
	}
	if len(found) == 0 {
		t.Fatalf("%s has no constants of type %s", file, kind)
	}
	return found
}

func TestEveryScopeIsHeldBySomeRole(t *testing.T) {
	t.Parallel()
	held := viewer.AllScopes()
	declared := constants(t, "scopes.go", "Scope")
	for _, scope := range declared {
		if !slices.Contains(held, viewer.Scope(scope)) {
			t.Errorf("no role carries %s: delete it, or give it to a role", scope)
		}
	}
	for _, scope := range held {
		if !slices.Contains(declared, string(scope)) {
			t.Errorf("a role carries %s, which is no constant", scope)
		}
	}
	if got, want := len(held), len(declared); got != want {
		t.Errorf("AllScopes lists %d scopes, want each of %d once", got, want)
	}
}

func TestEveryRoleHasItsScopes(t *testing.T) {
	t.Parallel()
	for _, role := range constants(t, "scopes.go", "Role") {
		if !viewer.ScopesOf(viewer.Role(role))[viewer.ListingsRead] {
			t.Errorf("the role %q cannot even read listings, which the public can", role)
		}
	}
	if got := viewer.ScopesOf("EMPEROR"); len(got) != 0 {
		t.Errorf("an unknown role carries %v", got)
	}
}

// Some rights must never meet in one hand.
func TestWhoHoldsWhat(t *testing.T) {
	t.Parallel()
	employer := []viewer.Role{viewer.RoleOwner, viewer.RoleRecruiter, viewer.RoleSupervisor}
	staff := []viewer.Role{viewer.RoleViewer, viewer.RoleApprover, viewer.RoleAdmin, viewer.RoleOutcomes, viewer.RoleSensitive}
	for _, c := range []struct {
		scope viewer.Scope
		roles []viewer.Role
	}{
		{viewer.EmployersVerify, []viewer.Role{viewer.RoleOperator}},
		{viewer.InstitutionsOpen, []viewer.Role{viewer.RoleOperator}},
		{viewer.ProjectsDecide, []viewer.Role{viewer.RoleApprover, viewer.RoleAdmin, viewer.RoleOperator}},
		{viewer.LinksDecide, []viewer.Role{viewer.RoleApprover, viewer.RoleAdmin}},
		{viewer.AffiliationsDecide, []viewer.Role{viewer.RoleApprover, viewer.RoleAdmin}},
		{viewer.OffersExtend, []viewer.Role{viewer.RoleOwner, viewer.RoleRecruiter}},
		{viewer.OffersAnswer, []viewer.Role{viewer.RoleTalent}},
		{viewer.DeliverablesSubmit, []viewer.Role{viewer.RoleTalent}},
		{viewer.DeliverablesDecide, []viewer.Role{viewer.RoleOwner, viewer.RoleSupervisor}},
		{viewer.PaymentsRead, append([]viewer.Role{viewer.RoleTalent, viewer.RoleOperator}, employer...)},
		{viewer.DisputesOpen, []viewer.Role{viewer.RoleTalent, viewer.RoleOwner, viewer.RoleRecruiter}},
		{viewer.DisputesPropose, []viewer.Role{viewer.RoleTalent, viewer.RoleOwner, viewer.RoleRecruiter, viewer.RoleOperator}},
		{viewer.DisputesResolve, []viewer.Role{viewer.RoleOperator}},
		{viewer.PaymentsRetry, []viewer.Role{viewer.RoleOwner, viewer.RoleOperator}},
		{viewer.AffiliationsRead, append([]viewer.Role{viewer.RoleTalent}, staff...)},
		{viewer.OutcomesRecord, []viewer.Role{viewer.RoleAdmin, viewer.RoleOutcomes}},
		{viewer.TalentSensitive, []viewer.Role{viewer.RoleAdmin, viewer.RoleSensitive}},
		{viewer.AuditRead, []viewer.Role{viewer.RoleOwner, viewer.RoleAdmin, viewer.RoleOperator}},
		{viewer.RecordsOpen, []viewer.Role{viewer.RoleOperator}},
		{viewer.DirectoryWrite, []viewer.Role{viewer.RoleAdmin}},
		{viewer.MembersManage, []viewer.Role{viewer.RoleOwner, viewer.RoleAdmin, viewer.RoleOperator}},
		{viewer.MembersRead, []viewer.Role{viewer.RoleOwner, viewer.RoleAdmin, viewer.RoleOperator}},
	} {
		var holders []viewer.Role
		for _, role := range constants(t, "scopes.go", "Role") {
			if viewer.ScopesOf(viewer.Role(role))[c.scope] {
				holders = append(holders, viewer.Role(role))
			}
		}
		slices.Sort(holders)
		slices.Sort(c.roles)
		if !slices.Equal(holders, c.roles) {
			t.Errorf("%s is held by %v, want %v", c.scope, holders, c.roles)
		}
	}
	if got, want := len(viewer.Public().Scopes), 1; got != want {
		t.Errorf("the public holds %d scopes, want %d", got, want)
	}
}

func TestWithoutAViewerNothingIsAllowed(t *testing.T) {
	t.Parallel()
	v := viewer.From(t.Context())
	if v.IsSystem() || v.IsSignedIn() || !v.World.IsNone() || v.Can(viewer.ListingsRead) || !v.Employer().IsNone() || !v.Institution().IsNone() {
		t.Errorf("without a viewer in the context, asks %+v", v)
	}
	viewer.Become(t.Context(), viewer.System("nobody can become this without With"))
	if viewer.From(t.Context()).IsSystem() {
		t.Error("a context without a viewer became the system")
	}
}

func TestSystem(t *testing.T) {
	t.Parallel()
	if v := viewer.System("a test"); !v.IsSystem() || !v.Can(viewer.HiresRead) || v.World != gid.LiveWorld {
		t.Errorf("the system is %+v", v)
	}
	if v := viewer.System(""); v.IsSystem() || v.Can(viewer.HiresRead) {
		t.Error("without a reason it is the system all the same")
	}
	sandbox := random(t, gid.World)
	if v := viewer.System("a test").In(sandbox); !v.IsSystem() || v.World != sandbox {
		t.Errorf("in a sandbox the system is %+v", v)
	}
	if v := (viewer.Viewer{Kind: "SYSTEM"}); v.IsSystem() {
		t.Error("a made-up kind is the system")
	}
}

func TestWhomTheViewerActsFor(t *testing.T) {
	t.Parallel()
	org := random(t, gid.Employer)
	for kind, want := range map[viewer.Kind][2]gid.ID{
		viewer.EmployerMember: {org, gid.None},
		viewer.CareerStaff:    {gid.None, org},
		viewer.Operator:       {},
		viewer.Talent:         {},
		viewer.Newcomer:       {},
		viewer.Anonymous:      {},
	} {
		v := viewer.Viewer{Kind: kind, Org: org}
		if got := [2]gid.ID{v.Employer(), v.Institution()}; got != want {
			t.Errorf("%s acts for %v, want %v", kind, got, want)
		}
		if got, want := v.IsSignedIn(), kind != viewer.Anonymous; got != want {
			t.Errorf("%s is signed in: %v, want %v", kind, got, want)
		}
	}
}

func TestBecome(t *testing.T) {
	t.Parallel()
	outer := viewer.With(t.Context(), viewer.Public())
	inner := viewer.With(outer, viewer.Viewer{Kind: viewer.Newcomer})
	viewer.Become(inner, viewer.Viewer{Kind: viewer.Talent})
	if got, want := viewer.From(inner).Kind, viewer.Talent; got != want {
		t.Errorf("after Become asks %s, want %s", got, want)
	}
	if got, want := viewer.From(outer).Kind, viewer.Anonymous; got != want {
		t.Errorf("outside asks %s, want %s", got, want)
	}
	var all sync.WaitGroup // for the race detector: fields of one request read while one becomes
	for range 8 {
		all.Go(func() { viewer.Become(inner, viewer.Viewer{Kind: viewer.Operator}) })
		all.Go(func() { _ = viewer.From(inner) })
	}
	all.Wait()
}

func TestRequest(t *testing.T) {
	t.Parallel()
	if got := viewer.RequestFrom(t.Context()); got != nil {
		t.Fatalf("a context without a request has %+v", got)
	}
	r := &viewer.Request{ID: "r"}
	if got := viewer.RequestFrom(viewer.WithRequest(t.Context(), r)); got != r {
		t.Errorf("the context has %+v, want %+v", got, r)
	}
	if !r.BeginWrite() || r.BeginWrite() {
		t.Error("two writes began at once")
	}
	r.EndWrite()
	if !r.BeginWrite() {
		t.Error("after the end no other began")
	}
	if r.Replayed() {
		t.Error("it is replayed from the start")
	}
	if r.MarkReplayed(); !r.Replayed() {
		t.Error("it is not marked as replayed")
	}
}

func random(t *testing.T, noun gid.Noun) gid.ID {
	t.Helper()
	id, err := gid.Random(noun, time.UnixMilli(0))
	if err != nil {
		t.Fatal(err)
	}
	return id
}
