package directory

import (
	"slices"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
)

// DirectoryField is one thing that a directory can tell of a talent. Grades, contact,
// work authorisation and demographics are not among them, whatever a school announces.
type DirectoryField string

// The fields, each of which the API names as Name says.
const (
	Name        DirectoryField = "NAME"
	Major       DirectoryField = "MAJOR"
	DegreeLevel DirectoryField = "DEGREE_LEVEL"
	GraduatesOn DirectoryField = "GRADUATES_ON"
	Location    DirectoryField = "LOCATION"
	Headline    DirectoryField = "HEADLINE"
)

// every field, in their order.
var every = []DirectoryField{Name, Major, DegreeLevel, GraduatesOn, Location, Headline}

var names = map[DirectoryField]string{
	Name: "name", Major: "major", DegreeLevel: "degreeLevel", GraduatesOn: "graduatesOn", Location: "location", Headline: "headline",
}

// Fields are what a notice designates.
func Fields(n *ent.DirectoryNotice) []DirectoryField { return fields(n.Designated) }

// ShownAt is what a notice lets be told at an instant; nothing without one.
func ShownAt(n *ent.DirectoryNotice, now time.Time) []DirectoryField {
	switch {
	case n == nil || n.EndedAt != nil:
		return []DirectoryField{}
	case now.Before(n.EffectiveAt):
		return fields(n.Kept)
	}
	return fields(n.Designated)
}

func fields(kept []string) []DirectoryField {
	named := make([]DirectoryField, len(kept))
	for i, word := range kept {
		named[i] = DirectoryField(word)
	}
	return named
}

// words are the fields as they are kept, in their own order.
func words(named []DirectoryField) []string {
	kept := []string{}
	for _, f := range every {
		if slices.Contains(named, f) {
			kept = append(kept, string(f))
		}
	}
	return kept
}
