-- +goose Up
-- create "worklog_entries" table
CREATE TABLE "worklog_entries" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "status" character varying NOT NULL DEFAULT 'DRAFT', "worked_on" character varying NOT NULL, "minutes" bigint NOT NULL, "note" character varying NOT NULL, "logged_at" timestamptz NULL, "decided_at" timestamptz NULL, "reason" character varying NULL, "employer_org_id" uuid NOT NULL, "engagement_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "deliverable_id" uuid NULL, "corrects_id" uuid NULL, "decided_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "worklog_entries_deliverable_id_employer_org_id_talent_id" FOREIGN KEY ("deliverable_id", "employer_org_id", "talent_id") REFERENCES "deliverables" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "worklog_entries_deliverables_deliverable" FOREIGN KEY ("deliverable_id") REFERENCES "deliverables" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "worklog_entries_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "worklog_entries_engagement_id_employer_org_id_talent_id" FOREIGN KEY ("engagement_id", "employer_org_id", "talent_id") REFERENCES "engagements" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "worklog_entries_engagements_engagement" FOREIGN KEY ("engagement_id") REFERENCES "engagements" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "worklog_entries_people_decided_by" FOREIGN KEY ("decided_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "worklog_entries_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "worklog_entries_worklog_entries_corrections" FOREIGN KEY ("corrects_id") REFERENCES "worklog_entries" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "worklog_entries_decided" CHECK ((((status)::text = ANY ((ARRAY['APPROVED'::character varying, 'REJECTED'::character varying])::text[])) = (decided_at IS NOT NULL)) AND ((decided_by_id IS NULL) OR (decided_at IS NOT NULL))), CONSTRAINT "worklog_entries_logged" CHECK (((status)::text = ANY ((ARRAY['DRAFT'::character varying, 'DISCARDED'::character varying])::text[])) = (logged_at IS NULL)), CONSTRAINT "worklog_entries_minutes" CHECK ((minutes <> 0) AND ((minutes >= '-720'::integer) AND (minutes <= 720)) AND ((corrects_id IS NOT NULL) = (minutes < 0))), CONSTRAINT "worklog_entries_owned" CHECK (owner_org_id = employer_org_id), CONSTRAINT "worklog_entries_rejected" CHECK (((status)::text = 'REJECTED'::text) = (reason IS NOT NULL)));
-- create index "worklogentry_corrects_id" to table: "worklog_entries"
CREATE INDEX "worklogentry_corrects_id" ON "worklog_entries" ("corrects_id");
-- create index "worklogentry_employer_org_id_worked_on_id" to table: "worklog_entries"
CREATE INDEX "worklogentry_employer_org_id_worked_on_id" ON "worklog_entries" ("employer_org_id", "worked_on", "id");
-- create index "worklogentry_engagement_id_worked_on_id" to table: "worklog_entries"
CREATE INDEX "worklogentry_engagement_id_worked_on_id" ON "worklog_entries" ("engagement_id", "worked_on", "id");
-- create index "worklogentry_talent_id_worked_on_id" to table: "worklog_entries"
CREATE INDEX "worklogentry_talent_id_worked_on_id" ON "worklog_entries" ("talent_id", "worked_on", "id");
-- create index "worklogentry_world_id_worked_on_id" to table: "worklog_entries"
CREATE INDEX "worklogentry_world_id_worked_on_id" ON "worklog_entries" ("world_id", "worked_on", "id");

-- +goose Down
-- reverse: create index "worklogentry_world_id_worked_on_id" to table: "worklog_entries"
DROP INDEX "worklogentry_world_id_worked_on_id";
-- reverse: create index "worklogentry_talent_id_worked_on_id" to table: "worklog_entries"
DROP INDEX "worklogentry_talent_id_worked_on_id";
-- reverse: create index "worklogentry_engagement_id_worked_on_id" to table: "worklog_entries"
DROP INDEX "worklogentry_engagement_id_worked_on_id";
-- reverse: create index "worklogentry_employer_org_id_worked_on_id" to table: "worklog_entries"
DROP INDEX "worklogentry_employer_org_id_worked_on_id";
-- reverse: create index "worklogentry_corrects_id" to table: "worklog_entries"
DROP INDEX "worklogentry_corrects_id";
-- reverse: create "worklog_entries" table
DROP TABLE "worklog_entries";
