package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Conversation is what a talent and an employer write to each other about one
// application, and about the work that it led to.
type Conversation struct{ ent.Schema }

// Mixin of Conversation.
func (Conversation) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Conversation.
func (Conversation) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("application_id"),
		ref("talent_id"),
		instant("last_message_at"),
	}
}

// Edges of Conversation.
func (Conversation) Edges() []ent.Edge {
	return []ent.Edge{
		to("employer", Employer.Type, "employer_org_id"),
		to("application", Application.Type, "application_id"),
		to("talent", TalentProfile.Type, "talent_id"),
	}
}

// Indexes of Conversation.
func (Conversation) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "application_id"),
		ordered("talent_id", "last_message_at", "id"),
		ordered("employer_org_id", "last_message_at", "id"),
		ordered("talent_id", "updated_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
	}
}

// Annotations of Conversation.
func (Conversation) Annotations() []schemaAnnotation {
	return table("conversations", checks{"conversations_owned": "owner_org_id = employer_org_id"})
}

// Message is what one person wrote in a conversation. It is never changed; one
// that was removed has no words any more.
type Message struct{ ent.Schema }

// Mixin of Message.
func (Message) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Message.
func (Message) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("conversation_id"),
		ref("talent_id"),
		ref("author_id"),
		field.Enum("sent_by").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT").Immutable(),
		personal(textLater("body", 5000)),
		personal(field.JSON("links", []string{})),
		fixed(instant("sent_at")),
		instantLater("removed_at"),
		textLater("removal_reason", 1000),
	}
}

// Edges of Message.
func (Message) Edges() []ent.Edge {
	return []ent.Edge{
		to("conversation", Conversation.Type, "conversation_id"),
		to("author", Person.Type, "author_id"),
	}
}

// Indexes of Message.
func (Message) Indexes() []ent.Index {
	return []ent.Index{
		ordered("conversation_id", "sent_at", "id"),
		ordered("conversation_id", "updated_at", "id"),
		ordered("conversation_id", "author_id", "sent_at"),
	}
}

// Annotations of Message.
func (Message) Annotations() []schemaAnnotation {
	return table("messages", checks{
		"messages_owned":   "owner_org_id = employer_org_id",
		"messages_removed": "(removed_at IS NULL) = (removal_reason IS NULL) AND (removed_at IS NULL) = (body IS NOT NULL)",
	})
}

// ReadMark is how far one person has read a conversation.
type ReadMark struct{ ent.Schema }

// Mixin of ReadMark.
func (ReadMark) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of ReadMark.
func (ReadMark) Fields() []ent.Field {
	return []ent.Field{
		ref("employer_org_id"),
		ref("conversation_id"),
		ref("talent_id"),
		ref("person_id"),
		field.Enum("side").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT").Immutable(),
		// When the last message was sent that they have read.
		instant("read_through"),
		instant("read_at"),
	}
}

// Edges of ReadMark.
func (ReadMark) Edges() []ent.Edge {
	return []ent.Edge{
		to("conversation", Conversation.Type, "conversation_id"),
		to("person", Person.Type, "person_id"),
	}
}

// Indexes of ReadMark.
func (ReadMark) Indexes() []ent.Index {
	return []ent.Index{unique("", "conversation_id", "person_id", "side")}
}

// Annotations of ReadMark.
func (ReadMark) Annotations() []schemaAnnotation { return table("read_marks", nil) }

// MessageReport is what one side holds against a message of the other, for an
// operator to decide.
type MessageReport struct{ ent.Schema }

// Mixin of MessageReport.
func (MessageReport) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of MessageReport.
func (MessageReport) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("message_id"),
		ref("talent_id"),
		ref("reported_by_id"),
		field.Enum("side").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT").Immutable(),
		field.Enum("reason").NamedValues("Harassment", "HARASSMENT", "Discrimination", "DISCRIMINATION", "Scam", "SCAM",
			"OffPlatformPayment", "OFF_PLATFORM_PAYMENT", "Spam", "SPAM", "Other", "OTHER").Immutable(),
		personal(fixed(textLater("note", 1000))),
		field.Enum("status").NamedValues("Open", "OPEN", "Dismissed", "DISMISSED", "Upheld", "UPHELD").Default("OPEN"),
		fixed(instant("reported_at")),
		textLater("finding", 1000),
		instantLater("decided_at"),
		refLater("decided_by_id"),
	}
}

// Edges of MessageReport.
func (MessageReport) Edges() []ent.Edge {
	return []ent.Edge{
		to("message", Message.Type, "message_id"),
		to("reported_by", Person.Type, "reported_by_id"),
		toLater("decided_by", Person.Type, "decided_by_id"),
	}
}

// Indexes of MessageReport.
func (MessageReport) Indexes() []ent.Index {
	return []ent.Index{
		unique("", "message_id"),
		ordered("world_id", "reported_at", "id"),
		ordered("world_id", "updated_at", "id"),
	}
}

// Annotations of MessageReport.
func (MessageReport) Annotations() []schemaAnnotation {
	return table("message_reports", checks{
		"message_reports_decided": "(status <> 'OPEN') = (decided_at IS NOT NULL) AND (finding IS NULL) = (decided_at IS NULL)",
		"message_reports_owned":   "owner_org_id = employer_org_id",
	})
}
