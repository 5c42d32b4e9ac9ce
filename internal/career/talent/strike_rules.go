package talent

import (
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// strikeTime is how long a strike counts.
	strikeTime = 365 * 24 * time.Hour
	// enoughStrikes is how many of a kind deactivate a profile.
	enoughStrikes = 2
)

// counting are the statuses in which a strike counts.
var counting = []strike.Status{strike.StatusIssued, strike.StatusAppealed, strike.StatusUpheld}

// StrikeStates is the life of a strike.
var StrikeStates = transition.Table[strike.Status]{
	{
		Name: "appealStrike", By: []transition.Side{transition.Talent}, Scope: viewer.StrikesAppeal,
		From: []strike.Status{strike.StatusIssued}, To: strike.StatusAppealed,
		Only: "Only the talent can appeal a strike.", Not: "A strike can be appealed once, while it counts.",
	},
	{
		Name: "upholdStrike", By: []transition.Side{transition.Platform}, Scope: viewer.StrikesDecide,
		From: []strike.Status{strike.StatusAppealed}, To: strike.StatusUpheld,
		Only: "Only the platform's operators decide on appeals.", Not: "Only a strike that was appealed can be upheld.",
	},
	{
		Name: "liftStrike", By: []transition.Side{transition.Platform}, Scope: viewer.StrikesDecide,
		From: []strike.Status{strike.StatusAppealed}, To: strike.StatusLifted,
		Only: "Only the platform's operators decide on appeals.", Not: "Only a strike that was appealed can be lifted.",
	},
	// The evaluation that it rests on was removed.
	{Name: string(event.StrikeLifted), By: []transition.Side{transition.Rung}, From: counting, To: strike.StatusLifted},
	{Name: string(event.StrikeExpired), By: []transition.Side{transition.Rung}, From: counting, To: strike.StatusExpired},
}

// Standing is whether a talent can take on anything new.
type Standing string

// The standings.
const (
	StandingActive      Standing = "ACTIVE"
	StandingDeactivated Standing = "DEACTIVATED"
)

// StandingOf is a talent's standing now.
func StandingOf(t *ent.TalentProfile) Standing {
	if t.DeactivatedAt != nil {
		return StandingDeactivated
	}
	return StandingActive
}

// Standings is how a talent loses their standing and gets it back.
var Standings = transition.Table[Standing]{
	{
		Name: string(event.TalentDeactivated), By: []transition.Side{transition.Rung},
		From: []Standing{StandingActive}, To: StandingDeactivated,
	},
	{
		Name: "reinstateTalent", By: []transition.Side{transition.Platform}, Scope: viewer.StrikesDecide,
		From: []Standing{StandingDeactivated}, To: StandingActive,
		Only: "Only the platform's operators can reinstate a talent.", Not: "This talent is not deactivated.",
	},
}

// canStep: whose the verb is, on a strike they have read as it is.
func canStep(v viewer.Viewer, s *ent.Strike, verb string, revision int) error {
	if err := StrikeStates.Permit(verb, v, transition.Sides(v, gid.None, s.TalentID), s.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, s.Revision)
}

// counts reports whether a strike weighs on its talent.
func counts(s *ent.Strike, t *ent.TalentProfile, now time.Time) bool {
	return slices.Contains(counting, s.Status) && now.Before(s.ExpiresAt) && (t.ReinstatedAt == nil || s.IssuedAt.After(*t.ReinstatedAt))
}

// canReinstate: an operator, somebody who is deactivated.
func canReinstate(v viewer.Viewer, t *ent.TalentProfile, revision int) error {
	if err := Standings.Permit("reinstateTalent", v, transition.Sides(v, gid.None, t.ID), StandingOf(t)); err != nil {
		return err
	}
	return transition.Unchanged(revision, t.Revision)
}

// canIssueStrike: an operator.
func canIssueStrike(v viewer.Viewer) error {
	if v.Kind != viewer.Operator || !v.Can(viewer.StrikesDecide) {
		return fault.NotPermitted("Only the platform's operators issue strikes for conduct.")
	}
	return nil
}

// CanTakeOn: who is deactivated applies for nothing, accepts nothing and starts
// nothing; work under way goes on.
func CanTakeOn(t *ent.TalentProfile) error {
	if t != nil && t.DeactivatedAt != nil {
		return fault.NotPermitted("Your profile is deactivated, so you can take on nothing new. Your strikes say why.")
	}
	return nil
}

// seesConduct: the talent, and the operators who judge them.
func seesConduct(v viewer.Viewer, t *ent.TalentProfile) bool {
	return v.Talent == t.ID || v.Kind == viewer.Operator
}

// DeactivatedAt is since when a talent can take on nothing new, for who may know.
func DeactivatedAt(v viewer.Viewer, t *ent.TalentProfile) *time.Time {
	if seesConduct(v, t) {
		return t.DeactivatedAt
	}
	return nil
}

// DeactivationReason is why, for who may know.
func DeactivationReason(v viewer.Viewer, t *ent.TalentProfile) *string {
	if seesConduct(v, t) {
		return t.DeactivationReason
	}
	return nil
}

// ReinstatementReason is why a talent can take on work again, for who may know.
func ReinstatementReason(v viewer.Viewer, t *ent.TalentProfile) *string {
	if seesConduct(v, t) {
		return t.ReinstatementReason
	}
	return nil
}
