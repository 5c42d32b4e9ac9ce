-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- add column "annex" to table: "agreements"
ALTER TABLE `agreements` ADD COLUMN `annex` text NULL;
-- create "new_payment_records" table
CREATE TABLE `new_payment_records` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `subject_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('AUTHORIZED'), `currency` text NOT NULL, `gross_minor` integer NOT NULL, `talent_minor` integer NOT NULL, `platform_minor` integer NOT NULL, `refunded_minor` integer NOT NULL DEFAULT (0), `instalments_minor` integer NOT NULL DEFAULT (0), `platform_basis_points` integer NOT NULL, `authorized_at` datetime NOT NULL, `held_at` datetime NULL, `released_at` datetime NULL, `ended_at` datetime NULL, `payout_attempt` integer NOT NULL DEFAULT (0), `paid_out_at` datetime NULL, `failed_at` datetime NULL, `failure` text NULL, `provider_told_at` datetime NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `funding_pool_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `payment_records_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `payment_records_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `payment_records_funding_pools_funding_pool` FOREIGN KEY (`funding_pool_id`) REFERENCES `funding_pools` (`id`) ON DELETE NO ACTION, CONSTRAINT `payment_records_held` CHECK (status NOT IN ('HELD', 'RELEASING', 'REFUNDED', 'FROZEN', 'PAID_OUT', 'FAILED', 'PARTIALLY_REFUNDED') OR held_at IS NOT NULL), CONSTRAINT `payment_records_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `payment_records_paid` CHECK ((status = 'PAID_OUT') = (paid_out_at IS NOT NULL)), CONSTRAINT `payment_records_split` CHECK (gross_minor = talent_minor + platform_minor + refunded_minor + instalments_minor AND gross_minor > 0 AND talent_minor >= 0 AND platform_minor >= 0), CONSTRAINT `payment_records_tries` CHECK (status NOT IN ('RELEASING', 'PAID_OUT', 'FAILED') OR released_at IS NOT NULL));
-- copy rows from old table "payment_records" to new temporary table "new_payment_records"
INSERT INTO `new_payment_records` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `subject_id`, `status`, `currency`, `gross_minor`, `talent_minor`, `platform_minor`, `refunded_minor`, `platform_basis_points`, `authorized_at`, `held_at`, `released_at`, `ended_at`, `payout_attempt`, `paid_out_at`, `failed_at`, `failure`, `provider_told_at`, `talent_id`, `employer_org_id`, `funding_pool_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `subject_id`, `status`, `currency`, `gross_minor`, `talent_minor`, `platform_minor`, `refunded_minor`, `platform_basis_points`, `authorized_at`, `held_at`, `released_at`, `ended_at`, `payout_attempt`, `paid_out_at`, `failed_at`, `failure`, `provider_told_at`, `talent_id`, `employer_org_id`, `funding_pool_id` FROM `payment_records`;
-- drop "payment_records" table after copying rows
DROP TABLE `payment_records`;
-- rename temporary table "new_payment_records" to "payment_records"
ALTER TABLE `new_payment_records` RENAME TO `payment_records`;
-- create index "paymentrecord_subject_id" to table: "payment_records"
CREATE UNIQUE INDEX `paymentrecord_subject_id` ON `payment_records` (`subject_id`);
-- create index "paymentrecord_employer_org_id_authorized_at_id" to table: "payment_records"
CREATE INDEX `paymentrecord_employer_org_id_authorized_at_id` ON `payment_records` (`employer_org_id`, `authorized_at`, `id`);
-- create index "paymentrecord_talent_id_authorized_at_id" to table: "payment_records"
CREATE INDEX `paymentrecord_talent_id_authorized_at_id` ON `payment_records` (`talent_id`, `authorized_at`, `id`);
-- create index "payment_records_id_employer_org_id_talent_id" to table: "payment_records"
CREATE UNIQUE INDEX `payment_records_id_employer_org_id_talent_id` ON `payment_records` (`id`, `employer_org_id`, `talent_id`);
-- create "milestones" table
CREATE TABLE `milestones` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PLANNED'), `position` integer NOT NULL, `title` text NOT NULL, `amount_minor` integer NOT NULL, `refunded_minor` integer NOT NULL DEFAULT (0), `currency` text NOT NULL, `planned_deliverable_ids` json NOT NULL, `due_on` text NULL, `funded_at` datetime NULL, `due_since` datetime NULL, `paid_at` datetime NULL, `cancelled_at` datetime NULL, `offer_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `payment_record_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `milestones_offers_offer` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`) ON DELETE NO ACTION, CONSTRAINT `milestones_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `milestones_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `milestones_payment_records_payment_record` FOREIGN KEY (`payment_record_id`) REFERENCES `payment_records` (`id`) ON DELETE NO ACTION, CONSTRAINT `milestones_offer_id_employer_org_id_talent_id` FOREIGN KEY (`offer_id`, `employer_org_id`, `talent_id`) REFERENCES `offers` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `milestones_payment_record_id_employer_org_id_talent_id` FOREIGN KEY (`payment_record_id`, `employer_org_id`, `talent_id`) REFERENCES `payment_records` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `milestones_amount` CHECK (amount_minor > 0 AND refunded_minor <= amount_minor), CONSTRAINT `milestones_cancelled` CHECK ((status = 'CANCELLED') = (cancelled_at IS NOT NULL)), CONSTRAINT `milestones_due` CHECK ((status IN ('DUE', 'PAID')) = (due_since IS NOT NULL) AND (due_since IS NOT NULL) = (payment_record_id IS NOT NULL)), CONSTRAINT `milestones_funded` CHECK (status NOT IN ('FUNDED', 'DUE', 'PAID') OR funded_at IS NOT NULL), CONSTRAINT `milestones_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `milestones_paid` CHECK ((status = 'PAID') = (paid_at IS NOT NULL)));
-- create index "milestone_offer_id_position" to table: "milestones"
CREATE UNIQUE INDEX `milestone_offer_id_position` ON `milestones` (`offer_id`, `position`);
-- create index "milestone_payment_record_id_position" to table: "milestones"
CREATE INDEX `milestone_payment_record_id_position` ON `milestones` (`payment_record_id`, `position`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "milestone_payment_record_id_position" to table: "milestones"
DROP INDEX `milestone_payment_record_id_position`;
-- reverse: create index "milestone_offer_id_position" to table: "milestones"
DROP INDEX `milestone_offer_id_position`;
-- reverse: create "milestones" table
DROP TABLE `milestones`;
-- reverse: create index "payment_records_id_employer_org_id_talent_id" to table: "payment_records"
DROP INDEX `payment_records_id_employer_org_id_talent_id`;
-- reverse: create index "paymentrecord_talent_id_authorized_at_id" to table: "payment_records"
DROP INDEX `paymentrecord_talent_id_authorized_at_id`;
-- reverse: create index "paymentrecord_employer_org_id_authorized_at_id" to table: "payment_records"
DROP INDEX `paymentrecord_employer_org_id_authorized_at_id`;
-- reverse: create index "paymentrecord_subject_id" to table: "payment_records"
DROP INDEX `paymentrecord_subject_id`;
-- reverse: create "new_payment_records" table
DROP TABLE `new_payment_records`;
-- reverse: add column "annex" to table: "agreements"
ALTER TABLE `agreements` DROP COLUMN `annex`;
