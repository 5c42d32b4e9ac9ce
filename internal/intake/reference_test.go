package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// All rows of the lists inside the binary, twice on both engines: the second
// time nothing moves, and both engines end up with the same rows.
func TestTheReferenceDataTwice(t *testing.T) {
	t.Parallel()
	var ends sync.Map
	t.Run("on", func(t *testing.T) {
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			imported(t, db, Occupations, inside(Occupations))
			begun := time.Now()
			reports, err := LoadReference(t.Context(), db)
			if err != nil || len(reports) != 2 {
				t.Fatalf("got %v, %v, want the two kinds that were missing", reports, err)
			}
			wantReport(t, reports[Institutions], "created 10251, updated 0, unchanged 0, refused 0")
			wantReport(t, reports[Skills], "created 8811, updated 0, unchanged 0, refused 0")
			first, once := hashOf(t, db, false), time.Now()
			for _, list := range shipped {
				wantReport(t, imported(t, db, list.kind, inside(list.kind)), fmt.Sprintf("created 0, updated 0, unchanged %d, refused 0", list.rows))
			}
			twice := time.Now()
			if reports, err := LoadReference(t.Context(), db); err != nil || len(reports) != 0 {
				t.Errorf("got %v, %v, want nothing to do", reports, err)
			}
			t.Logf("first %s, again %s, and a start that finds them there %s", once.Sub(begun).Round(time.Millisecond),
				twice.Sub(once).Round(time.Millisecond), time.Since(twice).Round(100*time.Microsecond))
			if hashOf(t, db, false) != first {
				t.Error("the second import moved a row")
			}
			ends.Store(hashOf(t, db, true), true)
		})
	})
	var different int
	ends.Range(func(any, any) bool { different++; return true })
	if different != 1 {
		t.Error("the engines hold different rows")
	}
}

// hashOf is a hash of every column of the three tables; across databases it
// leaves out ids and instants, which differ.
func hashOf(t *testing.T, db *store.DB, across bool) string {
	t.Helper()
	// Sorted here: PostgreSQL sorts by its own rules where a column does not say.
	institutions := ask(t, db.Read.Institution.Query().All)
	slices.SortFunc(institutions, func(a, b *ent.Institution) int { return strings.Compare(*a.Reference, *b.Reference) })
	skills := ask(t, db.Read.Skill.Query().All)
	slices.SortFunc(skills, func(a, b *ent.Skill) int { return strings.Compare(a.Reference, b.Reference) })
	occupations := ask(t, db.Read.Occupation.Query().All)
	slices.SortFunc(occupations, func(a, b *ent.Occupation) int { return strings.Compare(a.Code, b.Code) })
	for _, i := range institutions {
		if across {
			i.ID, i.CreatedAt, i.UpdatedAt = gid.None, time.Time{}, time.Time{}
		}
	}
	for _, s := range skills {
		if across {
			s.ID = gid.None
		}
	}
	for _, o := range occupations {
		if across {
			o.ID = gid.None
		}
	}
	all, err := json.Marshal([]any{institutions, skills, occupations})
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(all)
	return hex.EncodeToString(sum[:])
}

func TestTheReferenceFilesAreSound(t *testing.T) {
	t.Parallel()
	var size int64
	err := fs.WalkDir(reference, ".", func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		size += info.Size()
		return err
	})
	if err != nil || size > 1<<20 {
		t.Errorf("they have %d bytes, %v, want less than a megabyte in the binary", size, err)
	}
	for _, list := range shipped {
		f, err := inside(list.kind)()
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(f)
		if err != nil || f.Close() != nil || !utf8.Valid(all) || bytes.Contains(all, []byte("\r")) {
			t.Errorf("%s: %v, or its lines do not end as ours do", list.kind, err)
		}
		if rows := bytes.Count(all, []byte("\n")) - 1; rows != list.rows {
			t.Errorf("%s has %d rows; write so in shipped", list.kind, rows)
		}
	}
}
