package page

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
)

const (
	version = 1
	macSize = 16
	longest = 4096 // bytes of a cursor; the longest name fits
)

// Seal makes cursors that nobody else can make.
type Seal struct{ key []byte }

// NewSeal seals with a key of the installation.
func NewSeal(key []byte) *Seal { return &Seal{bytes.Clone(key)} }

func (s *Seal) mac(body []byte) []byte {
	h := hmac.New(sha256.New, s.key)
	_, _ = h.Write(body)
	return h.Sum(nil)[:macSize]
}

func (s *Seal) close(o order, value any, id gid.ID) string {
	body, err := json.Marshal(contents(o, value, id))
	if err != nil {
		panic(err) // ids, text, numbers and instants
	}
	return base64.RawURLEncoding.EncodeToString(append(body, s.mac(body)...))
}

// open reads a cursor of this list. Whatever is wrong with it is one error.
func (s *Seal) open(text string, o order) (*cursor, error) {
	refused := &fault.Request{
		Code:    fault.CodeCursorInvalid,
		Message: "This cursor is not one of this list's. Begin again without it, with the same filter and order.",
	}
	if len(text) > longest {
		return nil, refused
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) <= macSize {
		return nil, refused
	}
	body, mac := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	if !hmac.Equal(mac, s.mac(body)) {
		return nil, refused
	}
	var c sealed
	if json.Unmarshal(body, &c) != nil || c.Version != version || !bytes.Equal(c.List, o.hash[:]) {
		return nil, refused
	}
	return &cursor{c.value(), c.ID}, nil
}
