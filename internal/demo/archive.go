package demo

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/dispute"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/messagereport"
	"github.com/rung-dev/rung/ent/gen/ent/paymentcallback"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/amendment"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/conversation"
	"github.com/rung-dev/rung/internal/career/credential"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/hire"
	"github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/career/reference"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// archivists are the people of the archive: five employers and twenty talents
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
func (t *teller) hop(days int) {
	t.clock.move(t.clock.now().AddDate(0, 0, days))
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
		if e, err := t.db.Read.Employer.Get(t.ctx, id); t.failed == nil && (err != nil || e.Status == "SUSPENDED") {
			t.failed = err
			continue
		}
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
	t.publish(quarried(name, title))
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
	t.named("evaluation-"+name, does(t, "otto", "submitEvaluation", engagement.SubmitEvaluation, engagement.SubmitEvaluationInput{
		EngagementID: e, Overall: evaluation.OverallSignificantlyBelow, PublicText: "Half of the records were left out.",
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

// lately is what stands where it stands today. What takes weeks to get there
// comes first.
func (t *teller) lately() {
	t.clock.move(Ended.AddDate(0, 0, t.shift-76))
	t.unanswered()
	for _, p := range []struct{ who, name, title string }{
		{"faye", "upheld", "Truck log"}, {"gero", "appealed", "Crane log"}, {"hana", "issued", "Conveyor log"}, {"idir", "lifted", "Pump log"},
	} {
		t.poor(p.who, p.name, p.title)
	}
	for _, days := range []int{11, 15, 16} {
		t.hop(days)
	}
	t.strikes()
	t.works("lila", "missed", "Dust readings")
	t.hop(25)
	t.resting()
	t.inMilestones()
	t.hires()
	t.references()
	t.inAbeyance()
	t.postings()
	t.clock.move(Ended.AddDate(0, 0, t.shift))
	if t.failed == nil {
		t.failed = t.settle()
	}
}

// unanswered are two projects that time goes on without: nobody was found for
// the one, and of the other nobody answered those who came.
func (t *teller) unanswered() {
	b := quarried("ran-out", "Loading times")
	b.applyBy = ptr(t.clock.now().AddDate(0, 0, 10))
	t.publish(b)
	t.invite("otto", "gero", "ran-out")
	t.invite("otto", "hana", "ran-out")
	t.apply("hana", "ran-out")
	p := t.publish(quarried("stale", "Scrap prices"))
	t.apply("idir", "stale")
	t.apply("jana", "stale")
	t.offer("otto", "jana", "stale", t.today().Plus(1), t.today().Plus(21))
	does(t, "otto", "pauseMicroProject", project.PauseMicroProject, project.PauseMicroProjectInput{MicroProjectID: p, ExpectedRevision: t.revision(p)})
}

// strikes are one of each kind: appealed, upheld, issued and lifted.
func (t *teller) strikes() {
	upheld, appealed := t.strikeFor("upheld"), t.strikeFor("appealed")
	t.strikeFor("issued")
	t.strikeFor("lifted")
	for _, of := range []struct {
		who string
		id  gid.ID
	}{{"faye", upheld}, {"gero", appealed}} {
		does(t, of.who, "appealStrike", talent.AppealStrike, talent.AppealStrikeInput{
			StrikeID: of.id, ExpectedRevision: t.revision(of.id), Appeal: "The records of March were never sent to me.",
		})
	}
	does(t, "olga", "upholdStrike", talent.UpholdStrike, talent.UpholdStrikeInput{
		StrikeID: upheld, ExpectedRevision: t.revision(upheld), Finding: "They were sent on the second day.",
	})
	removed := t.world.IDs["evaluation-lifted"]
	does(t, "olga", "removeEvaluation", engagement.RemoveEvaluation, engagement.RemoveEvaluationInput{
		EvaluationID: removed, ExpectedRevision: t.revision(removed), Reason: "It is about somebody else's work.",
	})
}

// resting is work whose terms both sides talk about, and that rests.
func (t *teller) resting() {
	e := t.works("jana", "resting", "Bird counts")
	t.amended("jana", e)
	does(t, "jana", "pauseEngagement", engagement.PauseEngagement, engagement.PauseEngagementInput{
		EngagementID: e, ExpectedRevision: t.revision(e), Reason: "I have examinations for a week.",
	})
	t.talked()
}

// inMilestones is work whose fee is split: in one offer that waits, in one that
// was declined, and in work of which the first half is paid.
func (t *teller) inMilestones() {
	b := quarried("milestones", "Maps of two pits")
	b.seats, b.deliverables = 3, []string{"Map of the north pit", "Map of the south pit"}
	p := t.publish(b)
	north := t.find("planned-milestones-1", func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.PlannedDeliverable.Query().Where(planneddeliverable.MicroProjectID(p), planneddeliverable.Position(1)).OnlyID(ctx)
	})
	half := func(title string, waits ...gid.ID) *milestone.MilestoneInput {
		return &milestone.MilestoneInput{Title: title, Amount: money.Input{Amount: "125.00", Currency: "USD"}, PlannedDeliverableIDs: waits}
	}
	for _, who := range []string{"elka", "cira", "abel"} {
		t.apply(who, b.name)
		t.offer("otto", who, b.name, t.today(), t.today().Plus(21), half("The north pit", north), half("The south pit"))
	}
	declined, taken := t.world.IDs["offer-milestones-cira"], t.world.IDs["offer-milestones-abel"]
	does(t, "cira", "declineOffer", engagement.DeclineOffer, engagement.DeclineOfferInput{OfferID: declined, ExpectedRevision: t.revision(declined)})
	done := does(t, "abel", "acceptOffer", engagement.AcceptOffer, engagement.AcceptOfferInput{OfferID: taken, ExpectedRevision: t.revision(taken)})
	t.named("engagement-milestones", done.EngagementID)
	t.prepare("otto", "otto", "abel", b.name)
	t.start("abel", b.name)
	t.handIn("abel", b.name, 1)
	t.accept("otto", b.name, 1)
	does(t, "otto", "pauseMicroProject", project.PauseMicroProject, project.PauseMicroProjectInput{MicroProjectID: p, ExpectedRevision: t.revision(p)})
}

// hires are jobs that are talked about, and two that came to nothing.
func (t *teller) hires() {
	accepted := t.proposed(t.worked("jana", "accepted-job", "Gate log"))
	does(t, "jana", "acceptHireConversion", hire.AcceptHireConversion, hire.AcceptHireConversionInput{
		HireConversionID: accepted, ExpectedRevision: t.revision(accepted),
	})
	declined := t.proposed(t.worked("kofi", "declined-job", "Rail log"))
	does(t, "kofi", "declineHireConversion", hire.DeclineHireConversion, hire.DeclineHireConversionInput{
		HireConversionID: declined, ExpectedRevision: t.revision(declined), Reason: ptr("I stay at university."),
	})
	withdrawn := t.proposed(t.worked("lila", "withdrawn-job", "Water log"))
	does(t, "otto", "withdrawHireConversion", hire.WithdrawHireConversion, hire.WithdrawHireConversionInput{
		HireConversionID: withdrawn, ExpectedRevision: t.revision(withdrawn), Reason: "The post was cut.",
	})
	does(t, "otto", "signalHireInterest", hire.SignalHireInterest, hire.SignalHireInterestInput{
		EngagementID: t.worked("abel", "interest", "Stone samples"), Kind: hireconversion.KindContract, JobTitle: "Geologist", StartsOn: t.today().Plus(90),
	})
}

// references are asked for, and answered in every way.
func (t *teller) references() {
	given, retracted := t.asks("jana", "accepted-job", "For the grant office."), t.asks("kofi", "declined-job", "For my master's degree.")
	for _, id := range []gid.ID{given, retracted} {
		does(t, "otto", "giveReference", reference.GiveReference, reference.GiveReferenceInput{
			ReferenceID: id, ExpectedRevision: t.revision(id), Text: "Works with care, asks early, and hands in on the day.",
		})
	}
	does(t, "otto", "retractReference", reference.RetractReference, reference.RetractReferenceInput{
		ReferenceID: retracted, ExpectedRevision: t.revision(retracted), Reason: "I wrote it about somebody else.",
	})
	declined := t.asks("faye", "upheld", "A line would do.")
	does(t, "otto", "declineReference", reference.DeclineReference, reference.DeclineReferenceInput{
		ReferenceID: declined, ExpectedRevision: t.revision(declined),
	})
	withdrawn := t.asks("lila", "withdrawn-job", "For an application.")
	does(t, "lila", "withdrawReferenceRequest", reference.WithdrawReferenceRequest, reference.WithdrawReferenceRequestInput{
		ReferenceID: withdrawn, ExpectedRevision: t.revision(withdrawn),
	})
	t.asks("hana", "issued", "I know that it was not my best.")
	t.shown()
}

// shown are portfolio items that a talent hid, and removed.
func (t *teller) shown() {
	for i, title := range []string{"Stone collection", "Map of a cave"} {
		item := t.named("portfolio-"+string(rune('1'+i)), does(t, "jana", "addPortfolioItem", credential.AddPortfolioItem, credential.AddPortfolioItemInput{
			Title: title, Summary: "Done on weekends with the geology club.",
			Results: []*credential.MeasuredResultInput{{Metric: "finds", Value: "40", Unit: "pieces"}},
		}))
		if i == 0 {
			does(t, "jana", "publishPortfolioItem", credential.PublishPortfolioItem, credential.PublishPortfolioItemInput{
				PortfolioItemID: item, ExpectedRevision: t.revision(item),
			})
			does(t, "jana", "hidePortfolioItem", credential.HidePortfolioItem, credential.HidePortfolioItemInput{
				PortfolioItemID: item, ExpectedRevision: t.revision(item),
			})
			continue
		}
		does(t, "jana", "removePortfolioItem", credential.RemovePortfolioItem, credential.RemovePortfolioItemInput{
			PortfolioItemID: item, ExpectedRevision: t.revision(item),
		})
	}
}

// inAbeyance is work about which something is wrong: money that did not arrive or
// went back, and disputes.
func (t *teller) inAbeyance() {
	t.worked("kofi", "not-paid", "Drill log")
	record := t.world.IDs["payment-not-paid"]
	t.actors["the provider"] = viewer.System("a payment provider tells of money that it moves").In(t.home)
	does(t, "the provider", "paymentCallback", payment.Tell, payment.Told{
		EventID: "evt-archive-1", RecordID: record, Attempt: 1, State: paymentcallback.StateFailed,
		Failure: "The account is closed.", OccurredAt: t.clock.now().Add(time.Minute),
	})
	settled, ended := t.disputed("cira", "settled", "Noise readings"), t.disputed("dano", "refunded", "Shift plans")
	does(t, "olga", "resolveDispute", engagement.ResolveDispute, engagement.ResolveDisputeInput{
		DisputeID: settled, ExpectedRevision: t.revision(settled), TalentSide: dollars("150.00"), WorkGoesOn: true, Note: "Half of the readings came late.",
	})
	does(t, "olga", "resolveDispute", engagement.ResolveDispute, engagement.ResolveDisputeInput{
		DisputeID: ended, ExpectedRevision: t.revision(ended), TalentSide: dollars("0.00"), Note: "Nothing was begun.",
	})
	t.disputed("elka", "disputed", "Old contracts")
	offered := t.disputed("abel", "mediated", "Licence fees")
	does(t, "otto", "proposeDisputeResolution", engagement.ProposeDisputeResolution, engagement.ProposeDisputeResolutionInput{
		DisputeID: offered, ExpectedRevision: t.revision(offered), TalentSide: dollars("200.00"), WorkGoesOn: true,
	})
}

func dollars(amount money.Decimal) money.Input { return money.Input{Amount: amount, Currency: "USD"} }

// disputed is work that somebody disagrees on.
func (t *teller) disputed(who, name, title string) gid.ID {
	e := t.works(who, name, title)
	does(t, who, "openDispute", engagement.OpenDispute, engagement.OpenDisputeInput{
		EngagementID: e, ExpectedRevision: t.revision(e), Reason: "I am asked for twice as much as we agreed on.",
	})
	return t.find("dispute-"+name, func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.Dispute.Query().Where(dispute.EngagementID(e)).OnlyID(ctx)
	})
}

// amended is work whose terms both sides talk about.
func (t *teller) amended(who string, e gid.ID) {
	propose := func(by string) gid.ID {
		return does(t, by, "proposeAmendment", amendment.ProposeAmendment, amendment.ProposeAmendmentInput{
			EngagementID: e, ExpectedRevision: t.revision(e), Reason: "It takes less than we thought.",
			AddedDeliverables: []*amendment.AddedDeliverableInput{
				{Title: "A page of summary", AcceptanceCriterion: "A stranger understands it.", DueOn: t.today().Plus(2)},
			},
		})
	}
	accepted := propose(who)
	does(t, "otto", "acceptAmendment", amendment.AcceptAmendment, amendment.AcceptAmendmentInput{AmendmentID: accepted, ExpectedRevision: t.revision(accepted)})
	declined := propose("otto")
	does(t, who, "declineAmendment", amendment.DeclineAmendment, amendment.DeclineAmendmentInput{
		AmendmentID: declined, ExpectedRevision: t.revision(declined), Reason: "One page is enough.",
	})
	withdrawn := propose("otto")
	does(t, "otto", "withdrawAmendment", amendment.WithdrawAmendment, amendment.WithdrawAmendmentInput{
		AmendmentID: withdrawn, ExpectedRevision: t.revision(withdrawn),
	})
	propose(who)
	t.hop(8)
	propose(who)
	given := does(t, who, "draftWorklogEntry", worklog.DraftWorklogEntry, worklog.DraftWorklogEntryInput{
		EngagementID: e, WorkedOn: t.today(), Minutes: 30, Note: "Counted at the wrong pond.",
	})
	does(t, who, "discardWorklogEntry", worklog.DiscardWorklogEntry, worklog.DiscardWorklogEntryInput{WorklogEntryID: given, ExpectedRevision: t.revision(given)})
}

// talked are three messages that somebody reported.
func (t *teller) talked() {
	for i, body := range []string{"Send me your bank details.", "Do you have a car?", "You must answer on Sundays too."} {
		message := does(t, "otto", "sendMessage", conversation.SendMessage, conversation.SendMessageInput{
			ApplicationID: ptr(t.world.IDs["application-resting-jana"]), Body: body,
		})
		report := t.named("message-report-"+string(rune('1'+i)), does(t, "jana", "reportMessage", conversation.ReportMessage, conversation.ReportMessageInput{
			MessageID: message, Reason: messagereport.ReasonOther,
		}))
		switch i {
		case 0:
			does(t, "olga", "upholdMessageReport", conversation.UpholdMessageReport, conversation.UpholdMessageReportInput{
				MessageReportID: report, ExpectedRevision: t.revision(report), Finding: "Nobody is asked for them in a message.",
			})
		case 1:
			does(t, "olga", "dismissMessageReport", conversation.DismissMessageReport, conversation.DismissMessageReportInput{
				MessageReportID: report, ExpectedRevision: t.revision(report), Finding: "The pit lies far from a bus.",
			})
		}
	}
}

// postings are projects that wait, rest or ran out, with those who applied.
func (t *teller) postings() {
	asked := quarried("asked", "Neighbours' complaints")
	asked.fee, asked.hours = "150.00", 10
	t.submit(asked)
	request := t.world.IDs["request-asked"]
	does(t, "olga", "requestMicroProjectChanges", project.RequestMicroProjectChanges, project.RequestMicroProjectChangesInput{
		PostingRequestID: request, ExpectedRevision: t.revision(request), Question: "Why is it fifteen dollars an hour?",
	})
	t.publish(quarried("withdrawn", "Photographs of employees"))
	t.find("request-withdrawn", func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.PostingRequest.Query().Where(postingrequest.MicroProjectID(t.world.IDs["project-withdrawn"])).OnlyID(ctx)
	})
	request = t.world.IDs["request-withdrawn"]
	does(t, "olga", "withdrawPostingApproval", project.WithdrawPostingApproval, project.WithdrawPostingApprovalInput{
		PostingRequestID: request, ExpectedRevision: t.revision(request), Reason: "The employees were not asked.",
	})
	t.inHand()
}

// inHand is a project that takes nobody new while its owner looks at those who
// came: one of each kind.
func (t *teller) inHand() {
	b := quarried("in-hand", "Safety signs")
	b.seats = 2
	p := t.publish(b)
	for _, who := range []string{"abel", "bola", "cira", "dano", "elka", "faye", "gero"} {
		t.apply(who, "in-hand")
	}
	reviewed, shortlisted := t.world.IDs["application-in-hand-abel"], t.world.IDs["application-in-hand-bola"]
	does(t, "otto", "reviewApplication", application.ReviewApplication, application.ReviewApplicationInput{
		ApplicationID: reviewed, ExpectedRevision: t.revision(reviewed),
	})
	does(t, "otto", "shortlistApplication", application.ShortlistApplication, application.ShortlistApplicationInput{
		ApplicationID: shortlisted, ExpectedRevision: t.revision(shortlisted),
	})
	soon := t.clock.now().AddDate(0, 0, 3)
	t.proposeInterview("cira", soon)
	t.interview("otto", "dano", "in-hand", soon)
	t.proposeInterview("elka", soon)
	gone := t.world.IDs["application-in-hand-elka"]
	does(t, "elka", "withdrawApplication", engagement.WithdrawApplication, application.WithdrawApplicationInput{
		ApplicationID: gone, ExpectedRevision: t.revision(gone),
	})
	declined := t.offer("otto", "faye", "in-hand", t.today().Plus(1), t.today().Plus(21))
	does(t, "faye", "declineOffer", engagement.DeclineOffer, engagement.DeclineOfferInput{OfferID: declined, ExpectedRevision: t.revision(declined)})
	withdrawn := t.offer("otto", "gero", "in-hand", t.today().Plus(1), t.today().Plus(21))
	does(t, "otto", "withdrawOffer", engagement.WithdrawOffer, engagement.WithdrawOfferInput{
		OfferID: withdrawn, ExpectedRevision: t.revision(withdrawn), Reason: "We found that we need somebody on the spot.",
	})
	does(t, "otto", "pauseMicroProject", project.PauseMicroProject, project.PauseMicroProjectInput{MicroProjectID: p, ExpectedRevision: t.revision(p)})
	t.called()
}

// called is a project that its owner called off before the work began.
func (t *teller) called() {
	p := t.publish(quarried("called-off", "Hand-drawn plans"))
	t.hire("otto", "cira", "called-off", t.today().Plus(1), t.today().Plus(21))
	does(t, "otto", "cancelMicroProject", project.CancelMicroProject, project.CancelMicroProjectInput{
		MicroProjectID: p, ExpectedRevision: t.revision(p), Reason: "The plans were found.",
	})
}

func (t *teller) proposeInterview(who string, at time.Time) {
	a := t.world.IDs["application-in-hand-"+who]
	does(t, "otto", "scheduleInterview", application.ScheduleInterview, application.ScheduleInterviewInput{
		ApplicationID: a, ExpectedRevision: t.revision(a),
		Slots: []*application.InterviewSlotInput{{StartsAt: at, DurationMinutes: 30, Place: "At the gate"}},
	})
}
