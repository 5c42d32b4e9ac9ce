-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_worlds" table
CREATE TABLE `new_worlds` (`id` uuid NOT NULL, `kind` text NOT NULL, `name` text NOT NULL, `clock_offset_ms` integer NOT NULL DEFAULT (0), `status` text NOT NULL DEFAULT ('OPEN'), `opened_at` datetime NULL, `closed_at` datetime NULL, `owner_person_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `worlds_people_owner` FOREIGN KEY (`owner_person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `worlds_live_is_nobodys` CHECK (kind = 'SANDBOX' OR owner_person_id IS NULL));
-- copy rows from old table "worlds" to new temporary table "new_worlds"
INSERT INTO `new_worlds` (`id`, `kind`, `name`, `clock_offset_ms`) SELECT `id`, `kind`, `name`, `clock_offset_ms` FROM `worlds`;
-- drop "worlds" table after copying rows
DROP TABLE `worlds`;
-- rename temporary table "new_worlds" to "worlds"
ALTER TABLE `new_worlds` RENAME TO `worlds`;
-- create index "world_owner_person_id_opened_at_id" to table: "worlds"
CREATE INDEX `world_owner_person_id_opened_at_id` ON `worlds` (`owner_person_id`, `opened_at`, `id`);
-- create "notifications" table
CREATE TABLE `notifications` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `party_id` uuid NOT NULL, `kind` text NOT NULL, `subject_id` uuid NOT NULL, `created_at` datetime NOT NULL, `read_at` datetime NULL, `person_id` uuid NOT NULL, `event_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `notifications_people_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `notifications_events_event` FOREIGN KEY (`event_id`) REFERENCES `events` (`id`) ON DELETE NO ACTION);
-- create index "notification_event_id_person_id_party_id" to table: "notifications"
CREATE UNIQUE INDEX `notification_event_id_person_id_party_id` ON `notifications` (`event_id`, `person_id`, `party_id`);
-- create index "notification_person_id_party_id_created_at_id" to table: "notifications"
CREATE INDEX `notification_person_id_party_id_created_at_id` ON `notifications` (`person_id`, `party_id`, `created_at`, `id`);
-- create index "notification_person_id_party_id_read_at_created_at_id" to table: "notifications"
CREATE INDEX `notification_person_id_party_id_read_at_created_at_id` ON `notifications` (`person_id`, `party_id`, `read_at`, `created_at`, `id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "notification_person_id_party_id_read_at_created_at_id" to table: "notifications"
DROP INDEX `notification_person_id_party_id_read_at_created_at_id`;
-- reverse: create index "notification_person_id_party_id_created_at_id" to table: "notifications"
DROP INDEX `notification_person_id_party_id_created_at_id`;
-- reverse: create index "notification_event_id_person_id_party_id" to table: "notifications"
DROP INDEX `notification_event_id_person_id_party_id`;
-- reverse: create "notifications" table
DROP TABLE `notifications`;
-- reverse: create index "world_owner_person_id_opened_at_id" to table: "worlds"
DROP INDEX `world_owner_person_id_opened_at_id`;
-- reverse: create "new_worlds" table
DROP TABLE `new_worlds`;
