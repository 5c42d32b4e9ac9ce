package graph

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/applicationquestion"
	"github.com/rung-dev/rung/ent/gen/ent/auditentry"
	"github.com/rung-dev/rung/ent/gen/ent/clientgrant"
	"github.com/rung-dev/rung/ent/gen/ent/consent"
	"github.com/rung-dev/rung/ent/gen/ent/conversation"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/directorynotice"
	"github.com/rung-dev/rung/ent/gen/ent/disclosure"
	"github.com/rung-dev/rung/ent/gen/ent/dispute"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/flag"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpool"
	"github.com/rung-dev/rung/ent/gen/ent/fundingpoolentry"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/ent/gen/ent/interview"
	"github.com/rung-dev/rung/ent/gen/ent/invitation"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/memberinvitation"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/message"
	"github.com/rung-dev/rung/ent/gen/ent/messagereport"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/notification"
	"github.com/rung-dev/rung/ent/gen/ent/occupation"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/operatoraccess"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/gen/ent/person"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/ent/gen/ent/portfolioitem"
	"github.com/rung-dev/rung/ent/gen/ent/postingpolicy"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/projecttemplate"
	"github.com/rung-dev/rung/ent/gen/ent/reference"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/ent/gen/ent/submission"
	"github.com/rung-dev/rung/ent/gen/ent/talentlabel"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/ent/gen/ent/term"
	"github.com/rung-dev/rung/ent/gen/ent/thankyounote"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// mostNodes is how many ids `nodes` takes.
const mostNodes = 100

// finder reads the nodes of one noun that the viewer may see.
type finder func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error)

// found turns rows into nodes by id.
func found[T any](rows []*T, err error, id func(*T) gid.ID) (map[gid.ID]gid.Node, error) {
	nodes := make(map[gid.ID]gid.Node, len(rows))
	for _, row := range rows {
		nodes[id(row)] = row
	}
	return nodes, err
}

// finders has a line for each type that implements Node.
var finders = map[gid.Noun]finder{
	gid.Term: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Term.Query().Where(term.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Term) gid.ID { return x.ID })
	},
	gid.PostingPolicy: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.PostingPolicy.Query().Where(postingpolicy.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.PostingPolicy) gid.ID { return x.ID })
	},
	gid.Flag: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Flag.Query().Where(flag.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Flag) gid.ID { return x.ID })
	},
	gid.Audit: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.AuditEntry.Query().Where(auditentry.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.AuditEntry) gid.ID { return x.ID })
	},
	gid.OperatorAccess: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.OperatorAccess.Query().Where(operatoraccess.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.OperatorAccess) gid.ID { return x.ID })
	},
	gid.Consent: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Consent.Query().Where(consent.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Consent) gid.ID { return x.ID })
	},
	gid.DirectoryNotice: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.DirectoryNotice.Query().Where(directorynotice.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.DirectoryNotice) gid.ID { return x.ID })
	},
	gid.Disclosure: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Disclosure.Query().Where(disclosure.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Disclosure) gid.ID { return x.ID })
	},
	gid.Strike: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Strike.Query().Where(strike.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Strike) gid.ID { return x.ID })
	},
	gid.Affiliation: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Affiliation.Query().Where(affiliation.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Affiliation) gid.ID { return x.ID })
	},
	gid.Agreement: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Agreement.Query().Where(agreement.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Agreement) gid.ID { return x.ID })
	},
	gid.ProjectTemplate: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.ProjectTemplate.Query().Where(projecttemplate.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.ProjectTemplate) gid.ID { return x.ID })
	},
	gid.TalentLabel: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.TalentLabel.Query().Where(talentlabel.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.TalentLabel) gid.ID { return x.ID })
	},
	gid.AgreementTemplate: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.AgreementTemplate.Query().Where(agreementtemplate.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.AgreementTemplate) gid.ID { return x.ID })
	},
	gid.Application: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Application.Query().Where(application.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Application) gid.ID { return x.ID })
	},
	gid.ApplicationQuestion: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.ApplicationQuestion.Query().Where(applicationquestion.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.ApplicationQuestion) gid.ID { return x.ID })
	},
	gid.Deliverable: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Deliverable.Query().Where(deliverable.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Deliverable) gid.ID { return x.ID })
	},
	gid.Education: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.EducationRecord.Query().Where(educationrecord.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.EducationRecord) gid.ID { return x.ID })
	},
	gid.Employer: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Employer.Query().Where(employer.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Employer) gid.ID { return x.ID })
	},
	gid.Engagement: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Engagement.Query().Where(engagement.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Engagement) gid.ID { return x.ID })
	},
	gid.Evaluation: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Evaluation.Query().Where(evaluation.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Evaluation) gid.ID { return x.ID })
	},
	gid.HireConversion: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.HireConversion.Query().Where(hireconversion.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.HireConversion) gid.ID { return x.ID })
	},
	gid.Institution: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Institution.Query().Where(institution.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Institution) gid.ID { return x.ID })
	},
	gid.InstitutionLink: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.InstitutionLink.Query().Where(institutionlink.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.InstitutionLink) gid.ID { return x.ID })
	},
	gid.Interview: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Interview.Query().Where(interview.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Interview) gid.ID { return x.ID })
	},
	gid.Invitation: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Invitation.Query().Where(invitation.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Invitation) gid.ID { return x.ID })
	},
	gid.LedgerEntry: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.LedgerEntry.Query().Where(ledgerentry.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.LedgerEntry) gid.ID { return x.ID })
	},
	gid.Listing: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Listing.Query().Where(listing.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Listing) gid.ID { return x.ID })
	},
	gid.Membership: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Membership.Query().Where(membership.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Membership) gid.ID { return x.ID })
	},
	gid.MemberInvitation: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.MemberInvitation.Query().Where(memberinvitation.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.MemberInvitation) gid.ID { return x.ID })
	},
	gid.MicroProject: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.MicroProject.Query().Where(microproject.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.MicroProject) gid.ID { return x.ID })
	},
	gid.Notification: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Notification.Query().Where(notification.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Notification) gid.ID { return x.ID })
	},
	gid.Occupation: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Occupation.Query().Where(occupation.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Occupation) gid.ID { return x.ID })
	},
	gid.Offer: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Offer.Query().Where(offer.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Offer) gid.ID { return x.ID })
	},
	gid.FundingPool: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.FundingPool.Query().Where(fundingpool.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.FundingPool) gid.ID { return x.ID })
	},
	gid.FundingPoolEntry: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.FundingPoolEntry.Query().Where(fundingpoolentry.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.FundingPoolEntry) gid.ID { return x.ID })
	},
	gid.Dispute: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Dispute.Query().Where(dispute.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Dispute) gid.ID { return x.ID })
	},
	gid.Payment: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.PaymentRecord.Query().Where(paymentrecord.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.PaymentRecord) gid.ID { return x.ID })
	},
	gid.Person: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Person.Query().Where(person.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Person) gid.ID { return x.ID })
	},
	gid.PlannedDeliverable: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.PlannedDeliverable.Query().Where(planneddeliverable.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.PlannedDeliverable) gid.ID { return x.ID })
	},
	gid.PortfolioItem: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.PortfolioItem.Query().Where(portfolioitem.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.PortfolioItem) gid.ID { return x.ID })
	},
	gid.Milestone: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Milestone.Query().Where(milestone.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Milestone) gid.ID { return x.ID })
	},
	gid.Amendment: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Amendment.Query().Where(amendment.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Amendment) gid.ID { return x.ID })
	},
	gid.Reference: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Reference.Query().Where(reference.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Reference) gid.ID { return x.ID })
	},
	gid.WorklogEntry: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.WorklogEntry.Query().Where(worklogentry.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.WorklogEntry) gid.ID { return x.ID })
	},
	gid.ThankYouNote: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.ThankYouNote.Query().Where(thankyounote.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.ThankYouNote) gid.ID { return x.ID })
	},
	gid.Conversation: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Conversation.Query().Where(conversation.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Conversation) gid.ID { return x.ID })
	},
	gid.Message: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Message.Query().Where(message.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Message) gid.ID { return x.ID })
	},
	gid.MessageReport: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.MessageReport.Query().Where(messagereport.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.MessageReport) gid.ID { return x.ID })
	},
	gid.PostingRequest: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.PostingRequest.Query().Where(postingrequest.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.PostingRequest) gid.ID { return x.ID })
	},
	gid.Skill: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Skill.Query().Where(skill.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Skill) gid.ID { return x.ID })
	},
	gid.Submission: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Submission.Query().Where(submission.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Submission) gid.ID { return x.ID })
	},
	gid.Upload: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.Upload.Query().Where(upload.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.Upload) gid.ID { return x.ID })
	},
	gid.APIClient: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.ApiClient.Query().Where(apiclient.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.ApiClient) gid.ID { return x.ID })
	},
	gid.ClientGrant: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.ClientGrant.Query().Where(clientgrant.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.ClientGrant) gid.ID { return x.ID })
	},
	gid.World: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.World.Query().Where(world.IDIn(ids...), world.KindEQ(world.KindSandbox)).All(ctx)
		return found(rows, err, func(x *ent.World) gid.ID { return x.ID })
	},
	gid.Talent: func(ctx context.Context, read *ent.Client, ids []gid.ID) (map[gid.ID]gid.Node, error) {
		rows, err := read.TalentProfile.Query().Where(talentprofile.IDIn(ids...)).All(ctx)
		return found(rows, err, func(x *ent.TalentProfile) gid.ID { return x.ID })
	},
}

// nodes reads what ids name, one statement a noun.
func (r *Resolver) nodes(ctx context.Context, ids []gid.ID) (map[gid.ID]gid.Node, error) {
	byNoun := map[gid.Noun][]gid.ID{}
	for _, id := range ids {
		if !slices.Contains(byNoun[id.Noun()], id) {
			byNoun[id.Noun()] = append(byNoun[id.Noun()], id)
		}
	}
	all := map[gid.ID]gid.Node{}
	for noun, ids := range byNoun {
		find, known := finders[noun]
		if !known {
			continue // an id of something that is no node names nothing here
		}
		nodes, err := find(ctx, r.DB.Read, ids)
		if err != nil {
			return nil, err
		}
		for id, node := range nodes {
			all[id] = node
		}
	}
	return all, nil
}

func (r *Resolver) nodesInOrder(ctx context.Context, ids []gid.ID) ([]gid.Node, error) {
	if len(ids) > mostNodes {
		return nil, &fault.Request{Code: fault.CodeInvalidInput, Message: "Ask for at most 100 nodes at once."}
	}
	found, err := r.nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	nodes := make([]gid.Node, len(ids))
	for i, id := range ids {
		nodes[i] = found[id]
	}
	return nodes, nil
}

// nodesOf answers a field that is whatever node each parent names.
func nodesOf[P any](ctx context.Context, r *Resolver, parents []*P, names func(*P) gid.ID) ([]gid.Node, error) {
	return level(ctx, parents, func(all []*P) ([]gid.Node, error) {
		found, err := r.nodes(ctx, gid.Of(all, names))
		if err != nil {
			return nil, err
		}
		return each(all, func(p *P) gid.Node { return found[names(p)] })
	})
}

// organizationIn is the id where it names an employer or an institution, else none.
func organizationIn(id gid.ID) gid.ID {
	if id.Noun() == gid.Employer || id.Noun() == gid.Institution {
		return id
	}
	return gid.None
}

// talentIn is the id where it names a talent, else none.
func talentIn(id gid.ID) gid.ID {
	if id.Noun() == gid.Talent {
		return id
	}
	return gid.None
}

// organizations answers a field that is the employer or the institution that
// each parent names; the platform's world is neither.
func organizations[P any](ctx context.Context, r *Resolver, parents []*P, names func(*P) gid.ID) ([]gid.Organization, error) {
	ids := slices.DeleteFunc(gid.Of(parents, names), func(id gid.ID) bool { return id.Noun() == gid.World })
	found, err := r.nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	return each(parents, func(p *P) gid.Organization { return found[names(p)] })
}

func roleOf(v *viewer.Viewer) *string {
	if v.Role == viewer.RoleNone {
		return nil
	}
	role := string(v.Role)
	return &role
}

func scopesOf(v *viewer.Viewer) []viewer.Scope {
	scopes := []viewer.Scope{}
	for s := range v.Scopes {
		scopes = append(scopes, s)
	}
	slices.Sort(scopes)
	return scopes
}
