package engagement

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/template"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acme, zenith = id(gid.Employer, 1), id(gid.Employer, 2)
	campus       = id(gid.Institution, 1)
	adaID, eveID = id(gid.Talent, 1), id(gid.Talent, 2)
	noon         = time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)
	newYork      = "America/New_York"

	ada        = viewer.Viewer{Kind: viewer.Talent, Talent: adaID, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	eve        = viewer.Viewer{Kind: viewer.Talent, Talent: eveID, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	recruiter  = member(acme, viewer.RoleRecruiter)
	supervisor = member(acme, viewer.RoleSupervisor)
	stranger   = member(zenith, viewer.RoleOwner)
	staff      = viewer.Viewer{Kind: viewer.CareerStaff, Org: campus, Scopes: viewer.ScopesOf(viewer.RoleAdmin)}
)

func id(noun gid.Noun, n byte) gid.ID { return gid.ID{0: n, 6: 0x70, 8: 0x80, 15: byte(noun)} }

func member(org gid.ID, role viewer.Role) viewer.Viewer {
	return viewer.Viewer{Kind: viewer.EmployerMember, Org: org, Role: role, Scopes: viewer.ScopesOf(role)}
}

func TestCanAccept(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		who      viewer.Viewer
		offer    offer.Status
		project  microproject.Status
		revision int
		after    time.Duration
		code     fault.Code
		path     string
	}{
		"the talent on an open project":                {ada, offer.StatusSent, microproject.StatusOpen, 3, 0, "", ""},
		"it refuses when another talent accepts":       {eve, offer.StatusSent, microproject.StatusOpen, 3, 0, fault.CodeNotPermitted, ""},
		"it refuses when the employer accepts":         {recruiter, offer.StatusSent, microproject.StatusOpen, 3, 0, fault.CodeNotPermitted, ""},
		"it refuses when staff accept":                 {staff, offer.StatusSent, microproject.StatusOpen, 3, 0, fault.CodeNotPermitted, ""},
		"it refuses when the offer was withdrawn":      {ada, offer.StatusWithdrawn, microproject.StatusOpen, 3, 0, fault.CodeIllegalTransition, ""},
		"it refuses when the offer was accepted":       {ada, offer.StatusAccepted, microproject.StatusOpen, 3, 0, fault.CodeIllegalTransition, ""},
		"it refuses when the offer is stale":           {ada, offer.StatusSent, microproject.StatusOpen, 2, 0, fault.CodeStaleRevision, "expectedRevision"},
		"it refuses when the project is filled":        {ada, offer.StatusSent, microproject.StatusFilled, 3, 0, fault.CodeIllegalTransition, ""},
		"it refuses when the project is cancelled":     {ada, offer.StatusSent, microproject.StatusCancelled, 3, 0, fault.CodeIllegalTransition, ""},
		"the talent at the last moment":                {ada, offer.StatusSent, microproject.StatusOpen, 3, answerTime - time.Millisecond, "", ""},
		"it refuses when the talent is too late":       {ada, offer.StatusSent, microproject.StatusOpen, 3, answerTime, fault.CodeWindowClosed, "offerId"},
		"it refuses when the person, not status first": {recruiter, offer.StatusVoid, microproject.StatusOpen, 1, 0, fault.CodeNotPermitted, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := &ent.Offer{EmployerOrgID: acme, TalentID: adaID, Status: tc.offer, Revision: 3, SentAt: noon}
			stage.Answers(t, canAccept(tc.who, o, &ent.MicroProject{Status: tc.project}, tc.revision, noon.Add(tc.after)), tc.code, tc.path)
		})
	}
}

func TestCanSign(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		who      viewer.Viewer
		offer    offer.Status
		signed   string // which sides have
		revision int
		code     fault.Code
		path     string
	}{
		"the talent":                                  {ada, offer.StatusAccepted, "", 1, "", ""},
		"the recruiter after the talent":              {recruiter, offer.StatusAccepted, "talent", 1, "", ""},
		"it refuses when a supervisor signs":          {supervisor, offer.StatusAccepted, "", 1, fault.CodeNotPermitted, ""},
		"it refuses when another employer signs":      {stranger, offer.StatusAccepted, "", 1, fault.CodeNotPermitted, ""},
		"it refuses when the offer is void":           {ada, offer.StatusVoid, "", 1, fault.CodeIllegalTransition, ""},
		"it refuses when the document is stale":       {ada, offer.StatusAccepted, "employer", 2, fault.CodeStaleRevision, "expectedRevision"},
		"it refuses when the talent signs twice":      {ada, offer.StatusAccepted, "talent", 1, fault.CodeAlreadyExists, "agreementId"},
		"it refuses when the employer signs twice":    {recruiter, offer.StatusAccepted, "employer", 1, fault.CodeAlreadyExists, "agreementId"},
		"it refuses when every document is signed":    {ada, offer.StatusSigned, "talent employer", 1, fault.CodeIllegalTransition, ""},
		"it refuses when the offer is not yet agreed": {recruiter, offer.StatusSent, "", 1, fault.CodeIllegalTransition, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := &ent.Agreement{EmployerOrgID: acme, TalentID: adaID, Revision: 1}
			if strings.Contains(tc.signed, "talent") {
				a.TalentSignedAt = &noon
			}
			if strings.Contains(tc.signed, "employer") {
				a.EmployerSignedAt = &noon
			}
			stage.Answers(t, canSign(tc.who, &ent.Offer{Status: tc.offer}, a, tc.revision), tc.code, tc.path)
		})
	}
}

func TestReadTerms(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 2001)
	for name, tc := range map[string]struct {
		from, to     calendar.Date
		starts, ends calendar.Date
		decisionDays *int
		message      *string
		code         fault.Code
		path         string
	}{
		"today": {"", "", "2026-03-09", "2026-03-09", nil, nil, "", ""},
		"it refuses when the work starts yesterday": {"", "", "2026-03-08", "2026-03-09", nil, nil, fault.CodeInvalidValue, "startsOn"},
		"it refuses when it ends before it starts":  {"", "", "2026-03-10", "2026-03-09", nil, nil, fault.CodeInvalidValue, "endsOn"},
		"it refuses when the message is long":       {"", "", "2026-03-09", "2026-03-09", nil, &long, fault.CodeInvalidValue, "message"},
		"the one day":                               {"2026-03-12", "", "2026-03-12", "2026-03-20", nil, nil, "", ""},
		"it refuses the day before the one":         {"2026-03-12", "", "2026-03-11", "2026-03-20", nil, nil, fault.CodeInvalidValue, "startsOn"},
		"it refuses the day after the one":          {"2026-03-12", "", "2026-03-13", "2026-03-20", nil, nil, fault.CodeInvalidValue, "startsOn"},
		"the first day of the window":               {"2026-03-12", "2026-03-16", "2026-03-12", "2026-03-20", nil, nil, "", ""},
		"the last day of the window":                {"2026-03-12", "2026-03-16", "2026-03-16", "2026-03-20", nil, nil, "", ""},
		"it refuses the day before the window":      {"2026-03-12", "2026-03-16", "2026-03-11", "2026-03-20", nil, nil, fault.CodeInvalidValue, "startsOn"},
		"it refuses the day after the window":       {"2026-03-12", "2026-03-16", "2026-03-17", "2026-03-20", nil, nil, fault.CodeInvalidValue, "startsOn"},
		"it refuses a day too late on its last day": {"2026-03-02", "2026-03-09", "2026-03-10", "2026-03-20", nil, nil, fault.CodeInvalidValue, "startsOn"},
		"any day once the window has passed":        {"2026-03-02", "2026-03-08", "2026-03-17", "2026-03-20", nil, nil, "", ""},
		"three days to decide":                      {"", "", "2026-03-09", "2026-03-09", new(3), nil, "", ""},
		"thirty":                                    {"", "", "2026-03-09", "2026-03-09", new(30), nil, "", ""},
		"it refuses two days to decide":             {"", "", "2026-03-09", "2026-03-09", new(2), nil, fault.CodeInvalidValue, "decisionDays"},
		"it refuses thirty-one days to decide":      {"", "", "2026-03-09", "2026-03-09", new(31), nil, fault.CodeInvalidValue, "decisionDays"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &ent.MicroProject{}
			if tc.from != "" {
				p.StartsOn = &tc.from
			}
			if tc.to != "" {
				p.StartsBy = &tc.to
			}
			_, err := readTerms(p, tc.starts, tc.ends, tc.decisionDays, tc.message, "2026-03-09")
			stage.Answers(t, err, tc.code, tc.path)
		})
	}
}

func TestEngagementRules(t *testing.T) {
	t.Parallel()
	work := func(status engagement.Status) *ent.Engagement {
		return &ent.Engagement{EmployerOrgID: acme, TalentID: adaID, Status: status, Revision: 1, StartsOn: "2026-03-09", EndsOn: "2026-03-20", TimeZone: &newYork}
	}
	agreed := work(engagement.StatusPendingGates)
	agreed.KickedOffAt = &noon
	over := work(engagement.StatusCompleted)
	over.CompletedAt = &noon
	morning := time.Date(2026, 3, 9, 3, 59, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		err  error
		code fault.Code
		path string
	}{
		"a supervisor confirms the kick-off":               {canKickOff(supervisor, work(engagement.StatusPendingGates), 1), "", ""},
		"it refuses when a recruiter confirms":             {canKickOff(recruiter, work(engagement.StatusPendingGates), 1), fault.CodeNotPermitted, ""},
		"it refuses when the talent confirms":              {canKickOff(ada, work(engagement.StatusPendingGates), 1), fault.CodeNotPermitted, ""},
		"it refuses when the kick-off is stale":            {canKickOff(supervisor, work(engagement.StatusPendingGates), 2), fault.CodeStaleRevision, "expectedRevision"},
		"it refuses when it was confirmed":                 {canKickOff(supervisor, agreed, 1), fault.CodeAlreadyExists, "engagementId"},
		"it refuses when the work is under way":            {canKickOff(supervisor, work(engagement.StatusActive), 1), fault.CodeIllegalTransition, ""},
		"the talent starts":                                {canStart(ada, work(engagement.StatusReady), noon, 1), "", ""},
		"it refuses when the day has not come there":       {canStart(ada, work(engagement.StatusReady), morning, 1), fault.CodeWindowClosed, "engagementId"},
		"it refuses when a gate is open":                   {canStart(ada, work(engagement.StatusPendingGates), noon, 1), fault.CodeIllegalTransition, ""},
		"it refuses when the supervisor starts":            {canStart(supervisor, work(engagement.StatusReady), noon, 1), fault.CodeNotPermitted, ""},
		"a supervisor completes":                           {canComplete(supervisor, work(engagement.StatusSubmitted), remaining{}, 1), "", ""},
		"it refuses when something waits for a decision":   {canComplete(supervisor, work(engagement.StatusSubmitted), remaining{open: 1}, 1), fault.CodeIllegalTransition, ""},
		"it refuses when time waits for a decision":        {canComplete(supervisor, work(engagement.StatusSubmitted), remaining{waiting: 2}, 1), fault.CodeIllegalTransition, ""},
		"it refuses when no time is approved":              {canComplete(supervisor, work(engagement.StatusSubmitted), remaining{isFree: true}, 1), fault.CodeIllegalTransition, ""},
		"it refuses while a rejection can be disputed":     {canComplete(supervisor, work(engagement.StatusSubmitted), remaining{objectBy: &noon}, 1), fault.CodeIllegalTransition, ""},
		"it refuses when something is not handed in":       {canComplete(supervisor, work(engagement.StatusActive), remaining{}, 1), fault.CodeIllegalTransition, ""},
		"it refuses when the talent completes":             {canComplete(ada, work(engagement.StatusSubmitted), remaining{}, 1), fault.CodeNotPermitted, ""},
		"the talent ends it early":                         {permit(ada, work(engagement.StatusActive), "terminateEngagement", 1), "", ""},
		"the supervisor ends it early":                     {permit(supervisor, work(engagement.StatusReady), "terminateEngagement", 1), "", ""},
		"it refuses when a recruiter ends it":              {permit(recruiter, work(engagement.StatusActive), "terminateEngagement", 1), fault.CodeNotPermitted, ""},
		"it refuses when staff end it":                     {permit(staff, work(engagement.StatusActive), "terminateEngagement", 1), fault.CodeNotPermitted, ""},
		"it refuses when another talent ends it":           {permit(eve, work(engagement.StatusActive), "terminateEngagement", 1), fault.CodeNotPermitted, ""},
		"it refuses when it has ended":                     {permit(ada, work(engagement.StatusTerminated), "terminateEngagement", 1), fault.CodeIllegalTransition, ""},
		"the talent evaluates":                             {CanEvaluate(ada, over, false, noon), "", ""},
		"a supervisor evaluates":                           {CanEvaluate(supervisor, over, false, noon), "", ""},
		"it refuses when a recruiter evaluates":            {CanEvaluate(recruiter, over, false, noon), fault.CodeNotPermitted, ""},
		"it refuses when the work was ended early":         {CanEvaluate(ada, work(engagement.StatusTerminated), false, noon), fault.CodeIllegalTransition, ""},
		"it refuses when the side has spoken":              {CanEvaluate(ada, over, true, noon), fault.CodeAlreadyExists, "engagementId"},
		"it refuses when another employer evaluates":       {CanEvaluate(stranger, over, false, noon), fault.CodeNotPermitted, ""},
		"the talent evaluates on the last day":             {CanEvaluate(ada, over, false, noon.Add(evaluationTime-time.Millisecond)), "", ""},
		"it refuses when the talent is too late":           {CanEvaluate(ada, over, false, noon.Add(evaluationTime)), fault.CodeWindowClosed, "engagementId"},
		"it refuses when an operator without a side comes": {canStart(viewer.Viewer{Kind: viewer.Operator, Scopes: viewer.ScopesOf(viewer.RoleOperator)}, work(engagement.StatusReady), noon, 1), fault.CodeNotPermitted, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage.Answers(t, tc.err, tc.code, tc.path)
		})
	}
}

func TestCompletingSaysWhatElseIsAllowed(t *testing.T) {
	t.Parallel()
	e := &ent.Engagement{EmployerOrgID: acme, TalentID: adaID, Status: engagement.StatusSubmitted, Revision: 1}
	var refused *fault.IllegalTransitionError
	if err := canComplete(supervisor, e, remaining{open: 2}, 1); !errors.As(err, &refused) || !slices.Equal(refused.AllowedActions, []string{"terminateEngagement"}) {
		t.Errorf("got %v", err)
	}
}

func TestCanHandle(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		who  viewer.Viewer
		verb string
		work engagement.Status
		at   deliverable.Status
		code fault.Code
	}{
		"the talent submits":                         {ada, "submitDeliverable", engagement.StatusActive, deliverable.StatusPlanned, ""},
		"the talent submits again":                   {ada, "submitDeliverable", engagement.StatusActive, deliverable.StatusRevisionRequested, ""},
		"it refuses when it waits for a decision":    {ada, "submitDeliverable", engagement.StatusActive, deliverable.StatusSubmitted, fault.CodeIllegalTransition},
		"it refuses when it is accepted":             {ada, "submitDeliverable", engagement.StatusActive, deliverable.StatusAccepted, fault.CodeIllegalTransition},
		"it refuses when somebody else submits":      {eve, "submitDeliverable", engagement.StatusActive, deliverable.StatusPlanned, fault.CodeNotPermitted},
		"it refuses when the supervisor submits":     {supervisor, "submitDeliverable", engagement.StatusActive, deliverable.StatusPlanned, fault.CodeNotPermitted},
		"it refuses when the work was ended":         {ada, "submitDeliverable", engagement.StatusTerminated, deliverable.StatusPlanned, fault.CodeIllegalTransition},
		"the supervisor accepts":                     {supervisor, "acceptDeliverable", engagement.StatusSubmitted, deliverable.StatusSubmitted, ""},
		"the supervisor sends back":                  {supervisor, "requestDeliverableRevision", engagement.StatusActive, deliverable.StatusSubmitted, ""},
		"it refuses when a recruiter accepts":        {recruiter, "acceptDeliverable", engagement.StatusActive, deliverable.StatusSubmitted, fault.CodeNotPermitted},
		"it refuses when the talent accepts":         {ada, "acceptDeliverable", engagement.StatusActive, deliverable.StatusSubmitted, fault.CodeNotPermitted},
		"it refuses when nothing was handed in":      {supervisor, "acceptDeliverable", engagement.StatusActive, deliverable.StatusPlanned, fault.CodeIllegalTransition},
		"it refuses when the work is completed":      {supervisor, "requestDeliverableRevision", engagement.StatusCompleted, deliverable.StatusSubmitted, fault.CodeIllegalTransition},
		"it refuses when a cancelled one comes back": {supervisor, "acceptDeliverable", engagement.StatusActive, deliverable.StatusCancelled, fault.CodeIllegalTransition},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &ent.Engagement{EmployerOrgID: acme, TalentID: adaID, Status: tc.work}
			d := &ent.Deliverable{EmployerOrgID: acme, TalentID: adaID, Status: tc.at, Revision: 1}
			stage.Answers(t, canHandle(tc.who, e, d, tc.verb, 1), tc.code, "")
			if tc.code == "" {
				stage.Answers(t, canHandle(tc.who, e, d, tc.verb, 2), fault.CodeStaleRevision, "expectedRevision")
			}
		})
	}
}

func TestReadWork(t *testing.T) {
	t.Parallel()
	text := func(s string) *string { return &s }
	for name, tc := range map[string]struct {
		note  *string
		links []string
		code  fault.Code
		path  string
	}{
		"a note":                                   {text("Here."), nil, "", ""},
		"a link":                                   {nil, []string{"https://example.com/r"}, "", ""},
		"it refuses when there is nothing":         {nil, nil, fault.CodeInvalidValue, "note"},
		"it refuses when there are only blanks":    {text("  \n"), []string{}, fault.CodeInvalidValue, "note"},
		"it refuses when the note is too long":     {text(strings.Repeat("x", 8001)), nil, fault.CodeInvalidValue, "note"},
		"it refuses when there are too many links": {text("Here."), slices.Repeat([]string{"https://example.com"}, 21), fault.CodeInvalidValue, "links"},
		"it refuses when a link is no web address": {nil, []string{"https://example.com", "file:///etc/passwd"}, fault.CodeInvalidValue, "links.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, err := readWork(SubmitDeliverableInput{Note: tc.note, Links: tc.links}, &ent.MicroProject{})
			stage.Answers(t, err, tc.code, tc.path)
			if w.links == nil {
				t.Error("no list of links")
			}
		})
	}
}

func TestReadReasons(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reasons []string
		code    fault.Code
		path    string
	}{
		"ten":                                  {slices.Repeat([]string{"why"}, 10), "", ""},
		"it refuses when there is none":        {nil, fault.CodeInvalidValue, "reasons"},
		"it refuses when there are eleven":     {slices.Repeat([]string{"why"}, 11), fault.CodeInvalidValue, "reasons"},
		"it refuses when one is empty":         {[]string{"why", " "}, fault.CodeInvalidValue, "reasons.1"},
		"it refuses when one is far too long":  {[]string{strings.Repeat("x", 501)}, fault.CodeInvalidValue, "reasons.0"},
		"it refuses when one turns text round": {[]string{"why\u202ehw"}, fault.CodeInvalidValue, "reasons.0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readReasons(tc.reasons)
			stage.Answers(t, err, tc.code, tc.path)
		})
	}
}

func TestReadKickOff(t *testing.T) {
	t.Parallel()
	first, second := id(gid.PlannedDeliverable, 1), id(gid.PlannedDeliverable, 2)
	plan := []*ent.PlannedDeliverable{{ID: first}, {ID: second}}
	day := func(planned gid.ID, on calendar.Date) *DueDayInput { return &DueDayInput{planned, on} }
	for name, tc := range map[string]struct {
		communication string
		zone          calendar.Zone
		days          []*DueDayInput
		code          fault.Code
		path          string
	}{
		"no other days":                            {"By mail", "Europe/Berlin", nil, "", ""},
		"the first and the last day":               {"By mail", "Europe/Berlin", []*DueDayInput{day(first, "2026-03-09"), day(second, "2026-03-20")}, "", ""},
		"it refuses when nothing is said":          {"", "Europe/Berlin", nil, fault.CodeInvalidValue, "communication"},
		"it refuses when the zone is none":         {"By mail", "Mars/Olympus", nil, fault.CodeInvalidValue, "timeZone"},
		"it refuses when the plan lacks the thing": {"By mail", "Europe/Berlin", []*DueDayInput{day(id(gid.PlannedDeliverable, 3), "2026-03-10")}, fault.CodeNotFound, "dueDays.0.plannedDeliverableId"},
		"it refuses when one is named twice":       {"By mail", "Europe/Berlin", []*DueDayInput{day(first, "2026-03-10"), day(first, "2026-03-11")}, fault.CodeInvalidValue, "dueDays.1.plannedDeliverableId"},
		"it refuses when a day is too early":       {"By mail", "Europe/Berlin", []*DueDayInput{day(first, "2026-03-08")}, fault.CodeInvalidValue, "dueDays.0.dueOn"},
		"it refuses when a day is too late":        {"By mail", "Europe/Berlin", []*DueDayInput{day(first, "2026-03-21")}, fault.CodeInvalidValue, "dueDays.0.dueOn"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &ent.Engagement{StartsOn: "2026-03-09", EndsOn: "2026-03-20"}
			_, err := readKickOff(ConfirmKickOffInput{Communication: tc.communication, TimeZone: tc.zone, DueDays: tc.days}, e, plan)
			stage.Answers(t, err, tc.code, tc.path)
		})
	}
}

func TestDueAt(t *testing.T) {
	t.Parallel()
	planned := calendar.Date("2026-03-15")
	p := &ent.PlannedDeliverable{ID: id(gid.PlannedDeliverable, 1)}
	e := &ent.Engagement{EndsOn: "2026-03-20", TimeZone: &newYork}
	check := func(what string, want time.Time) {
		t.Helper()
		if got := dueAt(e, p); !got.Equal(want) {
			t.Errorf("%s: due at %s, want %s", what, got, want)
		}
	}
	check("on the last day", time.Date(2026, 3, 21, 3, 59, 59, 999e6, time.UTC))
	p.DueOn = &planned
	check("as planned", time.Date(2026, 3, 16, 3, 59, 59, 999e6, time.UTC))
	e.DueDays = []schema.DueDay{{PlannedDeliverableID: p.ID, DueOn: "2026-03-07"}}
	check("as agreed, in winter time", time.Date(2026, 3, 8, 4, 59, 59, 999e6, time.UTC))
}

func TestWhatAProjectsEndCloses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		project microproject.Status
		at      entapplication.Status
		work    engagement.Status
		want    bool
	}{
		"a waiting one when seats are gone":   {microproject.StatusFilled, entapplication.StatusSubmitted, "", true},
		"an offered one when seats are gone":  {microproject.StatusInProgress, entapplication.StatusOffered, "", true},
		"not an accepted one then":            {microproject.StatusFilled, entapplication.StatusAccepted, engagement.StatusReady, false},
		"nothing while it is open":            {microproject.StatusOpen, entapplication.StatusSubmitted, "", false},
		"a waiting one when it is cancelled":  {microproject.StatusCancelled, entapplication.StatusSubmitted, "", true},
		"work that waits when it is":          {microproject.StatusCancelled, entapplication.StatusAccepted, engagement.StatusPendingGates, true},
		"not work that has started":           {microproject.StatusCancelled, entapplication.StatusAccepted, engagement.StatusActive, false},
		"not work that has ended":             {microproject.StatusCancelled, entapplication.StatusAccepted, engagement.StatusTerminated, false},
		"not what the talent has taken back":  {microproject.StatusCancelled, entapplication.StatusWithdrawn, "", false},
		"not what the employer has declined":  {microproject.StatusFilled, entapplication.StatusDeclined, "", false},
		"a waiting one when all is completed": {microproject.StatusCompleted, entapplication.StatusSubmitted, "", true},
	} {
		o := opening{application: &ent.Application{Status: tc.at}}
		if tc.work != "" {
			o.engagement = &ent.Engagement{Status: tc.work}
		}
		if got := closes(&ent.MicroProject{Status: tc.project}, o); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	why := "No budget."
	for want, p := range map[string]*ent.MicroProject{
		"Every seat of the micro-project is taken.": {Status: microproject.StatusFilled},
		"The micro-project was cancelled.":          {Status: microproject.StatusCancelled}, why: {Status: microproject.StatusCancelled, Reason: &why},
	} {
		if got := reasonOf(p); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestTextsStay: what people have signed never changes. A new text is a new
// version.
func TestTextsStay(t *testing.T) {
	t.Parallel()
	for kind, hashes := range map[agreement.Kind][]string{
		agreement.KindContractorTerms: {
			"b8ac41318e91ed04f42cae50602d454e7d677df5f921f15e7b8e9d89009febd5",
			"d9e992dede520c87c87e4ccb8f6986b6d8f82653b8c6daedb22b0b3359c77af6",
			"0d870ebe243b651038c09ce27ebb56a6526fcc935bf98f00ecad7d18d85e0d84",
		},
		agreement.KindIPAssignment:  {"d6b76cedaf29e1ec6c9b46857c741a2fab0d7d80b8fa65c0b7c87bca48c5d7cc"},
		agreement.KindIPLicence:     {"d77525c44641b1e74f4b3294b489563756446501b1969a3fb6d38260eb590dfd"},
		agreement.KindNonDisclosure: {"d2ec04244348f2e8761b18068d7f2c6f78411c033fd28b1c8eeb9f4ba73a4bc7"},
	} {
		if got, want := versions[kind], len(hashes); got != want {
			t.Errorf("%s is at version %d, and %d are known", kind, got, want)
		}
		for i, want := range hashes {
			if got := template.HashOf(TextOf(kind, i+1)); got != want {
				t.Errorf("version %d of %s has the hash %s; put the old text back and add a version", i+1, kind, got)
			}
		}
	}
	for _, kind := range Kinds {
		if isRungs := kind != agreement.KindAdditionalTerms; isRungs != (versions[kind] > 0) || isRungs != (titles[kind] != "") {
			t.Errorf("Rung's own %s is at version %d and called %q", kind, versions[kind], titles[kind])
		}
	}
}

// Of the two documents on the results an offer has the one that its project's terms
// call for, and never the employer's text of the other.
func TestAnOfferHasTheDocumentOfItsTerms(t *testing.T) {
	t.Parallel()
	published := map[agreementtemplate.Kind]*ent.AgreementTemplate{"IP_ASSIGNMENT": {ID: gid.ID{15: byte(gid.AgreementTemplate)}, Version: 7}}
	licensed := &ent.MicroProject{IPTerms: microproject.IPTermsLicensedToEmployer}
	want := []choice{{agreement.KindContractorTerms, versions[agreement.KindContractorTerms], gid.None}, {agreement.KindIPLicence, 1, gid.None}}
	if got := choose(licensed, published); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	published["IP_LICENCE"] = &ent.AgreementTemplate{ID: gid.ID{14: 1, 15: byte(gid.AgreementTemplate)}, Version: 3}
	want[1] = choice{agreement.KindIPLicence, 3, published["IP_LICENCE"].ID}
	if got := choose(licensed, published); !slices.Equal(got, want) {
		t.Errorf("with a text of its own: got %v, want %v", got, want)
	}
	want[1] = choice{agreement.KindIPAssignment, 7, published["IP_ASSIGNMENT"].ID}
	if got := choose(&ent.MicroProject{IPTerms: microproject.IPTermsAssignedToEmployer}, published); !slices.Equal(got, want) {
		t.Errorf("assigned: got %v, want %v", got, want)
	}
}

func TestAnOfferHasTheEmployersOwnTextWhereThereIsOne(t *testing.T) {
	t.Parallel()
	const terms, results, secrets, more = agreement.KindContractorTerms, agreement.KindIPAssignment, agreement.KindNonDisclosure, agreement.KindAdditionalTerms
	own := func(kinds ...agreementtemplate.Kind) map[agreementtemplate.Kind]*ent.AgreementTemplate {
		published := map[agreementtemplate.Kind]*ent.AgreementTemplate{}
		for _, kind := range kinds {
			published[kind] = &ent.AgreementTemplate{ID: gid.ID{15: byte(gid.AgreementTemplate)}, Version: 7}
		}
		return published
	}
	id := gid.ID{15: byte(gid.AgreementTemplate)}
	for name, test := range map[string]struct {
		nda       bool
		published map[agreementtemplate.Kind]*ent.AgreementTemplate
		want      []choice
	}{
		"Rung's":                               {false, nil, []choice{{terms, 3, gid.None}, {results, 1, gid.None}}},
		"Rung's, with what is not disclosed":   {true, nil, []choice{{terms, 3, gid.None}, {results, 1, gid.None}, {secrets, 1, gid.None}}},
		"its own on results":                   {false, own("IP_ASSIGNMENT"), []choice{{terms, 3, gid.None}, {results, 7, id}}},
		"its own where the project asks":       {true, own("NON_DISCLOSURE"), []choice{{terms, 3, gid.None}, {results, 1, gid.None}, {secrets, 7, id}}},
		"none where the project asks for none": {false, own("NON_DISCLOSURE"), []choice{{terms, 3, gid.None}, {results, 1, gid.None}}},
		"additional terms, last": {
			true, own("ADDITIONAL_TERMS"), []choice{{terms, 3, gid.None}, {results, 1, gid.None}, {secrets, 1, gid.None}, {more, 7, id}},
		},
		"never its own terms of the contractor": {false, own("CONTRACTOR_TERMS"), []choice{{terms, 3, gid.None}, {results, 1, gid.None}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := choose(&ent.MicroProject{RequiresNda: test.nda}, test.published); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// TestEveryStatusIsReached: no status of the tables is a dead letter.
func TestEveryStatusIsReached(t *testing.T) {
	t.Parallel()
	reaches(t, OfferStates, offer.StatusSent, offer.StatusAccepted, offer.StatusDeclined, offer.StatusWithdrawn, offer.StatusSigned, offer.StatusVoid)
	reaches(t, EngagementStates, engagement.StatusPendingGates, engagement.StatusReady, engagement.StatusActive, engagement.StatusSubmitted,
		engagement.StatusCompleted, engagement.StatusTerminated)
	reaches(t, DeliverableStates, deliverable.StatusPlanned, deliverable.StatusSubmitted, deliverable.StatusRevisionRequested,
		deliverable.StatusAccepted, deliverable.StatusCancelled)
}

// reaches checks that the verbs lead from the first status to all the others.
func reaches[S ~string](t *testing.T, table transition.Table[S], all ...S) {
	t.Helper()
	seen := []S{all[0]}
	for range all {
		for _, verb := range table {
			from := slices.ContainsFunc(verb.From, func(s S) bool { return slices.Contains(seen, s) })
			if from && verb.To != "" && !slices.Contains(seen, verb.To) {
				seen = append(seen, verb.To)
			}
		}
	}
	for _, status := range all {
		if !slices.Contains(seen, status) {
			t.Errorf("nothing leads to %s", status)
		}
	}
}
