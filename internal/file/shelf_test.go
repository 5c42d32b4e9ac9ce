package file

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rung-dev/rung/internal/config"
)

func TestWhichBucketsAreOpened(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	for name, c := range map[string]struct {
		url    string
		opened bool
	}{
		"the folder of the data folder":   {"", true},
		"another folder":                  {"file://" + data, true},
		"a bucket of S3":                  {"s3://bucket?region=eu-west-1", true},
		"a folder that is not there yet":  {"file://" + filepath.Join(data, "new"), true},
		"it refuses an unknown parameter": {"s3://bucket?region=eu-west-1&secret=canary", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shelf, err := Open(t.Context(), config.Config{DataDir: t.TempDir(), FilesURL: config.NewSecret(c.url), PublicURL: "https://rung.example.edu"}, time.Now)
			if (err == nil) != c.opened {
				t.Fatalf("got %v", err)
			}
			if err != nil {
				if !strings.Contains(err.Error(), "RUNG_FILES_URL") || strings.Contains(err.Error(), "canary") {
					t.Errorf("got %v", err)
				}
				return
			}
			if err := shelf.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
