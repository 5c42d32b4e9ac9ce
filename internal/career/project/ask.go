package project

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	career "github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/policy"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// submit asks the bodies about a project as it stands: all of them, or those that
// asked the employer something when nothing else is open.
func submit(ctx context.Context, tx *store.Tx, p *ent.MicroProject, answer *string) error {
	now, err := termsNow(ctx, tx, p)
	if err != nil {
		return err
	}
	all, err := judge(ctx, tx.Client, tx.World(), tx.Now, subject{now, p.EmployerOrgID, p.ID})
	if err != nil {
		return err
	}
	if err := mayBePosted(all); err != nil {
		return err
	}
	if slices.Contains(standingStatuses, p.Status) {
		return renew(ctx, tx, p, all, answer)
	}
	return submitAll(ctx, tx, p, all, answer)
}

func submitAll(ctx context.Context, tx *store.Tx, p *ent.MicroProject, all []judged, answer *string) error {
	reviews := p.Reviews
	if p.Status != statusAsked {
		reviews++
	}
	update := tx.MicroProject.Update().SetReviews(reviews).SetSubmittedAt(tx.Now).ClearReason()
	if err := move(ctx, p, update, States.Verb("submitMicroProjectForApproval").To); err != nil {
		return err
	}
	p.SubmittedAt = &tx.Now
	if err := record(ctx, tx, p, event.MicroProjectSubmitted, nil); err != nil {
		return err
	}
	return ask(ctx, tx, p, all, answer)
}

// ask puts the project to each body, for the first time or again, and lets what
// the platform's rules approve be approved at once. A body that has approved it
// as it stands is not asked again.
func ask(ctx context.Context, tx *store.Tx, p *ent.MicroProject, all []judged, answer *string) error {
	before, err := tx.PostingRequest.Query().Where(postingrequest.MicroProjectID(p.ID), store.Locked).All(ctx)
	if err != nil {
		return err
	}
	approved := false
	for _, j := range all {
		var earlier *ent.PostingRequest
		if i := slices.IndexFunc(before, func(q *ent.PostingRequest) bool { return q.BodyID == j.ID() }); i >= 0 {
			earlier = before[i]
			before = slices.Delete(before, i, i+1)
		}
		done := isApprovedAsIs(p, earlier)
		if !done {
			if done, err = askOne(ctx, tx, p, j, earlier, answer); err != nil {
				return err
			}
		}
		approved = approved || done && j.Institution == nil
	}
	if err := closeRequests(ctx, tx, before, unchosen); err != nil || !approved {
		return err
	}
	return become(ctx, tx, p, tx.MicroProject.Update(), event.MicroProjectApproved)
}

// isApprovedAsIs: a person approved it after whatever was changed last.
func isApprovedAsIs(p *ent.MicroProject, q *ent.PostingRequest) bool {
	return q != nil && q.Status == postingrequest.StatusApproved && q.DecidedBy != nil && *q.DecidedBy == postingrequest.DecidedByStaff &&
		(p.RevisedAt == nil || q.DecidedAt.After(*p.RevisedAt))
}

// renew asks those institutions again whose question the employer answers, or
// whose refusal allows another request.
func renew(ctx context.Context, tx *store.Tx, p *ent.MicroProject, all []judged, answer *string) error {
	asked, err := tx.PostingRequest.Query().Where(postingrequest.MicroProjectID(p.ID), store.Locked).All(ctx)
	if err != nil {
		return err
	}
	n := 0
	for _, q := range asked {
		i := slices.IndexFunc(all, func(j judged) bool { return j.ID() == q.BodyID })
		if i < 0 || !isRenewable(p, q) {
			continue
		}
		n++
		if _, err := askOne(ctx, tx, p, all[i], q, answer); err != nil {
			return err
		}
	}
	if n == 0 {
		v := viewer.From(ctx)
		return fault.IllegalTransition("No institution waits for an answer or takes another request.", string(p.Status),
			States.Allowed(v, employers, p.Status))
	}
	return nil
}

// isRenewable: a question waits for its answer, or an institution refused once,
// or refused what has been changed since.
func isRenewable(p *ent.MicroProject, q *ent.PostingRequest) bool {
	switch q.Status {
	case postingrequest.StatusInProgress:
		return !q.InstitutionID.IsNone()
	case postingrequest.StatusDeclined, postingrequest.StatusWithdrawn:
		return !q.InstitutionID.IsNone() && *q.DecidedBy == postingrequest.DecidedByStaff &&
			(q.Asks < mostReviews || p.RevisedAt != nil && p.RevisedAt.After(*q.DecidedAt))
	}
	return false
}

// askOne writes the body's one request on the project, and reports whether its
// rules approve it at once.
func askOne(
	ctx context.Context, tx *store.Tx, p *ent.MicroProject, j judged, earlier *ent.PostingRequest, answer *string,
) (approved bool, err error) {
	if err := askForEmployer(ctx, tx, p, j); err != nil {
		return false, err
	}
	byPerson := j.verdict() != policy.Approve || earlier != nil && isForPerson(p, earlier)
	q := earlier
	if earlier == nil {
		create := tx.PostingRequest.Create().SetWorldID(p.WorldID).SetOwnerOrgID(p.EmployerOrgID).SetEmployerOrgID(p.EmployerOrgID).
			SetMicroProjectID(p.ID).SetBodyID(j.ID())
		if j.Institution != nil {
			create.SetInstitutionID(j.Institution.ID)
		}
		if err := answerByRule(tx, create.Mutation(), j, byPerson); err != nil {
			return false, err
		}
		if q, err = create.Save(ctx); err != nil {
			return false, err
		}
	} else if err := askAgain(ctx, tx, earlier, j, byPerson, answer); err != nil {
		return false, err
	}
	if byPerson {
		return false, nil
	}
	return true, recordDecision(ctx, tx, q, event.PostingRequestApproved, gid.None)
}

// isForPerson: rules do not answer for a person who asked something, took an
// approval back, or refused what has not been changed since.
func isForPerson(p *ent.MicroProject, q *ent.PostingRequest) bool {
	if !byStaff(q) || q.Status != postingrequest.StatusDeclined {
		return byStaff(q)
	}
	return p.RevisedAt == nil || !p.RevisedAt.After(*q.DecidedAt)
}

// byStaff: a person asked something, refused or took an approval back.
func byStaff(q *ent.PostingRequest) bool {
	return q.Status == postingrequest.StatusInProgress ||
		q.Status != postingrequest.StatusApproved && q.DecidedBy != nil && *q.DecidedBy == postingrequest.DecidedByStaff
}

func askAgain(ctx context.Context, tx *store.Tx, q *ent.PostingRequest, j judged, byPerson bool, answer *string) error {
	update := tx.PostingRequest.Update().Where(postingrequest.ID(q.ID), postingrequest.Revision(q.Revision)).
		ClearReason().ClearDeciderID().ClearOfficeMinutes()
	answered := q.Status == postingrequest.StatusInProgress
	if !answered {
		update.SetAsks(q.Asks + 1).ClearQuestion().ClearAnswer()
	}
	if answer != nil {
		update.SetAnswer(*answer)
	}
	if err := answerByRule(tx, update.Mutation(), j, byPerson); err != nil {
		return err
	}
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	if !byStaff(q) {
		return nil
	}
	return recordDecision(ctx, tx, q, event.PostingRequestRenewed, gid.None)
}

// askForEmployer asks an institution that approves employers with their work for
// this one, the first time.
func askForEmployer(ctx context.Context, tx *store.Tx, p *ent.MicroProject, j judged) error {
	if j.Institution == nil || j.link != nil || !mayAskWith(j.Institution, j.link) {
		return nil
	}
	return career.RequestWithPosting(ctx, tx, p.EmployerOrgID, j.Institution.ID)
}

// answerByRule notes which rules spoke, and that they approved the request or
// ask for a person.
func answerByRule(tx *store.Tx, m *ent.PostingRequestMutation, j judged, byPerson bool) error {
	words, err := j.words()
	if err != nil {
		return err
	}
	m.SetRules(words)
	m.SetRequestedAt(tx.Now)
	m.SetRuleID(j.rule())
	if byPerson {
		m.SetStatus(RequestStates.Verb("submitMicroProjectForApproval").To)
		m.ClearDecidedBy()
		m.ClearDecidedAt()
		return nil
	}
	m.SetStatus(RequestStates.Verb(string(event.PostingRequestApproved)).To)
	m.SetDecidedBy(postingrequest.DecidedBySystem)
	m.SetDecidedAt(tx.Now)
	return nil
}

// readAnswer is what the employer answers to those who asked.
func readAnswer(in SubmitMicroProjectForApprovalInput) (*string, error) {
	var r text.Reader
	answer := r.ProseLater("answer", in.Answer, 1000)
	return answer, r.Err()
}
