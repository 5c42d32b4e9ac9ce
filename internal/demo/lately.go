package demo

import (
	"context"
	"strconv"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	entconsent "github.com/rung-dev/rung/ent/gen/ent/consent"
	"github.com/rung-dev/rung/ent/gen/ent/demographics"
	"github.com/rung-dev/rung/ent/gen/ent/dispute"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/messagereport"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/paymentcallback"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/career/amendment"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/consent"
	"github.com/rung-dev/rung/internal/career/conversation"
	"github.com/rung-dev/rung/internal/career/credential"
	"github.com/rung-dev/rung/internal/career/directory"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/evaluation"
	"github.com/rung-dev/rung/internal/career/hire"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/oversight"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/pool"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/career/reference"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/career/template"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/viewer"
)

// lately is what stands where it stands today. What takes weeks to get there
// comes first.
func (t *teller) lately() {
	t.clock.move(Ended.AddDate(0, 0, t.shift-76))
	t.unanswered()
	t.consented()
	t.announced()
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
	t.announcedAnew()
	t.resting()
	t.worded()
	t.inMilestones()
	t.hires()
	t.references()
	t.inAbeyance()
	t.postings()
	t.condemned()
	t.programs()
	t.until(Ended.AddDate(0, 0, t.shift))
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

// worded are the quarry's own texts: a second version of one is what it has signed.
func (t *teller) worded() {
	for version, text := range []string{
		"What you see in the quarry stays in the quarry.",
		"What you see in the quarry stays in the quarry, until five years after the work.",
	} {
		t.named("template-"+string(rune('1'+version)), does(t, "otto", "publishAgreementTemplate", template.PublishAgreementTemplate, template.PublishAgreementTemplateInput{
			Kind: agreementtemplate.KindNonDisclosure, Title: "Quarry secrets", Text: text, ExpectedVersion: version,
		}))
	}
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
	t.withOpen("access-closed", t.world.IDs["quarry"], func() {
		does(t, "olga", "removeEvaluation", evaluation.RemoveEvaluation, evaluation.RemoveEvaluationInput{
			EvaluationID: removed, ExpectedRevision: t.revision(removed), Reason: "It is about somebody else's work.",
		})
	})
}

// consented are talents who let somebody read their profile: two still do, one has
// thought better of it, and of one the time is over. An operator looks into the
// records of one, and lets the hours run out.
func (t *teller) consented() {
	consents := func(who, recipient string, purpose entconsent.Purpose, days int) gid.ID {
		return t.named("consent-"+who, does(t, who, "recordConsent", consent.RecordConsent, consent.RecordConsentInput{
			RecipientID: t.world.IDs[recipient], Purpose: purpose, ExpiresAt: t.clock.now().AddDate(0, 0, days),
			Statement: "You may read my profile to see what would suit me.",
		}))
	}
	consents("jana", "other-university", entconsent.PurposeAdvising, 365)
	consents("gero", "harbor", entconsent.PurposeRecruiting, 365)
	consents("abel", "other-university", entconsent.PurposePlacement, 10)
	c := consents("elka", "harbor", entconsent.PurposeRecruiting, 365)
	does(t, "elka", "withdrawConsent", consent.WithdrawConsent, consent.WithdrawConsentInput{ConsentID: c, ExpectedRevision: t.revision(c)})
	yes := talent.AnswerYes
	does(t, "jana", "declareDemographics", talent.DeclareDemographics, talent.DeclareDemographicsInput{
		TalentProfileID: t.world.IDs["jana"], Gender: ptr("Woman"), FirstGeneration: &yes, Purpose: demographics.PurposeOutcomesReporting,
	})
	t.named("access-expired", does(t, "olga", "openOperatorAccess", oversight.OpenOperatorAccess, oversight.OpenOperatorAccessInput{
		TenantID: t.world.IDs["abel"], Reason: "He cannot find his application any more.", Ticket: "HELP-1", Hours: 1,
	}))
}

// announced is what two schools tell employers of their students: one thinks better
// of it. A student of the other opts out.
func (t *teller) announced() {
	for _, of := range []struct{ school, who string }{{"university", "grace"}, {"other-university", "nina"}} {
		t.named("notice-"+of.school, does(t, of.who, "announceDirectoryInformation", directory.AnnounceDirectoryInformation, directory.AnnounceDirectoryInformationInput{
			Fields: []directory.DirectoryField{directory.Name, directory.Headline}, NoticeURL: "https://" + of.school + ".example/directory-information",
		}))
	}
	withdrawn, optsOut := t.world.IDs["notice-other-university"], t.world.IDs["affiliation-dev"]
	does(t, "nina", "withdrawDirectoryInformation", directory.WithdrawDirectoryInformation, directory.WithdrawDirectoryInformationInput{
		DirectoryNoticeID: withdrawn, ExpectedRevision: t.revision(withdrawn),
	})
	does(t, "dev", "optOutOfDirectory", talent.OptOutOfDirectory, talent.OptOutOfDirectoryInput{
		AffiliationID: optsOut, ExpectedRevision: t.revision(optsOut),
	})
}

// announcedAnew is that a school wants to tell what its students study as well: of
// that they have yet to hear.
func (t *teller) announcedAnew() {
	t.named("notice-anew", does(t, "grace", "announceDirectoryInformation", directory.AnnounceDirectoryInformation, directory.AnnounceDirectoryInformationInput{
		Fields:    []directory.DirectoryField{directory.Name, directory.Major, directory.Headline},
		NoticeURL: "https://university.example/directory-information", ReplacesID: ptr(t.world.IDs["notice-university"]),
	}))
}

// withOpen lets an operator do something with the records of a tenant's talents
// open, and closes them again.
func (t *teller) withOpen(name string, tenant gid.ID, do func()) {
	a := t.named(name, does(t, "olga", "openOperatorAccess", oversight.OpenOperatorAccess, oversight.OpenOperatorAccessInput{
		TenantID: tenant, Reason: "Somebody told the platform of it, and it is looked into.", Ticket: "HELP-" + strconv.Itoa(t.steps), Hours: 2,
	}))
	do()
	does(t, "olga", "closeOperatorAccess", oversight.CloseOperatorAccess, oversight.CloseOperatorAccessInput{
		OperatorAccessID: a, ExpectedRevision: t.revision(a),
	})
}

// condemned is a talent whose conduct was found wanting twice; and a pool of the
// platform's is closed that nobody was admitted to.
func (t *teller) condemned() {
	t.withOpen("access-kofi", t.world.IDs["kofi"], func() {
		for _, name := range []string{"declined-job", "not-paid"} {
			does(t, "olga", "issueStrike", talent.IssueStrike, talent.IssueStrikeInput{
				TalentProfileID: t.world.IDs["kofi"], EngagementID: t.world.IDs["engagement-"+name],
				Report: "They brought somebody into the pit who had no business there.",
			})
		}
	})
	p := t.named("pool-closed", does(t, "olga", "openFundingPool", pool.OpenFundingPool, pool.OpenFundingPoolInput{
		Name: "First jobs in the quarries", Currency: "USD",
	}))
	does(t, "olga", "closeFundingPool", pool.CloseFundingPool, pool.CloseFundingPoolInput{FundingPoolID: p, ExpectedRevision: t.revision(p)})
}

// resting is work whose terms both sides talk about, and that rests.
func (t *teller) resting() {
	b := quarried("resting", "Bird counts")
	b.payModel = ptr(microproject.PayModelHourly)
	e := t.worksOn("jana", b)
	t.counted(e)
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

// counted is time on work that is paid by the hour: some is approved, some waits.
func (t *teller) counted(e gid.ID) {
	for _, minutes := range []int{120, 45} {
		w := does(t, "jana", "draftWorklogEntry", worklog.DraftWorklogEntry, worklog.DraftWorklogEntryInput{
			EngagementID: e, WorkedOn: t.today(), Minutes: minutes, Note: "Counted at the upper pond.",
		})
		does(t, "jana", "logWorklogEntry", worklog.LogWorklogEntry, worklog.LogWorklogEntryInput{WorklogEntryID: w, ExpectedRevision: t.revision(w)})
		if minutes == 120 {
			does(t, "otto", "approveWorklogEntry", worklog.ApproveWorklogEntry, worklog.ApproveWorklogEntryInput{
				WorklogEntryID: w, ExpectedRevision: t.revision(w),
			})
		}
	}
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
	more := does(t, who, "proposeAmendment", amendment.ProposeAmendment, amendment.ProposeAmendmentInput{
		EngagementID: e, ExpectedRevision: t.revision(e), Reason: "There is a second pond.", Hours: ptr(12), AddedFee: ptr(dollars("50.00")),
	})
	does(t, "otto", "acceptAmendment", amendment.AcceptAmendment, amendment.AcceptAmendmentInput{AmendmentID: more, ExpectedRevision: t.revision(more)})
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
	asked.fee = "150.00"
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
