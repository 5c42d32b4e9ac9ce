package demo

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/gid"
)

// Revision reads what a row of any noun of the story stands at.
func Revision(ctx context.Context, read *ent.Client, id gid.ID) (int, error) {
	switch id.Noun() {
	case gid.Institution:
		return at(read.Institution.Get(ctx, id))(func(x *ent.Institution) int { return x.Revision })
	case gid.InstitutionLink:
		return at(read.InstitutionLink.Get(ctx, id))(func(x *ent.InstitutionLink) int { return x.Revision })
	case gid.PostingPolicy:
		return at(read.PostingPolicy.Get(ctx, id))(func(x *ent.PostingPolicy) int { return x.Revision })
	case gid.Flag:
		return at(read.Flag.Get(ctx, id))(func(x *ent.Flag) int { return x.Revision })
	case gid.Membership:
		return at(read.Membership.Get(ctx, id))(func(x *ent.Membership) int { return x.Revision })
	case gid.MemberInvitation:
		return at(read.MemberInvitation.Get(ctx, id))(func(x *ent.MemberInvitation) int { return x.Revision })
	case gid.Talent:
		return at(read.TalentProfile.Get(ctx, id))(func(x *ent.TalentProfile) int { return x.Revision })
	case gid.Employer:
		return at(read.Employer.Get(ctx, id))(func(x *ent.Employer) int { return x.Revision })
	case gid.Affiliation:
		return at(read.Affiliation.Get(ctx, id))(func(x *ent.Affiliation) int { return x.Revision })
	case gid.MicroProject:
		return at(read.MicroProject.Get(ctx, id))(func(x *ent.MicroProject) int { return x.Revision })
	case gid.PostingRequest:
		return at(read.PostingRequest.Get(ctx, id))(func(x *ent.PostingRequest) int { return x.Revision })
	case gid.Application:
		return at(read.Application.Get(ctx, id))(func(x *ent.Application) int { return x.Revision })
	case gid.Interview:
		return at(read.Interview.Get(ctx, id))(func(x *ent.Interview) int { return x.Revision })
	case gid.Invitation:
		return at(read.Invitation.Get(ctx, id))(func(x *ent.Invitation) int { return x.Revision })
	case gid.Offer:
		return at(read.Offer.Get(ctx, id))(func(x *ent.Offer) int { return x.Revision })
	case gid.Agreement:
		return at(read.Agreement.Get(ctx, id))(func(x *ent.Agreement) int { return x.Revision })
	case gid.Engagement:
		return at(read.Engagement.Get(ctx, id))(func(x *ent.Engagement) int { return x.Revision })
	case gid.Deliverable:
		return at(read.Deliverable.Get(ctx, id))(func(x *ent.Deliverable) int { return x.Revision })
	case gid.Evaluation:
		return at(read.Evaluation.Get(ctx, id))(func(x *ent.Evaluation) int { return x.Revision })
	case gid.PortfolioItem:
		return at(read.PortfolioItem.Get(ctx, id))(func(x *ent.PortfolioItem) int { return x.Revision })
	case gid.OperatorAccess:
		return at(read.OperatorAccess.Get(ctx, id))(func(x *ent.OperatorAccess) int { return x.Revision })
	case gid.DirectoryNotice:
		return at(read.DirectoryNotice.Get(ctx, id))(func(x *ent.DirectoryNotice) int { return x.Revision })
	case gid.Consent:
		return at(read.Consent.Get(ctx, id))(func(x *ent.Consent) int { return x.Revision })
	case gid.Strike:
		return at(read.Strike.Get(ctx, id))(func(x *ent.Strike) int { return x.Revision })
	case gid.Payment:
		return at(read.PaymentRecord.Get(ctx, id))(func(x *ent.PaymentRecord) int { return x.Revision })
	case gid.Dispute:
		return at(read.Dispute.Get(ctx, id))(func(x *ent.Dispute) int { return x.Revision })
	case gid.FundingPool:
		return at(read.FundingPool.Get(ctx, id))(func(x *ent.FundingPool) int { return x.Revision })
	case gid.APIClient:
		return at(read.ApiClient.Get(ctx, id))(func(x *ent.ApiClient) int { return x.Revision })
	case gid.ClientGrant:
		return at(read.ClientGrant.Get(ctx, id))(func(x *ent.ClientGrant) int { return x.Revision })
	case gid.ProjectTemplate:
		return at(read.ProjectTemplate.Get(ctx, id))(func(x *ent.ProjectTemplate) int { return x.Revision })
	case gid.AgreementTemplate:
		return at(read.AgreementTemplate.Get(ctx, id))(func(x *ent.AgreementTemplate) int { return x.Revision })
	case gid.Amendment:
		return at(read.Amendment.Get(ctx, id))(func(x *ent.Amendment) int { return x.Revision })
	case gid.WorklogEntry:
		return at(read.WorklogEntry.Get(ctx, id))(func(x *ent.WorklogEntry) int { return x.Revision })
	case gid.Reference:
		return at(read.Reference.Get(ctx, id))(func(x *ent.Reference) int { return x.Revision })
	case gid.MessageReport:
		return at(read.MessageReport.Get(ctx, id))(func(x *ent.MessageReport) int { return x.Revision })
	case gid.HireConversion:
		return at(read.HireConversion.Get(ctx, id))(func(x *ent.HireConversion) int { return x.Revision })
	}
	return 0, fmt.Errorf("the story asks no revision of %s", id)
}

// at reads a column of a row that may not be there.
func at[T any](row *T, err error) func(func(*T) int) (int, error) {
	return func(column func(*T) int) (int, error) {
		if err != nil {
			return 0, err
		}
		return column(row), nil
	}
}
