package config

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// secretSize is how many characters a secret has at least.
const secretSize = 32

// SealKey is the key made of the secret: the one that was set, or the one that
// the data folder keeps.
func (c Config) SealKey() ([]byte, error) {
	text := c.Secret.Reveal()
	if text == "" {
		file := filepath.Join(c.DataDir, "secret")
		kept, err := Keep(file, func() ([]byte, error) { return []byte(rand.Text() + rand.Text() + "\n"), nil })
		if err != nil {
			return nil, err
		}
		if text = strings.TrimSpace(string(kept)); len(text) < secretSize {
			return nil, fmt.Errorf("%s is damaged: remove it, and a new one is made; cursors given out before end", file)
		}
	}
	key := sha256.Sum256([]byte(text))
	return key[:], nil
}

// Keep returns what a file holds that only its owner may read. When there is
// none it makes one; of several starters at once, all get the same.
func Keep(file string, fresh func() ([]byte, error)) ([]byte, error) {
	kept, err := readOwn(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return kept, err
	}
	text, err := fresh()
	if err != nil {
		return nil, err
	}
	if err := place(file, text); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("keep %s: %w", file, err)
	}
	return readOwn(file)
}

// place makes the file with all its content at once, unless it is there.
func place(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	draft, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(draft.Name()) }()
	_, err = draft.Write(text)
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	// A link, unlike a rename, does not replace what another starter placed.
	return os.Link(draft.Name(), file)
}

func readOwn(file string) ([]byte, error) {
	s, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if s.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s can be read by others: run `chmod 600 %s`", file, file)
	}
	return os.ReadFile(file) //nolint:gosec // the operator says where the data folder is
}

// OtherSealKey is the key made of the other secret, while one replaces the other.
func (c Config) OtherSealKey() []byte {
	key := sha256.Sum256([]byte(c.OtherSecret.Reveal()))
	return key[:]
}
