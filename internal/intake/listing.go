package intake

import (
	"context"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/employer"
	"github.com/rung-dev/rung/ent/gen/ent/listing"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
)

func savePostings(ctx context.Context, tx *store.Tx, rows []postingRow) (n counts, err error) {
	employers, err := employersOf(ctx, tx, rows)
	if err != nil {
		return n, err
	}
	known, err := knownListings(ctx, tx, rows)
	if err != nil {
		return n, err
	}
	var made []*ent.ListingCreate
	for _, r := range rows {
		l := known[r.reference]
		want := r.told(l)
		switch {
		case l == nil:
			create := tx.Listing.Create().SetWorldID(tx.World()).SetReference(r.reference).
				SetSource(listing.SourceElsewhere).SetEmployerID(employers[r.employerKey])
			say(create.Mutation(), want)
			made = append(made, create)
			n.created++
		case says(l, want):
			n.unchanged++
		default:
			update := tx.Listing.Update().Where(listing.ID(l.ID))
			say(update.Mutation(), want)
			if err := store.Moved(update.Save(ctx)); err != nil {
				return n, err
			}
			n.updated++
		}
	}
	return n, tx.Listing.CreateBulk(made...).Exec(ctx)
}

func knownListings(ctx context.Context, tx *store.Tx, rows []postingRow) (map[string]*ent.Listing, error) {
	references := make([]string, len(rows))
	for i, r := range rows {
		references[i] = r.reference
	}
	found, err := tx.Listing.Query().Where(listing.WorldID(tx.World()), listing.ReferenceIn(references...)).All(ctx)
	known := map[string]*ent.Listing{}
	for _, l := range found {
		known[*l.Reference] = l
	}
	return known, err
}

func say(m *ent.ListingMutation, want ent.Listing) {
	m.SetTitle(want.Title)
	m.SetTitleFolded(want.TitleFolded)
	m.SetEmployerName(want.EmployerName)
	m.SetWorkplace(want.Workplace)
	m.SetLocations(want.Locations)
	put(want.ApplyURL, m.SetApplyURL, m.ClearApplyURL)
	m.SetWorkAuthorization(want.WorkAuthorization)
	m.SetStatus(want.Status)
	m.SetPublishedAt(want.PublishedAt)
	put(want.ClosedAt, m.SetClosedAt, m.ClearClosedAt)
}

// employersOf finds the employers that postings elsewhere name, by that name.
// One who registered under it is not theirs: anybody can write a name.
func employersOf(ctx context.Context, tx *store.Tx, rows []postingRow) (map[string]gid.ID, error) {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.employerKey
	}
	found, err := tx.Employer.Query().Where(
		employer.WorldID(tx.World()), employer.OriginEQ(employer.OriginElsewhere), employer.NameFoldedIn(names...)).All(ctx)
	if err != nil {
		return nil, err
	}
	ids := map[string]gid.ID{}
	for _, e := range found {
		ids[e.NameFolded] = e.ID
	}
	var made []*ent.EmployerCreate
	for _, r := range rows {
		if _, there := ids[r.employerKey]; there {
			continue
		}
		id, err := tx.NewID(gid.Employer)
		if err != nil {
			return nil, err
		}
		ids[r.employerKey] = id
		made = append(made, tx.Employer.Create().SetID(id).SetWorldID(tx.World()).
			SetName(r.employer).SetNameFolded(r.employerKey).
			SetOrigin(employer.OriginElsewhere).SetStatus(employer.StatusUnverified))
	}
	return ids, tx.Employer.CreateBulk(made...).Exec(ctx)
}
