package front

import (
	"mime"
	"strconv"
	"strings"
)

// The media types of an answer. The first is GraphQL's own, and says by its
// status whether the operation ran; the second always was, and answers 200.
const (
	graphqlJSON = "application/graphql-response+json"
	plainJSON   = "application/json"
)

const mostRanges = 32 // that one header may name

// answerMedia is the media type that the Accept header likes best, or "" when it
// likes none that we have. Equally liked, JSON wins: a client that knows the
// other asks for it.
func answerMedia(accept string) string {
	if strings.TrimSpace(accept) == "" {
		return plainJSON
	}
	best, liked := "", 0.0
	for _, offered := range []string{plainJSON, graphqlJSON} {
		if q := quality(accept, offered); q > liked || q == liked && q > 0 && named(accept, offered) && !named(accept, best) {
			best, liked = offered, q
		}
	}
	return best
}

// quality is how much a header likes a media type, 0 to 1: its most exact range
// counts.
func quality(header, media string) float64 {
	q, exact := 0.0, -1
	for _, one := range ranges(header) {
		name, parameters, err := mime.ParseMediaType(one)
		if err != nil {
			continue
		}
		if charset, given := parameters["charset"]; given && !strings.EqualFold(charset, "utf-8") {
			continue
		}
		if fit := fits(name, media); fit > exact {
			q, exact = weight(parameters["q"]), fit
		}
	}
	return q
}

// named reports whether a header names a media type itself.
func named(header, media string) bool {
	for _, one := range ranges(header) {
		if name, _, err := mime.ParseMediaType(one); err == nil && name == media {
			return true
		}
	}
	return false
}

// fits says how exactly a range names a media type, or -1 when it does not.
func fits(name, media string) int {
	kind, _, _ := strings.Cut(media, "/")
	switch name {
	case media:
		return 2
	case kind + "/*":
		return 1
	case "*/*":
		return 0
	}
	return -1
}

func ranges(header string) []string {
	all := strings.Split(header, ",")
	return all[:min(len(all), mostRanges)]
}

func weight(q string) float64 {
	if q == "" {
		return 1
	}
	w, err := strconv.ParseFloat(q, 64)
	if err != nil || w < 0 || w > 1 {
		return 0
	}
	return w
}

// takesGzip reports whether an Accept-Encoding header lets us compress.
func takesGzip(header string) bool {
	gzip, all := -1.0, -1.0
	for _, one := range ranges(header) {
		coding, q, _ := strings.Cut(one, ";")
		q = strings.TrimPrefix(strings.ReplaceAll(q, " ", ""), "q=")
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			gzip = weight(q)
		case "*":
			all = weight(q)
		}
	}
	return gzip > 0 || gzip < 0 && all > 0
}

// isJSON reports whether a request's Content-Type is JSON in UTF-8.
func isJSON(contentType string) bool {
	name, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || name != plainJSON {
		return false
	}
	charset, given := parameters["charset"]
	return !given || strings.EqualFold(charset, "utf-8")
}
