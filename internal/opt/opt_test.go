package opt_test

import (
	"testing"

	"github.com/rung-dev/rung/internal/opt"
)

func TestOrTellsThreeThingsApart(t *testing.T) {
	t.Parallel()
	before, zero := "before", ""
	for name, c := range map[string]struct {
		given opt.Value[string]
		want  *string
	}{
		"what was left out stays":       {opt.Value[string]{}, &before},
		"null clears":                   {opt.Null[string](), nil},
		"a value replaces":              {opt.Of("after"), new("after")},
		"an empty value is a value too": {opt.Of(""), &zero},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := opt.Or(c.given, &before)
			if (got == nil) != (c.want == nil) || got != nil && *got != *c.want {
				t.Errorf("got %v, want %v", show(got), show(c.want))
			}
		})
	}
	if got := opt.Or(opt.Value[string]{}, nil); got != nil {
		t.Errorf("what was left out and was nothing before is %v", show(got))
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	if _, given := (opt.List[int]{}).ValueOK(); given {
		t.Error("an absent list was given")
	}
	if got, given := opt.ListOf[int]().ValueOK(); !given || len(got) != 0 {
		t.Errorf("an empty list is %v, %v", got, given)
	}
	if got, given := opt.ListOf(1, 2).ValueOK(); !given || len(got) != 2 {
		t.Errorf("a list of two is %v, %v", got, given)
	}
}

func show(s *string) string {
	if s == nil {
		return "null"
	}
	return `"` + *s + `"`
}

func TestPutSetsOrClears(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]*string{"a value is set": new("after"), "none is cleared": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var set *string
			cleared := 0
			opt.Put(value, func(s string) { set = &s }, func() { cleared++ })
			if opt.Differs(set, value) || (cleared == 1) != (value == nil) {
				t.Errorf("got %v, cleared %d times, for %v", show(set), cleared, show(value))
			}
		})
	}
}
