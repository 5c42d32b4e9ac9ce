package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// keyLife is how long a repeated request gets the first one's answer.
const keyLife = 7 * 24 * time.Hour

// claimKey makes this change the one that answers to its key, and returns nil;
// or returns what an earlier change with the key and the same arguments left.
// A change with the same key that is under way is waited for.
func (tx *Tx) claimKey(ctx context.Context, r *viewer.Request) ([]byte, error) {
	if r.IdempotencyKey == "" {
		return nil, nil
	}
	id, err := tx.NewID(gid.Idempotency)
	if err != nil {
		return nil, err
	}
	v := viewer.From(ctx)
	actor, org := actorOf(v, r), orgOf(v)
	claimed, err := tx.exec(ctx, `INSERT INTO idempotency_records (id, actor, organization_id, verb, key, argument_hash, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (actor, organization_id, verb, key) DO UPDATE
		SET id = excluded.id, argument_hash = excluded.argument_hash, expires_at = excluded.expires_at, result = NULL
		WHERE idempotency_records.expires_at <= $8`,
		id, actor, org, r.Verb, r.IdempotencyKey, r.ArgumentHash, tx.Now.Add(keyLife), tx.Now)
	if locked(err) {
		return nil, &fault.Request{
			Code: fault.CodeIdempotencyInProgress, Retryable: true, RetryAfterMs: 1000,
			Message: "A request with this idempotency key is still running. Send it again shortly.",
		}
	}
	if err != nil || claimed == 1 {
		return nil, err
	}
	var hash, result []byte
	err = tx.row(ctx, `SELECT argument_hash, result FROM idempotency_records
		WHERE actor = $1 AND organization_id = $2 AND verb = $3 AND key = $4`,
		[]any{actor, org, r.Verb, r.IdempotencyKey}, &hash, &result)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errMoved // it expired and was swept in between
	}
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(hash, r.ArgumentHash) {
		return nil, fault.IdempotencyConflict()
	}
	return result, nil
}

// keepResult stores what the change returned beside its key.
func (tx *Tx) keepResult(ctx context.Context, r *viewer.Request, result any) error {
	if r.IdempotencyKey == "" {
		return nil
	}
	kept, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("keep the result of %s: %w", r.Verb, err)
	}
	v := viewer.From(ctx)
	_, err = tx.exec(ctx, `UPDATE idempotency_records SET result = $1
		WHERE actor = $2 AND organization_id = $3 AND verb = $4 AND key = $5`,
		kept, actorOf(v, r), orgOf(v), r.Verb, r.IdempotencyKey)
	return err
}

func recall[R any](kept []byte) (R, error) {
	var result R
	if err := json.Unmarshal(kept, &result); err != nil {
		return result, fmt.Errorf("recall an earlier result: %w", err)
	}
	return result, nil
}

// actorOf names who holds the key: an API client, or the person as the issuer
// knows them, which a newcomer has before there is a row for them.
func actorOf(v viewer.Viewer, r *viewer.Request) string {
	if !r.Client.IsNone() {
		return r.Client.String()
	}
	sum := sha256.Sum256([]byte(v.Issuer + "\x00" + v.Subject))
	return hex.EncodeToString(sum[:])
}

func orgOf(v viewer.Viewer) gid.ID {
	if v.Org.IsNone() {
		return v.World
	}
	return v.Org
}

func keyHash(key string) string {
	if key == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}
