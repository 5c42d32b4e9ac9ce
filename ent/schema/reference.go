package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Reference is what an employer says of a talent for others to read, when the
// talent asked for it.
type Reference struct{ ent.Schema }

// Mixin of Reference.
func (Reference) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Reference.
func (Reference) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("engagement_id"),
		ref("talent_id"),
		field.Enum("status").NamedValues("Requested", "REQUESTED", "Given", "GIVEN", "Declined", "DECLINED", "Withdrawn", "WITHDRAWN",
			"Expired", "EXPIRED", "Retracted", "RETRACTED").Default("REQUESTED"),
		// Whom the talent asks, by name: employers do not show who their people are.
		personal(fixed(text("addressee", 200))),
		personal(fixed(text("message", 2000))),
		fixed(instant("requested_at")),
		fixed(instant("expires_at")),
		personal(textLater("text", 4000)),
		textLater("relationship", 200),
		field.Bool("may_be_shown").Default(false),
		instantLater("given_at"),
		refLater("given_by_id"),
		// Since when the talent shows it on the profile.
		instantLater("shown_at"),
		// Why it was declined or retracted.
		personal(textLater("reason", 1000)),
		instantLater("ended_at"),
	}
}

// Edges of Reference.
func (Reference) Edges() []ent.Edge {
	return []ent.Edge{
		to("employer", Employer.Type, "employer_org_id"),
		to("engagement", Engagement.Type, "engagement_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		toLater("given_by", Person.Type, "given_by_id"),
	}
}

// Indexes of Reference.
func (Reference) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("REQUESTED"), "engagement_id"),
		ordered("engagement_id", "requested_at", "id"),
		ordered("talent_id", "requested_at", "id"),
		ordered("employer_org_id", "requested_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
	}
}

// Annotations of Reference.
func (Reference) Annotations() []schemaAnnotation {
	return table("talent_references", checks{
		"references_given": "(given_at IS NULL) = (text IS NULL) AND (given_at IS NULL) = (given_by_id IS NULL) " +
			"AND (status NOT IN ('GIVEN', 'RETRACTED') OR given_at IS NOT NULL)",
		"references_shown":  "shown_at IS NULL OR (status = 'GIVEN' AND may_be_shown)",
		"references_ended":  "(status IN ('DECLINED', 'WITHDRAWN', 'EXPIRED', 'RETRACTED')) = (ended_at IS NOT NULL)",
		"references_reason": "status <> 'RETRACTED' OR reason IS NOT NULL",
		"references_owned":  "owner_org_id = employer_org_id",
	})
}

// ThankYouNote is one side's thanks after completed work, for the other alone.
type ThankYouNote struct{ ent.Schema }

// Mixin of ThankYouNote.
func (ThankYouNote) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of ThankYouNote.
func (ThankYouNote) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("engagement_id"),
		ref("talent_id"),
		ref("author_id"),
		field.Enum("sent_by").NamedValues("Employer", "EMPLOYER", "Talent", "TALENT").Immutable(),
		personal(fixed(text("text", 2000))),
		fixed(instant("sent_at")),
	}
}

// Edges of ThankYouNote.
func (ThankYouNote) Edges() []ent.Edge {
	return []ent.Edge{
		to("employer", Employer.Type, "employer_org_id"),
		to("engagement", Engagement.Type, "engagement_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("author", Person.Type, "author_id"),
	}
}

// Indexes of ThankYouNote.
func (ThankYouNote) Indexes() []ent.Index {
	return []ent.Index{unique("", "engagement_id", "sent_by")}
}

// Annotations of ThankYouNote.
func (ThankYouNote) Annotations() []schemaAnnotation {
	return table("thank_you_notes", checks{"thank_you_notes_owned": "owner_org_id = employer_org_id"})
}
