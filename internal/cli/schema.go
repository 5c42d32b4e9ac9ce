package cli

import (
	"context"
	"runtime/debug"

	"github.com/rung-dev/rung/graph"
)

func (r Rung) schema(context.Context, []string) error {
	r.say(graph.SDL(Schema(&graph.Resolver{}).Schema()))
	return nil
}

func (r Rung) version(context.Context, []string) error {
	version := "unknown"
	if built, ok := debug.ReadBuildInfo(); ok {
		version = built.Main.Version
	}
	r.say("rung " + version)
	return nil
}
