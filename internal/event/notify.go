package event

import (
	"context"
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// told says whom to notify of an event: which of its parties, and which of their
// people.
type told struct {
	talent bool
	roles  []membership.Role // of every organisation among the parties
	others bool              // only the parties for which the actor does not act
}

var (
	talent             = told{talent: true}
	recruiters         = []membership.Role{membership.RoleOwner, membership.RoleRecruiter}
	overseers          = []membership.Role{membership.RoleOwner, membership.RoleRecruiter, membership.RoleSupervisor}
	everyone           = append(append([]membership.Role{}, overseers...), deciders...)
	ownersAndOperators = []membership.Role{membership.RoleOwner, membership.RoleOperator}
	managers           = []membership.Role{membership.RoleOwner, membership.RoleAdmin, membership.RoleOperator}
	outcomes           = []membership.Role{membership.RoleOwner, membership.RoleRecruiter, membership.RoleAdmin, membership.RoleOutcomes}
	keepers            = []membership.Role{membership.RoleOwner, membership.RoleAdmin}
	deciders           = []membership.Role{membership.RoleApprover, membership.RoleAdmin, membership.RoleOperator}
)

// notices is the one table of whom an event is told to. Who made it happen is
// never told; events without a line are in the feeds alone.
var notices = map[Kind]told{
	FeeSplitAgreed:       {roles: recruiters},
	EngagementCleared:    {talent: true, roles: overseers},
	FundingPoolClosed:    {roles: recruiters},
	FundingPoolAdmitted:  {roles: recruiters},
	FundingPoolDismissed: {roles: recruiters},
	FundingPoolDeposited: {roles: []membership.Role{membership.RoleAdmin}},
	FundingPoolWithdrawn: {roles: []membership.Role{membership.RoleAdmin}},

	ClientGrantRequested: {roles: managers, others: true},
	ClientGrantApproved:  {roles: managers, others: true},
	ClientGrantRefused:   {roles: managers, others: true},
	ClientGrantRevoked:   {roles: managers, others: true},

	InstitutionLinkRequested:      {roles: deciders},
	InstitutionLinkApproved:       {roles: recruiters},
	InstitutionLinkDeclined:       {roles: recruiters},
	InstitutionLinkAsked:          {roles: recruiters},
	InstitutionLinkAnswered:       {roles: deciders},
	InstitutionLinkRevoked:        {roles: recruiters},
	PostingRequestAsked:           {roles: recruiters},
	PostingRequestRenewed:         {roles: deciders},
	PostingRequestWithdrawn:       {roles: recruiters},
	MicroProjectReturned:          {roles: deciders},
	EmployerVerificationRequested: {roles: deciders},
	EmployerSuspended:             {talent: true, roles: everyone},
	EmployerReinstated:            {talent: true, roles: everyone},
	EmployerBanned:                {talent: true, roles: everyone},
	FlagRaised:                    {roles: deciders},
	FlagUpheld:                    {roles: deciders},
	FlagDismissed:                 {roles: deciders},
	EmployerRegistered:            {roles: deciders},
	EmployerApproved:              {roles: overseers},
	EmployerRefused:               {roles: overseers},
	AffiliationClaimed:            {roles: deciders},
	AffiliationConfirmed:          talent,
	AffiliationDeclined:           talent,

	MicroProjectSubmitted:  {roles: deciders},
	PostingRequestApproved: {roles: recruiters},
	PostingRequestDeclined: {roles: recruiters},
	MicroProjectFilled:     {roles: recruiters},
	MicroProjectExpired:    {roles: recruiters},
	// By an operator, or because its employer was banned.
	MicroProjectCancelled: {roles: recruiters, others: true},

	ApplicationReviewed:          talent,
	ApplicationShortlisted:       talent,
	ApplicationExpired:           {talent: true, roles: recruiters},
	ApplicationRevised:           {roles: recruiters},
	InvitationSent:               talent,
	InterviewScheduled:           talent,
	InterviewSlotChosen:          {roles: recruiters},
	InterviewCancelled:           talent,
	ApplicationSubmitted:         {roles: recruiters},
	ApplicationWithdrawn:         {roles: recruiters},
	ApplicationDeclined:          talent,
	ApplicationClosed:            talent,
	OfferExtended:                talent,
	OfferAccepted:                {roles: overseers},
	OfferDeclined:                {roles: recruiters},
	OfferWithdrawn:               talent,
	OfferRevised:                 talent,
	OfferLapsed:                  talent,
	OfferAnswerDue:               talent,
	EngagementPaused:             {talent: true, roles: overseers},
	EngagementResumed:            {talent: true, roles: overseers},
	EngagementMissed:             {talent: true, roles: overseers},
	EngagementReopened:           talent,
	EngagementClosed:             {talent: true, roles: overseers},
	EngagementLapsed:             {talent: true, roles: overseers},
	DeliverableExtended:          talent,
	DeliverableDecisionDue:       {roles: overseers},
	EvaluationDue:                {talent: true, roles: overseers},
	OfferExpired:                 {talent: true, roles: recruiters},
	AgreementSigned:              {talent: true, roles: recruiters},
	EngagementKickedOff:          talent,
	EngagementReady:              {talent: true, roles: overseers},
	EngagementStarted:            {roles: overseers},
	EngagementSubmitted:          {roles: overseers},
	EngagementCompleted:          talent,
	EngagementAutoCompleted:      {talent: true, roles: overseers},
	EngagementTerminated:         {talent: true, roles: overseers},
	DeliverableSubmitted:         {roles: overseers},
	DeliverableRevisionRequested: talent,
	DeliverableAccepted:          talent,
	DeliverableAutoAccepted:      {talent: true, roles: overseers},
	DeliverableTeamSubmitted:     talent,

	PaymentReleased:     talent,
	PaymentPaidOut:      talent,
	PaymentFailed:       {talent: true, roles: ownersAndOperators},
	PaymentRefunded:     {roles: recruiters},
	PaymentRaised:       {roles: recruiters},
	DisputeOpened:       {talent: true, roles: everyone},
	DisputeProposed:     {talent: true, roles: everyone},
	DisputeAccepted:     {talent: true, roles: everyone},
	DisputeResolved:     {talent: true, roles: everyone},
	PaymentFrozen:       {talent: true, roles: recruiters},
	EvaluationPublished: {talent: true, roles: overseers},
	HireProposed:        talent,
	HireAccepted:        {roles: recruiters},
	HireDeclined:        {roles: recruiters},
	HireLapsed:          {talent: true, roles: recruiters},
	HireStarted:         {talent: true, roles: recruiters},
	HireStartConfirmed:  {talent: true, roles: recruiters},

	EvaluationReplied: {talent: true, roles: overseers},
	EvaluationRemoved: {talent: true, roles: overseers},
	StrikeIssued:      talent,
	StrikeAppealed:    {roles: deciders},
	StrikeUpheld:      talent,
	StrikeLifted:      talent,
	StrikeExpired:     talent,
	TalentDeactivated: talent,
	TalentReinstated:  talent,

	HireInterestSignalled: talent,
	HireWithdrawn:         talent,
	HireReported:          {talent: true, roles: outcomes},
	HireOutcomeRecorded:   {talent: true, roles: outcomes},
	HireOutcomeDue:        {talent: true, roles: outcomes},
	MilestoneDue:          {talent: true, roles: overseers},
	MilestonePaid:         {talent: true, roles: overseers},
	MilestoneCancelled:    {talent: true, roles: overseers},
	AmendmentProposed:     {talent: true, roles: overseers},
	AmendmentAccepted:     {talent: true, roles: overseers},
	AmendmentDeclined:     {talent: true, roles: overseers},
	AmendmentWithdrawn:    {talent: true, roles: overseers},
	AmendmentExpired:      {talent: true, roles: overseers},
	ReferenceRequested:    {roles: overseers},
	ReferenceGiven:        talent,
	ReferenceDeclined:     talent,
	ReferenceWithdrawn:    {roles: overseers},
	ReferenceExpired:      {talent: true, roles: overseers},
	ReferenceRetracted:    talent,
	ThankYouNoteSent:      {talent: true, roles: overseers},

	WorklogEntryLogged:       {roles: overseers},
	WorklogEntryApproved:     talent,
	WorklogEntryAutoApproved: {talent: true, roles: overseers},
	WorklogEntryRejected:     talent,
	WorklogEntryCorrected:    {roles: overseers},

	OperatorAccessOpened:  {talent: true, roles: keepers},
	OperatorAccessClosed:  {talent: true, roles: keepers},
	OperatorAccessExpired: {talent: true, roles: keepers},

	DirectoryNoticeAnnounced: {roles: keepers},
	DirectoryNoticeWithdrawn: {roles: keepers},
	DirectoryNoticeTold:      talent,

	MessageSent:            {talent: true, roles: overseers, others: true},
	MessageRemoved:         {talent: true, roles: overseers},
	MessageReported:        {roles: []membership.Role{membership.RoleOperator}},
	MessageReportDismissed: {talent: true, roles: overseers},
	MessageReportUpheld:    {talent: true, roles: overseers},
}

// notify writes the notifications of an event with the event itself, so that
// each is there exactly once.
func notify(ctx context.Context, tx *store.Tx, e Event, id gid.ID) error {
	who, isTold := notices[e.Kind]
	if !isTold {
		return nil
	}
	listeners, err := listening(ctx, tx, who, e.Parties)
	if err != nil {
		return fmt.Errorf("find whom to tell of %s: %w", e.Kind, err)
	}
	actor := viewer.From(ctx)
	var rows []*ent.NotificationCreate
	for _, l := range listeners {
		isOwn := l.party == actor.Talent || l.party == actor.Org
		if l.person != actor.Person && !(who.others && isOwn) {
			rows = append(rows, tx.Notification.Create().SetWorldID(tx.World()).SetPersonID(l.person).SetPartyID(l.party).
				SetEventID(id).SetKind(string(e.Kind)).SetSubjectID(e.Subject).SetCreatedAt(tx.Now))
		}
	}
	return tx.Notification.CreateBulk(rows...).Exec(ctx)
}

// listener is a person in one of the parts they play.
type listener struct{ person, party gid.ID }

func listening(ctx context.Context, tx *store.Tx, who told, parties []gid.ID) ([]listener, error) {
	var talents, organizations []gid.ID
	for _, party := range parties {
		switch {
		case party.Noun() == gid.Talent && who.talent:
			talents = append(talents, party)
		case party.Noun() != gid.Talent && len(who.roles) > 0 && !party.IsNone():
			organizations = append(organizations, party)
		}
	}
	var all []listener
	system := tx.System("who is to be told of an event may be hidden from who made it happen")
	if len(talents) > 0 {
		profiles, err := system.TalentProfile.Query().Where(talentprofile.IDIn(talents...)).Order(ent.Asc(talentprofile.FieldID)).All(ctx)
		if err != nil {
			return nil, err
		}
		for _, p := range profiles {
			all = append(all, listener{p.PersonID, p.ID})
		}
	}
	if len(organizations) == 0 {
		return all, nil
	}
	seats, err := system.Membership.Query().Where(membership.OrganizationIDIn(organizations...), membership.RoleIn(who.roles...),
		membership.StatusEQ(membership.StatusActive)).Order(ent.Asc(membership.FieldID)).All(ctx)
	for _, m := range seats {
		if l := (listener{m.PersonID, m.OrganizationID}); !slices.Contains(all, l) {
			all = append(all, l)
		}
	}
	return all, err
}
