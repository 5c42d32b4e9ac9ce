package main

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/rung-dev/rung"

// Groups of rooms that rows of the table name together.
var (
	words  = []string{"gid", "opt", "fault", "viewer", "config", "money", "calendar", "text", "address", "transition"}
	ground = []string{"ent/gen", "access", "store", "event", "job", "page"}
	funnel = []string{
		"person", "member", "notification", "skill", "policy", "institution", "employer", "talent", "pool", "template", "milestone", "payment", "project", "application", "worklog", "engagement", "evaluation", "amendment", "credential", "hire", "reference", "conversation", "client", "directory", "consent", "oversight",
	}
)

// rooms says what each room may import of ours. A path names the tree below it;
// the longest path that fits a package is its room.
var rooms = func() map[string][]string {
	table := map[string][]string{
		"":                         {"*"},
		"bench":                    {"internal", "ent/gen"},
		"ent":                      {},
		"ent/schema":               {"internal/gid", "internal/calendar"},
		"ent/gen":                  {"ent/gen", "ent/schema", "internal/gid", "internal/calendar"},
		"ent/migrations":           {"ent/gen"},
		"graph/gen":                {"*"},
		"graph":                    all("graph/gen", "ent/gen", "internal/career", "internal/demo", "internal/file", "internal/insight", in(words), in(ground)),
		"internal/access":          all("ent/gen", in(words)),
		"internal/store":           all("ent/gen", "ent/migrations", "internal/store", "internal/access", in(words)),
		"internal/store/engine":    {},
		"internal/store/storetest": {"internal/store"},
		"internal/event":           all("ent/gen", "internal/store", in(words)),
		"internal/job":             all("ent/gen", "internal/store", "internal/event", in(words)),
		"internal/page":            all("ent/gen", "internal/access", "internal/store", in(words)),
		"internal/intake":          all("internal/career", in(words), in(ground)),
		"internal/demo":            all("internal/auth", "internal/career", "internal/intake", in(words), in(ground)),
		"internal/stage":           all("internal/career/person", in(words), in(ground)),
		"internal/file":            all(in(words), in(ground)),
		"internal/insight":         all(in(words), in(ground)),
		"internal/auth":            all("ent/schema", "internal/career/person", "internal/career/client", in(words), in(ground)),
		"internal/callback":        all("internal/career/payment", in(words), in(ground)),
		"internal/oauth":           all("internal/auth", "internal/career/client", "internal/front/quota", in(words), in(ground)),
		"internal/front":           all("internal/auth", "internal/front", in(words)),
		"internal/watch":           all("internal/front", "internal/store", in(words)),
		"internal/explorer":        {},
		"internal/web":             {"internal", "graph", "ent/gen"},
		"internal/cli":             {"internal", "graph", "ent"},
	}
	for _, word := range words {
		table["internal/"+word] = in(words)
	}
	for i, noun := range funnel {
		may := all("ent/schema", "internal/file", in(words), in(ground))
		for _, left := range funnel[:i] {
			may = append(may, "internal/career/"+left)
		}
		table["internal/career/"+noun] = may
	}
	return table
}()

func in(names []string) []string {
	var paths []string
	for _, name := range names {
		if strings.HasPrefix(name, "ent/") {
			paths = append(paths, name)
			continue
		}
		paths = append(paths, "internal/"+name)
	}
	return paths
}

// all joins single paths and groups of them.
func all(parts ...any) []string {
	var paths []string
	for _, part := range parts {
		switch p := part.(type) {
		case string:
			paths = append(paths, p)
		case []string:
			paths = append(paths, p...)
		}
	}
	return paths
}

func TestEveryImportFollowsTheFunnel(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatal("go list:", err)
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		for _, defect := range judge(local(fields[0]), fields[1:]) {
			t.Error(defect)
		}
	}
}

func TestTheTableOfRoomsRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		from, imported, want string
	}{
		"an import against the funnel": {"internal/career/employer", "internal/career/hire", "internal/career/employer may not import internal/career/hire"},
		"a rule in the ground":         {"internal/store", "internal/career/person", "internal/store may not import internal/career/person"},
		"an unknown package":           {"internal/util", "internal/gid", "internal/util is no room of the table in layout_test.go"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := judge(tc.from, []string{module + "/" + tc.imported})
			if !slices.Equal(got, []string{tc.want}) {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// judge names what is wrong with a package's imports.
func judge(pkg string, imports []string) []string {
	may, known := roomOf(pkg)
	if !known {
		return []string{pkg + " is no room of the table in layout_test.go"}
	}
	var defects []string
	for _, path := range imports {
		if path != module && !strings.HasPrefix(path, module+"/") {
			continue
		}
		if !slices.ContainsFunc(may, func(m string) bool { return m == "*" || within(local(path), m) }) {
			defects = append(defects, fmt.Sprintf("%s may not import %s", pkg, local(path)))
		}
	}
	return defects
}

func roomOf(pkg string) (may []string, known bool) {
	longest := -1
	for room, paths := range rooms {
		if (room == "" && pkg == "" || room != "" && within(pkg, room)) && len(room) > longest {
			may, known, longest = paths, true, len(room)
		}
	}
	return may, known
}

func within(pkg, room string) bool { return pkg == room || strings.HasPrefix(pkg, room+"/") }

func local(path string) string { return strings.TrimPrefix(strings.TrimPrefix(path, module), "/") }
