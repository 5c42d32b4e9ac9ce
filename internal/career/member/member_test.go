package member

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent/memberinvitation"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{"memberships", "member_invitations", "people", "identities"}

func each(t *testing.T, test func(s *stage.Scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(stage.Set(t, h)) })
}

func (o on) seat(v viewer.Viewer) gid.ID {
	o.Helper()
	m, err := o.DB.Read.Membership.Query().Where(membership.PersonID(v.Person), membership.OrganizationID(v.Org)).Only(o.All())
	if err != nil {
		o.Fatal(err)
	}
	return m.ID
}

type on struct{ *stage.Scene }

func at(email string) viewer.Viewer {
	v := stage.Newcomer(email)
	v.Email = email
	return v
}

// The database itself keeps the last owner, whatever a verb forgets.
func TestTheDatabaseKeepsTheLastOwner(t *testing.T) {
	each(t, func(s *stage.Scene) {
		seat := on{s}.seat(s.Owner)
		ctx := stage.As(s, viewer.System("a test tries to take the last owner away").In(gid.LiveWorld), "fixture")
		for name, take := range map[string]func(*store.Tx) error{
			"suspended": func(tx *store.Tx) error {
				return tx.Membership.Update().Where(membership.ID(seat)).SetStatus(membership.StatusSuspended).Exec(ctx)
			},
			"ended": func(tx *store.Tx) error {
				return tx.Membership.Update().Where(membership.ID(seat)).SetStatus(membership.StatusEnded).SetEndedAt(tx.Now).Exec(ctx)
			},
			"made a recruiter": func(tx *store.Tx) error {
				return tx.Membership.Update().Where(membership.ID(seat)).SetRole(membership.RoleRecruiter).Exec(ctx)
			},
			"deleted": func(tx *store.Tx) error { return tx.Membership.DeleteOneID(seat).Exec(ctx) },
		} {
			if _, err := store.Write(ctx, s.DB, func(tx *store.Tx) (bool, error) { return true, take(tx) }); err == nil || !strings.Contains(err.Error(), "the last one who runs") {
				s.Errorf("the last owner is %s: %v, want the database's refusal", name, err)
			}
		}
		_, err := store.Write(ctx, s.DB, func(tx *store.Tx) (bool, error) {
			return true, tx.Membership.Update().Where(membership.ID(seat)).SetValidAfter(tx.Now).Exec(ctx)
		})
		if err != nil {
			s.Errorf("the last owner is signed out: %v", err)
		}
	})
}

// Two owners who take each other away at once leave one.
func TestTwoOwnersDoNotTakeEachOtherAway(t *testing.T) {
	each(t, func(s *stage.Scene) {
		first, second := s.Owner, s.Seat("second", s.Acme, viewer.RoleOwner)
		for range 5 {
			var together sync.WaitGroup
			start := make(chan struct{})
			for _, turn := range [][2]viewer.Viewer{{first, second}, {second, first}} {
				together.Go(func() {
					<-start
					_, err := SuspendMember(stage.As(s, turn[0], "suspendMember"), s.DB, SuspendMemberInput{on{s}.seat(turn[1]), on{s}.revision(turn[1])})
					if _, foreseen := fault.UserErrors(err); err != nil && !foreseen {
						s.Error(err)
					}
				})
			}
			close(start)
			together.Wait()
			left, err := s.DB.Read.Membership.Query().Where(membership.OrganizationID(s.Acme), membership.RoleEQ(membership.RoleOwner),
				membership.StatusEQ(membership.StatusActive)).All(s.All())
			if err != nil || len(left) != 1 {
				s.Fatalf("%d owners are left (%v), want one", len(left), err)
			}
			by, of := first, second
			if left[0].PersonID == second.Person {
				by, of = second, first
			}
			stage.Must(s, by, ReinstateMember, ReinstateMemberInput{on{s}.seat(of), on{s}.revision(of)})
		}
	})
}

func (o on) revision(v viewer.Viewer) int {
	m, err := o.DB.Read.Membership.Get(o.All(), o.seat(v))
	if err != nil {
		o.Fatal(err)
	}
	return m.Revision
}

// An invitation is accepted once, by whoever has the address and the token, however
// many try at once.
func TestAnInvitationIsAcceptedOnce(t *testing.T) {
	each(t, func(s *stage.Scene) {
		sent := stage.Must(s, s.Owner, InviteMember, InviteMemberInput{"Ida@acme.example", membership.RoleRecruiter})
		kept, err := s.DB.Read.MemberInvitation.Get(s.All(), sent.MemberInvitationID)
		if err != nil || strings.Contains(*sent.Token, kept.TokenHash) || kept.TokenHash != hashOf(*sent.Token) {
			s.Fatalf("kept is %q of %q (%v), want the hash alone", kept.TokenHash, *sent.Token, err)
		}
		with := AcceptMemberInvitationInput{*sent.Token}
		stage.Refuses(s, at("eve@acme.example"), AcceptMemberInvitation, with, fault.CodeNotFound, "token")
		stage.Refuses(s, stage.Newcomer("without an address"), AcceptMemberInvitation, with, fault.CodeNotFound, "token")
		foreign := at("ida@acme.example")
		foreign.Bound = s.Campus
		stage.Refuses(s, foreign, AcceptMemberInvitation, with, fault.CodeNotFound, "token")
		elsewhere := at("ida@acme.example")
		elsewhere.World = s.Sandbox(s)
		stage.Refuses(s, elsewhere, AcceptMemberInvitation, with, fault.CodeNotFound, "token")

		won := make(chan error, 8)
		for range cap(won) {
			go func() {
				_, err := AcceptMemberInvitation(stage.As(s, at("IDA@acme.example"), "acceptMemberInvitation"), s.DB, with)
				won <- err
			}()
		}
		accepted := 0
		for range cap(won) {
			if err := <-won; err == nil {
				accepted++
			} else if _, foreseen := fault.UserErrors(err); !foreseen {
				s.Error(err)
			}
		}
		seats, err := s.DB.Read.Membership.Query().Where(membership.OrganizationID(s.Acme), membership.SourceEQ(membership.SourceInvitation)).All(s.All())
		if err != nil || accepted != 1 || len(seats) != 1 || seats[0].Role != membership.RoleRecruiter {
			s.Errorf("%d accepted, and there are seats %v (%v), want one recruiter's", accepted, seats, err)
		}
	})
}

// Seven days after it was sent an invitation is good for nothing, before the timer
// has run as well as after.
func TestAnInvitationExpires(t *testing.T) {
	each(t, func(s *stage.Scene) {
		sent := stage.Must(s, s.Owner, InviteMember, InviteMemberInput{"ida@acme.example", membership.RoleRecruiter})
		work := job.Work{Subject: sent.MemberInvitationID}
		if err := ExpireUnaccepted(s.Worker(), s.DB, work); err != nil {
			s.Fatal(err)
		}
		if i, err := s.DB.Read.MemberInvitation.Get(s.All(), sent.MemberInvitationID); err != nil || i.Status != memberinvitation.StatusSent {
			s.Errorf("before its time it is %v (%v), want SENT", i, err)
		}
		s.Clock.Skip(7*24*time.Hour + time.Second)
		stage.Refuses(s, at("ida@acme.example"), AcceptMemberInvitation, AcceptMemberInvitationInput{*sent.Token}, fault.CodeNotFound, "token")
		if err := ExpireUnaccepted(s.Worker(), s.DB, work); err != nil {
			s.Fatal(err)
		}
		i, err := s.DB.Read.MemberInvitation.Get(s.All(), sent.MemberInvitationID)
		if err != nil || i.Status != memberinvitation.StatusExpired {
			s.Errorf("it is %v (%v), want EXPIRED", i, err)
		}
		again := stage.Must(s, s.Owner, InviteMember, InviteMemberInput{"ida@acme.example", membership.RoleRecruiter})
		stage.Must(s, at("ida@acme.example"), AcceptMemberInvitation, AcceptMemberInvitationInput{*again.Token})
	})
}

// Whoever was signed out of an organisation takes no token for it with an old one.
func TestActForAsksWhenOneSignedIn(t *testing.T) {
	each(t, func(s *stage.Scene) {
		before, after := s.Recruiter, s.Recruiter
		before.SignedInAt = s.Clock.Now()
		stage.Must(s, before, ActFor, ActForInput{s.Acme})
		s.Clock.Skip(time.Second)
		seat := on{s}.seat(s.Recruiter)
		stage.Must(s, s.Owner, SignOutEverywhere, SignOutEverywhereInput{&seat})
		stage.Refuses(s, before, ActFor, ActForInput{s.Acme}, fault.CodeNotPermitted, "")
		s.Clock.Skip(time.Second)
		after.SignedInAt = s.Clock.Now()
		stage.Must(s, after, ActFor, ActForInput{s.Acme})
		bound := after
		bound.Bound = s.Campus
		stage.Refuses(s, bound, ActFor, ActForInput{s.Acme}, fault.CodeNotPermitted, "")
		stage.Refuses(s, s.Stranger, ActFor, ActForInput{s.Acme}, fault.CodeNotFound, "organizationId")
		stage.Must(s, s.Owner, SuspendMember, SuspendMemberInput{seat, on{s}.revision(s.Recruiter)})
		stage.Refuses(s, after, ActFor, ActForInput{s.Acme}, fault.CodeNotFound, "organizationId")
	})
}
