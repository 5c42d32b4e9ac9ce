package oversight

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/operatoraccess"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// mostHours is how long an operator may have records open at once.
const mostHours = 8

// States is the life of an opening. It ends by hand, or by the clock.
var States = transition.Table[operatoraccess.Status]{
	{
		Name: "closeOperatorAccess", By: []transition.Side{transition.Platform}, Scope: viewer.RecordsOpen,
		From: []operatoraccess.Status{operatoraccess.StatusOpen}, To: operatoraccess.StatusClosed,
		Only: "Only the platform's operators close what an operator has opened.", Not: "Only records that are open can be closed.",
	},
	{
		Name: string(event.OperatorAccessExpired), By: []transition.Side{transition.Rung},
		From: []operatoraccess.Status{operatoraccess.StatusOpen}, To: operatoraccess.StatusExpired,
	},
}

// canOpen: an operator, what they do not have open already.
func canOpen(v viewer.Viewer, isOpen bool) error {
	switch {
	case v.Kind != viewer.Operator || !v.Can(viewer.RecordsOpen):
		return fault.NotPermitted("Only the platform's operators open records.")
	case isOpen:
		return fault.AlreadyExists("tenantId", "You have these records open already. Close them first.")
	}
	return nil
}

// canClose: any operator, so that one can end what another left open.
func canClose(v viewer.Viewer, a *ent.OperatorAccess, revision int) error {
	var sides []transition.Side
	if v.Kind == viewer.Operator && v.World == a.WorldID {
		sides = append(sides, transition.Platform)
	}
	if err := States.Permit("closeOperatorAccess", v, sides, a.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, a.Revision)
}

// checkHours: some hours, and never longer than a working day.
func checkHours(hours int) error {
	if hours < 1 || hours > mostHours {
		return fault.InvalidValue("hours", "Give 1 to 8 hours. Open the records again when they are not enough.")
	}
	return nil
}
