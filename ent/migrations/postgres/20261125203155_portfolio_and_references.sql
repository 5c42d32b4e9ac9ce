-- +goose Up
-- drop index "portfolioitem_deliverable_id" from table: "portfolio_items"
DROP INDEX "portfolioitem_deliverable_id";
-- modify "portfolio_items" table
ALTER TABLE "portfolio_items" ADD CONSTRAINT "portfolio_items_behind" CHECK (((deliverable_id IS NULL) AND (engagement_id IS NULL) AND (employer_org_id IS NULL)) OR ((deliverable_id IS NOT NULL) AND (engagement_id IS NOT NULL) AND (employer_org_id IS NOT NULL))), ADD CONSTRAINT "portfolio_items_dated" CHECK ((started_on IS NULL) OR (ended_on IS NULL) OR ((started_on)::text <= (ended_on)::text)), ALTER COLUMN "employer_org_id" DROP NOT NULL, ALTER COLUMN "engagement_id" DROP NOT NULL, ALTER COLUMN "deliverable_id" DROP NOT NULL, ADD COLUMN "status" character varying NOT NULL DEFAULT 'PUBLISHED', ADD COLUMN "position" bigint NOT NULL DEFAULT 0, ADD COLUMN "link" character varying NULL, ADD COLUMN "started_on" character varying NULL, ADD COLUMN "ended_on" character varying NULL, ADD COLUMN "more_results" jsonb NULL, ADD CONSTRAINT "portfolio_items_talent_id_world_id" FOREIGN KEY ("talent_id", "world_id") REFERENCES "talent_profiles" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create index "portfolioitem_deliverable_id" to table: "portfolio_items"
CREATE UNIQUE INDEX "portfolioitem_deliverable_id" ON "portfolio_items" ("deliverable_id") WHERE (((status)::text = 'HIDDEN'::text) OR ((status)::text = 'PUBLISHED'::text));
-- create index "portfolio_items_id_talent_id" to table: "portfolio_items"
CREATE UNIQUE INDEX "portfolio_items_id_talent_id" ON "portfolio_items" ("id", "talent_id");
-- the newest came first so far
UPDATE "portfolio_items" SET "position" = (SELECT count(*) FROM "portfolio_items" AS "other" WHERE "other"."talent_id" = "portfolio_items"."talent_id" AND ("other"."created_at" > "portfolio_items"."created_at" OR "other"."created_at" = "portfolio_items"."created_at" AND "other"."id" >= "portfolio_items"."id"));
-- create index "portfolioitem_talent_id_position_id" to table: "portfolio_items"
CREATE INDEX "portfolioitem_talent_id_position_id" ON "portfolio_items" ("talent_id", "position", "id");
-- create "portfolio_skills" table
CREATE TABLE "portfolio_skills" ("id" uuid NOT NULL, "portfolio_item_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "skill_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "portfolio_skills_portfolio_item_id_talent_id" FOREIGN KEY ("portfolio_item_id", "talent_id") REFERENCES "portfolio_items" ("id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "portfolio_skills_portfolio_items_portfolio_item" FOREIGN KEY ("portfolio_item_id") REFERENCES "portfolio_items" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "portfolio_skills_skills_skill" FOREIGN KEY ("skill_id") REFERENCES "skills" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "portfolio_skills_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "portfolioskill_portfolio_item_id_skill_id" to table: "portfolio_skills"
CREATE UNIQUE INDEX "portfolioskill_portfolio_item_id_skill_id" ON "portfolio_skills" ("portfolio_item_id", "skill_id");
-- create "talent_references" table
CREATE TABLE "talent_references" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "status" character varying NOT NULL DEFAULT 'REQUESTED', "addressee" character varying NOT NULL, "message" character varying NOT NULL, "requested_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "text" character varying NULL, "relationship" character varying NULL, "may_be_shown" boolean NOT NULL DEFAULT false, "given_at" timestamptz NULL, "shown_at" timestamptz NULL, "reason" character varying NULL, "ended_at" timestamptz NULL, "employer_org_id" uuid NOT NULL, "engagement_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "given_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "talent_references_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "talent_references_engagement_id_employer_org_id_talent_id" FOREIGN KEY ("engagement_id", "employer_org_id", "talent_id") REFERENCES "engagements" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "talent_references_engagements_engagement" FOREIGN KEY ("engagement_id") REFERENCES "engagements" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "talent_references_people_given_by" FOREIGN KEY ("given_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "talent_references_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "references_ended" CHECK (((status)::text = ANY ((ARRAY['DECLINED'::character varying, 'WITHDRAWN'::character varying, 'EXPIRED'::character varying, 'RETRACTED'::character varying])::text[])) = (ended_at IS NOT NULL)), CONSTRAINT "references_given" CHECK (((given_at IS NULL) = (text IS NULL)) AND ((given_at IS NULL) = (given_by_id IS NULL)) AND (((status)::text <> ALL ((ARRAY['GIVEN'::character varying, 'RETRACTED'::character varying])::text[])) OR (given_at IS NOT NULL))), CONSTRAINT "references_owned" CHECK (owner_org_id = employer_org_id), CONSTRAINT "references_reason" CHECK (((status)::text <> 'RETRACTED'::text) OR (reason IS NOT NULL)), CONSTRAINT "references_shown" CHECK ((shown_at IS NULL) OR (((status)::text = 'GIVEN'::text) AND may_be_shown)));
-- create index "reference_employer_org_id_requested_at_id" to table: "talent_references"
CREATE INDEX "reference_employer_org_id_requested_at_id" ON "talent_references" ("employer_org_id", "requested_at", "id");
-- create index "reference_engagement_id" to table: "talent_references"
CREATE UNIQUE INDEX "reference_engagement_id" ON "talent_references" ("engagement_id") WHERE ((status)::text = 'REQUESTED'::text);
-- create index "reference_engagement_id_requested_at_id" to table: "talent_references"
CREATE INDEX "reference_engagement_id_requested_at_id" ON "talent_references" ("engagement_id", "requested_at", "id");
-- create index "reference_talent_id_requested_at_id" to table: "talent_references"
CREATE INDEX "reference_talent_id_requested_at_id" ON "talent_references" ("talent_id", "requested_at", "id");
-- create "thank_you_notes" table
CREATE TABLE "thank_you_notes" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "sent_by" character varying NOT NULL, "text" character varying NOT NULL, "sent_at" timestamptz NOT NULL, "employer_org_id" uuid NOT NULL, "engagement_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "author_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "thank_you_notes_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "thank_you_notes_engagement_id_employer_org_id_talent_id" FOREIGN KEY ("engagement_id", "employer_org_id", "talent_id") REFERENCES "engagements" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "thank_you_notes_engagements_engagement" FOREIGN KEY ("engagement_id") REFERENCES "engagements" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "thank_you_notes_people_author" FOREIGN KEY ("author_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "thank_you_notes_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "thank_you_notes_owned" CHECK (owner_org_id = employer_org_id));
-- create index "thankyounote_engagement_id_sent_by" to table: "thank_you_notes"
CREATE UNIQUE INDEX "thankyounote_engagement_id_sent_by" ON "thank_you_notes" ("engagement_id", "sent_by");

-- +goose Down
-- reverse: create index "thankyounote_engagement_id_sent_by" to table: "thank_you_notes"
DROP INDEX "thankyounote_engagement_id_sent_by";
-- reverse: create "thank_you_notes" table
DROP TABLE "thank_you_notes";
-- reverse: create index "reference_talent_id_requested_at_id" to table: "talent_references"
DROP INDEX "reference_talent_id_requested_at_id";
-- reverse: create index "reference_engagement_id_requested_at_id" to table: "talent_references"
DROP INDEX "reference_engagement_id_requested_at_id";
-- reverse: create index "reference_engagement_id" to table: "talent_references"
DROP INDEX "reference_engagement_id";
-- reverse: create index "reference_employer_org_id_requested_at_id" to table: "talent_references"
DROP INDEX "reference_employer_org_id_requested_at_id";
-- reverse: create "talent_references" table
DROP TABLE "talent_references";
-- reverse: create index "portfolioskill_portfolio_item_id_skill_id" to table: "portfolio_skills"
DROP INDEX "portfolioskill_portfolio_item_id_skill_id";
-- reverse: create "portfolio_skills" table
DROP TABLE "portfolio_skills";
-- reverse: create index "portfolioitem_talent_id_position_id" to table: "portfolio_items"
DROP INDEX "portfolioitem_talent_id_position_id";
-- reverse: create index "portfolio_items_id_talent_id" to table: "portfolio_items"
DROP INDEX "portfolio_items_id_talent_id";
-- reverse: create index "portfolioitem_deliverable_id" to table: "portfolio_items"
DROP INDEX "portfolioitem_deliverable_id";
-- reverse: modify "portfolio_items" table
ALTER TABLE "portfolio_items" DROP CONSTRAINT "portfolio_items_talent_id_world_id", DROP COLUMN "more_results", DROP COLUMN "ended_on", DROP COLUMN "started_on", DROP COLUMN "link", DROP COLUMN "position", DROP COLUMN "status", ALTER COLUMN "deliverable_id" SET NOT NULL, ALTER COLUMN "engagement_id" SET NOT NULL, ALTER COLUMN "employer_org_id" SET NOT NULL, DROP CONSTRAINT "portfolio_items_dated", DROP CONSTRAINT "portfolio_items_behind";
-- reverse: drop index "portfolioitem_deliverable_id" from table: "portfolio_items"
CREATE UNIQUE INDEX "portfolioitem_deliverable_id" ON "portfolio_items" ("deliverable_id");
