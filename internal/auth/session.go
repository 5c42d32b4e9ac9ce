package auth

import (
	"context"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// sessionLife is how long a token to act for an organisation holds at most.
const sessionLife = 15 * time.Minute

// Claims of a session's token: the issuer that vouches for the person, and when it
// did so first.
const (
	vouchedBy = "idp"
	vouchedAt = "auth_time"
)

// OpenSessions is the issuer of tokens with which people who have signed in act
// for one of their organisations. Behind each stands the word of the issuer that
// signed the person in: when that counts no more, neither does the token.
func OpenSessions(c config.Config, list ...Option) (*Local, error) {
	l, err := openSecret(c, "/session", "rung: tokens of sessions", list)
	if err == nil {
		l.session = true
	}
	return l, err
}

// Act signs a token with which somebody who has signed in acts for an
// organisation. It does not outlast the token that they showed.
func (l *Local) Act(v viewer.Viewer, org gid.ID) (token string, until time.Time, err error) {
	now := l.now()
	until = now.Add(sessionLife)
	if v.SignedInUntil.Before(until) {
		until = v.SignedInUntil
	}
	claims := jwt.MapClaims{
		"iss": l.name, "aud": l.audience, "sub": v.Subject, "org": org.String(),
		"iat": now.Unix(), "exp": until.Unix(), vouchedBy: v.Issuer, vouchedAt: v.SignedInAt.Unix(),
	}
	if v.Email != "" {
		claims["email"] = v.Email
	}
	if v.Name != "" {
		claims["name"] = v.Name
	}
	token, err = l.sign(claims)
	return token, time.Unix(until.Unix(), 0).UTC(), err
}

// behind is the issuer whose word a session's token passes on, and when it gave
// it. Nobody else's tokens can name one.
func behind(ctx context.Context, find finder, claims jwt.MapClaims) (*trusted, time.Time, error) {
	named, _ := claims[vouchedBy].(string)
	by, err := find(ctx, named)
	if err != nil {
		return nil, time.Time{}, err
	}
	at, dated := claims[vouchedAt].(float64)
	if by == nil || by.session || !dated || at < 0 || at > lastTime {
		return nil, time.Time{}, refuse(UnknownIssuer)
	}
	return by, time.Unix(int64(at), 0).UTC(), nil
}
