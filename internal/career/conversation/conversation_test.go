package conversation

import (
	"context"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/conversation"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/message"
	"github.com/rung-dev/rung/ent/gen/ent/messagereport"
	"github.com/rung-dev/rung/ent/gen/ent/notification"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{"conversations", "messages", "read_marks", "message_reports"}

type scene struct {
	*stage.Scene
	about    gid.ID // Ada's application to Acme, which led to completed work
	Operator viewer.Viewer
}

// each sets the scene on both engines and runs the test there.
func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) {
		s := &scene{Scene: stage.Set(t, h)}
		e := s.Completed()
		o, err := s.DB.Read.Offer.Get(s.All(), e.OfferID)
		if err != nil {
			t.Fatal(err)
		}
		s.about = o.ApplicationID
		s.Operator = s.Seat("operator", gid.LiveWorld, viewer.RoleOperator)
		s.Operator.Kind = viewer.Operator
		test(s)
	})
}

func (s *scene) says(body string) SendMessageInput {
	return SendMessageInput{ApplicationID: &s.about, Body: body}
}

func (s *scene) conversation() *ent.Conversation {
	s.Helper()
	c, err := s.DB.Read.Conversation.Query().Where(conversation.ApplicationID(s.about)).Only(s.All())
	if err != nil {
		s.Fatal(err)
	}
	return c
}

func TestTwoSidesWrite(t *testing.T) {
	each(t, func(s *scene) {
		in := s.says("When can you start?")
		stage.Refuses(s, s.Stranger, SendMessage, in, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Foreigner, SendMessage, in, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Outsider, SendMessage, in, fault.CodeNotFound, "applicationId")
		stage.Refuses(s, s.Staff, SendMessage, in, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Ada, SendMessage, SendMessageInput{Body: "Hello"}, fault.CodeInvalidValue, "conversationId")
		script := s.says("Look")
		script.Links = []string{"javascript:alert(1)"}
		stage.Refuses(s, s.Ada, SendMessage, script, fault.CodeInvalidValue, "links.0")
		script.Links = make([]string, mostLinks+1)
		stage.Refuses(s, s.Ada, SendMessage, script, fault.CodeLimitReached, "links")
		stage.Does(s, s.Recruiter, SendMessage, in, stage.Hears("et", event.MessageSent)...)
		c := s.conversation()
		both := SendMessageInput{ApplicationID: &s.about, ConversationID: &c.ID, Body: "Hello"}
		stage.Refuses(s, s.Ada, SendMessage, both, fault.CodeInvalidValue, "conversationId")
		answer := SendMessageInput{ConversationID: &c.ID, Body: "On Monday."}
		stage.Refuses(s, s.Stranger, SendMessage, answer, fault.CodeNotFound, "conversationId")
		stage.Does(s, s.Ada, SendMessage, answer, stage.Hears("et", event.MessageSent)...)
		for name, c := range map[string]struct {
			who  viewer.Viewer
			want int
		}{"the talent": {s.Ada, 1}, "who wrote first": {s.Recruiter, 1}, "their colleague": {s.Supervisor, 1}} {
			if n, err := s.DB.Read.Notification.Query().Where(notification.Kind(string(event.MessageSent))).Count(viewer.With(t.Context(), c.who)); err != nil || n != c.want {
				t.Errorf("%s was told %d times, %v: each of what the other side wrote", name, n, err)
			}
		}
		if again := s.conversation(); again.ID != c.ID || !again.LastMessageAt.After(c.LastMessageAt) {
			t.Errorf("the conversation is %v, was %v", again, c)
		}
		for name, seen := range map[string]struct {
			who  viewer.Viewer
			want int
		}{
			"the talent": {s.Ada, 2}, "the employer's supervisor": {s.Supervisor, 2}, "the staff": {s.Staff, 0}, "an operator": {s.Operator, 0},
			"another employer": {s.Stranger, 0}, "another talent": {s.Foreigner, 0},
		} {
			if n, err := s.DB.Read.Message.Query().Count(viewer.With(t.Context(), seen.who)); err != nil || n != seen.want {
				t.Errorf("%s reads %d, %v, want %d", name, n, err, seen.want)
			}
		}
	})
}

func TestHowFarEachHasRead(t *testing.T) {
	each(t, func(s *scene) {
		first := stage.Must(s, s.Recruiter, SendMessage, s.says("One"))
		second := stage.Must(s, s.Owner, SendMessage, s.says("Two"))
		c := s.conversation()
		unread := func(v viewer.Viewer) int {
			counts, err := UnreadCounts(viewer.With(t.Context(), v), s.DB, []*ent.Conversation{nil, c})
			if err != nil {
				t.Fatal(err)
			}
			return counts[1]
		}
		if a, o := unread(s.Ada), unread(s.Owner); a != 2 || o != 0 {
			t.Errorf("unread are %d and %d", a, o)
		}
		mark := MarkConversationReadInput{c.ID, second}
		stage.Refuses(s, s.Stranger, MarkConversationRead, mark, fault.CodeNotFound, "conversationId")
		stage.Refuses(s, s.Staff, MarkConversationRead, mark, fault.CodeNotFound, "conversationId")
		stage.Refuses(s, s.Ada, MarkConversationRead, MarkConversationReadInput{c.ID, gid.ID{0: 1, 15: byte(gid.Message)}}, fault.CodeNotFound, "throughMessageId")
		stage.Does(s, s.Ada, MarkConversationRead, MarkConversationReadInput{c.ID, first}, stage.Hears("et", event.ConversationRead)...)
		if got := unread(s.Ada); got != 1 {
			t.Errorf("after one, %d are unread", got)
		}
		stage.Must(s, s.Ada, MarkConversationRead, mark)
		stage.Must(s, s.Ada, MarkConversationRead, MarkConversationReadInput{c.ID, first}) // a mark never goes back
		if got := unread(s.Ada); got != 0 {
			t.Errorf("after both, %d are unread", got)
		}
		m, err := s.DB.Read.Message.Get(s.All(), second)
		if err != nil {
			t.Fatal(err)
		}
		readings, err := OtherSides(viewer.With(t.Context(), s.Supervisor), s.DB, []*ent.Conversation{c})
		if err != nil || readings[0] == nil || !readings[0].Through.Equal(m.SentAt) {
			t.Errorf("the other side has read %v, %v", readings[0], err)
		}
		if readings, err = OtherSides(viewer.With(t.Context(), s.Ada), s.DB, []*ent.Conversation{c}); err != nil || readings[0] != nil {
			t.Errorf("the employer has read %v, %v", readings[0], err)
		}
	})
}

func TestAReportedMessage(t *testing.T) {
	each(t, func(s *scene) {
		bad := stage.Must(s, s.Recruiter, SendMessage, s.says("Let us settle this in cash."))
		stage.Must(s, s.Recruiter, SendMessage, s.says("Are you there?"))
		report := ReportMessageInput{MessageID: bad, Reason: messagereport.ReasonOffPlatformPayment}
		stage.Refuses(s, s.Stranger, ReportMessage, report, fault.CodeNotFound, "messageId")
		stage.Refuses(s, s.Staff, ReportMessage, report, fault.CodeNotFound, "messageId")
		stage.Refuses(s, s.Owner, ReportMessage, report, fault.CodeNotPermitted, "")
		id := stage.Does(s, s.Ada, ReportMessage, report, stage.Hears("tw", event.MessageReported)...)
		stage.Refuses(s, s.Ada, ReportMessage, report, fault.CodeAlreadyExists, "messageId")
		seen, err := s.DB.Read.Message.Query().IDs(viewer.With(t.Context(), s.Operator))
		if err != nil || len(seen) != 1 || seen[0] != bad {
			t.Errorf("an operator reads %v, %v", seen, err)
		}
		if n, err := s.DB.Read.MessageReport.Query().Count(viewer.With(t.Context(), s.Owner)); err != nil || n != 0 {
			t.Errorf("the employer learns of %d reports, %v", n, err)
		}
		uphold := UpholdMessageReportInput{id, 1, "It asks to pay elsewhere."}
		stage.Refuses(s, s.Owner, UpholdMessageReport, uphold, fault.CodeNotFound, "messageReportId")
		stage.Refuses(s, s.Ada, UpholdMessageReport, uphold, fault.CodeNotPermitted, "")
		stage.Does(s, s.Operator, UpholdMessageReport, uphold,
			append(stage.Hears("tw", event.MessageReportUpheld), stage.Hears("et", event.MessageRemoved)...)...)
		stage.Refuses(s, s.Operator, DismissMessageReport, DismissMessageReportInput{id, 2, "It may stay."}, fault.CodeIllegalTransition, "")
		m, err := s.DB.Read.Message.Query().Where(message.ID(bad)).Only(viewer.With(t.Context(), s.Ada))
		if err != nil || m.Body != nil || m.RemovedAt == nil || *m.RemovalReason != uphold.Finding {
			t.Errorf("the message is %v, %v", m, err)
		}
	})
}

func TestOnePersonWritesSoMuchInADay(t *testing.T) {
	each(t, func(s *scene) {
		for range mostInADay {
			stage.Must(s, s.Ada, SendMessage, s.says("And another thing."))
		}
		stage.Refuses(s, s.Ada, SendMessage, s.says("One more."), fault.CodeLimitReached, "")
		stage.Must(s, s.Owner, SendMessage, s.says("Slowly, please."))
		s.Clock.Skip(24 * time.Hour)
		stage.Must(s, s.Ada, SendMessage, s.says("Good morning."))
	})
}

func TestASuspendedEmployerCannotWrite(t *testing.T) {
	each(t, func(s *scene) {
		stage.Must(s, s.Owner, SendMessage, s.says("Hello"))
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Employer, error) {
			return tx.Employer.UpdateOneID(s.Acme).SetStatus(employer.StatusSuspended).SetReason("Under review.").Save(ctx)
		})
		stage.Refuses(s, s.Owner, SendMessage, s.says("Hello again"), fault.CodePolicyViolation, "")
		stage.Must(s, s.Ada, SendMessage, s.says("What happened?"))
	})
}

func TestAConversationCloses(t *testing.T) {
	t.Parallel()
	acme, adaID := gid.ID{0: 1, 15: byte(gid.Employer)}, gid.ID{0: 1, 15: byte(gid.Talent)}
	ada := viewer.Viewer{Kind: viewer.Talent, Talent: adaID, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	ended := func(status application.Status) *ent.Application {
		return &ent.Application{EmployerOrgID: acme, TalentID: adaID, Status: status, DecidedAt: &now, UpdatedAt: now}
	}
	work := func(status engagement.Status) *ent.Engagement {
		e := &ent.Engagement{Status: status}
		switch status {
		case engagement.StatusCompleted:
			e.CompletedAt = &now
		case engagement.StatusTerminated:
			e.TerminatedAt = &now
		}
		return e
	}
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		t     thread
		after time.Duration
		code  fault.Code
	}{
		"while the application is open":                       {thread{application: ended(application.StatusSubmitted)}, 1000 * day, ""},
		"soon after it was declined":                          {thread{application: ended(application.StatusDeclined)}, 29 * day, ""},
		"it refuses 30 days after it was declined":            {thread{application: ended(application.StatusDeclined)}, 30 * day, fault.CodeWindowClosed},
		"it refuses 30 days after it expired":                 {thread{application: ended(application.StatusExpired)}, 30 * day, fault.CodeWindowClosed},
		"while the work goes on":                              {thread{application: ended(application.StatusAccepted), work: work(engagement.StatusActive)}, 1000 * day, ""},
		"while the work is incomplete":                        {thread{application: ended(application.StatusAccepted), work: work(engagement.StatusIncomplete)}, 1000 * day, ""},
		"soon after the work was completed":                   {thread{application: ended(application.StatusAccepted), work: work(engagement.StatusCompleted)}, 89 * day, ""},
		"it refuses 90 days after the work was completed":     {thread{application: ended(application.StatusAccepted), work: work(engagement.StatusCompleted)}, 90 * day, fault.CodeWindowClosed},
		"it refuses 90 days after the work was terminated":    {thread{application: ended(application.StatusAccepted), work: work(engagement.StatusTerminated)}, 90 * day, fault.CodeWindowClosed},
		"a seat that fell free does not close it before then": {thread{application: ended(application.StatusClosedBySystem), work: work(engagement.StatusTerminated)}, 60 * day, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			told, _ := fault.UserErrors(canSend(ada, c.t, now.Add(c.after)))
			if (len(told) == 0) != (c.code == "") || len(told) > 0 && told[0].GetCode() != c.code {
				t.Errorf("got %v, want %q", told, c.code)
			}
		})
	}
}
