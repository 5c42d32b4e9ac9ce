package hire

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent/hirereport"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
)

// TestOlderConfirmationsBecomeReports runs what the migration says of starts that
// were confirmed before there were reports.
func TestOlderConfirmationsBecomeReports(t *testing.T) {
	each(t, func(s *scene) {
		h := s.accepted()
		s.Clock.On("2026-06-02")
		in := ConfirmHireStartInput{HireConversionID: h.ID, ExpectedRevision: h.Revision, StartedOn: "2026-06-01"}
		stage.Must(s, s.Ada, ConfirmHireStart, in)
		in.ExpectedRevision++
		stage.Must(s, s.Recruiter, ConfirmHireStart, in)
		before := s.said(h.ID)
		wanted := *s.hire(h.ID).ConfirmedAt
		s.write("DELETE FROM hire_reports")
		s.write("UPDATE hire_conversions SET confirmed_at = NULL")
		for _, statement := range s.backfill() {
			s.write(statement)
		}
		h = s.hire(h.ID)
		if !IsConfirmed(h) || !h.ConfirmedAt.Equal(wanted) {
			t.Errorf("the job is %v, want confirmed at %v", h, wanted)
		}
		after := s.said(h.ID)
		for _, source := range []hirereport.Source{hirereport.SourceTalent, hirereport.SourceEmployer} {
			was, is := before[source], after[source]
			switch {
			case is == nil:
				t.Errorf("%s says nothing", source)
			case is.ID.Noun() != gid.HireReport:
				t.Errorf("%s has the id of another noun: the migration writes its number, which is %x now", source, gid.HireReport)
			case is.Kind != was.Kind || is.StartedOn != was.StartedOn || is.Confidence != was.Confidence || !is.ReportedAt.Equal(was.ReportedAt) || is.TalentID != was.TalentID:
				t.Errorf("%s says %v, and said %v", source, is, was)
			}
		}
	})
}

func (s *scene) write(statement string) {
	s.Helper()
	if _, err := s.DB.Engine().Write.ExecContext(s.Context(), statement); err != nil {
		s.Fatalf("%s: %v", statement, err)
	}
}

// backfill is what the migration does with rows that were there.
func (s *scene) backfill() []string {
	s.Helper()
	folder := map[string]string{"sqlite3": "sqlite", "postgres": "postgres"}[s.DB.Engine().Name]
	files, err := filepath.Glob("../../../ent/migrations/" + folder + "/*_hires.sql")
	if err != nil || len(files) != 1 {
		s.Fatal("no migration of hires:", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		s.Fatal(err)
	}
	var statements []string
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "UPDATE hire_conversions ") || strings.HasPrefix(line, "INSERT INTO hire_reports ") {
			statements = append(statements, strings.TrimSpace(line))
		}
	}
	if len(statements) != 3 {
		s.Fatalf("the migration fills %d times", len(statements))
	}
	return statements
}
