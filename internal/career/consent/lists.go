package consent

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	entconsent "github.com/rung-dev/rung/ent/gen/ent/consent"
	"github.com/rung-dev/rung/ent/gen/ent/disclosure"
	"github.com/rung-dev/rung/internal/page"
)

// ConsentFilter is what a list is narrowed to; conditions left nil do not count.
type ConsentFilter struct {
	Status    []entconsent.Status
	Talent    *page.IDFilter
	Recipient *page.IDFilter
	UpdatedAt *page.Range
}

// ConsentOrderField is what a list of its noun can be ordered by.
type ConsentOrderField string

// The fields of ConsentOrder.
const (
	ConsentsByGrantedAt ConsentOrderField = "GRANTED_AT"
	ConsentsByUpdatedAt ConsentOrderField = "UPDATED_AT"
)

// ConsentOrder is how a list is ordered.
type ConsentOrder struct {
	Field     ConsentOrderField
	Direction page.Direction
}

// DisclosureFilter is what a list is narrowed to; conditions left nil do not count.
type DisclosureFilter struct {
	Talent     *page.IDFilter
	Purpose    []disclosure.Purpose
	OccurredAt *page.Range
	UpdatedAt  *page.Range
}

// DisclosureOrderField is what a list of its noun can be ordered by.
type DisclosureOrderField string

// The fields of DisclosureOrder.
const (
	DisclosuresByOccurredAt DisclosureOrderField = "OCCURRED_AT"
	DisclosuresByUpdatedAt  DisclosureOrderField = "UPDATED_AT"
)

// DisclosureOrder is how a list is ordered.
type DisclosureOrder struct {
	Field     DisclosureOrderField
	Direction page.Direction
}

// Connections are pages of them, and edges one entry of it.
type (
	ConsentConnection    = page.Connection[*ent.Consent]
	ConsentEdge          = page.Edge[*ent.Consent]
	DisclosureConnection = page.Connection[*ent.Disclosure]
	DisclosureEdge       = page.Edge[*ent.Disclosure]
)
