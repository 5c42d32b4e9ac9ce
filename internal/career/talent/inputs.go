package talent

import (
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/opt"
)

// OpenTalentProfileInput: what a new profile says.
type OpenTalentProfileInput struct {
	LegalName     string
	PreferredName *string
	Email         *string
	Headline      *string
	Bio           *string
	ResumeURL     *string
	LinkedinURL   *string
	Location      *string
	TimeZone      *calendar.Zone
	Attestation   *SignUpAttestationInput
}

// ReviseTalentProfileInput: what to change in a profile: a field left out stays, null clears it.
type ReviseTalentProfileInput struct {
	TalentProfileID  gid.ID
	ExpectedRevision *int
	LegalName        opt.Value[string]
	PreferredName    opt.Value[string]
	Email            opt.Value[string]
	Headline         opt.Value[string]
	Bio              opt.Value[string]
	ResumeURL        opt.Value[string]
	LinkedinURL      opt.Value[string]
	Location         opt.Value[string]
	TimeZone         opt.Value[calendar.Zone]
	Visibility       opt.Value[talentprofile.Visibility]

	UsWorkAuthorization opt.Value[talentprofile.UsWorkAuthorization]
}

// DeclareSkillsInput: the skills you have.
type DeclareSkillsInput struct {
	TalentProfileID gid.ID
	Skills          []*SkillDeclarationInput
}

// LabelTalentInput: the labels to keep by a talent.
type LabelTalentInput struct {
	TalentProfileID gid.ID
	Labels          []string
}

// SkillDeclarationInput: one skill and how well you have it.
type SkillDeclarationInput struct {
	SkillID gid.ID
	Level   declaredskill.Level
}

// RecordEducationInput: a course of study.
type RecordEducationInput struct {
	TalentProfileID gid.ID
	InstitutionID   gid.ID
	Level           educationrecord.Level
	Major           string
	GraduatesOn     *calendar.Date
	Gpa             *money.Decimal
}

// ClaimAffiliationInput: which institution you belong to.
type ClaimAffiliationInput struct {
	InstitutionID gid.ID
	Evidence      *string
	Attestation   *SignUpAttestationInput
}

// ConfirmAffiliationInput: which claim.
type ConfirmAffiliationInput struct {
	AffiliationID    gid.ID
	ExpectedRevision int
}

// DeclineAffiliationInput: which claim, and why not.
type DeclineAffiliationInput struct {
	AffiliationID    gid.ID
	ExpectedRevision int
	Reason           string
}

// EndAffiliationInput: which affiliation.
type EndAffiliationInput struct {
	AffiliationID    gid.ID
	ExpectedRevision int
}

// OptOutOfDirectoryInput: of which institution's directory.
type OptOutOfDirectoryInput struct {
	AffiliationID    gid.ID
	ExpectedRevision int
}

// ReturnToDirectoryInput: to which institution's directory.
type ReturnToDirectoryInput struct {
	AffiliationID    gid.ID
	ExpectedRevision int
}

// IssueStrikeInput: against whom, on which work, and what they did.
type IssueStrikeInput struct {
	TalentProfileID gid.ID
	EngagementID    gid.ID
	Report          string
}

// AppealStrikeInput: which strike, and why it is not right.
type AppealStrikeInput struct {
	StrikeID         gid.ID
	ExpectedRevision int
	Appeal           string
}

// UpholdStrikeInput: which strike, and what was found.
type UpholdStrikeInput struct {
	StrikeID         gid.ID
	ExpectedRevision int
	Finding          string
}

// LiftStrikeInput: which strike, and what was found.
type LiftStrikeInput struct {
	StrikeID         gid.ID
	ExpectedRevision int
	Finding          string
}

// ReinstateTalentInput: whom to reinstate, and why.
type ReinstateTalentInput struct {
	TalentProfileID  gid.ID
	ExpectedRevision int
	Reason           string
}
