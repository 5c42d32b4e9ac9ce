package intake

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

var institutions = shape[institutionRow]{
	kind: Institutions, noun: "institution", verb: "importInstitutions",
	columns: []string{"name", "country_code", "region", "domains", "website"},
	read:    readInstitution, save: saveInstitutions,
}

type institutionRow struct {
	name, folded string
	country      string
	region       *string
	domains      []string
	website      *string
}

// keys: institutions of one country with one name are the same when they share
// a domain. There are several Glendale Community Colleges.
func (r institutionRow) keys() []string {
	if len(r.domains) == 0 {
		return []string{r.reference("")}
	}
	keys := make([]string, len(r.domains))
	for i, domain := range r.domains {
		keys[i] = r.reference(domain)
	}
	return keys
}

func (institutionRow) rank() int64 { return 0 }

// reference is what the institution is known by when its name alone would not
// tell it from its twin.
func (r institutionRow) reference(domain string) string {
	return referenceOf(200, r.country, r.folded, domain)
}

// plain is what it is known by otherwise.
func (r institutionRow) plain() string { return referenceOf(200, r.country, r.folded) }

const mostDomains = 50

var domainName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`)

func readInstitution(r *reading) institutionRow {
	i := institutionRow{name: r.needed("name", 200), country: r.country("country_code"), website: r.webAddress("website")}
	i.folded = text.Fold(i.name)
	// The published list writes null where it knows none.
	if r.cell("region") != "null" {
		i.region = r.later("region", 120)
	}
	i.domains = r.domains("domains")
	return i
}

// country is a code of ISO 3166-1 with two letters.
func (r *reading) country(column string) string {
	code := strings.ToUpper(r.cell(column))
	region, err := language.ParseRegion(code)
	if err != nil || len(code) != 2 || !region.IsCountry() {
		r.refuse(column, "Write a country's code in two letters, as in US.")
		return ""
	}
	return region.Canonicalize().String()
}

// domains are written with spaces between them.
func (r *reading) domains(column string) []string {
	domains := []string{}
	for domain := range strings.FieldsSeq(strings.ToLower(r.cell(column))) {
		if !domainName.MatchString(domain) || len(domain) > 253 {
			r.refuse(column, "Write domains as in rung.edu, with spaces between them.")
			return nil
		}
		if !slices.Contains(domains, domain) {
			domains = append(domains, domain)
		}
	}
	if len(domains) > mostDomains {
		r.refuse(column, "Write at most 50 domains.")
	}
	return domains
}

func saveInstitutions(ctx context.Context, tx *store.Tx, rows []institutionRow) (n counts, err error) {
	known, err := knownInstitutions(ctx, tx, rows)
	if err != nil {
		return n, err
	}
	var made []*ent.InstitutionCreate
	for _, r := range rows {
		i, reference := r.find(known)
		switch {
		case i == nil:
			create := tx.Institution.Create().SetID(sharedID(gid.Institution, reference)).SetWorldID(tx.World()).SetReference(reference).SetStatus(institution.StatusListed)
			r.set(create.Mutation())
			made = append(made, create)
			known[reference] = &ent.Institution{Domains: r.domains}
			n.created++
		case r.is(i):
			n.unchanged++
		default:
			update := tx.Institution.Update().Where(institution.ID(i.ID))
			r.set(update.Mutation())
			if err := store.Moved(update.Save(ctx)); err != nil {
				return n, err
			}
			i.Domains = r.domains
			n.updated++
		}
	}
	return n, tx.Institution.CreateBulk(made...).Exec(ctx)
}

func knownInstitutions(ctx context.Context, tx *store.Tx, rows []institutionRow) (map[string]*ent.Institution, error) {
	var references []string
	for _, r := range rows {
		references = append(append(references, r.plain()), r.keys()...)
	}
	found, err := readInParts(references, func(some []string) ([]*ent.Institution, error) {
		return tx.Institution.Query().Where(institution.WorldID(tx.World()), institution.ReferenceIn(some...)).All(ctx)
	})
	known := map[string]*ent.Institution{}
	for _, i := range found {
		known[*i.Reference] = i
	}
	return known, err
}

// find is the institution that the row tells of; or, when there is none yet,
// what it will be known by. One without a domain in common is another.
func (r institutionRow) find(known map[string]*ent.Institution) (*ent.Institution, string) {
	for _, key := range r.keys() {
		if i := known[key]; i != nil {
			return i, key
		}
	}
	namesake := known[r.plain()]
	if namesake == nil {
		return nil, r.plain()
	}
	shared := func(domain string) bool { return slices.Contains(namesake.Domains, domain) }
	if slices.ContainsFunc(r.domains, shared) || len(r.domains) == 0 && len(namesake.Domains) == 0 {
		return namesake, r.plain()
	}
	return nil, r.keys()[0]
}

func (r institutionRow) is(i *ent.Institution) bool {
	return r.name == i.Name && r.folded == i.NameFolded && r.country == i.CountryCode && alike(r.region, i.Region) &&
		slices.Equal(r.domains, i.Domains) && alike(r.website, i.Website)
}

func (r institutionRow) set(m *ent.InstitutionMutation) {
	m.SetName(r.name)
	m.SetNameFolded(r.folded)
	m.SetCountryCode(r.country)
	m.SetDomains(r.domains)
	put(r.region, m.SetRegion, m.ClearRegion)
	put(r.website, m.SetWebsite, m.ClearWebsite)
}

// readInParts asks for many references with so few values a statement that
// either engine takes them.
func readInParts[T any](references []string, read func([]string) ([]T, error)) ([]T, error) {
	var all []T
	for some := range slices.Chunk(references, 4*batchSize) {
		found, err := read(some)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}
