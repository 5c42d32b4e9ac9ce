// Package ent is the data model: schema says each table, migrations how it
// came to be, and gen is written by machines.
package ent

//go:generate go run generator.go
