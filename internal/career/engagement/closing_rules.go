package engagement

import (
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/career/application"
)

// concerned are the statuses of applications that a project's status ends: none
// while it takes talents, the unanswered ones once it takes nobody any more, and
// the accepted ones as well when it is cancelled, or refused after it was open.
func concerned(p *ent.MicroProject) []entapplication.Status {
	switch p.Status {
	case microproject.StatusFilled, microproject.StatusInProgress, microproject.StatusCompleted, microproject.StatusExpired:
		return application.Open
	case microproject.StatusCancelled, microproject.StatusRefused:
		return application.Live
	}
	return nil
}

// closes reports whether the project's status ends this application. Work that
// has started is not undone, and work that has ended stays as it ended.
func closes(p *ent.MicroProject, o opening) bool {
	if !slices.Contains(concerned(p), o.application.Status) {
		return false
	}
	if o.application.Status != entapplication.StatusAccepted {
		return true
	}
	e := o.engagement
	return e != nil && (e.Status == engagement.StatusPendingGates || e.Status == engagement.StatusReady)
}

// reasonOf is what the talent reads about it.
func reasonOf(p *ent.MicroProject) string {
	switch {
	case p.Status == microproject.StatusExpired:
		return "The time to apply is over, and nobody was taken."
	case p.Status == microproject.StatusRefused:
		return "The platform took the micro-project back."
	case p.Status != microproject.StatusCancelled:
		return "Every seat of the micro-project is taken."
	case p.Reason != nil:
		return *p.Reason
	}
	return "The micro-project was cancelled."
}
