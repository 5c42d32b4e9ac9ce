package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestSecretIsNeverPrinted(t *testing.T) {
	t.Parallel()
	s := NewSecret("canary")
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%T %[1]v"} {
		fmt.Fprintf(&out, verb+"\n", s)
		fmt.Fprintf(&out, verb+"\n", struct{ Open, hidden Secret }{s, s})
		fmt.Fprintf(&out, verb+"\n", []any{s, &s})
	}
	logger := slog.New(slog.NewJSONHandler(&out, nil))
	logger.Info("secret", "s", s, "in", struct{ S Secret }{s})
	slog.New(slog.NewTextHandler(&out, nil)).Info("secret", "s", s, "in", struct{ S Secret }{s})
	if err := json.NewEncoder(&out).Encode(map[string]any{"s": s, "in": []Secret{s}}); err != nil {
		t.Fatal(err)
	}
	text, _ := s.MarshalText()
	out.Write(text)
	out.WriteString(s.String() + s.GoString())
	for _, leak := range []string{"canary", "63616e617279", "63616E617279", "99 97 110"} {
		if strings.Contains(out.String(), leak) {
			t.Errorf("%s leaks:\n%s", leak, out.String())
		}
	}
	if got := s.Reveal(); got != "canary" {
		t.Errorf("it reveals %q", got)
	}
	if !(Secret{}).IsEmpty() || (Secret{}).Reveal() != "" || !NewSecret("").IsEmpty() {
		t.Error("the empty secret is not empty")
	}
}

func TestSealKey(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "data")
	var keys [16][]byte
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			key, err := Config{DataDir: folder}.SealKey()
			if err != nil {
				t.Error(err)
			}
			keys[i] = key
		})
	}
	all.Wait()
	for _, key := range keys {
		if len(key) != 32 || !bytes.Equal(key, keys[0]) {
			t.Errorf("two starters got %x and %x", key, keys[0])
		}
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 || files[0].Name() != "secret" {
		t.Errorf("the folder holds %v, %v", files, err)
	}
	if s, err := os.Stat(filepath.Join(folder, "secret")); err != nil || s.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", s.Mode(), err)
	}
	set, err := Config{DataDir: folder, Secret: NewSecret(good)}.SealKey()
	if err != nil || bytes.Equal(set, keys[0]) {
		t.Errorf("the secret that was set is not used: %v", err)
	}
}

func TestSealKeyRefuses(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		text string
		mode os.FileMode
		says string
	}{
		"it refuses when others can read the file": {good, 0o640, "chmod 600"},
		"it refuses when the file is cut":          {"cut", 0o600, "damaged"},
		"it refuses when the file is empty":        {"", 0o600, "damaged"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			if err := os.WriteFile(filepath.Join(folder, "secret"), []byte(c.text), c.mode); err != nil {
				t.Fatal(err)
			}
			if _, err := (Config{DataDir: folder}).SealKey(); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want one that says %s", err, c.says)
			}
		})
	}
}
