package demo

import (
	"context"
	"time"

	entevaluation "github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/evaluation"
	"github.com/rung-dev/rung/internal/career/hire"
	"github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/reference"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/store"
)

// archivists are the people of the archive: five employers and a dozen talents
// whom the story itself does not know.
var archivists = []Person{
	{Subject: "otto", Name: "Otto Lindgren", Email: "otto@quarry.example", Role: "OWNER"},
	{Subject: "petra", Name: "Petra Novak", Email: "petra@pottery.example", Role: "OWNER"},
	{Subject: "rolf", Name: "Rolf Aas", Email: "rolf@quick.example", Role: "OWNER"},
	{Subject: "sina", Name: "Sina Farrokh", Email: "sina@survey.example", Role: "OWNER"},
	{Subject: "theo", Name: "Theo Marchetti", Email: "theo@towers.example", Role: "OWNER"},
	{Subject: "abel", Name: "Abel Nilsson", Email: "abel@alumni.example", Role: "TALENT"},
	{Subject: "bola", Name: "Bola Ade", Email: "bola@alumni.example", Role: "TALENT"},
	{Subject: "cira", Name: "Cira Lopez", Email: "cira@alumni.example", Role: "TALENT"},
	{Subject: "dano", Name: "Dano Kiss", Email: "dano@alumni.example", Role: "TALENT"},
	{Subject: "elka", Name: "Elka Stein", Email: "elka@alumni.example", Role: "TALENT"},
	{Subject: "faye", Name: "Faye Moran", Email: "faye@alumni.example", Role: "TALENT"},
	{Subject: "gero", Name: "Gero Vogt", Email: "gero@alumni.example", Role: "TALENT"},
	{Subject: "hana", Name: "Hana Mori", Email: "hana@alumni.example", Role: "TALENT"},
	{Subject: "idir", Name: "Idir Benali", Email: "idir@alumni.example", Role: "TALENT"},
	{Subject: "jana", Name: "Jana Kral", Email: "jana@alumni.example", Role: "TALENT"},
	{Subject: "kofi", Name: "Kofi Mensah", Email: "kofi@alumni.example", Role: "TALENT"},
	{Subject: "lila", Name: "Lila Rao", Email: "lila@alumni.example", Role: "TALENT"},
}

// sinceWhen is for how long the archive goes back: a job that was kept for five
// years is in it.
const sinceWhen = 7 * 366

// archive fills the records of an employer, a quarry, and of those around it,
// with all that the story does not show: between the two, everything stands
// somewhere in every status that it can have. It happens beside the story, on a
// clock of its own that starts years before.
func (t *teller) archive() {
	t.archived()
	t.longAgo()
	t.lately()
	t.labelled("otto", "abel", "Knows the old logs")
	t.labelled("amir", "ada", "Peer tutor")
}

// labelled lets somebody keep a label by a talent.
func (t *teller) labelled(who, name, label string) {
	does(t, who, "labelTalent", talent.LabelTalent, talent.LabelTalentInput{
		TalentProfileID: t.world.IDs[name], Labels: []string{label},
	})
}

// fileArchive tells the archive in a database in which the story was told.
func fileArchive(ctx context.Context, told *teller, db *store.DB, c *stillClock, o Options) error {
	t := newTeller(ctx, db, c, o)
	t.world, t.actors = told.world, told.actors
	t.worker = &job.Worker{DB: db, Handlers: o.Reactions, Name: "archive"}
	t.archive()
	return t.failed
}

// hop lets days pass, and what falls due in them happen.
func (t *teller) hop(days int) { t.until(t.clock.now().AddDate(0, 0, days)) }

// until lets time pass until an instant, and what falls due in it happen.
func (t *teller) until(at time.Time) {
	t.clock.move(at)
	if t.failed == nil {
		t.failed = t.settle()
	}
}

func (t *teller) today() calendar.Date { return calendar.On(t.clock.now()) }

// archived registers who is in the archive: employers in every status, and what
// an office had to say of them.
func (t *teller) archived() {
	for _, e := range []struct {
		owner, name, company string
		asks                 bool
	}{
		{"otto", "quarry", "Quarry Works", true}, {"petra", "pottery", "Petra's Pottery", false}, {"rolf", "quick", "Quick Leads", true},
		{"sina", "survey", "Sina Surveys", true}, {"theo", "towers", "Towers and Sons", true},
	} {
		t.newcomer(e.owner)
		done := does(t, e.owner, "registerEmployer", employer.RegisterEmployer, employer.RegisterEmployerInput{Name: e.company, RequestsVerification: &e.asks})
		t.acts(e.owner, t.named(e.owner, done.OwnerID), t.named(e.name, done.EmployerID))
	}
	for _, name := range []string{"quarry", "survey", "towers"} {
		id := t.world.IDs[name]
		does(t, "olga", "approveEmployer", employer.ApproveEmployer, employer.ApproveEmployerInput{EmployerID: id, ExpectedRevision: t.revision(id)})
	}
	refused := t.world.IDs["quick"]
	does(t, "olga", "refuseEmployer", employer.RefuseEmployer, employer.RefuseEmployerInput{
		EmployerID: refused, ExpectedRevision: t.revision(refused), Reason: "Nobody answers at the address it gave.",
	})
	for _, p := range archivists {
		if p.Role == "TALENT" {
			t.alumnus(p)
		}
	}
	t.denied()
	t.flagged()
}

func (t *teller) alumnus(p Person) {
	t.newcomer(p.Subject)
	done := does(t, p.Subject, "openTalentProfile", talent.OpenTalentProfile, talent.OpenTalentProfileInput{
		LegalName: p.Name, Email: &p.Email, TimeZone: ptr(calendar.Zone("America/New_York")),
		ResumeURL: ptr("https://files.example/" + p.Subject + ".pdf"), LinkedinURL: ptr("https://www.linkedin.com/in/" + p.Subject + "-demo"),
		Attestation: &talent.SignUpAttestationInput{IsAtLeastAge: 18, UsWorkAuthorization: talentprofile.UsWorkAuthorizationAuthorized},
	})
	id := t.named(p.Subject, done.TalentProfileID)
	does(t, p.Subject, "stateTaxForm", talent.StateTaxForm, talent.StateTaxFormInput{
		TalentProfileID: id, Kind: talentprofile.TaxFormW9, SignedOn: t.today(),
	})
	does(t, p.Subject, "reviseTalentProfile", talent.ReviseTalentProfile, talent.ReviseTalentProfileInput{
		TalentProfileID: id, Visibility: opt.Of(talentprofile.VisibilityEmployers),
	})
}

// denied are the links that a career office declined, revoked, or asks about.
func (t *teller) denied() {
	for _, owner := range []string{"otto", "sina", "theo"} {
		t.named("link-"+owner, does(t, owner, "requestInstitutionLink", institution.RequestInstitutionLink, institution.RequestInstitutionLinkInput{
			InstitutionID: ptr(t.world.IDs["other-university"]),
		}).One)
	}
	asked, declined, revoked := t.world.IDs["link-otto"], t.world.IDs["link-sina"], t.world.IDs["link-theo"]
	does(t, "nina", "askAboutInstitutionLink", institution.AskAboutInstitutionLink, institution.AskAboutInstitutionLinkInput{
		InstitutionLinkID: asked, ExpectedRevision: t.revision(asked), Question: "Who looks after students in the quarry?",
	})
	does(t, "nina", "declineInstitutionLink", institution.DeclineInstitutionLink, institution.DeclineInstitutionLinkInput{
		InstitutionLinkID: declined, ExpectedRevision: t.revision(declined), Reason: "Our students do not canvass.",
	})
	does(t, "nina", "approveInstitutionLink", institution.ApproveInstitutionLink, institution.ApproveInstitutionLinkInput{
		InstitutionLinkID: revoked, ExpectedRevision: t.revision(revoked),
	})
	does(t, "nina", "revokeInstitutionLink", institution.RevokeInstitutionLink, institution.RevokeInstitutionLinkInput{
		InstitutionLinkID: revoked, ExpectedRevision: t.revision(revoked), Reason: "A student was sent up a mast without a harness.",
	})
}

// flagged are four employers: of one nothing came, another is banned for it.
func (t *teller) flagged() {
	flag := func(who, of, name, why string) gid.ID {
		return t.named("flag-"+name, does(t, who, "flagEmployer", employer.FlagEmployer, employer.FlagEmployerInput{EmployerID: t.world.IDs[of], Reason: why}))
	}
	dismissed := flag("nina", "quarry", "dismissed", "It is loud there.")
	does(t, "olga", "dismissFlag", employer.DismissFlag, employer.DismissFlagInput{
		FlagID: dismissed, ExpectedRevision: t.revision(dismissed), Finding: "A quarry is loud.",
	})
	reviewed := flag("nina", "quarry", "reviewed", "The stairs have no rail.")
	does(t, "olga", "reviewFlag", employer.ReviewFlag, employer.ReviewFlagInput{FlagID: reviewed, ExpectedRevision: t.revision(reviewed)})
	flag("grace", "quarry", "open", "The dust masks were used.")
	upheld := flag("nina", "towers", "upheld", "It sends people up masts without a harness.")
	does(t, "olga", "upholdFlag", employer.UpholdFlag, employer.UpholdFlagInput{
		FlagID: upheld, ExpectedRevision: t.revision(upheld), Finding: "Two students say the same.",
	})
	for _, name := range []string{"survey", "towers"} {
		id := t.world.IDs[name]
		does(t, "olga", "suspendEmployer", employer.SuspendEmployer, employer.SuspendEmployerInput{
			EmployerID: id, ExpectedRevision: t.revision(id), Reason: "We look into what we heard.",
		})
	}
	banned := t.world.IDs["towers"]
	does(t, "olga", "banEmployer", employer.BanEmployer, employer.BanEmployerInput{
		EmployerID: banned, ExpectedRevision: t.revision(banned), Reason: "It goes on sending people up without a harness.",
	})
}

// quarried writes down one of the quarry's projects, which are all alike.
func quarried(name, title string) brief {
	return brief{
		name: name, owner: "otto", title: title, hours: 10, seats: 1, fee: "250.00",
		about: "Go through one year of our records and tell us what you find.", deliverables: []string{"What you found"},
	}
}

// works takes a talent of the archive into work that starts today.
func (t *teller) works(who, name, title string) gid.ID {
	return t.worksOn(who, quarried(name, title))
}

// worksOn takes a talent of the archive into such work.
func (t *teller) worksOn(who string, b brief) gid.ID {
	name := b.name
	t.publish(b)
	t.hire("otto", who, name, t.today(), t.today().Plus(14))
	t.prepare("otto", "otto", who, name)
	t.start(who, name)
	return t.world.IDs["engagement-"+name]
}

// worked takes a talent of the archive to the end of their work.
func (t *teller) worked(who, name, title string) gid.ID {
	e := t.works(who, name, title)
	t.handIn(who, name, 1)
	t.accept("otto", name, 1)
	t.complete("otto", name)
	return e
}

// proposed offers a job after some work, from tomorrow on.
func (t *teller) proposed(e gid.ID) gid.ID {
	return does(t, "otto", "proposeHireConversion", hire.ProposeHireConversion, hire.ProposeHireConversionInput{
		EngagementID: e, Kind: hireconversion.KindFullTime, JobTitle: "Surveyor's assistant", StartsOn: t.today().Plus(1),
	})
}

// employed lets a talent take a job and both sides confirm that it started.
func (t *teller) employed(who string, e gid.ID) gid.ID {
	h := t.proposed(e)
	does(t, who, "acceptHireConversion", hire.AcceptHireConversion, hire.AcceptHireConversionInput{HireConversionID: h, ExpectedRevision: t.revision(h)})
	t.hop(2)
	for _, side := range []string{who, "otto"} {
		does(t, side, "confirmHireStart", hire.ConfirmHireStart, hire.ConfirmHireStartInput{
			HireConversionID: h, ExpectedRevision: t.revision(h), StartedOn: t.today().Plus(-1),
		})
	}
	return h
}

// outcome says whether somebody is still there.
func (t *teller) outcome(h gid.ID, isEmployed bool) {
	in := hire.RecordHireOutcomeInput{HireConversionID: h, ExpectedRevision: t.revision(h), IsEmployed: isEmployed, AsOf: t.today()}
	if !isEmployed {
		in.Reason = ptr(hireconversion.LeftReasonFurtherStudy)
	}
	does(t, "otto", "recordHireOutcome", hire.RecordHireOutcome, in)
}

// poor ends a talent's work with the word that it could not be used at all:
// fifteen days later that is held against them.
func (t *teller) poor(who, name, title string) {
	e := t.worked(who, name, title)
	t.named("evaluation-"+name, does(t, "otto", "submitEvaluation", evaluation.SubmitEvaluation, evaluation.SubmitEvaluationInput{
		EngagementID: e, Overall: entevaluation.OverallSignificantlyBelow, PublicText: "Half of the records were left out.",
	}))
}

// strikeFor is what is held against a talent for some work.
func (t *teller) strikeFor(name string) gid.ID {
	return t.find("strike-"+name, func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.Strike.Query().Where(strike.EngagementID(t.world.IDs["engagement-"+name])).OnlyID(ctx)
	})
}

// longAgo is what took years: jobs that lasted, and what has run out.
func (t *teller) longAgo() {
	kept := t.employed("abel", t.worked("abel", "kept", "Blasting log of 2019"))
	t.poor("bola", "forgiven", "Sales ledger of 2019")
	t.asks("abel", "kept", "Would you write a few lines about my work?")
	t.hop(15)
	t.strikeFor("forgiven")
	t.hop(385)
	t.outcome(kept, true)
	t.hop(4 * 366)
	t.outcome(kept, true)
	t.clock.move(Ended.AddDate(0, 0, t.shift-500))
	year := t.employed("cira", t.worked("cira", "a-year", "Weighbridge records"))
	left := t.employed("dano", t.worked("dano", "left", "Fuel records"))
	interest := t.worked("elka", "no-more", "Map of the old pits")
	does(t, "otto", "signalHireInterest", hire.SignalHireInterest, hire.SignalHireInterestInput{
		EngagementID: interest, Kind: hireconversion.KindPartTime, JobTitle: "Map keeper", StartsOn: t.today().Plus(60),
	})
	t.hop(380)
	t.outcome(year, true)
	t.outcome(left, false)
}

// asks lets a talent ask the quarry for a reference.
func (t *teller) asks(who, name, message string) gid.ID {
	return t.named("reference-"+name, does(t, who, "requestReference", reference.RequestReference, reference.RequestReferenceInput{
		EngagementID: t.world.IDs["engagement-"+name], Addressee: "Otto Lindgren", Message: message,
	}))
}
