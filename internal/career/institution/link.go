package institution

import (
	"context"
	"fmt"
	"slices"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/institution"
	"github.com/rung-dev/rung/ent/gen/ent/institutionlink"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/viewer"
)

// Requested are the links that RequestInstitutionLink asked for. One is the only
// one, or none where several were asked for.
type Requested struct {
	One gid.ID
	All []gid.ID
}

// RequestInstitutionLink asks one institution or several to let the viewer's
// employer post to their talents. Each decides alone; all are asked or none. An
// employer that was declined or revoked may ask again after a while.
func RequestInstitutionLink(ctx context.Context, db *store.DB, in RequestInstitutionLinkInput) (Requested, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (Requested, error) {
		var r text.Reader
		asked := in.institutions(&r)
		message := r.ProseLater("message", in.Message, 1000)
		if err := r.Err(); err != nil {
			return Requested{}, err
		}
		if err := canAsk(viewer.From(ctx)); err != nil && in.InstitutionID == nil {
			return Requested{}, err
		}
		var done Requested
		for n, id := range asked {
			link, err := requestOne(ctx, tx, id, in.path(n), message)
			r.Refuse(err)
			done.All = append(done.All, link)
		}
		if in.InstitutionID != nil {
			done.One = done.All[0]
		}
		return done, r.Err()
	})
}

// institutions are those asked: one, or a list of at most fifty.
func (in RequestInstitutionLinkInput) institutions(r *text.Reader) []gid.ID {
	switch n := len(in.InstitutionIDs); {
	case (in.InstitutionID != nil) == (n > 0):
		r.Refuse(fault.InvalidValue("institutionIds", "Give either `institutionId` or at least one of `institutionIds`."))
	case n > mostAsked:
		r.Refuse(fault.LimitReached("institutionIds", fmt.Sprintf("Ask at most %d institutions at once.", mostAsked)))
	}
	for n, id := range in.InstitutionIDs[:min(len(in.InstitutionIDs), mostAsked)] {
		if slices.Contains(in.InstitutionIDs[:n], id) {
			r.Refuse(fault.InvalidValue(in.path(n), "Name each one once."))
		}
	}
	if in.InstitutionID != nil {
		return []gid.ID{*in.InstitutionID}
	}
	return in.InstitutionIDs
}

func (in RequestInstitutionLinkInput) path(n int) string {
	if in.InstitutionID != nil {
		return "institutionId"
	}
	return fmt.Sprintf("institutionIds.%d", n)
}

func requestOne(ctx context.Context, tx *store.Tx, id gid.ID, path string, message *string) (gid.ID, error) {
	v := viewer.From(ctx)
	// Not locked: an open institution stays open.
	i, err := tx.Institution.Get(ctx, id)
	if err != nil {
		return gid.None, store.Found(err, fault.NotFound(path, "There is no such institution."))
	}
	if err := canAsk(v); err != nil {
		return gid.None, err
	}
	e, err := tx.Employer.Get(ctx, v.Employer())
	if err != nil {
		return gid.None, err
	}
	l, err := between(ctx, tx, e.ID, i.ID)
	if err != nil {
		return gid.None, err
	}
	if err := canRequest(e, i, l, path, tx.Now); err != nil {
		return gid.None, err
	}
	return request(ctx, tx, e.ID, i.ID, l, message)
}

// between is the link of an employer and an institution, or nil.
func between(ctx context.Context, tx *store.Tx, employer, institution gid.ID) (*ent.InstitutionLink, error) {
	// Locked: the career office must not decide while the employer asks again.
	l, err := tx.InstitutionLink.Query().
		Where(institutionlink.EmployerOrgID(employer), institutionlink.InstitutionID(institution), store.Locked).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return l, err
}

// request makes the pair's one row, or brings a declined one back.
func request(
	ctx context.Context, tx *store.Tx, employer, institution gid.ID, l *ent.InstitutionLink, message *string,
) (gid.ID, error) {
	if l == nil {
		made, err := tx.InstitutionLink.Create().SetWorldID(tx.World()).
			SetOwnerOrgID(employer).SetEmployerOrgID(employer).SetInstitutionID(institution).
			SetNillableMessage(message).SetRequestedAt(tx.Now).Save(ctx)
		if err != nil {
			return gid.None, err
		}
		return made.ID, record(ctx, tx, event.InstitutionLinkRequested, made)
	}
	update := tx.InstitutionLink.Update().Where(institutionlink.ID(l.ID), institutionlink.Revision(l.Revision)).
		SetStatus(LinkStates.Verb("requestInstitutionLink").To).SetRequestedAt(tx.Now).
		ClearMessage().ClearReason().ClearQuestion().ClearAnswer().ClearPermissions().ClearDecidedAt().ClearDecidedByID()
	if message != nil {
		update.SetMessage(*message)
	}
	if err := store.Moved(update.Save(ctx)); err != nil {
		return gid.None, err
	}
	return l.ID, record(ctx, tx, event.InstitutionLinkRequested, l)
}

// ApproveInstitutionLink lets an employer post to the institution's talents, with
// the institution's usual permissions or those named.
func ApproveInstitutionLink(ctx context.Context, db *store.DB, in ApproveInstitutionLinkInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		l, err := permitted(ctx, tx, in.InstitutionLinkID, in.ExpectedRevision, "approveInstitutionLink")
		if err != nil {
			return gid.None, err
		}
		return l.ID, approve(ctx, tx, l, in.Permissions)
	})
}

// approve gives a link the permissions named, or the institution's usual ones.
func approve(ctx context.Context, tx *store.Tx, l *ent.InstitutionLink, named []InstitutionPermission) error {
	usual := named
	if named == nil {
		i, err := tx.Institution.Get(ctx, l.InstitutionID)
		if err != nil {
			return err
		}
		usual = DefaultPermissions(i)
	} else if err := checkPermissions("permissions", named); err != nil {
		return err
	}
	update := decided(ctx, tx).SetPermissions(words(usual))
	return decide(ctx, tx, l, "approveInstitutionLink", update)
}

// DeclineInstitutionLink refuses an employer with a reason it will read.
func DeclineInstitutionLink(ctx context.Context, db *store.DB, in DeclineInstitutionLinkInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		return say(ctx, tx, in.InstitutionLinkID, in.ExpectedRevision, "declineInstitutionLink", "reason", in.Reason)
	})
}

// RevokeInstitutionLink takes an employer's right to post away, with a reason it
// will read.
func RevokeInstitutionLink(ctx context.Context, db *store.DB, in RevokeInstitutionLinkInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		return say(ctx, tx, in.InstitutionLinkID, in.ExpectedRevision, "revokeInstitutionLink", "reason", in.Reason)
	})
}

// AskAboutInstitutionLink asks the employer something before deciding.
func AskAboutInstitutionLink(ctx context.Context, db *store.DB, in AskAboutInstitutionLinkInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		return say(ctx, tx, in.InstitutionLinkID, in.ExpectedRevision, "askAboutInstitutionLink", "question", in.Question)
	})
}

// AnswerInstitutionLink answers what the career office asked.
func AnswerInstitutionLink(ctx context.Context, db *store.DB, in AnswerInstitutionLinkInput) (gid.ID, error) {
	return store.Write(ctx, db, func(tx *store.Tx) (gid.ID, error) {
		return say(ctx, tx, in.InstitutionLinkID, in.ExpectedRevision, "answerInstitutionLink", "answer", in.Answer)
	})
}

// say moves a link where the verb leads, with words that the other side will read.
func say(ctx context.Context, tx *store.Tx, id gid.ID, revision int, verb, path, said string) (gid.ID, error) {
	l, err := permitted(ctx, tx, id, revision, verb)
	if err != nil {
		return gid.None, err
	}
	var r text.Reader
	said = r.Prose(path, said, 3, 1000)
	if err := r.Err(); err != nil {
		return gid.None, err
	}
	var update *ent.InstitutionLinkUpdate
	switch path {
	case "question":
		update = tx.InstitutionLink.Update().SetQuestion(said).ClearAnswer()
	case "answer":
		update = tx.InstitutionLink.Update().SetAnswer(said)
	default:
		update = decided(ctx, tx).SetReason(said)
	}
	return l.ID, decide(ctx, tx, l, verb, update)
}

// permitted is a link that the viewer may use the verb on.
func permitted(ctx context.Context, tx *store.Tx, id gid.ID, revision int, verb string) (*ent.InstitutionLink, error) {
	// Locked: two people must not decide at once.
	l, err := tx.InstitutionLink.Query().Where(institutionlink.ID(id), store.Locked).Only(ctx)
	if err != nil {
		return nil, store.Found(err, fault.NotFound("institutionLinkId", "There is no such request."))
	}
	return l, canDecide(viewer.From(ctx), l, verb, revision)
}

func decided(ctx context.Context, tx *store.Tx) *ent.InstitutionLinkUpdate {
	return tx.InstitutionLink.Update().SetDecidedAt(tx.Now).SetDecidedByID(viewer.From(ctx).Person)
}

// decide moves a link where the verb leads.
func decide(ctx context.Context, tx *store.Tx, l *ent.InstitutionLink, verb string, update *ent.InstitutionLinkUpdate) error {
	update.Where(institutionlink.ID(l.ID), institutionlink.Revision(l.Revision)).SetStatus(LinkStates.Verb(verb).To)
	if err := store.Moved(update.Save(ctx)); err != nil {
		return err
	}
	return record(ctx, tx, decisions[verb], l)
}

var decisions = map[string]event.Kind{
	"approveInstitutionLink":  event.InstitutionLinkApproved,
	"declineInstitutionLink":  event.InstitutionLinkDeclined,
	"revokeInstitutionLink":   event.InstitutionLinkRevoked,
	"askAboutInstitutionLink": event.InstitutionLinkAsked,
	"answerInstitutionLink":   event.InstitutionLinkAnswered,
}

// record tells both sides and the platform, each of whom may see the link.
func record(ctx context.Context, tx *store.Tx, kind event.Kind, l *ent.InstitutionLink) error {
	return event.Record(ctx, tx, event.Event{
		Kind: kind, Subject: l.ID,
		IDs:     map[string]gid.ID{"employer": l.EmployerOrgID, "institution": l.InstitutionID},
		Parties: []gid.ID{l.EmployerOrgID, l.InstitutionID, tx.World()},
	})
}

// LinkOf is the link of an employer and an institution as far as the viewer may
// see it: the two of them and the platform's operators do. Nil where there is none.
func LinkOf(ctx context.Context, read *ent.Client, employerID, institutionID gid.ID) (*ent.InstitutionLink, error) {
	l, err := read.InstitutionLink.Query().
		Where(institutionlink.EmployerOrgID(employerID), institutionlink.InstitutionID(institutionID)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return l, err
}

// MayPost reports whether a link lets its employer post to the institution's
// talents.
func MayPost(l *ent.InstitutionLink) bool {
	return l != nil && slices.Contains(Permissions(l), PostJobs)
}

// RequestWithPosting asks an institution for an employer with its first posting.
func RequestWithPosting(ctx context.Context, tx *store.Tx, employerID, institutionID gid.ID) error {
	_, err := request(ctx, tx, employerID, institutionID, nil, nil)
	return err
}

// ApproveWithPosting approves an employer with its first posting, where the
// institution works so and the employer still waits.
func ApproveWithPosting(ctx context.Context, tx *store.Tx, employerID, institutionID gid.ID) error {
	i, err := tx.Institution.Get(ctx, institutionID)
	if err != nil || i.ApprovalMode != institution.ApprovalModeJobBased {
		return err
	}
	l, err := between(ctx, tx, employerID, institutionID)
	if err != nil || l == nil || l.DecidedAt != nil {
		return err
	}
	return approve(ctx, tx, l, nil)
}
