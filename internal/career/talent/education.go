package talent

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/educationrecord"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// RecordEducation adds a course of study to a profile, as the talent states it.
func RecordEducation(ctx context.Context, db *store.DB, in RecordEducationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		p, err := profile(ctx, tx, in.TalentProfileID)
		if err != nil {
			return gid.None, err
		}
		i, err := tx.Institution.Get(ctx, in.InstitutionID)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("institutionId", "There is no such institution."))
		}
		records, err := tx.EducationRecord.Query().Where(educationrecord.TalentID(p.ID)).Count(ctx)
		if err != nil {
			return gid.None, err
		}
		if err := canAddEducation(viewer.From(ctx), p, records); err != nil {
			return gid.None, err
		}
		return addEducation(ctx, tx, p, i, in)
	})
}

func addEducation(
	ctx context.Context, tx *store.Tx, p *ent.TalentProfile, i *ent.Institution, in RecordEducationInput,
) (gid.ID, error) {
	var r text.Reader
	major := r.Line("major", in.Major, 1, 200)
	gpa := ReadGPA(&r, "gpa", in.Gpa)
	if err := r.Err(); err != nil {
		return gid.None, err
	}
	made, err := tx.EducationRecord.Create().SetTalentID(p.ID).SetInstitutionID(i.ID).
		SetLevel(in.Level).SetMajor(major).SetNillableGraduatesOn(in.GraduatesOn).SetNillableGpaHundredths(gpa).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	if err := store.Moved(touch(tx, p).Save(ctx)); err != nil {
		return gid.None, err
	}
	return made.ID, record(ctx, tx, event.EducationRecorded, p.ID,
		map[string]gid.ID{"educationRecord": made.ID, "institution": i.ID})
}
