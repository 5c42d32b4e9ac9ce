package viewer

import "slices"

// Entry says of one scope what it opens.
type Entry struct {
	Scope   Scope
	Meaning string
	// IsGrantable: an organisation can grant it to an API client. What ties a person
	// by their word, and what decides on people's rights, stays with people.
	IsGrantable bool
}

// Catalog lists every scope in the order of the alphabet.
func Catalog() []Entry {
	list := make([]Entry, 0, len(meanings))
	for scope, meaning := range meanings {
		list = append(list, Entry{scope, meaning, IsGrantable(scope)})
	}
	slices.SortFunc(list, func(a, b Entry) int {
		if a.Scope < b.Scope {
			return -1
		}
		return 1
	})
	return list
}

// IsGrantable reports whether API clients can be granted a scope: an organisation
// other than the platform holds it, and it is not a person's alone.
func IsGrantable(s Scope) bool {
	return (scopesOf[RoleOwner][s] || scopesOf[RoleAdmin][s] || scopesOf[RoleApprover][s]) && !ofPeople[s]
}

// ofPeople are the rights that no program holds.
var ofPeople = set(AgreementsSign, ClientsManage, EmployersManage, EmployersRegister, InstitutionsManage, MembersRead, MembersManage, SessionsManage, TalentOpen,
	SandboxesOpen, NoticesRead, UploadsWrite, MessagesSend, ReportsRead, ThanksSend, ReferencesGive, DisputesOpen, DisputesPropose, TalentSensitive, AuditRead, DirectoryWrite)

var meanings = map[Scope]string{
	ListingsRead:       "Read postings that are open to all, and those shown to whom one acts for.",
	InstitutionsOpen:   "Open an institution's career office.",
	InstitutionsManage: "Change how an institution's career office works.",
	TermsRecord:        "Record an institution's terms and breaks.",
	AffiliationsClaim:  "Say that one studies or studied at an institution.",
	AffiliationsDecide: "Confirm or decline that somebody studies at the institution.",
	AffiliationsRead:   "Read who studies at the institution, or one's own affiliations.",
	LinksRequest:       "Ask institutions to work together.",
	LinksDecide:        "Decide on employers that ask to work together.",
	LinksRead:          "Read which employers and institutions work together.",
	TalentOpen:         "Open a talent profile.",
	TalentWrite:        "Change one's own talent profile.",
	TalentRead:         "Read profiles of talents, as far as they are shown.",
	TalentSensitive:    "Read grades, work authorisation and contact of the institution's own talents.",
	DisclosuresRead:    "Read who read a talent's record.",
	ConsentsWrite:      "Give and withdraw consent.",
	ConsentsRead:       "Read what talents consented to.",
	AuditRead:          "Read what the organisation's own people and programs did.",
	RecordsOpen:        "Open a tenant's records for some hours, with a reason.",
	AccessesRead:       "Read which records the platform opened, and why.",
	DirectoryWrite:     "Announce and withdraw what the institution tells of its talents to employers.",
	TalentLabel:        "Keep labels by talents, and find talents by them.",
	EmployersRegister:  "Register an employer.",
	EmployersManage:    "Change an employer's profile and its texts.",
	EmployersVerify:    "Approve, refuse, suspend and reinstate employers.",
	EmployersFlag:      "Flag an employer.",
	FlagsRead:          "Read what was flagged.",
	MembersRead:        "Read who acts for the organisation.",
	MembersManage:      "Invite people to act for the organisation, and decide what they may.",
	SessionsManage:     "Act for an organisation of one's own, and sign out everywhere.",
	ProjectsWrite:      "Draft, revise, submit and publish micro-projects.",
	ProjectsRead:       "Read micro-projects in every status.",
	ProjectsDecide:     "Decide on micro-projects that were submitted.",
	ProjectsCancel:     "Cancel anybody's micro-project.",
	PoliciesWrite:      "Write and retire the rules of postings.",
	ApplicationsSubmit: "Apply, revise and withdraw applications.",
	ApplicationsDecide: "Review, shortlist and decline applications, and invite talents to apply.",
	ApplicationsRead:   "Read applications, invitations and interviews.",
	OffersExtend:       "Extend, revise and withdraw offers.",
	OffersAnswer:       "Accept and decline offers.",
	OffersRead:         "Read offers and what is agreed on.",
	AgreementsSign:     "Sign agreements.",
	EngagementsWork:    "Do the work of an engagement.",
	EngagementsOversee: "Oversee engagements.",
	EngagementsRead:    "Read engagements and deliverables.",
	DeliverablesSubmit: "Submit deliverables.",
	DeliverablesDecide: "Accept deliverables, or ask for another version.",
	EvaluationsSubmit:  "Evaluate the other side.",
	EvaluationsRead:    "Read evaluations that are published.",
	EvaluationsRemove:  "Take down evaluations.",
	StrikesRead:        "Read what is held against a talent.",
	StrikesAppeal:      "Appeal against a strike.",
	StrikesDecide:      "Issue, uphold and lift strikes.",
	PaymentsRead:       "Read what is held, paid out and sent back.",
	PaymentsRetry:      "Try a payment again that failed.",
	DisputesOpen:       "Open a dispute.",
	DisputesPropose:    "Propose how to resolve a dispute.",
	DisputesResolve:    "Resolve a dispute.",
	DisputesRead:       "Read disputes.",
	PortfolioWrite:     "Keep one's own portfolio.",
	PortfolioRead:      "Read portfolios, as far as they are shown.",
	HiresPropose:       "Propose to hire, and report hires.",
	HiresAnswer:        "Answer who proposes to hire.",
	HiresRead:          "Read hires.",
	SandboxesOpen:      "Open, wind and close sandboxes.",
	NoticesRead:        "Read what one is told.",
	PoolsRead:          "Read funding pools.",
	PoolsManage:        "Open funding pools, and say who draws on them.",
	PoolsBank:          "Record what comes into and goes out of funding pools.",
	PlatformConfigure:  "Change what the platform asks and keeps.",
	EngagementsClear:   "Clear a talent's work for an employer.",
	OutcomesRecord:     "Record what became of talents.",
	UploadsWrite:       "Send files.",
	ReferencesRequest:  "Ask for references, and show them.",
	ReferencesGive:     "Give references.",
	ReferencesRead:     "Read references, as far as they are shown.",
	ThanksSend:         "Send thank-you notes.",
	MessagesSend:       "Send and report messages.",
	MessagesRead:       "Read messages of one's own conversations.",
	ReportsRead:        "Read what one reported.",
	ReportsDecide:      "Decide on messages that were reported.",
	InsightsRead:       "Read numbers that tell of nobody.",
	WorklogWrite:       "Keep a worklog.",
	WorklogDecide:      "Approve and reject hours.",
	WorklogRead:        "Read worklogs.",
	ClientsManage:      "Register API clients, and decide what they may see of the organisation.",
	ClientsAct:         "Mint embed tokens, and keep references of one's own. Every API client may.",
}
