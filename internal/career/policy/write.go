package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/postingpolicy"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	mostRules      = 50 // of one body
	mostConditions = 10 // of one rule
)

var isSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// WritePostingPolicy writes a rule of the viewer's own body. One of the same name
// ends when it begins. Postings already asked for keep what was said of them.
func WritePostingPolicy(ctx context.Context, db *store.DB, in WritePostingPolicyInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		b, err := bodyOf(ctx, tx)
		if err != nil {
			return gid.None, err
		}
		conditions, message, from, err := in.read(tx.Now)
		if err != nil {
			return gid.None, err
		}
		if err := Begin(ctx, tx, b); err != nil {
			return gid.None, err
		}
		if err := makeRoom(ctx, tx, b, in.RuleID, from); err != nil {
			return gid.None, err
		}
		create := tx.PostingPolicy.Create().SetWorldID(b.World).SetBodyID(b.ID()).SetRuleID(in.RuleID).
			SetConditions(conditions).SetSeverity(in.Severity).SetMessage(message).SetActiveFrom(from).
			SetWrittenByID(viewer.From(ctx).Person)
		if b.Institution != nil {
			create.SetInstitutionID(b.Institution.ID)
		}
		rule, err := create.Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return rule.ID, record(ctx, tx, event.PostingPolicyWritten, rule)
	})
}

// makeRoom ends the rule of that name when another begins, and keeps the body's
// rules few.
func makeRoom(ctx context.Context, tx *store.Tx, b Body, ruleID string, from time.Time) error {
	live := tx.PostingPolicy.Query().Where(postingpolicy.BodyID(b.ID()), postingpolicy.RetiredAtIsNil())
	n, err := live.Clone().Where(postingpolicy.RuleIDNEQ(ruleID)).Count(ctx)
	if err != nil {
		return err
	}
	if n >= mostRules {
		return fault.LimitReached("ruleId", fmt.Sprintf("Retire a rule first: there are %d at most.", mostRules))
	}
	return tx.PostingPolicy.Update().
		Where(postingpolicy.BodyID(b.ID()), postingpolicy.RuleID(ruleID), postingpolicy.RetiredAtIsNil()).
		SetRetiredAt(from).Exec(ctx)
}

func (in WritePostingPolicyInput) read(now time.Time) (conditions json.RawMessage, message string, from time.Time, err error) {
	var r text.Reader
	if len(in.RuleID) < 3 || len(in.RuleID) > 80 || !isSlug.MatchString(in.RuleID) {
		r.Refuse(fault.InvalidValue("ruleId", "Name it with 3 to 80 small letters, digits and single hyphens between them."))
	}
	message = r.Line("message", in.Message, 3, 500)
	if n := len(in.Conditions); n == 0 || n > mostConditions {
		r.Refuse(fault.InvalidValue("conditions", fmt.Sprintf("Give 1 to %d conditions.", mostConditions)))
	}
	list := make([]PostingCondition, 0, len(in.Conditions))
	for i, c := range in.Conditions[:min(len(in.Conditions), mostConditions)] {
		list = append(list, c.read(&r, fmt.Sprintf("conditions.%d", i)))
	}
	from = now
	if in.ActiveFrom != nil {
		if from = in.ActiveFrom.UTC().Truncate(time.Millisecond); from.Before(now) {
			r.Refuse(fault.InvalidValue("activeFrom", "Let it begin now or later: leave it out for now."))
		}
	}
	if err := r.Err(); err != nil {
		return nil, "", from, err
	}
	conditions, err = json.Marshal(list)
	return conditions, message, from, err
}

// RetirePostingPolicy ends a rule of the viewer's own body.
func RetirePostingPolicy(ctx context.Context, db *store.DB, in RetirePostingPolicyInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		b, err := bodyOf(ctx, tx)
		if err != nil {
			return gid.None, err
		}
		if err := Begin(ctx, tx, b); err != nil {
			return gid.None, err
		}
		// The body's row is locked, so the rule needs no lock of its own.
		rule, err := tx.PostingPolicy.Get(ctx, in.PostingPolicyID)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("postingPolicyId", "There is no such rule."))
		}
		if err := canRetire(b, rule, in.ExpectedRevision, tx.Now); err != nil {
			return gid.None, err
		}
		update := tx.PostingPolicy.Update().Where(postingpolicy.ID(rule.ID), postingpolicy.Revision(rule.Revision)).SetRetiredAt(tx.Now)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return rule.ID, record(ctx, tx, event.PostingPolicyRetired, rule)
	})
}

// bodyOf is the body whose rules the viewer writes. Its row is locked: two must
// not write its first rules at once.
func bodyOf(ctx context.Context, tx *store.Tx) (Body, error) {
	v := viewer.From(ctx)
	if err := canWrite(v); err != nil {
		return Body{}, err
	}
	b := Body{World: tx.World()}
	if v.Kind == viewer.Operator {
		// Locked: see above.
		_, err := tx.Client.World.Query().Where(world.ID(b.World), store.Locked).Only(ctx)
		return b, err
	}
	// Locked: see above.
	i, err := tx.Institution.Query().Where(institution.ID(v.Institution()), store.Locked).Only(ctx)
	b.Institution = i
	return b, err
}

// canWrite: a body's own approvers and administrators, and the platform's operators.
func canWrite(v viewer.Viewer) error {
	if !v.Can(viewer.PoliciesWrite) || v.Kind != viewer.Operator && v.Institution().IsNone() {
		return fault.NotPermitted("Only an institution's approvers and administrators, and operators for the platform, write rules.")
	}
	return nil
}

// canRetire: a rule of the body's own that has not ended.
func canRetire(b Body, rule *ent.PostingPolicy, revision int, now time.Time) error {
	if rule.BodyID != b.ID() {
		return fault.NotPermitted("This is another body's rule.")
	}
	if rule.RetiredAt != nil && !rule.RetiredAt.After(now) {
		return fault.IllegalTransition("This rule has ended already.", "RETIRED", []string{})
	}
	return transition.Unchanged(revision, rule.Revision)
}

func record(ctx context.Context, tx *store.Tx, kind event.Kind, rule *ent.PostingPolicy) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: rule.ID, IDs: map[string]gid.ID{"writer": viewer.From(ctx).Person},
		Parties: []gid.ID{rule.BodyID, tx.World()},
	})
}
