package engagement

import (
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	"github.com/rung-dev/rung/ent/gen/ent/offerdocument"
	"github.com/rung-dev/rung/internal/career/template"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

// publishes makes a text one of Acme's after so many versions.
func (s *scene) publishes(kind agreementtemplate.Kind, text string, after int) *ent.AgreementTemplate {
	s.Helper()
	id := stage.Must(s, s.Owner, template.PublishAgreementTemplate, template.PublishAgreementTemplateInput{
		Kind: kind, Title: "A text of our own", Text: text, ExpectedVersion: after,
	})
	t, err := s.DB.Read.AgreementTemplate.Get(s.All(), id)
	if err != nil {
		s.Fatal(err)
	}
	return t
}

// documents are what a viewer reads of an offer's documents, in the order of signing.
func (s *scene) documents(v viewer.Viewer, offer gid.ID) ([]*ent.OfferDocument, []string) {
	s.Helper()
	ctx := viewer.With(s.Context(), v)
	rows, err := s.DB.Read.OfferDocument.Query().Where(offerdocument.OfferID(offer)).All(ctx)
	if err != nil {
		s.Fatal(err)
	}
	slices.SortFunc(rows, func(a, b *ent.OfferDocument) int { return BySigning(a.Kind, b.Kind) })
	texts, err := DocumentTexts(ctx, s.DB, rows)
	if err != nil {
		s.Fatal(err)
	}
	return rows, texts
}

func (s *scene) textOf(a *ent.Agreement) string {
	s.Helper()
	texts, err := Texts(viewer.With(s.Context(), s.Ada), s.DB, []*ent.Agreement{a})
	if err != nil {
		s.Fatal(err)
	}
	return texts[0]
}

func TestAnOfferKeepsTheTextsThatItWasSentWith(t *testing.T) {
	each(t, func(s *scene) {
		first := s.publishes("NON_DISCLOSURE", "What Acme shows you stays with you.", 0)
		o := s.offered(s.Ada, s.project(1, 1))
		second := s.publishes("NON_DISCLOSURE", "What Acme shows you stays with you for ever.", 1)
		s.publishes("ADDITIONAL_TERMS", "You work with the door open at all times.", 0)

		rows, read := s.documents(s.Ada, o.ID)
		if len(rows) != 3 || rows[2].AgreementTemplateID != first.ID || rows[2].TextVersion != 1 || read[2] != first.Text {
			t.Fatalf("the talent reads %v, %q", rows, read)
		}
		for _, v := range []viewer.Viewer{s.Foreigner, s.Stranger, s.Staff, viewer.Public()} {
			if rows, _ := s.documents(v, o.ID); len(rows) > 0 {
				t.Errorf("%v reads %v", v.Kind, rows)
			}
		}
		stage.Must(s, s.Ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: o.Revision})
		for i, a := range s.agreements(o.ID) {
			if a.TextHash != template.HashOf(read[i]) || s.textOf(a) != read[i] || a.AgreementTemplateID != rows[i].AgreementTemplateID {
				t.Errorf("what is signed is %v, and what was read is %q", a, read[i])
			}
		}
		nda := s.agreements(o.ID)[2]
		in := SignAgreementInput{AgreementID: nda.ID, ExpectedRevision: 1, TextHash: second.TextHash}
		stage.Refuses(s, s.Ada, SignAgreement, in, fault.CodeInvalidValue, "textHash")
		in.TextHash = first.TextHash
		stage.Must(s, s.Ada, SignAgreement, in)
	})
}

func TestARevisedOfferHasTheTextsOfThatDay(t *testing.T) {
	each(t, func(s *scene) {
		s.publishes("NON_DISCLOSURE", "What Acme shows you stays with you.", 0)
		o := s.offered(s.Ada, s.project(1, 1))
		second := s.publishes("NON_DISCLOSURE", "What Acme shows you stays with you for ever.", 1)
		more := s.publishes("ADDITIONAL_TERMS", "You work with the door open at all times.", 0)
		stage.Must(s, s.Recruiter, ReviseOffer, ReviseOfferInput{OfferID: o.ID, ExpectedRevision: 1, StartsOn: o.StartsOn, EndsOn: o.EndsOn})
		rows, read := s.documents(s.Ada, o.ID)
		if len(rows) != 4 || rows[2].AgreementTemplateID != second.ID || rows[3].AgreementTemplateID != more.ID || read[3] != more.Text {
			t.Fatalf("the talent reads %v, %q", rows, read)
		}
		stage.Must(s, s.Ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 2})
		signed := s.agreements(o.ID)
		kinds := map[agreement.Kind]gid.ID{}
		for _, a := range signed {
			kinds[a.Kind] = a.AgreementTemplateID
		}
		if len(signed) != 4 || kinds[agreement.KindNonDisclosure] != second.ID || kinds[agreement.KindAdditionalTerms] != more.ID ||
			!kinds[agreement.KindContractorTerms].IsNone() || !kinds[agreement.KindIPAssignment].IsNone() {
			t.Errorf("there is to sign %v", signed)
		}
		sees := func(id gid.ID) bool {
			ok, err := s.DB.Read.AgreementTemplate.Query().Where(agreementtemplate.ID(id)).Exist(viewer.With(t.Context(), s.Ada))
			if err != nil {
				t.Fatal(err)
			}
			return ok
		}
		if !sees(second.ID) || !sees(more.ID) {
			t.Error("the talent does not see what they sign")
		}
		s.signed(s.Ada, o.ID)
		if got := s.offer(o.ID).Status; got != "SIGNED" {
			t.Errorf("with every document signed the offer is %s", got)
		}
	})
}

// TestTheMilestonesAreReadBeforeAccepting: what the contractor's terms say of the
// milestones before the offer is accepted is what they say after.
func TestTheMilestonesAreReadBeforeAccepting(t *testing.T) {
	each(t, func(s *scene) {
		project := s.project(1, 2)
		a := s.applied(s.Ada, project)
		in := s.terms(a)
		in.Milestones = s.milestonesOf(project, part{300_00, []int{1}}, part{200_00, []int{2}})
		o := s.offer(stage.Must(s, s.Recruiter, ExtendOffer, in).OfferID)
		_, read := s.documents(s.Ada, o.ID)
		if !strings.Contains(read[0], "(1) Stage 1: 300.00 USD; for: Part 1.") {
			t.Errorf("the terms say %q", read[0])
		}
		stage.Must(s, s.Ada, AcceptOffer, AcceptOfferInput{OfferID: o.ID, ExpectedRevision: 1})
		_, agreed := s.documents(s.Ada, o.ID)
		if terms := row(s, s.agreements(o.ID)[0], nil); read[0] != agreed[0] || terms.TextHash != template.HashOf(read[0]) {
			t.Errorf("before accepting the terms said %q, and then %q", read[0], agreed[0])
		}
	})
}
