package talent

import (
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/fault"
)

func TestMaySignUp(t *testing.T) {
	t.Parallel()
	ask := person.SignUpRule{MinimumAge: 18, RequiresUsWorkAuthorization: true}
	says := func(age int, work talentprofile.UsWorkAuthorization) *SignUpAttestationInput {
		return &SignUpAttestationInput{age, work}
	}
	for name, c := range map[string]struct {
		rule person.SignUpRule
		says *SignUpAttestationInput
		want fault.Code
		path string
	}{
		"exactly the age, authorised":               {ask, says(18, talentprofile.UsWorkAuthorizationAuthorized), "", ""},
		"who would rather not say":                  {ask, says(18, talentprofile.UsWorkAuthorizationPreferNotToSay), "", ""},
		"nothing where nobody asks":                 {person.SignUpRule{}, nil, "", ""},
		"not authorised where only the age counts":  {person.SignUpRule{MinimumAge: 18}, says(18, talentprofile.UsWorkAuthorizationNotAuthorized), "", ""},
		"it refuses when a year is missing":         {ask, says(17, talentprofile.UsWorkAuthorizationAuthorized), fault.CodePolicyViolation, "attestation.isAtLeastAge"},
		"it refuses who attests to have no right":   {ask, says(30, talentprofile.UsWorkAuthorizationNotAuthorized), fault.CodePolicyViolation, "attestation.usWorkAuthorization"},
		"it refuses when nothing is attested":       {ask, nil, fault.CodeInvalidValue, "attestation"},
		"it refuses without a word on the right":    {person.SignUpRule{RequiresUsWorkAuthorization: true}, nil, fault.CodeInvalidValue, "attestation"},
		"it refuses the older who are not as old":   {person.SignUpRule{MinimumAge: 21}, says(20, talentprofile.UsWorkAuthorizationAuthorized), fault.CodePolicyViolation, "attestation.isAtLeastAge"},
		"any age where only the right is asked for": {person.SignUpRule{RequiresUsWorkAuthorization: true}, says(0, talentprofile.UsWorkAuthorizationAuthorized), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := maySignUp(c.rule, c.says)
			told, _ := fault.UserErrors(err)
			switch {
			case c.want == "" && err != nil, c.want != "" && len(told) != 1:
				t.Fatalf("got %v", err)
			case c.want != "" && (told[0].GetCode() != c.want || strings.Join(told[0].GetPath(), ".") != c.path):
				t.Errorf("got %v about %v, want %s about %s", err, told[0].GetPath(), c.want, c.path)
			}
		})
	}
}

func TestTaxFormOf(t *testing.T) {
	t.Parallel()
	w9, w8, signed := talentprofile.TaxFormW9, talentprofile.TaxFormW8BEN, calendar.Date("2026-10-01")
	for name, c := range map[string]struct {
		kind  *talentprofile.TaxForm
		today calendar.Date
		want  TaxFormStatus
	}{
		"none was stated":                            {nil, "2026-10-01", TaxFormMissing},
		"a W-9 does not run out":                     {&w9, "2046-10-01", TaxFormStated},
		"a W-8BEN on the last day of its third year": {&w8, "2029-12-31", TaxFormStated},
		"a W-8BEN a day later":                       {&w8, "2030-01-01", TaxFormExpired},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &ent.TalentProfile{TaxForm: c.kind}
			if c.kind != nil {
				p.TaxFormSignedOn = &signed
			}
			if got := TaxFormOf(p, c.today); got.Status != c.want {
				t.Errorf("got %s, want %s", got.Status, c.want)
			}
		})
	}
}
