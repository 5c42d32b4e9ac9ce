package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rung-dev/rung/internal/store/storetest"
)

// attach sends a message about an application, with files.
func (s *site) attach(t *testing.T, who, application string, uploads ...string) (messageID, answer string) {
	t.Helper()
	ids, err := json.Marshal(uploads)
	if err != nil {
		t.Fatal(err)
	}
	a := s.ask(t, who, fmt.Sprintf(`mutation { sendMessage(input: {applicationId: %q, body: "See what I send.", uploadIds: %s}) @idempotent(key: %q)
		{ message { id files { id name status } } userErrors { code path } } }`, application, ids, rand.Text()), nil)
	var data struct {
		SendMessage struct{ Message *struct{ ID string } }
	}
	if err := json.Unmarshal(a.Data, &data); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
	if m := data.SendMessage.Message; m != nil {
		messageID = m.ID
	}
	return messageID, string(a.Data)
}

// mustDo sends a mutation that nothing may be said against.
func (s *site) mustDo(t *testing.T, who, mutation string) string {
	t.Helper()
	a := s.ask(t, who, mutation, nil)
	if !strings.Contains(string(a.Data), `"userErrors":[]`) {
		t.Fatalf("%s is answered %s", mutation, a.body)
	}
	return string(a.Data)
}

// TestAFileIsSentWithAMessage sends files both ways: the two sides read them and
// nobody else, and a message that an operator removes takes its files along.
func TestAFileIsSentWithAMessage(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			application := s.names().show(t, "{{application-open-eve}}")
			addressed := func(who, id string) bool {
				return strings.Contains(string(s.ask(t, who, `{ upload(id: "`+id+`") { url } }`, nil).Data), "/files/"+id)
			}
			theirs := s.ready(t, "remy")
			if id, got := s.attach(t, "remy", application, theirs); id == "" || !strings.Contains(got, theirs) {
				t.Fatalf("the recruiter's file is not sent: %s", got)
			}
			file := s.ready(t, "eve")
			sent, got := s.attach(t, "eve", application, file)
			if sent == "" || !strings.Contains(got, file) {
				t.Fatalf("the talent's file is not sent: %s", got)
			}
			for who, sees := range map[string]bool{"eve": true, "remy": true, "ben": false, "dev": false, "grace": false, "olga": false, "stranger": false, "anonymous": false} {
				for _, id := range []string{file, theirs} {
					if got := addressed(who, id); got != sees {
						t.Errorf("%s has an address of %s: %v, want %v", who, id, got, sees)
					}
				}
			}
			s.refusesFiles(t, application, file, theirs)

			report := s.mustDo(t, "remy", `mutation { reportMessage(input: {messageId: "`+sent+`", reason: SCAM}) { messageReport { id } userErrors { code } } }`)
			if !addressed("olga", file) || addressed("olga", theirs) {
				t.Error("an operator reads the file of the reported message, and no other")
			}
			reportID := report[strings.Index(report, "mrp_"):]
			reportID = reportID[:strings.Index(reportID, `"`)]
			s.mustDo(t, "olga", `mutation { upholdMessageReport(input: {messageReportId: "`+reportID+`", expectedRevision: 1, finding: "It deceives."}) { userErrors { code } } }`)
			if _, err := s.worker.Drain(t.Context()); err != nil || s.kept(t) != 1 {
				t.Errorf("of a removed message %d files are kept, %v; want the other message's", s.kept(t), err)
			}
			for _, who := range []string{"eve", "remy", "olga"} {
				if addressed(who, file) {
					t.Errorf("%s still has an address of a removed file", who)
				}
			}
			if got := string(s.ask(t, "eve", `{ upload(id: "`+file+`") { status refusal } node(id: "`+sent+`") { ... on Message { files { id } } } }`, nil).Data); !strings.Contains(got, "REFUSED") || !strings.Contains(got, `"files":[]`) {
				t.Errorf("who sent it reads %s", got)
			}
			if !addressed("eve", theirs) {
				t.Error("the other message lost its file")
			}
		})
	}
}

// refusesFiles sends what may not be sent: what was used, is somebody else's, is
// not ready, or is too much. Nothing of it becomes a message.
func (s *site) refusesFiles(t *testing.T, application, used, theirs string) {
	t.Helper()
	mine := s.ready(t, "eve")
	waits := s.announce(t, "eve", "a.pdf", "application/pdf", len(pdf), hashOf(pdf)).ID
	many := make([]string, 11)
	for i := range many {
		many[i] = mine
	}
	count := func() string {
		return string(s.ask(t, "eve", `{ conversations(first: 5) { nodes { messages(first: 9) { nodes { id } } } } }`, nil).Data)
	}
	before := count()
	for want, ids := range map[string][]string{
		`{"code":"ALREADY_EXISTS","path":["uploadIds","0"]}`: {used},
		`{"code":"NOT_FOUND","path":["uploadIds","1"]}`:      {mine, theirs},
		`{"code":"ALREADY_EXISTS","path":["uploadIds","1"]}`: {mine, mine},
		`{"code":"INVALID_VALUE","path":["uploadIds","0"]}`:  {waits},
		`{"code":"LIMIT_REACHED","path":["uploadIds"]}`:      many,
	} {
		if id, got := s.attach(t, "eve", application, ids...); id != "" || !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if after := count(); after != before {
		t.Errorf("a refused message was kept: %s", after)
	}
	if got := s.change(t, "eve", "abandonUpload", `uploadId: "`+used+`"`); got.Upload != nil || got.UserErrors[0].Code != "ILLEGAL_TRANSITION" {
		t.Errorf("what was sent is given up: %+v", got)
	}
	if got := s.change(t, "eve", "abandonUpload", `uploadId: "`+mine+`"`); got.Upload == nil {
		t.Errorf("what was not sent is not given up: %+v", got)
	}
	if _, err := s.worker.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}
