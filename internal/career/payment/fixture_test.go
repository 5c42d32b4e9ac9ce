package payment

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/feedentry"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// purse is a database with an employer and a talent it may pay.
type purse struct {
	db       *store.DB
	employer gid.ID
	talent   gid.ID
}

func open(t *testing.T, db *store.DB) *purse {
	t.Helper()
	p := &purse{db: db}
	err := p.change(t, everything(t), func(ctx context.Context, tx *store.Tx) error {
		e, err := tx.Employer.Create().SetWorldID(tx.World()).SetName("Acme").SetNameFolded("acme").
			SetOrigin(employer.OriginRegistered).SetStatus(employer.StatusVerified).Save(ctx)
		if err != nil {
			return err
		}
		who, err := tx.Person.Create().SetName("Ada").Save(ctx)
		if err != nil {
			return err
		}
		ada, err := tx.TalentProfile.Create().SetWorldID(tx.World()).SetPersonID(who.ID).SetLegalName("Ada").Save(ctx)
		if err != nil {
			return err
		}
		p.employer, p.talent = e.ID, ada.ID
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func everything(t *testing.T) context.Context {
	t.Helper()
	return viewer.With(t.Context(), viewer.System("a test sees everything"))
}

// change makes one change as the viewer of a context.
func (p *purse) change(t *testing.T, ctx context.Context, change func(context.Context, *store.Tx) error) error { //nolint:revive // t comes first in tests
	t.Helper()
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "t", Verb: "test"})
	_, err := store.Write(ctx, p.db, func(tx *store.Tx) (bool, error) { return true, change(ctx, tx) })
	return err
}

// charge is a promise of the employer to the talent for something new.
func (p *purse) charge(t *testing.T, minor, basisPoints int64) Charge {
	t.Helper()
	subject, err := gid.Random(gid.Offer, p.db.Now())
	if err != nil {
		t.Fatal(err)
	}
	return Charge{
		SubjectID: subject, EmployerID: p.employer, TalentID: p.talent,
		Fee: money.Money{Minor: minor, Currency: "USD"}, PlatformBasisPoints: basisPoints,
	}
}

// authorized is a charge that was promised.
func (p *purse) authorized(t *testing.T, minor, basisPoints int64) gid.ID {
	t.Helper()
	c := p.charge(t, minor, basisPoints)
	err := p.change(t, everything(t), func(ctx context.Context, tx *store.Tx) error {
		_, err := Authorize(ctx, tx, c)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c.SubjectID
}

// does takes steps with a subject's money, each in a change of its own.
func (p *purse) does(t *testing.T, subject gid.ID, steps ...string) {
	t.Helper()
	for _, s := range steps {
		err := p.change(t, everything(t), func(ctx context.Context, tx *store.Tx) error { return take(ctx, tx, subject, s) })
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// raise is what the step of that name adds.
const raise = 10_05

// take takes one step by name.
func take(ctx context.Context, tx *store.Tx, subject gid.ID, name string) (err error) {
	switch name {
	case "hold":
		err = Hold(ctx, tx, subject)
	case "void":
		err = Void(ctx, tx, subject)
	case "release":
		_, err = Release(ctx, tx, subject)
	case "refund":
		_, err = Refund(ctx, tx, subject)
	case "freeze":
		_, err = Freeze(ctx, tx, subject)
	case "raise":
		err = Raise(ctx, tx, subject, money.Money{Minor: raise, Currency: "USD"})
	case "arrive", "fail":
		p, err := Standing(ctx, tx, subject)
		if err != nil {
			return err
		}
		if name == "fail" {
			return fail(ctx, tx, p, "The account is closed.", tx.Now)
		}
		return arrive(ctx, tx, p, tx.Now)
	}
	return err
}

func (p *purse) record(t testing.TB, subject gid.ID) *ent.PaymentRecord {
	t.Helper()
	ctx := viewer.With(t.Context(), viewer.System("a test sees everything"))
	row, err := p.db.Read.PaymentRecord.Query().Where(paymentrecord.SubjectID(subject)).Only(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// balance is what each account holds of a subject's money; sums to zero within
// each change, or the test fails.
func (p *purse) balance(t testing.TB, subject gid.ID) map[ledgerentry.Account]int64 {
	t.Helper()
	ctx := viewer.With(t.Context(), viewer.System("a test sees everything"))
	entries, err := p.db.Read.LedgerEntry.Query().
		Where(ledgerentry.PaymentRecordID(p.record(t, subject).ID)).All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	accounts, changes := map[ledgerentry.Account]int64{}, map[gid.ID]int64{}
	for _, e := range entries {
		accounts[e.Account] += e.AmountMinor
		changes[e.ChangeID] += e.AmountMinor
	}
	for change, sum := range changes {
		if sum != 0 {
			t.Errorf("the entries of %s sum to %d", change, sum)
		}
	}
	return accounts
}

// told are the events about a subject's money, in order, as a party's feed has
// them.
func (p *purse) told(t *testing.T, party, subject gid.ID) []string {
	t.Helper()
	entries, err := p.db.Read.FeedEntry.Query().Where(feedentry.PartyID(party)).
		Order(ent.Asc(feedentry.FieldSequence)).WithEvent().All(everything(t))
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, e := range entries {
		if e.Edges.Event.SubjectID == p.record(t, subject).ID {
			kinds = append(kinds, e.Edges.Event.Kind)
		}
	}
	return kinds
}
