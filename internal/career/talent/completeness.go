package talent

import "github.com/rung-dev/rung/ent/gen/ent"

// ProfileField is a field that a complete profile has.
type ProfileField string

// The fields.
const (
	ResumeURL   ProfileField = "RESUME_URL"
	LinkedInURL ProfileField = "LINKEDIN_URL"
)

// needed says where each field of a complete profile stands.
var needed = []struct {
	field ProfileField
	in    func(*ent.TalentProfile) *string
}{
	{ResumeURL, func(p *ent.TalentProfile) *string { return p.ResumeURL }},
	{LinkedInURL, func(p *ent.TalentProfile) *string { return p.LinkedinURL }},
}

// Completeness is how complete a profile is.
type Completeness struct {
	Percent int
	Missing []ProfileField
}

// CompletenessOf counts the needed fields that a profile has and names those
// that are missing. Applying needs all of them.
func CompletenessOf(p *ent.TalentProfile) Completeness {
	c := Completeness{Missing: []ProfileField{}}
	for _, n := range needed {
		if n.in(p) == nil {
			c.Missing = append(c.Missing, n.field)
		}
	}
	c.Percent = 100 * (len(needed) - len(c.Missing)) / len(needed)
	return c
}
