package talent

// ProfileField is a field that a complete profile has.
type ProfileField string

// The fields.
const (
	ResumeURL   ProfileField = "RESUME_URL"
	LinkedInURL ProfileField = "LINKEDIN_URL"
)

// Completeness is how complete a profile is.
type Completeness struct {
	Percent int
	Missing []ProfileField
}

// Contact is how to reach a talent.
type Contact struct {
	LegalName   string
	Email       *string
	ResumeURL   *string
	LinkedinURL *string
}
