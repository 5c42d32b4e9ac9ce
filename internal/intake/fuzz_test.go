package intake

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"unicode/utf8"

	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/occupation"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/internal/address"
)

// Whatever a file holds, its reader ends, keeps lines in order, and lets no row
// through that a table would not take.
func FuzzImport(f *testing.F) {
	f.Add([]byte(table(postingsHeader, `X,Intern,"Palo Alto, CA; Remote",https://x.example/1,open,,7mo`, "X ,intern,,,closed,citizens_only,0d")))
	f.Add([]byte("\ufeff" + institutionsHeader + "\r\nÉcole,fr,null,a.fr b.fr,http://a.fr/\r\n\r\nX,UK,,,\r\n"))
	f.Add([]byte(table(skillsHeader, `"a ""b""`, `c",skill,x,,Y,N,3`, "Go,technology,x,,,,")))
	f.Add([]byte(table(occupationsHeader, "15-1252.00,Software Developers,They write.", "short")))
	f.Fuzz(func(t *testing.T, content []byte) {
		open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
		tryAll(t, institutions, open, func(r institutionRow) error {
			return errors.Join(institution.NameValidator(r.name), institution.NameFoldedValidator(r.folded),
				institution.CountryCodeValidator(r.country), later(r.region, institution.RegionValidator),
				later(r.website, institution.WebsiteValidator), later(r.website, address.ParseURL),
				institution.ReferenceValidator(r.plain()), institution.ReferenceValidator(r.keys()[0]))
		})
		tryAll(t, skills, open, func(r skillRow) error {
			return errors.Join(skill.NameValidator(r.name), skill.NameFoldedValidator(r.folded), skill.KindValidator(r.kind),
				skill.CategoryValidator(r.category), later(r.description, skill.DescriptionValidator), skill.ReferenceValidator(r.reference))
		})
		tryAll(t, occupations, open, func(r occupationRow) error {
			return errors.Join(occupation.CodeValidator(r.code), occupation.TitleValidator(r.title),
				occupation.TitleFoldedValidator(r.folded), occupation.DescriptionValidator(r.description))
		})
		tryAll(t, postings, open, func(r postingRow) error {
			return errors.Join(employer.NameValidator(r.employer), employer.NameFoldedValidator(r.employerKey),
				listing.TitleValidator(r.title), listing.TitleFoldedValidator(r.folded), listing.ReferenceValidator(r.reference),
				listing.StatusValidator(r.status), listing.WorkplaceValidator(r.workplace), later(r.applyURL, address.ParseURL),
				later(r.applyURL, listing.ApplyURLValidator), listing.WorkAuthorizationValidator(r.authorization))
		})
	})
}

func tryAll[R row](t *testing.T, s shape[R], open Open, takes func(R) error) {
	t.Helper()
	o := Options{AsOf: asOf}
	kept, err := s.choose(open, o)
	if err != nil {
		return
	}
	before, claimed := 1, map[string]int{}
	err = s.walk(open, o, func(line int, one R, defect error) error {
		if line <= before {
			t.Errorf("line %d comes after line %d", line, before)
		}
		before = line
		if defect == nil {
			defect = kept.refusal(s.noun, line, one)
		}
		if defect != nil {
			if why := reason(defect); why == "" || !utf8.ValidString(why) {
				t.Errorf("line %d is refused for %q", line, why)
			}
			return nil
		}
		for _, key := range one.keys() {
			if claimed[key]++; claimed[key] > 1 {
				t.Errorf("line %d claims %q a second time", line, key)
			}
		}
		return takes(one)
	})
	if err != nil {
		t.Errorf("a table would not take what was read: %v", err)
	}
}

func later[T any](value *T, takes func(T) error) error {
	if value == nil {
		return nil
	}
	return takes(*value)
}
