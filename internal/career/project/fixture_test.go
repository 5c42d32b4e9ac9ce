package project

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/feedentry"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// town is a database with everybody a project can meet.
type town struct {
	db *store.DB

	acme, bolt             gid.ID // a verified employer, and one that waits
	uni, college, listed   gid.ID // two open institutions linked to acme, and one without a career office
	unlinked               gid.ID // an open institution that acme has no link with
	owner, recruiter       viewer.Viewer
	supervisor, boltOwner  viewer.Viewer
	operator, elsewhere    viewer.Viewer // of the live world, and of a sandbox
	approver, collegeStaff viewer.Viewer
	uniViewer              viewer.Viewer
	ada, eve               viewer.Viewer // talents; uni has confirmed ada
	writing, drawing       gid.ID        // skills
	editor                 gid.ID        // an occupation
}

func open(t *testing.T, db *store.DB) *town {
	t.Helper()
	w := &town{db: db}
	var sandbox gid.ID
	w.scene(t, func(ctx context.Context, tx *store.Tx) error {
		var errs [7]error
		w.acme, errs[0] = employing(ctx, tx, "Acme", employer.StatusVerified)
		w.bolt, errs[1] = employing(ctx, tx, "Bolt", employer.StatusPending)
		w.uni, errs[2] = teaching(ctx, tx, "Uni", institution.StatusOpen, 0)
		w.college, errs[3] = teaching(ctx, tx, "College", institution.StatusOpen, 30_00)
		w.listed, errs[4] = teaching(ctx, tx, "Listed", institution.StatusListed, 0)
		w.unlinked, errs[5] = teaching(ctx, tx, "Unlinked", institution.StatusOpen, 0)
		s, err := tx.Client.World.Create().SetKind(world.KindSandbox).SetName("A sandbox").Save(ctx)
		if errs[6] = err; err == nil {
			sandbox = s.ID
		}
		return errors.Join(errs[:]...)
	})
	w.scene(t, func(ctx context.Context, tx *store.Tx) error {
		var errs [5]error
		for i, id := range []gid.ID{w.uni, w.college} {
			errs[i] = tx.InstitutionLink.Create().SetWorldID(tx.World()).SetOwnerOrgID(w.acme).SetEmployerOrgID(w.acme).
				SetInstitutionID(id).SetStatus(institutionlink.StatusApproved).SetRequestedAt(tx.Now).SetDecidedAt(tx.Now).Exec(ctx)
		}
		w.writing, errs[2] = skilled(ctx, tx, "Writing")
		w.drawing, errs[3] = skilled(ctx, tx, "Drawing")
		o, err := tx.Occupation.Create().SetCode("27-3041.00").SetTitle("Editors").SetTitleFolded("editors").SetDescription("They edit.").Save(ctx)
		if errs[4] = err; err == nil {
			w.editor = o.ID
		}
		return errors.Join(errs[:]...)
	})
	w.owner = w.member(t, viewer.EmployerMember, viewer.RoleOwner, w.acme)
	w.recruiter = w.member(t, viewer.EmployerMember, viewer.RoleRecruiter, w.acme)
	w.supervisor = w.member(t, viewer.EmployerMember, viewer.RoleSupervisor, w.acme)
	w.boltOwner = w.member(t, viewer.EmployerMember, viewer.RoleOwner, w.bolt)
	w.approver = w.member(t, viewer.CareerStaff, viewer.RoleApprover, w.uni)
	w.uniViewer = w.member(t, viewer.CareerStaff, viewer.RoleViewer, w.uni)
	w.collegeStaff = w.member(t, viewer.CareerStaff, viewer.RoleApprover, w.college)
	w.operator = w.member(t, viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
	w.elsewhere = w.member(t, viewer.Operator, viewer.RoleOperator, sandbox).In(sandbox)
	w.ada, w.eve = w.talent(t), w.talent(t)
	w.scene(t, func(ctx context.Context, tx *store.Tx) error {
		return tx.Affiliation.Create().SetWorldID(tx.World()).SetTalentID(w.ada.Talent).SetInstitutionID(w.uni).
			SetStatus(affiliation.StatusConfirmed).SetClaimedName("Ada").SetDecidedAt(tx.Now).Exec(ctx)
	})
	return w
}

func employing(ctx context.Context, tx *store.Tx, name string, status employer.Status) (gid.ID, error) {
	e, err := tx.Employer.Create().SetWorldID(tx.World()).SetName(name).SetNameFolded(strings.ToLower(name)).
		SetOrigin(employer.OriginRegistered).SetStatus(status).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	return e.ID, nil
}

func teaching(ctx context.Context, tx *store.Tx, name string, status institution.Status, floor int64) (gid.ID, error) {
	create := tx.Institution.Create().SetWorldID(tx.World()).SetName(name).SetNameFolded(strings.ToLower(name)).
		SetCountryCode("US").SetStatus(status)
	if floor > 0 {
		create.SetPayFloorMinor(floor).SetPayFloorCurrency("USD")
	}
	i, err := create.Save(ctx)
	if err != nil {
		return gid.None, err
	}
	return i.ID, nil
}

func skilled(ctx context.Context, tx *store.Tx, name string) (gid.ID, error) {
	s, err := tx.Skill.Create().SetReference(name).SetName(name).SetNameFolded(strings.ToLower(name)).
		SetKind(skill.KindSkill).SetCategory("Skills").Save(ctx)
	if err != nil {
		return gid.None, err
	}
	return s.ID, nil
}

// scene changes something as the system.
func (w *town) scene(t *testing.T, change func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := w.try(t, viewer.System("a test sets the scene"), change); err != nil {
		t.Fatal(err)
	}
}

// try makes one change as a viewer.
func (w *town) try(t *testing.T, v viewer.Viewer, change func(context.Context, *store.Tx) error) error {
	t.Helper()
	ctx := as(t, v, "test")
	_, err := store.Write(ctx, w.db, func(tx *store.Tx) (bool, error) { return true, change(ctx, tx) })
	return err
}

// member is somebody with a row who acts for an organisation.
func (w *town) member(t *testing.T, kind viewer.Kind, role viewer.Role, org gid.ID) viewer.Viewer {
	t.Helper()
	v := viewer.Viewer{Kind: kind, World: gid.LiveWorld, Org: org, Role: role, Scopes: viewer.ScopesOf(role)}
	w.scene(t, func(ctx context.Context, tx *store.Tx) error {
		p, err := tx.Person.Create().SetName(string(role)).Save(ctx)
		if err == nil {
			v.Person = p.ID
		}
		return err
	})
	return v
}

func (w *town) talent(t *testing.T) viewer.Viewer {
	t.Helper()
	v := w.member(t, viewer.Talent, viewer.RoleTalent, gid.None)
	w.scene(t, func(ctx context.Context, tx *store.Tx) error {
		p, err := tx.TalentProfile.Create().SetWorldID(tx.World()).SetPersonID(v.Person).SetLegalName("A talent").Save(ctx)
		if err == nil {
			v.Talent = p.ID
		}
		return err
	})
	return v
}

// as is the context of one request.
func as(t *testing.T, v viewer.Viewer, verb string) context.Context {
	t.Helper()
	return viewer.WithRequest(viewer.With(t.Context(), v), &viewer.Request{ID: "t", Verb: verb})
}

func (w *town) all(t *testing.T) context.Context {
	t.Helper()
	return viewer.With(t.Context(), viewer.System("a test looks at everything"))
}

// work is a draft that passes every rule: 20 hours at exactly the floor.
func work() DraftMicroProjectInput {
	return DraftMicroProjectInput{
		Title: "Write our handbook", Brief: "Write down how we do what we do.",
		Hours: 20, Fee: money.Input{Amount: "400.00", Currency: "USD"}, Workplace: microproject.WorkplaceRemote,
		Deliverables: []*PlannedDeliverableInput{{Title: "The handbook", AcceptanceCriterion: "A newcomer finds their way."}},
	}
}

// workFor is such a draft for the talents of institutions.
func workFor(institutions ...gid.ID) DraftMicroProjectInput {
	in, audience := work(), microproject.AudienceInstitutions
	in.Audience, in.InstitutionIDs = &audience, institutions
	return in
}

// drafted is a project of acme's.
func (w *town) drafted(t *testing.T, in DraftMicroProjectInput) *ent.MicroProject {
	t.Helper()
	id, err := DraftMicroProject(as(t, w.owner, "draftMicroProject"), w.db, in)
	if err != nil {
		t.Fatal(err)
	}
	return w.project(t, id)
}

// submitted is a project that was put to its bodies.
func (w *town) submitted(t *testing.T, in DraftMicroProjectInput) *ent.MicroProject {
	t.Helper()
	return w.resubmitted(t, w.drafted(t, in))
}

func (w *town) resubmitted(t *testing.T, p *ent.MicroProject) *ent.MicroProject {
	t.Helper()
	in := SubmitMicroProjectForApprovalInput{MicroProjectID: p.ID, ExpectedRevision: p.Revision}
	if _, err := SubmitMicroProjectForApproval(as(t, w.owner, "submitMicroProjectForApproval"), w.db, in); err != nil {
		t.Fatal(err)
	}
	return w.project(t, p.ID)
}

// published is a project that is open to applications.
func (w *town) published(t *testing.T, in DraftMicroProjectInput) *ent.MicroProject {
	t.Helper()
	p := w.submitted(t, in)
	if _, err := PublishMicroProject(as(t, w.owner, "publishMicroProject"), w.db, PublishMicroProjectInput{p.ID, p.Revision}); err != nil {
		t.Fatal(err)
	}
	return w.project(t, p.ID)
}

// open publishes a project with so many seats.
func (w *town) open(t *testing.T, seats int) *ent.MicroProject {
	t.Helper()
	in := work()
	in.Seats = &seats
	return w.published(t, in)
}

func (w *town) project(t *testing.T, id gid.ID) *ent.MicroProject {
	t.Helper()
	p, err := w.db.Read.MicroProject.Get(w.all(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// request is the decision of a body on a project.
func (w *town) request(t *testing.T, p *ent.MicroProject, body gid.ID) *ent.PostingRequest {
	t.Helper()
	q, err := w.db.Read.PostingRequest.Query().
		Where(postingrequest.MicroProjectID(p.ID), postingrequest.BodyID(body)).Only(w.all(t))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// decision approves a project for a body, or refuses it for a reason.
func (w *town) decision(t *testing.T, v viewer.Viewer, q *ent.PostingRequest, reason string) error {
	t.Helper()
	if reason == "" {
		_, err := ApproveMicroProject(as(t, v, "approveMicroProject"), w.db, ApproveMicroProjectInput{q.ID, q.Revision})
		return err
	}
	_, err := RefuseMicroProject(as(t, v, "refuseMicroProject"), w.db, RefuseMicroProjectInput{q.ID, q.Revision, reason})
	return err
}

// seated is a talent who took a seat: an application, the offer accepted, and
// the engagement in a status.
func (w *town) seated(t *testing.T, p *ent.MicroProject, status engagement.Status) (gid.ID, int) {
	t.Helper()
	v, seat, id := w.talent(t), 0, gid.None
	err := w.try(t, viewer.System("a test takes a seat"), func(ctx context.Context, tx *store.Tx) (err error) {
		if seat, err = TakeSeat(ctx, tx, p.ID); err != nil {
			return err
		}
		id, err = w.hired(ctx, tx, p, v.Talent, seat, status)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id, seat
}

func (w *town) hired(
	ctx context.Context, tx *store.Tx, p *ent.MicroProject, talent gid.ID, seat int, status engagement.Status,
) (gid.ID, error) {
	a, err := tx.Application.Create().SetWorldID(p.WorldID).SetOwnerOrgID(p.EmployerOrgID).SetEmployerOrgID(p.EmployerOrgID).
		SetMicroProjectID(p.ID).SetTalentID(talent).SetStatus(application.StatusAccepted).SetNote("").SetPacketName("A talent").
		SetPacketResumeURL("https://example.com/r").SetPacketLinkedinURL("https://example.com/l").SetPacketSkills([]string{}).
		SetSubmittedAt(tx.Now).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	o, err := tx.Offer.Create().SetWorldID(p.WorldID).SetOwnerOrgID(p.EmployerOrgID).SetEmployerOrgID(p.EmployerOrgID).
		SetMicroProjectID(p.ID).SetApplicationID(a.ID).SetTalentID(talent).SetStatus(offer.StatusAccepted).
		SetFeeMinor(p.FeeMinor).SetCurrency(p.Currency).SetHours(p.Hours).SetStartsOn("2026-12-01").SetEndsOn("2026-12-18").
		SetSeat(seat).SetSentAt(tx.Now).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	e, err := tx.Engagement.Create().SetWorldID(p.WorldID).SetOwnerOrgID(p.EmployerOrgID).SetEmployerOrgID(p.EmployerOrgID).
		SetMicroProjectID(p.ID).SetOfferID(o.ID).SetTalentID(talent).SetStatus(engagement.StatusPendingGates).
		SetStartsOn("2026-12-01").SetEndsOn("2026-12-18").Save(ctx)
	if err != nil {
		return gid.None, err
	}
	return e.ID, engaged(ctx, tx, e.ID, status)
}

// engaged brings an engagement into a status.
func engaged(ctx context.Context, tx *store.Tx, id gid.ID, status engagement.Status) error {
	update := tx.Engagement.Update().Where(engagement.ID(id)).SetStatus(status)
	switch status {
	case engagement.StatusActive, engagement.StatusSubmitted:
		update.SetStartedAt(tx.Now)
	case engagement.StatusCompleted:
		update.SetStartedAt(tx.Now).SetCompletedAt(tx.Now)
	case engagement.StatusTerminated:
		update.SetTerminatedAt(tx.Now).SetTerminatedBy(engagement.TerminatedByTalent)
	}
	return update.Exec(ctx)
}

// does runs a change that must succeed, and compares what happened, each event
// as says writes it.
func (w *town) does(t *testing.T, v viewer.Viewer, verb string, change func(context.Context) error, want ...string) {
	t.Helper()
	equal(t, w.happens(t, v, verb, change), want)
}

func equal(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("events\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// happens runs a change that must succeed, and returns the events it wrote.
func (w *town) happens(t *testing.T, v viewer.Viewer, verb string, change func(context.Context) error) []string {
	t.Helper()
	before, audited := w.happened(t), len(w.audit(t))
	if err := change(as(t, v, verb)); err != nil {
		t.Fatalf("%s was refused: %v", verb, err)
	}
	got := slices.DeleteFunc(w.happened(t), func(e string) bool { return slices.Contains(before, e) })
	for i, e := range got {
		got[i] = e[strings.Index(e, " ")+1:]
	}
	if audit := w.audit(t); len(audit) != audited+1 {
		t.Errorf("%d audit rows, want %d", len(audit), audited+1)
	}
	return got
}

// refuses runs a change that must fail with the code, about the input field, and
// change nothing. A refusal of permission leaves an audit row.
func (w *town) refuses(t *testing.T, v viewer.Viewer, verb string, change func(context.Context) error, code fault.Code, path string) {
	t.Helper()
	before, audited := w.everything(t), len(w.audit(t))
	err := change(as(t, v, verb))
	told, _ := fault.UserErrors(err)
	if len(told) != 1 || told[0].GetCode() != code || strings.Join(told[0].GetPath(), ".") != path {
		t.Errorf("%s answered %v, want %s about %q", verb, err, code, path)
	}
	if after := w.everything(t); after != before {
		t.Errorf("%s changed something\nbefore %s\nafter %s", verb, before, after)
	}
	want := audited
	if code == fault.CodeNotPermitted {
		want++
	}
	if got := len(w.audit(t)); got != want {
		t.Errorf("%s: %d audit rows, want %d", verb, got, want)
	}
}

// says writes an event as does compares it.
func says(kind event.Kind, subject gid.ID, parties ...gid.ID) string {
	slices.SortFunc(parties, gid.ID.Compare)
	return fmt.Sprint(kind, " ", subject, " ", parties)
}

// happened are all events with their parties, each begun with its id. It
// checks that no feed has a gap.
func (w *town) happened(t *testing.T) []string {
	t.Helper()
	entries, err := w.db.Read.FeedEntry.Query().WithEvent().Order(ent.Asc(feedentry.FieldPartyID, feedentry.FieldSequence)).All(w.all(t))
	if err != nil {
		t.Fatal(err)
	}
	parties, last := map[gid.ID][]gid.ID{}, map[gid.ID]int64{}
	var events []*ent.Event
	for _, e := range entries {
		if e.Sequence != last[e.PartyID]+1 {
			t.Errorf("the feed of %s goes from %d to %d", e.PartyID, last[e.PartyID], e.Sequence)
		}
		last[e.PartyID] = e.Sequence
		if parties[e.EventID] == nil {
			events = append(events, e.Edges.Event)
		}
		parties[e.EventID] = append(parties[e.EventID], e.PartyID)
	}
	slices.SortFunc(events, func(a, b *ent.Event) int {
		if a.ChangeID != b.ChangeID {
			return a.ChangeID.Compare(b.ChangeID)
		}
		return a.Position - b.Position
	})
	written := make([]string, len(events))
	for i, e := range events {
		written[i] = e.ID.String() + " " + says(event.Kind(e.Kind), e.SubjectID, parties[e.ID]...)
	}
	return written
}

func (w *town) audit(t *testing.T) []*ent.AuditEntry {
	t.Helper()
	rows, err := w.db.Read.AuditEntry.Query().All(w.all(t))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// everything is what the room's tables hold, and what happened.
func (w *town) everything(t *testing.T) string {
	t.Helper()
	ctx, order := w.all(t), ent.Asc("id")
	projects, err1 := w.db.Read.MicroProject.Query().Order(order).All(ctx)
	plans, err2 := w.db.Read.PlannedDeliverable.Query().Order(order).All(ctx)
	skills, err3 := w.db.Read.ProjectSkill.Query().Order(order).All(ctx)
	chosen, err4 := w.db.Read.ProjectInstitution.Query().Order(order).All(ctx)
	requests, err5 := w.db.Read.PostingRequest.Query().Order(order).All(ctx)
	listings, err6 := w.db.Read.Listing.Query().Order(order).All(ctx)
	jobs, err7 := w.db.Read.Job.Query().Order(order).All(ctx)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(projects, plans, skills, chosen, requests, listings, jobs, w.happened(t))
}

func (w *town) jobs(t *testing.T, about gid.ID) int {
	t.Helper()
	jobs, err := w.db.Read.Job.Query().All(w.all(t))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, j := range jobs {
		if j.Kind == string(CloseApplications) && strings.Contains(string(j.Payload), about.String()) {
			n++
		}
	}
	return n
}

func later(at time.Time) *time.Time {
	at = at.Add(24 * time.Hour)
	return &at
}

func ref[T any](v T) *T { return &v }
