package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// ApiClient is a program that acts for organisations which approved it, or that
// shows public listings and acts for nobody.
type ApiClient struct{ ent.Schema }

// Mixin of ApiClient.
func (ApiClient) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of ApiClient.
func (ApiClient) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		// Who answers for it: an employer, an institution, or the world for its platform.
		ref("owner_org_id"),
		// Under whose name its changes are kept. Nobody signs in as them.
		ref("person_id"),
		ref("registered_by_id"),
		text("name", 120),
		text("name_folded", 240),
		text("purpose", 1000),
		field.JSON("scopes", []string{}),
		field.JSON("origins", []string{}),
		field.Enum("status").NamedValues("Active", "ACTIVE", "Suspended", "SUSPENDED", "Revoked", "REVOKED").Default("ACTIVE"),
		instantLater("expires_at"),
	}
}

// Edges of ApiClient.
func (ApiClient) Edges() []ent.Edge {
	return []ent.Edge{to("person", Person.Type, "person_id"), to("registered_by", Person.Type, "registered_by_id")}
}

// Indexes of ApiClient.
func (ApiClient) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("ACTIVE", "SUSPENDED"), "owner_org_id", "name_folded"),
		ordered("owner_org_id", "created_at", "id"),
		ordered("owner_org_id", "updated_at", "id"),
		unique("", "person_id"),
	}
}

// Annotations of ApiClient.
func (ApiClient) Annotations() []schemaAnnotation { return table("api_clients", nil) }

// ClientSecret is what a client proves itself with, as far as it is kept: hashed.
type ClientSecret struct{ ent.Schema }

// Mixin of ClientSecret.
func (ClientSecret) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of ClientSecret.
func (ClientSecret) Fields() []ent.Field {
	return []ent.Field{
		ref("client_id"),
		// Of two places: a client has two secrets at most.
		field.Int("slot").Immutable(),
		// SHA-256 in hex. The secret is long and random, so that nothing slower is needed.
		fixed(text("secret_hash", 64)),
		fixed(text("hint", 4)),
		fixed(instant("created_at")),
		instantLater("ends_at"),
		instantLater("last_used_at"),
	}
}

// Edges of ClientSecret.
func (ClientSecret) Edges() []ent.Edge { return []ent.Edge{to("client", ApiClient.Type, "client_id")} }

// Indexes of ClientSecret.
func (ClientSecret) Indexes() []ent.Index { return []ent.Index{unique("", "client_id", "slot")} }

// Annotations of ClientSecret.
func (ClientSecret) Annotations() []schemaAnnotation {
	return table("client_secrets", checks{"client_secrets_two": "slot >= 1 AND slot <= 2"}) //nolint:gosec // a table's name
}

// ClientGrant is what a client asked an organisation for, and what came of it. A
// new request is a new row, so that what was agreed to is never altered.
type ClientGrant struct{ ent.Schema }

// Mixin of ClientGrant.
func (ClientGrant) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of ClientGrant.
func (ClientGrant) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("client_id"),
		ref("owner_org_id"),
		ref("tenant_org_id"),
		fixed(field.JSON("scopes", []string{})),
		field.Enum("status").NamedValues("Pending", "PENDING", "Approved", "APPROVED", "Refused", "REFUSED",
			"Replaced", "REPLACED", "Revoked", "REVOKED").Default("PENDING"),
		textLater("reason", 1000),
		instantLater("decided_at"),
		refLater("decided_by_id"),
	}
}

// Edges of ClientGrant.
func (ClientGrant) Edges() []ent.Edge {
	return []ent.Edge{to("client", ApiClient.Type, "client_id"), toLater("decided_by", Person.Type, "decided_by_id")}
}

// Indexes of ClientGrant.
func (ClientGrant) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("PENDING"), "client_id", "tenant_org_id"),
		unique(whenStatus("APPROVED"), "tenant_org_id", "client_id"),
		ordered("tenant_org_id", "created_at", "id"),
		ordered("client_id", "created_at", "id"),
		ordered("tenant_org_id", "updated_at", "id"),
		ordered("client_id", "updated_at", "id"),
	}
}

// Annotations of ClientGrant.
func (ClientGrant) Annotations() []schemaAnnotation { return table("client_grants", nil) }

// ClientUsage counts what a client asked on a day: all of it, or how often it used
// one coordinate that is going away.
type ClientUsage struct{ ent.Schema }

// Mixin of ClientUsage.
func (ClientUsage) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of ClientUsage.
func (ClientUsage) Fields() []ent.Field {
	return []ent.Field{
		ref("client_id"),
		ref("owner_org_id"),
		ref("tenant_org_id"),
		fixed(day("day")),
		// Empty for all of it.
		fixed(text("coordinate", 200)),
		field.Int64("operations").Default(0).NonNegative(),
		field.Int64("refused").Default(0).NonNegative(),
		field.Int64("cost").Default(0).NonNegative(),
	}
}

// Edges of ClientUsage.
func (ClientUsage) Edges() []ent.Edge { return []ent.Edge{to("client", ApiClient.Type, "client_id")} }

// Indexes of ClientUsage.
func (ClientUsage) Indexes() []ent.Index {
	return []ent.Index{unique("", "client_id", "tenant_org_id", "day", "coordinate")}
}

// Annotations of ClientUsage.
func (ClientUsage) Annotations() []schemaAnnotation { return table("client_usages", nil) }

// ExternalReference is a client's own name for something.
type ExternalReference struct{ ent.Schema }

// Mixin of ExternalReference.
func (ExternalReference) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of ExternalReference.
func (ExternalReference) Fields() []ent.Field {
	return []ent.Field{
		ref("client_id"),
		// For whom the client acted, or its world: what it does for one is not seen for another.
		ref("tenant_org_id"),
		ref("node_id"),
		// The prefix of the node's ids.
		fixed(text("noun", 3)),
		text("reference", 200),
		fixed(instant("created_at")),
	}
}

// Edges of ExternalReference.
func (ExternalReference) Edges() []ent.Edge {
	return []ent.Edge{to("client", ApiClient.Type, "client_id")}
}

// Indexes of ExternalReference.
func (ExternalReference) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "client_id", "tenant_org_id", "noun", "reference"),
		unique("", "client_id", "tenant_org_id", "node_id"),
	}
}

// Annotations of ExternalReference.
func (ExternalReference) Annotations() []schemaAnnotation { return table("external_references", nil) }
