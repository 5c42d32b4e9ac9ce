package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/text"
)

var postings = shape[postingRow]{
	kind: Postings, noun: "posting (employer, title and places)", verb: "importPostings",
	columns: []string{"employer", "title", "locations", "apply_url", "status", "work_authorization", "posted"},
	read:    readPosting, save: savePostings,
}

type postingRow struct {
	reference     string
	employer      string
	employerKey   string
	title, folded string
	locations     []string
	workplace     listing.Workplace
	applyURL      *string
	authorization listing.WorkAuthorization
	status        listing.Status
	publishedAt   time.Time
	asOf          time.Time // the day on which all this was so
}

// keys: the address to apply at does not tell postings apart, because the list
// drops it when a posting closes. So employer, title and places do.
func (p postingRow) keys() []string { return []string{p.reference} }

// rank: one that is open is kept before one that is closed, then the latest.
func (p postingRow) rank() int64 {
	rank := p.publishedAt.Unix()
	if p.status == listing.StatusOpen {
		rank += 1 << 40
	}
	return rank
}

const (
	mostReference = 400
	mostLocations = 50
)

func readPosting(r *reading) postingRow {
	p := postingRow{
		employer: r.needed("employer", 200), title: r.needed("title", 200), applyURL: r.webAddress("apply_url"),
		status: listing.Status(strings.ToUpper(r.cell("status"))), authorization: r.authorization("work_authorization"),
		publishedAt: r.ago("posted"), asOf: r.options.AsOf.Start(),
	}
	p.employerKey, p.folded = text.Fold(p.employer), text.Fold(p.title)
	p.locations, p.workplace = r.places("locations")
	if listing.StatusValidator(p.status) != nil {
		r.refuse("status", "Write open or closed.")
	}
	if p.status == listing.StatusOpen && p.applyURL == nil {
		r.refuse("apply_url", "Write where one applies: the posting is open.")
	}
	p.reference = p.known()
	return p
}

// known is what the posting is known by, in whatever order its places stand.
func (p postingRow) known() string {
	places := make([]string, len(p.locations))
	for i, place := range p.locations {
		places[i] = text.Fold(place)
	}
	slices.Sort(places)
	return referenceOf(mostReference, p.employerKey, p.folded, string(p.workplace), strings.Join(places, "; "))
}

func (r *reading) authorization(column string) listing.WorkAuthorization {
	value := listing.WorkAuthorization(strings.ToUpper(r.cell(column)))
	if value == "" {
		return listing.WorkAuthorizationUnknown
	}
	if listing.WorkAuthorizationValidator(value) != nil {
		r.refuse(column, "Write no_sponsorship, citizens_only or nothing.")
	}
	return value
}

// places are where the work is done. The words remote and hybrid, which say
// how, stand among them in the lists.
func (r *reading) places(column string) ([]string, listing.Workplace) {
	workplace, places := listing.WorkplaceUnknown, []string{}
	for part := range strings.SplitSeq(r.cell(column), ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		at := workplaceOf(text.Fold(part))
		if clearer[at] > clearer[workplace] {
			workplace = at
		}
		place := r.Line(column, part, 1, 200)
		if !bare[text.Fold(part)] && !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	if len(places) > mostLocations {
		r.refuse(column, "Write at most 50 places.")
	}
	return places, workplace
}

var (
	remoteWord = regexp.MustCompile(`\bremote\b`)
	hybridWord = regexp.MustCompile(`\bhybrid\b`)

	// bare words name no place.
	bare = map[string]bool{"remote": true, "hybrid": true, "multiple": true}
	// clearer says which of several words decides: a posting that offers an
	// office or remote work can be done remotely.
	clearer = map[listing.Workplace]int{listing.WorkplaceOnSite: 1, listing.WorkplaceRemote: 2, listing.WorkplaceHybrid: 3}
)

func workplaceOf(place string) listing.Workplace {
	switch {
	case hybridWord.MatchString(place):
		return listing.WorkplaceHybrid
	case remoteWord.MatchString(place):
		return listing.WorkplaceRemote
	case bare[place]:
		return listing.WorkplaceUnknown
	}
	return listing.WorkplaceOnSite
}

var span = regexp.MustCompile(`^(\d{1,4})(d|mo)$`)

// ago is the first instant of the day so many days or months before the file's.
func (r *reading) ago(column string) time.Time {
	m := span.FindStringSubmatch(strings.ToLower(r.cell(column)))
	if m == nil {
		r.refuse(column, "Write how long ago in days or months, as in 3d or 2mo.")
		return time.Time{}
	}
	n, _ := strconv.Atoi(m[1])
	if m[2] == "d" {
		return r.options.AsOf.Plus(-n).Start()
	}
	return monthsBefore(r.options.AsOf, n)
}

// monthsBefore is the same day of an earlier month, or that month's last.
func monthsBefore(day calendar.Date, months int) time.Time {
	at := day.Start()
	first := time.Date(at.Year(), at.Month()-time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(at.Day(), last.Day())-1)
}

// told is what a listing shall say when a file tells of it: l is what it says
// now, nil when there is none.
func (p postingRow) told(l *ent.Listing) ent.Listing {
	want := ent.Listing{
		Title: p.title, TitleFolded: p.folded, EmployerName: p.employer, Workplace: p.workplace, Locations: p.locations,
		ApplyURL: p.applyURL, WorkAuthorization: p.authorization, Status: p.status, PublishedAt: p.publishedAt,
	}
	reopened := l != nil && l.Status == listing.StatusClosed && p.status == listing.StatusOpen
	// The earlier of two dates stands: files count in days first, then in months,
	// and a file read again later says "3d" still.
	if l != nil && !reopened && l.PublishedAt.Before(want.PublishedAt) {
		want.PublishedAt = l.PublishedAt
	}
	if l != nil && want.ApplyURL == nil {
		want.ApplyURL = l.ApplyURL
	}
	if p.status == listing.StatusClosed {
		closed := p.asOf
		if l != nil && l.ClosedAt != nil && l.ClosedAt.Before(closed) {
			closed = *l.ClosedAt
		}
		if closed.Before(want.PublishedAt) {
			closed = want.PublishedAt
		}
		want.ClosedAt = &closed
	}
	return want
}

// says reports whether a listing says what it shall.
func says(l *ent.Listing, want ent.Listing) bool {
	return l.Title == want.Title && l.TitleFolded == want.TitleFolded && l.EmployerName == want.EmployerName &&
		l.Workplace == want.Workplace && slices.Equal(l.Locations, want.Locations) && alike(l.ApplyURL, want.ApplyURL) &&
		l.WorkAuthorization == want.WorkAuthorization && l.Status == want.Status && l.PublishedAt.Equal(want.PublishedAt) &&
		(l.ClosedAt == nil) == (want.ClosedAt == nil) && (l.ClosedAt == nil || l.ClosedAt.Equal(*want.ClosedAt))
}
