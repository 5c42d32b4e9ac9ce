package talent

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/strike"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ExpireStrike is what falls due when a strike has counted long enough.
const ExpireStrike job.Kind = "expireStrike"

// Grounds are what a strike rests on: work, a report of a message that was upheld,
// or both.
type Grounds struct {
	TalentID, EngagementID, MessageReportID gid.ID
	Kind                                    strike.Kind
	Report                                  string
}

// Strike holds something against a talent. The second that counts of its kind
// deactivates the profile.
func Strike(ctx context.Context, tx *store.Tx, g Grounds) error {
	// Locked: of two strikes at once the second must count the first.
	t, err := unseen(tx).TalentProfile.Query().Where(talentprofile.ID(g.TalentID), store.Locked).Only(ctx)
	if err != nil {
		return err
	}
	_, err = hold(ctx, tx, t, g)
	return err
}

// hold holds something against a locked talent.
func hold(ctx context.Context, tx *store.Tx, t *ent.TalentProfile, g Grounds) (gid.ID, error) {
	create := unseen(tx).Strike.Create().SetWorldID(tx.World()).SetTalentID(t.ID).SetKind(g.Kind).
		SetReport(g.Report).SetIssuedAt(tx.Now).SetExpiresAt(tx.Now.Add(strikeTime))
	if !g.EngagementID.IsNone() {
		create.SetEngagementID(g.EngagementID)
	}
	if !g.MessageReportID.IsNone() {
		create.SetMessageReportID(g.MessageReportID)
	}
	s, err := create.Save(ctx)
	if err != nil {
		return gid.None, err
	}
	if err := recordStrike(ctx, tx, event.StrikeIssued, s); err != nil {
		return gid.None, err
	}
	if err := job.At(ctx, tx, ExpireStrike, s.ID, s.ExpiresAt); err != nil {
		return gid.None, err
	}
	return s.ID, weigh(ctx, tx, t, g.Kind)
}

func unseen(tx *store.Tx) *ent.Client {
	return tx.System("who brings a strike about does not see the talent's others")
}

// weigh deactivates a profile once enough strikes of a kind count.
func weigh(ctx context.Context, tx *store.Tx, t *ent.TalentProfile, kind strike.Kind) error {
	if t.DeactivatedAt != nil {
		return nil
	}
	all, err := unseen(tx).Strike.Query().Where(strike.TalentID(t.ID), strike.KindEQ(kind)).All(ctx)
	if err != nil {
		return err
	}
	n := 0
	for _, s := range all {
		if counts(s, t, tx.Now) {
			n++
		}
	}
	if n < enoughStrikes {
		return nil
	}
	update := unseen(tx).TalentProfile.Update().Where(talentprofile.ID(t.ID), talentprofile.Revision(t.Revision)).
		SetDeactivatedAt(tx.Now).SetDeactivationReason(whyDeactivated[kind])
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return recordConduct(ctx, tx, event.TalentDeactivated, t)
}

// whyDeactivated is what the talent reads of the second strike of a kind.
var whyDeactivated = map[strike.Kind]string{
	strike.KindGhosting:           "Employers reported twice that you stopped answering.",
	strike.KindSignificantlyBelow: "Two published evaluations are significantly below what was agreed.",
	strike.KindConduct:            "The platform has found twice that your conduct broke its rules.",
}

// AppealStrike says why a strike is not right.
func AppealStrike(ctx context.Context, db *store.DB, in AppealStrikeInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		s, err := stricken(ctx, tx, in.StrikeID, in.ExpectedRevision, "appealStrike")
		if err != nil {
			return gid.None, err
		}
		var r text.Reader
		appeal := r.Prose("appeal", in.Appeal, 10, 4000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		update := tx.Strike.Update().SetAppeal(appeal).SetAppealedAt(tx.Now)
		return s.ID, moveStrike(ctx, tx, s, update, "appealStrike", event.StrikeAppealed)
	})
}

// UpholdStrike finds that a strike is right in spite of an appeal.
func UpholdStrike(ctx context.Context, db *store.DB, in UpholdStrikeInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		return judge(ctx, tx, in.StrikeID, in.ExpectedRevision, in.Finding, "upholdStrike", event.StrikeUpheld)
	})
}

// LiftStrike finds that an appeal is right.
func LiftStrike(ctx context.Context, db *store.DB, in LiftStrikeInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		id, err := judge(ctx, tx, in.StrikeID, in.ExpectedRevision, in.Finding, "liftStrike", event.StrikeLifted)
		if err != nil {
			return gid.None, err
		}
		return id, job.Unset(ctx, tx, ExpireStrike, id)
	})
}

func judge(ctx context.Context, tx *store.Tx, id gid.ID, revision int, said, verb string, kind event.Kind) (gid.ID, error) {
	s, err := stricken(ctx, tx, id, revision, verb)
	if err != nil {
		return gid.None, err
	}
	var r text.Reader
	finding := r.Prose("finding", said, 3, 1000)
	if err := r.Err(); err != nil {
		return gid.None, err
	}
	update := tx.Strike.Update().SetFinding(finding).SetDecidedAt(tx.Now).SetDecidedByID(viewer.From(ctx).Person)
	return s.ID, moveStrike(ctx, tx, s, update, verb, kind)
}

// Unstrike lifts the strike that rests on an evaluation which was removed.
func Unstrike(ctx context.Context, tx *store.Tx, engagement gid.ID) error {
	// Locked: an appeal must not be decided meanwhile.
	all, err := unseen(tx).Strike.Query().Where(strike.EngagementID(engagement), strike.KindEQ(strike.KindSignificantlyBelow),
		strike.StatusIn(counting...), store.Locked).All(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	update := unseen(tx).Strike.Update().SetFinding("The evaluation was removed.").SetDecidedAt(tx.Now)
	if err := moveStrike(ctx, tx, all[0], update, string(event.StrikeLifted), event.StrikeLifted); err != nil {
		return err
	}
	return job.Unset(ctx, tx, ExpireStrike, all[0].ID)
}

// EndStrike lets a strike expire.
func EndStrike(ctx context.Context, db *store.DB, w job.Work) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: it may be lifted meanwhile.
		s, err := tx.Strike.Query().Where(strike.ID(w.Subject), store.Locked).Only(ctx)
		if err != nil || s.Status == strike.StatusLifted || s.Status == strike.StatusExpired || tx.Now.Before(s.ExpiresAt) {
			return gid.None, err
		}
		return gid.None, moveStrike(ctx, tx, s, tx.Strike.Update(), string(event.StrikeExpired), event.StrikeExpired)
	})
	return err
}

// ReinstateTalent lets a deactivated talent take on work again.
func ReinstateTalent(ctx context.Context, db *store.DB, in ReinstateTalentInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		t, err := profile(ctx, tx, in.TalentProfileID)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := canReinstate(v, t, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		var r text.Reader
		reason := r.Prose("reason", in.Reason, 3, 1000)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		update := touch(tx, t).ClearDeactivatedAt().ClearDeactivationReason().
			SetReinstatedAt(tx.Now).SetReinstatedByID(v.Person).SetReinstatementReason(reason)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return t.ID, recordConduct(ctx, tx, event.TalentReinstated, t)
	})
}

// stricken is a strike that the viewer may use the verb on.
func stricken(ctx context.Context, tx *store.Tx, id gid.ID, revision int, verb string) (*ent.Strike, error) {
	// Locked: of two decisions at once one is the second.
	s, err := tx.Strike.Query().Where(strike.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("strikeId", "There is no such strike."))
	}
	return s, canStep(viewer.From(ctx), s, verb, revision)
}

func moveStrike(ctx context.Context, tx *store.Tx, s *ent.Strike, update *ent.StrikeUpdate, verb string, kind event.Kind) error {
	update.Where(strike.ID(s.ID), strike.Revision(s.Revision)).SetStatus(StrikeStates.Verb(verb).To)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return recordStrike(ctx, tx, kind, s)
}

// recordStrike tells the talent, and the platform of an appeal and what came of it.
func recordStrike(ctx context.Context, tx *store.Tx, kind event.Kind, s *ent.Strike) error {
	ids := map[string]gid.ID{"talent": s.TalentID}
	if !s.EngagementID.IsNone() {
		ids["engagement"] = s.EngagementID
	}
	parties := []gid.ID{s.TalentID}
	if kind == event.StrikeAppealed || s.AppealedAt != nil {
		parties = append(parties, tx.World())
	}
	return event.Record(ctx, tx, event.Event{Kind: kind, Subject: s.ID, IDs: ids, Parties: parties})
}

func recordConduct(ctx context.Context, tx *store.Tx, kind event.Kind, t *ent.TalentProfile) error {
	return event.Record(ctx, tx, event.Event{Kind: kind, Subject: t.ID, Parties: []gid.ID{t.ID}})
}

// StrikeAbilities is what the viewer may do with one of them now.
type StrikeAbilities struct {
	Appeal *fault.Ability
	Uphold *fault.Ability
	Lift   *fault.Ability
}

// TalentProfileAbilities is what the viewer may do with one of them now.
type TalentProfileAbilities struct {
	Reinstate   *fault.Ability
	IssueStrike *fault.Ability
}

// AbilitiesOfStrike says what the viewer may do with a strike now.
func AbilitiesOfStrike(v viewer.Viewer, s *ent.Strike) *StrikeAbilities {
	return &StrikeAbilities{
		Appeal: fault.AbilityOf(canStep(v, s, "appealStrike", s.Revision)),
		Uphold: fault.AbilityOf(canStep(v, s, "upholdStrike", s.Revision)),
		Lift:   fault.AbilityOf(canStep(v, s, "liftStrike", s.Revision)),
	}
}

// AbilitiesOfProfile says what the viewer may do with a profile now.
func AbilitiesOfProfile(v viewer.Viewer, t *ent.TalentProfile) *TalentProfileAbilities {
	return &TalentProfileAbilities{
		Reinstate:   fault.AbilityOf(canReinstate(v, t, t.Revision)),
		IssueStrike: fault.AbilityOf(canIssueStrike(v)),
	}
}

var strikeKeys = map[StrikeOrderField]page.Key[*ent.Strike]{
	StrikesByIssuedAt:  {Column: strike.FieldIssuedAt, Value: func(s *ent.Strike) any { return s.IssuedAt }},
	StrikesByUpdatedAt: {Column: strike.FieldUpdatedAt, Value: func(s *ent.Strike) any { return s.UpdatedAt }},
}

// Strikes is a page of the strikes that the viewer may see.
func Strikes(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *StrikeFilter, order *StrikeOrder,
) (*StrikeConnection, error) {
	q := db.Read.Strike.Query()
	if filter != nil {
		if err := page.Few(filter.Talent); err != nil {
			return nil, err
		}
		if filter.Status != nil {
			q.Where(strike.StatusIn(filter.Status...))
		}
		q.Where(page.Among(strike.FieldTalentID, filter.Talent), page.During(strike.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &StrikeOrder{Field: StrikesByIssuedAt}
	}
	return page.Of(ctx, seal, q, page.List[*ent.Strike]{
		Key: strikeKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(s *ent.Strike) gid.ID { return s.ID },
	}, args)
}
