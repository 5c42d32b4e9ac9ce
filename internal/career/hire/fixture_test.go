package hire

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/feedentry"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// clock moves on by a millisecond with each look, so that changes have an order.
type clock struct{ ms atomic.Int64 }

func (c *clock) now() time.Time { return time.UnixMilli(c.ms.Add(1)).UTC() }

// on moves the clock to nine in the morning of a day.
func (c *clock) on(day string) {
	at, err := time.Parse(time.DateTime, day+" 09:00:00")
	if err != nil {
		panic(err)
	}
	c.ms.Store(at.UnixMilli())
}

// scene is an employer with its people, a talent with a school, and another
// employer and talent who have no part in what they do.
type scene struct {
	*testing.T
	db    *store.DB
	clock *clock

	acme, campus                             gid.ID
	owner, recruiter, supervisor, ada, staff viewer.Viewer
	stranger, foreigner, outsider            viewer.Viewer // of another employer, another talent, other staff
}

// each sets the scene on both engines and runs the test there.
func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	for _, name := range storetest.Engines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(open(t, name))
		})
	}
}

func open(t *testing.T, engine string) *scene {
	t.Helper()
	c := &clock{}
	c.on("2026-03-02")
	s := &scene{T: t, clock: c, db: storetest.Open(t, engine, store.WithClock(c.now))}
	s.acme, s.campus = s.employer("Acme"), s.institution("Campus")
	s.owner = s.member("owner", s.acme, viewer.RoleOwner)
	s.recruiter = s.member("recruiter", s.acme, viewer.RoleRecruiter)
	s.supervisor = s.member("supervisor", s.acme, viewer.RoleSupervisor)
	s.staff = s.member("staff", s.campus, viewer.RoleViewer)
	s.outsider = s.member("outsider", s.institution("Elsewhere"), viewer.RoleViewer)
	s.stranger = s.member("stranger", s.employer("Zenith"), viewer.RoleOwner)
	s.ada, s.foreigner = s.talent("Ada"), s.talent("Eve")
	s.affiliate(s.ada, s.campus)
	return s
}

// made changes something as the system.
func made[R any](s *scene, change func(context.Context, *store.Tx) (R, error)) R {
	s.Helper()
	ctx := s.as(viewer.System("a test sets the scene").In(gid.LiveWorld), "fixture")
	made, err := store.Write(ctx, s.db, func(tx *store.Tx) (R, error) { return change(ctx, tx) })
	if err != nil {
		s.Fatal(err)
	}
	return made
}

func (s *scene) employer(name string) gid.ID {
	return made(s, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		e, err := tx.Employer.Create().SetWorldID(tx.World()).SetName(name).SetNameFolded(strings.ToLower(name)).
			SetOrigin(employer.OriginRegistered).SetStatus(employer.StatusVerified).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return e.ID, nil
	})
}

func (s *scene) institution(name string) gid.ID {
	return made(s, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		i, err := tx.Institution.Create().SetWorldID(tx.World()).SetName(name).SetNameFolded(strings.ToLower(name)).
			SetCountryCode("US").SetStatus(institution.StatusOpen).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return i.ID, nil
	})
}

func (s *scene) person(name string) gid.ID {
	return made(s, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		p, err := tx.Person.Create().SetName(name).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return p.ID, nil
	})
}

func (s *scene) member(name string, org gid.ID, role viewer.Role) viewer.Viewer {
	kind := viewer.EmployerMember
	if org.Noun() == gid.Institution {
		kind = viewer.CareerStaff
	}
	v := viewer.Viewer{Kind: kind, World: gid.LiveWorld, Org: org, Role: role, Scopes: viewer.ScopesOf(role), Person: s.person(name), Subject: name}
	made(s, func(ctx context.Context, tx *store.Tx) (int, error) {
		return 0, tx.Membership.Create().SetWorldID(tx.World()).SetPersonID(v.Person).SetOrganizationID(org).
			SetRole(membership.Role(role)).Exec(ctx)
	})
	return v
}

func (s *scene) talent(name string) viewer.Viewer {
	v := viewer.Viewer{
		Kind: viewer.Talent, World: gid.LiveWorld, Role: viewer.RoleTalent, Scopes: viewer.ScopesOf(viewer.RoleTalent),
		Person: s.person(name), Subject: name,
	}
	v.Talent = made(s, func(ctx context.Context, tx *store.Tx) (gid.ID, error) {
		t, err := tx.TalentProfile.Create().SetWorldID(tx.World()).SetPersonID(v.Person).SetLegalName(name).
			SetResumeURL("https://example.com/resume.pdf").SetLinkedinURL("https://www.linkedin.com/in/someone").
			SetVisibility(talentprofile.VisibilityPrivate).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return t.ID, nil
	})
	return v
}

func (s *scene) affiliate(v viewer.Viewer, school gid.ID) {
	made(s, func(ctx context.Context, tx *store.Tx) (int, error) {
		return 0, tx.Affiliation.Create().SetWorldID(tx.World()).SetTalentID(v.Talent).SetInstitutionID(school).
			SetStatus(affiliation.StatusConfirmed).SetClaimedName("Ada").SetDecidedAt(tx.Now).Exec(ctx)
	})
}

// completed is an engagement of Ada's with Acme, with all that led to it. The
// project was published on 2 March, the offer answered on 5 March.
func (s *scene) completed() *ent.Engagement {
	return made(s, func(ctx context.Context, tx *store.Tx) (*ent.Engagement, error) {
		published, answered := tx.Now, tx.Now.AddDate(0, 0, 3)
		p, err := tx.MicroProject.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.acme).SetEmployerOrgID(s.acme).
			SetDraftedByID(s.recruiter.Person).SetTitle("A study").SetTitleFolded("a study").SetBrief("What to find out.").
			SetStatus(microproject.StatusCompleted).SetHours(20).SetFeeMinor(50_000).SetCurrency("EUR").
			SetWorkplace(microproject.WorkplaceRemote).SetPublishedAt(published).SetEndedAt(tx.Now).Save(ctx)
		if err != nil {
			return nil, err
		}
		a, err := tx.Application.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.acme).SetEmployerOrgID(s.acme).
			SetMicroProjectID(p.ID).SetTalentID(s.ada.Talent).SetStatus(application.StatusAccepted).SetNote("I can do this.").
			SetPacketName("Ada").SetPacketResumeURL("https://example.com").SetPacketLinkedinURL("https://example.com").
			SetPacketSkills([]string{}).SetSubmittedAt(tx.Now).Save(ctx)
		if err != nil {
			return nil, err
		}
		o, err := tx.Offer.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.acme).SetEmployerOrgID(s.acme).
			SetMicroProjectID(p.ID).SetApplicationID(a.ID).SetTalentID(s.ada.Talent).SetStatus(offer.StatusSigned).SetSeat(1).
			SetFeeMinor(50_000).SetCurrency("EUR").SetHours(20).SetStartsOn("2026-03-09").SetEndsOn("2026-03-20").
			SetSentAt(tx.Now).SetAnsweredAt(answered).Save(ctx)
		if err != nil {
			return nil, err
		}
		return tx.Engagement.Create().SetWorldID(tx.World()).SetOwnerOrgID(s.acme).SetEmployerOrgID(s.acme).
			SetMicroProjectID(p.ID).SetOfferID(o.ID).SetTalentID(s.ada.Talent).SetStatus(engagement.StatusCompleted).
			SetStartsOn("2026-03-09").SetEndsOn("2026-03-20").SetStartedAt(tx.Now).SetCompletedAt(tx.Now).Save(ctx)
	})
}

// as is the context of one request.
func (s *scene) as(v viewer.Viewer, verb string) context.Context {
	return viewer.WithRequest(viewer.With(s.Context(), v), &viewer.Request{ID: "t", Verb: verb})
}

func (s *scene) all() context.Context {
	return viewer.With(s.Context(), viewer.System("a test looks at everything"))
}

// must is what somebody did, which must not be refused.
func must[I, R any](s *scene, v viewer.Viewer, do func(context.Context, *store.DB, I) (R, error), in I) R {
	s.Helper()
	done, err := do(s.as(v, "must"), s.db, in)
	if err != nil {
		s.Fatalf("%T was refused: %v", in, err)
	}
	return done
}

// does is must, and compares the events that happened: their kinds with their
// parties.
func does[I, R any](s *scene, v viewer.Viewer, do func(context.Context, *store.DB, I) (R, error), in I, want ...string) R {
	s.Helper()
	before, audited := len(s.events()), len(s.audit())
	done, err := do(s.as(v, fmt.Sprintf("%T", in)), s.db, in)
	if err != nil {
		s.Fatalf("%T was refused: %v", in, err)
	}
	if got := s.events()[before:]; !slices.Equal(got, want) {
		s.Errorf("%T\n got %s\nwant %s", in, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	rows := s.audit()[audited:]
	if len(rows) != 1 || rows[0].Verb != fmt.Sprintf("%T", in) || rows[0].PersonID != v.Person || rows[0].Outcome != "DONE" || len(rows[0].Subjects) == 0 {
		s.Errorf("%T: the audit says %v", in, rows)
	}
	return done
}

// refuses is what must be answered with the code about the input field, and
// must change nothing. A refusal of permission leaves an audit row.
func refuses[I, R any](s *scene, v viewer.Viewer, do func(context.Context, *store.DB, I) (R, error), in I, code fault.Code, path string) {
	s.Helper()
	before, audited := s.everything(), len(s.audit())
	_, err := do(s.as(v, "refused"), s.db, in)
	told, _ := fault.UserErrors(err)
	if len(told) == 0 || told[0].GetCode() != code || strings.Join(told[0].GetPath(), ".") != path {
		s.Fatalf("%T answered %v, want %s about %q", in, err, code, path)
	}
	if s.everything() != before {
		s.Errorf("%T changed something", in)
	}
	rows := s.audit()[audited:]
	if isAudited := len(rows) == 1 && rows[0].Outcome == "REFUSED"; isAudited != (code == fault.CodeNotPermitted) || len(rows) > 1 {
		s.Errorf("%T: the audit says %v", in, rows)
	}
}

// hears writes an event as events does. Parties: e(mployer), t(alent), i(nstitution), and w(orld).
func hears(parties string, kinds ...event.Kind) []string {
	written := make([]string, len(kinds))
	for i, kind := range kinds {
		written[i] = string(kind) + " " + parties
	}
	return written
}

// events are all that happened, in order, each with its parties. It checks that
// no feed has a gap.
func (s *scene) events() []string {
	s.Helper()
	entries, err := s.db.Read.FeedEntry.Query().WithEvent().Order(ent.Asc(feedentry.FieldPartyID, feedentry.FieldSequence)).All(s.all())
	if err != nil {
		s.Fatal(err)
	}
	letters, last := map[gid.ID][]string{}, map[gid.ID]int64{}
	happened := map[gid.ID]*ent.Event{}
	for _, e := range entries {
		if e.Sequence != last[e.PartyID]+1 {
			s.Errorf("the feed of %s goes from %d to %d", e.PartyID, last[e.PartyID], e.Sequence)
		}
		last[e.PartyID] = e.Sequence
		happened[e.EventID] = e.Edges.Event
		letters[e.EventID] = append(letters[e.EventID], e.PartyID.Noun().Prefix()[:1])
	}
	order := make([]*ent.Event, 0, len(happened))
	for _, e := range happened {
		order = append(order, e)
	}
	slices.SortFunc(order, func(a, b *ent.Event) int {
		if c := a.OccurredAt.Compare(b.OccurredAt); c != 0 {
			return c
		}
		return a.Position - b.Position
	})
	written := make([]string, len(order))
	for i, e := range order {
		slices.Sort(letters[e.ID])
		written[i] = e.Kind + " " + strings.Join(letters[e.ID], "")
	}
	return written
}

func (s *scene) audit() []*ent.AuditEntry {
	s.Helper()
	rows, err := s.db.Read.AuditEntry.Query().Order(ent.Asc("occurred_at")).All(s.all())
	if err != nil {
		s.Fatal(err)
	}
	return rows
}

// everything is what the tables of the work hold.
func (s *scene) everything() string {
	s.Helper()
	var b strings.Builder
	for _, table := range []string{"hire_conversions", "engagements", "events", "feed_entries"} {
		q := sql.Dialect(s.db.Engine().Name).Select("*").From(sql.Table(table)).OrderBy("id")
		text, args := q.Query()
		rows, err := s.db.Engine().Read.QueryContext(s.Context(), text, args...)
		if err != nil {
			s.Fatal(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				s.Fatal(err)
			}
			fmt.Fprintln(&b, table, values)
		}
		if err := rows.Close(); err != nil {
			s.Fatal(err)
		}
	}
	return b.String()
}
