-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_portfolio_items" table
CREATE TABLE `new_portfolio_items` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PUBLISHED'), `position` integer NOT NULL DEFAULT (0), `title` text NOT NULL, `summary` text NOT NULL, `link` text NULL, `started_on` text NULL, `ended_on` text NULL, `result_metric` text NOT NULL, `result_value` text NOT NULL, `result_unit` text NOT NULL, `more_results` json NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NULL, `engagement_id` uuid NULL, `deliverable_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `portfolio_items_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_deliverables_deliverable` FOREIGN KEY (`deliverable_id`) REFERENCES `deliverables` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_deliverable_id_employer_org_id_talent_id` FOREIGN KEY (`deliverable_id`, `employer_org_id`, `talent_id`) REFERENCES `deliverables` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_talent_id_world_id` FOREIGN KEY (`talent_id`, `world_id`) REFERENCES `talent_profiles` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_behind` CHECK (deliverable_id IS NULL AND engagement_id IS NULL AND employer_org_id IS NULL OR deliverable_id IS NOT NULL AND engagement_id IS NOT NULL AND employer_org_id IS NOT NULL), CONSTRAINT `portfolio_items_dated` CHECK (started_on IS NULL OR ended_on IS NULL OR started_on <= ended_on));
-- copy rows from old table "portfolio_items" to new temporary table "new_portfolio_items"
INSERT INTO `new_portfolio_items` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `title`, `summary`, `result_metric`, `result_value`, `result_unit`, `talent_id`, `employer_org_id`, `engagement_id`, `deliverable_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `title`, `summary`, `result_metric`, `result_value`, `result_unit`, `talent_id`, `employer_org_id`, `engagement_id`, `deliverable_id` FROM `portfolio_items`;
-- drop "portfolio_items" table after copying rows
DROP TABLE `portfolio_items`;
-- rename temporary table "new_portfolio_items" to "portfolio_items"
ALTER TABLE `new_portfolio_items` RENAME TO `portfolio_items`;
-- create index "portfolioitem_deliverable_id" to table: "portfolio_items"
CREATE UNIQUE INDEX `portfolioitem_deliverable_id` ON `portfolio_items` (`deliverable_id`) WHERE status = 'HIDDEN' OR status = 'PUBLISHED';
-- the newest came first so far
UPDATE `portfolio_items` SET `position` = (SELECT count(*) FROM `portfolio_items` AS `other` WHERE `other`.`talent_id` = `portfolio_items`.`talent_id` AND (`other`.`created_at` > `portfolio_items`.`created_at` OR `other`.`created_at` = `portfolio_items`.`created_at` AND `other`.`id` >= `portfolio_items`.`id`));
-- create index "portfolioitem_talent_id_position_id" to table: "portfolio_items"
CREATE INDEX `portfolioitem_talent_id_position_id` ON `portfolio_items` (`talent_id`, `position`, `id`);
-- create index "portfolioitem_talent_id_created_at_id" to table: "portfolio_items"
CREATE INDEX `portfolioitem_talent_id_created_at_id` ON `portfolio_items` (`talent_id`, `created_at`, `id`);
-- create index "portfolio_items_id_talent_id" to table: "portfolio_items"
CREATE UNIQUE INDEX `portfolio_items_id_talent_id` ON `portfolio_items` (`id`, `talent_id`);
-- create "portfolio_skills" table
CREATE TABLE `portfolio_skills` (`id` uuid NOT NULL, `portfolio_item_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `skill_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `portfolio_skills_portfolio_items_portfolio_item` FOREIGN KEY (`portfolio_item_id`) REFERENCES `portfolio_items` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_skills_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_skills_skills_skill` FOREIGN KEY (`skill_id`) REFERENCES `skills` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_skills_portfolio_item_id_talent_id` FOREIGN KEY (`portfolio_item_id`, `talent_id`) REFERENCES `portfolio_items` (`id`, `talent_id`) ON DELETE NO ACTION);
-- create index "portfolioskill_portfolio_item_id_skill_id" to table: "portfolio_skills"
CREATE UNIQUE INDEX `portfolioskill_portfolio_item_id_skill_id` ON `portfolio_skills` (`portfolio_item_id`, `skill_id`);
-- create "talent_references" table
CREATE TABLE `talent_references` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('REQUESTED'), `addressee` text NOT NULL, `message` text NOT NULL, `requested_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `text` text NULL, `relationship` text NULL, `may_be_shown` bool NOT NULL DEFAULT (false), `given_at` datetime NULL, `shown_at` datetime NULL, `reason` text NULL, `ended_at` datetime NULL, `employer_org_id` uuid NOT NULL, `engagement_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `given_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `talent_references_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `talent_references_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `talent_references_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `talent_references_people_given_by` FOREIGN KEY (`given_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `talent_references_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `references_ended` CHECK ((status IN ('DECLINED', 'WITHDRAWN', 'EXPIRED', 'RETRACTED')) = (ended_at IS NOT NULL)), CONSTRAINT `references_given` CHECK ((given_at IS NULL) = (text IS NULL) AND (given_at IS NULL) = (given_by_id IS NULL) AND (status NOT IN ('GIVEN', 'RETRACTED') OR given_at IS NOT NULL)), CONSTRAINT `references_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `references_reason` CHECK (status <> 'RETRACTED' OR reason IS NOT NULL), CONSTRAINT `references_shown` CHECK (shown_at IS NULL OR (status = 'GIVEN' AND may_be_shown)));
-- create index "reference_engagement_id" to table: "talent_references"
CREATE UNIQUE INDEX `reference_engagement_id` ON `talent_references` (`engagement_id`) WHERE status = 'REQUESTED';
-- create index "reference_engagement_id_requested_at_id" to table: "talent_references"
CREATE INDEX `reference_engagement_id_requested_at_id` ON `talent_references` (`engagement_id`, `requested_at`, `id`);
-- create index "reference_talent_id_requested_at_id" to table: "talent_references"
CREATE INDEX `reference_talent_id_requested_at_id` ON `talent_references` (`talent_id`, `requested_at`, `id`);
-- create index "reference_employer_org_id_requested_at_id" to table: "talent_references"
CREATE INDEX `reference_employer_org_id_requested_at_id` ON `talent_references` (`employer_org_id`, `requested_at`, `id`);
-- create "thank_you_notes" table
CREATE TABLE `thank_you_notes` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `sent_by` text NOT NULL, `text` text NOT NULL, `sent_at` datetime NOT NULL, `employer_org_id` uuid NOT NULL, `engagement_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `author_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `thank_you_notes_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `thank_you_notes_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `thank_you_notes_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `thank_you_notes_people_author` FOREIGN KEY (`author_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `thank_you_notes_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `thank_you_notes_owned` CHECK (owner_org_id = employer_org_id));
-- create index "thankyounote_engagement_id_sent_by" to table: "thank_you_notes"
CREATE UNIQUE INDEX `thankyounote_engagement_id_sent_by` ON `thank_you_notes` (`engagement_id`, `sent_by`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "thankyounote_engagement_id_sent_by" to table: "thank_you_notes"
DROP INDEX `thankyounote_engagement_id_sent_by`;
-- reverse: create "thank_you_notes" table
DROP TABLE `thank_you_notes`;
-- reverse: create index "reference_employer_org_id_requested_at_id" to table: "talent_references"
DROP INDEX `reference_employer_org_id_requested_at_id`;
-- reverse: create index "reference_talent_id_requested_at_id" to table: "talent_references"
DROP INDEX `reference_talent_id_requested_at_id`;
-- reverse: create index "reference_engagement_id_requested_at_id" to table: "talent_references"
DROP INDEX `reference_engagement_id_requested_at_id`;
-- reverse: create index "reference_engagement_id" to table: "talent_references"
DROP INDEX `reference_engagement_id`;
-- reverse: create "talent_references" table
DROP TABLE `talent_references`;
-- reverse: create index "portfolioskill_portfolio_item_id_skill_id" to table: "portfolio_skills"
DROP INDEX `portfolioskill_portfolio_item_id_skill_id`;
-- reverse: create "portfolio_skills" table
DROP TABLE `portfolio_skills`;
-- reverse: create index "portfolio_items_id_talent_id" to table: "portfolio_items"
DROP INDEX `portfolio_items_id_talent_id`;
-- reverse: create index "portfolioitem_talent_id_created_at_id" to table: "portfolio_items"
DROP INDEX `portfolioitem_talent_id_created_at_id`;
-- reverse: create index "portfolioitem_talent_id_position_id" to table: "portfolio_items"
DROP INDEX `portfolioitem_talent_id_position_id`;
-- reverse: create index "portfolioitem_deliverable_id" to table: "portfolio_items"
DROP INDEX `portfolioitem_deliverable_id`;
-- reverse: create "new_portfolio_items" table
DROP TABLE `new_portfolio_items`;
