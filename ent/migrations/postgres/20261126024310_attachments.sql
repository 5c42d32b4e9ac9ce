-- +goose Up
-- modify "uploads" table
ALTER TABLE "uploads" ADD COLUMN "message_id" uuid NULL, ADD CONSTRAINT "uploads_messages_message" FOREIGN KEY ("message_id") REFERENCES "messages" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- change what holds of a file that was used
ALTER TABLE "uploads" DROP CONSTRAINT "uploads_used", ADD CONSTRAINT "uploads_used" CHECK ((position IS NULL AND submission_id IS NULL AND message_id IS NULL) OR (position IS NOT NULL AND status IN ('READY', 'REFUSED') AND (submission_id IS NULL) <> (message_id IS NULL)));
-- create index "upload_message_id_position" to table: "uploads"
CREATE UNIQUE INDEX "upload_message_id_position" ON "uploads" ("message_id", "position") WHERE (message_id IS NOT NULL);

-- +goose Down
-- reverse: create index "upload_message_id_position" to table: "uploads"
DROP INDEX "upload_message_id_position";
-- reverse: change what holds of a file that was used
ALTER TABLE "uploads" DROP CONSTRAINT "uploads_used", ADD CONSTRAINT "uploads_used" CHECK (submission_id IS NULL OR (status = 'READY' AND position IS NOT NULL));
-- reverse: modify "uploads" table
ALTER TABLE "uploads" DROP CONSTRAINT "uploads_messages_message", DROP COLUMN "message_id";
