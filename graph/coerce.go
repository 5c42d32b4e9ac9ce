package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/rung-dev/rung/internal/address"
	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
	"github.com/rung-dev/rung/internal/store"
)

// Coerce refuses an operation with a malformed value before any of it runs.
// gqlgen alone would find it while executing, after other mutations have run.
type Coerce struct{ Schema *ast.Schema }

// ExtensionName names the extension for gqlgen.
func (Coerce) ExtensionName() string { return "Coerce" }

// Validate has nothing to check when the server is put together.
func (Coerce) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext walks every argument, with its variables filled in.
func (c Coerce) MutateOperationContext(_ context.Context, operation *graphql.OperationContext) *gqlerror.Error {
	w := &coercion{schema: c.Schema, variables: operation.Variables, seen: map[string]bool{}}
	w.selections(operation.Operation.SelectionSet)
	if w.refused == nil {
		return nil
	}
	return &gqlerror.Error{
		Message:    w.refused.Error(),
		Locations:  []gqlerror.Location{{Line: w.at.Line, Column: w.at.Column}},
		Extensions: (&fault.Request{Code: fault.CodeInvalidInput}).Extensions(),
	}
}

type coercion struct {
	schema    *ast.Schema
	variables map[string]any
	seen      map[string]bool // fragments
	at        *ast.Position
	refused   error
}

func (w *coercion) selections(set ast.SelectionSet) {
	for _, selection := range set {
		if w.refused != nil {
			return
		}
		switch s := selection.(type) {
		case *ast.Field:
			w.field(s)
			w.selections(s.SelectionSet)
		case *ast.InlineFragment:
			w.selections(s.SelectionSet)
		case *ast.FragmentSpread:
			if !w.seen[s.Name] {
				w.seen[s.Name] = true
				w.selections(s.Definition.SelectionSet)
			}
		}
	}
}

func (w *coercion) field(f *ast.Field) {
	if f.Definition == nil || len(f.Definition.Arguments) == 0 {
		return
	}
	w.at = f.Position
	given := f.ArgumentMap(w.variables)
	for _, argument := range f.Definition.Arguments {
		value, ok := given[argument.Name]
		if !ok || w.refused != nil {
			continue
		}
		noun := nounsByName[argument.Name]
		if argument.Name == "id" {
			noun = store.NounOf(f.Definition.Type.Name())
		}
		w.value(argument.Name, argument.Type, noun, value)
	}
}

func (w *coercion) value(path string, t *ast.Type, noun gid.Noun, value any) {
	if value == nil || w.refused != nil {
		return
	}
	if t.Elem != nil {
		list, ok := value.([]any)
		if !ok {
			list = []any{value} // one value stands for a list of it
		}
		for i, entry := range list {
			w.value(path+"."+strconv.Itoa(i), t.Elem, noun, entry)
		}
		return
	}
	definition := w.schema.Types[t.NamedType]
	if definition != nil && definition.Kind == ast.InputObject {
		w.object(path, definition, noun, value)
		return
	}
	if definition != nil && definition.Kind == ast.Enum {
		text, ok := value.(string)
		if !ok || definition.EnumValues.ForName(text) == nil {
			w.refused = fmt.Errorf("%s: a value of the enum %s is needed here", path, t.NamedType)
		}
		return
	}
	if err := scalar(t.NamedType, noun, value); err != nil {
		w.refused = fmt.Errorf("%s: %w", path, err)
	}
}

func (w *coercion) object(path string, definition *ast.Definition, noun gid.Noun, value any) {
	given, ok := value.(map[string]any)
	if !ok {
		w.refused = fmt.Errorf("%s: an object is needed here", path)
		return
	}
	if definition.Directives.ForName("oneOf") != nil && !exactlyOne(given) {
		w.refused = fmt.Errorf("%s: give exactly one of its fields, and not null", path)
		return
	}
	for _, f := range definition.Fields {
		under := noun
		if own, named := nounsByName[f.Name]; named {
			under = own
		}
		w.value(path+"."+f.Name, f.Type, under, given[f.Name])
	}
}

func exactlyOne(given map[string]any) bool {
	for _, value := range given {
		return len(given) == 1 && value != nil
	}
	return false
}

// scalar reads a value as its scalar does.
func scalar(name string, noun gid.Noun, value any) error {
	var err error
	switch name {
	case "ID":
		text, _ := value.(string)
		if noun == 0 {
			_, err = gid.Parse(text)
		} else {
			_, err = gid.ParseAs(noun, text)
		}
	case "Int":
		err = integer(value)
	case "DateTime":
		_, err = calendar.UnmarshalDateTime(value)
	case "Date":
		err = new(calendar.Date).UnmarshalGQL(value)
	case "Duration":
		err = new(calendar.Duration).UnmarshalGQL(value)
	case "TimeZone":
		err = new(calendar.Zone).UnmarshalGQL(value)
	case "Decimal":
		err = new(money.Decimal).UnmarshalGQL(value)
	case "CurrencyCode":
		err = new(money.Currency).UnmarshalGQL(value)
	case "Url":
		_, err = address.UnmarshalURL(value)
	case "String":
		text, ok := value.(string)
		if !ok || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			err = fmt.Errorf("text in UTF-8 without NUL characters is needed here")
		}
	}
	return err
}

func integer(value any) error {
	var n int64
	var err error
	switch v := value.(type) {
	case int64:
		n = v
	case int:
		n = int64(v)
	case json.Number:
		n, err = v.Int64()
	case float64:
		n = int64(v)
		if float64(n) != v {
			err = fmt.Errorf("not whole")
		}
	default:
		err = fmt.Errorf("not a number")
	}
	if err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		return fmt.Errorf("a whole number of at most 32 bits is needed here")
	}
	return nil
}

// nounsByName says which noun an input field or argument names.
var nounsByName = map[string]gid.Noun{
	"institutionId": gid.Institution, "institutionIds": gid.Institution, "institution": gid.Institution,
	"institutionLinkId": gid.InstitutionLink,
	"employerId":        gid.Employer, "employer": gid.Employer,
	"talentProfileId": gid.Talent, "talent": gid.Talent,
	"affiliationId": gid.Affiliation,
	"skillId":       gid.Skill, "skillIds": gid.Skill, "skills": gid.Skill, "skill": gid.Skill,
	"occupationId":   gid.Occupation,
	"microProjectId": gid.MicroProject, "microProject": gid.MicroProject,
	"plannedDeliverableId": gid.PlannedDeliverable, "plannedDeliverableIds": gid.PlannedDeliverable,
	"postingRequestId": gid.PostingRequest,
	"applicationId":    gid.Application,
	"interviewId":      gid.Interview,
	"questionId":       gid.ApplicationQuestion,
	"offerId":          gid.Offer,
	"agreementId":      gid.Agreement,
	"engagementId":     gid.Engagement, "engagement": gid.Engagement,
	"deliverableId":    gid.Deliverable,
	"hireConversionId": gid.HireConversion,
}
