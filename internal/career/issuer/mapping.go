package issuer

import (
	"slices"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/schema"
)

// Claim is a claim of a token that a mapping reads.
type Claim string

// The claims, as REFEDS maps them to OpenID Connect.
const (
	ScopedAffiliation Claim = "EDUPERSON_SCOPED_AFFILIATION"
	Affiliation       Claim = "EDUPERSON_AFFILIATION"
	Entitlement       Claim = "EDUPERSON_ENTITLEMENT"
)

// names are the claims as tokens name them.
var names = map[Claim]string{
	ScopedAffiliation: "eduperson_scoped_affiliation", Affiliation: "eduperson_affiliation", Entitlement: "eduperson_entitlement",
}

// MappedRole is what a mapping makes of a person: a role of a membership, or Talent.
type MappedRole string

// Talent confirms that the person belongs to the institution.
const Talent MappedRole = "TALENT"

// Word is what an issuer's token makes of the person it vouches for.
type Word struct {
	Role     membership.Role // or empty
	IsTalent bool
}

// WordOf reads a token's claims as an issuer's mappings say. Of several that give
// a role the first that fits counts.
func WordOf(i *ent.IdentityIssuer, claims map[string]any) Word {
	var w Word
	for _, m := range i.Mappings {
		if !fits(m, i.Scopes, valuesOf(claims[names[Claim(m.Claim)]])) {
			continue
		}
		switch {
		case MappedRole(m.Role) == Talent:
			w.IsTalent = true
		case w.Role == "":
			w.Role = membership.Role(m.Role)
		}
	}
	return w
}

// valuesOf are the values of a claim, which may be one text or several.
func valuesOf(claim any) []string {
	switch c := claim.(type) {
	case string:
		return []string{c}
	case []any:
		var values []string
		for _, one := range c {
			if text, ok := one.(string); ok {
				values = append(values, text)
			}
		}
		return values
	}
	return nil
}

func fits(m schema.RoleMapping, scopes, values []string) bool {
	return slices.ContainsFunc(values, func(value string) bool {
		if Claim(m.Claim) == Entitlement {
			return matches(m.Pattern, value)
		}
		value = strings.ToLower(value)
		if Claim(m.Claim) == ScopedAffiliation && !isOf(scopes, value) {
			return false
		}
		return matches(strings.ToLower(m.Pattern), value)
	})
}

// isOf reports whether what stands behind the only @ is one of an issuer's domains:
// an issuer says nothing of the people of another.
func isOf(scopes []string, value string) bool {
	_, scope, is := strings.Cut(value, "@")
	return is && slices.Contains(scopes, scope)
}

// matches compares a value with a pattern, in which * stands for any characters
// but an @.
func matches(pattern, value string) bool {
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(value, parts[0])
	if !ok {
		return false
	}
	if len(parts) == 1 {
		return rest == ""
	}
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		skipped, after, found := strings.Cut(rest, part)
		if !found || strings.Contains(skipped, "@") {
			return false
		}
		rest = after
	}
	skipped, ok := strings.CutSuffix(rest, last)
	return ok && !strings.Contains(skipped, "@")
}
