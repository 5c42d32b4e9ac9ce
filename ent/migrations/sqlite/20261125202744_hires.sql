-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_hire_conversions" table
CREATE TABLE `new_hire_conversions` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PROPOSED'), `kind` text NOT NULL, `job_title` text NOT NULL, `starts_on` text NOT NULL, `message` text NULL, `reason` text NULL, `days_to_selection` integer NULL, `days_to_hire` integer NULL, `proposed_at` datetime NOT NULL, `answered_at` datetime NULL, `started_on` text NULL, `employer_confirmed_at` datetime NULL, `talent_confirmed_at` datetime NULL, `interested_at` datetime NULL, `reported_at` datetime NULL, `confirmed_at` datetime NULL, `employed_as_of` text NULL, `left_on` text NULL, `left_reason` text NULL, `engagement_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `hire_conversions_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `hire_conversions_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `hire_conversions_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `hire_conversions_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `hire_conversions_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `hire_conversions_answered` CHECK ((status IN ('INTERESTED', 'PROPOSED', 'WITHDRAWN', 'LAPSED')) = (answered_at IS NULL AND reported_at IS NULL)), CONSTRAINT `hire_conversions_known` CHECK (employed_as_of IS NULL OR employed_as_of >= started_on), CONSTRAINT `hire_conversions_left` CHECK ((status = 'LEFT') = (left_on IS NOT NULL) AND (left_on IS NULL) = (left_reason IS NULL) AND (left_on IS NULL OR left_on >= started_on)), CONSTRAINT `hire_conversions_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `hire_conversions_started` CHECK ((status IN ('STARTED', 'RETAINED_1Y', 'RETAINED_5Y', 'LEFT')) = (started_on IS NOT NULL)));
-- copy rows from old table "hire_conversions" to new temporary table "new_hire_conversions"
INSERT INTO `new_hire_conversions` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `kind`, `job_title`, `starts_on`, `message`, `reason`, `days_to_selection`, `days_to_hire`, `proposed_at`, `answered_at`, `started_on`, `employer_confirmed_at`, `talent_confirmed_at`, `engagement_id`, `micro_project_id`, `talent_id`, `employer_org_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `kind`, `job_title`, `starts_on`, `message`, `reason`, `days_to_selection`, `days_to_hire`, `proposed_at`, `answered_at`, `started_on`, `employer_confirmed_at`, `talent_confirmed_at`, `engagement_id`, `micro_project_id`, `talent_id`, `employer_org_id` FROM `hire_conversions`;
-- drop "hire_conversions" table after copying rows
DROP TABLE `hire_conversions`;
-- rename temporary table "new_hire_conversions" to "hire_conversions"
ALTER TABLE `new_hire_conversions` RENAME TO `hire_conversions`;
-- create index "hireconversion_engagement_id" to table: "hire_conversions"
CREATE UNIQUE INDEX `hireconversion_engagement_id` ON `hire_conversions` (`engagement_id`) WHERE status = 'INTERESTED' OR status = 'PROPOSED' OR status = 'ACCEPTED' OR status = 'STARTED' OR status = 'RETAINED_1Y' OR status = 'RETAINED_5Y';
-- create index "hireconversion_employer_org_id_proposed_at_id" to table: "hire_conversions"
CREATE INDEX `hireconversion_employer_org_id_proposed_at_id` ON `hire_conversions` (`employer_org_id`, `proposed_at`, `id`);
-- create index "hireconversion_talent_id_proposed_at_id" to table: "hire_conversions"
CREATE INDEX `hireconversion_talent_id_proposed_at_id` ON `hire_conversions` (`talent_id`, `proposed_at`, `id`);
-- create index "hireconversion_world_id_proposed_at_id" to table: "hire_conversions"
CREATE INDEX `hireconversion_world_id_proposed_at_id` ON `hire_conversions` (`world_id`, `proposed_at`, `id`);
-- create index "hire_conversions_id_employer_org_id_talent_id" to table: "hire_conversions"
CREATE UNIQUE INDEX `hire_conversions_id_employer_org_id_talent_id` ON `hire_conversions` (`id`, `employer_org_id`, `talent_id`);
-- create "hire_reports" table
CREATE TABLE `hire_reports` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `source` text NOT NULL, `kind` text NOT NULL, `started_on` text NOT NULL, `confidence` text NOT NULL, `reported_at` datetime NOT NULL, `hire_conversion_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `hire_reports_hire_conversions_hire_conversion` FOREIGN KEY (`hire_conversion_id`) REFERENCES `hire_conversions` (`id`) ON DELETE NO ACTION, CONSTRAINT `hire_reports_hire_conversion_id_employer_org_id_talent_id` FOREIGN KEY (`hire_conversion_id`, `employer_org_id`, `talent_id`) REFERENCES `hire_conversions` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `hire_reports_owned` CHECK (owner_org_id = employer_org_id));
-- create index "hirereport_hire_conversion_id_source" to table: "hire_reports"
CREATE UNIQUE INDEX `hirereport_hire_conversion_id_source` ON `hire_reports` (`hire_conversion_id`, `source`);
-- what both sides have said counts as two sources that agree
UPDATE hire_conversions SET confirmed_at = CASE WHEN employer_confirmed_at > talent_confirmed_at THEN employer_confirmed_at ELSE talent_confirmed_at END WHERE employer_confirmed_at IS NOT NULL AND talent_confirmed_at IS NOT NULL;
INSERT INTO hire_reports (id, world_id, owner_org_id, employer_org_id, talent_id, source, kind, started_on, confidence, reported_at, hire_conversion_id) SELECT substr(CAST(id AS text), 1, 32) || 'e137', world_id, owner_org_id, employer_org_id, talent_id, 'EMPLOYER', kind, started_on, 'CERTAIN', employer_confirmed_at, id FROM hire_conversions WHERE employer_confirmed_at IS NOT NULL;
INSERT INTO hire_reports (id, world_id, owner_org_id, employer_org_id, talent_id, source, kind, started_on, confidence, reported_at, hire_conversion_id) SELECT substr(CAST(id AS text), 1, 32) || '7a37', world_id, owner_org_id, employer_org_id, talent_id, 'TALENT', kind, started_on, 'CERTAIN', talent_confirmed_at, id FROM hire_conversions WHERE talent_confirmed_at IS NOT NULL;
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "hirereport_hire_conversion_id_source" to table: "hire_reports"
DROP INDEX `hirereport_hire_conversion_id_source`;
-- reverse: create "hire_reports" table
DROP TABLE `hire_reports`;
-- reverse: create index "hire_conversions_id_employer_org_id_talent_id" to table: "hire_conversions"
DROP INDEX `hire_conversions_id_employer_org_id_talent_id`;
-- reverse: create index "hireconversion_world_id_proposed_at_id" to table: "hire_conversions"
DROP INDEX `hireconversion_world_id_proposed_at_id`;
-- reverse: create index "hireconversion_talent_id_proposed_at_id" to table: "hire_conversions"
DROP INDEX `hireconversion_talent_id_proposed_at_id`;
-- reverse: create index "hireconversion_employer_org_id_proposed_at_id" to table: "hire_conversions"
DROP INDEX `hireconversion_employer_org_id_proposed_at_id`;
-- reverse: create index "hireconversion_engagement_id" to table: "hire_conversions"
DROP INDEX `hireconversion_engagement_id`;
-- reverse: create "new_hire_conversions" table
DROP TABLE `new_hire_conversions`;
