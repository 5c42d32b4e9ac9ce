package hire

import (
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/hirereport"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// States is the life of a job that grew out of an engagement.
var States = transition.Table[hireconversion.Status]{
	{
		Name: "proposeHireConversion", By: []transition.Side{transition.Employer}, Scope: viewer.HiresPropose,
		From: []hireconversion.Status{hireconversion.StatusInterested}, To: hireconversion.StatusProposed,
		Only: "Only the employer's recruiters can propose a job.", Not: "A job was proposed after this engagement already.",
	},
	{
		Name: "acceptHireConversion", By: []transition.Side{transition.Talent}, Scope: viewer.HiresAnswer,
		From: []hireconversion.Status{hireconversion.StatusProposed}, To: hireconversion.StatusAccepted,
		Only: "Only the talent can accept a job.", Not: "Only a job that waits for an answer can be accepted.",
	},
	{
		Name: "declineHireConversion", By: []transition.Side{transition.Talent}, Scope: viewer.HiresAnswer,
		From: []hireconversion.Status{hireconversion.StatusProposed}, To: hireconversion.StatusDeclined,
		Only: "Only the talent can decline a job.", Not: "Only a job that waits for an answer can be declined.",
	},
	{
		Name: "withdrawHireConversion", By: []transition.Side{transition.Employer}, Scope: viewer.HiresPropose,
		From: []hireconversion.Status{hireconversion.StatusProposed}, To: hireconversion.StatusWithdrawn,
		Only: "Only the employer's recruiters can withdraw a job.", Not: "Only a job that waits for an answer can be withdrawn.",
	},
	{
		Name: string(event.HireLapsed), By: []transition.Side{transition.Rung},
		From: []hireconversion.Status{hireconversion.StatusInterested, hireconversion.StatusProposed}, To: hireconversion.StatusLapsed,
	},
	{
		Name: "confirmHireStart", By: []transition.Side{transition.Employer, transition.Talent},
		From: []hireconversion.Status{hireconversion.StatusAccepted, hireconversion.StatusStarted}, To: hireconversion.StatusStarted,
		Only: "Only the talent and the employer's recruiters can confirm the start.", Not: "Only a job that was accepted can start.",
	},
	{
		Name: "reportHire", By: sources,
		From: []hireconversion.Status{hireconversion.StatusInterested, hireconversion.StatusStarted}, To: hireconversion.StatusStarted,
		Only: onlySources, Not: "A job that was proposed is answered, and its start confirmed.",
	},
	{
		Name: "recordHireOutcome", By: sources,
		From: []hireconversion.Status{hireconversion.StatusStarted, hireconversion.StatusRetainedOneYear},
		Only: "Only the talent, the employer's recruiters and the institution's outcomes staff can say how it went on.",
		Not:  "Only of a job that has started, less than five years ago, can be said how it went on.",
	},
	{
		Name: string(event.HireRetainedOneYear), By: []transition.Side{transition.Rung},
		From: []hireconversion.Status{hireconversion.StatusStarted}, To: hireconversion.StatusRetainedOneYear,
	},
	{
		Name: string(event.HireRetainedFiveYears), By: []transition.Side{transition.Rung},
		From: []hireconversion.Status{hireconversion.StatusRetainedOneYear}, To: hireconversion.StatusRetainedFiveYears,
	},
	{
		Name: string(event.HireLeft), By: []transition.Side{transition.Rung},
		From: []hireconversion.Status{hireconversion.StatusStarted, hireconversion.StatusRetainedOneYear}, To: hireconversion.StatusLeft,
	},
}

var sources = []transition.Side{transition.Employer, transition.Talent, transition.Institution}

const onlySources = "Only the talent, the employer's recruiters and the institution's outcomes staff can report a job."

// Work says after which engagements jobs can be spoken of.
var Work = transition.Table[engagement.Status]{
	{
		Name: "signalHireInterest", By: []transition.Side{transition.Employer}, Scope: viewer.HiresPropose,
		From: []engagement.Status{engagement.StatusCompleted},
		Only: "Only the employer's recruiters can signal interest.", Not: "Interest is signalled after completed work.",
	},
	{
		Name: "proposeHireConversion", By: []transition.Side{transition.Employer}, Scope: viewer.HiresPropose,
		From: []engagement.Status{engagement.StatusCompleted},
		Only: "Only the employer's recruiters can propose a job.", Not: "A job is proposed after completed work.",
	},
	{
		Name: "reportHire", By: sources,
		From: []engagement.Status{engagement.StatusCompleted},
		Only: onlySources, Not: "A job is reported after completed work.",
	},
}

// sidesOf are the viewer's sides on a job. Of the employer's people only those
// who propose jobs have one, of career staff only those who record outcomes.
func sidesOf(v viewer.Viewer, employer, talent gid.ID) []transition.Side {
	return slices.DeleteFunc(transition.Sides(v, employer, talent), func(s transition.Side) bool {
		return s == transition.Employer && !v.Can(viewer.HiresPropose) || s == transition.Institution && !v.Can(viewer.OutcomesRecord)
	})
}

// canSignal: a recruiter, after completed work, when there is no job yet.
func canSignal(v viewer.Viewer, e *ent.Engagement, h *ent.HireConversion) error {
	err := after("signalHireInterest", v, e)
	if err == nil && h != nil {
		err = fault.AlreadyExists("engagementId", "There is a job after this engagement already.")
	}
	return err
}

// canPropose: a recruiter, after completed work, one job at a time.
func canPropose(v viewer.Viewer, e *ent.Engagement, h *ent.HireConversion) error {
	err := after("proposeHireConversion", v, e)
	if err == nil && h != nil && h.Status != hireconversion.StatusInterested {
		err = fault.AlreadyExists("engagementId", "A job was proposed after this engagement already.")
	}
	return err
}

func after(verb string, v viewer.Viewer, e *ent.Engagement) error {
	return Work.Permit(verb, v, sidesOf(v, e.EmployerOrgID, e.TalentID), e.Status)
}

// canReport: each source once, and only its own people for it.
func canReport(v viewer.Viewer, e *ent.Engagement, h *ent.HireConversion, said []*ent.HireReport, source hirereport.Source) error {
	if err := after("reportHire", v, e); err != nil {
		return err
	}
	if h != nil {
		if err := States.Permit("reportHire", v, sidesOf(v, h.EmployerOrgID, h.TalentID), h.Status); err != nil {
			return err
		}
	}
	if own := voices(v); !slices.Contains(own, source) {
		return fault.InvalidValue("source", "Speak for your own side: "+join(own)+".")
	}
	if slices.ContainsFunc(said, func(r *ent.HireReport) bool { return r.Source == source }) {
		return fault.AlreadyExists("source", "This source has spoken already.")
	}
	return nil
}

// voices are the sources that a viewer can speak for.
func voices(v viewer.Viewer) []hirereport.Source {
	switch {
	case v.Kind == viewer.Talent:
		return []hirereport.Source{hirereport.SourceTalent}
	case !v.Institution().IsNone():
		return []hirereport.Source{hirereport.SourceInstitution}
	}
	return []hirereport.Source{hirereport.SourceEmployer, hirereport.SourceATS}
}

// can judges a verb on a job that its viewer has read as it is.
func can(v viewer.Viewer, h *ent.HireConversion, verb string, revision int) error {
	if err := States.Permit(verb, v, sidesOf(v, h.EmployerOrgID, h.TalentID), h.Status); err != nil {
		return err
	}
	return transition.Unchanged(revision, h.Revision)
}

// canAccept: until the proposed first day is over.
func canAccept(v viewer.Viewer, h *ent.HireConversion, revision int, now time.Time) error {
	if err := can(v, h, "acceptHireConversion", revision); err != nil {
		return err
	}
	if !now.Before(AnswerBy(h)) {
		return fault.WindowClosed("hireConversionId", fmt.Sprintf("The job was to start on %s. Ask for a new proposal.", h.StartsOn))
	}
	return nil
}

// AnswerBy is until when a talent can answer a proposed job: the end of its first
// day, wherever on earth they are.
func AnswerBy(h *ent.HireConversion) time.Time { return h.StartsOn.Start().Add(36 * time.Hour) }

// canConfirm: each side once.
func canConfirm(v viewer.Viewer, h *ent.HireConversion, revision int) error {
	if err := can(v, h, "confirmHireStart", revision); err != nil {
		return err
	}
	own := h.EmployerConfirmedAt
	if v.Talent == h.TalentID {
		own = h.TalentConfirmedAt
	}
	if own != nil {
		return fault.AlreadyExists("hireConversionId", "Your side has confirmed the start already.")
	}
	return nil
}

func join(sources []hirereport.Source) string {
	if len(sources) == 1 {
		return string(sources[0])
	}
	return string(sources[0]) + " or " + string(sources[1])
}

// isPlausible: a job starts between its acceptance and today, and on one day for
// both sides. One that was only reported starts after the work.
func isPlausible(h *ent.HireConversion, e *ent.Engagement, startedOn, today calendar.Date) error {
	switch {
	case isNamed(h) && *h.StartedOn != startedOn:
		return fault.InvalidValue("startedOn", fmt.Sprintf("The other side named %s. Agree on one day.", *h.StartedOn))
	case today.Before(startedOn):
		return fault.InvalidValue("startedOn", "Confirm the start on the first day of the job or later.")
	case h.EmployedAsOf != nil && h.EmployedAsOf.Before(startedOn):
		return fault.InvalidValue("startedOn", fmt.Sprintf("The talent is known to have been employed on %s.", *h.EmployedAsOf))
	case h.AnsweredAt == nil:
		return isAfter(e, startedOn)
	}
	if accepted := calendar.On(*h.AnsweredAt); startedOn.Before(accepted) {
		return fault.InvalidValue("startedOn", fmt.Sprintf("The job was accepted on %s and cannot have started before.", accepted))
	}
	return nil
}

// isNamed reports whether the first day is no longer for one side to name.
func isNamed(h *ent.HireConversion) bool {
	return h.StartedOn != nil && (h.EmployerConfirmedAt != nil || h.TalentConfirmedAt != nil || IsConfirmed(h))
}

func isAfter(e *ent.Engagement, startedOn calendar.Date) error {
	if completed := calendar.On(*e.CompletedAt); startedOn.Before(completed) {
		return fault.InvalidValue("startedOn", fmt.Sprintf("The work was completed on %s. A job that grew out of it cannot have started before.", completed))
	}
	return nil
}

// job is what an employer proposes, or thinks of.
type job struct {
	kind     hireconversion.Kind
	title    string
	startsOn calendar.Date
	message  *string
}

func readJob(in ProposeHireConversionInput, today calendar.Date) (job, error) {
	var r text.Reader
	j := job{in.Kind, r.Line("jobTitle", in.JobTitle, 2, 200), in.StartsOn, r.ProseLater("message", in.Message, 2000)}
	if hireconversion.KindValidator(in.Kind) != nil {
		r.Refuse(fault.InvalidValue("kind", "Choose what sort of job it is."))
	}
	if in.StartsOn.Before(today) {
		r.Refuse(fault.InvalidValue("startsOn", "Let the job start today or later."))
	}
	return j, r.Err()
}

// readReport reads what a source says. A side must name the day that the other
// has named; an institution and a system may know another.
func readReport(in ReportHireInput, e *ent.Engagement, h *ent.HireConversion, today calendar.Date) (job, word, error) {
	var r text.Reader
	j := job{kind: in.Kind, title: r.Line("jobTitle", in.JobTitle, 2, 200), startsOn: in.StartedOn}
	said := word{in.Source, in.Kind, in.StartedOn, in.Confidence}
	if said.isSide() {
		said.confidence = hirereport.ConfidenceCertain
	}
	if hireconversion.KindValidator(in.Kind) != nil {
		r.Refuse(fault.InvalidValue("kind", "Choose what sort of job it is."))
	}
	switch {
	case h != nil && h.StartedOn != nil && said.isSide():
		r.Refuse(isPlausible(h, e, in.StartedOn, today))
	case today.Before(in.StartedOn):
		r.Refuse(fault.InvalidValue("startedOn", "Report a job on its first day or later."))
	default:
		r.Refuse(isAfter(e, in.StartedOn))
	}
	return j, said, r.Err()
}

// isSide reports whether the employer's people or the talent say it themselves.
func (w word) isSide() bool {
	return w.source == hirereport.SourceEmployer || w.source == hirereport.SourceTalent
}

// agree reports whether two sources say the same of a job. What an employer's
// people say and what they copy from their system are one source.
func agree(reports []*ent.HireReport, kind hireconversion.Kind, startedOn calendar.Date) bool {
	witnesses := map[hirereport.Source]bool{}
	for _, r := range reports {
		witness := r.Source
		if witness == hirereport.SourceATS {
			witness = hirereport.SourceEmployer
		}
		if string(r.Kind) == string(kind) && r.StartedOn == startedOn {
			witnesses[witness] = true
		}
	}
	return len(witnesses) >= 2
}

// IsConfirmed reports whether two sources agreed on the job.
func IsConfirmed(h *ent.HireConversion) bool { return h.ConfirmedAt != nil }

// isKnown: what is said of a job's course tells something new, and is no guess.
func isKnown(h *ent.HireConversion, in RecordHireOutcomeInput, today calendar.Date) error {
	since := *h.StartedOn
	if h.EmployedAsOf != nil {
		since = *h.EmployedAsOf
	}
	switch {
	case today.Before(in.AsOf):
		return fault.InvalidValue("asOf", "Say what is known today or was before.")
	case in.AsOf.Before(since):
		return fault.InvalidValue("asOf", fmt.Sprintf("The talent is known to have been employed on %s.", since))
	case in.IsEmployed && in.Reason != nil:
		return fault.InvalidValue("reason", "Only who has left has a reason for it.")
	case !in.IsEmployed && (in.Reason == nil || hireconversion.LeftReasonValidator(*in.Reason) != nil):
		return fault.InvalidValue("reason", "Say why the talent left; UNKNOWN when nobody has said.")
	}
	return nil
}

// steps are the transitions that follow from what is known.
func steps(h *ent.HireConversion, in RecordHireOutcomeInput) []event.Kind {
	if !in.IsEmployed {
		return []event.Kind{event.HireLeft}
	}
	var taken []event.Kind
	days := h.StartedOn.DaysUntil(in.AsOf)
	if h.Status == hireconversion.StatusStarted && days >= oneYear {
		taken = append(taken, event.HireRetainedOneYear)
	}
	if days >= fiveYears {
		taken = append(taken, event.HireRetainedFiveYears)
	}
	return taken
}

// isDue reports whether nobody has said what a job's age makes worth asking.
func isDue(h *ent.HireConversion, today calendar.Date) bool {
	switch h.Status {
	case hireconversion.StatusStarted:
		return !today.Before(h.StartedOn.Plus(oneYear))
	case hireconversion.StatusRetainedOneYear:
		return !today.Before(h.StartedOn.Plus(fiveYears))
	}
	return false
}
