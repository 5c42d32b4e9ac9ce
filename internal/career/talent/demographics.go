package talent

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/demographics"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// DemographicAnswer is what a talent answers to a question about themselves.
type DemographicAnswer string

// The answers.
const (
	AnswerYes            DemographicAnswer = "YES"
	AnswerNo             DemographicAnswer = "NO"
	AnswerPreferNotToSay DemographicAnswer = "PREFER_NOT_TO_SAY"
)

// DeclaredDemographics is what a talent declares of themselves. Nobody else ever
// reads it, and no list can be narrowed by it.
type DeclaredDemographics struct {
	Gender          *string
	Ethnicity       *string
	FirstGeneration *DemographicAnswer
	PellRecipient   *DemographicAnswer
	Disability      *DemographicAnswer
	Veteran         *DemographicAnswer
	Purpose         demographics.Purpose
	DeclaredAt      time.Time
}

// DeclareDemographicsInput is all that a talent declares; what is left out is not
// declared any more.
type DeclareDemographicsInput struct {
	TalentProfileID gid.ID
	Gender          *string
	Ethnicity       *string
	FirstGeneration *DemographicAnswer
	PellRecipient   *DemographicAnswer
	Disability      *DemographicAnswer
	Veteran         *DemographicAnswer
	Purpose         demographics.Purpose
}

// EraseDemographicsInput: whose, the viewer's own.
type EraseDemographicsInput struct {
	TalentProfileID gid.ID
}

// DeclareDemographics keeps what a talent declares, in place of what they declared
// before.
func DeclareDemographics(ctx context.Context, db *store.DB, in DeclareDemographicsInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := profile(ctx, tx, in.TalentProfileID)
		if err != nil {
			return gid.None, err
		}
		if err := canWrite(viewer.From(ctx), p); err != nil {
			return gid.None, err
		}
		var r text.Reader
		gender, ethnicity := r.LineLater("gender", in.Gender, 80), r.LineLater("ethnicity", in.Ethnicity, 200)
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		if _, err := tx.Demographics.Delete().Where(demographics.TalentID(p.ID)).Exec(ctx); err != nil {
			return gid.None, err
		}
		err = tx.Demographics.Create().SetWorldID(tx.World()).SetTalentID(p.ID).SetNillableGender(gender).SetNillableEthnicity(ethnicity).
			SetNillableFirstGeneration((*demographics.FirstGeneration)(in.FirstGeneration)).
			SetNillablePellRecipient((*demographics.PellRecipient)(in.PellRecipient)).
			SetNillableDisability((*demographics.Disability)(in.Disability)).
			SetNillableVeteran((*demographics.Veteran)(in.Veteran)).
			SetPurpose(in.Purpose).SetDeclaredAt(tx.Now).Exec(ctx)
		if err != nil {
			return gid.None, err
		}
		return p.ID, record(ctx, tx, event.DemographicsDeclared, p.ID, nil)
	})
}

// EraseDemographics forgets what a talent declared.
func EraseDemographics(ctx context.Context, db *store.DB, in EraseDemographicsInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := profile(ctx, tx, in.TalentProfileID)
		if err != nil {
			return gid.None, err
		}
		if err := canWrite(viewer.From(ctx), p); err != nil {
			return gid.None, err
		}
		erased, err := tx.Demographics.Delete().Where(demographics.TalentID(p.ID)).Exec(ctx)
		if err != nil {
			return gid.None, err
		}
		if erased == 0 {
			return gid.None, fault.NotFound("talentProfileId", "You have declared nothing that could be erased.")
		}
		return p.ID, record(ctx, tx, event.DemographicsErased, p.ID, nil)
	})
}

// OwnDemographics is what the viewer declared of themselves, and nil for others.
func OwnDemographics(ctx context.Context, db *store.DB, profiles []*ent.TalentProfile) ([]*DeclaredDemographics, error) {
	own := make([]*DeclaredDemographics, len(profiles))
	v := viewer.From(ctx)
	for i, p := range profiles {
		if p == nil || p.ID != v.Talent {
			continue
		}
		d, err := db.Read.Demographics.Query().Where(demographics.TalentID(p.ID)).Only(ctx)
		if ent.IsNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		own[i] = &DeclaredDemographics{
			Gender: d.Gender, Ethnicity: d.Ethnicity,
			FirstGeneration: (*DemographicAnswer)(d.FirstGeneration), PellRecipient: (*DemographicAnswer)(d.PellRecipient),
			Disability: (*DemographicAnswer)(d.Disability), Veteran: (*DemographicAnswer)(d.Veteran),
			Purpose: d.Purpose, DeclaredAt: d.DeclaredAt,
		}
	}
	return own, nil
}
