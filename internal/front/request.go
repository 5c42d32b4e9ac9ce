package front

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/rung-dev/rung/internal/fault"
)

const (
	largestBody = 128 << 10
	longestName = 128 // of an operation
)

// asked is what a request asks for.
type asked struct {
	Query         string
	OperationName string
	Variables     map[string]any
	Extensions    map[string]any
	Hash          string // of a document kept here, in hex; empty when the document itself was sent
	Keep          bool   // keep the document under its hash
	ByGet         bool
}

// refusal is an answer to a request that is not carried out.
type refusal struct {
	status int
	header http.Header
	err    error
	waits  *waiting // for what its caller has to wait, when that is known
}

// refuse tells of a malformed request in one sentence of our own.
func refuse(status int, format string, args ...any) *refusal {
	return &refusal{status: status, err: &fault.Request{Code: fault.CodeInvalidInput, Message: fmt.Sprintf(format, args...)}}
}

// read takes a request apart. Whatever was sent, none of it is repeated.
func read(w http.ResponseWriter, r *http.Request) (asked, *refusal) {
	var parameters map[string]any
	var refused *refusal
	switch r.Method {
	case http.MethodGet:
		parameters, refused = fromURL(r.URL.RawQuery)
	case http.MethodPost:
		parameters, refused = fromBody(w, r)
	default:
		refused = refuse(http.StatusMethodNotAllowed, "Send POST, or GET for queries.")
		refused.header = http.Header{"Allow": {"GET, POST"}}
	}
	if refused != nil {
		return asked{}, refused
	}
	a, refused := understand(parameters)
	a.ByGet = r.Method == http.MethodGet
	return a, refused
}

func fromBody(w http.ResponseWriter, r *http.Request) (map[string]any, *refusal) {
	if r.Header.Get("Content-Encoding") != "" {
		return nil, refuse(http.StatusUnsupportedMediaType, "Send the body as it is, without Content-Encoding.")
	}
	if !isJSON(r.Header.Get("Content-Type")) {
		return nil, refuse(http.StatusUnsupportedMediaType, "Send the body with `Content-Type: application/json`.")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, refuse(http.StatusRequestEntityTooLarge, "The request has more than %d KiB.", largestBody>>10)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, refuse(http.StatusRequestTimeout, "The body did not arrive in time.")
	case err != nil:
		return nil, refuse(http.StatusBadRequest, "The body did not arrive whole.")
	}
	// The limit was for the body. The operation has a limit of its own, and the
	// server would take this one for the client going away.
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
	parameters, err := object(body)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "The body %s.", err)
	}
	return parameters, nil
}

// fromURL reads the parameters of a GET. variables and extensions are JSON.
func fromURL(raw string) (map[string]any, *refusal) {
	given, err := url.ParseQuery(raw)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "The address is not encoded as it should be.")
	}
	parameters := map[string]any{}
	for name, values := range given {
		if len(values) != 1 {
			return nil, refuse(http.StatusBadRequest, "A parameter stands in the address more than once.")
		}
		parameters[name] = values[0]
		if name != "variables" && name != "extensions" || values[0] == "" {
			continue
		}
		if parameters[name], err = object([]byte(values[0])); err != nil {
			return nil, refuse(http.StatusBadRequest, "The parameter `%s` %s.", name, err)
		}
	}
	return parameters, nil
}

// understand checks the parameters' names and types.
func understand(parameters map[string]any) (asked, *refusal) {
	var a asked
	var documentID string
	wrong := ""
	for name, value := range parameters {
		known, ok := true, true
		switch name {
		case "query":
			a.Query, ok = orNull[string](value)
		case "operationName":
			a.OperationName, ok = orNull[string](value)
		case "documentId":
			documentID, ok = orNull[string](value)
		case "variables":
			a.Variables, ok = orNull[map[string]any](value)
		case "extensions":
			a.Extensions, ok = orNull[map[string]any](value)
		default:
			known = false
		}
		if !known {
			return a, refuse(http.StatusBadRequest, "A request has `query`, `variables`, `operationName`, `extensions` and `documentId`, and nothing else.")
		}
		if !ok {
			wrong = max(wrong, name)
		}
	}
	if wrong != "" {
		return a, refuse(http.StatusBadRequest, "`%s` does not have the type it should.", wrong)
	}
	if len(a.OperationName) > longestName {
		return a, refuse(http.StatusBadRequest, "`operationName` has more than %d characters.", longestName)
	}
	if refused := a.persisted(documentID); refused != nil {
		return a, refused
	}
	if strings.TrimSpace(a.Query) == "" && a.Hash == "" {
		return a, refuse(http.StatusBadRequest, "Send a JSON object with `query`, and with `variables` and `operationName` where needed.")
	}
	return a, nil
}

func orNull[T any](value any) (T, bool) {
	typed, ok := value.(T)
	return typed, ok || value == nil
}

var hashed = regexp.MustCompile(`^[0-9a-f]{64}$`)

// persisted reads by which hash a document is named: `documentId`, as in the
// persisted documents of GraphQL over HTTP, or `persistedQuery`, as in Apollo's
// clients.
func (a *asked) persisted(documentID string) *refusal {
	apollo, there := a.Extensions["persistedQuery"]
	switch {
	case documentID != "" && (there || a.Query != ""):
		return refuse(http.StatusBadRequest, "Send the document, or `documentId`, and not both.")
	case documentID != "":
		hash, isSHA := strings.CutPrefix(documentID, "sha256:")
		if !isSHA || !hashed.MatchString(hash) {
			return refuse(http.StatusBadRequest, "Write `documentId` as `sha256:` and 64 hexadecimal digits in small letters.")
		}
		a.Hash = hash
		return nil
	case !there:
		return nil
	}
	entries, _ := apollo.(map[string]any)
	hash, _ := entries["sha256Hash"].(string)
	if version, _ := entries["version"].(json.Number); version != "1" || !hashed.MatchString(hash) {
		return refuse(http.StatusBadRequest, "Write `persistedQuery` as `{\"version\": 1, \"sha256Hash\": \"…\"}`.")
	}
	if a.Query == "" {
		a.Hash = hash
		return nil
	}
	if hash != hashOf(a.Query) {
		return refuse(http.StatusBadRequest, "The document's SHA-256 is another than `sha256Hash` says.")
	}
	a.Keep = true
	return nil
}

func hashOf(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}
