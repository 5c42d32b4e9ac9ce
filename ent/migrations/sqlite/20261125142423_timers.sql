-- +goose Up
-- modify "jobs" table
ALTER TABLE `jobs` ADD COLUMN `key` text NULL;
-- create index "job_world_id_kind_key" to table: "jobs"
CREATE UNIQUE INDEX `job_world_id_kind_key` ON `jobs` (`world_id`, `kind`, `key`) WHERE (status = 'QUEUED') AND (key IS NOT NULL);

-- +goose Down
-- reverse: create index "job_world_id_kind_key" to table: "jobs"
DROP INDEX `job_world_id_kind_key`;
-- reverse: modify "jobs" table
ALTER TABLE `jobs` DROP COLUMN `key`;
