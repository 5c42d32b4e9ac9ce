-- +goose Up
-- create "conversations" table
CREATE TABLE "conversations" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "last_message_at" timestamptz NOT NULL, "employer_org_id" uuid NOT NULL, "application_id" uuid NOT NULL, "talent_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "conversations_application_id_employer_org_id_talent_id" FOREIGN KEY ("application_id", "employer_org_id", "talent_id") REFERENCES "applications" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "conversations_applications_application" FOREIGN KEY ("application_id") REFERENCES "applications" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "conversations_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "conversations_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "conversations_owned" CHECK (owner_org_id = employer_org_id));
-- create index "conversation_application_id" to table: "conversations"
CREATE UNIQUE INDEX "conversation_application_id" ON "conversations" ("application_id");
-- create index "conversation_employer_org_id_last_message_at_id" to table: "conversations"
CREATE INDEX "conversation_employer_org_id_last_message_at_id" ON "conversations" ("employer_org_id", "last_message_at", "id");
-- create index "conversation_talent_id_last_message_at_id" to table: "conversations"
CREATE INDEX "conversation_talent_id_last_message_at_id" ON "conversations" ("talent_id", "last_message_at", "id");
-- create index "conversations_id_employer_org_id_talent_id" to table: "conversations"
CREATE UNIQUE INDEX "conversations_id_employer_org_id_talent_id" ON "conversations" ("id", "employer_org_id", "talent_id");
-- create "messages" table
CREATE TABLE "messages" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "sent_by" character varying NOT NULL, "body" character varying NULL, "links" jsonb NOT NULL, "sent_at" timestamptz NOT NULL, "removed_at" timestamptz NULL, "removal_reason" character varying NULL, "conversation_id" uuid NOT NULL, "author_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "messages_conversation_id_employer_org_id_talent_id" FOREIGN KEY ("conversation_id", "employer_org_id", "talent_id") REFERENCES "conversations" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "messages_conversations_conversation" FOREIGN KEY ("conversation_id") REFERENCES "conversations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "messages_people_author" FOREIGN KEY ("author_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "messages_owned" CHECK (owner_org_id = employer_org_id), CONSTRAINT "messages_removed" CHECK (((removed_at IS NULL) = (removal_reason IS NULL)) AND ((removed_at IS NULL) = (body IS NOT NULL))));
-- create index "message_conversation_id_author_id_sent_at" to table: "messages"
CREATE INDEX "message_conversation_id_author_id_sent_at" ON "messages" ("conversation_id", "author_id", "sent_at");
-- create index "message_conversation_id_sent_at_id" to table: "messages"
CREATE INDEX "message_conversation_id_sent_at_id" ON "messages" ("conversation_id", "sent_at", "id");
-- create index "messages_id_employer_org_id_talent_id" to table: "messages"
CREATE UNIQUE INDEX "messages_id_employer_org_id_talent_id" ON "messages" ("id", "employer_org_id", "talent_id");
-- create "message_reports" table
CREATE TABLE "message_reports" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "side" character varying NOT NULL, "reason" character varying NOT NULL, "note" character varying NULL, "status" character varying NOT NULL DEFAULT 'OPEN', "reported_at" timestamptz NOT NULL, "finding" character varying NULL, "decided_at" timestamptz NULL, "message_id" uuid NOT NULL, "reported_by_id" uuid NOT NULL, "decided_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "message_reports_message_id_employer_org_id_talent_id" FOREIGN KEY ("message_id", "employer_org_id", "talent_id") REFERENCES "messages" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "message_reports_messages_message" FOREIGN KEY ("message_id") REFERENCES "messages" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "message_reports_people_decided_by" FOREIGN KEY ("decided_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "message_reports_people_reported_by" FOREIGN KEY ("reported_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "message_reports_decided" CHECK ((((status)::text <> 'OPEN'::text) = (decided_at IS NOT NULL)) AND ((finding IS NULL) = (decided_at IS NULL))), CONSTRAINT "message_reports_owned" CHECK (owner_org_id = employer_org_id));
-- create index "messagereport_message_id" to table: "message_reports"
CREATE UNIQUE INDEX "messagereport_message_id" ON "message_reports" ("message_id");
-- create index "messagereport_world_id_reported_at_id" to table: "message_reports"
CREATE INDEX "messagereport_world_id_reported_at_id" ON "message_reports" ("world_id", "reported_at", "id");
-- create "read_marks" table
CREATE TABLE "read_marks" ("id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "side" character varying NOT NULL, "read_through" timestamptz NOT NULL, "read_at" timestamptz NOT NULL, "conversation_id" uuid NOT NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "read_marks_conversation_id_employer_org_id_talent_id" FOREIGN KEY ("conversation_id", "employer_org_id", "talent_id") REFERENCES "conversations" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "read_marks_conversations_conversation" FOREIGN KEY ("conversation_id") REFERENCES "conversations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "read_marks_people_person" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "readmark_conversation_id_person_id_side" to table: "read_marks"
CREATE UNIQUE INDEX "readmark_conversation_id_person_id_side" ON "read_marks" ("conversation_id", "person_id", "side");

-- +goose Down
-- reverse: create index "readmark_conversation_id_person_id_side" to table: "read_marks"
DROP INDEX "readmark_conversation_id_person_id_side";
-- reverse: create "read_marks" table
DROP TABLE "read_marks";
-- reverse: create index "messagereport_world_id_reported_at_id" to table: "message_reports"
DROP INDEX "messagereport_world_id_reported_at_id";
-- reverse: create index "messagereport_message_id" to table: "message_reports"
DROP INDEX "messagereport_message_id";
-- reverse: create "message_reports" table
DROP TABLE "message_reports";
-- reverse: create index "messages_id_employer_org_id_talent_id" to table: "messages"
DROP INDEX "messages_id_employer_org_id_talent_id";
-- reverse: create index "message_conversation_id_sent_at_id" to table: "messages"
DROP INDEX "message_conversation_id_sent_at_id";
-- reverse: create index "message_conversation_id_author_id_sent_at" to table: "messages"
DROP INDEX "message_conversation_id_author_id_sent_at";
-- reverse: create "messages" table
DROP TABLE "messages";
-- reverse: create index "conversations_id_employer_org_id_talent_id" to table: "conversations"
DROP INDEX "conversations_id_employer_org_id_talent_id";
-- reverse: create index "conversation_talent_id_last_message_at_id" to table: "conversations"
DROP INDEX "conversation_talent_id_last_message_at_id";
-- reverse: create index "conversation_employer_org_id_last_message_at_id" to table: "conversations"
DROP INDEX "conversation_employer_org_id_last_message_at_id";
-- reverse: create index "conversation_application_id" to table: "conversations"
DROP INDEX "conversation_application_id";
-- reverse: create "conversations" table
DROP TABLE "conversations";
