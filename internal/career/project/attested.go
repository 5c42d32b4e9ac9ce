package project

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/internal/career/policy"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/text"
)

// attested is what an employer says of the work for the rules to judge.
type attested struct {
	workerClass microproject.WorkerClass
	payModel    microproject.PayModel
	recruiter   bool
	chargesFee  bool
	country     string
	risks       []string
}

var isCountry = regexp.MustCompile(`^[A-Z]{2}$`)

func attestedOf(p *ent.MicroProject) attested {
	return attested{
		workerClass: p.WorkerClass, payModel: p.PayModel, recruiter: p.IsThirdPartyRecruiter, chargesFee: p.ChargesFee,
		country: p.CountryCode, risks: p.SafetyAttestations,
	}
}

// attested is what a draft says; what it leaves out is the ordinary case.
func (in DraftMicroProjectInput) attested() attested {
	a := attested{workerClass: microproject.DefaultWorkerClass, payModel: microproject.DefaultPayModel, country: microproject.DefaultCountryCode}
	if in.WorkerClass != nil {
		a.workerClass = *in.WorkerClass
	}
	if in.PayModel != nil {
		a.payModel = *in.PayModel
	}
	if in.IsThirdPartyRecruiter != nil {
		a.recruiter = *in.IsThirdPartyRecruiter
	}
	if in.ChargesFee != nil {
		a.chargesFee = *in.ChargesFee
	}
	if in.CountryCode != nil {
		a.country = strings.ToUpper(*in.CountryCode)
	}
	a.risks = risksOf(in.SafetyAttestations)
	return a
}

func (in ReviseMicroProjectInput) attested(r *text.Reader, before attested) attested {
	a := before
	if class, given := kept(r, "workerClass", in.WorkerClass); given {
		a.workerClass = class
	}
	if model, given := kept(r, "payModel", in.PayModel); given {
		a.payModel = model
	}
	if recruiter, given := kept(r, "isThirdPartyRecruiter", in.IsThirdPartyRecruiter); given {
		a.recruiter = recruiter
	}
	if charges, given := kept(r, "chargesFee", in.ChargesFee); given {
		a.chargesFee = charges
	}
	if country, given := kept(r, "countryCode", in.CountryCode); given {
		a.country = strings.ToUpper(country)
	}
	if risks, given := in.SafetyAttestations.ValueOK(); given {
		a.risks = risksOf(risks)
	}
	return a
}

// risksOf are the risks as they are kept: sorted, and each once.
func risksOf(named []policy.SafetyAttestation) []string {
	var risks []string
	for _, risk := range named {
		risks = append(risks, string(risk))
	}
	slices.Sort(risks)
	return slices.Compact(risks)
}

func (a attested) check(r *text.Reader) {
	if !isCountry.MatchString(a.country) {
		r.Refuse(fault.InvalidValue("countryCode", "Give the country by its two letters of ISO 3166-1."))
	}
}

func (a attested) write(m *ent.MicroProjectMutation, before attested) {
	put(&a.workerClass, &before.workerClass, m.SetWorkerClass, nil)
	put(&a.payModel, &before.payModel, m.SetPayModel, nil)
	put(&a.recruiter, &before.recruiter, m.SetIsThirdPartyRecruiter, nil)
	put(&a.chargesFee, &before.chargesFee, m.SetChargesFee, nil)
	put(&a.country, &before.country, m.SetCountryCode, nil)
	if !slices.Equal(a.risks, before.risks) {
		m.SetSafetyAttestations(a.risks)
	}
}

func (a attested) equals(b attested) bool {
	return a.workerClass == b.workerClass && a.payModel == b.payModel && a.recruiter == b.recruiter &&
		a.chargesFee == b.chargesFee && a.country == b.country && slices.Equal(a.risks, b.risks)
}

// Risks are what the employer attests of the work's safety.
func Risks(p *ent.MicroProject) []policy.SafetyAttestation {
	risks := make([]policy.SafetyAttestation, len(p.SafetyAttestations))
	for i, risk := range p.SafetyAttestations {
		risks[i] = policy.SafetyAttestation(risk)
	}
	return risks
}

// isMaterial reports whether terms differ in what an approval rests on: pay,
// hours, duties, on which days, where and how talents are engaged, and whose talents.
func (t terms) isMaterial(before terms) bool {
	return opt.Differs(t.startsOn, before.startsOn) || opt.Differs(t.startsBy, before.startsBy) || opt.Differs(t.dueOn, before.dueOn) ||
		t.brief != before.brief || t.hours != before.hours || t.fee != before.fee || t.workplace != before.workplace ||
		opt.Differs(t.location, before.location) || t.audience != before.audience || !t.attested.equals(before.attested) ||
		len(without(t.institutions, before.institutions))+len(without(before.institutions, t.institutions)) > 0
}
