package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

type setting struct {
	Setting
	read func(*Config, string) error
	show func(Config) string
}

var settings = []setting{
	{
		Setting{"RUNG_LISTEN", "`127.0.0.1:8080`", "Where the API listens, as host:port."},
		func(c *Config, text string) (err error) { c.Listen, err = address(text, "127.0.0.1:8080"); return },
		func(c Config) string { return c.Listen },
	}, {
		Setting{"RUNG_PRIVATE_LISTEN", "`127.0.0.1:8081`", "Where `/metrics` and `/debug/pprof/` are served, as host:port; keep it from the public."},
		func(c *Config, text string) (err error) {
			c.PrivateListen, err = address(text, "127.0.0.1:8081")
			return
		},
		func(c Config) string { return c.PrivateListen },
	}, {
		Setting{"RUNG_DATA_DIR", "`./data`", "The folder for what Rung keeps itself: the embedded database, files and keys."},
		func(c *Config, text string) error { c.DataDir = or(text, "./data"); return nil },
		func(c Config) string { return c.DataDir },
	}, {
		Setting{"RUNG_DATABASE_URL", "SQLite in the data folder", "A PostgreSQL database, as `postgres://…`; beyond this machine it needs `sslmode=verify-full`."},
		readDatabase,
		func(c Config) string { return maskedURL(c.DatabaseURL) },
	}, {
		Setting{"RUNG_FILES_URL", "`files` in the data folder", "Where uploaded files are kept, as `file://…` or `s3://…`; the same for every server of a database."},
		readFiles,
		func(c Config) string { return maskedURL(c.FilesURL) },
	}, {
		Setting{"RUNG_PUBLIC_URL", "`http://` and RUNG_LISTEN", "The address under which people reach the API; `https` unless it is on this machine."},
		readPublic,
		func(c Config) string { return c.PublicURL },
	}, {
		Setting{"RUNG_SECRET", "`secret` in the data folder", "What seals cursors and signs links to files, at least 32 characters; required with PostgreSQL, the same on every machine."},
		readSecret,
		func(c Config) string { return mask(c.Secret) },
	}, {
		Setting{"RUNG_OTHER_SECRET", "none", "While RUNG_SECRET is being replaced, the one before or the one to come: its key for API clients' tokens is published and accepted too."},
		readOtherSecret,
		func(c Config) string { return mask(c.OtherSecret) },
	}, {
		Setting{"RUNG_PAYMENT_SECRET", "none", "What a payment provider signs its callbacks with, at least 32 characters; without it `/payments/callback` is not there."},
		readPaymentSecret,
		func(c Config) string { return mask(c.PaymentSecret) },
	}, {
		Setting{"RUNG_ISSUERS", "Rung's own issuer", "A JSON file of the issuers whose tokens sign people in; required with PostgreSQL."},
		func(c *Config, text string) error { c.IssuersFile = text; return nil },
		func(c Config) string { return c.IssuersFile },
	}, {
		Setting{"RUNG_ORIGINS", "none", "The web pages that may call the API from a browser, as `https://host` with commas between."},
		readOrigins,
		func(c Config) string { return strings.Join(c.Origins, ",") },
	}, {
		Setting{"RUNG_TRUSTED_PROXIES", "none", "The proxies whose word about a caller's address is taken, as addresses or prefixes with commas between."},
		readProxies,
		func(c Config) string { return joined(c.TrustedProxies) },
	}, {
		Setting{"RUNG_WORKERS", "`2`", "How many queued jobs this server does side by side, 0 to 64; 0 leaves them to other servers of the same database."},
		readWorkers,
		func(c Config) string { return strconv.Itoa(c.Workers) },
	}, {
		Setting{"RUNG_QUOTA", "`0`, `100000` with PostgreSQL", "What each API client, or person, may ask at once for the organisation it acts for, in the units of `extensions.cost`; 0 sets no limit."},
		readQuota,
		func(c Config) string { return strconv.Itoa(c.Quota) },
	}, {
		Setting{"RUNG_QUOTA_PER_SECOND", "`2000`", "How much of RUNG_QUOTA comes back in a second, 1 or more."},
		readQuotaPerSecond,
		func(c Config) string { return strconv.Itoa(c.QuotaPerSecond) },
	}, {
		Setting{"RUNG_GRACE", "`0s`, `5s` with PostgreSQL", "How long a server that was told to stop says so on `/readyz` and goes on answering; longer than a balancer needs to notice."},
		readGrace,
		func(c Config) string { return c.Grace.String() },
	}, {
		Setting{"RUNG_ALLOW", "none", "Protections given up on purpose: `local-issuer` (Rung signs tokens beside other issuers or on PostgreSQL), " +
			"`plain-database` (PostgreSQL elsewhere without `verify-full`), `demo-data` (the demo world on PostgreSQL)."},
		readAllow,
		func(c Config) string { return strings.Join(c.Allow, ",") },
	},
}

// together is what is wrong only with several settings at once.
func together(c Config) []error {
	var defects []error
	refuse := func(wrong bool, setting, what string) {
		if wrong {
			defects = append(defects, errors.New(setting+": "+what))
		}
	}
	_, port, _ := net.SplitHostPort(c.Listen)
	refuse(c.Listen != "" && c.Listen == c.PrivateListen && port != "0", "RUNG_PRIVATE_LISTEN", "choose another address than RUNG_LISTEN")
	refuse(!c.Embedded() && c.Secret.IsEmpty(), "RUNG_SECRET",
		"set at least 32 random characters, the same on every machine that uses this PostgreSQL database")
	refuse(!c.Embedded() && c.IssuersFile == "" && !c.Allows(AllowLocalIssuer), "RUNG_ISSUERS",
		"name the file of issuers; or, to let Rung sign tokens itself on PostgreSQL, put local-issuer into RUNG_ALLOW")
	refuse(!c.Embedded() && !c.Allows(AllowPlainDatabase) && !privateWay(c.DatabaseURL.Reveal()), "RUNG_DATABASE_URL",
		"add sslmode=verify-full, since the database is on another machine; or put plain-database into RUNG_ALLOW")
	return defects
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// address is host:port. The port 0 lets the machine choose.
func address(text, otherwise string) (string, error) {
	text = or(text, otherwise)
	_, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return "", fmt.Errorf("write host:port with a port up to 65535, as in %s", otherwise)
	}
	return text, nil
}

func readFiles(c *Config, text string) error {
	c.FilesURL = NewSecret(text)
	if text == "" {
		return nil
	}
	if u, err := url.Parse(text); err != nil || (u.Scheme != "file" && u.Scheme != "s3") || (u.Host == "" && u.Path == "") {
		return errors.New("write a URL, as in file:///var/lib/rung/files or s3://bucket")
	}
	return nil
}

func readPublic(c *Config, text string) error {
	if text == "" && c.Listen == "" {
		return nil // RUNG_LISTEN is the one to mend
	}
	u, err := url.Parse(or(text, "http://"+c.Listen))
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "" || (u.Scheme != "http" && u.Scheme != "https"):
		return errors.New("write the absolute address of the API, as in https://rung.example.edu")
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.User != nil:
		return errors.New("write scheme and host only, as in https://rung.example.edu")
	case u.Scheme != "https" && !isLoopback(u.Hostname()):
		return errors.New("write the https address under which people reach the API; http is only for this machine itself")
	}
	c.PublicURL = u.Scheme + "://" + strings.ToLower(u.Host)
	return nil
}

func readSecret(c *Config, text string) error {
	c.Secret = NewSecret(text)
	return longEnough(text)
}

func readPaymentSecret(c *Config, text string) error {
	c.PaymentSecret = NewSecret(text)
	return longEnough(text)
}

func readOtherSecret(c *Config, text string) error {
	c.OtherSecret = NewSecret(text)
	return longEnough(text)
}

const mostQuota = 1_000_000_000

// readQuota: one operation at its most must fit.
func readQuota(c *Config, text string) error {
	if text == "" {
		text = "0"
		if !c.Embedded() {
			text = "100000"
		}
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 0 && n < 25_000 || n > mostQuota {
		return errors.New("write 0 for no limit, or a whole number from 25000, which is what one operation costs at most")
	}
	c.Quota = n
	return nil
}

func readQuotaPerSecond(c *Config, text string) error {
	n, err := strconv.Atoi(or(text, "2000"))
	if err != nil || n < 1 || n > mostQuota {
		return errors.New("write a whole number from 1")
	}
	c.QuotaPerSecond = n
	return nil
}

func longEnough(secret string) error {
	if secret != "" && len(secret) < secretSize {
		return fmt.Errorf("take at least %d random characters, as from `openssl rand -base64 33`", secretSize)
	}
	return nil
}

func readOrigins(c *Config, text string) error {
	for _, one := range list(text) {
		u, err := url.Parse(one)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "" || one != u.Scheme+"://"+strings.ToLower(u.Host) {
			return errors.New("write each origin exactly as browsers do, in small letters and without a path, as in https://careers.example.edu")
		}
		if strings.Contains(one, "*") {
			return errors.New("name each origin; * is not understood")
		}
		c.Origins = append(c.Origins, one)
	}
	return nil
}

func readProxies(c *Config, text string) error {
	for _, one := range list(text) {
		prefix, err := netip.ParsePrefix(one)
		if addr, plain := netip.ParseAddr(one); plain == nil {
			addr = addr.Unmap()
			prefix, err = addr.Prefix(addr.BitLen())
		}
		if err != nil {
			return errors.New("write addresses or prefixes with commas between, as in 10.0.0.0/8,192.0.2.7")
		}
		if prefix.Bits() == 0 {
			return errors.New("name your own proxies; a prefix of /0 would trust everybody")
		}
		c.TrustedProxies = append(c.TrustedProxies, prefix.Masked())
	}
	return nil
}

func readWorkers(c *Config, text string) error {
	n, err := strconv.Atoi(or(text, "2"))
	if err != nil || n < 0 || n > 64 {
		return errors.New("write a whole number from 0 to 64")
	}
	c.Workers = n
	return nil
}

func readGrace(c *Config, text string) error {
	if text == "" {
		text = "0s"
		if !c.Embedded() {
			text = "5s"
		}
	}
	grace, err := time.ParseDuration(text)
	if err != nil || grace < 0 || grace > time.Minute {
		return errors.New("write a duration from 0s to 1m, as in 5s")
	}
	c.Grace = grace
	return nil
}

func readAllow(c *Config, text string) error {
	for _, one := range list(text) {
		if !slices.Contains([]string{AllowLocalIssuer, AllowPlainDatabase, AllowDemoData}, one) {
			return fmt.Errorf("%q is none of %s, %s, %s", one, AllowLocalIssuer, AllowPlainDatabase, AllowDemoData)
		}
		c.Allow = append(c.Allow, one)
	}
	return nil
}

// list splits at commas and leaves out what is empty.
func list(text string) []string {
	var out []string
	for one := range strings.SplitSeq(text, ",") {
		if one = strings.TrimSpace(one); one != "" {
			out = append(out, one)
		}
	}
	return out
}

func joined(prefixes []netip.Prefix) string {
	out := make([]string, len(prefixes))
	for i, p := range prefixes {
		out[i] = p.String()
	}
	return strings.Join(out, ",")
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

func mask(s Secret) string {
	if s.IsEmpty() {
		return ""
	}
	return masked
}
