package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/clientsecret"
	"github.com/rung-dev/rung/ent/gen/ent/event"
	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/callback"
	"github.com/rung-dev/rung/internal/career/issuer"
	"github.com/rung-dev/rung/internal/cli"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/file"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
	"github.com/rung-dev/rung/internal/web"
)

const (
	publicURL    = "http://127.0.0.1:8080"
	serverSecret = "a secret of the tests and of nobody else"
)

// paymentSecret is what callbacks are signed with.
var paymentSecret = config.NewSecret("a secret of the provider and of nobody else")

// demoWorld is the demo world, filled once for each engine and copied for each
// test.
var demoWorld = storetest.NewTemplate(func(ctx context.Context, e *engine.Engine) error {
	if err := store.Migrate(ctx, e); err != nil {
		return err
	}
	filled, err := demo.Fill(ctx, e, demo.Options{Issuer: publicURL + "/local", Reactions: reactions})
	if err == nil {
		err = outside.seeded(ctx, e)
	}
	story.Lock()
	defer story.Unlock()
	if err == nil && story.world.IDs != nil && !maps.Equal(story.world.IDs, filled.IDs) {
		return errors.New("the demo world has other ids on the other engine")
	}
	story.world = filled
	return err
})

// story is what the demo world is made of, the same on both engines.
var story storyOf

type storyOf struct {
	sync.Mutex
	world demo.World
}

// site is the API over a copy of the demo world, with a clock that moves a
// minute with each request.
type site struct {
	db      *store.DB
	server  *web.Server
	handler http.Handler
	local   *auth.Local
	clients *auth.Clients
	world   demo.World
	worker  *job.Worker
	files   string // the folder that keeps them
	config  config.Config
	keep    func(context.Context) error

	mu     sync.Mutex
	now    time.Time
	asked  int
	tokens map[string]string
}

func open(t testing.TB, engineName string) *site {
	t.Helper()
	return serve(t, demoWorld.Fresh(t, engineName), &story, nil)
}

// serve is the API over a database in which a story was told.
func serve(t testing.TB, options engine.Options, told *storyOf, more map[string]string) *site {
	t.Helper()
	e, err := engine.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{now: demo.Ended.Add(time.Hour), tokens: map[string]string{}}
	s.db = store.New(e, store.WithClock(s.clock), store.WithRandom(demo.Random(2)))
	t.Cleanup(func() { _ = s.db.Close() })
	told.Lock()
	s.world = told.world
	told.Unlock()
	settings := map[string]string{"RUNG_DATA_DIR": t.TempDir(), "RUNG_SECRET": serverSecret, "RUNG_PAYMENT_SECRET": paymentSecret.Reveal()}
	maps.Copy(settings, more)
	c, err := config.Read(func(name string) string { return settings[name] })
	if err != nil {
		t.Fatal(err)
	}
	s.config = c
	if s.local, err = auth.OpenLocal(c); err != nil {
		t.Fatal(err)
	}
	sandboxes, err := auth.OpenSandboxes(c)
	if err != nil {
		t.Fatal(err)
	}
	sessions, err := auth.OpenSessions(c)
	if err != nil {
		t.Fatal(err)
	}
	if s.clients, err = auth.OpenClients(c); err != nil {
		t.Fatal(err)
	}
	issuers, err := auth.Trust(t.Context(), append(s.clients.Issuers(), s.local.Issuer(), sandboxes.Issuer(), sessions.Issuer()), abroad())
	if err != nil {
		t.Fatal(err)
	}
	shelf, err := file.Open(t.Context(), c, s.db.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shelf.Close() })
	s.files = filepath.Join(c.DataDir, "files")
	follow := shelf.Reactions(reactions)
	follow[issuer.AskIdentityIssuer] = auth.Asking(abroad())
	served, err := cli.Site(c, s.db, shelf, follow, issuers.Authenticate, outside.watch)
	if err != nil {
		t.Fatal(err)
	}
	s.server, s.keep = web.New(served), served.Keep
	s.handler = outside.overhears(s.server.Handler())
	s.worker = &job.Worker{DB: s.db, Handlers: follow, Name: "test"}
	return s
}

func (s *site) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *site) wait(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// token is one of the people's of the demo world, of a signed-in stranger, or
// empty for the anonymous.
func (s *site) token(t testing.TB, who string) string {
	t.Helper()
	if who == "anonymous" {
		return ""
	}
	if named, isClient := strings.CutPrefix(who, "client "); isClient {
		return s.clientToken(t, named)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.tokens[who]; ok {
		return known
	}
	if subject, by, signs := strings.Cut(who, " by "); signs {
		s.tokens[who] = vouched(t, subject, by, len(s.tokens))
		return s.tokens[who]
	}
	claims := auth.Claims{Subject: who, Name: who, Email: who + "@elsewhere.example"}
	if p, known := s.world.People[who]; known {
		claims = auth.Claims{Subject: p.Subject, Name: p.Name, Email: p.Email, Org: p.Organization}
	}
	if name, of, acts := strings.Cut(who, " of "); acts {
		org, err := gid.Parse(of)
		if err != nil {
			t.Fatal(err)
		}
		claims = auth.Claims{Subject: name, Name: name, Email: name + "@elsewhere.example", Org: org}
	}
	minted, err := s.local.Mint(claims)
	if err != nil {
		t.Fatal(err)
	}
	s.tokens[who] = minted
	return minted
}

// clientToken is one of an API client's, named by its id, and by the organisation
// for which it acts: as from /oauth/token, with all that it was granted.
func (s *site) clientToken(t testing.TB, named string) string {
	t.Helper()
	id, of, _ := strings.Cut(named, " of ")
	claims := auth.ClientClaims{}
	for text, into := range map[string]*gid.ID{id: &claims.Client, of: &claims.Org} {
		if err := into.UnmarshalText([]byte(text)); err != nil && text != "" {
			t.Fatal(err)
		}
	}
	ctx := viewer.With(t.Context(), viewer.System("a test asks as an API client"))
	secret, err := s.db.Read.ClientSecret.Query().Where(clientsecret.ClientID(claims.Client)).Order(ent.Desc(clientsecret.FieldCreatedAt)).First(ctx)
	if err != nil {
		t.Fatal(err)
	}
	claims.Secret = secret.ID
	for _, e := range viewer.Catalog() {
		claims.Scopes = append(claims.Scopes, e.Scope)
	}
	minted, err := s.clients.Mint(claims)
	if err != nil {
		t.Fatal(err)
	}
	return minted
}

type answer struct {
	Status     int
	Data       json.RawMessage `json:"data"`
	Errors     json.RawMessage `json:"errors"`
	Extensions json.RawMessage `json:"extensions"`
	body       []byte
}

// ask sends one document as somebody.
func (s *site) ask(t testing.TB, who, document string, variables map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return s.post(t, who, body)
}

// tell sends a payment provider's callback, signed now.
func (s *site) tell(t testing.TB, body string) int {
	t.Helper()
	s.wait(time.Minute)
	body = strings.ReplaceAll(body, "(now)", s.clock().UTC().Format(time.RFC3339Nano))
	stamp := strconv.FormatInt(s.clock().Unix(), 10)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/payments/callback", strings.NewReader(body))
	r.Header.Set(callback.TimestampHeader, stamp)
	r.Header.Set(callback.SignatureHeader, hex.EncodeToString(callback.Sign(paymentSecret, stamp, []byte(body))))
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w.Code
}

// accessToken are the fields that tell a token: to a sandbox's owner, of the people
// in it, and to an API client, for its web pages.
var accessToken = regexp.MustCompile(`"(accessToken|embedToken)":"[^"]+"`)

func (s *site) post(t testing.TB, who string, body []byte) answer {
	t.Helper()
	s.wait(time.Minute)
	s.mu.Lock()
	s.asked++
	id := fmt.Sprintf("request-%04d", s.asked)
	s.mu.Unlock()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Request-Id", id)
	if token := s.token(t, who); token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	a := answer{Status: w.Code, body: w.Body.Bytes()}
	if leak := inside.Find(accessToken.ReplaceAll(a.body, nil)); leak != nil {
		t.Errorf("the answer tells of the inside, %q: %.300s", leak, a.body)
	}
	if err := json.Unmarshal(a.body, &a); err != nil {
		t.Fatalf("the answer is no JSON: %v\n%s", err, a.body)
	}
	return a
}

// happened are the events after those already seen, in the order in which they
// were recorded, as lines a story can hold.
func (s *site) happened(t testing.TB, seen map[gid.ID]bool) []*ent.Event {
	t.Helper()
	ctx := viewer.With(t.Context(), viewer.System("a test looks at what happened"))
	all, err := s.db.Read.Event.Query().
		Order(ent.Asc(event.FieldOccurredAt, event.FieldChangeID, event.FieldPosition)).All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var fresh []*ent.Event
	for _, e := range all {
		if !seen[e.ID] {
			seen[e.ID] = true
			fresh = append(fresh, e)
		}
	}
	return fresh
}

// anyID is an id, or the token of an invitation.
var anyID = regexp.MustCompile(`\b(?:[a-z]{3}_[0-9a-z]{26}|ivt_[0-9a-z]{52})\b`)

// names turns ids into names and back: those of the demo world, and for new
// ones their prefix with a number, in the order in which a story meets them.
type names struct {
	byID, byName map[string]string
	count        map[string]int
	read         *ent.Client
}

func (s *site) names() *names {
	n := &names{byID: map[string]string{}, byName: map[string]string{}, count: map[string]int{}}
	for name, id := range s.world.IDs {
		n.byID[id.String()], n.byName[name] = name, id.String()
	}
	random := demo.Random(3)
	for noun := gid.Institution; noun.Prefix() != ""; noun++ {
		if id, err := gid.New(noun, demo.Ended, random); err == nil {
			name := "no-such-" + noun.Prefix()
			n.byID[id.String()], n.byName[name] = name, id.String()
		}
	}
	n.read = s.db.Read
	return n
}

// minted are what is told once and drawn anew each time: secrets and tokens.
var minted = regexp.MustCompile(`rungs_[\w-]{43}|eyJ[\w-]+\.[\w-]+\.[\w-]+`)

func (n *names) hide(text string) string {
	text = minted.ReplaceAllString(text, "(told once)")
	return anyID.ReplaceAllStringFunc(text, func(id string) string {
		name, known := n.byID[id]
		if !known {
			prefix := id[:3]
			n.count[prefix]++
			name = fmt.Sprintf("%s-%d", prefix, n.count[prefix])
			n.byID[id], n.byName[name] = name, id
		}
		return "{{" + name + "}}"
	})
}

var placeholder = regexp.MustCompile(`\{\{([a-z0-9-]+)(\.revision)?\}\}`)

func (n *names) show(t testing.TB, text string) string {
	t.Helper()
	return placeholder.ReplaceAllStringFunc(text, func(match string) string {
		name, revision := strings.CutSuffix(match[2:len(match)-2], ".revision")
		shown, known := n.byName[name]
		if !known {
			t.Fatalf("the story names {{%s}}, which neither the demo world nor an earlier answer has", name)
		}
		if !revision {
			return shown
		}
		id, err := gid.Parse(shown)
		if err != nil {
			t.Fatal(err)
		}
		now, err := demo.Revision(viewer.With(t.Context(), viewer.System("a test reads a revision")), n.read, id)
		if err != nil {
			t.Fatal(err)
		}
		return strconv.Itoa(now)
	})
}
