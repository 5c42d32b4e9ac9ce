-- +goose Up
-- create "notifications" table
CREATE TABLE "notifications" ("id" uuid NOT NULL, "world_id" uuid NOT NULL, "party_id" uuid NOT NULL, "kind" character varying NOT NULL, "subject_id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "read_at" timestamptz NULL, "person_id" uuid NOT NULL, "event_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "notifications_events_event" FOREIGN KEY ("event_id") REFERENCES "events" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "notifications_people_person" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "notification_event_id_person_id_party_id" to table: "notifications"
CREATE UNIQUE INDEX "notification_event_id_person_id_party_id" ON "notifications" ("event_id", "person_id", "party_id");
-- create index "notification_person_id_party_id_created_at_id" to table: "notifications"
CREATE INDEX "notification_person_id_party_id_created_at_id" ON "notifications" ("person_id", "party_id", "created_at", "id");
-- create index "notification_person_id_party_id_read_at_created_at_id" to table: "notifications"
CREATE INDEX "notification_person_id_party_id_read_at_created_at_id" ON "notifications" ("person_id", "party_id", "read_at", "created_at", "id");
-- modify "worlds" table
ALTER TABLE "worlds" ADD CONSTRAINT "worlds_live_is_nobodys" CHECK (((kind)::text = 'SANDBOX'::text) OR (owner_person_id IS NULL)), ADD COLUMN "status" character varying NOT NULL DEFAULT 'OPEN', ADD COLUMN "opened_at" timestamptz NULL, ADD COLUMN "closed_at" timestamptz NULL, ADD COLUMN "owner_person_id" uuid NULL, ADD CONSTRAINT "worlds_people_owner" FOREIGN KEY ("owner_person_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create index "world_owner_person_id_opened_at_id" to table: "worlds"
CREATE INDEX "world_owner_person_id_opened_at_id" ON "worlds" ("owner_person_id", "opened_at", "id");

-- +goose Down
-- reverse: create index "world_owner_person_id_opened_at_id" to table: "worlds"
DROP INDEX "world_owner_person_id_opened_at_id";
-- reverse: modify "worlds" table
ALTER TABLE "worlds" DROP CONSTRAINT "worlds_people_owner", DROP COLUMN "owner_person_id", DROP COLUMN "closed_at", DROP COLUMN "opened_at", DROP COLUMN "status", DROP CONSTRAINT "worlds_live_is_nobodys";
-- reverse: create index "notification_person_id_party_id_read_at_created_at_id" to table: "notifications"
DROP INDEX "notification_person_id_party_id_read_at_created_at_id";
-- reverse: create index "notification_person_id_party_id_created_at_id" to table: "notifications"
DROP INDEX "notification_person_id_party_id_created_at_id";
-- reverse: create index "notification_event_id_person_id_party_id" to table: "notifications"
DROP INDEX "notification_event_id_person_id_party_id";
-- reverse: create "notifications" table
DROP TABLE "notifications";
