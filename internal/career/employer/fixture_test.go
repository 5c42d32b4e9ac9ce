package employer

import (
	"testing"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// house is a database with the people of a test in it: an operator of the live
// world, one of a sandbox, and newcomers.
type house struct {
	*stage.House

	operator viewer.Viewer
	elsewhen viewer.Viewer // the sandbox's operator
}

// watched are the tables that a refusal must leave alone.
var watched = []string{"employers", "memberships", "people", "flags"}

// each runs a test once on each engine.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(t, open(t, h)) })
}

func open(t *testing.T, empty *stage.House) *house {
	t.Helper()
	h := &house{House: empty}
	sandbox := h.Sandbox(t)
	h.operator = h.Member(t, "olga", viewer.Operator, viewer.RoleOperator, gid.LiveWorld)
	h.elsewhen = h.Member(t, "sam", viewer.Operator, viewer.RoleOperator, sandbox)
	h.elsewhen.World = sandbox
	return h
}
