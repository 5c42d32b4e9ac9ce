package directory

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	entevent "github.com/rung-dev/rung/ent/gen/ent/event"
	"github.com/rung-dev/rung/ent/gen/ent/feedentry"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{"directory_notices", "affiliations", "jobs"}

var seal = page.NewSeal([]byte("a key of the tests"))

// each sets a scene on each engine: Campus has an administrator, has approved Acme, and
// has confirmed Ada a while ago.
func each(t *testing.T, test func(s *stage.Scene, admin viewer.Viewer)) {
	t.Helper()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) {
		s := stage.Set(t, h)
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.InstitutionLink, error) {
			return tx.InstitutionLink.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.Acme).SetEmployerOrgID(s.Acme).SetInstitutionID(s.Campus).
				SetStatus(institutionlink.StatusApproved).SetRequestedAt(tx.Now).SetDecidedAt(tx.Now).Save(ctx)
		})
		s.Clock.Skip(optOutTime)
		test(s, s.Seat("admin", s.Campus, viewer.RoleAdmin))
	})
}

// announces is a notice of the scene's school.
func announces(s *stage.Scene, admin viewer.Viewer, in AnnounceDirectoryInformationInput) gid.ID {
	s.Helper()
	in.NoticeURL = "https://campus.example/directory"
	id, err := AnnounceDirectoryInformation(stage.As(s, admin, announce), s.DB, in)
	if err != nil {
		s.Fatal(err)
	}
	return id
}

// reads are the names in the school's directory, and how many it counts.
func reads(s *stage.Scene, v viewer.Viewer, filter *DirectoryFilter) []string {
	s.Helper()
	ctx := viewer.With(s.Context(), v)
	c, err := List(ctx, s.DB, seal, page.Args{}, s.Campus, filter, nil)
	if err != nil {
		s.Fatal(err)
	}
	found := []string{}
	for _, e := range c.Nodes {
		name := "-"
		if e.Name != nil {
			name = *e.Name
		}
		found = append(found, name)
	}
	counts, err := page.Counts(ctx, []*DirectoryEntryConnection{c}, nil)
	if err != nil || counts[0].Value != len(found) {
		s.Errorf("it counts %v of %d, %v", counts[0], len(found), err)
	}
	slices.Sort(found)
	return found
}

func TestADirectoryIsReadOnceItsNoticeHasTakenEffect(t *testing.T) {
	t.Parallel()
	each(t, func(s *stage.Scene, admin viewer.Viewer) {
		stage.Equal(s, "without a notice", reads(s, s.Recruiter, nil), []string{})
		first := announces(s, admin, AnnounceDirectoryInformationInput{Fields: []DirectoryField{Name}})
		s.Affiliate(s.Foreigner, s.Campus)
		stage.Equal(s, "before it takes effect", reads(s, s.Recruiter, nil), []string{})
		s.Clock.Skip(optOutTime)
		ada, both := []string{"Ada"}, []string{"Ada", "Eve"}
		stage.Equal(s, "from then on", reads(s, s.Recruiter, nil), both)
		stage.Equal(s, "by the school's own staff", reads(s, s.Staff, nil), both)
		for name, v := range map[string]viewer.Viewer{
			"another employer": s.Stranger, "another school": s.Outsider, "a talent of the school": s.Ada, "nobody": viewer.Public(),
		} {
			stage.Equal(s, "by "+name, reads(s, v, nil), []string{})
		}
		late := s.Talent("Zoe")
		s.Affiliate(late, s.Campus)
		s.Clock.Skip(optOutTime - time.Hour)
		stage.Equal(s, "before a new talent had time to opt out", reads(s, s.Recruiter, nil), both)
		s.Clock.Skip(2 * time.Hour)
		stage.Equal(s, "after it", reads(s, s.Recruiter, nil), append(both, "Zoe"))
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.Affiliation.Update().Where(affiliation.TalentIDIn(late.Talent, s.Foreigner.Talent)).SetDirectoryOptedOutAt(tx.Now).Save(ctx)
		})
		stage.Equal(s, "of those who did not opt out", reads(s, s.Recruiter, nil), ada)
		second := announces(s, admin, AnnounceDirectoryInformationInput{Fields: []DirectoryField{Name, Headline}, ReplacesID: &first})
		stage.Equal(s, "what goes on, beside what waits", reads(s, s.Recruiter, nil), ada)
		third := announces(s, admin, AnnounceDirectoryInformationInput{Fields: []DirectoryField{Headline}, ReplacesID: &second})
		stage.Equal(s, "nothing of what was left out", reads(s, s.Recruiter, nil), []string{})
		s.Clock.Skip(optOutTime)
		stage.Equal(s, "what is designated alone", reads(s, s.Recruiter, nil), []string{"-"})
		if _, err := WithdrawDirectoryInformation(stage.As(s, admin, withdraw), s.DB, WithdrawDirectoryInformationInput{DirectoryNoticeID: third, ExpectedRevision: 1}); err != nil {
			s.Fatal(err)
		}
		stage.Equal(s, "nothing once it is withdrawn", reads(s, s.Recruiter, nil), []string{})
	})
}

func TestADirectoryIsFoundByWhatItTells(t *testing.T) {
	t.Parallel()
	each(t, func(s *stage.Scene, admin viewer.Viewer) {
		elsewhere := s.Institution("Far")
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
			for i, study := range []struct {
				at    gid.ID
				major string
				level educationrecord.Level
			}{
				{s.Campus, "Physics", educationrecord.LevelBachelor}, {s.Campus, "Law", educationrecord.LevelMaster}, {elsewhere, "Art", educationrecord.LevelDoctorate},
			} {
				// Apart, so that one of them is the last.
				id, err := gid.New(gid.Education, tx.Now.Add(time.Duration(i)*time.Minute), zeros{})
				if err != nil {
					return gid.None, err
				}
				if err := tx.EducationRecord.Create().SetID(id).SetTalentID(s.Ada.Talent).SetInstitutionID(study.at).SetLevel(study.level).
					SetMajor(study.major).SetGraduatesOn("2027-05-14").Exec(ctx); err != nil {
					return gid.None, err
				}
			}
			return gid.None, tx.TalentProfile.UpdateOneID(s.Ada.Talent).SetLocation("Flagstaff").Exec(ctx)
		})
		all := announces(s, admin, AnnounceDirectoryInformationInput{Fields: every})
		s.Clock.Skip(optOutTime)
		said := func(word string) *string { return &word }
		from, before := calendar.Date("2027-05-14"), calendar.Date("2027-05-15")
		filters := map[string]struct {
			f     *DirectoryFilter
			finds bool
		}{
			"by the last course there":     {&DirectoryFilter{Major: said("Law")}, true},
			"by an earlier one":            {&DirectoryFilter{Major: said("Physics")}, false},
			"by one elsewhere":             {&DirectoryFilter{Major: said("Art")}, false},
			"by its degree":                {&DirectoryFilter{DegreeLevel: []educationrecord.Level{educationrecord.LevelBachelor, educationrecord.LevelMaster}}, true},
			"by another degree":            {&DirectoryFilter{DegreeLevel: []educationrecord.Level{educationrecord.LevelBachelor}}, false},
			"by no degree":                 {&DirectoryFilter{DegreeLevel: []educationrecord.Level{}}, false},
			"by the day":                   {&DirectoryFilter{GraduatesOn: &DateRange{Gte: &from, Lt: &before}}, true},
			"before the day":               {&DirectoryFilter{GraduatesOn: &DateRange{Lt: &from}}, false},
			"by the place":                 {&DirectoryFilter{Location: said("Flagstaff")}, true},
			"by another place":             {&DirectoryFilter{Location: said("Flag")}, false},
			"by all, of which one is off":  {&DirectoryFilter{Major: said("Law"), Location: said("Flag")}, false},
			"by all, of which each is so":  {&DirectoryFilter{Major: said("Law"), Location: said("Flagstaff"), GraduatesOn: &DateRange{Gte: &from}}, true},
			"by nothing, which all fulfil": {&DirectoryFilter{}, true},
		}
		for name, c := range filters {
			want := []string{}
			if c.finds {
				want = append(want, "Ada")
			}
			stage.Equal(s, name, reads(s, s.Recruiter, c.f), want)
		}
		announces(s, admin, AnnounceDirectoryInformationInput{Fields: []DirectoryField{Name}, ReplacesID: &all})
		for name, c := range filters {
			want := []string{}
			if name == "by nothing, which all fulfil" {
				want = append(want, "Ada")
			}
			stage.Equal(s, name+", where only the name is told", reads(s, s.Recruiter, c.f), want)
		}
	})
}

// zeros is a source of ids that differ by their instant alone.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestEverybodyIsToldOfANoticeOnce(t *testing.T) {
	t.Parallel()
	each(t, func(s *stage.Scene, admin viewer.Viewer) {
		many := belong(s, 2*toldAtOnce-1) // with Ada, two changes are full, and a third finds nobody
		claimed := s.Talent("Zoe")
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Affiliation, error) {
			return tx.Affiliation.Create().SetWorldID(tx.World()).SetTalentID(claimed.Talent).SetInstitutionID(s.Campus).SetClaimedName("Zoe").Save(ctx)
		})
		n := announces(s, admin, AnnounceDirectoryInformationInput{Fields: []DirectoryField{Name}})
		for range 4 {
			if err := Tell(s.Worker(), s.DB, job.Work{World: gid.LiveWorld, Subject: n}); err != nil {
				s.Fatal(err)
			}
		}
		if got := s.DB.Read.Event.Query().Where(entevent.Kind(string(event.DirectoryNoticeTold))).CountX(stage.All(s)); got != 2 {
			s.Errorf("it took %d changes, want 2", got)
		}
		for who, want := range map[gid.ID]int{many[0]: 1, many[len(many)-1]: 1, s.Ada.Talent: 1, claimed.Talent: 0, s.Foreigner.Talent: 0} {
			if got := s.DB.Read.FeedEntry.Query().Where(feedentry.PartyID(who)).CountX(stage.All(s)); got != want {
				s.Errorf("%s hears of it %d times, want %d", who, got, want)
			}
		}
	})
}

// belong are n talents whom the scene's school has confirmed.
func belong(s *stage.Scene, n int) []gid.ID {
	s.Helper()
	return stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) ([]gid.ID, error) {
		var all []gid.ID
		for i := range n {
			name := "Talent " + strconv.Itoa(i)
			who, err := tx.Person.Create().SetName(name).Save(ctx)
			if err != nil {
				return nil, err
			}
			p, err := tx.TalentProfile.Create().SetWorldID(tx.World()).SetPersonID(who.ID).SetLegalName(name).Save(ctx)
			if err != nil {
				return nil, err
			}
			if err := tx.Affiliation.Create().SetWorldID(tx.World()).SetTalentID(p.ID).SetInstitutionID(s.Campus).
				SetStatus(affiliation.StatusConfirmed).SetClaimedName(name).SetDecidedAt(tx.Now).Exec(ctx); err != nil {
				return nil, err
			}
			all = append(all, p.ID)
		}
		return all, nil
	})
}

func TestNobodyIsToldOfANoticeThatHasEnded(t *testing.T) {
	t.Parallel()
	each(t, func(s *stage.Scene, admin viewer.Viewer) {
		n := announces(s, admin, AnnounceDirectoryInformationInput{Fields: []DirectoryField{Name}})
		if _, err := WithdrawDirectoryInformation(stage.As(s, admin, withdraw), s.DB, WithdrawDirectoryInformationInput{DirectoryNoticeID: n, ExpectedRevision: 1}); err != nil {
			s.Fatal(err)
		}
		if err := Tell(s.Worker(), s.DB, job.Work{World: gid.LiveWorld, Subject: n}); err != nil {
			s.Fatal(err)
		}
		if got := s.DB.Read.FeedEntry.Query().Where(feedentry.PartyID(s.Ada.Talent)).CountX(stage.All(s)); got != 0 {
			s.Errorf("a talent hears of it %d times", got)
		}
	})
}
