package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"

	"github.com/rung-dev/rung/internal/gid"
)

// work is an operation as a client sends it, and the one statement that gives
// the same answer.
type work struct {
	name, as, document string
	variables          func() map[string]any
	sql                string
	args               func() []any
	writes             bool
}

const listingFields = `id title employerName workplace hours publishedAt fee { amount currency } hourlyPay { amount currency } skills { id name } employer { id name }`

// listingSQL is a page of listings; %s is where it begins.
const listingSQL = `SELECT json_build_object('listings', json_build_object('nodes', coalesce(json_agg(row ORDER BY published_at DESC, id DESC), '[]')))::text FROM (
	SELECT l.published_at, l.id, json_build_object('id', l.id, 'title', l.title, 'employerName', l.employer_name, 'workplace', l.workplace, 'hours', l.hours,
		'publishedAt', to_char(l.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
		'fee', json_build_object('amount', to_char(l.fee_minor / 100.0, 'FM999990.00'), 'currency', l.currency),
		'hourlyPay', json_build_object('amount', to_char(l.hourly_minor / 100.0, 'FM999990.00'), 'currency', l.currency),
		'skills', (SELECT coalesce(json_agg(json_build_object('id', k.id, 'name', k.name) ORDER BY k.name), '[]')
			FROM project_skills ps JOIN skills k ON k.id = ps.skill_id WHERE ps.micro_project_id = l.micro_project_id),
		'employer', json_build_object('id', e.id, 'name', e.name)) AS row
	FROM listings l JOIN employers e ON e.id = l.employer_org_id
	WHERE l.world_id = $1 AND l.status = 'OPEN' %s ORDER BY l.published_at DESC, l.id DESC LIMIT 20) page`

const projectSQL = `SELECT json_build_object('microProject', json_build_object('id', p.id, 'title', p.title, 'hours', p.hours,
	'fee', json_build_object('amount', to_char(p.fee_minor / 100.0, 'FM999990.00'), 'currency', p.currency),
	'employer', (SELECT json_build_object('id', e.id, 'name', e.name) FROM employers e WHERE e.id = p.employer_org_id),
	'skills', (SELECT coalesce(json_agg(json_build_object('id', k.id, 'name', k.name) ORDER BY k.name), '[]')
		FROM project_skills ps JOIN skills k ON k.id = ps.skill_id WHERE ps.micro_project_id = p.id),
	'plannedDeliverables', (SELECT coalesce(json_agg(json_build_object('id', d.id, 'title', d.title) ORDER BY d.position), '[]') FROM planned_deliverables d WHERE d.micro_project_id = p.id),
	'applications', json_build_object('nodes', (SELECT coalesce(json_agg(a.row ORDER BY a.submitted_at DESC, a.id DESC), '[]') FROM (
		SELECT a.submitted_at, a.id, json_build_object('id', a.id, 'status', a.status,
			'submittedAt', to_char(a.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
			'talent', json_build_object('id', t.id, 'displayName', coalesce(t.preferred_name, t.legal_name))) AS row
		FROM applications a JOIN talent_profiles t ON t.id = a.talent_id WHERE a.micro_project_id = p.id
		ORDER BY a.submitted_at DESC, a.id DESC LIMIT 10) a))))::text
	FROM micro_projects p WHERE p.id = $1 AND p.employer_org_id = $2`

// applySQL keeps what the verb keeps: the application, its event in two feeds,
// the audit row and the idempotency record.
const applySQL = `WITH a AS (
	INSERT INTO applications (id, created_at, updated_at, revision, world_id, owner_org_id, status, note, packet_name, packet_email, packet_resume_url, packet_linkedin_url,
		packet_skills, submitted_at, micro_project_id, talent_id, employer_org_id)
	SELECT gen_random_uuid(), now(), now(), 1, p.world_id, p.owner_org_id, 'SUBMITTED', $1, t.legal_name, t.email, t.resume_url, t.linkedin_url, '[]', now(), p.id, t.id, p.employer_org_id
	FROM micro_projects p, talent_profiles t WHERE p.id = $2 AND p.status = 'OPEN' AND t.id = $3
		AND NOT EXISTS (SELECT FROM applications b WHERE b.micro_project_id = p.id AND b.talent_id = t.id) RETURNING *),
e AS (INSERT INTO events (id, world_id, change_id, position, kind, subject_id, ids, occurred_at)
	SELECT gen_random_uuid(), world_id, gen_random_uuid(), 1, 'application.submitted', id, '{}', now() FROM a RETURNING *),
c AS (INSERT INTO feed_counters (id, sequence) SELECT unnest(ARRAY[talent_id, employer_org_id]), 1 FROM a ON CONFLICT (id) DO UPDATE SET sequence = feed_counters.sequence + 1 RETURNING *),
f AS (INSERT INTO feed_entries (id, party_id, sequence, event_id) SELECT gen_random_uuid(), c.id, c.sequence, e.id FROM c, e),
u AS (INSERT INTO audit_entries (id, world_id, change_id, verb, subjects, changed_fields, outcome, occurred_at)
	SELECT gen_random_uuid(), world_id, change_id, 'applyToMicroProject', '[]', '[]', 'DONE', now() FROM e),
k AS (INSERT INTO idempotency_records (id, actor, organization_id, verb, key, argument_hash, expires_at)
	SELECT gen_random_uuid(), talent_id::text, talent_id, 'applyToMicroProject', $4, '', now() FROM a)
SELECT json_build_object('applyToMicroProject', json_build_object('application', json_build_object('id', id, 'status', status), 'userErrors', '[]'::json))::text FROM a`

// works are what is measured.
func (w *world) works() ([]work, error) {
	none := func() map[string]any { return nil }
	page := `query { listings(first: 20) { nodes { ` + listingFields + ` } } }`
	deep := `query($after: String) { listings(first: 20, after: $after) { nodes { ` + listingFields + ` } } }`
	cursor, at, id, err := w.deep(20_000)
	if err != nil {
		return nil, err
	}
	project := `query($id: ID!) { microProject(id: $id) { id title hours fee { amount currency } employer { id name } skills { id name } plannedDeliverables { id title }
		applications(first: 10) { nodes { id status submittedAt talent { id displayName } } } } }`
	apply := `mutation($id: ID!, $note: String!, $key: String!) { applyToMicroProject(input: {microProjectId: $id, note: $note}) @idempotent(key: $key) {
		application { id status } userErrors { code } } }`
	const note = "I have done something like this in class and would like to do it for real."
	return []work{
		{"a page of 20 listings", "", page, none, fmt.Sprintf(listingSQL, ""), func() []any { return []any{gid.LiveWorld} }, false},
		{"a project with 10 applications", "bea", project, func() map[string]any { return map[string]any{"id": w.busy} },
			projectSQL, func() []any { return []any{w.busy, w.demo.IDs["basalt"]} }, false},
		{"a page 20,000 listings deep", "", deep, func() map[string]any { return map[string]any{"after": cursor} },
			fmt.Sprintf(listingSQL, "AND (l.published_at, l.id) < ($2, $3)"), func() []any { return []any{gid.LiveWorld, at, id} }, false},
		{"apply to a project", "ada", apply, func() map[string]any {
			return map[string]any{"id": w.next(), "note": note, "key": fmt.Sprintf("bench-%d", w.applied)}
		}, applySQL, func() []any { return []any{note, w.next(), w.demo.IDs["ada"], fmt.Sprintf("bench-%d", w.applied)} }, true},
	}, nil
}

// next is a project that ada has not applied to.
func (w *world) next() gid.ID {
	w.applied++
	return w.projects[w.applied%len(w.projects)]
}

// deep goes through the pages until n listings have been read.
func (w *world) deep(n int) (cursor, at string, id gid.ID, err error) {
	var page struct {
		Data struct {
			Listings struct {
				PageInfo struct{ EndCursor string }
				Nodes    []struct{ ID, PublishedAt string }
			}
		}
	}
	after := map[string]any{}
	for read := 0; read < n; read += 100 {
		body, err := w.answer(work{
			document:  `query($after: String) { listings(first: 100, after: $after) { pageInfo { endCursor } nodes { id publishedAt } } }`,
			variables: func() map[string]any { return after },
		}, w.handler)
		if err != nil {
			return "", "", gid.None, err
		}
		if err := json.Unmarshal(body, &page); err != nil || len(page.Data.Listings.Nodes) == 0 {
			return "", "", gid.None, fmt.Errorf("no page of listings in %.300s", body)
		}
		after["after"] = page.Data.Listings.PageInfo.EndCursor
	}
	nodes := page.Data.Listings.Nodes
	last := nodes[len(nodes)-1]
	id, err = gid.Parse(last.ID)
	return page.Data.Listings.PageInfo.EndCursor, last.PublishedAt, id, err
}

// request is the work as a client sends it.
func (w *world) request(ctx context.Context, work work) (*http.Request, error) {
	body, err := json.Marshal(map[string]any{"query": work.document, "variables": work.variables()})
	if err != nil {
		return nil, err
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if work.as != "" {
		r.Header.Set("Authorization", "Bearer "+w.tokens[work.as])
	}
	return r, nil
}

func (w *world) answer(work work, h http.Handler) ([]byte, error) {
	r, err := w.request(context.Background(), work)
	if err != nil {
		return nil, err
	}
	answered := httptest.NewRecorder()
	h.ServeHTTP(answered, r)
	return answered.Body.Bytes(), nil
}

// plain answers a work with its statement and nothing else.
func (w *world) plain(work work) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		var asked struct{ Variables map[string]any }
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			http.Error(out, err.Error(), http.StatusBadRequest)
			return
		}
		var data string
		if err := w.sql.QueryRowContext(r.Context(), work.sql, work.args()...).Scan(&data); err != nil {
			http.Error(out, err.Error(), http.StatusInternalServerError)
			return
		}
		out.Header().Set("Content-Type", "application/json")
		_, _ = out.Write([]byte(`{"data":` + data + `}`))
	})
}

var uuid = regexp.MustCompile(`"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"`)

// agree checks that the statement answers what the server answers; it spells ids
// as the database does.
func (w *world) agree(work work) error {
	ours, err := w.answer(work, w.handler)
	if err != nil {
		return err
	}
	theirs, err := w.answer(work, w.plain(work))
	if err != nil {
		return err
	}
	theirs = uuid.ReplaceAllFunc(theirs, func(quoted []byte) []byte {
		var id gid.ID
		if err := id.Scan(string(quoted[1 : len(quoted)-1])); err != nil {
			return quoted
		}
		return []byte(`"` + id.String() + `"`)
	})
	var a, b struct{ Data any }
	if err := json.Unmarshal(ours, &a); err != nil {
		return err
	}
	if err := json.Unmarshal(theirs, &b); err != nil {
		return err
	}
	if !reflect.DeepEqual(a.Data, b.Data) {
		return fmt.Errorf("the statement answers\n%.3000s\nand the server\n%.3000s", theirs, ours)
	}
	return nil
}

// failing reports whether an answer tells of an error.
func failing(body []byte) bool {
	return bytes.HasPrefix(body, []byte(`{"errors"`)) || bytes.Contains(body, []byte(`"userErrors":[{`))
}
