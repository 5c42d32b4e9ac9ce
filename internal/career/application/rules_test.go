package application

import (
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
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
		"it refuses when an offer is open":                 {can(recruiter, at(entapplication.StatusOffered), "declineApplication", 1), fault.CodeIllegalTransition},
		"it refuses when a supervisor declines":            {can(supervisor, at(entapplication.StatusSubmitted), "declineApplication", 1), fault.CodeNotPermitted},
		"it refuses when another employer declines":        {can(stranger, at(entapplication.StatusSubmitted), "declineApplication", 1), fault.CodeNotPermitted},
		"the recruiter makes an offer":                     {CanOffer(recruiter, at(entapplication.StatusSubmitted), open, 1), ""},
		"it refuses when the talent took it back":          {CanOffer(recruiter, at(entapplication.StatusWithdrawn), open, 1), fault.CodeIllegalTransition},
		"it refuses when the project takes nobody":         {CanOffer(recruiter, at(entapplication.StatusSubmitted), &ent.MicroProject{Status: microproject.StatusFilled}, 1), fault.CodeIllegalTransition},
		"it refuses when the talent makes an offer":        {CanOffer(ada, at(entapplication.StatusSubmitted), open, 1), fault.CodeNotPermitted},
		"it refuses when somebody closes it like a worker": {can(ada, at(entapplication.StatusSubmitted), Closed, 1), fault.CodeNotPermitted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage.Answers(t, tc.err, tc.code, "")
		})
	}
	stage.Answers(t, CanWithdraw(ada, at(entapplication.StatusSubmitted), 2), fault.CodeStaleRevision, "expectedRevision")
}
