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
-- create "new_talent_profiles" table
CREATE TABLE `new_talent_profiles` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `legal_name` text NOT NULL, `preferred_name` text NULL, `email` text NULL, `headline` text NULL, `bio` text NULL, `resume_url` text NULL, `linkedin_url` text NULL, `location` text NULL, `time_zone` text NULL, `us_work_authorization` text NULL, `visibility` text NOT NULL DEFAULT ('PRIVATE'), `deactivated_at` datetime NULL, `deactivation_reason` text NULL, `reinstated_at` datetime NULL, `reinstatement_reason` text NULL, `person_id` uuid NOT NULL, `reinstated_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `talent_profiles_people_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `talent_profiles_people_reinstated_by` FOREIGN KEY (`reinstated_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `talent_profiles_deactivated` CHECK ((deactivated_at IS NULL) = (deactivation_reason IS NULL)));
-- copy rows from old table "talent_profiles" to new temporary table "new_talent_profiles"
INSERT INTO `new_talent_profiles` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `legal_name`, `preferred_name`, `email`, `headline`, `bio`, `resume_url`, `linkedin_url`, `location`, `time_zone`, `us_work_authorization`, `visibility`, `person_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `legal_name`, `preferred_name`, `email`, `headline`, `bio`, `resume_url`, `linkedin_url`, `location`, `time_zone`, `us_work_authorization`, `visibility`, `person_id` FROM `talent_profiles`;
-- drop "talent_profiles" table after copying rows
DROP TABLE `talent_profiles`;
-- rename temporary table "new_talent_profiles" to "talent_profiles"
ALTER TABLE `new_talent_profiles` RENAME TO `talent_profiles`;
-- create index "talentprofile_person_id" to table: "talent_profiles"
CREATE UNIQUE INDEX `talentprofile_person_id` ON `talent_profiles` (`person_id`);
-- create index "talentprofile_world_id_visibility_created_at_id" to table: "talent_profiles"
CREATE INDEX `talentprofile_world_id_visibility_created_at_id` ON `talent_profiles` (`world_id`, `visibility`, `created_at`, `id`);
-- create index "talent_profiles_id_world_id" to table: "talent_profiles"
CREATE UNIQUE INDEX `talent_profiles_id_world_id` ON `talent_profiles` (`id`, `world_id`);
-- add column "ghosting_reported_at" to table: "engagements"
ALTER TABLE `engagements` ADD COLUMN `ghosting_reported_at` datetime NULL;
-- create index "engagements_id_talent_id" to table: "engagements"
CREATE UNIQUE INDEX `engagements_id_talent_id` ON `engagements` (`id`, `talent_id`);
-- create "strikes" table
CREATE TABLE `strikes` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `kind` text NOT NULL, `status` text NOT NULL DEFAULT ('ISSUED'), `report` text NOT NULL, `issued_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `appeal` text NULL, `appealed_at` datetime NULL, `finding` text NULL, `decided_at` datetime NULL, `talent_id` uuid NOT NULL, `engagement_id` uuid NOT NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `strikes_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `strikes_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `strikes_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `strikes_engagement_id_talent_id` FOREIGN KEY (`engagement_id`, `talent_id`) REFERENCES `engagements` (`id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `strikes_talent_id_world_id` FOREIGN KEY (`talent_id`, `world_id`) REFERENCES `talent_profiles` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `strikes_appealed` CHECK ((appeal IS NULL) = (appealed_at IS NULL) AND (status NOT IN ('APPEALED', 'UPHELD') OR appeal IS NOT NULL)), CONSTRAINT `strikes_decided` CHECK ((finding IS NULL) = (decided_at IS NULL) AND (status NOT IN ('UPHELD', 'LIFTED') OR finding IS NOT NULL)));
-- create index "strike_engagement_id_kind" to table: "strikes"
CREATE UNIQUE INDEX `strike_engagement_id_kind` ON `strikes` (`engagement_id`, `kind`);
-- create index "strike_talent_id_issued_at_id" to table: "strikes"
CREATE INDEX `strike_talent_id_issued_at_id` ON `strikes` (`talent_id`, `issued_at`, `id`);
-- create index "strike_world_id_issued_at_id" to table: "strikes"
CREATE INDEX `strike_world_id_issued_at_id` ON `strikes` (`world_id`, `issued_at`, `id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "strike_world_id_issued_at_id" to table: "strikes"
DROP INDEX `strike_world_id_issued_at_id`;
-- reverse: create index "strike_talent_id_issued_at_id" to table: "strikes"
DROP INDEX `strike_talent_id_issued_at_id`;
-- reverse: create index "strike_engagement_id_kind" to table: "strikes"
DROP INDEX `strike_engagement_id_kind`;
-- reverse: create "strikes" table
DROP TABLE `strikes`;
-- reverse: create index "engagements_id_talent_id" to table: "engagements"
DROP INDEX `engagements_id_talent_id`;
-- reverse: add column "ghosting_reported_at" to table: "engagements"
ALTER TABLE `engagements` DROP COLUMN `ghosting_reported_at`;
-- reverse: create index "talent_profiles_id_world_id" to table: "talent_profiles"
DROP INDEX `talent_profiles_id_world_id`;
-- reverse: create index "talentprofile_world_id_visibility_created_at_id" to table: "talent_profiles"
DROP INDEX `talentprofile_world_id_visibility_created_at_id`;
-- reverse: create index "talentprofile_person_id" to table: "talent_profiles"
DROP INDEX `talentprofile_person_id`;
-- reverse: create "new_talent_profiles" table
DROP TABLE `new_talent_profiles`;
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
