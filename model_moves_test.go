//go:build !race

package main

import "slices"

// A move is a verb of a state table, as a client sends it.
type move struct {
	noun    string // of the table and of the API's type
	verb    string
	ability string // the field of viewerCan that speaks of it; empty where none does
	id      string // of the input
	rest    string // of the input; dated says what {today}, {soon} and such are, send what {fee} is
	by      []string
	free    bool // the input names no revision
	// also are the codes with which it may be refused although viewerCan allows it:
	// what only the whole input, or the rules of others, can tell.
	also string
}

var (
	writers   = []string{"bea", "remy", "hugo", "lena"}
	bosses    = []string{"bea", "sol", "hugo"}
	seekers   = []string{"ada", "ben", "cleo", "dev", "eve", "hal", "kim", "lea", "jon", "ivy", "finn"}
	offices   = []string{"grace", "amir", "nina"}
	approvers = []string{"grace", "amir", "nina", "olga"}
	answerers = []string{"bea", "remy", "hugo"}
	olga      = []string{"olga"}
)

var moves = []move{
	{noun: "MicroProject", verb: "submitMicroProjectForApproval", ability: "submitForApproval", id: "microProjectId", by: writers, also: "POLICY_VIOLATION"},
	{noun: "MicroProject", verb: "reviseMicroProject", ability: "revise", id: "microProjectId", rest: `title: "Another title"`, by: writers, also: "POLICY_VIOLATION"},
	{noun: "MicroProject", verb: "reviseMicroProject", ability: "revise", id: "microProjectId", rest: `brief: "Another brief for the same work, longer."`, by: writers, also: "POLICY_VIOLATION"},
	{noun: "MicroProject", verb: "extendApplicationWindow", ability: "extendWindow", id: "microProjectId", rest: `applyBy: "{later}T00:00:00Z"`, by: writers, also: "INVALID_VALUE"},
	{noun: "MicroProject", verb: "publishMicroProject", ability: "publish", id: "microProjectId", by: writers},
	{noun: "MicroProject", verb: "pauseMicroProject", ability: "pause", id: "microProjectId", by: writers},
	{noun: "MicroProject", verb: "resumeMicroProject", ability: "resume", id: "microProjectId", by: writers},
	{noun: "MicroProject", verb: "closeApplications", ability: "closeApplications", id: "microProjectId", by: writers},
	{noun: "MicroProject", verb: "cancelMicroProject", ability: "cancel", id: "microProjectId", rest: `reason: "Plans changed."`, by: slices.Concat(writers, olga)},
	{noun: "MicroProject", verb: "archiveMicroProject", ability: "archive", id: "microProjectId", by: writers},
	{noun: "MicroProject", verb: "planDeliverable", ability: "planDeliverable", id: "microProjectId", rest: `title: "One more", acceptanceCriterion: "It is there."`, by: writers},
	{noun: "MicroProject", verb: "duplicateMicroProject", ability: "duplicate", id: "microProjectId", by: writers, free: true, also: "POLICY_VIOLATION INVALID_VALUE"},
	{noun: "MicroProject", verb: "applyToMicroProject", ability: "apply", id: "microProjectId", rest: `note: "I would like to do this one."`, by: seekers, free: true},
	{noun: "PostingRequest", verb: "approveMicroProject", ability: "approve", id: "postingRequestId", by: approvers},
	{noun: "PostingRequest", verb: "refuseMicroProject", ability: "refuse", id: "postingRequestId", rest: `reason: "Not for our talents."`, by: approvers},
	{noun: "PostingRequest", verb: "requestMicroProjectChanges", ability: "requestChanges", id: "postingRequestId", rest: `question: "Who is it for?"`, by: approvers},
	{noun: "PostingRequest", verb: "withdrawPostingApproval", ability: "withdraw", id: "postingRequestId", rest: `reason: "We heard complaints."`, by: approvers},
	{noun: "Application", verb: "reviewApplication", ability: "review", id: "applicationId", by: writers},
	{noun: "Application", verb: "shortlistApplication", ability: "shortlist", id: "applicationId", by: writers},
	{noun: "Application", verb: "scheduleInterview", ability: "scheduleInterview", id: "applicationId", rest: `slots: [{startsAt: "{soon}T10:00:00Z", durationMinutes: 30, place: "By phone"}]`, by: writers},
	{noun: "Application", verb: "declineApplication", ability: "decline", id: "applicationId", rest: `reason: SKILLS`, by: writers},
	{noun: "Application", verb: "withdrawApplication", ability: "withdraw", id: "applicationId", by: seekers},
	{noun: "Application", verb: "reviseApplication", ability: "revise", id: "applicationId", rest: `note: "I would like it even more now."`, by: seekers},
	{noun: "Application", verb: "extendOffer", ability: "extendOffer", id: "applicationId", rest: `startsOn: "{now}", endsOn: "{later}"`, by: writers},
	{noun: "Application", verb: "extendOffer", ability: "extendOffer", id: "applicationId", rest: `startsOn: "{now}", endsOn: "{later}", milestones: [{title: "All of it", amount: {amount: "{fee}", currency: USD}}]`, by: writers},
	{noun: "ApiClient", verb: "reviseApiClient", ability: "revise", id: "apiClientId", rest: `purpose: "It shows our postings elsewhere too."`, by: answerers},
	{noun: "ApiClient", verb: "rotateApiClientSecret", ability: "rotateSecret", id: "apiClientId", by: answerers},
	{noun: "ApiClient", verb: "requestScopes", ability: "requestScopes", id: "apiClientId", rest: `organizationId: "{university}"`, by: answerers, free: true},
	{noun: "ApiClient", verb: "suspendApiClient", ability: "suspend", id: "apiClientId", by: answerers},
	{noun: "ApiClient", verb: "resumeApiClient", ability: "resume", id: "apiClientId", by: answerers},
	{noun: "ApiClient", verb: "revokeApiClient", ability: "revoke", id: "apiClientId", by: answerers},
	{noun: "ClientGrant", verb: "approveScopes", ability: "approve", id: "clientGrantId", by: []string{"grace", "bea", "amir"}},
	{noun: "ClientGrant", verb: "refuseScopes", ability: "refuse", id: "clientGrantId", rest: `reason: "Not on our campus."`, by: []string{"grace", "bea", "amir"}},
	{noun: "ClientGrant", verb: "revokeScopes", ability: "revoke", id: "clientGrantId", rest: `reason: "We end this."`, by: []string{"grace", "bea", "amir"}},
	{noun: "AgreementTemplate", verb: "retireAgreementTemplate", ability: "retire", id: "agreementTemplateId", by: []string{"bea", "hugo", "remy"}},
	{noun: "Interview", verb: "chooseInterviewSlot", ability: "chooseSlot", id: "interviewId", rest: `slot: 1`, by: seekers, also: "WINDOW_CLOSED"},
	{noun: "Offer", verb: "acceptOffer", ability: "accept", id: "offerId", by: seekers},
	{noun: "Offer", verb: "declineOffer", ability: "decline", id: "offerId", by: seekers},
	{noun: "Offer", verb: "reviseOffer", ability: "revise", id: "offerId", rest: `startsOn: "{now}", endsOn: "{later}"`, by: writers},
	{noun: "Offer", verb: "reviseOffer", ability: "revise", id: "offerId", rest: `startsOn: "{now}", endsOn: "{later}", milestones: [{title: "All of it", amount: {amount: "{fee}", currency: USD}}]`, by: writers},
	{noun: "Offer", verb: "withdrawOffer", ability: "withdraw", id: "offerId", rest: `reason: "The budget is gone."`, by: writers},
	{noun: "Engagement", verb: "confirmKickOff", ability: "confirmKickOff", id: "engagementId", rest: `communication: "A call on Mondays", timeZone: "America/Phoenix"`, by: bosses},
	{noun: "Engagement", verb: "startEngagement", ability: "start", id: "engagementId", by: seekers},
	{noun: "Engagement", verb: "pauseEngagement", ability: "pause", id: "engagementId", rest: `reason: "Exams."`, by: slices.Concat(bosses, seekers)},
	{noun: "Engagement", verb: "resumeEngagement", ability: "resume", id: "engagementId", by: slices.Concat(bosses, seekers)},
	{noun: "Engagement", verb: "reopenEngagement", ability: "reopen", id: "engagementId", rest: `endsOn: "{later}"`, by: bosses},
	{noun: "Engagement", verb: "completeEngagement", ability: "complete", id: "engagementId", by: bosses},
	{noun: "Engagement", verb: "terminateEngagement", ability: "terminate", id: "engagementId", rest: `reason: "It does not work out."`, by: slices.Concat(bosses, seekers)},
	{noun: "Engagement", verb: "submitEvaluation", ability: "evaluate", id: "engagementId", rest: `overall: MEETS, publicText: "It was good work."`, by: slices.Concat(bosses, seekers), free: true},
	{noun: "Engagement", verb: "proposeHireConversion", ability: "proposeHireConversion", id: "engagementId", rest: `kind: PART_TIME, jobTitle: "Analyst", startsOn: "{soon}"`, by: writers, free: true},
	{noun: "Engagement", verb: "clearEngagement", ability: "clear", id: "engagementId", by: offices},
	{noun: "Institution", verb: "configureInstitution", ability: "configure", id: "institutionId", rest: `clearsEngagements: true`, by: offices},
	{noun: "Institution", verb: "openInstitution", ability: "open", id: "institutionId", rest: `administrator: {issuer: "https://id.example", subject: "new", name: "Newt"}`, by: olga},
	{noun: "Deliverable", verb: "extendDeliverableDueDate", ability: "extendDueDate", id: "deliverableId", rest: `dueOn: "{later}"`, by: bosses, also: "INVALID_VALUE"},
	{noun: "Evaluation", verb: "amendEvaluation", ability: "amend", id: "evaluationId", rest: `overall: ABOVE, publicText: "It was very good work."`, by: slices.Concat(bosses, seekers)},
	{noun: "Upload", verb: "completeUpload", id: "uploadId", by: seekers, free: true},
	{noun: "Upload", verb: "abandonUpload", ability: "abandon", id: "uploadId", by: seekers, free: true},
	{noun: "Deliverable", verb: "submitDeliverable", ability: "submit", id: "deliverableId", rest: `links: ["https://example.com/work"]`, by: seekers},
	{noun: "Deliverable", verb: "requestDeliverableRevision", ability: "requestRevision", id: "deliverableId", rest: `reasons: ["Number the pages."]`, by: bosses},
	{noun: "Deliverable", verb: "acceptDeliverable", ability: "accept", id: "deliverableId", by: bosses},
	{noun: "HireConversion", verb: "acceptHireConversion", ability: "accept", id: "hireConversionId", by: seekers},
	{noun: "HireConversion", verb: "declineHireConversion", ability: "decline", id: "hireConversionId", by: seekers},
	{noun: "HireConversion", verb: "confirmHireStart", ability: "confirmStart", id: "hireConversionId", rest: `startedOn: "{today}"`, by: slices.Concat(writers, seekers), also: "INVALID_VALUE"},
	{noun: "Engagement", verb: "signalHireInterest", ability: "signalHireInterest", id: "engagementId", rest: `kind: PART_TIME, jobTitle: "Analyst", startsOn: "{soon}"`, by: writers, free: true},
	{noun: "Engagement", verb: "reportHire", ability: "reportHire", id: "engagementId", rest: `source: TALENT, kind: CONTRACT, jobTitle: "Analyst", startedOn: "{today}"`, by: seekers, free: true, also: "INVALID_VALUE"},
	{noun: "Engagement", verb: "reportHire", ability: "reportHire", id: "engagementId", rest: `source: INSTITUTION, kind: CONTRACT, jobTitle: "Analyst", startedOn: "{today}"`, by: offices, free: true, also: "INVALID_VALUE"},
	{noun: "HireConversion", verb: "withdrawHireConversion", ability: "withdraw", id: "hireConversionId", rest: `reason: "The post was cut."`, by: writers},
	{noun: "HireConversion", verb: "recordHireOutcome", ability: "recordOutcome", id: "hireConversionId", rest: `isEmployed: true, asOf: "{today}"`, by: slices.Concat(writers, seekers, offices), also: "INVALID_VALUE"},
	{noun: "HireConversion", verb: "recordHireOutcome", ability: "recordOutcome", id: "hireConversionId", rest: `isEmployed: false, asOf: "{today}", reason: RESIGNED`, by: slices.Concat(writers, seekers, offices), also: "INVALID_VALUE"},
	{noun: "Institution", verb: "requestInstitutionLink", ability: "requestLink", id: "institutionId", by: writers, free: true},
	{noun: "Institution", verb: "configureInstitution", ability: "configure", id: "institutionId", rest: `approvalMode: JOB_BASED`, by: offices},
	{noun: "Institution", verb: "claimAffiliation", ability: "claimAffiliation", id: "institutionId", by: seekers, free: true, also: "POLICY_VIOLATION INVALID_VALUE LIMIT_REACHED"},
	{noun: "Employer", verb: "requestEmployerVerification", ability: "requestVerification", id: "employerId", by: writers},
	{noun: "InstitutionLink", verb: "approveInstitutionLink", ability: "approve", id: "institutionLinkId", by: offices},
	{noun: "InstitutionLink", verb: "declineInstitutionLink", ability: "decline", id: "institutionLinkId", rest: `reason: "We do not know you."`, by: offices},
	{noun: "InstitutionLink", verb: "askAboutInstitutionLink", ability: "ask", id: "institutionLinkId", rest: `question: "Who are you?"`, by: offices},
	{noun: "InstitutionLink", verb: "answerInstitutionLink", ability: "answer", id: "institutionLinkId", rest: `answer: "We climb."`, by: writers},
	{noun: "InstitutionLink", verb: "revokeInstitutionLink", ability: "revoke", id: "institutionLinkId", rest: `reason: "We heard complaints."`, by: offices},
	{noun: "Affiliation", verb: "confirmAffiliation", ability: "confirm", id: "affiliationId", by: offices},
	{noun: "Affiliation", verb: "declineAffiliation", ability: "decline", id: "affiliationId", rest: `reason: "Unknown to us."`, by: offices},
	{noun: "Affiliation", verb: "endAffiliation", ability: "end", id: "affiliationId", by: slices.Concat(offices, seekers)},
	{noun: "Employer", verb: "approveEmployer", ability: "approve", id: "employerId", by: olga},
	{noun: "Employer", verb: "refuseEmployer", ability: "refuse", id: "employerId", rest: `reason: "No such company."`, by: olga},
	{noun: "Employer", verb: "suspendEmployer", ability: "suspend", id: "employerId", rest: `reason: "It is looked into."`, by: olga},
	{noun: "Employer", verb: "reinstateEmployer", ability: "reinstate", id: "employerId", by: olga},
	{noun: "Employer", verb: "banEmployer", ability: "ban", id: "employerId", rest: `reason: "It deceived talents."`, by: olga},
	{noun: "Employer", verb: "flagEmployer", ability: "flag", id: "employerId", rest: `reason: "It asked for money."`, by: offices, free: true},
	{noun: "Engagement", verb: "openDispute", ability: "openDispute", id: "engagementId", rest: `reason: "We do not agree."`, by: slices.Concat(writers, seekers)},
	{noun: "Engagement", verb: "reportGhosting", ability: "reportGhosting", id: "engagementId", rest: `report: "Nobody answers."`, by: bosses},
	{noun: "Dispute", verb: "proposeDisputeResolution", ability: "propose", id: "disputeId", rest: `talentSide: {amount: "100.00", currency: "USD"}, workGoesOn: false`, by: slices.Concat(writers, seekers, olga), also: "INVALID_VALUE"},
	{noun: "Dispute", verb: "proposeDisputeResolution", ability: "propose", id: "disputeId", rest: `talentSide: {amount: "100.00", currency: "USD"}, workGoesOn: true`, by: slices.Concat(writers, seekers, olga), also: "INVALID_VALUE"},
	{noun: "Dispute", verb: "acceptDisputeResolution", ability: "accept", id: "disputeId", by: slices.Concat(writers, seekers)},
	{noun: "Dispute", verb: "resolveDispute", ability: "resolve", id: "disputeId", rest: `talentSide: {amount: "0.00", currency: "USD"}, workGoesOn: false, note: "Nothing can be used."`, by: olga, also: "INVALID_VALUE"},
	{noun: "Engagement", verb: "proposeAmendment", ability: "proposeAmendment", id: "engagementId", rest: `reason: "It takes longer.", addedDeliverables: [{title: "One more", acceptanceCriterion: "It is there.", dueOn: "{now}"}]`, by: slices.Concat(bosses, seekers), also: "INVALID_VALUE"},
	{noun: "Engagement", verb: "proposeAmendment", ability: "proposeAmendment", id: "engagementId", rest: `reason: "It is more work.", addedFee: {amount: "25.00", currency: USD}`, by: slices.Concat(bosses, seekers), also: "INVALID_VALUE"},
	{noun: "Engagement", verb: "proposeAmendment", ability: "proposeAmendment", id: "engagementId", rest: `reason: "It is more work.", hours: 40, addedFee: {amount: "900.00", currency: USD}`, by: slices.Concat(bosses, seekers), also: "INVALID_VALUE"},
	{noun: "Amendment", verb: "acceptAmendment", ability: "accept", id: "amendmentId", by: slices.Concat(bosses, seekers)},
	{noun: "Amendment", verb: "declineAmendment", ability: "decline", id: "amendmentId", rest: `reason: "There is no time."`, by: slices.Concat(bosses, seekers)},
	{noun: "Amendment", verb: "withdrawAmendment", ability: "withdraw", id: "amendmentId", by: slices.Concat(bosses, seekers)},
	{noun: "Engagement", verb: "requestReference", ability: "requestReference", id: "engagementId", rest: `addressee: "Sol Ito", message: "Would you say a word for me?"`, by: seekers, free: true},
	{noun: "Engagement", verb: "sendThankYouNote", ability: "sendThankYouNote", id: "engagementId", rest: `text: "Thank you for everything."`, by: slices.Concat(bosses, seekers), free: true},
	{noun: "Reference", verb: "giveReference", ability: "give", id: "referenceId", rest: `text: "They did good work, and were good to work with.", mayBeShown: true`, by: bosses},
	{noun: "Reference", verb: "declineReference", ability: "decline", id: "referenceId", by: bosses},
	{noun: "Reference", verb: "withdrawReferenceRequest", ability: "withdraw", id: "referenceId", by: seekers},
	{noun: "Reference", verb: "showReference", ability: "show", id: "referenceId", by: seekers},
	{noun: "Reference", verb: "hideReference", ability: "hide", id: "referenceId", by: seekers},
	{noun: "Reference", verb: "retractReference", ability: "retract", id: "referenceId", rest: `reason: "It was written in haste."`, by: bosses},
	{noun: "Engagement", verb: "draftWorklogEntry", ability: "draftWorklogEntry", id: "engagementId", rest: `workedOn: "{today}", minutes: 90, note: "Read and wrote."`, by: seekers, free: true, also: "INVALID_VALUE"},
	{noun: "WorklogEntry", verb: "reviseWorklogEntry", ability: "revise", id: "worklogEntryId", rest: `minutes: 120`, by: seekers, also: "INVALID_VALUE"},
	{noun: "WorklogEntry", verb: "logWorklogEntry", ability: "log", id: "worklogEntryId", by: seekers},
	{noun: "WorklogEntry", verb: "discardWorklogEntry", ability: "discard", id: "worklogEntryId", by: seekers},
	{noun: "WorklogEntry", verb: "approveWorklogEntry", ability: "approve", id: "worklogEntryId", by: bosses},
	{noun: "WorklogEntry", verb: "rejectWorklogEntry", ability: "reject", id: "worklogEntryId", rest: `reason: "That was not agreed."`, by: bosses},
	{noun: "WorklogEntry", verb: "correctWorklogEntry", ability: "correct", id: "worklogEntryId", rest: `minutes: 5, reason: "Five less."`, by: seekers, free: true, also: "INVALID_VALUE"},
	{noun: "Deliverable", verb: "promoteDeliverableToPortfolio", id: "deliverableId", rest: `title: "A handbook", summary: "A handbook for beginners.", result: {metric: "pages", value: "12", unit: "pages"}`, by: seekers, free: true},
	{noun: "PortfolioItem", verb: "revisePortfolioItem", ability: "revise", id: "portfolioItemId", rest: `title: "A better handbook"`, by: seekers},
	{noun: "PortfolioItem", verb: "publishPortfolioItem", ability: "publish", id: "portfolioItemId", by: seekers},
	{noun: "PortfolioItem", verb: "hidePortfolioItem", ability: "hide", id: "portfolioItemId", by: seekers},
	{noun: "PortfolioItem", verb: "removePortfolioItem", ability: "remove", id: "portfolioItemId", by: seekers},
	{noun: "Evaluation", verb: "replyToEvaluation", ability: "reply", id: "evaluationId", rest: `reply: "Thank you for saying so."`, by: slices.Concat(bosses, seekers)},
	{noun: "Evaluation", verb: "removeEvaluation", ability: "remove", id: "evaluationId", rest: `reason: "It names a third person."`, by: olga},
	{noun: "Sandbox", verb: "advanceSandboxClock", ability: "advanceClock", id: "sandboxId", rest: `by: "P1D"`, by: seekers, free: true},
	{noun: "Sandbox", verb: "closeSandbox", ability: "close", id: "sandboxId", by: seekers, free: true},
	{noun: "TalentProfile", verb: "reinstateTalent", ability: "reinstate", id: "talentProfileId", rest: `reason: "They have explained themselves."`, by: olga},
	{noun: "FundingPool", verb: "recordPoolDeposit", ability: "recordDeposit", id: "fundingPoolId", rest: `amount: {amount: "10.00", currency: USD}, reference: "A deposit in a walk"`, by: olga, free: true, also: "ALREADY_EXISTS INVALID_VALUE"},
	{noun: "FundingPool", verb: "recordPoolWithdrawal", ability: "recordWithdrawal", id: "fundingPoolId", rest: `amount: {amount: "10.00", currency: USD}, reference: "A withdrawal in a walk"`, by: olga, free: true, also: "ALREADY_EXISTS INVALID_VALUE LIMIT_REACHED"},
	{noun: "Strike", verb: "appealStrike", ability: "appeal", id: "strikeId", rest: `appeal: "I was ill."`, by: seekers},
	{noun: "Strike", verb: "upholdStrike", ability: "uphold", id: "strikeId", rest: `finding: "It stands."`, by: olga},
	{noun: "Strike", verb: "liftStrike", ability: "lift", id: "strikeId", rest: `finding: "It does not stand."`, by: olga},
	{noun: "Flag", verb: "reviewFlag", ability: "review", id: "flagId", by: olga},
	{noun: "Flag", verb: "upholdFlag", ability: "uphold", id: "flagId", rest: `finding: "It did."`, by: olga},
	{noun: "Flag", verb: "dismissFlag", ability: "dismiss", id: "flagId", rest: `finding: "It did not."`, by: olga},
}
