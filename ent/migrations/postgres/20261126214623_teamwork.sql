-- +goose Up
-- modify "deliverables" table
ALTER TABLE "deliverables" ADD COLUMN "is_teamwork" boolean NOT NULL DEFAULT false;
-- modify "planned_deliverables" table
ALTER TABLE "planned_deliverables" ADD COLUMN "is_teamwork" boolean NOT NULL DEFAULT false;
-- modify "submissions" table
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_team" CHECK ((original_id IS NULL) = (teammate_id IS NULL)), ADD COLUMN "original_id" uuid NULL, ADD COLUMN "teammate_id" uuid NULL, ADD CONSTRAINT "submissions_submissions_repeats" FOREIGN KEY ("original_id") REFERENCES "submissions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, ADD CONSTRAINT "submissions_talent_profiles_teammate" FOREIGN KEY ("teammate_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create index "submission_original_id_talent_id" to table: "submissions"
CREATE INDEX "submission_original_id_talent_id" ON "submissions" ("original_id", "talent_id");

-- +goose Down
-- reverse: create index "submission_original_id_talent_id" to table: "submissions"
DROP INDEX "submission_original_id_talent_id";
-- reverse: modify "submissions" table
ALTER TABLE "submissions" DROP CONSTRAINT "submissions_talent_profiles_teammate", DROP CONSTRAINT "submissions_submissions_repeats", DROP COLUMN "teammate_id", DROP COLUMN "original_id", DROP CONSTRAINT "submissions_team";
-- reverse: modify "planned_deliverables" table
ALTER TABLE "planned_deliverables" DROP COLUMN "is_teamwork";
-- reverse: modify "deliverables" table
ALTER TABLE "deliverables" DROP COLUMN "is_teamwork";
