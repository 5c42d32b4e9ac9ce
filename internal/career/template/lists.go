package template

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	"github.com/rung-dev/rung/internal/page"
)

// AgreementTemplateFilter is what a list is narrowed to; conditions left nil do not count.
type AgreementTemplateFilter struct {
	Kind      []agreementtemplate.Kind
	Status    []agreementtemplate.Status
	UpdatedAt *page.Range
}

// AgreementTemplateOrderField is what a list of its noun can be ordered by.
type AgreementTemplateOrderField string

// The fields of AgreementTemplateOrder.
const (
	AgreementTemplatesByPublishedAt AgreementTemplateOrderField = "PUBLISHED_AT"
	AgreementTemplatesByUpdatedAt   AgreementTemplateOrderField = "UPDATED_AT"
)

// AgreementTemplateOrder is how a list is ordered.
type AgreementTemplateOrder struct {
	Field     AgreementTemplateOrderField
	Direction page.Direction
}

// AgreementTemplateConnection is a page of them, and AgreementTemplateEdge one entry of it.
type (
	AgreementTemplateConnection = page.Connection[*ent.AgreementTemplate]
	AgreementTemplateEdge       = page.Edge[*ent.AgreementTemplate]
)
