package viewer

// Role is what a membership makes of a person inside one organisation.
type Role string

// The roles. A talent is a person, not a tenant, and has a role all the same,
// so that one table says who holds which scope.
const (
	RoleNone       Role = ""
	RoleNewcomer   Role = "NEWCOMER"
	RoleTalent     Role = "TALENT"
	RoleOwner      Role = "OWNER"
	RoleRecruiter  Role = "RECRUITER"
	RoleSupervisor Role = "SUPERVISOR"
	RoleViewer     Role = "VIEWER"
	RoleApprover   Role = "APPROVER"
	RoleAdmin      Role = "ADMIN"
	RoleOperator   Role = "OPERATOR"
	RoleOutcomes   Role = "OUTCOMES"
	// RoleClient is what every API client holds beside what it was granted.
	RoleClient    Role = "CLIENT"
	RoleSensitive Role = "SENSITIVE"
)

// Scope is one right, written resource:action.
type Scope string

// Scopes is a set of rights.
type Scopes map[Scope]bool

// The scopes, by resource.
const (
	ListingsRead       Scope = "listings:read"
	InstitutionsOpen   Scope = "institutions:open"
	InstitutionsManage Scope = "institutions:manage"
	TermsRecord        Scope = "terms:record"
	AffiliationsClaim  Scope = "affiliations:claim"
	AffiliationsDecide Scope = "affiliations:decide"
	AffiliationsRead   Scope = "affiliations:read"
	LinksRequest       Scope = "links:request"
	LinksDecide        Scope = "links:decide"
	LinksRead          Scope = "links:read"
	TalentOpen         Scope = "talent:open"
	TalentWrite        Scope = "talent:write"
	TalentRead         Scope = "talent:read"
	TalentLabel        Scope = "talent:label"
	EmployersRegister  Scope = "employers:register"
	EmployersManage    Scope = "employers:manage"
	EmployersVerify    Scope = "employers:verify"
	EmployersFlag      Scope = "employers:flag"
	FlagsRead          Scope = "flags:read"
	MembersRead        Scope = "members:read"
	MembersManage      Scope = "members:manage"
	SessionsManage     Scope = "sessions:manage"
	ProjectsWrite      Scope = "projects:write"
	ProjectsRead       Scope = "projects:read"
	ProjectsDecide     Scope = "projects:decide"
	ProjectsCancel     Scope = "projects:cancel"
	PoliciesWrite      Scope = "policies:write"
	ApplicationsSubmit Scope = "applications:submit"
	ApplicationsDecide Scope = "applications:decide"
	ApplicationsRead   Scope = "applications:read"
	OffersExtend       Scope = "offers:extend"
	OffersAnswer       Scope = "offers:answer"
	OffersRead         Scope = "offers:read"
	AgreementsSign     Scope = "agreements:sign"
	EngagementsWork    Scope = "engagements:work"
	EngagementsOversee Scope = "engagements:oversee"
	EngagementsRead    Scope = "engagements:read"
	DeliverablesSubmit Scope = "deliverables:submit"
	DeliverablesDecide Scope = "deliverables:decide"
	EvaluationsSubmit  Scope = "evaluations:submit"
	EvaluationsRead    Scope = "evaluations:read"
	EvaluationsRemove  Scope = "evaluations:remove"
	StrikesRead        Scope = "strikes:read"
	StrikesAppeal      Scope = "strikes:appeal"
	StrikesDecide      Scope = "strikes:decide"
	PaymentsRead       Scope = "payments:read"
	PaymentsRetry      Scope = "payments:retry"
	DisputesOpen       Scope = "disputes:open"
	DisputesPropose    Scope = "disputes:propose"
	DisputesResolve    Scope = "disputes:resolve"
	DisputesRead       Scope = "disputes:read"
	PortfolioWrite     Scope = "portfolio:write"
	PortfolioRead      Scope = "portfolio:read"
	HiresPropose       Scope = "hires:propose"
	HiresAnswer        Scope = "hires:answer"
	HiresRead          Scope = "hires:read"
	SandboxesOpen      Scope = "sandboxes:open"
	NoticesRead        Scope = "notices:read"

	PoolsRead         Scope = "pools:read"
	PoolsManage       Scope = "pools:manage"
	PoolsBank         Scope = "pools:bank"
	PlatformConfigure Scope = "platform:configure"
	EngagementsClear  Scope = "engagements:clear"
	OutcomesRecord    Scope = "outcomes:record"
	UploadsWrite      Scope = "uploads:write"
	ReferencesRequest Scope = "references:request"
	ReferencesGive    Scope = "references:give"
	ReferencesRead    Scope = "references:read"
	ThanksSend        Scope = "thanks:send"

	MessagesSend  Scope = "messages:send"
	MessagesRead  Scope = "messages:read"
	ReportsRead   Scope = "reports:read"
	ReportsDecide Scope = "reports:decide"

	InsightsRead Scope = "insights:read"

	// Of API clients: who answers for them, and what every client may do.
	ClientsManage Scope = "clients:manage"
	ClientsAct    Scope = "clients:act"

	WorklogWrite  Scope = "worklog:write"
	WorklogDecide Scope = "worklog:decide"
	WorklogRead   Scope = "worklog:read"

	// Grades, work authorisation and contact of one's own institution's talents.
	TalentSensitive Scope = "talent:sensitive"
	DisclosuresRead Scope = "disclosures:read"
	ConsentsWrite   Scope = "consents:write"
	ConsentsRead    Scope = "consents:read"
	AuditRead       Scope = "audit:read"
	RecordsOpen     Scope = "records:open"
	AccessesRead    Scope = "accesses:read"

	// What an institution tells of its talents to employers, after a public notice.
	DirectoryWrite Scope = "directory:write"
)

// scopesOf says which rights each role carries: the one place that does.
var scopesOf = map[Role]Scopes{
	RoleNone:     set(ListingsRead),
	RoleNewcomer: set(ListingsRead, TalentOpen, EmployersRegister, SandboxesOpen, SessionsManage),
	RoleTalent: set(SandboxesOpen, SessionsManage, NoticesRead, ListingsRead, EmployersRegister, TalentOpen, TalentWrite, TalentRead, AffiliationsClaim, AffiliationsRead,
		ProjectsRead, ApplicationsSubmit, ApplicationsRead, OffersAnswer, OffersRead, AgreementsSign, EngagementsWork,
		EngagementsRead, DeliverablesSubmit, EvaluationsSubmit, EvaluationsRead, PaymentsRead, DisputesOpen, DisputesPropose, DisputesRead, PortfolioWrite, PortfolioRead,
		HiresAnswer, HiresRead, StrikesRead, StrikesAppeal,
		UploadsWrite, ReferencesRequest, ReferencesRead, ThanksSend, MessagesSend, MessagesRead, ReportsRead,
		WorklogWrite, WorklogRead, DisclosuresRead, ConsentsWrite, ConsentsRead, AccessesRead),

	RoleClient: set(ListingsRead, ClientsAct),

	RoleOwner:      union(recruiter, supervisor, set(EmployersManage, LinksRequest, MembersRead, MembersManage, PaymentsRetry, ClientsManage, AuditRead)),
	RoleRecruiter:  recruiter,
	RoleSupervisor: supervisor,

	RoleViewer:   careerViewer,
	RoleApprover: union(careerViewer, set(TalentLabel, AffiliationsDecide, LinksDecide, ProjectsDecide, PoliciesWrite, TermsRecord, EmployersFlag, EngagementsClear)),
	RoleAdmin: union(careerViewer, set(InstitutionsManage, TalentLabel, AffiliationsDecide, LinksDecide, ProjectsDecide, PoliciesWrite, TermsRecord,
		EmployersFlag, MembersRead, MembersManage, EngagementsClear, PoolsManage, OutcomesRecord, ClientsManage, TalentSensitive, AuditRead, DirectoryWrite)),
	RoleOutcomes:  union(careerViewer, set(OutcomesRecord)),
	RoleSensitive: union(careerViewer, set(TalentSensitive)),

	RoleOperator: set(SandboxesOpen, SessionsManage, NoticesRead, ListingsRead, FlagsRead, InstitutionsOpen, EmployersVerify, ProjectsRead, ProjectsDecide, ProjectsCancel, PoliciesWrite, LinksRead, MembersRead, MembersManage,
		EngagementsRead, PaymentsRead, PaymentsRetry, DisputesPropose, DisputesResolve, DisputesRead, EvaluationsRead, EvaluationsRemove, StrikesRead, StrikesDecide,
		PoolsRead, PoolsManage, PoolsBank, PlatformConfigure, ReportsRead, ReportsDecide, ClientsManage,
		InsightsRead,
		WorklogRead, TalentRead, AuditRead, RecordsOpen, AccessesRead),
}

var (
	employerReads = set(SandboxesOpen, SessionsManage, NoticesRead, ListingsRead, EmployersRegister, TalentOpen, ProjectsRead, ApplicationsRead, OffersRead, EngagementsRead,
		EvaluationsRead, PaymentsRead, DisputesRead, LinksRead, TalentRead, PortfolioRead, HiresRead, PoolsRead,
		UploadsWrite, ReferencesGive, ReferencesRead, ThanksSend, MessagesSend, MessagesRead, ReportsRead,
		WorklogRead, ConsentsRead, AccessesRead)
	recruiter = union(employerReads, set(LinksRequest, ProjectsWrite, TalentLabel, ApplicationsDecide, OffersExtend, AgreementsSign,
		HiresPropose, DisputesOpen, DisputesPropose,
		InsightsRead))
	supervisor = union(employerReads, set(EngagementsOversee, DeliverablesDecide, EvaluationsSubmit, WorklogDecide))

	careerViewer = set(DisputesRead, SandboxesOpen, SessionsManage, NoticesRead, ListingsRead, FlagsRead, AffiliationsRead, LinksRead, ProjectsRead, ApplicationsRead, OffersRead, EngagementsRead,
		EvaluationsRead, TalentRead, PortfolioRead, HiresRead, PoolsRead, ReferencesRead,
		InsightsRead,
		WorklogRead, DisclosuresRead, ConsentsRead, AccessesRead)
)

// ScopesOf is the set of rights a role carries. Callers do not change it.
func ScopesOf(r Role) Scopes { return scopesOf[r] }

// AllScopes lists every scope that some role carries.
func AllScopes() []Scope {
	seen := Scopes{}
	var all []Scope
	for _, scopes := range scopesOf {
		for s := range scopes {
			if !seen[s] {
				seen[s] = true
				all = append(all, s)
			}
		}
	}
	return all
}

func set(scopes ...Scope) Scopes {
	out := make(Scopes, len(scopes))
	for _, s := range scopes {
		out[s] = true
	}
	return out
}

func union(sets ...Scopes) Scopes {
	out := Scopes{}
	for _, one := range sets {
		for s := range one {
			out[s] = true
		}
	}
	return out
}
