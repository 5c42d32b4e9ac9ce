// Package oversight is how an organisation looks after what its people do, and
// how an operator reads students' records: for a reason, for some hours, and with
// the tenant's knowledge.
package oversight

import "github.com/rung-dev/rung/internal/gid"

// OpenOperatorAccessInput: whose records, why and for how long.
type OpenOperatorAccessInput struct {
	TenantID gid.ID
	Reason   string
	Ticket   string
	Hours    int
}

// CloseOperatorAccessInput: which opening.
type CloseOperatorAccessInput struct {
	OperatorAccessID gid.ID
	ExpectedRevision int
}
