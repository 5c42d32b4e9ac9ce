package talent

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
)

// TalentProfileFilter is what a list is narrowed to; conditions left nil do not count.
type TalentProfileFilter struct {
	Skills              *page.IDFilter
	Institution         *page.IDFilter
	MinimumGpa          *money.Decimal
	UsWorkAuthorization []talentprofile.UsWorkAuthorization
	Label               *string
	UpdatedAt           *page.Range
}

// ExposedTalentFilter is what the list of whom an employer met is narrowed to: nothing but when it changed.
type ExposedTalentFilter = page.Changed

// TalentProfileOrderField is what a list of its noun can be ordered by.
type TalentProfileOrderField string

// The fields of TalentProfileOrder.
const (
	TalentProfilesByCreatedAt TalentProfileOrderField = "CREATED_AT"
	TalentProfilesByUpdatedAt TalentProfileOrderField = "UPDATED_AT"
)

// TalentProfileOrder is how a list is ordered.
type TalentProfileOrder struct {
	Field     TalentProfileOrderField
	Direction page.Direction
}

// AffiliationFilter is what a list is narrowed to; conditions left nil do not count.
type AffiliationFilter struct {
	Status      []affiliation.Status
	Talent      *page.IDFilter
	Institution *page.IDFilter
	UpdatedAt   *page.Range
}

// AffiliationOrderField is what a list of its noun can be ordered by.
type AffiliationOrderField string

// The fields of AffiliationOrder.
const (
	AffiliationsByCreatedAt AffiliationOrderField = "CREATED_AT"
	AffiliationsByUpdatedAt AffiliationOrderField = "UPDATED_AT"
)

// AffiliationOrder is how a list is ordered.
type AffiliationOrder struct {
	Field     AffiliationOrderField
	Direction page.Direction
}

// TalentProfileConnection is a page of them, and TalentProfileEdge one entry of it.
type (
	TalentProfileConnection = page.Connection[*ent.TalentProfile]
	TalentProfileEdge       = page.Edge[*ent.TalentProfile]
)

// AffiliationConnection is a page of them, and AffiliationEdge one entry of it.
type (
	AffiliationConnection = page.Connection[*ent.Affiliation]
	AffiliationEdge       = page.Edge[*ent.Affiliation]
)

// StrikeOrderField is what a list of its noun can be ordered by.
type StrikeOrderField string

// The fields of StrikeOrder.
const (
	StrikesByIssuedAt  StrikeOrderField = "ISSUED_AT"
	StrikesByUpdatedAt StrikeOrderField = "UPDATED_AT"
)

// StrikeOrder is how a list is ordered.
type StrikeOrder struct {
	Field     StrikeOrderField
	Direction page.Direction
}

// StrikeFilter says which strikes.
type StrikeFilter struct {
	Status    []strike.Status
	Talent    *page.IDFilter
	UpdatedAt *page.Range
}

// StrikeConnection is a page of them, and StrikeEdge one entry of it.
type (
	StrikeConnection = page.Connection[*ent.Strike]
	StrikeEdge       = page.Edge[*ent.Strike]
)
