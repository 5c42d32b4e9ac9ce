package amendment

import (
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func id(noun gid.Noun, n byte) gid.ID { return gid.ID{14: n, 15: byte(noun)} }

var (
	acme, ada = id(gid.Employer, 1), id(gid.Talent, 1)
	now       = time.Date(2026, time.March, 10, 12, 0, 0, 0, time.UTC)
	zone      = "Europe/Berlin"

	talent     = viewer.Viewer{Kind: viewer.Talent, Talent: ada, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	supervisor = stage.Who(viewer.EmployerMember, viewer.RoleSupervisor, acme)
)

// inWork is work until 20 March, with one part handed in, one sent back and one
// planned.
func inWork() work {
	part := func(n byte, status deliverable.Status) *ent.Deliverable {
		return &ent.Deliverable{ID: id(gid.Deliverable, n), Status: status, DueAt: calendar.Date("2026-03-18").EndIn(calendar.Zone(zone))}
	}
	return work{
		engagement: &ent.Engagement{
			EmployerOrgID: acme, TalentID: ada, Status: engagement.StatusActive, StartsOn: "2026-03-02", EndsOn: "2026-03-20", TimeZone: &zone, Revision: 3,
		},
		offer:        &ent.Offer{Hours: 20, FeeMinor: 500_00, Currency: "EUR"},
		money:        &ent.PaymentRecord{Status: paymentrecord.StatusHeld},
		deliverables: []*ent.Deliverable{part(1, deliverable.StatusSubmitted), part(2, deliverable.StatusRevisionRequested), part(3, deliverable.StatusPlanned)},
	}
}

func TestCanPropose(t *testing.T) {
	t.Parallel()
	open := []*ent.Amendment{{Status: amendment.StatusProposed}}
	many := make([]*ent.Amendment, mostAmendments)
	for i := range many {
		many[i] = &ent.Amendment{Status: amendment.StatusDeclined}
	}
	for name, c := range map[string]struct {
		v        viewer.Viewer
		status   engagement.Status
		before   []*ent.Amendment
		revision int
		code     fault.Code
		path     string
	}{
		"the talent on work under way":           {talent, engagement.StatusActive, nil, 3, "", ""},
		"the supervisor on work that rests":      {supervisor, engagement.StatusPaused, nil, 3, "", ""},
		"a recruiter oversees no work":           {stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme), engagement.StatusActive, nil, 3, fault.CodeNotPermitted, ""},
		"it refuses work before its start":       {talent, engagement.StatusReady, nil, 3, fault.CodeIllegalTransition, ""},
		"it refuses work that was handed in":     {talent, engagement.StatusSubmitted, nil, 3, fault.CodeIllegalTransition, ""},
		"it refuses a second proposal at a time": {talent, engagement.StatusActive, open, 3, fault.CodeAlreadyExists, "engagementId"},
		"it refuses the twenty-first":            {talent, engagement.StatusActive, many, 3, fault.CodeLimitReached, "engagementId"},
		"it refuses an old revision":             {talent, engagement.StatusActive, nil, 2, fault.CodeStaleRevision, "expectedRevision"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := inWork().engagement
			e.Status = c.status
			stage.Answers(t, canPropose(c.v, e, c.before, c.revision), c.code, c.path)
		})
	}
}

func TestCanAccept(t *testing.T) {
	t.Parallel()
	part := func(n byte) gid.ID { return id(gid.Deliverable, n) }
	for name, c := range map[string]struct {
		v    viewer.Viewer
		of   ent.Amendment
		at   time.Time
		over bool
		held paymentrecord.Status
		code fault.Code
		path string
	}{
		"more pay out of money that is set aside": {v: supervisor, of: ent.Amendment{AddedFeeMinor: new(int64(1))}, held: paymentrecord.StatusHeld},
		"more pay after some of it went back":     {v: supervisor, of: ent.Amendment{AddedFeeMinor: new(int64(1))}, held: paymentrecord.StatusPartiallyRefunded},
		"it refuses more pay when it is frozen":   {v: supervisor, of: ent.Amendment{AddedFeeMinor: new(int64(1))}, held: paymentrecord.StatusFrozen, code: fault.CodeIllegalTransition},
		"it refuses more pay when it is released": {v: supervisor, of: ent.Amendment{AddedFeeMinor: new(int64(1))}, held: paymentrecord.StatusReleasing, code: fault.CodeIllegalTransition},
		"frozen money keeps no other change":      {v: supervisor, of: ent.Amendment{EndsOn: day("2026-03-27")}, held: paymentrecord.StatusFrozen},
		"it refuses a milestone that is not there": {
			v: supervisor, of: ent.Amendment{AmendedMilestones: []schema.AmendedMilestone{{MilestoneID: id(gid.Milestone, 1)}}}, code: fault.CodeIllegalTransition,
		},
		"the other side":                         {v: supervisor, of: ent.Amendment{EndsOn: day("2026-03-27")}},
		"today is still to come":                 {v: supervisor, of: ent.Amendment{EndsOn: day("2026-03-10")}},
		"it refuses the side that proposed":      {v: talent, code: fault.CodeNotPermitted},
		"it refuses after seven days":            {v: supervisor, at: now.Add(answerTime), code: fault.CodeWindowClosed, path: "amendmentId"},
		"it refuses when the work is over":       {v: supervisor, over: true, code: fault.CodeIllegalTransition},
		"it refuses a last day that has passed":  {v: supervisor, of: ent.Amendment{EndsOn: day("2026-03-09")}, code: fault.CodeIllegalTransition},
		"it refuses to change what is handed in": {v: supervisor, of: ent.Amendment{Amended: []schema.AmendedDeliverable{{DeliverableID: part(1)}}}, code: fault.CodeIllegalTransition},
		"what was sent back can change":          {v: supervisor, of: ent.Amendment{Amended: []schema.AmendedDeliverable{{DeliverableID: part(2)}}}},
		"it refuses a due day that has passed":   {v: supervisor, of: ent.Amendment{Amended: []schema.AmendedDeliverable{{DeliverableID: part(2), DueOn: day("2026-03-09")}}}, code: fault.CodeIllegalTransition},
		"it refuses to add what is overdue":      {v: supervisor, of: ent.Amendment{Added: []schema.AddedDeliverable{{DueOn: "2026-03-09"}}}, code: fault.CodeIllegalTransition},
		"it refuses to drop what was handed in":  {v: supervisor, of: ent.Amendment{Dropped: []gid.ID{part(2)}}, code: fault.CodeIllegalTransition},
		"what was never handed in can go":        {v: supervisor, of: ent.Amendment{Dropped: []gid.ID{part(3)}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, a := inWork(), c.of
			if c.over {
				w.engagement.Status = engagement.StatusTerminated
			}
			if c.at.IsZero() {
				c.at = now
			}
			if c.held != "" {
				w.money.Status = c.held
			}
			a.EmployerOrgID, a.TalentID, a.Status, a.ProposedBy = acme, ada, amendment.StatusProposed, amendment.ProposedByTalent
			a.AnswerBy, a.Revision = now.Add(answerTime), 1
			stage.Answers(t, canAccept(c.v, &a, w, 1, c.at), c.code, c.path)
		})
	}
}

func TestReadTerms(t *testing.T) {
	t.Parallel()
	part := func(n byte) gid.ID { return id(gid.Deliverable, n) }
	hours := func(n int) *int { return &n }
	title := "Another"
	more := func(n int) []*AddedDeliverableInput {
		all := make([]*AddedDeliverableInput, n)
		for i := range all {
			all[i] = &AddedDeliverableInput{Title: "One more", AcceptanceCriterion: "It is there.", DueOn: "2026-03-20"}
		}
		return all
	}
	for name, c := range map[string]struct {
		in   ProposeAmendmentInput
		path string
	}{
		"a later end":                                {ProposeAmendmentInput{EndsOn: day("2026-03-27")}, ""},
		"an earlier end, after all that is due":      {ProposeAmendmentInput{EndsOn: day("2026-03-18")}, ""},
		"it refuses nothing at all":                  {ProposeAmendmentInput{}, "endsOn"},
		"it refuses the end that is agreed":          {ProposeAmendmentInput{EndsOn: day("2026-03-20")}, "endsOn"},
		"it refuses an end in the past":              {ProposeAmendmentInput{EndsOn: day("2026-03-09")}, "endsOn"},
		"it refuses an end before what is due":       {ProposeAmendmentInput{EndsOn: day("2026-03-17")}, "endsOn"},
		"fewer hours":                                {ProposeAmendmentInput{Hours: hours(5)}, ""},
		"it refuses more hours for the same fee":     {ProposeAmendmentInput{Hours: hours(21)}, "hours"},
		"it refuses the hours that are agreed":       {ProposeAmendmentInput{Hours: hours(20)}, "hours"},
		"it refuses four hours":                      {ProposeAmendmentInput{Hours: hours(4)}, "hours"},
		"it refuses to change what is handed in":     {ProposeAmendmentInput{AmendedDeliverables: []*AmendedDeliverableInput{{DeliverableID: part(1), Title: &title}}}, "amendedDeliverables.0.deliverableId"},
		"it refuses to change nothing of a part":     {ProposeAmendmentInput{AmendedDeliverables: []*AmendedDeliverableInput{{DeliverableID: part(2)}}}, "amendedDeliverables.0.title"},
		"it refuses a due day after the end":         {ProposeAmendmentInput{AmendedDeliverables: []*AmendedDeliverableInput{{DeliverableID: part(2), DueOn: day("2026-03-21")}}}, "amendedDeliverables.0.dueOn"},
		"a due day by the new end":                   {ProposeAmendmentInput{EndsOn: day("2026-03-21"), AmendedDeliverables: []*AmendedDeliverableInput{{DeliverableID: part(2), DueOn: day("2026-03-21")}}}, ""},
		"an earlier end that takes due days along":   {ProposeAmendmentInput{EndsOn: day("2026-03-17"), AmendedDeliverables: []*AmendedDeliverableInput{{DeliverableID: part(2), DueOn: day("2026-03-17")}, {DeliverableID: part(3), DueOn: day("2026-03-17")}}}, ""},
		"it refuses a part of other work":            {ProposeAmendmentInput{DroppedDeliverableIDs: []gid.ID{part(9)}}, "droppedDeliverableIds.0"},
		"it refuses to drop what was handed in once": {ProposeAmendmentInput{DroppedDeliverableIDs: []gid.ID{part(2)}}, "droppedDeliverableIds.0"},
		"it refuses to name a part twice":            {ProposeAmendmentInput{DroppedDeliverableIDs: []gid.ID{part(3), part(3)}}, "droppedDeliverableIds.1"},
		"seventeen more parts":                       {ProposeAmendmentInput{AddedDeliverables: more(17)}, ""},
		"it refuses eighteen more parts":             {ProposeAmendmentInput{AddedDeliverables: more(18)}, "addedDeliverables"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code := fault.CodeInvalidValue
			switch {
			case c.path == "":
				code = ""
			case name == "it refuses a part of other work":
				code = fault.CodeNotFound
			}
			c.in.Reason = "It takes longer."
			_, err := readTerms(c.in, inWork(), now)
			stage.Answers(t, err, code, c.path)
		})
	}
}

func TestReadTermsLeavesSomethingToHandIn(t *testing.T) {
	t.Parallel()
	w := inWork()
	w.deliverables = w.deliverables[2:]
	in := ProposeAmendmentInput{Reason: "Never mind.", DroppedDeliverableIDs: []gid.ID{id(gid.Deliverable, 3)}}
	_, err := readTerms(in, w, now)
	stage.Answers(t, err, fault.CodeInvalidValue, "droppedDeliverableIds")
}
