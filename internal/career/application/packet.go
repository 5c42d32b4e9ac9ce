package application

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/viewer"
)

// Packet is what a talent shares by applying. It stays as it was.
type Packet struct {
	Note        string
	Name        string
	Email       *string
	Headline    *string
	ResumeURL   string
	LinkedinURL string
	Skills      []string
}

// PacketOf is what a talent shared by an application, for the two sides alone.
func PacketOf(v viewer.Viewer, a *ent.Application) *Packet {
	if v.Talent != a.TalentID && v.Employer() != a.EmployerOrgID {
		return nil
	}
	return &Packet{
		Note: a.Note, Name: a.PacketName, Email: a.PacketEmail, Headline: a.PacketHeadline,
		ResumeURL: a.PacketResumeURL, LinkedinURL: a.PacketLinkedinURL, Skills: a.PacketSkills,
	}
}
