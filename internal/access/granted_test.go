package access

import (
	"slices"
	"testing"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// public are the tables that programs read as somebody without a token does.
var public = []string{
	"AuditEntry", "ClientSecret", "Conversation", "Demographics", "DirectoryNotice", "Employer", "Event", "FeedCounter", "FeedEntry", "IdempotencyRecord", "Identity", "Institution", "Job",
	"MemberInvitation", "Membership", "Message", "MessageReport", "Notification", "Occupation", "PaymentCallback", "PostingPolicy", "ReadMark", "Skill", "Strike", "Term",
	"ThankYouNote", "Upload", "World",
}

// Each table was thought of: a scope opens it to programs, or it tells them of
// themselves, or they read it as the public does.
func TestEveryTableIsGrantedOrPublic(t *testing.T) {
	t.Parallel()
	for _, kind := range Lines() {
		_, named := reads[kind]
		ways := 0
		for _, is := range []bool{named, itsOwn[kind], slices.Contains(public, kind)} {
			if is {
				ways++
			}
		}
		if ways != 1 {
			t.Errorf("%s stands in %d of the lists of what programs read, want 1", kind, ways)
		}
	}
	for kind, scope := range reads {
		if visible[kind] == nil {
			t.Errorf("there is no table %s", kind)
		}
		if !viewer.IsGrantable(scope) {
			t.Errorf("nobody can grant %s, which opens %s", scope, kind)
		}
	}
}

func TestAProgramReadsWhatItWasGranted(t *testing.T) {
	t.Parallel()
	program := viewer.Viewer{
		Kind: viewer.Integration, World: gid.LiveWorld, Client: gid.ID{14: 1, 15: byte(gid.APIClient)}, Org: gid.ID{14: 1, 15: byte(gid.Employer)},
		Scopes: viewer.Scopes{viewer.ProjectsRead: true},
	}
	for kind, want := range map[string]viewer.Kind{
		"MicroProject": viewer.Integration, "PlannedDeliverable": viewer.Integration, "ApiClient": viewer.Integration, "ExternalReference": viewer.Integration,
		"Application": viewer.Anonymous, "Engagement": viewer.Anonymous, "TalentProfile": viewer.Anonymous, "Listing": viewer.Anonymous,
		"Message": viewer.Anonymous, "Membership": viewer.Anonymous, "ClientSecret": viewer.Anonymous, "Strike": viewer.Anonymous,
	} {
		got := granted(program, kind)
		if got.Kind != want || got.World != program.World || want == viewer.Anonymous && (!got.Org.IsNone() || !got.Client.IsNone()) {
			t.Errorf("it reads %s as %+v, want %s", kind, got, want)
		}
	}
	owner := viewer.Viewer{Kind: viewer.EmployerMember, Org: program.Org, World: gid.LiveWorld}
	if got := granted(owner, "Application"); got.Kind != viewer.EmployerMember {
		t.Errorf("a person reads as %+v", got)
	}
}
