package project

import (
	"context"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/applicationquestion"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
)

// MostQuestions is how many questions a project asks those who apply.
const MostQuestions = 10

// question is one that a project asks those who apply.
type question struct {
	text       string
	kind       applicationquestion.Kind
	isRequired bool
	choices    []string
}

// readQuestions reads what a project asks those who apply.
func readQuestions(r *text.Reader, in []*ApplicationQuestionInput) []question {
	if len(in) > MostQuestions {
		r.Refuse(fault.InvalidValue("questions", "Ask at most 10 questions."))
		return nil
	}
	questions := make([]question, len(in))
	for i, q := range in {
		path := at("questions", i)
		questions[i] = question{
			text: r.Line(path+".text", q.Text, 3, 500), kind: q.Kind, isRequired: q.IsRequired != nil && *q.IsRequired,
			choices: readChoices(r, path+".choices", q),
		}
	}
	return questions
}

// readChoices reads what can be chosen, which is for a choice alone.
func readChoices(r *text.Reader, path string, q *ApplicationQuestionInput) []string {
	n := len(q.Choices)
	switch isChoice := q.Kind == applicationquestion.KindChoice; {
	case !isChoice && n > 0:
		r.Refuse(fault.InvalidValue(path, "Leave the choices out, or make it a CHOICE."))
		return []string{}
	case isChoice && (n < 2 || n > most):
		r.Refuse(fault.InvalidValue(path, "Give 2 to 20 choices."))
		return []string{}
	}
	choices := make([]string, n)
	for i, c := range q.Choices {
		choices[i] = r.Line(at(path, i), c, 1, 200)
		if slices.Contains(choices[:i], choices[i]) {
			r.Refuse(fault.InvalidValue(at(path, i), "Name each one once."))
		}
	}
	return choices
}

// askQuestions makes a project's questions these. Nobody has applied yet while
// they can change.
func askQuestions(ctx context.Context, tx *store.Tx, p *ent.MicroProject, questions []question) error {
	_, err := tx.ApplicationQuestion.Delete().Where(applicationquestion.MicroProjectID(p.ID)).Exec(ctx)
	if err != nil {
		return err
	}
	creates := make([]*ent.ApplicationQuestionCreate, len(questions))
	for i, q := range questions {
		creates[i] = tx.ApplicationQuestion.Create().SetMicroProjectID(p.ID).SetEmployerOrgID(p.EmployerOrgID).SetPosition(i + 1).
			SetKind(q.kind).SetText(q.text).SetIsRequired(q.isRequired).SetChoices(q.choices)
	}
	return tx.ApplicationQuestion.CreateBulk(creates...).Exec(ctx)
}
