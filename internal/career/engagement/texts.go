package engagement

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
)

//go:embed agreements
var texts embed.FS

// versions are those of the texts that Rung's own documents have. A text that was
// signed somewhere stays as it is; a changed one is a new version. Additional
// terms are the employer's alone.
var versions = map[agreement.Kind]int{
	agreement.KindContractorTerms: 3, agreement.KindIPAssignment: 1, agreement.KindIPLicence: 1, agreement.KindNonDisclosure: 1,
}

// titles are what Rung's own documents are called.
var titles = map[agreement.Kind]string{
	agreement.KindContractorTerms: "Contractor terms", agreement.KindIPAssignment: "Assignment of results",
	agreement.KindIPLicence: "Licence of results", agreement.KindNonDisclosure: "Non-disclosure",
}

// Kinds are the documents that an offer can have, in the order of signing.
var Kinds = []agreement.Kind{
	agreement.KindContractorTerms, agreement.KindIPAssignment, agreement.KindIPLicence, agreement.KindNonDisclosure,
	agreement.KindAdditionalTerms,
}

// BySigning orders documents as they are signed.
func BySigning[K ~string](a, b K) int {
	return slices.Index(Kinds, agreement.Kind(a)) - slices.Index(Kinds, agreement.Kind(b))
}

// TextOf is what Rung's own document of that kind and version says.
func TextOf(kind agreement.Kind, version int) string {
	text, err := texts.ReadFile(fmt.Sprintf("agreements/%s.v%d.txt", strings.ToLower(string(kind)), version))
	if err != nil {
		panic(err) // every kind is embedded, and versions are only added
	}
	return string(text)
}

// textOf is what a document says: the employer's own text or Rung's, and what its
// offer adds to the terms of the contractor.
func textOf(kind agreement.Kind, version int, own *ent.AgreementTemplate, annex string) string {
	switch {
	case own != nil:
		return own.Text
	case kind == agreement.KindContractorTerms:
		return TextOf(kind, version) + annex
	}
	return TextOf(kind, version)
}
