package config

import (
	"errors"
	"net/url"
	"strings"

	"github.com/lib/pq"
)

func readDatabase(c *Config, text string) error {
	if text == "" {
		return nil
	}
	if !strings.HasPrefix(text, "postgres://") && !strings.HasPrefix(text, "postgresql://") {
		return errors.New("write postgres://user:password@host/database?sslmode=verify-full, or leave it empty for SQLite")
	}
	if strings.Contains(text, "#") {
		return errors.New("write # in a password as %23")
	}
	// What the driver says about a URL may repeat the password.
	if _, err := pq.NewConfig(text); err != nil {
		return errors.New("PostgreSQL's driver cannot read this URL; write postgres://user:password@host/database?sslmode=verify-full")
	}
	c.DatabaseURL = NewSecret(text)
	return nil
}

// privateWay reports whether nobody can listen between Rung and the database.
// It asks the driver, which also reads PGHOST, PGSSLMODE and service files.
func privateWay(text string) bool {
	d, err := pq.NewConfig(text)
	if err != nil {
		return false
	}
	if d.SSLMode == pq.SSLModeVerifyFull {
		return true
	}
	for _, m := range append([]pq.ConfigMultihost{{Host: d.Host, Hostaddr: d.Hostaddr}}, d.Multi...) {
		switch {
		case m.Hostaddr.IsValid():
			if !m.Hostaddr.Unmap().IsLoopback() {
				return false
			}
		case !isSocket(m.Host) && !isLoopback(m.Host):
			return false
		}
	}
	return true
}

func isSocket(host string) bool { return strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") }

// maskedURL is the URL without what only its owner should know: the password,
// and every parameter that may be one.
func maskedURL(s Secret) string {
	if s.IsEmpty() {
		return ""
	}
	u, err := url.Parse(s.Reveal())
	if err != nil || u.Fragment != "" {
		return masked
	}
	const mark = "XsecretX" // letters, which no URL encodes
	if _, has := u.User.Password(); has {
		u.User = url.UserPassword(u.User.Username(), mark)
	}
	shown := url.Values{}
	for name, values := range u.Query() {
		if isPlain(name) {
			shown[name] = values
			continue
		}
		shown.Set(mark, "") // nor the name: half a password may have become one
	}
	u.RawQuery = strings.TrimSuffix(strings.ReplaceAll(shown.Encode(), mark+"=", mark), "=")
	return strings.ReplaceAll(u.String(), mark, masked)
}

// isPlain names the parameters that say nothing secret.
func isPlain(parameter string) bool {
	switch parameter {
	case "sslmode", "sslrootcert", "host", "port", "dbname", "user", "application_name", "connect_timeout", "target_session_attrs",
		"region", "endpoint", "prefix", "awssdk", "create_dir", "no_tmp_dir", "metadata":
		return true
	}
	return false
}
