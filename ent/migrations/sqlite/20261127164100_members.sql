-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create "new_memberships" table
CREATE TABLE `new_memberships` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `organization_id` uuid NOT NULL, `role` text NOT NULL, `status` text NOT NULL DEFAULT ('ACTIVE'), `source` text NOT NULL DEFAULT ('APPOINTMENT'), `valid_after` datetime NULL, `ended_at` datetime NULL, `person_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `memberships_people_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `memberships_ended` CHECK ((status = 'ENDED') = (ended_at IS NOT NULL)));
-- copy rows from old table "memberships" to new temporary table "new_memberships"
INSERT INTO `new_memberships` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `organization_id`, `role`, `valid_after`, `ended_at`, `person_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `organization_id`, `role`, `valid_after`, `ended_at`, `person_id` FROM `memberships`;
-- drop "memberships" table after copying rows
DROP TABLE `memberships`;
-- rename temporary table "new_memberships" to "memberships"
ALTER TABLE `new_memberships` RENAME TO `memberships`;
-- create index "membership_person_id_organization_id" to table: "memberships"
CREATE UNIQUE INDEX `membership_person_id_organization_id` ON `memberships` (`person_id`, `organization_id`) WHERE ended_at IS NULL;
-- create index "membership_organization_id_created_at_id" to table: "memberships"
CREATE INDEX `membership_organization_id_created_at_id` ON `memberships` (`organization_id`, `created_at`, `id`);
-- create "member_invitations" table
CREATE TABLE `member_invitations` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `organization_id` uuid NOT NULL, `email` text NOT NULL, `email_folded` text NOT NULL, `role` text NOT NULL, `token_hash` text NOT NULL, `status` text NOT NULL DEFAULT ('SENT'), `sent_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `accepted_at` datetime NULL, `invited_by_id` uuid NOT NULL, `accepted_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `member_invitations_people_invited_by` FOREIGN KEY (`invited_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `member_invitations_people_accepted_by` FOREIGN KEY (`accepted_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `member_invitations_accepted` CHECK ((status = 'ACCEPTED') = (accepted_at IS NOT NULL) AND (accepted_at IS NULL) = (accepted_by_id IS NULL)), CONSTRAINT `member_invitations_expires` CHECK (expires_at > sent_at));
-- create index "memberinvitation_token_hash" to table: "member_invitations"
CREATE UNIQUE INDEX `memberinvitation_token_hash` ON `member_invitations` (`token_hash`);
-- create index "memberinvitation_organization_id_email_folded" to table: "member_invitations"
CREATE UNIQUE INDEX `memberinvitation_organization_id_email_folded` ON `member_invitations` (`organization_id`, `email_folded`) WHERE status = 'SENT';
-- create index "memberinvitation_organization_id_sent_at_id" to table: "member_invitations"
CREATE INDEX `memberinvitation_organization_id_sent_at_id` ON `member_invitations` (`organization_id`, `sent_at`, `id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "memberinvitation_organization_id_sent_at_id" to table: "member_invitations"
DROP INDEX `memberinvitation_organization_id_sent_at_id`;
-- reverse: create index "memberinvitation_organization_id_email_folded" to table: "member_invitations"
DROP INDEX `memberinvitation_organization_id_email_folded`;
-- reverse: create index "memberinvitation_token_hash" to table: "member_invitations"
DROP INDEX `memberinvitation_token_hash`;
-- reverse: create "member_invitations" table
DROP TABLE `member_invitations`;
-- reverse: create index "membership_organization_id_created_at_id" to table: "memberships"
DROP INDEX `membership_organization_id_created_at_id`;
-- reverse: create index "membership_person_id_organization_id" to table: "memberships"
DROP INDEX `membership_person_id_organization_id`;
-- reverse: create "new_memberships" table
DROP TABLE `new_memberships`;
