// Package access says which rows a viewer may see: one line for each table,
// and nothing for a table without a line. What may be done with a row is for
// the rules of its noun.
package access

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/rung-dev/rung/ent/gen/ent"
	"github.com/rung-dev/rung/ent/gen/ent/intercept"
	"github.com/rung-dev/rung/internal/gid"
	"github.com/rung-dev/rung/internal/viewer"
)

// visible says for each table which of its rows a viewer may see.
var visible = map[string]func(viewer.Viewer) rows{
	// Who people are and whom they act for.
	"World":      func(v viewer.Viewer) rows { return either(is("id", v.World), is("owner_person_id", v.Person)) },
	"Person":     people,
	"Identity":   func(v viewer.Viewer) rows { return is("person_id", v.Person) },
	"Membership": memberships,
	// Whoever is invited has the token, and is told nothing else.
	"MemberInvitation": func(v viewer.Viewer) rows { return when(v.Can(viewer.MembersRead), is("organization_id", v.Org)) },

	// Shared lists.
	"Skill":      anyWorld,
	"Occupation": anyWorld,

	// Organisations and what ties them together.
	"Institution":     inWorld,
	"Employer":        employers,
	"InstitutionLink": links,
	"Term":            inWorld,
	"PostingPolicy":   inWorld,
	// The employer does not learn who flagged it.
	"Flag": func(v viewer.Viewer) rows {
		return either(is("institution_id", v.Institution()), when(v.Kind == viewer.Operator, inWorld(v)))
	},

	// Talents.
	"TalentProfile":   talents,
	"DeclaredSkill":   func(v viewer.Viewer) rows { return through("talent_id", "talent_profiles", talents(v)) },
	"EducationRecord": func(v viewer.Viewer) rows { return through("talent_id", "talent_profiles", talents(v)) },
	// What an organisation keeps by talents, for those of its people who may.
	"TalentLabel":    func(v viewer.Viewer) rows { return when(v.Can(viewer.TalentLabel), is("owner_org_id", v.Org)) },
	"PortfolioItem":  portfolio,
	"PortfolioSkill": func(v viewer.Viewer) rows { return through("portfolio_item_id", "portfolio_items", portfolio(v)) },
	"Strike": func(v viewer.Viewer) rows {
		return either(is("talent_id", v.Talent), openedTalents(v, "talent_id"),
			when(v.Kind == viewer.Operator, both(inWorld(v), present("appealed_at"))))
	},
	"Demographics": func(v viewer.Viewer) rows { return is("talent_id", v.Talent) },
	// The talent, the recipient, and the staff of the talent's institution.
	"Consent": func(v viewer.Viewer) rows {
		return either(is("talent_id", v.Talent), is("recipient_id", v.Org), ownTalents(v))
	},
	"Affiliation": func(v viewer.Viewer) rows {
		return either(is("talent_id", v.Talent), is("institution_id", v.Institution()))
	},
	"DirectoryNotice": inWorld,

	// Projects.
	"MicroProject":        projects,
	"PlannedDeliverable":  func(v viewer.Viewer) rows { return through("micro_project_id", "micro_projects", projects(v)) },
	"ProjectSkill":        func(v viewer.Viewer) rows { return through("micro_project_id", "micro_projects", projects(v)) },
	"ApplicationQuestion": func(v viewer.Viewer) rows { return through("micro_project_id", "micro_projects", projects(v)) },
	"ProjectInstitution": func(v viewer.Viewer) rows {
		return either(is("employer_org_id", v.Employer()), is("institution_id", v.Institution()), platform(v, "micro_projects"))
	},
	"PostingRequest": func(v viewer.Viewer) rows {
		return either(is("employer_org_id", v.Employer()), is("institution_id", v.Institution()),
			when(v.Kind == viewer.Operator, is("body_id", v.World)))
	},
	"Listing": listings,
	// The employer's own, and to draft from those of the platform that it keeps.
	"ProjectTemplate": func(v viewer.Viewer) rows {
		platforms := both(inWorld(v), missing("employer_org_id"))
		return either(is("employer_org_id", v.Employer()), when(v.Kind == viewer.Operator, platforms),
			when(!v.Employer().IsNone(), both(platforms, missing("removed_at"))))
	},

	// From application to hire: the two parties, and the talent's institution.
	"Application": func(v viewer.Viewer) rows { return either(parties(v), ownTalents(v), opened(v)) },
	"Interview":   parties,
	"Invitation":  parties,
	"Offer": func(v viewer.Viewer) rows {
		return either(parties(v), ownTalents(v), opened(v), when(v.Kind == viewer.Operator, has("engagements", "offer_id", disputed(v))))
	},
	"OfferDocument": parties,
	// The texts of the employer's own. A talent sees those of documents of theirs.
	"AgreementTemplate": func(v viewer.Viewer) rows {
		return either(is("employer_org_id", v.Employer()), has("offer_documents", "agreement_template_id", is("talent_id", v.Talent)))
	},
	"Milestone": func(v viewer.Viewer) rows {
		return either(parties(v), ownTalents(v), opened(v), matches("offer_id", "engagements", "offer_id", disputed(v)))
	},
	"Agreement":  parties,
	"Engagement": func(v viewer.Viewer) rows { return either(parties(v), ownTalents(v), opened(v), disputed(v)) },
	"Deliverable": func(v viewer.Viewer) rows {
		return either(parties(v), ownTalents(v), opened(v), through("engagement_id", "engagements", disputed(v)))
	},
	"Amendment":    func(v viewer.Viewer) rows { return either(parties(v), ownTalents(v), opened(v)) },
	"Submission":   submissions,
	"WorklogEntry": worklog,
	// What one shares by applying, for the two sides alone.
	"ApplicationStudy": parties,
	"ApplicationSkill": parties,
	"PaymentRecord":    func(v viewer.Viewer) rows { return either(parties(v), opened(v), troubled(v)) },
	"LedgerEntry": func(v viewer.Viewer) rows {
		return either(parties(v), when(v.Kind == viewer.Operator, through("payment_record_id", "payment_records", either(opened(v), troubled(v)))))
	},
	"PaymentCallback": func(viewer.Viewer) rows { return nobody },

	// Programs: who answers for one, the organisations that it asks, and it itself.
	"ApiClient":    clients,
	"ClientSecret": func(v viewer.Viewer) rows { return through("client_id", "api_clients", answersFor(v)) },
	"ClientGrant": func(v viewer.Viewer) rows {
		return either(answersFor(v), when(v.Can(viewer.ClientsManage), is("tenant_org_id", v.Org)),
			both(is("client_id", v.Client), is("tenant_org_id", v.Org)))
	},
	"ClientUsage": func(v viewer.Viewer) rows { return either(answersFor(v), is("client_id", v.Client)) },
	// What it calls things, for whom it does.
	"ExternalReference": func(v viewer.Viewer) rows {
		return when(v.Can(viewer.ClientsAct), both(is("client_id", v.Client), is("tenant_org_id", v.ActsFor())))
	},
	// Pools: those who run them, and of an admitted employer its own part.
	"FundingPool": pools,
	"FundingPoolAdmission": func(v viewer.Viewer) rows {
		return either(is("employer_org_id", v.Employer()), through("funding_pool_id", "funding_pools", runs(v)))
	},
	"FundingPoolEntry": func(v viewer.Viewer) rows { return through("funding_pool_id", "funding_pools", runs(v)) },
	// That there is a dispute is seen by the staff as well; what was written is not.
	"Dispute": func(v viewer.Viewer) rows {
		return either(parties(v), ownTalents(v), when(v.Kind == viewer.Operator, inWorld(v)))
	},
	"Evaluation":     evaluations,
	"HireConversion": func(v viewer.Viewer) rows { return either(parties(v), ownTalents(v), opened(v)) },
	"Reference":      references,
	"ThankYouNote":   parties,

	"HireReport": func(v viewer.Viewer) rows {
		return through("hire_conversion_id", "hire_conversions", either(parties(v), ownTalents(v), opened(v)))
	},
	// A file is its maker's alone until it is found good and sent with something.
	"Upload": func(v viewer.Viewer) rows {
		return either(
			both(is("person_id", v.Person), either(is("talent_id", v.Talent), is("employer_org_id", v.Employer()))),
			both(in("status", "READY"), either(
				through("submission_id", "submissions", submissions(v)),
				matches("submission_id", "submissions", "original_id", submissions(v)),
				through("message_id", "messages", messages(v)),
			)),
		)
	},

	// What two sides write is theirs.
	"Conversation": parties,
	"ReadMark":     parties,
	"Message":      messages,
	// The other side does not learn who reported it.
	"MessageReport": func(v viewer.Viewer) rows {
		return either(both(is("talent_id", v.Talent), in("side", "TALENT")), both(is("employer_org_id", v.Employer()), in("side", "EMPLOYER")),
			when(v.Kind == viewer.Operator, inWorld(v)))
	},

	// The ledger of changes. A party reads its own feed; the rest is for the system.
	"FeedEntry": func(v viewer.Viewer) rows { return either(is("party_id", v.Talent), is("party_id", v.Org)) },
	"Notification": func(v viewer.Viewer) rows {
		return both(is("person_id", v.Person), either(is("party_id", v.Talent), is("party_id", v.Org)))
	},
	"Event":       func(v viewer.Viewer) rows { return has("feed_entries", "event_id", feedOf(v)) },
	"FeedCounter": func(viewer.Viewer) rows { return nobody },
	// What an organisation's own people did, for those of it who may look.
	"AuditEntry": func(v viewer.Viewer) rows { return when(v.Can(viewer.AuditRead), is("organization_id", v.Org)) },
	// The tenant whose records are read learns of it; so do the other operators.
	"OperatorAccess": func(v viewer.Viewer) rows {
		return either(is("tenant_id", v.Org), is("tenant_id", v.Talent), when(v.Kind == viewer.Operator, inWorld(v)))
	},
	"Disclosure":        func(v viewer.Viewer) rows { return either(is("talent_id", v.Talent), ownTalents(v)) },
	"IdempotencyRecord": func(viewer.Viewer) rows { return nobody },
	"Job":               func(viewer.Viewer) rows { return nobody },
}

func people(v viewer.Viewer) rows {
	return either(is("id", v.Person), when(v.Can(viewer.MembersRead), has("memberships", "person_id", seats(v))))
}

func memberships(v viewer.Viewer) rows {
	return either(is("person_id", v.Person), when(v.Can(viewer.MembersRead), seats(v)))
}

// seats are those of the viewer's own organisation; an operator opens
// organisations and sees who acts for them.
func seats(v viewer.Viewer) rows {
	if v.Kind == viewer.Operator {
		return inWorld(v)
	}
	return is("organization_id", v.Org)
}

// employers are public once verified, or known from a posting elsewhere; those
// who deal with one, or act for it, see it in any status.
func employers(v viewer.Viewer) rows {
	return both(inWorld(v), either(
		in("status", "VERIFIED"), in("origin", "ELSEWHERE"),
		is("id", v.Employer()),
		has("memberships", "organization_id", both(is("person_id", v.Person), in("status", "ACTIVE"))),
		when(v.Kind == viewer.Operator, everybody),
		when(!v.Institution().IsNone(), has("institution_links", "employer_org_id", is("institution_id", v.Institution()))),
		when(v.Kind == viewer.Talent, has("applications", "employer_org_id", is("talent_id", v.Talent))),
	))
}

func links(v viewer.Viewer) rows {
	return either(is("employer_org_id", v.Employer()), is("institution_id", v.Institution()),
		when(v.Kind == viewer.Operator, inWorld(v)))
}

// talents are private until they say otherwise. Applying opens the profile to
// that employer, a confirmed affiliation to that institution's staff.
func talents(v viewer.Viewer) rows {
	return either(
		is("id", v.Talent),
		when(!v.Employer().IsNone(), either(
			has("applications", "talent_id", is("employer_org_id", v.Employer())),
			both(inWorld(v), in("visibility", "EMPLOYERS", "COMMUNITY"), missing("deactivated_at"), verified(v)),
			both(consented(v), missing("deactivated_at"), verified(v)),
		)),
		when(!v.Institution().IsNone(), either(has("affiliations", "talent_id", confirmedAt(v)), both(consented(v), missing("deactivated_at")))),
		// Operators judge those who appeal a strike, until they have; others they see
		// while they have opened the records.
		when(v.Kind == viewer.Operator, both(inWorld(v), either(has("strikes", "talent_id", in("status", "APPEALED")),
			openedTalents(v, "id"), has("applications", "talent_id", opens(v, "employer_org_id"))))),
		when(v.Kind == viewer.Talent, both(inWorld(v), in("visibility", "COMMUNITY"), missing("deactivated_at"))),
	)
}

// consented keeps the talents who let the viewer's organisation read their profile.
func consented(v viewer.Viewer) rows {
	return has("consents", "talent_id", both(is("recipient_id", v.Org), in("status", "GRANTED"), after("expires_at", v.At)))
}

// opens keeps rows whose column names a tenant whose students' records the
// operator has opened, as long as they are.
func opens(v viewer.Viewer, column string) rows {
	return when(v.Kind == viewer.Operator, matches(column, "operator_accesses", "tenant_id",
		both(is("person_id", v.Person), in("status", "OPEN"), after("expires_at", v.At))))
}

// openedTalents keeps rows whose column names a talent whose records the operator
// has opened: theirs alone, or those of an institution of theirs.
func openedTalents(v viewer.Viewer, column string) rows {
	return either(opens(v, column), when(v.Kind == viewer.Operator,
		matches(column, "affiliations", "talent_id", both(in("status", "CONFIRMED"), opens(v, "institution_id")))))
}

// opened keeps rows that an employer and a talent share, of which the operator has
// opened the records of either.
func opened(v viewer.Viewer) rows {
	return either(opens(v, "employer_org_id"), openedTalents(v, "talent_id"))
}

// verified keeps rows only for members of a verified employer.
func verified(v viewer.Viewer) rows {
	return func(s *sql.Selector) *sql.Predicate {
		own := sql.Dialect(s.Dialect()).Select().From(sql.Table("employers").As("seen_own_employer"))
		own.Select(own.C("id")).Where(sql.And(sql.EQ(own.C("id"), v.Employer()), sql.EQ(own.C("status"), "VERIFIED")))
		return sql.Exists(own)
	}
}

// projects are their employer's; the platform and the institutions asked see
// what was submitted to them; talents what they may apply to or applied to;
// the public what is open to all.
func projects(v viewer.Viewer) rows {
	return either(
		is("employer_org_id", v.Employer()),
		when(v.Kind == viewer.Operator, both(inWorld(v), has("posting_requests", "micro_project_id", is("body_id", v.World)))),
		when(!v.Institution().IsNone(), has("posting_requests", "micro_project_id", is("institution_id", v.Institution()))),
		when(v.Kind == viewer.Talent, either(
			has("applications", "micro_project_id", is("talent_id", v.Talent)),
			both(inWorld(v), in("status", "OPEN"), in("audience", "INSTITUTIONS"), offered(),
				has("posting_requests", "micro_project_id", approvedForTalent(v))),
		)),
		both(inWorld(v), in("status", "OPEN"), in("audience", "PUBLIC"), offered()),
	)
}

// offered keeps rows of employers that may offer work: those of a suspended one
// are seen by nobody new.
func offered() rows {
	return matches("employer_org_id", "employers", "id", in("status", "VERIFIED"))
}

// listings are seen by all when all may apply. Those for chosen institutions are
// their employer's, the operators', and, from where they are approved, the staff's
// and those of the talents that are confirmed there.
func listings(v viewer.Viewer) rows {
	public := in("audience", "PUBLIC")
	if v.Kind == viewer.Anonymous {
		return both(inWorld(v), public)
	}
	return both(inWorld(v), either(
		public,
		is("employer_org_id", v.Employer()),
		when(v.Kind == viewer.Operator, matches("micro_project_id", "posting_requests", "micro_project_id", is("body_id", v.World))),
		when(!v.Institution().IsNone(), matches("micro_project_id", "posting_requests", "micro_project_id",
			both(in("status", "APPROVED"), is("institution_id", v.Institution())))),
		when(v.Kind == viewer.Talent, matches("micro_project_id", "posting_requests", "micro_project_id", approvedForTalent(v))),
	))
}

// OpenAt keeps the listings that an institution's talents may apply to: those for
// everybody in its world, and those that it approved, as far as the viewer may
// know of that: who posts them, who decides on them or may apply as one of those
// talents.
func OpenAt(v viewer.Viewer, institution gid.ID) func(*sql.Selector) {
	public := both(in("audience", "PUBLIC"), matches("world_id", "institutions", "world_id", is("id", institution)))
	approved := matches("micro_project_id", "posting_requests", "micro_project_id", both(
		in("status", "APPROVED"), is("institution_id", institution),
		either(
			is("employer_org_id", v.Employer()), is("institution_id", v.Institution()), when(v.Kind == viewer.Operator, inWorld(v)),
			when(v.Kind == viewer.Talent, approvedForTalent(v)),
		)))
	open := either(public, approved)
	return func(s *sql.Selector) { s.Where(open(s)) }
}

// InDirectory keeps the affiliations of which an institution's directory tells the
// viewer: of talents who have belonged to it since before an instant, and did not
// opt out. The institution's own staff read it, and members of verified employers
// that it approved.
func InDirectory(v viewer.Viewer, institution gid.ID, since time.Time) func(*sql.Selector) {
	told := both(
		in("status", "CONFIRMED"), upTo("decided_at", since), missing("directory_opted_out_at"),
		matches("talent_id", "talent_profiles", "id", missing("deactivated_at")),
		either(is("institution_id", v.Institution()), both(verified(v),
			matches("institution_id", "institution_links", "institution_id", both(is("employer_org_id", v.Employer()), in("status", "APPROVED"))))),
	)
	return func(s *sql.Selector) {
		s.Where(sql.EQ(s.C("institution_id"), institution))
		if p := told(s); p != nil {
			s.Where(p)
		}
	}
}

// approvedForTalent keeps the approvals of institutions that have confirmed
// the talent as theirs.
func approvedForTalent(v viewer.Viewer) rows {
	return both(in("status", "APPROVED"), matches("institution_id", "affiliations", "institution_id",
		both(is("talent_id", v.Talent), in("status", "CONFIRMED"))))
}

// platform keeps rows of projects that were submitted to the platform, for its
// operators.
func platform(v viewer.Viewer, parent string) rows {
	return when(v.Kind == viewer.Operator, through("micro_project_id", parent, projects(v)))
}

// submissions are the two sides', and the operators' who decide on a dispute.
func submissions(v viewer.Viewer) rows {
	return either(parties(v), opened(v), when(v.Kind == viewer.Operator, through("deliverable_id", "deliverables", through("engagement_id", "engagements", disputed(v)))))
}

// worklog keeps the talent's entries. The others see them once they are logged:
// the employer, the staff of the talent's institution, and the operators who
// decide on a dispute.
func worklog(v viewer.Viewer) rows {
	return either(is("talent_id", v.Talent), both(in("status", "LOGGED", "APPROVED", "REJECTED"),
		either(is("employer_org_id", v.Employer()), ownTalents(v), opened(v), through("engagement_id", "engagements", disputed(v)))))
}

// messages keeps those of the two sides. Operators see one that was reported,
// until they have decided, and none around it.
func messages(v viewer.Viewer) rows {
	return either(parties(v), when(v.Kind == viewer.Operator, both(inWorld(v), has("message_reports", "message_id", in("status", "OPEN")))))
}

// troubled keeps the money that operators see to: what could not be paid out, or
// what two sides do not agree on.
func troubled(v viewer.Viewer) rows {
	return when(v.Kind == viewer.Operator, both(inWorld(v), either(present("failed_at"), has("disputes", "payment_record_id", in("status", "OPEN", "PROPOSED")))))
}

// disputed keeps the work that operators are asked to decide on, until it is
// decided.
func disputed(v viewer.Viewer) rows {
	return when(v.Kind == viewer.Operator, both(inWorld(v), has("disputes", "engagement_id", in("status", "OPEN", "PROPOSED"))))
}

// evaluations are their author's side's until they are published; then the
// other side's, and the staff's of the talent's institution. Operators see those
// on which an appeal rests, and those whose records they have opened, also when
// they were removed.
func evaluations(v viewer.Viewer) rows {
	return either(
		both(is("talent_id", v.Talent), either(in("status", "PUBLISHED"), in("direction", "TALENT_TO_EMPLOYER"))),
		both(is("employer_org_id", v.Employer()), either(in("status", "PUBLISHED"), in("direction", "EMPLOYER_TO_TALENT"))),
		both(in("status", "PUBLISHED"), ownTalents(v)),
		when(v.Kind == viewer.Operator, both(inWorld(v), in("status", "PUBLISHED", "REMOVED"),
			either(opened(v), matches("engagement_id", "strikes", "engagement_id", in("status", "APPEALED"))))),
	)
}

// runs keeps the pools of the viewer's own organisation, and for operators all.
func runs(v viewer.Viewer) rows {
	return either(when(!v.Institution().IsNone(), is("owner_org_id", v.Institution())), when(v.Kind == viewer.Operator, inWorld(v)))
}

// pools are those of who runs them, and those that admit the viewer's employer.
func pools(v viewer.Viewer) rows {
	return either(runs(v), has("funding_pool_admissions", "funding_pool_id", both(is("employer_org_id", v.Employer()), missing("dismissed_at"))))
}

// portfolio are what talents show to whoever sees their profile, and what they
// keep for themselves. What they removed is seen by nobody.
func portfolio(v viewer.Viewer) rows {
	return either(both(is("talent_id", v.Talent), in("status", "HIDDEN", "PUBLISHED")), both(in("status", "PUBLISHED"), through("talent_id", "talent_profiles", talents(v))))
}

// references are the two sides'. One that was given is seen by the staff of the
// talent's institution, and by whoever sees the profile while the talent shows it.
func references(v viewer.Viewer) rows {
	return either(parties(v), both(in("status", "GIVEN"), either(ownTalents(v),
		both(present("shown_at"), through("talent_id", "talent_profiles", talents(v))))))
}

// answersFor keeps what belongs to programs of the viewer's organisation.
func answersFor(v viewer.Viewer) rows {
	return when(v.Can(viewer.ClientsManage), is("owner_org_id", v.Org))
}

func clients(v viewer.Viewer) rows {
	return either(answersFor(v), is("id", v.Client),
		when(v.Can(viewer.ClientsManage), has("client_grants", "client_id", is("tenant_org_id", v.Org))))
}

func feedOf(v viewer.Viewer) rows { return either(is("party_id", v.Talent), is("party_id", v.Org)) }

// Lines names the types that have a line in the table, in order.
func Lines() []string { return slices.Sorted(maps.Keys(visible)) }

// Rows is the condition that the viewer in the context meets on a table, for
// statements that are not ent's. The table is named as ent names its type.
func Rows(v viewer.Viewer, kind string) (func(*sql.Selector), error) {
	return whole(granted(v, kind), kind)
}

// whole is the condition of a viewer who reads what they may, whatever they asked
// to be granted.
func whole(v viewer.Viewer, kind string) (func(*sql.Selector), error) {
	if v.IsSystem() {
		return func(*sql.Selector) {}, nil
	}
	line, ok := visible[kind]
	if !ok {
		return nil, fmt.Errorf("access: nobody has said who sees %s; add a line to the table", kind)
	}
	condition := line(v)
	return func(s *sql.Selector) {
		if p := condition(s); p != nil {
			s.Where(p)
		}
	}, nil
}

// Guard makes every read, update and delete of the client see only the rows
// that the viewer in its context may see.
func Guard(client *ent.Client) { guard(client, Rows) }

// GuardChange is Guard for a change under way. A program that was granted the verb
// carries it out over all that its organisation sees, whatever it was granted to
// read; what it is answered is read again, by Guard.
func GuardChange(client *ent.Client) { guard(client, whole) }

func guard(client *ent.Client, rowsOf func(viewer.Viewer, string) (func(*sql.Selector), error)) {
	client.Intercept(intercept.TraverseFunc(func(ctx context.Context, q intercept.Query) error {
		seen, err := rowsOf(viewer.From(ctx), q.Type())
		if err == nil {
			q.WhereP(seen)
		}
		return err
	}))
	client.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if m.Op().Is(ent.OpCreate) {
				return next.Mutate(ctx, m)
			}
			seen, err := rowsOf(viewer.From(ctx), m.Type())
			if err != nil {
				return nil, err
			}
			if m.Op().Is(ent.OpUpdateOne) && changesNothing(m) {
				// ent would read the row by its id, whoever may see it, and return it.
				return nil, fmt.Errorf("access: an update of one %s changes nothing", m.Type())
			}
			narrowed, ok := m.(interface{ WhereP(...func(*sql.Selector)) })
			if !ok {
				return nil, fmt.Errorf("access: changes of %s cannot be narrowed", m.Type())
			}
			narrowed.WhereP(func(s *sql.Selector) {
				if seen(s); s.P() == nil {
					s.Where(sql.Not(sql.False())) // ent's UpdateOne cannot do without a condition
				}
			})
			return next.Mutate(ctx, m)
		})
	})
}

// changesNothing reports whether no column will be written: the store counts
// revisions up later.
func changesNothing(m ent.Mutation) bool {
	_, counted := m.(interface{ AddRevision(int) })
	return !counted && len(m.Fields())+len(m.AddedFields())+len(m.ClearedFields())+
		len(m.AddedEdges())+len(m.RemovedEdges())+len(m.ClearedEdges()) == 0
}
