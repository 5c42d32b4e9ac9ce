package issuer

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identityissuer"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/career/member"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	reviseIdentityIssuer    = "reviseIdentityIssuer"
	proveIdentityIssuer     = "proveIdentityIssuer"
	approveIdentityIssuer   = "approveIdentityIssuer"
	refuseIdentityIssuer    = "refuseIdentityIssuer"
	suspendIdentityIssuer   = "suspendIdentityIssuer"
	reinstateIdentityIssuer = "reinstateIdentityIssuer"
	removeIdentityIssuer    = "removeIdentityIssuer"

	mostIssuers  = 5 // of one organisation, refused and removed ones apart
	mostMappings = 50
	mostScopes   = 50
)

const (
	onlyManagers  = "Only those who manage the organisation's issuers do this."
	onlyOperators = "Only the platform's operators decide whom it trusts."
	onlyBoth      = "Only those who manage the organisation's issuers and the platform's operators do this."
	over          = "This issuer is over. Register it anew."
)

var (
	managers  = []transition.Side{transition.Employer, transition.Institution}
	operators = []transition.Side{transition.Platform}
	both      = append(slices.Clone(managers), transition.Platform)
	rung      = []transition.Side{transition.Rung}

	registered = []identityissuer.Status{identityissuer.StatusRegistered}
	proven     = []identityissuer.Status{identityissuer.StatusProven}
	trusted    = []identityissuer.Status{identityissuer.StatusTrusted}
	suspended  = []identityissuer.Status{identityissuer.StatusSuspended}
	open       = slices.Concat(registered, proven)
	live       = slices.Concat(registered, proven, trusted, suspended)
)

// States is the life of an issuer.
var States = transition.Table[identityissuer.Status]{
	{Name: reviseIdentityIssuer, By: managers, Scope: viewer.IssuersManage, From: live, Only: onlyManagers, Not: over},
	{
		Name: proveIdentityIssuer, By: managers, Scope: viewer.IssuersManage, From: registered,
		Only: onlyManagers, Not: "Only an issuer that has not proven itself is asked.",
	},
	{Name: string(event.IdentityIssuerUnproven), By: rung, From: registered},
	{Name: string(event.IdentityIssuerProven), By: rung, From: registered, To: identityissuer.StatusProven},
	{
		Name: approveIdentityIssuer, By: operators, Scope: viewer.IssuersManage, From: proven, To: identityissuer.StatusTrusted,
		Only: onlyOperators, Not: "Only an issuer that has proven itself is trusted.",
	},
	{
		Name: refuseIdentityIssuer, By: operators, Scope: viewer.IssuersManage, From: open, To: identityissuer.StatusRefused,
		Only: onlyOperators, Not: "This was decided on already. Suspend an issuer that is trusted.",
	},
	{
		Name: suspendIdentityIssuer, By: both, Scope: viewer.IssuersManage, From: trusted, To: identityissuer.StatusSuspended,
		Only: onlyBoth, Not: "Only a trusted issuer is stopped.",
	},
	{
		Name: reinstateIdentityIssuer, By: both, Scope: viewer.IssuersManage, From: suspended, To: identityissuer.StatusTrusted,
		Only: onlyBoth, Not: "Only a stopped issuer goes on.",
	},
	{Name: removeIdentityIssuer, By: managers, Scope: viewer.IssuersManage, From: live, To: identityissuer.StatusRemoved, Only: onlyManagers, Not: over},
}

// sides are the viewer's: of their own organisation's issuers, or the platform's.
func sides(v viewer.Viewer, organization gid.ID) []transition.Side {
	switch {
	case v.Kind == viewer.Operator:
		return operators
	case v.IsSystem():
		return rung
	case organization.IsNone() || v.Org != organization:
		return nil
	case v.Kind == viewer.EmployerMember:
		return []transition.Side{transition.Employer}
	case v.Kind == viewer.CareerStaff:
		return []transition.Side{transition.Institution}
	}
	return nil
}

// canRegister: those who manage an organisation of the live world, a few times.
func canRegister(v viewer.Viewer, count int) error {
	switch {
	case !v.Can(viewer.IssuersManage) || v.Kind != viewer.EmployerMember && v.Kind != viewer.CareerStaff:
		return fault.NotPermitted(onlyManagers)
	case v.World != gid.LiveWorld:
		return fault.NotPermitted("The people of a sandbox sign in with its own tokens.")
	case count >= mostIssuers:
		return fault.LimitReached("", fmt.Sprintf("An organisation has at most %d issuers. Remove one first.", mostIssuers))
	}
	return nil
}

// canMove: whose the verb is, on an issuer as they have read it.
func canMove(v viewer.Viewer, i *ent.IdentityIssuer, verb string, revision int) error {
	if err := States.Permit(verb, v, sides(v, i.OrganizationID), i.Status); err != nil {
		return err
	}
	if verb == reinstateIdentityIssuer && i.StoppedByPlatform && v.Kind != viewer.Operator {
		return fault.NotPermitted("The platform has stopped this issuer. Its operators alone let it go on.")
	}
	return transition.Unchanged(revision, i.Revision)
}

// Algorithm is how a token may be signed.
type Algorithm string

// Families are the algorithms that one kind of key can serve, as tokens name them. Methods with a
// shared secret are in none: whoever can check such a token can make one.
var Families = [][]string{
	{"RS256", "RS384", "RS512"},
	{"PS256", "PS384", "PS512"},
	{"ES256", "ES384", "ES512"},
	{"EdDSA"},
}

// Methods are the algorithms of an issuer by the names that tokens have for them.
func Methods(algorithms []string) []string {
	names := slices.Clone(algorithms)
	for i, name := range names {
		if name == "EDDSA" {
			names[i] = "EdDSA"
		}
	}
	return names
}

// readAlgorithms reads a list that is of one family.
func readAlgorithms(r *text.Reader, stated []Algorithm) []string {
	var list []string
	for _, a := range stated {
		if !slices.Contains(list, string(a)) {
			list = append(list, string(a))
		}
	}
	inOne := slices.ContainsFunc(Families, func(family []string) bool {
		return !slices.ContainsFunc(Methods(list), func(a string) bool { return !slices.Contains(family, a) })
	})
	if len(list) == 0 || !inOne {
		r.Refuse(fault.InvalidValue("algorithms", fmt.Sprintf("Name some of one of these families: %s.", strings.ToUpper(fmt.Sprint(Families)))))
	}
	return list
}

// readIssuer reads the URL that names an issuer, which is compared to the letter.
func readIssuer(r *text.Reader, stated string, isOurs func(string) bool) string {
	read := r.Line("issuer", stated, 1, 255)
	u, err := url.Parse(read)
	switch {
	case r.Err() != nil:
	case err != nil || read != stated || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "",
		u.Port() != "" && u.Port() != "443":
		r.Refuse(fault.InvalidValue("issuer", "Give the https URL that tokens name in `iss`, to the letter, on port 443 and without a query."))
	case isOurs(read):
		r.Refuse(fault.InvalidValue("issuer", "Whoever runs Rung decides on this issuer. Ask them."))
	}
	return read
}

// readScopes reads the domains of a scoped affiliation: an institution's own, or
// below them.
func readScopes(r *text.Reader, stated, domains []string) []string {
	scopes := []string{}
	if len(stated) > mostScopes {
		r.Refuse(fault.LimitReached("scopes", fmt.Sprintf("Name at most %d domains.", mostScopes)))
		return scopes
	}
	for n, one := range stated {
		scope := strings.ToLower(strings.TrimSpace(one))
		if !slices.ContainsFunc(domains, func(d string) bool { return scope == d || strings.HasSuffix(scope, "."+d) }) {
			r.Refuse(fault.InvalidValue(fmt.Sprintf("scopes.%d", n), "Name a domain of your institution's, or one below them."))
			continue
		}
		if !slices.Contains(scopes, scope) {
			scopes = append(scopes, scope)
		}
	}
	return scopes
}

// mayGive: nothing that the viewer may not give, whatever the claim.
func mayGive(v viewer.Viewer, stated []*RoleMappingInput) error {
	for n, m := range stated {
		if err := maySay(v, m, fmt.Sprintf("mappings.%d.role", n)); err != nil {
			return err
		}
	}
	return nil
}

// maySay: an institution's issuer knows its talents; a role is given by whoever
// may give it.
func maySay(v viewer.Viewer, m *RoleMappingInput, path string) error {
	if m.Role == Talent {
		if v.Kind != viewer.CareerStaff {
			return fault.InvalidValue(path, "Only an institution has talents.")
		}
		return nil
	}
	return member.CanGrant(v, membership.Role(m.Role), path)
}

// readMappings reads the patterns of claims.
func readMappings(r *text.Reader, stated []*RoleMappingInput) []schema.RoleMapping {
	mappings := []schema.RoleMapping{}
	if len(stated) > mostMappings {
		r.Refuse(fault.LimitReached("mappings", fmt.Sprintf("Give at most %d mappings.", mostMappings)))
		return mappings
	}
	for n, m := range stated {
		path := fmt.Sprintf("mappings.%d.pattern", n)
		pattern := r.Line(path, m.Pattern, 1, 255)
		switch ats := strings.Count(pattern, "@"); {
		case pattern == "":
		case m.Claim == ScopedAffiliation && ats != 1:
			r.Refuse(fault.InvalidValue(path, "Write a scoped affiliation with one @, as in student@rung.edu or student@*."))
		case m.Claim == Affiliation && ats != 0:
			r.Refuse(fault.InvalidValue(path, "Write an affiliation without an @, as in student."))
		case strings.HasPrefix(pattern, "*"):
			r.Refuse(fault.InvalidValue(path, "Begin with what is always there: a pattern that fits everything would seat visitors too."))
		}
		mappings = append(mappings, schema.RoleMapping{Claim: string(m.Claim), Pattern: pattern, Role: string(m.Role)})
	}
	return mappings
}
