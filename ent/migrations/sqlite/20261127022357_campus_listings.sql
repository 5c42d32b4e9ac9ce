-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_listings" table
CREATE TABLE `new_listings` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `reference` text NULL, `source` text NOT NULL, `status` text NOT NULL, `audience` text NOT NULL DEFAULT ('PUBLIC'), `title` text NOT NULL, `title_folded` text NOT NULL, `employer_name` text NOT NULL, `workplace` text NOT NULL, `locations` json NOT NULL, `hours` integer NULL, `fee_minor` integer NULL, `currency` text NULL, `hourly_minor` integer NULL, `pay_model` text NULL, `apply_url` text NULL, `work_authorization` text NOT NULL DEFAULT ('UNKNOWN'), `break_starts_on` text NULL, `break_ends_on` text NULL, `break_term_id` uuid NULL, `hours_per_week` integer NULL, `due_on` text NULL, `apply_by` datetime NULL, `published_at` datetime NOT NULL, `closed_at` datetime NULL, `employer_org_id` uuid NOT NULL, `micro_project_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `listings_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `listings_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `listings_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `listings_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `listings_closed` CHECK ((status = 'CLOSED') = (closed_at IS NOT NULL)), CONSTRAINT `listings_pay` CHECK ((fee_minor IS NULL) = (currency IS NULL) AND (fee_minor IS NULL) = (hours IS NULL) AND (fee_minor IS NULL) = (hourly_minor IS NULL)), CONSTRAINT `listings_source` CHECK (source = 'RUNG' AND micro_project_id IS NOT NULL AND reference IS NULL OR source = 'ELSEWHERE' AND micro_project_id IS NULL AND reference IS NOT NULL));
-- copy rows from old table "listings" to new temporary table "new_listings"
INSERT INTO `new_listings` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `reference`, `source`, `status`, `title`, `title_folded`, `employer_name`, `workplace`, `locations`, `hours`, `fee_minor`, `currency`, `hourly_minor`, `pay_model`, `apply_url`, `work_authorization`, `break_starts_on`, `break_ends_on`, `break_term_id`, `hours_per_week`, `due_on`, `apply_by`, `published_at`, `closed_at`, `employer_org_id`, `micro_project_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `reference`, `source`, `status`, `title`, `title_folded`, `employer_name`, `workplace`, `locations`, `hours`, `fee_minor`, `currency`, `hourly_minor`, `pay_model`, `apply_url`, `work_authorization`, `break_starts_on`, `break_ends_on`, `break_term_id`, `hours_per_week`, `due_on`, `apply_by`, `published_at`, `closed_at`, `employer_org_id`, `micro_project_id` FROM `listings`;
-- drop "listings" table after copying rows
DROP TABLE `listings`;
-- rename temporary table "new_listings" to "listings"
ALTER TABLE `new_listings` RENAME TO `listings`;
-- create index "listing_micro_project_id" to table: "listings"
CREATE UNIQUE INDEX `listing_micro_project_id` ON `listings` (`micro_project_id`) WHERE micro_project_id IS NOT NULL;
-- create index "listing_world_id_reference" to table: "listings"
CREATE UNIQUE INDEX `listing_world_id_reference` ON `listings` (`world_id`, `reference`) WHERE reference IS NOT NULL;
-- create index "listing_world_id_status_published_at_id_audience" to table: "listings"
CREATE INDEX `listing_world_id_status_published_at_id_audience` ON `listings` (`world_id`, `status`, `published_at`, `id`, `audience`);
-- create index "listing_world_id_status_source_published_at_id_audience" to table: "listings"
CREATE INDEX `listing_world_id_status_source_published_at_id_audience` ON `listings` (`world_id`, `status`, `source`, `published_at`, `id`, `audience`);
-- create index "listing_world_id_status_hourly_minor_id_audience" to table: "listings"
CREATE INDEX `listing_world_id_status_hourly_minor_id_audience` ON `listings` (`world_id`, `status`, `hourly_minor`, `id`, `audience`);
-- create index "listing_employer_org_id_published_at_id" to table: "listings"
CREATE INDEX `listing_employer_org_id_published_at_id` ON `listings` (`employer_org_id`, `published_at`, `id`);
-- what is open to chosen institutions, or was, is posted on their campus pages
INSERT INTO `listings` (`id`, `created_at`, `updated_at`, `world_id`, `employer_org_id`, `micro_project_id`, `source`, `status`, `audience`, `title`, `title_folded`, `employer_name`, `workplace`, `locations`, `hours`, `fee_minor`, `currency`, `hourly_minor`, `pay_model`, `break_starts_on`, `break_ends_on`, `break_term_id`, `hours_per_week`, `due_on`, `apply_by`, `published_at`, `closed_at`) SELECT substr(p.id, 1, 34) || '09', p.created_at, p.updated_at, p.world_id, p.employer_org_id, p.id, 'RUNG', CASE WHEN p.status = 'OPEN' AND e.status = 'VERIFIED' THEN 'OPEN' ELSE 'CLOSED' END, 'INSTITUTIONS', p.title, p.title_folded, e.name, p.workplace, CASE WHEN p.location IS NULL THEN '[]' ELSE json_array(p.location) END, p.hours, p.fee_minor, p.currency, (2 * p.fee_minor + p.hours) / (2 * p.hours), p.pay_model, p.break_starts_on, p.break_ends_on, p.break_term_id, p.hours_per_week, p.due_on, p.apply_by, p.published_at, CASE WHEN p.status = 'OPEN' AND e.status = 'VERIFIED' THEN NULL ELSE p.updated_at END FROM `micro_projects` AS p JOIN `employers` AS e ON e.id = p.employer_org_id WHERE p.audience = 'INSTITUTIONS' AND p.published_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `listings` AS l WHERE l.micro_project_id = p.id);
-- what was posted before and is for chosen institutions now is not for job boards
UPDATE `listings` SET `audience` = 'INSTITUTIONS' WHERE `micro_project_id` IN (SELECT `id` FROM `micro_projects` WHERE `audience` = 'INSTITUTIONS');
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: post what is open to chosen institutions
DELETE FROM `listings` WHERE `audience` = 'INSTITUTIONS';
-- reverse: create index "listing_employer_org_id_published_at_id" to table: "listings"
DROP INDEX `listing_employer_org_id_published_at_id`;
-- reverse: create index "listing_world_id_status_hourly_minor_id_audience" to table: "listings"
DROP INDEX `listing_world_id_status_hourly_minor_id_audience`;
-- reverse: create index "listing_world_id_status_source_published_at_id_audience" to table: "listings"
DROP INDEX `listing_world_id_status_source_published_at_id_audience`;
-- reverse: create index "listing_world_id_status_published_at_id_audience" to table: "listings"
DROP INDEX `listing_world_id_status_published_at_id_audience`;
-- reverse: create index "listing_world_id_reference" to table: "listings"
DROP INDEX `listing_world_id_reference`;
-- reverse: create index "listing_micro_project_id" to table: "listings"
DROP INDEX `listing_micro_project_id`;
-- reverse: create "new_listings" table
DROP TABLE `new_listings`;
