-- +goose Up
-- modify "evaluations" table
ALTER TABLE "evaluations" DROP CONSTRAINT "evaluations_published", ADD CONSTRAINT "evaluations_removed" CHECK ((((status)::text = 'REMOVED'::text) = (removed_at IS NOT NULL)) AND ((removed_at IS NULL) = (removal_reason IS NULL))), ADD CONSTRAINT "evaluations_replied" CHECK ((reply IS NULL) = (replied_at IS NULL)), ADD CONSTRAINT "evaluations_shown" CHECK (((status)::text = 'SUBMITTED'::text) = (published_at IS NULL)), ADD COLUMN "amended_at" timestamptz NULL, ADD COLUMN "reply" character varying NULL, ADD COLUMN "replied_at" timestamptz NULL, ADD COLUMN "removed_at" timestamptz NULL, ADD COLUMN "removal_reason" character varying NULL, ADD COLUMN "removed_by_id" uuid NULL, ADD CONSTRAINT "evaluations_people_removed_by" FOREIGN KEY ("removed_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create index "evaluation_employer_org_id_direction_status_overall" to table: "evaluations"
CREATE INDEX "evaluation_employer_org_id_direction_status_overall" ON "evaluations" ("employer_org_id", "direction", "status", "overall");
-- create index "evaluation_talent_id_direction_status_overall" to table: "evaluations"
CREATE INDEX "evaluation_talent_id_direction_status_overall" ON "evaluations" ("talent_id", "direction", "status", "overall");
-- create index "evaluation_world_id_direction_status_overall" to table: "evaluations"
CREATE INDEX "evaluation_world_id_direction_status_overall" ON "evaluations" ("world_id", "direction", "status", "overall");
-- modify "engagements" table
ALTER TABLE "engagements" ADD COLUMN "ghosting_reported_at" timestamptz NULL;
-- create index "engagements_id_talent_id" to table: "engagements"
CREATE UNIQUE INDEX "engagements_id_talent_id" ON "engagements" ("id", "talent_id");
-- modify "talent_profiles" table
ALTER TABLE "talent_profiles" ADD CONSTRAINT "talent_profiles_deactivated" CHECK ((deactivated_at IS NULL) = (deactivation_reason IS NULL)), ADD COLUMN "deactivated_at" timestamptz NULL, ADD COLUMN "deactivation_reason" character varying NULL, ADD COLUMN "reinstated_at" timestamptz NULL, ADD COLUMN "reinstatement_reason" character varying NULL, ADD COLUMN "reinstated_by_id" uuid NULL, ADD CONSTRAINT "talent_profiles_people_reinstated_by" FOREIGN KEY ("reinstated_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create "strikes" table
CREATE TABLE "strikes" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "kind" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'ISSUED', "report" character varying NOT NULL, "issued_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "appeal" character varying NULL, "appealed_at" timestamptz NULL, "finding" character varying NULL, "decided_at" timestamptz NULL, "talent_id" uuid NOT NULL, "engagement_id" uuid NOT NULL, "decided_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "strikes_engagement_id_talent_id" FOREIGN KEY ("engagement_id", "talent_id") REFERENCES "engagements" ("id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "strikes_engagements_engagement" FOREIGN KEY ("engagement_id") REFERENCES "engagements" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "strikes_people_decided_by" FOREIGN KEY ("decided_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "strikes_talent_id_world_id" FOREIGN KEY ("talent_id", "world_id") REFERENCES "talent_profiles" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "strikes_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "strikes_appealed" CHECK (((appeal IS NULL) = (appealed_at IS NULL)) AND (((status)::text <> ALL ((ARRAY['APPEALED'::character varying, 'UPHELD'::character varying])::text[])) OR (appeal IS NOT NULL))), CONSTRAINT "strikes_decided" CHECK (((finding IS NULL) = (decided_at IS NULL)) AND (((status)::text <> ALL ((ARRAY['UPHELD'::character varying, 'LIFTED'::character varying])::text[])) OR (finding IS NOT NULL))));
-- create index "strike_engagement_id_kind" to table: "strikes"
CREATE UNIQUE INDEX "strike_engagement_id_kind" ON "strikes" ("engagement_id", "kind");
-- create index "strike_talent_id_issued_at_id" to table: "strikes"
CREATE INDEX "strike_talent_id_issued_at_id" ON "strikes" ("talent_id", "issued_at", "id");
-- create index "strike_world_id_issued_at_id" to table: "strikes"
CREATE INDEX "strike_world_id_issued_at_id" ON "strikes" ("world_id", "issued_at", "id");

-- +goose Down
-- reverse: create index "strike_world_id_issued_at_id" to table: "strikes"
DROP INDEX "strike_world_id_issued_at_id";
-- reverse: create index "strike_talent_id_issued_at_id" to table: "strikes"
DROP INDEX "strike_talent_id_issued_at_id";
-- reverse: create index "strike_engagement_id_kind" to table: "strikes"
DROP INDEX "strike_engagement_id_kind";
-- reverse: create "strikes" table
DROP TABLE "strikes";
-- reverse: modify "talent_profiles" table
ALTER TABLE "talent_profiles" DROP CONSTRAINT "talent_profiles_people_reinstated_by", DROP COLUMN "reinstated_by_id", DROP COLUMN "reinstatement_reason", DROP COLUMN "reinstated_at", DROP COLUMN "deactivation_reason", DROP COLUMN "deactivated_at", DROP CONSTRAINT "talent_profiles_deactivated";
-- reverse: create index "engagements_id_talent_id" to table: "engagements"
DROP INDEX "engagements_id_talent_id";
-- reverse: modify "engagements" table
ALTER TABLE "engagements" DROP COLUMN "ghosting_reported_at";
-- reverse: create index "evaluation_world_id_direction_status_overall" to table: "evaluations"
DROP INDEX "evaluation_world_id_direction_status_overall";
-- reverse: create index "evaluation_talent_id_direction_status_overall" to table: "evaluations"
DROP INDEX "evaluation_talent_id_direction_status_overall";
-- reverse: create index "evaluation_employer_org_id_direction_status_overall" to table: "evaluations"
DROP INDEX "evaluation_employer_org_id_direction_status_overall";
-- reverse: modify "evaluations" table
ALTER TABLE "evaluations" DROP CONSTRAINT "evaluations_people_removed_by", DROP COLUMN "removed_by_id", DROP COLUMN "removal_reason", DROP COLUMN "removed_at", DROP COLUMN "replied_at", DROP COLUMN "reply", DROP COLUMN "amended_at", DROP CONSTRAINT "evaluations_shown", DROP CONSTRAINT "evaluations_replied", DROP CONSTRAINT "evaluations_removed", ADD CONSTRAINT "evaluations_published" CHECK (((status)::text = 'PUBLISHED'::text) = (published_at IS NOT NULL));
