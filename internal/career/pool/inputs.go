package pool

import (
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/money"
)

// OpenFundingPoolInput: what the pool is called, and in which currency it pays.
type OpenFundingPoolInput struct {
	Name        string
	Description *string
	Currency    money.Currency
}

// CloseFundingPoolInput: which pool.
type CloseFundingPoolInput struct {
	FundingPoolID    gid.ID
	ExpectedRevision int
}

// AdmitToFundingPoolInput: whom to which pool.
type AdmitToFundingPoolInput struct {
	FundingPoolID gid.ID
	EmployerID    gid.ID
}

// DismissFromFundingPoolInput: whom from which pool.
type DismissFromFundingPoolInput struct {
	FundingPoolID gid.ID
	EmployerID    gid.ID
}

// RecordPoolDepositInput: what came in.
type RecordPoolDepositInput struct {
	FundingPoolID gid.ID
	Amount        money.Input
	Reference     string
}

// RecordPoolWithdrawalInput: what went back.
type RecordPoolWithdrawalInput struct {
	FundingPoolID gid.ID
	Amount        money.Input
	Reference     string
}
