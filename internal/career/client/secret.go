package client

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/apiclient"
	"github.com/rung-dev/rung/ent/gen/ent/clientsecret"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// secretPrefix lets those who look for secrets in files find ours.
const secretPrefix = "rungs_"

// RotateApiClientSecret gives a client another secret, and ends the one before
// after some hours. Of two, the older ends at once. Tokens end with the secret
// that they were asked with. The new one is told this once.
func RotateApiClientSecret(ctx context.Context, db *store.DB, in RotateApiClientSecretInput) (id gid.ID, secret string, err error) {
	id, err = store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		c, err := seen(ctx, tx, in.APIClientID)
		if err != nil {
			return gid.None, err
		}
		if err := can(viewer.From(ctx), c, rotateApiClientSecret, in.ExpectedRevision); err != nil {
			return gid.None, err
		}
		hours, err := readHours(in.FormerEndsInHours)
		if err != nil {
			return gid.None, err
		}
		slot, err := makeRoom(ctx, tx, c.ID, tx.Now.Add(hours))
		if err != nil {
			return gid.None, err
		}
		if secret, err = issue(ctx, tx, c.ID, slot); err != nil {
			return gid.None, err
		}
		// The client moves on, so that two rotations of one reading are not both done.
		update := tx.ApiClient.Update().Where(apiclient.ID(c.ID), apiclient.Revision(c.Revision)).SetStatus(c.Status)
		if err := store.Moved(update.Save(ctx)); err != nil {
			return gid.None, err
		}
		return c.ID, record(ctx, tx, c, event.APIClientSecretRotated)
	})
	return id, secret, err
}

func readHours(given *int) (time.Duration, error) {
	hours := formerHours
	if given != nil {
		hours = *given
	}
	if hours < 0 || hours > mostFormerHours {
		return 0, fault.InvalidValue("formerEndsInHours", "Write 0 to 168 hours.")
	}
	return time.Duration(hours) * time.Hour, nil
}

// makeRoom ends the newest secret at an instant, drops the older one, and says
// which of the two places is free.
func makeRoom(ctx context.Context, tx *store.Tx, client gid.ID, at time.Time) (slot int, err error) {
	secrets, err := tx.ClientSecret.Query().Where(clientsecret.ClientID(client)).
		Order(ent.Desc(clientsecret.FieldCreatedAt), ent.Desc(clientsecret.FieldID)).All(ctx)
	if err != nil {
		return 0, err
	}
	slot = 1
	for i, s := range secrets {
		if i == 0 {
			slot = 3 - s.Slot
			err = tx.ClientSecret.Update().Where(clientsecret.ID(s.ID)).SetEndsAt(at).Exec(ctx)
		} else {
			_, err = tx.ClientSecret.Delete().Where(clientsecret.ID(s.ID)).Exec(ctx)
		}
		if err != nil {
			return 0, err
		}
	}
	return slot, nil
}

// issue makes a secret, and keeps its hash.
func issue(ctx context.Context, tx *store.Tx, client gid.ID, slot int) (string, error) {
	var random [32]byte
	if _, err := rand.Read(random[:]); err != nil {
		return "", err
	}
	secret := secretPrefix + base64.RawURLEncoding.EncodeToString(random[:])
	return secret, tx.ClientSecret.Create().SetClientID(client).SetSlot(slot).SetSecretHash(hashOf(secret)).
		SetHint(secret[len(secret)-4:]).SetCreatedAt(tx.Now).Exec(ctx)
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// ErrUnproven says that a client and a secret do not belong together, whatever of
// them there is.
var ErrUnproven = errors.New("client: the secret proves no client")

// Proof is a client that proved itself, and the secret with which it did.
type Proof struct {
	Client *ent.ApiClient
	Secret gid.ID
}

// Prove finds the client that a secret proves. It takes as long for a client that
// is not there.
func Prove(ctx context.Context, db *store.DB, id gid.ID, secret string) (Proof, error) {
	ctx = viewer.With(ctx, viewer.System("a client proves itself before anybody knows who asks"))
	c, err := db.Read.ApiClient.Query().Where(apiclient.ID(id)).Only(ctx)
	if err != nil && !ent.IsNotFound(err) {
		return Proof{}, err
	}
	kept, err := db.Read.ClientSecret.Query().Where(clientsecret.ClientID(id)).All(ctx)
	if err != nil {
		return Proof{}, err
	}
	var proven gid.ID
	hash, now := []byte(hashOf(secret)), db.Now()
	for _, s := range kept {
		if subtle.ConstantTimeCompare([]byte(s.SecretHash), hash) == 1 && IsLiveSecret(s, now) {
			proven = s.ID
		}
	}
	if c == nil || proven.IsNone() || !IsLive(c, now) {
		return Proof{}, ErrUnproven
	}
	return Proof{c, proven}, nil
}

// usedEvery is how fresh the instant of a secret's last use is kept.
const usedEvery = time.Minute

// Used notes that a secret was used, once a minute at most.
func Used(ctx context.Context, db *store.DB, p Proof) error {
	ctx = viewer.With(ctx, viewer.System("a client proves itself before anybody knows who asks").In(p.Client.WorldID))
	outer := viewer.RequestFrom(ctx)
	request := &viewer.Request{Verb: "issueAccessToken", Client: p.Client.ID}
	if outer != nil {
		request.ID, request.From = outer.ID, outer.From
	}
	known, err := db.Read.ClientSecret.Get(ctx, p.Secret)
	if err != nil || known.LastUsedAt != nil && db.Now().Sub(*known.LastUsedAt) < usedEvery {
		return err
	}
	_, err = store.Write(viewer.WithRequest(ctx, request), db, func(tx *store.Tx) (gid.ID, error) {
		return p.Secret, tx.ClientSecret.Update().Where(clientsecret.ID(p.Secret)).SetLastUsedAt(db.Now()).Exec(ctx)
	})
	return err
}
