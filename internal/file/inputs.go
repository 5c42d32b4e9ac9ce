package file

import "github.com/rung-dev/rung/internal/gid"

// CreateUploadInput: what will be sent.
type CreateUploadInput struct {
	Name        string
	ContentType string
	SizeBytes   int
	Sha256      string
}

// CompleteUploadInput: which upload.
type CompleteUploadInput struct {
	UploadID gid.ID
}

// AbandonUploadInput: which upload.
type AbandonUploadInput struct {
	UploadID gid.ID
}
