package template

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreementtemplate"
	entemployer "github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/stage"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// watched are the tables that a refusal must leave alone.
var watched = []string{"agreement_templates", "offer_documents", "employers"}

type scene struct{ *stage.Scene }

func each(t *testing.T, test func(s *scene)) {
	t.Helper()
	t.Parallel()
	stage.Each(t, watched, func(t *testing.T, h *stage.House) { test(&scene{stage.Set(t, h)}) })
}

func says(kind agreementtemplate.Kind, text string, after int) PublishAgreementTemplateInput {
	return PublishAgreementTemplateInput{Kind: kind, Title: "A text of our own", Text: text, ExpectedVersion: after}
}

const secrets = "What Acme shows you stays with you."

// versions are an employer's texts of a kind as they stand.
func (s *scene) versions(employer gid.ID, kind agreementtemplate.Kind) string {
	s.Helper()
	rows, err := s.DB.Read.AgreementTemplate.Query().
		Where(agreementtemplate.EmployerOrgID(employer), agreementtemplate.KindEQ(kind)).
		Order(ent.Asc(agreementtemplate.FieldVersion)).All(s.All())
	if err != nil {
		s.Fatal(err)
	}
	stand := make([]string, len(rows))
	for i, t := range rows {
		stand[i] = fmt.Sprintf("%d %s", t.Version, t.Status)
	}
	return strings.Join(stand, ", ")
}

func (s *scene) stand(employer gid.ID, kind agreementtemplate.Kind, want string) {
	s.Helper()
	if got := s.versions(employer, kind); got != want {
		s.Errorf("the texts of %s are %q, want %q", kind, got, want)
	}
}

func TestAVersionReplacesTheOneBefore(t *testing.T) {
	each(t, func(s *scene) {
		in := says("NON_DISCLOSURE", secrets, 0)
		for _, v := range []viewer.Viewer{s.Recruiter, s.Supervisor, s.Ada, s.Staff, viewer.Public()} {
			stage.Refuses(s, v, PublishAgreementTemplate, in, fault.CodeNotPermitted, "")
		}
		blank := says("NON_DISCLOSURE", "   ", 0)
		stage.Refuses(s, s.Owner, PublishAgreementTemplate, blank, fault.CodeInvalidValue, "text")

		id := stage.Does(s, s.Owner, PublishAgreementTemplate, in, stage.Hears("e", event.AgreementTemplatePublished)...)
		first, err := s.DB.Read.AgreementTemplate.Get(s.All(), id)
		if err != nil || first.Version != 1 || first.Text != secrets || first.TextHash != HashOf(secrets) || first.RetiredAt != nil ||
			first.EmployerOrgID != s.Acme || first.PublishedByID != s.Owner.Person {
			t.Fatalf("the first version is %v, %v", first, err)
		}
		stage.Refuses(s, s.Owner, PublishAgreementTemplate, in, fault.CodeStaleRevision, "expectedVersion")
		in = says("NON_DISCLOSURE", secrets+" For ever.", 1)
		stage.Does(s, s.Owner, PublishAgreementTemplate, in,
			stage.Hears("e", event.AgreementTemplatePublished, event.AgreementTemplateReplaced)...)
		s.stand(s.Acme, "NON_DISCLOSURE", "1 RETIRED, 2 PUBLISHED")

		// Of another kind, and of another employer, versions count for themselves.
		stage.Must(s, s.Owner, PublishAgreementTemplate, says("IP_ASSIGNMENT", "What you make here is yours to show.", 0))
		stage.Must(s, s.Stranger, PublishAgreementTemplate, says("NON_DISCLOSURE", secrets, 0))
		s.stand(s.Acme, "NON_DISCLOSURE", "1 RETIRED, 2 PUBLISHED")
	})
}

func TestATextIsRetired(t *testing.T) {
	each(t, func(s *scene) {
		id := stage.Must(s, s.Owner, PublishAgreementTemplate, says("ADDITIONAL_TERMS", "You work with the door open.", 0))
		in := RetireAgreementTemplateInput{AgreementTemplateID: id, ExpectedRevision: 1}
		for _, v := range []viewer.Viewer{s.Stranger, s.Ada, s.Foreigner, s.Staff, viewer.Public()} {
			stage.Refuses(s, v, RetireAgreementTemplate, in, fault.CodeNotFound, "agreementTemplateId")
		}
		unknown := RetireAgreementTemplateInput{AgreementTemplateID: gid.ID{14: 1, 15: byte(gid.AgreementTemplate)}, ExpectedRevision: 1}
		stage.Refuses(s, s.Owner, RetireAgreementTemplate, unknown, fault.CodeNotFound, "agreementTemplateId")
		stage.Refuses(s, s.Recruiter, RetireAgreementTemplate, in, fault.CodeNotPermitted, "")
		stale := RetireAgreementTemplateInput{AgreementTemplateID: id, ExpectedRevision: 2}
		stage.Refuses(s, s.Owner, RetireAgreementTemplate, stale, fault.CodeStaleRevision, "expectedRevision")
		stage.Does(s, s.Owner, RetireAgreementTemplate, in, stage.Hears("e", event.AgreementTemplateRetired)...)
		in.ExpectedRevision = 2
		stage.Refuses(s, s.Owner, RetireAgreementTemplate, in, fault.CodeIllegalTransition, "")

		// The number of a retired version is not given again, and nothing is replaced.
		stage.Does(s, s.Owner, PublishAgreementTemplate, says("ADDITIONAL_TERMS", "You work with the door shut.", 1),
			stage.Hears("e", event.AgreementTemplatePublished)...)
		s.stand(s.Acme, "ADDITIONAL_TERMS", "1 RETIRED, 2 PUBLISHED")
	})
}

func TestASuspendedEmployerPublishesNothing(t *testing.T) {
	each(t, func(s *scene) {
		stage.Made(s, s.House, func(ctx context.Context, tx *store.Tx) (int, error) {
			return tx.Employer.Update().Where(entemployer.ID(s.Acme)).SetStatus(entemployer.StatusSuspended).SetReason("Flagged twice.").Save(ctx)
		})
		stage.Refuses(s, s.Owner, PublishAgreementTemplate, says("NON_DISCLOSURE", secrets, 0), fault.CodePolicyViolation, "")
	})
}

// TestAReplayPublishesOnce: the same key with the same words answers with the
// version that it made.
func TestAReplayPublishesOnce(t *testing.T) {
	each(t, func(s *scene) {
		ctx := stage.WithKey(s, s.Owner, "publishAgreementTemplate", "once")
		in := says("NON_DISCLOSURE", secrets, 0)
		first, err := PublishAgreementTemplate(ctx, s.DB, in)
		if err != nil {
			t.Fatal(err)
		}
		again, err := PublishAgreementTemplate(stage.WithKey(s, s.Owner, "publishAgreementTemplate", "once"), s.DB, in)
		if err != nil || again != first {
			t.Errorf("again it made %v, %v; want %v", again, err, first)
		}
		s.stand(s.Acme, "NON_DISCLOSURE", "1 PUBLISHED")
	})
}

// TestThirtyTwoPublishAtOnce lets thirty-two owners publish until each has: every
// one gets a number of its own, none is left out, and the last is published.
func TestThirtyTwoPublishAtOnce(t *testing.T) {
	each(t, func(s *scene) {
		start, made := make(chan struct{}), make(chan gid.ID, 32)
		var all sync.WaitGroup
		for n := range 32 {
			all.Go(func() {
				<-start
				id, err := s.publishesAtLast(fmt.Sprintf("%s This is writing %d.", secrets, n))
				if err != nil {
					t.Error(err)
				}
				made <- id
			})
		}
		close(start)
		all.Wait()
		close(made)
		ids := map[gid.ID]bool{}
		for id := range made {
			ids[id] = true
		}
		var want []string
		for n := range 31 {
			want = append(want, fmt.Sprintf("%d RETIRED", n+1))
		}
		s.stand(s.Acme, "NON_DISCLOSURE", strings.Join(append(want, "32 PUBLISHED"), ", "))
		happened := map[string]int{}
		for _, heard := range s.Heard() {
			happened[heard]++
		}
		published, replaced := stage.Hears("e", event.AgreementTemplatePublished)[0], stage.Hears("e", event.AgreementTemplateReplaced)[0]
		if len(ids) != 32 || happened[published] != 32 || happened[replaced] != 31 {
			t.Errorf("%d texts were made, and %v happened", len(ids), happened)
		}
	})
}

// publishesAtLast publishes after whichever version is the newest.
func (s *scene) publishesAtLast(text string) (gid.ID, error) {
	for after := 0; ; {
		id, err := PublishAgreementTemplate(s.As(s.Owner, "publishAgreementTemplate"), s.DB, says("NON_DISCLOSURE", text, after))
		var stale *fault.StaleRevisionError
		if !errors.As(err, &stale) {
			return id, err
		}
		after = stale.CurrentRevision
	}
}

// TestThirtyTwoPublishAfterTheSame: of those who have read the same version one
// publishes the next.
func TestThirtyTwoPublishAfterTheSame(t *testing.T) {
	each(t, func(s *scene) {
		start, answers := make(chan struct{}), make(chan error, 32)
		var all sync.WaitGroup
		for range 32 {
			all.Go(func() {
				<-start
				_, err := PublishAgreementTemplate(s.As(s.Owner, "publishAgreementTemplate"), s.DB, says("IP_ASSIGNMENT", secrets, 0))
				answers <- err
			})
		}
		close(start)
		all.Wait()
		close(answers)
		won := 0
		for err := range answers {
			var stale *fault.StaleRevisionError
			if err == nil {
				won++
			} else if !errors.As(err, &stale) {
				t.Errorf("a loser heard %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d were published, want 1", won)
		}
		s.stand(s.Acme, "IP_ASSIGNMENT", "1 PUBLISHED")
	})
}
