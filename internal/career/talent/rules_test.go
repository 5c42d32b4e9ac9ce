package talent

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	entinstitution "github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	ada   = gid.ID{1, 15: byte(gid.Talent)}
	eve   = gid.ID{2, 15: byte(gid.Talent)}
	state = gid.ID{3, 15: byte(gid.Institution)}
	tech  = gid.ID{4, 15: byte(gid.Institution)}
	acme  = gid.ID{5, 15: byte(gid.Employer)}
)

func talentOf(id gid.ID) viewer.Viewer {
	v := stage.Who(viewer.Talent, viewer.RoleTalent, gid.None)
	v.Talent = id
	return v
}

// codesOf are the codes that an error tells, each with its path.
func codesOf(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	told, ok := fault.UserErrors(err)
	if !ok {
		t.Fatalf("it answered %v, want foreseen errors", err)
	}
	var codes []string
	for _, e := range told {
		codes = append(codes, strings.TrimSpace(string(e.GetCode())+" "+strings.Join(e.GetPath(), ".")))
	}
	return codes
}

func TestCanOpen(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		v    viewer.Viewer
		has  bool
		want []string
	}{
		"a newcomer":                               {stage.Newcomer("ada"), false, nil},
		"an employer's owner":                      {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), false, nil},
		"it refuses when they have a profile":      {talentOf(ada), true, []string{"ALREADY_EXISTS"}},
		"it refuses when an owner has a profile":   {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), true, []string{"ALREADY_EXISTS"}},
		"it refuses when career staff act as such": {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, state), false, []string{"NOT_PERMITTED"}},
		"it refuses when operators act as such":    {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), false, []string{"NOT_PERMITTED"}},
		"it refuses when nobody has signed in":     {viewer.Public(), false, []string{"NOT_PERMITTED"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := codesOf(t, canOpen(c.v, c.has)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestCanRevise(t *testing.T) {
	t.Parallel()
	two, three := 2, 3
	cases := map[string]struct {
		v        viewer.Viewer
		revision *int
		want     []string
	}{
		"the talent, whatever the revision":     {talentOf(ada), nil, nil},
		"the talent, as they read it":           {talentOf(ada), &three, nil},
		"it refuses when the revision is stale": {talentOf(ada), &two, []string{"STALE_REVISION expectedRevision"}},
		"it refuses when another talent writes": {talentOf(eve), nil, []string{"NOT_PERMITTED"}},
		"it refuses when staff write":           {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, state), &three, []string{"NOT_PERMITTED"}},
		"it refuses when an employer writes":    {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), &two, []string{"NOT_PERMITTED"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &ent.TalentProfile{ID: ada, Revision: 3}
			if got := codesOf(t, canRevise(c.v, p, c.revision)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestReadNew(t *testing.T) {
	t.Parallel()
	text := func(s string) *string { return &s }
	cases := map[string]struct {
		in   OpenTalentProfileInput
		want []string
	}{
		"a name alone": {OpenTalentProfileInput{LegalName: "Ada"}, nil},
		"words at their longest": {OpenTalentProfileInput{
			LegalName: strings.Repeat("a", 200), PreferredName: text(strings.Repeat("a", 200)), Headline: text(strings.Repeat("é", 200)),
			Bio: text(strings.Repeat("a\n", 2000)[:3999]), Location: text(strings.Repeat("a", 200)), Email: text("ada@example.edu"),
		}, nil},
		"it refuses when the name is blank":         {OpenTalentProfileInput{LegalName: " "}, []string{"INVALID_VALUE legalName"}},
		"it refuses when the name is too long":      {OpenTalentProfileInput{LegalName: strings.Repeat("a", 201)}, []string{"INVALID_VALUE legalName"}},
		"it refuses when the headline has lines":    {OpenTalentProfileInput{LegalName: "Ada", Headline: text("a\nb")}, []string{"INVALID_VALUE headline"}},
		"it refuses when the bio is too long":       {OpenTalentProfileInput{LegalName: "Ada", Bio: text(strings.Repeat("a", 4001))}, []string{"INVALID_VALUE bio"}},
		"it refuses when the e-mail is none":        {OpenTalentProfileInput{LegalName: "Ada", Email: text("ada")}, []string{"INVALID_VALUE email"}},
		"it refuses when the e-mail carries a name": {OpenTalentProfileInput{LegalName: "Ada", Email: text("Ada <ada@example.edu>")}, []string{"INVALID_VALUE email"}},
		"it refuses all defects at once": {
			OpenTalentProfileInput{PreferredName: text(strings.Repeat("a", 201)), Location: text("\u202eevil")},
			[]string{"INVALID_VALUE legalName", "INVALID_VALUE preferredName", "INVALID_VALUE location"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, err := readNew(c.in)
			if got := codesOf(t, err); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if w.visibility != talentprofile.VisibilityPrivate {
				t.Errorf("it is %s, want private", w.visibility)
			}
		})
	}
}

func TestReadRevised(t *testing.T) {
	t.Parallel()
	nick, bio, zone := "Countess", "Engines.", "Europe/London"
	p := &ent.TalentProfile{LegalName: "Ada Lovelace", PreferredName: &nick, Bio: &bio, TimeZone: &zone, Visibility: talentprofile.VisibilityEmployers}
	w, err := readRevised(p, ReviseTalentProfileInput{})
	if err != nil || !reflect.DeepEqual(w, wordsOf(p)) {
		t.Errorf("nothing given: got %v, %v, want what was there", w, err)
	}
	w, err = readRevised(p, ReviseTalentProfileInput{
		LegalName: opt.Of("Ada King"), PreferredName: opt.Null[string](), Headline: opt.Of(" Poet of science "), Bio: opt.Of("  "),
		TimeZone: opt.Of(calendar.Zone("Asia/Tokyo")), Visibility: opt.Of(talentprofile.VisibilityCommunity),
	})
	if err != nil || w.legalName != "Ada King" || w.preferredName != nil || *w.headline != "Poet of science" || w.bio != nil ||
		*w.timeZone != "Asia/Tokyo" || w.visibility != talentprofile.VisibilityCommunity {
		t.Errorf("got %v, %v", w, err)
	}
	_, err = readRevised(p, ReviseTalentProfileInput{
		LegalName: opt.Null[string](), Visibility: opt.Null[talentprofile.Visibility](), Email: opt.Of("nobody"),
	})
	if got, want := codesOf(t, err), []string{"INVALID_VALUE legalName", "INVALID_VALUE visibility", "INVALID_VALUE email"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestCanDeclare(t *testing.T) {
	t.Parallel()
	id := func(n byte) gid.ID { return gid.ID{n, 15: byte(gid.Skill)} }
	var fifty []gid.ID
	for n := range byte(50) {
		fifty = append(fifty, id(n+1))
	}
	cases := map[string]struct {
		named, known []gid.ID
		want         []string
	}{
		"none":                                 {nil, nil, nil},
		"fifty":                                {fifty, fifty, nil},
		"it refuses when there are fifty-one":  {append(slices.Clone(fifty), id(99)), fifty, []string{"LIMIT_REACHED skills"}},
		"it refuses when one is named twice":   {[]gid.ID{id(1), id(2), id(1)}, fifty, []string{"INVALID_VALUE skills.2.skillId"}},
		"it refuses when one does not exist":   {[]gid.ID{id(1), id(99)}, fifty, []string{"NOT_FOUND skills.1.skillId"}},
		"it refuses all that is wrong at once": {[]gid.ID{id(99), id(1), id(1)}, fifty, []string{"NOT_FOUND skills.0.skillId", "INVALID_VALUE skills.2.skillId"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := codesOf(t, canDeclare(c.named, c.known)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestDifference(t *testing.T) {
	t.Parallel()
	one, two, three := gid.ID{1}, gid.ID{2}, gid.ID{3}
	before := []*ent.DeclaredSkill{
		{ID: gid.ID{11}, SkillID: one, Level: declaredskill.LevelBeginner},
		{ID: gid.ID{12}, SkillID: two, Level: declaredskill.LevelBeginner},
		{ID: gid.ID{13}, SkillID: three, Level: declaredskill.LevelAdvanced},
	}
	dropped, added := difference(before, []*SkillDeclarationInput{
		{SkillID: one, Level: declaredskill.LevelBeginner}, {SkillID: two, Level: declaredskill.LevelAdvanced},
	})
	if want := []gid.ID{{12}, {13}}; !slices.Equal(dropped, want) || len(added) != 1 || added[0].SkillID != two {
		t.Errorf("dropped %v, added %v; want the second at its new level and the third gone", dropped, added)
	}
}

func TestCanAddEducation(t *testing.T) {
	t.Parallel()
	p := &ent.TalentProfile{ID: ada}
	cases := map[string]struct {
		v       viewer.Viewer
		records int
		want    []string
	}{
		"the twentieth":                        {talentOf(ada), 19, nil},
		"it refuses when there are twenty":     {talentOf(ada), 20, []string{"LIMIT_REACHED"}},
		"it refuses when another talent adds":  {talentOf(eve), 0, []string{"NOT_PERMITTED"}},
		"it refuses others before the limit":   {talentOf(eve), 20, []string{"NOT_PERMITTED"}},
		"it refuses when the staff add for us": {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, state), 0, []string{"NOT_PERMITTED"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := codesOf(t, canAddEducation(c.v, p, c.records)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestCanClaim(t *testing.T) {
	t.Parallel()
	at := func(institution gid.ID, status affiliation.Status) *ent.Affiliation {
		return &ent.Affiliation{TalentID: ada, InstitutionID: institution, Status: status}
	}
	ten := make([]*ent.Affiliation, 10)
	for i := range ten {
		ten[i] = at(gid.ID{byte(i + 100)}, affiliation.StatusConfirmed)
	}
	cases := map[string]struct {
		status entinstitution.Status
		live   []*ent.Affiliation
		want   []string
	}{
		"the first claim":                             {entinstitution.StatusOpen, nil, nil},
		"a claim beside another institution":          {entinstitution.StatusOpen, []*ent.Affiliation{at(tech, affiliation.StatusConfirmed)}, nil},
		"the tenth":                                   {entinstitution.StatusOpen, ten[:9], nil},
		"it refuses when the institution is not open": {entinstitution.StatusListed, nil, []string{"ILLEGAL_TRANSITION"}},
		"it refuses when it is claimed already":       {entinstitution.StatusOpen, []*ent.Affiliation{at(state, affiliation.StatusClaimed)}, []string{"ALREADY_EXISTS institutionId"}},
		"it refuses when it is confirmed already":     {entinstitution.StatusOpen, []*ent.Affiliation{at(tech, affiliation.StatusClaimed), at(state, affiliation.StatusConfirmed)}, []string{"ALREADY_EXISTS institutionId"}},
		"it refuses when there are ten":               {entinstitution.StatusOpen, ten, []string{"LIMIT_REACHED"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := codesOf(t, canClaim(&ent.Institution{ID: state, Status: c.status}, c.live)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestCanMove(t *testing.T) {
	t.Parallel()
	approver := stage.Who(viewer.CareerStaff, viewer.RoleApprover, state)
	both := []string{"confirmAffiliation", "declineAffiliation"}
	end := []string{"endAffiliation"}
	all := append(slices.Clone(both), end...)
	cases := map[string]struct {
		v        viewer.Viewer
		verbs    []string
		status   affiliation.Status
		revision int
		want     []string
	}{
		"an approver on a claim":                      {approver, both, affiliation.StatusClaimed, 3, nil},
		"an approver on what is confirmed":            {approver, end, affiliation.StatusConfirmed, 3, nil},
		"the talent ends what is confirmed":           {talentOf(ada), end, affiliation.StatusConfirmed, 3, nil},
		"it refuses when the talent confirms":         {talentOf(ada), both, affiliation.StatusClaimed, 3, []string{"NOT_PERMITTED"}},
		"it refuses when another talent ends":         {talentOf(eve), all, affiliation.StatusConfirmed, 3, []string{"NOT_PERMITTED"}},
		"it refuses when staff only read":             {stage.Who(viewer.CareerStaff, viewer.RoleViewer, state), all, affiliation.StatusClaimed, 3, []string{"NOT_PERMITTED"}},
		"it refuses when other staff act":             {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, tech), all, affiliation.StatusClaimed, 3, []string{"NOT_PERMITTED"}},
		"it refuses when an employer acts":            {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), all, affiliation.StatusClaimed, 3, []string{"NOT_PERMITTED"}},
		"it refuses when an operator acts":            {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), all, affiliation.StatusClaimed, 3, []string{"NOT_PERMITTED"}},
		"it refuses when nobody has signed in":        {viewer.Public(), all, affiliation.StatusClaimed, 3, []string{"NOT_PERMITTED"}},
		"it refuses to decide what is confirmed":      {approver, both, affiliation.StatusConfirmed, 3, []string{"ILLEGAL_TRANSITION"}},
		"it refuses to move what is declined":         {approver, all, affiliation.StatusDeclined, 3, []string{"ILLEGAL_TRANSITION"}},
		"it refuses to move what has ended":           {approver, all, affiliation.StatusEnded, 3, []string{"ILLEGAL_TRANSITION"}},
		"it refuses to end a claim":                   {talentOf(ada), end, affiliation.StatusClaimed, 3, []string{"ILLEGAL_TRANSITION"}},
		"it refuses when the revision is stale":       {approver, both, affiliation.StatusClaimed, 2, []string{"STALE_REVISION expectedRevision"}},
		"it refuses the talent's stale revision too":  {talentOf(ada), end, affiliation.StatusConfirmed, 4, []string{"STALE_REVISION expectedRevision"}},
		"it refuses the status before the revision":   {approver, both, affiliation.StatusEnded, 2, []string{"ILLEGAL_TRANSITION"}},
		"it refuses strangers before it tells status": {talentOf(eve), all, affiliation.StatusEnded, 2, []string{"NOT_PERMITTED"}},
	}
	for name, c := range cases {
		for _, verb := range c.verbs {
			t.Run(verb+"/"+name, func(t *testing.T) {
				t.Parallel()
				a := &ent.Affiliation{TalentID: ada, InstitutionID: state, Status: c.status, Revision: 3}
				if got := codesOf(t, canMove(c.v, a, verb, c.revision)); !slices.Equal(got, c.want) {
					t.Errorf("got %v, want %v", got, c.want)
				}
			})
		}
	}
}

func TestADirectoryIsTheTalentsToLeave(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		v        viewer.Viewer
		status   affiliation.Status
		optedOut *time.Time
		revision int
		out      []string
		back     []string
	}{
		"the talent, of what is confirmed":   {talentOf(ada), affiliation.StatusConfirmed, nil, 3, nil, []string{"ALREADY_EXISTS affiliationId"}},
		"the talent, of what is claimed":     {talentOf(ada), affiliation.StatusClaimed, nil, 3, nil, []string{"ALREADY_EXISTS affiliationId"}},
		"the talent, who has opted out":      {talentOf(ada), affiliation.StatusConfirmed, &since, 3, []string{"ALREADY_EXISTS affiliationId"}, nil},
		"it refuses when it is over":         {talentOf(ada), affiliation.StatusEnded, nil, 3, []string{"ILLEGAL_TRANSITION"}, []string{"ILLEGAL_TRANSITION"}},
		"it refuses when it was declined":    {talentOf(ada), affiliation.StatusDeclined, nil, 3, []string{"ILLEGAL_TRANSITION"}, []string{"ILLEGAL_TRANSITION"}},
		"it refuses another talent":          {talentOf(eve), affiliation.StatusConfirmed, nil, 3, []string{"NOT_PERMITTED"}, []string{"NOT_PERMITTED"}},
		"it refuses the school's staff":      {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, state), affiliation.StatusConfirmed, nil, 3, []string{"NOT_PERMITTED"}, []string{"NOT_PERMITTED"}},
		"it refuses a revision that is past": {talentOf(ada), affiliation.StatusConfirmed, nil, 2, []string{"STALE_REVISION expectedRevision"}, []string{"STALE_REVISION expectedRevision"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := &ent.Affiliation{TalentID: ada, InstitutionID: state, Status: c.status, DirectoryOptedOutAt: c.optedOut, Revision: 3}
			if got := codesOf(t, canOptOut(c.v, a, c.revision)); !slices.Equal(got, c.out) {
				t.Errorf("to opt out: got %v, want %v", got, c.out)
			}
			if got := codesOf(t, canReturn(c.v, a, c.revision)); !slices.Equal(got, c.back) {
				t.Errorf("to return: got %v, want %v", got, c.back)
			}
		})
	}
}

func TestARefusalSaysWhatIsAllowed(t *testing.T) {
	t.Parallel()
	a := &ent.Affiliation{TalentID: ada, InstitutionID: state, Status: affiliation.StatusConfirmed, Revision: 3}
	var told *fault.IllegalTransitionError
	err := canMove(stage.Who(viewer.CareerStaff, viewer.RoleApprover, state), a, "confirmAffiliation", 3)
	if !errors.As(err, &told) || told.CurrentStatus != "CONFIRMED" || !slices.Equal(told.AllowedActions, []string{"endAffiliation"}) {
		t.Errorf("it answered %v, want CONFIRMED with endAffiliation", err)
	}
}

func TestAbilitiesSayWhatTheRuleSays(t *testing.T) {
	t.Parallel()
	a := &ent.Affiliation{TalentID: ada, InstitutionID: state, Status: affiliation.StatusConfirmed, Revision: 7}
	can := Abilities(talentOf(ada), a)
	if can.Confirm.Allowed || can.Decline.Allowed || !can.End.Allowed {
		t.Errorf("the talent may confirm %v, decline %v, end %v; want to end alone", can.Confirm, can.Decline, can.End)
	}
	a.Status = affiliation.StatusClaimed
	can = Abilities(stage.Who(viewer.CareerStaff, viewer.RoleApprover, state), a)
	if !can.Confirm.Allowed || !can.Decline.Allowed || can.End.Allowed || can.End.Reasons[0].Code != fault.CodeIllegalTransition {
		t.Errorf("staff may confirm %v, decline %v, end %v; want to decide", can.Confirm, can.Decline, can.End)
	}
}

func TestCompletenessOf(t *testing.T) {
	t.Parallel()
	url := "https://example.com"
	cases := map[string]struct {
		p       ent.TalentProfile
		percent int
		missing []ProfileField
	}{
		"nothing":    {ent.TalentProfile{}, 0, []ProfileField{ResumeURL, LinkedInURL}},
		"the resume": {ent.TalentProfile{ResumeURL: &url}, 50, []ProfileField{LinkedInURL}},
		"LinkedIn":   {ent.TalentProfile{LinkedinURL: &url}, 50, []ProfileField{ResumeURL}},
		"both":       {ent.TalentProfile{ResumeURL: &url, LinkedinURL: &url}, 100, []ProfileField{}},
	}
	for name, c := range cases {
		if got := CompletenessOf(&c.p); got.Percent != c.percent || !slices.Equal(got.Missing, c.missing) || got.Missing == nil {
			t.Errorf("%s: got %v, want %d %v", name, got, c.percent, c.missing)
		}
	}
	p := &ent.TalentProfile{ID: ada}
	if got := OwnCompleteness(talentOf(ada), p); got == nil || got.Percent != 0 {
		t.Errorf("their own: got %v", got)
	}
	if got := OwnCompleteness(stage.Who(viewer.CareerStaff, viewer.RoleAdmin, state), p); got != nil {
		t.Errorf("staff read %v", got)
	}
}

func TestWhatOthersRead(t *testing.T) {
	t.Parallel()
	nick := "Countess"
	long, short, called := "Ada Byron Lovelace", "Ada", &ent.TalentProfile{ID: ada, LegalName: "Ada Lovelace", PreferredName: &nick}
	member := stage.Who(viewer.EmployerMember, viewer.RoleRecruiter, acme)
	cases := map[string]struct {
		v       viewer.Viewer
		p       *ent.TalentProfile
		applied bool
		name    string
		contact bool
	}{
		"the talent":                            {talentOf(ada), &ent.TalentProfile{ID: ada, LegalName: long}, false, long, true},
		"an employer they applied to":           {member, &ent.TalentProfile{ID: ada, LegalName: long}, true, long, true},
		"staff of their institution":            {stage.Who(viewer.CareerStaff, viewer.RoleViewer, state), &ent.TalentProfile{ID: ada, LegalName: long}, true, long, false},
		"its staff for what is sensitive":       {stage.Who(viewer.CareerStaff, viewer.RoleSensitive, state), &ent.TalentProfile{ID: ada, LegalName: long}, true, long, true},
		"staff whom the talent lets read":       {stage.Who(viewer.CareerStaff, viewer.RoleSensitive, state), &ent.TalentProfile{ID: ada, LegalName: long}, false, "Ada L.", false},
		"an employer that looks around":         {member, &ent.TalentProfile{ID: ada, LegalName: long}, false, "Ada L.", false},
		"another talent":                        {talentOf(eve), &ent.TalentProfile{ID: ada, LegalName: "Ada Öberg"}, false, "Ada Ö.", false},
		"another talent, of a single name":      {talentOf(eve), &ent.TalentProfile{ID: ada, LegalName: short}, false, short, false},
		"another talent, by the preferred name": {talentOf(eve), called, false, nick, false},
		"the talent, by the preferred name":     {talentOf(ada), called, false, nick, true},
		"a talent cannot have been applied to":  {talentOf(eve), &ent.TalentProfile{ID: ada, LegalName: long}, true, "Ada L.", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := nameFor(c.v, c.p, c.applied); got != c.name {
				t.Errorf("the name is %q, want %q", got, c.name)
			}
			contact := contactFor(c.v, c.p, c.applied)
			if (contact != nil) != c.contact || contact != nil && contact.LegalName != c.p.LegalName {
				t.Errorf("the contact is %v, want one: %v", contact, c.contact)
			}
		})
	}
}
