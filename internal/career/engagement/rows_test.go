package engagement

import (
	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/agreement"
	"github.com/rung-dev/rung/ent/gen/ent/deliverable"
	"github.com/rung-dev/rung/ent/gen/ent/paymentrecord"
	"github.com/rung-dev/rung/internal/gid"
	"slices"
)

// Rows as they are, whoever asks.

func row[T any](s *scene, r T, err error) T {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
	return r
}

func (s *scene) application(id gid.ID) *ent.Application {
	s.Helper()
	a, err := s.DB.Read.Application.Get(s.All(), id)
	return row(s, a, err)
}

func (s *scene) offer(id gid.ID) *ent.Offer {
	s.Helper()
	o, err := s.DB.Read.Offer.Get(s.All(), id)
	return row(s, o, err)
}

func (s *scene) agreements(offerID gid.ID) []*ent.Agreement {
	s.Helper()
	all, err := s.DB.Read.Agreement.Query().Where(agreement.OfferID(offerID)).All(s.All())
	slices.SortFunc(all, func(a, b *ent.Agreement) int { return BySigning(a.Kind, b.Kind) })
	return row(s, all, err)
}

func (s *scene) engagement(id gid.ID) *ent.Engagement {
	s.Helper()
	e, err := s.DB.Read.Engagement.Get(s.All(), id)
	return row(s, e, err)
}

func (s *scene) deliverables(engagementID gid.ID) []*ent.Deliverable {
	s.Helper()
	all, err := s.DB.Read.Deliverable.Query().Where(deliverable.EngagementID(engagementID)).Order(ent.Asc(deliverable.FieldPosition)).All(s.All())
	return row(s, all, err)
}

func (s *scene) microProject(id gid.ID) *ent.MicroProject {
	s.Helper()
	p, err := s.DB.Read.MicroProject.Get(s.All(), id)
	return row(s, p, err)
}

func (s *scene) money(offerID gid.ID) paymentrecord.Status {
	s.Helper()
	p, err := s.DB.Read.PaymentRecord.Query().Where(paymentrecord.SubjectID(offerID)).Only(s.All())
	return row(s, p, err).Status
}
