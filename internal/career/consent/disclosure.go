package consent

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"sync"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/affiliation"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	entconsent "github.com/rung-dev/rung/ent/gen/ent/consent"
	"github.com/rung-dev/rung/ent/gen/ent/disclosure"
	"github.com/rung-dev/rung/ent/gen/ent/operatoraccess"
	"github.com/rung-dev/rung/internal/career/directory"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// profiles are the types of what talents say of themselves, and share by applying.
// To other parties these are disclosed; to operators whatever names a talent is.
var profiles = map[string]bool{
	ent.TypeTalentProfile: true, ent.TypeDeclaredSkill: true, ent.TypeEducationRecord: true,
	ent.TypePortfolioItem: true, ent.TypeReference: true, ent.TypeApplication: true,
}

// Reads collects of whom one request reads what.
type Reads struct {
	mu sync.Mutex
	of map[gid.ID]map[string]bool // the types of a talent's rows
	// in are entries of directories, each of which tells by its own notice.
	in []*directory.DirectoryEntry
}

// Watch collects what is read under the context by somebody outside, and answers
// nil for who reads only what is theirs.
func Watch(ctx context.Context) (context.Context, *Reads) {
	switch viewer.From(ctx).Kind {
	case viewer.EmployerMember, viewer.Operator, viewer.Talent, viewer.CareerStaff, viewer.Integration:
		r := &Reads{of: map[gid.ID]map[string]bool{}}
		isOperator := viewer.From(ctx).Kind == viewer.Operator
		return store.WithReads(ctx, func(rows any) { r.note(rows, isOperator) }), r
	}
	return ctx, nil
}

// note takes down whose records the rows are, by their type.
func (r *Reads) note(rows any, isOperator bool) {
	if entries, are := rows.([]*directory.DirectoryEntry); are {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.in = append(r.in, entries...)
		return
	}
	list := reflect.ValueOf(rows)
	if list.Kind() != reflect.Slice || list.Type().Elem().Kind() != reflect.Pointer {
		return
	}
	kind := list.Type().Elem().Elem()
	column := "TalentID"
	if kind.Name() == ent.TypeTalentProfile {
		column = "ID"
	}
	if _, is := kind.FieldByName(column); !is || !isOperator && !profiles[kind.Name()] || kind.Name() == ent.TypeDisclosure {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range list.Len() {
		id, _ := list.Index(i).Elem().FieldByName(column).Interface().(gid.ID)
		if id.IsNone() {
			continue
		}
		if r.of[id] == nil {
			r.of[id] = map[string]bool{}
		}
		r.of[id][kind.Name()] = true
	}
}

// Disclose writes down what was read of whom, a row for each talent, all in one
// statement. asked are the fields that the request names, by type.
func Disclose(ctx context.Context, db *store.DB, r *Reads, asked map[string][]string) error {
	v := viewer.From(ctx)
	lines, err := linesOf(store.Quietly(ctx), db.Read, v, r.fields(v, asked))
	if err != nil {
		return err
	}
	lines = append(lines, r.listed(v, asked)...)
	if len(lines) == 0 {
		return nil
	}
	return store.Note(ctx, db, func(tx *store.Tx) error {
		kind, party := partyOf(v)
		var rows []*ent.DisclosureCreate
		for _, l := range lines {
			row := tx.Disclosure.Create().SetWorldID(tx.World()).SetTalentID(l.talent).SetPartyKind(kind).SetPartyID(party).
				SetPersonID(v.Person).SetPurpose(l.purpose).SetFields(l.fields).SetOccurredAt(tx.Now)
			if !l.basis.IsNone() {
				row.SetBasisID(l.basis)
			}
			if request := viewer.RequestFrom(ctx); request != nil {
				row.SetRequestID(request.ID)
			}
			rows = append(rows, row)
		}
		return tx.Disclosure.CreateBulk(rows...).Exec(ctx)
	})
}

// line is one entry of the ledger: what was read of a talent, and on what ground.
type line struct {
	talent gid.ID
	fields []string
	ground
}

// linesOf are those of what was read of talents' own records, for which the viewer
// needs a ground.
func linesOf(ctx context.Context, read *ent.Client, v viewer.Viewer, fields map[gid.ID][]string) ([]line, error) {
	if len(fields) == 0 {
		return nil, nil
	}
	grounds, err := groundsFor(ctx, read, v, slices.SortedFunc(maps.Keys(fields), gid.ID.Compare))
	var lines []line
	for _, id := range slices.SortedFunc(maps.Keys(grounds), gid.ID.Compare) {
		lines = append(lines, line{id, fields[id], grounds[id]})
	}
	return lines, err
}

// listed are those of what directories told, as far as it is designated; who filters
// by something knows it of what is found. A school's own staff need no ground.
func (r *Reads) listed(v viewer.Viewer, asked map[string][]string) []line {
	r.mu.Lock()
	defer r.mu.Unlock()
	var lines []line
	for _, e := range r.in {
		if e.InstitutionID == v.Institution() {
			continue
		}
		var fields []string
		for _, field := range e.FieldsTold(asked[directoryEntry]) {
			fields = append(fields, directoryEntry+"."+field)
		}
		at := slices.IndexFunc(lines, func(l line) bool { return l.talent == e.TalentID && l.basis == e.NoticeID })
		switch {
		case len(fields) == 0:
		case at < 0:
			lines = append(lines, line{e.TalentID, fields, ground{disclosure.PurposeDirectory, e.NoticeID}})
		default: // found twice in one request, by one thing and by another
			all := append(lines[at].fields, fields...)
			slices.Sort(all)
			lines[at].fields = slices.Compact(all)
		}
	}
	return lines
}

// directoryEntry is what the API calls what a directory tells.
const directoryEntry = "DirectoryEntry"

// fields are what was asked for of each talent, as far as rows of that type were
// read. What is one's own is disclosed to nobody.
func (r *Reads) fields(v viewer.Viewer, asked map[string][]string) map[gid.ID][]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := map[gid.ID][]string{}
	for id, kinds := range r.of {
		if id == v.Talent {
			continue
		}
		var fields []string
		for kind := range kinds {
			for _, field := range asked[kind] {
				if tells(v, kind, field) {
					fields = append(fields, kind+"."+field)
				}
			}
		}
		if len(fields) > 0 {
			slices.Sort(fields)
			all[id] = slices.Compact(fields)
		}
	}
	return all
}

// tells reports whether a field says something of the talent. How an application
// stands is the employer's own business, and what was shared by it is not.
func tells(v viewer.Viewer, kind, field string) bool {
	if kind == ent.TypeApplication && v.Kind != viewer.Operator {
		return slices.Contains(shared, field)
	}
	return !slices.Contains(bookkeeping, field)
}

var (
	shared      = []string{"packet", "education", "qualification"}
	bookkeeping = []string{"id", "revision", "createdAt", "updatedAt", "viewerCan"}
)

func partyOf(v viewer.Viewer) (disclosure.PartyKind, gid.ID) {
	switch {
	case !v.Employer().IsNone():
		return disclosure.PartyKindEmployer, v.Org
	case !v.Institution().IsNone():
		return disclosure.PartyKindInstitution, v.Org
	case v.Kind == viewer.Talent:
		return disclosure.PartyKindTalent, v.Talent
	}
	return disclosure.PartyKindPlatform, v.World
}

// ground is what opened a talent's record to who read it.
type ground struct {
	purpose disclosure.Purpose
	basis   gid.ID
}

// groundsFor say of each talent why the viewer could read, in as many statements
// however many talents there are. Staff need no ground for their own.
func groundsFor(ctx context.Context, read *ent.Client, v viewer.Viewer, talents []gid.ID) (map[gid.ID]ground, error) {
	switch {
	case !v.Employer().IsNone():
		return employersGrounds(ctx, read, v, talents)
	case !v.Institution().IsNone():
		return staffsGrounds(ctx, read, v, talents)
	case v.Kind == viewer.Operator:
		return operatorsGrounds(ctx, read, v, talents)
	}
	return all(talents, disclosure.PurposeCommunity), nil
}

func all(talents []gid.ID, purpose disclosure.Purpose) map[gid.ID]ground {
	grounds := map[gid.ID]ground{}
	for _, id := range talents {
		grounds[id] = ground{purpose: purpose}
	}
	return grounds
}

// employersGrounds: the talent applied, consented, or shows the profile to employers.
func employersGrounds(ctx context.Context, read *ent.Client, v viewer.Viewer, talents []gid.ID) (map[gid.ID]ground, error) {
	grounds := all(talents, disclosure.PurposeRecruiting)
	if err := addConsents(ctx, read, v, grounds, talents); err != nil {
		return nil, err
	}
	applied, err := read.Application.Query().Where(application.TalentIDIn(talents...), application.EmployerOrgID(v.Org)).
		Order(ent.Asc(application.FieldID)).All(ctx)
	for _, a := range applied {
		grounds[a.TalentID] = ground{purpose: disclosure.PurposeApplication, basis: a.ID}
	}
	return grounds, err
}

// staffsGrounds: the talent consented, unless they are one of the institution's own.
func staffsGrounds(ctx context.Context, read *ent.Client, v viewer.Viewer, talents []gid.ID) (map[gid.ID]ground, error) {
	grounds := all(talents, disclosure.PurposeConsent)
	own, err := read.Affiliation.Query().Where(affiliation.TalentIDIn(talents...), affiliation.InstitutionID(v.Org),
		affiliation.StatusEQ(affiliation.StatusConfirmed)).All(ctx)
	for _, a := range own {
		delete(grounds, a.TalentID)
	}
	if err != nil || len(grounds) == 0 {
		return nil, err
	}
	return grounds, addConsents(ctx, read, v, grounds, slices.Collect(maps.Keys(grounds)))
}

// addConsents notes which talents let the viewer's organisation read.
func addConsents(ctx context.Context, read *ent.Client, v viewer.Viewer, grounds map[gid.ID]ground, talents []gid.ID) error {
	given, err := read.Consent.Query().Where(entconsent.TalentIDIn(talents...), entconsent.RecipientID(v.Org),
		entconsent.StatusEQ(entconsent.StatusGranted)).Order(ent.Asc(entconsent.FieldID)).All(ctx)
	for _, c := range given {
		grounds[c.TalentID] = ground{purpose: disclosure.PurposeConsent, basis: c.ID}
	}
	return err
}

// operatorsGrounds: they opened the records, or somebody asked them to decide.
func operatorsGrounds(ctx context.Context, read *ent.Client, v viewer.Viewer, talents []gid.ID) (map[gid.ID]ground, error) {
	grounds := all(talents, disclosure.PurposeCase)
	open, err := read.OperatorAccess.Query().Where(operatoraccess.PersonID(v.Person), operatoraccess.StatusEQ(operatoraccess.StatusOpen)).
		Order(ent.Asc(operatoraccess.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range open {
		of, err := talentsOf(ctx, read, a.TenantID, talents)
		if err != nil {
			return nil, err
		}
		for _, id := range of {
			grounds[id] = ground{purpose: disclosure.PurposeOperatorAccess, basis: a.ID}
		}
	}
	return grounds, nil
}

// talentsOf are those of the talents who are a tenant's.
func talentsOf(ctx context.Context, read *ent.Client, tenant gid.ID, talents []gid.ID) ([]gid.ID, error) {
	ctx = viewer.With(ctx, viewer.System("an opening names a tenant, of whose ties to talents an operator sees none"))
	var of []gid.ID
	switch tenant.Noun() {
	case gid.Institution:
		err := read.Affiliation.Query().Where(affiliation.TalentIDIn(talents...), affiliation.InstitutionID(tenant),
			affiliation.StatusEQ(affiliation.StatusConfirmed)).Unique(true).Select(affiliation.FieldTalentID).Scan(ctx, &of)
		return of, err
	case gid.Employer:
		err := read.Application.Query().Where(application.TalentIDIn(talents...), application.EmployerOrgID(tenant)).
			Unique(true).Select(application.FieldTalentID).Scan(ctx, &of)
		return of, err
	}
	if slices.Contains(talents, tenant) {
		of = append(of, tenant)
	}
	return of, nil
}
