package institution

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entemployer "github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	acme  = gid.ID{1, 15: byte(gid.Employer)}
	brick = gid.ID{2, 15: byte(gid.Employer)}
	state = gid.ID{3, 15: byte(gid.Institution)}
	tech  = gid.ID{4, 15: byte(gid.Institution)}
	now   = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
)

func TestCanOpen(t *testing.T) {
	t.Parallel()
	operator := stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
	cases := map[string]struct {
		v        viewer.Viewer
		status   institution.Status
		revision int
		want     fault.Code
	}{
		"an operator on a listed institution":    {operator, institution.StatusListed, 3, ""},
		"it refuses when it is open already":     {operator, institution.StatusOpen, 3, fault.CodeIllegalTransition},
		"it refuses when the revision is stale":  {operator, institution.StatusListed, 4, fault.CodeStaleRevision},
		"it refuses when its own staff act":      {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, state), institution.StatusListed, 3, fault.CodeNotPermitted},
		"it refuses when an employer acts":       {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), institution.StatusListed, 3, fault.CodeNotPermitted},
		"it refuses when a talent acts":          {stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), institution.StatusListed, 3, fault.CodeNotPermitted},
		"it refuses when nobody has signed in":   {viewer.Public(), institution.StatusListed, 3, fault.CodeNotPermitted},
		"it refuses strangers before the status": {viewer.Public(), institution.StatusOpen, 4, fault.CodeNotPermitted},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := &ent.Institution{ID: state, Status: c.status, Revision: 3}
			if got := stage.CodeOf(t, canOpen(c.v, i, c.revision)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestReadOpening(t *testing.T) {
	t.Parallel()
	whole := person.SeatInput{Issuer: "https://idp.example.edu", Subject: "amy", Name: "Amy"}
	floor := func(amount money.Decimal, currency money.Currency) *money.Input {
		return &money.Input{Amount: amount, Currency: currency}
	}
	mail := strings.Repeat("a", 255)
	cases := map[string]struct {
		administrator person.SeatInput
		floor         *money.Input
		want          []string // paths
	}{
		"an administrator alone":                     {whole, nil, nil},
		"a floor of their own":                       {whole, floor("25.00", "USD"), nil},
		"a floor in a currency without small coins":  {whole, floor("3000", "JPY"), nil},
		"it refuses when the administrator is blank": {person.SeatInput{}, nil, []string{"administrator.issuer", "administrator.subject", "administrator.name"}},
		"it refuses when the e-mail is too long":     {person.SeatInput{Issuer: "i", Subject: "s", Name: "n", Email: &mail}, nil, []string{"administrator.email"}},
		"it refuses when the floor is zero":          {whole, floor("0.00", "USD"), []string{"payFloor.amount"}},
		"it refuses when the floor is below zero":    {whole, floor("-1", "USD"), []string{"payFloor.amount"}},
		"it refuses when the floor is too precise":   {whole, floor("20.005", "USD"), []string{"payFloor.amount"}},
		"it refuses all defects at once":             {person.SeatInput{Issuer: "i", Name: "n"}, floor("0", "USD"), []string{"administrator.subject", "payFloor.amount"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readOpening(OpenInstitutionInput{Administrator: c.administrator, PayFloor: c.floor})
			var paths []string
			if err != nil {
				told, _ := fault.UserErrors(err)
				for _, e := range told {
					paths = append(paths, strings.Join(e.GetPath(), "."))
				}
			}
			if !slices.Equal(paths, c.want) {
				t.Errorf("got %v, want %v", paths, c.want)
			}
		})
	}
}

func TestCanAsk(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		v    viewer.Viewer
		want fault.Code
	}{
		"an owner":                             {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), ""},
		"a recruiter":                          {stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme), ""},
		"it refuses when a supervisor asks":    {stage.Who(viewer.EmployerMember, viewer.RoleSupervisor, acme), fault.CodeNotPermitted},
		"it refuses when career staff ask":     {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, state), fault.CodeNotPermitted},
		"it refuses when an operator asks":     {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), fault.CodeNotPermitted},
		"it refuses when a talent asks":        {stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), fault.CodeNotPermitted},
		"it refuses when nobody has signed in": {viewer.Public(), fault.CodeNotPermitted},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := stage.CodeOf(t, canAsk(c.v)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCanRequest(t *testing.T) {
	t.Parallel()
	link := func(status institutionlink.Status, decided time.Duration) *ent.InstitutionLink {
		l := &ent.InstitutionLink{EmployerOrgID: acme, InstitutionID: state, Status: status}
		if status != institutionlink.StatusRequested {
			at := now.Add(-decided)
			l.DecidedAt = &at
		}
		return l
	}
	day := 24 * time.Hour
	cases := map[string]struct {
		employer entemployer.Status
		at       institution.Status
		link     *ent.InstitutionLink
		want     fault.Code
	}{
		"the first request":                             {entemployer.StatusVerified, institution.StatusOpen, nil, ""},
		"a request while the platform decides":          {entemployer.StatusPending, institution.StatusOpen, nil, ""},
		"a request 30 days after it was declined":       {entemployer.StatusVerified, institution.StatusOpen, link(institutionlink.StatusDeclined, 30*day), ""},
		"it refuses when the cool-down lacks a moment":  {entemployer.StatusVerified, institution.StatusOpen, link(institutionlink.StatusDeclined, 30*day-time.Millisecond), fault.CodeWindowClosed},
		"it refuses when it was declined just now":      {entemployer.StatusVerified, institution.StatusOpen, link(institutionlink.StatusDeclined, 0), fault.CodeWindowClosed},
		"it refuses when it was asked already":          {entemployer.StatusVerified, institution.StatusOpen, link(institutionlink.StatusRequested, 0), fault.CodeAlreadyExists},
		"it refuses when it was approved already":       {entemployer.StatusVerified, institution.StatusOpen, link(institutionlink.StatusApproved, 90*day), fault.CodeAlreadyExists},
		"it refuses when the institution is not open":   {entemployer.StatusVerified, institution.StatusListed, nil, fault.CodeIllegalTransition},
		"a request 30 days after it was revoked":        {entemployer.StatusVerified, institution.StatusOpen, link(institutionlink.StatusRevoked, 30*day), ""},
		"it refuses when it was revoked just now":       {entemployer.StatusVerified, institution.StatusOpen, link(institutionlink.StatusRevoked, 0), fault.CodeWindowClosed},
		"it refuses when the institution asks":          {entemployer.StatusVerified, institution.StatusOpen, link(institutionlink.StatusNeedsInfo, 0), fault.CodeAlreadyExists},
		"it refuses when the platform suspended them":   {entemployer.StatusSuspended, institution.StatusOpen, nil, fault.CodeIllegalTransition},
		"it refuses when the platform banned them":      {entemployer.StatusBanned, institution.StatusOpen, nil, fault.CodeIllegalTransition},
		"it refuses when the platform refused them":     {entemployer.StatusRejected, institution.StatusOpen, nil, fault.CodeIllegalTransition},
		"it refuses the rejected whatever came earlier": {entemployer.StatusRejected, institution.StatusOpen, link(institutionlink.StatusApproved, day), fault.CodeIllegalTransition},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := canRequest(&ent.Employer{ID: acme, Status: c.employer}, &ent.Institution{ID: state, Status: c.at}, c.link, "institutionId", now)
			if got := stage.CodeOf(t, err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTheCoolDownSaysWhenItEnds(t *testing.T) {
	t.Parallel()
	decided := now.Add(-10 * 24 * time.Hour)
	err := canRequest(&ent.Employer{Status: entemployer.StatusVerified}, &ent.Institution{Status: institution.StatusOpen},
		&ent.InstitutionLink{Status: institutionlink.StatusDeclined, DecidedAt: &decided}, "institutionId", now)
	if err == nil || !strings.Contains(err.Error(), "after 2026-12-14") {
		t.Errorf("it answered %v, want the day 2026-12-14", err)
	}
}

func TestCanDecide(t *testing.T) {
	t.Parallel()
	approver := stage.Who(viewer.CareerStaff, viewer.RoleApprover, state)
	cases := map[string]struct {
		v        viewer.Viewer
		status   institutionlink.Status
		revision int
		want     fault.Code
	}{
		"an approver of the institution":                  {approver, institutionlink.StatusRequested, 3, ""},
		"its administrator":                               {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, state), institutionlink.StatusRequested, 3, ""},
		"it refuses when staff only read":                 {stage.Who(viewer.CareerStaff, viewer.RoleViewer, state), institutionlink.StatusRequested, 3, fault.CodeNotPermitted},
		"it refuses when another institution's staff act": {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, tech), institutionlink.StatusRequested, 3, fault.CodeNotPermitted},
		"it refuses when the employer decides itself":     {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), institutionlink.StatusRequested, 3, fault.CodeNotPermitted},
		"it refuses when an operator decides":             {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), institutionlink.StatusRequested, 3, fault.CodeNotPermitted},
		"it refuses when it was approved already":         {approver, institutionlink.StatusApproved, 3, fault.CodeIllegalTransition},
		"it refuses when it was declined already":         {approver, institutionlink.StatusDeclined, 3, fault.CodeIllegalTransition},
		"it refuses when the revision is stale":           {approver, institutionlink.StatusRequested, 2, fault.CodeStaleRevision},
	}
	for name, c := range cases {
		for _, verb := range []string{"approveInstitutionLink", "declineInstitutionLink"} {
			t.Run(verb+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := &ent.InstitutionLink{EmployerOrgID: acme, InstitutionID: state, Status: c.status, Revision: 3}
				if got := stage.CodeOf(t, canDecide(c.v, l, verb, c.revision)); got != c.want {
					t.Errorf("got %q, want %q", got, c.want)
				}
			})
		}
	}
}

func TestAllowedActions(t *testing.T) {
	t.Parallel()
	approver := stage.Who(viewer.CareerStaff, viewer.RoleApprover, state)
	owner := stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme)
	l := &ent.InstitutionLink{EmployerOrgID: acme, InstitutionID: state, Status: institutionlink.StatusDeclined, Revision: 3}
	var told *fault.IllegalTransitionError
	if err := canDecide(approver, l, "approveInstitutionLink", 3); !errors.As(err, &told) || told.CurrentStatus != "DECLINED" || len(told.AllowedActions) != 0 {
		t.Errorf("it answered %v, want DECLINED with nothing for staff to do", told)
	}
	if got := LinkStates.Allowed(owner, sides(owner, l), l.Status); !slices.Equal(got, []string{"requestInstitutionLink"}) {
		t.Errorf("the owner may %v, want to ask again", got)
	}
	stranger := stage.Who(viewer.EmployerMember, viewer.RoleOwner, brick)
	if got := LinkStates.Allowed(stranger, sides(stranger, l), l.Status); len(got) != 0 {
		t.Errorf("another employer may %v", got)
	}
}

func TestAbilitiesSayWhatTheRuleSays(t *testing.T) {
	t.Parallel()
	l := &ent.InstitutionLink{EmployerOrgID: acme, InstitutionID: state, Status: institutionlink.StatusRequested, Revision: 7}
	if can := Abilities(stage.Who(viewer.CareerStaff, viewer.RoleApprover, state), l); !can.Approve.Allowed || !can.Decline.Allowed {
		t.Errorf("an approver may approve: %v, decline: %v; want both", can.Approve, can.Decline)
	}
	can := Abilities(stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), l)
	if can.Approve.Allowed || can.Decline.Allowed || can.Approve.Reasons[0].Code != fault.CodeNotPermitted {
		t.Errorf("the employer may approve: %v, decline: %v; want neither", can.Approve, can.Decline)
	}
}

func TestPayFloor(t *testing.T) {
	t.Parallel()
	if got := PayFloor(&ent.Institution{}); got != nil {
		t.Errorf("got %v, want the platform's", got)
	}
	minor, currency := int64(2500), "USD"
	got := PayFloor(&ent.Institution{PayFloorMinor: &minor, PayFloorCurrency: &currency})
	if got == nil || *got != (money.Money{Minor: 2500, Currency: "USD"}) {
		t.Errorf("got %v, want 25.00 USD", got)
	}
}
