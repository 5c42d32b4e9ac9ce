package intake

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent/auditentry"
	"github.com/rung-dev/rung/ent/gen/ent/skill"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
)

const skillsHeader = "name,kind,category,description,hot,in_demand,occupations"

func TestSkills(t *testing.T) {
	t.Parallel()
	// With a mark, CRLF, columns in another order, blank lines and a quoted newline.
	file := "\ufeff" + strings.ReplaceAll(table(
		"kind,name,category,hot,in_demand,occupations,description",
		`skill,Reading  Comprehension,O*NET 2.A.1.a,,,,"Understanding sentences`, `and ""paragraphs""."`,
		"",
		"technology,Café Manager,Food service software,Y,n,12,",
		"TECHNOLOGY,Cafe\u0301 manager,Food service software,Y,N,12,",
		"",
		"knowledge,Mathematics,O*NET 2.C.4.a,,,,",
		"skill,Mathematics,O*NET 2.A.1.e,,,,",
		"sport,Running,x,,,,",
		"skill,,x,,,,",
		"skill,"+strings.Repeat("m", 201)+",x,,,,",
		"skill,Bell\a,x,,,,",
		"skill,Short row,x",
		"skill,Long row,x,,,,,",
		"skill,Odd marks,x,maybe,1,-3,",
		"skill,\u0301,x,,,,",
		"skill,"+strings.Repeat("ﷺ", 200)+",x,,,,",
	), "\n", "\r\n")
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		refused := []string{
			"line 6: Line 5 tells of the same skill and is kept.",
			"line 10: kind: Write skill, knowledge or technology.",
			"line 11: name: Write 1 to 200 characters here.",
			"line 12: name: Write 1 to 200 characters here.",
			"line 13: name: Leave out control characters and marks that turn the direction of text.",
			"line 14: The row has 3 columns, and the header 7.",
			"line 15: The row has 8 columns, and the header 7.",
			"line 16: hot: Write Y, N or nothing. in_demand: Write Y, N or nothing. occupations: Write a whole number or nothing.",
			"line 17: name: Write something that shows.",
		}
		wantReport(t, imported(t, db, Skills, content(file)), append(refused, "created 5, updated 0, unchanged 0, refused 9")...)
		wantReport(t, imported(t, db, Skills, content(file)), append(refused, "created 0, updated 0, unchanged 5, refused 9")...)
		s := ask(t, db.Read.Skill.Query().Where(skill.Reference("technology | cafe manager")).Only)
		if s.Name != "Café Manager" || !*s.IsHot || *s.IsInDemand || *s.OccupationCount != 12 || s.Description != nil {
			t.Errorf("got %v", s)
		}
		s = ask(t, db.Read.Skill.Query().Where(skill.Reference("skill | reading comprehension")).Only)
		if *s.Description != "Understanding sentences\nand \"paragraphs\"." || s.IsHot != nil || s.IsInDemand != nil || s.OccupationCount != nil {
			t.Errorf("got %v", s)
		}
	})
}

func TestSkillsThatChanged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		imported(t, db, Skills, content(table(skillsHeader, "Go,technology,Languages,A language.,Y,Y,7", "Rust,technology,Languages,,N,N,3")))
		before := ask(t, db.Read.Skill.Query().Where(skill.Name("Go")).Only)
		wantReport(t, imported(t, db, Skills, content(table(skillsHeader, "GO,technology,Languages,,,N,8"))),
			"created 0, updated 1, unchanged 0, refused 0")
		s := ask(t, db.Read.Skill.Query().Where(skill.Name("GO")).Only)
		if s.ID != before.ID || s.Description != nil || s.IsHot != nil || *s.IsInDemand || *s.OccupationCount != 8 {
			t.Errorf("got %v", s)
		}
		if n := ask(t, db.Read.Skill.Query().Count); n != 2 {
			t.Errorf("%d skills, want the one that the second file leaves out as well", n)
		}
	})
}

func TestBatchesAreChangesOfTheirOwn(t *testing.T) {
	t.Parallel()
	lines := []string{skillsHeader}
	for i := range 2*batchSize + 1 {
		lines = append(lines, fmt.Sprintf("Skill %d,skill,x,,,,", i))
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		wantReport(t, imported(t, db, Skills, content(table(lines...))), "created 1001, updated 0, unchanged 0, refused 0")
		requests := ask(t, db.Read.AuditEntry.Query().Where(auditentry.Verb("importSkills")).Order(auditentry.ByID()).Select(auditentry.FieldRequestID).Strings)
		if got := strings.Join(requests, "; "); got != "import skills from line 2; import skills from line 502; import skills from line 1002" {
			t.Errorf("got %s", got)
		}
		if n := ask(t, db.Read.Event.Query().Count); n != 0 {
			t.Errorf("%d events, want none of reference rows", n)
		}
	})
}

func TestTwoImportsAtOnce(t *testing.T) {
	t.Parallel()
	lines := []string{skillsHeader}
	for i := range 3 * batchSize {
		lines = append(lines, fmt.Sprintf("Skill %d,skill,x,,,,", i))
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		reports := make(chan Report, 2)
		for range 2 {
			go func() {
				report, err := Import(t.Context(), db, Skills, content(table(lines...)), Options{})
				if err != nil {
					t.Error(err)
				}
				reports <- report
			}()
		}
		one, other := <-reports, <-reports
		if one.Created+other.Created != 1500 || one.Unchanged+other.Unchanged != 1500 {
			t.Errorf("got %q and %q", one.Lines(), other.Lines())
		}
	})
}
