package credential

import (
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/opt"
)

// PromoteDeliverableToPortfolioInput: which deliverable, and its results.
type PromoteDeliverableToPortfolioInput struct {
	DeliverableID gid.ID
	Title         string
	Summary       string
	Result        MeasuredResultInput
	MoreResults   []*MeasuredResultInput
	SkillIDs      []gid.ID
}

// AddPortfolioItemInput: work that was done elsewhere.
type AddPortfolioItemInput struct {
	Title     string
	Summary   string
	Results   []*MeasuredResultInput
	SkillIDs  []gid.ID
	Link      *string
	StartedOn *calendar.Date
	EndedOn   *calendar.Date
}

// RevisePortfolioItemInput: which item, and what it says from now on.
type RevisePortfolioItemInput struct {
	PortfolioItemID  gid.ID
	ExpectedRevision int
	Title            opt.Value[string]
	Summary          opt.Value[string]
	Results          opt.List[*MeasuredResultInput]
	SkillIDs         opt.List[gid.ID]
	Link             opt.Value[string]
	StartedOn        opt.Value[calendar.Date]
	EndedOn          opt.Value[calendar.Date]
}

// ArrangePortfolioInput: all of the talent's items in their new order.
type ArrangePortfolioInput struct {
	ItemIDs []gid.ID
}

// PublishPortfolioItemInput: which item.
type PublishPortfolioItemInput struct {
	PortfolioItemID  gid.ID
	ExpectedRevision int
}

// HidePortfolioItemInput: which item.
type HidePortfolioItemInput struct {
	PortfolioItemID  gid.ID
	ExpectedRevision int
}

// RemovePortfolioItemInput: which item.
type RemovePortfolioItemInput struct {
	PortfolioItemID  gid.ID
	ExpectedRevision int
}

// MeasuredResultInput: a result with a number.
type MeasuredResultInput struct {
	Metric string
	Value  money.Decimal
	Unit   string
}
