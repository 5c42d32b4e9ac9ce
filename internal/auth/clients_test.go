package auth

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rung-dev/rung/internal/career/client"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

var (
	ats    = gid.ID{6: 0x70, 8: 0x80, 14: 1, 15: byte(gid.APIClient)}
	locker = gid.ID{6: 0x70, 8: 0x80, 14: 1, 15: byte(gid.ClientSecret)}
)

func programs(t *testing.T, secret, other string) *Clients {
	t.Helper()
	s, err := OpenClients(config.Config{
		PublicURL: "http://127.0.0.1:8080", Secret: config.NewSecret(secret), OtherSecret: config.NewSecret(other),
	}, WithClock(atNoon))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	oneSecret   = "0123456789abcdef0123456789abcdef"
	otherSecret = "fedcba9876543210fedcba9876543210"
)

func TestTokensOfProgramsSayWhoTheyAre(t *testing.T) {
	t.Parallel()
	s := programs(t, oneSecret, "")
	all, err := Trust(t.Context(), s.Issuers(), WithClock(atNoon))
	if err != nil {
		t.Fatal(err)
	}
	token, err := s.Mint(ClientClaims{Client: ats, Org: employer, Secret: locker, Scopes: []viewer.Scope{viewer.ProjectsRead, viewer.ListingsRead}})
	if err != nil {
		t.Fatal(err)
	}
	proof, err := all.Check(t.Context(), token)
	if err != nil || proof.Org != employer || proof.program.client != ats || proof.program.secret != locker || proof.program.use != forClient ||
		!slices.Equal(proof.program.scopes, []string{"projects:read", "listings:read"}) {
		t.Errorf("got %+v, %v", proof, err)
	}
	embed, err := s.MintEmbed(client.Embed{Client: ats, Origin: "https://careers.example.edu"})
	if err != nil {
		t.Fatal(err)
	}
	proof, err = all.Check(t.Context(), embed)
	if err != nil || proof.program.use != forEmbed || proof.program.origin != "https://careers.example.edu" || len(proof.program.scopes) != 0 || !proof.Org.IsNone() {
		t.Errorf("got %+v, %v", proof, err)
	}
}

// A token of one use is none of the other, and one that says too little is none at all.
func TestTokensOfProgramsAreNotMixedUp(t *testing.T) {
	t.Parallel()
	s := programs(t, oneSecret, "")
	all, err := Trust(t.Context(), s.Issuers(), WithClock(atNoon))
	if err != nil {
		t.Fatal(err)
	}
	sign := func(issuer string, claims jwt.MapClaims) string {
		token, err := s.sign(issuer, ClientLife, ats, employer, claims)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	good := sign(s.name, jwt.MapClaims{"secret": locker.String()})
	if _, err := all.Check(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(good, ".")
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"at+jwt","kid":"x"}`)) + "." + parts[1] + "."
	stranger := programs(t, otherSecret, "")
	forged, err := stranger.Mint(ClientClaims{Client: ats, Org: employer, Secret: locker})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		token  string
		reason Reason
	}{
		"it refuses one without its secret":      {sign(s.name, jwt.MapClaims{}), BadClaims},
		"it refuses a secret that is none":       {sign(s.name, jwt.MapClaims{"secret": "x"}), BadClaims},
		"it refuses a page's without a page":     {sign(s.name+"/embed", jwt.MapClaims{}), BadClaims},
		"it refuses a page's as a client's":      {sign(s.name, jwt.MapClaims{"origin": "https://a.example"}), BadClaims},
		"it refuses one that is not signed":      {none, WrongAlgorithm},
		"it refuses one with another's payload":  {parts[0] + "." + strings.Split(sign(s.name, jwt.MapClaims{"secret": ats.String()}), ".")[1] + "." + parts[2], BadSignature},
		"it refuses one of another installation": {forged, UnknownKey},
		"it refuses another issuer":              {sign(s.name+"/other", jwt.MapClaims{"secret": locker.String()}), UnknownIssuer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := all.Check(t.Context(), c.token)
			wantRefused(t, err, c.reason)
		})
	}
}

// While one secret replaces another, both keys are published, and the tokens of
// servers that sign with either are taken by all.
func TestKeysOfProgramsRotate(t *testing.T) {
	t.Parallel()
	before, after, end := programs(t, oneSecret, otherSecret), programs(t, otherSecret, oneSecret), programs(t, otherSecret, "")
	for name, c := range map[string]struct {
		signs, checks *Clients
		isTaken       bool
	}{
		"those that still sign with the old": {before, after, true},
		"those that already sign anew":       {after, before, true},
		"the new at the end":                 {after, end, true},
		"it refuses the old at the end":      {before, end, false},
	} {
		token, err := c.signs.Mint(ClientClaims{Client: ats, Secret: locker})
		if err != nil {
			t.Fatal(err)
		}
		all, err := Trust(t.Context(), c.checks.Issuers(), WithClock(atNoon))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := all.Check(t.Context(), token); (err == nil) != c.isTaken {
			t.Errorf("%s: got %v", name, err)
		}
	}
	var set struct{ Keys []map[string]string }
	if err := json.Unmarshal(before.JWKS(), &set); err != nil || len(set.Keys) != 2 || set.Keys[0]["kid"] == set.Keys[1]["kid"] || set.Keys[0]["d"] != "" {
		t.Errorf("published are %v, %v", set, err)
	}
}
