package application

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/applicationquestion"
	"github.com/rung-dev/rung/internal/access"
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
	Answers     []*ApplicationAnswer
}

// PacketOf is what a talent shared by an application, for the two sides alone.
func PacketOf(v viewer.Viewer, a *ent.Application) *Packet {
	if !access.May("Application.packet", IsSide(v, a)) {
		return nil
	}
	p := &Packet{
		Note: a.Note, Name: a.PacketName, Email: a.PacketEmail, Headline: a.PacketHeadline,
		ResumeURL: a.PacketResumeURL, LinkedinURL: a.PacketLinkedinURL, Skills: a.PacketSkills,
		Answers: make([]*ApplicationAnswer, len(a.PacketAnswers)),
	}
	for i, answer := range a.PacketAnswers {
		p.Answers[i] = &ApplicationAnswer{answer.Question, applicationquestion.Kind(answer.Kind), answer.Value}
	}
	return p
}

// IsSide reports whether the viewer is one of an application's two sides: what is
// shared by applying is for them alone.
func IsSide(v viewer.Viewer, a *ent.Application) bool {
	return v.Talent == a.TalentID || v.Employer() == a.EmployerOrgID
}
