package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// Tx is one change under way. Its client sees what the viewer may see.
type Tx struct {
	*ent.Client
	// Now is the instant of the change in its world, at millisecond precision.
	Now time.Time
	// Change is what the events and ledger entries of the change share.
	Change gid.ID
	// Recorded are the events of the change, in order.
	Recorded []Recorded

	db      *DB
	sql     *sql.Tx
	conn    *conn
	world   gid.ID
	real    time.Time // what Now is outside of the world
	last    []func(context.Context) error
	changed map[string]bool
	over    bool
}

// Recorded is what the audit and the feeds need to know of an event.
type Recorded struct {
	ID      gid.ID
	Subject gid.ID
	Parties []gid.ID
}

func newTx(db *DB, t *sql.Tx, world gid.ID, now, real time.Time) (*Tx, error) {
	tx := &Tx{db: db, sql: t, world: world, Now: now, real: real, changed: map[string]bool{}}
	tx.conn = &conn{sql: t, dialect: db.engine.Name, changing: true}
	var err error
	if tx.Change, err = tx.NewID(gid.Change); err != nil {
		return nil, err
	}
	tx.Client = client(tx.conn)
	access.GuardChange(tx.Client)
	tx.Use(tx.stamp)
	return tx, nil
}

// World is the world in which the change happens.
func (tx *Tx) World() gid.ID { return tx.world }

// Real is the real instant at which the world's clock will show another one,
// unless somebody moves it.
func (tx *Tx) Real(at time.Time) time.Time { return tx.real.Add(at.Sub(tx.Now)) }

// NewID makes an id for a row of this change.
func (tx *Tx) NewID(noun gid.Noun) (gid.ID, error) { return tx.db.newID(noun, tx.Now) }

// System is a client that sees every row, for what a rule needs beyond the
// viewer's sight. Each use and its reason stand in a reviewed list.
func (tx *Tx) System(reason string) *ent.Client {
	if reason == "" {
		panic("store: say why this change must see every row")
	}
	all := client(tx.conn)
	all.Use(tx.stamp)
	return all
}

// Last runs f just before the change commits, after all else it does.
func (tx *Tx) Last(f func(context.Context) error) { tx.last = append(tx.last, f) }

// Advance adds n to a party's feed counter and returns where it stands. The
// counter stays locked until the change ends: advance them last, in id order.
func (tx *Tx) Advance(ctx context.Context, party gid.ID, n int) (int64, error) {
	const statement = `INSERT INTO feed_counters (id, sequence) VALUES ($1, $2)
		ON CONFLICT (id) DO UPDATE SET sequence = feed_counters.sequence + excluded.sequence RETURNING sequence`
	var at int64
	err := tx.row(ctx, statement, []any{party, n}, &at)
	return at, err
}

func (tx *Tx) row(ctx context.Context, statement string, args []any, into ...any) error {
	count(ctx)
	ctx, done, err := tx.conn.limited(ctx)
	if err != nil {
		return err
	}
	defer done()
	return tx.sql.QueryRowContext(ctx, statement, args...).Scan(into...)
}

func (tx *Tx) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	count(ctx)
	ctx, done, err := tx.conn.limited(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	result, err := tx.sql.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// nouns says which noun the ids of each table carry.
var nouns = map[string]gid.Noun{
	ent.TypePerson: gid.Person, ent.TypeIdentity: gid.Identity, ent.TypeMembership: gid.Membership, ent.TypeMemberInvitation: gid.MemberInvitation, ent.TypeWorld: gid.World,
	ent.TypeInstitution: gid.Institution, ent.TypeInstitutionLink: gid.InstitutionLink, ent.TypeEmployer: gid.Employer,
	ent.TypeSkill: gid.Skill, ent.TypeOccupation: gid.Occupation,
	ent.TypeTalentProfile: gid.Talent, ent.TypeDeclaredSkill: gid.DeclaredSkill, ent.TypeEducationRecord: gid.Education,
	ent.TypeAffiliation: gid.Affiliation, ent.TypePortfolioItem: gid.PortfolioItem,
	ent.TypeMicroProject: gid.MicroProject, ent.TypePlannedDeliverable: gid.PlannedDeliverable,
	ent.TypeProjectSkill: gid.ProjectSkill, ent.TypeProjectInstitution: gid.ProjectInstitution,
	ent.TypePostingRequest: gid.PostingRequest, ent.TypeListing: gid.Listing, ent.TypeApplication: gid.Application,
	ent.TypeOffer: gid.Offer, ent.TypeAgreement: gid.Agreement, ent.TypeEngagement: gid.Engagement,
	ent.TypeDeliverable: gid.Deliverable, ent.TypeSubmission: gid.Submission, ent.TypeEvaluation: gid.Evaluation,
	ent.TypePaymentRecord: gid.Payment, ent.TypeLedgerEntry: gid.LedgerEntry, ent.TypeHireConversion: gid.HireConversion,
	ent.TypeApplicationQuestion: gid.ApplicationQuestion, ent.TypeApplicationStudy: gid.ApplicationStudy,
	ent.TypeApplicationSkill: gid.ApplicationSkill, ent.TypeInterview: gid.Interview, ent.TypeInvitation: gid.Invitation,
	ent.TypeTerm: gid.Term, ent.TypePostingPolicy: gid.PostingPolicy, ent.TypeFlag: gid.Flag, ent.TypeStrike: gid.Strike,
	ent.TypeEvent: gid.Event, ent.TypeFeedEntry: gid.FeedEntry, ent.TypeAuditEntry: gid.Audit, ent.TypeJob: gid.Job,
	ent.TypeNotification:    gid.Notification,
	ent.TypePaymentCallback: gid.Callback, ent.TypeDispute: gid.Dispute,
	ent.TypeFundingPool: gid.FundingPool, ent.TypeFundingPoolAdmission: gid.FundingPoolAdmission, ent.TypeFundingPoolEntry: gid.FundingPoolEntry,

	ent.TypeHireReport: gid.HireReport,
	ent.TypeUpload:     gid.Upload,

	ent.TypePortfolioSkill: gid.PortfolioSkill, ent.TypeReference: gid.Reference, ent.TypeThankYouNote: gid.ThankYouNote,
	ent.TypeConversation: gid.Conversation, ent.TypeMessage: gid.Message, ent.TypeReadMark: gid.ReadMark, ent.TypeMessageReport: gid.MessageReport,

	ent.TypeAmendment:    gid.Amendment,
	ent.TypeWorklogEntry: gid.WorklogEntry,
	ent.TypeMilestone:    gid.Milestone,

	ent.TypeTalentLabel:    gid.TalentLabel,
	ent.TypeOperatorAccess: gid.OperatorAccess, ent.TypeDisclosure: gid.Disclosure, ent.TypeConsent: gid.Consent, ent.TypeDemographics: gid.Demographics,
	ent.TypeDirectoryNotice: gid.DirectoryNotice,

	ent.TypeProjectTemplate: gid.ProjectTemplate, ent.TypeAgreementTemplate: gid.AgreementTemplate, ent.TypeOfferDocument: gid.OfferDocument,

	ent.TypeApiClient: gid.APIClient, ent.TypeClientSecret: gid.ClientSecret, ent.TypeClientGrant: gid.ClientGrant,
	ent.TypeClientUsage: gid.ClientUsage, ent.TypeExternalReference: gid.ExternalReference,
}

// NounOf is the noun of a table's ids, by ent's name of its type, which is the
// schema's too; zero where there is no such table.
func NounOf(kind string) gid.Noun { return nouns[kind] }

// stamp gives new rows their id and instants, and changed rows their instant
// and next revision; it notes which columns the audit will name.
func (tx *Tx) stamp(next ent.Mutator) ent.Mutator {
	return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
		if tx.over {
			return nil, fmt.Errorf("store: %s was changed after its transaction ended", m.Type())
		}
		for _, column := range slices.Concat(m.Fields(), m.ClearedFields()) {
			tx.changed[m.Type()+"."+column] = true
		}
		if err := tx.stampRow(m); err != nil {
			return nil, err
		}
		return next.Mutate(ctx, m)
	})
}

func (tx *Tx) stampRow(m ent.Mutation) error {
	if m.Op().Is(ent.OpCreate) {
		if row, ok := m.(interface {
			ID() (gid.ID, bool)
			SetID(gid.ID)
		}); ok {
			if _, set := row.ID(); !set {
				noun, named := nouns[m.Type()]
				if !named {
					return fmt.Errorf("store: nouns says nothing of %s", m.Type())
				}
				id, err := tx.NewID(noun)
				if err != nil {
					return err
				}
				row.SetID(id)
			}
		}
		return setInstants(m, tx.Now, "created_at", "updated_at")
	}
	if _, counted := m.(interface{ AddRevision(int) }); counted {
		if err := m.AddField("revision", 1); err != nil {
			return err
		}
	}
	return setInstants(m, tx.Now, "updated_at")
}

// setInstants sets the columns that the table has and nobody set.
func setInstants(m ent.Mutation, now time.Time, columns ...string) error {
	for _, column := range columns {
		if _, set := m.Field(column); set || !slices.Contains(columnsOf(m), column) {
			continue
		}
		if err := m.SetField(column, now); err != nil {
			return err
		}
	}
	return nil
}

// columnsOf names which instants the table keeps.
func columnsOf(m ent.Mutation) []string {
	var have []string
	if _, ok := m.(interface{ SetCreatedAt(time.Time) }); ok {
		have = append(have, "created_at")
	}
	if _, ok := m.(interface{ SetUpdatedAt(time.Time) }); ok {
		have = append(have, "updated_at")
	}
	return have
}

// audit writes who did what. It names columns, never values.
func (tx *Tx) audit(ctx context.Context, v viewer.Viewer, r *viewer.Request, code string) error {
	subjects := make([]gid.ID, 0, len(tx.Recorded))
	for _, e := range tx.Recorded {
		if !slices.Contains(subjects, e.Subject) {
			subjects = append(subjects, e.Subject)
		}
	}
	changed := make([]string, 0, len(tx.changed))
	for column := range tx.changed {
		changed = append(changed, column)
	}
	slices.Sort(changed)
	entry := tx.System("the audit is written for readers other than the one who acts").AuditEntry.Create().
		SetWorldID(tx.world).SetChangeID(tx.Change).SetVerb(r.Verb).SetSubjects(subjects).
		SetChangedFields(changed).SetRequestID(r.ID).SetKeyHash(keyHash(r.IdempotencyKey)).SetOccurredAt(tx.Now)
	if !v.Person.IsNone() {
		entry.SetPersonID(v.Person)
	}
	if !r.Client.IsNone() {
		entry.SetClientID(r.Client)
	}
	if !v.Org.IsNone() {
		entry.SetOrganizationID(v.Org)
	}
	if code == "" {
		return entry.SetOutcome("DONE").Exec(ctx)
	}
	return entry.SetOutcome("REFUSED").SetCode(code).Exec(ctx)
}
