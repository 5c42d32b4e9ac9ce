package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/rung-dev/rung/graph"
	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/explorer"
	"github.com/rung-dev/rung/internal/store"
)

// shown are the people whose tokens are given out, one for each side, with what
// they do.
var shown = []struct{ subject, about string }{
	{"ada", "talent"}, {"bea", "employer"}, {"sol", "supervisor"}, {"grace", "career office"}, {"olga", "operator"},
}

// home is what a browser is shown: the examples with the demo world's ids in
// place of its names, and the people to ask as.
func home(ids map[string]string, people func(context.Context) ([]explorer.Role, error)) http.Handler {
	return explorer.Handler(explorer.Page{Endpoint: "/graphql", Roles: people, Operations: examples(ids)})
}

// demoHome offers people to ask as, with tokens. That is for whoever tries Rung
// out on one machine: where others can reach it, or the data is not the
// embedded engine's, tokens are pasted like everywhere.
func demoHome(c config.Config, db *store.DB) (http.Handler, error) {
	ids, err := keptNames(c)
	if err != nil {
		return nil, err
	}
	if !c.Embedded() || !explorer.Loopback(c.Listen) || !explorer.Loopback(strings.TrimPrefix(c.PublicURL, "http://")) {
		return home(ids, nil), nil
	}
	local, err := localIssuer(c)
	if err != nil {
		return nil, err
	}
	return home(ids, func(ctx context.Context) ([]explorer.Role, error) { return roles(ctx, db, local) }), nil
}

// roles are the people shown, each with a fresh token.
func roles(ctx context.Context, db *store.DB, local *auth.Local) ([]explorer.Role, error) {
	people, err := demo.Read(ctx, db, local.Issuer().Name)
	if err != nil {
		return nil, err
	}
	list := []explorer.Role{}
	for _, one := range shown {
		p, there := people[one.subject]
		if !there {
			continue
		}
		token, err := local.Mint(auth.Claims{Subject: p.Subject, Name: p.Name, Email: p.Email, Org: p.Organization})
		if err != nil {
			return nil, err
		}
		list = append(list, explorer.Role{Subject: p.Subject, Name: p.Name, About: one.about, Email: p.Email, Token: token})
	}
	return list, nil
}

// examples begin with small ones and end with those that only show ids at work.
// What names rows of the demo world is left out where their ids are not known.
func examples(ids map[string]string) []explorer.Operation {
	list := []explorer.Operation{{Name: "first_query", As: "anonymous", Document: welcomeQuery}, {Name: "who_you_are", As: "ada", Document: viewerQuery}}
	pairs := make([]string, 0, 2*len(ids))
	for name, id := range ids {
		pairs = append(pairs, "{{"+name+"}}", id)
	}
	fill := strings.NewReplacer(pairs...)
	var last []explorer.Operation
	for _, o := range graph.Operations() {
		shown := explorer.Operation{Name: o.Name, As: o.As, Document: fill.Replace(o.Document)}
		switch {
		case strings.Contains(shown.Document, "{{"):
		case strings.HasSuffix(o.Name, "by_id"):
			last = append(last, shown)
		default:
			list = append(list, shown)
		}
	}
	return append(list, last...)
}

const welcomeQuery = `# As anonymous: three open projects.
query FirstQuery {
  listings(first: 3) {
    nodes {
      title
      employerName
      hours
      fee { amount currency }
    }
  }
}
`

const viewerQuery = `# As ada: who the token says you are, and what it lets you do.
query WhoYouAre {
  viewer {
    kind
    role
    scopes
    person { name email }
  }
}
`

func namesFile(c config.Config) string { return filepath.Join(c.DataDir, "demo-names.json") }

// keepNames keeps what the story calls its rows beside them: their ids are not
// the same in every installation. It is not kept where the data is elsewhere.
func keepNames(c config.Config, world demo.World) error {
	if !c.Embedded() {
		return nil
	}
	ids := map[string]string{}
	for name, id := range world.IDs {
		ids[name] = id.String()
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return os.WriteFile(namesFile(c), text, 0o600)
}

// keptNames are those, or none where the story was not told to the end here.
func keptNames(c config.Config) (map[string]string, error) {
	if !c.Embedded() {
		return nil, nil
	}
	text, err := os.ReadFile(namesFile(c))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var ids map[string]string
	if err := json.Unmarshal(text, &ids); err != nil {
		return nil, errors.Join(errors.New(namesFile(c)+" is damaged: remove it; the examples that need it are left out then"), err)
	}
	return ids, nil
}
