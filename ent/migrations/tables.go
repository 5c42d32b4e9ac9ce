package migrations

import (
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"

	"github.com/rung-dev/rung/ent/gen/ent/migrate"
)

// shared is a foreign key that names its parent together with whom the row
// belongs to, so that the database itself refuses a row of one organisation
// under a row of another.
type shared struct {
	child   string
	columns []string // the first names the parent
	parent  string
}

// Keys of rows that belong to an employer, to a talent or to both, and of rows
// that must stay in one world. A null first column is not checked.
var compositeKeys = []shared{
	{"planned_deliverables", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},
	{"project_skills", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},
	{"project_institutions", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},
	{"posting_requests", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},
	{"listings", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},
	{"applications", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},
	{"offers", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},
	{"engagements", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},

	{"application_questions", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},
	{"invitations", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},
	{"interviews", []string{"micro_project_id", "employer_org_id"}, "micro_projects"},

	{"applications", []string{"invitation_id", "employer_org_id", "talent_id"}, "invitations"},
	{"application_studies", []string{"application_id", "employer_org_id", "talent_id"}, "applications"},
	{"application_skills", []string{"application_id", "employer_org_id", "talent_id"}, "applications"},
	{"interviews", []string{"application_id", "employer_org_id", "talent_id"}, "applications"},
	{"offers", []string{"application_id", "employer_org_id", "talent_id"}, "applications"},
	{"agreements", []string{"offer_id", "employer_org_id", "talent_id"}, "offers"},
	{"agreements", []string{"agreement_template_id", "employer_org_id"}, "agreement_templates"},
	{"offer_documents", []string{"offer_id", "employer_org_id", "talent_id"}, "offers"},
	{"offer_documents", []string{"agreement_template_id", "employer_org_id"}, "agreement_templates"},
	{"milestones", []string{"offer_id", "employer_org_id", "talent_id"}, "offers"},
	{"milestones", []string{"payment_record_id", "employer_org_id", "talent_id"}, "payment_records"},
	{"engagements", []string{"offer_id", "employer_org_id", "talent_id"}, "offers"},
	{"deliverables", []string{"engagement_id", "employer_org_id", "talent_id"}, "engagements"},
	{"submissions", []string{"deliverable_id", "employer_org_id", "talent_id"}, "deliverables"},
	{"evaluations", []string{"engagement_id", "employer_org_id", "talent_id"}, "engagements"},
	{"portfolio_items", []string{"engagement_id", "employer_org_id", "talent_id"}, "engagements"},
	{"portfolio_items", []string{"deliverable_id", "employer_org_id", "talent_id"}, "deliverables"},
	{"hire_conversions", []string{"engagement_id", "employer_org_id", "talent_id"}, "engagements"},
	{"hire_reports", []string{"hire_conversion_id", "employer_org_id", "talent_id"}, "hire_conversions"},

	{"strikes", []string{"engagement_id", "talent_id"}, "engagements"},
	{"strikes", []string{"message_report_id", "talent_id"}, "message_reports"},

	{"worklog_entries", []string{"engagement_id", "employer_org_id", "talent_id"}, "engagements"},
	{"worklog_entries", []string{"deliverable_id", "employer_org_id", "talent_id"}, "deliverables"},

	{"portfolio_items", []string{"talent_id", "world_id"}, "talent_profiles"},
	{"portfolio_skills", []string{"portfolio_item_id", "talent_id"}, "portfolio_items"},
	{"talent_references", []string{"engagement_id", "employer_org_id", "talent_id"}, "engagements"},
	{"thank_you_notes", []string{"engagement_id", "employer_org_id", "talent_id"}, "engagements"},
	{"amendments", []string{"engagement_id", "employer_org_id", "talent_id"}, "engagements"},

	{"conversations", []string{"application_id", "employer_org_id", "talent_id"}, "applications"},
	{"messages", []string{"conversation_id", "employer_org_id", "talent_id"}, "conversations"},
	{"read_marks", []string{"conversation_id", "employer_org_id", "talent_id"}, "conversations"},
	{"message_reports", []string{"message_id", "employer_org_id", "talent_id"}, "messages"},

	{"disputes", []string{"engagement_id", "employer_org_id", "talent_id"}, "engagements"},
	{"disputes", []string{"payment_record_id", "employer_org_id", "talent_id"}, "payment_records"},
	{"ledger_entries", []string{"payment_record_id", "employer_org_id", "talent_id"}, "payment_records"},

	{"funding_pool_admissions", []string{"funding_pool_id", "world_id"}, "funding_pools"},
	{"funding_pool_admissions", []string{"employer_org_id", "world_id"}, "employers"},
	{"funding_pool_entries", []string{"funding_pool_id", "world_id"}, "funding_pools"},

	{"client_grants", []string{"client_id", "world_id"}, "api_clients"},
	{"client_grants", []string{"client_id", "owner_org_id"}, "api_clients"},
	{"client_usages", []string{"client_id", "owner_org_id"}, "api_clients"},

	{"agreement_templates", []string{"employer_org_id", "world_id"}, "employers"},
	{"micro_projects", []string{"employer_org_id", "world_id"}, "employers"},
	{"listings", []string{"employer_org_id", "world_id"}, "employers"},
	{"project_templates", []string{"employer_org_id", "world_id"}, "employers"},
	{"institution_links", []string{"employer_org_id", "world_id"}, "employers"},
	{"institution_links", []string{"institution_id", "world_id"}, "institutions"},
	{"affiliations", []string{"institution_id", "world_id"}, "institutions"},
	{"terms", []string{"institution_id", "world_id"}, "institutions"},
	{"posting_policies", []string{"institution_id", "world_id"}, "institutions"},
	{"flags", []string{"institution_id", "world_id"}, "institutions"},
	{"flags", []string{"employer_org_id", "world_id"}, "employers"},
	{"affiliations", []string{"talent_id", "world_id"}, "talent_profiles"},
	{"strikes", []string{"talent_id", "world_id"}, "talent_profiles"},
	{"posting_requests", []string{"institution_id", "world_id"}, "institutions"},
	{"invitations", []string{"employer_org_id", "world_id"}, "employers"},
	{"invitations", []string{"talent_id", "world_id"}, "talent_profiles"},
	{"applications", []string{"employer_org_id", "world_id"}, "employers"},
	{"applications", []string{"talent_id", "world_id"}, "talent_profiles"},
}

// Tables are the tables a database of the engine has after Apply: ent's, with
// the composite keys, and with text that sorts alike on both engines.
func Tables(engine string) ([]*schema.Table, error) {
	tables, err := schema.CopyTables(migrate.Tables)
	if err != nil {
		return nil, err
	}
	named := map[string]*schema.Table{}
	for _, t := range tables {
		named[t.Name] = t
		for _, c := range t.Columns {
			if engine == dialect.Postgres && strings.HasSuffix(c.Name, "_folded") {
				c.Collation = "C"
			}
		}
	}
	for _, key := range compositeKeys {
		addKey(named[key.child], named[key.parent], key)
	}
	return tables, nil
}

func addKey(child, parent *schema.Table, key shared) {
	refColumns := append([]string{"id"}, key.columns[1:]...)
	uniqueName := parent.Name + "_" + strings.Join(refColumns, "_")
	if _, there := parent.Index(uniqueName); !there {
		parent.Indexes = append(parent.Indexes, &schema.Index{Name: uniqueName, Unique: true, Columns: columns(parent, refColumns)})
	}
	child.AddForeignKey(&schema.ForeignKey{
		Symbol:     child.Name + "_" + strings.Join(key.columns, "_"),
		Columns:    columns(child, key.columns),
		RefTable:   parent,
		RefColumns: columns(parent, refColumns),
		OnDelete:   schema.NoAction,
	})
}

func columns(t *schema.Table, names []string) []*schema.Column {
	var found []*schema.Column
	for _, name := range names {
		for _, c := range t.Columns {
			if c.Name == name {
				found = append(found, c)
			}
		}
	}
	return found
}
