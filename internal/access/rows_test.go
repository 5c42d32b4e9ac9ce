package access

import (
	"strings"
	"testing"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// Whatever a statement asks for beside, the condition of its table holds as a whole:
// an OR in it that no bracket holds would let every row pass that one part of it
// keeps, and the row asked for as well.
func TestConditionsStandInBrackets(t *testing.T) {
	t.Parallel()
	id := func(noun gid.Noun) gid.ID { return gid.ID{14: 1, 15: byte(noun)} }
	person, world := id(gid.Person), gid.LiveWorld
	for name, v := range map[string]viewer.Viewer{
		"nobody": {}, "the anonymous": viewer.Public(),
		"a newcomer":                  {Kind: viewer.Newcomer, Role: viewer.RoleNewcomer, World: world},
		"a talent":                    {Kind: viewer.Talent, Role: viewer.RoleTalent, World: world, Person: person, Talent: id(gid.Talent)},
		"an owner":                    {Kind: viewer.EmployerMember, Role: viewer.RoleOwner, World: world, Person: person, Org: id(gid.Employer)},
		"an adviser":                  {Kind: viewer.CareerStaff, Role: viewer.RoleAdmin, World: world, Person: person, Org: id(gid.Institution)},
		"an operator":                 {Kind: viewer.Operator, Role: viewer.RoleOperator, World: world, Person: person, Org: world},
		"a program":                   {Kind: viewer.Integration, Role: viewer.RoleClient, World: world, Person: person, Client: id(gid.APIClient)},
		"a program of an institution": {Kind: viewer.Integration, Role: viewer.RoleClient, World: world, Person: person, Client: id(gid.APIClient), Org: id(gid.Institution)},
	} {
		v.Scopes = viewer.ScopesOf(v.Role)
		for kind, line := range visible {
			s := sql.Dialect("postgres").Select("id").From(sql.Table("any"))
			s.Where(sql.EQ(s.C("id"), 1))
			line(v).narrow(s)
			query, _ := s.Query()
			if where := outermost(query); strings.Contains(where, " OR ") {
				t.Errorf("%s reads %s with an OR that no bracket holds: %s", name, kind, where)
			}
		}
	}
}

// outermost is a statement without what stands in brackets.
func outermost(query string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
			return -1
		}
		if depth > 0 {
			return -1
		}
		return r
	}, query)
}
