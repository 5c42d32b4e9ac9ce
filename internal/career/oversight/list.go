package oversight

import (
	"context"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqljson"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/auditentry"
	"github.com/rung-dev/rung/ent/gen/ent/operatoraccess"
	"github.com/rung-dev/rung/ent/gen/ent/person"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// mostVerbs is how many verbs one filter names.
const mostVerbs = 50

// An entry is written once, and that is when it last changed.
var keys = map[AuditEntryOrderField]page.Key[*ent.AuditEntry]{
	AuditEntriesByOccurredAt: {Column: auditentry.FieldOccurredAt, Value: func(e *ent.AuditEntry) any { return e.OccurredAt }},
	AuditEntriesByUpdatedAt:  {Column: auditentry.FieldOccurredAt, Value: func(e *ent.AuditEntry) any { return e.OccurredAt }},
}

var accessKeys = map[OperatorAccessOrderField]page.Key[*ent.OperatorAccess]{
	OperatorAccessesByOpenedAt:  {Column: operatoraccess.FieldOpenedAt, Value: func(a *ent.OperatorAccess) any { return a.OpenedAt }},
	OperatorAccessesByUpdatedAt: {Column: operatoraccess.FieldUpdatedAt, Value: func(a *ent.OperatorAccess) any { return a.UpdatedAt }},
}

// Trail is a page of what the viewer's organisation did, and was refused.
func Trail(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *AuditEntryFilter, order *AuditEntryOrder,
) (*AuditEntryConnection, error) {
	q := db.Read.AuditEntry.Query()
	if filter != nil {
		if err := filter.narrow(ctx, q); err != nil {
			return nil, err
		}
	}
	if order == nil {
		order = &AuditEntryOrder{Field: AuditEntriesByOccurredAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.AuditEntry]{
		Key: keys[order.Field], Order: order.Direction, Filter: filter, ID: func(e *ent.AuditEntry) gid.ID { return e.ID },
	}, args)
}

func (f *AuditEntryFilter) narrow(ctx context.Context, q *ent.AuditEntryQuery) error {
	if err := page.Few(f.Actor, f.Subject); err != nil {
		return err
	}
	if len(f.Verb) > mostVerbs {
		return &fault.Request{Code: fault.CodeInvalidInput, Message: "A filter names at most 50 verbs."}
	}
	if f.Verb != nil {
		q.Where(auditentry.VerbIn(f.Verb...))
	}
	if f.Outcome != nil {
		q.Where(auditentry.OutcomeIn(f.Outcome...))
	}
	q.Where(
		page.During(auditentry.FieldOccurredAt, f.OccurredAt),
		page.During(auditentry.FieldOccurredAt, f.UpdatedAt),
		page.AmongSeen(ctx, auditentry.FieldPersonID, person.Table, ent.TypePerson, f.Actor),
		about(f.Subject),
	)
	return nil
}

// about keeps the entries that name one of the subjects; without a filter, all.
func about(f *page.IDFilter) func(*sql.Selector) {
	return func(s *sql.Selector) {
		if f == nil {
			return
		}
		named := []*sql.Predicate{sql.False()}
		for _, id := range f.IDs() {
			named = append(named, sqljson.ValueContains(s.C(auditentry.FieldSubjects), id.String()))
		}
		s.Where(sql.Or(named...))
	}
}

// Accesses is a page of the openings that the viewer may know of.
func Accesses(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *OperatorAccessFilter, order *OperatorAccessOrder,
) (*OperatorAccessConnection, error) {
	q := db.Read.OperatorAccess.Query()
	if filter != nil {
		if err := page.Few(filter.Tenant); err != nil {
			return nil, err
		}
		if filter.Status != nil {
			q.Where(operatoraccess.StatusIn(filter.Status...))
		}
		q.Where(page.Among(operatoraccess.FieldTenantID, filter.Tenant), page.During(operatoraccess.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &OperatorAccessOrder{Field: OperatorAccessesByOpenedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.OperatorAccess]{
		Key: accessKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(a *ent.OperatorAccess) gid.ID { return a.ID },
	}, args)
}

// OperatorAccessAbilities is what the viewer may do with one of them now.
type OperatorAccessAbilities struct {
	Close *fault.Ability
}

// Abilities says what the viewer may do with an opening now.
func Abilities(v viewer.Viewer, a *ent.OperatorAccess) *OperatorAccessAbilities {
	return &OperatorAccessAbilities{Close: fault.AbilityOf(canClose(v, a, a.Revision))}
}
