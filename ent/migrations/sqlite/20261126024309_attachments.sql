-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_uploads" table
CREATE TABLE `new_uploads` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `name` text NOT NULL, `content_type` text NOT NULL, `size_bytes` integer NOT NULL, `sha256` text NOT NULL, `status` text NOT NULL DEFAULT ('AWAITING'), `refusal` text NULL, `expires_at` datetime NOT NULL, `blob_key` text NULL, `received_sha256` text NULL, `received_type` text NULL, `received_at` datetime NULL, `position` integer NULL, `person_id` uuid NOT NULL, `talent_id` uuid NULL, `employer_org_id` uuid NULL, `submission_id` uuid NULL, `message_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `uploads_people_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `uploads_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `uploads_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `uploads_submissions_submission` FOREIGN KEY (`submission_id`) REFERENCES `submissions` (`id`) ON DELETE NO ACTION, CONSTRAINT `uploads_messages_message` FOREIGN KEY (`message_id`) REFERENCES `messages` (`id`) ON DELETE NO ACTION, CONSTRAINT `uploads_kept` CHECK (status NOT IN ('UPLOADED', 'READY', 'REFUSED') OR (blob_key IS NOT NULL AND received_sha256 IS NOT NULL AND received_type IS NOT NULL)), CONSTRAINT `uploads_owned` CHECK ((talent_id IS NULL) <> (employer_org_id IS NULL)), CONSTRAINT `uploads_refused` CHECK ((status = 'REFUSED') = (refusal IS NOT NULL)), CONSTRAINT `uploads_used` CHECK ((position IS NULL AND submission_id IS NULL AND message_id IS NULL) OR (position IS NOT NULL AND status IN ('READY', 'REFUSED') AND (submission_id IS NULL) <> (message_id IS NULL))));
-- copy rows from old table "uploads" to new temporary table "new_uploads"
INSERT INTO `new_uploads` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `name`, `content_type`, `size_bytes`, `sha256`, `status`, `refusal`, `expires_at`, `blob_key`, `received_sha256`, `received_type`, `received_at`, `position`, `person_id`, `talent_id`, `employer_org_id`, `submission_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `name`, `content_type`, `size_bytes`, `sha256`, `status`, `refusal`, `expires_at`, `blob_key`, `received_sha256`, `received_type`, `received_at`, `position`, `person_id`, `talent_id`, `employer_org_id`, `submission_id` FROM `uploads`;
-- drop "uploads" table after copying rows
DROP TABLE `uploads`;
-- rename temporary table "new_uploads" to "uploads"
ALTER TABLE `new_uploads` RENAME TO `uploads`;
-- create index "upload_person_id_status" to table: "uploads"
CREATE INDEX `upload_person_id_status` ON `uploads` (`person_id`, `status`);
-- create index "upload_submission_id_position" to table: "uploads"
CREATE UNIQUE INDEX `upload_submission_id_position` ON `uploads` (`submission_id`, `position`) WHERE submission_id IS NOT NULL;
-- create index "upload_message_id_position" to table: "uploads"
CREATE UNIQUE INDEX `upload_message_id_position` ON `uploads` (`message_id`, `position`) WHERE message_id IS NOT NULL;
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "upload_message_id_position" to table: "uploads"
DROP INDEX `upload_message_id_position`;
-- reverse: create index "upload_submission_id_position" to table: "uploads"
DROP INDEX `upload_submission_id_position`;
-- reverse: create index "upload_person_id_status" to table: "uploads"
DROP INDEX `upload_person_id_status`;
-- reverse: create "new_uploads" table
DROP TABLE `new_uploads`;
