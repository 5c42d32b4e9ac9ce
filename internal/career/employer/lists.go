package employer

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	entemployer "github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/flag"
	"github.com/rung-dev/rung/internal/page"
)

// EmployerFilter is what a list is narrowed to; conditions left nil do not count.
type EmployerFilter struct {
	Search    *string
	Status    []entemployer.Status
	UpdatedAt *page.Range
}

// EmployerOrderField is what a list of its noun can be ordered by.
type EmployerOrderField string

// The fields of EmployerOrder.
const (
	EmployersByName      EmployerOrderField = "NAME"
	EmployersByCreatedAt EmployerOrderField = "CREATED_AT"
	EmployersByUpdatedAt EmployerOrderField = "UPDATED_AT"
)

// EmployerOrder is how a list is ordered.
type EmployerOrder struct {
	Field     EmployerOrderField
	Direction page.Direction
}

// EmployerConnection is a page of them, and EmployerEdge one entry of it.
type (
	EmployerConnection = page.Connection[*ent.Employer]
	EmployerEdge       = page.Edge[*ent.Employer]
)

// FlagFilter is what a list is narrowed to; conditions left nil do not count.
type FlagFilter struct {
	Status    []flag.Status
	Employer  *page.IDFilter
	UpdatedAt *page.Range
}

// FlagOrderField is what a list of its noun can be ordered by.
type FlagOrderField string

// The fields of FlagOrder.
const (
	FlagsByCreatedAt FlagOrderField = "CREATED_AT"
	FlagsByUpdatedAt FlagOrderField = "UPDATED_AT"
)

// FlagOrder is how a list is ordered.
type FlagOrder struct {
	Field     FlagOrderField
	Direction page.Direction
}

// FlagConnection is a page of them, and FlagEdge one entry of it.
type (
	FlagConnection = page.Connection[*ent.Flag]
	FlagEdge       = page.Edge[*ent.Flag]
)
