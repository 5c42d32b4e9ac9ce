-- +goose Up
-- add columns to table: "people"
ALTER TABLE `people` ADD COLUMN `merged_into_id` uuid NULL;
ALTER TABLE `people` ADD COLUMN `merged_at` datetime NULL;
ALTER TABLE `people` ADD COLUMN `merge_reason` text NULL;
ALTER TABLE `people` ADD COLUMN `merge_ticket` text NULL;
-- create index "person_merged_into_id" to table: "people"
CREATE INDEX `person_merged_into_id` ON `people` (`merged_into_id`);
-- add column "needs_us_work_sponsorship" to table: "talent_profiles"
ALTER TABLE `talent_profiles` ADD COLUMN `needs_us_work_sponsorship` bool NULL;

-- +goose Down
-- reverse: add column "needs_us_work_sponsorship" to table: "talent_profiles"
ALTER TABLE `talent_profiles` DROP COLUMN `needs_us_work_sponsorship`;
-- reverse: create index "person_merged_into_id" to table: "people"
DROP INDEX `person_merged_into_id`;
-- reverse: add columns to table: "people"
ALTER TABLE `people` DROP COLUMN `merge_ticket`;
ALTER TABLE `people` DROP COLUMN `merge_reason`;
ALTER TABLE `people` DROP COLUMN `merged_at`;
ALTER TABLE `people` DROP COLUMN `merged_into_id`;
