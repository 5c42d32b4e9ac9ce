//go:build !race

package main

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/viewer"
)

// posted is a project that is open to applications for 15 days.
const posted = `
		bea draftMicroProject : title: "Sort the picture library", brief: "Sort two years of pictures by place.", hours: 20, fee: {amount: "500.00", currency: USD}, workplace: REMOTE, applyBy: "{later}T00:00:00Z", deliverables: [{title: "The sorted library", acceptanceCriterion: "Every picture has a place."}]
		bea submitMicroProjectForApproval MicroProject
		bea publishMicroProject MicroProject
		is MicroProject OPEN`

// returned is such a project that has gone back to review.
const returned = posted + `
		bea reviseMicroProject MicroProject : hours: 30
		is MicroProject IN_REVIEW`

// routes lead where chance hardly ever goes: what several must do in turn, what
// is rare, what takes years. A line is a step:
//
//	ben acceptOffer offer-x            a move of the table, about a thing of the demo world
//	ben acceptOffer Offer              or about the latest of a noun
//	ben acceptOffer Offer : rest       with another rest of the input than the table's
//	bea draftMicroProject : input      about nothing that is there
//	provider FAILED money-of-x         what a payment provider tells of such money
//	ben sends a file                   or only announces it
//	ada opens a sandbox                or only begins one, which is never filled
//	wait P3D
//	is Offer ACCEPTED                  and it must be so
var routes = map[string]string{
	"a text of an employer's own is replaced, retired, and there again": `
		bea publishAgreementTemplate : kind: NON_DISCLOSURE, title: "Our books", text: "What you see here stays here.", expectedVersion: 0
		is AgreementTemplate PUBLISHED
		bea publishAgreementTemplate : kind: NON_DISCLOSURE, title: "Our books", text: "What you see here stays here for ever.", expectedVersion: 1
		bea retireAgreementTemplate AgreementTemplate
		is AgreementTemplate RETIRED
		bea publishAgreementTemplate : kind: NON_DISCLOSURE, title: "Our books", text: "What you see here you may tell.", expectedVersion: 2
		is AgreementTemplate PUBLISHED`,
	"a program asks, is approved, asks anew, and is stopped": `
		bea registerApiClient : name: "Job board", purpose: "Shows our postings.", scopes: ["projects:read"], origins: []
		is ApiClient ACTIVE
		bea reviseApiClient ApiClient
		bea rotateApiClientSecret ApiClient
		bea requestScopes ApiClient
		bea requestScopes ApiClient
		grace approveScopes ClientGrant
		is ClientGrant APPROVED
		bea requestScopes ApiClient
		grace approveScopes ClientGrant
		grace revokeScopes ClientGrant
		is ClientGrant REVOKED
		bea requestScopes ApiClient
		grace refuseScopes ClientGrant
		is ClientGrant REFUSED
		bea suspendApiClient ApiClient
		bea reviseApiClient ApiClient
		bea rotateApiClientSecret ApiClient
		bea resumeApiClient ApiClient
		bea suspendApiClient ApiClient
		bea revokeApiClient ApiClient
		is ApiClient REVOKED
		bea registerApiClient : name: "Job board", purpose: "Shows our postings.", scopes: ["projects:read"], origins: []
		bea revokeApiClient ApiClient
		is ApiClient REVOKED`,
	"records are open for some hours": `
		olga openOperatorAccess university
		is OperatorAccess OPEN
		wait P1D
		is OperatorAccess EXPIRED
		olga openOperatorAccess university
		olga closeOperatorAccess OperatorAccess
		is OperatorAccess CLOSED`,
	"a consent is withdrawn, and another ends by itself": `
		ada recordConsent other-university
		ada withdrawConsent Consent
		is Consent WITHDRAWN
		ada recordConsent other-university
		wait P30D
		is Consent EXPIRED`,
	"a school's notice is replaced and withdrawn, and talents opt out and return": `
		grace announceDirectoryInformation : fields: [NAME, MAJOR], noticeUrl: "https://nau.example/directory"
		is DirectoryNotice ANNOUNCED
		ada optOutOfDirectory affiliation-ada
		wait P15D
		ada returnToDirectory affiliation-ada
		ivy optOutOfDirectory affiliation-ivy
		ivy returnToDirectory affiliation-ivy
		grace announceDirectoryInformation DirectoryNotice
		is DirectoryNotice ANNOUNCED
		grace withdrawDirectoryInformation DirectoryNotice
		is DirectoryNotice WITHDRAWN`,
	"an interview is moved, chosen and held": `
		remy shortlistApplication application-open-ben
		remy scheduleInterview application-open-ben
		remy scheduleInterview application-open-ben
		ben chooseInterviewSlot Interview
		wait P5D
		remy declineApplication application-open-ben
		is Interview PASSED`,
	"an interview has no slot any more when the project ends": `
		remy shortlistApplication application-open-ben
		bea cancelMicroProject project-open
		is application-open-ben CLOSED_BY_SYSTEM`,
	"an application that was looked at is closed with its project": `
		remy reviewApplication application-open-ben
		bea cancelMicroProject project-open
		is application-open-ben CLOSED_BY_SYSTEM`,
	"pay that did not arrive arrives after all": `
		hugo completeEngagement engagement-accepted
		provider FAILED money-of-engagement-accepted
		is money-of-engagement-accepted FAILED
		provider PAID_OUT money-of-engagement-accepted
		is money-of-engagement-accepted PAID_OUT`,
	"the platform has asked, and approves without an answer": `
		olga requestMicroProjectChanges request-in-review
		olga approveMicroProject request-in-review
		is project-in-review APPROVED`,
	"nothing comes of an interest": `
		hugo completeEngagement engagement-accepted
		hugo signalHireInterest engagement-accepted
		wait P400D
		is HireConversion LAPSED`,
	"a paused project expires": posted + `
		bea pauseMicroProject MicroProject
		wait P30D
		is MicroProject EXPIRED`,
	"applications that were looked at go every way": posted + `
		ada applyToMicroProject MicroProject
		remy reviewApplication Application
		remy extendOffer Application
		ada withdrawApplication Application
		remy reviewApplication application-open-ben
		remy shortlistApplication application-open-ben
		remy reviewApplication application-campus-ada
		remy declineApplication application-campus-ada
		remy reviewApplication application-funded-eve
		eve withdrawApplication application-funded-eve
		remy reviewApplication application-funded-ben
		remy scheduleInterview application-funded-ben
		bea cancelMicroProject project-funded
		is application-funded-ben CLOSED_BY_SYSTEM`,
	"an approved project is edited and returns to review": `
		hugo reviseMicroProject project-approved : hours: 30
		is project-approved IN_REVIEW
		olga requestMicroProjectChanges request-approved
		hugo cancelMicroProject project-approved
		bea pauseMicroProject project-open
		bea cancelMicroProject project-open`,
	"a school declines, approves, revokes, and is asked again": `
		grace declineInstitutionLink link-harbor
		wait P40D
		hugo requestInstitutionLink university
		grace approveInstitutionLink link-harbor
		grace revokeInstitutionLink link-harbor
		wait P40D
		hugo requestInstitutionLink university
		is link-harbor REQUESTED`,
	"a reference is given, shown, hidden and retracted": `
		ada requestReference engagement-completed
		sol giveReference Reference
		ada showReference Reference
		ada hideReference Reference
		sol retractReference Reference
		is Reference RETRACTED`,
	"time is drafted, logged, approved and corrected": `
		lea reviseWorklogEntry worklog-draft
		lea logWorklogEntry worklog-draft
		sol approveWorklogEntry worklog-draft
		lea correctWorklogEntry worklog-draft
		sol rejectWorklogEntry WorklogEntry
		lea correctWorklogEntry worklog-draft
		sol approveWorklogEntry WorklogEntry
		is worklog-draft APPROVED
		is WorklogEntry APPROVED`,
	"time is noted and given up": `
		lea draftWorklogEntry engagement-in-progress
		lea discardWorklogEntry WorklogEntry
		is WorklogEntry DISCARDED`,
	"interest becomes a proposal": `
		hugo completeEngagement engagement-accepted
		hugo signalHireInterest engagement-accepted
		hugo proposeHireConversion engagement-accepted
		is HireConversion PROPOSED`,
	"a talent has more time for what was sent back": `
		sol extendDeliverableDueDate deliverable-in-progress-2 : dueOn: "{late}"
		sol extendDeliverableDueDate deliverable-in-progress-3 : dueOn: "{late}"
		is deliverable-in-progress-2 REVISION_REQUESTED`,
	"work that was handed in is ended": `
		hugo terminateEngagement engagement-accepted
		is engagement-accepted TERMINATED`,
	"a talent does not answer, and it is held against them for a while": `
		wait P30D
		sol reportGhosting engagement-in-progress
		is Strike ISSUED
		wait P800D
		is Strike EXPIRED`,
	"a talent has more time, does not use it, and is told of": `
		lea proposeAmendment engagement-in-progress : endsOn: "{late}", reason: "It takes longer."
		sol acceptAmendment Amendment
		wait P30D
		wait P15D
		is engagement-in-progress ACTIVE
		sol reportGhosting engagement-in-progress
		is Strike ISSUED`,
	"the platform has asked, and refuses without an answer": `
		olga requestMicroProjectChanges request-in-review
		olga refuseMicroProject request-in-review
		is project-in-review REFUSED`,
	"a file is given up before it is sent": `
		ben announces a file
		ben abandonUpload Upload
		is Upload ABANDONED`,
	"both sides propose, and one gives in": `
		lea openDispute engagement-in-progress
		lea proposeDisputeResolution Dispute
		remy proposeDisputeResolution Dispute
		lea acceptDisputeResolution Dispute
		is engagement-in-progress TERMINATED`,
	"disputed work goes on for all of the money": `
		lea openDispute engagement-in-progress
		lea proposeDisputeResolution Dispute : talentSide: {amount: "875.00", currency: "USD"}, workGoesOn: true
		remy acceptDisputeResolution Dispute
		is engagement-in-progress ACTIVE
		is money-of-engagement-in-progress HELD`,
	"disputed work goes on for less, is disputed once more, and ends": `
		lea openDispute engagement-in-progress
		lea proposeDisputeResolution Dispute : talentSide: {amount: "500.00", currency: "USD"}, workGoesOn: true
		remy acceptDisputeResolution Dispute
		is money-of-engagement-in-progress PARTIALLY_REFUNDED
		remy openDispute engagement-in-progress
		is money-of-engagement-in-progress FROZEN
		olga resolveDispute Dispute
		is money-of-engagement-in-progress REFUNDED`,
	"ready work is disputed, goes on for less, and ends before it began": `
		hal openDispute engagement-ready
		hal proposeDisputeResolution Dispute : talentSide: {amount: "100.00", currency: "USD"}, workGoesOn: true
		remy acceptDisputeResolution Dispute
		is engagement-ready READY
		is money-of-engagement-ready PARTIALLY_REFUNDED
		hal terminateEngagement engagement-ready
		is money-of-engagement-ready REFUNDED`,
	"paused work is disputed and rests on": `
		lea pauseEngagement engagement-in-progress
		lea openDispute engagement-in-progress
		remy proposeDisputeResolution Dispute : talentSide: {amount: "875.00", currency: "USD"}, workGoesOn: true
		lea acceptDisputeResolution Dispute
		is engagement-in-progress PAUSED
		remy openDispute engagement-in-progress
		olga resolveDispute Dispute
		is engagement-in-progress TERMINATED`,
	"a change is accepted, declined, withdrawn and overtaken by time": `
		lea proposeAmendment engagement-in-progress
		sol acceptAmendment Amendment
		is Amendment ACCEPTED
		sol proposeAmendment engagement-in-progress
		lea declineAmendment Amendment
		is Amendment DECLINED
		lea pauseEngagement engagement-in-progress
		sol proposeAmendment engagement-in-progress
		sol withdrawAmendment Amendment
		is Amendment WITHDRAWN
		lea proposeAmendment engagement-in-progress
		wait P8D
		is Amendment EXPIRED`,
	"a fee is added to by either side, and once more when a part of it has gone back": `
		lea proposeAmendment engagement-in-progress : reason: "It is more work.", hours: 40, addedFee: {amount: "125.00", currency: USD}
		sol acceptAmendment Amendment
		is money-of-engagement-in-progress HELD
		lea openDispute engagement-in-progress
		lea proposeDisputeResolution Dispute : talentSide: {amount: "500.00", currency: "USD"}, workGoesOn: true
		remy acceptDisputeResolution Dispute
		sol proposeAmendment engagement-in-progress : reason: "It is more work.", addedFee: {amount: "10.01", currency: USD}
		lea acceptAmendment Amendment
		is money-of-engagement-in-progress PARTIALLY_REFUNDED`,
	"unsigned work is disputed and waits for its gates again": `
		jon openDispute engagement-filled
		olga proposeDisputeResolution Dispute : talentSide: {amount: "720.00", currency: "USD"}, workGoesOn: true
		jon acceptDisputeResolution Dispute
		hugo acceptDisputeResolution Dispute
		is engagement-filled PENDING_GATES`,
	"work that was handed in is disputed and waits for completion again": `
		cleo openDispute engagement-accepted
		hugo proposeDisputeResolution Dispute : talentSide: {amount: "300.00", currency: "USD"}, workGoesOn: true
		cleo acceptDisputeResolution Dispute
		is engagement-accepted SUBMITTED
		hugo completeEngagement engagement-accepted
		is money-of-engagement-accepted PAID_OUT`,
	"late work is disputed and is late again": `
		wait P30D
		is engagement-in-progress INCOMPLETE
		lea openDispute engagement-in-progress
		remy proposeDisputeResolution Dispute : talentSide: {amount: "875.00", currency: "USD"}, workGoesOn: true
		lea acceptDisputeResolution Dispute
		is engagement-in-progress INCOMPLETE
		wait P30D
		is engagement-in-progress INCOMPLETE`,
	"the money of ended work is disputed": `
		dev openDispute engagement-terminated
		olga resolveDispute Dispute : talentSide: {amount: "540.00", currency: "USD"}, workGoesOn: false, note: "The comparison can be used."
		is engagement-terminated TERMINATED
		is money-of-engagement-terminated PAID_OUT`,
	"a last piece is sent back": `
		lea submitDeliverable deliverable-in-progress-2
		lea submitDeliverable deliverable-in-progress-3
		is engagement-in-progress SUBMITTED
		sol requestDeliverableRevision deliverable-in-progress-1
		is engagement-in-progress ACTIVE`,
	"work that nobody reopens is closed for good": `
		wait P30D
		is engagement-in-progress INCOMPLETE
		wait P30D
		is money-of-engagement-in-progress FROZEN`,
	"an employer signals interest and a talent says that they were hired": `
		hugo completeEngagement engagement-accepted
		hugo signalHireInterest engagement-accepted
		cleo reportHire engagement-accepted
		is HireConversion STARTED`,
	"both sides confirm a start, the office has heard of it too, and the hire leaves after a year": `
		ben acceptHireConversion hire-proposed
		wait P30D
		ben confirmHireStart hire-proposed
		remy confirmHireStart hire-proposed
		grace reportHire engagement-evaluating
		is hire-proposed STARTED
		wait P400D
		ben recordHireOutcome hire-proposed
		remy recordHireOutcome hire-proposed
		is hire-proposed RETAINED_1Y
		wait P30D
		ben recordHireOutcome hire-proposed : isEmployed: false, asOf: "{today}", reason: RESIGNED
		is hire-proposed LEFT`,
	"a paused project is filled by whom it has": `
		eve acceptOffer offer-open-eve
		bea pauseMicroProject project-open
		bea closeApplications project-open
		is project-open FILLED`,
	"an open project stays open longer, and its last seat is taken": posted + `
		ada applyToMicroProject MicroProject
		bea extendApplicationWindow MicroProject : applyBy: "{late}T00:00:00Z"
		remy extendOffer Application : startsOn: "{late}", endsOn: "{late}"
		ada acceptOffer Offer
		is MicroProject FILLED`,
	"a paused project loses its approval": `
		bea pauseMicroProject project-open
		olga withdrawPostingApproval request-open
		is project-open REFUSED`,
	"a paused project is edited and returns to review": posted + `
		bea pauseMicroProject MicroProject
		bea reviseMicroProject MicroProject : hours: 30
		is MicroProject IN_REVIEW`,
	"a paused project stays open longer": posted + `
		bea pauseMicroProject MicroProject
		bea extendApplicationWindow MicroProject : applyBy: "{late}T00:00:00Z"
		is MicroProject PAUSED`,
	"a published project is in review when its window ends": returned + `
		wait P30D
		is MicroProject EXPIRED`,
	"a published project is asked about when its window ends": returned + `
		olga requestMicroProjectChanges PostingRequest
		is MicroProject CHANGES_REQUESTED
		wait P30D
		is MicroProject EXPIRED`,
	"a published project is approved again when its window ends": returned + `
		olga approveMicroProject PostingRequest
		is MicroProject APPROVED
		wait P30D
		is MicroProject EXPIRED`,
	"the last seat falls free after the window": posted + `
		ada applyToMicroProject MicroProject
		remy extendOffer Application : startsOn: "{late}", endsOn: "{late}"
		ada acceptOffer Offer
		is MicroProject FILLED
		wait P16D
		ada terminateEngagement Engagement
		is MicroProject EXPIRED`,
	"a school is not asked any more": `
		grace approveMicroProject request-campus-in-review-university
		olga requestMicroProjectChanges request-campus-in-review
		bea reviseMicroProject project-campus-in-review : audience: PUBLIC, institutionIds: []
		bea submitMicroProjectForApproval project-campus-in-review
		is request-campus-in-review-university DECLINED`,
	"a strike expires under appeal": `
		wait P30D
		sol reportGhosting engagement-in-progress
		lea appealStrike Strike
		wait P800D
		is Strike EXPIRED`,
	"a strike falls with its evaluation": `
		hugo completeEngagement engagement-accepted
		hugo submitEvaluation engagement-accepted : overall: SIGNIFICANTLY_BELOW, publicText: "It could not be used."
		wait P15D
		is Strike ISSUED
		olga openOperatorAccess university
		olga removeEvaluation Evaluation
		is Strike LIFTED`,
	"a strike under appeal falls with its evaluation": `
		hugo completeEngagement engagement-accepted
		hugo submitEvaluation engagement-accepted : overall: SIGNIFICANTLY_BELOW, publicText: "It could not be used."
		wait P15D
		cleo appealStrike Strike
		olga openOperatorAccess university
		olga removeEvaluation Evaluation
		is Strike LIFTED`,
	"a strike that was upheld falls with its evaluation": `
		hugo completeEngagement engagement-accepted
		hugo submitEvaluation engagement-accepted : overall: SIGNIFICANTLY_BELOW, publicText: "It could not be used."
		wait P15D
		cleo appealStrike Strike
		olga upholdStrike Strike
		olga openOperatorAccess university
		olga removeEvaluation Evaluation
		is Strike LIFTED`,
	"a talent does not come, is told of, and the money goes back": `
		wait P20D
		is engagement-ready READY
		sol reportGhosting engagement-ready
		is Strike ISSUED
		wait P60D
		is engagement-ready TERMINATED
		is money-of-engagement-ready REFUNDED`,
	"work whose documents nobody signs does not start": `
		wait P80D
		is engagement-filled TERMINATED
		is money-of-engagement-filled REFUNDED`,
	"work that rests is missed, and taken up again": `
		lea pauseEngagement engagement-in-progress
		wait P50D
		is engagement-in-progress INCOMPLETE
		sol reopenEngagement engagement-in-progress : endsOn: "{late}"
		is engagement-in-progress ACTIVE`,
	"a sandbox is opened, used and closed, and one that was not filled is closed too": `
		ada opens a sandbox
		is Sandbox OPEN
		ada advanceSandboxClock Sandbox
		ada closeSandbox Sandbox
		is Sandbox CLOSED
		ada begins a sandbox
		is Sandbox OPENING
		ada closeSandbox Sandbox
		is Sandbox CLOSED`,
	"a file is given up when it has come": `
		ben sends a file
		ben abandonUpload Upload
		is Upload ABANDONED`,
	"a file is given up when it is ready": `
		ben sends a file
		ben completeUpload Upload
		is Upload READY
		ben abandonUpload Upload
		is Upload ABANDONED`,
}

// follow goes every route, and fails at the first step that leads elsewhere.
func follow(t *testing.T, engineName string, taken *coverage) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(routes)) {
		t.Run(name, func(t *testing.T) {
			w := &stroll{witness: witnessOf(t, open(t, engineName), taken), t: t, rt: t}
			for line := range strings.Lines(strings.TrimSpace(routes[name])) {
				w.step(strings.TrimSpace(line))
			}
		})
	}
}

// step takes one step of a route.
func (w *stroll) step(line string) {
	said, rest, hasRest := strings.Cut(line, " : ")
	words := strings.Fields(said)
	switch {
	case words[0] == "wait":
		d, err := calendar.ParseDuration(words[1])
		if err != nil {
			w.rt.Fatal(err)
		}
		w.wait(time.Duration(d))
		w.settle(line, "", gid.None)
	case words[0] == "is":
		id := w.thing(words[1])
		if status := w.statusOf(id); status != words[2] {
			w.rt.Fatalf("%s: it is %s", line, status)
		}
	case words[0] == "provider":
		w.provider(words[1], w.thing(words[2]))
	case words[1] == "announces":
		w.announce(words[0], func([]byte) []byte { return nil })
	case words[1] == "opens":
		if code := w.mutate("openSandbox", "", words[0]); code != "" {
			w.rt.Fatalf("%s: it is refused with %s", line, code)
		}
		w.settle(line, "openSandbox", gid.None)
	case words[1] == "begins":
		w.begin(words[0])
	case words[1] == "sends":
		w.announce(words[0], nil)
	case len(words) == 2:
		if code := w.mutate(words[1], w.dated(rest), words[0]); code != "" {
			w.rt.Fatalf("%s: it is refused with %s", line, code)
		}
		w.settle(line, words[1], gid.None)
	default:
		i := slices.IndexFunc(moves, func(m move) bool { return m.verb == words[1] && slices.Contains(m.by, words[0]) })
		if i < 0 {
			w.rt.Fatalf("%s: there is no such move", line)
		}
		m := moves[i]
		if hasRest {
			m.rest = rest
		}
		id := w.thing(words[2])
		if code := w.send(m, id, words[0]); code != "" {
			w.rt.Fatalf("%s: it is refused with %s, being %s", line, code, w.statusOf(id))
		}
		w.settle(line, m.verb, id)
	}
}

// begin leaves a sandbox as it is when its server ends before the story is told.
func (w *stroll) begin(who string) {
	owner := viewer.Viewer{
		Kind: viewer.Newcomer, World: gid.LiveWorld, Issuer: publicURL + "/local", Subject: w.world.People[who].Subject,
		Scopes: viewer.ScopesOf(viewer.RoleTalent),
	}
	if _, err := person.OpenSandbox(stage.As(w.t, owner, "openSandbox"), w.db, person.OpenSandboxInput{}); err != nil {
		w.rt.Fatal(err)
	}
	w.settle("a sandbox that is not filled", "", gid.None)
}

// thing is what a route calls so: by its name in the demo world, as the money of
// such work, or as the latest of a noun.
func (w *stroll) thing(called string) gid.ID {
	if rows := w.rows[called]; len(rows) > 0 {
		return slices.MaxFunc(slices.Collect(maps.Keys(rows)), gid.ID.Compare)
	}
	work, isMoney := strings.CutPrefix(called, "money-of-")
	id, isKnown := w.world.IDs[work]
	if !isKnown {
		w.rt.Fatalf("there is no %s", called)
	}
	if !isMoney {
		return id
	}
	err := w.db.Engine().Read.QueryRowContext(w.t.Context(),
		"SELECT p.id FROM payment_records p JOIN engagements e ON e.offer_id = p.subject_id WHERE e.id = $1", id).Scan(&id)
	if err != nil {
		w.rt.Fatal(err)
	}
	return id
}

func (w *stroll) statusOf(id gid.ID) string {
	for _, rows := range w.rows {
		if r, isThere := rows[id]; isThere {
			return r.status
		}
	}
	return "nowhere"
}
