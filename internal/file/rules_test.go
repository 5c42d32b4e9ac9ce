package file

import (
	"slices"
	"strings"
	"testing"

	"github.com/gabriel-vasile/mimetype"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/upload"
	"github.com/rung-dev/rung/internal/fault"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

var sum = strings.Repeat("0a", 32)

func TestReadUpload(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   CreateUploadInput
		want []string
	}{
		"a PDF":                                    {CreateUploadInput{"report.pdf", "application/pdf", 1, sum}, nil},
		"the largest file":                         {CreateUploadInput{"film.mp4", "video/mp4", mostBytes, sum}, nil},
		"an ending in large letters":               {CreateUploadInput{"IMG.JPEG", "image/jpeg", 9, sum}, nil},
		"it refuses an empty file":                 {CreateUploadInput{"a.txt", plain, 0, sum}, []string{"sizeBytes"}},
		"it refuses a file that is too large":      {CreateUploadInput{"a.txt", plain, mostBytes + 1, sum}, []string{"sizeBytes"}},
		"it refuses a path":                        {CreateUploadInput{"../a.txt", plain, 1, sum}, []string{"name"}},
		"it refuses a path of another system":      {CreateUploadInput{`c:\a.txt`, plain, 1, sum}, []string{"name"}},
		"it refuses a name that turns around":      {CreateUploadInput{"a\u202etxt.exe.txt", plain, 1, sum}, []string{"name"}},
		"it refuses a name with a break":           {CreateUploadInput{"a\r\nb.txt", plain, 1, sum}, []string{"name"}},
		"it refuses no name":                       {CreateUploadInput{"", plain, 1, sum}, []string{"name"}},
		"it refuses an ending of another type":     {CreateUploadInput{"a.exe", plain, 1, sum}, []string{"name"}},
		"it refuses a page":                        {CreateUploadInput{"a.html", "text/html", 1, sum}, []string{"contentType"}},
		"it refuses SVG":                           {CreateUploadInput{"a.svg", "image/svg+xml", 1, sum}, []string{"contentType"}},
		"it refuses a type with parameters":        {CreateUploadInput{"a.txt", "text/plain; charset=utf-8", 1, sum}, []string{"contentType"}},
		"it refuses a hash that is short":          {CreateUploadInput{"a.txt", plain, 1, sum[1:]}, []string{"sha256"}},
		"it refuses a hash in large letters":       {CreateUploadInput{"a.txt", plain, 1, strings.ToUpper(sum)}, []string{"sha256"}},
		"it refuses everything that is wrong once": {CreateUploadInput{"a/b.txt", plain, -1, ""}, []string{"name", "sizeBytes", "sha256"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readUpload(c.in)
			told, _ := fault.UserErrors(err)
			var paths []string
			for _, e := range told {
				paths = append(paths, e.GetPath()...)
			}
			if !slices.Equal(paths, c.want) || (err != nil) != (c.want != nil) {
				t.Errorf("got %v (%v), want %v", paths, err, c.want)
			}
		})
	}
}

func TestWhatContentIsTakenFor(t *testing.T) {
	t.Parallel()
	const page = "<!DOCTYPE html><html><body>hello</body></html>"
	for name, c := range map[string]struct {
		kind, content string
		taken         bool
	}{
		"a PDF":                                {"application/pdf", "%PDF-1.7\n", true},
		"a PNG":                                {"image/png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", true},
		"a JPEG":                               {"image/jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF", true},
		"text":                                 {plain, "What we found.", true},
		"Markdown":                             {"text/markdown", "# Found\n\nMuch.", true},
		"a table":                              {"text/csv", "a,b\n1,2\n3,4\n", true},
		"an archive":                           {zip, "PK\x03\x04\x14\x00\x00\x00\x00\x00", true},
		"it refuses a page called a PDF":       {"application/pdf", page, false},
		"it refuses a page called text":        {plain, page, false},
		"it refuses a page called Markdown":    {"text/markdown", page, false},
		"it refuses SVG called a PNG":          {"image/png", `<svg xmlns="http://www.w3.org/2000/svg"></svg>`, false},
		"it refuses SVG called text":           {plain, `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>`, false},
		"it refuses a script called text":      {plain, "#!/usr/bin/env python3\nprint(1)", false},
		"it refuses a program called a PDF":    {"application/pdf", "MZ\x90\x00\x03\x00\x00\x00", false},
		"it refuses a program called a table":  {"text/csv", "\x7fELF\x02\x01\x01\x00", false},
		"it refuses an archive called a film":  {"video/mp4", "PK\x03\x04\x14\x00\x00\x00\x00\x00", false},
		"it refuses a PDF called a Word file":  {word, "%PDF-1.7\n", false},
		"it refuses bytes that are called CSV": {"text/csv", "\x00\x01\x02\x03", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, _, _ := strings.Cut(mimetype.Detect([]byte(c.content)).String(), ";")
			u := &ent.Upload{ContentType: c.kind, Sha256: sum, ReceivedSha256: &sum, ReceivedType: &found}
			if got := refusal(u); (got == "") != c.taken {
				t.Errorf("what is found to be %s is answered with %q", found, got)
			}
		})
	}
}

func TestCan(t *testing.T) {
	t.Parallel()
	ada := viewer.Viewer{Kind: viewer.Talent, Person: gid.ID{1}, Talent: gid.ID{2}, Scopes: viewer.ScopesOf(viewer.RoleTalent)}
	sol := viewer.Viewer{Kind: viewer.EmployerMember, Person: gid.ID{3}, Org: gid.ID{4}, Scopes: viewer.ScopesOf(viewer.RoleSupervisor)}
	remy := viewer.Viewer{Kind: viewer.EmployerMember, Person: gid.ID{5}, Org: gid.ID{4}, Scopes: viewer.ScopesOf(viewer.RoleOwner)}
	adas := ent.Upload{PersonID: ada.Person, TalentID: ada.Talent}
	sols := ent.Upload{PersonID: sol.Person, EmployerOrgID: sol.Org}
	for name, c := range map[string]struct {
		who    viewer.Viewer
		u      ent.Upload
		at     upload.Status
		used   bool
		verb   string
		refuse fault.Code
	}{
		"a talent completes what came":                   {ada, adas, upload.StatusUploaded, false, "completeUpload", ""},
		"a supervisor completes what came":               {sol, sols, upload.StatusUploaded, false, "completeUpload", ""},
		"a talent gives up what is ready":                {ada, adas, upload.StatusReady, false, "abandonUpload", ""},
		"it refuses somebody else of the same employer":  {remy, sols, upload.StatusUploaded, false, "completeUpload", fault.CodeNotPermitted},
		"it refuses the other side":                      {sol, adas, upload.StatusUploaded, false, "abandonUpload", fault.CodeNotPermitted},
		"it refuses to complete what has not come":       {ada, adas, upload.StatusAwaiting, false, "completeUpload", fault.CodeIllegalTransition},
		"it refuses to complete what was refused":        {ada, adas, upload.StatusRefused, false, "completeUpload", fault.CodeIllegalTransition},
		"it refuses to complete what is ready":           {ada, adas, upload.StatusReady, false, "completeUpload", fault.CodeIllegalTransition},
		"it refuses to give up what was used":            {ada, adas, upload.StatusReady, true, "abandonUpload", fault.CodeIllegalTransition},
		"it refuses to give up what was given up before": {ada, adas, upload.StatusAbandoned, false, "abandonUpload", fault.CodeIllegalTransition},
		"it refuses to give up what has expired":         {ada, adas, upload.StatusExpired, false, "abandonUpload", fault.CodeIllegalTransition},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.u.Status = c.at
			if c.used {
				c.u.Position = new(int)
			}
			err := can(c.who, &c.u, c.verb)
			told, _ := fault.UserErrors(err)
			if c.refuse == "" && err == nil {
				return
			}
			if len(told) != 1 || told[0].GetCode() != c.refuse {
				t.Errorf("got %v, want %q", err, c.refuse)
			}
		})
	}
}
