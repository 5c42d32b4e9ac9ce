// Command rung is a headless GraphQL API for career services.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rung-dev/rung/internal/career/amendment"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/consent"
	"github.com/rung-dev/rung/internal/career/directory"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/evaluation"
	"github.com/rung-dev/rung/internal/career/hire"
	"github.com/rung-dev/rung/internal/career/member"
	"github.com/rung-dev/rung/internal/career/oversight"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/career/reference"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/cli"
	"github.com/rung-dev/rung/internal/file"
	"github.com/rung-dev/rung/internal/job"
)

// reactions is what follows, after a change, from what it queued.
var reactions = map[job.Kind]job.Handler{
	project.CloseOpenApplications: engagement.CloseApplications,
	hire.LapseHireConversion:      hire.Lapse,
	talent.CheckGates:             engagement.CheckGates,
	hire.AskAfterOneYear:          hire.AskWhetherEmployed,
	hire.AskAfterFiveYears:        hire.AskWhetherEmployed,
	employer.EndProjects:          project.EndForEmployer,
	project.EndApplications:       project.EndWindow,
	engagement.ExpireOffer:        engagement.ExpireUnanswered,
	engagement.AutoAccept:         engagement.AcceptUndecided,
	engagement.AutoComplete:       engagement.CompleteUndecided,
	engagement.SubmitForTeam:      engagement.TeamSubmit,
	engagement.PublishEvaluations: evaluation.PublishWhatWasSaid,
	engagement.MissEnd:            engagement.MissedEnd,
	engagement.Lapse:              engagement.LapseUnstarted,
	engagement.CloseIncomplete:    engagement.CloseMissed,
	engagement.RemindOfOffer:      engagement.OfferReminder,
	engagement.RemindOfDecision:   engagement.DecisionReminder,
	engagement.RemindOfEvaluation: evaluation.EvaluationReminder,
	application.ExpireApplication: application.ExpireUnnoticed,
	application.ExpireInvitation:  application.ExpireUnanswered,
	talent.ExpireStrike:           talent.EndStrike,
	file.ExpireUpload:             file.Expire,
	payment.PayOut:                payment.PayingOut(payment.LedgerOnly{}),
	payment.SendBack:              payment.SendingBack(payment.LedgerOnly{}),
	job.Sweep:                     job.Clean,

	member.ExpireMemberInvitation: member.ExpireUnaccepted,

	reference.ExpireReference: reference.ExpireUnanswered,
	amendment.ExpireAmendment: amendment.ExpireUnanswered,

	directory.TellOfNotice: directory.Tell,

	oversight.ExpireOperatorAccess: oversight.Expire,
	consent.ExpireConsent:          consent.Expire,
}

// schedules is what is done again and again.
var schedules = map[job.Kind]time.Duration{job.Sweep: time.Hour}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv)
	stop()
	os.Exit(code)
}

// run does what the arguments say and returns the exit code.
func run(ctx context.Context, args []string, getenv func(string) string) int {
	return cli.Rung{Reactions: reactions, Schedules: schedules, Out: os.Stdout, Err: os.Stderr, Getenv: getenv}.Run(ctx, args)
}
