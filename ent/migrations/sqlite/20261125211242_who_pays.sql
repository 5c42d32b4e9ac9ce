-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_ledger_entries" table
CREATE TABLE `new_ledger_entries` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `change_id` uuid NOT NULL, `account` text NOT NULL, `amount_minor` integer NOT NULL, `currency` text NOT NULL, `occurred_at` datetime NOT NULL, `position` integer NOT NULL DEFAULT (0), `payment_record_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `ledger_entries_payment_records_payment_record` FOREIGN KEY (`payment_record_id`) REFERENCES `payment_records` (`id`) ON DELETE NO ACTION, CONSTRAINT `ledger_entries_payment_record_id_employer_org_id_talent_id` FOREIGN KEY (`payment_record_id`, `employer_org_id`, `talent_id`) REFERENCES `payment_records` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `ledger_entries_move` CHECK (amount_minor <> 0));
-- copy rows from old table "ledger_entries" to new temporary table "new_ledger_entries"
INSERT INTO `new_ledger_entries` (`id`, `world_id`, `employer_org_id`, `talent_id`, `change_id`, `account`, `amount_minor`, `currency`, `occurred_at`, `payment_record_id`) SELECT `id`, `world_id`, `employer_org_id`, `talent_id`, `change_id`, `account`, `amount_minor`, `currency`, `occurred_at`, `payment_record_id` FROM `ledger_entries`;
-- drop "ledger_entries" table after copying rows
DROP TABLE `ledger_entries`;
-- rename temporary table "new_ledger_entries" to "ledger_entries"
ALTER TABLE `new_ledger_entries` RENAME TO `ledger_entries`;
-- create index "ledgerentry_payment_record_id_occurred_at_position_id" to table: "ledger_entries"
CREATE INDEX `ledgerentry_payment_record_id_occurred_at_position_id` ON `ledger_entries` (`payment_record_id`, `occurred_at`, `position`, `id`);
-- add column "platform_basis_points" to table: "employers"
ALTER TABLE `employers` ADD COLUMN `platform_basis_points` integer NULL;
-- create "new_institutions" table
CREATE TABLE `new_institutions` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `reference` text NULL, `name` text NOT NULL, `name_folded` text NOT NULL, `country_code` text NOT NULL, `region` text NULL, `domains` json NOT NULL, `website` text NULL, `status` text NOT NULL DEFAULT ('LISTED'), `opened_at` datetime NULL, `pay_floor_minor` integer NULL, `pay_floor_currency` text NULL, `default_permissions` json NULL, `approval_mode` text NOT NULL DEFAULT ('EMPLOYER_FIRST'), `time_zone` text NOT NULL DEFAULT ('UTC'), `office_opens` integer NOT NULL DEFAULT (540), `office_closes` integer NOT NULL DEFAULT (1020), `office_days` json NULL, `minimum_age` integer NOT NULL DEFAULT (0), `requires_us_work_authorization` bool NOT NULL DEFAULT (false), `clears_engagements` bool NOT NULL DEFAULT (false), PRIMARY KEY (`id`), CONSTRAINT `institutions_floor_has_currency` CHECK ((pay_floor_minor IS NULL) = (pay_floor_currency IS NULL)), CONSTRAINT `institutions_floor_is_positive` CHECK (pay_floor_minor IS NULL OR pay_floor_minor >= 0));
-- copy rows from old table "institutions" to new temporary table "new_institutions"
INSERT INTO `new_institutions` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `reference`, `name`, `name_folded`, `country_code`, `region`, `domains`, `website`, `status`, `opened_at`, `pay_floor_minor`, `pay_floor_currency`, `default_permissions`, `approval_mode`, `time_zone`, `office_opens`, `office_closes`, `office_days`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `reference`, `name`, `name_folded`, `country_code`, `region`, `domains`, `website`, `status`, `opened_at`, `pay_floor_minor`, `pay_floor_currency`, `default_permissions`, `approval_mode`, `time_zone`, `office_opens`, `office_closes`, `office_days` FROM `institutions`;
-- drop "institutions" table after copying rows
DROP TABLE `institutions`;
-- rename temporary table "new_institutions" to "institutions"
ALTER TABLE `new_institutions` RENAME TO `institutions`;
-- create index "institution_world_id_reference" to table: "institutions"
CREATE UNIQUE INDEX `institution_world_id_reference` ON `institutions` (`world_id`, `reference`) WHERE reference IS NOT NULL;
-- create index "institution_world_id_name_folded_id" to table: "institutions"
CREATE INDEX `institution_world_id_name_folded_id` ON `institutions` (`world_id`, `name_folded`, `id`);
-- create index "institution_world_id_country_code_name_folded_id" to table: "institutions"
CREATE INDEX `institution_world_id_country_code_name_folded_id` ON `institutions` (`world_id`, `country_code`, `name_folded`, `id`);
-- create index "institution_world_id_status_name_folded_id" to table: "institutions"
CREATE INDEX `institution_world_id_status_name_folded_id` ON `institutions` (`world_id`, `status`, `name_folded`, `id`);
-- create index "institutions_id_world_id" to table: "institutions"
CREATE UNIQUE INDEX `institutions_id_world_id` ON `institutions` (`id`, `world_id`);
-- create "new_worlds" table
CREATE TABLE `new_worlds` (`id` uuid NOT NULL, `kind` text NOT NULL, `name` text NOT NULL, `clock_offset_ms` integer NOT NULL DEFAULT (0), `status` text NOT NULL DEFAULT ('OPEN'), `opened_at` datetime NULL, `closed_at` datetime NULL, `minimum_age` integer NOT NULL DEFAULT (18), `requires_us_work_authorization` bool NOT NULL DEFAULT (true), `platform_basis_points` integer NOT NULL DEFAULT (1000), `configured_at` datetime NULL, `owner_person_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `worlds_people_owner` FOREIGN KEY (`owner_person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `worlds_live_is_nobodys` CHECK (kind = 'SANDBOX' OR owner_person_id IS NULL));
-- copy rows from old table "worlds" to new temporary table "new_worlds"
INSERT INTO `new_worlds` (`id`, `kind`, `name`, `clock_offset_ms`, `status`, `opened_at`, `closed_at`, `owner_person_id`) SELECT `id`, `kind`, `name`, `clock_offset_ms`, `status`, `opened_at`, `closed_at`, `owner_person_id` FROM `worlds`;
-- drop "worlds" table after copying rows
DROP TABLE `worlds`;
-- rename temporary table "new_worlds" to "worlds"
ALTER TABLE `new_worlds` RENAME TO `worlds`;
-- create index "world_owner_person_id_opened_at_id" to table: "worlds"
CREATE INDEX `world_owner_person_id_opened_at_id` ON `worlds` (`owner_person_id`, `opened_at`, `id`);
-- create "new_micro_projects" table
CREATE TABLE `new_micro_projects` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `title` text NOT NULL, `title_folded` text NOT NULL, `brief` text NOT NULL, `status` text NOT NULL DEFAULT ('DRAFT'), `hours` integer NOT NULL, `fee_minor` integer NOT NULL, `currency` text NOT NULL, `seats` integer NOT NULL DEFAULT (1), `workplace` text NOT NULL, `location` text NULL, `audience` text NOT NULL DEFAULT ('PUBLIC'), `break_starts_on` text NULL, `break_ends_on` text NULL, `starts_on` text NULL, `due_on` text NULL, `apply_by` datetime NULL, `worker_class` text NOT NULL DEFAULT ('FORM_1099'), `pay_model` text NOT NULL DEFAULT ('FIXED'), `is_third_party_recruiter` bool NOT NULL DEFAULT (false), `charges_fee` bool NOT NULL DEFAULT (false), `country_code` text NOT NULL DEFAULT ('US'), `safety_attestations` json NULL, `ai_use` text NOT NULL DEFAULT ('NOT_PERMITTED'), `ai_use_note` text NULL, `requires_nda` bool NOT NULL DEFAULT (true), `archived_at` datetime NULL, `hours_per_week` integer NULL, `revised_at` datetime NULL, `reviews` integer NOT NULL DEFAULT (0), `submitted_at` datetime NULL, `published_at` datetime NULL, `filled_at` datetime NULL, `ended_at` datetime NULL, `reason` text NULL, `requirements` json NULL, `employer_org_id` uuid NOT NULL, `drafted_by_id` uuid NOT NULL, `occupation_id` uuid NULL, `break_term_id` uuid NULL, `funding_pool_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `micro_projects_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_people_drafted_by` FOREIGN KEY (`drafted_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_occupations_occupation` FOREIGN KEY (`occupation_id`) REFERENCES `occupations` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_terms_break_term` FOREIGN KEY (`break_term_id`) REFERENCES `terms` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_funding_pools_funding_pool` FOREIGN KEY (`funding_pool_id`) REFERENCES `funding_pools` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_break` CHECK ((break_starts_on IS NULL) = (break_ends_on IS NULL) AND (break_starts_on IS NULL OR break_starts_on <= break_ends_on)), CONSTRAINT `micro_projects_ended` CHECK ((status IN ('COMPLETED', 'EXPIRED', 'CANCELLED')) = (ended_at IS NOT NULL)), CONSTRAINT `micro_projects_fee` CHECK (fee_minor > 0), CONSTRAINT `micro_projects_hours` CHECK (hours BETWEEN 5 AND 40), CONSTRAINT `micro_projects_location` CHECK (workplace = 'REMOTE' OR location IS NOT NULL), CONSTRAINT `micro_projects_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `micro_projects_published` CHECK (status NOT IN ('OPEN', 'PAUSED', 'FILLED', 'IN_PROGRESS', 'COMPLETED') OR published_at IS NOT NULL), CONSTRAINT `micro_projects_seats` CHECK (seats BETWEEN 1 AND 50));
-- copy rows from old table "micro_projects" to new temporary table "new_micro_projects"
INSERT INTO `new_micro_projects` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `title`, `title_folded`, `brief`, `status`, `hours`, `fee_minor`, `currency`, `seats`, `workplace`, `location`, `audience`, `break_starts_on`, `break_ends_on`, `starts_on`, `due_on`, `apply_by`, `worker_class`, `pay_model`, `is_third_party_recruiter`, `charges_fee`, `country_code`, `safety_attestations`, `ai_use`, `ai_use_note`, `requires_nda`, `archived_at`, `hours_per_week`, `revised_at`, `reviews`, `submitted_at`, `published_at`, `filled_at`, `ended_at`, `reason`, `requirements`, `employer_org_id`, `drafted_by_id`, `occupation_id`, `break_term_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `title`, `title_folded`, `brief`, `status`, `hours`, `fee_minor`, `currency`, `seats`, `workplace`, `location`, `audience`, `break_starts_on`, `break_ends_on`, `starts_on`, `due_on`, `apply_by`, `worker_class`, `pay_model`, `is_third_party_recruiter`, `charges_fee`, `country_code`, `safety_attestations`, `ai_use`, `ai_use_note`, `requires_nda`, `archived_at`, `hours_per_week`, `revised_at`, `reviews`, `submitted_at`, `published_at`, `filled_at`, `ended_at`, `reason`, `requirements`, `employer_org_id`, `drafted_by_id`, `occupation_id`, `break_term_id` FROM `micro_projects`;
-- drop "micro_projects" table after copying rows
DROP TABLE `micro_projects`;
-- rename temporary table "new_micro_projects" to "micro_projects"
ALTER TABLE `new_micro_projects` RENAME TO `micro_projects`;
-- create index "microproject_employer_org_id_created_at_id" to table: "micro_projects"
CREATE INDEX `microproject_employer_org_id_created_at_id` ON `micro_projects` (`employer_org_id`, `created_at`, `id`);
-- create index "microproject_employer_org_id_status_created_at_id" to table: "micro_projects"
CREATE INDEX `microproject_employer_org_id_status_created_at_id` ON `micro_projects` (`employer_org_id`, `status`, `created_at`, `id`);
-- create index "microproject_world_id_status_created_at_id" to table: "micro_projects"
CREATE INDEX `microproject_world_id_status_created_at_id` ON `micro_projects` (`world_id`, `status`, `created_at`, `id`);
-- create index "microproject_world_id_created_at_id" to table: "micro_projects"
CREATE INDEX `microproject_world_id_created_at_id` ON `micro_projects` (`world_id`, `created_at`, `id`);
-- create index "micro_projects_id_employer_org_id" to table: "micro_projects"
CREATE UNIQUE INDEX `micro_projects_id_employer_org_id` ON `micro_projects` (`id`, `employer_org_id`);
-- create "new_payment_records" table
CREATE TABLE `new_payment_records` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `subject_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('AUTHORIZED'), `currency` text NOT NULL, `gross_minor` integer NOT NULL, `talent_minor` integer NOT NULL, `platform_minor` integer NOT NULL, `refunded_minor` integer NOT NULL DEFAULT (0), `platform_basis_points` integer NOT NULL, `authorized_at` datetime NOT NULL, `held_at` datetime NULL, `released_at` datetime NULL, `ended_at` datetime NULL, `payout_attempt` integer NOT NULL DEFAULT (0), `paid_out_at` datetime NULL, `failed_at` datetime NULL, `failure` text NULL, `provider_told_at` datetime NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `funding_pool_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `payment_records_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `payment_records_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `payment_records_funding_pools_funding_pool` FOREIGN KEY (`funding_pool_id`) REFERENCES `funding_pools` (`id`) ON DELETE NO ACTION, CONSTRAINT `payment_records_held` CHECK (status NOT IN ('HELD', 'RELEASING', 'REFUNDED', 'FROZEN', 'PAID_OUT', 'FAILED', 'PARTIALLY_REFUNDED') OR held_at IS NOT NULL), CONSTRAINT `payment_records_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `payment_records_paid` CHECK ((status = 'PAID_OUT') = (paid_out_at IS NOT NULL)), CONSTRAINT `payment_records_split` CHECK (gross_minor = talent_minor + platform_minor + refunded_minor AND gross_minor > 0 AND talent_minor >= 0 AND platform_minor >= 0), CONSTRAINT `payment_records_tries` CHECK (status NOT IN ('RELEASING', 'PAID_OUT', 'FAILED') OR released_at IS NOT NULL));
-- copy rows from old table "payment_records" to new temporary table "new_payment_records"
INSERT INTO `new_payment_records` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `subject_id`, `status`, `currency`, `gross_minor`, `talent_minor`, `platform_minor`, `refunded_minor`, `platform_basis_points`, `authorized_at`, `held_at`, `released_at`, `ended_at`, `payout_attempt`, `paid_out_at`, `failed_at`, `failure`, `provider_told_at`, `talent_id`, `employer_org_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `subject_id`, `status`, `currency`, `gross_minor`, `talent_minor`, `platform_minor`, `refunded_minor`, `platform_basis_points`, `authorized_at`, `held_at`, `released_at`, `ended_at`, `payout_attempt`, `paid_out_at`, `failed_at`, `failure`, `provider_told_at`, `talent_id`, `employer_org_id` FROM `payment_records`;
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
-- create "new_engagements" table
CREATE TABLE `new_engagements` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PENDING_GATES'), `starts_on` text NOT NULL, `ends_on` text NOT NULL, `kicked_off_at` datetime NULL, `communication` text NULL, `time_zone` text NULL, `due_days` json NOT NULL, `started_at` datetime NULL, `hand_in_by` datetime NULL, `paused_at` datetime NULL, `paused_by` text NULL, `pause_reason` text NULL, `incomplete_at` datetime NULL, `reopen_by` datetime NULL, `submitted_at` datetime NULL, `completed_at` datetime NULL, `terminated_at` datetime NULL, `terminated_by` text NULL, `reason` text NULL, `ghosting_reported_at` datetime NULL, `cleared_at` datetime NULL, `offer_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `kicked_off_by_id` uuid NULL, `clearing_institution_id` uuid NULL, `cleared_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `engagements_offers_offer` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_people_kicked_off_by` FOREIGN KEY (`kicked_off_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_institutions_clearing_institution` FOREIGN KEY (`clearing_institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_people_cleared_by` FOREIGN KEY (`cleared_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `engagements_offer_id_employer_org_id_talent_id` FOREIGN KEY (`offer_id`, `employer_org_id`, `talent_id`) REFERENCES `offers` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `engagements_cleared` CHECK ((cleared_at IS NULL) = (cleared_by_id IS NULL)), CONSTRAINT `engagements_completed` CHECK ((status = 'COMPLETED') = (completed_at IS NOT NULL)), CONSTRAINT `engagements_dates` CHECK (starts_on <= ends_on), CONSTRAINT `engagements_incomplete` CHECK (status <> 'INCOMPLETE' OR incomplete_at IS NOT NULL), CONSTRAINT `engagements_kick_off` CHECK ((kicked_off_at IS NULL) = (kicked_off_by_id IS NULL) AND (kicked_off_at IS NULL) = (communication IS NULL) AND (kicked_off_at IS NULL) = (time_zone IS NULL)), CONSTRAINT `engagements_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `engagements_paused` CHECK ((status <> 'PAUSED' OR paused_at IS NOT NULL) AND (status IN ('PAUSED', 'DISPUTED') OR paused_at IS NULL) AND (paused_at IS NULL) = (paused_by IS NULL) AND (paused_at IS NULL) = (pause_reason IS NULL)), CONSTRAINT `engagements_started` CHECK (status NOT IN ('ACTIVE', 'SUBMITTED', 'COMPLETED', 'PAUSED', 'INCOMPLETE') OR started_at IS NOT NULL), CONSTRAINT `engagements_terminated` CHECK ((status = 'TERMINATED') = (terminated_at IS NOT NULL) AND (terminated_at IS NULL) = (terminated_by IS NULL)));
-- copy rows from old table "engagements" to new temporary table "new_engagements"
INSERT INTO `new_engagements` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `starts_on`, `ends_on`, `kicked_off_at`, `communication`, `time_zone`, `due_days`, `started_at`, `hand_in_by`, `paused_at`, `paused_by`, `pause_reason`, `incomplete_at`, `reopen_by`, `submitted_at`, `completed_at`, `terminated_at`, `terminated_by`, `reason`, `ghosting_reported_at`, `offer_id`, `micro_project_id`, `talent_id`, `employer_org_id`, `kicked_off_by_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `starts_on`, `ends_on`, `kicked_off_at`, `communication`, `time_zone`, `due_days`, `started_at`, `hand_in_by`, `paused_at`, `paused_by`, `pause_reason`, `incomplete_at`, `reopen_by`, `submitted_at`, `completed_at`, `terminated_at`, `terminated_by`, `reason`, `ghosting_reported_at`, `offer_id`, `micro_project_id`, `talent_id`, `employer_org_id`, `kicked_off_by_id` FROM `engagements`;
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
-- create index "engagements_id_talent_id" to table: "engagements"
CREATE UNIQUE INDEX `engagements_id_talent_id` ON `engagements` (`id`, `talent_id`);
-- create "new_talent_profiles" table
CREATE TABLE `new_talent_profiles` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `legal_name` text NOT NULL, `preferred_name` text NULL, `email` text NULL, `headline` text NULL, `bio` text NULL, `resume_url` text NULL, `linkedin_url` text NULL, `location` text NULL, `time_zone` text NULL, `us_work_authorization` text NULL, `attested_age` integer NULL, `tax_form` text NULL, `tax_form_signed_on` text NULL, `tax_form_stated_at` datetime NULL, `visibility` text NOT NULL DEFAULT ('PRIVATE'), `deactivated_at` datetime NULL, `deactivation_reason` text NULL, `reinstated_at` datetime NULL, `reinstatement_reason` text NULL, `person_id` uuid NOT NULL, `reinstated_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `talent_profiles_people_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `talent_profiles_people_reinstated_by` FOREIGN KEY (`reinstated_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `talent_profiles_deactivated` CHECK ((deactivated_at IS NULL) = (deactivation_reason IS NULL)), CONSTRAINT `talent_profiles_tax_form` CHECK ((tax_form IS NULL) = (tax_form_signed_on IS NULL) AND (tax_form IS NULL) = (tax_form_stated_at IS NULL)));
-- copy rows from old table "talent_profiles" to new temporary table "new_talent_profiles"
INSERT INTO `new_talent_profiles` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `legal_name`, `preferred_name`, `email`, `headline`, `bio`, `resume_url`, `linkedin_url`, `location`, `time_zone`, `us_work_authorization`, `visibility`, `deactivated_at`, `deactivation_reason`, `reinstated_at`, `reinstatement_reason`, `person_id`, `reinstated_by_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `legal_name`, `preferred_name`, `email`, `headline`, `bio`, `resume_url`, `linkedin_url`, `location`, `time_zone`, `us_work_authorization`, `visibility`, `deactivated_at`, `deactivation_reason`, `reinstated_at`, `reinstatement_reason`, `person_id`, `reinstated_by_id` FROM `talent_profiles`;
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
-- create "funding_pools" table
CREATE TABLE `funding_pools` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `name` text NOT NULL, `description` text NULL, `status` text NOT NULL DEFAULT ('OPEN'), `currency` text NOT NULL, `deposited_minor` integer NOT NULL, `reserved_minor` integer NOT NULL, `spent_minor` integer NOT NULL, `closed_at` datetime NULL, `institution_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `funding_pools_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `funding_pools_balance` CHECK (deposited_minor >= reserved_minor + spent_minor), CONSTRAINT `funding_pools_closed` CHECK ((status = 'CLOSED') = (closed_at IS NOT NULL)));
-- create index "fundingpool_owner_org_id_created_at_id" to table: "funding_pools"
CREATE INDEX `fundingpool_owner_org_id_created_at_id` ON `funding_pools` (`owner_org_id`, `created_at`, `id`);
-- create index "fundingpool_world_id_created_at_id" to table: "funding_pools"
CREATE INDEX `fundingpool_world_id_created_at_id` ON `funding_pools` (`world_id`, `created_at`, `id`);
-- create index "funding_pools_id_world_id" to table: "funding_pools"
CREATE UNIQUE INDEX `funding_pools_id_world_id` ON `funding_pools` (`id`, `world_id`);
-- create "funding_pool_admissions" table
CREATE TABLE `funding_pool_admissions` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `admitted_at` datetime NOT NULL, `dismissed_at` datetime NULL, `funding_pool_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `admitted_by_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `funding_pool_admissions_funding_pools_funding_pool` FOREIGN KEY (`funding_pool_id`) REFERENCES `funding_pools` (`id`) ON DELETE NO ACTION, CONSTRAINT `funding_pool_admissions_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `funding_pool_admissions_people_admitted_by` FOREIGN KEY (`admitted_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `funding_pool_admissions_funding_pool_id_world_id` FOREIGN KEY (`funding_pool_id`, `world_id`) REFERENCES `funding_pools` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `funding_pool_admissions_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION);
-- create index "fundingpooladmission_funding_pool_id_employer_org_id" to table: "funding_pool_admissions"
CREATE UNIQUE INDEX `fundingpooladmission_funding_pool_id_employer_org_id` ON `funding_pool_admissions` (`funding_pool_id`, `employer_org_id`) WHERE dismissed_at IS NULL;
-- create index "fundingpooladmission_employer_org_id_funding_pool_id" to table: "funding_pool_admissions"
CREATE INDEX `fundingpooladmission_employer_org_id_funding_pool_id` ON `funding_pool_admissions` (`employer_org_id`, `funding_pool_id`);
-- create "funding_pool_entries" table
CREATE TABLE `funding_pool_entries` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `kind` text NOT NULL, `amount_minor` integer NOT NULL, `currency` text NOT NULL, `reference` text NULL, `occurred_at` datetime NOT NULL, `funding_pool_id` uuid NOT NULL, `offer_id` uuid NULL, `micro_project_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `funding_pool_entries_funding_pools_funding_pool` FOREIGN KEY (`funding_pool_id`) REFERENCES `funding_pools` (`id`) ON DELETE NO ACTION, CONSTRAINT `funding_pool_entries_offers_offer` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`) ON DELETE NO ACTION, CONSTRAINT `funding_pool_entries_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `funding_pool_entries_funding_pool_id_world_id` FOREIGN KEY (`funding_pool_id`, `world_id`) REFERENCES `funding_pools` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `funding_pool_entries_amount` CHECK (amount_minor > 0), CONSTRAINT `funding_pool_entries_bank` CHECK ((kind IN ('DEPOSITED', 'WITHDRAWN')) = (reference IS NOT NULL)));
-- create index "fundingpoolentry_funding_pool_id_reference" to table: "funding_pool_entries"
CREATE UNIQUE INDEX `fundingpoolentry_funding_pool_id_reference` ON `funding_pool_entries` (`funding_pool_id`, `reference`) WHERE reference IS NOT NULL;
-- create index "fundingpoolentry_funding_pool_id_occurred_at_id" to table: "funding_pool_entries"
CREATE INDEX `fundingpoolentry_funding_pool_id_occurred_at_id` ON `funding_pool_entries` (`funding_pool_id`, `occurred_at`, `id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "fundingpoolentry_funding_pool_id_occurred_at_id" to table: "funding_pool_entries"
DROP INDEX `fundingpoolentry_funding_pool_id_occurred_at_id`;
-- reverse: create index "fundingpoolentry_funding_pool_id_reference" to table: "funding_pool_entries"
DROP INDEX `fundingpoolentry_funding_pool_id_reference`;
-- reverse: create "funding_pool_entries" table
DROP TABLE `funding_pool_entries`;
-- reverse: create index "fundingpooladmission_employer_org_id_funding_pool_id" to table: "funding_pool_admissions"
DROP INDEX `fundingpooladmission_employer_org_id_funding_pool_id`;
-- reverse: create index "fundingpooladmission_funding_pool_id_employer_org_id" to table: "funding_pool_admissions"
DROP INDEX `fundingpooladmission_funding_pool_id_employer_org_id`;
-- reverse: create "funding_pool_admissions" table
DROP TABLE `funding_pool_admissions`;
-- reverse: create index "funding_pools_id_world_id" to table: "funding_pools"
DROP INDEX `funding_pools_id_world_id`;
-- reverse: create index "fundingpool_world_id_created_at_id" to table: "funding_pools"
DROP INDEX `fundingpool_world_id_created_at_id`;
-- reverse: create index "fundingpool_owner_org_id_created_at_id" to table: "funding_pools"
DROP INDEX `fundingpool_owner_org_id_created_at_id`;
-- reverse: create "funding_pools" table
DROP TABLE `funding_pools`;
-- reverse: create index "talent_profiles_id_world_id" to table: "talent_profiles"
DROP INDEX `talent_profiles_id_world_id`;
-- reverse: create index "talentprofile_world_id_visibility_created_at_id" to table: "talent_profiles"
DROP INDEX `talentprofile_world_id_visibility_created_at_id`;
-- reverse: create index "talentprofile_person_id" to table: "talent_profiles"
DROP INDEX `talentprofile_person_id`;
-- reverse: create "new_talent_profiles" table
DROP TABLE `new_talent_profiles`;
-- reverse: create index "engagements_id_talent_id" to table: "engagements"
DROP INDEX `engagements_id_talent_id`;
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
-- reverse: create index "micro_projects_id_employer_org_id" to table: "micro_projects"
DROP INDEX `micro_projects_id_employer_org_id`;
-- reverse: create index "microproject_world_id_created_at_id" to table: "micro_projects"
DROP INDEX `microproject_world_id_created_at_id`;
-- reverse: create index "microproject_world_id_status_created_at_id" to table: "micro_projects"
DROP INDEX `microproject_world_id_status_created_at_id`;
-- reverse: create index "microproject_employer_org_id_status_created_at_id" to table: "micro_projects"
DROP INDEX `microproject_employer_org_id_status_created_at_id`;
-- reverse: create index "microproject_employer_org_id_created_at_id" to table: "micro_projects"
DROP INDEX `microproject_employer_org_id_created_at_id`;
-- reverse: create "new_micro_projects" table
DROP TABLE `new_micro_projects`;
-- reverse: create index "world_owner_person_id_opened_at_id" to table: "worlds"
DROP INDEX `world_owner_person_id_opened_at_id`;
-- reverse: create "new_worlds" table
DROP TABLE `new_worlds`;
-- reverse: create index "institutions_id_world_id" to table: "institutions"
DROP INDEX `institutions_id_world_id`;
-- reverse: create index "institution_world_id_status_name_folded_id" to table: "institutions"
DROP INDEX `institution_world_id_status_name_folded_id`;
-- reverse: create index "institution_world_id_country_code_name_folded_id" to table: "institutions"
DROP INDEX `institution_world_id_country_code_name_folded_id`;
-- reverse: create index "institution_world_id_name_folded_id" to table: "institutions"
DROP INDEX `institution_world_id_name_folded_id`;
-- reverse: create index "institution_world_id_reference" to table: "institutions"
DROP INDEX `institution_world_id_reference`;
-- reverse: create "new_institutions" table
DROP TABLE `new_institutions`;
-- reverse: add column "platform_basis_points" to table: "employers"
ALTER TABLE `employers` DROP COLUMN `platform_basis_points`;
-- reverse: create index "ledgerentry_payment_record_id_occurred_at_position_id" to table: "ledger_entries"
DROP INDEX `ledgerentry_payment_record_id_occurred_at_position_id`;
-- reverse: create "new_ledger_entries" table
DROP TABLE `new_ledger_entries`;
