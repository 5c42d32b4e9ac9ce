package project

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/postingpolicy"
	career "github.com/rung-dev/rung/internal/career/institution"
	"github.com/rung-dev/rung/internal/career/policy"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/text"
)

// The rules that are no body's own, by the names that clients read.
const (
	ruleNone  = "no-objection"     // nothing spoke against it, so it is approved
	ruleLink  = "institution-link" // the institution does not let the employer post
	ruleFirst = "first-posting"    // the posting asks for its employer too
)

// subject is what is put to bodies: a project's terms, whose they are, and of
// which project, if it is written down already.
type subject struct {
	terms    terms
	employer gid.ID
	project  gid.ID
}

// judged is what one body's rules say of a project.
type judged struct {
	policy.Body
	link   *ent.InstitutionLink
	spoken []policy.SpokenRule
}

func (j judged) verdict() policy.PostingVerdict { return policy.Verdict(j.spoken) }

// rule is the one that decides: the first of the strictest.
func (j judged) rule() string {
	for _, severity := range []postingpolicy.Severity{postingpolicy.SeverityBlock, postingpolicy.SeverityReview} {
		if i := slices.IndexFunc(j.spoken, func(s policy.SpokenRule) bool { return s.Severity == severity }); i >= 0 {
			return j.spoken[i].RuleID
		}
	}
	return ruleNone
}

// words are the rules that spoke, as a request keeps them.
func (j judged) words() (json.RawMessage, error) {
	if len(j.spoken) == 0 {
		return json.RawMessage("[]"), nil
	}
	return json.Marshal(j.spoken)
}

// judge asks the platform's rules and those of institutions, in the order of
// their ids, and writes nothing. Submitting and looking ahead take this same way.
func judge(ctx context.Context, client *ent.Client, world gid.ID, now time.Time, s subject) ([]judged, error) {
	bodies := []policy.Body{{World: world}}
	rows, err := client.Institution.Query().Where(institution.IDIn(s.terms.institutions...)).Order(ent.Asc(institution.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, i := range rows {
		bodies = append(bodies, policy.Body{World: world, Institution: i})
	}
	rules, err := policy.Rules(ctx, client, now, bodies...)
	if err != nil {
		return nil, err
	}
	starts, err := s.facts(ctx, client)
	if err != nil {
		return nil, err
	}
	all := make([]judged, len(bodies))
	for n, b := range bodies {
		all[n].Body = b
		if all[n].spoken, err = policy.Spoken(rules[b.ID()], starts...); err != nil {
			return nil, err
		}
		if b.Institution == nil {
			continue
		}
		if all[n].link, err = career.LinkOf(ctx, client, s.employer, b.Institution.ID); err != nil {
			return nil, err
		}
		all[n].spoken = append(linkRule(b.Institution, all[n].link), all[n].spoken...)
	}
	return all, nil
}

// facts are what the rules judge: the work as it is when it starts on the earliest
// day, and where it may start later, as it is then.
func (s subject) facts(ctx context.Context, client *ent.Client) ([]policy.Facts, error) {
	t := s.terms
	f := policy.Facts{
		Fee: t.fee, Hours: t.hours, WorkerClass: t.attested.workerClass, PayModel: t.attested.payModel,
		IsThirdPartyRecruiter: t.attested.recruiter, ChargesFee: t.attested.chargesFee, Country: t.attested.country,
		Risks: t.attested.risks,
	}
	published, err := client.MicroProject.Query().Where(microproject.EmployerOrgID(s.employer), microproject.IDNEQ(s.project),
		microproject.PublishedAtNotNil()).Exist(ctx)
	if err != nil {
		return nil, err
	}
	f.IsEmployerNew = !published
	if t.startsOn == nil || t.dueOn == nil {
		return []policy.Facts{f}, nil
	}
	f.DueDays = new(t.startsOn.DaysUntil(*t.dueOn))
	late := f
	late.DueDays = new(t.latestStart().DaysUntil(*t.dueOn))
	return []policy.Facts{f, late}, nil
}

// linkRule is what the tie between employer and institution says of a posting.
func linkRule(i *ent.Institution, l *ent.InstitutionLink) []policy.SpokenRule {
	switch {
	case career.MayPost(l):
		return nil
	case mayAskWith(i, l):
		return []policy.SpokenRule{{RuleID: ruleFirst, Severity: postingpolicy.SeverityReview,
			Message: "The career office approves the employer with its first posting."}}
	}
	return []policy.SpokenRule{{RuleID: ruleLink, Severity: postingpolicy.SeverityBlock,
		Message: "The institution does not let the employer post to its talents."}}
}

// mayAskWith reports whether a posting may ask the institution for its employer.
func mayAskWith(i *ent.Institution, l *ent.InstitutionLink) bool {
	if i.Status != institution.StatusOpen || i.ApprovalMode != institution.ApprovalModeJobBased {
		return false
	}
	return l == nil || l.Status == institutionlink.StatusRequested || l.Status == institutionlink.StatusNeedsInfo
}

// mayBePosted refuses what a body's rules block, and names each such rule.
func mayBePosted(all []judged) error {
	var r text.Reader
	for _, j := range all {
		for _, rule := range j.spoken {
			if rule.Severity != postingpolicy.SeverityBlock {
				continue
			}
			who := "The platform"
			if j.Institution != nil {
				who = j.Institution.Name
			}
			r.Refuse(fault.PolicyViolation(rule.RuleID, "", fmt.Sprintf("%s blocks this: %s", who, rule.Message)))
		}
	}
	return r.Err()
}

// Spoken are the rules that spoke when a request was last made.
func Spoken(q *ent.PostingRequest) []*policy.SpokenRule {
	var spoken []*policy.SpokenRule
	if len(q.Rules) > 0 && json.Unmarshal(q.Rules, &spoken) != nil || spoken == nil {
		return []*policy.SpokenRule{}
	}
	return spoken
}
