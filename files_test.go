package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/store/storetest"
)

// sentUpload is what a client reads of an upload.
type sentUpload struct {
	ID, Status, Refusal, URL string
	Target                   *struct{ URL string }
}

type uploadAnswer struct {
	Upload     *sentUpload
	UserErrors []struct {
		Code string
		Path []string
	}
}

// hashOf is the SHA-256 in hexadecimal digits.
func hashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// change sends one mutation about uploads.
func (s *site) change(t testing.TB, who, field, input string, key ...string) uploadAnswer {
	t.Helper()
	once := ""
	if len(key) > 0 {
		once = fmt.Sprintf(`@idempotent(key: %q)`, key[0])
	}
	a := s.ask(t, who, fmt.Sprintf(`mutation { %s(input: {%s}) %s { upload { id status refusal url target { url } } userErrors { code path } } }`, field, input, once), nil)
	var data map[string]uploadAnswer
	if err := json.Unmarshal(a.Data, &data); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
	return data[field]
}

// announce creates an upload of content, announced as it is unless told.
func (s *site) announce(t *testing.T, who, name, kind string, size int, hash string) sentUpload {
	t.Helper()
	a := s.change(t, who, "createUpload", fmt.Sprintf(`name: %q, contentType: %q, sizeBytes: %d, sha256: %q`, name, kind, size, hash))
	if a.Upload == nil || a.Upload.Target == nil {
		t.Fatalf("nothing was announced: %+v", a)
	}
	return *a.Upload
}

func (s *site) complete(t *testing.T, who, id string) uploadAnswer {
	t.Helper()
	return s.change(t, who, "completeUpload", `uploadId: "`+id+`"`, id)
}

// ready announces, sends and completes an upload.
func (s *site) ready(t *testing.T, who string) string {
	t.Helper()
	u := s.announce(t, who, "a.pdf", "application/pdf", len(pdf), hashOf(pdf))
	s.bytesOf(t, http.MethodPut, u.Target.URL, "application/pdf", bytes.NewReader(pdf))
	return s.complete(t, who, u.ID).Upload.ID
}

// bytesOf sends a request to a signed link.
func (s *site) bytesOf(t testing.TB, method, link, kind string, body io.Reader, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, strings.TrimPrefix(link, publicURL), body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// kept counts what lies in the folder.
func (s *site) kept(t *testing.T) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(s.files, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var (
	pdf  = append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("work "), 1000)...)
	page = []byte("<!DOCTYPE html><html><script>alert(1)</script></html>")
)

// unsized hides how much there is, as a chunked body does.
type unsized struct{ io.Reader }

func TestAFileIsSentHandedInAndFetched(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			n := s.names()
			u := s.announce(t, "lea", "über uns.pdf", "application/pdf", len(pdf), hashOf(pdf))
			if got := s.complete(t, "lea", u.ID); got.Upload != nil || got.UserErrors[0].Code != "ILLEGAL_TRANSITION" {
				t.Errorf("it is completed before it came: %+v", got)
			}
			if got := s.bytesOf(t, http.MethodPut, u.Target.URL, "application/pdf", unsized{bytes.NewReader(pdf)}); got.Code != http.StatusNoContent {
				t.Fatalf("sending it is answered with %d", got.Code)
			}
			if got := s.bytesOf(t, http.MethodPut, u.Target.URL, "application/pdf", bytes.NewReader(pdf)); got.Code != http.StatusConflict || s.kept(t) != 1 {
				t.Errorf("sending it twice is answered with %d, and %d are kept", got.Code, s.kept(t))
			}
			for _, who := range []string{"ben", "sol", "dev", "stranger"} {
				if got := s.complete(t, who, u.ID); got.Upload != nil {
					t.Errorf("%s completes it: %+v", who, got)
				}
			}
			done := s.complete(t, "lea", u.ID)
			if again := s.complete(t, "lea", u.ID); again.Upload == nil || again.Upload.Status != "READY" {
				t.Errorf("completing it again under the same key answers %+v", again)
			}
			if done.Upload == nil || done.Upload.Status != "READY" || done.Upload.URL == "" {
				t.Fatalf("it is not ready: %+v", done)
			}
			read := func(who string) string {
				return string(s.ask(t, who, `{ upload(id: "`+u.ID+`") { name sha256 url } }`, nil).Data)
			}
			for _, who := range []string{"sol", "ben", "dev", "stranger", "anonymous"} {
				if got := read(who); got != `{"upload":null}` {
					t.Errorf("before it is handed in, %s reads %s", who, got)
				}
			}
			handIn := n.show(t, `mutation { submitDeliverable(input: {deliverableId: "{{deliverable-in-progress-3}}", expectedRevision: {{deliverable-in-progress-3.revision}}, uploadIds: ["`+u.ID+`"]})
				{ submission { files { id name contentType sizeBytes sha256 status } } userErrors { code path } } }`)
			if a := s.ask(t, "lea", handIn, nil); !strings.Contains(string(a.Data), hashOf(pdf)) {
				t.Fatalf("it is not handed in: %s", a.body)
			}
			for who, sees := range map[string]bool{"lea": true, "sol": true, "ben": false, "dev": false, "lena": false, "stranger": false, "anonymous": false} {
				if got := strings.Contains(read(who), "/files/"+u.ID); got != sees {
					t.Errorf("after it is handed in, %s has an address: %v, want %v", who, got, sees)
				}
			}
			if got := s.change(t, "lea", "abandonUpload", `uploadId: "`+u.ID+`"`); got.Upload != nil || got.UserErrors[0].Code != "ILLEGAL_TRANSITION" {
				t.Errorf("what was handed in is given up: %+v", got)
			}
			var seen struct{ Upload sentUpload }
			if err := json.Unmarshal([]byte(read("sol")), &seen); err != nil {
				t.Fatal(err)
			}
			s.isFetched(t, seen.Upload.URL)
		})
	}
}

// isFetched fetches the file, whole and in part, and with a link that is spoilt.
func (s *site) isFetched(t *testing.T, link string) {
	t.Helper()
	w := s.bytesOf(t, http.MethodGet, link, "", nil)
	if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), pdf) {
		t.Fatalf("got %d and %d bytes", w.Code, w.Body.Len())
	}
	for name, want := range map[string]string{
		"Content-Type": "application/pdf", "Content-Disposition": "attachment; filename*=utf-8''%C3%BCber%20uns.pdf",
		"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if part := s.bytesOf(t, http.MethodGet, link, "", nil, "Range", "bytes=0-7"); part.Code != http.StatusPartialContent || part.Body.String() != "%PDF-1.7" {
		t.Errorf("a part is answered with %d %q", part.Code, part.Body)
	}
	id := link[strings.Index(link, "upl_"):strings.Index(link, "?")]
	for name, spoilt := range map[string]string{
		"another signature": link[:len(link)-3] + "AAA", "no signature": link[:strings.Index(link, "&signature")],
		"another end": strings.Replace(link, "expires=1", "expires=2", 1), "another upload": strings.Replace(link, id, id[:len(id)-6]+"zz"+id[len(id)-4:], 1),
		"a path": strings.Replace(link, id, "..%2f..%2fsecret", 1),
	} {
		if got := s.bytesOf(t, http.MethodGet, spoilt, "", nil); got.Code != http.StatusForbidden || got.Body.Len() > 0 {
			t.Errorf("%s is answered with %d %s", name, got.Code, got.Body)
		}
	}
	if got := s.bytesOf(t, http.MethodPut, link, "application/pdf", bytes.NewReader(pdf)); got.Code != http.StatusForbidden {
		t.Errorf("a link to fetch lets one send: %d", got.Code)
	}
	s.wait(6 * time.Minute)
	if got := s.bytesOf(t, http.MethodGet, link, "", nil); got.Code != http.StatusForbidden {
		t.Errorf("a link that has ended is answered with %d", got.Code)
	}
}

func TestOnlyWhatWasAnnouncedIsTaken(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			u := s.announce(t, "lea", "a.pdf", "application/pdf", len(pdf), hashOf(pdf))
			longer := append(bytes.Clone(pdf), 'x')
			for name, c := range map[string]struct {
				kind string
				body io.Reader
				want int
			}{
				"a longer body":            {"application/pdf", bytes.NewReader(longer), http.StatusRequestEntityTooLarge},
				"a longer body, unsaid":    {"application/pdf", unsized{bytes.NewReader(longer)}, http.StatusRequestEntityTooLarge},
				"a shorter body":           {"application/pdf", bytes.NewReader(pdf[1:]), http.StatusBadRequest},
				"a body cut short, unsaid": {"application/pdf", unsized{bytes.NewReader(pdf[1:])}, http.StatusBadRequest},
				"another type":             {"text/html", bytes.NewReader(pdf), http.StatusUnsupportedMediaType},
				"no body":                  {"application/pdf", http.NoBody, http.StatusBadRequest},
			} {
				if got := s.bytesOf(t, http.MethodPut, u.Target.URL, c.kind, c.body); got.Code != c.want || s.kept(t) != 0 {
					t.Errorf("%s is answered with %d, want %d, and %d are kept", name, got.Code, c.want, s.kept(t))
				}
			}
			s.wait(20 * time.Minute)
			if got := s.bytesOf(t, http.MethodPut, u.Target.URL, "application/pdf", bytes.NewReader(pdf)); got.Code != http.StatusForbidden {
				t.Errorf("after its end the link is answered with %d", got.Code)
			}
			for name, c := range map[string]struct {
				content []byte
				hash    string
			}{
				"other bytes": {pdf, hashOf(page)}, "a page called a PDF": {page, hashOf(page)},
			} {
				bad := s.announce(t, "lea", "a.pdf", "application/pdf", len(c.content), c.hash)
				if got := s.bytesOf(t, http.MethodPut, bad.Target.URL, "application/pdf", bytes.NewReader(c.content)); got.Code != http.StatusNoContent {
					t.Fatalf("%s: sending is answered with %d", name, got.Code)
				}
				if got := s.complete(t, "lea", bad.ID); got.Upload == nil || got.Upload.Status != "REFUSED" || got.Upload.Refusal == "" || got.Upload.URL != "" {
					t.Errorf("%s: got %+v", name, got.Upload)
				}
			}
			if _, err := s.worker.Drain(t.Context()); err != nil || s.kept(t) != 0 {
				t.Errorf("refused files are kept: %d, %v", s.kept(t), err)
			}
		})
	}
}

func TestAFileThatNobodyHandsInIsRemoved(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			for name, end := range map[string]func(id string) (status string){
				"ABANDONED": func(id string) string {
					return s.change(t, "bea", "abandonUpload", `uploadId: "`+id+`"`).Upload.Status
				},
				"EXPIRED": func(id string) string {
					s.wait(7*24*time.Hour + time.Minute)
					if _, err := s.worker.Drain(t.Context()); err != nil {
						t.Fatal(err)
					}
					return string(s.ask(t, "bea", `{ upload(id: "`+id+`") { status } }`, nil).Data)
				},
			} {
				u := s.announce(t, "bea", "a.pdf", "application/pdf", len(pdf), hashOf(pdf))
				s.bytesOf(t, http.MethodPut, u.Target.URL, "application/pdf", bytes.NewReader(pdf))
				link := s.complete(t, "bea", u.ID).Upload.URL
				if got := end(u.ID); !strings.Contains(got, name) {
					t.Errorf("got %s, want %s", got, name)
				}
				if _, err := s.worker.Drain(t.Context()); err != nil || s.kept(t) != 0 {
					t.Errorf("%s files are kept: %d, %v", name, s.kept(t), err)
				}
				if got := s.bytesOf(t, http.MethodGet, link, "", nil); got.Code == http.StatusOK {
					t.Errorf("%s files are given", name)
				}
			}
		})
	}
}

// What waits is counted, an upload is used once, and another's cannot be handed
// in.
func TestUploadsAreFewAndUsedOnce(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			n := s.names()
			mine, theirs := s.ready(t, "lea"), s.ready(t, "ben")
			waits := s.announce(t, "lea", "a.pdf", "application/pdf", len(pdf), hashOf(pdf)).ID
			handIn := func(ids ...string) string {
				list, err := json.Marshal(ids)
				if err != nil {
					t.Fatal(err)
				}
				return string(s.ask(t, "lea", n.show(t, `mutation { submitDeliverable(input: {deliverableId: "{{deliverable-in-progress-3}}",
					expectedRevision: {{deliverable-in-progress-3.revision}}, uploadIds: `+string(list)+`}) { userErrors { code path } } }`), nil).Data)
			}
			for want, ids := range map[string][]string{
				`{"code":"NOT_FOUND","path":["uploadIds","1"]}`:      {mine, theirs},
				`{"code":"ALREADY_EXISTS","path":["uploadIds","1"]}`: {mine, mine},
				`{"code":"INVALID_VALUE","path":["uploadIds","0"]}`:  {waits},
				`{"code":"INVALID_VALUE","path":["uploadIds"]}`:      {mine, mine, mine, mine, mine, mine, mine, mine, mine, mine, mine},
			} {
				if got := handIn(ids...); !strings.Contains(got, want) {
					t.Errorf("got %s, want %s", got, want)
				}
			}
			if got := handIn(mine); !strings.Contains(got, `"userErrors":[]`) {
				t.Fatalf("it is not handed in: %s", got)
			}
			sent := n.show(t, `mutation { requestDeliverableRevision(input: {deliverableId: "{{deliverable-in-progress-3}}", expectedRevision: {{deliverable-in-progress-3.revision}}, reasons: ["More."]}) { userErrors { code } } }`)
			if a := s.ask(t, "sol", sent, nil); !strings.Contains(string(a.Data), `"userErrors":[]`) {
				t.Fatalf("it is not sent back: %s", a.body)
			}
			if got := handIn(mine); !strings.Contains(got, `{"code":"ALREADY_EXISTS","path":["uploadIds","0"]}`) {
				t.Errorf("what was handed in is handed in again: %s", got)
			}
			for range 49 {
				s.announce(t, "lea", "a.pdf", "application/pdf", 1, hashOf(pdf))
			}
			full := s.change(t, "lea", "createUpload", fmt.Sprintf(`name: "a.pdf", contentType: "application/pdf", sizeBytes: 1, sha256: %q`, hashOf(pdf)))
			if full.Upload != nil || full.UserErrors[0].Code != "LIMIT_REACHED" {
				t.Errorf("the 51st is announced: %+v", full)
			}
		})
	}
}

// A request has five seconds to come, and a file has longer: its sender only
// may not fall silent.
func TestASlowSenderIsWaitedFor(t *testing.T) {
	t.Parallel()
	s := open(t, storetest.Engines[0])
	u := s.announce(t, "lea", "a.pdf", "application/pdf", len(pdf), hashOf(pdf))
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.server.Serve(ctx, l) }()
	body, sender := io.Pipe()
	go func() {
		_, _ = sender.Write(pdf[:100])
		time.Sleep(6 * time.Second)
		_, _ = sender.Write(pdf[100:])
		_ = sender.Close()
	}()
	link := "http://" + l.Addr().String() + strings.TrimPrefix(u.Target.URL, publicURL)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, link, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/pdf")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusNoContent || s.kept(t) != 1 {
		t.Errorf("a slow sender is answered with %d, and %d are kept", answer.StatusCode, s.kept(t))
	}
	http.DefaultClient.CloseIdleConnections()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Of two who send the same file at once, one is taken, and only its bytes stay.
func TestOneOfTwoSendersIsTaken(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			s := open(t, engineName)
			u := s.announce(t, "lea", "a.pdf", "application/pdf", len(pdf), hashOf(pdf))
			codes := make(chan int, 8)
			for range cap(codes) {
				go func() {
					codes <- s.bytesOf(t, http.MethodPut, u.Target.URL, "application/pdf", bytes.NewReader(pdf)).Code
				}()
			}
			taken := 0
			for range cap(codes) {
				switch code := <-codes; code {
				case http.StatusNoContent:
					taken++
				case http.StatusConflict:
				default:
					t.Errorf("a sender is answered with %d", code)
				}
			}
			if taken != 1 || s.kept(t) != 1 {
				t.Errorf("%d are taken and %d are kept, want one", taken, s.kept(t))
			}
		})
	}
}
