package client

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/clientgrant"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acme   = gid.ID{14: 1, 15: byte(gid.Employer)}
	zenith = gid.ID{14: 2, 15: byte(gid.Employer)}
	school = gid.ID{14: 3, 15: byte(gid.Institution)}
	noon   = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
)

func TestWhoRegisters(t *testing.T) {
	t.Parallel()
	many := make([]*ent.ApiClient, mostClients)
	for i := range many {
		many[i] = &ent.ApiClient{NameFolded: fmt.Sprint(i)}
	}
	owner := stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme)
	for name, test := range map[string]struct {
		v          viewer.Viewer
		registered []*ent.ApiClient
		code       fault.Code
		path       string
	}{
		"it allows an owner":            {owner, many[1:], "", ""},
		"it allows an administrator":    {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, school), nil, "", ""},
		"it allows an operator":         {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), nil, "", ""},
		"it refuses a recruiter":        {stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme), nil, fault.CodeNotPermitted, ""},
		"it refuses an approver":        {stage.Who(viewer.CareerStaff, viewer.RoleApprover, school), nil, fault.CodeNotPermitted, ""},
		"it refuses a talent":           {stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), nil, fault.CodeNotPermitted, ""},
		"it refuses the system's hands": {viewer.System("a test"), nil, fault.CodeNotPermitted, ""},
		"it refuses a program": {
			viewer.Viewer{Kind: viewer.Integration, Org: acme, Scopes: viewer.ScopesOf(viewer.RoleOwner)}, nil, fault.CodeNotPermitted, "",
		},
		"it refuses one more than fifty":     {owner, many, fault.CodeLimitReached, ""},
		"it refuses a name that is in place": {owner, []*ent.ApiClient{{ID: gid.ID{14: 9}, NameFolded: text.Fold("DESK")}}, fault.CodeAlreadyExists, "name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage.Answers(t, canRegister(test.v, test.registered, "Desk"), test.code, test.path)
		})
	}
}

func TestWhoAnswersForAClient(t *testing.T) {
	t.Parallel()
	owner := stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme)
	for name, test := range map[string]struct {
		v        viewer.Viewer
		verb     string
		at       apiclient.Status
		revision int
		code     fault.Code
		path     string
	}{
		"it allows its owner":                      {owner, suspendApiClient, apiclient.StatusActive, 1, "", ""},
		"it allows to revoke a suspended one":      {owner, revokeApiClient, apiclient.StatusSuspended, 1, "", ""},
		"it refuses another employer's owner":      {stage.Who(viewer.EmployerMember, viewer.RoleOwner, zenith), suspendApiClient, apiclient.StatusActive, 1, fault.CodeNotPermitted, ""},
		"it refuses a recruiter":                   {stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme), suspendApiClient, apiclient.StatusActive, 1, fault.CodeNotPermitted, ""},
		"it refuses an operator":                   {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), revokeApiClient, apiclient.StatusActive, 1, fault.CodeNotPermitted, ""},
		"it refuses to suspend a suspended one":    {owner, suspendApiClient, apiclient.StatusSuspended, 1, fault.CodeIllegalTransition, ""},
		"it refuses to resume an active one":       {owner, resumeApiClient, apiclient.StatusActive, 1, fault.CodeIllegalTransition, ""},
		"it refuses to revise a revoked one":       {owner, reviseApiClient, apiclient.StatusRevoked, 1, fault.CodeIllegalTransition, ""},
		"it refuses what was read as another":      {owner, suspendApiClient, apiclient.StatusActive, 2, fault.CodeStaleRevision, "expectedRevision"},
		"it refuses to ask with one not heard":     {owner, requestScopes, apiclient.StatusSuspended, 1, fault.CodeIllegalTransition, ""},
		"it refuses a revoked one another secret":  {owner, rotateApiClientSecret, apiclient.StatusRevoked, 1, fault.CodeIllegalTransition, ""},
		"it refuses to revoke what is revoked yet": {owner, revokeApiClient, apiclient.StatusRevoked, 1, fault.CodeIllegalTransition, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &ent.ApiClient{OwnerOrgID: acme, Status: test.at, Revision: 1}
			stage.Answers(t, can(test.v, c, test.verb, test.revision), test.code, test.path)
		})
	}
}

// Nobody grants what they do not hold.
func TestWhatCanBeGranted(t *testing.T) {
	t.Parallel()
	admin := stage.Who(viewer.CareerStaff, viewer.RoleAdmin, school)
	for name, test := range map[string]struct {
		scopes []string
		code   fault.Code
	}{
		"it allows what an administrator holds":      {[]string{"affiliations:read", "projects:read"}, ""},
		"it refuses what only an employer holds":     {[]string{"offers:extend"}, fault.CodePolicyViolation},
		"it refuses what only an operator holds":     {[]string{"platform:configure"}, fault.CodePolicyViolation},
		"it refuses a person's own":                  {[]string{"members:read"}, fault.CodePolicyViolation},
		"it refuses that it decides on others":       {[]string{"clients:manage"}, fault.CodePolicyViolation},
		"it refuses what there is not":               {[]string{"made:up"}, fault.CodePolicyViolation},
		"it refuses all for one that is not allowed": {[]string{"projects:read", "clients:manage"}, fault.CodePolicyViolation},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := ""
			if test.code != "" {
				path = "clientGrantId"
			}
			stage.Answers(t, canGrant(admin, &ent.ClientGrant{TenantOrgID: school, Scopes: test.scopes}), test.code, path)
		})
	}
}

func TestWhoDecides(t *testing.T) {
	t.Parallel()
	admin := stage.Who(viewer.CareerStaff, viewer.RoleAdmin, school)
	for name, test := range map[string]struct {
		v    viewer.Viewer
		verb string
		at   clientgrant.Status
		code fault.Code
	}{
		"it allows an administrator":          {admin, approveScopes, clientgrant.StatusPending, ""},
		"it allows to take back":              {admin, revokeScopes, clientgrant.StatusApproved, ""},
		"it refuses who asks":                 {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), approveScopes, clientgrant.StatusPending, fault.CodeNotPermitted},
		"it refuses an approver":              {stage.Who(viewer.CareerStaff, viewer.RoleApprover, school), approveScopes, clientgrant.StatusPending, fault.CodeNotPermitted},
		"it refuses an operator":              {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), refuseScopes, clientgrant.StatusPending, fault.CodeNotPermitted},
		"it refuses to decide twice":          {admin, approveScopes, clientgrant.StatusRefused, fault.CodeIllegalTransition},
		"it refuses what was replaced":        {admin, approveScopes, clientgrant.StatusReplaced, fault.CodeIllegalTransition},
		"it refuses to take back what is not": {admin, revokeScopes, clientgrant.StatusPending, fault.CodeIllegalTransition},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := &ent.ClientGrant{OwnerOrgID: acme, TenantOrgID: school, Status: test.at, Revision: 1}
			stage.Answers(t, canDecide(test.v, g, test.verb, 1), test.code, "")
		})
	}
}

func TestOriginsAreExact(t *testing.T) {
	t.Parallel()
	for origin, want := range map[string]bool{
		"https://careers.example.edu": true, "https://careers.example.edu:8443": true, "http://localhost:3000": true, "http://127.0.0.1:5173": true,
		"https://careers.example.edu/": false, "https://careers.example.edu/path": false, "http://careers.example.edu": false,
		"https://Careers.example.edu": false, "https://*.example.edu": false, "*": false, "null": false, "": false,
		"https://me@careers.example.edu": false, "https://careers.example.edu:443": false, "ftp://careers.example.edu": false,
		"https://careers.example.edu?x": false, "https://" + strings.Repeat("a", 300) + ".example": false,
	} {
		if got := isOrigin(origin); got != want {
			t.Errorf("%q is an origin: %v, want %v", origin, got, want)
		}
	}
}

func TestAManifestIsRead(t *testing.T) {
	t.Parallel()
	var r text.Reader
	scopes := readScopes(&r, []viewer.Scope{"projects:read", "applications:read", "projects:read"})
	if r.Err() != nil || !slices.Equal(scopes, []string{"applications:read", "projects:read"}) {
		t.Errorf("got %v, %v", scopes, r.Err())
	}
	if got := Within([]string{"affiliations:read", "offers:extend", "projects:read"}, school); !slices.Equal(got, []string{"affiliations:read", "projects:read"}) {
		t.Errorf("a school is asked for %v", got)
	}
	if got := Within([]string{"affiliations:read", "offers:extend", "projects:read"}, acme); !slices.Equal(got, []string{"offers:extend", "projects:read"}) {
		t.Errorf("an employer is asked for %v", got)
	}
	for name, read := range map[string]func(*text.Reader){
		"it refuses an unknown scope":      func(r *text.Reader) { readScopes(r, []viewer.Scope{"made:up"}) },
		"it refuses one that people hold":  func(r *text.Reader) { readScopes(r, []viewer.Scope{viewer.ClientsManage}) },
		"it refuses too many scopes":       func(r *text.Reader) { readScopes(r, make([]viewer.Scope, mostScopes+1)) },
		"it refuses too many origins":      func(r *text.Reader) { readOrigins(r, make([]string, mostOrigins+1)) },
		"it refuses what is no origin":     func(r *text.Reader) { readOrigins(r, []string{"here"}) },
		"it refuses an end that has been":  func(r *text.Reader) { readExpiry(r, &noon, noon) },
		"it refuses an end before this":    func(r *text.Reader) { readExpiry(r, &noon, noon.Add(time.Hour)) },
		"it refuses to end it in 169 h":    func(r *text.Reader) { refuseHours(r, 169) },
		"it refuses to have ended it once": func(r *text.Reader) { refuseHours(r, -1) },
	} {
		var r text.Reader
		if read(&r); r.Err() == nil {
			t.Errorf("%s: it does not", name)
		}
	}
}

func refuseHours(r *text.Reader, hours int) {
	if _, err := readHours(&hours); err != nil {
		r.Refuse(err)
	}
}

func TestWhoIsHeard(t *testing.T) {
	t.Parallel()
	before, after := noon.Add(-time.Second), noon.Add(time.Second)
	for name, test := range map[string]struct {
		c    ent.ApiClient
		want bool
	}{
		"an active one":                     {ent.ApiClient{Status: apiclient.StatusActive}, true},
		"one that ends later":               {ent.ApiClient{Status: apiclient.StatusActive, ExpiresAt: &after}, true},
		"it refuses one that ends now":      {ent.ApiClient{Status: apiclient.StatusActive, ExpiresAt: &noon}, false},
		"it refuses one that has ended":     {ent.ApiClient{Status: apiclient.StatusActive, ExpiresAt: &before}, false},
		"it refuses one that is suspended":  {ent.ApiClient{Status: apiclient.StatusSuspended}, false},
		"it refuses one that was taken off": {ent.ApiClient{Status: apiclient.StatusRevoked}, false},
	} {
		if got := IsLive(&test.c, noon); got != test.want {
			t.Errorf("%s: heard %v", name, got)
		}
	}
	if !IsLiveSecret(&ent.ClientSecret{}, noon) || !IsLiveSecret(&ent.ClientSecret{EndsAt: &after}, noon) || IsLiveSecret(&ent.ClientSecret{EndsAt: &noon}, noon) {
		t.Error("a secret holds until it ends, and no longer")
	}
}
