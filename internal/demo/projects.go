package demo

import (
	"context"
	"time"

	entapplication "github.com/rung-dev/rung/ent/gen/ent/application"
	entevaluation "github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/hireconversion"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/credential"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/evaluation"
	"github.com/rung-dev/rung/internal/career/hire"
	"github.com/rung-dev/rung/internal/career/pool"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// projects are those that nobody works on: in every state up to filled.
func (t *teller) projects() {
	t.on(time.September, 9)
	t.draft(brief{
		name: "draft", owner: "bea", title: "Route setting survey", hours: 12, seats: 1, fee: "300.00", skills: []string{"writing"},
		about: "Ask thirty members which routes they climb and why, and tell us what to set next.", deliverables: []string{"Survey report"},
	})
	t.submit(brief{
		name: "in-review", owner: "bea", title: "Photo archive tagging", hours: 20, seats: 1, fee: "300.00", skills: []string{"excel"},
		about: "Tag four hundred photos of our events so that we find them again.", deliverables: []string{"Tagged archive"},
	})
	t.submit(brief{
		name: "refused", owner: "bea", title: "Cold calling list", hours: 40, seats: 1, fee: "200.00", skills: []string{"excel"},
		about: "Call two hundred companies and ask whether they want a team event.", deliverables: []string{"Call log"},
	})
	request := t.world.IDs["request-refused"]
	does(t, "olga", "refuseMicroProject", project.RefuseMicroProject, project.RefuseMicroProjectInput{
		PostingRequestID: request, ExpectedRevision: t.revision(request), Reason: "Five dollars an hour is far below the floor.",
	})
	t.submit(brief{
		name: "approved", owner: "hugo", title: "Ferry timetable data", hours: 16, seats: 1, fee: "400.00", skills: []string{"python"},
		about: "Turn five years of ferry timetables into one clean table.", deliverables: []string{"The table", "A note on its gaps"},
	})
	t.open4()
	t.publish(brief{
		name: "open-to-data", owner: "hugo", title: "Why is the ferry late?", hours: 12, seats: 1, fee: "330.00", skills: []string{"python", "tableau"},
		about: "Find the three causes behind most delays of last summer.", deliverables: []string{"Chart with a page of text"},
	})
	t.campus()
	t.filled()
	t.cancelled()
	t.waiting()
}

// waiting are applications that the employers have not looked at yet: late
// enough that none has expired when the story ends.
func (t *teller) waiting() {
	t.on(time.September, 14)
	t.apply("ben", "open")
	t.apply("ada", "campus")
}

// open4 is a project that four talents apply to, each of whom stands somewhere
// else.
func (t *teller) open4() {
	t.on(time.September, 10)
	t.publish(brief{
		name: "open", owner: "bea", title: "Market research for a climbing gym", hours: 20, seats: 2, fee: "500.00",
		skills:       []string{"writing", "excel"},
		about:        "Find out what members of three other gyms pay and get, and what ours would pay more for.",
		deliverables: []string{"Interview notes", "Recommendation of two pages"},
	})
	declined := t.apply("cleo", "open")
	withdrawn := t.apply("dev", "open")
	t.apply("eve", "open")
	t.interview("remy", "eve", "open", time.Date(Began.Year(), time.September, 17+t.shift, 15, 0, 0, 0, time.UTC))
	does(t, "remy", "declineApplication", engagement.DeclineApplication, application.DeclineApplicationInput{
		ApplicationID: declined, ExpectedRevision: t.revision(declined), Reason: entapplication.DeclineReasonExperience,
		Note: new("We look for somebody with spreadsheet experience."),
	})
	does(t, "dev", "withdrawApplication", engagement.WithdrawApplication, application.WithdrawApplicationInput{
		ApplicationID: withdrawn, ExpectedRevision: t.revision(withdrawn),
	})
}

// offered is what Eve has to answer, and Dev too.
func (t *teller) offered() {
	t.on(time.October, 10)
	t.offer("remy", "eve", "open", t.day("2026-11-02"), t.day("2026-11-20"))
	t.invite("remy", "dev", "open")
}

// funded is a project that the university's pool pays for: one applicant is of
// the university, the other is not.
func (t *teller) funded() {
	p := t.named("pool", does(t, "grace", "openFundingPool", pool.OpenFundingPool, pool.OpenFundingPoolInput{
		Name: "First Rung Fund", Description: ptr("Pays for our students' first projects with those who could not."), Currency: "USD",
	}))
	does(t, "olga", "recordPoolDeposit", pool.RecordPoolDeposit, pool.RecordPoolDepositInput{
		FundingPoolID: p, Amount: money.Input{Amount: "1000.00", Currency: "USD"}, Reference: "WIRE-2026-10-10",
	})
	does(t, "grace", "admitToFundingPool", pool.AdmitToFundingPool, pool.AdmitToFundingPoolInput{
		FundingPoolID: p, EmployerID: t.world.IDs["basalt"],
	})
	t.publish(brief{
		name: "funded", owner: "bea", title: "Climbing course for schools", hours: 16, seats: 1, fee: "400.00", skills: []string{"writing"},
		about: "Plan a free course of four afternoons for the schools around us.", deliverables: []string{"Course plan"}, pool: "pool",
	})
	t.apply("ben", "funded")
	t.apply("eve", "funded")
}

// timed is what Lea logged: her first hours are approved, others were rejected,
// some wait for a decision, and one she has not logged.
func (t *teller) timed() {
	outline := t.logged("lea", "approved", 240, "Read the old handbook and wrote the outline.")
	does(t, "sol", "approveWorklogEntry", worklog.ApproveWorklogEntry, worklog.ApproveWorklogEntryInput{
		WorklogEntryID: outline, ExpectedRevision: t.revision(outline),
	})
	commute := t.logged("lea", "rejected", 90, "Drove to the gym and back.")
	does(t, "sol", "rejectWorklogEntry", worklog.RejectWorklogEntry, worklog.RejectWorklogEntryInput{
		WorklogEntryID: commute, ExpectedRevision: t.revision(commute), Reason: "We agreed to meet by video, so the way is not part of the work.",
	})
	t.logged("lea", "logged", 150, "Wrote the chapter on knots.")
	t.drafted("lea", "draft", 45, "Drew the first knots.")
}

// drafted notes time on the work in progress.
func (t *teller) drafted(who, name string, minutes int, note string) gid.ID {
	return t.named("worklog-"+name, does(t, who, "draftWorklogEntry", worklog.DraftWorklogEntry, worklog.DraftWorklogEntryInput{
		EngagementID: t.world.IDs["engagement-in-progress"], WorkedOn: t.day("2026-10-09"), Minutes: minutes, Note: note,
		DeliverableID: ptr(t.world.IDs["deliverable-in-progress-1"]),
	}))
}

// logged notes time and shows it to the employer.
func (t *teller) logged(who, name string, minutes int, note string) gid.ID {
	w := t.drafted(who, name, minutes, note)
	does(t, who, "logWorklogEntry", worklog.LogWorklogEntry, worklog.LogWorklogEntryInput{WorklogEntryID: w, ExpectedRevision: t.revision(w)})
	return w
}

// campus is a project for the university's talents alone, in a term break.
func (t *teller) campus() {
	id := t.publish(brief{
		name: "campus", owner: "bea", title: "Winter break content plan", hours: 30, seats: 1, fee: "750.00", skills: []string{"writing"},
		about: "Plan three months of posts and write the first four.", deliverables: []string{"Plan", "Four posts"}, campus: true,
	})
	t.find("request-campus-university", func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.PostingRequest.Query().
			Where(postingrequest.MicroProjectID(id), postingrequest.InstitutionID(t.world.IDs["university"])).OnlyID(ctx)
	})
	below := t.submit(brief{
		name: "campus-in-review", owner: "bea", title: "Poster distribution on campus", hours: 10, seats: 1, fee: "100.00", skills: []string{"writing"},
		about: "Hang eighty posters and tell us where they hang.", deliverables: []string{"List of places"}, campus: true,
	})
	t.find("request-campus-in-review-university", func(ctx context.Context) (gid.ID, error) {
		return t.db.Read.PostingRequest.Query().
			Where(postingrequest.MicroProjectID(below), postingrequest.InstitutionID(t.world.IDs["university"])).OnlyID(ctx)
	})
}

// filled is a project whose one seat is taken: the other applicant is closed
// out, and documents wait for signatures.
func (t *teller) filled() {
	t.publish(brief{
		name: "filled", owner: "hugo", title: "Harbor traffic dashboard", hours: 24, seats: 1, fee: "720.00", skills: []string{"tableau"},
		about: "Show on one page how busy the harbor was each day of last year.", deliverables: []string{"Dashboard"},
	})
	t.apply("kim", "filled")
	t.hire("hugo", "jon", "filled", t.day("2026-11-02"), t.day("2026-11-20"))
	t.agreements("filled", t.world.IDs["offer-filled-jon"], nil)
}

// cancelled is a project that will not be done.
func (t *teller) cancelled() {
	id := t.publish(brief{
		name: "cancelled", owner: "bea", title: "Logo for the youth team", hours: 8, seats: 1, fee: "240.00", skills: []string{"figma"},
		about: "Draw three ideas for a logo and finish the one we choose.", deliverables: []string{"Logo files"},
	})
	t.apply("kim", "cancelled")
	does(t, "bea", "cancelMicroProject", project.CancelMicroProject, project.CancelMicroProjectInput{
		MicroProjectID: id, ExpectedRevision: t.revision(id), Reason: "The youth team has found a sponsor who brings a logo.",
	})
}

// work are the projects that somebody works on or has worked on.
func (t *teller) work() {
	t.adaWorks()
	t.terminated()
	t.adaIsDone()
	t.benWorks()
	t.ready()
	t.hired()
	t.awaiting()
	t.benIsDone()
	t.inProgress()
	t.offered()
	t.funded()
	t.timed()
}

// adaWorks takes Ada's project to where everything is accepted.
func (t *teller) adaWorks() {
	t.workUpTo("remy", "sol", "ada", brief{
		name: "completed", owner: "bea", title: "Member survey and analysis", hours: 20, seats: 1, fee: "500.00", skills: []string{"writing", "excel"},
		about:        "Survey our members about opening hours, and recommend new ones from what they say.",
		deliverables: []string{"Survey of fifty members", "Recommendation"},
	}, time.September, 11)
}

// adaIsDone: completed, paid, evaluated by both sides and shown.
func (t *teller) adaIsDone() {
	t.on(time.September, 25)
	t.complete("sol", "completed")
	e := t.world.IDs["engagement-completed"]
	t.named("evaluation-of-ada", does(t, "sol", "submitEvaluation", evaluation.SubmitEvaluation, evaluation.SubmitEvaluationInput{
		EngagementID: e, Overall: entevaluation.OverallAbove, PublicText: "Ada asked better questions than we had.",
		PrivateText: ptr("Could speak up earlier when data is missing."), IsSharedWithInstitution: ptr(true),
		Competencies: []*evaluation.CompetencyRatingInput{
			{Competency: "CRITICAL_THINKING", Rating: entevaluation.OverallAbove},
			{Competency: "COMMUNICATION", Rating: entevaluation.OverallMeets},
		},
	}))
	t.named("evaluation-by-ada", does(t, "ada", "submitEvaluation", evaluation.SubmitEvaluation, evaluation.SubmitEvaluationInput{
		EngagementID: e, Overall: entevaluation.OverallMeets, PublicText: "Clear goals and quick answers.",
	}))
	t.named("portfolio-item", does(t, "ada", "promoteDeliverableToPortfolio", credential.PromoteDeliverableToPortfolio,
		credential.PromoteDeliverableToPortfolioInput{
			DeliverableID: t.world.IDs["deliverable-completed-1"], Title: "Survey of fifty members",
			Summary: "I wrote the questions, asked fifty members and found which two hours mattered.",
			Result:  credential.MeasuredResultInput{Metric: "visits before eight in the morning", Value: "38", Unit: "per cent more"},
		}))
}

// benWorks takes Ben's project to where everything is accepted.
func (t *teller) benWorks() {
	t.workUpTo("remy", "sol", "ben", brief{
		name: "evaluating", owner: "bea", title: "Competitor price table", hours: 10, seats: 1, fee: "250.00", skills: []string{"excel"},
		about: "Collect the prices of twelve gyms in one table that we can keep up to date.", deliverables: []string{"Price table"},
	}, time.September, 28)
}

// benIsDone: completed and paid; only the employer has evaluated, and a job is
// proposed.
func (t *teller) benIsDone() {
	t.on(time.October, 8)
	t.complete("sol", "evaluating")
	t.named("evaluation-hidden", does(t, "sol", "submitEvaluation", evaluation.SubmitEvaluation, evaluation.SubmitEvaluationInput{
		EngagementID: t.world.IDs["engagement-evaluating"], Overall: entevaluation.OverallMeets, PublicText: "Did exactly what was asked.",
	}))
	t.named("hire-proposed", does(t, "remy", "proposeHireConversion", hire.ProposeHireConversion, hire.ProposeHireConversionInput{
		EngagementID: t.world.IDs["engagement-evaluating"], Kind: hireconversion.KindPartTime, JobTitle: "Front desk analyst", StartsOn: t.day("2026-11-02"),
	}))
}

// awaiting is Cleo's: everything is accepted, and the supervisor has not
// completed it.
func (t *teller) awaiting() {
	t.workUpTo("hugo", "hugo", "cleo", brief{
		name: "accepted", owner: "hugo", title: "Tide gauge cleaning script", hours: 15, seats: 1, fee: "450.00", skills: []string{"python"},
		about: "Write a script that finds broken readings of a tide gauge.", deliverables: []string{"Script"},
	}, time.October, 7)
}

// terminated is Dev's: ended early with work handed in, so the money waits.
func (t *teller) terminated() {
	t.on(time.September, 16)
	t.publish(brief{
		name: "terminated", owner: "hugo", title: "Buoy sensor report", hours: 18, seats: 1, fee: "540.00", skills: []string{"writing"},
		about: "Compare three sensors for buoys and tell us which to buy.", deliverables: []string{"First comparison", "Final report"},
	})
	t.hire("hugo", "dev", "terminated", t.day("2026-09-16"), t.day("2026-10-07"))
	t.prepare("hugo", "hugo", "dev", "terminated")
	t.start("dev", "terminated")
	t.handIn("dev", "terminated", 1)
	e := t.world.IDs["engagement-terminated"]
	does(t, "dev", "terminateEngagement", engagement.TerminateEngagement, engagement.TerminateEngagementInput{
		EngagementID: e, ExpectedRevision: t.revision(e), Reason: "I moved away and cannot visit the harbor any more.",
	})
}

// inProgress is Lea's: one deliverable waits for a decision, one was sent back,
// one is not handed in.
func (t *teller) inProgress() {
	t.on(time.October, 9)
	t.publish(brief{
		name: "in-progress", owner: "bea", title: "Beginner course handbook", hours: 35, seats: 1, fee: "875.00", skills: []string{"writing"},
		about:        "Write the handbook that beginners get on their first day.",
		deliverables: []string{"Outline", "First half", "Second half"},
	})
	t.hire("remy", "lea", "in-progress", t.day("2026-10-09"), t.day("2026-10-30"))
	t.prepare("remy", "sol", "lea", "in-progress")
	t.start("lea", "in-progress")
	t.handIn("lea", "in-progress", 1)
	t.handIn("lea", "in-progress", 2)
	back := t.world.IDs["deliverable-in-progress-2"]
	does(t, "sol", "requestDeliverableRevision", engagement.RequestDeliverableRevision, engagement.RequestDeliverableRevisionInput{
		DeliverableID: back, ExpectedRevision: t.revision(back), Reasons: []string{"The knots need pictures.", "Leave out the history."},
	})
}

// ready is Hal's: every gate is passed, and the first day is today.
func (t *teller) ready() {
	t.on(time.October, 1)
	t.publish(brief{
		name: "ready", owner: "bea", title: "Newsletter relaunch", hours: 14, seats: 1, fee: "350.00", skills: []string{"writing"},
		about: "Find out why nobody reads our newsletter and write the next one.", deliverables: []string{"Findings", "Next issue"},
	})
	t.hire("remy", "hal", "ready", t.day("2026-10-12"), t.day("2026-11-06"))
	t.prepare("remy", "sol", "hal", "ready")
}

// hired is what came of Ada's work: a job that has started.
func (t *teller) hired() {
	t.on(time.October, 2)
	h := t.named("hire", does(t, "remy", "proposeHireConversion", hire.ProposeHireConversion, hire.ProposeHireConversionInput{
		EngagementID: t.world.IDs["engagement-completed"], Kind: hireconversion.KindFullTime, JobTitle: "Junior analyst", StartsOn: t.day("2026-10-05"),
		Message: ptr("The survey changed how we open. Come and do this for us."),
	}))
	does(t, "ada", "acceptHireConversion", hire.AcceptHireConversion, hire.AcceptHireConversionInput{HireConversionID: h, ExpectedRevision: t.revision(h)})
	t.on(time.October, 6)
	for _, who := range []string{"remy", "ada"} {
		does(t, who, "confirmHireStart", hire.ConfirmHireStart, hire.ConfirmHireStartInput{
			HireConversionID: h, ExpectedRevision: t.revision(h), StartedOn: t.day("2026-10-05"),
		})
	}
}
