-- +goose Up
-- modify "deliverables" table
ALTER TABLE `deliverables` ADD COLUMN `is_teamwork` bool NOT NULL DEFAULT (false);
-- modify "planned_deliverables" table
ALTER TABLE `planned_deliverables` ADD COLUMN `is_teamwork` bool NOT NULL DEFAULT (false);
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_submissions" table
CREATE TABLE `new_submissions` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `number` integer NOT NULL, `note` text NULL, `links` json NOT NULL, `ai_disclosure` text NULL, `submitted_at` datetime NOT NULL, `deliverable_id` uuid NOT NULL, `original_id` uuid NULL, `teammate_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `submissions_deliverables_deliverable` FOREIGN KEY (`deliverable_id`) REFERENCES `deliverables` (`id`) ON DELETE NO ACTION, CONSTRAINT `submissions_submissions_repeats` FOREIGN KEY (`original_id`) REFERENCES `submissions` (`id`) ON DELETE NO ACTION, CONSTRAINT `submissions_talent_profiles_teammate` FOREIGN KEY (`teammate_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `submissions_deliverable_id_employer_org_id_talent_id` FOREIGN KEY (`deliverable_id`, `employer_org_id`, `talent_id`) REFERENCES `deliverables` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `submissions_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `submissions_team` CHECK ((original_id IS NULL) = (teammate_id IS NULL)));
-- copy rows from old table "submissions" to new temporary table "new_submissions"
INSERT INTO `new_submissions` (`id`, `world_id`, `owner_org_id`, `employer_org_id`, `talent_id`, `number`, `note`, `links`, `ai_disclosure`, `submitted_at`, `deliverable_id`) SELECT `id`, `world_id`, `owner_org_id`, `employer_org_id`, `talent_id`, `number`, `note`, `links`, `ai_disclosure`, `submitted_at`, `deliverable_id` FROM `submissions`;
-- drop "submissions" table after copying rows
DROP TABLE `submissions`;
-- rename temporary table "new_submissions" to "submissions"
ALTER TABLE `new_submissions` RENAME TO `submissions`;
-- create index "submission_deliverable_id_number" to table: "submissions"
CREATE UNIQUE INDEX `submission_deliverable_id_number` ON `submissions` (`deliverable_id`, `number`);
-- create index "submission_original_id_talent_id" to table: "submissions"
CREATE INDEX `submission_original_id_talent_id` ON `submissions` (`original_id`, `talent_id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "submission_original_id_talent_id" to table: "submissions"
DROP INDEX `submission_original_id_talent_id`;
-- reverse: create index "submission_deliverable_id_number" to table: "submissions"
DROP INDEX `submission_deliverable_id_number`;
-- reverse: create "new_submissions" table
DROP TABLE `new_submissions`;
-- reverse: add column "is_teamwork" to table: "planned_deliverables"
ALTER TABLE `planned_deliverables` DROP COLUMN `is_teamwork`;
-- reverse: add column "is_teamwork" to table: "deliverables"
ALTER TABLE `deliverables` DROP COLUMN `is_teamwork`;
