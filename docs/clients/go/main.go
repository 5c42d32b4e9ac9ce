// Command listings prints the open micro-projects page by page, as a talent sees
// them, and applies to one of them when told to.
//
//	go generate && RUNG_TOKEN=… go run . -apply "Why is the ferry late?" -note "Why me"
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/Khan/genqlient/graphql"
)

//go:generate go tool genqlient

func main() {
	url := flag.String("url", cmp.Or(os.Getenv("RUNG_URL"), "http://127.0.0.1:8080"), "where Rung answers")
	title := flag.String("apply", "", "the title of the micro-project to apply to")
	note := flag.String("note", "", "what to tell its employer")
	size := flag.Int("page", 20, "how many postings to ask for at once")
	flag.Parse()
	ctx, done := context.WithTimeout(context.Background(), time.Minute)
	defer done()
	client := graphql.NewClient(*url+"/graphql", signed{token: os.Getenv("RUNG_TOKEN")})
	if err := run(ctx, client, *size, *title, *note); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// signed sends each request with the talent's token.
type signed struct{ token string }

// Do sends a request.
func (s signed) Do(r *http.Request) (*http.Response, error) {
	if s.token != "" {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	return http.DefaultClient.Do(r)
}

func run(ctx context.Context, client graphql.Client, size int, title, note string) error {
	wanted := ""
	for l, err := range listings(ctx, client, size) {
		if err != nil {
			return err
		}
		fmt.Printf("  %s, %s: %s\n", l.Title, l.EmployerName, pay(l))
		if l.MicroProject == nil {
			continue
		}
		for _, reason := range l.MicroProject.ViewerCan.Apply.Reasons {
			fmt.Printf("    not for you: %s\n", reason.Message)
		}
		if l.Title == title {
			wanted = l.MicroProject.Id
		}
	}
	switch {
	case title == "":
		return nil
	case wanted == "":
		return fmt.Errorf("no open micro-project is called %q", title)
	}
	return apply(ctx, client, wanted, note)
}

// pay says what a posting pays, which not every one does.
func pay(l Listing) string {
	if l.Hours == nil || l.Fee == nil {
		return "pay not stated"
	}
	return fmt.Sprintf("%d hours for %s %s", *l.Hours, l.Fee.Amount, l.Fee.Currency)
}

// listings goes through all open postings, a page at a time.
func listings(ctx context.Context, client graphql.Client, size int) func(yield func(Listing, error) bool) {
	return func(yield func(Listing, error) bool) {
		var after *string
		for number := 1; ; number++ {
			answer, err := Listings(ctx, client, size, after)
			if err != nil {
				yield(Listing{}, fmt.Errorf("read the postings: %w", err))
				return
			}
			fmt.Printf("page %d\n", number)
			for _, l := range answer.Listings.Nodes {
				if !yield(l, nil) {
					return
				}
			}
			if !answer.Listings.PageInfo.HasNextPage {
				return
			}
			after = answer.Listings.PageInfo.EndCursor
		}
	}
}

// apply sends one application. The key names the wish, not the attempt: whoever
// runs the program again gets the first answer and no second application.
func apply(ctx context.Context, client graphql.Client, project, note string) error {
	answer, err := Apply(ctx, client, project, note, "apply to "+project)
	if err != nil {
		return fmt.Errorf("apply: %w", err)
	}
	for _, e := range answer.ApplyToMicroProject.UserErrors {
		return errors.New(e.Message)
	}
	fmt.Println("applied:", answer.ApplyToMicroProject.Application.Status)
	return nil
}
