package file

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"
	"gocloud.dev/blob"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

const (
	// stillTime is how long a sender may be silent, wholeTime how long a file may
	// take.
	stillTime = 30 * time.Second
	wholeTime = 15 * time.Minute
	// mostAtOnce is how many files a process sends and takes at once.
	mostAtOnce = 64
	// headSize is how much of a file its type is found by.
	headSize = 3072
)

// Door takes and gives the bytes of files to who holds a signed link.
type Door struct {
	shelf *Shelf
	db    *store.DB
	slots chan struct{}
}

// Door opens the shelf to the network.
func (s *Shelf) Door(db *store.DB) *Door {
	return &Door{s, db, make(chan struct{}, mostAtOnce)}
}

// ServeHTTP answers GET, HEAD and PUT of one file.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case d.slots <- struct{}{}:
		defer func() { <-d.slots }()
	default:
		w.Header().Set("Retry-After", "5")
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	_ = http.NewResponseController(w).SetWriteDeadline(after(wholeTime)) // a recorder of a test has none
	if r.Method == http.MethodPut {
		w.WriteHeader(d.take(w, r))
		return
	}
	d.give(w, r)
}

// waiting is the upload that a link names, as Rung sees it in its own world.
func (d *Door) waiting(r *http.Request, method string) (context.Context, *ent.Upload, int) {
	id, ok := d.shelf.signed(r, method)
	if !ok {
		return nil, nil, http.StatusForbidden
	}
	v := viewer.System("a signed link stands for who was given it")
	ctx := viewer.With(r.Context(), v)
	u, err := d.db.Read.Upload.Get(ctx, id)
	if err != nil {
		return nil, nil, statusOf(ctx, err)
	}
	asked := viewer.RequestFrom(ctx)
	ctx = viewer.WithRequest(viewer.With(ctx, v.In(u.WorldID)), &viewer.Request{ID: asked.ID, From: asked.From, Verb: "receiveUpload"})
	return ctx, u, 0
}

// take keeps the bytes of an upload, and says with which status to answer.
func (d *Door) take(w http.ResponseWriter, r *http.Request) int {
	ctx, u, refused := d.waiting(r, http.MethodPut)
	switch {
	case refused != 0:
		return refused
	case u.Status != upload.StatusAwaiting:
		return http.StatusConflict
	case r.Header.Get("Content-Type") != u.ContentType:
		return http.StatusUnsupportedMediaType
	case r.ContentLength > int64(u.SizeBytes):
		return http.StatusRequestEntityTooLarge
	case r.ContentLength >= 0 && r.ContentLength < int64(u.SizeBytes):
		return http.StatusBadRequest
	}
	came := &parcel{from: r.Body, control: http.NewResponseController(w), end: after(wholeTime), hash: sha256.New()}
	key := strings.Join([]string{u.WorldID.String(), owner(u).String(), rand.Text()}, "/")
	if status := d.shelf.keep(ctx, key, u, came); status != 0 {
		return status
	}
	if err := d.receive(ctx, u.ID, key, came); err != nil {
		// Somebody else was faster, or it ended meanwhile: these bytes are nobody's.
		return statusOf(ctx, errors.Join(err, d.shelf.bucket.Delete(context.WithoutCancel(ctx), key)))
	}
	return http.StatusNoContent
}

// keep writes what comes into the bucket, never more than was announced. What
// is cut short is not kept.
func (s *Shelf) keep(ctx context.Context, key string, u *ent.Upload, came *parcel) int {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	into, err := s.bucket.NewWriter(ctx, key, &blob.WriterOptions{ContentType: u.ContentType})
	if err != nil {
		return statusOf(ctx, err)
	}
	size, err := io.Copy(into, io.LimitReader(came, int64(u.SizeBytes)+1))
	if err == nil && size == int64(u.SizeBytes) {
		if err := into.Close(); err != nil {
			return statusOf(ctx, err)
		}
		return 0
	}
	cancel()
	_ = into.Close() // cancelled: it keeps nothing, and says so
	if size > int64(u.SizeBytes) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// parcel is a body on its way in: its first bytes, and its hash.
type parcel struct {
	from    io.Reader
	control *http.ResponseController
	end     time.Time
	head    bytes.Buffer
	hash    hash.Hash
}

// Read gives a sender who is not silent time to go on.
func (p *parcel) Read(into []byte) (int, error) {
	by := after(stillTime)
	if by.After(p.end) {
		by = p.end
	}
	_ = p.control.SetReadDeadline(by) // a recorder of a test has none
	n, err := p.from.Read(into)
	p.hash.Write(into[:n])
	p.head.Write(into[:min(n, headSize-p.head.Len())])
	return n, err
}

// after is an instant of the machine's clock, by which connections end.
func after(d time.Duration) time.Time {
	return time.Now().Add(d) //nolint:forbidigo // a connection knows no other clock
}

// kind is the type that the content is found to be, without its parameters.
func (p *parcel) kind() string {
	found, _, _ := strings.Cut(mimetype.Detect(p.head.Bytes()).String(), ";")
	return found
}

// receive notes where the bytes of an upload lie, and what they are.
func (d *Door) receive(ctx context.Context, id gid.ID, key string, came *parcel) error {
	_, err := store.Write(ctx, d.db, func(tx *store.Tx) (gid.ID, error) {
		u, err := lock(ctx, tx, id)
		if err != nil {
			return gid.None, err
		}
		v := viewer.From(ctx)
		if err := States.Permit(string(event.UploadReceived), v, transition.Sides(v, u.EmployerOrgID, u.TalentID), u.Status); err != nil {
			return gid.None, err
		}
		return u.ID, step(ctx, tx, u, event.UploadReceived, string(event.UploadReceived), func(update *ent.UploadUpdate) {
			update.SetBlobKey(key).SetReceivedSha256(hex.EncodeToString(came.hash.Sum(nil))).SetReceivedType(came.kind()).SetReceivedAt(tx.Now)
		})
	})
	return err
}

// give answers the bytes of an upload that is ready, or a part of them.
func (d *Door) give(w http.ResponseWriter, r *http.Request) {
	ctx, u, refused := d.waiting(r, http.MethodGet)
	if refused == 0 && u.Status != upload.StatusReady {
		refused = http.StatusNotFound
	}
	if refused != 0 {
		w.WriteHeader(refused)
		return
	}
	from, err := d.shelf.bucket.NewReader(ctx, *u.BlobKey, nil)
	if err != nil {
		w.WriteHeader(statusOf(ctx, err))
		return
	}
	defer func() { _ = from.Close() }()
	h := w.Header()
	h.Set("Content-Type", u.ContentType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": u.Name}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-store")
	h.Set("ETag", `"`+u.Sha256+`"`)
	http.ServeContent(w, r, "", time.Time{}, from)
}

// statusOf is the status that a failure is answered with. It never says why.
func statusOf(ctx context.Context, err error) int {
	var busy *fault.Request
	_, foreseen := fault.UserErrors(err)
	switch {
	case ent.IsNotFound(err):
		return http.StatusNotFound
	case foreseen:
		return http.StatusConflict
	case errors.As(err, &busy):
		return http.StatusServiceUnavailable
	}
	slog.ErrorContext(ctx, "a file could not be taken or given", "error", err)
	return http.StatusInternalServerError
}
