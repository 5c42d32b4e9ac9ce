-- +goose Up
-- modify "people" table
ALTER TABLE "people" ADD COLUMN "merged_into_id" uuid NULL, ADD COLUMN "merged_at" timestamptz NULL, ADD COLUMN "merge_reason" character varying NULL, ADD COLUMN "merge_ticket" character varying NULL;
-- create index "person_merged_into_id" to table: "people"
CREATE INDEX "person_merged_into_id" ON "people" ("merged_into_id");
-- modify "talent_profiles" table
ALTER TABLE "talent_profiles" ADD COLUMN "needs_us_work_sponsorship" boolean NULL;

-- +goose Down
-- reverse: modify "talent_profiles" table
ALTER TABLE "talent_profiles" DROP COLUMN "needs_us_work_sponsorship";
-- reverse: create index "person_merged_into_id" to table: "people"
DROP INDEX "person_merged_into_id";
-- reverse: modify "people" table
ALTER TABLE "people" DROP COLUMN "merge_ticket", DROP COLUMN "merge_reason", DROP COLUMN "merged_at", DROP COLUMN "merged_into_id";
