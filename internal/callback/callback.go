// Package callback lets a payment provider tell where the money is. What it says
// is signed, so that nobody else can say it, and is followed once.
package callback

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/paymentcallback"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// The headers of a callback: the Unix second at which it was signed, and the
// HMAC-SHA256 in hex of that text, a full stop and the body.
const (
	TimestampHeader = "Rung-Timestamp"
	SignatureHeader = "Rung-Signature"
)

const (
	// window is how far the time of a signature may be from now.
	window = 5 * time.Minute
	// mostBody is how large a callback may be.
	mostBody = 16 << 10
)

// Door answers callbacks.
type Door struct {
	DB     *store.DB
	Secret config.Secret
}

// message is what a provider says.
type message struct {
	ID         string    `json:"id"`
	Payment    string    `json:"payment"`
	Attempt    int       `json:"attempt"`
	State      string    `json:"state"`
	Failure    string    `json:"failure"`
	OccurredAt time.Time `json:"occurredAt"`
}

// ServeHTTP answers 204 for what is kept, and for what was kept before.
func (d Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		w.WriteHeader(http.StatusRequestEntityTooLarge)
	case err != nil:
		w.WriteHeader(http.StatusBadRequest)
	case !d.isSigned(r.Header, body):
		w.WriteHeader(http.StatusUnauthorized)
	default:
		w.WriteHeader(d.hear(r.Context(), body))
	}
}

// isSigned reports whether somebody who knows the secret signed the body just
// now.
func (d Door) isSigned(h http.Header, body []byte) bool {
	stamp := h.Get(TimestampHeader)
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return false
	}
	signature, err := hex.DecodeString(h.Get(SignatureHeader))
	if err != nil || !hmac.Equal(signature, Sign(d.Secret, stamp, body)) {
		return false
	}
	return d.isNear(time.Unix(seconds, 0))
}

func (d Door) isNear(at time.Time) bool {
	return at.Sub(d.DB.Now()).Abs() <= window
}

// Sign is the signature of a body at a timestamp.
func Sign(secret config.Secret, stamp string, body []byte) []byte {
	mac := hmac.New(sha256.New, []byte(secret.Reveal()))
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	return mac.Sum(nil)
}

// hear follows what is signed, and says with which status to answer.
func (d Door) hear(ctx context.Context, body []byte) int {
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		return http.StatusBadRequest
	}
	told, err := d.read(m)
	if err != nil {
		return http.StatusBadRequest
	}
	record, err := gid.Parse(m.Payment)
	if err != nil {
		return http.StatusNotFound
	}
	told.RecordID = record
	asked := viewer.RequestFrom(ctx)
	ctx = viewer.With(ctx, viewer.System("a payment provider tells of money that it moves"))
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: asked.ID, From: asked.From, Verb: "paymentCallback"})
	_, err = payment.Tell(ctx, d.DB, told)
	return statusOf(ctx, err)
}

// read checks what can be known without looking at anything kept.
func (d Door) read(m message) (payment.Told, error) {
	var r text.Reader
	t := payment.Told{
		EventID: r.Line("id", m.ID, 1, 100), Attempt: m.Attempt, State: paymentcallback.State(m.State), OccurredAt: m.OccurredAt.UTC().Truncate(time.Millisecond),
	}
	if err := paymentcallback.StateValidator(t.State); err != nil {
		r.Refuse(fault.InvalidValue("state", "Say PAID_OUT or FAILED."))
	}
	if t.State == paymentcallback.StateFailed {
		t.Failure = r.Line("failure", m.Failure, 1, 200)
	}
	if m.OccurredAt.IsZero() || m.OccurredAt.After(d.DB.Now().Add(window)) {
		r.Refuse(fault.InvalidValue("occurredAt", "Say when it came about."))
	}
	return t, r.Err()
}

// statusOf is the status that a change is answered with. It never says why.
func statusOf(ctx context.Context, err error) int {
	if err == nil {
		return http.StatusNoContent
	}
	if told, foreseen := fault.UserErrors(err); foreseen {
		if told[0].GetCode() == fault.CodeNotFound {
			return http.StatusNotFound
		}
		return http.StatusConflict
	}
	var busy *fault.Request
	if errors.As(err, &busy) {
		return http.StatusServiceUnavailable
	}
	slog.ErrorContext(ctx, "a payment callback failed", "error", err)
	return http.StatusInternalServerError
}
