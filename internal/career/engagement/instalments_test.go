package engagement

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	entengagement "github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/ledgerentry"
	entmilestone "github.com/rung-dev/rung/ent/gen/ent/milestone"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/ent/gen/ent/planneddeliverable"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/template"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// part is a milestone of so many cents, which waits for some of the plan's
// deliverables by their positions.
type part struct {
	minor int64
	waits []int
}

// milestonesOf are parts as they are sent.
func (s *scene) milestonesOf(project gid.ID, parts ...part) []*milestone.MilestoneInput {
	s.Helper()
	plan, err := s.DB.Read.PlannedDeliverable.Query().Where(planneddeliverable.MicroProjectID(project)).
		Order(ent.Asc(planneddeliverable.FieldPosition)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	in := []*milestone.MilestoneInput{}
	for i, p := range parts {
		m := &milestone.MilestoneInput{
			Title: fmt.Sprintf("Stage %d", i+1), Amount: money.Input{Amount: money.Money{Minor: p.minor, Currency: "USD"}.Amount(), Currency: "USD"},
		}
		for _, position := range p.waits {
			m.PlannedDeliverableIDs = append(m.PlannedDeliverableIDs, plan[position-1].ID)
		}
		in = append(in, m)
	}
	return in
}

// inParts is work under way that is paid in parts.
func (s *scene) inParts(v viewer.Viewer, project gid.ID, parts ...part) *ent.Engagement {
	s.Helper()
	in := s.terms(s.applied(v, project))
	in.Milestones = s.milestonesOf(project, parts...)
	o := s.offer(stage.Must(s, s.Recruiter, ExtendOffer, in).OfferID)
	e := s.engagement(stage.Must(s, v, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision}).EngagementID)
	s.signed(v, o.ID)
	stage.Must(s, s.Supervisor, ConfirmKickOff, s.kickOff(s.engagement(e.ID)))
	e = s.engagement(e.ID)
	if s.DB.Now().Before(time.Date(2026, time.March, 9, 12, 0, 0, 0, time.UTC)) {
		s.Clock.On("2026-03-09")
	}
	stage.Must(s, v, StartEngagement, StartEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
	return s.engagement(e.ID)
}

// stands are where the milestones of work stand, and what each still pays.
func (s *scene) stands(e *ent.Engagement) string {
	s.Helper()
	all, err := s.DB.Read.Milestone.Query().Where(entmilestone.OfferID(e.OfferID)).Order(ent.Asc(entmilestone.FieldPosition)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	stand := make([]string, len(all))
	for i, m := range all {
		stand[i] = fmt.Sprintf("%s %d", m.Status, milestone.Left(m))
	}
	return strings.Join(stand, ", ")
}

func (s *scene) standAt(when string, e *ent.Engagement, want string) {
	s.Helper()
	if got := s.stands(e); got != want {
		s.Errorf("%s the milestones are %q, want %q", when, got, want)
	}
}

// takes hands in and accepts a deliverable by its position.
func (s *scene) takes(v viewer.Viewer, e *ent.Engagement, position int) {
	s.Helper()
	s.handIn(v, s.deliverables(e.ID)[position-1])
	d := s.deliverables(e.ID)[position-1]
	stage.Must(s, s.Supervisor, AcceptDeliverable, AcceptDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision})
}

// purse is what became of the fee of some work.
type purse struct{ talent, platform, back, held int64 }

func (s *scene) purse(e *ent.Engagement) (p purse) {
	s.Helper()
	subjects := []gid.ID{e.OfferID}
	all, err := s.DB.Read.Milestone.Query().Where(entmilestone.OfferID(e.OfferID)).IDs(s.All())
	if err != nil {
		s.Fatal(err)
	}
	records, err := s.DB.Read.PaymentRecord.Query().Where(paymentrecord.SubjectIDIn(append(subjects, all...)...)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	for _, r := range records {
		entries, err := s.DB.Read.LedgerEntry.Query().Where(ledgerentry.PaymentRecordID(r.ID)).All(s.All())
		if err != nil {
			s.Fatal(err)
		}
		accounts, sum := map[ledgerentry.Account]int64{}, int64(0)
		for _, one := range entries {
			accounts[one.Account] += one.AmountMinor
			sum += one.AmountMinor
		}
		if sum != 0 || accounts[ledgerentry.AccountHeld] < 0 {
			s.Errorf("the ledger of %v is %v", r, accounts)
		}
		p.talent += accounts[ledgerentry.AccountTalent] + accounts[ledgerentry.AccountPaidOut]
		p.platform += accounts[ledgerentry.AccountPlatform]
		p.held += accounts[ledgerentry.AccountHeld]
		p.back += r.RefundedMinor
	}
	return p
}

func TestMilestonesArePaidAsWorkIsAccepted(t *testing.T) {
	each(t, func(s *scene) {
		project := s.project(1, 3)
		pool := s.fund(s.Seat("admin", s.Campus, viewer.RoleAdmin), project, "600.00")
		e := s.inParts(s.Ada, project, part{200_05, []int{1}}, part{150_00, []int{2}}, part{149_95, nil})
		s.standAt("when the work begins", e, "FUNDED 20005, FUNDED 15000, FUNDED 14995")
		terms := row(s, s.agreements(e.OfferID)[0], nil)
		if text := s.textOf(terms); terms.Kind != agreement.KindContractorTerms || terms.TextHash != template.HashOf(text) ||
			!strings.Contains(text, "(1) Stage 1: 200.05 USD; for: Part 1.") || !strings.Contains(text, "(3) Stage 3: 149.95 USD.") {
			t.Errorf("the terms say %q", text)
		}

		s.takes(s.Ada, e, 1)
		s.standAt("after the first part", e, "DUE 20005, FUNDED 15000, FUNDED 14995")
		if got, want := s.poolStands(pool), [3]int64{100_00, 299_95, 200_05}; got != want {
			t.Errorf("after the first part the pool stands at %v, want %v", got, want)
		}
		s.due()
		s.standAt("when it has arrived", e, "PAID 20005, FUNDED 15000, FUNDED 14995")
		if got, want := s.purse(e), (purse{180_04, 20_01, 0, 299_95}); got != want {
			t.Errorf("after the first part the money is %+v, want %+v", got, want)
		}
		sums, err := payment.Summary(viewer.With(t.Context(), s.Owner), s.DB, nil)
		if err != nil || len(sums) != 1 || sums[0].Gross.Minor != 500_00 || sums[0].Held.Minor != 299_95 || sums[0].PaidOut.Minor != 180_04 || sums[0].PlatformShare.Minor != 20_01 {
			t.Errorf("the employer's sums are %+v, %v", sums[0], err)
		}
		offers, err := payment.Offers(viewer.With(t.Context(), s.Ada), s.DB, s.DB.Read.PaymentRecord.Query().AllX(viewer.With(t.Context(), s.Ada)))
		if err != nil || len(offers) != 2 || offers[0] == nil || offers[1] == nil || offers[0].ID != e.OfferID || offers[1].ID != e.OfferID {
			t.Errorf("the records are for %v, %v", offers, err)
		}

		s.takes(s.Ada, e, 3)
		s.standAt("after the third part", e, "PAID 20005, FUNDED 15000, FUNDED 14995")
		s.takes(s.Ada, e, 2)
		s.standAt("after the second part", e, "PAID 20005, DUE 15000, FUNDED 14995")
		e = s.engagement(e.ID)
		stage.Must(s, s.Supervisor, CompleteEngagement, CompleteEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
		s.standAt("when the work is complete", e, "PAID 20005, DUE 15000, DUE 14995")
		s.due()
		s.standAt("in the end", e, "PAID 20005, PAID 15000, PAID 14995")
		if got, want := s.purse(e), (purse{450_00, 50_00, 0, 0}); got != want {
			t.Errorf("in the end the money is %+v, want %+v", got, want)
		}
		if got, want := s.poolStands(pool), [3]int64{100_00, 0, 500_00}; got != want {
			t.Errorf("in the end the pool stands at %v, want %v", got, want)
		}
		s.ledger()
	})
}

// Each record of an offer costs its part, and all of them what the offer costs.
func TestEachRecordCostsItsPart(t *testing.T) {
	each(t, func(s *scene) {
		project := s.project(2, 2)
		e := s.inParts(s.Ada, project, part{200_00, []int{1}}, part{300_00, []int{2}})
		s.takes(s.Ada, e, 1)
		added, title := int64(100_00), "The appendix"
		s.amends(e, &ent.Amendment{AddedFeeMinor: &added, AddedFeeTitle: &title})
		s.standAt("when the fee is added to", e, "DUE 20000, FUNDED 30000, FUNDED 10000")
		ben := s.offered(s.Talent("Ben"), project)
		stage.Must(s, s.Recruiter, WithdrawOffer, WithdrawOfferInput{OfferID: ben.ID, ExpectedRevision: ben.Revision, Reason: "The budget is gone."})
		owner := viewer.With(t.Context(), s.Owner)
		costs := func() (records, offers, summed int64) {
			all, err := s.DB.Read.PaymentRecord.Query().All(owner)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range all {
				records += payment.EmployerCost(p).Minor
			}
			of, err := EmployerCosts(owner, s.DB, []*ent.Offer{s.offer(e.OfferID), s.offer(ben.ID)})
			if err != nil || of[1].Minor != 0 {
				t.Fatalf("the offers cost %v, %v", of, err)
			}
			sums, err := payment.Summary(owner, s.DB, nil)
			if err != nil {
				t.Fatal(err)
			}
			return records, of[0].Minor, sums[0].EmployerCost.Minor
		}
		if records, offers, summed := costs(); records != 600_00 || offers != 600_00 || summed != 600_00 {
			t.Errorf("the records cost %d, the offer %d and the sum is %d", records, offers, summed)
		}
		e = s.engagement(e.ID)
		stage.Must(s, s.Ada, OpenDispute, OpenDisputeInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "It is less work."})
		d, err := s.DB.Read.Dispute.Query().Only(s.All())
		if err != nil {
			t.Fatal(err)
		}
		stage.Must(s, s.Operator(), ResolveDispute, ResolveDisputeInput{
			DisputeID: d.ID, ExpectedRevision: d.Revision, TalentSide: money.Input{Amount: "150.00", Currency: "USD"}, WorkGoesOn: true, Note: "Less work, less pay.",
		})
		s.standAt("when some of it went back", e, "DUE 20000, FUNDED 15000, CANCELLED 0")
		if records, offers, summed := costs(); records != 350_00 || offers != 350_00 || summed != 350_00 {
			t.Errorf("the records cost %d, the offer %d and the sum is %d", records, offers, summed)
		}
		s.ledger()
	})
}

// What was the last milestone waits no longer for the end when another is added: what
// it waits for was accepted.
func TestTheLastMilestoneIsPaidWhenAnotherFollows(t *testing.T) {
	each(t, func(s *scene) {
		e := s.inParts(s.Ada, s.project(1, 2), part{500_00, []int{1}})
		s.takes(s.Ada, e, 1)
		s.standAt("before", e, "FUNDED 50000")
		added, title := int64(1), "A cent"
		s.amends(e, &ent.Amendment{AddedFeeMinor: &added, AddedFeeTitle: &title})
		s.standAt("after", e, "DUE 50000, FUNDED 1")
		s.takes(s.Ada, e, 2)
		e = s.engagement(e.ID)
		stage.Must(s, s.Supervisor, CompleteEngagement, CompleteEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
		s.due()
		s.standAt("in the end", e, "PAID 50000, PAID 1")
		if got, want := s.purse(e), (purse{450_01, 50_00, 0, 0}); got != want {
			t.Errorf("the money is %+v, want %+v", got, want)
		}
		years, err := payment.TaxYears(viewer.With(t.Context(), s.Ada), s.DB, []*ent.TalentProfile{{ID: s.Ada.Talent}}, 2026)
		if err != nil || years[0].PaidOut.Minor != 450_01 {
			t.Errorf("the year's pay is %+v, %v", years[0], err)
		}
		s.ledger()
	})
}

func TestMilestonesThatAreNotPaid(t *testing.T) {
	each(t, func(s *scene) {
		half := []part{{200_00, []int{1}}, {200_00, []int{2}}, {100_00, nil}}
		// What is planned ends with its offer.
		p := s.project(9, 2)
		in := s.terms(s.applied(s.Ada, p))
		in.Milestones = s.milestonesOf(p, half...)
		o := s.offer(stage.Must(s, s.Recruiter, ExtendOffer, in).OfferID)
		e := &ent.Engagement{OfferID: o.ID}
		s.standAt("in an offer", e, "PLANNED 20000, PLANNED 20000, PLANNED 10000")
		stage.Must(s, s.Ada, DeclineOffer, DeclineOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision})
		s.standAt("in a declined offer", e, "CANCELLED 20000, CANCELLED 20000, CANCELLED 10000")

		// What nobody worked for goes back whole.
		ben := s.Talent("Ben")
		e = s.inParts(ben, p, half...)
		stage.Must(s, ben, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "I moved away."})
		s.standAt("with nothing handed in", e, "CANCELLED 0, CANCELLED 0, CANCELLED 0")
		if got, want := s.purse(e), (purse{back: 500_00}); got != want {
			t.Errorf("with nothing handed in the money is %+v, want %+v", got, want)
		}

		// What was paid stays paid; of the rest a dispute decides.
		cleo := s.Talent("Cleo")
		e = s.inParts(cleo, p, half...)
		s.takes(cleo, e, 1)
		s.due()
		e = s.engagement(e.ID)
		stage.Must(s, s.Supervisor, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "We stop here."})
		s.standAt("when it is ended", e, "PAID 20000, FUNDED 20000, FUNDED 10000")
		if got := s.money(e.OfferID); got != paymentrecord.StatusFrozen {
			t.Errorf("the rest is %s", got)
		}
		e = s.engagement(e.ID)
		d := stage.Must(s, cleo, OpenDispute, OpenDisputeInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "I have done half of the second part."}).DisputeID
		resolve := ResolveDisputeInput{DisputeID: d, ExpectedRevision: 1, TalentSide: money.Input{Amount: "300.01", Currency: "USD"}, Note: "Half of it."}
		stage.Refuses(s, s.Operator(), ResolveDispute, resolve, fault.CodeInvalidValue, "talentSide")
		resolve.TalentSide.Amount = "50.00"
		stage.Must(s, s.Operator(), ResolveDispute, resolve)
		s.standAt("when it is resolved", e, "PAID 20000, DUE 5000, CANCELLED 0")
		s.due()
		s.standAt("in the end", e, "PAID 20000, PAID 5000, CANCELLED 0")
		if got, want := s.purse(e), (purse{225_00, 25_00, 250_00, 0}); got != want {
			t.Errorf("in the end the money is %+v, want %+v", got, want)
		}
		s.ledger()
	})
}

func TestMilestonesAfterADisputeForLess(t *testing.T) {
	each(t, func(s *scene) {
		e := s.inParts(s.Ada, s.project(1, 3), part{100_00, []int{1}}, part{100_00, []int{2}}, part{300_00, nil})
		d := stage.Must(s, s.Ada, OpenDispute, OpenDisputeInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "It is less work than we thought."}).DisputeID
		stage.Must(s, s.Operator(), ResolveDispute, ResolveDisputeInput{
			DisputeID: d, ExpectedRevision: 1, TalentSide: money.Input{Amount: "200.00", Currency: "USD"}, WorkGoesOn: true, Note: "Less work, less pay.",
		})
		s.standAt("for less", e, "FUNDED 10000, FUNDED 10000, CANCELLED 0")
		s.takes(s.Ada, e, 2)
		s.standAt("the last that is left waits", e, "FUNDED 10000, FUNDED 10000, CANCELLED 0")
		s.takes(s.Ada, e, 1)
		s.standAt("what is left before it is paid", e, "DUE 10000, FUNDED 10000, CANCELLED 0")
		// The clock accepts the rest, and completes the work.
		s.handIn(s.Ada, s.deliverables(e.ID)[2])
		s.Clock.Skip(15 * 24 * time.Hour)
		s.due()
		s.standAt("in the end", e, "PAID 10000, PAID 10000, CANCELLED 0")
		if got, want := s.purse(e), (purse{180_00, 20_00, 300_00, 0}); got != want {
			t.Errorf("in the end the money is %+v, want %+v", got, want)
		}
	})
}

func TestMilestonesWithoutTheirDeliverables(t *testing.T) {
	each(t, func(s *scene) {
		e := s.inParts(s.Ada, s.project(1, 4), part{100_00, []int{1, 2}}, part{100_00, []int{3}}, part{300_00, nil})
		s.takes(s.Ada, e, 1)
		s.standAt("half of it is accepted", e, "FUNDED 10000, FUNDED 10000, FUNDED 30000")
		amend := func(position int) {
			s.amends(e, &ent.Amendment{Dropped: []gid.ID{s.deliverables(e.ID)[position-1].ID}})
		}
		amend(2)
		s.standAt("the other half was dropped", e, "DUE 10000, FUNDED 10000, FUNDED 30000")
		amend(3)
		s.standAt("all it waits for was dropped", e, "DUE 10000, FUNDED 10000, FUNDED 30000")
		s.handIn(s.Ada, s.deliverables(e.ID)[3])
		// Nobody decides: the clock accepts and completes.
		s.Clock.Skip(15 * 24 * time.Hour)
		s.due()
		s.standAt("in the end", e, "PAID 10000, PAID 10000, PAID 30000")
		if got := s.engagement(e.ID).Status; got != entengagement.StatusCompleted {
			t.Errorf("the work is %s", got)
		}
	})
}

func TestTheClockMakesMilestonesDue(t *testing.T) {
	each(t, func(s *scene) {
		e := s.inParts(s.Ada, s.project(1, 2), part{100_00, []int{1}}, part{400_00, []int{2}})
		s.handIn(s.Ada, s.deliverables(e.ID)[0])
		s.Clock.Skip(14*24*time.Hour + time.Hour)
		before := len(s.Heard())
		s.due()
		s.standAt("when nobody decides", e, "PAID 10000, FUNDED 40000")
		heard := strings.Join(s.Heard()[before:], " ")
		for _, kind := range []event.Kind{event.DeliverableAutoAccepted, event.MilestoneDue, event.PaymentReleased, event.PaymentPaidOut, event.MilestonePaid} {
			if !strings.Contains(heard, string(kind)) {
				t.Errorf("nobody heard of %s in %s", kind, heard)
			}
		}
	})
}

func TestReviseMilestones(t *testing.T) {
	each(t, func(s *scene) {
		p := s.project(1, 2)
		in := s.terms(s.applied(s.Ada, p))
		in.Milestones = s.milestonesOf(p, part{100_00, []int{1}}, part{300_00, nil})
		stage.Refuses(s, s.Recruiter, ExtendOffer, in, fault.CodeInvalidValue, "milestones")
		in.Milestones = s.milestonesOf(p, part{100_00, []int{1}}, part{400_00, nil})
		foreign := s.milestonesOf(s.project(1, 1), part{100_00, []int{1}})
		in.Milestones[0].PlannedDeliverableIDs = foreign[0].PlannedDeliverableIDs
		stage.Refuses(s, s.Recruiter, ExtendOffer, in, fault.CodeNotFound, "milestones.0.plannedDeliverableIds.0")
		in.Milestones = s.milestonesOf(p, part{100_00, []int{1}}, part{400_00, nil})
		day := in.EndsOn
		in.Milestones[0].DueOn = &day
		o := s.offer(stage.Must(s, s.Recruiter, ExtendOffer, in).OfferID)
		e := &ent.Engagement{OfferID: o.ID}
		revise := func(milestones []*milestone.MilestoneInput) ReviseOfferInput {
			o = s.offer(o.ID)
			return ReviseOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision, StartsOn: o.StartsOn, EndsOn: o.EndsOn, Milestones: milestones}
		}
		stage.Must(s, s.Recruiter, ReviseOffer, revise(nil))
		s.standAt("when nothing is said of them", e, "PLANNED 10000, PLANNED 40000")
		earlier := revise(nil)
		earlier.EndsOn = earlier.StartsOn
		stage.Refuses(s, s.Recruiter, ReviseOffer, earlier, fault.CodeInvalidValue, "milestones")
		stage.Must(s, s.Recruiter, ReviseOffer, revise(s.milestonesOf(p, part{500_00, nil})))
		s.standAt("when they are said anew", e, "PLANNED 50000")
		stage.Refuses(s, s.Recruiter, ReviseOffer, revise(s.milestonesOf(p, part{500_01, nil})), fault.CodeInvalidValue, "milestones.0.amount.amount")
		stage.Must(s, s.Recruiter, ReviseOffer, revise([]*milestone.MilestoneInput{}))
		s.standAt("when there are none", e, "")
	})
}

// Thirty-two times at once, the last deliverables of two milestones are accepted:
// each milestone is paid once.
func TestTwoMilestonesFallDueAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		e := s.inParts(s.Ada, s.project(1, 3), part{100_01, []int{1}}, part{200_01, []int{2}}, part{199_98, nil})
		for _, d := range s.deliverables(e.ID)[:2] {
			s.handIn(s.Ada, d)
		}
		all := s.deliverables(e.ID)
		answers, start := make(chan error, 32), make(chan struct{})
		var waiting sync.WaitGroup
		for n := range 32 {
			d := all[n%2]
			waiting.Go(func() {
				<-start
				_, err := AcceptDeliverable(s.As(s.Supervisor, "acceptDeliverable"), s.DB, AcceptDeliverableInput{DeliverableID: d.ID, ExpectedRevision: d.Revision})
				answers <- err
			})
		}
		close(start)
		waiting.Wait()
		close(answers)
		won := 0
		for err := range answers {
			told, _ := fault.UserErrors(err)
			if err == nil {
				won++
			} else if len(told) != 1 || told[0].GetCode() != fault.CodeIllegalTransition {
				t.Errorf("a loser heard %v", err)
			}
		}
		if won != 2 {
			t.Errorf("%d acceptances were taken, want one of each deliverable", won)
		}
		s.standAt("after all", e, "DUE 10001, DUE 20001, FUNDED 19998")
		s.due()
		if got, want := s.purse(e), (purse{270_02, 30_00, 0, 199_98}); got != want {
			t.Errorf("the money is %+v, want %+v", got, want)
		}
		s.ledger()
	})
}

// However a fee is split, added to and split anew, and whatever becomes of the work,
// what is paid, what went back and what is held come to the fee, and each milestone is
// paid what is left of it.
func TestMilestonesComeToTheFee(t *testing.T) {
	each(t, func(s *scene) {
		rapid.Check(t, func(r *rapid.T) {
			parts := drawParts(r, 500_00)
			project := s.project(1, len(parts))
			who := s.Talent("Somebody")
			e := s.inParts(who, project, parts...)
			for range rapid.IntRange(0, 2*len(parts)).Draw(r, "steps") {
				s.wander(r, who, e)
				got, fee := s.purse(e), AgreedFee(s.engagement(e.ID), s.offer(e.OfferID)).Minor
				if got.talent+got.platform+got.back+got.held != fee {
					r.Fatalf("the money is %+v of %d; the milestones are %s", got, fee, s.stands(e))
				}
			}
			s.drain()
			s.adds(r, e)
		})
		s.ledger()
	})
}

// drawParts splits a fee at random.
func drawParts(r *rapid.T, fee int64) []part {
	n := rapid.IntRange(1, 5).Draw(r, "parts")
	parts, left := make([]part, n), fee
	for i := range parts {
		minor := left
		if i < n-1 {
			minor = rapid.Int64Range(1, left-int64(n-1-i)).Draw(r, "amount")
		}
		left -= minor
		parts[i] = part{minor: minor, waits: []int{i + 1}}
	}
	return parts
}

// wander takes one step that the work allows now.
func (s *scene) wander(r *rapid.T, who viewer.Viewer, e *ent.Engagement) {
	s.Helper()
	e = s.engagement(e.ID)
	switch rapid.SampledFrom([]string{"accept", "accept", "accept", "raise", "split", "dispute", "terminate", "complete", "drain"}).Draw(r, "step") {
	case "raise":
		if e.Status == entengagement.StatusActive {
			minor, title := rapid.Int64Range(1, 100_00).Draw(r, "added"), "Added fee"
			s.amends(e, &ent.Amendment{AddedFeeMinor: &minor, AddedFeeTitle: &title})
		}
	case "split":
		if e.Status == entengagement.StatusActive {
			s.amends(e, &ent.Amendment{AmendedMilestones: s.drawSplit(r, e)})
		}
	case "accept":
		for i, d := range s.deliverables(e.ID) {
			isWanted := d.Status == deliverable.StatusPlanned && e.Status == entengagement.StatusActive
			if isWanted && rapid.Bool().Draw(r, "this one") {
				s.takes(who, e, i+1)
				return
			}
		}
	case "dispute":
		held := s.purse(e).held
		if held == 0 || e.Status == entengagement.StatusCompleted {
			return
		}
		d := stage.Must(s, who, OpenDispute, OpenDisputeInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "We do not agree."}).DisputeID
		goesOn := !hasEnded(s.engagement(e.ID)) && rapid.Bool().Draw(r, "goes on")
		least := int64(0)
		if goesOn {
			least = 1
		}
		side := money.Money{Minor: rapid.Int64Range(least, held).Draw(r, "talent's side"), Currency: "USD"}
		stage.Must(s, s.Operator(), ResolveDispute, ResolveDisputeInput{
			DisputeID: d, ExpectedRevision: 1, TalentSide: money.Input{Amount: side.Amount(), Currency: "USD"}, WorkGoesOn: goesOn, Note: "So be it.",
		})
	case "terminate":
		if e.Status == entengagement.StatusActive || e.Status == entengagement.StatusSubmitted {
			stage.Must(s, who, TerminateEngagement, TerminateEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision, Reason: "I stop here."})
		}
	case "complete":
		if e.Status == entengagement.StatusSubmitted && undecided(s.deliverables(e.ID)) == 0 {
			stage.Must(s, s.Supervisor, CompleteEngagement, CompleteEngagementInput{EngagementID: e.ID, ExpectedRevision: e.Revision})
		}
	case "drain":
		s.drain()
	}
}

// amends makes an amendment hold.
func (s *scene) amends(e *ent.Engagement, a *ent.Amendment) {
	s.Helper()
	stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
		now, err := tx.Engagement.Query().Where(entengagement.ID(e.ID), store.Locked).Only(ctx)
		if err != nil {
			return 0, err
		}
		return 1, Amend(ctx, tx, now, a)
	})
}

// drawSplit moves money from one milestone that is not due to the next, as long as
// both keep some.
func (s *scene) drawSplit(r *rapid.T, e *ent.Engagement) []schema.AmendedMilestone {
	s.Helper()
	all, err := s.DB.Read.Milestone.Query().Where(entmilestone.OfferID(e.OfferID), entmilestone.StatusEQ(entmilestone.StatusFunded)).
		Order(ent.Asc(entmilestone.FieldPosition)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	if len(all) < 2 || milestone.Left(all[0]) == 1 {
		return nil
	}
	moved := rapid.Int64Range(1, milestone.Left(all[0])-1).Draw(r, "moved")
	return []schema.AmendedMilestone{
		{MilestoneID: all[0].ID, AmountMinor: new(all[0].AmountMinor - moved)},
		{MilestoneID: all[1].ID, AmountMinor: new(all[1].AmountMinor + moved)},
	}
}

// adds holds the milestones against the money.
func (s *scene) adds(r *rapid.T, e *ent.Engagement) {
	s.Helper()
	all, err := s.DB.Read.Milestone.Query().Where(entmilestone.OfferID(e.OfferID)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	sums := map[entmilestone.Status]int64{}
	for _, m := range all {
		sums[m.Status] += milestone.Left(m)
	}
	got := s.purse(e)
	if sums[entmilestone.StatusPaid] != got.talent+got.platform || sums[entmilestone.StatusFunded] != got.held || sums[entmilestone.StatusDue] != 0 ||
		sums[entmilestone.StatusCancelled] != 0 {
		r.Fatalf("the milestones come to %v, the money is %+v", sums, got)
	}
}
