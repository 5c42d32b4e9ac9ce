// Package consent is what talents let others read, and the ledger of what
// somebody outside has read of them.
package consent

import (
	"time"

	entconsent "github.com/rung-dev/rung/ent/gen/ent/consent"
	"github.com/rung-dev/rung/internal/gid"
)

// RecordConsentInput: who may read, for what, and until when.
type RecordConsentInput struct {
	RecipientID gid.ID
	Purpose     entconsent.Purpose
	Statement   string
	ExpiresAt   time.Time
}

// WithdrawConsentInput: which consent.
type WithdrawConsentInput struct {
	ConsentID        gid.ID
	ExpectedRevision int
}
