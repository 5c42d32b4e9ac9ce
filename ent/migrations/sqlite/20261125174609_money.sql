-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- add column "decide_from" to table: "deliverables"
ALTER TABLE `deliverables` ADD COLUMN `decide_from` datetime NULL;
-- create "new_offers" table
CREATE TABLE `new_offers` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('SENT'), `fee_minor` integer NOT NULL, `currency` text NOT NULL, `platform_basis_points` integer NOT NULL DEFAULT (1000), `hours` integer NOT NULL, `starts_on` text NOT NULL, `ends_on` text NOT NULL, `message` text NULL, `reason` text NULL, `seat` integer NULL, `sent_at` datetime NOT NULL, `answered_at` datetime NULL, `signed_at` datetime NULL, `application_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `offers_applications_application` FOREIGN KEY (`application_id`) REFERENCES `applications` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `offers_application_id_employer_org_id_talent_id` FOREIGN KEY (`application_id`, `employer_org_id`, `talent_id`) REFERENCES `applications` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `offers_dates` CHECK (starts_on <= ends_on), CONSTRAINT `offers_fee` CHECK (fee_minor > 0), CONSTRAINT `offers_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `offers_seat` CHECK (status NOT IN ('ACCEPTED', 'SIGNED') OR seat IS NOT NULL));
-- copy rows from old table "offers" to new temporary table "new_offers"
INSERT INTO `new_offers` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `fee_minor`, `currency`, `hours`, `starts_on`, `ends_on`, `message`, `reason`, `seat`, `sent_at`, `answered_at`, `signed_at`, `application_id`, `micro_project_id`, `talent_id`, `employer_org_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `fee_minor`, `currency`, `hours`, `starts_on`, `ends_on`, `message`, `reason`, `seat`, `sent_at`, `answered_at`, `signed_at`, `application_id`, `micro_project_id`, `talent_id`, `employer_org_id` FROM `offers`;
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
-- create "new_payment_records" table
CREATE TABLE `new_payment_records` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `subject_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('AUTHORIZED'), `currency` text NOT NULL, `gross_minor` integer NOT NULL, `talent_minor` integer NOT NULL, `platform_minor` integer NOT NULL, `refunded_minor` integer NOT NULL DEFAULT (0), `platform_basis_points` integer NOT NULL, `authorized_at` datetime NOT NULL, `held_at` datetime NULL, `released_at` datetime NULL, `ended_at` datetime NULL, `payout_attempt` integer NOT NULL DEFAULT (0), `paid_out_at` datetime NULL, `failed_at` datetime NULL, `failure` text NULL, `provider_told_at` datetime NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `payment_records_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `payment_records_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `payment_records_held` CHECK (status NOT IN ('HELD', 'RELEASING', 'REFUNDED', 'FROZEN', 'PAID_OUT', 'FAILED', 'PARTIALLY_REFUNDED') OR held_at IS NOT NULL), CONSTRAINT `payment_records_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `payment_records_paid` CHECK ((status = 'PAID_OUT') = (paid_out_at IS NOT NULL)), CONSTRAINT `payment_records_split` CHECK (gross_minor = talent_minor + platform_minor + refunded_minor AND gross_minor > 0 AND talent_minor >= 0 AND platform_minor >= 0), CONSTRAINT `payment_records_tries` CHECK (status NOT IN ('RELEASING', 'PAID_OUT', 'FAILED') OR released_at IS NOT NULL));
-- copy rows from old table "payment_records" to new temporary table "new_payment_records"
INSERT INTO `new_payment_records` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `subject_id`, `status`, `currency`, `gross_minor`, `talent_minor`, `platform_minor`, `platform_basis_points`, `authorized_at`, `held_at`, `released_at`, `ended_at`, `talent_id`, `employer_org_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `subject_id`, `status`, `currency`, `gross_minor`, `talent_minor`, `platform_minor`, `platform_basis_points`, `authorized_at`, `held_at`, `released_at`, `ended_at`, `talent_id`, `employer_org_id` FROM `payment_records`;
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
-- what was refunded went back whole
UPDATE payment_records SET refunded_minor = gross_minor, talent_minor = 0, platform_minor = 0 WHERE status = 'REFUNDED';
-- nothing has sent on what was released until now: somebody sends it once more
UPDATE payment_records SET status = 'FAILED', payout_attempt = 1, failed_at = updated_at, failure = 'It was never sent.', revision = revision + 1 WHERE status = 'RELEASING';
-- create "new_engagements" table
CREATE TABLE `new_engagements` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PENDING_GATES'), `starts_on` text NOT NULL, `ends_on` text NOT NULL, `kicked_off_at` datetime NULL, `communication` text NULL, `time_zone` text NULL, `due_days` json NOT NULL, `started_at` datetime NULL, `hand_in_by` datetime NULL, `paused_at` datetime NULL, `paused_by` text NULL, `pause_reason` text NULL, `incomplete_at` datetime NULL, `reopen_by` datetime NULL, `submitted_at` datetime NULL, `completed_at` datetime NULL, `terminated_at` datetime NULL, `terminated_by` text NULL, `reason` text NULL, `offer_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `kicked_off_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `engagements_offers_offer` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_people_kicked_off_by` FOREIGN KEY (`kicked_off_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `engagements_offer_id_employer_org_id_talent_id` FOREIGN KEY (`offer_id`, `employer_org_id`, `talent_id`) REFERENCES `offers` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `engagements_completed` CHECK ((status = 'COMPLETED') = (completed_at IS NOT NULL)), CONSTRAINT `engagements_dates` CHECK (starts_on <= ends_on), CONSTRAINT `engagements_incomplete` CHECK (status <> 'INCOMPLETE' OR incomplete_at IS NOT NULL), CONSTRAINT `engagements_kick_off` CHECK ((kicked_off_at IS NULL) = (kicked_off_by_id IS NULL) AND (kicked_off_at IS NULL) = (communication IS NULL) AND (kicked_off_at IS NULL) = (time_zone IS NULL)), CONSTRAINT `engagements_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `engagements_paused` CHECK ((status <> 'PAUSED' OR paused_at IS NOT NULL) AND (status IN ('PAUSED', 'DISPUTED') OR paused_at IS NULL) AND (paused_at IS NULL) = (paused_by IS NULL) AND (paused_at IS NULL) = (pause_reason IS NULL)), CONSTRAINT `engagements_started` CHECK (status NOT IN ('ACTIVE', 'SUBMITTED', 'COMPLETED', 'PAUSED', 'INCOMPLETE') OR started_at IS NOT NULL), CONSTRAINT `engagements_terminated` CHECK ((status = 'TERMINATED') = (terminated_at IS NOT NULL) AND (terminated_at IS NULL) = (terminated_by IS NULL)));
-- copy rows from old table "engagements" to new temporary table "new_engagements"
INSERT INTO `new_engagements` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `starts_on`, `ends_on`, `kicked_off_at`, `communication`, `time_zone`, `due_days`, `started_at`, `hand_in_by`, `paused_at`, `paused_by`, `pause_reason`, `incomplete_at`, `reopen_by`, `submitted_at`, `completed_at`, `terminated_at`, `terminated_by`, `reason`, `offer_id`, `micro_project_id`, `talent_id`, `employer_org_id`, `kicked_off_by_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `starts_on`, `ends_on`, `kicked_off_at`, `communication`, `time_zone`, `due_days`, `started_at`, `hand_in_by`, `paused_at`, `paused_by`, `pause_reason`, `incomplete_at`, `reopen_by`, `submitted_at`, `completed_at`, `terminated_at`, `terminated_by`, `reason`, `offer_id`, `micro_project_id`, `talent_id`, `employer_org_id`, `kicked_off_by_id` FROM `engagements`;
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
-- create "disputes" table
CREATE TABLE `disputes` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('OPEN'), `opened_by` text NOT NULL, `reason` text NOT NULL, `prior_status` text NOT NULL, `proposed_by` text NULL, `proposed_at` datetime NULL, `released_minor` integer NULL, `work_goes_on` bool NULL, `note` text NULL, `resolved_by` text NULL, `resolved_at` datetime NULL, `engagement_id` uuid NOT NULL, `payment_record_id` uuid NOT NULL, `opened_by_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `disputes_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `disputes_payment_records_payment_record` FOREIGN KEY (`payment_record_id`) REFERENCES `payment_records` (`id`) ON DELETE NO ACTION, CONSTRAINT `disputes_people_opener` FOREIGN KEY (`opened_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `disputes_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `disputes_payment_record_id_employer_org_id_talent_id` FOREIGN KEY (`payment_record_id`, `employer_org_id`, `talent_id`) REFERENCES `payment_records` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `disputes_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `disputes_proposed` CHECK ((status = 'OPEN') = (released_minor IS NULL) AND (released_minor IS NULL) = (work_goes_on IS NULL) AND (proposed_by IS NULL) = (proposed_at IS NULL)), CONSTRAINT `disputes_resolved` CHECK ((status = 'RESOLVED') = (resolved_at IS NOT NULL) AND (resolved_at IS NULL) = (resolved_by IS NULL)));
-- create index "dispute_engagement_id" to table: "disputes"
CREATE UNIQUE INDEX `dispute_engagement_id` ON `disputes` (`engagement_id`) WHERE status = 'OPEN' OR status = 'PROPOSED';
-- create index "dispute_engagement_id_created_at_id" to table: "disputes"
CREATE INDEX `dispute_engagement_id_created_at_id` ON `disputes` (`engagement_id`, `created_at`, `id`);
-- create index "dispute_employer_org_id_created_at_id" to table: "disputes"
CREATE INDEX `dispute_employer_org_id_created_at_id` ON `disputes` (`employer_org_id`, `created_at`, `id`);
-- create index "dispute_talent_id_created_at_id" to table: "disputes"
CREATE INDEX `dispute_talent_id_created_at_id` ON `disputes` (`talent_id`, `created_at`, `id`);
-- create index "dispute_world_id_created_at_id" to table: "disputes"
CREATE INDEX `dispute_world_id_created_at_id` ON `disputes` (`world_id`, `created_at`, `id`);
-- create "payment_callbacks" table
CREATE TABLE `payment_callbacks` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `provider_event_id` text NOT NULL, `state` text NOT NULL, `attempt` integer NOT NULL, `occurred_at` datetime NOT NULL, `received_at` datetime NOT NULL, `payment_record_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `payment_callbacks_payment_records_payment_record` FOREIGN KEY (`payment_record_id`) REFERENCES `payment_records` (`id`) ON DELETE NO ACTION);
-- create index "paymentcallback_provider_event_id" to table: "payment_callbacks"
CREATE UNIQUE INDEX `paymentcallback_provider_event_id` ON `payment_callbacks` (`provider_event_id`);
-- create index "paymentcallback_payment_record_id_occurred_at_id" to table: "payment_callbacks"
CREATE INDEX `paymentcallback_payment_record_id_occurred_at_id` ON `payment_callbacks` (`payment_record_id`, `occurred_at`, `id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "paymentcallback_payment_record_id_occurred_at_id" to table: "payment_callbacks"
DROP INDEX `paymentcallback_payment_record_id_occurred_at_id`;
-- reverse: create index "paymentcallback_provider_event_id" to table: "payment_callbacks"
DROP INDEX `paymentcallback_provider_event_id`;
-- reverse: create "payment_callbacks" table
DROP TABLE `payment_callbacks`;
-- reverse: create index "dispute_world_id_created_at_id" to table: "disputes"
DROP INDEX `dispute_world_id_created_at_id`;
-- reverse: create index "dispute_talent_id_created_at_id" to table: "disputes"
DROP INDEX `dispute_talent_id_created_at_id`;
-- reverse: create index "dispute_employer_org_id_created_at_id" to table: "disputes"
DROP INDEX `dispute_employer_org_id_created_at_id`;
-- reverse: create index "dispute_engagement_id_created_at_id" to table: "disputes"
DROP INDEX `dispute_engagement_id_created_at_id`;
-- reverse: create index "dispute_engagement_id" to table: "disputes"
DROP INDEX `dispute_engagement_id`;
-- reverse: create "disputes" table
DROP TABLE `disputes`;
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
-- reverse: add column "decide_from" to table: "deliverables"
ALTER TABLE `deliverables` DROP COLUMN `decide_from`;
