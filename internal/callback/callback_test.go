package callback_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/event"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/callback"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var secret = config.NewSecret("a secret of the provider and of nobody else")

// bank is a provider that says nothing at once.
type bank struct{ payment.LedgerOnly }

func (bank) Payout(context.Context, payment.Payout) (payment.Outcome, error) {
	return payment.UnderWay, nil
}

// till is a door over a payment that is on its way.
type till struct {
	*testing.T
	db     *store.DB
	door   http.Handler
	record gid.ID
	now    time.Time
}

func open(t *testing.T, db *store.DB) *till {
	t.Helper()
	c := &till{T: t, db: db, now: db.Now()}
	c.door = callback.Door{DB: db, Secret: secret}
	c.change(func(ctx context.Context, tx *store.Tx) error {
		e, err := tx.Employer.Create().SetWorldID(tx.World()).SetName("Acme").SetNameFolded("acme").SetOrigin("REGISTERED").SetStatus("VERIFIED").Save(ctx)
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
		subject, err := tx.NewID(gid.Offer)
		if err != nil {
			return err
		}
		c.record, err = payment.Authorize(ctx, tx, payment.Charge{
			SubjectID: subject, EmployerID: e.ID, TalentID: ada.ID, Fee: money.Money{Minor: 50_000, Currency: "USD"}, PlatformBasisPoints: 1000,
		})
		if err != nil {
			return err
		}
		if err := payment.Hold(ctx, tx, subject); err != nil {
			return err
		}
		_, err = payment.Release(ctx, tx, subject)
		return err
	})
	c.work()
	return c
}

func (c *till) everything() context.Context {
	return viewer.With(c.Context(), viewer.System("a test sees everything"))
}

func (c *till) change(f func(context.Context, *store.Tx) error) {
	c.Helper()
	ctx := viewer.WithRequest(c.everything(), &viewer.Request{ID: "t", Verb: "test"})
	if _, err := store.Write(ctx, c.db, func(tx *store.Tx) (bool, error) { return true, f(ctx, tx) }); err != nil {
		c.Fatal(err)
	}
}

// work does what is queued, with a provider that tells later.
func (c *till) work() {
	c.Helper()
	w := &job.Worker{DB: c.db, Name: "t", Handlers: map[job.Kind]job.Handler{payment.PayOut: payment.PayingOut(bank{})}}
	if _, err := w.Drain(c.Context()); err != nil {
		c.Fatal(err)
	}
}

func (c *till) row() *ent.PaymentRecord {
	c.Helper()
	row, err := c.db.Read.PaymentRecord.Get(c.everything(), c.record)
	if err != nil {
		c.Fatal(err)
	}
	return row
}

// says is a callback's body: an id, an attempt, a state, and how long ago.
func (c *till) says(id string, attempt int, state string, ago time.Duration) []byte {
	m := map[string]any{"id": id, "payment": c.record.String(), "attempt": attempt, "state": state, "occurredAt": c.now.Add(-ago)}
	if state == "FAILED" {
		m["failure"] = "The account is closed."
	}
	body, err := json.Marshal(m)
	if err != nil {
		c.Fatal(err)
	}
	return body
}

func (c *till) send(body []byte) int {
	stamp := strconv.FormatInt(c.now.Unix(), 10)
	return c.post(stamp, hex.EncodeToString(callback.Sign(secret, stamp, body)), body)
}

func (c *till) post(stamp, signature string, body []byte) int {
	r := httptest.NewRequestWithContext(c.Context(), http.MethodPost, "/payments/callback", bytes.NewReader(body))
	r = r.WithContext(viewer.WithRequest(r.Context(), &viewer.Request{ID: "callback"}))
	r.Header.Set(callback.TimestampHeader, stamp)
	r.Header.Set(callback.SignatureHeader, signature)
	w := httptest.NewRecorder()
	c.door.ServeHTTP(w, r)
	if w.Body.Len() > 0 {
		c.Errorf("the answer says %q", w.Body)
	}
	return w.Code
}

func (c *till) happened(kind string) int {
	c.Helper()
	n, err := c.db.Read.Event.Query().Where(event.Kind(kind), event.SubjectID(c.record)).Count(c.everything())
	if err != nil {
		c.Fatal(err)
	}
	return n
}

func TestItRefuses(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := open(t, db)
		good := c.says("evt-1", 1, "PAID_OUT", 0)
		at := func(d time.Duration) string { return strconv.FormatInt(c.now.Add(d).Unix(), 10) }
		sign := func(stamp string, body []byte) string { return hex.EncodeToString(callback.Sign(secret, stamp, body)) }
		other := hex.EncodeToString(callback.Sign(config.NewSecret("another secret, of somebody else again"), at(0), good))
		for name, tc := range map[string]struct {
			stamp, signature string
			body             []byte
			want             int
		}{
			"no signature":                  {at(0), "", good, 401},
			"a signature that is no hex":    {at(0), "zz", good, 401},
			"another's signature":           {at(0), other, good, 401},
			"the signature of another body": {at(0), sign(at(0), []byte("{}")), good, 401},
			"the signature of another time": {at(0), sign(at(time.Second), good), good, 401},
			"no timestamp":                  {"", sign("", good), good, 401},
			"an old signature":              {at(-6 * time.Minute), sign(at(-6*time.Minute), good), good, 401},
			"a signature of times to come":  {at(6 * time.Minute), sign(at(6*time.Minute), good), good, 401},
			"what is too large":             {at(0), "", bytes.Repeat([]byte(" "), 16<<10+1), 413},
			"what is no JSON":               {at(0), sign(at(0), []byte("{")), []byte("{"), 400},
			"an unknown state":              {at(0), sign(at(0), c.says("e", 1, "LOST", 0)), c.says("e", 1, "LOST", 0), 400},
			"no id":                         {at(0), sign(at(0), c.says("", 1, "PAID_OUT", 0)), c.says("", 1, "PAID_OUT", 0), 400},
			"what is still to come":         {at(0), sign(at(0), c.says("e", 1, "PAID_OUT", -time.Hour)), c.says("e", 1, "PAID_OUT", -time.Hour), 400},
			"an attempt that was not made":  {at(0), sign(at(0), c.says("e", 2, "PAID_OUT", 0)), c.says("e", 2, "PAID_OUT", 0), 404},
			"an attempt before the first":   {at(0), sign(at(0), c.says("e", 0, "PAID_OUT", 0)), c.says("e", 0, "PAID_OUT", 0), 404},
			"what names no payment":         {at(0), sign(at(0), []byte(strings.Replace(string(good), c.record.String(), "x", 1))), []byte(strings.Replace(string(good), c.record.String(), "x", 1)), 404},
		} {
			if got := c.post(tc.stamp, tc.signature, tc.body); got != tc.want {
				t.Errorf("%s is answered with %d, want %d", name, got, tc.want)
			}
		}
		unknown := c.record
		var err error
		if c.record, err = gid.Random(gid.Payment, db.Now()); err != nil {
			t.Fatal(err)
		}
		if got := c.send(c.says("e", 1, "PAID_OUT", 0)); got != 404 {
			t.Errorf("an unknown payment is answered with %d", got)
		}
		c.record = unknown
		if row := c.row(); row.Status != paymentrecord.StatusReleasing || row.ProviderToldAt != nil {
			t.Errorf("something was followed: %v", row)
		}
		if got := c.send(good); got != 204 || c.row().Status != paymentrecord.StatusPaidOut {
			t.Errorf("what is right is answered with %d: %v", got, c.row())
		}
	})
}

// It does not matter in which order, and how often, a provider says the same.
func TestTheOrderDoesNotMatter(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, tc := range map[string]struct {
			early, late string
			apart       time.Duration
			want        paymentrecord.Status
		}{
			"it failed, and arrived after all": {"FAILED", "PAID_OUT", time.Minute, paymentrecord.StatusPaidOut},
			"it arrived, and was sent back":    {"PAID_OUT", "FAILED", time.Minute, paymentrecord.StatusFailed},
			"both at one instant":              {"FAILED", "PAID_OUT", 0, paymentrecord.StatusPaidOut},
			"twice the same":                   {"PAID_OUT", "PAID_OUT", time.Minute, paymentrecord.StatusPaidOut},
		} {
			for _, swapped := range []bool{false, true} {
				c := open(t, db)
				first, second := c.says(c.record.String()+"-1", 1, tc.early, tc.apart), c.says(c.record.String()+"-2", 1, tc.late, 0)
				order := [][]byte{first, second, first, second, second, first}
				if swapped {
					order = [][]byte{second, first, first, second}
				}
				for _, body := range order {
					if got := c.send(body); got != 204 {
						t.Errorf("%s: answered with %d", name, got)
					}
				}
				row := c.row()
				if row.Status != tc.want || row.ProviderToldAt == nil || !row.ProviderToldAt.Equal(c.now.Truncate(time.Millisecond)) {
					t.Errorf("%s, swapped %t: it is %s, told of %v", name, swapped, row.Status, row.ProviderToldAt)
				}
			}
		}
	})
}

// What is said of an earlier try says nothing of the next.
func TestAnEarlierTry(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := open(t, db)
		c.send(c.says("evt-1", 1, "FAILED", time.Minute))
		row := c.row()
		if row.Status != paymentrecord.StatusFailed || row.Failure == nil || *row.Failure != "The account is closed." {
			t.Fatalf("it did not fail: %v", row)
		}
		owner := viewer.Viewer{Kind: viewer.EmployerMember, World: gid.LiveWorld, Org: row.EmployerOrgID, Role: viewer.RoleOwner, Scopes: viewer.ScopesOf(viewer.RoleOwner)}
		ctx := viewer.WithRequest(viewer.With(t.Context(), owner), &viewer.Request{ID: "r", Verb: "retryPayment"})
		if _, err := payment.RetryPayment(ctx, db, payment.RetryPaymentInput{PaymentRecordID: c.record, ExpectedRevision: row.Revision}); err != nil {
			t.Fatal(err)
		}
		c.work()
		if got := c.send(c.says("evt-2", 1, "PAID_OUT", 0)); got != 204 || c.row().Status != paymentrecord.StatusReleasing {
			t.Errorf("the first try is answered with %d, the second is %s", got, c.row().Status)
		}
		if got := c.send(c.says("evt-3", 2, "PAID_OUT", 0)); got != 204 || c.row().Status != paymentrecord.StatusPaidOut {
			t.Errorf("the second try is answered with %d and %s", got, c.row().Status)
		}
	})
}

func TestThirtyTwoAtOnceCountOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := open(t, db)
		body := c.says("evt-1", 1, "PAID_OUT", 0)
		var all sync.WaitGroup
		for range 32 {
			all.Go(func() {
				for {
					switch got := c.send(body); got {
					case 204:
						return
					case 503: // too many at once: a provider sends it again
					default:
						t.Errorf("one is answered with %d", got)
						return
					}
				}
			})
		}
		all.Wait()
		if n := c.happened("paymentRecord.paidOut"); n != 1 {
			t.Errorf("it arrived %d times", n)
		}
		entries, err := db.Read.LedgerEntry.Query().All(c.everything())
		if err != nil {
			t.Fatal(err)
		}
		sum, out := int64(0), int64(0)
		for _, e := range entries {
			sum += e.AmountMinor
			if e.Account == "PAID_OUT" {
				out += e.AmountMinor
			}
		}
		if sum != 0 || out != 45_000 {
			t.Errorf("the ledger sums to %d, and %d have arrived", sum, out)
		}
	})
}
