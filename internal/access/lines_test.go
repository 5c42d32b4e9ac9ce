package access_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/evaluation"
	"github.com/rung-dev/rung/ent/gen/ent/postingrequest"
	"github.com/rung-dev/rung/ent/gen/ent/worklogentry"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
)

// What a change of the story opens or closes, and to whom. Each begins anew.
func TestWhatOpensAndCloses(t *testing.T) {
	t.Parallel()
	told := stories(t)
	for name, c := range map[string]struct {
		change func(ctx context.Context, c *ent.Client, p planet)
		kind   string
		want   sight
	}{
		"a profile for the community": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.TalentProfile.UpdateOneID(p.eve).SetVisibility("COMMUNITY").ExecX(ctx)
			},
			"TalentProfile", who(2, 1, 2, 2, 0, 1, 0, 0, 0),
		},
		"a profile for employers is for verified ones": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.TalentProfile.UpdateOneID(p.eve).SetVisibility("EMPLOYERS").ExecX(ctx)
			},
			"TalentProfile", who(1, 1, 2, 2, 0, 1, 0, 0, 0),
		},
		"time that was logged": {
			func(ctx context.Context, c *ent.Client, _ planet) {
				c.WorklogEntry.Update().Where(worklogentry.StatusEQ("DRAFT")).SetStatus("LOGGED").SetLoggedAt(time.Now()).ExecX(ctx)
			},
			"WorklogEntry", who(2, 0, 2, 2, 0, 2, 0, 2, 0),
		},
		"time on work that is not disputed": {
			func(ctx context.Context, c *ent.Client, _ planet) { c.Dispute.Delete().ExecX(ctx) },
			"WorklogEntry", who(2, 0, 1, 1, 0, 1, 0, 0, 0),
		},
		"an affiliation that is only claimed": {
			func(ctx context.Context, c *ent.Client, _ planet) {
				c.Affiliation.Update().SetStatus("CLAIMED").ExecX(ctx)
			},
			"TalentProfile", who(1, 1, 1, 1, 0, 0, 0, 0, 0),
		},
		"its applications": {
			func(ctx context.Context, c *ent.Client, _ planet) {
				c.Affiliation.Update().SetStatus("CLAIMED").ExecX(ctx)
			},
			"Application", who(1, 0, 1, 1, 0, 0, 0, 0, 0),
		},
		"an open project for all": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.MicroProject.UpdateOneID(p.project).SetStatus("OPEN").SetAudience("PUBLIC").ExecX(ctx)
			},
			"MicroProject", who(1, 1, 1, 1, 1, 1, 1, 1, 1),
		},
		"an open project for all, of a suspended employer": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.MicroProject.UpdateOneID(p.project).SetStatus("OPEN").SetAudience("PUBLIC").ExecX(ctx)
				c.Employer.UpdateOneID(p.acme).SetStatus("SUSPENDED").SetReason("r").ExecX(ctx)
			},
			"MicroProject", who(1, 0, 1, 1, 0, 1, 0, 1, 0),
		},
		"an open project for one's own institution, of a suspended employer": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.MicroProject.UpdateOneID(p.project).SetStatus("OPEN").ExecX(ctx)
				c.Employer.UpdateOneID(p.acme).SetStatus("SUSPENDED").SetReason("r").ExecX(ctx)
				affiliate(ctx, c, p, p.university, "CONFIRMED")
			},
			"MicroProject", who(1, 0, 1, 1, 0, 1, 0, 1, 0),
		},
		"those whom a suspended employer met, without an opening": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.Employer.UpdateOneID(p.acme).SetStatus("SUSPENDED").SetReason("r").ExecX(ctx)
			},
			"TalentProfile", who(1, 1, 1, 1, 0, 1, 0, 0, 0),
		},
		"a draft for all": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.MicroProject.UpdateOneID(p.project).SetStatus("DRAFT").SetAudience("PUBLIC").ExecX(ctx)
			},
			"MicroProject", who(1, 0, 1, 1, 0, 1, 0, 1, 0),
		},
		"an open project for one's own institution": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.MicroProject.UpdateOneID(p.project).SetStatus("OPEN").ExecX(ctx)
				affiliate(ctx, c, p, p.university, "CONFIRMED")
			},
			"MicroProject", who(1, 1, 1, 1, 0, 1, 0, 1, 0),
		},
		"an open project for an institution one only claims": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.MicroProject.UpdateOneID(p.project).SetStatus("OPEN").ExecX(ctx)
				affiliate(ctx, c, p, p.university, "CLAIMED")
			},
			"MicroProject", who(1, 0, 1, 1, 0, 1, 0, 1, 0),
		},
		"an open project for another institution": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.MicroProject.UpdateOneID(p.project).SetStatus("OPEN").ExecX(ctx)
				affiliate(ctx, c, p, p.college, "CONFIRMED")
			},
			"MicroProject", who(1, 0, 1, 1, 0, 1, 0, 1, 0),
		},
		"an open project that the institution has yet to approve": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.MicroProject.UpdateOneID(p.project).SetStatus("OPEN").ExecX(ctx)
				c.PostingRequest.Update().Where(postingrequest.InstitutionID(p.university)).SetStatus("PENDING").ClearDecidedAt().ClearDecidedBy().ExecX(ctx)
				affiliate(ctx, c, p, p.university, "CONFIRMED")
			},
			"MicroProject", who(1, 0, 1, 1, 0, 1, 0, 1, 0),
		},
		"evaluations once both are in": {
			func(ctx context.Context, c *ent.Client, _ planet) {
				at := c.Evaluation.Query().FirstX(ctx).SubmittedAt
				c.Evaluation.Update().SetStatus("PUBLISHED").SetPublishedAt(at).ExecX(ctx)
			},
			"Evaluation", who(2, 0, 2, 2, 0, 2, 0, 0, 0),
		},
		"one evaluation alone, published by mistake": {
			func(ctx context.Context, c *ent.Client, _ planet) {
				at := c.Evaluation.Query().FirstX(ctx).SubmittedAt
				c.Evaluation.Update().Where(evaluation.DirectionEQ("TALENT_TO_EMPLOYER")).SetStatus("PUBLISHED").SetPublishedAt(at).ExecX(ctx)
			},
			"Evaluation", who(1, 0, 2, 2, 0, 1, 0, 0, 0),
		},
		"records of the university's talents, opened": {
			func(ctx context.Context, c *ent.Client, p planet) { reopen(ctx, c, p, p.university) },
			"TalentProfile", who(1, 1, 1, 1, 0, 1, 0, 1, 0),
		},
		"their applications": {
			func(ctx context.Context, c *ent.Client, p planet) { reopen(ctx, c, p, p.university) },
			"Application", who(1, 0, 1, 1, 0, 1, 0, 1, 0),
		},
		"records of the college's talents, opened": {
			func(ctx context.Context, c *ent.Client, p planet) { reopen(ctx, c, p, p.college) },
			"TalentProfile", who(1, 1, 1, 1, 0, 1, 0, 0, 0),
		},
		"records of Acme's talents, opened": {
			func(ctx context.Context, c *ent.Client, p planet) { reopen(ctx, c, p, p.acme) },
			"HireConversion", who(1, 0, 1, 1, 0, 1, 0, 1, 0),
		},
		"strikes of Ada's, whose records are opened": {
			func(ctx context.Context, c *ent.Client, p planet) { reopen(ctx, c, p, p.ada) },
			"Strike", who(1, 0, 0, 0, 0, 0, 0, 1, 0),
		},
		"who appealed a strike": {
			func(ctx context.Context, c *ent.Client, _ planet) {
				at := c.Strike.Query().FirstX(ctx).IssuedAt
				c.Strike.Update().SetStatus("APPEALED").SetAppeal("a").SetAppealedAt(at).ExecX(ctx)
			},
			"TalentProfile", who(1, 1, 1, 1, 0, 1, 0, 1, 0),
		},
		"a profile that its talent lets the college read": {
			func(ctx context.Context, c *ent.Client, _ planet) {
				c.Consent.Update().SetStatus("GRANTED").ClearEndedAt().ExecX(ctx)
			},
			"TalentProfile", who(1, 1, 1, 1, 0, 1, 1, 0, 0),
		},
		"an employer known from elsewhere": {
			func(ctx context.Context, c *ent.Client, p planet) {
				c.Employer.Create().SetWorldID(p.world).SetName("far").SetNameFolded("far").SetOrigin("ELSEWHERE").SetStatus("UNVERIFIED").ExecX(ctx)
			},
			"Employer", who(2, 2, 2, 2, 3, 2, 2, 3, 2),
		},
	} {
		t.Run(name, func(t *testing.T) {
			for engineName, s := range told {
				ctx := request(t.Context(), viewer.System("a test changes the story"))
				_, err := store.Write(ctx, s.db, func(tx *store.Tx) (gid.ID, error) {
					c.change(ctx, tx.System("a test changes the story"), s.planet)
					for who, v := range s.viewers {
						if got, want := len(idsOf(t, viewer.With(ctx, v), kinds(tx.Client)[c.kind])), c.want[who]; got != want {
							t.Errorf("on %s %s sees %d of %s, want %d", engineName, who, got, c.kind, want)
						}
					}
					return gid.None, errUndo
				})
				if !errors.Is(err, errUndo) {
					t.Fatal(err)
				}
			}
		})
	}
}

func affiliate(ctx context.Context, c *ent.Client, p planet, institution gid.ID, status string) {
	a := c.Affiliation.Create().SetWorldID(p.world).SetTalentID(p.eve).SetInstitutionID(institution).SetClaimedName("Eve")
	if status == "CONFIRMED" {
		a.SetStatus("CONFIRMED")
	}
	a.ExecX(ctx)
}

// reopen lets the operator read the records of a tenant's talents.
func reopen(ctx context.Context, c *ent.Client, p planet, tenant gid.ID) {
	at := c.Strike.Query().FirstX(ctx).IssuedAt
	c.OperatorAccess.Create().SetWorldID(p.world).SetTenantID(tenant).SetPersonID(p.viewers["the operator"].Person).SetReason("r").SetTicket("t").
		SetOpenedAt(at).SetExpiresAt(at.Add(time.Hour)).ExecX(ctx)
}

type told struct {
	planet
	db *store.DB
}

// stories are the live world's, told in a database of each engine.
func stories(t *testing.T) map[string]told {
	t.Helper()
	found := map[string]told{}
	for _, name := range storetest.Engines {
		db := storetest.Open(t, name)
		_, skill := prepare(t, db)
		found[name] = told{tell(t, db, gid.LiveWorld, skill), db}
	}
	return found
}
