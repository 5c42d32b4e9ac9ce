package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	entjob "github.com/rung-dev/rung/ent/gen/ent/job"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// mostListed is how many jobs of a status are shown.
const mostListed = 100

// jobs shows queued work, and changes what becomes of one piece of it.
func (r Rung) jobs(ctx context.Context, args []string) error {
	_, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	ctx = viewer.With(ctx, viewer.System("whoever runs Rung looks after its jobs"))
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "command", Verb: "jobs"})
	switch {
	case len(args) == 0:
		return r.listJobs(ctx, db)
	case len(args) == 2 && args[0] == "retry":
		return r.moveJob(ctx, db, args[1], job.Retry, "is queued again")
	case len(args) == 2 && args[0] == "park":
		return r.moveJob(ctx, db, args[1], job.Park, "is parked")
	}
	return errUsage
}

func (r Rung) listJobs(ctx context.Context, db *store.DB) error {
	depth, err := job.Measure(ctx, db)
	if err != nil {
		return err
	}
	r.say(fmt.Sprintf("%d due, the oldest for %s; %d timers for later; %d parked", depth.Due, depth.Age.Round(time.Second), depth.Later, depth.Parked))
	for _, status := range []entjob.Status{entjob.StatusParked, entjob.StatusLeased, entjob.StatusQueued} {
		listed, err := job.Listed(ctx, db, status, mostListed)
		if err != nil {
			return err
		}
		for _, j := range listed {
			line := fmt.Sprintf("%s  %-7s %s  %-24s tried %d times", j.ID, strings.ToLower(string(j.Status)), j.RunAt.UTC().Format(time.RFC3339), j.Kind, j.Attempts)
			if j.LastError != nil {
				line += ": " + *j.LastError
			}
			r.say(line)
		}
	}
	return nil
}

func (r Rung) moveJob(ctx context.Context, db *store.DB, text string, move func(context.Context, *store.DB, gid.ID) error, done string) error {
	id, err := gid.Parse(text)
	if err != nil || id.Noun() != gid.Job {
		return errors.New("name a job by its id, as `rung jobs` lists it")
	}
	if err := move(ctx, db, id); err != nil {
		return err
	}
	r.say(id.String() + " " + done)
	return nil
}
