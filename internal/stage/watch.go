package stage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/feedentry"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// Happened is an event, with the parties whose feeds tell of it in the order of
// their ids.
type Happened struct {
	*ent.Event
	Parties []gid.ID
}

// Says writes an event as Does compares it.
func Says(kind event.Kind, subject gid.ID, parties ...gid.ID) string {
	slices.SortFunc(parties, gid.ID.Compare)
	return fmt.Sprint(kind, " ", subject, " ", parties)
}

// Does makes a change as somebody and compares what happened, each event as Says
// writes it.
func (h *House) Does(t testing.TB, v viewer.Viewer, verb string, change func(context.Context) error, want ...string) {
	t.Helper()
	Equal(t, verb, h.Happens(t, v, verb, change), want)
}

// Happens makes a change as somebody and is the events it wrote, as Says writes
// them.
func (h *House) Happens(t testing.TB, v viewer.Viewer, verb string, change func(context.Context) error) []string {
	t.Helper()
	return said(h.happens(t, v, verb, change))
}

// Said are all events, as Says writes them.
func (h *House) Said(t testing.TB) []string {
	t.Helper()
	return said(h.Events(t))
}

func said(happened []Happened) []string {
	written := make([]string, len(happened))
	for i, e := range happened {
		written[i] = Says(event.Kind(e.Kind), e.SubjectID, e.Parties...)
	}
	return written
}

// Equal compares what happened.
func Equal(t testing.TB, verb string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s\n got %s\nwant %s", verb, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// happens makes a change that must succeed and leave one row in the audit.
func (h *House) happens(t testing.TB, v viewer.Viewer, verb string, change func(context.Context) error) []Happened {
	t.Helper()
	events, audit := h.Events(t), h.Audit(t)
	if err := change(As(t, v, verb)); err != nil {
		t.Fatalf("%s was refused: %v", verb, err)
	}
	happened := slices.DeleteFunc(h.Events(t), func(e Happened) bool {
		return slices.ContainsFunc(events, func(earlier Happened) bool { return earlier.ID == e.ID })
	})
	noted := h.auditSince(t, audit)
	if len(noted) != 1 || noted[0].Verb != verb || noted[0].Outcome != "DONE" || noted[0].PersonID != v.Person ||
		len(happened) > 0 && len(noted[0].Subjects) == 0 {
		t.Errorf("the audit says %v, want one row of %s by %s, DONE", noted, verb, v.Person)
	}
	return happened
}

// Refuses makes a change as somebody that must fail with the code, about the
// input field, and change nothing. A refusal of permission leaves an audit row.
func (h *House) Refuses(
	t testing.TB, v viewer.Viewer, verb string, change func(context.Context) error, code fault.Code, path string,
) {
	t.Helper()
	before, audit := h.Everything(t), h.Audit(t)
	err := change(As(t, v, verb))
	told, _ := fault.UserErrors(err)
	if len(told) != 1 || told[0].GetCode() != code || strings.Join(told[0].GetPath(), ".") != path {
		t.Errorf("%s answered %v, want %s about %q", verb, err, code, path)
	}
	if after := h.Everything(t); after != before {
		t.Errorf("%s changed something\nbefore %s\nafter %s", verb, before, after)
	}
	want := 0
	if code == fault.CodeNotPermitted {
		want = 1
	}
	if noted := h.auditSince(t, audit); len(noted) != want || want == 1 && noted[0].Outcome != "REFUSED" {
		t.Errorf("%s: the audit says %v, want %d refusals", verb, noted, want)
	}
}

// Events are all that happened, in order. It checks that no feed has a gap.
func (h *House) Events(t testing.TB) []Happened {
	t.Helper()
	entries, err := h.DB.Read.FeedEntry.Query().WithEvent().Order(ent.Asc(feedentry.FieldPartyID, feedentry.FieldSequence)).All(All(t))
	if err != nil {
		t.Fatal(err)
	}
	last, place := map[gid.ID]int64{}, map[gid.ID]int{}
	var all []Happened
	for _, e := range entries {
		if e.Sequence != last[e.PartyID]+1 {
			t.Errorf("the feed of %s goes from %d to %d", e.PartyID, last[e.PartyID], e.Sequence)
		}
		last[e.PartyID] = e.Sequence
		if _, known := place[e.EventID]; !known {
			place[e.EventID] = len(all)
			all = append(all, Happened{Event: e.Edges.Event})
		}
		all[place[e.EventID]].Parties = append(all[place[e.EventID]].Parties, e.PartyID)
	}
	slices.SortFunc(all, func(a, b Happened) int {
		if c := a.OccurredAt.Compare(b.OccurredAt); c != 0 {
			return c
		}
		if c := a.ChangeID.Compare(b.ChangeID); c != 0 {
			return c
		}
		return a.Position - b.Position
	})
	return all
}

// Audit is every row of the audit, in order.
func (h *House) Audit(t testing.TB) []*ent.AuditEntry {
	t.Helper()
	rows, err := h.DB.Read.AuditEntry.Query().Order(ent.Asc("occurred_at", "id")).All(All(t))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func (h *House) auditSince(t testing.TB, before []*ent.AuditEntry) []*ent.AuditEntry {
	t.Helper()
	return slices.DeleteFunc(h.Audit(t), func(row *ent.AuditEntry) bool {
		return slices.ContainsFunc(before, func(earlier *ent.AuditEntry) bool { return earlier.ID == row.ID })
	})
}

// Everything is what the watched tables hold.
func (h *House) Everything(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for _, table := range append([]string{"events", "feed_entries"}, h.tables...) {
		if err := h.write(t.Context(), &b, table); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// write writes a table, row by row.
func (h *House) write(ctx context.Context, b *strings.Builder, table string) error {
	text, args := sql.Dialect(h.DB.Engine().Name).Select("*").From(sql.Table(table)).OrderBy("id").Query()
	rows, err := h.DB.Engine().Read.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		fmt.Fprintln(b, table, values)
	}
	return rows.Err()
}
