-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_strikes" table
CREATE TABLE `new_strikes` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `kind` text NOT NULL, `status` text NOT NULL DEFAULT ('ISSUED'), `report` text NOT NULL, `issued_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `appeal` text NULL, `appealed_at` datetime NULL, `finding` text NULL, `decided_at` datetime NULL, `talent_id` uuid NOT NULL, `engagement_id` uuid NULL, `message_report_id` uuid NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `strikes_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `strikes_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `strikes_message_reports_message_report` FOREIGN KEY (`message_report_id`) REFERENCES `message_reports` (`id`) ON DELETE NO ACTION, CONSTRAINT `strikes_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `strikes_engagement_id_talent_id` FOREIGN KEY (`engagement_id`, `talent_id`) REFERENCES `engagements` (`id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `strikes_message_report_id_talent_id` FOREIGN KEY (`message_report_id`, `talent_id`) REFERENCES `message_reports` (`id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `strikes_talent_id_world_id` FOREIGN KEY (`talent_id`, `world_id`) REFERENCES `talent_profiles` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `strikes_appealed` CHECK ((appeal IS NULL) = (appealed_at IS NULL) AND (status NOT IN ('APPEALED', 'UPHELD') OR appeal IS NOT NULL)), CONSTRAINT `strikes_decided` CHECK ((finding IS NULL) = (decided_at IS NULL) AND (status NOT IN ('UPHELD', 'LIFTED') OR finding IS NOT NULL)), CONSTRAINT `strikes_grounds` CHECK ((kind = 'CONDUCT' OR engagement_id IS NOT NULL) AND (kind = 'CONDUCT' OR message_report_id IS NULL) AND (engagement_id IS NOT NULL OR message_report_id IS NOT NULL)));
-- copy rows from old table "strikes" to new temporary table "new_strikes"
INSERT INTO `new_strikes` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `kind`, `status`, `report`, `issued_at`, `expires_at`, `appeal`, `appealed_at`, `finding`, `decided_at`, `talent_id`, `engagement_id`, `decided_by_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `kind`, `status`, `report`, `issued_at`, `expires_at`, `appeal`, `appealed_at`, `finding`, `decided_at`, `talent_id`, `engagement_id`, `decided_by_id` FROM `strikes`;
-- drop "strikes" table after copying rows
DROP TABLE `strikes`;
-- rename temporary table "new_strikes" to "strikes"
ALTER TABLE `new_strikes` RENAME TO `strikes`;
-- create index "strike_engagement_id_kind" to table: "strikes"
CREATE UNIQUE INDEX `strike_engagement_id_kind` ON `strikes` (`engagement_id`, `kind`) WHERE message_report_id IS NULL;
-- create index "strike_message_report_id" to table: "strikes"
CREATE UNIQUE INDEX `strike_message_report_id` ON `strikes` (`message_report_id`);
-- create index "strike_talent_id_issued_at_id" to table: "strikes"
CREATE INDEX `strike_talent_id_issued_at_id` ON `strikes` (`talent_id`, `issued_at`, `id`);
-- create index "strike_world_id_issued_at_id" to table: "strikes"
CREATE INDEX `strike_world_id_issued_at_id` ON `strikes` (`world_id`, `issued_at`, `id`);
-- create index "message_reports_id_talent_id" to table: "message_reports"
CREATE UNIQUE INDEX `message_reports_id_talent_id` ON `message_reports` (`id`, `talent_id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "message_reports_id_talent_id" to table: "message_reports"
DROP INDEX `message_reports_id_talent_id`;
-- reverse: create index "strike_world_id_issued_at_id" to table: "strikes"
DROP INDEX `strike_world_id_issued_at_id`;
-- reverse: create index "strike_talent_id_issued_at_id" to table: "strikes"
DROP INDEX `strike_talent_id_issued_at_id`;
-- reverse: create index "strike_message_report_id" to table: "strikes"
DROP INDEX `strike_message_report_id`;
-- reverse: create index "strike_engagement_id_kind" to table: "strikes"
DROP INDEX `strike_engagement_id_kind`;
-- reverse: create "new_strikes" table
DROP TABLE `new_strikes`;
