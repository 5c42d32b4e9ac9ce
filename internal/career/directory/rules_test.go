package directory

import (
	"slices"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/directorynotice"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	campus    = gid.ID{14: 1, 15: byte(gid.Institution)}
	elsewhere = gid.ID{14: 2, 15: byte(gid.Institution)}
	acme      = gid.ID{14: 3, 15: byte(gid.Employer)}
	admin     = stage.Who(viewer.CareerStaff, viewer.RoleAdmin, campus)
	now       = time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
)

const (
	stands     = directorynotice.StatusAnnounced
	superseded = directorynotice.StatusReplaced
	withdrawn  = directorynotice.StatusWithdrawn
)

func TestWhoAnnounces(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		v    viewer.Viewer
		code fault.Code
	}{
		"it allows an administrator":    {admin, ""},
		"it refuses an approver":        {stage.Who(viewer.CareerStaff, viewer.RoleApprover, campus), fault.CodeNotPermitted},
		"it refuses an employer":        {stage.Who(viewer.EmployerMember, viewer.RoleOwner, acme), fault.CodeNotPermitted},
		"it refuses a talent":           {stage.Who(viewer.Talent, viewer.RoleTalent, gid.None), fault.CodeNotPermitted},
		"it refuses an operator":        {stage.Who(viewer.Operator, viewer.RoleOperator, gid.LiveWorld), fault.CodeNotPermitted},
		"it refuses the system's hands": {viewer.System("a test"), fault.CodeNotPermitted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage.Answers(t, canAnnounce(c.v), c.code, "")
		})
	}
}

func TestWhoEndsANotice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		v        viewer.Viewer
		at       directorynotice.Status
		revision int
		code     fault.Code
		path     string
	}{
		"it allows an administrator":                    {admin, stands, 1, "", ""},
		"it refuses an approver":                        {stage.Who(viewer.CareerStaff, viewer.RoleApprover, campus), stands, 1, fault.CodeNotPermitted, ""},
		"it refuses an administrator of another school": {stage.Who(viewer.CareerStaff, viewer.RoleAdmin, elsewhere), stands, 1, fault.CodeNotPermitted, ""},
		"it refuses what was replaced":                  {admin, superseded, 1, fault.CodeIllegalTransition, ""},
		"it refuses what was withdrawn":                 {admin, withdrawn, 1, fault.CodeIllegalTransition, ""},
		"it refuses what was read as another":           {admin, stands, 2, fault.CodeStaleRevision, "expectedRevision"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := &ent.DirectoryNotice{InstitutionID: campus, Status: c.at, Revision: 1}
			stage.Answers(t, canWithdraw(c.v, n, c.revision), c.code, c.path)
			if c.code != fault.CodeStaleRevision {
				stage.Answers(t, canReplace(c.v, n), c.code, "")
			}
		})
	}
}

func TestWhoeverAnnouncesKnowsOfTheNoticeThatStands(t *testing.T) {
	t.Parallel()
	id := gid.ID{15: byte(gid.DirectoryNotice)}
	live := &ent.DirectoryNotice{ID: id}
	stage.Answers(t, canFollow(nil, nil), "", "")
	stage.Answers(t, canFollow(live, &id), "", "")
	stage.Answers(t, canFollow(live, nil), fault.CodeAlreadyExists, "replacesId")
}

// noticeOf designates some fields from an instant on, of which some go on from before.
func noticeOf(effective time.Time, kept []DirectoryField, designated ...DirectoryField) *ent.DirectoryNotice {
	return &ent.DirectoryNotice{Status: stands, Designated: words(designated), Kept: words(kept), EffectiveAt: effective}
}

func TestWhatIsShownWhen(t *testing.T) {
	t.Parallel()
	ended := noticeOf(now.Add(-time.Hour), nil, Name)
	ended.EndedAt = &now
	for name, c := range map[string]struct {
		n    *ent.DirectoryNotice
		want []DirectoryField
	}{
		"without a notice, nothing":                    {nil, []DirectoryField{}},
		"before it takes effect, nothing":              {noticeOf(now.Add(time.Millisecond), nil, Name, Major), []DirectoryField{}},
		"before it takes effect, what went on":         {noticeOf(now.Add(time.Hour), []DirectoryField{Name}, Name, Major), []DirectoryField{Name}},
		"from the instant on, everything":              {noticeOf(now, nil, Major, Name), []DirectoryField{Name, Major}},
		"of a notice that has ended, nothing any more": {ended, []DirectoryField{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := ShownAt(c.n, now); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestWhatIsAnnounced(t *testing.T) {
	t.Parallel()
	const url = "https://campus.example/directory"
	in := func(days int) *time.Time { at := now.AddDate(0, 0, days); return &at }
	told := noticeOf(now.Add(-time.Hour), nil, Name, Major)
	pending := noticeOf(now.Add(time.Hour), []DirectoryField{Name}, Name, Major)
	for name, c := range map[string]struct {
		live      *ent.DirectoryNotice
		fields    []DirectoryField
		url       string
		at        *time.Time
		code      fault.Code
		path      string
		kept      []DirectoryField
		effective time.Time
	}{
		"the first waits for 14 days":               {fields: []DirectoryField{Name}, url: url, effective: *in(14)},
		"it may wait longer":                        {fields: []DirectoryField{Name}, url: url, at: in(30), effective: *in(30)},
		"it may wait for 14 days to the instant":    {fields: []DirectoryField{Name}, url: url, at: in(14), effective: *in(14)},
		"what stays goes on, what is new waits":     {live: told, fields: []DirectoryField{Name, Headline}, url: url, kept: []DirectoryField{Name}, effective: *in(14)},
		"what is only left out is gone at once":     {live: told, fields: []DirectoryField{Major}, url: url, kept: []DirectoryField{Major}, effective: now},
		"what has not been told yet waits again":    {live: pending, fields: []DirectoryField{Name, Major}, url: url, kept: []DirectoryField{Name}, effective: *in(14)},
		"an address may shout":                      {fields: []DirectoryField{Name}, url: "HTTPS://CAMPUS.EXAMPLE", effective: *in(14)},
		"it refuses less than 14 days":              {fields: []DirectoryField{Name}, url: url, at: in(13), code: fault.CodeInvalidValue, path: "effectiveAt"},
		"it refuses more than a year":               {fields: []DirectoryField{Name}, url: url, at: in(366), code: fault.CodeInvalidValue, path: "effectiveAt"},
		"it refuses to wait for nothing":            {live: told, fields: []DirectoryField{Name}, url: url, at: in(20), code: fault.CodeInvalidValue, path: "effectiveAt"},
		"it refuses no field":                       {url: url, code: fault.CodeInvalidValue, path: "fields"},
		"it refuses a field twice":                  {fields: []DirectoryField{Name, Major, Name}, url: url, code: fault.CodeInvalidValue, path: "fields"},
		"it refuses an address that nobody secures": {fields: []DirectoryField{Name}, url: "http://campus.example", code: fault.CodeInvalidValue, path: "noticeUrl"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := AnnounceDirectoryInformationInput{Fields: c.fields, NoticeURL: c.url, EffectiveAt: c.at}.read(c.live, now)
			stage.Answers(t, err, c.code, c.path)
			if err == nil && (!slices.Equal(p.kept, c.kept) || !p.effectiveAt.Equal(c.effective)) {
				t.Errorf("it keeps %v and takes effect on %s, want %v and %s", p.kept, p.effectiveAt, c.kept, c.effective)
			}
		})
	}
}

func TestAFilterFitsWhatIsTold(t *testing.T) {
	t.Parallel()
	word := "x"
	for name, c := range map[string]struct {
		f    *DirectoryFilter
		need DirectoryField
	}{
		"by major": {&DirectoryFilter{Major: &word}, Major}, "by degree": {&DirectoryFilter{DegreeLevel: []educationrecord.Level{}}, DegreeLevel},
		"by day": {&DirectoryFilter{GraduatesOn: &DateRange{}}, GraduatesOn}, "by place": {&DirectoryFilter{Location: &word}, Location},
	} {
		others := slices.DeleteFunc(slices.Clone(every), func(f DirectoryField) bool { return f == c.need })
		if !c.f.fits([]DirectoryField{c.need}) || c.f.fits(others) {
			t.Errorf("%s: it needs more or less than %s", name, c.need)
		}
	}
	var none *DirectoryFilter
	if !none.fits(nil) {
		t.Error("no filter needs something")
	}
}

func TestAnEntryTellsWhatIsDesignatedAlone(t *testing.T) {
	t.Parallel()
	preferred, headline, place, day := "Ada", "A student", "Flagstaff", calendar.Date("2027-05-14")
	p := &ent.TalentProfile{LegalName: "Augusta Ada King", Headline: &headline, Location: &place}
	study := &ent.EducationRecord{Major: "Mathematics", Level: educationrecord.LevelBachelor, GraduatesOn: &day}
	for _, f := range every {
		d := &DirectoryEntry{Told: []DirectoryField{f}}
		d.tell(p, study)
		got := map[DirectoryField]bool{
			Name: d.Name != nil, Major: d.Major != nil, DegreeLevel: d.DegreeLevel != nil, GraduatesOn: d.GraduatesOn != nil,
			Location: d.Location != nil, Headline: d.Headline != nil,
		}
		for _, other := range every {
			if got[other] != (other == f) {
				t.Errorf("where %s is designated, it tells %s: %v", f, other, got[other])
			}
		}
		if told := d.FieldsTold([]string{"name", "major", "degreeLevel", "graduatesOn", "location", "headline", "talent"}); len(told) != 1 || told[0] != names[f] {
			t.Errorf("the ledger names %v for %s", told, f)
		}
	}
	d := &DirectoryEntry{Told: every}
	if d.tell(p, nil); *d.Name != p.LegalName || d.Major != nil {
		t.Errorf("without a study or another name it tells %q and %v", *d.Name, d.Major)
	}
	p.PreferredName = &preferred
	if d.tell(p, study); *d.Name != "Ada" {
		t.Errorf("it tells the name %q", *d.Name)
	}
}
