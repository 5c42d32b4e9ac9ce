package worklog

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// deliverable is one of an engagement's, as it is when the work starts.
func (s *scene) deliverable(e *ent.Engagement) gid.ID {
	s.Helper()
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		planned, err := tx.PlannedDeliverable.Create().SetMicroProjectID(e.MicroProjectID).SetEmployerOrgID(s.Acme).SetPosition(1).
			SetTitle("Part").SetAcceptanceCriterion("It is there.").Save(ctx)
		if err != nil {
			return gid.None, err
		}
		d, err := tx.Deliverable.Create().SetWorldID(e.WorldID).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).SetEngagementID(e.ID).
			SetPlannedDeliverableID(planned.ID).SetTalentID(e.TalentID).SetPosition(1).SetTitle("Part").SetAcceptanceCriterion("It is there.").
			SetDueAt(tx.Now).SetStatus(deliverable.StatusPlanned).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return d.ID, nil
	})
}

func TestDraftWorklogEntry(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		in := s.note(e, 90)
		stage.Refuses(s, s.Stranger, DraftWorklogEntry, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Foreigner, DraftWorklogEntry, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Outsider, DraftWorklogEntry, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Supervisor, DraftWorklogEntry, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, DraftWorklogEntry, in, fault.CodeNotPermitted, "")
		for path, change := range map[string]func(*DraftWorklogEntryInput){
			"workedOn":      func(in *DraftWorklogEntryInput) { in.WorkedOn = "2026-03-06" },
			"minutes":       func(in *DraftWorklogEntryInput) { in.Minutes = 721 },
			"note":          func(in *DraftWorklogEntryInput) { in.Note = " " },
			"deliverableId": func(in *DraftWorklogEntryInput) { in.DeliverableID = &e.ID },
		} {
			bad, code := in, fault.CodeInvalidValue
			if change(&bad); path == "deliverableId" {
				code = fault.CodeNotFound
			}
			stage.Refuses(s, s.Ada, DraftWorklogEntry, bad, code, path)
		}
		d := s.deliverable(e)
		in.DeliverableID = &d
		w := s.entry(stage.Does(s, s.Ada, DraftWorklogEntry, in, stage.Hears("t", event.WorklogEntryDrafted)...))
		if w.Status != worklogentry.StatusDraft || w.Minutes != 90 || w.WorkedOn != "2026-03-04" || w.DeliverableID != d || w.LoggedAt != nil {
			s.Errorf("the entry is %v", w)
		}
	})
}

func TestReviseWorklogEntry(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		d := s.deliverable(e)
		w := s.drafted(e, 90)
		in := ReviseWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: 1, Minutes: opt.Of(60), DeliverableID: opt.Of(d)}
		stage.Refuses(s, s.Stranger, ReviseWorklogEntry, in, fault.CodeNotFound, "worklogEntryId")
		stage.Refuses(s, s.Supervisor, ReviseWorklogEntry, in, fault.CodeNotFound, "worklogEntryId")
		stage.Refuses(s, s.Ada, ReviseWorklogEntry, ReviseWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: 2}, fault.CodeStaleRevision, "expectedRevision")
		stage.Refuses(s, s.Ada, ReviseWorklogEntry, ReviseWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: 1, Note: opt.Null[string]()},
			fault.CodeInvalidValue, "note")
		stage.Refuses(s, s.Ada, ReviseWorklogEntry, ReviseWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: 1, WorkedOn: opt.Of(calendar.Date("2026-03-01"))},
			fault.CodeInvalidValue, "workedOn")
		stage.Does(s, s.Ada, ReviseWorklogEntry, in, stage.Hears("t", event.WorklogEntryRevised)...)
		if w = s.entry(w.ID); w.Minutes != 60 || w.DeliverableID != d || w.Note != "Read the old study." || w.Revision != 2 {
			s.Errorf("the entry is %v", w)
		}
		stage.Must(s, s.Ada, ReviseWorklogEntry, ReviseWorklogEntryInput{
			WorklogEntryID: w.ID, ExpectedRevision: 2, WorkedOn: opt.Of(calendar.Date("2026-03-02")), DeliverableID: opt.Null[gid.ID](),
		})
		if w = s.entry(w.ID); w.WorkedOn != "2026-03-02" || !w.DeliverableID.IsNone() {
			s.Errorf("the entry is %v", w)
		}
	})
}

func TestLogWorklogEntry(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		w := s.drafted(e, 720)
		in := LogWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: 1}
		stage.Refuses(s, s.Stranger, LogWorklogEntry, in, fault.CodeNotFound, "worklogEntryId")
		stage.Refuses(s, s.Owner, LogWorklogEntry, in, fault.CodeNotFound, "worklogEntryId")
		stage.Does(s, s.Ada, LogWorklogEntry, in, stage.Hears("eit", event.WorklogEntryLogged)...)
		if w = s.entry(w.ID); w.Status != worklogentry.StatusLogged || w.LoggedAt == nil {
			s.Errorf("the entry is %v", w)
		}
		in.ExpectedRevision = 2
		stage.Refuses(s, s.Ada, LogWorklogEntry, in, fault.CodeIllegalTransition, "")
		stage.Refuses(s, s.Supervisor, LogWorklogEntry, in, fault.CodeNotPermitted, "")
		another := s.drafted(e, 1)
		stage.Refuses(s, s.Ada, LogWorklogEntry, LogWorklogEntryInput{WorklogEntryID: another.ID, ExpectedRevision: 1}, fault.CodeLimitReached, "worklogEntryId")
		s.stands(e, engagement.StatusPaused, func(u *ent.EngagementUpdateOne) {
			u.SetPausedAt(e.CreatedAt).SetPausedBy("TALENT").SetPauseReason("Exams")
		})
		stage.Refuses(s, s.Ada, LogWorklogEntry, LogWorklogEntryInput{WorklogEntryID: another.ID, ExpectedRevision: 1}, fault.CodeWindowClosed, "worklogEntryId")
	})
}

func TestDiscardWorklogEntry(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		w := s.drafted(e, 60)
		s.stands(e, engagement.StatusCompleted, func(u *ent.EngagementUpdateOne) { u.SetCompletedAt(e.CreatedAt) })
		in := DiscardWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: 1}
		stage.Refuses(s, s.Foreigner, DiscardWorklogEntry, in, fault.CodeNotFound, "worklogEntryId")
		stage.Does(s, s.Ada, DiscardWorklogEntry, in, stage.Hears("t", event.WorklogEntryDiscarded)...)
		in.ExpectedRevision = 2
		stage.Refuses(s, s.Ada, DiscardWorklogEntry, in, fault.CodeIllegalTransition, "")
		if w = s.entry(w.ID); w.Status != worklogentry.StatusDiscarded {
			s.Errorf("the entry is %v", w)
		}
	})
}

func TestDecideOnWorklogEntries(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		w := s.logged(e, 60)
		approve := ApproveWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: 2}
		reject := RejectWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: 2, Reason: "That was last week."}
		stage.Refuses(s, s.Stranger, ApproveWorklogEntry, approve, fault.CodeNotFound, "worklogEntryId")
		stage.Refuses(s, s.Stranger, RejectWorklogEntry, reject, fault.CodeNotFound, "worklogEntryId")
		stage.Refuses(s, s.Ada, ApproveWorklogEntry, approve, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Recruiter, ApproveWorklogEntry, approve, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, RejectWorklogEntry, reject, fault.CodeNotPermitted, "")
		silent := reject
		silent.Reason = "no"
		stage.Refuses(s, s.Supervisor, RejectWorklogEntry, silent, fault.CodeInvalidValue, "reason")

		stage.Does(s, s.Supervisor, RejectWorklogEntry, reject, stage.Hears("eit", event.WorklogEntryRejected)...)
		if w = s.entry(w.ID); w.Status != worklogentry.StatusRejected || *w.Reason != "That was last week." || w.DecidedByID != s.Supervisor.Person {
			s.Errorf("the entry is %v", w)
		}
		approve.ExpectedRevision = 3
		stage.Refuses(s, s.Supervisor, ApproveWorklogEntry, approve, fault.CodeIllegalTransition, "")

		w = s.logged(e, 60)
		s.stands(e, engagement.StatusCompleted, func(u *ent.EngagementUpdateOne) { u.SetCompletedAt(e.CreatedAt) })
		approve.WorklogEntryID, approve.ExpectedRevision = w.ID, 2
		stage.Does(s, s.Owner, ApproveWorklogEntry, approve, stage.Hears("eit", event.WorklogEntryApproved)...)
		if w = s.entry(w.ID); w.Status != worklogentry.StatusApproved || w.DecidedAt == nil || w.DecidedByID != s.Owner.Person {
			s.Errorf("the entry is %v", w)
		}
	})
}

// What was approved is corrected by entries of their own, and never below
// nothing.
func TestCorrectWorklogEntry(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		w := s.approved(e, 120)
		in := CorrectWorklogEntryInput{WorklogEntryID: w.ID, Minutes: 90, Reason: "I took the afternoon for one."}
		stage.Refuses(s, s.Stranger, CorrectWorklogEntry, in, fault.CodeNotFound, "worklogEntryId")
		stage.Refuses(s, s.Supervisor, CorrectWorklogEntry, in, fault.CodeNotPermitted, "")
		more := in
		more.Minutes = 121
		stage.Refuses(s, s.Ada, CorrectWorklogEntry, more, fault.CodeInvalidValue, "minutes")
		c := s.entry(stage.Does(s, s.Ada, CorrectWorklogEntry, in, stage.Hears("eit", event.WorklogEntryCorrected)...))
		if c.Status != worklogentry.StatusLogged || c.Minutes != -90 || c.CorrectsID != w.ID || c.WorkedOn != w.WorkedOn {
			s.Errorf("the correction is %v", c)
		}
		stage.Refuses(s, s.Ada, CorrectWorklogEntry, in, fault.CodeInvalidValue, "minutes")
		s.adds(e, -90, 120)
		stage.Must(s, s.Supervisor, ApproveWorklogEntry, ApproveWorklogEntryInput{WorklogEntryID: c.ID, ExpectedRevision: 1})
		s.adds(e, 0, 30)
		stage.Refuses(s, s.Ada, CorrectWorklogEntry, CorrectWorklogEntryInput{WorklogEntryID: c.ID, Minutes: 10, Reason: "No."},
			fault.CodeInvalidValue, "worklogEntryId")

		in.Minutes = 30
		rest := stage.Must(s, s.Ada, CorrectWorklogEntry, in)
		stage.Refuses(s, s.Ada, CorrectWorklogEntry, in, fault.CodeLimitReached, "worklogEntryId")
		stage.Must(s, s.Supervisor, RejectWorklogEntry, RejectWorklogEntryInput{WorklogEntryID: rest, ExpectedRevision: 1, Reason: "It was half an hour."})
		stage.Must(s, s.Ada, CorrectWorklogEntry, in)
		s.adds(e, -30, 30)
		if got := s.entry(w.ID); got.Revision != w.Revision || got.Minutes != 120 {
			s.Errorf("the approved entry has become %v", got)
		}
	})
}

// adds compares what an engagement's entries add up to.
func (s *scene) adds(e *ent.Engagement, logged, approved int) {
	s.Helper()
	ctx := viewer.With(s.Context(), s.Staff)
	waiting, err := LoggedMinutes(ctx, s.DB, []*ent.Engagement{nil, e})
	counts, other := ApprovedMinutes(ctx, s.DB, []*ent.Engagement{nil, e})
	if err = errors.Join(err, other); err != nil || !slices.Equal(waiting, []int{0, logged}) || !slices.Equal(counts, []int{0, approved}) {
		s.Errorf("%v are logged and %v approved, %v; want %d and %d", waiting, counts, err, logged, approved)
	}
}

// Thirty-two log at once, and the cap of a day lets through what fits.
func TestThirtyTwoLogAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		const callers = 32
		drafts := make([]*ent.WorklogEntry, callers)
		for i := range drafts {
			drafts[i] = s.drafted(e, 60)
		}
		var all sync.WaitGroup
		var logged, refused atomic.Int64
		for _, w := range drafts {
			all.Go(func() {
				_, err := LogWorklogEntry(s.As(s.Ada, "logWorklogEntry"), s.DB, LogWorklogEntryInput{WorklogEntryID: w.ID, ExpectedRevision: 1})
				told, _ := fault.UserErrors(err)
				switch {
				case err == nil:
					logged.Add(1)
				case len(told) == 1 && told[0].GetCode() == fault.CodeLimitReached:
					refused.Add(1)
				default:
					s.Errorf("it answered %v", err)
				}
			})
		}
		all.Wait()
		if logged.Load() != 12 || refused.Load() != 20 {
			s.Errorf("%d were logged and %d refused", logged.Load(), refused.Load())
		}
		s.adds(e, 720, 0)
	})
}

// Thirty-two correct the same entry at once, and no minute is taken back twice.
func TestThirtyTwoCorrectAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		w := s.approved(e, 100)
		var all sync.WaitGroup
		var done atomic.Int64
		for range 32 {
			all.Go(func() {
				in := CorrectWorklogEntryInput{WorklogEntryID: w.ID, Minutes: 10, Reason: "Ten less."}
				if _, err := CorrectWorklogEntry(s.As(s.Ada, "correctWorklogEntry"), s.DB, in); err == nil {
					done.Add(1)
				}
			})
		}
		all.Wait()
		if done.Load() != 10 {
			s.Errorf("%d corrections were made", done.Load())
		}
		s.adds(e, -100, 100)
	})
}

func TestEffectiveHourly(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		hourly := func(v viewer.Viewer) string {
			s.Helper()
			all, err := EffectiveHourly(viewer.With(s.Context(), v), s.DB, []*ent.Engagement{nil, e})
			if err != nil {
				s.Fatal(err)
			}
			if all[1] == nil {
				return ""
			}
			return all[1].String()
		}
		s.approved(e, 700)
		if got := hourly(s.Ada); got != "" {
			s.Errorf("before anything is paid it is %s", got)
		}
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.PaymentRecord, error) {
			return tx.PaymentRecord.Create().SetWorldID(e.WorldID).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).SetTalentID(e.TalentID).
				SetSubjectID(e.OfferID).SetStatus(paymentrecord.StatusPaidOut).SetCurrency("EUR").SetGrossMinor(50_000).SetTalentMinor(45_000).
				SetPlatformMinor(5_000).SetPlatformBasisPoints(1000).SetAuthorizedAt(tx.Now).SetHeldAt(tx.Now).SetReleasedAt(tx.Now).
				SetPaidOutAt(tx.Now).Save(ctx)
		})
		for name, c := range map[string]struct {
			v    viewer.Viewer
			want string
		}{
			"the talent": {s.Ada, "42.86 EUR"}, "the employer": {s.Recruiter, "42.86 EUR"}, "the staff": {s.Staff, ""},
		} {
			if got := hourly(c.v); got != c.want {
				s.Errorf("%s reads %q, want %q", name, got, c.want)
			}
		}
	})
}

func TestLists(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		s.drafted(e, 60)
		s.logged(e, 60)
		s.approved(e, 60)
		seal := page.NewSeal([]byte("a key of a test"))
		count := func(v viewer.Viewer, f *WorklogEntryFilter) int {
			s.Helper()
			c, err := List(viewer.With(s.Context(), v), s.DB, seal, page.Args{}, f, nil)
			if err != nil {
				s.Fatal(err)
			}
			return len(c.Nodes)
		}
		got := []int{count(s.Ada, nil), count(s.Supervisor, nil), count(s.Staff, nil), count(s.Stranger, nil), count(s.Foreigner, nil), count(s.Outsider, nil)}
		if !slices.Equal(got, []int{3, 2, 2, 0, 0, 0}) {
			s.Errorf("they find %v", got)
		}
		if n := count(s.Ada, &WorklogEntryFilter{
			Status: []worklogentry.Status{worklogentry.StatusApproved}, Engagement: &page.IDFilter{Eq: &e.ID}, Talent: &page.IDFilter{Eq: &e.TalentID},
		}); n != 1 {
			s.Errorf("of the approved it finds %d", n)
		}
		var refused *fault.Request
		many := &WorklogEntryFilter{Talent: &page.IDFilter{In: make([]gid.ID, 101)}}
		if _, err := List(viewer.With(s.Context(), s.Ada), s.DB, seal, page.Args{}, many, nil); !errors.As(err, &refused) {
			s.Errorf("101 ids: %v", err)
		}
		first := 1
		ctx := viewer.With(s.Context(), s.Supervisor)
		under, err := Under(ctx, s.DB, seal, page.Args{First: &first},
			&WorklogFilter{Status: []worklogentry.Status{worklogentry.StatusLogged}}, nil, []gid.ID{e.ID, e.OfferID})
		if err != nil || len(under[0].Nodes) != 1 || under[0].Nodes[0].Status != worklogentry.StatusLogged || under[0].PageInfo.HasNextPage || len(under[1].Nodes) != 0 {
			s.Errorf("under the work there is %v, %v", under, err)
		}
	})
}

func TestAbilities(t *testing.T) {
	each(t, func(s *scene) {
		e := s.working()
		s.logged(e, 700)
		small, large, approved := s.drafted(e, 20), s.drafted(e, 21), s.entry(s.logged(e, 1).ID)
		stage.Must(s, s.Supervisor, ApproveWorklogEntry, ApproveWorklogEntryInput{WorklogEntryID: approved.ID, ExpectedRevision: 2})
		approved = s.entry(approved.ID)
		of := func(v viewer.Viewer, entries ...*ent.WorklogEntry) []*WorklogEntryAbilities {
			s.Helper()
			all, err := Abilities(viewer.With(s.Context(), v), s.DB, entries)
			if err != nil {
				s.Fatal(err)
			}
			return all
		}
		if a := of(s.Ada, nil, small, large, approved); a[0] != nil || a[1].Log.Allowed || a[2].Log.Allowed || !a[1].Revise.Allowed ||
			!a[2].Discard.Allowed || !a[3].Correct.Allowed || a[1].Correct.Allowed || a[1].Approve.Allowed {
			s.Error("the talent is told otherwise")
		}
		if a := of(s.Supervisor, approved); a[0].Approve.Allowed || a[0].Correct.Allowed {
			s.Error("the supervisor is told otherwise")
		}
		stage.Must(s, s.Ada, CorrectWorklogEntry, CorrectWorklogEntryInput{WorklogEntryID: approved.ID, Minutes: 1, Reason: "Nothing."})
		if a := of(s.Ada, small, approved); a[0].Log.Allowed || a[1].Correct.Allowed {
			s.Error("a correction that waits makes room, or leaves something to correct")
		}
	})
}
