package issuer

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identityissuer"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acme     = gid.ID{1, 6: 0x70, 8: 0x80, 15: byte(gid.Employer)}
	campus   = gid.ID{2, 6: 0x70, 8: 0x80, 15: byte(gid.Institution)}
	owner    = stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme)
	admin    = stage.Who(viewer.CareerStaff, viewer.RoleAdmin, campus)
	operator = stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
)

// without is somebody who lacks a right of their role.
func without(v viewer.Viewer, scope viewer.Scope) viewer.Viewer {
	v.Scopes = maps.Clone(v.Scopes)
	delete(v.Scopes, scope)
	return v
}

func TestCanRegister(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		who   viewer.Viewer
		count int
		want  fault.Code
	}{
		"an owner":                     {owner, 0, ""},
		"an administrator":             {admin, mostIssuers - 1, ""},
		"it refuses one more":          {admin, mostIssuers, fault.CodeLimitReached},
		"it refuses a recruiter":       {stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme), 0, fault.CodeNotPermitted},
		"it refuses an operator":       {operator, 0, fault.CodeNotPermitted},
		"it refuses an API client":     {viewer.Viewer{Kind: viewer.Integration, World: gid.LiveWorld, Org: acme, Scopes: owner.Scopes}, 0, fault.CodeNotPermitted},
		"it refuses in a sandbox":      {owner.In(gid.ID{3, 15: byte(gid.World)}), 0, fault.CodeNotPermitted},
		"it refuses a talent":          {stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), 0, fault.CodeNotPermitted},
		"it refuses without its scope": {without(owner, viewer.IssuersManage), 0, fault.CodeNotPermitted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := stage.CodeOf(t, canRegister(c.who, c.count)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCanMove(t *testing.T) {
	t.Parallel()
	of := func(org gid.ID, status identityissuer.Status, stopped bool) *ent.IdentityIssuer {
		return &ent.IdentityIssuer{OrganizationID: org, Status: status, StoppedByPlatform: stopped, Revision: 2}
	}
	other := stage.Who(viewer.EmployerMember, viewer.RoleOwner, gid.ID{9, 6: 0x70, 8: 0x80, 15: byte(gid.Employer)})
	for name, c := range map[string]struct {
		who  viewer.Viewer
		of   *ent.IdentityIssuer
		verb string
		at   int
		want fault.Code
	}{
		"an owner revises":                         {owner, of(acme, "TRUSTED", false), reviseIdentityIssuer, 2, ""},
		"an administrator has it asked":            {admin, of(campus, "REGISTERED", false), proveIdentityIssuer, 2, ""},
		"an operator approves":                     {operator, of(acme, "PROVEN", false), approveIdentityIssuer, 2, ""},
		"an operator refuses what is not proven":   {operator, of(acme, "REGISTERED", false), refuseIdentityIssuer, 2, ""},
		"an operator stops":                        {operator, of(acme, "TRUSTED", false), suspendIdentityIssuer, 2, ""},
		"an owner stops":                           {owner, of(acme, "TRUSTED", false), suspendIdentityIssuer, 2, ""},
		"an owner lets their own go on":            {owner, of(acme, "SUSPENDED", false), reinstateIdentityIssuer, 2, ""},
		"an operator lets what they stopped go on": {operator, of(acme, "SUSPENDED", true), reinstateIdentityIssuer, 2, ""},
		"it refuses what the platform stopped":     {owner, of(acme, "SUSPENDED", true), reinstateIdentityIssuer, 2, fault.CodeNotPermitted},
		"it refuses to approve one's own":          {owner, of(acme, "PROVEN", false), approveIdentityIssuer, 2, fault.CodeNotPermitted},
		"it refuses to approve what is unproven":   {operator, of(acme, "REGISTERED", false), approveIdentityIssuer, 2, fault.CodeIllegalTransition},
		"it refuses an operator who revises":       {operator, of(acme, "TRUSTED", false), reviseIdentityIssuer, 2, fault.CodeNotPermitted},
		"it refuses another employer's owner":      {other, of(acme, "TRUSTED", false), suspendIdentityIssuer, 2, fault.CodeNotPermitted},
		"it refuses what is over":                  {owner, of(acme, "REMOVED", false), reviseIdentityIssuer, 2, fault.CodeIllegalTransition},
		"it refuses a revision that has passed":    {owner, of(acme, "TRUSTED", false), suspendIdentityIssuer, 1, fault.CodeStaleRevision},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := stage.CodeOf(t, canMove(c.who, c.of, c.verb, c.at)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestMayGive(t *testing.T) {
	t.Parallel()
	gives := func(role MappedRole) []*RoleMappingInput {
		return []*RoleMappingInput{{Affiliation, "staff", role}}
	}
	for name, c := range map[string]struct {
		who  viewer.Viewer
		role MappedRole
		want fault.Code
	}{
		"an owner gives an owner":                {owner, "OWNER", ""},
		"an administrator gives an approver":     {admin, "APPROVER", ""},
		"an administrator knows talents":         {admin, Talent, ""},
		"it refuses an employer's talents":       {owner, Talent, fault.CodeInvalidValue},
		"it refuses a role of the other side":    {admin, "RECRUITER", fault.CodeInvalidValue},
		"it refuses a role of the platform":      {admin, "OPERATOR", fault.CodeInvalidValue},
		"it refuses what one lacks":              {without(admin, viewer.TalentSensitive), "SENSITIVE", fault.CodeNotPermitted},
		"it gives a role without what one lacks": {without(admin, viewer.TalentSensitive), "VIEWER", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := stage.CodeOf(t, mayGive(c.who, gives(c.role))); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestReadIssuer(t *testing.T) {
	t.Parallel()
	isOurs := func(name string) bool { return name == "https://rung.example/local" }
	for stated, good := range map[string]bool{
		"https://idp.rung.edu": true, "https://idp.rung.edu/": true, "https://login.example/tenant/v2.0": true, "https://idp.rung.edu:443": true,
		"": false, "idp.rung.edu": false, "http://idp.rung.edu": false, "https://": false, "https://idp.rung.edu:8443": false, "https://a@idp.rung.edu": false,
		"https://idp.rung.edu?x=1": false, "https://idp.rung.edu?": false, "https://idp.rung.edu#x": false, " https://idp.rung.edu": false,
		"HTTPS://idp.rung.edu": true, "https://rung.example/local": false, "ftp://idp.rung.edu": false, "https://idp.rung.edu\u202e": false,
	} {
		var r text.Reader
		if got := readIssuer(&r, stated, isOurs); (r.Err() == nil) != good || good && got != stated {
			t.Errorf("%q: got %q, %v", stated, got, r.Err())
		}
	}
}

func TestReadScopes(t *testing.T) {
	t.Parallel()
	domains := []string{"rung.edu", "rung.ac.uk"}
	var r text.Reader
	got := readScopes(&r, []string{"rung.edu", " Med.Rung.EDU ", "rung.edu"}, domains)
	if want := []string{"rung.edu", "med.rung.edu"}; r.Err() != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, r.Err(), want)
	}
	for _, foreign := range []string{"other.edu", "notrung.edu", "edu", "", ".rung.edu.evil.example", "uk"} {
		var r text.Reader
		if readScopes(&r, []string{foreign}, domains); r.Err() == nil {
			t.Errorf("%q is taken for one of theirs", foreign)
		}
	}
}

func TestReadAlgorithms(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		stated []Algorithm
		good   bool
	}{
		"one": {[]Algorithm{"RS256"}, true}, "a family": {[]Algorithm{"ES256", "ES512", "ES256"}, true}, "EDDSA": {[]Algorithm{"EDDSA"}, true},
		"none at all": {nil, false}, "two families": {[]Algorithm{"RS256", "PS256"}, false}, "a shared secret": {[]Algorithm{"HS256"}, false}, "none": {[]Algorithm{"none"}, false},
	} {
		var r text.Reader
		if readAlgorithms(&r, c.stated); (r.Err() == nil) != c.good {
			t.Errorf("%s: %v", name, r.Err())
		}
	}
}

func TestIsNews(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	role := "VIEWER"
	staff := &ent.Identity{VouchedAt: &at, VouchedRole: &role}
	for name, c := range map[string]struct {
		known *ent.Identity
		word  Word
		after time.Duration
		want  bool
	}{
		"a stranger to whom something is given": {nil, Word{Role: "VIEWER"}, 0, true},
		"a stranger of whom nothing is said":    {nil, Word{}, 0, false},
		"an invited person's first word":        {&ent.Identity{}, Word{IsTalent: true}, 0, true},
		"the same word later":                   {staff, Word{Role: "VIEWER"}, time.Hour, false},
		"another word later":                    {staff, Word{}, time.Second, true},
		"another word of the same instant":      {staff, Word{}, 0, false},
		"another word from before":              {staff, Word{Role: "ADMIN"}, -time.Second, false},
	} {
		if got := (SignIn{At: at.Add(c.after), Word: c.word}).IsNews(c.known); got != c.want {
			t.Errorf("%s: got %t, want %t", name, got, c.want)
		}
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	stated := []string{"EDDSA", "RS256"}
	if got := Methods(stated); !slices.Equal(got, []string{"EdDSA", "RS256"}) || stated[0] != "EDDSA" {
		t.Errorf("tokens call %v %v", stated, got)
	}
}
