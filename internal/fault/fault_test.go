package fault_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/fault"
)

var errBroken = errors.New("disk on fire")

func TestUserErrors(t *testing.T) {
	t.Parallel()
	invalid, missing := fault.InvalidValue("title", "Give a title."), fault.NotFound("id", "There is no such thing.")
	for name, c := range map[string]struct {
		err  error
		want []fault.UserError
		ok   bool
	}{
		"one":                                                   {invalid, []fault.UserError{invalid}, true},
		"one wrapped":                                           {fmt.Errorf("on the way: %w", invalid), []fault.UserError{invalid}, true},
		"two joined":                                            {errors.Join(invalid, missing), []fault.UserError{invalid, missing}, true},
		"two joined and wrapped":                                {fmt.Errorf("on the way: %w", errors.Join(invalid, missing)), []fault.UserError{invalid, missing}, true},
		"two wrapped at once":                                   {fmt.Errorf("%w, %w", invalid, missing), []fault.UserError{invalid, missing}, true},
		"joins of joins":                                        {errors.Join(errors.Join(invalid), errors.Join(missing)), []fault.UserError{invalid, missing}, true},
		"it refuses when there is no error":                     {nil, nil, false},
		"it refuses when it was not foreseen":                   {errBroken, nil, false},
		"it refuses when it ends the request":                   {&fault.Request{Code: fault.CodeOverloaded}, nil, false},
		"it refuses when one of two was not foreseen":           {errors.Join(invalid, errBroken), nil, false},
		"it refuses when the first of two was not foreseen":     {errors.Join(errBroken, invalid), nil, false},
		"it refuses when one of two, wrapped, was not foreseen": {fmt.Errorf("on the way: %w", errors.Join(invalid, errBroken)), nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := fault.UserErrors(c.err)
			if ok != c.ok || !slices.Equal(got, c.want) {
				t.Errorf("got %v, %v, want %v, %v", got, ok, c.want, c.ok)
			}
		})
	}
}

func TestEachConstructorTellsItsCodeAndPath(t *testing.T) {
	t.Parallel()
	seen := map[fault.Code]bool{}
	for _, c := range []struct {
		err  fault.UserError
		code fault.Code
		path string
	}{
		{fault.InvalidValue("deliverables.0.title", "m"), fault.CodeInvalidValue, "deliverables.0.title"},
		{fault.InvalidValue("", "m"), fault.CodeInvalidValue, ""},
		{fault.NotFound("id", "m"), fault.CodeNotFound, "id"},
		{fault.NotPermitted("m"), fault.CodeNotPermitted, ""},
		{fault.IllegalTransition("m", "OPEN", []string{"close"}), fault.CodeIllegalTransition, ""},
		{fault.StaleRevision("expectedRevision", 3), fault.CodeStaleRevision, "expectedRevision"},
		{fault.AlreadyExists("key", "m"), fault.CodeAlreadyExists, "key"},
		{fault.LimitReached("seats", "m"), fault.CodeLimitReached, "seats"},
		{fault.WindowClosed("applyBy", "m"), fault.CodeWindowClosed, "applyBy"},
		{fault.PolicyViolation("pay-floor", "fee", "m"), fault.CodePolicyViolation, "fee"},
		{fault.ConsentMissing("talentId", "m"), fault.CodeConsentMissing, "talentId"},
		{fault.IdempotencyConflict(), fault.CodeIdempotencyConflict, ""},
		{fault.DependencyUnavailable("m"), fault.CodeDependencyUnavailable, ""},
	} {
		seen[c.code] = true
		if got := c.err.GetCode(); got != c.code {
			t.Errorf("the code is %s, want %s", got, c.code)
		}
		if got := strings.Join(c.err.GetPath(), "."); got != c.path {
			t.Errorf("%s is about %q, want %q", c.code, got, c.path)
		}
		if c.path == "" && c.err.GetPath() != nil {
			t.Errorf("%s has an empty path instead of none", c.code)
		}
		if got, want := c.err.Error(), string(c.code)+": "+c.err.GetMessage(); got != want || c.err.GetMessage() == "" {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
	if got, want := len(seen), 12; got != want {
		t.Errorf("%d codes have a constructor, want %d", got, want)
	}
}

func TestAbilityOf(t *testing.T) {
	t.Parallel()
	if a := fault.AbilityOf(nil); !a.Allowed || a.Reasons == nil || len(a.Reasons) != 0 {
		t.Errorf("what nothing forbids is %+v", a)
	}
	a := fault.AbilityOf(errors.Join(fault.NotPermitted("Not yours."), fault.PolicyViolation("pay-floor", "fee", "Too little.")))
	if a.Allowed || len(a.Reasons) != 2 {
		t.Fatalf("what two reasons forbid is %+v", a)
	}
	if got := a.Reasons[0]; got.Code != fault.CodeNotPermitted || got.Message != "Not yours." || got.RuleID != nil {
		t.Errorf("the first reason is %+v", got)
	}
	if got := a.Reasons[1]; got.Code != fault.CodePolicyViolation || got.RuleID == nil || *got.RuleID != "pay-floor" {
		t.Errorf("the second reason is %+v", got)
	}
	if a := fault.AbilityOf(errBroken); a.Allowed || len(a.Reasons) != 0 {
		t.Errorf("what breaks is %+v", a)
	}
}

func TestUnderSaysWhichRow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want []string
	}{
		{fault.NotPermitted("m"), []string{"rows.3.id"}},
		{fault.IllegalTransition("m", "OPEN", nil), []string{"rows.3.id"}},
		{fault.StaleRevision("expectedRevision", 3), []string{"rows.3.expectedRevision"}},
		{fault.InvalidValue("note", "m"), []string{"rows.3.note"}},
		{errors.Join(fault.NotFound("id", "m"), fault.NotPermitted("m")), []string{"rows.3.id", "rows.3.id"}},
	} {
		told, _ := fault.UserErrors(fault.Under("rows.3", "id", c.err))
		var got []string
		for _, e := range told {
			got = append(got, strings.Join(e.GetPath(), "."))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v is about %v, want %v", c.err, got, c.want)
		}
	}
	if fault.Under("rows.3", "id", nil) != nil || !errors.Is(fault.Under("rows.3", "id", errBroken), errBroken) {
		t.Error("what is no foreseen error does not stay as it was")
	}
}
