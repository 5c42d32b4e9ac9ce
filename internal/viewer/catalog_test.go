package viewer_test

import (
	"slices"
	"testing"

	"github.com/rung-dev/rung/internal/viewer"
)

func TestTheCatalogNamesEveryScopeOnce(t *testing.T) {
	t.Parallel()
	var listed []string
	for _, e := range viewer.Catalog() {
		listed = append(listed, string(e.Scope))
		if e.Meaning == "" {
			t.Errorf("nobody says what %s opens", e.Scope)
		}
	}
	declared := constants(t, "scopes.go", "Scope")
	slices.Sort(declared)
	if !slices.Equal(listed, declared) {
		t.Errorf("the catalogue lists\n%v, want\n%v", listed, declared)
	}
}

// What a program must never hold, it cannot be granted.
func TestWhatIsGrantedToPrograms(t *testing.T) {
	t.Parallel()
	for scope, want := range map[viewer.Scope]bool{
		viewer.ListingsRead: true, viewer.ApplicationsRead: true, viewer.ProjectsWrite: true, viewer.AffiliationsRead: true,
		viewer.ClientsManage: false, viewer.AgreementsSign: false, viewer.MembersRead: false, viewer.PlatformConfigure: false,
		viewer.ApplicationsSubmit: false, viewer.TalentWrite: false, "made:up": false,
	} {
		if got := viewer.IsGrantable(scope); got != want {
			t.Errorf("%s is grantable: %v, want %v", scope, got, want)
		}
	}
}
