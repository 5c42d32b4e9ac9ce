-- +goose Up
-- create index "message_reports_id_talent_id" to table: "message_reports"
CREATE UNIQUE INDEX "message_reports_id_talent_id" ON "message_reports" ("id", "talent_id");
-- drop index "strike_engagement_id_kind" from table: "strikes"
DROP INDEX "strike_engagement_id_kind";
-- modify "strikes" table
ALTER TABLE "strikes" ADD CONSTRAINT "strikes_grounds" CHECK ((((kind)::text = 'CONDUCT'::text) OR (engagement_id IS NOT NULL)) AND (((kind)::text = 'CONDUCT'::text) OR (message_report_id IS NULL)) AND ((engagement_id IS NOT NULL) OR (message_report_id IS NOT NULL))), ALTER COLUMN "engagement_id" DROP NOT NULL, ADD COLUMN "message_report_id" uuid NULL, ADD CONSTRAINT "strikes_message_report_id_talent_id" FOREIGN KEY ("message_report_id", "talent_id") REFERENCES "message_reports" ("id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, ADD CONSTRAINT "strikes_message_reports_message_report" FOREIGN KEY ("message_report_id") REFERENCES "message_reports" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create index "strike_engagement_id_kind" to table: "strikes"
CREATE UNIQUE INDEX "strike_engagement_id_kind" ON "strikes" ("engagement_id", "kind") WHERE (message_report_id IS NULL);
-- create index "strike_message_report_id" to table: "strikes"
CREATE UNIQUE INDEX "strike_message_report_id" ON "strikes" ("message_report_id");

-- +goose Down
-- reverse: create index "strike_message_report_id" to table: "strikes"
DROP INDEX "strike_message_report_id";
-- reverse: create index "strike_engagement_id_kind" to table: "strikes"
DROP INDEX "strike_engagement_id_kind";
-- reverse: modify "strikes" table
ALTER TABLE "strikes" DROP CONSTRAINT "strikes_message_reports_message_report", DROP CONSTRAINT "strikes_message_report_id_talent_id", DROP COLUMN "message_report_id", ALTER COLUMN "engagement_id" SET NOT NULL, DROP CONSTRAINT "strikes_grounds";
-- reverse: drop index "strike_engagement_id_kind" from table: "strikes"
CREATE UNIQUE INDEX "strike_engagement_id_kind" ON "strikes" ("engagement_id", "kind");
-- reverse: create index "message_reports_id_talent_id" to table: "message_reports"
DROP INDEX "message_reports_id_talent_id";
