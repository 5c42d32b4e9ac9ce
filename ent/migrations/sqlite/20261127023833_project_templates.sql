-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_micro_projects" table
CREATE TABLE `new_micro_projects` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `title` text NOT NULL, `title_folded` text NOT NULL, `brief` text NOT NULL, `status` text NOT NULL DEFAULT ('DRAFT'), `hours` integer NOT NULL, `fee_minor` integer NOT NULL, `currency` text NOT NULL, `seats` integer NOT NULL DEFAULT (1), `workplace` text NOT NULL, `location` text NULL, `audience` text NOT NULL DEFAULT ('PUBLIC'), `break_starts_on` text NULL, `break_ends_on` text NULL, `starts_on` text NULL, `starts_by` text NULL, `due_on` text NULL, `apply_by` datetime NULL, `worker_class` text NOT NULL DEFAULT ('FORM_1099'), `pay_model` text NOT NULL DEFAULT ('FIXED'), `is_third_party_recruiter` bool NOT NULL DEFAULT (false), `charges_fee` bool NOT NULL DEFAULT (false), `country_code` text NOT NULL DEFAULT ('US'), `safety_attestations` json NULL, `ai_use` text NOT NULL DEFAULT ('NOT_PERMITTED'), `ai_use_note` text NULL, `requires_nda` bool NOT NULL DEFAULT (true), `ip_terms` text NOT NULL DEFAULT ('ASSIGNED_TO_EMPLOYER'), `archived_at` datetime NULL, `hours_per_week` integer NULL, `revised_at` datetime NULL, `reviews` integer NOT NULL DEFAULT (0), `submitted_at` datetime NULL, `published_at` datetime NULL, `filled_at` datetime NULL, `ended_at` datetime NULL, `reason` text NULL, `requirements` json NULL, `employer_org_id` uuid NOT NULL, `drafted_by_id` uuid NOT NULL, `occupation_id` uuid NULL, `break_term_id` uuid NULL, `funding_pool_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `micro_projects_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_people_drafted_by` FOREIGN KEY (`drafted_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_occupations_occupation` FOREIGN KEY (`occupation_id`) REFERENCES `occupations` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_terms_break_term` FOREIGN KEY (`break_term_id`) REFERENCES `terms` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_funding_pools_funding_pool` FOREIGN KEY (`funding_pool_id`) REFERENCES `funding_pools` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_break` CHECK ((break_starts_on IS NULL) = (break_ends_on IS NULL) AND (break_starts_on IS NULL OR break_starts_on <= break_ends_on)), CONSTRAINT `micro_projects_ended` CHECK ((status IN ('COMPLETED', 'EXPIRED', 'CANCELLED')) = (ended_at IS NOT NULL)), CONSTRAINT `micro_projects_fee` CHECK (fee_minor > 0), CONSTRAINT `micro_projects_hours` CHECK (hours BETWEEN 5 AND 40), CONSTRAINT `micro_projects_location` CHECK (workplace = 'REMOTE' OR location IS NOT NULL), CONSTRAINT `micro_projects_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `micro_projects_published` CHECK (status NOT IN ('OPEN', 'PAUSED', 'FILLED', 'IN_PROGRESS', 'COMPLETED') OR published_at IS NOT NULL), CONSTRAINT `micro_projects_seats` CHECK (seats BETWEEN 1 AND 50), CONSTRAINT `micro_projects_starts` CHECK (starts_by IS NULL OR starts_on IS NOT NULL AND starts_on <= starts_by));
-- copy rows from old table "micro_projects" to new temporary table "new_micro_projects"
INSERT INTO `new_micro_projects` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `title`, `title_folded`, `brief`, `status`, `hours`, `fee_minor`, `currency`, `seats`, `workplace`, `location`, `audience`, `break_starts_on`, `break_ends_on`, `starts_on`, `due_on`, `apply_by`, `worker_class`, `pay_model`, `is_third_party_recruiter`, `charges_fee`, `country_code`, `safety_attestations`, `ai_use`, `ai_use_note`, `requires_nda`, `archived_at`, `hours_per_week`, `revised_at`, `reviews`, `submitted_at`, `published_at`, `filled_at`, `ended_at`, `reason`, `requirements`, `employer_org_id`, `drafted_by_id`, `occupation_id`, `break_term_id`, `funding_pool_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `title`, `title_folded`, `brief`, `status`, `hours`, `fee_minor`, `currency`, `seats`, `workplace`, `location`, `audience`, `break_starts_on`, `break_ends_on`, `starts_on`, `due_on`, `apply_by`, `worker_class`, `pay_model`, `is_third_party_recruiter`, `charges_fee`, `country_code`, `safety_attestations`, `ai_use`, `ai_use_note`, `requires_nda`, `archived_at`, `hours_per_week`, `revised_at`, `reviews`, `submitted_at`, `published_at`, `filled_at`, `ended_at`, `reason`, `requirements`, `employer_org_id`, `drafted_by_id`, `occupation_id`, `break_term_id`, `funding_pool_id` FROM `micro_projects`;
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
-- create index "microproject_world_id_published_at" to table: "micro_projects"
CREATE INDEX `microproject_world_id_published_at` ON `micro_projects` (`world_id`, `published_at`);
-- create index "micro_projects_id_employer_org_id" to table: "micro_projects"
CREATE UNIQUE INDEX `micro_projects_id_employer_org_id` ON `micro_projects` (`id`, `employer_org_id`);
-- add column "ip_terms" to table: "listings"
ALTER TABLE `listings` ADD COLUMN `ip_terms` text NULL;
-- create "project_templates" table
CREATE TABLE `project_templates` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `name` text NOT NULL, `name_folded` text NOT NULL, `content` json NOT NULL, `removed_at` datetime NULL, `employer_org_id` uuid NULL, `kept_by_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `project_templates_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `project_templates_people_kept_by` FOREIGN KEY (`kept_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `project_templates_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `project_templates_owned` CHECK (employer_org_id IS NULL AND owner_org_id = world_id OR employer_org_id IS NOT NULL AND owner_org_id = employer_org_id));
-- create index "projecttemplate_owner_org_id_name_folded" to table: "project_templates"
CREATE UNIQUE INDEX `projecttemplate_owner_org_id_name_folded` ON `project_templates` (`owner_org_id`, `name_folded`) WHERE removed_at IS NULL;
-- create index "projecttemplate_owner_org_id_created_at_id" to table: "project_templates"
CREATE INDEX `projecttemplate_owner_org_id_created_at_id` ON `project_templates` (`owner_org_id`, `created_at`, `id`);
-- create index "projecttemplate_world_id_created_at_id" to table: "project_templates"
CREATE INDEX `projecttemplate_world_id_created_at_id` ON `project_templates` (`world_id`, `created_at`, `id`);
-- what is listed already passes to the employer, as its documents say
UPDATE `listings` SET `ip_terms` = 'ASSIGNED_TO_EMPLOYER' WHERE `micro_project_id` IS NOT NULL;
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "projecttemplate_world_id_created_at_id" to table: "project_templates"
DROP INDEX `projecttemplate_world_id_created_at_id`;
-- reverse: create index "projecttemplate_owner_org_id_created_at_id" to table: "project_templates"
DROP INDEX `projecttemplate_owner_org_id_created_at_id`;
-- reverse: create index "projecttemplate_owner_org_id_name_folded" to table: "project_templates"
DROP INDEX `projecttemplate_owner_org_id_name_folded`;
-- reverse: create "project_templates" table
DROP TABLE `project_templates`;
-- reverse: add column "ip_terms" to table: "listings"
ALTER TABLE `listings` DROP COLUMN `ip_terms`;
-- reverse: create index "micro_projects_id_employer_org_id" to table: "micro_projects"
DROP INDEX `micro_projects_id_employer_org_id`;
-- reverse: create index "microproject_world_id_published_at" to table: "micro_projects"
DROP INDEX `microproject_world_id_published_at`;
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
