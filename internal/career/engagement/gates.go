package engagement

import (
	"time"

	"github.com/rung-dev/rung/internal/calendar"
)

// GateKind is something that must be in place before the work can start.
type GateKind string

// The gates.
const (
	AgreementsSigned GateKind = "AGREEMENTS_SIGNED"
	MoneyHeld        GateKind = "MONEY_HELD"
	KickOffConfirmed GateKind = "KICK_OFF_CONFIRMED"
)

// Gate is one of them, and what to do about it while it is not passed.
type Gate struct {
	Kind     GateKind
	IsPassed bool
	Missing  *string
}

// KickOff is what supervisor and talent agreed before the work.
type KickOff struct {
	ConfirmedAt   time.Time
	Communication string
	TimeZone      calendar.Zone
}
