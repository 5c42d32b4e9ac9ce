package explorer

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// assets are the files that pages load, by names that carry a hash of what is
// in them: whoever has one never asks for it again.
type assets map[string]*asset

type asset struct {
	plainName string // without the hash; empty for what was built with one
	kind      string
	body      []byte
	packed    func() []byte
}

// entry names the files of the bundle that its page begins with.
type entry struct{ Script, Style, Licences string }

var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".txt": "text/plain; charset=utf-8", ".woff2": "font/woff2",
}

// plain takes in hand-written files, and gives each the name with its hash. A
// module is named by others in its hashed name, so it comes before them.
func (a assets) plain(folder fs.FS) {
	for _, name := range []string{"mark.svg", "style.css", "ask.js", "welcome.js"} {
		body, err := fs.ReadFile(folder, name)
		if err != nil {
			panic(err) // it was embedded
		}
		for before, known := range a.names() {
			body = bytes.ReplaceAll(body, []byte(`"./`+before+`"`), []byte(`"./`+known+`"`))
		}
		sum := sha256.Sum256(body)
		ext := path.Ext(name)
		a.add(strings.TrimSuffix(name, ext)+"-"+hex.EncodeToString(sum[:5])+ext, name, body)
	}
}

// bundled takes in what was built, if it was. Those names have hashes already.
func (a assets) bundled(folder fs.FS) (entry, bool) {
	var begin entry
	text, err := fs.ReadFile(folder, "entry.json")
	if err != nil || json.Unmarshal(text, &begin) != nil {
		return begin, false
	}
	names, err := fs.Glob(folder, "*-*.*")
	if err != nil {
		panic(err) // the pattern is wrong
	}
	for _, name := range names {
		body, err := fs.ReadFile(folder, name)
		if err != nil {
			panic(err) // it was embedded
		}
		a.add(name, "", body)
	}
	return begin, a[begin.Script] != nil && a[begin.Style] != nil && a[begin.Licences] != nil
}

func (a assets) add(name, plainName string, body []byte) {
	if kind, known := kinds[path.Ext(name)]; known {
		a[name] = &asset{plainName, kind, body, sync.OnceValue(func() []byte { return pack(body) })}
	}
}

// names are the hashed names of the hand-written files, by their plain ones.
func (a assets) names() map[string]string {
	hashed := map[string]string{}
	for name, one := range a {
		if one.plainName != "" {
			hashed[one.plainName] = name
		}
	}
	return hashed
}

// ServeHTTP answers one file, compressed for those who take that.
func (a assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	one, found := a[r.PathValue("name")]
	if !found {
		http.NotFound(w, r)
		return
	}
	h, body := w.Header(), one.body
	h.Set("Content-Type", one.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	if takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = one.packed()
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // a client that went away needs no answer
}

func takesGzip(r *http.Request) bool {
	codings := strings.Split(strings.ReplaceAll(r.Header.Get("Accept-Encoding"), " ", ""), ",")
	return slices.Contains(codings, "gzip")
}

func pack(body []byte) []byte {
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	_, _ = zip.Write(body)
	_ = zip.Close() // writing to memory does not fail
	return out.Bytes()
}
