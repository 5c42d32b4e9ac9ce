package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"

	"github.com/rung-dev/rung/internal/gid"
)

// Event is one thing that happened. It is never altered.
type Event struct{ ent.Schema }

// Mixin of Event.
func (Event) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of Event.
func (Event) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		// The events of one change share it; the first is the verb's own.
		ref("change_id"),
		field.Int("position").NonNegative().Immutable(),
		fixed(text("kind", 80)),
		ref("subject_id"),
		// Ids, never documents.
		fixed(field.JSON("ids", json.RawMessage{})),
		fixed(instant("occurred_at")),
	}
}

// Indexes of Event.
func (Event) Indexes() []ent.Index {
	return []ent.Index{unique("", "change_id", "position"), ordered("subject_id", "occurred_at"), ordered("kind", "occurred_at")}
}

// Annotations of Event.
func (Event) Annotations() []schemaAnnotation { return table("events", nil) }

// FeedEntry is an event as one party sees it, in that party's own sequence.
type FeedEntry struct{ ent.Schema }

// Mixin of FeedEntry.
func (FeedEntry) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of FeedEntry.
func (FeedEntry) Fields() []ent.Field {
	return []ent.Field{ref("party_id"), field.Int64("sequence").Positive().Immutable(), ref("event_id")}
}

// Edges of FeedEntry.
func (FeedEntry) Edges() []ent.Edge { return []ent.Edge{to("event", Event.Type, "event_id")} }

// Indexes of FeedEntry.
func (FeedEntry) Indexes() []ent.Index {
	return []ent.Index{unique("", "party_id", "sequence"), unique("", "event_id", "party_id")}
}

// Annotations of FeedEntry.
func (FeedEntry) Annotations() []schemaAnnotation { return table("feed_entries", nil) }

// FeedCounter holds a party's highest sequence; its id is the party's.
type FeedCounter struct{ ent.Schema }

// Mixin of FeedCounter.
func (FeedCounter) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of FeedCounter.
func (FeedCounter) Fields() []ent.Field { return []ent.Field{field.Int64("sequence").Positive()} }

// Annotations of FeedCounter.
func (FeedCounter) Annotations() []schemaAnnotation { return table("feed_counters", nil) }

// AuditEntry says who did what, or was refused. It is never altered.
type AuditEntry struct{ ent.Schema }

// Mixin of AuditEntry.
func (AuditEntry) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of AuditEntry.
func (AuditEntry) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		ref("change_id"),
		fixed(refLater("person_id")),
		fixed(refLater("client_id")),
		fixed(refLater("organization_id")),
		fixed(text("verb", 80)),
		fixed(field.JSON("subjects", []gid.ID{})),
		// Table and column, never a value.
		fixed(field.JSON("changed_fields", []string{})),
		field.Enum("outcome").NamedValues("Done", "DONE", "Refused", "REFUSED").Immutable(),
		fixed(textLater("code", 40)),
		fixed(textLater("request_id", 80)),
		fixed(textLater("key_hash", 64)),
		fixed(instant("occurred_at")),
	}
}

// Indexes of AuditEntry.
func (AuditEntry) Indexes() []ent.Index {
	return []ent.Index{ordered("organization_id", "occurred_at", "id"), ordered("person_id", "occurred_at", "id"), ordered("change_id")}
}

// Annotations of AuditEntry.
func (AuditEntry) Annotations() []schemaAnnotation { return table("audit_entries", nil) }

// IdempotencyRecord remembers what a keyed request changed, for seven days.
type IdempotencyRecord struct{ ent.Schema }

// Mixin of IdempotencyRecord.
func (IdempotencyRecord) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of IdempotencyRecord.
func (IdempotencyRecord) Fields() []ent.Field {
	return []ent.Field{
		// The person or API client, or a newcomer's issuer and subject, hashed.
		fixed(text("actor", 64)),
		// The organisation acted for, or the world.
		ref("organization_id"),
		fixed(text("verb", 80)),
		fixed(text("key", 128)),
		field.Bytes("argument_hash").MaxLen(32),
		field.Bytes("result").Optional(),
		instant("expires_at"),
	}
}

// Indexes of IdempotencyRecord.
func (IdempotencyRecord) Indexes() []ent.Index {
	return []ent.Index{unique("", "actor", "organization_id", "verb", "key"), ordered("expires_at")}
}

// Annotations of IdempotencyRecord.
func (IdempotencyRecord) Annotations() []schemaAnnotation { return table("idempotency_records", nil) }

// Job is work that a change made necessary, done after it.
type Job struct{ ent.Schema }

// Mixin of Job.
func (Job) Mixin() []ent.Mixin { return []ent.Mixin{row{}} }

// Fields of Job.
func (Job) Fields() []ent.Field {
	return []ent.Field{
		ref("world_id"),
		fixed(text("kind", 80)),
		fixed(field.JSON("payload", json.RawMessage{})),
		field.Enum("status").NamedValues("Queued", "QUEUED", "Leased", "LEASED", "Done", "DONE", "Parked", "PARKED").Default("QUEUED"),
		field.Int("attempts").Default(0).NonNegative(),
		instant("run_at"),
		instantLater("leased_until"),
		textLater("leased_by", 80),
		textLater("last_error", 1000),
		fixed(instant("created_at")),
		instantLater("done_at"),
		// A timer has one, a plain job has none.
		fixed(textLater("key", 80)),
	}
}

// Indexes of Job.
func (Job) Indexes() []ent.Index {
	return []ent.Index{
		ordered("status", "run_at", "id"),
		unique("(status = 'QUEUED') AND (key IS NOT NULL)", "world_id", "kind", "key"),
	}
}

// Annotations of Job.
func (Job) Annotations() []schemaAnnotation {
	return table("jobs", checks{"jobs_leased": "(status = 'LEASED') = (leased_until IS NOT NULL)"})
}
