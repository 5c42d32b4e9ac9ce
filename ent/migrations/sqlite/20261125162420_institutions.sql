-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_employers" table
CREATE TABLE `new_employers` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `name` text NOT NULL, `name_folded` text NOT NULL, `website` text NULL, `industry` text NULL, `description` text NULL, `origin` text NOT NULL, `status` text NOT NULL, `reason` text NULL, `decided_at` datetime NULL, `reinstated_at` datetime NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `employers_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `employers_elsewhere` CHECK (origin <> 'ELSEWHERE' OR status = 'UNVERIFIED'), CONSTRAINT `employers_reasons` CHECK (status NOT IN ('REJECTED', 'SUSPENDED', 'BANNED') OR reason IS NOT NULL));
-- copy rows from old table "employers" to new temporary table "new_employers"
INSERT INTO `new_employers` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `name`, `name_folded`, `website`, `industry`, `description`, `origin`, `status`, `reason`, `decided_at`, `decided_by_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `name`, `name_folded`, `website`, `industry`, `description`, `origin`, `status`, `reason`, `decided_at`, `decided_by_id` FROM `employers`;
-- drop "employers" table after copying rows
DROP TABLE `employers`;
-- rename temporary table "new_employers" to "employers"
ALTER TABLE `new_employers` RENAME TO `employers`;
-- create index "employer_world_id_name_folded" to table: "employers"
CREATE UNIQUE INDEX `employer_world_id_name_folded` ON `employers` (`world_id`, `name_folded`) WHERE origin = 'ELSEWHERE';
-- create index "employer_world_id_name_folded_id" to table: "employers"
CREATE INDEX `employer_world_id_name_folded_id` ON `employers` (`world_id`, `name_folded`, `id`);
-- create index "employer_world_id_status_created_at_id" to table: "employers"
CREATE INDEX `employer_world_id_status_created_at_id` ON `employers` (`world_id`, `status`, `created_at`, `id`);
-- create index "employers_id_world_id" to table: "employers"
CREATE UNIQUE INDEX `employers_id_world_id` ON `employers` (`id`, `world_id`);
-- create "new_institutions" table
CREATE TABLE `new_institutions` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `reference` text NULL, `name` text NOT NULL, `name_folded` text NOT NULL, `country_code` text NOT NULL, `region` text NULL, `domains` json NOT NULL, `website` text NULL, `status` text NOT NULL DEFAULT ('LISTED'), `opened_at` datetime NULL, `pay_floor_minor` integer NULL, `pay_floor_currency` text NULL, `default_permissions` json NULL, `approval_mode` text NOT NULL DEFAULT ('EMPLOYER_FIRST'), `time_zone` text NOT NULL DEFAULT ('UTC'), `office_opens` integer NOT NULL DEFAULT (540), `office_closes` integer NOT NULL DEFAULT (1020), `office_days` json NULL, PRIMARY KEY (`id`), CONSTRAINT `institutions_floor_has_currency` CHECK ((pay_floor_minor IS NULL) = (pay_floor_currency IS NULL)), CONSTRAINT `institutions_floor_is_positive` CHECK (pay_floor_minor IS NULL OR pay_floor_minor >= 0));
-- copy rows from old table "institutions" to new temporary table "new_institutions"
INSERT INTO `new_institutions` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `reference`, `name`, `name_folded`, `country_code`, `region`, `domains`, `website`, `status`, `opened_at`, `pay_floor_minor`, `pay_floor_currency`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `reference`, `name`, `name_folded`, `country_code`, `region`, `domains`, `website`, `status`, `opened_at`, `pay_floor_minor`, `pay_floor_currency` FROM `institutions`;
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
-- create "new_institution_links" table
CREATE TABLE `new_institution_links` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('REQUESTED'), `message` text NULL, `question` text NULL, `answer` text NULL, `permissions` json NULL, `reason` text NULL, `requested_at` datetime NOT NULL, `decided_at` datetime NULL, `employer_org_id` uuid NOT NULL, `institution_id` uuid NOT NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `institution_links_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `institution_links_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `institution_links_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `institution_links_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `institution_links_institution_id_world_id` FOREIGN KEY (`institution_id`, `world_id`) REFERENCES `institutions` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `institution_links_open` CHECK ((status IN ('REQUESTED', 'NEEDS_INFO')) = (decided_at IS NULL)), CONSTRAINT `institution_links_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `institution_links_reasons` CHECK ((status NOT IN ('DECLINED', 'REVOKED') OR reason IS NOT NULL) AND (status <> 'NEEDS_INFO' OR question IS NOT NULL)));
-- copy rows from old table "institution_links" to new temporary table "new_institution_links"
INSERT INTO `new_institution_links` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `message`, `reason`, `requested_at`, `decided_at`, `employer_org_id`, `institution_id`, `decided_by_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `message`, `reason`, `requested_at`, `decided_at`, `employer_org_id`, `institution_id`, `decided_by_id` FROM `institution_links`;
-- drop "institution_links" table after copying rows
DROP TABLE `institution_links`;
-- rename temporary table "new_institution_links" to "institution_links"
ALTER TABLE `new_institution_links` RENAME TO `institution_links`;
-- create index "institutionlink_employer_org_id_institution_id" to table: "institution_links"
CREATE UNIQUE INDEX `institutionlink_employer_org_id_institution_id` ON `institution_links` (`employer_org_id`, `institution_id`);
-- create index "institutionlink_institution_id_status_requested_at_id" to table: "institution_links"
CREATE INDEX `institutionlink_institution_id_status_requested_at_id` ON `institution_links` (`institution_id`, `status`, `requested_at`, `id`);
-- create index "institutionlink_employer_org_id_requested_at_id" to table: "institution_links"
CREATE INDEX `institutionlink_employer_org_id_requested_at_id` ON `institution_links` (`employer_org_id`, `requested_at`, `id`);
-- add column "break_term_id" to table: "listings"
ALTER TABLE `listings` ADD COLUMN `break_term_id` uuid NULL;
-- add column "hours_per_week" to table: "listings"
ALTER TABLE `listings` ADD COLUMN `hours_per_week` integer NULL;
-- add column "due_on" to table: "listings"
ALTER TABLE `listings` ADD COLUMN `due_on` text NULL;
-- create "new_posting_requests" table
CREATE TABLE `new_posting_requests` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `body_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PENDING'), `decided_by` text NULL, `rule_id` text NULL, `rules` json NULL, `reason` text NULL, `question` text NULL, `answer` text NULL, `asks` integer NOT NULL DEFAULT (1), `office_minutes` integer NULL, `requested_at` datetime NOT NULL, `decided_at` datetime NULL, `micro_project_id` uuid NOT NULL, `institution_id` uuid NULL, `decider_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `posting_requests_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `posting_requests_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `posting_requests_people_decider` FOREIGN KEY (`decider_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `posting_requests_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `posting_requests_institution_id_world_id` FOREIGN KEY (`institution_id`, `world_id`) REFERENCES `institutions` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `posting_requests_body` CHECK (institution_id IS NULL AND body_id = world_id OR institution_id IS NOT NULL AND body_id = institution_id), CONSTRAINT `posting_requests_open` CHECK ((status IN ('PENDING', 'IN_PROGRESS')) = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)), CONSTRAINT `posting_requests_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `posting_requests_person` CHECK (decided_by IS NULL OR (decided_by = 'STAFF') = (decider_id IS NOT NULL)), CONSTRAINT `posting_requests_reasons` CHECK ((status NOT IN ('DECLINED', 'WITHDRAWN', 'EXPIRED') OR reason IS NOT NULL) AND (status <> 'IN_PROGRESS' OR question IS NOT NULL)));
-- copy rows from old table "posting_requests" to new temporary table "new_posting_requests"
INSERT INTO `new_posting_requests` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `employer_org_id`, `body_id`, `status`, `decided_by`, `rule_id`, `reason`, `requested_at`, `decided_at`, `micro_project_id`, `institution_id`, `decider_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `employer_org_id`, `body_id`, `status`, `decided_by`, `rule_id`, `reason`, `requested_at`, `decided_at`, `micro_project_id`, `institution_id`, `decider_id` FROM `posting_requests`;
-- drop "posting_requests" table after copying rows
DROP TABLE `posting_requests`;
-- rename temporary table "new_posting_requests" to "posting_requests"
ALTER TABLE `new_posting_requests` RENAME TO `posting_requests`;
-- create index "postingrequest_micro_project_id_body_id" to table: "posting_requests"
CREATE UNIQUE INDEX `postingrequest_micro_project_id_body_id` ON `posting_requests` (`micro_project_id`, `body_id`);
-- create index "postingrequest_body_id_status_requested_at_id" to table: "posting_requests"
CREATE INDEX `postingrequest_body_id_status_requested_at_id` ON `posting_requests` (`body_id`, `status`, `requested_at`, `id`);
-- create index "postingrequest_body_id_decided_by_decided_at" to table: "posting_requests"
CREATE INDEX `postingrequest_body_id_decided_by_decided_at` ON `posting_requests` (`body_id`, `decided_by`, `decided_at`);
-- create index "postingrequest_institution_id_micro_project_id" to table: "posting_requests"
CREATE INDEX `postingrequest_institution_id_micro_project_id` ON `posting_requests` (`institution_id`, `micro_project_id`);
-- create "new_micro_projects" table
CREATE TABLE `new_micro_projects` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `title` text NOT NULL, `title_folded` text NOT NULL, `brief` text NOT NULL, `status` text NOT NULL DEFAULT ('DRAFT'), `hours` integer NOT NULL, `fee_minor` integer NOT NULL, `currency` text NOT NULL, `seats` integer NOT NULL DEFAULT (1), `workplace` text NOT NULL, `location` text NULL, `audience` text NOT NULL DEFAULT ('PUBLIC'), `break_starts_on` text NULL, `break_ends_on` text NULL, `starts_on` text NULL, `due_on` text NULL, `apply_by` datetime NULL, `worker_class` text NOT NULL DEFAULT ('FORM_1099'), `pay_model` text NOT NULL DEFAULT ('FIXED'), `is_third_party_recruiter` bool NOT NULL DEFAULT (false), `charges_fee` bool NOT NULL DEFAULT (false), `country_code` text NOT NULL DEFAULT ('US'), `safety_attestations` json NULL, `hours_per_week` integer NULL, `revised_at` datetime NULL, `reviews` integer NOT NULL DEFAULT (0), `submitted_at` datetime NULL, `published_at` datetime NULL, `filled_at` datetime NULL, `ended_at` datetime NULL, `reason` text NULL, `employer_org_id` uuid NOT NULL, `drafted_by_id` uuid NOT NULL, `occupation_id` uuid NULL, `break_term_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `micro_projects_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_people_drafted_by` FOREIGN KEY (`drafted_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_occupations_occupation` FOREIGN KEY (`occupation_id`) REFERENCES `occupations` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_terms_break_term` FOREIGN KEY (`break_term_id`) REFERENCES `terms` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_break` CHECK ((break_starts_on IS NULL) = (break_ends_on IS NULL) AND (break_starts_on IS NULL OR break_starts_on <= break_ends_on)), CONSTRAINT `micro_projects_ended` CHECK ((status IN ('COMPLETED', 'EXPIRED', 'CANCELLED')) = (ended_at IS NOT NULL)), CONSTRAINT `micro_projects_fee` CHECK (fee_minor > 0), CONSTRAINT `micro_projects_hours` CHECK (hours BETWEEN 5 AND 40), CONSTRAINT `micro_projects_location` CHECK (workplace = 'REMOTE' OR location IS NOT NULL), CONSTRAINT `micro_projects_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `micro_projects_published` CHECK (status NOT IN ('OPEN', 'FILLED', 'IN_PROGRESS', 'COMPLETED') OR published_at IS NOT NULL), CONSTRAINT `micro_projects_seats` CHECK (seats BETWEEN 1 AND 50));
-- copy rows from old table "micro_projects" to new temporary table "new_micro_projects"
INSERT INTO `new_micro_projects` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `title`, `title_folded`, `brief`, `status`, `hours`, `fee_minor`, `currency`, `seats`, `workplace`, `location`, `audience`, `break_starts_on`, `break_ends_on`, `starts_on`, `due_on`, `apply_by`, `reviews`, `submitted_at`, `published_at`, `filled_at`, `ended_at`, `reason`, `employer_org_id`, `drafted_by_id`, `occupation_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `title`, `title_folded`, `brief`, `status`, `hours`, `fee_minor`, `currency`, `seats`, `workplace`, `location`, `audience`, `break_starts_on`, `break_ends_on`, `starts_on`, `due_on`, `apply_by`, `reviews`, `submitted_at`, `published_at`, `filled_at`, `ended_at`, `reason`, `employer_org_id`, `drafted_by_id`, `occupation_id` FROM `micro_projects`;
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
-- create "flags" table
CREATE TABLE `flags` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('OPEN'), `reason` text NOT NULL, `finding` text NULL, `decided_at` datetime NULL, `institution_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `raised_by_id` uuid NOT NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `flags_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `flags_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `flags_people_raised_by` FOREIGN KEY (`raised_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `flags_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `flags_institution_id_world_id` FOREIGN KEY (`institution_id`, `world_id`) REFERENCES `institutions` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `flags_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `flags_decided` CHECK ((status IN ('UPHELD', 'DISMISSED')) = (decided_at IS NOT NULL) AND (decided_at IS NULL) = (finding IS NULL)));
-- create index "flag_institution_id_employer_org_id" to table: "flags"
CREATE UNIQUE INDEX `flag_institution_id_employer_org_id` ON `flags` (`institution_id`, `employer_org_id`) WHERE status = 'OPEN' OR status = 'UNDER_REVIEW';
-- create index "flag_employer_org_id_created_at_id" to table: "flags"
CREATE INDEX `flag_employer_org_id_created_at_id` ON `flags` (`employer_org_id`, `created_at`, `id`);
-- create index "flag_institution_id_created_at_id" to table: "flags"
CREATE INDEX `flag_institution_id_created_at_id` ON `flags` (`institution_id`, `created_at`, `id`);
-- create index "flag_world_id_created_at_id" to table: "flags"
CREATE INDEX `flag_world_id_created_at_id` ON `flags` (`world_id`, `created_at`, `id`);
-- create "posting_policies" table
CREATE TABLE `posting_policies` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `body_id` uuid NOT NULL, `rule_id` text NOT NULL, `conditions` json NOT NULL, `severity` text NOT NULL, `message` text NOT NULL, `active_from` datetime NOT NULL, `retired_at` datetime NULL, `institution_id` uuid NULL, `written_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `posting_policies_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `posting_policies_people_written_by` FOREIGN KEY (`written_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `posting_policies_institution_id_world_id` FOREIGN KEY (`institution_id`, `world_id`) REFERENCES `institutions` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `posting_policies_body` CHECK (institution_id IS NULL AND body_id = world_id OR institution_id IS NOT NULL AND body_id = institution_id));
-- create index "postingpolicy_body_id_rule_id" to table: "posting_policies"
CREATE UNIQUE INDEX `postingpolicy_body_id_rule_id` ON `posting_policies` (`body_id`, `rule_id`) WHERE retired_at IS NULL;
-- create index "postingpolicy_body_id_created_at_id" to table: "posting_policies"
CREATE INDEX `postingpolicy_body_id_created_at_id` ON `posting_policies` (`body_id`, `created_at`, `id`);
-- create "terms" table
CREATE TABLE `terms` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `name` text NOT NULL, `starts_on` text NOT NULL, `ends_on` text NOT NULL, `kind` text NOT NULL, `institution_id` uuid NOT NULL, `recorded_by_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `terms_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `terms_people_recorded_by` FOREIGN KEY (`recorded_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `terms_institution_id_world_id` FOREIGN KEY (`institution_id`, `world_id`) REFERENCES `institutions` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `terms_days` CHECK (starts_on <= ends_on));
-- create index "term_institution_id_name" to table: "terms"
CREATE UNIQUE INDEX `term_institution_id_name` ON `terms` (`institution_id`, `name`);
-- create index "term_institution_id_starts_on_id" to table: "terms"
CREATE INDEX `term_institution_id_starts_on_id` ON `terms` (`institution_id`, `starts_on`, `id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "term_institution_id_starts_on_id" to table: "terms"
DROP INDEX `term_institution_id_starts_on_id`;
-- reverse: create index "term_institution_id_name" to table: "terms"
DROP INDEX `term_institution_id_name`;
-- reverse: create "terms" table
DROP TABLE `terms`;
-- reverse: create index "postingpolicy_body_id_created_at_id" to table: "posting_policies"
DROP INDEX `postingpolicy_body_id_created_at_id`;
-- reverse: create index "postingpolicy_body_id_rule_id" to table: "posting_policies"
DROP INDEX `postingpolicy_body_id_rule_id`;
-- reverse: create "posting_policies" table
DROP TABLE `posting_policies`;
-- reverse: create index "flag_world_id_created_at_id" to table: "flags"
DROP INDEX `flag_world_id_created_at_id`;
-- reverse: create index "flag_institution_id_created_at_id" to table: "flags"
DROP INDEX `flag_institution_id_created_at_id`;
-- reverse: create index "flag_employer_org_id_created_at_id" to table: "flags"
DROP INDEX `flag_employer_org_id_created_at_id`;
-- reverse: create index "flag_institution_id_employer_org_id" to table: "flags"
DROP INDEX `flag_institution_id_employer_org_id`;
-- reverse: create "flags" table
DROP TABLE `flags`;
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
-- reverse: create index "postingrequest_institution_id_micro_project_id" to table: "posting_requests"
DROP INDEX `postingrequest_institution_id_micro_project_id`;
-- reverse: create index "postingrequest_body_id_decided_by_decided_at" to table: "posting_requests"
DROP INDEX `postingrequest_body_id_decided_by_decided_at`;
-- reverse: create index "postingrequest_body_id_status_requested_at_id" to table: "posting_requests"
DROP INDEX `postingrequest_body_id_status_requested_at_id`;
-- reverse: create index "postingrequest_micro_project_id_body_id" to table: "posting_requests"
DROP INDEX `postingrequest_micro_project_id_body_id`;
-- reverse: create "new_posting_requests" table
DROP TABLE `new_posting_requests`;
-- reverse: add column "due_on" to table: "listings"
ALTER TABLE `listings` DROP COLUMN `due_on`;
-- reverse: add column "hours_per_week" to table: "listings"
ALTER TABLE `listings` DROP COLUMN `hours_per_week`;
-- reverse: add column "break_term_id" to table: "listings"
ALTER TABLE `listings` DROP COLUMN `break_term_id`;
-- reverse: create index "institutionlink_employer_org_id_requested_at_id" to table: "institution_links"
DROP INDEX `institutionlink_employer_org_id_requested_at_id`;
-- reverse: create index "institutionlink_institution_id_status_requested_at_id" to table: "institution_links"
DROP INDEX `institutionlink_institution_id_status_requested_at_id`;
-- reverse: create index "institutionlink_employer_org_id_institution_id" to table: "institution_links"
DROP INDEX `institutionlink_employer_org_id_institution_id`;
-- reverse: create "new_institution_links" table
DROP TABLE `new_institution_links`;
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
-- reverse: create index "employers_id_world_id" to table: "employers"
DROP INDEX `employers_id_world_id`;
-- reverse: create index "employer_world_id_status_created_at_id" to table: "employers"
DROP INDEX `employer_world_id_status_created_at_id`;
-- reverse: create index "employer_world_id_name_folded_id" to table: "employers"
DROP INDEX `employer_world_id_name_folded_id`;
-- reverse: create index "employer_world_id_name_folded" to table: "employers"
DROP INDEX `employer_world_id_name_folded`;
-- reverse: create "new_employers" table
DROP TABLE `new_employers`;
