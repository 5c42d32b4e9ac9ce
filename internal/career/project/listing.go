package project

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/internal/career/pool"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
)

// list makes the posting of a project that is open, and returns its id.
func list(ctx context.Context, tx *store.Tx, p *ent.MicroProject, employerName string) (gid.ID, error) {
	if again, err := relist(ctx, tx, p); err != nil || !again.IsNone() {
		return again, err
	}
	l, err := tx.Listing.Create().SetWorldID(p.WorldID).SetEmployerOrgID(p.EmployerOrgID).SetMicroProjectID(p.ID).
		SetSource(listing.SourceRung).SetStatus(listing.StatusOpen).SetAudience(listing.Audience(p.Audience)).
		SetTitle(p.Title).SetTitleFolded(p.TitleFolded).SetEmployerName(employerName).
		SetWorkplace(listing.Workplace(p.Workplace)).SetLocations(locations(p)).
		SetHours(p.Hours).SetFeeMinor(p.FeeMinor).SetCurrency(p.Currency).SetHourlyMinor(Fee(p).PerHour(p.Hours).Minor).
		SetPayModel(listing.PayModel(p.PayModel)).SetNillableBreakStartsOn(p.BreakStartsOn).SetNillableBreakEndsOn(p.BreakEndsOn).
		SetNillableHoursPerWeek(p.HoursPerWeek).SetNillableDueOn(p.DueOn).SetNillableBreakTermID(some(p.BreakTermID)).SetIPTerms(listing.IPTerms(p.IPTerms)).
		SetNillableApplyBy(p.ApplyBy).SetPublishedAt(tx.Now).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	return l.ID, nil
}

// closeListing leaves the posting standing, closed. A project that was never
// published has none.
func closeListing(ctx context.Context, tx *store.Tx, p *ent.MicroProject) error {
	return all(tx).Listing.Update().Where(listing.MicroProjectID(p.ID), listing.StatusEQ(listing.StatusOpen)).
		SetStatus(listing.StatusClosed).SetClosedAt(tx.Now).Exec(ctx)
}

func reopenListing(ctx context.Context, tx *store.Tx, p *ent.MicroProject) error {
	return all(tx).Listing.Update().Where(listing.MicroProjectID(p.ID), listing.StatusEQ(listing.StatusClosed)).
		SetStatus(listing.StatusOpen).ClearClosedAt().Exec(ctx)
}

func locations(p *ent.MicroProject) []string {
	if p.Location == nil {
		return []string{}
	}
	return []string{*p.Location}
}

// some is an id, or nil where it names nothing.
func some(id gid.ID) *gid.ID {
	if id.IsNone() {
		return nil
	}
	return &id
}

// EmployerCost is what each seat costs the employer: nothing when a funding pool
// pays.
func EmployerCost(p *ent.MicroProject) *money.Money {
	return pool.EmployerCost(Fee(p), p.FundingPoolID)
}

// Fee is what each talent on the project is paid.
func Fee(p *ent.MicroProject) money.Money {
	return money.Money{Minor: p.FeeMinor, Currency: money.Currency(p.Currency)}
}
