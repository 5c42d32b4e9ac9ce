package application

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/applicationquestion"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// ApplicationAnswer is a question as it was asked, and its answer.
type ApplicationAnswer struct {
	Question string
	Kind     applicationquestion.Kind
	Value    string
}

// ReviseApplication changes what the talent wrote, until the employer has read it.
func ReviseApplication(ctx context.Context, db *store.DB, in ReviseApplicationInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		a, err := Lock(ctx, tx, in.ApplicationID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), a, "reviseApplication", in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		update := tx.Application.Update()
		var r text.Reader
		if note, given := in.Note.ValueOK(); given && note == nil {
			r.Refuse(fault.InvalidValue("note", "This cannot be cleared: leave it out, or write something."))
		} else if given {
			update.SetNote(r.Prose("note", *note, 10, 4000))
		}
		if answers, given := in.Answers.ValueOK(); given {
			questions, err := questionsOf(ctx, tx, a.MicroProjectID)
			if err != nil {
				return gid.None, err
			}
			update.SetPacketAnswers(readAnswers(&r, questions, answers))
		}
		if err := r.Err(); err != nil {
			return gid.None, err
		}
		if err := move(ctx, tx, a, update, a.Status); err != nil {
			return gid.None, err
		}
		parties, err := Parties(ctx, tx, a.EmployerOrgID, a.TalentID)
		if err != nil {
			return gid.None, err
		}
		return a.ID, record(ctx, tx, a, event.ApplicationRevised, parties)
	})
}

// questionsOf are what a project asks, in order.
func questionsOf(ctx context.Context, tx *store.Tx, project gid.ID) ([]*ent.ApplicationQuestion, error) {
	return tx.ApplicationQuestion.Query().Where(applicationquestion.MicroProjectID(project)).
		Order(ent.Asc(applicationquestion.FieldPosition)).All(ctx)
}

// readAnswers reads the answers to a project's questions, in the order in which
// it asks them.
func readAnswers(r *text.Reader, questions []*ent.ApplicationQuestion, in []*ApplicationAnswerInput) []schema.Answer {
	if len(in) > project.MostQuestions {
		r.Refuse(fault.InvalidValue("answers", "Answer at most 10 questions."))
		return nil
	}
	given := map[gid.ID]string{}
	for i, answer := range in {
		path := fmt.Sprintf("answers.%d.", i)
		at := slices.IndexFunc(questions, func(q *ent.ApplicationQuestion) bool { return q.ID == answer.QuestionID })
		switch _, twice := given[answer.QuestionID]; {
		case at < 0:
			r.Refuse(fault.NotFound(path+"questionId", "This micro-project asks no such question."))
		case twice:
			r.Refuse(fault.InvalidValue(path+"questionId", "Answer each question once."))
		default:
			given[answer.QuestionID] = readAnswer(r, path+"value", questions[at], answer.Value)
		}
	}
	answers := []schema.Answer{}
	for _, q := range questions {
		value, there := given[q.ID]
		switch {
		case there:
			answers = append(answers, schema.Answer{QuestionID: q.ID, Kind: string(q.Kind), Question: q.Text, Value: value})
		case q.IsRequired:
			r.Refuse(fault.InvalidValue("answers", "Answer this question too: "+q.Text))
		}
	}
	return answers
}

var number = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,6})?$`)

// readAnswer reads an answer of the kind that the question asks for.
func readAnswer(r *text.Reader, path string, q *ent.ApplicationQuestion, value string) string {
	switch q.Kind {
	case applicationquestion.KindNumber:
		if !number.MatchString(value) {
			r.Refuse(fault.InvalidValue(path, "Answer with a number, as in 12 or -3.5."))
		}
	case applicationquestion.KindYesNo:
		if value != "YES" && value != "NO" {
			r.Refuse(fault.InvalidValue(path, "Answer YES or NO."))
		}
	case applicationquestion.KindChoice:
		if !slices.Contains(q.Choices, value) {
			r.Refuse(fault.InvalidValue(path, "Choose one of the choices, to the letter."))
		}
	default:
		return r.Prose(path, value, 1, 4000)
	}
	return value
}
