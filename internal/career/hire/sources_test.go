package hire

import (
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/hirereport"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	queue "github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

// drain lets what is due happen, and compares how much it was.
func (s *scene) drain(want int) {
	s.Helper()
	w := &queue.Worker{DB: s.DB, Name: "test", Handlers: map[queue.Kind]queue.Handler{
		LapseHireConversion: Lapse, AskAfterOneYear: AskWhetherEmployed, AskAfterFiveYears: AskWhetherEmployed,
	}}
	if n, err := w.Drain(s.Context()); n != want || err != nil {
		s.Errorf("%d timers ran, %v, want %d", n, err, want)
	}
}

func (s *scene) outcomes() viewer.Viewer {
	s.Helper()
	return s.Seat("outcomes", s.Campus, viewer.RoleOutcomes)
}

func report(e *ent.Engagement, source hirereport.Source) ReportHireInput {
	return ReportHireInput{
		EngagementID: e.ID, Source: source, Kind: hireconversion.KindPartTime, JobTitle: "Analyst", StartedOn: "2026-04-01",
		Confidence: hirereport.ConfidenceLikely,
	}
}

// said is what a job's sources say, by source.
func (s *scene) said(id gid.ID) map[hirereport.Source]*ent.HireReport {
	s.Helper()
	rows, err := Sources(s.All(), s.DB, []gid.ID{id})
	if err != nil {
		s.Fatal(err)
	}
	all := map[hirereport.Source]*ent.HireReport{}
	for _, r := range rows {
		all[r.Source] = r
	}
	return all
}

func TestSignalHireInterest(t *testing.T) {
	each(t, func(s *scene) {
		in := SignalHireInterestInput(s.proposal(s.Completed()))
		stage.Refuses(s, s.Stranger, SignalHireInterest, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Foreigner, SignalHireInterest, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Ada, SignalHireInterest, in, fault.CodeNotPermitted, "")
		past := in
		past.StartsOn = "2026-03-01"
		stage.Refuses(s, s.Recruiter, SignalHireInterest, past, fault.CodeInvalidValue, "startsOn")

		h := s.hire(stage.Does(s, s.Recruiter, SignalHireInterest, in, stage.Hears("eit", event.HireInterestSignalled)...))
		stage.Refuses(s, s.Owner, SignalHireInterest, in, fault.CodeAlreadyExists, "engagementId")
		s.Clock.Set(h.InterestedAt.Add(interestTime - time.Minute))
		s.drain(0)
		s.Clock.Set(h.InterestedAt.Add(interestTime + time.Second))
		before := len(s.Heard())
		s.drain(1)
		stage.Equal(s, "nobody proposed", s.Heard()[before:], stage.Hears("eit", event.HireLapsed))

		id := stage.Must(s, s.Recruiter, SignalHireInterest, in)
		message := "Come."
		other := ProposeHireConversionInput{EngagementID: in.EngagementID, Kind: hireconversion.KindContract, JobTitle: "Writer", StartsOn: "2026-08-01", Message: &message}
		if again := stage.Does(s, s.Owner, ProposeHireConversion, other, stage.Hears("eit", event.HireProposed)...); again != id {
			t.Errorf("the proposal of what was thought of is another job")
		}
		h = s.hire(id)
		if h.Status != hireconversion.StatusProposed || h.Kind != other.Kind || h.JobTitle != "Writer" || h.StartsOn != "2026-08-01" || !h.ProposedAt.After(*h.InterestedAt) {
			t.Errorf("the job is %v", h)
		}
		s.Clock.Set(h.InterestedAt.Add(interestTime))
		s.drain(0)
		s.Clock.Set(AnswerBy(h))
		s.drain(1)
	})
}

func TestWithdrawHireConversion(t *testing.T) {
	each(t, func(s *scene) {
		h := s.proposed()
		in := WithdrawHireConversionInput{HireConversionID: h.ID, ExpectedRevision: 1, Reason: "The post was cut."}
		stage.Refuses(s, s.Stranger, WithdrawHireConversion, in, fault.CodeNotFound, "hireConversionId")
		stage.Refuses(s, s.Ada, WithdrawHireConversion, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Supervisor, WithdrawHireConversion, in, fault.CodeNotPermitted, "")
		mute := in
		mute.Reason = " "
		stage.Refuses(s, s.Owner, WithdrawHireConversion, mute, fault.CodeInvalidValue, "reason")
		stage.Does(s, s.Owner, WithdrawHireConversion, in, stage.Hears("eit", event.HireWithdrawn)...)
		if h = s.hire(h.ID); h.Status != hireconversion.StatusWithdrawn || *h.Reason != in.Reason || h.AnsweredAt != nil {
			t.Errorf("the job is %v", h)
		}
		in.ExpectedRevision = h.Revision
		stage.Refuses(s, s.Owner, WithdrawHireConversion, in, fault.CodeIllegalTransition, "")
		s.Clock.Set(AnswerBy(h))
		s.drain(0)
		stage.Must(s, s.Recruiter, ProposeHireConversion, ProposeHireConversionInput{EngagementID: h.EngagementID, Kind: h.Kind, JobTitle: "Again", StartsOn: "2027-01-04"})
	})
}

func TestReportHire(t *testing.T) {
	each(t, func(s *scene) {
		e, office := s.Completed(), s.outcomes()
		s.Clock.On("2026-05-01")
		in := report(e, hirereport.SourceInstitution)
		stage.Refuses(s, s.Stranger, ReportHire, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Outsider, ReportHire, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Staff, ReportHire, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, ReportHire, in, fault.CodeInvalidValue, "source")
		h := s.hire(stage.Does(s, office, ReportHire, in, stage.Hears("eit", event.HireReported)...))
		if h.Status != hireconversion.StatusStarted || *h.StartedOn != "2026-04-01" || IsConfirmed(h) || h.ReportedAt == nil || h.AnsweredAt != nil {
			t.Errorf("the job is %v", h)
		}
		stage.Refuses(s, office, ReportHire, in, fault.CodeAlreadyExists, "source")

		own := report(e, hirereport.SourceTalent)
		own.StartedOn = "2026-04-02"
		stage.Does(s, s.Ada, ReportHire, own, stage.Hears("eit", event.HireReported)...)
		if h = s.hire(h.ID); *h.StartedOn != "2026-04-02" || IsConfirmed(h) || h.TalentConfirmedAt == nil {
			t.Errorf("after the talent corrected it, the job is %v", h)
		}
		copied := report(e, hirereport.SourceATS)
		copied.StartedOn = "2026-04-02"
		stage.Does(s, s.Recruiter, ReportHire, copied, append(stage.Hears("eit", event.HireReported), stage.Hears("eit", event.HireStartConfirmed)...)...)
		if h = s.hire(h.ID); !IsConfirmed(h) {
			t.Errorf("two sources agree, and the job is %v", h)
		}
		all := s.said(h.ID)
		if len(all) != 3 || all[hirereport.SourceTalent].Confidence != hirereport.ConfidenceCertain || all[hirereport.SourceATS].Confidence != hirereport.ConfidenceLikely ||
			all[hirereport.SourceInstitution].StartedOn != "2026-04-01" {
			t.Errorf("they said %v", all)
		}
	})
}

// An employer that thought of a job may hear that it began elsewhere.
func TestAnInterestIsReported(t *testing.T) {
	each(t, func(s *scene) {
		e := s.Completed()
		id := stage.Must(s, s.Recruiter, SignalHireInterest, SignalHireInterestInput(s.proposal(e)))
		s.Clock.On("2026-04-10")
		if got := stage.Must(s, s.Ada, ReportHire, report(e, hirereport.SourceTalent)); got != id {
			t.Error("the job that was thought of is another one")
		}
		h := s.hire(id)
		if h.Status != hireconversion.StatusStarted || h.Kind != hireconversion.KindPartTime || h.StartsOn != "2026-04-01" {
			t.Errorf("the job is %v", h)
		}
		stage.Does(s, s.Recruiter, ConfirmHireStart, ConfirmHireStartInput{HireConversionID: id, ExpectedRevision: h.Revision, StartedOn: "2026-04-01"},
			stage.Hears("eit", event.HireStartConfirmed)...)
	})
}

func TestRecordHireOutcome(t *testing.T) {
	each(t, func(s *scene) {
		e, office := s.Completed(), s.outcomes()
		s.Clock.On("2026-04-10")
		h := s.hire(stage.Must(s, s.Ada, ReportHire, report(e, hirereport.SourceTalent)))
		s.Clock.On("2027-03-31")
		s.drain(0)
		s.Clock.On("2027-04-01")
		before := len(s.Heard())
		s.drain(1)
		stage.Equal(s, "a year has passed", s.Heard()[before:], stage.Hears("eit", event.HireOutcomeDue))

		in := RecordHireOutcomeInput{HireConversionID: h.ID, ExpectedRevision: h.Revision, IsEmployed: true, AsOf: "2027-04-01"}
		stage.Refuses(s, s.Stranger, RecordHireOutcome, in, fault.CodeNotFound, "hireConversionId")
		stage.Refuses(s, s.Supervisor, RecordHireOutcome, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Staff, RecordHireOutcome, in, fault.CodeNotPermitted, "")
		stale := in
		stale.ExpectedRevision++
		stage.Refuses(s, office, RecordHireOutcome, stale, fault.CodeStaleRevision, "expectedRevision")
		early := in
		early.AsOf = "2027-03-31"
		stage.Does(s, office, RecordHireOutcome, early, stage.Hears("eit", event.HireOutcomeRecorded)...)
		in.ExpectedRevision++
		stage.Does(s, s.Recruiter, RecordHireOutcome, in, stage.Hears("eit", event.HireOutcomeRecorded, event.HireRetainedOneYear)...)
		if h = s.hire(h.ID); h.Status != hireconversion.StatusRetainedOneYear || *h.EmployedAsOf != "2027-04-01" {
			t.Errorf("the job is %v", h)
		}
		s.Clock.On("2031-04-01")
		before = len(s.Heard())
		s.drain(1)
		stage.Equal(s, "five years have passed", s.Heard()[before:], stage.Hears("eit", event.HireOutcomeDue))
		reason := hireconversion.LeftReasonResigned
		gone := RecordHireOutcomeInput{HireConversionID: h.ID, ExpectedRevision: h.Revision, AsOf: "2030-01-31", Reason: &reason}
		stage.Does(s, s.Ada, RecordHireOutcome, gone, stage.Hears("eit", event.HireOutcomeRecorded, event.HireLeft)...)
		if h = s.hire(h.ID); h.Status != hireconversion.StatusLeft || *h.LeftOn != "2030-01-31" || *h.LeftReason != reason {
			t.Errorf("the job is %v", h)
		}
		gone.ExpectedRevision = h.Revision
		stage.Refuses(s, s.Ada, RecordHireOutcome, gone, fault.CodeIllegalTransition, "")
	})
}

// Who left is asked no more, and makes room for another job.
func TestNobodyAsksAfterALeaver(t *testing.T) {
	each(t, func(s *scene) {
		e := s.Completed()
		s.Clock.On("2026-04-10")
		h := s.hire(stage.Must(s, s.Ada, ReportHire, report(e, hirereport.SourceTalent)))
		reason := hireconversion.LeftReasonUnknown
		stage.Must(s, s.Ada, RecordHireOutcome, RecordHireOutcomeInput{HireConversionID: h.ID, ExpectedRevision: 1, AsOf: "2026-04-09", Reason: &reason})
		s.Clock.On("2031-05-01")
		before := len(s.Heard())
		s.drain(2)
		if heard := s.Heard()[before:]; len(heard) != 0 {
			t.Errorf("they heard %v", heard)
		}
		stage.Must(s, s.Recruiter, ProposeHireConversion, ProposeHireConversionInput{EngagementID: e.ID, Kind: h.Kind, JobTitle: "Again", StartsOn: "2031-06-01"})
	})
}

// TestTwoReportAtOnce: the second adds to the job that the first has made.
func TestTwoReportAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		e, office := s.Completed(), s.outcomes()
		s.Clock.On("2026-04-10")
		ids, errs := make([]gid.ID, 2), make([]error, 2)
		var all sync.WaitGroup
		for i, who := range []viewer.Viewer{s.Ada, office} {
			all.Go(func() {
				ids[i], errs[i] = ReportHire(s.As(who, "reportHire"), s.DB, report(e, voices(who)[0]))
			})
		}
		all.Wait()
		if ids[0] != ids[1] || errs[0] != nil || errs[1] != nil {
			t.Fatalf("they made %v, %v", ids, errs)
		}
		if h := s.hire(ids[0]); !IsConfirmed(h) || len(s.said(h.ID)) != 2 {
			t.Errorf("the job is %v", h)
		}
	})
}

func TestAbilitiesAfterWork(t *testing.T) {
	each(t, func(s *scene) {
		e, office := s.Completed(), s.outcomes()
		s.Clock.On("2026-04-10")
		may := func(v viewer.Viewer) [3]bool {
			t.Helper()
			all, err := EngagementAbilities(viewer.With(t.Context(), v), s.DB, []*ent.Engagement{e, nil})
			if err != nil || all[1] != nil {
				t.Fatal(all, err)
			}
			return [3]bool{all[0].Signal.Allowed, all[0].Propose.Allowed, all[0].Report.Allowed}
		}
		sees := func(want map[*viewer.Viewer][3]bool) {
			t.Helper()
			for v, can := range want {
				if got := may(*v); got != can {
					t.Errorf("%s may %v, want %v", v.Subject, got, can)
				}
			}
		}
		none := [3]bool{}
		sees(map[*viewer.Viewer][3]bool{&s.Recruiter: {true, true, true}, &s.Ada: {false, false, true}, &office: {false, false, true}, &s.Staff: none, &s.Supervisor: none})
		h := s.hire(stage.Must(s, s.Recruiter, SignalHireInterest, SignalHireInterestInput(s.proposal(e))))
		sees(map[*viewer.Viewer][3]bool{&s.Recruiter: {false, true, true}, &s.Ada: {false, false, true}})
		stage.Must(s, s.Ada, ReportHire, report(e, hirereport.SourceTalent))
		sees(map[*viewer.Viewer][3]bool{&s.Recruiter: {false, false, true}, &s.Ada: none, &office: {false, false, true}})
		stage.Must(s, s.Recruiter, ReportHire, report(e, hirereport.SourceATS))
		sees(map[*viewer.Viewer][3]bool{&s.Recruiter: {false, false, true}})
		stage.Must(s, s.Recruiter, ReportHire, report(e, hirereport.SourceEmployer))
		sees(map[*viewer.Viewer][3]bool{&s.Recruiter: none})
		a := Abilities(office, s.hire(h.ID), s.DB.Now())
		if !a.RecordOutcome.Allowed || a.Withdraw.Allowed || a.ConfirmStart.Allowed {
			t.Errorf("the office may %v", a)
		}
	})
}
