package application

import (
	"context"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/interview"
	entjob "github.com/rung-dev/rung/ent/gen/ent/job"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

const day = 24 * time.Hour

// timer is when an application would expire, by its timer; zero without one.
func (s *scene) timer(a gid.ID) time.Time {
	s.Helper()
	all, err := s.DB.Read.Job.Query().Where(entjob.Kind(string(ExpireApplication)), entjob.Key(a.String()), entjob.StatusEQ(entjob.StatusQueued)).All(s.All())
	if err != nil || len(all) > 1 {
		s.Fatalf("%d timers, %v", len(all), err)
	}
	if len(all) == 0 {
		return time.Time{}
	}
	return all[0].RunAt
}

// clock checks what an application says of its end, and that its timer says the same.
func (s *scene) clock(a *ent.Application, want *time.Time) {
	s.Helper()
	timer := s.timer(a.ID)
	switch {
	case want == nil && (a.ExpiresAt != nil || !timer.IsZero()):
		s.Errorf("%s expires at %v with a timer at %v, want never", a.Status, a.ExpiresAt, timer)
	case want != nil && (a.ExpiresAt == nil || a.ExpiresAt.Sub(*want).Abs() > time.Second || timer.Sub(*want).Abs() > time.Second):
		s.Errorf("%s expires at %v with a timer at %v, want %v", a.Status, a.ExpiresAt, timer, *want)
	}
}

func TestReviewAndShortlist(t *testing.T) {
	each(t, func(s *scene) {
		a := s.apply(s.Ada, s.project(nil))
		month := a.SubmittedAt.Add(30 * day)
		s.clock(a, &month)
		in := ReviewApplicationInput{ApplicationID: a.ID, ExpectedRevision: 1}
		for _, v := range []viewer.Viewer{s.Stranger, s.Foreigner, s.Outsider} {
			stage.Refuses(s, v, ReviewApplication, in, fault.CodeNotFound, "applicationId")
		}
		for _, v := range []viewer.Viewer{s.Supervisor, s.Ada, s.Staff} {
			stage.Refuses(s, v, ReviewApplication, in, fault.CodeNotPermitted, "")
		}
		stage.Refuses(s, s.Recruiter, ReviewApplication, ReviewApplicationInput{ApplicationID: a.ID, ExpectedRevision: 2}, fault.CodeStaleRevision, "expectedRevision")
		s.Clock.Skip(20 * day)
		stage.Does(s, s.Recruiter, ReviewApplication, in, stage.Hears("eit", event.ApplicationReviewed)...)
		a = s.application(a.ID)
		later := month.Add(20 * day)
		s.clock(a, &later)
		if a.Status != entapplication.StatusReviewed || a.DecidedAt != nil || a.Revision != 2 {
			t.Errorf("the application is %v", a)
		}
		in.ExpectedRevision = 2
		stage.Refuses(s, s.Recruiter, ReviewApplication, in, fault.CodeIllegalTransition, "")

		short := ShortlistApplicationInput{ApplicationID: a.ID, ExpectedRevision: 2}
		stage.Refuses(s, s.Stranger, ShortlistApplication, short, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Supervisor, ShortlistApplication, short, fault.CodeNotPermitted, "")
		stage.Does(s, s.Owner, ShortlistApplication, short, stage.Hears("eit", event.ApplicationShortlisted)...)
		a = s.application(a.ID)
		s.clock(a, nil)
		if a.Status != entapplication.StatusShortlisted || a.DecidedAt != nil {
			t.Errorf("the application is %v", a)
		}
	})
}

func TestAnApplicationExpires(t *testing.T) {
	each(t, func(s *scene) {
		a := s.apply(s.Ada, s.project(nil))
		due := job.Work{Subject: a.ID}
		rung := viewer.System("a test plays Rung").In(gid.LiveWorld)
		run := func(want ...string) {
			t.Helper()
			s.House.Does(t, rung, "expireApplication", func(ctx context.Context) error { return ExpireUnnoticed(ctx, s.DB, due) }, want...)
		}
		s.Clock.Skip(30*day - time.Minute)
		run()
		stage.Must(s, s.Recruiter, ReviewApplication, ReviewApplicationInput{ApplicationID: a.ID, ExpectedRevision: 1})
		s.Clock.Skip(2 * time.Minute)
		run() // the old timer, had it not been moved
		s.Clock.Skip(30 * day)
		run(stage.Says(event.ApplicationExpired, a.ID, s.Acme, s.Campus, s.Ada.Talent))
		a = s.application(a.ID)
		if a.Status != entapplication.StatusExpired || a.DecidedAt == nil || a.Reason == nil || a.ExpiresAt != nil {
			t.Errorf("the application is %v", a)
		}
		run() // twice
		s.apply(s.Ada, a.MicroProjectID)
	})
}

func (s *scene) interviews(a gid.ID) []*ent.Interview {
	s.Helper()
	all, err := s.DB.Read.Interview.Query().Where(interview.ApplicationID(a)).Order(ent.Asc(interview.FieldProposedAt)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	return all
}

func TestInterviews(t *testing.T) {
	each(t, func(s *scene) {
		a := s.apply(s.Ada, s.project(nil))
		at := a.SubmittedAt.Add(3 * day)
		in := ScheduleInterviewInput{ApplicationID: a.ID, ExpectedRevision: 1, Slots: []*InterviewSlotInput{
			{StartsAt: at, DurationMinutes: 30, Place: "Room 1"}, {StartsAt: at.Add(day), DurationMinutes: 30, Place: "Room 2"},
		}}
		stage.Refuses(s, s.Stranger, ScheduleInterview, in, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Supervisor, ScheduleInterview, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, ScheduleInterview, in, fault.CodeNotPermitted, "")
		first := stage.Must(s, s.Recruiter, ScheduleInterview, in)
		a = s.application(a.ID)
		s.clock(a, nil)
		if a.Status != entapplication.StatusInterview || a.Revision != 2 {
			t.Errorf("the application is %v", a)
		}

		choice := ChooseInterviewSlotInput{InterviewID: first.InterviewID, ExpectedRevision: 1, Slot: 2}
		for _, v := range []viewer.Viewer{s.Stranger, s.Foreigner, s.Outsider, s.Staff} {
			stage.Refuses(s, v, ChooseInterviewSlot, choice, fault.CodeNotFound, "interviewId")
		}
		stage.Refuses(s, s.Recruiter, ChooseInterviewSlot, choice, fault.CodeNotPermitted, "")
		third := choice
		third.Slot = 3
		stage.Refuses(s, s.Ada, ChooseInterviewSlot, third, fault.CodeInvalidValue, "slot")
		s.Clock.Skip(3*day + time.Hour)
		passed := choice
		passed.Slot = 1
		stage.Refuses(s, s.Ada, ChooseInterviewSlot, passed, fault.CodeWindowClosed, "slot")
		stage.Must(s, s.Ada, ChooseInterviewSlot, choice)
		if got := s.interviews(a.ID); len(got) != 1 || got[0].Status != interview.StatusChosen || ChosenSlot(got[0]).Place != "Room 2" || got[0].ChosenAt == nil {
			t.Errorf("the interviews are %v", got)
		}

		again := ScheduleInterviewInput{ApplicationID: a.ID, ExpectedRevision: 1, Slots: []*InterviewSlotInput{{StartsAt: at.Add(9 * day), DurationMinutes: 30, Place: "Room 3"}}}
		stage.Refuses(s, s.Recruiter, ScheduleInterview, again, fault.CodeStaleRevision, "expectedRevision")
		again.ExpectedRevision = 2
		stage.Must(s, s.Recruiter, ScheduleInterview, again)
		stage.Refuses(s, s.Recruiter, ScheduleInterview, again, fault.CodeStaleRevision, "expectedRevision")
		got := s.interviews(a.ID)
		if len(got) != 2 || got[0].Status != interview.StatusCancelled || got[1].Status != interview.StatusProposed {
			t.Errorf("the interviews are %v", got)
		}
		stage.Must(s, s.Ada, ChooseInterviewSlot, ChooseInterviewSlotInput{InterviewID: got[1].ID, ExpectedRevision: 1, Slot: 1})
		s.Clock.Skip(9 * day)
		next := again
		next.ExpectedRevision, next.Slots[0].StartsAt = 3, at.Add(20*day)
		before := len(s.Heard())
		stage.Must(s, s.Recruiter, ScheduleInterview, next)
		stage.Equal(s, "another round", s.Heard()[before:], stage.Hears("et", event.InterviewScheduled, event.InterviewPassed))
		s.decline(s.application(a.ID))
		if got := s.interviews(a.ID); got[1].Status != interview.StatusPassed || got[2].Status != interview.StatusCancelled {
			t.Errorf("a declined application has %v", got)
		}
	})
}
