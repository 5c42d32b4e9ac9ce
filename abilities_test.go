package main

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	gql "github.com/vektah/gqlparser/v2/ast"
)

// unforetold are the mutations that no ability of a noun speaks of by their own
// words, and why.
var unforetold = map[string]string{
	"submitEvaluation":         "`evaluate` of the engagement speaks of it",
	"draftMicroProject":        "a funding pool is only named as who pays: whether it does is for the offer to say",
	"declareDemographics":      ownProfile,
	"eraseDemographics":        ownProfile,
	"stateTaxForm":             ownProfile,
	"reviseTalentProfile":      ownProfile,
	"declareSkills":            ownProfile,
	"recordEducation":          ownProfile,
	"saveMicroProjectTemplate": "whoever writes projects keeps them as templates, in any status",
	"labelTalent":              "whoever may put labels on talents puts them on whom they see",
	"markConversationRead":     "whoever reads a conversation marks it",
}

const ownProfile = "whoever has a profile writes in it, in any state of it"

// TestEveryVerbIsForetold: whatever has a status and verbs says what the viewer may
// do with it, and a mutation that names such a thing is among that.
func TestEveryVerbIsForetold(t *testing.T) {
	t.Parallel()
	for noun := range living() {
		if api.Types[noun].Fields.ForName("viewerCan") == nil {
			t.Errorf("%s has a status and verbs, and does not say what the viewer can do with it", noun)
		}
	}
	for _, f := range api.Mutation.Fields {
		named := nounsOf(f)
		foretold := slices.ContainsFunc(named, func(noun string) bool { return foretells(noun, f.Name) })
		_, left := unforetold[f.Name]
		switch {
		case len(named) > 0 && !foretold && !left:
			t.Errorf("%s is about %v, and none says in viewerCan whether the viewer may", f.Name, named)
		case left && (len(named) == 0 || foretold):
			t.Errorf("%s needs no exemption any more", f.Name)
		}
	}
}

// living are the types that have a status, and verbs that lead from it.
func living() map[string]bool {
	found := map[string]bool{}
	for _, l := range lives() {
		d := api.Types[l.noun]
		if d == nil || d.Fields.ForName("status") == nil {
			continue
		}
		for _, s := range l.steps {
			if api.Mutation.Fields.ForName(s.name) != nil {
				found[l.noun] = true
			}
		}
	}
	return found
}

// nounsOf are the types with abilities that a mutation's input names by an id.
func nounsOf(f *gql.FieldDefinition) []string {
	var named []string
	for _, in := range api.Types[f.Arguments.ForName("input").Type.Name()].Fields {
		noun, isID := strings.CutSuffix(in.Name, "Id")
		if noun == "" || !isID || in.Type.Name() != "ID" {
			continue
		}
		noun = string(unicode.ToUpper(rune(noun[0]))) + noun[1:]
		if d := api.Types[noun]; d != nil && d.Fields.ForName("viewerCan") != nil {
			named = append(named, noun)
		}
	}
	return named
}

// foretells reports whether an ability of a noun is named with the words of a
// mutation, in their order and from the first on.
func foretells(noun, mutation string) bool {
	abilities := api.Types[api.Types[noun].Fields.ForName("viewerCan").Type.Name()]
	return slices.ContainsFunc(abilities.Fields, func(f *gql.FieldDefinition) bool {
		said, words := wordsOf(f.Name), wordsOf(mutation)
		if said[0] != words[0] {
			return false
		}
		for _, word := range words {
			if len(said) > 0 && said[0] == word {
				said = said[1:]
			}
		}
		return len(said) == 0
	})
}

// wordsOf are the words of a name, in small letters.
func wordsOf(name string) []string {
	var words []string
	from := 0
	for i, r := range name {
		if unicode.IsUpper(r) {
			words = append(words, strings.ToLower(name[from:i]))
			from = i
		}
	}
	return append(words, strings.ToLower(name[from:]))
}
