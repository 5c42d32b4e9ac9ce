//go:build tools

// Package main names here the modules that only some builds import.

package main

import (
	_ "entgo.io/ent/cmd/ent"
	_ "github.com/99designs/gqlgen"
	_ "github.com/lib/pq"
	_ "github.com/pressly/goose/v3"
	_ "github.com/MicahParks/keyfunc/v3"
	_ "github.com/MicahParks/jwkset"
	_ "modernc.org/sqlite"
	_ "pgregory.net/rapid"
	_ "go.uber.org/goleak"
	_ "github.com/golang-jwt/jwt/v5"
	_ "golang.org/x/tools/txtar"
	_ "golang.org/x/text/unicode/norm"
)
