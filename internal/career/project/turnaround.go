package project

import (
	"context"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/calendar"
	career "github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// promptDays is how many days of office hours a prompt decision takes at most.
const promptDays = 5

// platformOffice is when the platform's operators work.
var platformOffice = calendar.Office{Zone: "UTC", Opens: 9 * 60, Closes: 17 * 60, Days: calendar.WorkingWeek}

// Waited is for how many minutes of office hours each request waited: until a
// person decided, or until now.
func Waited(ctx context.Context, db *store.DB, requests []*ent.PostingRequest) ([]int, error) {
	now, err := db.NowFor(ctx)
	if err != nil {
		return nil, err
	}
	offices, err := officesOf(ctx, db.Read, requests)
	if err != nil {
		return nil, err
	}
	minutes := make([]int, len(requests))
	for i, q := range requests {
		switch {
		case q == nil:
		case q.OfficeMinutes != nil:
			minutes[i] = *q.OfficeMinutes
		default:
			minutes[i] = offices[q.BodyID].Between(q.RequestedAt, until(q, now))
		}
	}
	return minutes, nil
}

func until(q *ent.PostingRequest, now time.Time) time.Time {
	if q.DecidedAt != nil {
		return *q.DecidedAt
	}
	return now
}

func officesOf(ctx context.Context, read *ent.Client, requests []*ent.PostingRequest) (map[gid.ID]calendar.Office, error) {
	offices := map[gid.ID]calendar.Office{}
	var ids []gid.ID
	for _, q := range requests {
		if q != nil {
			offices[q.BodyID] = platformOffice
			if !q.InstitutionID.IsNone() {
				ids = append(ids, q.InstitutionID)
			}
		}
	}
	if len(ids) == 0 {
		return offices, nil
	}
	rows, err := read.Institution.Query().Where(institution.IDIn(ids...)).All(ctx)
	for _, i := range rows {
		offices[i.ID] = career.OfficeOf(i)
	}
	return offices, err
}

// ApprovalTurnaround is how promptly the people of a body decide.
type ApprovalTurnaround struct {
	DecidedCount int
	PromptCount  int
	Share        *money.Decimal
}

// Turnaround is how promptly the people of the viewer's body decided on postings
// in a span.
func Turnaround(ctx context.Context, db *store.DB, during *page.Range) (*ApprovalTurnaround, error) {
	v := viewer.From(ctx)
	deciding, office := v.Institution(), platformOffice
	if v.Kind == viewer.Operator {
		deciding = v.World
	} else if !deciding.IsNone() {
		i, err := db.Read.Institution.Get(ctx, deciding)
		if err != nil {
			return nil, err
		}
		office = career.OfficeOf(i)
	}
	decided := db.Read.PostingRequest.Query().Where(postingrequest.BodyID(deciding),
		postingrequest.DecidedByEQ(postingrequest.DecidedByStaff), postingrequest.OfficeMinutesNotNil(),
		page.During(postingrequest.FieldDecidedAt, during))
	all, err := decided.Clone().Count(ctx)
	if err != nil {
		return nil, err
	}
	prompt, err := decided.Where(postingrequest.OfficeMinutesLTE(promptDays * office.Day())).Count(ctx)
	if err != nil {
		return nil, err
	}
	return &ApprovalTurnaround{DecidedCount: all, PromptCount: prompt, Share: shareOf(prompt, all)}, nil
}
