package directory

import (
	"slices"
	"strings"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/directorynotice"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// optOutTime is how long a talent has to opt out before anything is told of them:
	// from a notice on, and from when the institution confirmed them.
	optOutTime = 14 * 24 * time.Hour
	// mostAhead is how far ahead a notice can take effect.
	mostAhead = 365 * 24 * time.Hour
	// toldAtOnce is how many talents one change tells of a notice.
	toldAtOnce = 200
)

const (
	announce = "announceDirectoryInformation"
	withdraw = "withdrawDirectoryInformation"
)

// States is the life of a notice: it stands until another one takes its place or its
// institution takes it back.
var States = transition.Table[directorynotice.Status]{
	{
		Name: announce, By: []transition.Side{transition.Institution}, Scope: viewer.DirectoryWrite,
		From: []directorynotice.Status{directorynotice.StatusAnnounced}, To: directorynotice.StatusReplaced,
		Only: "Only the institution's administrators announce what it tells of its talents.", Not: "Only a notice that stands can be replaced.",
	},
	{
		Name: withdraw, By: []transition.Side{transition.Institution}, Scope: viewer.DirectoryWrite,
		From: []directorynotice.Status{directorynotice.StatusAnnounced}, To: directorynotice.StatusWithdrawn,
		Only: "Only the institution's administrators withdraw its notice.", Not: "Only a notice that stands can be withdrawn.",
	},
}

// canAnnounce: an institution's administrators.
func canAnnounce(v viewer.Viewer) error {
	if v.Institution().IsNone() || !v.Can(viewer.DirectoryWrite) {
		return fault.NotPermitted(States.Verb(announce).Only)
	}
	return nil
}

// canReplace: the institution's administrators, a notice of theirs that stands.
func canReplace(v viewer.Viewer, n *ent.DirectoryNotice) error { return can(v, n, announce) }

// canFollow: whoever announces knows of the notice that stands.
func canFollow(live *ent.DirectoryNotice, replaces *gid.ID) error {
	if live != nil && replaces == nil {
		return fault.AlreadyExists("replacesId", "Your institution has a notice that stands. Name it to replace it.")
	}
	return nil
}

// canWithdraw: the institution's administrators, a notice as they have read it.
func canWithdraw(v viewer.Viewer, n *ent.DirectoryNotice, revision int) error {
	if err := can(v, n, withdraw); err != nil {
		return err
	}
	return transition.Unchanged(revision, n.Revision)
}

// can judges a verb on a notice, which is the institution's own or nobody's.
func can(v viewer.Viewer, n *ent.DirectoryNotice, verb string) error {
	var sides []transition.Side
	if v.Institution() == n.InstitutionID {
		sides = []transition.Side{transition.Institution}
	}
	return States.Permit(verb, v, sides, n.Status)
}

// plan is what a notice will say: what it designates, what of it is told already and
// goes on, and from when on the rest is told.
type plan struct {
	fields, kept []DirectoryField
	noticeURL    string
	effectiveAt  time.Time
}

// adds reports whether something is told that was not before.
func (p plan) adds() bool { return len(p.kept) < len(p.fields) }

// read checks what is announced in the place of a notice, or of none. What is told
// for the first time waits, so that there is time to opt out; what a notice does not
// name any more is told no longer.
func (in AnnounceDirectoryInformationInput) read(live *ent.DirectoryNotice, now time.Time) (plan, error) {
	var r text.Reader
	p := plan{noticeURL: in.NoticeURL, effectiveAt: now}
	r.Refuse(checkFields(in.Fields))
	if !strings.HasPrefix(strings.ToLower(in.NoticeURL), "https://") {
		r.Refuse(fault.InvalidValue("noticeUrl", "Give the https address at which you published the notice."))
	}
	told := ShownAt(live, now)
	p.fields = in.Fields
	for _, f := range in.Fields {
		if slices.Contains(told, f) {
			p.kept = append(p.kept, f)
		}
	}
	if p.adds() {
		p.effectiveAt = now.Add(optOutTime)
	}
	if in.EffectiveAt != nil {
		r.Refuse(checkEffect(*in.EffectiveAt, now, p.adds()))
		p.effectiveAt = *in.EffectiveAt
	}
	return p, r.Err()
}

func checkFields(named []DirectoryField) error {
	for i, f := range named {
		if slices.Contains(named[:i], f) {
			return fault.InvalidValue("fields", "Name each field once.")
		}
	}
	if len(named) == 0 {
		return fault.InvalidValue("fields", "Name at least one field, or withdraw the notice.")
	}
	return nil
}

// checkEffect: what is new waits for two weeks, and for a year at most; where nothing
// is, there is nothing to wait for.
func checkEffect(at, now time.Time, adds bool) error {
	switch {
	case !adds:
		return fault.InvalidValue("effectiveAt", "This tells nothing new, so it takes effect at once. Leave the instant out.")
	case at.Before(now.Add(optOutTime)) || at.After(now.Add(mostAhead)):
		return fault.InvalidValue("effectiveAt", "Give talents at least 14 days from now to opt out, and at most a year.")
	}
	return nil
}
