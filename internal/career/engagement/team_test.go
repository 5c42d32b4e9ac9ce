package engagement

import (
	"context"
	"sync"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/ent/gen/ent/submission"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// teamwork is a project for so many whose first planned deliverable is handed in
// once for all.
func (s *scene) teamwork(seats int) gid.ID {
	s.Helper()
	p := s.project(seats, 0)
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		for i, isTeamwork := range []bool{true, false} {
			err := tx.PlannedDeliverable.Create().SetMicroProjectID(p).SetEmployerOrgID(s.Acme).SetPosition(i + 1).
				SetTitle("A part").SetAcceptanceCriterion("It is there.").SetIsTeamwork(isTeamwork).Exec(ctx)
			if err != nil {
				return gid.None, err
			}
		}
		return p, nil
	})
}

// file is one of the viewer's that can be sent.
func (s *scene) file(v viewer.Viewer) gid.ID {
	s.Helper()
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		u, err := tx.Upload.Create().SetWorldID(tx.World()).SetPersonID(v.Person).SetTalentID(v.Talent).SetName("report.txt").
			SetContentType("text/plain").SetSizeBytes(1).SetSha256("h").SetStatus(upload.StatusReady).SetExpiresAt(tx.Now).
			SetBlobKey("k").SetReceivedSha256("h").SetReceivedType("text/plain").Save(ctx)
		return u.ID, err
	})
}

func TestTeamworkIsHandedInOnce(t *testing.T) {
	each(t, func(s *scene) {
		p, ben, cem := s.teamwork(3), s.Talent("Ben"), s.Talent("Cem")
		other := s.active(cem, s.teamwork(1))
		adas, bens, resting := s.ready(s.Ada, p), s.active(ben, p), s.active(cem, p)
		stage.Must(s, s.Ada, StartEngagement, StartEngagementInput{EngagementID: adas.ID, ExpectedRevision: adas.Revision})
		stage.Must(s, cem, PauseEngagement, PauseEngagementInput{EngagementID: resting.ID, ExpectedRevision: resting.Revision, Reason: "I am ill."})

		s.Clock.On("2026-03-10")
		f := s.file(s.Ada)
		own := s.deliverables(adas.ID)[0]
		done := stage.Must(s, s.Ada, SubmitDeliverable, SubmitDeliverableInput{
			DeliverableID: own.ID, ExpectedRevision: own.Revision, UploadIDs: []gid.ID{f}, Links: []string{"https://example.com/report"},
		})
		before := len(s.Heard())
		s.due()
		stage.Equal(s, "the team", s.Heard()[before:], stage.Hears("et", event.DeliverableTeamSubmitted))

		for _, e := range []*ent.Engagement{resting, other} {
			if d := s.deliverables(e.ID)[0]; d.Status != deliverable.StatusPlanned {
				t.Errorf("work that rests, or of another project, is %v", d)
			}
		}
		copied := s.submission(ben, s.deliverables(bens.ID)[0].ID)
		if copied.OriginalID != done.SubmissionID || copied.TeammateID != s.Ada.Talent || copied.TalentID != ben.Talent || len(copied.Links) != 1 {
			t.Errorf("Ben's is %v", copied)
		}
		if d := s.deliverables(bens.ID); d[0].Status != deliverable.StatusSubmitted || !d[0].IsTeamwork || d[1].Status != deliverable.StatusPlanned || d[1].IsTeamwork {
			t.Errorf("Ben's deliverables are %v", d)
		}
		for who, sees := range map[*viewer.Viewer]bool{&s.Ada: true, &ben: true, &s.Supervisor: true, &cem: false, &s.Stranger: false, &s.Foreigner: false, &s.Staff: false} {
			if n, err := s.DB.Read.Upload.Query().Where(upload.SubmissionID(FilesFrom(copied))).Count(s.As(*who, "")); err != nil || (n == 1) != sees {
				t.Errorf("%s %s sees %d files, %v", who.Kind, who.Role, n, err)
			}
		}
		if n, err := s.DB.Read.Submission.Query().Where(submission.ID(done.SubmissionID)).Count(s.As(ben, "")); err != nil || n != 0 {
			t.Errorf("Ben sees %d of what Ada handed in for herself, %v", n, err)
		}
		d := s.deliverables(bens.ID)[0]
		stage.Must(s, s.Supervisor, RequestDeliverableRevision, RequestDeliverableRevisionInput{
			DeliverableID: d.ID, ExpectedRevision: d.Revision, Reasons: []string{"The end is missing."},
		})
		unchanged := s.Everything(s)
		if err := TeamSubmit(s.Worker(), s.DB, job.Work{World: gid.LiveWorld, Subject: done.SubmissionID}); err != nil || s.Everything(s) != unchanged {
			t.Errorf("a second time something changed, %v", err)
		}
	})
}

// submission is the latest of a deliverable.
func (s *scene) submission(v viewer.Viewer, id gid.ID) *ent.Submission {
	s.Helper()
	found, err := s.DB.Read.Submission.Query().Where(submission.DeliverableID(id)).Order(ent.Desc(submission.FieldNumber)).First(s.As(v, ""))
	if err != nil {
		s.Fatal(err)
	}
	return found
}

// Work that a supervisor sent back to one is that one's to do again, and takes
// what a teammate hands in.
func TestTeamworkThatWasSentBackIsHandedInForWhomItWas(t *testing.T) {
	each(t, func(s *scene) {
		p, ben := s.teamwork(2), s.Talent("Ben")
		adas, bens := s.ready(s.Ada, p), s.active(ben, p)
		stage.Must(s, s.Ada, StartEngagement, StartEngagementInput{EngagementID: adas.ID, ExpectedRevision: adas.Revision})
		s.handIn(s.Ada, s.deliverables(adas.ID)[0])
		s.due()
		for _, e := range []*ent.Engagement{adas, bens} {
			d := s.deliverables(e.ID)[0]
			stage.Must(s, s.Supervisor, RequestDeliverableRevision, RequestDeliverableRevisionInput{
				DeliverableID: d.ID, ExpectedRevision: d.Revision, Reasons: []string{"The end is missing."},
			})
		}
		s.handIn(ben, s.deliverables(bens.ID)[0])
		s.due()
		d := s.deliverables(adas.ID)[0]
		if got := s.submission(s.Ada, d.ID); d.Status != deliverable.StatusSubmitted || len(d.RevisionReasons) != 0 || got.Number != 2 || got.TeammateID != ben.Talent {
			t.Errorf("Ada's is %v, by %v", d, got)
		}
	})
}

// All of a team may hand in at the same time: what each hands in is theirs, and
// nobody's is handed in twice.
func TestATeamHandsInAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		const seats = 8
		p := s.teamwork(seats)
		members, work := make([]viewer.Viewer, seats), make([]*ent.Engagement, seats)
		for i := range members {
			members[i] = s.Talent("Member " + string(rune('A'+i)))
			work[i] = s.ready(members[i], p)
		}
		s.Clock.On("2026-03-09")
		for i, e := range work {
			stage.Must(s, members[i], StartEngagement, StartEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
		}
		planned, err := s.DB.Read.PlannedDeliverable.Query().Where(planneddeliverable.MicroProjectID(p), planneddeliverable.IsTeamwork(true)).OnlyID(s.All())
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for i, e := range work {
			d := s.deliverables(e.ID)[0]
			all.Go(func() {
				in := SubmitDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision, Links: []string{"https://example.com/report"}}
				_, err := SubmitDeliverable(s.As(members[i], "submitDeliverable"), s.DB, in)
				if err != nil {
					stage.CodeOf(t, err)
				}
			})
			all.Go(s.drain)
		}
		all.Wait()
		s.due()
		parts, err := s.DB.Read.Deliverable.Query().Where(deliverable.PlannedDeliverableID(planned)).All(s.All())
		if err != nil || len(parts) != seats {
			t.Fatal(len(parts), err)
		}
		for _, d := range parts {
			if d.Status != deliverable.StatusSubmitted || d.SubmissionCount != 1 {
				t.Errorf("%v was handed in %d times", d.Status, d.SubmissionCount)
			}
		}
	})
}
