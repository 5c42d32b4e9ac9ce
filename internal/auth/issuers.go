package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/rung-dev/rung/internal/career/issuer"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/gid"
)

// Issuer is one whose tokens sign people in, as the file of issuers says it.
type Issuer struct {
	Name         string            `json:"issuer"`
	Audience     string            `json:"audience"`
	Algorithms   []string          `json:"algorithms"`
	JWKSURL      string            `json:"jwks_url,omitempty"`     // where its keys are, or
	Keys         []json.RawMessage `json:"keys,omitempty"`         // the keys themselves
	Organization *gid.ID           `json:"organization,omitempty"` // the only one it can speak for, when it is bound

	// sandbox marks Rung's own issuer of the people of sandboxes, whose subjects
	// name their world.
	sandbox bool
	// use marks Rung's own issuers of API clients.
	use use
	// session marks Rung's own issuer of tokens to act for an organisation, which
	// pass another issuer's word on.
	session bool
}

// families are the algorithms that one kind of key can serve.
var families = issuer.Families

// ReadIssuers reads the file of issuers.
func ReadIssuers(file string) ([]Issuer, error) {
	raw, err := os.ReadFile(file) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("RUNG_ISSUERS: %w", err)
	}
	list, err := ParseIssuers(raw)
	if err != nil {
		return nil, fmt.Errorf("RUNG_ISSUERS: %s: %w", file, err)
	}
	return list, nil
}

// Ours says of a name whether it is an issuer that whoever runs Rung decided on:
// one of the settings, or of the same address as Rung itself.
func Ours(c config.Config) (func(name string) bool, error) {
	var list []Issuer
	if c.IssuersFile != "" {
		var err error
		if list, err = ReadIssuers(c.IssuersFile); err != nil {
			return nil, err
		}
	}
	own, err := url.Parse(c.PublicURL)
	if err != nil {
		return nil, err
	}
	return func(name string) bool {
		u, err := url.Parse(name)
		return err == nil && strings.EqualFold(u.Hostname(), own.Hostname()) ||
			slices.ContainsFunc(list, func(i Issuer) bool { return strings.TrimSuffix(i.Name, "/") == strings.TrimSuffix(name, "/") })
	}, nil
}

// ParseIssuers reads what the file of issuers holds. The error names every
// issuer that would not be safe, and what to do about it.
func ParseIssuers(raw []byte) ([]Issuer, error) {
	var file struct {
		Issuers []Issuer `json:"issuers"`
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, err
	}
	if !json.Valid(raw) {
		return nil, errors.New("write one JSON object, and nothing after it")
	}
	if len(file.Issuers) == 0 {
		return nil, errors.New("name at least one issuer in issuers")
	}
	var defects []error
	for i, one := range file.Issuers {
		if err := one.check(); err != nil {
			defects = append(defects, fmt.Errorf("issuer %d (%s): %w", i+1, one.Name, err))
		}
	}
	return file.Issuers, errors.Join(append(defects, onlyOnce(file.Issuers))...)
}

func onlyOnce(list []Issuer) error {
	seen := map[string]bool{}
	for _, one := range list {
		if seen[one.Name] {
			return fmt.Errorf("issuer %s stands there twice; keep one", one.Name)
		}
		seen[one.Name] = true
	}
	return nil
}

func (i Issuer) check() error {
	switch {
	case !isSafeURL(i.Name) || len(i.Name) > 255:
		return errors.New("issuer is the https URL that its tokens name in iss, at most 255 characters")
	case i.Audience == "":
		return errors.New("audience is what its tokens for Rung name in aud")
	case !inOneFamily(i.Algorithms):
		return fmt.Errorf("algorithms are some of one of these families: %v", families)
	case (i.JWKSURL == "") == (len(i.Keys) == 0):
		return errors.New("give either jwks_url or keys")
	case i.JWKSURL != "" && !isSafeURL(i.JWKSURL):
		return errors.New("jwks_url is an https URL")
	case i.Organization != nil && i.bound().Noun() != gid.Institution && i.bound().Noun() != gid.Employer:
		return errors.New("organization is an institution's or an employer's id")
	}
	_, err := i.given()
	return err
}

// bound is the only organisation the issuer can speak for, or none.
func (i Issuer) bound() gid.ID {
	if i.Organization == nil {
		return gid.None
	}
	return *i.Organization
}

func inOneFamily(algorithms []string) bool {
	return len(algorithms) > 0 && slices.ContainsFunc(families, func(family []string) bool {
		return !slices.ContainsFunc(algorithms, func(a string) bool { return !slices.Contains(family, a) })
	})
}

// isSafeURL: what is fetched there, or vouched for under that name, comes from
// its owner. On this machine http will do.
func isSafeURL(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	return u.Scheme == "https" || (u.Scheme == "http" && isLoopback(u.Hostname()))
}

func isLoopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || (err == nil && addr.Unmap().IsLoopback())
}
