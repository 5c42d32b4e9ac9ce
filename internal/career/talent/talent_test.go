package talent

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/declaredskill"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestOpenTalentProfile(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		before, ctx := len(h.Said(t)), stage.As(t, stage.Newcomer("ada"), "openTalentProfile")
		zone, nick, resume := calendar.Zone("Europe/London"), " Ada ", "https://example.com/ada.pdf"
		done, err := OpenTalentProfile(ctx, h.DB, OpenTalentProfileInput{
			LegalName: "Ada Lovelace", PreferredName: &nick, TimeZone: &zone, ResumeURL: &resume, Attestation: grown,
		})
		if err != nil {
			t.Fatal(err)
		}
		v := viewer.From(ctx)
		if v.Kind != viewer.Talent || v.Role != viewer.RoleTalent || v.Talent != done.TalentProfileID || v.Person != done.PersonID ||
			!v.Can(viewer.TalentWrite) {
			t.Errorf("the rest of the request is asked by %v", v)
		}
		p, err := h.DB.Read.TalentProfile.Get(ctx, done.TalentProfileID)
		if err != nil {
			t.Fatalf("the talent does not see their profile: %v", err)
		}
		if p.LegalName != "Ada Lovelace" || *p.PreferredName != "Ada" || *p.TimeZone != "Europe/London" || *p.ResumeURL != resume ||
			p.Visibility != talentprofile.VisibilityPrivate || p.Email != nil || p.WorldID != gid.LiveWorld || p.Revision != 1 {
			t.Errorf("got %v", p)
		}
		want := []string{stage.Says(event.TalentProfileOpened, p.ID, p.ID)}
		if got := h.Said(t)[before:]; !slices.Equal(got, want) {
			t.Errorf("events: got %v, want %v", got, want)
		}
	})
}

func TestOpenTalentProfileForSomebodyWhoActsForAnEmployer(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		owner := h.employer(t, "Acme", true)
		ctx := stage.As(t, owner, "openTalentProfile")
		done, err := OpenTalentProfile(ctx, h.DB, OpenTalentProfileInput{LegalName: "Olivia", Attestation: grown})
		if err != nil || done.PersonID != owner.Person {
			t.Fatalf("got %v, %v, want a profile of %s", done, err, owner.Person)
		}
		if v := viewer.From(ctx); v.Kind != viewer.Talent || !v.Org.IsNone() || v.Can(viewer.ProjectsWrite) {
			t.Errorf("the rest of the request is asked by %v, want the talent alone", v)
		}
		// With the employer's token again they do not see the profile, yet have it.
		opens := func(ctx context.Context) error {
			_, err := OpenTalentProfile(ctx, h.DB, OpenTalentProfileInput{LegalName: "Olivia", Attestation: grown})
			return err
		}
		h.Refuses(t, owner, "openTalentProfile", opens, fault.CodeAlreadyExists, "")
	})
}

func TestOpenTalentProfileRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		opens := func(name string) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := OpenTalentProfile(ctx, h.DB, OpenTalentProfileInput{LegalName: name, Attestation: grown})
				return err
			}
		}
		ada := h.talent(t, "Ada")
		h.Refuses(t, ada, "openTalentProfile", opens("Ada"), fault.CodeAlreadyExists, "")
		// A token from before the profile was there.
		h.Refuses(t, stage.Newcomer("Ada"), "openTalentProfile", opens("Ada"), fault.CodeAlreadyExists, "")
		h.Refuses(t, stage.Newcomer("eve"), "openTalentProfile", opens(" "), fault.CodeInvalidValue, "legalName")
		h.Refuses(t, h.amy, "openTalentProfile", opens("Amy"), fault.CodeNotPermitted, "")
		h.Refuses(t, h.operator, "openTalentProfile", opens("Olga"), fault.CodeNotPermitted, "")
		h.Refuses(t, viewer.Public(), "openTalentProfile", opens("Nobody"), fault.CodeNotPermitted, "")
	})
}

func TestOpenTalentProfileReplays(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		in := OpenTalentProfileInput{LegalName: "Ada", Attestation: grown}
		first, err := OpenTalentProfile(stage.WithKey(t, stage.Newcomer("ada"), "openTalentProfile", "k"), h.DB, in)
		if err != nil {
			t.Fatal(err)
		}
		before, ctx := h.Everything(t), stage.WithKey(t, stage.Newcomer("ada"), "openTalentProfile", "k")
		again, err := OpenTalentProfile(ctx, h.DB, in)
		if err != nil || again != first || !viewer.RequestFrom(ctx).Replayed() || viewer.From(ctx).Talent != first.TalentProfileID ||
			h.Everything(t) != before {
			t.Errorf("got %v, %v, want %v once more and nothing else", again, err, first)
		}
	})
}

func TestReviseTalentProfile(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada := h.talent(t, "Ada")
		one := 1
		h.Does(t, ada, "reviseTalentProfile", func(ctx context.Context) error {
			_, err := ReviseTalentProfile(ctx, h.DB, ReviseTalentProfileInput{
				TalentProfileID: ada.Talent, ExpectedRevision: &one, Headline: opt.Of("Poet of science"), Email: opt.Of("ada@example.edu"),
				Visibility: opt.Of(talentprofile.VisibilityEmployers),
			})
			return err
		}, stage.Says(event.TalentProfileRevised, ada.Talent, ada.Talent))
		if p := h.profile(t, ada); *p.Headline != "Poet of science" || *p.Email != "ada@example.edu" || p.LegalName != "Ada" ||
			p.Visibility != talentprofile.VisibilityEmployers || p.Revision != 2 || !p.UpdatedAt.After(p.CreatedAt) {
			t.Errorf("got %v", p)
		}
		// The audit names what changed, and no more.
		audit := h.Audit(t)
		want := []string{"TalentProfile.email", "TalentProfile.headline", "TalentProfile.visibility"}
		for _, column := range want {
			if !slices.Contains(audit[len(audit)-1].ChangedFields, column) {
				t.Errorf("the audit names %v, want %s among them", audit[len(audit)-1].ChangedFields, column)
			}
		}
		if slices.Contains(audit[len(audit)-1].ChangedFields, "TalentProfile.legal_name") {
			t.Errorf("the audit names %v, but the legal name stayed", audit[len(audit)-1].ChangedFields)
		}
		h.Does(t, ada, "reviseTalentProfile", func(ctx context.Context) error {
			_, err := ReviseTalentProfile(ctx, h.DB, ReviseTalentProfileInput{TalentProfileID: ada.Talent, Headline: opt.Null[string]()})
			return err
		}, stage.Says(event.TalentProfileRevised, ada.Talent, ada.Talent))
		if p := h.profile(t, ada); p.Headline != nil || p.Email == nil || p.Revision != 3 {
			t.Errorf("cleared: got %v", p)
		}
	})
}

func TestReviseTalentProfileRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada, eve, acme := h.talent(t, "Ada"), h.talent(t, "Eve"), h.employer(t, "Acme", true)
		two := 2
		revise := func(in ReviseTalentProfileInput) func(context.Context) error {
			in.TalentProfileID = ada.Talent
			return func(ctx context.Context) error {
				_, err := ReviseTalentProfile(ctx, h.DB, in)
				return err
			}
		}
		const verb = "reviseTalentProfile"
		name := ReviseTalentProfileInput{LegalName: opt.Of("Mallory")}
		for _, stranger := range []viewer.Viewer{eve, acme, h.amy, h.operator, stage.Newcomer("nora"), viewer.Public()} {
			h.Refuses(t, stranger, verb, revise(name), fault.CodeNotFound, "talentProfileId")
		}
		h.Refuses(t, ada, verb, revise(ReviseTalentProfileInput{ExpectedRevision: &two}), fault.CodeStaleRevision, "expectedRevision")
		h.Refuses(t, ada, verb, revise(ReviseTalentProfileInput{LegalName: opt.Null[string]()}), fault.CodeInvalidValue, "legalName")
		h.applies(t, ada, acme)
		h.confirmed(t, ada, h.amy)
		for _, sees := range []viewer.Viewer{acme, h.amy} {
			h.Refuses(t, sees, verb, revise(name), fault.CodeNotPermitted, "")
		}
	})
}

func TestDeclareSkills(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada, ids := h.talent(t, "Ada"), h.skills(t, "Writing", "Analysis", "Design")
		declare := func(skills ...*SkillDeclarationInput) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := DeclareSkills(ctx, h.DB, DeclareSkillsInput{TalentProfileID: ada.Talent, Skills: skills})
				return err
			}
		}
		declared := func() map[gid.ID]*ent.DeclaredSkill {
			rows, err := h.DB.Read.DeclaredSkill.Query().Where(declaredskill.TalentID(ada.Talent)).All(stage.All(t))
			if err != nil {
				t.Fatal(err)
			}
			by := map[gid.ID]*ent.DeclaredSkill{}
			for _, d := range rows {
				by[d.SkillID] = d
			}
			return by
		}
		said := stage.Says(event.SkillsDeclared, ada.Talent, ada.Talent)
		h.Does(t, ada, "declareSkills", declare(
			&SkillDeclarationInput{ids[0], declaredskill.LevelBeginner}, &SkillDeclarationInput{ids[1], declaredskill.LevelBeginner}), said)
		first := declared()
		h.Does(t, ada, "declareSkills", declare(
			&SkillDeclarationInput{ids[2], declaredskill.LevelAdvanced}, &SkillDeclarationInput{ids[1], declaredskill.LevelIntermediate},
			&SkillDeclarationInput{ids[0], declaredskill.LevelBeginner}), said)
		second := declared()
		if len(second) != 3 || second[ids[1]].Level != declaredskill.LevelIntermediate || second[ids[2]].Level != declaredskill.LevelAdvanced ||
			second[ids[0]].ID != first[ids[0]].ID {
			t.Errorf("got %v", second)
		}
		h.Does(t, ada, "declareSkills", declare(), said)
		if third := declared(); len(third) != 0 {
			t.Errorf("got %v, want none", third)
		}
		if p := h.profile(t, ada); p.Revision != 4 {
			t.Errorf("the profile's revision is %d, want 4", p.Revision)
		}
	})
}

func TestDeclareSkillsRefuses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada, eve, ids := h.talent(t, "Ada"), h.talent(t, "Eve"), h.skills(t, "Writing")
		declare := func(skills ...gid.ID) func(context.Context) error {
			in := DeclareSkillsInput{TalentProfileID: ada.Talent}
			for _, id := range skills {
				in.Skills = append(in.Skills, &SkillDeclarationInput{id, declaredskill.LevelBeginner})
			}
			return func(ctx context.Context) error {
				_, err := DeclareSkills(ctx, h.DB, in)
				return err
			}
		}
		const verb = "declareSkills"
		h.Refuses(t, eve, verb, declare(ids[0]), fault.CodeNotFound, "talentProfileId")
		h.Refuses(t, ada, verb, declare(ids[0], gid.ID{9, 15: byte(gid.Skill)}), fault.CodeNotFound, "skills.1.skillId")
		h.Refuses(t, ada, verb, declare(ids[0], ids[0]), fault.CodeInvalidValue, "skills.1.skillId")
		h.Refuses(t, ada, verb, declare(make([]gid.ID, 1000)...), fault.CodeLimitReached, "skills")
		h.confirmed(t, ada, h.amy)
		h.Refuses(t, h.amy, verb, declare(ids[0]), fault.CodeNotPermitted, "")
	})
}

func TestRecordEducation(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada, eve := h.talent(t, "Ada"), h.talent(t, "Eve")
		college, elsewhere := h.listed(t, "Closed College", gid.LiveWorld), h.listed(t, "Sandbox College", h.sandbox)
		day := calendar.Date("2027-05-31")
		in := RecordEducationInput{
			TalentProfileID: ada.Talent, InstitutionID: college, Level: educationrecord.LevelBachelor, Major: " Mathematics ", GraduatesOn: &day,
		}
		records := func(in RecordEducationInput) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := RecordEducation(ctx, h.DB, in)
				return err
			}
		}
		const verb = "recordEducation"
		h.Does(t, ada, verb, records(in), stage.Says(event.EducationRecorded, ada.Talent, ada.Talent))
		e, err := h.DB.Read.EducationRecord.Query().Only(stage.All(t))
		if err != nil || e.TalentID != ada.Talent || e.InstitutionID != college || e.Major != "Mathematics" || *e.GraduatesOn != day ||
			e.Level != educationrecord.LevelBachelor {
			t.Errorf("got %v, %v", e, err)
		}
		if p := h.profile(t, ada); p.Revision != 2 {
			t.Errorf("the profile's revision is %d, want 2", p.Revision)
		}
		foreign, blank := in, in
		foreign.InstitutionID, blank.Major = elsewhere, " "
		h.Refuses(t, eve, verb, records(in), fault.CodeNotFound, "talentProfileId")
		h.Refuses(t, ada, verb, records(foreign), fault.CodeNotFound, "institutionId")
		h.Refuses(t, ada, verb, records(blank), fault.CodeInvalidValue, "major")
		for range mostEducation - 1 {
			if err := records(in)(stage.As(t, ada, verb)); err != nil {
				t.Fatal(err)
			}
		}
		h.Refuses(t, ada, verb, records(in), fault.CodeLimitReached, "")
		// Self-declared education opens nothing.
		if _, err := h.DB.Read.TalentProfile.Get(viewer.With(t.Context(), h.amy), ada.Talent); !ent.IsNotFound(err) {
			t.Errorf("staff see the profile: %v", err)
		}
	})
}

func TestNamesAndContacts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		ada, bea := h.talent(t, "Ada Lovelace"), h.talent(t, "Bea Bright")
		acme, brick := h.employer(t, "Acme", true), h.employer(t, "Brick", true)
		for _, v := range []viewer.Viewer{ada, bea} {
			if _, err := ReviseTalentProfile(stage.As(t, v, "reviseTalentProfile"), h.DB, ReviseTalentProfileInput{
				TalentProfileID: v.Talent, Visibility: opt.Of(talentprofile.VisibilityCommunity),
			}); err != nil {
				t.Fatal(err)
			}
		}
		h.applies(t, ada, acme)
		h.applies(t, ada, acme)
		h.confirmed(t, ada, h.amy)
		cases := map[string]struct {
			v        viewer.Viewer
			names    string
			contacts int
		}{
			"the employer she applied to": {acme, "Ada Lovelace, Bea B.", 1},
			"another employer":            {brick, "Ada L., Bea B.", 0},
			"herself":                     {ada, "Ada Lovelace, Bea B.", 1},
			"another talent":              {bea, "Ada L., Bea Bright", 1},
		}
		for name, c := range cases {
			ctx := viewer.With(t.Context(), c.v)
			profiles, err := h.DB.Read.TalentProfile.Query().Order(ent.Asc(talentprofile.FieldCreatedAt)).All(ctx)
			if err != nil {
				t.Fatal(err)
			}
			profiles = append(profiles, nil)
			names, err := DisplayNames(ctx, h.DB, profiles)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(names, ", "); got != c.names+", " {
				t.Errorf("%s: got %q, want %q", name, got, c.names)
			}
			contacts, err := Contacts(ctx, h.DB, profiles)
			if err != nil {
				t.Fatal(err)
			}
			given := slices.DeleteFunc(contacts, func(c *Contact) bool { return c == nil })
			if len(given) != c.contacts {
				t.Errorf("%s: %d contacts, want %d", name, len(given), c.contacts)
			}
		}
	})
}
