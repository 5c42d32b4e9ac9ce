package graph

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/applicationquestion"
	"github.com/rung-dev/rung/ent/gen/ent/applicationstudy"
	"github.com/rung-dev/rung/ent/gen/ent/conversation"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/dispute"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpool"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpooladmission"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/ent/gen/ent/interview"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/message"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/notification"
	"github.com/rung-dev/rung/ent/gen/ent/occupation"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/offerdocument"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/gen/ent/person"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioitem"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioskill"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/projectinstitution"
	"github.com/rung-dev/rung/ent/gen/ent/projectskill"
	"github.com/rung-dev/rung/ent/gen/ent/reference"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/ent/gen/ent/submission"
	"github.com/rung-dev/rung/ent/gen/ent/talentlabel"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/ent/gen/ent/term"
	"github.com/rung-dev/rung/ent/gen/ent/thankyounote"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/career/directory"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/hire"
	"github.com/rung-dev/rung/internal/career/policy"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// What several resolver files read: rows by their ids, as the viewer sees them.

func (r *Resolver) people(ctx context.Context, ids []gid.ID) ([]*ent.Person, error) {
	return r.DB.Read.Person.Query().Where(person.IDIn(ids...)).All(ctx)
}

func personID(p *ent.Person) gid.ID { return p.ID }

func (r *Resolver) notifications(ctx context.Context, ids []gid.ID) ([]*ent.Notification, error) {
	return r.DB.Read.Notification.Query().Where(notification.IDIn(ids...)).All(ctx)
}

func notificationID(n *ent.Notification) gid.ID { return n.ID }

// memberships are the seats in which people act, the oldest first.
func (r *Resolver) memberships(ctx context.Context, people []gid.ID) ([]*ent.Membership, error) {
	return r.DB.Read.Membership.Query().Where(membership.PersonIDIn(people...), membership.StatusEQ(membership.StatusActive)).
		Order(ent.Asc(membership.FieldCreatedAt, membership.FieldID)).All(ctx)
}

func (r *Resolver) skills(ctx context.Context, ids []gid.ID) ([]*ent.Skill, error) {
	return r.DB.Read.Skill.Query().Where(skill.IDIn(ids...)).All(ctx)
}

func skillID(s *ent.Skill) gid.ID { return s.ID }

func (r *Resolver) occupations(ctx context.Context, ids []gid.ID) ([]*ent.Occupation, error) {
	return r.DB.Read.Occupation.Query().Where(occupation.IDIn(ids...)).All(ctx)
}

func occupationID(o *ent.Occupation) gid.ID { return o.ID }

func (r *Resolver) institutions(ctx context.Context, ids []gid.ID) ([]*ent.Institution, error) {
	return r.DB.Read.Institution.Query().Where(institution.IDIn(ids...)).All(ctx)
}

func institutionID(i *ent.Institution) gid.ID { return i.ID }

func (r *Resolver) institutionLinks(ctx context.Context, ids []gid.ID) ([]*ent.InstitutionLink, error) {
	return r.DB.Read.InstitutionLink.Query().Where(institutionlink.IDIn(ids...)).All(ctx)
}

func institutionLinkID(l *ent.InstitutionLink) gid.ID { return l.ID }

func (r *Resolver) terms(ctx context.Context, ids []gid.ID) ([]*ent.Term, error) {
	return r.DB.Read.Term.Query().Where(term.IDIn(ids...)).All(ctx)
}

func termID(t *ent.Term) gid.ID { return t.ID }

// termsOf are institutions' terms, the earliest first.
func (r *Resolver) termsOf(ctx context.Context, institutions []gid.ID) ([]*ent.Term, error) {
	return r.DB.Read.Term.Query().Where(term.InstitutionIDIn(institutions...)).
		Order(ent.Asc(term.FieldStartsOn, term.FieldID)).All(ctx)
}

// directoryNotices are those of institutions that stand.
func (r *Resolver) directoryNotices(ctx context.Context, institutions []gid.ID) ([]*ent.DirectoryNotice, error) {
	return directory.Live(ctx, r.DB, institutions)
}

// postingPolicies are the rules of institutions that hold now.
func (r *Resolver) postingPolicies(ctx context.Context, parents []*ent.Institution) ([][]*ent.PostingPolicy, error) {
	return level(ctx, parents, func(all []*ent.Institution) ([][]*ent.PostingPolicy, error) {
		return policy.OfInstitutions(ctx, r.DB, all)
	})
}

func (r *Resolver) requests(ctx context.Context, ids []gid.ID) ([]*ent.PostingRequest, error) {
	return r.DB.Read.PostingRequest.Query().Where(postingrequest.IDIn(ids...)).All(ctx)
}

func postingRequestID(q *ent.PostingRequest) gid.ID { return q.ID }

func (r *Resolver) employers(ctx context.Context, ids []gid.ID) ([]*ent.Employer, error) {
	return r.DB.Read.Employer.Query().Where(employer.IDIn(ids...)).All(ctx)
}

func employerID(e *ent.Employer) gid.ID { return e.ID }

func (r *Resolver) talents(ctx context.Context, ids []gid.ID) ([]*ent.TalentProfile, error) {
	return r.DB.Read.TalentProfile.Query().Where(talentprofile.IDIn(ids...)).All(ctx)
}

func talentID(t *ent.TalentProfile) gid.ID { return t.ID }

// declaredSkills are what talents declare, by the skills' names.
func (r *Resolver) declaredSkills(ctx context.Context, talents []gid.ID) ([]*ent.DeclaredSkill, error) {
	return r.DB.Read.DeclaredSkill.Query().Where(declaredskill.TalentIDIn(talents...)).
		Order(declaredskill.BySkillField(skill.FieldNameFolded), declaredskill.ByID()).All(ctx)
}

// talentLabels are those that the viewer's organisation keeps by talents, by name.
func (r *Resolver) talentLabels(ctx context.Context, talents []gid.ID) ([]*ent.TalentLabel, error) {
	return r.DB.Read.TalentLabel.Query().Where(talentlabel.TalentIDIn(talents...)).
		Order(ent.Asc(talentlabel.FieldNameFolded, talentlabel.FieldID)).All(ctx)
}

// educationRecords are what talents studied, in the order in which they say so.
func (r *Resolver) educationRecords(ctx context.Context, talents []gid.ID) ([]*ent.EducationRecord, error) {
	return r.DB.Read.EducationRecord.Query().Where(educationrecord.TalentIDIn(talents...)).
		Order(ent.Asc(educationrecord.FieldCreatedAt, educationrecord.FieldID)).All(ctx)
}

// affiliationsOf are talents' ties to institutions, the oldest first.
func (r *Resolver) affiliationsOf(ctx context.Context, talents []gid.ID) ([]*ent.Affiliation, error) {
	return r.DB.Read.Affiliation.Query().Where(affiliation.TalentIDIn(talents...)).
		Order(ent.Asc(affiliation.FieldCreatedAt, affiliation.FieldID)).All(ctx)
}

// paymentsFor is the money of offers.
func (r *Resolver) paymentsFor(ctx context.Context, offers []gid.ID) ([]*ent.PaymentRecord, error) {
	return r.DB.Read.PaymentRecord.Query().Where(paymentrecord.SubjectIDIn(offers...)).All(ctx)
}

// payments is the money of those ids.
func (r *Resolver) payments(ctx context.Context, ids []gid.ID) ([]*ent.PaymentRecord, error) {
	return r.DB.Read.PaymentRecord.Query().Where(paymentrecord.IDIn(ids...)).All(ctx)
}

// milestonesOf are the instalments of offers' fees, in order.
func (r *Resolver) milestonesOf(ctx context.Context, offers []gid.ID) ([]*ent.Milestone, error) {
	return r.DB.Read.Milestone.Query().Where(milestone.OfferIDIn(offers...)).
		Order(ent.Asc(milestone.FieldPosition, milestone.FieldID)).All(ctx)
}

// milestonesPaidBy are what payments pay, in order.
func (r *Resolver) milestonesPaidBy(ctx context.Context, payments []gid.ID) ([]*ent.Milestone, error) {
	return r.DB.Read.Milestone.Query().Where(milestone.PaymentRecordIDIn(payments...)).
		Order(ent.Asc(milestone.FieldPosition, milestone.FieldID)).All(ctx)
}

// amendmentsOf are the changes proposed to engagements, the oldest first.
func (r *Resolver) amendmentsOf(ctx context.Context, engagements []gid.ID) ([]*ent.Amendment, error) {
	return r.DB.Read.Amendment.Query().Where(amendment.EngagementIDIn(engagements...)).
		Order(ent.Asc(amendment.FieldProposedAt, amendment.FieldID)).All(ctx)
}

// disputesOf are the disputes about engagements, the oldest first.
func (r *Resolver) disputesOf(ctx context.Context, engagements []gid.ID) ([]*ent.Dispute, error) {
	return r.DB.Read.Dispute.Query().Where(dispute.EngagementIDIn(engagements...)).
		Order(ent.Asc(dispute.FieldCreatedAt, dispute.FieldID)).All(ctx)
}

func (r *Resolver) fundingPools(ctx context.Context, ids []gid.ID) ([]*ent.FundingPool, error) {
	return r.DB.Read.FundingPool.Query().Where(fundingpool.IDIn(ids...)).All(ctx)
}

func fundingPoolID(p *ent.FundingPool) gid.ID { return p.ID }

// admissions are whom pools admit, in the order in which they were.
func (r *Resolver) admissions(ctx context.Context, pools []gid.ID) ([]*ent.FundingPoolAdmission, error) {
	return r.DB.Read.FundingPoolAdmission.Query().
		Where(fundingpooladmission.FundingPoolIDIn(pools...), fundingpooladmission.DismissedAtIsNil()).
		Order(ent.Asc(fundingpooladmission.FieldAdmittedAt, fundingpooladmission.FieldID)).All(ctx)
}

// ledger are the movements of payments, in order.
func (r *Resolver) ledger(ctx context.Context, payments []gid.ID) ([]*ent.LedgerEntry, error) {
	return r.DB.Read.LedgerEntry.Query().Where(ledgerentry.PaymentRecordIDIn(payments...)).
		Order(ent.Asc(ledgerentry.FieldOccurredAt, ledgerentry.FieldPosition, ledgerentry.FieldID)).All(ctx)
}

func (r *Resolver) microProjects(ctx context.Context, ids []gid.ID) ([]*ent.MicroProject, error) {
	return r.DB.Read.MicroProject.Query().Where(microproject.IDIn(ids...)).All(ctx)
}

func microProjectID(p *ent.MicroProject) gid.ID { return p.ID }

// projectSkills are what micro-projects ask for, with the skills, by their names.
func (r *Resolver) projectSkills(ctx context.Context, projects []gid.ID) ([]*ent.ProjectSkill, error) {
	return r.DB.Read.ProjectSkill.Query().Where(projectskill.MicroProjectIDIn(projects...)).
		Order(projectskill.BySkillField(skill.FieldNameFolded), projectskill.ByID()).WithSkill().All(ctx)
}

// projectInstitutions are whose talents micro-projects are meant for, with the
// institutions, by their names.
func (r *Resolver) projectInstitutions(ctx context.Context, projects []gid.ID) ([]*ent.ProjectInstitution, error) {
	return r.DB.Read.ProjectInstitution.Query().Where(projectinstitution.MicroProjectIDIn(projects...)).
		Order(projectinstitution.ByInstitutionField(institution.FieldNameFolded), projectinstitution.ByID()).
		WithInstitution().All(ctx)
}

// plannedDeliverables are micro-projects' plans, in order.
func (r *Resolver) plannedDeliverables(ctx context.Context, projects []gid.ID) ([]*ent.PlannedDeliverable, error) {
	return r.DB.Read.PlannedDeliverable.Query().Where(planneddeliverable.MicroProjectIDIn(projects...)).
		Order(ent.Asc(planneddeliverable.FieldPosition, planneddeliverable.FieldID)).All(ctx)
}

// applicationQuestions are what micro-projects ask those who apply, in order.
func (r *Resolver) applicationQuestions(ctx context.Context, projects []gid.ID) ([]*ent.ApplicationQuestion, error) {
	return r.DB.Read.ApplicationQuestion.Query().Where(applicationquestion.MicroProjectIDIn(projects...)).
		Order(ent.Asc(applicationquestion.FieldPosition, applicationquestion.FieldID)).All(ctx)
}

// postingRequests are the decisions on micro-projects, the first asked first.
func (r *Resolver) postingRequests(ctx context.Context, projects []gid.ID) ([]*ent.PostingRequest, error) {
	return r.DB.Read.PostingRequest.Query().Where(postingrequest.MicroProjectIDIn(projects...)).
		Order(ent.Asc(postingrequest.FieldCreatedAt, postingrequest.FieldID)).All(ctx)
}

func (r *Resolver) applications(ctx context.Context, ids []gid.ID) ([]*ent.Application, error) {
	return r.DB.Read.Application.Query().Where(application.IDIn(ids...)).All(ctx)
}

func applicationID(a *ent.Application) gid.ID { return a.ID }

// studiesOf are what talents studied, as they shared it by applying.
func (r *Resolver) studiesOf(ctx context.Context, applications []gid.ID) ([]*ent.ApplicationStudy, error) {
	return r.DB.Read.ApplicationStudy.Query().Where(applicationstudy.ApplicationIDIn(applications...)).
		Order(ent.Asc(applicationstudy.FieldPosition, applicationstudy.FieldID)).All(ctx)
}

// interviewsOn are the interviews proposed on applications, the newest first.
func (r *Resolver) interviewsOn(ctx context.Context, applications []gid.ID) ([]*ent.Interview, error) {
	return r.DB.Read.Interview.Query().Where(interview.ApplicationIDIn(applications...)).
		Order(ent.Desc(interview.FieldProposedAt, interview.FieldID)).All(ctx)
}

func (r *Resolver) offers(ctx context.Context, ids []gid.ID) ([]*ent.Offer, error) {
	return r.DB.Read.Offer.Query().Where(offer.IDIn(ids...)).All(ctx)
}

func offerID(o *ent.Offer) gid.ID { return o.ID }

// offersOn are the offers made on applications, the newest first.
func (r *Resolver) offersOn(ctx context.Context, applications []gid.ID) ([]*ent.Offer, error) {
	return r.DB.Read.Offer.Query().Where(offer.ApplicationIDIn(applications...)).
		Order(ent.Desc(offer.FieldSentAt, offer.FieldID)).All(ctx)
}

// agreements are the documents of accepted offers, in the order of signing.
func (r *Resolver) agreements(ctx context.Context, offers []gid.ID) ([]*ent.Agreement, error) {
	rows, err := r.DB.Read.Agreement.Query().Where(agreement.OfferIDIn(offers...)).All(ctx)
	slices.SortFunc(rows, func(a, b *ent.Agreement) int { return engagement.BySigning(a.Kind, b.Kind) })
	return rows, err
}

// offerDocuments are the documents that offers have, in the order of signing.
func (r *Resolver) offerDocuments(ctx context.Context, offers []gid.ID) ([]*ent.OfferDocument, error) {
	rows, err := r.DB.Read.OfferDocument.Query().Where(offerdocument.OfferIDIn(offers...)).All(ctx)
	slices.SortFunc(rows, func(a, b *ent.OfferDocument) int { return engagement.BySigning(a.Kind, b.Kind) })
	return rows, err
}

func (r *Resolver) agreementTemplates(ctx context.Context, ids []gid.ID) ([]*ent.AgreementTemplate, error) {
	return r.DB.Read.AgreementTemplate.Query().Where(agreementtemplate.IDIn(ids...)).All(ctx)
}

func agreementTemplateID(t *ent.AgreementTemplate) gid.ID { return t.ID }

func (r *Resolver) engagements(ctx context.Context, ids []gid.ID) ([]*ent.Engagement, error) {
	return r.DB.Read.Engagement.Query().Where(entengagement.IDIn(ids...)).All(ctx)
}

func engagementID(e *ent.Engagement) gid.ID { return e.ID }

// engagementsOf is the work that offers led to.
func (r *Resolver) engagementsOf(ctx context.Context, offers []gid.ID) ([]*ent.Engagement, error) {
	return r.DB.Read.Engagement.Query().Where(entengagement.OfferIDIn(offers...)).All(ctx)
}

func (r *Resolver) deliverables(ctx context.Context, ids []gid.ID) ([]*ent.Deliverable, error) {
	return r.DB.Read.Deliverable.Query().Where(deliverable.IDIn(ids...)).All(ctx)
}

func deliverableID(d *ent.Deliverable) gid.ID { return d.ID }

// deliverablesOf are what engagements hand in, in order.
func (r *Resolver) deliverablesOf(ctx context.Context, engagements []gid.ID) ([]*ent.Deliverable, error) {
	return r.DB.Read.Deliverable.Query().Where(deliverable.EngagementIDIn(engagements...)).
		Order(ent.Asc(deliverable.FieldPosition, deliverable.FieldID)).All(ctx)
}

// submissions are the hand-ins of deliverables, the latest first.
func (r *Resolver) submissions(ctx context.Context, deliverables []gid.ID) ([]*ent.Submission, error) {
	return r.DB.Read.Submission.Query().Where(submission.DeliverableIDIn(deliverables...)).
		Order(ent.Desc(submission.FieldNumber, submission.FieldID)).All(ctx)
}

// evaluationsOf are the evaluations of engagements, the oldest first.
func (r *Resolver) evaluationsOf(ctx context.Context, engagements []gid.ID) ([]*ent.Evaluation, error) {
	return r.DB.Read.Evaluation.Query().Where(evaluation.EngagementIDIn(engagements...)).
		Order(ent.Asc(evaluation.FieldSubmittedAt, evaluation.FieldID)).All(ctx)
}

// portfolioItemsOf are the portfolio entries made of deliverables.
func (r *Resolver) portfolioItemsOf(ctx context.Context, deliverables []gid.ID) ([]*ent.PortfolioItem, error) {
	return r.DB.Read.PortfolioItem.Query().Where(portfolioitem.DeliverableIDIn(deliverables...)).All(ctx)
}

// portfolioSkills are what portfolio items show, with the skills, by their names.
func (r *Resolver) portfolioSkills(ctx context.Context, items []gid.ID) ([]*ent.PortfolioSkill, error) {
	return r.DB.Read.PortfolioSkill.Query().Where(portfolioskill.PortfolioItemIDIn(items...)).
		Order(portfolioskill.BySkillField(skill.FieldNameFolded), portfolioskill.ByID()).WithSkill().All(ctx)
}

func portfolioItemID(i *ent.PortfolioItem) gid.ID { return i.ID }

// referencesAfter are the references asked for after engagements, in order.
func (r *Resolver) referencesAfter(ctx context.Context, engagements []gid.ID) ([]*ent.Reference, error) {
	return r.DB.Read.Reference.Query().Where(reference.EngagementIDIn(engagements...)).
		Order(ent.Asc(reference.FieldRequestedAt, reference.FieldID)).All(ctx)
}

// worklogEntries are those of the ids.
func (r *Resolver) worklogEntries(ctx context.Context, ids []gid.ID) ([]*ent.WorklogEntry, error) {
	return r.DB.Read.WorklogEntry.Query().Where(worklogentry.IDIn(ids...)).All(ctx)
}

func worklogEntryID(w *ent.WorklogEntry) gid.ID { return w.ID }

// thankYouNotesOf are how the sides of engagements thanked each other, in order.
func (r *Resolver) thankYouNotesOf(ctx context.Context, engagements []gid.ID) ([]*ent.ThankYouNote, error) {
	return r.DB.Read.ThankYouNote.Query().Where(thankyounote.EngagementIDIn(engagements...)).
		Order(ent.Asc(thankyounote.FieldSentAt, thankyounote.FieldID)).All(ctx)
}

func (r *Resolver) conversations(ctx context.Context, ids []gid.ID) ([]*ent.Conversation, error) {
	return r.DB.Read.Conversation.Query().Where(conversation.IDIn(ids...)).All(ctx)
}

func conversationID(c *ent.Conversation) gid.ID { return c.ID }

// conversationsAbout are what the two sides of applications write to each other.
func (r *Resolver) conversationsAbout(ctx context.Context, applications []gid.ID) ([]*ent.Conversation, error) {
	return r.DB.Read.Conversation.Query().Where(conversation.ApplicationIDIn(applications...)).All(ctx)
}

func (r *Resolver) messages(ctx context.Context, ids []gid.ID) ([]*ent.Message, error) {
	return r.DB.Read.Message.Query().Where(message.IDIn(ids...)).All(ctx)
}

func messageID(m *ent.Message) gid.ID { return m.ID }

// hiresAfter are the jobs proposed after engagements, the newest first.
func (r *Resolver) hiresAfter(ctx context.Context, engagements []gid.ID) ([]*ent.HireConversion, error) {
	return r.DB.Read.HireConversion.Query().Where(hireconversion.EngagementIDIn(engagements...)).
		Order(ent.Desc(hireconversion.FieldProposedAt, hireconversion.FieldID)).All(ctx)
}

func hireConversionID(h *ent.HireConversion) gid.ID { return h.ID }

// hireSources are what was said of jobs, the earliest first.
func (r *Resolver) hireSources(ctx context.Context, hires []gid.ID) ([]*ent.HireReport, error) {
	return hire.Sources(ctx, r.DB, hires)
}

// sum is money as rows keep it.
func sum(minor int64, currency string) *money.Money {
	return &money.Money{Minor: minor, Currency: money.Currency(currency)}
}

// sumLater is money that a row may not have.
func sumLater(minor *int64, currency *string) *money.Money {
	if minor == nil || currency == nil {
		return nil
	}
	return sum(*minor, *currency)
}

// filesOf are the files of submissions, in the order in which they were given.
func (r *Resolver) filesOf(ctx context.Context, submissions []gid.ID) ([]*ent.Upload, error) {
	return r.DB.Read.Upload.Query().Where(upload.SubmissionIDIn(submissions...)).
		Order(ent.Asc(upload.FieldPosition, upload.FieldID)).All(ctx)
}

// filesOfMessages are those that an operator has not removed.
func (r *Resolver) filesOfMessages(ctx context.Context, messages []gid.ID) ([]*ent.Upload, error) {
	return r.DB.Read.Upload.Query().Where(upload.MessageIDIn(messages...), upload.StatusEQ(upload.StatusReady)).
		Order(ent.Asc(upload.FieldPosition, upload.FieldID)).All(ctx)
}
