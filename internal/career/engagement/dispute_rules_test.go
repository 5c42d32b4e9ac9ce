package engagement

import (
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/dispute"
	"github.com/rung-dev/rung/ent/gen/ent/engagement"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

var operator = viewer.Viewer{Kind: viewer.Operator, Org: gid.LiveWorld, Scopes: viewer.ScopesOf(viewer.RoleOperator)}

func TestCanDispute(t *testing.T) {
	t.Parallel()
	held := &ent.PaymentRecord{Status: paymentrecord.StatusHeld}
	as := func(s paymentrecord.Status) *ent.PaymentRecord { return &ent.PaymentRecord{Status: s} }
	for name, tc := range map[string]struct {
		who      viewer.Viewer
		status   engagement.Status
		money    *ent.PaymentRecord
		disputed bool
		revision int
		code     fault.Code
		path     string
	}{
		"the talent":                              {ada, engagement.StatusActive, held, false, 3, "", ""},
		"the employer's recruiter":                {recruiter, engagement.StatusActive, held, false, 3, "", ""},
		"before the gates":                        {ada, engagement.StatusPendingGates, held, false, 3, "", ""},
		"ready work":                              {ada, engagement.StatusReady, held, false, 3, "", ""},
		"work that rests":                         {ada, engagement.StatusPaused, held, false, 3, "", ""},
		"work that was handed in":                 {ada, engagement.StatusSubmitted, held, false, 3, "", ""},
		"a missed end":                            {ada, engagement.StatusIncomplete, held, false, 3, "", ""},
		"work that was ended, of what is frozen":  {ada, engagement.StatusTerminated, as(paymentrecord.StatusFrozen), false, 3, "", ""},
		"what an earlier dispute left":            {ada, engagement.StatusActive, as(paymentrecord.StatusPartiallyRefunded), false, 3, "", ""},
		"it refuses another talent":               {eve, engagement.StatusActive, held, false, 3, fault.CodeNotPermitted, ""},
		"it refuses a supervisor without money":   {supervisor, engagement.StatusActive, held, false, 3, fault.CodeNotPermitted, ""},
		"it refuses another employer":             {stranger, engagement.StatusActive, held, false, 3, fault.CodeNotPermitted, ""},
		"it refuses the staff":                    {staff, engagement.StatusActive, held, false, 3, fault.CodeNotPermitted, ""},
		"it refuses the platform":                 {operator, engagement.StatusActive, held, false, 3, fault.CodeNotPermitted, ""},
		"it refuses completed work":               {ada, engagement.StatusCompleted, held, false, 3, fault.CodeIllegalTransition, ""},
		"it refuses work that is disputed":        {ada, engagement.StatusDisputed, as(paymentrecord.StatusFrozen), true, 3, fault.CodeIllegalTransition, ""},
		"it refuses without money":                {ada, engagement.StatusActive, nil, false, 3, fault.CodeIllegalTransition, ""},
		"it refuses money that is only promised":  {ada, engagement.StatusPendingGates, as(paymentrecord.StatusAuthorized), false, 3, fault.CodeIllegalTransition, ""},
		"it refuses money that is on its way":     {ada, engagement.StatusTerminated, as(paymentrecord.StatusReleasing), false, 3, fault.CodeIllegalTransition, ""},
		"it refuses money that went back":         {ada, engagement.StatusTerminated, as(paymentrecord.StatusRefunded), false, 3, fault.CodeIllegalTransition, ""},
		"it refuses a second dispute":             {ada, engagement.StatusTerminated, as(paymentrecord.StatusFrozen), true, 3, fault.CodeAlreadyExists, "engagementId"},
		"it refuses a stale revision":             {ada, engagement.StatusActive, held, false, 2, fault.CodeStaleRevision, "expectedRevision"},
		"it refuses the person before the status": {eve, engagement.StatusCompleted, nil, true, 1, fault.CodeNotPermitted, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := &ent.Engagement{EmployerOrgID: acme, TalentID: adaID, Status: tc.status, Revision: 3}
			stage.Answers(t, canDispute(tc.who, e, tc.money, tc.disputed, tc.revision), tc.code, tc.path)
		})
	}
}

func TestOnDispute(t *testing.T) {
	t.Parallel()
	const propose, accept, resolve = "proposeDisputeResolution", "acceptDisputeResolution", "resolveDispute"
	for name, tc := range map[string]struct {
		who      viewer.Viewer
		verb     string
		status   dispute.Status
		by       dispute.ProposedBy
		revision int
		code     fault.Code
		path     string
	}{
		"the talent proposes":                       {ada, propose, dispute.StatusOpen, "", 3, "", ""},
		"the employer proposes something else":      {recruiter, propose, dispute.StatusProposed, dispute.ProposedByTalent, 3, "", ""},
		"the platform proposes":                     {operator, propose, dispute.StatusOpen, "", 3, "", ""},
		"another talent proposes":                   {eve, propose, dispute.StatusOpen, "", 3, fault.CodeNotPermitted, ""},
		"another employer proposes":                 {stranger, propose, dispute.StatusOpen, "", 3, fault.CodeNotPermitted, ""},
		"the staff propose":                         {staff, propose, dispute.StatusOpen, "", 3, fault.CodeNotPermitted, ""},
		"a proposal on what is settled":             {ada, propose, dispute.StatusResolved, dispute.ProposedByEmployer, 3, fault.CodeIllegalTransition, ""},
		"a proposal on a stale revision":            {ada, propose, dispute.StatusOpen, "", 2, fault.CodeStaleRevision, "expectedRevision"},
		"the talent accepts what the employer said": {ada, accept, dispute.StatusProposed, dispute.ProposedByEmployer, 3, "", ""},
		"the employer accepts what the talent said": {recruiter, accept, dispute.StatusProposed, dispute.ProposedByTalent, 3, "", ""},
		"the talent accepts what the platform said": {ada, accept, dispute.StatusProposed, dispute.ProposedByPlatform, 3, "", ""},
		"the talent accepts their own word":         {ada, accept, dispute.StatusProposed, dispute.ProposedByTalent, 3, fault.CodeNotPermitted, ""},
		"the employer accepts its own word":         {recruiter, accept, dispute.StatusProposed, dispute.ProposedByEmployer, 3, fault.CodeNotPermitted, ""},
		"the platform accepts":                      {operator, accept, dispute.StatusProposed, dispute.ProposedByTalent, 3, fault.CodeNotPermitted, ""},
		"a stranger accepts":                        {eve, accept, dispute.StatusProposed, dispute.ProposedByEmployer, 3, fault.CodeNotPermitted, ""},
		"nobody has proposed anything":              {ada, accept, dispute.StatusOpen, "", 3, fault.CodeIllegalTransition, ""},
		"what is settled is accepted":               {ada, accept, dispute.StatusResolved, dispute.ProposedByEmployer, 3, fault.CodeIllegalTransition, ""},
		"it was proposed anew meanwhile":            {ada, accept, dispute.StatusProposed, dispute.ProposedByEmployer, 2, fault.CodeStaleRevision, "expectedRevision"},
		"the platform decides":                      {operator, resolve, dispute.StatusOpen, "", 3, "", ""},
		"the platform decides over a proposal":      {operator, resolve, dispute.StatusProposed, dispute.ProposedByTalent, 3, "", ""},
		"the platform decides on what is settled":   {operator, resolve, dispute.StatusResolved, dispute.ProposedByTalent, 3, fault.CodeIllegalTransition, ""},
		"the talent decides":                        {ada, resolve, dispute.StatusOpen, "", 3, fault.CodeNotPermitted, ""},
		"the employer decides":                      {recruiter, resolve, dispute.StatusOpen, "", 3, fault.CodeNotPermitted, ""},
		"the staff decide":                          {staff, resolve, dispute.StatusOpen, "", 3, fault.CodeNotPermitted, ""},
		"the platform decides on a stale revision":  {operator, resolve, dispute.StatusOpen, "", 2, fault.CodeStaleRevision, "expectedRevision"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &ent.Dispute{EmployerOrgID: acme, TalentID: adaID, Status: tc.status, Revision: 3}
			if tc.by != "" {
				d.ProposedBy = &tc.by
			}
			judge := func() error { return onDispute(tc.who, d, tc.verb, tc.revision) }
			if tc.verb == accept {
				judge = func() error { return canAgree(tc.who, d, tc.revision) }
			}
			stage.Answers(t, judge(), tc.code, tc.path)
		})
	}
}

func TestReadResolution(t *testing.T) {
	t.Parallel()
	until := noon.Add(time.Hour)
	active, ended := &ent.Engagement{Status: engagement.StatusActive}, &ent.Engagement{Status: engagement.StatusTerminated}
	missed, over := &ent.Engagement{Status: engagement.StatusIncomplete, ReopenBy: &until}, &ent.Engagement{Status: engagement.StatusIncomplete}
	// 500 dollars, of which 100 went back already.
	aside := &ent.PaymentRecord{GrossMinor: 50000, RefundedMinor: 10000, Currency: "USD"}
	for name, tc := range map[string]struct {
		amount, currency string
		goesOn           bool
		work             *ent.Engagement
		released         int64
		path             string
	}{
		"all of it, and the work goes on":            {"400.00", "USD", true, active, 40000, ""},
		"a part, and the work ends":                  {"150.50", "USD", false, active, 15050, ""},
		"nothing, and the work ends":                 {"0.00", "USD", false, active, 0, ""},
		"a part of ended work":                       {"100.00", "USD", false, ended, 10000, ""},
		"late work goes on while it can be reopened": {"400.00", "USD", true, missed, 40000, ""},
		"it refuses more than is aside":              {"400.01", "USD", false, active, 0, "talentSide"},
		"it refuses less than nothing":               {"-1.00", "USD", false, active, 0, "talentSide"},
		"it refuses another currency":                {"100.00", "EUR", false, active, 0, "talentSide"},
		"it refuses what is no amount":               {"a lot", "USD", false, active, 0, "talentSide"},
		"it refuses that work goes on for nothing":   {"0.00", "USD", true, active, 0, "workGoesOn"},
		"it refuses that ended work goes on":         {"100.00", "USD", true, ended, 0, "workGoesOn"},
		"it refuses that closed work goes on":        {"100.00", "USD", true, over, 0, "workGoesOn"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := money.Input{Amount: money.Decimal(tc.amount), Currency: money.Currency(tc.currency)}
			got, err := readResolution(in, tc.goesOn, nil, tc.work, aside)
			code := fault.Code("")
			if tc.path != "" {
				code = fault.CodeInvalidValue
			}
			stage.Answers(t, err, code, tc.path)
			if err == nil && (got.releasedMinor != tc.released || got.workGoesOn != tc.goesOn) {
				t.Errorf("it read %+v", got)
			}
		})
	}
}
