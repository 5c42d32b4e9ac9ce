package access_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// planet is one world with a story in it: Ada, of the university, did a
// micro-project for Acme. Eve, Evil Inc and the college have no part in it.
type planet struct {
	world, ada, eve, acme, evil, university, college, project, engagement, deliverable gid.ID
	viewers                                                                            map[string]viewer.Viewer
}

func request(ctx context.Context, v viewer.Viewer) context.Context {
	return viewer.WithRequest(viewer.With(ctx, v), &viewer.Request{ID: "r", Verb: "tellStory"})
}

func system(ctx context.Context) context.Context {
	return viewer.With(ctx, viewer.System("a test looks at everything"))
}

// tell makes the planet's rows. The skill and the occupation are everybody's.
func tell(t *testing.T, db *store.DB, world, skill gid.ID) planet {
	t.Helper()
	ctx := request(t.Context(), viewer.System("a test tells a story").In(world))
	p := planet{world: world, viewers: map[string]viewer.Viewer{"the anonymous": viewer.Public().In(world), "nobody": {}}}
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p.introduce(ctx, tx)
		p.post(ctx, tx, skill)
		p.work(ctx, tx, skill)
		return gid.None, event.Record(ctx, tx, event.Event{Kind: event.HireProposed, Subject: p.project, Parties: []gid.ID{p.acme, p.ada}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// introduce makes the people, whom they act for, and what ties them together.
func (p *planet) introduce(ctx context.Context, tx *store.Tx) {
	c := tx.System("a test tells a story")
	person := func(name string) gid.ID { return c.Person.Create().SetName(name).SaveX(ctx).ID }
	talent := func(name string) gid.ID {
		of := person(name)
		id := c.TalentProfile.Create().SetWorldID(p.world).SetPersonID(of).SetLegalName(name).SaveX(ctx).ID
		p.viewers[name] = viewer.Viewer{
			Kind: viewer.Talent, World: p.world, Person: of, Talent: id, Role: viewer.RoleTalent, Scopes: viewer.ScopesOf(viewer.RoleTalent),
		}
		return id
	}
	member := func(name string, kind viewer.Kind, org gid.ID, role viewer.Role) {
		of := person(name)
		c.Membership.Create().SetWorldID(p.world).SetPersonID(of).SetOrganizationID(org).SetRole(membership.Role(role)).ExecX(ctx)
		p.viewers[name] = viewer.Viewer{Kind: kind, World: p.world, Person: of, Org: org, Role: role, Scopes: viewer.ScopesOf(role)}
	}
	institution := func(name string) gid.ID {
		return c.Institution.Create().SetWorldID(p.world).SetName(name).SetNameFolded(name).SetCountryCode("DE").SetStatus("OPEN").SaveX(ctx).ID
	}
	company := func(name string, status employer.Status) gid.ID {
		return c.Employer.Create().SetWorldID(p.world).SetName(name).SetNameFolded(name).SetOrigin("REGISTERED").SetStatus(status).SaveX(ctx).ID
	}
	p.ada, p.eve = talent("Ada"), talent("Eve")
	p.acme, p.evil = company("acme", "VERIFIED"), company("evil", "PENDING")
	p.university, p.college = institution("university"), institution("college")
	member("Acme's owner", viewer.EmployerMember, p.acme, viewer.RoleOwner)
	member("Acme's supervisor", viewer.EmployerMember, p.acme, viewer.RoleSupervisor)
	member("Evil's owner", viewer.EmployerMember, p.evil, viewer.RoleOwner)
	member("the university's adviser", viewer.CareerStaff, p.university, viewer.RoleViewer)
	member("the college's adviser", viewer.CareerStaff, p.college, viewer.RoleViewer)
	member("the operator", viewer.Operator, p.world, viewer.RoleOperator)

	c.Identity.Create().SetPersonID(p.viewers["Ada"].Person).SetIssuer("https://issuer.example").SetSubject(p.ada.String()).ExecX(ctx)
	c.MemberInvitation.Create().SetWorldID(p.world).SetOrganizationID(p.acme).SetInvitedByID(p.viewers["Acme's owner"].Person).
		SetEmail("ida@acme.example").SetEmailFolded("ida@acme.example").SetRole("RECRUITER").SetTokenHash("h" + p.world.String()).
		SetSentAt(tx.Now).SetExpiresAt(tx.Now.Add(time.Hour)).ExecX(ctx)
	c.InstitutionLink.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetInstitutionID(p.university).
		SetRequestedAt(tx.Now).SetDecidedAt(tx.Now).SetStatus("APPROVED").ExecX(ctx)
	staff := p.viewers["the university's adviser"].Person
	c.Term.Create().SetWorldID(p.world).SetInstitutionID(p.university).SetName("break").SetStartsOn("2026-12-14").SetEndsOn("2027-01-08").
		SetKind("BREAK").SetRecordedByID(staff).ExecX(ctx)
	c.PostingPolicy.Create().SetWorldID(p.world).SetBodyID(p.university).SetInstitutionID(p.university).SetRuleID("rule").
		SetConditions([]byte("[]")).SetSeverity("WARN").SetMessage("m").SetActiveFrom(tx.Now).ExecX(ctx)
	c.Flag.Create().SetWorldID(p.world).SetInstitutionID(p.university).SetEmployerOrgID(p.acme).SetRaisedByID(staff).SetReason("r").ExecX(ctx)
	c.Affiliation.Create().SetWorldID(p.world).SetTalentID(p.ada).SetInstitutionID(p.university).SetStatus("CONFIRMED").SetClaimedName("Ada").ExecX(ctx)
	c.EducationRecord.Create().SetTalentID(p.ada).SetInstitutionID(p.university).SetLevel("BACHELOR").SetMajor("Mathematics").ExecX(ctx)
}

// post makes Acme's micro-project, as it was submitted and published.
func (p *planet) post(ctx context.Context, tx *store.Tx, skill gid.ID) {
	c := tx.System("a test tells a story")
	c.DeclaredSkill.Create().SetTalentID(p.ada).SetSkillID(skill).SetLevel("ADVANCED").SetDeclaredAt(tx.Now).ExecX(ctx)
	for _, keeper := range []gid.ID{p.acme, p.university} {
		c.TalentLabel.Create().SetOwnerOrgID(keeper).SetTalentID(p.ada).SetName("l").SetNameFolded("l").
			SetPutByID(p.viewers["Acme's owner"].Person).SetPutAt(tx.Now).ExecX(ctx)
	}
	p.project = c.MicroProject.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).
		SetDraftedByID(p.viewers["Acme's owner"].Person).SetTitle("t").SetTitleFolded("t").SetBrief("b").SetStatus("IN_PROGRESS").SetHours(10).
		SetFeeMinor(50_000).SetCurrency("USD").SetWorkplace("REMOTE").SetAudience("INSTITUTIONS").SetPublishedAt(tx.Now).SaveX(ctx).ID
	c.ProjectSkill.Create().SetMicroProjectID(p.project).SetEmployerOrgID(p.acme).SetSkillID(skill).ExecX(ctx)
	c.ProjectInstitution.Create().SetMicroProjectID(p.project).SetEmployerOrgID(p.acme).SetInstitutionID(p.university).ExecX(ctx)
	for body, institution := range map[gid.ID]gid.ID{p.world: gid.None, p.university: p.university} {
		asked := c.PostingRequest.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetMicroProjectID(p.project).
			SetBodyID(body).SetStatus("APPROVED").SetDecidedBy("SYSTEM").SetRequestedAt(tx.Now).SetDecidedAt(tx.Now)
		if !institution.IsNone() {
			asked.SetInstitutionID(institution)
		}
		asked.ExecX(ctx)
	}
	p.list(ctx, tx)
	p.program(ctx, tx)
}

// list makes the posting for the university's talents, one for everybody, and
// templates: Acme's own, one of the platform's and one that it removed.
func (p *planet) list(ctx context.Context, tx *store.Tx) {
	c := tx.System("a test tells a story")
	posting := func() *ent.ListingCreate {
		return c.Listing.Create().SetWorldID(p.world).SetEmployerOrgID(p.acme).SetStatus("OPEN").SetTitle("t").
			SetTitleFolded("t").SetEmployerName("acme").SetWorkplace("REMOTE").SetPublishedAt(tx.Now)
	}
	posting().SetMicroProjectID(p.project).SetSource("RUNG").SetAudience("INSTITUTIONS").ExecX(ctx)
	posting().SetReference("r").SetSource("ELSEWHERE").ExecX(ctx)
	template := func(owner gid.ID) *ent.ProjectTemplateCreate {
		return c.ProjectTemplate.Create().SetWorldID(p.world).SetOwnerOrgID(owner).SetName("t").SetNameFolded("t").
			SetContent([]byte("{}")).SetKeptByID(p.viewers["Acme's owner"].Person)
	}
	template(p.acme).SetEmployerOrgID(p.acme).ExecX(ctx)
	template(p.world).ExecX(ctx)
	template(p.world).SetRemovedAt(tx.Now).ExecX(ctx)
}

// apply makes what belongs to Ada's application.
func (p *planet) apply(ctx context.Context, tx *store.Tx, application, skill gid.ID) {
	c := tx.System("a test tells a story")
	c.ApplicationQuestion.Create().SetMicroProjectID(p.project).SetEmployerOrgID(p.acme).SetPosition(1).SetKind("TEXT").SetText("q").
		SetIsRequired(true).SetChoices([]string{}).ExecX(ctx)
	c.ApplicationStudy.Create().SetApplicationID(application).SetEmployerOrgID(p.acme).SetTalentID(p.ada).SetInstitutionID(p.university).
		SetPosition(1).SetLevel("BACHELOR").SetMajor("m").SetMajorFolded("m").ExecX(ctx)
	c.ApplicationSkill.Create().SetApplicationID(application).SetEmployerOrgID(p.acme).SetTalentID(p.ada).SetSkillID(skill).ExecX(ctx)
	c.Interview.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetMicroProjectID(p.project).SetApplicationID(application).
		SetTalentID(p.ada).SetSlots([]schema.Slot{}).SetProposedAt(tx.Now).ExecX(ctx)
	c.Invitation.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetMicroProjectID(p.project).SetTalentID(p.ada).
		SetInvitedByID(p.viewers["Acme's owner"].Person).SetSentAt(tx.Now).SetExpiresAt(tx.Now.Add(time.Hour)).ExecX(ctx)
}

// work makes what followed, from application to hire.
func (p *planet) work(ctx context.Context, tx *store.Tx, skill gid.ID) {
	c := tx.System("a test tells a story")
	plan := c.PlannedDeliverable.Create().SetMicroProjectID(p.project).SetEmployerOrgID(p.acme).SetPosition(1).SetTitle("t").SetAcceptanceCriterion("a").SaveX(ctx).ID
	application := c.Application.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetMicroProjectID(p.project).SetTalentID(p.ada).
		SetStatus("ACCEPTED").SetNote("n").SetPacketName("Ada").SetPacketResumeURL("https://a.example").SetPacketLinkedinURL("https://b.example").
		SetPacketSkills([]string{}).SetSubmittedAt(tx.Now).SaveX(ctx).ID
	p.apply(ctx, tx, application, skill)
	p.write(ctx, tx, application)
	offer := c.Offer.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetMicroProjectID(p.project).SetApplicationID(application).
		SetTalentID(p.ada).SetStatus("SIGNED").SetFeeMinor(50_000).SetCurrency("USD").SetHours(10).SetStartsOn("2026-11-24").SetEndsOn("2026-12-01").
		SetSeat(1).SetSentAt(tx.Now).SaveX(ctx).ID
	c.Agreement.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetOfferID(offer).SetTalentID(p.ada).
		SetKind("NON_DISCLOSURE").SetTextVersion(1).SetTextHash("h").ExecX(ctx)
	p.word(ctx, tx, offer)
	c.Milestone.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetOfferID(offer).SetTalentID(p.ada).
		SetPosition(1).SetTitle("t").SetAmountMinor(50_000).SetCurrency("USD").ExecX(ctx)
	p.engagement = c.Engagement.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetMicroProjectID(p.project).SetOfferID(offer).
		SetTalentID(p.ada).SetStatus("ACTIVE").SetStartsOn("2026-11-24").SetEndsOn("2026-12-01").SetStartedAt(tx.Now).SetDueDays([]schema.DueDay{}).SaveX(ctx).ID
	p.deliverable = c.Deliverable.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetEngagementID(p.engagement).
		SetPlannedDeliverableID(plan).SetTalentID(p.ada).SetPosition(1).SetTitle("t").SetAcceptanceCriterion("a").SetDueAt(tx.Now).SaveX(ctx).ID
	submission := c.Submission.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetDeliverableID(p.deliverable).SetTalentID(p.ada).
		SetNumber(1).SetLinks([]string{}).SetSubmittedAt(tx.Now).SaveX(ctx).ID
	c.Upload.Create().SetWorldID(p.world).SetPersonID(p.viewers["Ada"].Person).SetTalentID(p.ada).SetName("a.txt").SetContentType("text/plain").
		SetSizeBytes(1).SetSha256("h").SetStatus("READY").SetExpiresAt(tx.Now).SetBlobKey("k").SetReceivedSha256("h").SetReceivedType("text/plain").
		SetSubmissionID(submission).SetPosition(1).ExecX(ctx)
	for status, at := range map[worklogentry.Status]*time.Time{"DRAFT": nil, "LOGGED": &tx.Now} {
		c.WorklogEntry.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetEngagementID(p.engagement).SetTalentID(p.ada).
			SetStatus(status).SetNillableLoggedAt(at).SetWorkedOn("2026-11-24").SetMinutes(60).SetNote("n").ExecX(ctx)
	}
	payment := c.PaymentRecord.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetTalentID(p.ada).SetSubjectID(offer).
		SetCurrency("USD").SetGrossMinor(50_000).SetTalentMinor(45_000).SetPlatformMinor(5_000).SetPlatformBasisPoints(1000).SetAuthorizedAt(tx.Now).SaveX(ctx).ID
	for account, amount := range map[ledgerentry.Account]int64{"EMPLOYER": -50_000, "AUTHORIZED": 50_000} {
		c.LedgerEntry.Create().SetWorldID(p.world).SetPaymentRecordID(payment).SetEmployerOrgID(p.acme).SetTalentID(p.ada).SetChangeID(tx.Change).
			SetAccount(account).SetAmountMinor(amount).SetCurrency("USD").SetOccurredAt(tx.Now).ExecX(ctx)
	}
	c.PaymentCallback.Create().SetWorldID(p.world).SetPaymentRecordID(payment).SetProviderEventID(p.world.String()).SetState("FAILED").SetAttempt(1).
		SetOccurredAt(tx.Now).SetReceivedAt(tx.Now).ExecX(ctx)
	pool := c.FundingPool.Create().SetWorldID(p.world).SetOwnerOrgID(p.university).SetInstitutionID(p.university).SetName("Fund").SetCurrency("USD").
		SetDepositedMinor(1).SetReservedMinor(0).SetSpentMinor(0).SaveX(ctx).ID
	c.FundingPoolAdmission.Create().SetWorldID(p.world).SetOwnerOrgID(p.university).SetFundingPoolID(pool).SetEmployerOrgID(p.acme).
		SetAdmittedByID(p.viewers["Acme's owner"].Person).SetAdmittedAt(tx.Now).ExecX(ctx)
	c.FundingPoolEntry.Create().SetWorldID(p.world).SetOwnerOrgID(p.university).SetFundingPoolID(pool).SetKind("DEPOSITED").SetAmountMinor(1).
		SetCurrency("USD").SetReference("r").SetOccurredAt(tx.Now).ExecX(ctx)
	c.Dispute.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetTalentID(p.ada).SetEngagementID(p.engagement).
		SetPaymentRecordID(payment).SetOpenedBy("EMPLOYER").SetOpenedByID(p.viewers["Acme's owner"].Person).SetReason("r").SetPriorStatus("ACTIVE").ExecX(ctx)
	for direction, author := range map[evaluation.Direction]string{"EMPLOYER_TO_TALENT": "Acme's owner", "TALENT_TO_EMPLOYER": "Ada"} {
		c.Evaluation.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetEngagementID(p.engagement).SetTalentID(p.ada).
			SetAuthorID(p.viewers[author].Person).SetDirection(direction).SetOverall("MEETS").SetCompetencies([]schema.CompetencyRating{}).
			SetPublicText("p").SetSubmittedAt(tx.Now).ExecX(ctx)
	}
	p.remember(ctx, tx, skill)
	p.open(ctx, tx)
	c.Strike.Create().SetWorldID(p.world).SetTalentID(p.ada).SetEngagementID(p.engagement).SetKind("GHOSTING").SetReport("r").
		SetIssuedAt(tx.Now).SetExpiresAt(tx.Now.Add(time.Hour)).ExecX(ctx)
	hire := c.HireConversion.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetEngagementID(p.engagement).SetMicroProjectID(p.project).
		SetTalentID(p.ada).SetKind("FULL_TIME").SetJobTitle("j").SetStartsOn("2027-01-01").SetProposedAt(tx.Now).SaveX(ctx).ID
	c.HireReport.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetTalentID(p.ada).SetHireConversionID(hire).
		SetSource("TALENT").SetKind("FULL_TIME").SetStartedOn("2027-01-01").SetConfidence("CERTAIN").SetReportedAt(tx.Now).ExecX(ctx)
	c.Job.Create().SetWorldID(p.world).SetKind("look").SetPayload(json.RawMessage("{}")).SetRunAt(tx.Now.Add(time.Hour)).ExecX(ctx)
	c.IdempotencyRecord.Create().SetID(mustID(tx)).SetActor("a").SetOrganizationID(p.world).SetVerb("v").SetKey("k").
		SetArgumentHash([]byte("h")).SetExpiresAt(tx.Now).ExecX(ctx)
}

// open makes what Ada let the college read and does no more, what an operator had
// open of the university's talents, and what was written down of both.
func (p *planet) open(ctx context.Context, tx *store.Tx) {
	c := tx.System("a test tells a story")
	c.Consent.Create().SetWorldID(p.world).SetTalentID(p.ada).SetRecipientClass("PARTNER_INSTITUTION").SetRecipientID(p.college).SetPurpose("ADVISING").
		SetStatement("s").SetStatus("WITHDRAWN").SetGrantedAt(tx.Now).SetExpiresAt(tx.Now.Add(time.Hour)).SetEndedAt(tx.Now).ExecX(ctx)
	c.Demographics.Create().SetWorldID(p.world).SetTalentID(p.ada).SetPurpose("OUTCOMES_REPORTING").SetDeclaredAt(tx.Now).ExecX(ctx)
	operator := p.viewers["the operator"].Person
	c.OperatorAccess.Create().SetWorldID(p.world).SetTenantID(p.university).SetPersonID(operator).SetReason("r").SetTicket("t").SetStatus("CLOSED").
		SetOpenedAt(tx.Now).SetExpiresAt(tx.Now.Add(time.Hour)).SetEndedAt(tx.Now).ExecX(ctx)
	c.Disclosure.Create().SetWorldID(p.world).SetTalentID(p.ada).SetPartyKind("EMPLOYER").SetPartyID(p.acme).SetPersonID(operator).SetPurpose("APPLICATION").
		SetFields([]string{"f"}).SetOccurredAt(tx.Now).ExecX(ctx)
	c.DirectoryNotice.Create().SetWorldID(p.world).SetInstitutionID(p.university).SetDesignated([]string{"NAME"}).SetKept([]string{}).
		SetNoticeURL("https://university.example/directory").SetAnnouncedAt(tx.Now).SetEffectiveAt(tx.Now.Add(time.Hour)).ExecX(ctx)
	c.AuditEntry.Create().SetWorldID(p.world).SetChangeID(tx.Change).SetOrganizationID(p.acme).SetVerb("v").SetSubjects([]gid.ID{}).
		SetChangedFields([]string{}).SetOutcome("DONE").SetOccurredAt(tx.Now).ExecX(ctx)
}

// word makes Acme's own texts: the one that Ada was offered, and one of before.
func (p *planet) word(ctx context.Context, tx *store.Tx, offer gid.ID) {
	c := tx.System("a test tells a story")
	text := func(version int) *ent.AgreementTemplateCreate {
		return c.AgreementTemplate.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetKind("NON_DISCLOSURE").
			SetVersion(version).SetTitle("t").SetText("t").SetTextHash("h").SetPublishedAt(tx.Now).SetPublishedByID(p.viewers["Acme's owner"].Person)
	}
	text(1).SetStatus("RETIRED").SetRetiredAt(tx.Now).ExecX(ctx)
	c.OfferDocument.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetOfferID(offer).SetTalentID(p.ada).
		SetKind("NON_DISCLOSURE").SetTextVersion(2).SetAgreementTemplateID(text(2).SaveX(ctx).ID).ExecX(ctx)
}

// program makes a client for which Acme answers, that asks the university, and what
// it calls Ada.
func (p *planet) program(ctx context.Context, tx *store.Tx) {
	c := tx.System("a test tells a story")
	client := c.ApiClient.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetPersonID(c.Person.Create().SetName("p").SaveX(ctx).ID).
		SetRegisteredByID(p.viewers["Acme's owner"].Person).SetName("c").SetNameFolded("c").SetPurpose("p").SetScopes([]string{}).SetOrigins([]string{}).SaveX(ctx).ID
	c.ClientSecret.Create().SetClientID(client).SetSlot(1).SetSecretHash("h").SetHint("h").SetCreatedAt(tx.Now).ExecX(ctx)
	c.ClientGrant.Create().SetWorldID(p.world).SetClientID(client).SetOwnerOrgID(p.acme).SetTenantOrgID(p.university).SetScopes([]string{}).ExecX(ctx)
	c.ClientUsage.Create().SetClientID(client).SetOwnerOrgID(p.acme).SetTenantOrgID(p.university).SetDay("2026-01-01").SetCoordinate("").ExecX(ctx)
	c.ExternalReference.Create().SetClientID(client).SetTenantOrgID(p.acme).SetNodeID(p.ada).SetNoun("tal").SetReference("r").SetCreatedAt(tx.Now).ExecX(ctx)
}

// write makes what Acme's owner wrote to Ada: two messages, one of which she reported.
func (p *planet) write(ctx context.Context, tx *store.Tx, application gid.ID) {
	c := tx.System("a test tells a story")
	conversation := c.Conversation.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetApplicationID(application).
		SetTalentID(p.ada).SetLastMessageAt(tx.Now).SaveX(ctx).ID
	message := func() gid.ID {
		return c.Message.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetConversationID(conversation).SetTalentID(p.ada).
			SetAuthorID(p.viewers["Acme's owner"].Person).SetSentBy("EMPLOYER").SetBody("b").SetLinks([]string{}).SetSentAt(tx.Now).SaveX(ctx).ID
	}
	message()
	c.MessageReport.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetMessageID(message()).SetTalentID(p.ada).
		SetReportedByID(p.viewers["Ada"].Person).SetSide("TALENT").SetReason("SPAM").SetReportedAt(tx.Now).ExecX(ctx)
	c.ReadMark.Create().SetEmployerOrgID(p.acme).SetConversationID(conversation).SetTalentID(p.ada).SetPersonID(p.viewers["Ada"].Person).
		SetSide("TALENT").SetReadThrough(tx.Now).SetReadAt(tx.Now).ExecX(ctx)
}

// remember makes what Ada shows of it, and what was said of her: some of it to
// herself and to Acme alone.
func (p *planet) remember(ctx context.Context, tx *store.Tx, skill gid.ID) {
	c := tx.System("a test tells a story")
	shown := c.PortfolioItem.Create().SetWorldID(p.world).SetTalentID(p.ada).SetEmployerOrgID(p.acme).SetEngagementID(p.engagement).SetDeliverableID(p.deliverable).
		SetTitle("t").SetSummary("s").SetResultMetric("m").SetResultValue("1").SetResultUnit("u").SaveX(ctx).ID
	hidden := c.PortfolioItem.Create().SetWorldID(p.world).SetTalentID(p.ada).SetStatus("HIDDEN").
		SetTitle("t").SetSummary("s").SetResultMetric("m").SetResultValue("1").SetResultUnit("u").SaveX(ctx).ID
	for _, item := range []gid.ID{shown, hidden} {
		c.PortfolioSkill.Create().SetPortfolioItemID(item).SetTalentID(p.ada).SetSkillID(skill).ExecX(ctx)
	}
	reference := func() *ent.ReferenceCreate {
		return c.Reference.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetEngagementID(p.engagement).SetTalentID(p.ada).
			SetAddressee("Acme's owner").SetMessage("m").SetRequestedAt(tx.Now).SetExpiresAt(tx.Now.Add(time.Hour))
	}
	given := func() *ent.ReferenceCreate {
		return reference().SetStatus("GIVEN").SetText("t").SetGivenAt(tx.Now).SetGivenByID(p.viewers["Acme's owner"].Person).SetMayBeShown(true)
	}
	reference().ExecX(ctx)
	given().ExecX(ctx)
	given().SetShownAt(tx.Now).ExecX(ctx)
	c.Amendment.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetEngagementID(p.engagement).SetTalentID(p.ada).
		SetProposedBy("TALENT").SetProposedByID(p.viewers["Ada"].Person).SetReason("r").SetProposedAt(tx.Now).SetAnswerBy(tx.Now.Add(time.Hour)).ExecX(ctx)
	c.ThankYouNote.Create().SetWorldID(p.world).SetOwnerOrgID(p.acme).SetEmployerOrgID(p.acme).SetEngagementID(p.engagement).SetTalentID(p.ada).
		SetAuthorID(p.viewers["Ada"].Person).SetSentBy("TALENT").SetText("t").SetSentAt(tx.Now).ExecX(ctx)
}

func mustID(tx *store.Tx) gid.ID {
	id, err := tx.NewID(gid.Idempotency)
	if err != nil {
		panic(err)
	}
	return id
}

// prepare makes a second world, and the shared lists.
func prepare(t *testing.T, db *store.DB) (sandbox, skill gid.ID) {
	t.Helper()
	ctx := request(t.Context(), viewer.System("a test tells a story"))
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		sandbox = tx.Client.World.Create().SetKind("SANDBOX").SetName("Sand").SaveX(ctx).ID
		skill = tx.Skill.Create().SetReference("go").SetName("Go").SetNameFolded("go").SetKind("SKILL").SetCategory("c").SaveX(ctx).ID
		tx.Occupation.Create().SetCode("1").SetTitle("o").SetTitleFolded("o").SetDescription("d").ExecX(ctx)
		return gid.None, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return sandbox, skill
}
