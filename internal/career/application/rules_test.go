package application

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	entemployer "github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acme, zenith = id(gid.Employer, 1), id(gid.Employer, 2)
	adaID, eveID = id(gid.Talent, 1), id(gid.Talent, 2)
	noon         = time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)

	ada        = viewer.Viewer{Kind: viewer.Talent, Talent: adaID, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	eve        = viewer.Viewer{Kind: viewer.Talent, Talent: eveID, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	recruiter  = member(acme, viewer.RoleRecruiter)
	supervisor = member(acme, viewer.RoleSupervisor)
	stranger   = member(zenith, viewer.RoleOwner)
)

func id(noun gid.Noun, n byte) gid.ID { return gid.ID{0: n, 6: 0x70, 8: 0x80, 15: byte(noun)} }

func member(org gid.ID, role viewer.Role) viewer.Viewer {
	return viewer.Viewer{Kind: viewer.EmployerMember, Org: org, Scopes: viewer.ScopesOf(role)}
}

func TestCanApply(t *testing.T) {
	t.Parallel()
	link := "https://example.com"
	whole := &ent.TalentProfile{ResumeURL: &link, LinkedinURL: &link}
	later, past := noon.Add(time.Minute), noon
	open := wish{project: &ent.MicroProject{Status: microproject.StatusOpen}, profile: whole, isInvited: true}
	with := func(change func(*wish)) wish {
		w := open
		p := *open.project
		w.project = &p
		change(&w)
		return w
	}
	for name, tc := range map[string]struct {
		who  viewer.Viewer
		wish wish
		code fault.Code
		path string
	}{
		"a talent":                                 {ada, open, "", ""},
		"a talent in time":                         {ada, with(func(w *wish) { w.project.ApplyBy = &later }), "", ""},
		"it refuses when the time has passed":      {ada, with(func(w *wish) { w.project.ApplyBy = &past }), fault.CodeWindowClosed, "microProjectId"},
		"it refuses when an employer applies":      {recruiter, open, fault.CodeNotPermitted, ""},
		"it refuses when nobody applies":           {viewer.Public(), open, fault.CodeNotPermitted, ""},
		"it refuses when its own people apply":     {ada, with(func(w *wish) { w.isMember = true }), fault.CodeNotPermitted, ""},
		"it refuses when it is for others":         {ada, with(func(w *wish) { w.isInvited = false }), fault.CodeNotPermitted, ""},
		"it refuses when the project is filled":    {ada, with(func(w *wish) { w.project.Status = microproject.StatusFilled }), fault.CodeIllegalTransition, ""},
		"it refuses when the project is cancelled": {ada, with(func(w *wish) { w.project.Status = microproject.StatusCancelled }), fault.CodeIllegalTransition, ""},
		"it refuses when they have applied":        {ada, with(func(w *wish) { w.isLive = true }), fault.CodeAlreadyExists, "microProjectId"},
		"it refuses when the profile lacks links":  {ada, with(func(w *wish) { w.profile = &ent.TalentProfile{ResumeURL: &link} }), fault.CodePolicyViolation, "microProjectId"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage.Answers(t, canApply(tc.who, tc.wish, noon), tc.code, tc.path)
		})
	}
}

func TestTheRuleNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	err := isComplete(&ent.TalentProfile{})
	told, _ := fault.UserErrors(err)
	policy, ok := told[0].(*fault.PolicyViolationError)
	if !ok || policy.RuleID != CompleteProfile || !strings.Contains(policy.Message, "RESUME_URL") || !strings.Contains(policy.Message, "LINKEDIN_URL") {
		t.Errorf("got %v", err)
	}
}

func TestCan(t *testing.T) {
	t.Parallel()
	verified := &ent.Employer{Status: entemployer.StatusVerified}
	open := &ent.MicroProject{Status: microproject.StatusOpen}
	at := func(status entapplication.Status) *ent.Application {
		return &ent.Application{EmployerOrgID: acme, TalentID: adaID, Status: status, Revision: 1}
	}
	for name, tc := range map[string]struct {
		err  error
		code fault.Code
	}{
		"the talent withdraws":                             {CanWithdraw(ada, at(entapplication.StatusSubmitted), 1), ""},
		"the talent withdraws with an offer":               {CanWithdraw(ada, at(entapplication.StatusOffered), 1), ""},
		"it refuses when an offer was accepted":            {CanWithdraw(ada, at(entapplication.StatusAccepted), 1), fault.CodeIllegalTransition},
		"it refuses when another talent withdraws":         {CanWithdraw(eve, at(entapplication.StatusSubmitted), 1), fault.CodeNotPermitted},
		"it refuses when the employer withdraws":           {CanWithdraw(recruiter, at(entapplication.StatusSubmitted), 1), fault.CodeNotPermitted},
		"the recruiter declines":                           {can(recruiter, at(entapplication.StatusSubmitted), "declineApplication", 1), ""},
		"the recruiter declines with an offer":             {CanDecline(recruiter, at(entapplication.StatusOffered), 1), ""},
		"it refuses when it was accepted":                  {CanDecline(recruiter, at(entapplication.StatusAccepted), 1), fault.CodeIllegalTransition},
		"it refuses when a supervisor declines":            {can(supervisor, at(entapplication.StatusSubmitted), "declineApplication", 1), fault.CodeNotPermitted},
		"it refuses when another employer declines":        {can(stranger, at(entapplication.StatusSubmitted), "declineApplication", 1), fault.CodeNotPermitted},
		"the recruiter makes an offer":                     {CanOffer(recruiter, at(entapplication.StatusSubmitted), open, verified, 1), ""},
		"it refuses when the talent took it back":          {CanOffer(recruiter, at(entapplication.StatusWithdrawn), open, verified, 1), fault.CodeIllegalTransition},
		"it refuses when the project takes nobody":         {CanOffer(recruiter, at(entapplication.StatusSubmitted), &ent.MicroProject{Status: microproject.StatusFilled}, verified, 1), fault.CodeIllegalTransition},
		"it refuses when the employer is suspended":        {CanOffer(recruiter, at(entapplication.StatusSubmitted), open, &ent.Employer{Status: entemployer.StatusSuspended}, 1), fault.CodePolicyViolation},
		"it refuses when the talent makes an offer":        {CanOffer(ada, at(entapplication.StatusSubmitted), open, verified, 1), fault.CodeNotPermitted},
		"it refuses when somebody closes it like a worker": {can(ada, at(entapplication.StatusSubmitted), Closed, 1), fault.CodeNotPermitted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage.Answers(t, tc.err, tc.code, "")
		})
	}
	stage.Answers(t, CanWithdraw(ada, at(entapplication.StatusSubmitted), 2), fault.CodeStaleRevision, "expectedRevision")
}

// TestTheWayForward: the employer's steps lead forward, any of them may be left
// out, and whoever has no part takes none.
func TestTheWayForward(t *testing.T) {
	t.Parallel()
	verbs := []string{"reviewApplication", "shortlistApplication", "scheduleInterview", "extendOffer"}
	from := map[entapplication.Status][]string{
		entapplication.StatusSubmitted:   verbs,
		entapplication.StatusReviewed:    verbs[1:],
		entapplication.StatusShortlisted: verbs[2:],
		entapplication.StatusInterview:   verbs[2:],
	}
	all := []entapplication.Status{
		entapplication.StatusSubmitted, entapplication.StatusReviewed, entapplication.StatusShortlisted, entapplication.StatusInterview,
		entapplication.StatusOffered, entapplication.StatusAccepted, entapplication.StatusOfferDeclined, entapplication.StatusDeclined,
		entapplication.StatusWithdrawn, entapplication.StatusExpired, entapplication.StatusClosedBySystem,
	}
	for _, status := range all {
		a := &ent.Application{EmployerOrgID: acme, TalentID: adaID, Status: status, Revision: 1}
		for _, verb := range verbs {
			code := fault.CodeIllegalTransition
			if slices.Contains(from[status], verb) {
				code = ""
			}
			stage.Answers(t, can(recruiter, a, verb, 1), code, "")
			for _, v := range []viewer.Viewer{ada, eve, supervisor, stranger, viewer.Public()} {
				stage.Answers(t, can(v, a, verb, 1), fault.CodeNotPermitted, "")
			}
		}
		code := fault.CodeIllegalTransition
		if slices.Contains(Open, status) {
			code = ""
		}
		stage.Answers(t, CanDecline(recruiter, a, 1), code, "")
		stage.Answers(t, CanWithdraw(ada, a, 1), code, "")
	}
}

func TestReadRefusal(t *testing.T) {
	t.Parallel()
	words, blank, long := "We looked for Swahili.", " \n", strings.Repeat("x", 1001)
	for name, tc := range map[string]struct {
		reason entapplication.DeclineReason
		note   *string
		code   fault.Code
	}{
		"a reason":                              {entapplication.DeclineReasonSkills, nil, ""},
		"a reason in words":                     {entapplication.DeclineReasonSkills, &words, ""},
		"another one, in words":                 {entapplication.DeclineReasonOther, &words, ""},
		"it refuses when another one is silent": {entapplication.DeclineReasonOther, nil, fault.CodeInvalidValue},
		"it refuses when the words are blank":   {entapplication.DeclineReasonOther, &blank, fault.CodeInvalidValue},
		"it refuses when they are too many":     {entapplication.DeclineReasonSkills, &long, fault.CodeInvalidValue},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r text.Reader
			ReadRefusal(&r, "decisions.3.", tc.reason, tc.note)
			stage.Answers(t, r.Err(), tc.code, map[bool]string{false: "", true: "decisions.3.note"}[tc.code != ""])
		})
	}
}

func TestReadSlots(t *testing.T) {
	t.Parallel()
	slot := func(hours, minutes int, place string) *InterviewSlotInput {
		return &InterviewSlotInput{StartsAt: noon.Add(time.Duration(hours) * time.Hour), DurationMinutes: minutes, Place: place}
	}
	six := []*InterviewSlotInput{slot(1, 30, "a"), slot(2, 30, "a"), slot(3, 30, "a"), slot(4, 30, "a"), slot(5, 30, "a"), slot(6, 30, "a")}
	for name, tc := range map[string]struct {
		in   []*InterviewSlotInput
		path string
	}{
		"one":                                  {six[:1], ""},
		"five":                                 {six[:5], ""},
		"it refuses when there is none":        {nil, "slots"},
		"it refuses when there are six":        {six, "slots"},
		"it refuses when one has begun":        {[]*InterviewSlotInput{slot(1, 30, "a"), slot(0, 30, "a")}, "slots.1.startsAt"},
		"it refuses when one is there twice":   {[]*InterviewSlotInput{slot(1, 30, "a"), slot(1, 45, "b")}, "slots.1.startsAt"},
		"it refuses when it is over at once":   {[]*InterviewSlotInput{slot(1, 4, "a")}, "slots.0.durationMinutes"},
		"it refuses when it takes a long day":  {[]*InterviewSlotInput{slot(1, 481, "a")}, "slots.0.durationMinutes"},
		"it refuses when nobody knows where":   {[]*InterviewSlotInput{slot(1, 30, " ")}, "slots.0.place"},
		"it refuses when the place is a novel": {[]*InterviewSlotInput{slot(1, 30, strings.Repeat("x", 501))}, "slots.0.place"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readSlots(tc.in, noon)
			stage.Answers(t, err, map[bool]fault.Code{true: fault.CodeInvalidValue}[tc.path != ""], tc.path)
		})
	}
	slots, err := readSlots([]*InterviewSlotInput{slot(3, 30, "late"), slot(1, 30, "early")}, noon)
	if err != nil || slots[0].Place != "early" {
		t.Errorf("got %v, %v, want the earliest first", slots, err)
	}
}
