-- +goose Up
-- add column "directory_opted_out_at" to table: "affiliations"
ALTER TABLE `affiliations` ADD COLUMN `directory_opted_out_at` datetime NULL;
-- create "directory_notices" table
CREATE TABLE `directory_notices` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `designated` json NOT NULL, `kept` json NOT NULL, `notice_url` text NOT NULL, `status` text NOT NULL DEFAULT ('ANNOUNCED'), `announced_at` datetime NOT NULL, `effective_at` datetime NOT NULL, `ended_at` datetime NULL, `institution_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `directory_notices_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `directory_notices_bounds` CHECK (effective_at >= announced_at), CONSTRAINT `directory_notices_ended` CHECK ((status = 'ANNOUNCED') = (ended_at IS NULL)));
-- create index "directorynotice_institution_id" to table: "directory_notices"
CREATE UNIQUE INDEX `directorynotice_institution_id` ON `directory_notices` (`institution_id`) WHERE status = 'ANNOUNCED';
-- create index "directorynotice_institution_id_announced_at_id" to table: "directory_notices"
CREATE INDEX `directorynotice_institution_id_announced_at_id` ON `directory_notices` (`institution_id`, `announced_at`, `id`);

-- +goose Down
-- reverse: create index "directorynotice_institution_id_announced_at_id" to table: "directory_notices"
DROP INDEX `directorynotice_institution_id_announced_at_id`;
-- reverse: create index "directorynotice_institution_id" to table: "directory_notices"
DROP INDEX `directorynotice_institution_id`;
-- reverse: create "directory_notices" table
DROP TABLE `directory_notices`;
-- reverse: add column "directory_opted_out_at" to table: "affiliations"
ALTER TABLE `affiliations` DROP COLUMN `directory_opted_out_at`;
