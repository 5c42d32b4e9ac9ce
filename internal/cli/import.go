package cli

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"time"

	"github.com/rung-dev/rung/internal/calendar"
	"github.com/rung-dev/rung/internal/intake"
)

// load imports a file and prints what became of its rows.
func (r Rung) load(ctx context.Context, args []string) error {
	asOf := calendar.On(time.Now()) //nolint:forbidigo // a file without a date of its own is of today
	rest, err := r.flags("import", args, func(f *flag.FlagSet) {
		f.Func("as-of", "the day the file was made, as in 2026-11-24; today when left out", func(text string) (err error) {
			asOf, err = calendar.ParseDate(text)
			return err
		})
	})
	if err != nil {
		return err
	}
	if len(rest) != 2 {
		return errors.New("say what to import and from where: rung import postings FILE")
	}
	kind, err := intake.ParseKind(rest[0])
	if err != nil {
		return err
	}
	_, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	report, err := intake.Import(ctx, db, kind, func() (io.ReadCloser, error) { return os.Open(rest[1]) }, intake.Options{AsOf: asOf})
	r.say(report.Lines()...)
	return err
}
