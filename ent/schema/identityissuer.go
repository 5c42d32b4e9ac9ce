package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// IdentityIssuer is an OpenID provider of an organisation, which vouches for its
// people and for nobody else's.
type IdentityIssuer struct{ ent.Schema }

// RoleMapping says what an issuer's claim makes of a person.
type RoleMapping struct {
	Claim   string `json:"claim"`
	Pattern string `json:"pattern"`
	Role    string `json:"role"`
}

// Mixin of IdentityIssuer.
func (IdentityIssuer) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of IdentityIssuer.
func (IdentityIssuer) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		// An employer or an institution.
		ref("organization_id"),
		ref("registered_by_id"),
		// As its tokens name it, to the letter.
		fixed(text("issuer", 255)),
		text("audience", 255),
		field.Strings("algorithms"),
		// The domains behind the @ of a scoped affiliation that count.
		field.Strings("scopes").Default([]string{}),
		// The first that fits gives the role. The room of issuers reads and writes them.
		field.JSON("mappings", []RoleMapping{}),
		field.Enum("status").NamedValues("Registered", "REGISTERED", "Proven", "PROVEN", "Trusted", "TRUSTED", "Refused", "REFUSED",
			"Suspended", "SUSPENDED", "Removed", "REMOVED").Default("REGISTERED"),
		// What was wrong when it was asked last.
		field.Enum("problem").NamedValues("Unreachable", "UNREACHABLE", "NoDiscovery", "NO_DISCOVERY", "OtherIssuer", "OTHER_ISSUER",
			"NoKeys", "NO_KEYS").Optional().Nillable(),
		instantLater("proven_at"),
		textLater("reason", 1000),
		instantLater("decided_at"),
		refLater("decided_by_id"),
		// What the platform has stopped, the platform alone lets go on.
		field.Bool("stopped_by_platform").Default(false),
	}
}

// Edges of IdentityIssuer.
func (IdentityIssuer) Edges() []ent.Edge {
	return []ent.Edge{
		to("registered_by", Person.Type, "registered_by_id"),
		toLater("decided_by", Person.Type, "decided_by_id"),
	}
}

// Indexes of IdentityIssuer.
func (IdentityIssuer) Indexes() []ent.Index {
	return []ent.Index{
		// One issuer speaks for one organisation.
		unique(whenStatus("TRUSTED", "SUSPENDED"), "issuer"),
		unique(whenStatus("REGISTERED", "PROVEN", "TRUSTED", "SUSPENDED"), "organization_id", "issuer"),
		ordered("organization_id", "created_at", "id"),
		ordered("world_id", "status", "created_at", "id"),
	}
}

// Annotations of IdentityIssuer.
func (IdentityIssuer) Annotations() []schemaAnnotation {
	return table("identity_issuers", checks{
		"identity_issuers_proven":  "status NOT IN ('PROVEN', 'TRUSTED', 'SUSPENDED') OR proven_at IS NOT NULL",
		"identity_issuers_refused": "status <> 'REFUSED' OR reason IS NOT NULL",
	})
}
