package institution

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
)

// Of many institutions all are asked or none, and an approver may give less than
// the institution usually does.
func TestRequestManyLinks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		uni, amy := h.opened(t, "State University", "amy")
		tech, _ := h.opened(t, "Tech", "tom")
		closed := h.listed(t, "Closed College", gid.LiveWorld)
		_, ada := h.employer(t, "Acme", "ada")
		var done Requested
		asks := func(ids ...gid.ID) func(context.Context) error {
			return func(ctx context.Context) (err error) {
				done, err = RequestInstitutionLink(ctx, h.DB, RequestInstitutionLinkInput{InstitutionIDs: ids})
				return err
			}
		}
		const verb = "requestInstitutionLink"
		h.Refuses(t, ada, verb, asks(), fault.CodeInvalidValue, "institutionIds")
		h.Refuses(t, ada, verb, asks(uni, uni), fault.CodeInvalidValue, "institutionIds.1")
		h.Refuses(t, ada, verb, asks(uni, closed), fault.CodeIllegalTransition, "")
		h.Refuses(t, ada, verb, asks(uni, gid.ID{1, 15: byte(gid.Institution)}), fault.CodeNotFound, "institutionIds.1")
		h.Refuses(t, amy, verb, asks(uni, tech), fault.CodeNotPermitted, "")
		many := make([]gid.ID, 51)
		for i := range many {
			many[i] = gid.ID{byte(i + 1), 15: byte(gid.Institution)}
		}
		h.Refuses(t, ada, verb, asks(many...), fault.CodeLimitReached, "institutionIds")
		if err := asks(uni, tech)(stage.As(t, ada, verb)); err != nil || len(done.All) != 2 || !done.One.IsNone() {
			t.Fatalf("got %v, %v", done, err)
		}
		if _, err := ApproveInstitutionLink(stage.As(t, amy, "approveInstitutionLink"), h.DB, ApproveInstitutionLinkInput{
			InstitutionLinkID: done.All[0], ExpectedRevision: 1, Permissions: []InstitutionPermission{Events},
		}); err != nil {
			t.Fatal(err)
		}
		if l := h.link(t, done.All[0]); MayPost(l) || len(Permissions(l)) != 1 {
			t.Errorf("whoever may only come to events may post: %v", l)
		}
		if l := h.link(t, done.All[1]); len(Permissions(l)) != 0 {
			t.Errorf("a request gives %v already", Permissions(l))
		}
	})
}
