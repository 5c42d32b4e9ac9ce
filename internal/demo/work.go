package demo

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// brief is what the story needs to know of a project.
type brief struct {
	name, owner, title string
	about              string
	hours, seats       int
	fee                money.Decimal
	skills             []string
	campus             bool   // for the university's talents alone
	pool               string // the funding pool that pays, by its name in the story
	deliverables       []string
	applyBy            *time.Time
	payModel           *microproject.PayModel
}

// draft writes a project down.
func (t *teller) draft(b brief) gid.ID {
	in := project.DraftMicroProjectInput{
		Title: b.title, Brief: b.about, Hours: b.hours, Fee: money.Input{Amount: b.fee, Currency: "USD"}, Seats: &b.seats,
		Workplace: microproject.WorkplaceRemote, ApplyBy: b.applyBy, PayModel: b.payModel, OccupationID: ptr(t.world.IDs["occupation"]),
	}
	if b.campus {
		in.Audience, in.InstitutionIDs = ptr(microproject.AudienceInstitutions), []gid.ID{t.world.IDs["university"]}
		in.BreakWindow = &calendar.Window{StartsOn: t.day("2026-12-14"), EndsOn: t.day("2027-01-08")}
	}
	if b.pool != "" {
		in.FundingPoolID = ptr(t.world.IDs[b.pool])
	}
	for _, name := range b.skills {
		in.SkillIDs = append(in.SkillIDs, t.world.IDs[name])
	}
	for _, title := range b.deliverables {
		in.Deliverables = append(in.Deliverables, &project.PlannedDeliverableInput{
			Title: title, AcceptanceCriterion: "It answers the question of the brief, and somebody else could repeat it.",
		})
	}
	return t.named("project-"+b.name, does(t, b.owner, "draftMicroProject", project.DraftMicroProject, in))
}

// submit asks for approval, and names the platform's request.
func (t *teller) submit(b brief) gid.ID {
	id := t.draft(b)
	does(t, b.owner, "submitMicroProjectForApproval", project.SubmitMicroProjectForApproval, project.SubmitMicroProjectForApprovalInput{
		MicroProjectID: id, ExpectedRevision: t.revision(id),
	})
	t.find("request-"+b.name, func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.PostingRequest.Query().Where(postingrequest.MicroProjectID(id), postingrequest.BodyID(t.home)).OnlyID(ctx)
	})
	return id
}

// publish opens a project to applications.
func (t *teller) publish(b brief) gid.ID {
	id := t.submit(b)
	done := does(t, b.owner, "publishMicroProject", project.PublishMicroProject, project.PublishMicroProjectInput{
		MicroProjectID: id, ExpectedRevision: t.revision(id),
	})
	t.named("listing-"+b.name, done.ListingID)
	return id
}

// apply lets a talent apply to a project.
func (t *teller) apply(who, name string) gid.ID {
	return t.named("application-"+name+"-"+who, does(t, who, "applyToMicroProject", application.ApplyToMicroProject, application.ApplyToMicroProjectInput{
		MicroProjectID: t.world.IDs["project-"+name], Note: "I have done something like this in class and would like to do it for real.",
	}))
}

// offer makes an applicant an offer, in milestones or for one sum.
func (t *teller) offer(recruiter, who, name string, starts, ends calendar.Date, milestones ...*milestone.MilestoneInput) gid.ID {
	a := t.world.IDs["application-"+name+"-"+who]
	done := does(t, recruiter, "extendOffer", engagement.ExtendOffer, engagement.ExtendOfferInput{
		ApplicationID: a, ExpectedRevision: t.revision(a), StartsOn: starts, EndsOn: ends, Message: ptr("We would like to work with you."),
		Milestones: milestones,
	})
	return t.named("offer-"+name+"-"+who, done.OfferID)
}

// invite asks a talent to apply to a project.
func (t *teller) invite(recruiter, who, name string) {
	t.named("invitation-"+name+"-"+who, does(t, recruiter, "inviteTalentToApply", application.InviteTalentToApply, application.InviteTalentToApplyInput{
		MicroProjectID: t.world.IDs["project-"+name], TalentProfileID: t.world.IDs[who],
		Message: ptr("You took your application back in September. We would still like to hear from you."),
	}))
}

// interview lets an employer and an applicant agree on when to talk.
func (t *teller) interview(recruiter, who, name string, at time.Time) {
	a := t.world.IDs["application-"+name+"-"+who]
	done := does(t, recruiter, "scheduleInterview", application.ScheduleInterview, application.ScheduleInterviewInput{
		ApplicationID: a, ExpectedRevision: t.revision(a), Slots: []*application.InterviewSlotInput{
			{StartsAt: at, DurationMinutes: 30, Place: "By video: we send the address the day before."},
			{StartsAt: at.AddDate(0, 0, 1), DurationMinutes: 30, Place: "By telephone"},
		},
	})
	i := t.named("interview-"+name+"-"+who, done.InterviewID)
	does(t, who, "chooseInterviewSlot", application.ChooseInterviewSlot, application.ChooseInterviewSlotInput{
		InterviewID: i, ExpectedRevision: t.revision(i), Slot: 1,
	})
}

// hire takes a talent from application to an accepted offer.
func (t *teller) hire(recruiter, who, name string, starts, ends calendar.Date) gid.ID {
	t.apply(who, name)
	o := t.offer(recruiter, who, name, starts, ends)
	done := does(t, who, "acceptOffer", engagement.AcceptOffer, engagement.AcceptOfferInput{OfferID: o, ExpectedRevision: t.revision(o)})
	t.find("payment-"+name, func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.PaymentRecord.Query().Where(paymentrecord.SubjectID(o)).OnlyID(ctx)
	})
	return t.named("engagement-"+name, done.EngagementID)
}

// prepare signs every document and confirms the kick-off.
func (t *teller) prepare(recruiter, supervisor, who, name string) {
	t.agreements(name, t.world.IDs["offer-"+name+"-"+who], func(a *ent.Agreement) {
		for _, signer := range []string{recruiter, who} {
			does(t, signer, "signAgreement", engagement.SignAgreement, engagement.SignAgreementInput{
				AgreementID: a.ID, ExpectedRevision: t.revision(a.ID), TextHash: a.TextHash,
			})
		}
	})
	e := t.world.IDs["engagement-"+name]
	does(t, supervisor, "confirmKickOff", engagement.ConfirmKickOff, engagement.ConfirmKickOffInput{
		EngagementID: e, ExpectedRevision: t.revision(e), Communication: "A call on Mondays, messages in between",
		TimeZone: "America/Phoenix",
	})
}

func (t *teller) agreements(name string, offer gid.ID, sign func(*ent.Agreement)) {
	if t.failed != nil {
		return
	}
	all, err := t.db.Read.Agreement.Query().Where(agreement.OfferID(offer)).Order(ent.Asc(agreement.FieldKind)).All(t.ctx)
	if err != nil {
		t.failed = err
		return
	}
	for _, a := range all {
		t.named("agreement-"+name+"-"+agreementNames[a.Kind], a.ID)
		if sign != nil {
			sign(a)
		}
	}
}

var agreementNames = map[agreement.Kind]string{
	agreement.KindContractorTerms: "terms", agreement.KindIPAssignment: "ip", agreement.KindNonDisclosure: "nda",
}

// start begins the work and names its deliverables, from 1.
func (t *teller) start(who, name string) {
	e := t.world.IDs["engagement-"+name]
	does(t, who, "startEngagement", engagement.StartEngagement, engagement.StartEngagementInput{EngagementID: e, ExpectedRevision: t.revision(e)})
	if t.failed != nil {
		return
	}
	all, err := t.db.Read.Deliverable.Query().Where(deliverable.EngagementID(e)).Order(ent.Asc(deliverable.FieldPosition)).All(t.ctx)
	if err != nil {
		t.failed = err
		return
	}
	for _, d := range all {
		t.named(deliverableName(name, d.Position), d.ID)
	}
}

func deliverableName(name string, position int) string {
	return "deliverable-" + name + "-" + string(rune('0'+position))
}

// handIn submits a deliverable.
func (t *teller) handIn(who, name string, position int) {
	d := t.world.IDs[deliverableName(name, position)]
	done := does(t, who, "submitDeliverable", engagement.SubmitDeliverable, engagement.SubmitDeliverableInput{
		DeliverableID: d, ExpectedRevision: t.revision(d), Note: ptr("Here it is, with the raw data."),
		Links: []string{"https://files.example/" + name + ".pdf"},
	})
	t.named("submission-"+name, done.SubmissionID)
}

// accept takes a deliverable as it was handed in.
func (t *teller) accept(supervisor, name string, position int) {
	d := t.world.IDs[deliverableName(name, position)]
	does(t, supervisor, "acceptDeliverable", engagement.AcceptDeliverable, engagement.AcceptDeliverableInput{
		DeliverableID: d, ExpectedRevision: t.revision(d),
	})
}

// workUpTo takes a talent from application to everything accepted.
func (t *teller) workUpTo(recruiter, supervisor, who string, b brief, month time.Month, day int) {
	t.on(month, day)
	starts := calendar.On(t.clock.now())
	t.publish(b)
	t.hire(recruiter, who, b.name, starts, starts.Plus(21))
	t.prepare(recruiter, supervisor, who, b.name)
	t.start(who, b.name)
	for i := range b.deliverables {
		t.handIn(who, b.name, i+1)
		t.accept(supervisor, b.name, i+1)
	}
}

// complete ends the work well.
func (t *teller) complete(supervisor, name string) {
	e := t.world.IDs["engagement-"+name]
	does(t, supervisor, "completeEngagement", engagement.CompleteEngagement, engagement.CompleteEngagementInput{
		EngagementID: e, ExpectedRevision: t.revision(e),
	})
}
