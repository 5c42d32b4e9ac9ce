package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/internal/cli"
	"github.com/rung-dev/rung/internal/store/storetest"
)

// terminal runs commands as a person would and keeps what they print.
type terminal struct {
	settings map[string]string
	said     bytes.Buffer
}

func (c *terminal) run(t *testing.T, args ...string) int {
	t.Helper()
	c.said.Reset()
	getenv := func(name string) string { return c.settings[name] }
	return cli.Rung{Reactions: reactions, Out: &c.said, Err: &c.said, Getenv: getenv}.Run(t.Context(), args)
}

func (c *terminal) must(t *testing.T, args ...string) string {
	t.Helper()
	if code := c.run(t, args...); code != 0 {
		t.Fatalf("rung %s ends with %d:\n%s", strings.Join(args, " "), code, &c.said)
	}
	return c.said.String()
}

func terminalOn(t *testing.T, engineName string) *terminal {
	t.Helper()
	o := storetest.Empty(t, engineName)
	c := &terminal{settings: map[string]string{"RUNG_DATA_DIR": o.DataDir, "RUNG_DATABASE_URL": o.URL}}
	if engineName == dialect.Postgres {
		c.settings["RUNG_DATA_DIR"] = t.TempDir()
		c.settings["RUNG_SECRET"] = "a secret of the tests and of nobody else"
		c.settings["RUNG_ALLOW"] = "local-issuer,demo-data"
	}
	return c
}

func TestTheCommandsInTheOrderInWhichAPersonMeetsThem(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			c := terminalOn(t, engineName)
			if got := c.must(t, "migrate"); !strings.Contains(got, "up to date") {
				t.Errorf("migrate says %q", got)
			}
			first := c.must(t, "demo")
			if !strings.Contains(first, "ada@student.example") || !strings.Contains(first, "curl -s") {
				t.Errorf("demo says %q", first)
			}
			c.must(t, "demo") // an installation that has the demo world keeps it
			for _, as := range []string{"operator", "OWNER", "talent", "grace@nau.example"} {
				if got := c.must(t, "token", "--as", as); strings.Count(got, ".") != 2 {
					t.Errorf("token --as %s says %q", as, got)
				}
			}
			if c.run(t, "token", "--as", "nobody@nowhere.example") == 0 {
				t.Error("a token was minted for nobody")
			}
			if got := c.must(t, "jobs"); !strings.HasPrefix(got, "0 due,") || !strings.Contains(got, "0 parked") {
				t.Errorf("jobs says %q", got)
			}
			for _, args := range [][]string{{"jobs", "retry", "nonsense"}, {"jobs", "park", "job_0000000000e008000000000000"}, {"jobs", "all"}} {
				if c.run(t, args...) == 0 {
					t.Errorf("rung %s ends well", strings.Join(args, " "))
				}
			}
			got := c.must(t, "seat", "--issuer", "https://login.example", "--subject", "op-1", "--name", "Oona Field")
			if !strings.Contains(got, "Oona Field is an operator now") {
				t.Errorf("seat says %q", got)
			}
		})
	}
}

func TestImportReportsWhatBecameOfEachRow(t *testing.T) {
	t.Parallel()
	for _, engineName := range storetest.Engines {
		t.Run(engineName, func(t *testing.T) {
			t.Parallel()
			c := terminalOn(t, engineName)
			file := filepath.Join(t.TempDir(), "occupations.csv")
			rows := "onet_soc_code,title,description\n13-1161.00,Market Research Analysts,Research conditions.\nnonsense,,\n"
			if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"created 1", "unchanged 1"} {
				if got := c.must(t, "import", "occupations", file); !strings.Contains(got, want) || !strings.Contains(got, "line 3") {
					t.Errorf("import says %q, want %q and the refused line 3", got, want)
				}
			}
			for name, args := range map[string][]string{
				"an unknown kind":          {"import", "wishes", file},
				"a file that is not there": {"import", "skills", file + ".gone"},
				"another kind's file":      {"import", "skills", file},
				"a day that is none":       {"import", "postings", file, "--as-of", "2026-13-01"},
				"no file":                  {"import", "skills"},
			} {
				if c.run(t, args...) == 0 {
					t.Errorf("import takes %s", name)
				}
			}
		})
	}
}

func TestDemoDataOnPostgreSQLIsRefusedUnlessAllowed(t *testing.T) {
	t.Parallel()
	c := terminalOn(t, dialect.Postgres)
	c.settings["RUNG_ALLOW"] = "local-issuer"
	if code := c.run(t, "demo"); code == 0 || !strings.Contains(c.said.String(), "demo-data") {
		t.Errorf("demo ends with %d and says %q", code, &c.said)
	}
}

func TestUnsafeSettingsStopEveryCommand(t *testing.T) {
	t.Parallel()
	c := terminalOn(t, dialect.Postgres)
	delete(c.settings, "RUNG_SECRET")
	if code := c.run(t, "migrate"); code == 0 || !strings.Contains(c.said.String(), "RUNG_SECRET") {
		t.Errorf("migrate ends with %d and says %q", code, &c.said)
	}
}

func TestHelpNamesEveryCommand(t *testing.T) {
	t.Parallel()
	c := &terminal{settings: map[string]string{}}
	got := c.must(t, "help")
	for _, name := range []string{"serve", "migrate", "import", "demo", "token", "seat", "schema", "version"} {
		if !strings.Contains(got, fmt.Sprintf("  %s ", name)) && !strings.Contains(got, "  "+name) {
			t.Errorf("help does not name %s", name)
		}
	}
	if !strings.Contains(c.must(t, "schema"), "type MicroProject implements Node") {
		t.Error("schema does not print the schema")
	}
	if !strings.HasPrefix(c.must(t, "version"), "rung ") {
		t.Error("version does not print a version")
	}
	if c.run(t, "dance") != 2 {
		t.Error("an unknown command ends with 2")
	}
}
