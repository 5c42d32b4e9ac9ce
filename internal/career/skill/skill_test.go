package skill

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// fill puts a few entries on both lists.
func fill(t *testing.T, db *store.DB) {
	t.Helper()
	ctx := viewer.WithRequest(viewer.With(t.Context(), viewer.System("a test sets the scene")), &viewer.Request{ID: "t", Verb: "fixture"})
	_, err := store.Write(ctx, db, func(tx *store.Tx) (int, error) {
		for name, kind := range map[string]skill.Kind{
			"Programming": skill.KindSkill, "Mathematics": skill.KindKnowledge, "Matlab": skill.KindTechnology, "maître d'": skill.KindSkill,
		} {
			folded := text.Fold(name)
			if err := tx.Skill.Create().SetReference(string(kind) + ":" + folded).SetName(name).SetNameFolded(folded).
				SetKind(kind).SetCategory("Any").Exec(ctx); err != nil {
				return 0, err
			}
		}
		for code, title := range map[string]string{"15-1252.00": "Software Developers", "13-1161.00": "Market Research Analysts", "29-1141.00": "Registered Nurses"} {
			if err := tx.Occupation.Create().SetCode(code).SetTitle(title).SetTitleFolded(text.Fold(title)).SetDescription("What they do.").Exec(ctx); err != nil {
				return 0, err
			}
		}
		return 0, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func public(t *testing.T) context.Context {
	t.Helper()
	return viewer.With(t.Context(), viewer.Public())
}

var seal = page.NewSeal([]byte("k"))

func TestList(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		mat, technology := " MÁT", skill.KindTechnology
		cases := map[string]struct {
			filter *SkillFilter
			order  *SkillOrder
			want   []string
		}{
			"all, by name":                {nil, nil, []string{"maître d'", "Mathematics", "Matlab", "Programming"}},
			"the other way":               {nil, &SkillOrder{Field: SkillsByName, Direction: page.Descending}, []string{"Programming", "Matlab", "Mathematics", "maître d'"}},
			"by the beginning":            {&SkillFilter{Search: &mat}, nil, []string{"Mathematics", "Matlab"}},
			"by kind":                     {&SkillFilter{Kind: &technology}, nil, []string{"Matlab"}},
			"by both":                     {&SkillFilter{Search: &mat, Kind: &technology}, nil, []string{"Matlab"}},
			"a filter without conditions": {&SkillFilter{}, nil, []string{"maître d'", "Mathematics", "Matlab", "Programming"}},
		}
		for name, c := range cases {
			got, err := List(public(t), db, seal, page.Args{}, c.filter, c.order)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, s := range got.Nodes {
				names = append(names, s.Name)
			}
			if !slices.Equal(names, c.want) {
				t.Errorf("%s: got %v, want %v", name, names, c.want)
			}
		}
	})
}

func TestListGoesOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		one := 1
		args, names := page.Args{First: &one}, []string{}
		for range 4 {
			got, err := List(public(t), db, seal, args, nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, got.Nodes[0].Name)
			args.After = got.PageInfo.EndCursor
			if got.PageInfo.HasNextPage != (len(names) < 4) {
				t.Errorf("after %v there is more: %v", names, got.PageInfo.HasNextPage)
			}
		}
		if want := []string{"maître d'", "Mathematics", "Matlab", "Programming"}; !slices.Equal(names, want) {
			t.Errorf("got %v, want %v", names, want)
		}
		_, err := Occupations(public(t), db, seal, args, nil, nil)
		if err == nil || !strings.Contains(err.Error(), "CURSOR_INVALID") {
			t.Errorf("a cursor of the other list: got %v, want CURSOR_INVALID", err)
		}
	})
}

func TestOccupations(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db)
		search := "reg"
		cases := map[string]struct {
			filter *OccupationFilter
			order  *OccupationOrder
			want   []string
		}{
			"all, by title":    {nil, nil, []string{"13-1161.00", "29-1141.00", "15-1252.00"}},
			"the other way":    {nil, &OccupationOrder{Field: OccupationsByTitle}, []string{"15-1252.00", "29-1141.00", "13-1161.00"}},
			"by the beginning": {&OccupationFilter{Search: &search}, nil, []string{"29-1141.00"}},
			"by code":          {&OccupationFilter{Code: []string{"15-1252.00", "13-1161.00", "99-9999.00"}}, nil, []string{"13-1161.00", "15-1252.00"}},
			"by no code":       {&OccupationFilter{Code: []string{}}, nil, nil},
		}
		for name, c := range cases {
			got, err := Occupations(public(t), db, seal, page.Args{}, c.filter, c.order)
			if err != nil {
				t.Fatal(err)
			}
			var codes []string
			for _, o := range got.Nodes {
				codes = append(codes, o.Code)
			}
			if !slices.Equal(codes, c.want) {
				t.Errorf("%s: got %v, want %v", name, codes, c.want)
			}
		}
		_, err := Occupations(public(t), db, seal, page.Args{}, &OccupationFilter{Code: make([]string, 101)}, nil)
		if err == nil || !strings.Contains(err.Error(), "INVALID_INPUT: A filter names at most 100") {
			t.Errorf("101 codes: got %v, want INVALID_INPUT", err)
		}
	})
}
