package talent

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

// The verbs as the helpers of a house take them.

func (h *house) claims(institution gid.ID, evidence *string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := ClaimAffiliation(ctx, h.DB, ClaimAffiliationInput{InstitutionID: institution, Evidence: evidence})
		return err
	}
}

func (h *house) confirms(id gid.ID, revision int) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := ConfirmAffiliation(ctx, h.DB, ConfirmAffiliationInput{AffiliationID: id, ExpectedRevision: revision})
		return err
	}
}

func (h *house) declines(id gid.ID, revision int, reason string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := DeclineAffiliation(ctx, h.DB, DeclineAffiliationInput{AffiliationID: id, ExpectedRevision: revision, Reason: reason})
		return err
	}
}

func (h *house) ends(id gid.ID, revision int) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := EndAffiliation(ctx, h.DB, EndAffiliationInput{AffiliationID: id, ExpectedRevision: revision})
		return err
	}
}

// sees reports whether somebody sees a talent's profile.
func (h *house) sees(t *testing.T, v, talent viewer.Viewer) bool {
	t.Helper()
	_, err := h.DB.Read.TalentProfile.Get(viewer.With(t.Context(), v), talent.Talent)
	if err != nil && !ent.IsNotFound(err) {
		t.Fatal(err)
	}
	return err == nil
}

func TestAffiliationFromClaimToEnd(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada := h.talent(t, "Ada")
		evidence := " Student 17 "
		if err := h.claims(h.uni, &evidence)(stage.As(t, ada, "claimAffiliation")); err != nil {
			t.Fatal(err)
		}
		a, err := h.DB.Read.Affiliation.Query().Only(stage.All(t))
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != affiliation.StatusClaimed || a.TalentID != ada.Talent || a.InstitutionID != h.uni || a.ClaimedName != "Ada" ||
			*a.Evidence != "Student 17" || a.DecidedAt != nil {
			t.Errorf("claimed: got %v", a)
		}
		if got, want := h.Said(t), stage.Says(event.AffiliationClaimed, a.ID, ada.Talent, h.uni); got[len(got)-1] != want {
			t.Errorf("claimed: got %v, want %v", got[len(got)-1], want)
		}
		if h.sees(t, h.amy, ada) {
			t.Error("a claim opens the profile to staff")
		}
		h.Does(t, h.amy, "confirmAffiliation", h.confirms(a.ID, 1), stage.Says(event.AffiliationConfirmed, a.ID, ada.Talent, h.uni))
		if a := h.affiliation(t, a.ID); a.Status != affiliation.StatusConfirmed || a.DecidedAt == nil || a.DecidedByID != h.amy.Person || a.Revision != 2 {
			t.Errorf("confirmed: got %v", a)
		}
		if !h.sees(t, h.amy, ada) || h.sees(t, h.tom, ada) {
			t.Error("confirming opens the profile to this institution's staff, and to no other's")
		}
		h.Does(t, ada, "endAffiliation", h.ends(a.ID, 2), stage.Says(event.AffiliationEnded, a.ID, ada.Talent, h.uni))
		if a := h.affiliation(t, a.ID); a.Status != affiliation.StatusEnded || a.EndedAt == nil || a.DecidedAt == nil || a.Revision != 3 {
			t.Errorf("ended: got %v", a)
		}
		if h.sees(t, h.amy, ada) {
			t.Error("staff see the profile after the end")
		}
		// Once it is over, the talent may claim anew; staff may end it too.
		again := h.confirmed(t, ada, h.amy)
		h.Does(t, h.amy, "endAffiliation", h.ends(again, 2), stage.Says(event.AffiliationEnded, again, ada.Talent, h.uni))
	})
}

func TestDeclineAffiliation(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada := h.talent(t, "Ada")
		id := h.claimed(t, ada, h.uni)
		h.Does(t, h.amy, "declineAffiliation", h.declines(id, 1, " Not enrolled. "), stage.Says(event.AffiliationDeclined, id, ada.Talent, h.uni))
		if a := h.affiliation(t, id); a.Status != affiliation.StatusDeclined || *a.Reason != "Not enrolled." || a.DecidedAt == nil {
			t.Errorf("got %v", a)
		}
		if next := h.claimed(t, ada, h.uni); next == id {
			t.Error("a new claim is a new row")
		}
	})
}

func TestClaimAffiliationRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada, acme := h.talent(t, "Ada"), h.employer(t, "Acme", true)
		closed, elsewhere := h.listed(t, "Closed College", gid.LiveWorld), h.listed(t, "Sandbox College", h.sandbox)
		long := strings.Repeat("a", 501)
		const verb = "claimAffiliation"
		h.Refuses(t, ada, verb, h.claims(elsewhere, nil), fault.CodeNotFound, "institutionId")
		h.Refuses(t, ada, verb, h.claims(closed, nil), fault.CodeIllegalTransition, "")
		h.Refuses(t, ada, verb, h.claims(h.uni, &long), fault.CodeInvalidValue, "evidence")
		for _, other := range []viewer.Viewer{acme, h.amy, h.operator, stage.Newcomer("nora"), viewer.Public()} {
			h.Refuses(t, other, verb, h.claims(h.uni, nil), fault.CodeNotPermitted, "")
		}
		id := h.claimed(t, ada, h.uni)
		h.Refuses(t, ada, verb, h.claims(h.uni, nil), fault.CodeAlreadyExists, "institutionId")
		if err := h.confirms(id, 1)(stage.As(t, h.amy, "confirmAffiliation")); err != nil {
			t.Fatal(err)
		}
		h.Refuses(t, ada, verb, h.claims(h.uni, nil), fault.CodeAlreadyExists, "institutionId")
	})
}

func TestMoveRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada, eve, acme := h.talent(t, "Ada"), h.talent(t, "Eve"), h.employer(t, "Acme", true)
		reader := h.Member(t, "rae", viewer.CareerStaff, viewer.RoleViewer, h.uni)
		id := h.claimed(t, ada, h.uni)
		for _, stranger := range []viewer.Viewer{eve, acme, h.tom, h.operator, stage.Newcomer("nora"), viewer.Public()} {
			h.Refuses(t, stranger, "confirmAffiliation", h.confirms(id, 1), fault.CodeNotFound, "affiliationId")
			h.Refuses(t, stranger, "endAffiliation", h.ends(id, 1), fault.CodeNotFound, "affiliationId")
		}
		for _, sees := range []viewer.Viewer{ada, reader} {
			h.Refuses(t, sees, "confirmAffiliation", h.confirms(id, 1), fault.CodeNotPermitted, "")
			h.Refuses(t, sees, "declineAffiliation", h.declines(id, 1, "Not enrolled."), fault.CodeNotPermitted, "")
		}
		h.Refuses(t, h.amy, "confirmAffiliation", h.confirms(id, 2), fault.CodeStaleRevision, "expectedRevision")
		h.Refuses(t, h.amy, "declineAffiliation", h.declines(id, 1, "no"), fault.CodeInvalidValue, "reason")
		h.Refuses(t, ada, "endAffiliation", h.ends(id, 1), fault.CodeIllegalTransition, "")
		if err := h.confirms(id, 1)(stage.As(t, h.amy, "confirmAffiliation")); err != nil {
			t.Fatal(err)
		}
		h.Refuses(t, reader, "endAffiliation", h.ends(id, 2), fault.CodeNotPermitted, "")
		h.Refuses(t, h.amy, "confirmAffiliation", h.confirms(id, 2), fault.CodeIllegalTransition, "")
	})
}

func TestConfirmAffiliationReplays(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		id := h.claimed(t, h.talent(t, "Ada"), h.uni)
		confirm := h.confirms(id, 1)
		if err := confirm(stage.WithKey(t, h.amy, "confirmAffiliation", "k")); err != nil {
			t.Fatal(err)
		}
		before, ctx := h.Everything(t), stage.WithKey(t, h.amy, "confirmAffiliation", "k")
		if err := confirm(ctx); err != nil || !viewer.RequestFrom(ctx).Replayed() || h.Everything(t) != before {
			t.Errorf("got %v, want the first answer and nothing else", err)
		}
		// Another of the staff with the same key and revision is another request.
		other := h.Member(t, "ann", viewer.CareerStaff, viewer.RoleApprover, h.uni)
		if err := confirm(stage.WithKey(t, other, "confirmAffiliation", "k")); err == nil {
			t.Error("a colleague's key was replayed")
		}
	})
}

func TestTwoDecisionsAtOnceLeaveOne(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		id := h.claimed(t, h.talent(t, "Ada"), h.uni)
		const n = 8
		answers := make(chan error, n)
		for i := range n {
			decide := h.confirms(id, 1)
			if i%2 == 1 {
				decide = h.declines(id, 1, "Not enrolled.")
			}
			go func() { answers <- decide(stage.As(t, h.amy, "decides")) }()
		}
		won := 0
		for range n {
			err := <-answers
			told, _ := fault.UserErrors(err)
			switch {
			case err == nil:
				won++
			case len(told) != 1 || told[0].GetCode() != fault.CodeIllegalTransition:
				t.Errorf("it answered %v, want ILLEGAL_TRANSITION", err)
			}
		}
		if a := h.affiliation(t, id); won != 1 || a.Revision != 2 {
			t.Errorf("%d decided, and the revision is %d; want one", won, a.Revision)
		}
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada, bea, cat := h.talent(t, "Ada"), h.talent(t, "Bea"), h.talent(t, "Cat")
		acme, pending := h.employer(t, "Acme", true), h.employer(t, "Pending", false)
		ids := h.skills(t, "Writing", "Design")
		for v, visibility := range map[gid.ID]talentprofile.Visibility{bea.Talent: talentprofile.VisibilityEmployers, cat.Talent: talentprofile.VisibilityCommunity} {
			ctx := stage.As(t, map[gid.ID]viewer.Viewer{bea.Talent: bea, cat.Talent: cat}[v], "reviseTalentProfile")
			if _, err := ReviseTalentProfile(ctx, h.DB, ReviseTalentProfileInput{TalentProfileID: v, Visibility: opt.Of(visibility)}); err != nil {
				t.Fatal(err)
			}
		}
		for _, v := range []viewer.Viewer{ada, bea} {
			if _, err := DeclareSkills(stage.As(t, v, "declareSkills"), h.DB, DeclareSkillsInput{
				TalentProfileID: v.Talent, Skills: []*SkillDeclarationInput{{ids[0], declaredskill.LevelBeginner}},
			}); err != nil {
				t.Fatal(err)
			}
		}
		h.applies(t, ada, pending)
		h.confirmed(t, ada, h.amy)
		h.confirmed(t, bea, h.amy)
		h.confirmed(t, bea, h.tom)
		h.claimed(t, cat, h.uni)
		writing, uni, tech := &page.IDFilter{In: []gid.ID{ids[0]}}, &page.IDFilter{Eq: &h.uni}, &page.IDFilter{Eq: &h.tech}
		cases := map[string]struct {
			v      viewer.Viewer
			filter *TalentProfileFilter
			order  *TalentProfileOrder
			want   string
		}{
			"a talent sees themselves and the community":     {ada, nil, nil, "Cat Ada"},
			"verified employers see those who say so":        {acme, nil, nil, "Cat Bea"},
			"others see their applicants alone":              {pending, nil, nil, "Ada"},
			"staff see whom they confirmed":                  {h.amy, nil, &TalentProfileOrder{TalentProfilesByCreatedAt, page.Ascending}, "Ada Bea"},
			"operators see none":                             {h.operator, nil, nil, ""},
			"strangers see none":                             {stage.Newcomer("nora"), nil, nil, ""},
			"by skill":                                       {acme, &TalentProfileFilter{Skills: writing}, nil, "Bea"},
			"by a skill that nobody has":                     {acme, &TalentProfileFilter{Skills: &page.IDFilter{Eq: &ids[1]}}, nil, ""},
			"by institution":                                 {h.amy, &TalentProfileFilter{Institution: uni}, nil, "Bea Ada"},
			"by both":                                        {h.amy, &TalentProfileFilter{Institution: uni, Skills: writing}, nil, "Bea Ada"},
			"a talent's own institution":                     {ada, &TalentProfileFilter{Institution: uni}, nil, "Ada"},
			"staff do not learn who belongs elsewhere":       {h.amy, &TalentProfileFilter{Institution: tech}, nil, ""},
			"an employer does not learn who belongs where":   {acme, &TalentProfileFilter{Institution: uni}, nil, ""},
			"the community's affiliations stay theirs alone": {ada, &TalentProfileFilter{Institution: tech}, nil, ""},
			"a skill shows nothing that is hidden":           {stage.Newcomer("nora"), &TalentProfileFilter{Skills: writing}, nil, ""},
		}
		for name, c := range cases {
			ctx := viewer.With(t.Context(), c.v)
			got, err := List(ctx, h.DB, page.NewSeal([]byte("k")), page.Args{}, c.filter, c.order)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, p := range got.Nodes {
				names = append(names, p.LegalName)
			}
			if strings.Join(names, " ") != c.want {
				t.Errorf("%s: got %v, want %s", name, names, c.want)
			}
			counts, err := page.Counts(ctx, []*TalentProfileConnection{got}, nil)
			if err != nil || counts[0].Value != len(names) {
				t.Errorf("%s: counted %v, %v, want %d", name, counts, err, len(names))
			}
		}
		_, err := List(viewer.With(t.Context(), acme), h.DB, page.NewSeal([]byte("k")), page.Args{},
			&TalentProfileFilter{Skills: &page.IDFilter{In: make([]gid.ID, 101)}}, nil)
		if err == nil || !strings.Contains(err.Error(), "INVALID_INPUT: A filter names at most 100") {
			t.Errorf("101 ids: got %v, want INVALID_INPUT", err)
		}
	})
}

func TestAffiliations(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada, bea := h.talent(t, "Ada"), h.talent(t, "Bea")
		first, second, third := h.claimed(t, ada, h.uni), h.confirmed(t, bea, h.amy), h.claimed(t, ada, h.tech)
		cases := map[string]struct {
			v      viewer.Viewer
			filter *AffiliationFilter
			order  *AffiliationOrder
			want   []gid.ID
		}{
			"a talent sees their own, the newest first": {ada, nil, nil, []gid.ID{third, first}},
			"staff see their institution's":             {h.amy, nil, &AffiliationOrder{AffiliationsByCreatedAt, page.Ascending}, []gid.ID{first, second}},
			"operators see none":                        {h.operator, nil, nil, nil},
			"strangers see none":                        {stage.Newcomer("nora"), nil, nil, nil},
			"by status":                                 {h.amy, &AffiliationFilter{Status: []affiliation.Status{affiliation.StatusClaimed}}, nil, []gid.ID{first}},
			"by talent":                                 {h.amy, &AffiliationFilter{Talent: &page.IDFilter{Eq: &bea.Talent}}, nil, []gid.ID{second}},
			"by institution":                            {ada, &AffiliationFilter{Institution: &page.IDFilter{In: []gid.ID{h.tech}}}, nil, []gid.ID{third}},
			"a filter shows nothing that is hidden":     {ada, &AffiliationFilter{Talent: &page.IDFilter{Eq: &bea.Talent}}, nil, nil},
		}
		for name, c := range cases {
			got, err := Affiliations(viewer.With(t.Context(), c.v), h.DB, page.NewSeal([]byte("k")), page.Args{}, c.filter, c.order)
			if err != nil {
				t.Fatal(err)
			}
			var ids []gid.ID
			for _, a := range got.Nodes {
				ids = append(ids, a.ID)
			}
			if !slices.Equal(ids, c.want) {
				t.Errorf("%s: got %v, want %v", name, ids, c.want)
			}
		}
	})
}
