package event

// Kind names what happened, as noun.past. Kinds are only ever added.
type Kind string

// Of the organisations and the people.
const (
	InstitutionOpened        Kind = "institution.opened"
	InstitutionLinkRequested Kind = "institutionLink.requested"
	InstitutionLinkApproved  Kind = "institutionLink.approved"
	InstitutionLinkDeclined  Kind = "institutionLink.declined"
	EmployerRegistered       Kind = "employer.registered"
	EmployerApproved         Kind = "employer.approved"
	EmployerRefused          Kind = "employer.refused"
	MemberSeated             Kind = "member.seated"
	MemberRoleChanged        Kind = "member.roleChanged"
	MemberSuspended          Kind = "member.suspended"
	MemberReinstated         Kind = "member.reinstated"
	MemberRemoved            Kind = "member.removed"
	MemberSignedOut          Kind = "member.signedOut"
	MemberSteppedIn          Kind = "member.steppedIn"
	MemberInvited            Kind = "memberInvitation.sent"
	MemberInvitationAccepted Kind = "memberInvitation.accepted"
	MemberInvitationRevoked  Kind = "memberInvitation.revoked"
	MemberInvitationExpired  Kind = "memberInvitation.expired"
	PersonSignedOut          Kind = "person.signedOut"
	TalentProfileOpened      Kind = "talentProfile.opened"
	TalentProfileRevised     Kind = "talentProfile.revised"
	SkillsDeclared           Kind = "talentProfile.skillsDeclared"
	EducationRecorded        Kind = "talentProfile.educationRecorded"
	TalentLabelled           Kind = "talentProfile.labelled"
	AffiliationClaimed       Kind = "affiliation.claimed"
	AffiliationConfirmed     Kind = "affiliation.confirmed"
	AffiliationDeclined      Kind = "affiliation.declined"
	AffiliationEnded         Kind = "affiliation.ended"
)

// Of what the platform asks and keeps, and of who pays.
const (
	PlatformConfigured   Kind = "platform.configured"
	FeeSplitAgreed       Kind = "employer.feeSplitAgreed"
	TaxFormStated        Kind = "talentProfile.taxFormStated"
	EngagementCleared    Kind = "engagement.cleared"
	FundingPoolOpened    Kind = "fundingPool.opened"
	FundingPoolClosed    Kind = "fundingPool.closed"
	FundingPoolAdmitted  Kind = "fundingPool.admitted"
	FundingPoolDismissed Kind = "fundingPool.dismissed"
	FundingPoolDeposited Kind = "fundingPool.deposited"
	FundingPoolWithdrawn Kind = "fundingPool.withdrawn"
)

// Of the texts that employers have signed.
const (
	AgreementTemplatePublished Kind = "agreementTemplate.published"
	AgreementTemplateReplaced  Kind = "agreementTemplate.replaced"
	AgreementTemplateRetired   Kind = "agreementTemplate.retired"
)

// Of API clients, and of what organisations let them do.
const (
	APIClientRegistered       Kind = "apiClient.registered"
	APIClientRevised          Kind = "apiClient.revised"
	APIClientSecretRotated    Kind = "apiClient.secretRotated"
	APIClientSuspended        Kind = "apiClient.suspended"
	APIClientResumed          Kind = "apiClient.resumed"
	APIClientRevoked          Kind = "apiClient.revoked"
	ClientGrantRequested      Kind = "clientGrant.requested"
	ClientGrantApproved       Kind = "clientGrant.approved"
	ClientGrantRefused        Kind = "clientGrant.refused"
	ClientGrantReplaced       Kind = "clientGrant.replaced"
	ClientGrantRevoked        Kind = "clientGrant.revoked"
	EmbedTokenMinted          Kind = "apiClient.embedTokenMinted" //nolint:gosec // an event's name
	ExternalReferenceLinked   Kind = "externalReference.linked"
	ExternalReferenceUnlinked Kind = "externalReference.unlinked"
)

// Of institutions that go on deciding.
const (
	InstitutionConfigured   Kind = "institution.configured"
	InstitutionLinkAsked    Kind = "institutionLink.asked"
	InstitutionLinkAnswered Kind = "institutionLink.answered"
	InstitutionLinkRevoked  Kind = "institutionLink.revoked"
)

// Of rules, terms and of postings that are asked about, taken back or renewed.
const (
	PostingPolicyWritten         Kind = "postingPolicy.written"
	PostingPolicyRetired         Kind = "postingPolicy.retired"
	TermRecorded                 Kind = "term.recorded"
	PostingRequestAsked          Kind = "postingRequest.asked"
	PostingRequestRenewed        Kind = "postingRequest.renewed"
	PostingRequestWithdrawn      Kind = "postingRequest.withdrawn"
	PostingRequestExpired        Kind = "postingRequest.expired"
	MicroProjectChangesRequested Kind = "microProject.changesRequested"
	MicroProjectReturned         Kind = "microProject.returnedToReview"
)

// Of employers that are judged again.
const (
	EmployerVerificationRequested Kind = "employer.verificationRequested"
	EmployerSuspended             Kind = "employer.suspended"
	EmployerReinstated            Kind = "employer.reinstated"
	EmployerBanned                Kind = "employer.banned"
	FlagRaised                    Kind = "flag.raised"
	FlagReviewed                  Kind = "flag.reviewed"
	FlagUpheld                    Kind = "flag.upheld"
	FlagDismissed                 Kind = "flag.dismissed"
)

// Of micro-projects.
const (
	MicroProjectDrafted    Kind = "microProject.drafted"
	MicroProjectRevised    Kind = "microProject.revised"
	DeliverablePlanned     Kind = "microProject.deliverablePlanned"
	MicroProjectSubmitted  Kind = "microProject.submitted"
	PostingRequestApproved Kind = "postingRequest.approved"
	PostingRequestDeclined Kind = "postingRequest.declined"
	MicroProjectApproved   Kind = "microProject.approved"
	MicroProjectRefused    Kind = "microProject.refused"
	MicroProjectPublished  Kind = "microProject.published"
	MicroProjectFilled     Kind = "microProject.filled"
	MicroProjectExpired    Kind = "microProject.expired"
	MicroProjectReopened   Kind = "microProject.reopened"
	MicroProjectStarted    Kind = "microProject.started"
	MicroProjectCompleted  Kind = "microProject.completed"
	MicroProjectCancelled  Kind = "microProject.cancelled"
	MicroProjectPaused     Kind = "microProject.paused"
	MicroProjectResumed    Kind = "microProject.resumed"
	MicroProjectExtended   Kind = "microProject.applicationWindowExtended"
	MicroProjectClosed     Kind = "microProject.applicationsClosed"
	MicroProjectArchived   Kind = "microProject.archived"
	MicroProjectDuplicated Kind = "microProject.duplicated"

	MicroProjectDraftedFromTemplate Kind = "microProject.draftedFromTemplate"
	MicroProjectTemplateSaved       Kind = "microProjectTemplate.saved"
	MicroProjectTemplatePublished   Kind = "microProjectTemplate.published"
	MicroProjectTemplateRemoved     Kind = "microProjectTemplate.removed"
)

// Of applications, offers and the work.
const (
	ApplicationSubmitted         Kind = "application.submitted"
	ApplicationWithdrawn         Kind = "application.withdrawn"
	ApplicationDeclined          Kind = "application.declined"
	ApplicationOffered           Kind = "application.offered"
	ApplicationAccepted          Kind = "application.accepted"
	ApplicationOfferDeclined     Kind = "application.offerDeclined"
	ApplicationReturned          Kind = "application.returned"
	ApplicationClosed            Kind = "application.closed"
	OfferExtended                Kind = "offer.extended"
	OfferAccepted                Kind = "offer.accepted"
	OfferDeclined                Kind = "offer.declined"
	OfferWithdrawn               Kind = "offer.withdrawn"
	OfferSigned                  Kind = "offer.signed"
	OfferExpired                 Kind = "offer.expired"
	OfferRevised                 Kind = "offer.revised"
	OfferLapsed                  Kind = "offer.lapsed"
	OfferAnswerDue               Kind = "offer.answerDue"
	OfferVoided                  Kind = "offer.voided"
	AgreementSigned              Kind = "agreement.signed"
	EngagementPrepared           Kind = "engagement.prepared"
	EngagementKickedOff          Kind = "engagement.kickedOff"
	EngagementReady              Kind = "engagement.ready"
	EngagementStarted            Kind = "engagement.started"
	EngagementSubmitted          Kind = "engagement.submitted"
	EngagementReturned           Kind = "engagement.returned"
	EngagementCompleted          Kind = "engagement.completed"
	EngagementAutoCompleted      Kind = "engagement.autoCompleted"
	EngagementTerminated         Kind = "engagement.terminated"
	EngagementPaused             Kind = "engagement.paused"
	EngagementResumed            Kind = "engagement.resumed"
	EngagementMissed             Kind = "engagement.missed"
	EngagementReopened           Kind = "engagement.reopened"
	EngagementClosed             Kind = "engagement.closed"
	EngagementLapsed             Kind = "engagement.lapsed"
	DeliverableSubmitted         Kind = "deliverable.submitted"
	DeliverableRevisionRequested Kind = "deliverable.revisionRequested"
	DeliverableAccepted          Kind = "deliverable.accepted"
	DeliverableAutoAccepted      Kind = "deliverable.autoAccepted"
	DeliverableTeamSubmitted     Kind = "deliverable.teamSubmitted"
	DeliverableExtended          Kind = "deliverable.extended"
	DeliverableDecisionDue       Kind = "deliverable.decisionDue"
	DeliverableCancelled         Kind = "deliverable.cancelled"
)

// Of money, and of what remains afterwards.
const (
	PaymentAuthorized   Kind = "paymentRecord.authorized"
	PaymentHeld         Kind = "paymentRecord.held"
	PaymentReleased     Kind = "paymentRecord.released"
	PaymentVoided       Kind = "paymentRecord.voided"
	PaymentRefunded     Kind = "paymentRecord.refunded"
	PaymentFrozen       Kind = "paymentRecord.frozen"
	EvaluationSubmitted Kind = "evaluation.submitted"
	EvaluationPublished Kind = "evaluation.published"
	EvaluationDue       Kind = "evaluation.due"
	PortfolioItemAdded  Kind = "portfolioItem.added"
	HireProposed        Kind = "hireConversion.proposed"
	HireAccepted        Kind = "hireConversion.accepted"
	HireDeclined        Kind = "hireConversion.declined"
	HireLapsed          Kind = "hireConversion.lapsed"
	HireStarted         Kind = "hireConversion.started"
	HireStartConfirmed  Kind = "hireConversion.startConfirmed"
)

// Of sandboxes and notifications.
const (
	SandboxOpened        Kind = "sandbox.opened"
	SandboxFilled        Kind = "sandbox.filled"
	SandboxClockAdvanced Kind = "sandbox.clockAdvanced"
	SandboxClosed        Kind = "sandbox.closed"
	NotificationsRead    Kind = "notification.read"
)

// Of what leads from an application to an answer.
const (
	ApplicationRevised     Kind = "application.revised"
	ApplicationReviewed    Kind = "application.reviewed"
	ApplicationShortlisted Kind = "application.shortlisted"
	ApplicationInterviewed Kind = "application.interviewed"
	ApplicationExpired     Kind = "application.expired"
	ApplicationsDecided    Kind = "applications.decided"
	InvitationSent         Kind = "invitation.sent"
	InvitationApplied      Kind = "invitation.applied"
	InvitationExpired      Kind = "invitation.expired"
	InterviewScheduled     Kind = "interview.scheduled"
	InterviewSlotChosen    Kind = "interview.slotChosen"
	InterviewPassed        Kind = "interview.passed"
	InterviewCancelled     Kind = "interview.cancelled"
)

// Of what remains after the work.
const (
	EvaluationAmended Kind = "evaluation.amended"
	EvaluationReplied Kind = "evaluation.replied"
	EvaluationRemoved Kind = "evaluation.removed"
	GhostingReported  Kind = "engagement.ghostingReported"
	StrikeIssued      Kind = "strike.issued"
	StrikeAppealed    Kind = "strike.appealed"
	StrikeUpheld      Kind = "strike.upheld"
	StrikeLifted      Kind = "strike.lifted"
	StrikeExpired     Kind = "strike.expired"
	TalentDeactivated Kind = "talentProfile.deactivated"
	TalentReinstated  Kind = "talentProfile.reinstated"
)

// Of money that is paid out.
const (
	PaymentPaidOut Kind = "paymentRecord.paidOut"
	PaymentFailed  Kind = "paymentRecord.failed"
	PaymentRetried Kind = "paymentRecord.retried"
)

// Of what two sides do not agree on.
const (
	PaymentPartlyRefunded Kind = "paymentRecord.partlyRefunded"
	PaymentUnfrozen       Kind = "paymentRecord.unfrozen"
	PaymentRaised         Kind = "paymentRecord.raised"
	DisputeOpened         Kind = "dispute.opened"
	DisputeProposed       Kind = "dispute.resolutionProposed"
	DisputeAccepted       Kind = "dispute.resolutionAccepted"
	DisputeResolved       Kind = "dispute.resolved"
	EngagementDisputed    Kind = "engagement.disputed"
	EngagementSettled     Kind = "engagement.settled"
)

// Of jobs that are thought of, taken back, reported and kept.
const (
	HireInterestSignalled Kind = "hireConversion.interestSignalled"
	HireWithdrawn         Kind = "hireConversion.withdrawn"
	HireReported          Kind = "hireConversion.reported"
	HireOutcomeRecorded   Kind = "hireConversion.outcomeRecorded"
	HireRetainedOneYear   Kind = "hireConversion.retainedOneYear"
	HireRetainedFiveYears Kind = "hireConversion.retainedFiveYears"
	HireLeft              Kind = "hireConversion.left"
	HireOutcomeDue        Kind = "hireConversion.outcomeDue"
)

// Of what of a talent may be read, and by whom.
const (
	OperatorAccessOpened  Kind = "operatorAccess.opened"
	OperatorAccessClosed  Kind = "operatorAccess.closed"
	OperatorAccessExpired Kind = "operatorAccess.expired"
	ConsentGranted        Kind = "consent.granted"
	ConsentWithdrawn      Kind = "consent.withdrawn"
	ConsentExpired        Kind = "consent.expired"

	DirectoryNoticeAnnounced Kind = "directoryNotice.announced"
	DirectoryNoticeReplaced  Kind = "directoryNotice.replaced"
	DirectoryNoticeWithdrawn Kind = "directoryNotice.withdrawn"
	DirectoryNoticeTold      Kind = "directoryNotice.told"
	DirectoryOptedOut        Kind = "affiliation.directoryOptedOut"
	DirectoryReturned        Kind = "affiliation.directoryReturned"
	DemographicsDeclared     Kind = "talentProfile.demographicsDeclared"
	DemographicsErased       Kind = "talentProfile.demographicsErased"
)

// Of files.
const (
	UploadCreated   Kind = "upload.created"
	UploadReceived  Kind = "upload.received"
	UploadCompleted Kind = "upload.completed"
	UploadRefused   Kind = "upload.refused"
	UploadAbandoned Kind = "upload.abandoned"
	UploadExpired   Kind = "upload.expired"
)

// Of what a talent shows, and of what others say for them.
const (
	PortfolioWorkAdded   Kind = "portfolioItem.workAdded"
	PortfolioItemRevised Kind = "portfolioItem.revised"
	PortfolioPublished   Kind = "portfolioItem.published"
	PortfolioItemHidden  Kind = "portfolioItem.hidden"
	PortfolioItemRemoved Kind = "portfolioItem.removed"
	PortfolioArranged    Kind = "talentProfile.portfolioArranged"
	MilestoneFunded      Kind = "milestone.funded"
	MilestoneDue         Kind = "milestone.due"
	MilestonePaid        Kind = "milestone.paid"
	MilestoneCancelled   Kind = "milestone.cancelled"
	AmendmentProposed    Kind = "amendment.proposed"
	AmendmentAccepted    Kind = "amendment.accepted"
	AmendmentDeclined    Kind = "amendment.declined"
	AmendmentWithdrawn   Kind = "amendment.withdrawn"
	AmendmentExpired     Kind = "amendment.expired"

	ReferenceRequested Kind = "reference.requested"
	ReferenceGiven     Kind = "reference.given"
	ReferenceDeclined  Kind = "reference.declined"
	ReferenceWithdrawn Kind = "reference.withdrawn"
	ReferenceExpired   Kind = "reference.expired"
	ReferenceShown     Kind = "reference.shown"
	ReferenceHidden    Kind = "reference.hidden"
	ReferenceRetracted Kind = "reference.retracted"
	ThankYouNoteSent   Kind = "thankYouNote.sent"

	WorklogEntryDrafted      Kind = "worklogEntry.drafted"
	WorklogEntryRevised      Kind = "worklogEntry.revised"
	WorklogEntryLogged       Kind = "worklogEntry.logged"
	WorklogEntryDiscarded    Kind = "worklogEntry.discarded"
	WorklogEntryApproved     Kind = "worklogEntry.approved"
	WorklogEntryAutoApproved Kind = "worklogEntry.autoApproved"
	WorklogEntryRejected     Kind = "worklogEntry.rejected"
	WorklogEntryCorrected    Kind = "worklogEntry.corrected"
)

// Of what two sides write to each other.
const (
	MessageSent            Kind = "message.sent"
	MessageRemoved         Kind = "message.removed"
	ConversationRead       Kind = "conversation.read"
	MessageReported        Kind = "messageReport.raised"
	MessageReportDismissed Kind = "messageReport.dismissed"
	MessageReportUpheld    Kind = "messageReport.upheld"
)

// Cause is what makes an event happen: the mutation whose own event it is, or
// what else brings it about, in words.
type Cause struct {
	Mutation string
	Because  string
	// Also is the mutation that brings about many such events at once.
	Also string
}

// causes is the one table of kinds: every mutation has an event of its own, and
// every other event says why it happens.
var causes = map[Kind]Cause{
	SandboxOpened:        {Mutation: "openSandbox"},
	SandboxFilled:        {Because: "the demo story has been told in it"},
	SandboxClockAdvanced: {Mutation: "advanceSandboxClock"},
	SandboxClosed:        {Mutation: "closeSandbox"},
	NotificationsRead:    {Mutation: "markNotificationsRead"},

	InstitutionOpened:        {Mutation: "openInstitution"},
	InstitutionLinkRequested: {Mutation: "requestInstitutionLink"},
	InstitutionLinkApproved:  {Mutation: "approveInstitutionLink"},
	InstitutionLinkDeclined:  {Mutation: "declineInstitutionLink"},
	EmployerRegistered:       {Mutation: "registerEmployer"},
	EmployerApproved:         {Mutation: "approveEmployer"},
	EmployerRefused:          {Mutation: "refuseEmployer"},
	MemberSeated:             {Because: "an organisation was opened or registered, its first people were set up, or an invitation was accepted"},
	MemberRoleChanged:        {Mutation: "changeMemberRole"},
	MemberSuspended:          {Mutation: "suspendMember"},
	MemberReinstated:         {Mutation: "reinstateMember"},
	MemberRemoved:            {Mutation: "removeMember"},
	MemberSignedOut:          {Because: "those who manage members signed one out"},
	MemberSteppedIn:          {Mutation: "actFor"},
	MemberInvited:            {Mutation: "inviteMember"},
	MemberInvitationAccepted: {Mutation: "acceptMemberInvitation"},
	MemberInvitationRevoked:  {Mutation: "revokeMemberInvitation"},
	MemberInvitationExpired:  {Because: "nobody accepted it in 7 days"},
	PersonSignedOut:          {Mutation: "signOutEverywhere"},
	TalentProfileOpened:      {Mutation: "openTalentProfile"},
	TalentProfileRevised:     {Mutation: "reviseTalentProfile"},
	SkillsDeclared:           {Mutation: "declareSkills"},
	EducationRecorded:        {Mutation: "recordEducation"},
	TalentLabelled:           {Mutation: "labelTalent"},
	AffiliationClaimed:       {Mutation: "claimAffiliation"},
	AffiliationConfirmed:     {Mutation: "confirmAffiliation"},
	AffiliationDeclined:      {Mutation: "declineAffiliation"},
	AffiliationEnded:         {Mutation: "endAffiliation"},

	PlatformConfigured:   {Mutation: "configurePlatform"},
	FeeSplitAgreed:       {Mutation: "agreeFeeSplit"},
	TaxFormStated:        {Mutation: "stateTaxForm"},
	EngagementCleared:    {Mutation: "clearEngagement"},
	FundingPoolOpened:    {Mutation: "openFundingPool"},
	FundingPoolClosed:    {Mutation: "closeFundingPool"},
	FundingPoolAdmitted:  {Mutation: "admitToFundingPool"},
	FundingPoolDismissed: {Mutation: "dismissFromFundingPool"},
	FundingPoolDeposited: {Mutation: "recordPoolDeposit"},
	FundingPoolWithdrawn: {Mutation: "recordPoolWithdrawal"},

	InstitutionConfigured:   {Mutation: "configureInstitution"},
	InstitutionLinkAsked:    {Mutation: "askAboutInstitutionLink"},
	InstitutionLinkAnswered: {Mutation: "answerInstitutionLink"},
	InstitutionLinkRevoked:  {Mutation: "revokeInstitutionLink"},

	AgreementTemplatePublished: {Mutation: "publishAgreementTemplate"},
	AgreementTemplateReplaced:  {Because: "the employer published another version"},
	AgreementTemplateRetired:   {Mutation: "retireAgreementTemplate"},

	APIClientRegistered:       {Mutation: "registerApiClient"},
	APIClientRevised:          {Mutation: "reviseApiClient"},
	APIClientSecretRotated:    {Mutation: "rotateApiClientSecret"},
	APIClientSuspended:        {Mutation: "suspendApiClient"},
	APIClientResumed:          {Mutation: "resumeApiClient"},
	APIClientRevoked:          {Mutation: "revokeApiClient"},
	ClientGrantRequested:      {Mutation: "requestScopes"},
	ClientGrantApproved:       {Mutation: "approveScopes"},
	ClientGrantRefused:        {Mutation: "refuseScopes"},
	ClientGrantReplaced:       {Because: "the client asked anew, or what it asked for anew was approved"},
	ClientGrantRevoked:        {Mutation: "revokeScopes"},
	EmbedTokenMinted:          {Mutation: "mintEmbedToken"},
	ExternalReferenceLinked:   {Mutation: "linkExternalReference"},
	ExternalReferenceUnlinked: {Mutation: "unlinkExternalReference"},

	PostingPolicyWritten:         {Mutation: "writePostingPolicy"},
	PostingPolicyRetired:         {Mutation: "retirePostingPolicy"},
	TermRecorded:                 {Mutation: "recordTerm"},
	PostingRequestAsked:          {Mutation: "requestMicroProjectChanges"},
	PostingRequestRenewed:        {Because: "the employer answered the body, or asked it once more"},
	PostingRequestWithdrawn:      {Mutation: "withdrawPostingApproval"},
	PostingRequestExpired:        {Because: "the micro-project expired"},
	MicroProjectChangesRequested: {Because: "the platform asked for changes"},
	MicroProjectReturned:         {Because: "what its approvals rest on was changed"},

	EmployerVerificationRequested: {Mutation: "requestEmployerVerification"},
	EmployerSuspended:             {Mutation: "suspendEmployer"},
	EmployerReinstated:            {Mutation: "reinstateEmployer"},
	EmployerBanned:                {Mutation: "banEmployer"},
	FlagRaised:                    {Mutation: "flagEmployer"},
	FlagReviewed:                  {Mutation: "reviewFlag"},
	FlagUpheld:                    {Mutation: "upholdFlag"},
	FlagDismissed:                 {Mutation: "dismissFlag"},

	MicroProjectDrafted:    {Mutation: "draftMicroProject"},
	MicroProjectRevised:    {Mutation: "reviseMicroProject"},
	DeliverablePlanned:     {Mutation: "planDeliverable"},
	MicroProjectSubmitted:  {Mutation: "submitMicroProjectForApproval"},
	PostingRequestApproved: {Mutation: "approveMicroProject", Also: "decidePostingRequests"},
	PostingRequestDeclined: {Mutation: "refuseMicroProject"},
	MicroProjectApproved:   {Because: "the platform's posting request was approved"},
	MicroProjectRefused:    {Because: "the platform's posting request was declined"},
	MicroProjectPublished:  {Mutation: "publishMicroProject"},
	MicroProjectFilled:     {Because: "the last seat was taken, or the time to apply ended with some taken"},
	MicroProjectExpired:    {Because: "the time to apply ended, and nobody was taken"},
	MicroProjectReopened:   {Because: "a seat fell free before its engagement started"},
	MicroProjectStarted:    {Because: "all seats are taken and an engagement is active"},
	MicroProjectCompleted:  {Because: "every engagement has ended and at least one was completed"},
	MicroProjectCancelled:  {Mutation: "cancelMicroProject"},
	MicroProjectPaused:     {Mutation: "pauseMicroProject"},
	MicroProjectResumed:    {Mutation: "resumeMicroProject"},
	MicroProjectExtended:   {Mutation: "extendApplicationWindow"},
	MicroProjectClosed:     {Mutation: "closeApplications"},
	MicroProjectArchived:   {Mutation: "archiveMicroProject"},
	MicroProjectDuplicated: {Mutation: "duplicateMicroProject"},

	MicroProjectDraftedFromTemplate: {Mutation: "draftMicroProjectFromTemplate"},
	MicroProjectTemplateSaved:       {Mutation: "saveMicroProjectTemplate"},
	MicroProjectTemplatePublished:   {Mutation: "publishMicroProjectTemplate"},
	MicroProjectTemplateRemoved:     {Mutation: "removeMicroProjectTemplate"},

	ApplicationSubmitted:         {Mutation: "applyToMicroProject"},
	ApplicationWithdrawn:         {Mutation: "withdrawApplication"},
	ApplicationDeclined:          {Mutation: "declineApplication"},
	ApplicationOffered:           {Because: "an offer was extended"},
	ApplicationAccepted:          {Because: "the offer was accepted"},
	ApplicationOfferDeclined:     {Because: "the offer was declined"},
	ApplicationReturned:          {Because: "the offer on it was withdrawn or not answered in time"},
	ApplicationClosed:            {Because: "the micro-project was filled, expired or cancelled"},
	OfferExtended:                {Mutation: "extendOffer"},
	OfferAccepted:                {Mutation: "acceptOffer"},
	OfferDeclined:                {Mutation: "declineOffer"},
	OfferWithdrawn:               {Mutation: "withdrawOffer"},
	OfferRevised:                 {Mutation: "reviseOffer"},
	OfferLapsed:                  {Because: "the application was withdrawn or declined, or the micro-project filled or cancelled"},
	OfferAnswerDue:               {Because: "three days are left to answer it"},
	OfferSigned:                  {Because: "both sides signed every document"},
	OfferExpired:                 {Because: "the talent did not answer it in 14 days"},
	OfferVoided:                  {Because: "the engagement ended before it started"},
	AgreementSigned:              {Mutation: "signAgreement"},
	EngagementPrepared:           {Because: "the offer was accepted"},
	EngagementKickedOff:          {Mutation: "confirmKickOff"},
	EngagementReady:              {Because: "every gate passed"},
	EngagementStarted:            {Mutation: "startEngagement"},
	EngagementSubmitted:          {Because: "the last open deliverable was handed in"},
	EngagementReturned:           {Because: "a deliverable was sent back"},
	EngagementCompleted:          {Mutation: "completeEngagement"},
	EngagementAutoCompleted:      {Because: "everything was accepted, and nobody completed it in the days agreed on, or nobody decided on the last of it"},
	EngagementTerminated:         {Mutation: "terminateEngagement"},
	EngagementPaused:             {Mutation: "pauseEngagement"},
	EngagementResumed:            {Mutation: "resumeEngagement"},
	EngagementMissed:             {Because: "the work was not handed in, or rested, a week after its last day"},
	EngagementReopened:           {Mutation: "reopenEngagement"},
	EngagementLapsed:             {Because: "the work had not started a week after its last day"},
	EngagementClosed:             {Because: "work that was not handed in was not taken up again in 14 days"},
	DeliverableSubmitted:         {Mutation: "submitDeliverable"},
	DeliverableRevisionRequested: {Mutation: "requestDeliverableRevision"},
	DeliverableAccepted:          {Mutation: "acceptDeliverable"},
	DeliverableAutoAccepted:      {Because: "nobody decided on it in the days agreed on"},
	DeliverableTeamSubmitted:     {Because: "a teammate handed it in for everybody who works on the project"},
	DeliverableExtended:          {Mutation: "extendDeliverableDueDate"},
	DeliverableDecisionDue:       {Because: "three days, or half of the time, are left to decide on it"},
	DeliverableCancelled:         {Because: "the engagement was terminated, or nobody took it up again"},

	ApplicationRevised:     {Mutation: "reviseApplication"},
	ApplicationReviewed:    {Mutation: "reviewApplication"},
	ApplicationShortlisted: {Mutation: "shortlistApplication"},
	ApplicationInterviewed: {Because: "the first interview was scheduled"},
	ApplicationExpired:     {Because: "the employer took no step in 30 days"},
	ApplicationsDecided:    {Mutation: "decideApplications"},
	InvitationSent:         {Mutation: "inviteTalentToApply"},
	InvitationApplied:      {Because: "the talent applied"},
	InvitationExpired:      {Because: "the talent did not apply in 14 days, or in the time to apply"},
	InterviewScheduled:     {Mutation: "scheduleInterview"},
	InterviewSlotChosen:    {Mutation: "chooseInterviewSlot"},
	InterviewPassed:        {Because: "the application went on or ended after the chosen time had come"},
	InterviewCancelled:     {Because: "another one was scheduled, or the application went on or ended, before its time had come"},

	PaymentPaidOut: {Because: "the provider settled the payout"},
	PaymentFailed:  {Because: "the provider could not pay out"},
	PaymentRetried: {Mutation: "retryPayment"},

	PaymentPartlyRefunded: {Because: "a dispute was resolved with a part for each side"},
	PaymentUnfrozen:       {Because: "a dispute was resolved, and the work goes on"},
	PaymentRaised:         {Because: "an amendment that adds to the fee was accepted"},
	DisputeOpened:         {Mutation: "openDispute"},
	DisputeProposed:       {Mutation: "proposeDisputeResolution"},
	DisputeAccepted:       {Mutation: "acceptDisputeResolution"},
	DisputeResolved:       {Mutation: "resolveDispute"},
	EngagementDisputed:    {Because: "a dispute was opened"},
	EngagementSettled:     {Because: "the dispute was resolved, and the work goes on"},

	PaymentAuthorized:   {Because: "the offer was sent"},
	PaymentHeld:         {Because: "the offer was accepted"},
	PaymentReleased:     {Because: "a milestone fell due, the engagement was completed, or a dispute resolved"},
	PaymentVoided:       {Because: "the offer was declined, withdrawn or not answered in time"},
	PaymentRefunded:     {Because: "the engagement ended with nothing handed in, or a dispute was resolved"},
	PaymentFrozen:       {Because: "the engagement was terminated with work handed in, or a dispute was opened"},
	EvaluationSubmitted: {Mutation: "submitEvaluation"},
	EvaluationPublished: {Because: "both sides have submitted theirs, or the time to do so is over"},
	EvaluationDue:       {Because: "three days are left to write it"},
	PortfolioItemAdded:  {Mutation: "promoteDeliverableToPortfolio"},
	HireProposed:        {Mutation: "proposeHireConversion"},
	HireAccepted:        {Mutation: "acceptHireConversion"},
	HireDeclined:        {Mutation: "declineHireConversion"},
	HireLapsed:          {Because: "the job's first day passed without an answer, or 60 days without a proposal"},
	HireStarted:         {Mutation: "confirmHireStart"},
	HireStartConfirmed:  {Because: "another source named the same first day"},

	HireInterestSignalled: {Mutation: "signalHireInterest"},
	HireWithdrawn:         {Mutation: "withdrawHireConversion"},
	HireReported:          {Mutation: "reportHire"},
	HireOutcomeRecorded:   {Mutation: "recordHireOutcome"},
	HireRetainedOneYear:   {Because: "the talent was still employed 365 days after the first"},
	HireRetainedFiveYears: {Because: "the talent was still employed 1,826 days after the first"},
	HireLeft:              {Because: "somebody said that the talent has left"},
	HireOutcomeDue:        {Because: "365 or 1,826 days have passed since the first"},

	EvaluationAmended: {Mutation: "amendEvaluation"},
	EvaluationReplied: {Mutation: "replyToEvaluation"},
	EvaluationRemoved: {Mutation: "removeEvaluation"},
	GhostingReported:  {Mutation: "reportGhosting"},
	StrikeIssued:      {Because: "the talent was reported for ghosting, a published evaluation is significantly below what was agreed, a message of theirs was found to break the rules, or an operator judged their conduct", Also: "issueStrike"},
	StrikeAppealed:    {Mutation: "appealStrike"},
	StrikeUpheld:      {Mutation: "upholdStrike"},
	StrikeLifted:      {Mutation: "liftStrike"},
	StrikeExpired:     {Because: "it was issued 365 days ago"},
	TalentDeactivated: {Because: "it was the second strike of its kind"},
	TalentReinstated:  {Mutation: "reinstateTalent"},

	OperatorAccessOpened:  {Mutation: "openOperatorAccess"},
	OperatorAccessClosed:  {Mutation: "closeOperatorAccess"},
	OperatorAccessExpired: {Because: "the hours were over for which it was opened"},
	ConsentGranted:        {Mutation: "recordConsent"},
	ConsentWithdrawn:      {Mutation: "withdrawConsent"},
	ConsentExpired:        {Because: "the instant came until which it was given"},

	DirectoryNoticeAnnounced: {Mutation: "announceDirectoryInformation"},
	DirectoryNoticeReplaced:  {Because: "the institution announced another one"},
	DirectoryNoticeWithdrawn: {Mutation: "withdrawDirectoryInformation"},
	DirectoryNoticeTold:      {Because: "it was announced, and the institution's talents are told of it, some hundred at a time"},
	DirectoryOptedOut:        {Mutation: "optOutOfDirectory"},
	DirectoryReturned:        {Mutation: "returnToDirectory"},

	DemographicsDeclared: {Mutation: "declareDemographics"},
	DemographicsErased:   {Mutation: "eraseDemographics"},

	UploadCreated:   {Mutation: "createUpload"},
	UploadReceived:  {Because: "the file came over its signed link"},
	UploadCompleted: {Mutation: "completeUpload"},
	UploadRefused:   {Because: "the file was not what was announced, or an operator removed its message"},
	UploadAbandoned: {Mutation: "abandonUpload"},
	UploadExpired:   {Because: "it was not sent in an hour, or not used within 7 days"},

	PortfolioWorkAdded:   {Mutation: "addPortfolioItem"},
	PortfolioItemRevised: {Mutation: "revisePortfolioItem"},
	PortfolioPublished:   {Mutation: "publishPortfolioItem"},
	PortfolioItemHidden:  {Mutation: "hidePortfolioItem"},
	PortfolioItemRemoved: {Mutation: "removePortfolioItem"},
	PortfolioArranged:    {Mutation: "arrangePortfolio"},
	MilestoneFunded:      {Because: "the offer was accepted, and its fee is held, or an amendment added it to the fee"},
	MilestoneDue:         {Because: "its deliverables were accepted, or the engagement was completed, or a dispute resolved"},
	MilestonePaid:        {Because: "the provider settled the payout"},
	MilestoneCancelled:   {Because: "the offer was not accepted, or the money for it went back"},
	AmendmentProposed:    {Mutation: "proposeAmendment"},
	AmendmentAccepted:    {Mutation: "acceptAmendment"},
	AmendmentDeclined:    {Mutation: "declineAmendment"},
	AmendmentWithdrawn:   {Mutation: "withdrawAmendment"},
	AmendmentExpired:     {Because: "the other side did not answer in 7 days"},

	ReferenceRequested: {Mutation: "requestReference"},
	ReferenceGiven:     {Mutation: "giveReference"},
	ReferenceDeclined:  {Mutation: "declineReference"},
	ReferenceWithdrawn: {Mutation: "withdrawReferenceRequest"},
	ReferenceExpired:   {Because: "the employer did not answer in 30 days"},
	ReferenceShown:     {Mutation: "showReference"},
	ReferenceHidden:    {Mutation: "hideReference"},
	ReferenceRetracted: {Mutation: "retractReference"},
	ThankYouNoteSent:   {Mutation: "sendThankYouNote"},

	WorklogEntryDrafted:      {Mutation: "draftWorklogEntry"},
	WorklogEntryRevised:      {Mutation: "reviseWorklogEntry"},
	WorklogEntryLogged:       {Mutation: "logWorklogEntry"},
	WorklogEntryDiscarded:    {Mutation: "discardWorklogEntry"},
	WorklogEntryApproved:     {Mutation: "approveWorklogEntry"},
	WorklogEntryAutoApproved: {Because: "the work is paid by the hour, and nobody decided on it in the days agreed on"},
	WorklogEntryRejected:     {Mutation: "rejectWorklogEntry"},
	WorklogEntryCorrected:    {Mutation: "correctWorklogEntry"},

	MessageSent:            {Mutation: "sendMessage"},
	MessageRemoved:         {Because: "a report of it was upheld"},
	ConversationRead:       {Mutation: "markConversationRead"},
	MessageReported:        {Mutation: "reportMessage"},
	MessageReportDismissed: {Mutation: "dismissMessageReport"},
	MessageReportUpheld:    {Mutation: "upholdMessageReport"},
}

// Causes is a copy of the table of kinds.
func Causes() map[Kind]Cause {
	all := make(map[Kind]Cause, len(causes))
	for kind, cause := range causes {
		all[kind] = cause
	}
	return all
}
