-- +goose Up
-- modify "deliverables" table
ALTER TABLE "deliverables" ALTER COLUMN "planned_deliverable_id" DROP NOT NULL;
-- modify "engagements" table
ALTER TABLE "engagements" ADD COLUMN "amended_hours" bigint NULL;
-- create "amendments" table
CREATE TABLE "amendments" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "status" character varying NOT NULL DEFAULT 'PROPOSED', "proposed_by" character varying NOT NULL, "proposed_at" timestamptz NOT NULL, "answer_by" timestamptz NOT NULL, "reason" character varying NOT NULL, "ends_on" character varying NULL, "hours" bigint NULL, "amended" jsonb NOT NULL, "added" jsonb NOT NULL, "dropped" jsonb NOT NULL, "former_ends_on" character varying NULL, "former_hours" bigint NULL, "answered_at" timestamptz NULL, "answer" character varying NULL, "employer_org_id" uuid NOT NULL, "engagement_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "proposed_by_id" uuid NOT NULL, "answered_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "amendments_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "amendments_engagement_id_employer_org_id_talent_id" FOREIGN KEY ("engagement_id", "employer_org_id", "talent_id") REFERENCES "engagements" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "amendments_engagements_engagement" FOREIGN KEY ("engagement_id") REFERENCES "engagements" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "amendments_people_answerer" FOREIGN KEY ("answered_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "amendments_people_proposer" FOREIGN KEY ("proposed_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "amendments_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "amendments_accepted" CHECK ((((status)::text = 'ACCEPTED'::text) = (former_ends_on IS NOT NULL)) AND ((former_ends_on IS NULL) = (former_hours IS NULL))), CONSTRAINT "amendments_answered" CHECK (((answered_at IS NULL) = ((status)::text = 'PROPOSED'::text)) AND ((answered_by_id IS NULL) = ((status)::text = ANY ((ARRAY['PROPOSED'::character varying, 'EXPIRED'::character varying])::text[])))), CONSTRAINT "amendments_declined" CHECK (((status)::text <> 'DECLINED'::text) OR (answer IS NOT NULL)), CONSTRAINT "amendments_owned" CHECK (owner_org_id = employer_org_id));
-- create index "amendment_employer_org_id_proposed_at_id" to table: "amendments"
CREATE INDEX "amendment_employer_org_id_proposed_at_id" ON "amendments" ("employer_org_id", "proposed_at", "id");
-- create index "amendment_engagement_id" to table: "amendments"
CREATE UNIQUE INDEX "amendment_engagement_id" ON "amendments" ("engagement_id") WHERE ((status)::text = 'PROPOSED'::text);
-- create index "amendment_engagement_id_proposed_at_id" to table: "amendments"
CREATE INDEX "amendment_engagement_id_proposed_at_id" ON "amendments" ("engagement_id", "proposed_at", "id");
-- create index "amendment_talent_id_proposed_at_id" to table: "amendments"
CREATE INDEX "amendment_talent_id_proposed_at_id" ON "amendments" ("talent_id", "proposed_at", "id");

-- +goose Down
-- reverse: create index "amendment_talent_id_proposed_at_id" to table: "amendments"
DROP INDEX "amendment_talent_id_proposed_at_id";
-- reverse: create index "amendment_engagement_id_proposed_at_id" to table: "amendments"
DROP INDEX "amendment_engagement_id_proposed_at_id";
-- reverse: create index "amendment_engagement_id" to table: "amendments"
DROP INDEX "amendment_engagement_id";
-- reverse: create index "amendment_employer_org_id_proposed_at_id" to table: "amendments"
DROP INDEX "amendment_employer_org_id_proposed_at_id";
-- reverse: create "amendments" table
DROP TABLE "amendments";
-- reverse: modify "engagements" table
ALTER TABLE "engagements" DROP COLUMN "amended_hours";
-- reverse: modify "deliverables" table
ALTER TABLE "deliverables" ALTER COLUMN "planned_deliverable_id" SET NOT NULL;
