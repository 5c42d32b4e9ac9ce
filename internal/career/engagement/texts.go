package engagement

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
)

//go:embed agreements
var texts embed.FS

// versions are those of the texts that new agreements carry. A text that was
// signed somewhere stays as it is; a changed one is a new version.
var versions = map[agreement.Kind]int{
	agreement.KindContractorTerms: 2, agreement.KindIPAssignment: 1, agreement.KindNonDisclosure: 1,
}

// kindsFor are the documents that an offer on a project needs, in the order of
// signing: an agreement not to disclose only where the project asks for it.
func kindsFor(p *ent.MicroProject) []agreement.Kind {
	return slices.DeleteFunc(slices.Clone(Kinds), func(k agreement.Kind) bool {
		return k == agreement.KindNonDisclosure && !p.RequiresNda
	})
}

// Kinds are the documents that an offer can need, in the order of signing.
var Kinds = []agreement.Kind{agreement.KindContractorTerms, agreement.KindIPAssignment, agreement.KindNonDisclosure}

// TextOf is what an agreement of that kind and version says.
func TextOf(kind agreement.Kind, version int) string {
	text, err := texts.ReadFile(fmt.Sprintf("agreements/%s.v%d.txt", strings.ToLower(string(kind)), version))
	if err != nil {
		panic(err) // every kind is embedded, and versions are only added
	}
	return string(text)
}

// Text is what an agreement says: the text of its kind, and what its offer adds.
func Text(a *ent.Agreement) string {
	text := TextOf(a.Kind, a.TextVersion)
	if a.Annex != nil {
		text += *a.Annex
	}
	return text
}

// HashOf is the SHA-256 of a text in hex: what exactly was signed.
func HashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
