package file

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	_ "gocloud.dev/blob/s3blob" // takes s3://…

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
)

const (
	// sendLink is how long a link to send a file is good for.
	sendLink = 15 * time.Minute
	// longestLink is how long a link to fetch a file can be good for.
	longestLink = time.Hour
)

// Shelf is where the bytes lie, and who signs the links to them. All bytes pass
// through Rung, whichever bucket keeps them, so that one door holds every limit.
type Shelf struct {
	bucket *blob.Bucket
	key    []byte
	base   string
	now    func() time.Time
}

// Open opens the bucket that the settings name: a folder of the data folder
// where they name none.
func Open(ctx context.Context, c config.Config, now func() time.Time) (*Shelf, error) {
	secret, err := c.SealKey()
	if err != nil {
		return nil, err
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "rung: links to files", sha256.Size)
	if err != nil {
		return nil, err
	}
	bucket, err := open(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("RUNG_FILES_URL: %w", err)
	}
	return &Shelf{bucket, key, c.PublicURL, now}, nil
}

func open(ctx context.Context, c config.Config) (*blob.Bucket, error) {
	if c.FilesURL.IsEmpty() {
		return folder(filepath.Join(c.DataDir, "files"))
	}
	if path, isFolder := strings.CutPrefix(c.FilesURL.Reveal(), "file://"); isFolder {
		return folder(path)
	}
	bucket, err := blob.OpenBucket(ctx, c.FilesURL.Reveal())
	if err != nil {
		// What went wrong repeats the URL, which can hold a secret.
		return nil, errors.New("this bucket cannot be opened; check its name and its parameters")
	}
	return bucket, nil
}

// folder keeps files beside each other, with nothing in the machine's own
// folder for what is temporary, which can be another disk.
func folder(path string) (*blob.Bucket, error) {
	return fileblob.OpenBucket(path, &fileblob.Options{CreateDir: true, DirFileMode: 0o700, NoTempDir: true, Metadata: fileblob.MetadataDontWrite})
}

// Close lets the bucket go.
func (s *Shelf) Close() error { return s.bucket.Close() }

// Header is a header to send.
type Header struct{ Name, Value string }

// Target is where and how to send a file.
type Target struct {
	URL       string
	Method    string
	Headers   []Header
	ExpiresAt time.Time
}

// Target signs where to send the bytes of an upload that waits for them.
func (s *Shelf) Target(u *ent.Upload) *Target {
	if u.Status != upload.StatusAwaiting {
		return nil
	}
	until := s.now().Add(sendLink).Truncate(time.Second)
	return &Target{
		URL: s.link(http.MethodPut, u.ID, until), Method: http.MethodPut, ExpiresAt: until,
		Headers: []Header{{"Content-Type", u.ContentType}, {"Content-Length", strconv.Itoa(u.SizeBytes)}},
	}
}

// URLs signs where to fetch each upload that is ready. Who asks may see it.
func (s *Shelf) URLs(uploads []*ent.Upload, seconds int) ([]*string, error) {
	if seconds < 1 || time.Duration(seconds)*time.Second > longestLink {
		return nil, &fault.Request{Code: fault.CodeInvalidInput, Message: "Let the address be good for 1 to 3600 seconds."}
	}
	until := s.now().Add(time.Duration(seconds) * time.Second).Truncate(time.Second)
	urls := make([]*string, len(uploads))
	for i, u := range uploads {
		if u != nil && u.Status == upload.StatusReady {
			link := s.link(http.MethodGet, u.ID, until)
			urls[i] = &link
		}
	}
	return urls, nil
}

func (s *Shelf) link(method string, id gid.ID, until time.Time) string {
	expires := strconv.FormatInt(until.Unix(), 10)
	query := url.Values{"expires": {expires}, "signature": {base64.RawURLEncoding.EncodeToString(s.sign(method, id, expires))}}
	return s.base + "/files/" + id.String() + "?" + query.Encode()
}

func (s *Shelf) sign(method string, id gid.ID, expires string) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(method + "\n" + id.String() + "\n" + expires))
	return mac.Sum(nil)
}

// signed is the upload that a request's link names, when the link is ours and
// still good.
func (s *Shelf) signed(r *http.Request, method string) (gid.ID, bool) {
	id, err := gid.ParseAs(gid.Upload, r.PathValue("id"))
	if err != nil {
		return gid.None, false
	}
	query := r.URL.Query()
	expires := query.Get("expires")
	signature, err := base64.RawURLEncoding.DecodeString(query.Get("signature"))
	if err != nil || !hmac.Equal(signature, s.sign(method, id, expires)) {
		return gid.None, false
	}
	until, err := strconv.ParseInt(expires, 10, 64)
	return id, err == nil && s.now().Before(time.Unix(until, 0))
}
