package front

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rung-dev/rung/internal/fault"
)

// worthGzip is from how many bytes on an answer is compressed for those who take
// that.
const worthGzip = 2 << 10

// answer is one answer as a whole: it is written once, with its length.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// compose writes a response as JSON. The data is JSON already and is not read
// again.
func compose(response *graphql.Response, media string, record *Record) *answer {
	a := &answer{status: http.StatusOK}
	ran := response.Data != nil
	if !ran && media == graphqlJSON {
		a.status = http.StatusBadRequest
	}
	record.errors(response.Errors)
	b := make([]byte, 0, len(response.Data)+512)
	b = append(b, '{')
	if len(response.Errors) > 0 {
		b = field(b, "errors", response.Errors[:min(len(response.Errors), mostErrors)])
	}
	if ran {
		b = append(append(comma(b), `"data":`...), response.Data...)
	}
	if len(response.Extensions) > 0 {
		b = field(b, "extensions", response.Extensions)
	}
	a.body = append(b, '}')
	return a
}

func field(b []byte, name string, value any) []byte {
	encoded, err := json.Marshal(value)
	if err != nil {
		encoded = []byte("null") // an extension that is no JSON is our own defect
	}
	return append(append(append(comma(b), '"'), name+`":`...), encoded...)
}

func comma(b []byte) []byte {
	if len(b) > 1 {
		return append(b, ',')
	}
	return b
}

// requestErrors answers errors of the request itself, before anything ran.
func (d *door) requestErrors(ctx context.Context, list gqlerror.List, media string, record *Record) *answer {
	if list == nil {
		return nil
	}
	return compose(d.executor.DispatchError(ctx, list), media, record)
}

// refuse answers a refusal.
func (d *door) refuse(ctx context.Context, r *refusal, record *Record) *answer {
	shown := d.Present(ctx, r.err)
	response := d.Extend(ctx, func(context.Context) *graphql.Response {
		return &graphql.Response{Errors: gqlerror.List{shown}}
	})
	a := compose(response, plainJSON, record)
	a.status, a.header = r.status, r.header
	if a.status == 0 {
		a.status = http.StatusServiceUnavailable
		if fault.CodeOf(shown.Extensions) == fault.CodeInternal {
			a.status = http.StatusInternalServerError
		}
	}
	if after, ok := shown.Extensions["retryAfterMs"].(int); ok {
		if a.header == nil {
			a.header = http.Header{}
		}
		a.header.Set("Retry-After", strconv.Itoa((after+999)/1000))
	}
	return a
}

// unauthenticated tells of a token that is not valid, or of a failure to find out.
func unauthenticated(err error) *refusal {
	var request *fault.Request
	if !errors.As(err, &request) || request.Code != fault.CodeUnauthenticated {
		return &refusal{err: err}
	}
	return &refusal{
		status: http.StatusUnauthorized, err: err,
		header: http.Header{"WWW-Authenticate": {`Bearer error="invalid_token"`}},
	}
}

// write sends the answer.
func (a *answer) write(w http.ResponseWriter, r *http.Request, media string) {
	h := w.Header()
	for name, values := range a.header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	h.Set("Content-Type", media+"; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept, Accept-Encoding, Authorization")
	body := a.body
	if len(body) >= worthGzip && takesGzip(r.Header.Get("Accept-Encoding")) {
		small := packers.Get().(*packer) //nolint:forcetypeassert // the pool makes nothing else
		defer packers.Put(small)
		body = small.pack(body)
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(a.status)
	_, _ = w.Write(body) //nolint:gosec // JSON, and told to be; a client that went away needs no answer
}

// packer compresses one answer after another.
type packer struct {
	out bytes.Buffer
	zip *gzip.Writer
}

var packers = sync.Pool{New: func() any {
	p := &packer{}
	p.zip, _ = gzip.NewWriterLevel(&p.out, gzip.BestSpeed)
	return p
}}

func (p *packer) pack(body []byte) []byte {
	p.out.Reset()
	p.zip.Reset(&p.out)
	_, _ = p.zip.Write(body)
	_ = p.zip.Close() // writing to memory does not fail
	return p.out.Bytes()
}
