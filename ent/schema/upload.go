package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Upload is one file: what was announced of it, and what came.
type Upload struct{ ent.Schema }

// Mixin of Upload.
func (Upload) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Upload.
func (Upload) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		refMoved("person_id"),
		// Whose it is: a talent's, or a person's who acts for an employer.
		refLater("talent_id"),
		refLater("employer_org_id"),
		personal(fixed(text("name", 200))),
		fixed(text("content_type", 100)),
		fixed(field.Int("size_bytes").Positive()),
		fixed(text("sha256", 64)),
		field.Enum("status").NamedValues("Awaiting", "AWAITING", "Uploaded", "UPLOADED", "Ready", "READY", "Refused", "REFUSED",
			"Abandoned", "ABANDONED", "Expired", "EXPIRED").Default("AWAITING"),
		// Why it was refused.
		textLater("refusal", 300),
		instant("expires_at"),
		// Where the bytes lie, and what they were found to be on their way in.
		textLater("blob_key", 200),
		textLater("received_sha256", 64),
		textLater("received_type", 200),
		instantLater("received_at"),
		// What it was sent with, and as which of its files.
		refLater("submission_id"),
		refLater("message_id"),
		field.Int("position").Optional().Nillable(),
	}
}

// Edges of Upload.
func (Upload) Edges() []ent.Edge {
	return []ent.Edge{
		toMoved("person", Person.Type, "person_id"),
		toLater("talent", TalentProfile.Type, "talent_id"),
		toLater("employer", Employer.Type, "employer_org_id"),
		toLater("submission", Submission.Type, "submission_id"),
		toLater("message", Message.Type, "message_id"),
	}
}

// Indexes of Upload.
func (Upload) Indexes() []ent.Index {
	return []ent.Index{
		ordered("person_id", "status"),
		unique("submission_id IS NOT NULL", "submission_id", "position"),
		unique("message_id IS NOT NULL", "message_id", "position"),
	}
}

// Annotations of Upload.
func (Upload) Annotations() []schemaAnnotation {
	return table("uploads", checks{
		"uploads_owned":   "(talent_id IS NULL) <> (employer_org_id IS NULL)",
		"uploads_kept":    "status NOT IN ('UPLOADED', 'READY', 'REFUSED') OR (blob_key IS NOT NULL AND received_sha256 IS NOT NULL AND received_type IS NOT NULL)",
		"uploads_refused": "(status = 'REFUSED') = (refusal IS NOT NULL)",
		"uploads_used":    "(position IS NULL AND submission_id IS NULL AND message_id IS NULL) OR (position IS NOT NULL AND status IN ('READY', 'REFUSED') AND (submission_id IS NULL) <> (message_id IS NULL))",
	})
}
