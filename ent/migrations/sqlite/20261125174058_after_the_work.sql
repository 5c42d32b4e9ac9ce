-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_evaluations" table
CREATE TABLE `new_evaluations` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `direction` text NOT NULL, `status` text NOT NULL DEFAULT ('SUBMITTED'), `overall` text NOT NULL, `competencies` json NOT NULL, `public_text` text NOT NULL, `private_text` text NULL, `is_shared_with_institution` bool NOT NULL DEFAULT (false), `submitted_at` datetime NOT NULL, `amended_at` datetime NULL, `published_at` datetime NULL, `reply` text NULL, `replied_at` datetime NULL, `removed_at` datetime NULL, `removal_reason` text NULL, `engagement_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `author_id` uuid NOT NULL, `removed_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `evaluations_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_people_author` FOREIGN KEY (`author_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_people_removed_by` FOREIGN KEY (`removed_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `evaluations_removed` CHECK ((status = 'REMOVED') = (removed_at IS NOT NULL) AND (removed_at IS NULL) = (removal_reason IS NULL)), CONSTRAINT `evaluations_replied` CHECK ((reply IS NULL) = (replied_at IS NULL)), CONSTRAINT `evaluations_shown` CHECK ((status = 'SUBMITTED') = (published_at IS NULL)));
-- copy rows from old table "evaluations" to new temporary table "new_evaluations"
INSERT INTO `new_evaluations` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `direction`, `status`, `overall`, `competencies`, `public_text`, `private_text`, `is_shared_with_institution`, `submitted_at`, `published_at`, `engagement_id`, `talent_id`, `employer_org_id`, `author_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `direction`, `status`, `overall`, `competencies`, `public_text`, `private_text`, `is_shared_with_institution`, `submitted_at`, `published_at`, `engagement_id`, `talent_id`, `employer_org_id`, `author_id` FROM `evaluations`;
-- drop "evaluations" table after copying rows
DROP TABLE `evaluations`;
-- rename temporary table "new_evaluations" to "evaluations"
ALTER TABLE `new_evaluations` RENAME TO `evaluations`;
-- create index "evaluation_engagement_id_direction" to table: "evaluations"
CREATE UNIQUE INDEX `evaluation_engagement_id_direction` ON `evaluations` (`engagement_id`, `direction`);
-- create index "evaluation_employer_org_id_submitted_at_id" to table: "evaluations"
CREATE INDEX `evaluation_employer_org_id_submitted_at_id` ON `evaluations` (`employer_org_id`, `submitted_at`, `id`);
-- create index "evaluation_talent_id_submitted_at_id" to table: "evaluations"
CREATE INDEX `evaluation_talent_id_submitted_at_id` ON `evaluations` (`talent_id`, `submitted_at`, `id`);
-- create index "evaluation_world_id_submitted_at_id" to table: "evaluations"
CREATE INDEX `evaluation_world_id_submitted_at_id` ON `evaluations` (`world_id`, `submitted_at`, `id`);
-- create index "evaluation_world_id_direction_status_overall" to table: "evaluations"
CREATE INDEX `evaluation_world_id_direction_status_overall` ON `evaluations` (`world_id`, `direction`, `status`, `overall`);
-- create index "evaluation_talent_id_direction_status_overall" to table: "evaluations"
CREATE INDEX `evaluation_talent_id_direction_status_overall` ON `evaluations` (`talent_id`, `direction`, `status`, `overall`);
-- create index "evaluation_employer_org_id_direction_status_overall" to table: "evaluations"
CREATE INDEX `evaluation_employer_org_id_direction_status_overall` ON `evaluations` (`employer_org_id`, `direction`, `status`, `overall`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "evaluation_employer_org_id_direction_status_overall" to table: "evaluations"
DROP INDEX `evaluation_employer_org_id_direction_status_overall`;
-- reverse: create index "evaluation_talent_id_direction_status_overall" to table: "evaluations"
DROP INDEX `evaluation_talent_id_direction_status_overall`;
-- reverse: create index "evaluation_world_id_direction_status_overall" to table: "evaluations"
DROP INDEX `evaluation_world_id_direction_status_overall`;
-- reverse: create index "evaluation_world_id_submitted_at_id" to table: "evaluations"
DROP INDEX `evaluation_world_id_submitted_at_id`;
-- reverse: create index "evaluation_talent_id_submitted_at_id" to table: "evaluations"
DROP INDEX `evaluation_talent_id_submitted_at_id`;
-- reverse: create index "evaluation_employer_org_id_submitted_at_id" to table: "evaluations"
DROP INDEX `evaluation_employer_org_id_submitted_at_id`;
-- reverse: create index "evaluation_engagement_id_direction" to table: "evaluations"
DROP INDEX `evaluation_engagement_id_direction`;
-- reverse: create "new_evaluations" table
DROP TABLE `new_evaluations`;
