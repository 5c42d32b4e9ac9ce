package client

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/clientgrant"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	reviseApiClient       = "reviseApiClient"
	rotateApiClientSecret = "rotateApiClientSecret"
	suspendApiClient      = "suspendApiClient"
	resumeApiClient       = "resumeApiClient"
	revokeApiClient       = "revokeApiClient"
	requestScopes         = "requestScopes"
	approveScopes         = "approveScopes"
	refuseScopes          = "refuseScopes"
	revokeScopes          = "revokeScopes"

	mostClients = 50 // of one organisation, revoked ones apart
	mostScopes  = 40
	mostOrigins = 20

	formerHours     = 24
	mostFormerHours = 168
)

var (
	managers = []transition.Side{transition.Employer, transition.Institution, transition.Platform}
	active   = []apiclient.Status{apiclient.StatusActive}
	standing = []apiclient.Status{apiclient.StatusActive, apiclient.StatusSuspended}
)

const answering = "Only the owners of the organisation that answers for a client can do this."

// States is the life of a client: it is active when it is registered.
var States = transition.Table[apiclient.Status]{
	{
		Name: reviseApiClient, By: managers, Scope: viewer.ClientsManage, From: standing,
		Only: answering, Not: "A revoked client stays as it was.",
	},
	{
		Name: rotateApiClientSecret, By: managers, Scope: viewer.ClientsManage, From: standing,
		Only: answering, Not: "A revoked client has no secrets.",
	},
	{
		Name: requestScopes, By: managers, Scope: viewer.ClientsManage, From: active,
		Only: answering, Not: "Only an active client asks for anything.",
	},
	{
		Name: suspendApiClient, By: managers, Scope: viewer.ClientsManage, From: active, To: apiclient.StatusSuspended,
		Only: answering, Not: "Only an active client can be suspended.",
	},
	{
		Name: resumeApiClient, By: managers, Scope: viewer.ClientsManage,
		From: []apiclient.Status{apiclient.StatusSuspended}, To: apiclient.StatusActive,
		Only: answering, Not: "Only a suspended client can be resumed.",
	},
	{
		Name: revokeApiClient, By: managers, Scope: viewer.ClientsManage, From: standing, To: apiclient.StatusRevoked,
		Only: answering, Not: "This client is revoked already.",
	},
}

var (
	pending  = []clientgrant.Status{clientgrant.StatusPending}
	approved = []clientgrant.Status{clientgrant.StatusApproved}
)

const deciding = "Only the owners of the organisation that is asked can do this."

// GrantStates is the life of a request of a client to an organisation.
var GrantStates = transition.Table[clientgrant.Status]{
	{
		Name: approveScopes, By: managers, Scope: viewer.ClientsManage, From: pending, To: clientgrant.StatusApproved,
		Only: deciding, Not: "This was decided on already.",
	},
	{
		Name: refuseScopes, By: managers, Scope: viewer.ClientsManage, From: pending, To: clientgrant.StatusRefused,
		Only: deciding, Not: "This was decided on already.",
	},
	{
		Name: revokeScopes, By: managers, Scope: viewer.ClientsManage, From: approved, To: clientgrant.StatusRevoked,
		Only: deciding, Not: "Only what is approved can be taken back.",
	},
	{
		Name: string(event.ClientGrantReplaced), By: []transition.Side{transition.Rung},
		From: []clientgrant.Status{clientgrant.StatusPending, clientgrant.StatusApproved}, To: clientgrant.StatusReplaced,
	},
}

// sidesOf are the viewer's sides on what belongs to an organisation.
func sidesOf(v viewer.Viewer, organization gid.ID) []transition.Side {
	switch {
	case organization.IsNone() || v.Org != organization:
		return nil
	case v.Kind == viewer.EmployerMember:
		return []transition.Side{transition.Employer}
	case v.Kind == viewer.CareerStaff:
		return []transition.Side{transition.Institution}
	case v.Kind == viewer.Operator:
		return []transition.Side{transition.Platform}
	}
	return nil
}

// canRegister: the owners of an employer, the administrators of an institution,
// and operators; each up to a number.
func canRegister(v viewer.Viewer, registered []*ent.ApiClient, name string) error {
	if !v.Can(viewer.ClientsManage) || len(sidesOf(v, v.Org)) == 0 {
		return fault.NotPermitted("Only an organisation's owners register clients.")
	}
	if len(registered) >= mostClients {
		return fault.LimitReached("", fmt.Sprintf("An organisation has at most %d clients. Revoke one first.", mostClients))
	}
	return isFree(registered, gid.None, name)
}

// isFree: no other client of the organisation has the name.
func isFree(registered []*ent.ApiClient, but gid.ID, name string) error {
	if slices.ContainsFunc(registered, func(c *ent.ApiClient) bool { return c.ID != but && c.NameFolded == text.Fold(name) }) {
		return fault.AlreadyExists("name", "Your organisation has a client of this name.")
	}
	return nil
}

// can judges a verb on a client that its viewer has read as it is.
func can(v viewer.Viewer, c *ent.ApiClient, verb string, revision int) error {
	if err := States.Permit(verb, v, sidesOf(v, c.OwnerOrgID), c.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, c.Revision)
}

// canDecide judges a verb on a request that its viewer has read as it is.
func canDecide(v viewer.Viewer, g *ent.ClientGrant, verb string, revision int) error {
	if err := GrantStates.Permit(verb, v, sidesOf(v, g.TenantOrgID), g.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, g.Revision)
}

// canGrant: nobody grants what they do not hold, and programs hold no person's rights.
func canGrant(v viewer.Viewer, g *ent.ClientGrant) error {
	for _, s := range g.Scopes {
		if !v.Can(viewer.Scope(s)) || !viewer.IsGrantable(viewer.Scope(s)) {
			return fault.PolicyViolation("grant-what-you-hold", "clientGrantId", fmt.Sprintf("You do not hold %s yourself, so you cannot grant it.", s))
		}
	}
	return nil
}

// Within are the scopes of a manifest that an organisation's kind can grant.
func Within(scopes []string, organization gid.ID) []string {
	role := map[gid.Noun]viewer.Role{gid.Employer: viewer.RoleOwner, gid.Institution: viewer.RoleAdmin}[organization.Noun()]
	var within []string
	for _, s := range scopes {
		if scope := viewer.Scope(s); viewer.IsGrantable(scope) && (viewer.ScopesOf(role)[scope] || organization.Noun() == gid.Institution && viewer.ScopesOf(viewer.RoleApprover)[scope]) {
			within = append(within, s)
		}
	}
	return within
}

func readScopes(r *text.Reader, given []viewer.Scope) []string {
	if len(given) > mostScopes {
		r.Refuse(fault.InvalidValue("scopes", fmt.Sprintf("Name at most %d scopes.", mostScopes)))
		return nil
	}
	read := []string{}
	for i, s := range given {
		if !viewer.IsGrantable(s) {
			r.Refuse(fault.InvalidValue(fmt.Sprintf("scopes.%d", i), "This is no scope that a client can be granted; `scopeCatalog` has those."))
		} else if !slices.Contains(read, string(s)) {
			read = append(read, string(s))
		}
	}
	slices.Sort(read)
	return read
}

func readOrigins(r *text.Reader, given []string) []string {
	if len(given) > mostOrigins {
		r.Refuse(fault.InvalidValue("origins", fmt.Sprintf("Name at most %d origins.", mostOrigins)))
		return nil
	}
	read := []string{}
	for i, one := range given {
		if !isOrigin(one) {
			r.Refuse(fault.InvalidValue(fmt.Sprintf("origins.%d", i),
				"Write an origin as browsers do, in small letters and without a path, as in https://careers.example.edu; http is for this machine alone."))
		} else if !slices.Contains(read, one) {
			read = append(read, one)
		}
	}
	return read
}

// isOrigin: exactly what a browser sends, over https or from this machine.
func isOrigin(given string) bool {
	u, err := url.Parse(given)
	if err != nil || len(given) > 255 || u.Hostname() == "" || given != u.Scheme+"://"+strings.ToLower(u.Host) || strings.Contains(given, "*") {
		return false
	}
	isHere := u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1" || u.Hostname() == "::1"
	port := u.Port()
	isUsual := u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80"
	return (u.Scheme == "https" || u.Scheme == "http" && isHere) && !isUsual
}

// readExpiry: after now.
func readExpiry(r *text.Reader, at *time.Time, now time.Time) {
	if at != nil && !at.After(now) {
		r.Refuse(fault.InvalidValue("expiresAt", "Name an instant to come."))
	}
}

// IsLive reports whether a client is heard at an instant.
func IsLive(c *ent.ApiClient, now time.Time) bool {
	return c.Status == apiclient.StatusActive && (c.ExpiresAt == nil || c.ExpiresAt.After(now))
}

// IsLiveSecret reports whether a secret proves its client at an instant.
func IsLiveSecret(s *ent.ClientSecret, now time.Time) bool {
	return s.EndsAt == nil || s.EndsAt.After(now)
}

// both are the words that stand in either list, in the order of the first.
func both(a, b []string) []string {
	out := []string{}
	for _, one := range a {
		if slices.Contains(b, one) {
			out = append(out, one)
		}
	}
	return out
}

// without are the words of a list that do not stand in another.
func without(a, b []string) []string {
	out := []string{}
	for _, one := range a {
		if !slices.Contains(b, one) {
			out = append(out, one)
		}
	}
	return out
}
