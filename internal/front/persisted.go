package front

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// Documents are kept for each client apart: what one keeps, no other can find,
// replace or crowd out.
const (
	mostClients       = 256
	documentsOfClient = 200
	bytesOfClient     = 256 << 10
)

// persisted are the documents that clients name by their SHA-256.
type persisted struct {
	published map[string]string // for everybody
	clients   *bounded[*bounded[string]]
}

func newPersisted(published []string) *persisted {
	p := &persisted{published: map[string]string{}, clients: newBounded[*bounded[string]](mostClients, mostClients)}
	for _, document := range published {
		p.published[hashOf(document)] = document
	}
	return p
}

// find is the document under a hash, as one client sees it.
func (p *persisted) find(client, hash string) (string, error) {
	if document, ok := p.published[hash]; ok {
		return document, nil
	}
	if own, ok := p.clients.get(client); ok {
		if document, ok := own.get(hash); ok {
			return document, nil
		}
	}
	return "", &fault.Request{Code: fault.CodePersistedQueryNotFound, Message: "PersistedQueryNotFound"} // the text that Apollo's clients wait for
}

// keep keeps a valid document of queries for a client who proved who it is.
func (p *persisted) keep(client, document string, parsed *ast.QueryDocument) {
	if client == "" {
		return
	}
	for _, o := range parsed.Operations {
		if o.Operation != ast.Query {
			return
		}
	}
	own, ok := p.clients.get(client)
	if !ok {
		own = newBounded[string](documentsOfClient, bytesOfClient)
		p.clients.put(client, own, 1)
	}
	own.put(hashOf(document), document, len(document))
}

// clientOf names whoever sends the requests: the API client, or else the person;
// empty for the anonymous.
func clientOf(v viewer.Viewer, r *viewer.Request) string {
	switch {
	case !v.IsSignedIn():
		return ""
	case r != nil && r.Client != gid.None:
		return r.Client.String()
	}
	return strings.Join([]string{v.Issuer, v.Subject}, "\n")
}
