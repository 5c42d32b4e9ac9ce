package insight

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// today is the day on which houses open.
const today = calendar.Date("2026-03-02")

func at(day calendar.Date) time.Time { return day.Start().Add(9 * time.Hour) }

// plot is a world on paper: what is put into a database, and counted by hand.
// Everything is named by its place in its list.
type plot struct {
	verified []bool     // employers
	links    [][]string // of each employer, by school
	ties     [][]string // affiliations of each talent, by school
	terms    []span     // of each school
	projects []work
	ways     []way
}

type span struct{ from, to calendar.Date }

type work struct {
	employer  int
	published time.Time
	skills    []int
	requests  []string // by school
}

// way is how far a talent came with a project.
type way struct {
	project, talent int
	reached         reach
	status          string // of what they reached
	answered        time.Time
	completed       calendar.Date
	job             *job
}

type reach int

const (
	toApply reach = iota
	toReview
	toShortlist
	toOffer
	toAccept
	toStart
	toComplete
)

type job struct {
	status                            string
	answered, started, employed, left calendar.Date
}

// told is a plot in a database, with the ids of what is in it.
type told struct {
	plot

	world                                                             gid.ID
	employers, schools, termIDs, skills, talents, persons, projectIDs []gid.ID
	events                                                            int
}

func tell(t *testing.T, h *stage.House, world gid.ID, p plot) *told {
	t.Helper()
	in := &told{plot: p, world: world}
	ctx := stage.As(t, viewer.System("a test fills a world").In(world), "fixture")
	_, err := store.Write(ctx, h.DB, func(tx *store.Tx) (gid.ID, error) {
		for _, fill := range []func(context.Context, *store.Tx) error{in.fillSides, in.fillTies, in.fillProjects, in.fillWays} {
			if err := fill(ctx, tx); err != nil {
				return gid.None, err
			}
		}
		return gid.None, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// made notes the id of a row.
func made[R any](into *[]gid.ID, row *R, id func(*R) gid.ID, err error) error {
	if err == nil {
		*into = append(*into, id(row))
	}
	return err
}

func (in *told) fillSides(ctx context.Context, tx *store.Tx) error {
	for i, verified := range in.verified {
		status := employer.StatusVerified
		if !verified {
			status = employer.StatusUnverified
		}
		e, err := tx.Employer.Create().SetWorldID(in.world).SetName(fmt.Sprint("Employer ", i)).SetNameFolded(fmt.Sprint("employer ", i)).
			SetOrigin(employer.OriginRegistered).SetStatus(status).Save(ctx)
		if err := made(&in.employers, e, func(e *ent.Employer) gid.ID { return e.ID }, err); err != nil {
			return err
		}
	}
	for i := range in.ties {
		someone, err := tx.Person.Create().SetName(fmt.Sprint("Talent ", i)).Save(ctx)
		if err := made(&in.persons, someone, func(p *ent.Person) gid.ID { return p.ID }, err); err != nil {
			return err
		}
		p, err := tx.TalentProfile.Create().SetWorldID(in.world).SetPersonID(someone.ID).SetLegalName("Somebody").Save(ctx)
		if err := made(&in.talents, p, func(p *ent.TalentProfile) gid.ID { return p.ID }, err); err != nil {
			return err
		}
	}
	for i, s := range in.terms {
		school, err := tx.Institution.Create().SetWorldID(in.world).SetName(fmt.Sprint("School ", i)).SetNameFolded(fmt.Sprint("school ", i)).SetCountryCode("US").Save(ctx)
		if err := made(&in.schools, school, func(i *ent.Institution) gid.ID { return i.ID }, err); err != nil {
			return err
		}
		term, err := tx.Term.Create().SetWorldID(in.world).SetInstitutionID(school.ID).SetName("Term").SetStartsOn(s.from).SetEndsOn(s.to).
			SetKind("SEMESTER").SetRecordedByID(in.persons[0]).Save(ctx)
		if err := made(&in.termIDs, term, func(t *ent.Term) gid.ID { return t.ID }, err); err != nil {
			return err
		}
	}
	return nil
}

func (in *told) fillTies(ctx context.Context, tx *store.Tx) error {
	for e, of := range in.links {
		for s, status := range of {
			if status == "" {
				continue
			}
			l := tx.InstitutionLink.Create().SetWorldID(in.world).SetOwnerOrgID(in.employers[e]).SetEmployerOrgID(in.employers[e]).
				SetInstitutionID(in.schools[s]).SetStatus(institutionlink.Status(status)).SetRequestedAt(tx.Now)
			if status == "APPROVED" {
				l.SetDecidedAt(tx.Now)
			}
			if err := l.Exec(ctx); err != nil {
				return err
			}
		}
	}
	for i, of := range in.ties {
		for s, status := range of {
			if status == "" {
				continue
			}
			if err := tx.Affiliation.Create().SetWorldID(in.world).SetTalentID(in.talents[i]).SetInstitutionID(in.schools[s]).
				SetStatus(affiliation.Status(status)).SetClaimedName("Somebody").Exec(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

func (in *told) fillProjects(ctx context.Context, tx *store.Tx) error {
	for len(in.skills) < 2 {
		name := fmt.Sprint(in.world, " skill ", len(in.skills))
		s, err := tx.Skill.Create().SetName(name).SetNameFolded(name).SetReference(name).SetKind("SKILL").SetCategory("Skills").Save(ctx)
		if err := made(&in.skills, s, func(s *ent.Skill) gid.ID { return s.ID }, err); err != nil {
			return err
		}
	}
	for _, w := range in.projects {
		e := in.employers[w.employer]
		p, err := tx.MicroProject.Create().SetWorldID(in.world).SetOwnerOrgID(e).SetEmployerOrgID(e).SetDraftedByID(in.persons[0]).
			SetTitle("A study").SetTitleFolded("a study").SetBrief("What to find out.").SetStatus(microproject.StatusOpen).
			SetHours(20).SetFeeMinor(50_000).SetCurrency("USD").SetSeats(50).SetWorkplace(microproject.WorkplaceRemote).
			SetAudience(microproject.AudienceInstitutions).SetPublishedAt(w.published).Save(ctx)
		if err := made(&in.projectIDs, p, func(p *ent.MicroProject) gid.ID { return p.ID }, err); err != nil {
			return err
		}
		for _, s := range w.skills {
			if err := tx.ProjectSkill.Create().SetMicroProjectID(p.ID).SetEmployerOrgID(e).SetSkillID(in.skills[s]).Exec(ctx); err != nil {
				return err
			}
		}
		if err := in.ask(ctx, tx, p, w.requests); err != nil {
			return err
		}
	}
	return nil
}

func (in *told) ask(ctx context.Context, tx *store.Tx, p *ent.MicroProject, requests []string) error {
	for s, status := range requests {
		if status == "" {
			continue
		}
		q := tx.PostingRequest.Create().SetWorldID(in.world).SetOwnerOrgID(p.EmployerOrgID).SetEmployerOrgID(p.EmployerOrgID).SetMicroProjectID(p.ID).
			SetBodyID(in.schools[s]).SetInstitutionID(in.schools[s]).SetRequestedAt(tx.Now).SetStatus(postingrequest.Status(status))
		if status != "PENDING" {
			q.SetDecidedBy(postingrequest.DecidedBySystem).SetDecidedAt(tx.Now).SetReason("A reason.")
		}
		if err := q.Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (in *told) fillWays(ctx context.Context, tx *store.Tx) error {
	for i, w := range in.ways {
		if err := in.goWay(ctx, tx, i, w); err != nil {
			return fmt.Errorf("way %d, %+v: %w", i, w, err)
		}
	}
	return nil
}

// goWay makes the rows that a way leaves.
func (in *told) goWay(ctx context.Context, tx *store.Tx, i int, w way) error {
	p, talent, e := in.projectIDs[w.project], in.talents[w.talent], in.employers[in.projects[w.project].employer]
	status := application.Status(w.status)
	if w.reached > toShortlist {
		status = application.StatusAccepted
	}
	create := tx.Application.Create().SetWorldID(in.world).SetOwnerOrgID(e).SetEmployerOrgID(e).SetMicroProjectID(p).SetTalentID(talent).
		SetStatus(status).SetNote("I can do this.").SetPacketName("Somebody").SetPacketResumeURL("https://example.com").
		SetPacketLinkedinURL("https://example.com").SetPacketSkills([]string{}).SetSubmittedAt(in.projects[w.project].published)
	if status == application.StatusDeclined {
		create.SetDeclineReason(application.DeclineReasonSkills)
	}
	a, err := create.Save(ctx)
	if err != nil {
		return err
	}
	for kind, from := range map[event.Kind]reach{event.ApplicationReviewed: toReview, event.ApplicationShortlisted: toShortlist} {
		if w.reached == from {
			in.events++
			if err := tx.Event.Create().SetWorldID(in.world).SetChangeID(tx.Change).SetPosition(in.events).SetKind(string(kind)).
				SetSubjectID(a.ID).SetIds([]byte("{}")).SetOccurredAt(tx.Now).Exec(ctx); err != nil {
				return err
			}
		}
	}
	if w.reached < toOffer {
		return nil
	}
	o, err := in.offer(ctx, tx, i, w, a)
	if err != nil || w.reached < toStart && w.status != "TERMINATED" {
		return err
	}
	return in.engage(ctx, tx, w, o)
}

func (in *told) offer(ctx context.Context, tx *store.Tx, i int, w way, a *ent.Application) (*ent.Offer, error) {
	status := offer.StatusSigned
	switch {
	case w.reached == toOffer:
		status = offer.Status(w.status)
	case w.status == "VOID" || w.status == "TERMINATED":
		status = offer.StatusVoid
	}
	create := tx.Offer.Create().SetWorldID(in.world).SetOwnerOrgID(a.EmployerOrgID).SetEmployerOrgID(a.EmployerOrgID).SetMicroProjectID(a.MicroProjectID).
		SetApplicationID(a.ID).SetTalentID(a.TalentID).SetStatus(status).SetFeeMinor(50_000).SetCurrency("USD").SetHours(20).
		SetStartsOn("2024-01-01").SetEndsOn("2024-02-01").SetSentAt(tx.Now)
	if status != offer.StatusSent {
		create.SetAnsweredAt(w.answered)
	}
	if status == offer.StatusSigned {
		create.SetSeat(i + 1)
	}
	return create.Save(ctx)
}

func (in *told) engage(ctx context.Context, tx *store.Tx, w way, o *ent.Offer) error {
	create := tx.Engagement.Create().SetWorldID(in.world).SetOwnerOrgID(o.EmployerOrgID).SetEmployerOrgID(o.EmployerOrgID).
		SetMicroProjectID(o.MicroProjectID).SetOfferID(o.ID).SetTalentID(o.TalentID).SetStatus(engagement.Status(w.status)).
		SetStartsOn("2024-01-01").SetEndsOn("2024-02-01")
	if w.reached >= toStart {
		create.SetStartedAt(at("2024-01-01"))
	}
	switch w.status {
	case "COMPLETED":
		create.SetCompletedAt(at(w.completed))
	case "INCOMPLETE":
		create.SetIncompleteAt(at("2024-02-02"))
	case "TERMINATED":
		create.SetTerminatedAt(at("2024-01-02")).SetTerminatedBy(engagement.TerminatedByTalent)
	}
	e, err := create.Save(ctx)
	if err != nil || w.job == nil {
		return err
	}
	return in.hire(ctx, tx, w.job, e)
}

func (in *told) hire(ctx context.Context, tx *store.Tx, j *job, e *ent.Engagement) error {
	create := tx.HireConversion.Create().SetWorldID(in.world).SetOwnerOrgID(e.EmployerOrgID).SetEmployerOrgID(e.EmployerOrgID).SetEngagementID(e.ID).
		SetMicroProjectID(e.MicroProjectID).SetTalentID(e.TalentID).SetStatus(hireconversion.Status(j.status)).SetKind(hireconversion.KindFullTime).
		SetJobTitle("Analyst").SetStartsOn("2024-01-01").SetProposedAt(tx.Now)
	if j.answered != "" {
		create.SetAnsweredAt(at(j.answered))
	} else if j.started != "" {
		create.SetReportedAt(tx.Now)
	}
	if j.started != "" {
		create.SetStartedOn(j.started)
	}
	if j.employed != "" {
		create.SetEmployedAsOf(j.employed)
	}
	if j.left != "" {
		create.SetLeftOn(j.left).SetLeftReason(hireconversion.LeftReasonOther)
	}
	return create.Exec(ctx)
}

// Those who ask.

func (in *told) recruiter(e int) viewer.Viewer {
	return viewer.Viewer{Kind: viewer.EmployerMember, World: in.world, Org: in.employers[e], Role: viewer.RoleRecruiter, Scopes: viewer.ScopesOf(viewer.RoleRecruiter)}
}

func (in *told) adviser(s int) viewer.Viewer {
	return viewer.Viewer{Kind: viewer.CareerStaff, World: in.world, Org: in.schools[s], Role: viewer.RoleOutcomes, Scopes: viewer.ScopesOf(viewer.RoleOutcomes)}
}

func (in *told) operator() viewer.Viewer {
	return viewer.Viewer{Kind: viewer.Operator, World: in.world, Org: in.world, Role: viewer.RoleOperator, Scopes: viewer.ScopesOf(viewer.RoleOperator)}
}
