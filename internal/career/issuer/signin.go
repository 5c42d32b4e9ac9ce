package issuer

import (
	"context"
	"errors"
	"time"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/identity"
	"github.com/rung-dev/rung/ent/gen/ent/identityissuer"
	"github.com/rung-dev/rung/ent/gen/ent/membership"
	"github.com/rung-dev/rung/internal/career/member"
	"github.com/rung-dev/rung/internal/career/person"
	"github.com/rung-dev/rung/internal/career/talent"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// mostOfName is how many characters of a name are kept.
const mostOfName = 200

// Named is the trusted issuer of that name, or nil. It is read for each token:
// what was stopped or ended is refused from the next request on, everywhere.
func Named(ctx context.Context, db *store.DB, name string) (*ent.IdentityIssuer, error) {
	i, err := db.Read.IdentityIssuer.Query().
		Where(identityissuer.Issuer(name), identityissuer.StatusEQ(identityissuer.StatusTrusted)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return i, err
}

// SignIn is what a trusted issuer's token says: whom it vouches for, since when,
// and what that makes of them.
type SignIn struct {
	Subject string
	Name    string
	Email   string
	At      time.Time
	Word    Word
}

// IsNews reports whether a token says something else than what is known of the
// person, and says it later: an older token changes nothing.
func (s SignIn) IsNews(known *ent.Identity) bool {
	if known == nil {
		return s.Word != Word{}
	}
	return s.Word != WordKept(known) && (known.VouchedAt == nil || s.At.After(*known.VouchedAt))
}

// WordKept is the issuer's newest word of a person.
func WordKept(known *ent.Identity) Word {
	w := Word{IsTalent: known.VouchedTalent}
	if known.VouchedRole != nil {
		w.Role = membership.Role(*known.VouchedRole)
	}
	return w
}

// Admit makes of a person what their issuer's word says anew: with the first word
// somebody becomes a person of Rung and a member or talent of the organisation, and
// what the word gave ends when it gives it no more. What an invitation or an
// appointment gave stays, and so does what the organisation's people changed since
// the word last changed.
func Admit(ctx context.Context, db *store.DB, i *ent.IdentityIssuer, s SignIn) error {
	_, err := store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		who, err := person.Known(ctx, tx, seatOf(i, s))
		if err != nil {
			return gid.None, err
		}
		// Locked: of two tokens at once the second reads what the first made.
		known, err := tx.Identity.Query().Where(identity.Issuer(i.Issuer), identity.Subject(s.Subject), store.Locked).Only(ctx)
		if err != nil || !s.IsNews(known) {
			return gid.None, err
		}
		before := WordKept(known)
		if before.Role != s.Word.Role {
			if err := member.Vouch(ctx, tx, who, i.OrganizationID, s.Word.Role); err != nil {
				return gid.None, err
			}
		}
		if before.IsTalent != s.Word.IsTalent {
			if err := talent.Vouch(ctx, tx, who, i.OrganizationID, i.ID, s.Word.IsTalent); err != nil {
				return gid.None, err
			}
		}
		return who, keep(ctx, tx, known, s)
	})
	// Somebody else has just met the same person.
	if told, foreseen := fault.UserErrors(err); foreseen && len(told) == 1 && told[0].GetCode() == fault.CodeAlreadyExists {
		return errAgain
	}
	return err
}

var errAgain = errors.New("issuer: another request signs this person in")

// IsAgain reports whether Admit lost to another request with the same word.
func IsAgain(err error) bool { return errors.Is(err, errAgain) }

func seatOf(i *ent.IdentityIssuer, s SignIn) person.SeatInput {
	in := person.SeatInput{Issuer: i.Issuer, Subject: s.Subject, Name: s.Name}
	if in.Name == "" {
		in.Name = s.Subject
	}
	if runes := []rune(in.Name); len(runes) > mostOfName {
		in.Name = string(runes[:mostOfName])
	}
	if s.Email != "" {
		in.Email = &s.Email
	}
	return in
}

// keep notes the word, so that only another one changes anything.
func keep(ctx context.Context, tx *store.Tx, known *ent.Identity, s SignIn) error {
	update := tx.Identity.UpdateOne(known).SetVouchedAt(s.At).SetVouchedTalent(s.Word.IsTalent)
	if s.Word.Role == "" {
		update.ClearVouchedRole()
	} else {
		update.SetVouchedRole(string(s.Word.Role))
	}
	return update.Exec(ctx)
}

// AsSystem is the context in which a sign-in is written down: nobody asked for it
// in person, and it is a change of its own beside what the request does.
func AsSystem(ctx context.Context, i *ent.IdentityIssuer) context.Context {
	request := &viewer.Request{ID: "sign-in", Verb: "signIn"}
	if asked := viewer.RequestFrom(ctx); asked != nil {
		request.ID, request.From, request.Traceparent = asked.ID, asked.From, asked.Traceparent
	}
	return viewer.WithRequest(viewer.With(ctx, viewer.System("an issuer's word makes somebody a member or a talent").In(i.WorldID)), request)
}
