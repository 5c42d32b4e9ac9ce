package conversation

import (
	"context"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/message"
	"github.com/rung-dev/rung/ent/gen/ent/offer"
	"github.com/rung-dev/rung/ent/gen/ent/predicate"
	"github.com/rung-dev/rung/ent/gen/ent/readmark"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// ConversationAbilities is what the viewer may do in one of them now.
type ConversationAbilities struct{ Send *fault.Ability }

// Abilities says of each conversation what the viewer may do in it now.
func Abilities(ctx context.Context, db *store.DB, conversations []*ent.Conversation) ([]*ConversationAbilities, error) {
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	ids := gid.Of(conversations, func(c *ent.Conversation) gid.ID { return c.ApplicationID })
	applications, err := db.Read.Application.Query().Where(application.IDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	threads, err := threadsOf(ctx, db.Read, applications)
	if err != nil {
		return nil, err
	}
	abilities := make([]*ConversationAbilities, len(conversations))
	for i, c := range conversations {
		if c != nil && threads[c.ApplicationID].application != nil {
			abilities[i] = &ConversationAbilities{fault.AbilityOf(canSend(viewer.From(ctx), threads[c.ApplicationID], now))}
		}
	}
	return abilities, nil
}

// threadsOf reads what conversations about applications hang on, by application.
func threadsOf(ctx context.Context, client *ent.Client, applications []*ent.Application) (map[gid.ID]thread, error) {
	threads := make(map[gid.ID]thread, len(applications))
	var ids, organizations []gid.ID
	for _, a := range applications {
		ids, organizations = append(ids, a.ID), append(organizations, a.EmployerOrgID)
	}
	employers, err := client.Employer.Query().Where(employer.IDIn(organizations...)).All(ctx)
	if err != nil {
		return nil, err
	}
	offers, err := client.Offer.Query().Where(offer.ApplicationIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	about, offered := make(map[gid.ID]gid.ID, len(offers)), make([]gid.ID, len(offers))
	for i, o := range offers {
		about[o.ID], offered[i] = o.ApplicationID, o.ID
	}
	work, err := client.Engagement.Query().Where(engagement.OfferIDIn(offered...)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range applications {
		t := thread{application: a}
		for _, e := range employers {
			if e.ID == a.EmployerOrgID {
				t.employer = e
			}
		}
		threads[a.ID] = t
	}
	for _, e := range work {
		t := threads[about[e.OfferID]]
		t.work = e
		threads[about[e.OfferID]] = t
	}
	return threads, nil
}

// UnreadCounts are how many messages of the other side the viewer has not read
// in each conversation.
func UnreadCounts(ctx context.Context, db *store.DB, conversations []*ent.Conversation) ([]int, error) {
	v := viewer.From(ctx)
	marks, err := db.Read.ReadMark.Query().Where(readmark.ConversationIDIn(gid.Of(conversations, conversationID)...), readmark.PersonID(v.Person)).All(ctx)
	if err != nil {
		return nil, err
	}
	var unread []predicate.Message
	for _, c := range conversations {
		if c == nil {
			continue
		}
		own, _ := sideOf(v, c.EmployerOrgID, c.TalentID)
		others := []predicate.Message{message.ConversationID(c.ID), message.SentByNEQ(own)}
		for _, m := range marks {
			if m.ConversationID == c.ID && string(m.Side) == string(own) {
				others = append(others, message.SentAtGT(m.ReadThrough))
			}
		}
		unread = append(unread, message.And(others...))
	}
	counts := make([]int, len(conversations))
	if len(unread) == 0 {
		return counts, nil
	}
	var found []struct {
		ConversationID gid.ID `json:"conversation_id"`
		Count          int    `json:"count"`
	}
	if err := db.Read.Message.Query().Where(message.Or(unread...)).GroupBy(message.FieldConversationID).Aggregate(ent.Count()).Scan(ctx, &found); err != nil {
		return nil, err
	}
	for i, c := range conversations {
		for _, f := range found {
			if c != nil && f.ConversationID == c.ID {
				counts[i] = f.Count
			}
		}
	}
	return counts, nil
}

// Reading is how far the other side has read.
type Reading struct {
	Through time.Time
	ReadAt  time.Time
}

// OtherSides are how far the other side of each conversation has read: whoever
// of them has read most. Nil where nobody has.
func OtherSides(ctx context.Context, db *store.DB, conversations []*ent.Conversation) ([]*Reading, error) {
	v := viewer.From(ctx)
	marks, err := db.Read.ReadMark.Query().Where(readmark.ConversationIDIn(gid.Of(conversations, conversationID)...)).
		Order(readmark.ByReadThrough(sql.OrderAsc()), readmark.ByReadAt(sql.OrderDesc())).All(ctx)
	if err != nil {
		return nil, err
	}
	readings := make([]*Reading, len(conversations))
	for i, c := range conversations {
		if c == nil {
			continue
		}
		own, _ := sideOf(v, c.EmployerOrgID, c.TalentID)
		for _, m := range marks {
			if m.ConversationID == c.ID && string(m.Side) != string(own) {
				readings[i] = &Reading{m.ReadThrough, m.ReadAt}
			}
		}
	}
	return readings, nil
}

func conversationID(c *ent.Conversation) gid.ID { return c.ID }
