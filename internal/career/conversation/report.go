package conversation

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/message"
	"github.com/rung-dev/rung/ent/gen/ent/messagereport"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/file"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ReportMessage shows a message of the other side to the platform's operators.
func ReportMessage(ctx context.Context, db *store.DB, in ReportMessageInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		m, err := lockMessage(ctx, tx, in.MessageID)
		if err != nil {
			return gid.None, err
		}
		isReported, err := tx.MessageReport.Query().Where(messagereport.MessageID(m.ID)).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := canReport(v, m, isReported); err != nil {
			return gid.None, err
		}
		var r text.Reader
		note := r.ProseLater("note", in.Note, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		side, _ := sideOf(v, m.EmployerOrgID, m.TalentID)
		made, err := tx.MessageReport.Create().SetWorldID(m.WorldID).SetOwnerOrgID(m.EmployerOrgID).SetEmployerOrgID(m.EmployerOrgID).
			SetMessageID(m.ID).SetTalentID(m.TalentID).SetReportedByID(v.Person).SetSide(messagereport.Side(side)).SetReason(in.Reason).
			SetNillableNote(note).SetReportedAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return made.ID, recordReport(ctx, tx, made, event.MessageReported)
	})
}

// DismissMessageReport finds that a message may stay.
func DismissMessageReport(ctx context.Context, db *store.DB, in DismissMessageReportInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		r, finding, err := judge(ctx, tx, in.MessageReportID, in.ExpectedRevision, in.Finding, "dismissMessageReport")
		if err != nil {
			return gid.None, err
		}
		if err := conclude(ctx, tx, r, finding, "dismissMessageReport"); err != nil {
			return gid.None, err
		}
		return r.ID, recordReport(ctx, tx, r, event.MessageReportDismissed)
	})
}

// UpholdMessageReport finds that a message must go, and takes its words away. What a
// talent wrote is held against them.
func UpholdMessageReport(ctx context.Context, db *store.DB, in UpholdMessageReportInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		r, finding, err := judge(ctx, tx, in.MessageReportID, in.ExpectedRevision, in.Finding, "upholdMessageReport")
		if err != nil {
			return gid.None, err
		}
		m, err := lockMessage(ctx, tx, r.MessageID)
		if err != nil {
			return gid.None, err
		}
		if err := recordReport(ctx, tx, r, event.MessageReportUpheld); err != nil {
			return gid.None, err
		}
		if err := remove(ctx, tx, m, finding); err != nil {
			return gid.None, err
		}
		if m.SentBy == message.SentByTalent {
			if err := strikeFor(ctx, tx, r, m, finding); err != nil {
				return gid.None, err
			}
		}
		// The report ends last: with it the operator loses sight of the message.
		return r.ID, conclude(ctx, tx, r, finding, "upholdMessageReport")
	})
}

// remove takes a message's text and files away, and tells both sides.
func remove(ctx context.Context, tx *store.Tx, m *ent.Message, reason string) error {
	update := tx.Message.Update().Where(message.ID(m.ID), message.Revision(m.Revision)).
		ClearBody().SetLinks([]string{}).SetRemovedAt(tx.Now).SetRemovalReason(reason)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	if err := file.RefuseOfMessage(ctx, tx, m.ID); err != nil {
		return err
	}
	return recordMessage(ctx, tx, m, event.MessageRemoved)
}

// strikeFor holds a message against the talent who wrote it, with the work that it
// was about, where there is any.
func strikeFor(ctx context.Context, tx *store.Tx, r *ent.MessageReport, m *ent.Message, finding string) error {
	all := tx.System("an operator does not see the conversation of a message that was reported")
	c, err := all.Conversation.Get(ctx, m.ConversationID)
	if err != nil {
		return err
	}
	offers, err := all.Offer.Query().Where(offer.ApplicationID(c.ApplicationID)).IDs(ctx)
	if err != nil {
		return err
	}
	work, err := all.Engagement.Query().Where(engagement.OfferIDIn(offers...)).
		Order(ent.Desc(engagement.FieldCreatedAt, engagement.FieldID)).First(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return err
	}
	g := talent.Grounds{
		TalentID: m.TalentID, MessageReportID: r.ID, Kind: strike.KindConduct,
		Report: "A message that you wrote was reported and removed: " + finding,
	}
	if work != nil {
		g.EngagementID = work.ID
	}
	return talent.Strike(ctx, tx, g)
}

// judge reads a report that is to be decided, and what was found.
func judge(ctx context.Context, tx *store.Tx, id gid.ID, revision int, said, verb string) (*ent.MessageReport, string, error) {
	// Locked: of two decisions at once one is the second.
	report, err := tx.MessageReport.Query().Where(messagereport.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return nil, "", store.Found(err, fault.NotFound("messageReportId", "There is no such report."))
	}
	if err := canDecide(viewer.From(ctx), report, verb, revision); err != nil {
		return nil, "", err
	}
	var r text.Reader
	finding := r.Prose("finding", said, 3, 1000)
	if err := r.Err(); err != nil {
		return nil, "", err
	}
	return report, finding, nil
}

// conclude takes a report where the verb leads.
func conclude(ctx context.Context, tx *store.Tx, r *ent.MessageReport, finding, verb string) error {
	update := tx.MessageReport.Update().Where(messagereport.ID(r.ID), messagereport.Revision(r.Revision)).
		SetStatus(ReportStates.Verb(verb).To).SetFinding(finding).SetDecidedAt(tx.Now).SetDecidedByID(viewer.From(ctx).Person)
	return store.Moved(update.Save(ctx))
}

func lockMessage(ctx context.Context, tx *store.Tx, id gid.ID) (*ent.Message, error) {
	m, err := tx.Message.Query().Where(message.ID(id), store.Locked).Only(ctx)
	return m, store.Found(err, fault.NotFound("messageId", "There is no such message."))
}

// recordReport tells the side that reported and the platform, and nobody else.
func recordReport(ctx context.Context, tx *store.Tx, r *ent.MessageReport, kind event.Kind) error {
	side := r.EmployerOrgID
	if r.Side == messagereport.SideTalent {
		side = r.TalentID
	}
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: r.ID, IDs: map[string]gid.ID{"message": r.MessageID}, Parties: []gid.ID{side, tx.World()},
	})
}

// MessageAbilities is what the viewer may do with one of them now.
type MessageAbilities struct{ Report *fault.Ability }

// AbilitiesOfMessages says which messages the viewer may report now.
func AbilitiesOfMessages(ctx context.Context, db *store.DB, messages []*ent.Message) ([]*MessageAbilities, error) {
	ids := gid.Of(messages, func(m *ent.Message) gid.ID { return m.ID })
	reports, err := db.Read.MessageReport.Query().Where(messagereport.MessageIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	reported := make(map[gid.ID]bool, len(reports))
	for _, r := range reports {
		reported[r.MessageID] = true
	}
	v := viewer.From(ctx)
	all := make([]*MessageAbilities, len(messages))
	for i, m := range messages {
		if m != nil {
			all[i] = &MessageAbilities{Report: fault.AbilityOf(canReport(v, m, reported[m.ID]))}
		}
	}
	return all, nil
}

// MessageReportAbilities is what the viewer may do with one of them now.
type MessageReportAbilities struct {
	Dismiss *fault.Ability
	Uphold  *fault.Ability
}

// AbilitiesOfReport says what the viewer may do with a report now.
func AbilitiesOfReport(v viewer.Viewer, r *ent.MessageReport) *MessageReportAbilities {
	return &MessageReportAbilities{
		Dismiss: fault.AbilityOf(canDecide(v, r, "dismissMessageReport", r.Revision)),
		Uphold:  fault.AbilityOf(canDecide(v, r, "upholdMessageReport", r.Revision)),
	}
}
