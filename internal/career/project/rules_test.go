package project

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acme = gid.ID{1, 15: byte(gid.Employer)}
	bolt = gid.ID{2, 15: byte(gid.Employer)}
	uni  = gid.ID{3, 15: byte(gid.Institution)}
	noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

	owner      = stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme)
	supervisor = stage.Who(viewer.EmployerMember, viewer.RoleSupervisor, acme)
	stranger   = stage.Who(viewer.EmployerMember, viewer.RoleOwner, bolt)
	approver   = stage.Who(viewer.CareerStaff, viewer.RoleApprover, uni)
	operator   = stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
	talent     = stage.Who(viewer.Talent, viewer.RoleTalent, gid.None)
)

// told are the errors' codes, with the rule or path that tells them apart.
func told(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	errs, ok := fault.UserErrors(err)
	if !ok {
		t.Fatalf("it answered %v, which nobody foresaw", err)
	}
	var all []string
	for _, e := range errs {
		one := string(e.GetCode())
		var policy *fault.PolicyViolationError
		if errors.As(e, &policy) {
			one += " " + policy.RuleID
		}
		if path := e.GetPath(); path != nil {
			one += " " + strings.Join(path, ".")
		}
		all = append(all, one)
	}
	return strings.Join(all, ", ")
}

func at4(status microproject.Status, reviews int) *ent.MicroProject {
	return &ent.MicroProject{
		EmployerOrgID: acme, Status: status, Reviews: reviews, Revision: 4, Audience: microproject.AudiencePublic, Seats: 2,
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	all := []microproject.Status{
		microproject.StatusDraft, microproject.StatusInReview, microproject.StatusChangesRequested, microproject.StatusApproved,
		microproject.StatusRefused, microproject.StatusExpired,
		microproject.StatusOpen, microproject.StatusFilled, microproject.StatusInProgress, microproject.StatusCompleted,
		microproject.StatusCancelled,
	}
	ready := standing{Planned: 1, EmployerStatus: employer.StatusVerified}
	verbs := map[string]struct {
		rule func(*ent.MicroProject) error
		from string
	}{
		"reviseMicroProject": {func(p *ent.MicroProject) error { return canRevise(owner, p, 4) }, "DRAFT CHANGES_REQUESTED REFUSED APPROVED OPEN"},
		"planDeliverable":    {func(p *ent.MicroProject) error { return canPlan(owner, p, ready, 4) }, "DRAFT CHANGES_REQUESTED"},
		"submitMicroProjectForApproval": {
			func(p *ent.MicroProject) error { return canSubmit(owner, p, ready, 4, noon) }, "DRAFT CHANGES_REQUESTED REFUSED",
		},
		"publishMicroProject": {func(p *ent.MicroProject) error { return canPublish(owner, p, ready, 4, noon) }, "APPROVED"},
		"cancelMicroProject": {
			func(p *ent.MicroProject) error { return canCancel(owner, p, ready, 4) },
			"DRAFT IN_REVIEW CHANGES_REQUESTED APPROVED REFUSED OPEN FILLED IN_PROGRESS",
		},
	}
	for verb, c := range verbs {
		for _, status := range all {
			name, want := "it refuses when "+verb+" finds "+string(status), "ILLEGAL_TRANSITION"
			if slices.Contains(strings.Fields(c.from), string(status)) {
				name, want = verb+" from "+string(status), ""
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				if got := told(t, c.rule(at4(status, 1))); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			})
		}
	}
}

func TestRefusedTwice(t *testing.T) {
	t.Parallel()
	p := at4(microproject.StatusRefused, 2)
	for name, err := range map[string]error{
		"revising":   canRevise(owner, p, 4),
		"submitting": canSubmit(owner, p, standing{Planned: 1}, 4, noon),
		"publishing": canPublish(owner, p, standing{}, 4, noon),
		"cancelling": canCancel(owner, p, standing{}, 4),
	} {
		var illegal *fault.IllegalTransitionError
		if !errors.As(err, &illegal) || len(illegal.AllowedActions) != 0 || illegal.CurrentStatus != "REFUSED" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if got := told(t, canRevise(stranger, p, 4)); got != "NOT_PERMITTED" {
		t.Errorf("a stranger hears %q", got)
	}
}

func TestAllowedActions(t *testing.T) {
	t.Parallel()
	err := canPublish(owner, at4(microproject.StatusDraft, 0), standing{}, 4, noon)
	var illegal *fault.IllegalTransitionError
	want := []string{"reviseMicroProject", "planDeliverable", "submitMicroProjectForApproval", "cancelMicroProject"}
	if !errors.As(err, &illegal) || !slices.Equal(illegal.AllowedActions, want) {
		t.Errorf("got %v, want %v", err, want)
	}
	err = canCancel(owner, at4(microproject.StatusOpen, 1), standing{Working: 1}, 4)
	if !errors.As(err, &illegal) || !slices.Equal(illegal.AllowedActions, []string{"reviseMicroProject", "pauseMicroProject", "extendApplicationWindow", "closeApplications"}) {
		t.Errorf("got %v, want everything but an end to be allowed while somebody works", err)
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	draft, approved := at4(microproject.StatusDraft, 0), at4(microproject.StatusApproved, 1)
	closed, chosen := at4(microproject.StatusDraft, 0), at4(microproject.StatusApproved, 1)
	closed.ApplyBy = &noon
	chosen.Audience = microproject.AudienceInstitutions
	closedApproved := at4(microproject.StatusApproved, 1)
	closedApproved.ApplyBy = &noon
	ready := standing{Planned: 1, EmployerStatus: employer.StatusVerified}
	agreed := standing{Planned: 1, Approvals: 1, EmployerStatus: employer.StatusVerified}
	cases := map[string]struct {
		err  error
		want string
	}{
		"an owner drafts":                          {canDraft(owner), ""},
		"it refuses when a supervisor drafts":      {canDraft(supervisor), "NOT_PERMITTED"},
		"it refuses when a talent drafts":          {canDraft(talent), "NOT_PERMITTED"},
		"it refuses when nobody drafts":            {canDraft(viewer.Public()), "NOT_PERMITTED"},
		"it refuses when staff draft":              {canDraft(approver), "NOT_PERMITTED"},
		"it refuses when a stranger revises":       {canRevise(stranger, draft, 4), "NOT_PERMITTED"},
		"it refuses when a supervisor revises":     {canRevise(supervisor, draft, 4), "NOT_PERMITTED"},
		"it refuses when an operator revises":      {canRevise(operator, draft, 4), "NOT_PERMITTED"},
		"it refuses when the revision is stale":    {canRevise(owner, draft, 3), "STALE_REVISION expectedRevision"},
		"a plan of 19 takes one more":              {canPlan(owner, draft, standing{Planned: 19}, 4), ""},
		"it refuses when the plan is full":         {canPlan(owner, draft, standing{Planned: 20}, 4), "LIMIT_REACHED microProjectId"},
		"it refuses when the plan's read is stale": {canPlan(owner, draft, standing{Planned: 20}, 3), "STALE_REVISION expectedRevision"},
		"it refuses when nothing is planned":       {canSubmit(owner, draft, standing{}, 4, noon), "POLICY_VIOLATION planned-deliverable"},
		"it refuses when the plan does not fit":    {canSubmit(owner, draft, standing{Planned: 2, Misdated: 1}, 4, noon), "POLICY_VIOLATION planned-deliverable"},
		"it refuses when nobody could apply":       {canSubmit(owner, closed, ready, 4, noon), "WINDOW_CLOSED"},
		"the last millisecond to apply":            {canSubmit(owner, closed, ready, 4, noon.Add(-time.Millisecond)), ""},
		"a verified employer publishes":            {canPublish(owner, approved, ready, 4, noon), ""},
		"it refuses when the employer waits":       {canPublish(owner, approved, standing{EmployerStatus: employer.StatusPending}, 4, noon), "POLICY_VIOLATION verified-employer"},
		"it refuses when no institution agreed":    {canPublish(owner, chosen, ready, 4, noon), "POLICY_VIOLATION institution-approval"},
		"one institution is enough":                {canPublish(owner, chosen, agreed, 4, noon), ""},
		"it refuses when the window has closed":    {canPublish(owner, closedApproved, ready, 4, noon), "WINDOW_CLOSED"},
		"it refuses when somebody works":           {canCancel(owner, at4(microproject.StatusOpen, 1), standing{Working: 1}, 4), "ILLEGAL_TRANSITION"},
		"an operator cancels":                      {canCancel(operator, at4(microproject.StatusOpen, 1), standing{}, 4), ""},
		"it refuses an operator when one works":    {canCancel(operator, at4(microproject.StatusOpen, 1), standing{Working: 1}, 4), "ILLEGAL_TRANSITION"},
		"it refuses when a supervisor cancels":     {canCancel(supervisor, at4(microproject.StatusOpen, 1), standing{}, 4), "NOT_PERMITTED"},
		"it refuses when a stranger cancels":       {canCancel(stranger, draft, standing{}, 4), "NOT_PERMITTED"},
		"it refuses when a stale cancel comes":     {canCancel(owner, draft, standing{}, 5), "STALE_REVISION expectedRevision"},
		"an open, linked institution":              {canChoose(&ent.Institution{Status: institution.StatusOpen}, &ent.InstitutionLink{Status: institutionlink.StatusApproved}, "p"), ""},
		"it refuses when it does not exist":        {canChoose(nil, nil, "p"), "NOT_FOUND p"},
		"it refuses when it has no office":         {canChoose(&ent.Institution{Status: institution.StatusListed}, &ent.InstitutionLink{Status: institutionlink.StatusApproved}, "p"), "INVALID_VALUE p"},
		"it refuses when it is not linked":         {canChoose(&ent.Institution{Status: institution.StatusOpen}, nil, "p"), "POLICY_VIOLATION institution-link p"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := told(t, c.err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCanDecide(t *testing.T) {
	t.Parallel()
	platform := &ent.PostingRequest{BodyID: gid.LiveWorld, EmployerOrgID: acme, Status: postingrequest.StatusPending, Revision: 1}
	ours := &ent.PostingRequest{BodyID: uni, InstitutionID: uni, EmployerOrgID: acme, Status: postingrequest.StatusPending, Revision: 1}
	decided := &ent.PostingRequest{BodyID: uni, InstitutionID: uni, EmployerOrgID: acme, Status: postingrequest.StatusApproved, Revision: 1}
	declined := &ent.PostingRequest{BodyID: uni, InstitutionID: uni, EmployerOrgID: acme, Status: postingrequest.StatusDeclined, Revision: 1}
	other := stage.Who(viewer.CareerStaff, viewer.RoleApprover, gid.ID{9, 15: byte(gid.Institution)})
	elsewhere := stage.Who(viewer.Operator, viewer.RoleOperator, gid.ID{9, 15: byte(gid.World)}).In(gid.ID{9, 15: byte(gid.World)})
	cases := map[string]struct {
		v        viewer.Viewer
		q        *ent.PostingRequest
		revision int
		want     string
	}{
		"an operator for the platform":                     {operator, platform, 1, ""},
		"staff for their institution":                      {approver, ours, 1, ""},
		"it refuses when an operator decides for it":       {operator, ours, 1, "NOT_PERMITTED"},
		"it refuses when staff decide for the platform":    {approver, platform, 1, "NOT_PERMITTED"},
		"it refuses when staff of another one decide":      {other, ours, 1, "NOT_PERMITTED"},
		"it refuses when another world's operator decides": {elsewhere, platform, 1, "NOT_PERMITTED"},
		"it refuses when the staff may only read":          {stage.Who(viewer.CareerStaff, viewer.RoleViewer, uni), ours, 1, "NOT_PERMITTED"},
		"it refuses when the employer decides":             {owner, platform, 1, "NOT_PERMITTED"},
		"it refuses when a talent decides":                 {talent, ours, 1, "NOT_PERMITTED"},
		"it refuses when it was approved":                  {approver, decided, 1, "ILLEGAL_TRANSITION"},
		"it refuses when it was declined":                  {approver, declined, 1, "ILLEGAL_TRANSITION"},
		"it refuses when the revision is stale":            {approver, ours, 2, "STALE_REVISION expectedRevision"},
	}
	for name, c := range cases {
		for _, verb := range []string{"approveMicroProject", "refuseMicroProject"} {
			t.Run(name+", "+verb, func(t *testing.T) {
				t.Parallel()
				if got := told(t, canDecide(c.v, c.q, verb, c.revision)); got != c.want {
					t.Errorf("got %q, want %q", got, c.want)
				}
			})
		}
	}
}

func TestTerms(t *testing.T) {
	t.Parallel()
	seats, institutions := func(n int) func(*DraftMicroProjectInput) {
		return func(in *DraftMicroProjectInput) { in.Seats = &n }
	}, microproject.AudienceInstitutions
	many := make([]gid.ID, 21)
	for i := range many {
		many[i] = gid.ID{byte(i + 1)}
	}
	cases := map[string]struct {
		change func(*DraftMicroProjectInput)
		want   string
	}{
		"the plain draft":                     {func(*DraftMicroProjectInput) {}, ""},
		"5 hours":                             {func(in *DraftMicroProjectInput) { in.Hours = 5 }, ""},
		"40 hours":                            {func(in *DraftMicroProjectInput) { in.Hours = 40 }, ""},
		"it refuses when it takes 4 hours":    {func(in *DraftMicroProjectInput) { in.Hours = 4 }, "INVALID_VALUE hours"},
		"it refuses when it takes 41 hours":   {func(in *DraftMicroProjectInput) { in.Hours = 41 }, "INVALID_VALUE hours"},
		"it refuses when it pays nothing":     {func(in *DraftMicroProjectInput) { in.Fee.Amount = "0.00" }, "INVALID_VALUE fee"},
		"it refuses when it takes money":      {func(in *DraftMicroProjectInput) { in.Fee.Amount = "-400.00" }, "INVALID_VALUE fee"},
		"it refuses when it pays half a cent": {func(in *DraftMicroProjectInput) { in.Fee.Amount = "400.005" }, "INVALID_VALUE fee"},
		"it refuses when it pays too much":    {func(in *DraftMicroProjectInput) { in.Fee.Amount = "10000000000.01" }, "INVALID_VALUE fee"},
		"50 seats":                            {seats(50), ""},
		"it refuses when nobody fits":         {seats(0), "INVALID_VALUE seats"},
		"it refuses when 51 fit":              {seats(51), "INVALID_VALUE seats"},
		"it refuses when the title is short":  {func(in *DraftMicroProjectInput) { in.Title = "Work" }, "INVALID_VALUE title"},
		"it refuses when the brief is short":  {func(in *DraftMicroProjectInput) { in.Brief = "Write it down." }, "INVALID_VALUE brief"},
		"it refuses when on site is nowhere":  {func(in *DraftMicroProjectInput) { in.Workplace = microproject.WorkplaceOnSite }, "INVALID_VALUE location"},
		"it refuses when hybrid is blank":     {func(in *DraftMicroProjectInput) { in.Workplace, in.Location = microproject.WorkplaceHybrid, ref(" ") }, "INVALID_VALUE location"},
		"on site somewhere": {func(in *DraftMicroProjectInput) {
			in.Workplace, in.Location = microproject.WorkplaceOnSite, ref("Berlin")
		}, ""},
		"a break of one day": {func(in *DraftMicroProjectInput) {
			in.BreakWindow = &calendar.Window{StartsOn: "2026-12-20", EndsOn: "2026-12-20"}
		}, ""},
		"it refuses when the break runs back": {func(in *DraftMicroProjectInput) {
			in.BreakWindow = &calendar.Window{StartsOn: "2026-12-20", EndsOn: "2026-12-19"}
		}, "INVALID_VALUE breakWindow.endsOn"},
		"it refuses when it is due before": {func(in *DraftMicroProjectInput) {
			in.StartsOn, in.DueOn = ref(calendar.Date("2026-12-02")), ref(calendar.Date("2026-12-01"))
		}, "INVALID_VALUE dueOn"},
		"it refuses when the window has closed":   {func(in *DraftMicroProjectInput) { in.ApplyBy = &noon }, "INVALID_VALUE applyBy"},
		"it refuses when institutions see public": {func(in *DraftMicroProjectInput) { in.InstitutionIDs = []gid.ID{uni} }, "INVALID_VALUE institutionIds"},
		"it refuses when no institution is named": {func(in *DraftMicroProjectInput) { in.Audience = &institutions }, "INVALID_VALUE institutionIds"},
		"it refuses when 21 are named":            {func(in *DraftMicroProjectInput) { in.Audience, in.InstitutionIDs = &institutions, many }, "INVALID_VALUE institutionIds"},
		"it refuses when one is named twice":      {func(in *DraftMicroProjectInput) { in.Audience, in.InstitutionIDs = &institutions, []gid.ID{uni, uni} }, "INVALID_VALUE institutionIds.1"},
		"it refuses when 21 skills are asked for": {func(in *DraftMicroProjectInput) { in.SkillIDs = many }, "INVALID_VALUE skillIds"},
		"it refuses when 21 things are planned":   {func(in *DraftMicroProjectInput) { in.Deliverables = make([]*PlannedDeliverableInput, 21) }, "INVALID_VALUE deliverables"},
		"it refuses when the plan is empty words": {func(in *DraftMicroProjectInput) {
			in.Deliverables[0] = &PlannedDeliverableInput{Title: "", AcceptanceCriterion: "x"}
		}, "INVALID_VALUE deliverables.0.title, INVALID_VALUE deliverables.0.acceptanceCriterion"},
		"it refuses when a thing is due too late": {func(in *DraftMicroProjectInput) {
			in.DueOn, in.Deliverables[0].DueOn = ref(calendar.Date("2026-12-01")), ref(calendar.Date("2026-12-02"))
		}, "INVALID_VALUE deliverables.0.dueOn"},
		"it refuses when a thing is due early": {func(in *DraftMicroProjectInput) {
			in.StartsOn, in.Deliverables[0].DueOn = ref(calendar.Date("2026-12-02")), ref(calendar.Date("2026-12-01"))
		}, "INVALID_VALUE deliverables.0.dueOn"},
		"it tells all defects at once": {func(in *DraftMicroProjectInput) { in.Title, in.Hours, in.Fee.Amount = "", 0, "0" }, "INVALID_VALUE title, INVALID_VALUE fee, INVALID_VALUE hours"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := work()
			in.Deliverables = []*PlannedDeliverableInput{{Title: "The handbook", AcceptanceCriterion: "It is good."}}
			c.change(&in)
			var r text.Reader
			terms := in.read(&r)
			terms.check(&r)
			checkWindow(&r, in.ApplyBy, noon)
			readPlan(&r, in.Deliverables, terms)
			if got := told(t, r.Err()); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestRevisedTerms(t *testing.T) {
	t.Parallel()
	before := terms{
		title: "Write our handbook", brief: "Write down how we do what we do.", hours: 20, fee: money.Money{Minor: 400_00, Currency: "USD"},
		seats: 1, workplace: microproject.WorkplaceOnSite, location: ref("Berlin"), audience: microproject.AudienceInstitutions,
		institutions: []gid.ID{uni}, dueOn: ref(calendar.Date("2026-12-18")),
		attested: attested{country: "US"},
	}
	cases := map[string]struct {
		in    ReviseMicroProjectInput
		want  string
		after func(terms) bool
	}{
		"what is left out stays": {ReviseMicroProjectInput{}, "", func(t terms) bool {
			return t.title == before.title && t.location != nil && len(t.institutions) == 1 && *t.dueOn == "2026-12-18"
		}},
		"what is given changes": {ReviseMicroProjectInput{Hours: opt.Of(25), DueOn: opt.Null[calendar.Date]()}, "", func(t terms) bool {
			return t.hours == 25 && t.dueOn == nil
		}},
		"opening it to all lets go of those chosen": {ReviseMicroProjectInput{Audience: opt.Of(microproject.AudiencePublic)}, "", func(t terms) bool {
			return t.institutions == nil
		}},
		"it refuses when a title is cleared":        {ReviseMicroProjectInput{Title: opt.Null[string]()}, "INVALID_VALUE title", nil},
		"it refuses when a fee is cleared":          {ReviseMicroProjectInput{Fee: opt.Null[money.Input]()}, "INVALID_VALUE fee", nil},
		"it refuses when the place is cleared":      {ReviseMicroProjectInput{Location: opt.Null[string]()}, "INVALID_VALUE location", nil},
		"it refuses when it is due before":          {ReviseMicroProjectInput{StartsOn: opt.Of(calendar.Date("2026-12-19"))}, "INVALID_VALUE dueOn", nil},
		"it refuses when nobody is chosen any more": {ReviseMicroProjectInput{InstitutionIDs: opt.ListOf[gid.ID]()}, "INVALID_VALUE institutionIds", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r text.Reader
			after := c.in.read(&r, before)
			after.check(&r)
			if got := told(t, r.Err()); got != c.want {
				t.Fatalf("got %q, want %q", got, c.want)
			}
			if c.after != nil && !c.after(after) {
				t.Errorf("got %+v", after)
			}
		})
	}
}

func TestSeats(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		status microproject.Status
		taken  []int
		seat   int
		want   string
	}{
		"the first":                        {microproject.StatusOpen, nil, 1, ""},
		"the lowest that is free":          {microproject.StatusOpen, []int{2}, 1, ""},
		"the last":                         {microproject.StatusOpen, []int{1}, 2, ""},
		"it refuses when all are taken":    {microproject.StatusOpen, []int{2, 1}, 0, "ILLEGAL_TRANSITION"},
		"it refuses when it is filled":     {microproject.StatusFilled, nil, 0, "ILLEGAL_TRANSITION"},
		"it refuses when it is under way":  {microproject.StatusInProgress, nil, 0, "ILLEGAL_TRANSITION"},
		"it refuses when it was cancelled": {microproject.StatusCancelled, nil, 0, "ILLEGAL_TRANSITION"},
		"it refuses when it was not open":  {microproject.StatusApproved, nil, 0, "ILLEGAL_TRANSITION"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seat, err := freeSeat(at4(c.status, 1), c.taken)
			if got := told(t, err); got != c.want || seat != c.seat {
				t.Errorf("got %d, %q, want %d, %q", seat, got, c.seat, c.want)
			}
		})
	}
}

func TestIsDone(t *testing.T) {
	t.Parallel()
	of := func(statuses ...engagement.Status) bool {
		var all []*ent.Engagement
		for _, s := range statuses {
			all = append(all, &ent.Engagement{Status: s})
		}
		return isDone(all)
	}
	done, ended := engagement.StatusCompleted, engagement.StatusTerminated
	if !of(done) || !of(done, ended) {
		t.Error("all ended and one completed: that is done")
	}
	if of() || of(ended) || of(done, engagement.StatusActive) || of(done, engagement.StatusPendingGates) {
		t.Error("that is not done")
	}
}
