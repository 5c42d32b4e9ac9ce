package file

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/internal/event"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/text"
	"github.com/rung-dev/rung/internal/transition"
	"github.com/rung-dev/rung/internal/viewer"
)

var owners = []transition.Side{transition.Talent, transition.Employer}

// States is the life of an upload: announced, sent, looked at.
var States = transition.Table[upload.Status]{
	{
		Name: string(event.UploadReceived), By: []transition.Side{transition.Rung},
		From: []upload.Status{upload.StatusAwaiting}, To: upload.StatusUploaded,
	},
	{
		Name: "completeUpload", By: owners, Scope: viewer.UploadsWrite,
		From: []upload.Status{upload.StatusUploaded}, To: upload.StatusReady,
		Only: "Only who uploads a file can complete it.", Not: "Only a file whose bytes have come can be completed.",
	},
	{
		Name: string(event.UploadRefused), By: []transition.Side{transition.Rung},
		From: []upload.Status{upload.StatusUploaded, upload.StatusReady}, To: upload.StatusRefused,
	},
	{
		Name: "abandonUpload", By: owners, Scope: viewer.UploadsWrite,
		From: []upload.Status{upload.StatusAwaiting, upload.StatusUploaded, upload.StatusReady}, To: upload.StatusAbandoned,
		Only: "Only who uploads a file can give it up.", Not: "Only a file that was not sent with anything can be given up.",
	},
	{
		Name: string(event.UploadExpired), By: []transition.Side{transition.Rung},
		From: []upload.Status{upload.StatusAwaiting, upload.StatusUploaded, upload.StatusReady}, To: upload.StatusExpired,
	},
}

const (
	mostBytes = 50 << 20
	// mostWaiting is how many uploads of a person wait to be used.
	mostWaiting = 50
)

// can judges a verb on an upload. What was sent with something is part of it.
func can(v viewer.Viewer, u *ent.Upload, verb string) error {
	var sides []transition.Side
	if u.PersonID == v.Person {
		sides = transition.Sides(v, u.EmployerOrgID, u.TalentID)
	}
	if err := States.Permit(verb, v, sides, u.Status); err != nil {
		return err
	}
	if isUsed(u) {
		return fault.IllegalTransition(States.Verb(verb).Not, string(u.Status), []string{})
	}
	return nil
}

// UploadAbilities is what the viewer may do with an upload now.
type UploadAbilities struct {
	Complete *fault.Ability
	Abandon  *fault.Ability
}

// Abilities says what the viewer may do with an upload now.
func Abilities(v viewer.Viewer, u *ent.Upload) *UploadAbilities {
	return &UploadAbilities{
		Complete: fault.AbilityOf(can(v, u, "completeUpload")),
		Abandon:  fault.AbilityOf(can(v, u, "abandonUpload")),
	}
}

// kind is a type of files that is taken.
type kind struct {
	endings []string
	// found is what its content may be found to be.
	found []string
}

const (
	plain = "text/plain"
	zip   = "application/zip"
	word  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	slide = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	odt   = "application/vnd.oasis.opendocument.text"
	ods   = "application/vnd.oasis.opendocument.spreadsheet"
	odp   = "application/vnd.oasis.opendocument.presentation"
)

// kinds are the types that are taken. None is active: no page, no script, no
// SVG, nothing that a machine runs.
var kinds = map[string]kind{
	"application/pdf": {[]string{".pdf"}, []string{"application/pdf"}},
	"image/png":       {[]string{".png"}, []string{"image/png"}},
	"image/jpeg":      {[]string{".jpg", ".jpeg"}, []string{"image/jpeg"}},
	"image/webp":      {[]string{".webp"}, []string{"image/webp"}},
	"video/mp4":       {[]string{".mp4"}, []string{"video/mp4"}},
	plain:             {[]string{".txt"}, []string{plain, "text/csv", "text/tab-separated-values"}},
	"text/csv":        {[]string{".csv"}, []string{plain, "text/csv"}},
	"text/markdown":   {[]string{".md", ".markdown"}, []string{plain, "text/csv"}},
	zip:               {[]string{".zip"}, []string{zip}},
	word:              {[]string{".docx"}, []string{word, zip}},
	sheet:             {[]string{".xlsx"}, []string{sheet, zip}},
	slide:             {[]string{".pptx"}, []string{slide, zip}},
	odt:               {[]string{".odt"}, []string{odt}},
	ods:               {[]string{".ods"}, []string{ods}},
	odp:               {[]string{".odp"}, []string{odp}},
}

var digits = regexp.MustCompile(`^[0-9a-f]{64}$`)

// readUpload checks what is announced.
func readUpload(in CreateUploadInput) (CreateUploadInput, error) {
	var r text.Reader
	in.Name = r.Line("name", in.Name, 1, 200)
	k, taken := kinds[in.ContentType]
	switch {
	case !taken:
		r.Refuse(fault.InvalidValue("contentType", "Files of this type are not taken."))
	case strings.ContainsAny(in.Name, `/\:`):
		r.Refuse(fault.InvalidValue("name", "Give the file's name alone, without a path."))
	case r.Err() == nil && !slices.Contains(k.endings, strings.ToLower(path.Ext(in.Name))):
		r.Refuse(fault.InvalidValue("name", fmt.Sprintf("Let the name end in %s, as files of this type do.", strings.Join(k.endings, " or "))))
	}
	if in.SizeBytes < 1 || in.SizeBytes > mostBytes {
		r.Refuse(fault.InvalidValue("sizeBytes", fmt.Sprintf("Send a file of 1 to %d bytes.", mostBytes)))
	}
	if !digits.MatchString(in.Sha256) {
		r.Refuse(fault.InvalidValue("sha256", "Write the SHA-256 of the bytes as 64 hexadecimal digits in small letters."))
	}
	return in, r.Err()
}

// refusal says why what came is not what was announced, or nothing.
func refusal(u *ent.Upload) string {
	switch {
	case *u.ReceivedSha256 != u.Sha256:
		return "The bytes that came have another SHA-256 than was announced."
	case !slices.Contains(kinds[u.ContentType].found, *u.ReceivedType):
		return "The content is not of the type that was announced."
	}
	return ""
}
