-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_engagements" table
CREATE TABLE `new_engagements` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PENDING_GATES'), `starts_on` text NOT NULL, `ends_on` text NOT NULL, `kicked_off_at` datetime NULL, `communication` text NULL, `time_zone` text NULL, `due_days` json NOT NULL, `started_at` datetime NULL, `hand_in_by` datetime NULL, `paused_at` datetime NULL, `paused_by` text NULL, `pause_reason` text NULL, `incomplete_at` datetime NULL, `reopen_by` datetime NULL, `submitted_at` datetime NULL, `completed_at` datetime NULL, `terminated_at` datetime NULL, `terminated_by` text NULL, `reason` text NULL, `offer_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `kicked_off_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `engagements_offers_offer` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_people_kicked_off_by` FOREIGN KEY (`kicked_off_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `engagements_offer_id_employer_org_id_talent_id` FOREIGN KEY (`offer_id`, `employer_org_id`, `talent_id`) REFERENCES `offers` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `engagements_completed` CHECK ((status = 'COMPLETED') = (completed_at IS NOT NULL)), CONSTRAINT `engagements_dates` CHECK (starts_on <= ends_on), CONSTRAINT `engagements_incomplete` CHECK (status <> 'INCOMPLETE' OR incomplete_at IS NOT NULL), CONSTRAINT `engagements_kick_off` CHECK ((kicked_off_at IS NULL) = (kicked_off_by_id IS NULL) AND (kicked_off_at IS NULL) = (communication IS NULL) AND (kicked_off_at IS NULL) = (time_zone IS NULL)), CONSTRAINT `engagements_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `engagements_paused` CHECK ((status = 'PAUSED') = (paused_at IS NOT NULL) AND (paused_at IS NULL) = (paused_by IS NULL) AND (paused_at IS NULL) = (pause_reason IS NULL)), CONSTRAINT `engagements_started` CHECK (status NOT IN ('ACTIVE', 'SUBMITTED', 'COMPLETED', 'PAUSED', 'INCOMPLETE') OR started_at IS NOT NULL), CONSTRAINT `engagements_terminated` CHECK ((status = 'TERMINATED') = (terminated_at IS NOT NULL) AND (terminated_at IS NULL) = (terminated_by IS NULL)));
-- copy rows from old table "engagements" to new temporary table "new_engagements"
INSERT INTO `new_engagements` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `starts_on`, `ends_on`, `kicked_off_at`, `communication`, `time_zone`, `due_days`, `started_at`, `submitted_at`, `completed_at`, `terminated_at`, `terminated_by`, `reason`, `offer_id`, `micro_project_id`, `talent_id`, `employer_org_id`, `kicked_off_by_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `starts_on`, `ends_on`, `kicked_off_at`, `communication`, `time_zone`, `due_days`, `started_at`, `submitted_at`, `completed_at`, `terminated_at`, `terminated_by`, `reason`, `offer_id`, `micro_project_id`, `talent_id`, `employer_org_id`, `kicked_off_by_id` FROM `engagements`;
-- drop "engagements" table after copying rows
DROP TABLE `engagements`;
-- rename temporary table "new_engagements" to "engagements"
ALTER TABLE `new_engagements` RENAME TO `engagements`;
-- create index "engagement_offer_id" to table: "engagements"
CREATE UNIQUE INDEX `engagement_offer_id` ON `engagements` (`offer_id`);
-- create index "engagement_employer_org_id_created_at_id" to table: "engagements"
CREATE INDEX `engagement_employer_org_id_created_at_id` ON `engagements` (`employer_org_id`, `created_at`, `id`);
-- create index "engagement_employer_org_id_status_created_at_id" to table: "engagements"
CREATE INDEX `engagement_employer_org_id_status_created_at_id` ON `engagements` (`employer_org_id`, `status`, `created_at`, `id`);
-- create index "engagement_talent_id_created_at_id" to table: "engagements"
CREATE INDEX `engagement_talent_id_created_at_id` ON `engagements` (`talent_id`, `created_at`, `id`);
-- create index "engagement_micro_project_id_created_at_id" to table: "engagements"
CREATE INDEX `engagement_micro_project_id_created_at_id` ON `engagements` (`micro_project_id`, `created_at`, `id`);
-- create index "engagement_world_id_created_at_id" to table: "engagements"
CREATE INDEX `engagement_world_id_created_at_id` ON `engagements` (`world_id`, `created_at`, `id`);
-- create index "engagements_id_employer_org_id_talent_id" to table: "engagements"
CREATE UNIQUE INDEX `engagements_id_employer_org_id_talent_id` ON `engagements` (`id`, `employer_org_id`, `talent_id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "engagements_id_employer_org_id_talent_id" to table: "engagements"
DROP INDEX `engagements_id_employer_org_id_talent_id`;
-- reverse: create index "engagement_world_id_created_at_id" to table: "engagements"
DROP INDEX `engagement_world_id_created_at_id`;
-- reverse: create index "engagement_micro_project_id_created_at_id" to table: "engagements"
DROP INDEX `engagement_micro_project_id_created_at_id`;
-- reverse: create index "engagement_talent_id_created_at_id" to table: "engagements"
DROP INDEX `engagement_talent_id_created_at_id`;
-- reverse: create index "engagement_employer_org_id_status_created_at_id" to table: "engagements"
DROP INDEX `engagement_employer_org_id_status_created_at_id`;
-- reverse: create index "engagement_employer_org_id_created_at_id" to table: "engagements"
DROP INDEX `engagement_employer_org_id_created_at_id`;
-- reverse: create index "engagement_offer_id" to table: "engagements"
DROP INDEX `engagement_offer_id`;
-- reverse: create "new_engagements" table
DROP TABLE `new_engagements`;
