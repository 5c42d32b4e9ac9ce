package consent

import (
	"slices"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	entconsent "github.com/rung-dev/rung/ent/gen/ent/consent"
	"github.com/rung-dev/rung/ent/gen/ent/disclosure"
	"github.com/rung-dev/rung/internal/career/directory"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	ada    = gid.ID{1, 15: byte(gid.Talent)}
	ben    = gid.ID{2, 15: byte(gid.Talent)}
	acme   = gid.ID{3, 15: byte(gid.Employer)}
	school = gid.ID{4, 15: byte(gid.Institution)}
	talent = viewer.Viewer{Kind: viewer.Talent, Talent: ada, Role: viewer.RoleTalent, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	owner  = viewer.Viewer{Kind: viewer.EmployerMember, Org: acme, Role: viewer.RoleOwner, Scopes: viewer.ScopesOf(viewer.RoleOwner)}
)

func codeOf(err error) fault.Code {
	if told, foreseen := fault.UserErrors(err); foreseen && len(told) > 0 {
		return told[0].GetCode()
	}
	return ""
}

func TestCanGrant(t *testing.T) {
	t.Parallel()
	in := RecordConsentInput{RecipientID: school, Purpose: entconsent.PurposeAdvising}
	same := []*ent.Consent{{RecipientID: school, Purpose: entconsent.PurposeAdvising}}
	other := []*ent.Consent{{RecipientID: school, Purpose: entconsent.PurposePlacement}}
	for name, c := range map[string]struct {
		v       viewer.Viewer
		granted []*ent.Consent
		want    fault.Code
	}{
		"the first":                 {talent, nil, ""},
		"another purpose":           {talent, other, ""},
		"it refuses an employer":    {owner, nil, fault.CodeNotPermitted},
		"it refuses the same again": {talent, same, fault.CodeAlreadyExists},
		"it refuses too many":       {talent, slices.Repeat(other, mostGranted), fault.CodeLimitReached},
	} {
		if got := codeOf(canGrant(c.v, c.granted, in)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestPurposes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of      gid.ID
		purpose entconsent.Purpose
		ok      bool
	}{
		{acme, entconsent.PurposeRecruiting, true},
		{acme, entconsent.PurposeAdvising, false},
		{school, entconsent.PurposeAdvising, true},
		{school, entconsent.PurposePlacement, true},
		{school, entconsent.PurposeRecruiting, false},
	} {
		if err := fits(classOf(c.of), c.purpose); (err == nil) != c.ok {
			t.Errorf("%s for %s: got %v", c.of, c.purpose, err)
		}
	}
}

func TestUntilWhen(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	for after, ok := range map[time.Duration]bool{-time.Hour: false, 0: false, time.Hour: true, mostTime: true, mostTime + time.Hour: false} {
		if err := checkEnd(now.Add(after), now); (err == nil) != ok {
			t.Errorf("%s from now: got %v", after, err)
		}
	}
}

func TestCanWithdraw(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		v    viewer.Viewer
		c    ent.Consent
		want fault.Code
	}{
		"the talent":                  {talent, ent.Consent{TalentID: ada, Status: entconsent.StatusGranted, Revision: 1}, ""},
		"it refuses the recipient":    {owner, ent.Consent{TalentID: ada, RecipientID: acme, Status: entconsent.StatusGranted, Revision: 1}, fault.CodeNotPermitted},
		"it refuses another talent":   {talent, ent.Consent{TalentID: ben, Status: entconsent.StatusGranted, Revision: 1}, fault.CodeNotPermitted},
		"it refuses what has expired": {talent, ent.Consent{TalentID: ada, Status: entconsent.StatusExpired, Revision: 1}, fault.CodeIllegalTransition},
		"it refuses a stale revision": {talent, ent.Consent{TalentID: ada, Status: entconsent.StatusGranted, Revision: 2}, fault.CodeStaleRevision},
	} {
		if got := codeOf(canWithdraw(c.v, &c.c, 1)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// What is one's own is disclosed to nobody, and neither is how an application stands.
func TestWhatIsDisclosed(t *testing.T) {
	t.Parallel()
	asked := map[string][]string{
		"TalentProfile": {"id", "headline", "headline", "revision"}, "Application": {"status", "packet"}, "Engagement": {"status"},
	}
	read := func(isOperator bool) *Reads {
		r := &Reads{of: map[gid.ID]map[string]bool{}}
		r.note([]*ent.TalentProfile{{ID: ada}, {ID: ben}}, isOperator)
		r.note([]*ent.Application{{TalentID: ben}}, isOperator)
		r.note([]*ent.Engagement{{TalentID: ben}}, isOperator)
		r.note([]*ent.Skill{{}}, isOperator)
		r.note(3, isOperator)
		return r
	}
	got := read(false).fields(owner, asked)
	if want := []string{"Application.packet", "TalentProfile.headline"}; !slices.Equal(got[ben], want) || !slices.Equal(got[ada], want[1:]) {
		t.Errorf("to an employer: got %v", got)
	}
	if got := read(false).fields(talent, asked); got[ada] != nil || got[ben] == nil {
		t.Errorf("to the talent: got %v", got)
	}
	operator := viewer.Viewer{Kind: viewer.Operator}
	if got := read(true).fields(operator, asked)[ben]; !slices.Contains(got, "Engagement.status") || !slices.Contains(got, "Application.status") {
		t.Errorf("to an operator: got %v", got)
	}
	if kind, party := partyOf(owner); kind != disclosure.PartyKindEmployer || party != acme {
		t.Errorf("the party is %s %s", kind, party)
	}
}

// What a directory tells is written down with its notice, as far as it is designated
// and was asked for; a school's own staff need no ground.
func TestWhatADirectoryTells(t *testing.T) {
	t.Parallel()
	notice := gid.ID{5, 15: byte(gid.DirectoryNotice)}
	told := func(id gid.ID) *directory.DirectoryEntry {
		return &directory.DirectoryEntry{TalentID: id, InstitutionID: school, NoticeID: notice, Told: []directory.DirectoryField{directory.Name, directory.Major}}
	}
	r := &Reads{of: map[gid.ID]map[string]bool{}}
	r.note([]*directory.DirectoryEntry{told(ada), told(ben)}, false)
	r.note([]*directory.DirectoryEntry{told(ada)}, false)
	asked := map[string][]string{"DirectoryEntry": {"name", "headline", "major", "talent"}, "TalentProfile": {"headline"}}
	got := r.listed(owner, asked)
	if len(got) != 2 || got[0].talent != ada || got[0].basis != notice || got[0].purpose != disclosure.PurposeDirectory ||
		!slices.Equal(got[0].fields, []string{"DirectoryEntry.major", "DirectoryEntry.name"}) || got[1].talent != ben {
		t.Errorf("to an employer: got %+v", got)
	}
	if got := r.fields(owner, asked); len(got) != 0 {
		t.Errorf("no profile was read, and it says %v", got)
	}
	staff := viewer.Viewer{Kind: viewer.CareerStaff, Org: school}
	if got := r.listed(staff, asked); len(got) != 0 {
		t.Errorf("to the school's own staff: got %+v", got)
	}
	if got := r.listed(owner, map[string][]string{"DirectoryEntry": {"headline"}}); len(got) != 0 {
		t.Errorf("of what is not designated: got %+v", got)
	}
	found := told(ada)
	found.FoundBy = []directory.DirectoryField{directory.Major}
	r.note([]*directory.DirectoryEntry{found}, false)
	got = r.listed(owner, map[string][]string{"DirectoryEntry": {"name"}})
	if !slices.Equal(got[0].fields, []string{"DirectoryEntry.major", "DirectoryEntry.name"}) || !slices.Equal(got[1].fields, []string{"DirectoryEntry.name"}) {
		t.Errorf("found by a major, which is then known too: got %+v", got)
	}
}
