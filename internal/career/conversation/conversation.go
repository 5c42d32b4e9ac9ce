// Package conversation is about what a talent and an employer write to each
// other: one conversation for each application, which goes on for the work that
// it led to.
package conversation

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/conversation"
	"github.com/rung-dev/rung/ent/gen/ent/message"
	"github.com/rung-dev/rung/ent/gen/ent/readmark"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/file"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// SendMessage writes to the other side. The first message about an application
// opens its conversation.
func SendMessage(ctx context.Context, db *store.DB, in SendMessageInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := lockApplication(ctx, tx, in)
		if err != nil {
			return gid.None, err
		}
		threads, err := threadsOf(ctx, tx.Client, []*ent.Application{a})
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := canSend(v, threads[a.ID], tx.Now); err != nil {
			return gid.None, err
		}
		w, err := readWriting(in)
		if err != nil {
			return gid.None, err
		}
		c, err := opened(ctx, tx, a)
		if err != nil {
			return gid.None, err
		}
		today, err := tx.Message.Query().Where(message.ConversationID(c.ID), message.AuthorID(v.Person), message.SentAtGT(tx.Now.Add(-24*time.Hour))).Count(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := hasSaidLittle(today); err != nil {
			return gid.None, err
		}
		return send(ctx, tx, c, w)
	})
}

// lockApplication is what a conversation is about.
func lockApplication(ctx context.Context, tx *store.Tx, in SendMessageInput) (*ent.Application, error) {
	if (in.ConversationID == nil) == (in.ApplicationID == nil) {
		return nil, fault.InvalidValue("conversationId", "Name the conversation or the application: one of the two.")
	}
	if in.ApplicationID != nil {
		return lockNamed(ctx, tx, *in.ApplicationID, fault.NotFound("applicationId", "There is no such application."))
	}
	missing := fault.NotFound("conversationId", "There is no such conversation.")
	c, err := tx.Conversation.Get(ctx, *in.ConversationID)
	if err != nil {
		return nil, store.Found(err, missing)
	}
	return lockNamed(ctx, tx, c.ApplicationID, missing)
}

func lockNamed(ctx context.Context, tx *store.Tx, id gid.ID, missing error) (*ent.Application, error) {
	// Locked: of two first messages at once one opens the conversation, and
	// messages are counted before one is added.
	a, err := tx.Application.Query().Where(application.ID(id), store.Locked).Only(ctx)
	return a, store.Found(err, missing)
}

// opened is the conversation about a locked application.
func opened(ctx context.Context, tx *store.Tx, a *ent.Application) (*ent.Conversation, error) {
	c, err := tx.Conversation.Query().Where(conversation.ApplicationID(a.ID)).Only(ctx)
	if !ent.IsNotFound(err) {
		return c, err
	}
	return tx.Conversation.Create().SetWorldID(a.WorldID).SetOwnerOrgID(a.EmployerOrgID).SetEmployerOrgID(a.EmployerOrgID).
		SetApplicationID(a.ID).SetTalentID(a.TalentID).SetLastMessageAt(tx.Now).Save(ctx)
}

// send writes the message, and tells the two sides.
func send(ctx context.Context, tx *store.Tx, c *ent.Conversation, w writing) (gid.ID, error) {
	v := viewer.From(ctx)
	side, _ := sideOf(v, c.EmployerOrgID, c.TalentID)
	m, err := tx.Message.Create().SetWorldID(c.WorldID).SetOwnerOrgID(c.EmployerOrgID).SetEmployerOrgID(c.EmployerOrgID).
		SetConversationID(c.ID).SetTalentID(c.TalentID).SetAuthorID(v.Person).SetSentBy(side).SetBody(w.body).SetLinks(w.links).
		SetSentAt(tx.Now).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	if err := file.Use(ctx, tx, w.uploadIDs, func(update *ent.UploadUpdate) { update.SetMessageID(m.ID) }); err != nil {
		return gid.None, err
	}
	update := tx.Conversation.Update().Where(conversation.ID(c.ID), conversation.Revision(c.Revision)).SetLastMessageAt(tx.Now)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return gid.None, err
	}
	return m.ID, recordMessage(ctx, tx, m, event.MessageSent)
}

// MarkConversationRead notes how far a person has read. A mark never goes back.
func MarkConversationRead(ctx context.Context, db *store.DB, in MarkConversationReadInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: a person has one mark here, whatever they read at once.
		c, err := tx.Conversation.Query().Where(conversation.ID(in.ConversationID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("conversationId", "There is no such conversation."))
		}
		m, err := tx.Message.Query().Where(message.ID(in.ThroughMessageID), message.ConversationID(c.ID)).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("throughMessageId", "There is no such message in this conversation."))
		}
		if err := mark(ctx, tx, c, m.SentAt); err != nil {
			return gid.None, err
		}
		return c.ID, event.Record(ctx, tx, event.Event{
			Kind: event.ConversationRead, Subject: c.ID,
			IDs: map[string]gid.ID{"message": m.ID}, Parties: []gid.ID{c.EmployerOrgID, c.TalentID},
		})
	})
}

func mark(ctx context.Context, tx *store.Tx, c *ent.Conversation, through time.Time) error {
	v := viewer.From(ctx)
	side, _ := sideOf(v, c.EmployerOrgID, c.TalentID)
	own := readmark.Side(side)
	before, err := tx.ReadMark.Query().Where(readmark.ConversationID(c.ID), readmark.PersonID(v.Person), readmark.SideEQ(own)).Only(ctx)
	if ent.IsNotFound(err) {
		return tx.ReadMark.Create().SetEmployerOrgID(c.EmployerOrgID).SetConversationID(c.ID).SetTalentID(c.TalentID).
			SetPersonID(v.Person).SetSide(own).SetReadThrough(through).SetReadAt(tx.Now).Exec(ctx)
	}
	if err != nil || !through.After(before.ReadThrough) {
		return err
	}
	return tx.ReadMark.UpdateOneID(before.ID).SetReadThrough(through).SetReadAt(tx.Now).Exec(ctx)
}

// recordMessage tells the two sides.
func recordMessage(ctx context.Context, tx *store.Tx, m *ent.Message, kind event.Kind) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: m.ID,
		IDs: map[string]gid.ID{"conversation": m.ConversationID}, Parties: []gid.ID{m.EmployerOrgID, m.TalentID},
	})
}
