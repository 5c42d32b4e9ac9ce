package demo

import (
	"context"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	entemployer "github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	entinstitution "github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/occupation"
	entperson "github.com/rung-dev/rung/ent/gen/ent/person"
	"github.com/rung-dev/rung/ent/gen/ent/predicate"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/store"
)

// tell is the whole story, chapter by chapter.
func (t *teller) tell() {
	t.lists()
	t.platform()
	t.employers()
	t.talents()
	t.links()
	t.projects()
	t.work()
	t.clock.move(Ended.AddDate(0, 0, t.shift))
}

// lists finds what the story uses of the shared lists.
func (t *teller) lists() {
	for name, text := range map[string]string{
		"writing": "Writing", "excel": "Microsoft Excel", "figma": "Figma", "python": "Python", "tableau": "Tableau",
	} {
		t.find(name, func(ctx context.Context) (gid.ID, error) {
			return t.db.Read.Skill.Query().Where(skill.Name(text)).FirstID(ctx)
		})
	}
	t.find("occupation", func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.Occupation.Query().Where(occupation.Code("13-1161.00")).OnlyID(ctx)
	})
	t.find("university", func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.Institution.Query().Where(institutionIn(t.home), entinstitution.Name("Northern Arizona University")).OnlyID(ctx)
	})
	t.find("unopened-university", func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.Institution.Query().Where(institutionIn(t.home), entinstitution.Name("Oregon State University")).OnlyID(ctx)
	})
	t.find("other-university", func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.Institution.Query().Where(institutionIn(t.home), entinstitution.Name("University of Vermont")).OnlyID(ctx)
	})
}

// universities are those of the story.
var universities = []string{"Northern Arizona University", "Oregon State University", "University of Vermont"}

// campuses gives a sandbox universities of its own, as the shared list has them.
func (t *teller) campuses() {
	if t.failed != nil {
		return
	}
	_, t.failed = store.Write(t.ctx, t.db, func(tx *store.Tx) (gid.ID, error) {
		listed, err := tx.Institution.Query().Where(institutionIn(gid.LiveWorld), entinstitution.NameIn(universities...)).All(t.ctx)
		if err != nil {
			return gid.None, err
		}
		for _, i := range listed {
			err := tx.Institution.Create().SetWorldID(t.home).SetName(i.Name).SetNameFolded(i.NameFolded).SetCountryCode(i.CountryCode).
				SetNillableRegion(i.Region).SetDomains(i.Domains).SetNillableWebsite(i.Website).Exec(t.ctx)
			if err != nil {
				return gid.None, err
			}
		}
		return gid.None, nil
	})
}

func institutionIn(world gid.ID) predicate.Institution { return entinstitution.WorldID(world) }

func employerIn(world gid.ID) predicate.Employer { return entemployer.WorldID(world) }

// personKnown is a person by what their issuer calls them.
func personKnown(issuer, subject string) predicate.Person {
	return func(s *sql.Selector) {
		i := sql.Dialect(s.Dialect()).Select().From(sql.Table(identity.Table))
		i.Select(i.C(identity.FieldPersonID)).Where(sql.And(sql.EQ(i.C(identity.FieldIssuer), issuer), sql.EQ(i.C(identity.FieldSubject), subject)))
		s.Where(sql.In(s.C(entperson.FieldID), i))
	}
}

// platform seats the first operator, who opens two career offices.
func (t *teller) platform() {
	t.seat("olga", t.home)
	university := t.opened("university", "grace")
	t.seat("amir", university)
	t.seat("vera", university)
	t.opened("other-university", "nina")
}

// opened is an institution whose career office an operator opened.
func (t *teller) opened(name, administrator string) gid.ID {
	id, a := t.world.IDs[name], actorNamed(administrator)
	does(t, "olga", "openInstitution", institution.OpenInstitution, institution.OpenInstitutionInput{
		InstitutionID: id, ExpectedRevision: t.revision(id),
		Administrator: person.SeatInput{Issuer: t.issuer, Subject: a.Subject + t.suffix, Name: a.Name, Email: &a.Email},
	})
	t.find(administrator, func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.Person.Query().Where(personKnown(t.issuer, a.Subject+t.suffix)).OnlyID(ctx)
	})
	t.acts(administrator, t.world.IDs[administrator], id)
	return id
}

// employers register; the platform verifies two and has not decided on one.
func (t *teller) employers() {
	for _, e := range []struct{ owner, name, company, industry, website string }{
		{"bea", "basalt", "Basalt Climbing", "Sports and recreation", "https://basalt.example"},
		{"hugo", "harbor", "Harbor Analytics", "Data services", "https://harbor.example"},
		{"lena", "lantern", "Lantern Health", "Health care", "https://lantern.example"},
	} {
		t.newcomer(e.owner)
		done := does(t, e.owner, "registerEmployer", employer.RegisterEmployer, employer.RegisterEmployerInput{
			Name: e.company, Industry: &e.industry, Website: &e.website,
		})
		t.acts(e.owner, t.named(e.owner, done.OwnerID), t.named(e.name, done.EmployerID))
	}
	t.seat("remy", t.world.IDs["basalt"])
	t.seat("sol", t.world.IDs["basalt"])
	for _, name := range []string{"basalt", "harbor"} {
		id := t.world.IDs[name]
		does(t, "olga", "approveEmployer", employer.ApproveEmployer, employer.ApproveEmployerInput{
			EmployerID: id, ExpectedRevision: t.revision(id),
		})
	}
}

// talents open profiles. Most say where they study, and staff confirm it; gia
// has no resume yet, hal is declined, and ivy waits.
func (t *teller) talents() {
	for _, p := range cast {
		if p.Role == "TALENT" {
			t.open(p)
		}
	}
	for _, who := range []string{"ada", "ben", "cleo", "dev", "finn"} {
		claim := t.claim(who)
		does(t, "grace", "confirmAffiliation", talent.ConfirmAffiliation, talent.ConfirmAffiliationInput{
			AffiliationID: claim, ExpectedRevision: t.revision(claim),
		})
	}
	declined := t.claim("hal")
	does(t, "amir", "declineAffiliation", talent.DeclineAffiliation, talent.DeclineAffiliationInput{
		AffiliationID: declined, ExpectedRevision: t.revision(declined), Reason: "We have no student of this name.",
	})
	t.claim("ivy")
	ended := t.world.IDs["affiliation-finn"]
	does(t, "finn", "endAffiliation", talent.EndAffiliation, talent.EndAffiliationInput{
		AffiliationID: ended, ExpectedRevision: t.revision(ended),
	})
}

func (t *teller) open(p Person) {
	t.newcomer(p.Subject)
	in := talent.OpenTalentProfileInput{
		LegalName: p.Name, Email: &p.Email, Headline: ptr("Student looking for a first project"), TimeZone: ptr(calendar.Zone("America/Phoenix")),
		Attestation: &talent.SignUpAttestationInput{IsAtLeastAge: 18, UsWorkAuthorization: talentprofile.UsWorkAuthorizationPreferNotToSay},
	}
	if p.Subject != "gia" {
		in.ResumeURL, in.LinkedinURL = ptr("https://files.example/"+p.Subject+".pdf"), ptr("https://www.linkedin.com/in/"+p.Subject+"-demo")
	}
	done := does(t, p.Subject, "openTalentProfile", talent.OpenTalentProfile, in)
	id := t.named(p.Subject, done.TalentProfileID)
	t.named("person-"+p.Subject, done.PersonID)
	does(t, p.Subject, "declareSkills", talent.DeclareSkills, talent.DeclareSkillsInput{
		TalentProfileID: id,
		Skills: []*talent.SkillDeclarationInput{
			{SkillID: t.world.IDs["writing"], Level: declaredskill.LevelAdvanced},
			{SkillID: t.world.IDs["excel"], Level: declaredskill.LevelIntermediate},
		},
	})
	does(t, p.Subject, "recordEducation", talent.RecordEducation, talent.RecordEducationInput{
		TalentProfileID: id, InstitutionID: t.world.IDs["university"], Level: educationrecord.LevelBachelor,
		Major: "Business Administration", GraduatesOn: ptr(t.day("2027-05-14")),
	})
	// Gia has not applied yet, and Jon has not thought of it.
	if p.Subject != "gia" && p.Subject != "jon" {
		does(t, p.Subject, "stateTaxForm", talent.StateTaxForm, talent.StateTaxFormInput{
			TalentProfileID: id, Kind: talentprofile.TaxFormW9, SignedOn: t.day("2026-08-24"),
		})
	}
	if visible, shows := shownTo[p.Subject]; shows {
		does(t, p.Subject, "reviseTalentProfile", talent.ReviseTalentProfile, talent.ReviseTalentProfileInput{
			TalentProfileID: id, Visibility: opt.Of(visible),
		})
	}
}

// shownTo says who shows more of themselves than a private profile does.
var shownTo = map[string]talentprofile.Visibility{
	"ada": talentprofile.VisibilityEmployers,
	"lea": talentprofile.VisibilityCommunity,
}

func (t *teller) claim(who string) gid.ID {
	return t.named("affiliation-"+who, does(t, who, "claimAffiliation", talent.ClaimAffiliation, talent.ClaimAffiliationInput{
		InstitutionID: t.world.IDs["university"], Evidence: ptr("Student number ending in 42"),
	}))
}

// links let one employer post at the university; another still waits.
func (t *teller) links() {
	t.on(time.September, 8)
	linked := t.named("link-basalt", does(t, "bea", "requestInstitutionLink", institution.RequestInstitutionLink, institution.RequestInstitutionLinkInput{
		InstitutionID: ptr(t.world.IDs["university"]), Message: ptr("We climb two blocks from your campus."),
	}).One)
	does(t, "grace", "approveInstitutionLink", institution.ApproveInstitutionLink, institution.ApproveInstitutionLinkInput{
		InstitutionLinkID: linked, ExpectedRevision: t.revision(linked),
	})
	t.named("link-harbor", does(t, "hugo", "requestInstitutionLink", institution.RequestInstitutionLink, institution.RequestInstitutionLinkInput{
		InstitutionID: ptr(t.world.IDs["university"]),
	}).One)
}
