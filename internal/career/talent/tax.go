package talent

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/access"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// CheckGates is the work that follows when a talent has stated a tax form: what
// waits for it may start.
const CheckGates job.Kind = "checkTalentsGates"

// StateTaxFormInput: which form, signed when. There is no place for what stands
// in it.
type StateTaxFormInput struct {
	TalentProfileID gid.ID
	Kind            talentprofile.TaxForm
	SignedOn        calendar.Date
}

// TaxFormStatus says whether there is a tax form that counts.
type TaxFormStatus string

// The statuses.
const (
	TaxFormMissing TaxFormStatus = "MISSING"
	TaxFormStated  TaxFormStatus = "STATED"
	TaxFormExpired TaxFormStatus = "EXPIRED"
)

// TaxForm is which tax form a talent has handed to the payer.
type TaxForm struct {
	Status    TaxFormStatus
	Kind      *talentprofile.TaxForm
	SignedOn  *calendar.Date
	ExpiresOn *calendar.Date
	StatedAt  *time.Time
}

// StateTaxForm notes which form the talent has handed to the payer.
func StateTaxForm(ctx context.Context, db *store.DB, in StateTaxFormInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := profile(ctx, tx, in.TalentProfileID)
		if err != nil {
			return gid.None, err
		}
		if err := canWrite(viewer.From(ctx), p); err != nil {
			return gid.None, err
		}
		if err := checkForm(in, calendar.On(tx.Now)); err != nil {
			return gid.None, err
		}
		update := touch(tx, p).SetTaxForm(in.Kind).SetTaxFormSignedOn(in.SignedOn).SetTaxFormStatedAt(tx.Now)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		if err := record(ctx, tx, event.TaxFormStated, p.ID, nil); err != nil {
			return gid.None, err
		}
		return p.ID, job.Enqueue(ctx, tx, CheckGates, p.ID)
	})
}

func checkForm(in StateTaxFormInput, today calendar.Date) error {
	if today.Before(in.SignedOn) {
		return fault.InvalidValue("signedOn", "Give the day on which you signed it: today or earlier.")
	}
	if last := lastDay(in.Kind, in.SignedOn); last != nil && last.Before(today) {
		return fault.InvalidValue("signedOn", "A form signed then has run out. Sign a new one.")
	}
	return nil
}

// lastDay is the last day on which a form counts, or nil for one that does not
// run out. A W-8BEN counts until the end of the third calendar year after its
// signature (instructions for form W-8BEN, October 2021).
func lastDay(kind talentprofile.TaxForm, signed calendar.Date) *calendar.Date {
	if kind != talentprofile.TaxFormW8BEN {
		return nil
	}
	year := signed.Start().Year() + 3
	last := calendar.On(time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC))
	return &last
}

// TaxFormOf is the tax form of a profile, as it counts on a day.
func TaxFormOf(p *ent.TalentProfile, today calendar.Date) *TaxForm {
	if p.TaxForm == nil {
		return &TaxForm{Status: TaxFormMissing}
	}
	f := &TaxForm{
		Status: TaxFormStated, Kind: p.TaxForm, SignedOn: p.TaxFormSignedOn, StatedAt: p.TaxFormStatedAt,
		ExpiresOn: lastDay(*p.TaxForm, *p.TaxFormSignedOn),
	}
	if f.ExpiresOn != nil && f.ExpiresOn.Before(today) {
		f.Status = TaxFormExpired
	}
	return f
}

// OwnTaxForms are the tax forms of the viewer's own profile, and nil for others.
func OwnTaxForms(ctx context.Context, db *store.DB, profiles []*ent.TalentProfile) ([]*TaxForm, error) {
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	forms := make([]*TaxForm, len(profiles))
	for i, p := range profiles {
		if p != nil && access.May("TalentProfile.taxForm", p.ID == v.Talent) {
			forms[i] = TaxFormOf(p, calendar.On(now))
		}
	}
	return forms, nil
}
