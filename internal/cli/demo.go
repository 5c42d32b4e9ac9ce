package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/auth"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/config"
	"github.com/rung-dev/rung/internal/demo"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// firstQuery is what a developer who has just started Rung sends first.
const firstQuery = `{ listings(first: 3) { nodes { title employerName hours fee { amount currency } } } }`

func (r Rung) fill(ctx context.Context, _ []string) error {
	c, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := r.fillOnce(ctx, c, db); err != nil {
		return err
	}
	return r.welcome(ctx, c, db)
}

// fillOnce tells the demo story in an empty database, and leaves one that has
// it as it is.
func (r Rung) fillOnce(ctx context.Context, c config.Config, db *store.DB) error {
	if !c.Embedded() && !c.Allows(config.AllowDemoData) {
		return errors.New("demo data on PostgreSQL needs RUNG_ALLOW to name demo-data")
	}
	people, err := demo.Read(ctx, db, issuerName(c))
	if err != nil || len(people) > 0 {
		return err
	}
	world, err := demo.Fill(ctx, db.Engine(), demo.Options{Issuer: issuerName(c), Reactions: r.Reactions, Until: db.Now(), IsWhole: true})
	if err != nil {
		return err
	}
	return keepNames(c, world)
}

// welcome prints the tokens of the demo world and how to begin.
func (r Rung) welcome(ctx context.Context, c config.Config, db *store.DB) error {
	local, err := localIssuer(c)
	if err != nil {
		return err
	}
	people, err := roles(ctx, db, local)
	if err != nil {
		return err
	}
	r.say("", "The demo world's people, each with a token for twelve hours:", "")
	for _, p := range people {
		r.say(fmt.Sprintf("%s (%s, %s)", p.Name, p.About, p.Email), p.Token, "")
	}
	r.say("A first query, which needs no token:", "",
		fmt.Sprintf("curl -s %s/graphql -H 'Content-Type: application/json' -d '{\"query\":\"%s\"}'", c.PublicURL, firstQuery), "")
	return nil
}

// token prints a token of the local issuer for somebody by role or e-mail.
func (r Rung) token(ctx context.Context, args []string) error {
	var as, org string
	if _, err := r.flags("token", args, func(f *flag.FlagSet) {
		f.StringVar(&as, "as", "", "a role, as in owner, or an e-mail address")
		f.StringVar(&org, "org", "", "the organisation to act for, when there are several")
	}); err != nil {
		return err
	}
	if as == "" {
		return errors.New("say as whom: rung token --as owner, or --as ada@student.example")
	}
	c, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	local, err := localIssuer(c)
	if err != nil {
		return err
	}
	people, err := demo.Read(ctx, db, issuerName(c))
	if err != nil {
		return err
	}
	if p, isCast := demo.InRole(people, as); isCast {
		as = p.Email
	}
	claims, err := person.ClaimsOf(ctx, db, issuerName(c), as)
	if err != nil {
		return err
	}
	chosen := auth.Claims{Subject: claims.Subject, Name: claims.Name, Email: claims.Email, Org: claims.Organization}
	if org != "" {
		if chosen.Org, err = gid.Parse(org); err != nil {
			return err
		}
	}
	minted, err := local.Mint(chosen)
	if err != nil {
		return err
	}
	r.say(minted)
	return nil
}

// seat appoints an operator, the first of whom nobody else could.
func (r Rung) seat(ctx context.Context, args []string) error {
	var in person.SeatInput
	if _, err := r.flags("seat", args, func(f *flag.FlagSet) {
		f.StringVar(&in.Issuer, "issuer", "", "who vouches for the person, exactly as in its tokens")
		f.StringVar(&in.Subject, "subject", "", "the subject in its tokens")
		f.StringVar(&in.Name, "name", "", "the person's name")
	}); err != nil {
		return err
	}
	c, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if in.Issuer == "" && c.LocalIssuer() {
		in.Issuer = issuerName(c)
	}
	ctx = viewer.With(ctx, viewer.System("whoever runs the installation appoints an operator"))
	ctx = viewer.WithRequest(ctx, &viewer.Request{ID: "rung seat", Verb: "appoint"})
	done, err := person.Appoint(ctx, db, person.Appointment{Person: in, Organization: gid.LiveWorld, Role: membership.RoleOperator})
	if err != nil {
		return err
	}
	r.say(fmt.Sprintf("%s is an operator now: %s. Their tokens name the organisation %s.", in.Name, done.MembershipID, gid.LiveWorld))
	return nil
}

func issuerName(c config.Config) string { return c.PublicURL + "/local" }

func localIssuer(c config.Config) (*auth.Local, error) {
	if !c.LocalIssuer() {
		return nil, errors.New("the local issuer is off: RUNG_ISSUERS names others, and RUNG_ALLOW does not name local-issuer")
	}
	return auth.OpenLocal(c)
}
