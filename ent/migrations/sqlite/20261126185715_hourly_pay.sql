-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- add column "pay_model" to table: "listings"
ALTER TABLE `listings` ADD COLUMN `pay_model` text NULL;
-- create "new_offers" table
CREATE TABLE `new_offers` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('SENT'), `fee_minor` integer NOT NULL, `currency` text NOT NULL, `platform_basis_points` integer NOT NULL DEFAULT (1000), `hours` integer NOT NULL, `pay_model` text NOT NULL DEFAULT ('FIXED'), `weekly_hours` integer NULL, `starts_on` text NOT NULL, `ends_on` text NOT NULL, `message` text NULL, `reason` text NULL, `seat` integer NULL, `sent_at` datetime NOT NULL, `answered_at` datetime NULL, `signed_at` datetime NULL, `application_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `offers_applications_application` FOREIGN KEY (`application_id`) REFERENCES `applications` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `offers_application_id_employer_org_id_talent_id` FOREIGN KEY (`application_id`, `employer_org_id`, `talent_id`) REFERENCES `applications` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `offers_dates` CHECK (starts_on <= ends_on), CONSTRAINT `offers_fee` CHECK (fee_minor > 0), CONSTRAINT `offers_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `offers_seat` CHECK (status NOT IN ('ACCEPTED', 'SIGNED') OR seat IS NOT NULL), CONSTRAINT `offers_weekly` CHECK ((pay_model = 'HOURLY') = (weekly_hours IS NOT NULL)));
-- copy rows from old table "offers" to new temporary table "new_offers"
INSERT INTO `new_offers` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `fee_minor`, `currency`, `platform_basis_points`, `hours`, `starts_on`, `ends_on`, `message`, `reason`, `seat`, `sent_at`, `answered_at`, `signed_at`, `application_id`, `micro_project_id`, `talent_id`, `employer_org_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `fee_minor`, `currency`, `platform_basis_points`, `hours`, `starts_on`, `ends_on`, `message`, `reason`, `seat`, `sent_at`, `answered_at`, `signed_at`, `application_id`, `micro_project_id`, `talent_id`, `employer_org_id` FROM `offers`;
-- drop "offers" table after copying rows
DROP TABLE `offers`;
-- rename temporary table "new_offers" to "offers"
ALTER TABLE `new_offers` RENAME TO `offers`;
-- create index "offer_application_id" to table: "offers"
CREATE UNIQUE INDEX `offer_application_id` ON `offers` (`application_id`) WHERE status = 'SENT' OR status = 'ACCEPTED' OR status = 'SIGNED';
-- create index "offer_micro_project_id_seat" to table: "offers"
CREATE UNIQUE INDEX `offer_micro_project_id_seat` ON `offers` (`micro_project_id`, `seat`) WHERE status = 'ACCEPTED' OR status = 'SIGNED';
-- create index "offer_employer_org_id_sent_at_id" to table: "offers"
CREATE INDEX `offer_employer_org_id_sent_at_id` ON `offers` (`employer_org_id`, `sent_at`, `id`);
-- create index "offer_talent_id_sent_at_id" to table: "offers"
CREATE INDEX `offer_talent_id_sent_at_id` ON `offers` (`talent_id`, `sent_at`, `id`);
-- create index "offer_micro_project_id_sent_at_id" to table: "offers"
CREATE INDEX `offer_micro_project_id_sent_at_id` ON `offers` (`micro_project_id`, `sent_at`, `id`);
-- create index "offer_world_id_sent_at_id" to table: "offers"
CREATE INDEX `offer_world_id_sent_at_id` ON `offers` (`world_id`, `sent_at`, `id`);
-- create index "offers_id_employer_org_id_talent_id" to table: "offers"
CREATE UNIQUE INDEX `offers_id_employer_org_id_talent_id` ON `offers` (`id`, `employer_org_id`, `talent_id`);
-- what is listed already is paid as its project says
UPDATE `listings` SET `pay_model` = (SELECT `pay_model` FROM `micro_projects` WHERE `micro_projects`.`id` = `listings`.`micro_project_id`) WHERE `micro_project_id` IS NOT NULL;
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "offers_id_employer_org_id_talent_id" to table: "offers"
DROP INDEX `offers_id_employer_org_id_talent_id`;
-- reverse: create index "offer_world_id_sent_at_id" to table: "offers"
DROP INDEX `offer_world_id_sent_at_id`;
-- reverse: create index "offer_micro_project_id_sent_at_id" to table: "offers"
DROP INDEX `offer_micro_project_id_sent_at_id`;
-- reverse: create index "offer_talent_id_sent_at_id" to table: "offers"
DROP INDEX `offer_talent_id_sent_at_id`;
-- reverse: create index "offer_employer_org_id_sent_at_id" to table: "offers"
DROP INDEX `offer_employer_org_id_sent_at_id`;
-- reverse: create index "offer_micro_project_id_seat" to table: "offers"
DROP INDEX `offer_micro_project_id_seat`;
-- reverse: create index "offer_application_id" to table: "offers"
DROP INDEX `offer_application_id`;
-- reverse: create "new_offers" table
DROP TABLE `new_offers`;
-- reverse: add column "pay_model" to table: "listings"
ALTER TABLE `listings` DROP COLUMN `pay_model`;
