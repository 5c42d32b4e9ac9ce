// Package policy is about the rules on what may be posted: those of the platform
// and those of each institution. They are data, made of a closed set of
// conditions, so that everybody can read them and ask them before posting.
package policy

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/postingpolicy"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// PostingVerdict is what rules say of a posting before anybody looks at it.
type PostingVerdict string

// The verdicts, the mildest first.
const (
	Approve PostingVerdict = "APPROVE"
	Review  PostingVerdict = "REVIEW"
	Block   PostingVerdict = "BLOCK"
)

// SpokenRule is a rule that spoke, with its words as they were.
type SpokenRule struct {
	RuleID   string                 `json:"ruleId"`
	Severity postingpolicy.Severity `json:"severity"`
	Message  string                 `json:"message"`
}

// Body is who decides on postings: an institution, or the platform of a world.
type Body struct {
	World       gid.ID
	Institution *ent.Institution // nil for the platform
}

// ID is the institution's, or the world's for its platform.
func (b Body) ID() gid.ID {
	if b.Institution == nil {
		return b.World
	}
	return b.Institution.ID
}

// Spoken are the rules whose conditions all hold for one of the ways in which the
// work may go.
func Spoken(rules []*ent.PostingPolicy, ways ...Facts) ([]SpokenRule, error) {
	var spoken []SpokenRule
	for _, rule := range rules {
		conditions, err := read(rule)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(ways, func(f Facts) bool { return all(conditions, f) }) {
			spoken = append(spoken, SpokenRule{rule.RuleID, rule.Severity, rule.Message})
		}
	}
	return spoken, nil
}

func all(conditions []PostingCondition, f Facts) bool {
	for _, c := range conditions {
		if !c.holds(f) {
			return false
		}
	}
	return true
}

// Verdict is the strictest of what was said.
func Verdict(spoken []SpokenRule) PostingVerdict {
	verdict := Approve
	for _, rule := range spoken {
		switch rule.Severity {
		case postingpolicy.SeverityBlock:
			return Block
		case postingpolicy.SeverityReview:
			verdict = Review
		}
	}
	return verdict
}

func read(rule *ent.PostingPolicy) (conditions []PostingCondition, err error) {
	if err := json.Unmarshal(rule.Conditions, &conditions); err != nil {
		return nil, fmt.Errorf("policy: the conditions of %s: %w", rule.ID, err)
	}
	return conditions, nil
}

// ConditionsOf are a rule's conditions. Those that cannot be read would not have
// been kept.
func ConditionsOf(rule *ent.PostingPolicy) []*PostingCondition {
	conditions, err := read(rule)
	if err != nil {
		return nil
	}
	list := make([]*PostingCondition, len(conditions))
	for i := range conditions {
		list[i] = &conditions[i]
	}
	return list
}

// Rules are the rules of bodies that are active at an instant, each body's in
// the order of their names. A body that never wrote any has those that every
// body begins with.
func Rules(ctx context.Context, client *ent.Client, now time.Time, bodies ...Body) (map[gid.ID][]*ent.PostingPolicy, error) {
	ids := make([]gid.ID, len(bodies))
	for i, b := range bodies {
		ids[i] = b.ID()
	}
	rows, err := client.PostingPolicy.Query().Where(postingpolicy.BodyIDIn(ids...)).
		Where(postingpolicy.Or(postingpolicy.RetiredAtIsNil(), postingpolicy.RetiredAtGT(now))).
		Order(ent.Asc(postingpolicy.FieldRuleID, postingpolicy.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	rules, wrote := map[gid.ID][]*ent.PostingPolicy{}, map[gid.ID]bool{}
	for _, row := range rows {
		wrote[row.BodyID] = true
		if !row.ActiveFrom.After(now) {
			rules[row.BodyID] = append(rules[row.BodyID], row)
		}
	}
	for _, b := range bodies {
		if wrote[b.ID()] {
			continue
		}
		retired, err := client.PostingPolicy.Query().Where(postingpolicy.BodyID(b.ID())).Exist(ctx)
		if err != nil {
			return nil, err
		}
		if !retired {
			rules[b.ID()] = defaults(b)
		}
	}
	return rules, nil
}

// Begin writes down the rules that a body begins with, unless it has some.
func Begin(ctx context.Context, tx *store.Tx, b Body) error {
	has, err := tx.PostingPolicy.Query().Where(postingpolicy.BodyID(b.ID())).Exist(ctx)
	if err != nil || has {
		return err
	}
	var rows []*ent.PostingPolicyCreate
	for _, rule := range defaults(b) {
		create := tx.PostingPolicy.Create().SetID(rule.ID).SetWorldID(b.World).SetBodyID(b.ID()).SetRuleID(rule.RuleID).
			SetConditions(rule.Conditions).SetSeverity(rule.Severity).SetMessage(rule.Message).SetActiveFrom(rule.ActiveFrom)
		if b.Institution != nil {
			create.SetInstitutionID(b.Institution.ID)
		}
		rows = append(rows, create)
	}
	return tx.PostingPolicy.CreateBulk(rows...).Exec(ctx)
}

// began is since when the rules hold that nobody wrote.
var began = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// idOf is the id of a rule that a body begins with: the same wherever it is read,
// before and after it is written down.
func idOf(body gid.ID, rule string) gid.ID {
	sum := sha256.Sum256(append(body[:], rule...))
	var id gid.ID
	copy(id[:], sum[:len(id)])
	id[6], id[8], id[15] = id[6]&0x0f|0x70, id[8]&0x3f|0x80, byte(gid.PostingPolicy)
	return id
}

// Floor is the pay an hour below which a person of the body decides, unless it
// has written another rule.
func Floor(i *ent.Institution) money.Money {
	if i == nil || i.PayFloorMinor == nil || i.PayFloorCurrency == nil {
		return platformFloor
	}
	return money.Money{Minor: *i.PayFloorMinor, Currency: money.Currency(*i.PayFloorCurrency)}
}

// Platform are the rules of the platform of the viewer's world that hold now.
func Platform(ctx context.Context, db *store.DB) ([]*ent.PostingPolicy, error) {
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	b := Body{World: viewer.From(ctx).World}
	rules, err := Rules(ctx, db.Read, now, b)
	return rules[b.World], err
}

// OfInstitutions are the rules of institutions that hold now: none of those that
// are not open.
func OfInstitutions(ctx context.Context, db *store.DB, institutions []*ent.Institution) ([][]*ent.PostingPolicy, error) {
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	var bodies []Body
	for _, i := range institutions {
		if i != nil && i.Status == institution.StatusOpen {
			bodies = append(bodies, Body{World: i.WorldID, Institution: i})
		}
	}
	rules, err := Rules(ctx, db.Read, now, bodies...)
	if err != nil {
		return nil, err
	}
	lists := make([][]*ent.PostingPolicy, len(institutions))
	for n, i := range institutions {
		if i != nil {
			lists[n] = append([]*ent.PostingPolicy{}, rules[i.ID]...)
		}
	}
	return lists, nil
}
