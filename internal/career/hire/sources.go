package hire

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/hirereport"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// word is what one source says of a job.
type word struct {
	source     hirereport.Source
	kind       hireconversion.Kind
	startedOn  calendar.Date
	confidence hirereport.Confidence
}

// sign notes which of the two sides has spoken.
func (w word) sign(m *ent.HireConversionMutation, now time.Time) {
	switch w.source {
	case hirereport.SourceTalent:
		m.SetTalentConfirmedAt(now)
	case hirereport.SourceEmployer:
		m.SetEmployerConfirmedAt(now)
	}
}

// ConfirmHireStart says for the viewer's side that the job has started. The
// first to say so names the day, the second must name the same.
func ConfirmHireStart(ctx context.Context, db *store.DB, in ConfirmHireStartInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		h, err := lock(ctx, tx, in.HireConversionID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := canConfirm(v, h, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		e, err := tx.Engagement.Get(ctx, h.EngagementID)
		if err != nil {
			return gid.None, err
		}
		if err := isPlausible(h, e, in.StartedOn, calendar.On(tx.Now)); err != nil {
			return gid.None, err
		}
		said := word{hirereport.SourceEmployer, h.Kind, in.StartedOn, hirereport.ConfidenceCertain}
		if v.Talent == h.TalentID {
			said.source = hirereport.SourceTalent
		}
		isConfirmed, err := hear(ctx, tx, h, move(tx, h, "confirmHireStart"), said)
		if err != nil {
			return gid.None, err
		}
		kind := event.HireStarted
		if isConfirmed {
			kind = event.HireStartConfirmed
		}
		return h.ID, record(ctx, tx, h, kind)
	})
}

// ReportHire says that a job began without a proposal, or adds a source to one
// that has started.
func ReportHire(ctx context.Context, db *store.DB, in ReportHireInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		e, h, err := lockWork(ctx, tx, in.EngagementID)
		if err != nil {
			return gid.None, err
		}
		reports, err := reportsOf(ctx, tx, h)
		if err != nil {
			return gid.None, err
		}
		if err := canReport(viewer.From(ctx), e, h, reports, in.Source); err != nil {
			return gid.None, err
		}
		j, said, err := readReport(in, e, h, calendar.On(tx.Now))
		if err != nil {
			return gid.None, err
		}
		if h == nil {
			h, err := begin(ctx, tx, e, j, said)
			if err != nil {
				return gid.None, err
			}
			return h.ID, record(ctx, tx, h, event.HireReported)
		}
		return h.ID, add(ctx, tx, h, j, said)
	})
}

// begin makes a job of the first word about it.
func begin(ctx context.Context, tx *store.Tx, e *ent.Engagement, j job, said word) (*ent.HireConversion, error) {
	create := thinkOf(tx, e, j, hireconversion.StatusStarted).SetStartedOn(said.startedOn).SetReportedAt(tx.Now)
	said.sign(create.Mutation(), tx.Now)
	h, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	if err := write(ctx, tx, h, said); err != nil {
		return nil, err
	}
	return h, awaitOutcome(ctx, tx, h.ID, said.startedOn)
}

// add hears a further word about a job. One that the employer only thought of
// becomes the job that the word tells of.
func add(ctx context.Context, tx *store.Tx, h *ent.HireConversion, j job, said word) error {
	update := move(tx, h, "reportHire")
	if h.Status == hireconversion.StatusInterested {
		update.SetKind(j.kind).SetJobTitle(j.title).SetStartsOn(j.startsOn).SetReportedAt(tx.Now)
	}
	wasConfirmed := IsConfirmed(h)
	isConfirmed, err := hear(ctx, tx, h, update, said)
	if err != nil {
		return err
	}
	if err := record(ctx, tx, h, event.HireReported); err != nil || !isConfirmed || wasConfirmed {
		return err
	}
	return record(ctx, tx, h, event.HireStartConfirmed)
}

// hear adds a word about a job, and reports whether two sources agree now. A day
// that neither side has named gives way to the one that a side names.
func hear(ctx context.Context, tx *store.Tx, h *ent.HireConversion, update *ent.HireConversionUpdate, said word) (isConfirmed bool, err error) {
	day := said.startedOn
	if h.StartedOn != nil && !said.isSide() {
		day = *h.StartedOn
	}
	if err := write(ctx, tx, h, said); err != nil {
		return false, err
	}
	reports, err := reportsOf(ctx, tx, h)
	if err != nil {
		return false, err
	}
	isConfirmed = IsConfirmed(h) || agree(reports, h.Kind, day)
	if isConfirmed && !IsConfirmed(h) {
		update.SetConfirmedAt(tx.Now)
	}
	said.sign(update.Mutation(), tx.Now)
	if err := store.Moved(update.SetStartedOn(day).Save(ctx)); err != nil {
		return false, err
	}
	if h.StartedOn != nil && *h.StartedOn == day {
		return isConfirmed, nil
	}
	return isConfirmed, awaitOutcome(ctx, tx, h.ID, day)
}

func write(ctx context.Context, tx *store.Tx, h *ent.HireConversion, said word) error {
	return tx.HireReport.Create().SetWorldID(h.WorldID).SetOwnerOrgID(h.OwnerOrgID).SetEmployerOrgID(h.EmployerOrgID).
		SetTalentID(h.TalentID).SetHireConversionID(h.ID).SetSource(said.source).SetKind(hirereport.Kind(said.kind)).
		SetStartedOn(said.startedOn).SetConfidence(said.confidence).SetReportedAt(tx.Now).Exec(ctx)
}

// reportsOf is what was said of a job; nothing of none.
func reportsOf(ctx context.Context, tx *store.Tx, h *ent.HireConversion) ([]*ent.HireReport, error) {
	if h == nil {
		return nil, nil
	}
	return tx.HireReport.Query().Where(hirereport.HireConversionID(h.ID)).All(ctx)
}

// Sources are what each source says of jobs, the earliest first.
func Sources(ctx context.Context, db *store.DB, hires []gid.ID) ([]*ent.HireReport, error) {
	return db.Read.HireReport.Query().Where(hirereport.HireConversionIDIn(hires...)).
		Order(ent.Asc(hirereport.FieldReportedAt, hirereport.FieldID)).All(ctx)
}
