package reference

import (
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/reference"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{"talent_references", "thank_you_notes", "engagements", "jobs"}

type scene struct{ *stage.Scene }

// each sets the scene on both engines and runs the test there.
func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(&scene{stage.Set(t, h)}) })
}

func (s *scene) row(id gid.ID) *ent.Reference {
	s.Helper()
	r, err := s.DB.Read.Reference.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	return r
}

func asking(e *ent.Engagement) RequestReferenceInput {
	return RequestReferenceInput{e.ID, "Sol", "Would you say a word about my work?"}
}

const words = "Ada asks better questions than we had."

func TestAReferenceIsGivenAndShown(t *testing.T) {
	each(t, func(s *scene) {
		e := s.Completed()
		stage.Refuses(s, s.Foreigner, RequestReference, asking(e), fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Stranger, RequestReference, asking(e), fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Staff, RequestReference, asking(e), fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Owner, RequestReference, asking(e), fault.CodeNotPermitted, "")
		id := stage.Does(s, s.Ada, RequestReference, asking(e), stage.Hears("et", event.ReferenceRequested)...)
		stage.Refuses(s, s.Ada, RequestReference, asking(e), fault.CodeAlreadyExists, "engagementId")
		give := GiveReferenceInput{ReferenceID: id, ExpectedRevision: 1, Text: words}
		stage.Refuses(s, s.Stranger, GiveReference, give, fault.CodeNotFound, "referenceId")
		stage.Refuses(s, s.Staff, GiveReference, give, fault.CodeNotFound, "referenceId")
		stage.Refuses(s, s.Ada, GiveReference, give, fault.CodeNotPermitted, "")
		stage.Does(s, s.Supervisor, GiveReference, give, stage.Hears("eit", event.ReferenceGiven)...)
		stage.Refuses(s, s.Ada, ShowReference, ShowReferenceInput{id, 2}, fault.CodeNotPermitted, "")

		other := stage.Must(s, s.Ada, RequestReference, asking(e))
		yes := true
		give = GiveReferenceInput{ReferenceID: other, ExpectedRevision: 1, Text: words, MayBeShown: &yes}
		stage.Must(s, s.Recruiter, GiveReference, give)
		stage.Refuses(s, s.Ada, HideReference, HideReferenceInput{other, 2}, fault.CodeAlreadyExists, "referenceId")
		stage.Does(s, s.Ada, ShowReference, ShowReferenceInput{other, 2}, stage.Hears("et", event.ReferenceShown)...)
		stage.Refuses(s, s.Ada, ShowReference, ShowReferenceInput{other, 3}, fault.CodeAlreadyExists, "referenceId")
		stage.Does(s, s.Ada, HideReference, HideReferenceInput{other, 3}, stage.Hears("et", event.ReferenceHidden)...)
		stage.Must(s, s.Ada, ShowReference, ShowReferenceInput{other, 4})
		retract := RetractReferenceInput{other, 5, "It spoke of somebody else."}
		stage.Does(s, s.Owner, RetractReference, retract, stage.Hears("eit", event.ReferenceRetracted)...)
		if r := s.row(other); r.ShownAt != nil || r.Status != reference.StatusRetracted || *r.Text != words {
			t.Errorf("what was retracted is %v", r)
		}
	})
}

func TestWhatTheTalentWroteIsForTheTwoSides(t *testing.T) {
	each(t, func(s *scene) {
		r := s.row(stage.Must(s, s.Ada, RequestReference, asking(s.Completed())))
		for name, c := range map[string]struct {
			who  viewer.Viewer
			sees bool
		}{"the talent": {s.Ada, true}, "the employer": {s.Recruiter, true}, "the staff": {s.Staff, false}, "another employer": {s.Stranger, false}} {
			if got := Message(c.who, r) != nil && Addressee(c.who, r) != nil; got != c.sees {
				t.Errorf("%s reads it: %v", name, got)
			}
		}
	})
}

func TestARequestThatNobodyAnswers(t *testing.T) {
	each(t, func(s *scene) {
		e := s.Completed()
		id := stage.Must(s, s.Ada, RequestReference, asking(e))
		expire := func() {
			if err := ExpireUnanswered(s.As(viewer.System("a timer fires").In(gid.LiveWorld), "expire"), s.DB, job.Work{Subject: id}); err != nil {
				t.Fatal(err)
			}
		}
		expire()
		if got := s.row(id).Status; got != reference.StatusRequested {
			t.Errorf("before its time it is %s", got)
		}
		s.Clock.Skip(answerTime + time.Second)
		give := GiveReferenceInput{ReferenceID: id, ExpectedRevision: 1, Text: words}
		stage.Refuses(s, s.Supervisor, GiveReference, give, fault.CodeWindowClosed, "referenceId")
		expire()
		expire()
		if r := s.row(id); r.Status != reference.StatusExpired || r.EndedAt == nil {
			t.Errorf("after its time it is %v", r)
		}
		again := stage.Must(s, s.Ada, RequestReference, asking(e))
		stage.Does(s, s.Ada, WithdrawReferenceRequest, WithdrawReferenceRequestInput{again, 1}, stage.Hears("et", event.ReferenceWithdrawn)...)
		last := stage.Must(s, s.Ada, RequestReference, asking(e))
		stage.Does(s, s.Owner, DeclineReference, DeclineReferenceInput{ReferenceID: last, ExpectedRevision: 1}, stage.Hears("et", event.ReferenceDeclined)...)
		stage.Refuses(s, s.Ada, RequestReference, asking(e), fault.CodeLimitReached, "engagementId")
	})
}

func TestThankYouNotes(t *testing.T) {
	each(t, func(s *scene) {
		e := s.Completed()
		in := SendThankYouNoteInput{e.ID, "Thank you for all of it."}
		stage.Refuses(s, s.Stranger, SendThankYouNote, in, fault.CodeNotFound, "engagementId")
		stage.Refuses(s, s.Staff, SendThankYouNote, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, SendThankYouNote, SendThankYouNoteInput{e.ID, " "}, fault.CodeInvalidValue, "text")
		stage.Does(s, s.Ada, SendThankYouNote, in, stage.Hears("et", event.ThankYouNoteSent)...)
		stage.Refuses(s, s.Ada, SendThankYouNote, in, fault.CodeAlreadyExists, "engagementId")
		stage.Does(s, s.Supervisor, SendThankYouNote, in, stage.Hears("et", event.ThankYouNoteSent)...)
		stage.Refuses(s, s.Recruiter, SendThankYouNote, in, fault.CodeAlreadyExists, "engagementId")
		for name, c := range map[string]struct {
			who  viewer.Viewer
			want int
		}{"the talent": {s.Ada, 2}, "the employer": {s.Owner, 2}, "the staff": {s.Staff, 0}, "another employer": {s.Stranger, 0}} {
			if n, err := s.DB.Read.ThankYouNote.Query().Count(viewer.With(t.Context(), c.who)); err != nil || n != c.want {
				t.Errorf("%s reads %d, %v", name, n, err)
			}
		}
	})
}
