package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Offer is what an employer proposes to one applicant.
type Offer struct{ ent.Schema }

// Mixin of Offer.
func (Offer) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Offer.
func (Offer) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("micro_project_id"),
		ref("application_id"),
		ref("talent_id"),
		field.Enum("status").NamedValues("Sent", "SENT", "Accepted", "ACCEPTED", "Declined", "DECLINED", "Withdrawn", "WITHDRAWN",
			"Signed", "SIGNED", "Void", "VOID", "Expired", "EXPIRED").Default("SENT"),
		fixed(minor("fee_minor")),
		fixed(text("currency", 3)),
		// The platform's share in basis points, as both sides saw it.
		field.Int64("platform_basis_points").Immutable().NonNegative().Default(1000),
		field.Int("hours").Immutable(),
		// Whether the whole fee is paid, or the approved hours of it.
		field.Enum("pay_model").NamedValues("Fixed", "FIXED", "Hourly", "HOURLY", "Stipend", "STIPEND", "UnpaidCredit", "UNPAID_CREDIT",
			"CommissionOnly", "COMMISSION_ONLY").Default("FIXED").Immutable(),
		// The most hours of a week that are paid, where hours are.
		field.Int("weekly_hours").Optional().Nillable().Positive().Immutable(),
		day("starts_on"),
		day("ends_on"),
		// How many days the supervisor has to decide on what was handed in.
		decisionDays(),
		textLater("message", 2000),
		textLater("reason", 1000),
		// The seat of the project that the talent took by accepting.
		field.Int("seat").Optional().Nillable().Positive(),
		instant("sent_at"),
		instantLater("answered_at"),
		instantLater("signed_at"),
	}
}

// Edges of Offer.
func (Offer) Edges() []ent.Edge {
	return []ent.Edge{
		to("application", Application.Type, "application_id"),
		to("micro_project", MicroProject.Type, "micro_project_id"),
		to("talent", TalentProfile.Type, "talent_id"),
		to("employer", Employer.Type, "employer_org_id"),
	}
}

// Indexes of Offer.
func (Offer) Indexes() []ent.Index {
	return []ent.Index{
		unique(whenStatus("SENT", "ACCEPTED", "SIGNED"), "application_id"),
		unique(whenStatus("ACCEPTED", "SIGNED"), "micro_project_id", "seat"),
		ordered("employer_org_id", "sent_at", "id"),
		ordered("talent_id", "sent_at", "id"),
		ordered("micro_project_id", "sent_at", "id"),
		ordered("world_id", "sent_at", "id"),
		ordered("employer_org_id", "updated_at", "id"),
		ordered("talent_id", "updated_at", "id"),
	}
}

// Annotations of Offer.
func (Offer) Annotations() []schemaAnnotation {
	return table("offers", checks{
		"offers_fee":    "fee_minor > 0",
		"offers_seat":   "status NOT IN ('ACCEPTED', 'SIGNED') OR seat IS NOT NULL",
		"offers_dates":  "starts_on <= ends_on",
		"offers_weekly": "(pay_model = 'HOURLY') = (weekly_hours IS NOT NULL)",
		"offers_owned":  "owner_org_id = employer_org_id",
	})
}

// decisionDays are the days after which work that nobody decided on is accepted.
func decisionDays() ent.Field { return field.Int("decision_days").Range(3, 30).Default(14) }

// Agreement is one document of an accepted offer, signed by both sides.
type Agreement struct{ ent.Schema }

// Mixin of Agreement.
func (Agreement) Mixin() []ent.Mixin { return []ent.Mixin{node{}} }

// Fields of Agreement.
func (Agreement) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("offer_id"),
		ref("talent_id"),
		field.Enum("kind").NamedValues(agreementKinds...).Immutable(),
		// The version of Rung's text, or of the employer's own.
		field.Int("text_version").Positive().Immutable(),
		fixed(refLater("agreement_template_id")),
		// SHA-256 of the text, in hex: what exactly was signed.
		fixed(text("text_hash", 64)),
		// What this offer adds to the text.
		fixed(textLater("annex", 10_000)),
		instantLater("employer_signed_at"),
		refLater("employer_signer_id"),
		instantLater("talent_signed_at"),
		refLater("talent_signer_id"),
	}
}

// Edges of Agreement.
func (Agreement) Edges() []ent.Edge {
	return []ent.Edge{
		to("offer", Offer.Type, "offer_id"),
		ofTemplate(),
		toLater("employer_signer", Person.Type, "employer_signer_id"),
		toLater("talent_signer", Person.Type, "talent_signer_id"),
	}
}

// Indexes of Agreement.
func (Agreement) Indexes() []ent.Index { return []ent.Index{unique("", "offer_id", "kind")} }

// Annotations of Agreement.
func (Agreement) Annotations() []schemaAnnotation {
	return table("agreements", checks{
		"agreements_employer": "(employer_signed_at IS NULL) = (employer_signer_id IS NULL)",
		"agreements_talent":   "(talent_signed_at IS NULL) = (talent_signer_id IS NULL)",
		"agreements_template": rungsOwn,
		"agreements_owned":    "owner_org_id = employer_org_id",
	})
}

var agreementKinds = []string{
	"ContractorTerms", "CONTRACTOR_TERMS", "IPAssignment", "IP_ASSIGNMENT", "IPLicence", "IP_LICENCE", "NonDisclosure", "NON_DISCLOSURE", "AdditionalTerms", "ADDITIONAL_TERMS",
}

// The terms of the contractor are Rung's to write, additional ones the employer's.
const rungsOwn = "(kind <> 'CONTRACTOR_TERMS' OR agreement_template_id IS NULL) AND (kind <> 'ADDITIONAL_TERMS' OR agreement_template_id IS NOT NULL)"

// ofTemplate names the employer's own text, which is chosen once.
func ofTemplate() ent.Edge {
	return toOnce("agreement_template", AgreementTemplate.Type, "agreement_template_id")
}

// OfferDocument is one document that an offer will have, chosen when it is sent: so
// the talent reads before accepting what there will be to sign.
type OfferDocument struct{ ent.Schema }

// Mixin of OfferDocument.
func (OfferDocument) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of OfferDocument.
func (OfferDocument) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("owner_org_id"),
		ref("employer_org_id"),
		ref("offer_id"),
		ref("talent_id"),
		field.Enum("kind").NamedValues(agreementKinds...).Immutable(),
		// The version of Rung's text, or of the employer's own.
		field.Int("text_version").Positive().Immutable(),
		fixed(refLater("agreement_template_id")),
	}
}

// Edges of OfferDocument.
func (OfferDocument) Edges() []ent.Edge {
	return []ent.Edge{to("offer", Offer.Type, "offer_id"), ofTemplate()}
}

// Indexes of OfferDocument.
func (OfferDocument) Indexes() []ent.Index {
	return []ent.Index{unique("", "offer_id", "kind"), ordered("agreement_template_id", "talent_id")}
}

// Annotations of OfferDocument.
func (OfferDocument) Annotations() []schemaAnnotation {
	return table("offer_documents", checks{
		"offer_documents_template": rungsOwn,
		"offer_documents_owned":    "owner_org_id = employer_org_id",
	})
}
