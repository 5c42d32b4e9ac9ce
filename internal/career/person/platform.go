package person

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/world"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// SignUpRule is what somebody must attest to sign up.
type SignUpRule struct {
	MinimumAge                  int
	RequiresUsWorkAuthorization bool
}

// SignUpRuleInput: the same, as clients send it.
type SignUpRuleInput = SignUpRule

// Read checks a rule that a client sent.
func (s SignUpRule) Read(r *text.Reader) {
	if s.MinimumAge < 0 || s.MinimumAge > 100 {
		r.Refuse(fault.InvalidValue("signUpRule.minimumAge", "Ask for an age of 0 to 100 years."))
	}
}

// ConfigurePlatformInput: what to change of the platform.
type ConfigurePlatformInput struct {
	SignUpRule          *SignUpRuleInput
	PlatformBasisPoints *int
}

// ConfigurePlatform changes what the platform of the viewer's world asks and
// keeps. What is left out stays.
func ConfigurePlatform(ctx context.Context, db *store.DB, in ConfigurePlatformInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		if v.Kind != viewer.Operator || !v.Can(viewer.PlatformConfigure) {
			return gid.None, fault.NotPermitted("Only operators configure the platform.")
		}
		var r text.Reader
		update := tx.Client.World.Update().Where(world.ID(tx.World())).SetConfiguredAt(tx.Now)
		if rule := in.SignUpRule; rule != nil {
			rule.Read(&r)
			update.SetMinimumAge(rule.MinimumAge).SetRequiresUsWorkAuthorization(rule.RequiresUsWorkAuthorization)
		}
		if share := in.PlatformBasisPoints; share != nil {
			CheckShare(&r, *share)
			update.SetPlatformBasisPoints(int64(*share))
		}
		if in.SignUpRule == nil && in.PlatformBasisPoints == nil {
			r.Refuse(fault.InvalidValue("signUpRule", "Change at least one thing."))
		}
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		if err := update.Exec(ctx); err != nil {
			return gid.None, err
		}
		return tx.World(), event.Record(ctx, tx, event.Event{
			Kind: event.PlatformConfigured, Subject: tx.World(), IDs: map[string]gid.ID{"operator": v.Person}, Parties: []gid.ID{tx.World()},
		})
	})
}

// CheckShare refuses a share that is not one.
func CheckShare(r *text.Reader, basisPoints int) {
	if basisPoints < 0 || basisPoints > 10_000 {
		r.Refuse(fault.InvalidValue("platformBasisPoints", "Give a share of 0 to 10000 hundredths of a per cent, as in 1000 for ten per cent."))
	}
}

// RuleOf is what a world's platform asks of those who sign up.
func RuleOf(w *ent.World) *SignUpRule {
	return &SignUpRule{w.MinimumAge, w.RequiresUsWorkAuthorization}
}
