package project

import (
	"context"
	"encoding/json"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/applicationquestion"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/projecttemplate"
	"github.com/rung-dev/rung/ent/schema"
	"github.com/rung-dev/rung/internal/career/policy"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/page"
	"github.com/rung-dev/rung/internal/store"
)

// MicroProjectTemplateContent is what a template says of the work: all that a
// project does, but its days.
type MicroProjectTemplateContent struct {
	Title     string                 `json:"title"`
	Brief     string                 `json:"brief"`
	Hours     int                    `json:"hours"`
	FeeMinor  int64                  `json:"feeMinor"`
	Currency  money.Currency         `json:"currency"`
	Seats     int                    `json:"seats"`
	Workplace microproject.Workplace `json:"workplace"`
	Location  *string                `json:"location,omitempty"`
	Audience  microproject.Audience  `json:"audience"`

	InstitutionIDs []gid.ID `json:"institutionIds,omitempty"`
	OccupationID   *gid.ID  `json:"occupationId,omitempty"`
	SkillIDs       []gid.ID `json:"skillIds,omitempty"`
	FundingPoolID  *gid.ID  `json:"fundingPoolId,omitempty"`
	HoursPerWeek   *int     `json:"hoursPerWeek,omitempty"`

	WorkerClass           microproject.WorkerClass `json:"workerClass"`
	PayModel              microproject.PayModel    `json:"payModel"`
	IsThirdPartyRecruiter bool                     `json:"isThirdPartyRecruiter,omitempty"`
	ChargesFee            bool                     `json:"chargesFee,omitempty"`
	CountryCode           string                   `json:"countryCode"`
	Risks                 []string                 `json:"safetyAttestations,omitempty"`
	AiUse                 microproject.AiUse       `json:"aiUse"`
	AiUseNote             *string                  `json:"aiUseNote,omitempty"`
	RequiresNda           bool                     `json:"requiresNda"`
	IPTerms               microproject.IPTerms     `json:"ipTerms"`

	Needs        *schema.Requirements               `json:"requirements,omitempty"`
	Deliverables []*MicroProjectTemplateDeliverable `json:"deliverables"`
	Questions    []*MicroProjectTemplateQuestion    `json:"questions"`
}

// MicroProjectTemplateDeliverable is one thing that the work will hand in.
type MicroProjectTemplateDeliverable struct {
	Title               string `json:"title"`
	AcceptanceCriterion string `json:"acceptanceCriterion"`
	IsTeamwork          bool   `json:"isTeamwork,omitempty"`
}

// MicroProjectTemplateQuestion is one thing that those who apply are asked.
type MicroProjectTemplateQuestion struct {
	Text       string                   `json:"text"`
	Kind       applicationquestion.Kind `json:"kind"`
	IsRequired bool                     `json:"isRequired,omitempty"`
	Choices    []string                 `json:"choices"`
}

// written is a project's content as a template keeps it, without its days.
func written(t terms, plan []entry, questions []question) (json.RawMessage, error) {
	c := MicroProjectTemplateContent{
		Title: t.title, Brief: t.brief, Hours: t.hours, FeeMinor: t.fee.Minor, Currency: t.fee.Currency, Seats: t.seats,
		Workplace: t.workplace, Location: t.location, Audience: t.audience, InstitutionIDs: t.institutions,
		OccupationID: t.occupation, SkillIDs: t.skills, FundingPoolID: t.pool, HoursPerWeek: t.hoursPerWeek,
		WorkerClass: t.attested.workerClass, PayModel: t.attested.payModel, IsThirdPartyRecruiter: t.attested.recruiter,
		ChargesFee: t.attested.chargesFee, CountryCode: t.attested.country, Risks: t.attested.risks,
		AiUse: t.conduct.aiUse, AiUseNote: t.conduct.aiUseNote, RequiresNda: t.conduct.requiresNDA, IPTerms: t.conduct.ipTerms,
		Needs: t.requirements, Deliverables: []*MicroProjectTemplateDeliverable{}, Questions: []*MicroProjectTemplateQuestion{},
	}
	for _, e := range plan {
		c.Deliverables = append(c.Deliverables, &MicroProjectTemplateDeliverable{e.title, e.criterion, e.isTeamwork})
	}
	for _, q := range questions {
		c.Questions = append(c.Questions, &MicroProjectTemplateQuestion{q.text, q.kind, q.isRequired, q.choices})
	}
	return json.Marshal(c)
}

// terms are what a project drafted from the content says.
func (c MicroProjectTemplateContent) terms() (terms, []entry, []question) {
	t := terms{
		title: c.Title, brief: c.Brief, hours: c.Hours, fee: c.Fee(), seats: c.Seats, workplace: c.Workplace, location: c.Location,
		audience: c.Audience, institutions: c.InstitutionIDs, occupation: c.OccupationID, skills: c.SkillIDs, pool: c.FundingPoolID,
		hoursPerWeek: c.HoursPerWeek, requirements: c.Needs,
		attested: attested{c.WorkerClass, c.PayModel, c.IsThirdPartyRecruiter, c.ChargesFee, c.CountryCode, c.Risks},
		conduct:  conduct{c.AiUse, c.AiUseNote, c.RequiresNda, c.IPTerms},
	}
	plan, questions := make([]entry, len(c.Deliverables)), make([]question, len(c.Questions))
	for i, d := range c.Deliverables {
		plan[i] = entry{title: d.Title, criterion: d.AcceptanceCriterion, isTeamwork: d.IsTeamwork}
	}
	for i, q := range c.Questions {
		questions[i] = question{kind: q.Kind, text: q.Text, isRequired: q.IsRequired, choices: q.Choices}
	}
	return t, plan, questions
}

// Contents are what templates say that were read together.
func Contents(ctx context.Context, templates []*ent.ProjectTemplate) ([]*MicroProjectTemplateContent, error) {
	contents := make([]*MicroProjectTemplateContent, len(templates))
	for i, t := range templates {
		if t == nil {
			continue
		}
		var err error
		if contents[i], err = ContentOf(t); err != nil {
			return nil, err
		}
	}
	store.Together(ctx, contents)
	return contents, nil
}

// ContentOf is what a template says.
func ContentOf(p *ent.ProjectTemplate) (*MicroProjectTemplateContent, error) {
	var c MicroProjectTemplateContent
	if err := json.Unmarshal(p.Content, &c); err != nil {
		return nil, err
	}
	return &c, nil
}

// Fee is what each talent on the project is paid.
func (c MicroProjectTemplateContent) Fee() money.Money {
	return money.Money{Minor: c.FeeMinor, Currency: c.Currency}
}

// OccupationNamed is the occupation that a template's projects belong to, or none.
func OccupationNamed(c *MicroProjectTemplateContent) gid.ID {
	if c.OccupationID == nil {
		return gid.None
	}
	return *c.OccupationID
}

// SafetyAttestations are the risks that the work brings with it.
func (c MicroProjectTemplateContent) SafetyAttestations() []policy.SafetyAttestation {
	risks := make([]policy.SafetyAttestation, len(c.Risks))
	for i, risk := range c.Risks {
		risks[i] = policy.SafetyAttestation(risk)
	}
	return risks
}

// TemplateRequirements are what the templates' projects would like talents to bring,
// nil where that is nothing.
func TemplateRequirements(ctx context.Context, db *store.DB, contents []*MicroProjectTemplateContent) ([]*MicroProjectRequirements, error) {
	var ids []gid.ID
	for _, c := range contents {
		if c != nil && c.Needs != nil {
			ids = append(ids, c.Needs.SkillIDs...)
		}
	}
	named, err := skillsNamed(ctx, db.Read, ids)
	if err != nil {
		return nil, err
	}
	all := make([]*MicroProjectRequirements, len(contents))
	for i, c := range contents {
		if c != nil && c.Needs != nil {
			all[i] = shown(c.Needs, named)
		}
	}
	return all, nil
}

var templateKeys = map[MicroProjectTemplateOrderField]page.Key[*ent.ProjectTemplate]{
	MicroProjectTemplatesByCreatedAt: {Column: projecttemplate.FieldCreatedAt, Value: func(t *ent.ProjectTemplate) any { return t.CreatedAt }},
	MicroProjectTemplatesByUpdatedAt: {Column: projecttemplate.FieldUpdatedAt, Value: func(t *ent.ProjectTemplate) any { return t.UpdatedAt }},
}

// Templates is a page of those that the viewer can draft from, or keeps for others.
func Templates(
	ctx context.Context, db *store.DB, seal *page.Seal, args page.Args, filter *MicroProjectTemplateFilter, order *MicroProjectTemplateOrder,
) (*MicroProjectTemplateConnection, error) {
	q := db.Read.ProjectTemplate.Query().Where(projecttemplate.RemovedAtIsNil())
	if filter != nil {
		if filter.IsPlatforms != nil && *filter.IsPlatforms {
			q.Where(projecttemplate.EmployerOrgIDIsNil())
		}
		if filter.IsPlatforms != nil && !*filter.IsPlatforms {
			q.Where(projecttemplate.EmployerOrgIDNotNil())
		}
		q.Where(page.During(projecttemplate.FieldUpdatedAt, filter.UpdatedAt))
	}
	if order == nil {
		order = &MicroProjectTemplateOrder{Field: MicroProjectTemplatesByCreatedAt, Direction: page.Descending}
	}
	return page.Of(ctx, seal, q, page.List[*ent.ProjectTemplate]{
		Key: templateKeys[order.Field], Order: order.Direction, Filter: filter, ID: func(t *ent.ProjectTemplate) gid.ID { return t.ID },
	}, args)
}
