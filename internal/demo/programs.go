package demo

import (
	"context"

	"github.com/rung-dev/rung/internal/career/client"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/store"
	"github.com/rung-dev/rung/internal/viewer"
)

// programs are three for which Basalt answers: one that is heard and asks a
// university too, one that was stopped for a while, and one that was stopped for good.
func (t *teller) programs() {
	page := t.registers("page", "Vacancies page")
	grant := t.askFor(page, "basalt")
	does(t, "bea", "approveScopes", client.ApproveScopes, client.ApproveScopesInput{ClientGrantID: grant, ExpectedRevision: 1})
	t.askFor(page, "university")
	t.askFor(page, "university")

	idle := t.registers("idle", "Payroll bridge")
	refused := t.askFor(idle, "basalt")
	does(t, "bea", "refuseScopes", client.RefuseScopes, client.RefuseScopesInput{
		ClientGrantID: refused, ExpectedRevision: 1, Reason: "Payroll is done by hand for now.",
	})
	does(t, "bea", "suspendApiClient", client.SuspendApiClient, client.SuspendApiClientInput{APIClientID: idle, ExpectedRevision: 1})

	former := t.registers("former", "Former vacancies page")
	taken := t.askFor(former, "basalt")
	does(t, "bea", "approveScopes", client.ApproveScopes, client.ApproveScopesInput{ClientGrantID: taken, ExpectedRevision: 1})
	does(t, "bea", "revokeScopes", client.RevokeScopes, client.RevokeScopesInput{
		ClientGrantID: taken, ExpectedRevision: 2, Reason: "Another page has taken its place.",
	})
	does(t, "bea", "revokeApiClient", client.RevokeApiClient, client.RevokeApiClientInput{APIClientID: former, ExpectedRevision: 1})
}

// registers makes a program. Nobody is told its secret.
func (t *teller) registers(name, title string) gid.ID {
	register := func(ctx context.Context, db *store.DB, in client.RegisterApiClientInput) (gid.ID, error) {
		id, _, err := client.RegisterApiClient(ctx, db, in)
		return id, err
	}
	return t.named("client-"+name, does(t, "bea", "registerApiClient", register, client.RegisterApiClientInput{
		Name: title, Purpose: "It shows what Basalt posts where people look for it.",
		Scopes: []viewer.Scope{viewer.ProjectsRead}, Origins: []string{"https://" + name + ".basalt.example"},
	}))
}

func (t *teller) askFor(program gid.ID, organization string) gid.ID {
	return does(t, "bea", "requestScopes", client.RequestScopes, client.RequestScopesInput{
		APIClientID: program, OrganizationID: t.world.IDs[organization],
	})
}
