// Package config holds what whoever runs Rung decides: where it listens, where
// it keeps things, whom it trusts. It is read once, from the environment, and
// what would be unsafe is refused with what to do instead.
package config

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Config is every setting, read and found safe.
type Config struct {
	Listen         string // the API, host:port
	PrivateListen  string // what operators see, host:port
	DataDir        string
	DatabaseURL    Secret // empty for the embedded SQLite
	FilesURL       Secret // empty for a folder in the data folder
	PublicURL      string // without a slash at the end
	Secret         Secret // empty when the data folder keeps one
	OtherSecret    Secret // empty unless the secret is being replaced
	PaymentSecret  Secret // empty when no provider calls back
	IssuersFile    string // empty when no issuers are configured
	Origins        []string
	TrustedProxies []netip.Prefix
	Workers        int           // that do queued jobs side by side
	Quota          int           // what a caller may ask at once, in costs; 0 for no limit
	QuotaPerSecond int           // what of it comes back
	Grace          time.Duration // between not being ready and taking no more
	Allow          []string
}

// The words of RUNG_ALLOW: each gives up one protection on purpose.
const (
	AllowLocalIssuer   = "local-issuer"
	AllowPlainDatabase = "plain-database"
	AllowDemoData      = "demo-data"
)

// Setting describes one variable of the environment.
type Setting struct {
	Name    string
	Default string
	Meaning string
}

// Read takes the settings from an environment. The error names every defect,
// and what to do about it.
func Read(getenv func(string) string) (Config, error) {
	var c Config
	var defects []error
	for _, s := range settings {
		if err := s.read(&c, strings.TrimSpace(getenv(s.Name))); err != nil {
			defects = append(defects, fmt.Errorf("%s: %w", s.Name, err))
		}
	}
	if defects = append(defects, together(c)...); len(defects) > 0 {
		return Config{}, errors.Join(defects...)
	}
	return c, nil
}

// Embedded reports whether the data folder holds the database.
func (c Config) Embedded() bool { return c.DatabaseURL.IsEmpty() }

// Allows reports whether RUNG_ALLOW has the word.
func (c Config) Allows(word string) bool { return slices.Contains(c.Allow, word) }

// LocalIssuer reports whether Rung signs tokens itself: where nobody else was
// named to, or where that is allowed on purpose.
func (c Config) LocalIssuer() bool { return c.IssuersFile == "" || c.Allows(AllowLocalIssuer) }

// Lines says every setting in one line each, for the log at the start. Secrets
// are masked.
func (c Config) Lines() []string {
	lines := make([]string, len(settings))
	for i, s := range settings {
		lines[i] = s.Name + "=" + s.show(c)
	}
	return lines
}

// Settings lists what can be set, in the order in which it is printed.
func Settings() []Setting {
	list := make([]Setting, len(settings))
	for i, s := range settings {
		list[i] = s.Setting
	}
	return list
}

// Markdown is the page of the documentation about the settings.
func Markdown() string {
	var page strings.Builder
	page.WriteString("# Settings\n\nRung reads its settings from the environment, once, when it starts. ")
	page.WriteString("It refuses to start with a setting that is unsafe or that it does not understand, and says which.\n\n")
	page.WriteString("| setting | default | meaning |\n|---|---|---|\n")
	for _, s := range settings {
		fmt.Fprintf(&page, "| `%s` | %s | %s |\n", s.Name, s.Default, s.Meaning)
	}
	return page.String()
}
