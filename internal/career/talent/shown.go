package talent

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// Contact is how to reach a talent.
type Contact struct {
	LegalName   string
	Email       *string
	ResumeURL   *string
	LinkedinURL *string
}

// DisplayName is the name to call a talent by, for those who may know all of it.
func DisplayName(p *ent.TalentProfile) string {
	if p.PreferredName != nil {
		return *p.PreferredName
	}
	return p.LegalName
}

// nameFor is the name to call a talent by, as far as the viewer may know it. A
// legal name that stands in for another one is told in full only to those who
// may know it; the rest read Ada L.
func nameFor(v viewer.Viewer, p *ent.TalentProfile, isKnown bool) string {
	if p.PreferredName != nil || seesLegalName(v, p, isKnown) {
		return DisplayName(p)
	}
	names := strings.Fields(p.LegalName)
	if len(names) < 2 {
		return p.LegalName
	}
	initial, _ := utf8.DecodeRuneInString(names[len(names)-1])
	return names[0] + " " + string(initial) + "."
}

// contactFor is how to reach a talent, or nil.
func contactFor(v viewer.Viewer, p *ent.TalentProfile, isKnown bool) *Contact {
	if !access.May("TalentProfile.contact", seesContact(v, p, isKnown)) {
		return nil
	}
	return &Contact{LegalName: p.LegalName, Email: p.Email, ResumeURL: p.ResumeURL, LinkedinURL: p.LinkedinURL}
}

// DisplayNames are the names to call talents by. Missing profiles have none.
func DisplayNames(ctx context.Context, db *store.DB, profiles []*ent.TalentProfile) ([]string, error) {
	are, err := known(ctx, db, profiles)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	names := make([]string, len(profiles))
	for i, p := range profiles {
		if p != nil {
			names[i] = nameFor(v, p, are[p.ID])
		}
	}
	return names, nil
}

// Contacts say how to reach talents, each as far as the viewer may know.
func Contacts(ctx context.Context, db *store.DB, profiles []*ent.TalentProfile) ([]*Contact, error) {
	are, err := known(ctx, db, profiles)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	contacts := make([]*Contact, len(profiles))
	for i, p := range profiles {
		if p != nil {
			contacts[i] = contactFor(v, p, are[p.ID])
		}
	}
	return contacts, nil
}

// OwnCompleteness is how complete the viewer's own profile is, and nil for
// others.
func OwnCompleteness(v viewer.Viewer, p *ent.TalentProfile) *Completeness {
	if !access.May("TalentProfile.completeness", v.Talent == p.ID) {
		return nil
	}
	c := CompletenessOf(p)
	return &c
}

// known are those of the talents who applied to the viewer's employer, or whom the
// viewer's institution has confirmed.
func known(ctx context.Context, db *store.DB, profiles []*ent.TalentProfile) (map[gid.ID]bool, error) {
	v, talents := viewer.From(ctx), gid.Of(profiles, talentID)
	var found []gid.ID
	var err error
	switch {
	case !v.Institution().IsNone():
		return confirmed(ctx, db, talents)
	case !v.Employer().IsNone():
		err = db.Read.Application.Query().Where(application.TalentIDIn(talents...), application.EmployerOrgID(v.Employer())).
			Unique(true).Select(application.FieldTalentID).Scan(ctx, &found)
	}
	return setOf(found), err
}

func setOf(ids []gid.ID) map[gid.ID]bool {
	set := make(map[gid.ID]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

func talentID(p *ent.TalentProfile) gid.ID { return p.ID }
