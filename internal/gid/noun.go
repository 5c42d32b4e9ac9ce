package gid

// Noun is the kind of thing an id names. The numbers are stored in every id:
// add at the end, never renumber.
type Noun byte

// The nouns, in the order in which they joined.
const (
	Institution Noun = iota + 1
	Employer
	Person
	Talent
	Affiliation
	MicroProject
	PlannedDeliverable
	PostingRequest
	Listing
	Application
	Offer
	Agreement
	Engagement
	Deliverable
	Submission
	Message
	Evaluation
	Payment
	PortfolioItem
	Reference
	HireConversion
	Event
	Audit
	APIClient
	Membership
	Education
	Skill
	Occupation
	InstitutionLink
	Term
	Notification
	World
	Identity
	DeclaredSkill
	ProjectSkill
	ProjectInstitution
	Signature
	LedgerEntry
	KickOff
	Change
	FeedEntry
	Job
	Idempotency
	PortfolioSkill
	ApplicationQuestion
	ApplicationStudy
	ApplicationSkill
	Interview
	Invitation
	PostingPolicy
	Flag
	Strike
	Callback
	Dispute

	HireReport
	FundingPool
	FundingPoolAdmission
	FundingPoolEntry
	Upload

	ThankYouNote
	Conversation
	ReadMark
	MessageReport

	Amendment
	WorklogEntry

	Milestone

	AgreementTemplate
	OfferDocument

	MemberInvitation
	Issuer
	RoleMapping
	ClientSecret
	ClientGrant
	ClientUsage
	ExternalReference
	Consent
	Disclosure
	Demographics
	DirectoryNotice
	OperatorAccess
	PersonMerge

	ProjectTemplate

	TalentLabel
)

var prefixes = [...]string{
	"", "ins", "emp", "per", "tal", "aff", "prj", "pdl", "req", "lst", "app", "off", "agr", "eng", "dlv",
	"sub", "msg", "evl", "pay", "ptf", "ref", "hir", "evt", "aud", "cli", "mem", "edu", "skl", "occ", "lnk",
	"trm", "ntf", "wld", "idn", "dsk", "psk", "pin", "sig", "lgr", "kof", "chg", "fed", "job", "idk", "pfs",
	"qst", "aps", "apk", "int", "inv",
	"pol", "flg", "stk", "cbk", "dsp",
	"hrp",
	"fpl", "fpa", "fpe",
	"upl",
	"thx", "cnv", "rdm", "mrp",
	"amd",
	"wle",
	"mil",
	"atp", "odc",
	"miv", "iss", "rmp", "cse", "cgr", "cus", "xrf", "cns", "dcl", "dmg", "dnt", "oac", "pmg",
	"ptm",
	"tlb",
}

var byPrefix = func() map[string]Noun {
	nouns := make(map[string]Noun, len(prefixes))
	for n, prefix := range prefixes[1:] {
		nouns[prefix] = Noun(n + 1)
	}
	return nouns
}()

// Prefix is the noun's three letters, empty for what is no noun.
func (n Noun) Prefix() string {
	if int(n) < len(prefixes) {
		return prefixes[n]
	}
	return ""
}

// LiveWorld is the id of the one world that is no sandbox. It is a constant,
// so that every installation names it alike.
var LiveWorld = ID{6: 0x70, 8: 0x80, 15: byte(World)}
