package client

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/clientgrant"
	"github.com/rung-dev/rung/internal/page"
)

// ApiClientFilter is what a list is narrowed to; conditions left nil do not count.
type ApiClientFilter struct {
	Status    []apiclient.Status
	UpdatedAt *page.Range
}

// ApiClientOrderField is what a list of its noun can be ordered by.
type ApiClientOrderField string

// The fields of ApiClientOrder.
const (
	ApiClientsByCreatedAt ApiClientOrderField = "CREATED_AT"
	ApiClientsByUpdatedAt ApiClientOrderField = "UPDATED_AT"
)

// ApiClientOrder is how a list is ordered.
type ApiClientOrder struct {
	Field     ApiClientOrderField
	Direction page.Direction
}

// ApiClientConnection is a page of them, and ApiClientEdge one entry of it.
type (
	ApiClientConnection = page.Connection[*ent.ApiClient]
	ApiClientEdge       = page.Edge[*ent.ApiClient]
)

// ClientGrantFilter is what a list is narrowed to; conditions left nil do not count.
type ClientGrantFilter struct {
	Status    []clientgrant.Status
	UpdatedAt *page.Range
}

// ClientGrantOrderField is what a list of its noun can be ordered by.
type ClientGrantOrderField string

// The fields of ClientGrantOrder.
const (
	ClientGrantsByCreatedAt ClientGrantOrderField = "CREATED_AT"
	ClientGrantsByUpdatedAt ClientGrantOrderField = "UPDATED_AT"
)

// ClientGrantOrder is how a list is ordered.
type ClientGrantOrder struct {
	Field     ClientGrantOrderField
	Direction page.Direction
}

// ClientGrantConnection is a page of them, and ClientGrantEdge one entry of it.
type (
	ClientGrantConnection = page.Connection[*ent.ClientGrant]
	ClientGrantEdge       = page.Edge[*ent.ClientGrant]
)
