package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/career/amendment"
	"github.com/rung-dev/rung/internal/career/application"
	"github.com/rung-dev/rung/internal/career/client"
	"github.com/rung-dev/rung/internal/career/consent"
	"github.com/rung-dev/rung/internal/career/conversation"
	"github.com/rung-dev/rung/internal/career/credential"
	"github.com/rung-dev/rung/internal/career/directory"
	"github.com/rung-dev/rung/internal/career/employer"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/evaluation"
	"github.com/rung-dev/rung/internal/career/hire"
	"github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/member"
	"github.com/rung-dev/rung/internal/career/milestone"
	"github.com/rung-dev/rung/internal/career/oversight"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/career/pool"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/career/reference"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/career/template"
	"github.com/rung-dev/rung/internal/career/worklog"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/file"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

// life is a noun's state table as plain text.
type life struct {
	noun  string
	steps []step
}

type step struct {
	name     string
	by       []string
	from     []string
	to       string
	only     string
	refusing string
	scope    viewer.Scope
}

func lifeOf[S ~string](noun string, table transition.Table[S]) life {
	l := life{noun: noun}
	for _, row := range table {
		s := step{name: row.Name, to: string(row.To), only: row.Only, refusing: row.Not, scope: row.Scope}
		for _, side := range row.By {
			s.by = append(s.by, string(side))
		}
		for _, from := range row.From {
			s.from = append(s.from, string(from))
		}
		l.steps = append(l.steps, s)
	}
	return l
}

func lives() []life {
	return []life{
		lifeOf("Institution", institution.States),
		lifeOf("Membership", member.States),
		lifeOf("MemberInvitation", member.InvitationStates),
		lifeOf("InstitutionLink", institution.LinkStates),
		lifeOf("Employer", employer.States),
		lifeOf("Flag", employer.FlagStates),
		lifeOf("FundingPool", pool.States),
		lifeOf("Affiliation", talent.AffiliationStates),
		lifeOf("MicroProject", project.States),
		lifeOf("PostingRequest", project.RequestStates),
		lifeOf("Application", application.States),
		lifeOf("Invitation", application.InvitationStates),
		lifeOf("Interview", application.InterviewStates),
		lifeOf("Offer", engagement.OfferStates),
		lifeOf("AgreementTemplate", template.States),
		lifeOf("Milestone", milestone.States),
		lifeOf("PaymentRecord", payment.States),
		lifeOf("Engagement", engagement.EngagementStates),
		lifeOf("Deliverable", engagement.DeliverableStates),
		lifeOf("WorklogEntry", worklog.States),
		lifeOf("Evaluation", evaluation.EvaluationStates),
		lifeOf("HireConversion", hire.States),
		lifeOf("Strike", talent.StrikeStates),
		lifeOf("TalentProfile", talent.Standings),
		lifeOf("Dispute", engagement.DisputeStates),
		lifeOf("Upload", file.States),
		lifeOf("PortfolioItem", credential.States),
		lifeOf("Amendment", amendment.States),
		lifeOf("Reference", reference.States),
		lifeOf("MessageReport", conversation.ReportStates),
		lifeOf("ApiClient", client.States),
		lifeOf("ClientGrant", client.GrantStates),
		lifeOf("Consent", consent.States),
		lifeOf("DirectoryNotice", directory.States),
		lifeOf("OperatorAccess", oversight.States),
		lifeOf("Sandbox", person.SandboxStates),
	}
}

// TestTheStatesAreDrawn holds docs/states.md against the tables that the rules
// use.
func TestTheStatesAreDrawn(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# States\n\nDrawn from the tables that the rules, `viewerCan` and `allowedActions` use. " +
		"An arrow names the mutation, or the event of what Rung does by itself, and who may.\n")
	b.WriteString(howTheyAreProven())
	for _, l := range lives() {
		fmt.Fprintf(&b, "\n## %s\n\n```mermaid\nstateDiagram-v2\n", l.noun)
		for _, s := range l.steps {
			for _, from := range s.from {
				to := s.to
				if to == "" {
					to = from
				}
				fmt.Fprintf(&b, "  %s --> %s : %s (%s)\n", from, to, s.name, strings.Join(s.by, ", "))
			}
		}
		b.WriteString("```\n")
	}
	compareFile(t, "docs/states.md", b.String(), "run: go test . -run States -update")
}

// howTheyAreProven says what the model test does with the tables.
func howTheyAreProven() string {
	all := 0
	for _, l := range lives() {
		for _, s := range l.steps {
			all += len(s.from)
		}
	}
	return fmt.Sprintf("\nThere are %d transitions in %d tables. `TestSoakModel` takes each of them over HTTP on each engine, and checks after each step "+
		"that no row has moved but as its table says, that `viewerCan` told the truth before it, and that the ledger sums to zero. `make test` "+
		"takes at least %d steps on each engine: a fixed tour, then %d random walks of %d steps. `make soak` takes %d walks, "+
		"at least %d steps on each engine over all tables together. [Where each status is shown](shown.md) says what stands in it.\n", all, len(lives()), leastSteps, walks, walkSteps, soakWalks, leastSoakSteps)
}

// isAlways reports whether no status forbids a step.
func isAlways(noun string, s step) bool {
	statuses := api.Types[noun+"Status"]
	return statuses != nil && len(s.from) == len(statuses.EnumValues)
}

// TestEveryStepOfATableIsKnown: a step is a mutation of the schema, or an event
// that somebody else's step brings about; and a mutation says whose it is and
// why the status forbids it.
func TestEveryStepOfATableIsKnown(t *testing.T) {
	t.Parallel()
	kinds := event.Causes()
	for _, l := range lives() {
		for _, s := range l.steps {
			_, isEvent := kinds[event.Kind(s.name)]
			isMutation := api.Mutation.Fields.ForName(s.name) != nil
			if !isEvent && !isMutation {
				t.Errorf("%s: %s is neither a mutation nor an event", l.noun, s.name)
			}
			if isMutation && (s.only == "" || s.refusing == "" && !isAlways(l.noun, s)) && !slices.Contains(s.by, string(transition.Rung)) {
				t.Errorf("%s: %s does not say whose it is, or why the status forbids it", l.noun, s.name)
			}
			if statuses := api.Types[l.noun+"Status"]; statuses != nil {
				for _, status := range append(slices.Clone(s.from), s.to) {
					if status != "" && statuses.EnumValues.ForName(status) == nil {
						t.Errorf("%s: %s names the status %s, which the schema lacks", l.noun, s.name, status)
					}
				}
			}
		}
	}
}
