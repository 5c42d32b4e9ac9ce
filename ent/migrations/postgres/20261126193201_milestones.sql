-- +goose Up
-- modify "agreements" table
ALTER TABLE "agreements" ADD COLUMN "annex" character varying NULL;
-- modify "payment_records" table
ALTER TABLE "payment_records" ADD COLUMN "instalments_minor" bigint NOT NULL DEFAULT 0;
ALTER TABLE "payment_records" DROP CONSTRAINT "payment_records_split";
ALTER TABLE "payment_records" ADD CONSTRAINT "payment_records_split" CHECK (gross_minor = talent_minor + platform_minor + refunded_minor + instalments_minor AND gross_minor > 0 AND talent_minor >= 0 AND platform_minor >= 0);
-- create "milestones" table
CREATE TABLE "milestones" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "status" character varying NOT NULL DEFAULT 'PLANNED', "position" bigint NOT NULL, "title" character varying NOT NULL, "amount_minor" bigint NOT NULL, "refunded_minor" bigint NOT NULL DEFAULT 0, "currency" character varying NOT NULL, "planned_deliverable_ids" jsonb NOT NULL, "due_on" character varying NULL, "funded_at" timestamptz NULL, "due_since" timestamptz NULL, "paid_at" timestamptz NULL, "cancelled_at" timestamptz NULL, "offer_id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "payment_record_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "milestones_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "milestones_offer_id_employer_org_id_talent_id" FOREIGN KEY ("offer_id", "employer_org_id", "talent_id") REFERENCES "offers" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "milestones_offers_offer" FOREIGN KEY ("offer_id") REFERENCES "offers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "milestones_payment_record_id_employer_org_id_talent_id" FOREIGN KEY ("payment_record_id", "employer_org_id", "talent_id") REFERENCES "payment_records" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "milestones_payment_records_payment_record" FOREIGN KEY ("payment_record_id") REFERENCES "payment_records" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "milestones_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "milestones_amount" CHECK ((amount_minor > 0) AND (refunded_minor <= amount_minor)), CONSTRAINT "milestones_cancelled" CHECK (((status)::text = 'CANCELLED'::text) = (cancelled_at IS NOT NULL)), CONSTRAINT "milestones_due" CHECK ((((status)::text = ANY ((ARRAY['DUE'::character varying, 'PAID'::character varying])::text[])) = (due_since IS NOT NULL)) AND ((due_since IS NOT NULL) = (payment_record_id IS NOT NULL))), CONSTRAINT "milestones_funded" CHECK (((status)::text <> ALL ((ARRAY['FUNDED'::character varying, 'DUE'::character varying, 'PAID'::character varying])::text[])) OR (funded_at IS NOT NULL)), CONSTRAINT "milestones_owned" CHECK (owner_org_id = employer_org_id), CONSTRAINT "milestones_paid" CHECK (((status)::text = 'PAID'::text) = (paid_at IS NOT NULL)));
-- create index "milestone_offer_id_position" to table: "milestones"
CREATE UNIQUE INDEX "milestone_offer_id_position" ON "milestones" ("offer_id", "position");
-- create index "milestone_payment_record_id_position" to table: "milestones"
CREATE INDEX "milestone_payment_record_id_position" ON "milestones" ("payment_record_id", "position");

-- +goose Down
-- reverse: create index "milestone_payment_record_id_position" to table: "milestones"
DROP INDEX "milestone_payment_record_id_position";
-- reverse: create index "milestone_offer_id_position" to table: "milestones"
DROP INDEX "milestone_offer_id_position";
-- reverse: create "milestones" table
DROP TABLE "milestones";
-- reverse: modify "payment_records" table
ALTER TABLE "payment_records" DROP CONSTRAINT "payment_records_split";
ALTER TABLE "payment_records" ADD CONSTRAINT "payment_records_split" CHECK (gross_minor = talent_minor + platform_minor + refunded_minor AND gross_minor > 0 AND talent_minor >= 0 AND platform_minor >= 0);
ALTER TABLE "payment_records" DROP COLUMN "instalments_minor";
-- reverse: modify "agreements" table
ALTER TABLE "agreements" DROP COLUMN "annex";
