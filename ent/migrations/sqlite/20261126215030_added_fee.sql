-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- add column "amended_fee_minor" to table: "engagements"
ALTER TABLE `engagements` ADD COLUMN `amended_fee_minor` integer NULL;
-- create "new_amendments" table
CREATE TABLE `new_amendments` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PROPOSED'), `proposed_by` text NOT NULL, `proposed_at` datetime NOT NULL, `answer_by` datetime NOT NULL, `reason` text NOT NULL, `ends_on` text NULL, `hours` integer NULL, `amended` json NOT NULL, `added` json NOT NULL, `dropped` json NOT NULL, `added_fee_minor` integer NULL, `currency` text NULL, `added_fee_title` text NULL, `amended_milestones` json NULL, `former_ends_on` text NULL, `former_hours` integer NULL, `answered_at` datetime NULL, `answer` text NULL, `employer_org_id` uuid NOT NULL, `engagement_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `proposed_by_id` uuid NOT NULL, `answered_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `amendments_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_people_proposer` FOREIGN KEY (`proposed_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_people_answerer` FOREIGN KEY (`answered_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `amendments_accepted` CHECK ((status = 'ACCEPTED') = (former_ends_on IS NOT NULL) AND (former_ends_on IS NULL) = (former_hours IS NULL)), CONSTRAINT `amendments_answered` CHECK ((answered_at IS NULL) = (status = 'PROPOSED') AND (answered_by_id IS NULL) = (status IN ('PROPOSED', 'EXPIRED'))), CONSTRAINT `amendments_declined` CHECK (status <> 'DECLINED' OR answer IS NOT NULL), CONSTRAINT `amendments_fee` CHECK ((added_fee_minor IS NULL) = (currency IS NULL) AND (added_fee_minor IS NULL OR added_fee_minor > 0) AND (added_fee_title IS NULL OR added_fee_minor IS NOT NULL)), CONSTRAINT `amendments_owned` CHECK (owner_org_id = employer_org_id));
-- copy rows from old table "amendments" to new temporary table "new_amendments"
INSERT INTO `new_amendments` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `proposed_by`, `proposed_at`, `answer_by`, `reason`, `ends_on`, `hours`, `amended`, `added`, `dropped`, `former_ends_on`, `former_hours`, `answered_at`, `answer`, `employer_org_id`, `engagement_id`, `talent_id`, `proposed_by_id`, `answered_by_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `proposed_by`, `proposed_at`, `answer_by`, `reason`, `ends_on`, `hours`, `amended`, `added`, `dropped`, `former_ends_on`, `former_hours`, `answered_at`, `answer`, `employer_org_id`, `engagement_id`, `talent_id`, `proposed_by_id`, `answered_by_id` FROM `amendments`;
-- drop "amendments" table after copying rows
DROP TABLE `amendments`;
-- rename temporary table "new_amendments" to "amendments"
ALTER TABLE `new_amendments` RENAME TO `amendments`;
-- create index "amendment_engagement_id" to table: "amendments"
CREATE UNIQUE INDEX `amendment_engagement_id` ON `amendments` (`engagement_id`) WHERE status = 'PROPOSED';
-- create index "amendment_engagement_id_proposed_at_id" to table: "amendments"
CREATE INDEX `amendment_engagement_id_proposed_at_id` ON `amendments` (`engagement_id`, `proposed_at`, `id`);
-- create index "amendment_talent_id_proposed_at_id" to table: "amendments"
CREATE INDEX `amendment_talent_id_proposed_at_id` ON `amendments` (`talent_id`, `proposed_at`, `id`);
-- create index "amendment_employer_org_id_proposed_at_id" to table: "amendments"
CREATE INDEX `amendment_employer_org_id_proposed_at_id` ON `amendments` (`employer_org_id`, `proposed_at`, `id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "amendment_employer_org_id_proposed_at_id" to table: "amendments"
DROP INDEX `amendment_employer_org_id_proposed_at_id`;
-- reverse: create index "amendment_talent_id_proposed_at_id" to table: "amendments"
DROP INDEX `amendment_talent_id_proposed_at_id`;
-- reverse: create index "amendment_engagement_id_proposed_at_id" to table: "amendments"
DROP INDEX `amendment_engagement_id_proposed_at_id`;
-- reverse: create index "amendment_engagement_id" to table: "amendments"
DROP INDEX `amendment_engagement_id`;
-- reverse: create "new_amendments" table
DROP TABLE `new_amendments`;
-- reverse: add column "amended_fee_minor" to table: "engagements"
ALTER TABLE `engagements` DROP COLUMN `amended_fee_minor`;
