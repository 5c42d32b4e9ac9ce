-- +goose Up
-- modify "evaluations" table
ALTER TABLE "evaluations" DROP CONSTRAINT "evaluations_published", ADD CONSTRAINT "evaluations_removed" CHECK ((((status)::text = 'REMOVED'::text) = (removed_at IS NOT NULL)) AND ((removed_at IS NULL) = (removal_reason IS NULL))), ADD CONSTRAINT "evaluations_replied" CHECK ((reply IS NULL) = (replied_at IS NULL)), ADD CONSTRAINT "evaluations_shown" CHECK (((status)::text = 'SUBMITTED'::text) = (published_at IS NULL)), ADD COLUMN "amended_at" timestamptz NULL, ADD COLUMN "reply" character varying NULL, ADD COLUMN "replied_at" timestamptz NULL, ADD COLUMN "removed_at" timestamptz NULL, ADD COLUMN "removal_reason" character varying NULL, ADD COLUMN "removed_by_id" uuid NULL, ADD CONSTRAINT "evaluations_people_removed_by" FOREIGN KEY ("removed_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create index "evaluation_employer_org_id_direction_status_overall" to table: "evaluations"
CREATE INDEX "evaluation_employer_org_id_direction_status_overall" ON "evaluations" ("employer_org_id", "direction", "status", "overall");
-- create index "evaluation_talent_id_direction_status_overall" to table: "evaluations"
CREATE INDEX "evaluation_talent_id_direction_status_overall" ON "evaluations" ("talent_id", "direction", "status", "overall");
-- create index "evaluation_world_id_direction_status_overall" to table: "evaluations"
CREATE INDEX "evaluation_world_id_direction_status_overall" ON "evaluations" ("world_id", "direction", "status", "overall");

-- +goose Down
-- reverse: create index "evaluation_world_id_direction_status_overall" to table: "evaluations"
DROP INDEX "evaluation_world_id_direction_status_overall";
-- reverse: create index "evaluation_talent_id_direction_status_overall" to table: "evaluations"
DROP INDEX "evaluation_talent_id_direction_status_overall";
-- reverse: create index "evaluation_employer_org_id_direction_status_overall" to table: "evaluations"
DROP INDEX "evaluation_employer_org_id_direction_status_overall";
-- reverse: modify "evaluations" table
ALTER TABLE "evaluations" DROP CONSTRAINT "evaluations_people_removed_by", DROP COLUMN "removed_by_id", DROP COLUMN "removal_reason", DROP COLUMN "removed_at", DROP COLUMN "replied_at", DROP COLUMN "reply", DROP COLUMN "amended_at", DROP CONSTRAINT "evaluations_shown", DROP CONSTRAINT "evaluations_replied", DROP CONSTRAINT "evaluations_removed", ADD CONSTRAINT "evaluations_published" CHECK (((status)::text = 'PUBLISHED'::text) = (published_at IS NOT NULL));
