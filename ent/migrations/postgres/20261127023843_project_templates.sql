-- +goose Up
-- modify "listings" table
ALTER TABLE "listings" ADD COLUMN "ip_terms" character varying NULL;
-- modify "micro_projects" table
ALTER TABLE "micro_projects" ADD CONSTRAINT "micro_projects_starts" CHECK ((starts_by IS NULL) OR ((starts_on IS NOT NULL) AND ((starts_on)::text <= (starts_by)::text))), ADD COLUMN "starts_by" character varying NULL, ADD COLUMN "ip_terms" character varying NOT NULL DEFAULT 'ASSIGNED_TO_EMPLOYER';
-- create "project_templates" table
CREATE TABLE "project_templates" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "name" character varying NOT NULL, "name_folded" character varying NOT NULL COLLATE "C", "content" jsonb NOT NULL, "removed_at" timestamptz NULL, "employer_org_id" uuid NULL, "kept_by_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "project_templates_employer_org_id_world_id" FOREIGN KEY ("employer_org_id", "world_id") REFERENCES "employers" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "project_templates_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "project_templates_people_kept_by" FOREIGN KEY ("kept_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "project_templates_owned" CHECK (((employer_org_id IS NULL) AND (owner_org_id = world_id)) OR ((employer_org_id IS NOT NULL) AND (owner_org_id = employer_org_id))));
-- create index "projecttemplate_owner_org_id_created_at_id" to table: "project_templates"
CREATE INDEX "projecttemplate_owner_org_id_created_at_id" ON "project_templates" ("owner_org_id", "created_at", "id");
-- create index "projecttemplate_owner_org_id_name_folded" to table: "project_templates"
CREATE UNIQUE INDEX "projecttemplate_owner_org_id_name_folded" ON "project_templates" ("owner_org_id", "name_folded") WHERE (removed_at IS NULL);
-- create index "projecttemplate_world_id_created_at_id" to table: "project_templates"
CREATE INDEX "projecttemplate_world_id_created_at_id" ON "project_templates" ("world_id", "created_at", "id");
-- what is listed already passes to the employer, as its documents say
UPDATE "listings" SET "ip_terms" = 'ASSIGNED_TO_EMPLOYER' WHERE "micro_project_id" IS NOT NULL;

-- +goose Down
-- reverse: create index "projecttemplate_world_id_created_at_id" to table: "project_templates"
DROP INDEX "projecttemplate_world_id_created_at_id";
-- reverse: create index "projecttemplate_owner_org_id_name_folded" to table: "project_templates"
DROP INDEX "projecttemplate_owner_org_id_name_folded";
-- reverse: create index "projecttemplate_owner_org_id_created_at_id" to table: "project_templates"
DROP INDEX "projecttemplate_owner_org_id_created_at_id";
-- reverse: create "project_templates" table
DROP TABLE "project_templates";
-- reverse: modify "micro_projects" table
ALTER TABLE "micro_projects" DROP COLUMN "ip_terms", DROP COLUMN "starts_by", DROP CONSTRAINT "micro_projects_starts";
-- reverse: modify "listings" table
ALTER TABLE "listings" DROP COLUMN "ip_terms";
