package institution

import (
	"context"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/term"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	mostTerms    = 100 // of one institution
	mostTermDays = 366 // of one term
)

// RecordTerm notes a span of the calendar of the viewer's institution.
func RecordTerm(ctx context.Context, db *store.DB, in RecordTermInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		v := viewer.From(ctx)
		if err := canRecord(v); err != nil {
			return gid.None, err
		}
		// Locked: two must not record a term of one name at once.
		i, err := tx.Institution.Query().Where(institution.ID(v.Institution()), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, err
		}
		name, err := in.read()
		if err != nil {
			return gid.None, err
		}
		named, err := tx.Term.Query().Where(term.InstitutionID(i.ID), term.Name(name)).Exist(ctx)
		if err != nil {
			return gid.None, err
		}
		n, err := tx.Term.Query().Where(term.InstitutionID(i.ID)).Count(ctx)
		switch {
		case err != nil:
			return gid.None, err
		case named:
			return gid.None, fault.AlreadyExists("name", "There is a term of this name. Name this one otherwise.")
		case n >= mostTerms:
			return gid.None, fault.LimitReached("name", fmt.Sprintf("An institution has at most %d terms.", mostTerms))
		}
		t, err := tx.Term.Create().SetWorldID(tx.World()).SetInstitutionID(i.ID).SetName(name).
			SetStartsOn(in.StartsOn).SetEndsOn(in.EndsOn).SetKind(in.Kind).SetRecordedByID(v.Person).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return t.ID, event.Record(ctx, tx, event.Event{
			Kind: event.TermRecorded, Subject: t.ID,
			IDs: map[string]gid.ID{"institution": i.ID}, Parties: []gid.ID{i.ID},
		})
	})
}

// canRecord: an institution's approvers and administrators.
func canRecord(v viewer.Viewer) error {
	if v.Institution().IsNone() || !v.Can(viewer.TermsRecord) {
		return fault.NotPermitted("Only an institution's approvers and administrators record its terms.")
	}
	return nil
}

func (in RecordTermInput) read() (name string, err error) {
	var r text.Reader
	name = r.Line("name", in.Name, 3, 120)
	switch {
	case in.EndsOn.Before(in.StartsOn):
		r.Refuse(fault.InvalidValue("endsOn", "Let the term end on the day it starts or later."))
	case in.StartsOn.DaysUntil(in.EndsOn) > mostTermDays:
		r.Refuse(fault.InvalidValue("endsOn", "A term takes a year at most."))
	}
	return name, r.Err()
}
