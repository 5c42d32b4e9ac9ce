package access

import "github.com/rung-dev/rung/internal/viewer"

// reads says which scope opens a table's rows to a program. A table that is not
// named here it reads as somebody without a token does; its own rows, and what it
// calls things, it always reads.
var reads = map[string]viewer.Scope{
	"InstitutionLink": viewer.LinksRead, "Affiliation": viewer.AffiliationsRead, "Flag": viewer.FlagsRead,

	"TalentProfile": viewer.TalentRead, "DeclaredSkill": viewer.TalentRead, "EducationRecord": viewer.TalentRead,
	"TalentLabel": viewer.TalentLabel, "Consent": viewer.ConsentsRead, "Disclosure": viewer.DisclosuresRead, "OperatorAccess": viewer.AccessesRead,
	"PortfolioItem": viewer.PortfolioRead, "PortfolioSkill": viewer.PortfolioRead, "Reference": viewer.ReferencesRead,

	"MicroProject": viewer.ProjectsRead, "PlannedDeliverable": viewer.ProjectsRead, "ProjectSkill": viewer.ProjectsRead,
	"ApplicationQuestion": viewer.ProjectsRead, "ProjectInstitution": viewer.ProjectsRead, "PostingRequest": viewer.ProjectsRead,
	"ProjectTemplate": viewer.ProjectsRead, "Listing": viewer.ListingsRead,

	"Application": viewer.ApplicationsRead, "Interview": viewer.ApplicationsRead, "Invitation": viewer.ApplicationsRead,
	"ApplicationStudy": viewer.ApplicationsRead, "ApplicationSkill": viewer.ApplicationsRead,

	"Offer": viewer.OffersRead, "OfferDocument": viewer.OffersRead, "AgreementTemplate": viewer.OffersRead,
	"Milestone": viewer.OffersRead, "Agreement": viewer.OffersRead,

	"Engagement": viewer.EngagementsRead, "Deliverable": viewer.EngagementsRead, "Amendment": viewer.EngagementsRead,
	"Submission": viewer.EngagementsRead, "WorklogEntry": viewer.WorklogRead,

	"PaymentRecord": viewer.PaymentsRead, "LedgerEntry": viewer.PaymentsRead, "Dispute": viewer.DisputesRead,
	"FundingPool": viewer.PoolsRead, "FundingPoolAdmission": viewer.PoolsRead, "FundingPoolEntry": viewer.PoolsRead,
	"Evaluation": viewer.EvaluationsRead, "HireConversion": viewer.HiresRead, "HireReport": viewer.HiresRead,
}

// itsOwn are the tables that tell a program of itself.
var itsOwn = map[string]bool{"ApiClient": true, "ClientGrant": true, "ClientUsage": true, "ExternalReference": true, "Person": true}

// granted is as whom a viewer reads a table: a program that was not granted the
// table's scope as the public.
func granted(v viewer.Viewer, kind string) viewer.Viewer {
	if v.Kind != viewer.Integration || itsOwn[kind] {
		return v
	}
	if scope, named := reads[kind]; named && v.Can(scope) {
		return v
	}
	return v.AsPublic()
}
