-- +goose Up
-- drop index "hireconversion_engagement_id" from table: "hire_conversions"
DROP INDEX "hireconversion_engagement_id";
-- modify "hire_conversions" table
ALTER TABLE "hire_conversions" ADD CONSTRAINT "hire_conversions_known" CHECK ((employed_as_of IS NULL) OR ((employed_as_of)::text >= (started_on)::text)), ADD CONSTRAINT "hire_conversions_left" CHECK ((((status)::text = 'LEFT'::text) = (left_on IS NOT NULL)) AND ((left_on IS NULL) = (left_reason IS NULL)) AND ((left_on IS NULL) OR ((left_on)::text >= (started_on)::text))), ADD COLUMN "interested_at" timestamptz NULL, ADD COLUMN "reported_at" timestamptz NULL, ADD COLUMN "confirmed_at" timestamptz NULL, ADD COLUMN "employed_as_of" character varying NULL, ADD COLUMN "left_on" character varying NULL, ADD COLUMN "left_reason" character varying NULL;
-- create index "hireconversion_engagement_id" to table: "hire_conversions"
CREATE UNIQUE INDEX "hireconversion_engagement_id" ON "hire_conversions" ("engagement_id") WHERE (((status)::text = 'INTERESTED'::text) OR ((status)::text = 'PROPOSED'::text) OR ((status)::text = 'ACCEPTED'::text) OR ((status)::text = 'STARTED'::text) OR ((status)::text = 'RETAINED_1Y'::text) OR ((status)::text = 'RETAINED_5Y'::text));
-- create index "hire_conversions_id_employer_org_id_talent_id" to table: "hire_conversions"
CREATE UNIQUE INDEX "hire_conversions_id_employer_org_id_talent_id" ON "hire_conversions" ("id", "employer_org_id", "talent_id");
-- create "hire_reports" table
CREATE TABLE "hire_reports" ("id" uuid NOT NULL, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "source" character varying NOT NULL, "kind" character varying NOT NULL, "started_on" character varying NOT NULL, "confidence" character varying NOT NULL, "reported_at" timestamptz NOT NULL, "hire_conversion_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "hire_reports_hire_conversion_id_employer_org_id_talent_id" FOREIGN KEY ("hire_conversion_id", "employer_org_id", "talent_id") REFERENCES "hire_conversions" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "hire_reports_hire_conversions_hire_conversion" FOREIGN KEY ("hire_conversion_id") REFERENCES "hire_conversions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "hire_reports_owned" CHECK (owner_org_id = employer_org_id));
-- create index "hirereport_hire_conversion_id_source" to table: "hire_reports"
CREATE UNIQUE INDEX "hirereport_hire_conversion_id_source" ON "hire_reports" ("hire_conversion_id", "source");
-- a job can be thought of, taken back, reported and kept
ALTER TABLE "hire_conversions" DROP CONSTRAINT "hire_conversions_answered", ADD CONSTRAINT "hire_conversions_answered" CHECK ((status IN ('INTERESTED', 'PROPOSED', 'WITHDRAWN', 'LAPSED')) = (answered_at IS NULL AND reported_at IS NULL));
ALTER TABLE "hire_conversions" DROP CONSTRAINT "hire_conversions_started", ADD CONSTRAINT "hire_conversions_started" CHECK ((status IN ('STARTED', 'RETAINED_1Y', 'RETAINED_5Y', 'LEFT')) = (started_on IS NOT NULL));
-- what both sides have said counts as two sources that agree
UPDATE hire_conversions SET confirmed_at = CASE WHEN employer_confirmed_at > talent_confirmed_at THEN employer_confirmed_at ELSE talent_confirmed_at END WHERE employer_confirmed_at IS NOT NULL AND talent_confirmed_at IS NOT NULL;
INSERT INTO hire_reports (id, world_id, owner_org_id, employer_org_id, talent_id, source, kind, started_on, confidence, reported_at, hire_conversion_id) SELECT CAST(substr(CAST(id AS text), 1, 32) || 'e137' AS uuid), world_id, owner_org_id, employer_org_id, talent_id, 'EMPLOYER', kind, started_on, 'CERTAIN', employer_confirmed_at, id FROM hire_conversions WHERE employer_confirmed_at IS NOT NULL;
INSERT INTO hire_reports (id, world_id, owner_org_id, employer_org_id, talent_id, source, kind, started_on, confidence, reported_at, hire_conversion_id) SELECT CAST(substr(CAST(id AS text), 1, 32) || '7a37' AS uuid), world_id, owner_org_id, employer_org_id, talent_id, 'TALENT', kind, started_on, 'CERTAIN', talent_confirmed_at, id FROM hire_conversions WHERE talent_confirmed_at IS NOT NULL;

-- +goose Down
-- reverse: create index "hirereport_hire_conversion_id_source" to table: "hire_reports"
DROP INDEX "hirereport_hire_conversion_id_source";
-- reverse: create "hire_reports" table
DROP TABLE "hire_reports";
-- what these statuses mean cannot be said without them
DELETE FROM hire_conversions WHERE status IN ('INTERESTED', 'WITHDRAWN', 'RETAINED_1Y', 'RETAINED_5Y', 'LEFT') OR answered_at IS NULL AND reported_at IS NOT NULL;
ALTER TABLE "hire_conversions" DROP CONSTRAINT "hire_conversions_answered", ADD CONSTRAINT "hire_conversions_answered" CHECK ((status IN ('PROPOSED', 'LAPSED')) = (answered_at IS NULL));
ALTER TABLE "hire_conversions" DROP CONSTRAINT "hire_conversions_started", ADD CONSTRAINT "hire_conversions_started" CHECK ((status = 'STARTED') = (started_on IS NOT NULL));
-- reverse: create index "hire_conversions_id_employer_org_id_talent_id" to table: "hire_conversions"
DROP INDEX "hire_conversions_id_employer_org_id_talent_id";
-- reverse: create index "hireconversion_engagement_id" to table: "hire_conversions"
DROP INDEX "hireconversion_engagement_id";
-- reverse: modify "hire_conversions" table
ALTER TABLE "hire_conversions" DROP COLUMN "left_reason", DROP COLUMN "left_on", DROP COLUMN "employed_as_of", DROP COLUMN "confirmed_at", DROP COLUMN "reported_at", DROP COLUMN "interested_at", DROP CONSTRAINT "hire_conversions_left", DROP CONSTRAINT "hire_conversions_known";
-- reverse: drop index "hireconversion_engagement_id" from table: "hire_conversions"
CREATE UNIQUE INDEX "hireconversion_engagement_id" ON "hire_conversions" ("engagement_id") WHERE (((status)::text = 'PROPOSED'::text) OR ((status)::text = 'ACCEPTED'::text) OR ((status)::text = 'STARTED'::text));
