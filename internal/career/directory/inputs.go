package directory

import (
	"time"

	"github.com/rung-dev/rung/internal/gid"
)

// AnnounceDirectoryInformationInput: what is told, where it was published, from when
// on, and in whose place.
type AnnounceDirectoryInformationInput struct {
	Fields      []DirectoryField
	NoticeURL   string
	EffectiveAt *time.Time
	ReplacesID  *gid.ID
}

// WithdrawDirectoryInformationInput: which notice.
type WithdrawDirectoryInformationInput struct {
	DirectoryNoticeID gid.ID
	ExpectedRevision  int
}
