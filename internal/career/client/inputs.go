package client

import (
	"time"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/opt"
	"github.com/rung-dev/rung/internal/viewer"
)

// RegisterApiClientInput is a program's manifest.
type RegisterApiClientInput struct {
	Name      string
	Purpose   string
	Scopes    []viewer.Scope
	Origins   []string
	ExpiresAt *time.Time
}

// ReviseApiClientInput: what of the manifest changes; a field left out stays.
type ReviseApiClientInput struct {
	APIClientID      gid.ID
	ExpectedRevision int
	Name             *string
	Purpose          *string
	Scopes           []viewer.Scope
	Origins          []string
	ExpiresAt        opt.Value[time.Time]
}

// RotateApiClientSecretInput: whose, and how long the secret before still holds.
type RotateApiClientSecretInput struct {
	APIClientID       gid.ID
	ExpectedRevision  int
	FormerEndsInHours *int
}

// SuspendApiClientInput, ResumeApiClientInput and RevokeApiClientInput: which one.
type (
	SuspendApiClientInput struct {
		APIClientID      gid.ID
		ExpectedRevision int
	}
	ResumeApiClientInput struct {
		APIClientID      gid.ID
		ExpectedRevision int
	}
	RevokeApiClientInput struct {
		APIClientID      gid.ID
		ExpectedRevision int
	}
)

// RequestScopesInput: which program asks which organisation.
type RequestScopesInput struct {
	APIClientID    gid.ID
	OrganizationID gid.ID
}

// ApproveScopesInput: which request.
type ApproveScopesInput struct {
	ClientGrantID    gid.ID
	ExpectedRevision int
}

// RefuseScopesInput and RevokeScopesInput: which one, and why.
type (
	RefuseScopesInput struct {
		ClientGrantID    gid.ID
		ExpectedRevision int
		Reason           string
	}
	RevokeScopesInput struct {
		ClientGrantID    gid.ID
		ExpectedRevision int
		Reason           string
	}
)

// MintEmbedTokenInput: for the pages of which origin.
type MintEmbedTokenInput struct{ Origin string }

// LinkExternalReferenceInput: what the program calls a thing.
type LinkExternalReferenceInput struct {
	NodeID            gid.ID
	ExternalReference string
}

// UnlinkExternalReferenceInput: of what it drops its name.
type UnlinkExternalReferenceInput struct{ NodeID gid.ID }
