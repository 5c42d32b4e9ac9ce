package schema

import "entgo.io/ent"

// Notification tells one person, in one of the parts they play, of one thing
// that happened.
type Notification struct{ ent.Schema }

// Mixin of Notification.
func (Notification) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of Notification.
func (Notification) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("person_id"),
		// The talent profile or the organisation for which the person is told.
		ref("party_id"),
		ref("event_id"),
		fixed(text("kind", 80)),
		ref("subject_id"),
		fixed(instant("created_at")),
		instantLater("read_at"),
		instant("updated_at"),
	}
}

// Edges of Notification.
func (Notification) Edges() []ent.Edge {
	return []ent.Edge{to("person", Person.Type, "person_id"), to("event", Event.Type, "event_id")}
}

// Indexes of Notification.
func (Notification) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "event_id", "person_id", "party_id"),
		ordered("person_id", "party_id", "created_at", "id"),
		ordered("person_id", "party_id", "read_at", "created_at", "id"),
		ordered("person_id", "party_id", "updated_at", "id"),
	}
}

// Annotations of Notification.
func (Notification) Annotations() []schemaAnnotation { return table("notifications", nil) }
