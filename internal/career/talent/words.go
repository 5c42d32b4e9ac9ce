package talent

import (
	"net/mail"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/text"
)

// words are what a profile says, once they have been read.
type words struct {
	legalName     string
	preferredName *string
	email         *string
	headline      *string
	bio           *string
	resumeURL     *string
	linkedinURL   *string
	location      *string
	timeZone      *string
	visibility    talentprofile.Visibility
	usWork        *talentprofile.UsWorkAuthorization
	needsSponsor  *bool
}

func readNew(in OpenTalentProfileInput) (words, error) {
	var r text.Reader
	in.Attestation.read(&r)
	return read(&r, words{
		legalName: in.LegalName, preferredName: in.PreferredName, email: in.Email, headline: in.Headline, bio: in.Bio,
		resumeURL: in.ResumeURL, linkedinURL: in.LinkedinURL, location: in.Location, timeZone: (*string)(in.TimeZone),
		visibility: talentprofile.VisibilityPrivate,
	})
}

// readRevised lays what the client gave over what the profile says.
func readRevised(p *ent.TalentProfile, in ReviseTalentProfileInput) (words, error) {
	var r text.Reader
	w := wordsOf(p)
	w.preferredName, w.email = opt.Or(in.PreferredName, w.preferredName), opt.Or(in.Email, w.email)
	w.headline, w.bio = opt.Or(in.Headline, w.headline), opt.Or(in.Bio, w.bio)
	w.resumeURL, w.linkedinURL = opt.Or(in.ResumeURL, w.resumeURL), opt.Or(in.LinkedinURL, w.linkedinURL)
	w.location = opt.Or(in.Location, w.location)
	w.usWork, w.needsSponsor = opt.Or(in.UsWorkAuthorization, w.usWork), opt.Or(in.NeedsUsWorkSponsorship, w.needsSponsor)
	w.timeZone = (*string)(opt.Or(in.TimeZone, (*calendar.Zone)(w.timeZone)))
	keep(&r, "legalName", in.LegalName, &w.legalName)
	keep(&r, "visibility", in.Visibility, &w.visibility)
	return read(&r, w)
}

func wordsOf(p *ent.TalentProfile) words {
	return words{
		legalName: p.LegalName, preferredName: p.PreferredName, email: p.Email, headline: p.Headline, bio: p.Bio,
		resumeURL: p.ResumeURL, linkedinURL: p.LinkedinURL, location: p.Location, timeZone: p.TimeZone, visibility: p.Visibility,
		usWork: p.UsWorkAuthorization, needsSponsor: p.NeedsUsWorkSponsorship,
	}
}

// keep takes a value that may be given and must not be cleared.
func keep[T any](r *text.Reader, path string, given opt.Value[T], into *T) {
	value := opt.Or(given, into)
	if value == nil {
		r.Refuse(fault.InvalidValue(path, "This cannot be cleared. Give another value, or leave it out."))
		return
	}
	*into = *value
}

// read checks every word and hears of all defects at once. Web addresses and
// time zones were checked when they came in.
func read(r *text.Reader, w words) (words, error) {
	w.legalName = r.Line("legalName", w.legalName, 1, 200)
	w.preferredName = r.LineLater("preferredName", w.preferredName, 200)
	w.email = r.LineLater("email", w.email, 254)
	w.headline = r.LineLater("headline", w.headline, 200)
	w.bio = r.ProseLater("bio", w.bio, 4000)
	w.location = r.LineLater("location", w.location, 200)
	if w.email != nil && !isAddress(*w.email) {
		r.Refuse(fault.InvalidValue("email", "Write an e-mail address, as in ada@example.edu."))
	}
	return w, r.Err()
}

// isAddress refuses what no mail could be sent to, names and comments too.
func isAddress(given string) bool {
	a, err := mail.ParseAddress(given)
	return err == nil && a.Address == given
}

// over puts the words that differ from a profile's into its row. The audit names
// the columns that are set, so the others stay untouched.
func (w words) over(p *ent.TalentProfile, u *ent.TalentProfileUpdate) *ent.TalentProfileUpdate {
	was := wordsOf(p)
	if w.legalName != was.legalName {
		u.SetLegalName(w.legalName)
	}
	if w.visibility != was.visibility {
		u.SetVisibility(w.visibility)
	}
	switch {
	case w.usWork == nil && was.usWork != nil:
		u.ClearUsWorkAuthorization()
	case w.usWork != nil && (was.usWork == nil || *was.usWork != *w.usWork):
		u.SetUsWorkAuthorization(*w.usWork)
	}
	switch {
	case w.needsSponsor == nil && was.needsSponsor != nil:
		u.ClearNeedsUsWorkSponsorship()
	case w.needsSponsor != nil && (was.needsSponsor == nil || *was.needsSponsor != *w.needsSponsor):
		u.SetNeedsUsWorkSponsorship(*w.needsSponsor)
	}
	for _, word := range []struct {
		was, now *string
		set      func(string) *ent.TalentProfileUpdate
		clear    func() *ent.TalentProfileUpdate
	}{
		{was.preferredName, w.preferredName, u.SetPreferredName, u.ClearPreferredName},
		{was.email, w.email, u.SetEmail, u.ClearEmail},
		{was.headline, w.headline, u.SetHeadline, u.ClearHeadline},
		{was.bio, w.bio, u.SetBio, u.ClearBio},
		{was.resumeURL, w.resumeURL, u.SetResumeURL, u.ClearResumeURL},
		{was.linkedinURL, w.linkedinURL, u.SetLinkedinURL, u.ClearLinkedinURL},
		{was.location, w.location, u.SetLocation, u.ClearLocation},
		{was.timeZone, w.timeZone, u.SetTimeZone, u.ClearTimeZone},
	} {
		switch {
		case word.now == nil && word.was != nil:
			word.clear()
		case word.now != nil && (word.was == nil || *word.was != *word.now):
			word.set(*word.now)
		}
	}
	return u
}
