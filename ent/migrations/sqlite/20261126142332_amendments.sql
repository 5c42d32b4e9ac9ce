-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_deliverables" table
CREATE TABLE `new_deliverables` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `position` integer NOT NULL, `title` text NOT NULL, `acceptance_criterion` text NOT NULL, `due_at` datetime NOT NULL, `status` text NOT NULL DEFAULT ('PLANNED'), `submission_count` integer NOT NULL DEFAULT (0), `revision_reasons` json NOT NULL, `decide_from` datetime NULL, `submitted_at` datetime NULL, `accepted_at` datetime NULL, `engagement_id` uuid NOT NULL, `planned_deliverable_id` uuid NULL, `talent_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `deliverables_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `deliverables_planned_deliverables_planned_deliverable` FOREIGN KEY (`planned_deliverable_id`) REFERENCES `planned_deliverables` (`id`) ON DELETE NO ACTION, CONSTRAINT `deliverables_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `deliverables_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `deliverables_accepted` CHECK ((status = 'ACCEPTED') = (accepted_at IS NOT NULL)), CONSTRAINT `deliverables_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `deliverables_submitted` CHECK (status NOT IN ('SUBMITTED', 'REVISION_REQUESTED', 'ACCEPTED') OR submission_count > 0));
-- copy rows from old table "deliverables" to new temporary table "new_deliverables"
INSERT INTO `new_deliverables` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `employer_org_id`, `position`, `title`, `acceptance_criterion`, `due_at`, `status`, `submission_count`, `revision_reasons`, `decide_from`, `submitted_at`, `accepted_at`, `engagement_id`, `planned_deliverable_id`, `talent_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `employer_org_id`, `position`, `title`, `acceptance_criterion`, `due_at`, `status`, `submission_count`, `revision_reasons`, `decide_from`, `submitted_at`, `accepted_at`, `engagement_id`, `planned_deliverable_id`, `talent_id` FROM `deliverables`;
-- drop "deliverables" table after copying rows
DROP TABLE `deliverables`;
-- rename temporary table "new_deliverables" to "deliverables"
ALTER TABLE `new_deliverables` RENAME TO `deliverables`;
-- create index "deliverable_engagement_id_position" to table: "deliverables"
CREATE UNIQUE INDEX `deliverable_engagement_id_position` ON `deliverables` (`engagement_id`, `position`);
-- create index "deliverable_employer_org_id_due_at_id" to table: "deliverables"
CREATE INDEX `deliverable_employer_org_id_due_at_id` ON `deliverables` (`employer_org_id`, `due_at`, `id`);
-- create index "deliverable_employer_org_id_status_due_at_id" to table: "deliverables"
CREATE INDEX `deliverable_employer_org_id_status_due_at_id` ON `deliverables` (`employer_org_id`, `status`, `due_at`, `id`);
-- create index "deliverable_talent_id_due_at_id" to table: "deliverables"
CREATE INDEX `deliverable_talent_id_due_at_id` ON `deliverables` (`talent_id`, `due_at`, `id`);
-- create index "deliverable_world_id_due_at_id" to table: "deliverables"
CREATE INDEX `deliverable_world_id_due_at_id` ON `deliverables` (`world_id`, `due_at`, `id`);
-- create index "deliverables_id_employer_org_id_talent_id" to table: "deliverables"
CREATE UNIQUE INDEX `deliverables_id_employer_org_id_talent_id` ON `deliverables` (`id`, `employer_org_id`, `talent_id`);
-- add column "amended_hours" to table: "engagements"
ALTER TABLE `engagements` ADD COLUMN `amended_hours` integer NULL;
-- create "amendments" table
CREATE TABLE `amendments` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PROPOSED'), `proposed_by` text NOT NULL, `proposed_at` datetime NOT NULL, `answer_by` datetime NOT NULL, `reason` text NOT NULL, `ends_on` text NULL, `hours` integer NULL, `amended` json NOT NULL, `added` json NOT NULL, `dropped` json NOT NULL, `former_ends_on` text NULL, `former_hours` integer NULL, `answered_at` datetime NULL, `answer` text NULL, `employer_org_id` uuid NOT NULL, `engagement_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `proposed_by_id` uuid NOT NULL, `answered_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `amendments_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_people_proposer` FOREIGN KEY (`proposed_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_people_answerer` FOREIGN KEY (`answered_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `amendments_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `amendments_accepted` CHECK ((status = 'ACCEPTED') = (former_ends_on IS NOT NULL) AND (former_ends_on IS NULL) = (former_hours IS NULL)), CONSTRAINT `amendments_answered` CHECK ((answered_at IS NULL) = (status = 'PROPOSED') AND (answered_by_id IS NULL) = (status IN ('PROPOSED', 'EXPIRED'))), CONSTRAINT `amendments_declined` CHECK (status <> 'DECLINED' OR answer IS NOT NULL), CONSTRAINT `amendments_owned` CHECK (owner_org_id = employer_org_id));
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
-- reverse: create "amendments" table
DROP TABLE `amendments`;
-- reverse: add column "amended_hours" to table: "engagements"
ALTER TABLE `engagements` DROP COLUMN `amended_hours`;
-- reverse: create index "deliverables_id_employer_org_id_talent_id" to table: "deliverables"
DROP INDEX `deliverables_id_employer_org_id_talent_id`;
-- reverse: create index "deliverable_world_id_due_at_id" to table: "deliverables"
DROP INDEX `deliverable_world_id_due_at_id`;
-- reverse: create index "deliverable_talent_id_due_at_id" to table: "deliverables"
DROP INDEX `deliverable_talent_id_due_at_id`;
-- reverse: create index "deliverable_employer_org_id_status_due_at_id" to table: "deliverables"
DROP INDEX `deliverable_employer_org_id_status_due_at_id`;
-- reverse: create index "deliverable_employer_org_id_due_at_id" to table: "deliverables"
DROP INDEX `deliverable_employer_org_id_due_at_id`;
-- reverse: create index "deliverable_engagement_id_position" to table: "deliverables"
DROP INDEX `deliverable_engagement_id_position`;
-- reverse: create "new_deliverables" table
DROP TABLE `new_deliverables`;
