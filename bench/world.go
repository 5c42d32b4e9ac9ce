package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"entgo.io/ent/dialect"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/ent/gen/ent/microproject"
	"github.com/rung-dev/rung/ent/gen/ent/talentprofile"
	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/career/engagement"
	"github.com/rung-dev/rung/internal/career/payment"
	"github.com/rung-dev/rung/internal/career/project"
	"github.com/rung-dev/rung/internal/cli"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/file"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/job"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/store/engine"
	"github.com/rung-dev/rung/internal/store/storetest"
	"github.com/rung-dev/rung/internal/viewer"
	"github.com/rung-dev/rung/internal/watch"
	"github.com/rung-dev/rung/internal/web"
)

const (
	employers  = 500
	applicants = 50
	batch      = 500 // rows of one change
)

// world is a server over the demo world and many more rows.
type world struct {
	db       *store.DB
	sql      *sql.DB // PostgreSQL, for the hand-written statements
	handler  http.Handler
	tokens   map[string]string
	demo     demo.World
	projects []gid.ID // open ones, of many employers
	busy     gid.ID   // one with many applicants
	applied  int      // how many of the projects ada has applied to
	folder   string
}

func (w *world) close() error {
	var closed error
	if w.sql != nil {
		closed = w.sql.Close()
	}
	return errors.Join(closed, w.db.Close(), os.RemoveAll(w.folder))
}

// fill makes a database and a server over it.
func fill(ctx context.Context, engineName string, rows int) (*world, error) {
	folder, err := os.MkdirTemp("", "rung-bench-")
	if err != nil {
		return nil, err
	}
	o := engine.Options{DataDir: folder}
	if engineName == dialect.Postgres {
		if o.URL, err = database(ctx); err != nil {
			return nil, err
		}
	}
	e, err := engine.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	w := &world{db: store.New(e), folder: folder, tokens: map[string]string{}}
	if o.URL != "" {
		if w.sql, err = sql.Open("postgres", o.URL); err != nil {
			return nil, err
		}
	}
	if err := store.Migrate(ctx, e); err != nil {
		return nil, err
	}
	settings := map[string]string{"RUNG_DATA_DIR": folder}
	c, err := config.Read(func(name string) string { return settings[name] })
	if err != nil {
		return nil, err
	}
	w.demo, err = demo.Fill(ctx, e, demo.Options{
		Issuer: c.PublicURL + "/local", Reactions: map[job.Kind]job.Handler{
			project.CloseOpenApplications: engagement.CloseApplications,
			payment.PayOut:                payment.PayingOut(payment.LedgerOnly{}), payment.SendBack: payment.SendingBack(payment.LedgerOnly{}),
		},
	})
	if err != nil {
		return nil, err
	}
	if err := w.grow(ctx, rows); err != nil {
		return nil, err
	}
	return w, w.open(ctx, c)
}

// database makes a new one on the server that the variable names.
func database(ctx context.Context) (string, error) {
	at := os.Getenv(storetest.URLVariable)
	if at == "" {
		return "", fmt.Errorf("name a PostgreSQL server in %s, or run make bench", storetest.URLVariable)
	}
	server, err := sql.Open("postgres", at)
	if err != nil {
		return "", err
	}
	defer func() { _ = server.Close() }()
	var random [4]byte
	_, _ = rand.Read(random[:])
	name := "rung_bench_" + hex.EncodeToString(random[:])
	if _, err := server.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	parsed, err := url.Parse(at)
	if err != nil {
		return "", err
	}
	parsed.Path = "/" + name
	return parsed.String(), nil
}

// open serves the database, and signs the people in who will ask.
func (w *world) open(ctx context.Context, c config.Config) error {
	local, err := auth.OpenLocal(c)
	if err != nil {
		return err
	}
	issuers, err := auth.Trust(ctx, []auth.Issuer{local.Issuer()})
	if err != nil {
		return err
	}
	shelf, err := file.Open(ctx, c, w.db.Now)
	if err != nil {
		return err
	}
	site, err := cli.Site(c, w.db, shelf, nil, issuers.Authenticate, watch.New())
	if err != nil {
		return err
	}
	w.handler = web.New(site).Handler()
	for _, who := range []string{"ada", "bea"} {
		p := w.demo.People[who]
		if w.tokens[who], err = local.Mint(auth.Claims{Subject: p.Subject, Name: p.Name, Email: p.Email, Org: p.Organization}); err != nil {
			return err
		}
	}
	return nil
}

// grow adds open projects with their listings, and applicants to one of them.
func (w *world) grow(ctx context.Context, rows int) error {
	ctx = viewer.With(ctx, viewer.System("a benchmark fills a world"))
	var firms []gid.ID
	err := w.change(ctx, func(ctx context.Context, all *ent.Client, _ *store.Tx) (err error) {
		firms, err = hirers(ctx, all)
		return err
	})
	for at := 0; at < rows && err == nil; at += batch {
		err = w.change(ctx, func(ctx context.Context, all *ent.Client, tx *store.Tx) error {
			return w.publish(ctx, all, tx.Now, firms, at, min(batch, rows-at))
		})
	}
	if err != nil {
		return err
	}
	w.busy = w.demo.IDs["project-open"]
	err = w.change(ctx, func(ctx context.Context, all *ent.Client, tx *store.Tx) error {
		return w.apply(ctx, all, tx.Now)
	})
	if err != nil {
		return err
	}
	// What a running database does by itself after a while.
	_, err = w.db.Engine().Write.ExecContext(ctx, "ANALYZE")
	return err
}

func (w *world) change(ctx context.Context, do func(context.Context, *ent.Client, *store.Tx) error) error {
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "bench", Verb: "grow"})
	_, err := store.Write(ctx, w.db, func(tx *store.Tx) (gid.ID, error) {
		return gid.None, do(ctx, tx.System("a benchmark fills a world"), tx)
	})
	return err
}

func hirers(ctx context.Context, all *ent.Client) ([]gid.ID, error) {
	makers := make([]*ent.EmployerCreate, employers)
	for i := range makers {
		name := fmt.Sprintf("Employer %03d", i)
		makers[i] = all.Employer.Create().SetWorldID(gid.LiveWorld).SetName(name).SetNameFolded(strings.ToLower(name)).
			SetOrigin(employer.OriginRegistered).SetStatus(employer.StatusVerified)
	}
	made, err := all.Employer.CreateBulk(makers...).Save(ctx)
	ids := make([]gid.ID, len(made))
	for i, e := range made {
		ids[i] = e.ID
	}
	return ids, err
}

// publish makes n open projects, each a second younger than the one before.
func (w *world) publish(ctx context.Context, all *ent.Client, now time.Time, firms []gid.ID, from, n int) error {
	projects := make([]*ent.MicroProjectCreate, n)
	published := func(i int) time.Time { return now.Add(-24 * time.Hour).Add(time.Duration(from+i) * time.Second) }
	for i := range projects {
		firm, title := firms[(from+i)%len(firms)], fmt.Sprintf("Project %05d", from+i)
		projects[i] = all.MicroProject.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(firm).SetEmployerOrgID(firm).SetDraftedByID(w.demo.IDs["bea"]).
			SetTitle(title).SetTitleFolded(strings.ToLower(title)).SetBrief("A project of the benchmark.").SetStatus(microproject.StatusOpen).
			SetHours(20).SetFeeMinor(50_000).SetCurrency("USD").SetSeats(5).SetWorkplace(microproject.WorkplaceRemote).
			SetAudience(microproject.AudiencePublic).SetSubmittedAt(published(i)).SetPublishedAt(published(i)).SetOccupationID(w.demo.IDs["occupation"])
	}
	made, err := all.MicroProject.CreateBulk(projects...).Save(ctx)
	if err != nil {
		return err
	}
	listings, skills := make([]*ent.ListingCreate, n), make([]*ent.ProjectSkillCreate, 0, 2*n)
	for i, p := range made {
		w.projects = append(w.projects, p.ID)
		listings[i] = all.Listing.Create().SetWorldID(gid.LiveWorld).SetEmployerOrgID(p.EmployerOrgID).SetMicroProjectID(p.ID).SetSource(listing.SourceRung).
			SetStatus(listing.StatusOpen).SetTitle(p.Title).SetTitleFolded(p.TitleFolded).SetEmployerName("Employer").SetWorkplace(listing.WorkplaceRemote).
			SetHours(20).SetFeeMinor(50_000).SetCurrency("USD").SetHourlyMinor(2_500).SetPublishedAt(published(i))
		for _, name := range []string{"writing", "python"} {
			skills = append(skills, all.ProjectSkill.Create().SetMicroProjectID(p.ID).SetEmployerOrgID(p.EmployerOrgID).SetSkillID(w.demo.IDs[name]))
		}
	}
	if err := all.Listing.CreateBulk(listings...).Exec(ctx); err != nil {
		return err
	}
	return all.ProjectSkill.CreateBulk(skills...).Exec(ctx)
}

// apply lets new talents apply to one project of the demo world.
func (w *world) apply(ctx context.Context, all *ent.Client, now time.Time) error {
	basalt := w.demo.IDs["basalt"]
	for i := range applicants {
		who, err := all.Person.Create().SetName(fmt.Sprintf("Applicant %02d", i)).Save(ctx)
		if err != nil {
			return err
		}
		talent, err := all.TalentProfile.Create().SetWorldID(gid.LiveWorld).SetPersonID(who.ID).SetLegalName(who.Name).
			SetPreferredName(who.Name).SetVisibility(talentprofile.VisibilityCommunity).Save(ctx)
		if err != nil {
			return err
		}
		if err := all.Application.Create().SetWorldID(gid.LiveWorld).SetOwnerOrgID(basalt).SetEmployerOrgID(basalt).SetMicroProjectID(w.busy).
			SetTalentID(talent.ID).SetNote("A note.").SetPacketName(who.Name).SetPacketResumeURL("https://example.com/r").
			SetPacketLinkedinURL("https://example.com/l").SetPacketSkills([]string{"Writing"}).SetSubmittedAt(now.Add(-time.Duration(i) * time.Minute)).
			Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
