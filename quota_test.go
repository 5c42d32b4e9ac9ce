package main

import (
	"encoding/json"
	"net/http"
	"strconv"
	"testing"
	"time"
)

// A caller who asks for more than the quota waits; others do not, and what was
// estimated and not used comes back.
func TestTheQuotaOfACaller(t *testing.T) {
	onEachWith(t, map[string]string{"RUNG_QUOTA": "25000", "RUNG_QUOTA_PER_SECOND": "1"}, func(t *testing.T, s *site) {
		p := register(t, s, `"projects:read"`)
		token := p.token(t, "organization="+p.basalt())
		public := p.token(t, "")
		const dear = `{ microProjects(first: 50) { nodes { title institutions { name } skills { name } } } rateLimit { limit remaining restoredPerSecond cost fullAt } }`
		refused := 0
		var first struct {
			Data struct {
				RateLimit struct {
					Limit, Remaining, RestoredPerSecond, Cost int
					FullAt                                    time.Time
				}
			}
			Extensions struct {
				Cost struct{ Estimated, Actual int }
			}
		}
		for i := range 2000 {
			w := s.asks(t, token, "", dear)
			if i == 0 {
				if err := json.Unmarshal(w.Body.Bytes(), &first); err != nil || first.Data.RateLimit.Limit != 25000 || first.Data.RateLimit.Cost != first.Extensions.Cost.Estimated ||
					first.Data.RateLimit.Remaining != 25000-first.Data.RateLimit.Cost || w.Header().Get("RateLimit") == "" || w.Header().Get("RateLimit-Policy") != `"cost";q=25000;w=25000` {
					t.Fatalf("got %s, %v, %v", w.Body, w.Header(), err)
				}
				if first.Extensions.Cost.Actual >= first.Extensions.Cost.Estimated {
					t.Fatalf("nothing was estimated too high: %s", w.Body)
				}
			}
			if w.Code == http.StatusTooManyRequests {
				refused = i
				wait, err := strconv.Atoi(w.Header().Get("Retry-After"))
				var told struct {
					Data   json.RawMessage
					Errors []struct {
						Extensions struct {
							Code      string
							Retryable bool
						}
					}
				}
				if json.Unmarshal(w.Body.Bytes(), &told) != nil || err != nil || wait < 1 || told.Data != nil || told.Errors[0].Extensions.Code != "RATE_LIMITED" || !told.Errors[0].Extensions.Retryable {
					t.Errorf("got %s, %v", w.Body, w.Header())
				}
				break
			}
		}
		// As many as the actual cost allows, and more than the estimates would.
		most := 25000 / first.Extensions.Cost.Estimated
		if refused <= most {
			t.Errorf("refused after %d operations, want more than the %d that were estimated", refused, most)
		}
		if w := s.asks(t, public, "", dear); w.Code != http.StatusOK {
			t.Errorf("the same client for nobody is answered %d", w.Code)
		}
		if a := s.ask(t, "bea", dear, nil); a.Status != http.StatusOK {
			t.Errorf("a person of the same organisation is answered %d", a.Status)
		}
	})
}
