package member

import (
	"context"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// One person takes in any number of others; what signed them in signs in the one,
// anew.
func TestMergePeople(t *testing.T) {
	each(t, func(s *stage.Scene) {
		into := func(other viewer.Viewer) MergePeopleInput {
			return MergePeopleInput{PersonID: s.Ada.Person, DuplicateID: other.Person, Reason: "They showed both cards.", Ticket: "HELP-1"}
		}
		stage.Refuses(s, s.Owner, MergePeople, into(s.Recruiter), fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Operator(), MergePeople, into(s.Foreigner), fault.CodeAlreadyExists, "duplicateId")
		stage.Refuses(s, s.Operator(), MergePeople, into(s.Ada), fault.CodeInvalidValue, "duplicateId")
		for i, other := range []viewer.Viewer{s.Recruiter, s.Stranger} {
			stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (*ent.Identity, error) {
				return tx.Identity.Create().SetPersonID(other.Person).SetIssuer("https://work.example").SetSubject(other.Person.String()).Save(ctx)
			})
			before := on{s}.identities(s.Ada.Person)
			stage.Does(s, s.Operator(), MergePeople, into(other), stage.Hears([]string{"etw", "eetw"}[i], event.PersonMerged)...)
			if got, left := (on{s}).identities(s.Ada.Person), (on{s}).identities(other.Person); got != before+1 || left != 0 {
				s.Errorf("%d names sign the one in, want %d, and %d the other", got, before+1, left)
			}
			if n, err := s.DB.Read.Membership.Query().Where(membership.PersonID(s.Ada.Person), membership.OrganizationID(other.Org)).Count(s.All()); err != nil || n != 1 {
				s.Errorf("the one has %d seats at %s, %v", n, other.Org, err)
			}
			stage.Refuses(s, s.Operator(), MergePeople, into(other), fault.CodeNotFound, "duplicateId")
			gone, err := s.DB.Read.Person.Get(s.All(), other.Person)
			if err != nil || gone.MergedIntoID != s.Ada.Person || gone.MergedAt == nil {
				s.Errorf("of the other it says %v, %v", gone, err)
			}
		}
		if one, err := s.DB.Read.Person.Get(s.All(), s.Ada.Person); err != nil || one.ValidAfter == nil {
			s.Errorf("the one is not signed out: %v, %v", one, err)
		}
	})
}

func (o on) identities(person gid.ID) int {
	o.Helper()
	n, err := o.DB.Read.Identity.Query().Where(identity.PersonID(person)).Count(o.All())
	if err != nil {
		o.Fatal(err)
	}
	return n
}
