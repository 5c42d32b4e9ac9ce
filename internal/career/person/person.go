// Package person knows who people are and for whom they act: a person, the
// names under which issuers vouch for them, and their seats in organisations.
package person

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// SeatInput: a person as an issuer knows them.
type SeatInput struct {
	Issuer  string
	Subject string
	Name    string
	Email   *string
}

// Actor is the person who acts, with a row of their own from their first change
// on.
func Actor(ctx context.Context, tx *store.Tx) (gid.ID, error) {
	v := viewer.From(ctx)
	if !v.Person.IsNone() {
		return v.Person, nil
	}
	if v.Issuer == "" || v.Subject == "" {
		return gid.None, fault.NotPermitted("Sign in first.")
	}
	in := SeatInput{Issuer: v.Issuer, Subject: v.Subject, Name: v.Name}
	if in.Name == "" {
		in.Name = v.Subject
	}
	if v.Email != "" {
		in.Email = &v.Email
	}
	return Known(ctx, tx, in)
}

// Known is the person whom an issuer vouches for under a subject, made when
// nobody has met them yet. People are told apart by issuer and subject alone.
func Known(ctx context.Context, tx *store.Tx, in SeatInput) (gid.ID, error) {
	all := tx.System("a person is met by what their issuer says, before anybody may see them")
	found, err := all.Identity.Query().Where(identity.Issuer(in.Issuer), identity.Subject(in.Subject)).Only(ctx)
	if err == nil {
		return found.PersonID, nil
	}
	if !ent.IsNotFound(err) {
		return gid.None, err
	}
	p, err := all.Person.Create().SetName(in.Name).SetNillableEmail(in.Email).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	return p.ID, all.Identity.Create().SetPersonID(p.ID).SetIssuer(in.Issuer).SetSubject(in.Subject).Exec(ctx)
}

// Seat makes a person act for an organisation in a role. A person has one seat
// in each.
func Seat(ctx context.Context, tx *store.Tx, who, organization gid.ID, role membership.Role) (gid.ID, error) {
	return Join(ctx, tx, who, organization, role, membership.SourceAppointment)
}

// Join seats a person, and keeps what made them a member.
func Join(ctx context.Context, tx *store.Tx, who, organization gid.ID, role membership.Role, source membership.Source) (gid.ID, error) {
	m, err := tx.Membership.Create().SetWorldID(tx.World()).SetPersonID(who).SetOrganizationID(organization).
		SetRole(role).SetSource(source).Save(ctx)
	if err != nil {
		return gid.None, err
	}
	return m.ID, event.Record(ctx, tx, event.Event{
		Kind: event.MemberSeated, Subject: m.ID,
		IDs:     map[string]gid.ID{"person": who, "organization": organization},
		Parties: []gid.ID{organization},
	})
}

// Read checks what a client says of a person.
func (in SeatInput) Read(path string) (SeatInput, error) {
	var r text.Reader
	read := SeatInput{
		Issuer: r.Line(path+".issuer", in.Issuer, 1, 255), Subject: r.Line(path+".subject", in.Subject, 1, 255),
		Name: r.Line(path+".name", in.Name, 1, 200), Email: r.LineLater(path+".email", in.Email, 254),
	}
	return read, r.Err()
}

// Appointment seats a person by order of whoever runs the installation: its
// first operator, and the people of the demo world.
type Appointment struct {
	Person       SeatInput
	Organization gid.ID // the world for the platform
	Role         membership.Role
}

// Appointed is who was seated and the seat.
type Appointed struct {
	PersonID     gid.ID
	MembershipID gid.ID
}

// Appoint seats a person. Only the system may: invitations are how people seat
// each other.
func Appoint(ctx context.Context, db *store.DB, in Appointment) (Appointed, error) {
	if !viewer.From(ctx).IsSystem() {
		return Appointed{}, fault.NotPermitted("Only whoever runs the installation can appoint.")
	}
	read, err := in.Person.Read("person")
	if err != nil {
		return Appointed{}, err
	}
	return store.Write(ctx, db, func(tx *store.Tx) (Appointed, error) {
		who, err := Known(ctx, tx, read)
		if err != nil {
			return Appointed{}, err
		}
		seat, err := Seat(ctx, tx, who, in.Organization, in.Role)
		return Appointed{who, seat}, err
	})
}
