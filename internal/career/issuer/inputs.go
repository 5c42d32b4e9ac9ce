package issuer

import "github.com/rung-dev/rung/internal/gid"

// RoleMappingInput: what a claim makes of a person.
type RoleMappingInput struct {
	Claim   Claim
	Pattern string
	Role    MappedRole
}

// RegisterIdentityIssuerInput: which provider, and what its word gives.
type RegisterIdentityIssuerInput struct {
	Issuer     string
	Audience   string
	Algorithms []Algorithm
	Scopes     []string // nil for all domains of the institution
	Mappings   []*RoleMappingInput
}

// ReviseIdentityIssuerInput: what to change; nil stays as it is.
type ReviseIdentityIssuerInput struct {
	IdentityIssuerID gid.ID
	ExpectedRevision int
	Audience         *string
	Algorithms       []Algorithm
	Scopes           []string
	Mappings         []*RoleMappingInput
}

// ProveIdentityIssuerInput: which one.
type ProveIdentityIssuerInput struct {
	IdentityIssuerID gid.ID
	ExpectedRevision int
}

// ApproveIdentityIssuerInput: which one.
type ApproveIdentityIssuerInput struct {
	IdentityIssuerID gid.ID
	ExpectedRevision int
}

// RefuseIdentityIssuerInput: which one, and why.
type RefuseIdentityIssuerInput struct {
	IdentityIssuerID gid.ID
	ExpectedRevision int
	Reason           string
}

// SuspendIdentityIssuerInput: which one.
type SuspendIdentityIssuerInput struct {
	IdentityIssuerID gid.ID
	ExpectedRevision int
}

// ReinstateIdentityIssuerInput: which one.
type ReinstateIdentityIssuerInput struct {
	IdentityIssuerID gid.ID
	ExpectedRevision int
}

// RemoveIdentityIssuerInput: which one.
type RemoveIdentityIssuerInput struct {
	IdentityIssuerID gid.ID
	ExpectedRevision int
}
