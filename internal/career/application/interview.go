package application

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/interview"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	mostSlots    = 5
	leastMinutes = 5
	mostMinutes  = 8 * 60
)

// What Rung does with an interview when the application goes on or another one
// is proposed: one whose time had come has passed, any other will not be.
const (
	passed    = string(event.InterviewPassed)
	cancelled = string(event.InterviewCancelled)
)

// InterviewStates is the life of an interview.
var InterviewStates = transition.Table[interview.Status]{
	{
		Name: "chooseInterviewSlot", By: talents, Scope: viewer.ApplicationsSubmit,
		From: []interview.Status{interview.StatusProposed}, To: interview.StatusChosen,
		Only: "Only the talent who applied can choose when to talk.", Not: "This interview waits for no choice.",
	},
	{Name: passed, By: rung, From: []interview.Status{interview.StatusChosen}, To: interview.StatusPassed},
	{
		Name: cancelled, By: rung, From: []interview.Status{interview.StatusProposed, interview.StatusChosen},
		To: interview.StatusCancelled,
	},
}

// Scheduled is what ScheduleInterview made and moved.
type Scheduled struct {
	InterviewID   gid.ID
	ApplicationID gid.ID
}

// Chosen is what ChooseInterviewSlot moved.
type Chosen struct {
	InterviewID   gid.ID
	ApplicationID gid.ID
}

// InterviewAbilities is what the viewer may do with one of them now.
type InterviewAbilities struct{ ChooseSlot *fault.Ability }

// ScheduleInterview proposes times to talk. An interview proposed before is
// cancelled.
func ScheduleInterview(ctx context.Context, db *store.DB, in ScheduleInterviewInput) (Scheduled, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Scheduled, error) {
		a, err := Lock(ctx, tx, in.ApplicationID)
		if err != nil {
			return Scheduled{}, err
		}
		if err := can(viewer.From(ctx), a, "scheduleInterview", in.ExpectedRevision); err != nil {
			return Scheduled{}, err
		}
		slots, err := readSlots(in.Slots, tx.Now)
		if err != nil {
			return Scheduled{}, err
		}
		earlier, err := lockInterview(ctx, tx, a)
		if err != nil {
			return Scheduled{}, err
		}
		// The one before makes room for the new one; its event comes after the verb's own.
		if err := endInterview(ctx, tx, earlier); err != nil {
			return Scheduled{}, err
		}
		i, err := tx.Interview.Create().SetWorldID(a.WorldID).SetOwnerOrgID(a.OwnerOrgID).SetEmployerOrgID(a.EmployerOrgID).
			SetMicroProjectID(a.MicroProjectID).SetApplicationID(a.ID).SetTalentID(a.TalentID).SetStatus(interview.StatusProposed).
			SetSlots(slots).SetProposedAt(tx.Now).Save(ctx)
		if err != nil {
			return Scheduled{}, err
		}
		return Scheduled{i.ID, a.ID}, tellScheduled(ctx, tx, a, i, earlier)
	})
}

// tellScheduled records a new interview and what it replaced, and moves the
// application when it is the first.
func tellScheduled(ctx context.Context, tx *store.Tx, a *ent.Application, i, earlier *ent.Interview) error {
	if err := recordInterview(ctx, tx, i, event.InterviewScheduled); err != nil {
		return err
	}
	if earlier != nil {
		if err := recordInterview(ctx, tx, earlier, event.Kind(ending(earlier, tx.Now))); err != nil {
			return err
		}
	}
	if a.Status == application.StatusInterview {
		// Counted all the same: of two who schedule anew one has not seen the other's.
		return move(ctx, tx, a, tx.Application.Update(), a.Status)
	}
	parties, err := Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
	if err != nil {
		return err
	}
	return Step(ctx, tx, a, "scheduleInterview", nil, parties)
}

// ChooseInterviewSlot is the talent's choice among the times proposed.
func ChooseInterviewSlot(ctx context.Context, db *store.DB, in ChooseInterviewSlotInput) (Chosen, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Chosen, error) {
		missing := fault.NotFound("interviewId", "There is no such interview.")
		seen, err := tx.Interview.Get(ctx, in.InterviewID)
		if err != nil {
			return Chosen{}, store.Found(err, missing)
		}
		// The application first, as everywhere: the employer must not schedule anew meanwhile.
		a, err := Lock(ctx, tx, seen.ApplicationID)
		if err != nil {
			return Chosen{}, err
		}
		i, err := tx.Interview.Query().Where(interview.ID(seen.ID), store.Locked).Only(ctx)
		if err != nil {
			return Chosen{}, store.Found(err, missing)
		}
		if err := canChoose(viewer.From(ctx), i, in.ExpectedRevision); err != nil {
			return Chosen{}, err
		}
		if err := isSlot(i, in.Slot, tx.Now); err != nil {
			return Chosen{}, err
		}
		update := toInterview(tx, i, "chooseInterviewSlot").SetChosen(in.Slot).SetChosenAt(tx.Now)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return Chosen{}, err
		}
		return Chosen{i.ID, a.ID}, recordInterview(ctx, tx, i, event.InterviewSlotChosen)
	})
}

// AbilitiesOfInterview says what the viewer may do with an interview now.
func AbilitiesOfInterview(v viewer.Viewer, i *ent.Interview) *InterviewAbilities {
	return &InterviewAbilities{ChooseSlot: fault.AbilityOf(canChoose(v, i, i.Revision))}
}

// InterviewSlot is one time at which an interview can be.
type InterviewSlot struct {
	StartsAt        time.Time
	DurationMinutes int
	Place           string
}

// Slots are the times proposed, the earliest first.
func Slots(i *ent.Interview) []*InterviewSlot {
	slots := make([]*InterviewSlot, len(i.Slots))
	for n, s := range i.Slots {
		slots[n] = &InterviewSlot{StartsAt: s.StartsAt, DurationMinutes: s.Minutes, Place: s.Place}
	}
	return slots
}

// ChosenSlot is when and where the two will talk, or nil while that is open.
func ChosenSlot(i *ent.Interview) *InterviewSlot {
	if i.Chosen == nil {
		return nil
	}
	return Slots(i)[*i.Chosen-1]
}

// leaveInterview ends the interview of an application that has left that step.
func leaveInterview(ctx context.Context, tx *store.Tx, a *ent.Application) error {
	if a.Status != application.StatusInterview {
		return nil
	}
	i, err := lockInterview(ctx, tx, a)
	if err != nil || i == nil {
		return err
	}
	if err := endInterview(ctx, tx, i); err != nil {
		return err
	}
	return recordInterview(ctx, tx, i, event.Kind(ending(i, tx.Now)))
}

func endInterview(ctx context.Context, tx *store.Tx, i *ent.Interview) error {
	if i == nil {
		return nil
	}
	return store.Moved(toInterview(tx, i, ending(i, tx.Now)).Save(ctx))
}

// ending is how an interview ends now.
func ending(i *ent.Interview, now time.Time) string {
	if slot := ChosenSlot(i); slot != nil && !now.Before(slot.StartsAt) {
		return passed
	}
	return cancelled
}

// lockInterview reads the interview that has not ended, or nil. Its
// application is locked already.
func lockInterview(ctx context.Context, tx *store.Tx, a *ent.Application) (*ent.Interview, error) {
	i, err := tx.Interview.Query().Where(interview.ApplicationID(a.ID), store.Locked,
		interview.StatusIn(interview.StatusProposed, interview.StatusChosen)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return i, err
}

func toInterview(tx *store.Tx, i *ent.Interview, verb string) *ent.InterviewUpdate {
	return tx.Interview.Update().Where(interview.ID(i.ID), interview.Revision(i.Revision)).SetStatus(InterviewStates.Verb(verb).To)
}

// recordInterview tells the two who will talk, and nobody else.
func recordInterview(ctx context.Context, tx *store.Tx, i *ent.Interview, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: i.ID,
		IDs: map[string]gid.ID{
			"application": i.ApplicationID, "microProject": i.MicroProjectID, "talent": i.TalentID, "employer": i.EmployerOrgID,
		},
		Parties: []gid.ID{i.EmployerOrgID, i.TalentID},
	})
}

// canChoose: the talent alone, once, of the interview as they read it.
func canChoose(v viewer.Viewer, i *ent.Interview, revision int) error {
	if err := InterviewStates.Permit("chooseInterviewSlot", v, transition.Sides(v, i.EmployerOrgID, i.TalentID), i.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, i.Revision)
}

// isSlot: one of those proposed, while it has not begun.
func isSlot(i *ent.Interview, slot int, now time.Time) error {
	if slot < 1 || slot > len(i.Slots) {
		return fault.InvalidValue("slot", fmt.Sprintf("Choose a slot by its number: 1 to %d.", len(i.Slots)))
	}
	if !now.Before(i.Slots[slot-1].StartsAt) {
		return fault.WindowClosed("slot", "This time has passed. Choose a later one, or ask the employer for others.")
	}
	return nil
}

// readSlots reads the times proposed, in their order in time.
func readSlots(in []*InterviewSlotInput, now time.Time) ([]schema.Slot, error) {
	var r text.Reader
	if len(in) < 1 || len(in) > mostSlots {
		r.Refuse(fault.InvalidValue("slots", "Propose 1 to 5 times."))
		return nil, r.Err()
	}
	slots := make([]schema.Slot, len(in))
	for n, s := range in {
		path := fmt.Sprintf("slots.%d.", n)
		if !now.Before(s.StartsAt) {
			r.Refuse(fault.InvalidValue(path+"startsAt", "Propose a time in the future."))
		}
		if slices.ContainsFunc(slots[:n], func(other schema.Slot) bool { return other.StartsAt.Equal(s.StartsAt) }) {
			r.Refuse(fault.InvalidValue(path+"startsAt", "Propose each time once."))
		}
		if s.DurationMinutes < leastMinutes || s.DurationMinutes > mostMinutes {
			r.Refuse(fault.InvalidValue(path+"durationMinutes", "An interview takes 5 to 480 minutes."))
		}
		slots[n] = schema.Slot{StartsAt: s.StartsAt.UTC(), Minutes: s.DurationMinutes, Place: r.Prose(path+"place", s.Place, 1, 500)}
	}
	slices.SortStableFunc(slots, func(a, b schema.Slot) int { return a.StartsAt.Compare(b.StartsAt) })
	return slots, r.Err()
}
