-- +goose Up
-- drop index "membership_organization_id_id" from table: "memberships"
DROP INDEX "membership_organization_id_id";
-- modify "memberships" table
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_ended" CHECK (((status)::text = 'ENDED'::text) = (ended_at IS NOT NULL)), ADD COLUMN "status" character varying NOT NULL DEFAULT 'ACTIVE', ADD COLUMN "source" character varying NOT NULL DEFAULT 'APPOINTMENT';
-- create index "membership_organization_id_created_at_id" to table: "memberships"
CREATE INDEX "membership_organization_id_created_at_id" ON "memberships" ("organization_id", "created_at", "id");
-- create "member_invitations" table
CREATE TABLE "member_invitations" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "organization_id" uuid NOT NULL, "email" character varying NOT NULL, "email_folded" character varying NOT NULL COLLATE "C", "role" character varying NOT NULL, "token_hash" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'SENT', "sent_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "accepted_at" timestamptz NULL, "invited_by_id" uuid NOT NULL, "accepted_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "member_invitations_people_accepted_by" FOREIGN KEY ("accepted_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "member_invitations_people_invited_by" FOREIGN KEY ("invited_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "member_invitations_accepted" CHECK ((((status)::text = 'ACCEPTED'::text) = (accepted_at IS NOT NULL)) AND ((accepted_at IS NULL) = (accepted_by_id IS NULL))), CONSTRAINT "member_invitations_expires" CHECK (expires_at > sent_at));
-- create index "memberinvitation_organization_id_email_folded" to table: "member_invitations"
CREATE UNIQUE INDEX "memberinvitation_organization_id_email_folded" ON "member_invitations" ("organization_id", "email_folded") WHERE ((status)::text = 'SENT'::text);
-- create index "memberinvitation_organization_id_sent_at_id" to table: "member_invitations"
CREATE INDEX "memberinvitation_organization_id_sent_at_id" ON "member_invitations" ("organization_id", "sent_at", "id");
-- create index "memberinvitation_token_hash" to table: "member_invitations"
CREATE UNIQUE INDEX "memberinvitation_token_hash" ON "member_invitations" ("token_hash");

-- +goose Down
-- reverse: create index "memberinvitation_token_hash" to table: "member_invitations"
DROP INDEX "memberinvitation_token_hash";
-- reverse: create index "memberinvitation_organization_id_sent_at_id" to table: "member_invitations"
DROP INDEX "memberinvitation_organization_id_sent_at_id";
-- reverse: create index "memberinvitation_organization_id_email_folded" to table: "member_invitations"
DROP INDEX "memberinvitation_organization_id_email_folded";
-- reverse: create "member_invitations" table
DROP TABLE "member_invitations";
-- reverse: create index "membership_organization_id_created_at_id" to table: "memberships"
DROP INDEX "membership_organization_id_created_at_id";
-- reverse: modify "memberships" table
ALTER TABLE "memberships" DROP COLUMN "source", DROP COLUMN "status", DROP CONSTRAINT "memberships_ended";
-- reverse: drop index "membership_organization_id_id" from table: "memberships"
CREATE INDEX "membership_organization_id_id" ON "memberships" ("organization_id", "id");
