package project

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{
	"micro_projects", "planned_deliverables", "project_skills", "project_institutions", "posting_requests", "listings", "jobs",
}

// town is a database with everybody a project can meet.
type town struct {
	*stage.House

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
	w := &town{House: stage.Watch(db, watched)}
	sandbox := w.Sandbox(t)
	w.scene(t, func(ctx context.Context, tx *store.Tx) error {
		var errs [6]error
		w.acme, errs[0] = employing(ctx, tx, "Acme", employer.StatusVerified)
		w.bolt, errs[1] = employing(ctx, tx, "Bolt", employer.StatusPending)
		w.uni, errs[2] = teaching(ctx, tx, "Uni", institution.StatusOpen, 0)
		w.college, errs[3] = teaching(ctx, tx, "College", institution.StatusOpen, 30_00)
		w.listed, errs[4] = teaching(ctx, tx, "Listed", institution.StatusListed, 0)
		w.unlinked, errs[5] = teaching(ctx, tx, "Unlinked", institution.StatusOpen, 0)
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
	ctx := stage.As(t, v, "test")
	_, err := store.Write(ctx, w.DB, func(tx *store.Tx) (bool, error) { return true, change(ctx, tx) })
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
	id, err := DraftMicroProject(stage.As(t, w.owner, "draftMicroProject"), w.DB, in)
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
	if _, err := SubmitMicroProjectForApproval(stage.As(t, w.owner, "submitMicroProjectForApproval"), w.DB, in); err != nil {
		t.Fatal(err)
	}
	return w.project(t, p.ID)
}

// published is a project that is open to applications.
func (w *town) published(t *testing.T, in DraftMicroProjectInput) *ent.MicroProject {
	t.Helper()
	p := w.submitted(t, in)
	if _, err := PublishMicroProject(stage.As(t, w.owner, "publishMicroProject"), w.DB, PublishMicroProjectInput{p.ID, p.Revision}); err != nil {
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
	p, err := w.DB.Read.MicroProject.Get(stage.All(t), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// request is the decision of a body on a project.
func (w *town) request(t *testing.T, p *ent.MicroProject, body gid.ID) *ent.PostingRequest {
	t.Helper()
	q, err := w.DB.Read.PostingRequest.Query().
		Where(postingrequest.MicroProjectID(p.ID), postingrequest.BodyID(body)).Only(stage.All(t))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// decision approves a project for a body, or refuses it for a reason.
func (w *town) decision(t *testing.T, v viewer.Viewer, q *ent.PostingRequest, reason string) error {
	t.Helper()
	if reason == "" {
		_, err := ApproveMicroProject(stage.As(t, v, "approveMicroProject"), w.DB, ApproveMicroProjectInput{q.ID, q.Revision})
		return err
	}
	_, err := RefuseMicroProject(stage.As(t, v, "refuseMicroProject"), w.DB, RefuseMicroProjectInput{q.ID, q.Revision, reason})
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

func (w *town) jobs(t *testing.T, about gid.ID) int {
	t.Helper()
	jobs, err := w.DB.Read.Job.Query().All(stage.All(t))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, j := range jobs {
		if j.Kind == string(CloseOpenApplications) && strings.Contains(string(j.Payload), about.String()) {
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
