package worklog

import (
	"fmt"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/text"
)

const longestNote = 1000

// stint is what an entry says: when, for how long and on what somebody worked.
type stint struct {
	on          calendar.Date
	minutes     int
	note        string
	deliverable gid.ID
}

func (in DraftWorklogEntryInput) read(e *ent.Engagement, now time.Time) (stint, error) {
	var r text.Reader
	s := stint{on: in.WorkedOn, minutes: in.Minutes, note: r.Prose("note", in.Note, 1, longestNote)}
	if in.DeliverableID != nil {
		s.deliverable = *in.DeliverableID
	}
	s.check(&r, e, now)
	return s, r.Err()
}

// read is what an input makes of a draft.
func (in ReviseWorklogEntryInput) read(e *ent.Engagement, w *ent.WorklogEntry, now time.Time) (stint, error) {
	var r text.Reader
	s := stint{on: kept(&r, "workedOn", in.WorkedOn, w.WorkedOn), minutes: kept(&r, "minutes", in.Minutes, w.Minutes), deliverable: w.DeliverableID}
	s.note = r.Prose("note", kept(&r, "note", in.Note, w.Note), 1, longestNote)
	if id, given := in.DeliverableID.ValueOK(); given {
		s.deliverable = gid.None
		if id != nil {
			s.deliverable = *id
		}
	}
	s.check(&r, e, now)
	return s, r.Err()
}

// check refuses a time that cannot have been worked.
func (s stint) check(r *text.Reader, e *ent.Engagement, now time.Time) {
	if why := outside(e, s.on, now); why != "" {
		r.Refuse(fault.InvalidValue("workedOn", why))
	}
	if s.minutes < 1 || s.minutes > mostADay {
		r.Refuse(fault.InvalidValue("minutes", fmt.Sprintf("Give 1 to %d minutes.", mostADay)))
	}
}

// kept is what was given, or what it was before; it cannot be cleared.
func kept[T any](r *text.Reader, path string, v opt.Value[T], before T) T {
	given, ok := v.ValueOK()
	switch {
	case ok && given == nil:
		r.Refuse(fault.InvalidValue(path, "This cannot be cleared."))
	case ok:
		return *given
	}
	return before
}

// read is the correction of an entry of which so many minutes stand.
func (in CorrectWorklogEntryInput) read(w *ent.WorklogEntry, standing int) (stint, error) {
	var r text.Reader
	s := stint{on: w.WorkedOn, minutes: -in.Minutes, note: r.Prose("reason", in.Reason, 3, longestNote), deliverable: w.DeliverableID}
	if in.Minutes < 1 || in.Minutes > standing {
		r.Refuse(fault.InvalidValue("minutes", fmt.Sprintf("Give 1 to %d minutes: so many of this entry stand.", standing)))
	}
	return s, r.Err()
}
