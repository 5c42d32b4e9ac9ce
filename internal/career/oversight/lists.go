package oversight

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/auditentry"
	"github.com/rung-dev/rung/ent/gen/ent/operatoraccess"
	"github.com/rung-dev/rung/internal/page"
)

// AuditEntryFilter is what the trail is narrowed to; conditions left nil do not count.
type AuditEntryFilter struct {
	OccurredAt *page.Range
	Verb       []string
	Actor      *page.IDFilter
	Subject    *page.IDFilter
	Outcome    []auditentry.Outcome
	UpdatedAt  *page.Range
}

// AuditEntryOrderField is what the trail can be ordered by.
type AuditEntryOrderField string

// The fields of AuditEntryOrder.
const (
	AuditEntriesByOccurredAt AuditEntryOrderField = "OCCURRED_AT"
	AuditEntriesByUpdatedAt  AuditEntryOrderField = "UPDATED_AT"
)

// AuditEntryOrder is how the trail is ordered.
type AuditEntryOrder struct {
	Field     AuditEntryOrderField
	Direction page.Direction
}

// OperatorAccessFilter is what a list is narrowed to; conditions left nil do not count.
type OperatorAccessFilter struct {
	Status    []operatoraccess.Status
	Tenant    *page.IDFilter
	UpdatedAt *page.Range
}

// OperatorAccessOrderField is what a list of its noun can be ordered by.
type OperatorAccessOrderField string

// The fields of OperatorAccessOrder.
const (
	OperatorAccessesByOpenedAt  OperatorAccessOrderField = "OPENED_AT"
	OperatorAccessesByUpdatedAt OperatorAccessOrderField = "UPDATED_AT"
)

// OperatorAccessOrder is how a list is ordered.
type OperatorAccessOrder struct {
	Field     OperatorAccessOrderField
	Direction page.Direction
}

// Connections are pages of them, and edges one entry of it.
type (
	AuditEntryConnection     = page.Connection[*ent.AuditEntry]
	AuditEntryEdge           = page.Edge[*ent.AuditEntry]
	OperatorAccessConnection = page.Connection[*ent.OperatorAccess]
	OperatorAccessEdge       = page.Edge[*ent.OperatorAccess]
)
