-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_affiliations" table
CREATE TABLE `new_affiliations` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('CLAIMED'), `claimed_name` text NOT NULL, `evidence` text NULL, `reason` text NULL, `decided_at` datetime NULL, `ended_at` datetime NULL, `talent_id` uuid NOT NULL, `institution_id` uuid NOT NULL, `decided_by_id` uuid NULL, `vouched_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `affiliations_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_identity_issuers_vouched_by` FOREIGN KEY (`vouched_by_id`) REFERENCES `identity_issuers` (`id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_institution_id_world_id` FOREIGN KEY (`institution_id`, `world_id`) REFERENCES `institutions` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_talent_id_world_id` FOREIGN KEY (`talent_id`, `world_id`) REFERENCES `talent_profiles` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_declined` CHECK (status <> 'DECLINED' OR reason IS NOT NULL), CONSTRAINT `affiliations_ended` CHECK ((status = 'ENDED') = (ended_at IS NOT NULL)));
-- copy rows from old table "affiliations" to new temporary table "new_affiliations"
INSERT INTO `new_affiliations` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `status`, `claimed_name`, `evidence`, `reason`, `decided_at`, `ended_at`, `talent_id`, `institution_id`, `decided_by_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `status`, `claimed_name`, `evidence`, `reason`, `decided_at`, `ended_at`, `talent_id`, `institution_id`, `decided_by_id` FROM `affiliations`;
-- drop "affiliations" table after copying rows
DROP TABLE `affiliations`;
-- rename temporary table "new_affiliations" to "affiliations"
ALTER TABLE `new_affiliations` RENAME TO `affiliations`;
-- create index "affiliation_talent_id_institution_id" to table: "affiliations"
CREATE UNIQUE INDEX `affiliation_talent_id_institution_id` ON `affiliations` (`talent_id`, `institution_id`) WHERE status = 'CLAIMED' OR status = 'CONFIRMED';
-- create index "affiliation_institution_id_status_created_at_id" to table: "affiliations"
CREATE INDEX `affiliation_institution_id_status_created_at_id` ON `affiliations` (`institution_id`, `status`, `created_at`, `id`);
-- create index "affiliation_talent_id_created_at_id" to table: "affiliations"
CREATE INDEX `affiliation_talent_id_created_at_id` ON `affiliations` (`talent_id`, `created_at`, `id`);
-- add columns "vouched_at", "vouched_role" and "vouched_talent" to table: "identities"
ALTER TABLE `identities` ADD COLUMN `vouched_at` datetime NULL;
ALTER TABLE `identities` ADD COLUMN `vouched_role` text NULL;
ALTER TABLE `identities` ADD COLUMN `vouched_talent` bool NOT NULL DEFAULT (false);
-- create "identity_issuers" table
CREATE TABLE `identity_issuers` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `organization_id` uuid NOT NULL, `issuer` text NOT NULL, `audience` text NOT NULL, `algorithms` json NOT NULL, `scopes` json NOT NULL, `mappings` json NOT NULL, `status` text NOT NULL DEFAULT ('REGISTERED'), `problem` text NULL, `proven_at` datetime NULL, `reason` text NULL, `decided_at` datetime NULL, `stopped_by_platform` bool NOT NULL DEFAULT (false), `registered_by_id` uuid NOT NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `identity_issuers_people_registered_by` FOREIGN KEY (`registered_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `identity_issuers_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `identity_issuers_proven` CHECK (status NOT IN ('PROVEN', 'TRUSTED', 'SUSPENDED') OR proven_at IS NOT NULL), CONSTRAINT `identity_issuers_refused` CHECK (status <> 'REFUSED' OR reason IS NOT NULL));
-- create index "identityissuer_issuer" to table: "identity_issuers"
CREATE UNIQUE INDEX `identityissuer_issuer` ON `identity_issuers` (`issuer`) WHERE status = 'TRUSTED' OR status = 'SUSPENDED';
-- create index "identityissuer_organization_id_issuer" to table: "identity_issuers"
CREATE UNIQUE INDEX `identityissuer_organization_id_issuer` ON `identity_issuers` (`organization_id`, `issuer`) WHERE status = 'REGISTERED' OR status = 'PROVEN' OR status = 'TRUSTED' OR status = 'SUSPENDED';
-- create index "identityissuer_organization_id_created_at_id" to table: "identity_issuers"
CREATE INDEX `identityissuer_organization_id_created_at_id` ON `identity_issuers` (`organization_id`, `created_at`, `id`);
-- create index "identityissuer_world_id_status_created_at_id" to table: "identity_issuers"
CREATE INDEX `identityissuer_world_id_status_created_at_id` ON `identity_issuers` (`world_id`, `status`, `created_at`, `id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "identityissuer_world_id_status_created_at_id" to table: "identity_issuers"
DROP INDEX `identityissuer_world_id_status_created_at_id`;
-- reverse: create index "identityissuer_organization_id_created_at_id" to table: "identity_issuers"
DROP INDEX `identityissuer_organization_id_created_at_id`;
-- reverse: create index "identityissuer_organization_id_issuer" to table: "identity_issuers"
DROP INDEX `identityissuer_organization_id_issuer`;
-- reverse: create index "identityissuer_issuer" to table: "identity_issuers"
DROP INDEX `identityissuer_issuer`;
-- reverse: create "identity_issuers" table
DROP TABLE `identity_issuers`;
-- reverse: add columns to table: "identities"
ALTER TABLE `identities` DROP COLUMN `vouched_talent`;
ALTER TABLE `identities` DROP COLUMN `vouched_role`;
ALTER TABLE `identities` DROP COLUMN `vouched_at`;
-- reverse: create index "affiliation_talent_id_created_at_id" to table: "affiliations"
DROP INDEX `affiliation_talent_id_created_at_id`;
-- reverse: create index "affiliation_institution_id_status_created_at_id" to table: "affiliations"
DROP INDEX `affiliation_institution_id_status_created_at_id`;
-- reverse: create index "affiliation_talent_id_institution_id" to table: "affiliations"
DROP INDEX `affiliation_talent_id_institution_id`;
-- reverse: create "new_affiliations" table
DROP TABLE `new_affiliations`;
