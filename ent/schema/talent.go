package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// TalentProfile is what a talent says about themselves.
type TalentProfile struct{ ent.Schema }

// Mixin of TalentProfile.
func (TalentProfile) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of TalentProfile.
func (TalentProfile) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("person_id"),
		personal(text("legal_name", 200)),
		personal(textLater("preferred_name", 200)),
		personal(textLater("email", 254)),
		personal(textLater("headline", 200)),
		personal(textLater("bio", 4000)),
		personal(textLater("resume_url", 2000)),
		personal(textLater("linkedin_url", 2000)),
		personal(textLater("location", 200)),
		personal(textLater("time_zone", 64)),
		// For the talent alone, and for what a project requires. Nobody else reads it.
		personal(field.Enum("us_work_authorization").NamedValues("Authorized", "AUTHORIZED", "NotAuthorized", "NOT_AUTHORIZED",
			"PreferNotToSay", "PREFER_NOT_TO_SAY").Optional().Nillable()),
		// At least how old they said to be when they signed up.
		personal(field.Int("attested_age").Optional().Nillable().NonNegative()),
		// Which tax form they have handed to the payer, never what stands in it.
		personal(field.Enum("tax_form").NamedValues("W9", "W9", "W8BEN", "W8BEN").Optional().Nillable()),
		personal(dayLater("tax_form_signed_on")),
		instantLater("tax_form_stated_at"),
		field.Enum("visibility").NamedValues("Private", "PRIVATE", "Employers", "EMPLOYERS", "Community", "COMMUNITY").Default("PRIVATE"),
		// Since when the talent can take on nothing new, and why.
		instantLater("deactivated_at"),
		personal(textLater("deactivation_reason", 1000)),
		// Strikes from before count no more.
		instantLater("reinstated_at"),
		refLater("reinstated_by_id"),
		personal(textLater("reinstatement_reason", 1000)),
	}
}

// Edges of TalentProfile.
func (TalentProfile) Edges() []ent.Edge {
	return []ent.Edge{to("person", Person.Type, "person_id"), toLater("reinstated_by", Person.Type, "reinstated_by_id")}
}

// Indexes of TalentProfile.
func (TalentProfile) Indexes() []ent.Index {
	return []ent.Index{unique("", "person_id"), ordered("world_id", "visibility", "created_at", "id")}
}

// Annotations of TalentProfile.
func (TalentProfile) Annotations() []schemaAnnotation {
	return table("talent_profiles", checks{
		"talent_profiles_deactivated": "(deactivated_at IS NULL) = (deactivation_reason IS NULL)",
		"talent_profiles_tax_form":    "(tax_form IS NULL) = (tax_form_signed_on IS NULL) AND (tax_form IS NULL) = (tax_form_stated_at IS NULL)",
	})
}

// DeclaredSkill is a skill that a talent says they have.
type DeclaredSkill struct{ ent.Schema }

// Mixin of DeclaredSkill.
func (DeclaredSkill) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of DeclaredSkill.
func (DeclaredSkill) Fields() []ent.Field {
	return []ent.Field{
		ref("talent_id"),
		ref("skill_id"),
		personal(field.Enum("level").NamedValues("Beginner", "BEGINNER", "Intermediate", "INTERMEDIATE", "Advanced", "ADVANCED")),
		fixed(instant("declared_at")),
	}
}

// Edges of DeclaredSkill.
func (DeclaredSkill) Edges() []ent.Edge {
	return []ent.Edge{to("talent", TalentProfile.Type, "talent_id"), to("skill", Skill.Type, "skill_id")}
}

// Indexes of DeclaredSkill.
func (DeclaredSkill) Indexes() []ent.Index {
	return []ent.Index{unique("", "talent_id", "skill_id"), ordered("skill_id")}
}

// Annotations of DeclaredSkill.
func (DeclaredSkill) Annotations() []schemaAnnotation { return table("declared_skills", nil) }

// EducationRecord is a course of study as the talent states it. It opens
// nothing: only a confirmed affiliation does.
type EducationRecord struct{ ent.Schema }

// Mixin of EducationRecord.
func (EducationRecord) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of EducationRecord.
func (EducationRecord) Fields() []ent.Field {
	return []ent.Field{
		ref("talent_id"),
		ref("institution_id"),
		personal(field.Enum("level").NamedValues("Certificate", "CERTIFICATE", "Associate", "ASSOCIATE", "Bachelor", "BACHELOR",
			"Master", "MASTER", "Doctorate", "DOCTORATE")),
		personal(text("major", 200)),
		personal(dayLater("graduates_on")),
		// For the talent alone, and for what a project requires. Nobody else reads it.
		personal(field.Int("gpa_hundredths").Optional().Nillable().NonNegative()),
	}
}

// Edges of EducationRecord.
func (EducationRecord) Edges() []ent.Edge {
	return []ent.Edge{to("talent", TalentProfile.Type, "talent_id"), to("institution", Institution.Type, "institution_id")}
}

// Indexes of EducationRecord.
func (EducationRecord) Indexes() []ent.Index {
	return []ent.Index{ordered("talent_id", "created_at", "id")}
}

// Annotations of EducationRecord.
func (EducationRecord) Annotations() []schemaAnnotation { return table("education_records", nil) }

// Affiliation is a talent's tie to an institution, confirmed by its staff.
type Affiliation struct{ ent.Schema }

// Mixin of Affiliation.
func (Affiliation) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Affiliation.
func (Affiliation) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("talent_id"),
		ref("institution_id"),
		field.Enum("status").NamedValues("Claimed", "CLAIMED", "Confirmed", "CONFIRMED", "Declined", "DECLINED", "Ended", "ENDED").Default("CLAIMED"),
		// Who claims, as their profile said then: staff decide by it.
		personal(fixed(text("claimed_name", 200))),
		personal(textLater("evidence", 500)),
		textLater("reason", 1000),
		instantLater("decided_at"),
		refLater("decided_by_id"),
		instantLater("ended_at"),
		// Since when the institution tells nobody of the talent in its directory. A
		// later claim to belong to it takes it over.
		instantLater("directory_opted_out_at"),
	}
}

// Edges of Affiliation.
func (Affiliation) Edges() []ent.Edge {
	return []ent.Edge{
		to("talent", TalentProfile.Type, "talent_id"),
		to("institution", Institution.Type, "institution_id"),
		toLater("decided_by", Person.Type, "decided_by_id"),
	}
}

// Indexes of Affiliation.
func (Affiliation) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("CLAIMED", "CONFIRMED"), "talent_id", "institution_id"),
		ordered("institution_id", "status", "created_at", "id"),
		ordered("talent_id", "created_at", "id"),
	}
}

// Annotations of Affiliation.
func (Affiliation) Annotations() []schemaAnnotation {
	return table("affiliations", checks{
		"affiliations_declined": "status <> 'DECLINED' OR reason IS NOT NULL",
		"affiliations_ended":    "(status = 'ENDED') = (ended_at IS NOT NULL)",
	})
}
