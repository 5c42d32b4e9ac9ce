package front

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/front/guard"
)

const (
	documentsKept = 1_000
	bytesKept     = 512 << 10 // of text; parsed, it takes twenty times that and more
	mostErrors    = 20
	longestError  = 200 // characters of its message
	fewErrors     = 5   // so few that suggestions are worth their time
)

// documents reads GraphQL documents and keeps the valid ones.
type documents struct {
	schema  *ast.Schema
	suggest bool
	kept    *bounded[*ast.QueryDocument]
	gate    chan struct{} // parsing and validating is work for a processor
}

func newDocuments(schema *ast.Schema, suggest bool) *documents {
	return &documents{
		schema: schema, suggest: suggest,
		kept: newBounded[*ast.QueryDocument](documentsKept, bytesKept),
		gate: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
}

// read is a document that keeps the limits and fits the schema.
func (d *documents) read(ctx context.Context, text string) (*ast.QueryDocument, gqlerror.List, *refusal) {
	if known, ok := d.kept.get(text); ok {
		return known, nil, nil
	}
	select {
	case d.gate <- struct{}{}:
		defer func() { <-d.gate }()
	case <-ctx.Done():
		return nil, nil, &refusal{err: errBusy()}
	}
	document, err := guard.Parse(text)
	var request *fault.Request
	var syntax *gqlerror.Error
	switch {
	case errors.As(err, &request):
		return nil, nil, &refusal{status: http.StatusBadRequest, err: err}
	case errors.As(err, &syntax):
		return nil, gqlerror.List{d.parseError(syntax)}, nil
	case len(document.Operations) == 0:
		return nil, gqlerror.List{coded(gqlerror.Errorf("The document has no operation."), fault.CodeGraphQLValidationFailed)}, nil
	}
	if list := d.validate(document); len(list) > 0 {
		return nil, list, nil
	}
	d.kept.put(text, document, len(text))
	return document, nil, nil
}

// parseError says where and, in the parser's words, what was found there, but
// not the value that was: it may be a secret.
func (*documents) parseError(e *gqlerror.Error) *gqlerror.Error {
	shown := gqlerror.Errorf("%s", found.ReplaceAllString(e.Message, "$1"))
	shown.Locations = e.Locations
	return coded(shown, fault.CodeGraphQLParseFailed)
}

var found = regexp.MustCompile(`((?:found|Unexpected) (?:String|BlockString|Int|Float|Comment|Name|Invalid)) ".*`)

// tooMany ends a validation that has found enough.
type tooMany struct{}

// validate holds a document against the schema. Only the first errors are told,
// with suggestions where those are wanted and few.
func (d *documents) validate(document *ast.QueryDocument) gqlerror.List {
	list := d.walk(document, plainRules)
	if d.suggest && len(list) > 0 && len(list) <= fewErrors {
		list = d.walk(document, suggestingRules)
	}
	for i, e := range list {
		list[i] = validationError(e)
	}
	return list
}

func (d *documents) walk(document *ast.QueryDocument, all []core.Rule) (list gqlerror.List) {
	observers := &core.Events{}
	for _, rule := range all {
		rule.RuleFunc(observers, func(options ...core.ErrorOption) {
			e := &gqlerror.Error{Rule: rule.Name}
			for _, option := range options {
				option(e)
			}
			list = append(list, e)
			if len(list) >= mostErrors {
				panic(tooMany{})
			}
		})
	}
	defer func() {
		if thrown := recover(); thrown != nil {
			if _, enough := thrown.(tooMany); !enough {
				panic(thrown)
			}
		}
	}()
	core.Walk(d.schema, document, observers)
	return list
}

var plainRules, suggestingRules = func() (plain, suggesting []core.Rule) {
	without := map[string]core.Rule{}
	for _, rule := range []core.Rule{
		rules.FieldsOnCorrectTypeRuleWithoutSuggestions, rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownTypeNamesRuleWithoutSuggestions, rules.ScalarLeafsRuleWithoutSuggestions,
		rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
	} {
		without[strings.TrimSuffix(rule.Name, "WithoutSuggestions")] = rule
	}
	for name, check := range rules.NewDefaultRules().GetInner() {
		rule := core.Rule{Name: name, RuleFunc: check}
		suggesting = append(suggesting, rule)
		if quiet, ok := without[name]; ok {
			rule = quiet
		}
		plain = append(plain, rule)
	}
	byName := func(a, b core.Rule) int { return strings.Compare(a.Name, b.Name) }
	slices.SortFunc(plain, byName)
	slices.SortFunc(suggesting, byName)
	return plain, suggesting
}()

// validationError gives an error its code. A value that does not fit its type is
// INVALID_INPUT wherever it stands, and is not repeated.
func validationError(e *gqlerror.Error) *gqlerror.Error {
	if !strings.HasPrefix(e.Rule, "ValuesOfCorrectType") {
		return coded(e, fault.CodeGraphQLValidationFailed)
	}
	e.Message = given.ReplaceAllString(e.Message, "")
	e.Message = missing.ReplaceAllString(e.Message, "This value is none of the enum $1.")
	return coded(e, fault.CodeInvalidInput)
}

var (
	given   = regexp.MustCompile(`(?s)(: |, found ).*$`)
	missing = regexp.MustCompile(`(?s)^Value ".*" does not exist in ("[^"]*") enum\..*$`)
)

// variableError is validationError for the values of variables.
func variableError(e *gqlerror.Error) *gqlerror.Error {
	e.Message = strings.TrimPrefix(e.Path.String(), "variable.") + ": " + none.ReplaceAllString(e.Message, "this value is none of the enum $1")
	e.Path = nil
	return coded(e, fault.CodeInvalidInput)
}

var none = regexp.MustCompile(`(?s)^.* is not a valid (\w+)$`)

func coded(e *gqlerror.Error, code fault.Code) *gqlerror.Error {
	if utf8.RuneCountInString(e.Message) > longestError {
		e.Message = string([]rune(e.Message)[:longestError-1]) + "…"
	}
	e.Extensions = (&fault.Request{Code: code}).Extensions()
	return e
}
