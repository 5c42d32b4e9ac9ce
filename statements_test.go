package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	"github.com/rung-dev/rung/ent/gen/ent/amendment"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/offerdocument"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/graph"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// TestStatementsDoNotGrowWithRows asks every example operation in a world with
// two rows of each list and in one with fifty, and counts the statements.
func TestStatementsDoNotGrowWithRows(t *testing.T) {
	t.Parallel()
	examples := graph.Operations()
	if len(examples) == 0 {
		t.Fatal("there are no example operations")
	}
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			few, lots := open(t, engineName), open(t, engineName)
			few.grow(t, 2)
			lots.grow(t, 50)
			for _, example := range examples {
				if a, b := few.statements(t, example), lots.statements(t, example); a != b || a == 0 {
					t.Errorf("%s takes %d statements with 2 rows and %d with 50: some resolver reads row by row", example.Name, a, b)
				}
			}
		})
	}
}

// TestEveryFieldHasAnExample demands that the example operations, between them,
// select every field of the schema that is read.
func TestEveryFieldHasAnExample(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, example := range graph.Operations() {
		document, err := parser.ParseQuery(&ast.Source{Name: example.Name, Input: example.Document})
		if err != nil {
			t.Fatal(err)
		}
		for _, operation := range document.Operations {
			mark(used, document, api.Types["Query"], operation.SelectionSet)
		}
	}
	for _, d := range ours() {
		if d.Kind != ast.Object || d.Name == "Mutation" || strings.HasSuffix(d.Name, "Payload") || isUserError(d) {
			continue
		}
		for _, f := range d.Fields {
			if !strings.HasPrefix(f.Name, "__") && !used[d.Name+"."+f.Name] && !ofClients[d.Name+"."+f.Name] {
				t.Errorf("no example operation selects %s.%s", d.Name, f.Name)
			}
		}
	}
}

// ofClients are fields that only an API client asks; examples are asked as people,
// and link_external_reference.txtar shows these.
var ofClients = map[string]bool{"Query.nodeByReference": true, "Query.externalReference": true}

func isUserError(d *ast.Definition) bool {
	for _, i := range d.Interfaces {
		if i == "UserError" {
			return true
		}
	}
	return false
}

func mark(used map[string]bool, document *ast.QueryDocument, on *ast.Definition, set ast.SelectionSet) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			used[on.Name+"."+s.Name] = true
			if f := on.Fields.ForName(s.Name); f != nil {
				mark(used, document, api.Types[f.Type.Name()], s.SelectionSet)
			}
		case *ast.InlineFragment:
			mark(used, document, api.Types[s.TypeCondition], s.SelectionSet)
		case *ast.FragmentSpread:
			f := document.Fragments.ForName(s.Name)
			mark(used, document, api.Types[f.TypeCondition], f.SelectionSet)
		}
	}
}

var somebody = regexp.MustCompile(`^[a-z]+$`)

func (s *site) statements(t *testing.T, example graph.Operation) int {
	t.Helper()
	if !somebody.MatchString(example.As) {
		t.Fatalf("%s does not say as whom it is asked", example.Name)
	}
	tally := &store.Tally{}
	inner := s.handler
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner.ServeHTTP(w, r.WithContext(store.WithTally(r.Context(), tally)))
	})
	defer func() { s.handler = inner }()
	a := s.ask(t, example.As, s.names().show(t, example.Document), nil)
	if a.Errors != nil {
		t.Fatalf("%s: %s", example.Name, a.Errors)
	}
	return tally.Statements()
}

// grow adds n rows to every list that the example operations read: n projects of
// the demo's first employer, n talents that applied to the first of them, and
// for ada a whole engagement in each.
func (s *site) grow(t *testing.T, n int) {
	t.Helper()
	ctx := viewer.With(t.Context(), viewer.System("a test fills a world"))
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "grow", Verb: "grow"})
	_, err := store.Write(ctx, s.db, func(tx *store.Tx) (gid.ID, error) {
		g := &grower{ctx: ctx, tx: tx, all: tx.System("a test fills a world"), world: s.world.IDs}
		if err := g.notice(); err != nil {
			return gid.None, err
		}
		for i := range n {
			if err := g.one(i); err != nil {
				return gid.None, err
			}
		}
		return gid.None, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

type grower struct {
	ctx   context.Context
	tx    *store.Tx
	all   *ent.Client
	world map[string]gid.ID
	first gid.ID
}

// notice designates all that a directory can tell, and has taken effect.
func (g *grower) notice() error {
	return g.all.DirectoryNotice.Create().SetWorldID(gid.LiveWorld).SetInstitutionID(g.world["university"]).SetKept([]string{}).
		SetDesignated([]string{"NAME", "MAJOR", "DEGREE_LEVEL", "GRADUATES_ON", "LOCATION", "HEADLINE"}).SetNoticeURL("https://nau.example/directory").
		SetAnnouncedAt(g.tx.Now.AddDate(0, 0, -20)).SetEffectiveAt(g.tx.Now.AddDate(0, 0, -6)).Exec(g.ctx)
}

func (g *grower) one(i int) error {
	project, err := g.project(i)
	if err != nil {
		return err
	}
	if i == 0 {
		g.first = project.ID
	}
	if err := g.applicant(i); err != nil {
		return err
	}
	if err := g.client(i); err != nil {
		return err
	}
	if err := g.template(i); err != nil {
		return err
	}
	if err := g.others(i); err != nil {
		return err
	}
	return g.engagement(i, project)
}

func (g *grower) project(i int) (*ent.MicroProject, error) {
	basalt, now := g.world["basalt"], g.tx.Now
	p, err := g.all.MicroProject.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).
		SetDraftedByID(g.world["bea"]).SetTitle(fmt.Sprintf("Grown project %d", i)).SetTitleFolded(fmt.Sprintf("grown project %d", i)).
		SetBrief("A project that a test made.").SetStatus(microproject.StatusOpen).SetHours(20).SetFeeMinor(50_000).SetCurrency("USD").
		SetSeats(5).SetWorkplace(microproject.WorkplaceRemote).SetAudience(microproject.AudiencePublic).SetPublishedAt(now).SetSubmittedAt(now).
		SetOccupationID(g.world["occupation"]).Save(g.ctx)
	if err != nil {
		return nil, err
	}
	for position := range 2 {
		if err := g.all.PlannedDeliverable.Create().SetMicroProjectID(p.ID).SetEmployerOrgID(basalt).SetPosition(position + 1).
			SetTitle("A report").SetAcceptanceCriterion("It answers the question.").Exec(g.ctx); err != nil {
			return nil, err
		}
	}
	if err := g.all.ProjectSkill.Create().SetMicroProjectID(p.ID).SetEmployerOrgID(basalt).SetSkillID(g.world["writing"]).Exec(g.ctx); err != nil {
		return nil, err
	}
	if err := g.all.ProjectInstitution.Create().SetMicroProjectID(p.ID).SetEmployerOrgID(basalt).SetInstitutionID(g.world["university"]).Exec(g.ctx); err != nil {
		return nil, err
	}
	if err := g.all.PostingRequest.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetMicroProjectID(p.ID).
		SetBodyID(g.world["university"]).SetInstitutionID(g.world["university"]).SetStatus(postingrequest.StatusPending).SetRequestedAt(now).Exec(g.ctx); err != nil {
		return nil, err
	}
	return p, g.all.Listing.Create().SetWorldID(gid.LiveWorld).SetEmployerOrgID(basalt).SetMicroProjectID(p.ID).SetSource(listing.SourceRung).
		SetStatus(listing.StatusOpen).SetTitle(p.Title).SetTitleFolded(p.TitleFolded).SetEmployerName("Basalt").SetWorkplace(listing.WorkplaceRemote).
		SetHours(20).SetFeeMinor(50_000).SetCurrency("USD").SetHourlyMinor(2_500).SetPublishedAt(now).Exec(g.ctx)
}

// client is a program with a secret, which asked its employer and was approved.
func (g *grower) client(i int) error {
	basalt, name := g.world["basalt"], fmt.Sprintf("grown client %d", i)
	itself, err := g.all.Person.Create().SetName(name).Save(g.ctx)
	if err != nil {
		return err
	}
	c, err := g.all.ApiClient.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetPersonID(itself.ID).SetRegisteredByID(g.world["bea"]).
		SetName(name).SetNameFolded(name).SetPurpose("It grows.").SetScopes([]string{"projects:read"}).SetOrigins([]string{}).Save(g.ctx)
	if err != nil {
		return err
	}
	if err := g.all.ClientSecret.Create().SetClientID(c.ID).SetSlot(1).SetSecretHash("h").SetHint("hint").SetCreatedAt(g.tx.Now).Exec(g.ctx); err != nil {
		return err
	}
	return g.all.ClientGrant.Create().SetWorldID(gid.LiveWorld).SetClientID(c.ID).SetOwnerOrgID(basalt).SetTenantOrgID(basalt).
		SetScopes([]string{"projects:read"}).SetStatus("APPROVED").SetDecidedAt(g.tx.Now).SetDecidedByID(g.world["bea"]).Exec(g.ctx)
}

// template is one that names a row of each kind that templates name.
func (g *grower) template(i int) error {
	basalt, writing, name := g.world["basalt"], g.world["writing"], fmt.Sprintf("grown template %d", i)
	institution, occupation := g.world["university"], g.world["occupation"]
	content, err := json.Marshal(project.MicroProjectTemplateContent{
		Title: name, InstitutionIDs: []gid.ID{institution}, OccupationID: &occupation, SkillIDs: []gid.ID{writing},
		Workplace: microproject.WorkplaceRemote, Audience: microproject.AudienceInstitutions, Currency: "USD",
		WorkerClass: microproject.DefaultWorkerClass, PayModel: microproject.DefaultPayModel, AiUse: microproject.DefaultAiUse,
		IPTerms: microproject.DefaultIPTerms, Needs: &schema.Requirements{SkillIDs: []gid.ID{writing}},
		Deliverables: []*project.MicroProjectTemplateDeliverable{}, Questions: []*project.MicroProjectTemplateQuestion{},
	})
	if err != nil {
		return err
	}
	return g.all.ProjectTemplate.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetName(name).
		SetNameFolded(name).SetContent(content).SetKeptByID(g.world["bea"]).Exec(g.ctx)
}

func (g *grower) applicant(i int) error {
	who, err := g.all.Person.Create().SetName(fmt.Sprintf("Grown %d", i)).Save(g.ctx)
	if err != nil {
		return err
	}
	talent, err := g.all.TalentProfile.Create().SetWorldID(gid.LiveWorld).SetPersonID(who.ID).SetLegalName(who.Name).
		SetVisibility(talentprofile.VisibilityCommunity).Save(g.ctx)
	if err != nil {
		return err
	}
	for _, tid := range []gid.ID{talent.ID, g.world["ada"]} {
		if err := g.all.EducationRecord.Create().SetTalentID(tid).SetInstitutionID(g.world["university"]).
			SetLevel(educationrecord.LevelBachelor).SetMajor(fmt.Sprintf("Major %d", i)).Exec(g.ctx); err != nil {
			return err
		}
	}
	if err := g.all.DeclaredSkill.Create().SetTalentID(talent.ID).SetSkillID(g.world["writing"]).SetLevel(declaredskill.LevelAdvanced).
		SetDeclaredAt(g.tx.Now).Exec(g.ctx); err != nil {
		return err
	}
	if err := g.all.Affiliation.Create().SetWorldID(gid.LiveWorld).SetTalentID(talent.ID).SetInstitutionID(g.world["university"]).
		SetStatus(affiliation.StatusConfirmed).SetClaimedName(who.Name).SetDecidedAt(g.tx.Now.AddDate(0, 0, -20)).Exec(g.ctx); err != nil {
		return err
	}
	_, err = g.apply(g.first, talent.ID, application.StatusSubmitted)
	return err
}

func (g *grower) apply(project, talent gid.ID, status application.Status) (*ent.Application, error) {
	basalt := g.world["basalt"]
	a, err := g.all.Application.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetMicroProjectID(project).
		SetTalentID(talent).SetStatus(status).SetNote("A note.").SetPacketName("A name").SetPacketResumeURL("https://example.com/r").
		SetPacketLinkedinURL("https://example.com/l").SetPacketSkills([]string{"Writing"}).SetSubmittedAt(g.tx.Now).Save(g.ctx)
	if err != nil {
		return nil, err
	}
	return a, errors.Join(g.shared(a), g.invited(a))
}

// shared is what belongs to an application: a course of study and an interview.
func (g *grower) shared(a *ent.Application) error {
	return errors.Join(
		g.all.ApplicationStudy.Create().SetApplicationID(a.ID).SetEmployerOrgID(a.EmployerOrgID).SetTalentID(a.TalentID).
			SetInstitutionID(g.world["university"]).SetPosition(1).SetLevel("BACHELOR").SetMajor("Law").SetMajorFolded("law").Exec(g.ctx),
		g.all.Interview.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(a.EmployerOrgID).SetEmployerOrgID(a.EmployerOrgID).
			SetMicroProjectID(a.MicroProjectID).SetApplicationID(a.ID).SetTalentID(a.TalentID).SetProposedAt(g.tx.Now).
			SetSlots([]schema.Slot{{StartsAt: g.tx.Now, Minutes: 30, Place: "Here"}}).Exec(g.ctx),
	)
}

// invited is an invitation to the project of an application.
func (g *grower) invited(a *ent.Application) error {
	return g.all.Invitation.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(a.EmployerOrgID).SetEmployerOrgID(a.EmployerOrgID).
		SetMicroProjectID(a.MicroProjectID).SetTalentID(a.TalentID).SetInvitedByID(g.world["bea"]).
		SetSentAt(g.tx.Now).SetExpiresAt(g.tx.Now.Add(time.Hour)).Exec(g.ctx)
}

// others are an employer with a link to the university, and nothing else.
func (g *grower) others(i int) error {
	name := fmt.Sprintf("Grown employer %d", i)
	e, err := g.all.Employer.Create().SetWorldID(gid.LiveWorld).SetName(name).SetNameFolded(strings.ToLower(name)).
		SetOrigin(employer.OriginRegistered).SetStatus(employer.StatusVerified).Save(g.ctx)
	if err != nil {
		return err
	}
	return g.all.InstitutionLink.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(e.ID).SetEmployerOrgID(e.ID).
		SetInstitutionID(g.world["university"]).SetStatus(institutionlink.StatusRequested).SetRequestedAt(g.tx.Now).Exec(g.ctx)
}

func (g *grower) engagement(i int, p *ent.MicroProject) error {
	basalt, ada, now := g.world["basalt"], g.world["ada"], g.tx.Now
	today := calendar.On(now)
	a, err := g.apply(p.ID, ada, application.StatusAccepted)
	if err != nil {
		return err
	}
	o, err := g.all.Offer.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetMicroProjectID(p.ID).
		SetApplicationID(a.ID).SetTalentID(ada).SetStatus(offer.StatusSigned).SetFeeMinor(50_000).SetCurrency("USD").SetHours(20).
		SetStartsOn(today).SetEndsOn(today).SetSeat(1).SetSentAt(now).SetAnsweredAt(now).SetSignedAt(now).Save(g.ctx)
	if err != nil {
		return err
	}
	if err := g.documents(i, o); err != nil {
		return err
	}
	pay, err := g.all.PaymentRecord.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetTalentID(ada).
		SetSubjectID(o.ID).SetStatus(paymentrecord.StatusAuthorized).SetCurrency("USD").SetGrossMinor(50_000).SetTalentMinor(45_000).
		SetPlatformMinor(5_000).SetPlatformBasisPoints(1_000).SetAuthorizedAt(now).Save(g.ctx)
	if err != nil {
		return err
	}
	for account, amount := range map[ledgerentry.Account]int64{ledgerentry.AccountEmployer: -50_000, ledgerentry.AccountAuthorized: 50_000} {
		if err := g.all.LedgerEntry.Create().SetWorldID(gid.LiveWorld).SetPaymentRecordID(pay.ID).SetEmployerOrgID(basalt).SetTalentID(ada).
			SetChangeID(g.tx.Change).SetAccount(account).SetAmountMinor(amount).SetCurrency("USD").SetOccurredAt(now).Exec(g.ctx); err != nil {
			return err
		}
	}
	e, err := g.all.Engagement.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetMicroProjectID(p.ID).
		SetOfferID(o.ID).SetTalentID(ada).SetStatus(engagement.StatusCompleted).SetStartsOn(today).SetEndsOn(today).SetStartedAt(now).
		SetSubmittedAt(now).SetCompletedAt(now).Save(g.ctx)
	if err != nil {
		return err
	}
	return g.results(i, p, e)
}

// amendment is one that adds to the fee and changes a deliverable and a milestone.
func (g *grower) amendment(e *ent.Engagement, d *ent.Deliverable) error {
	basalt, ada, now := g.world["basalt"], g.world["ada"], g.tx.Now
	m, err := g.all.Milestone.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetOfferID(e.OfferID).
		SetTalentID(ada).SetStatus(milestone.StatusFunded).SetFundedAt(now).SetPosition(1).SetTitle("All of it").SetAmountMinor(50_000).
		SetCurrency("USD").Save(g.ctx)
	if err != nil {
		return err
	}
	return g.all.Amendment.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetEngagementID(e.ID).
		SetTalentID(ada).SetProposedBy(amendment.ProposedByTalent).SetProposedByID(g.world["bea"]).SetReason("It takes longer.").
		SetAmended([]schema.AmendedDeliverable{{DeliverableID: d.ID}}).SetDropped([]gid.ID{d.ID}).
		SetAddedFeeMinor(5_000).SetCurrency("USD").SetAmendedMilestones([]schema.AmendedMilestone{{MilestoneID: m.ID, AmountMinor: new(int64(50_000))}}).
		SetProposedAt(now).SetAnswerBy(now.Add(time.Hour)).Exec(g.ctx)
}

// documents are those of an offer: Rung's, and a version of the employer's own.
func (g *grower) documents(i int, o *ent.Offer) error {
	text, err := g.all.AgreementTemplate.Create().SetWorldID(o.WorldID).SetOwnerOrgID(o.EmployerOrgID).SetEmployerOrgID(o.EmployerOrgID).
		SetKind(agreementtemplate.KindAdditionalTerms).SetVersion(i + 1).SetTitle("More").SetText("More.").SetTextHash("0").
		SetStatus(agreementtemplate.StatusRetired).SetPublishedAt(g.tx.Now).SetPublishedByID(g.world["bea"]).SetRetiredAt(g.tx.Now).Save(g.ctx)
	if err != nil {
		return err
	}
	for kind, own := range map[agreement.Kind]gid.ID{
		agreement.KindContractorTerms: gid.None, agreement.KindNonDisclosure: gid.None, agreement.KindAdditionalTerms: text.ID,
	} {
		document := g.all.OfferDocument.Create().SetWorldID(o.WorldID).SetOwnerOrgID(o.EmployerOrgID).SetEmployerOrgID(o.EmployerOrgID).
			SetOfferID(o.ID).SetTalentID(o.TalentID).SetKind(offerdocument.Kind(kind)).SetTextVersion(1)
		signed := g.all.Agreement.Create().SetWorldID(o.WorldID).SetOwnerOrgID(o.EmployerOrgID).SetEmployerOrgID(o.EmployerOrgID).
			SetOfferID(o.ID).SetTalentID(o.TalentID).SetKind(kind).SetTextVersion(1).SetTextHash("0")
		if !own.IsNone() {
			document.SetAgreementTemplateID(own)
			signed.SetAgreementTemplateID(own)
		}
		if err := errors.Join(document.Exec(g.ctx), signed.Exec(g.ctx)); err != nil {
			return err
		}
	}
	return nil
}

func (g *grower) results(i int, p *ent.MicroProject, e *ent.Engagement) error {
	basalt, ada, now := g.world["basalt"], g.world["ada"], g.tx.Now
	first, err := g.all.PlannedDeliverable.Query().Where(planneddeliverable.MicroProjectID(p.ID), planneddeliverable.Position(1)).OnlyID(g.ctx)
	if err != nil {
		return err
	}
	d, err := g.all.Deliverable.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetEngagementID(e.ID).
		SetPlannedDeliverableID(first).SetTalentID(ada).SetPosition(1).SetTitle("A report").SetAcceptanceCriterion("It answers the question.").
		SetDueAt(now).SetStatus(deliverable.StatusAccepted).SetSubmissionCount(1).SetSubmittedAt(now).SetAcceptedAt(now).Save(g.ctx)
	if err != nil {
		return err
	}
	if err := g.all.Submission.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetDeliverableID(d.ID).
		SetTalentID(ada).SetNumber(1).SetLinks([]string{"https://example.com/report"}).SetSubmittedAt(now).Exec(g.ctx); err != nil {
		return err
	}
	for _, direction := range []evaluation.Direction{evaluation.DirectionEmployerToTalent, evaluation.DirectionTalentToEmployer} {
		if err := g.all.Evaluation.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetEngagementID(e.ID).
			SetTalentID(ada).SetAuthorID(g.world["bea"]).SetDirection(direction).SetStatus(evaluation.StatusPublished).
			SetOverall(evaluation.OverallMeets).SetCompetencies([]schema.CompetencyRating{{Competency: "COMMUNICATION", Rating: "ABOVE"}}).
			SetPublicText("Good work.").SetSubmittedAt(now).SetPublishedAt(now).Exec(g.ctx); err != nil {
			return err
		}
	}
	if err := g.all.PortfolioItem.Create().SetWorldID(gid.LiveWorld).SetTalentID(ada).SetEmployerOrgID(basalt).SetEngagementID(e.ID).
		SetDeliverableID(d.ID).SetTitle("A report").SetSummary("What I did.").SetResultMetric("sign-ups").SetResultValue("38").
		SetResultUnit("per cent").Exec(g.ctx); err != nil {
		return err
	}
	if err := g.all.Strike.Create().SetWorldID(gid.LiveWorld).SetTalentID(ada).SetEngagementID(e.ID).SetKind(strike.KindGhosting).
		SetReport("No answer.").SetIssuedAt(now).SetExpiresAt(now.Add(time.Hour)).Exec(g.ctx); err != nil {
		return err
	}
	if err := g.amendment(e, d); err != nil {
		return err
	}
	if err := g.all.WorklogEntry.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetEngagementID(e.ID).
		SetTalentID(ada).SetDeliverableID(d.ID).SetStatus(worklogentry.StatusApproved).SetWorkedOn(calendar.On(now)).SetMinutes(60).
		SetNote("Wrote.").SetLoggedAt(now).SetDecidedAt(now).Exec(g.ctx); err != nil {
		return err
	}
	return g.all.HireConversion.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetEngagementID(e.ID).
		SetMicroProjectID(p.ID).SetTalentID(ada).SetStatus(hireconversion.StatusProposed).SetKind(hireconversion.KindFullTime).
		SetJobTitle(fmt.Sprintf("Analyst %d", i)).SetStartsOn(calendar.On(now)).SetProposedAt(now).Exec(g.ctx)
}
