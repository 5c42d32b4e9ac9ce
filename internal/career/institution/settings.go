package institution

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// InstitutionPermission is one thing that an approved employer may do at an
// institution.
type InstitutionPermission string

// The permissions.
const (
	PostJobs   InstitutionPermission = "POST_JOBS"
	Events     InstitutionPermission = "EVENTS"
	Interviews InstitutionPermission = "INTERVIEWS"
)

// every permission is what an institution gives that has not said otherwise.
var every = []InstitutionPermission{PostJobs, Events, Interviews}

// DefaultPermissions are what the institution gives an employer it approves.
func DefaultPermissions(i *ent.Institution) []InstitutionPermission {
	return permissions(i.DefaultPermissions)
}

// Permissions are what the employer of an approved link may do.
func Permissions(l *ent.InstitutionLink) []InstitutionPermission {
	if l.Status != institutionlink.StatusApproved {
		return []InstitutionPermission{}
	}
	return permissions(l.Permissions)
}

func permissions(kept []string) []InstitutionPermission {
	if len(kept) == 0 {
		return every
	}
	named := make([]InstitutionPermission, len(kept))
	for i, word := range kept {
		named[i] = InstitutionPermission(word)
	}
	return named
}

// words are the permissions as they are kept, each once and in their own order.
func words(named []InstitutionPermission) []string {
	var kept []string
	for _, p := range every {
		if slices.Contains(named, p) {
			kept = append(kept, string(p))
		}
	}
	return kept
}

func checkPermissions(path string, named []InstitutionPermission) error {
	if len(named) == 0 {
		return fault.InvalidValue(path, "Allow at least one thing, or decline.")
	}
	return nil
}

// OfficeHours are when a career office works, in minutes after midnight of its
// time zone.
type OfficeHours struct {
	OpensMinute  int
	ClosesMinute int
	Days         []calendar.Weekday
}

// HoursOf are an institution's office hours.
func HoursOf(i *ent.Institution) *OfficeHours {
	o := OfficeOf(i)
	return &OfficeHours{OpensMinute: o.Opens, ClosesMinute: o.Closes, Days: o.Days}
}

// OfficeOf is an institution's career office by the clock.
func OfficeOf(i *ent.Institution) calendar.Office {
	o := calendar.Office{Zone: calendar.Zone(i.TimeZone), Opens: i.OfficeOpens, Closes: i.OfficeCloses, Days: calendar.WorkingWeek}
	if len(i.OfficeDays) > 0 {
		o.Days = nil
		for _, day := range i.OfficeDays {
			o.Days = append(o.Days, calendar.Weekday(day))
		}
	}
	return o
}

// ConfigureInstitution changes how a career office decides. What is left out stays.
func ConfigureInstitution(ctx context.Context, db *store.DB, in ConfigureInstitutionInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		// Locked: two administrators must not change it at once.
		i, err := tx.Institution.Query().Where(institution.ID(in.InstitutionID), store.Locked).Only(ctx)
		if err != nil {
			return gid.None, store.Found(err, fault.NotFound("institutionId", "There is no such institution."))
		}
		v := viewer.From(ctx)
		if err := canConfigure(v, i, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		update := tx.Institution.Update().Where(institution.ID(i.ID), institution.Revision(i.Revision))
		if err := in.write(update); err != nil {
			return gid.None, err
		}
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return i.ID, event.Record(ctx, tx, event.Event{
			Kind: event.InstitutionConfigured, Subject: i.ID,
			IDs: map[string]gid.ID{"administrator": v.Person}, Parties: []gid.ID{i.ID, tx.World()},
		})
	})
}

func (in ConfigureInstitutionInput) write(update *ent.InstitutionUpdate) error {
	var r text.Reader
	if in.DefaultPermissions != nil {
		r.Refuse(checkPermissions("defaultPermissions", in.DefaultPermissions))
		update.SetDefaultPermissions(words(in.DefaultPermissions))
	}
	if in.ApprovalMode != nil {
		update.SetApprovalMode(*in.ApprovalMode)
	}
	if in.TimeZone != nil {
		update.SetTimeZone(string(*in.TimeZone))
	}
	if h := in.OfficeHours; h != nil {
		h.check(&r)
		days := make([]string, len(h.Days))
		for n, day := range h.Days {
			days[n] = string(day)
		}
		update.SetOfficeOpens(h.OpensMinute).SetOfficeCloses(h.ClosesMinute).SetOfficeDays(days)
	}
	if rule := in.SignUpRule; rule != nil {
		rule.Read(&r)
		update.SetMinimumAge(rule.MinimumAge).SetRequiresUsWorkAuthorization(rule.RequiresUsWorkAuthorization)
	}
	if in.ClearsEngagements != nil {
		update.SetClearsEngagements(*in.ClearsEngagements)
	}
	return r.Err()
}

// SignUpRuleOf is what an institution asks of talents who claim to belong to it,
// beyond what the platform asks.
func SignUpRuleOf(i *ent.Institution) *person.SignUpRule {
	return &person.SignUpRule{MinimumAge: i.MinimumAge, RequiresUsWorkAuthorization: i.RequiresUsWorkAuthorization}
}

func (h *OfficeHoursInput) check(r *text.Reader) {
	if h.OpensMinute < 0 || h.OpensMinute >= h.ClosesMinute || h.ClosesMinute > 24*60 {
		r.Refuse(fault.InvalidValue("officeHours.closesMinute", "Close after you open, both within one day: 0 to 1440 minutes after midnight."))
	}
	if len(h.Days) == 0 {
		r.Refuse(fault.InvalidValue("officeHours.days", "Name at least one day of the week."))
	}
}
