-- +goose Up
-- modify "deliverables" table
ALTER TABLE "deliverables" ADD COLUMN "decide_from" timestamptz NULL;
-- modify "offers" table
ALTER TABLE "offers" ADD COLUMN "platform_basis_points" bigint NOT NULL DEFAULT 1000;
-- modify "payment_records" table
ALTER TABLE "payment_records" ADD CONSTRAINT "payment_records_paid" CHECK (((status)::text = 'PAID_OUT'::text) = (paid_out_at IS NOT NULL)), ADD CONSTRAINT "payment_records_tries" CHECK (((status)::text <> ALL ((ARRAY['RELEASING'::character varying, 'PAID_OUT'::character varying, 'FAILED'::character varying])::text[])) OR (released_at IS NOT NULL)), ADD COLUMN "refunded_minor" bigint NOT NULL DEFAULT 0, ADD COLUMN "payout_attempt" bigint NOT NULL DEFAULT 0, ADD COLUMN "paid_out_at" timestamptz NULL, ADD COLUMN "failed_at" timestamptz NULL, ADD COLUMN "failure" character varying NULL, ADD COLUMN "provider_told_at" timestamptz NULL;
-- what the checks of payment records and engagements say has changed
ALTER TABLE "payment_records" DROP CONSTRAINT "payment_records_split", DROP CONSTRAINT "payment_records_held";
ALTER TABLE "payment_records" ADD CONSTRAINT "payment_records_split" CHECK (gross_minor = talent_minor + platform_minor + refunded_minor AND gross_minor > 0 AND talent_minor >= 0 AND platform_minor >= 0), ADD CONSTRAINT "payment_records_held" CHECK (status NOT IN ('HELD', 'RELEASING', 'REFUNDED', 'FROZEN', 'PAID_OUT', 'FAILED', 'PARTIALLY_REFUNDED') OR held_at IS NOT NULL);
ALTER TABLE "engagements" DROP CONSTRAINT "engagements_paused";
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_paused" CHECK ((status <> 'PAUSED' OR paused_at IS NOT NULL) AND (status IN ('PAUSED', 'DISPUTED') OR paused_at IS NULL) AND (paused_at IS NULL) = (paused_by IS NULL) AND (paused_at IS NULL) = (pause_reason IS NULL));
-- what was refunded went back whole
UPDATE payment_records SET refunded_minor = gross_minor, talent_minor = 0, platform_minor = 0 WHERE status = 'REFUNDED';
-- nothing has sent on what was released until now: somebody sends it once more
UPDATE payment_records SET status = 'FAILED', payout_attempt = 1, failed_at = updated_at, failure = 'It was never sent.', revision = revision + 1 WHERE status = 'RELEASING';
-- create "disputes" table
CREATE TABLE "disputes" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "status" character varying NOT NULL DEFAULT 'OPEN', "opened_by" character varying NOT NULL, "reason" character varying NOT NULL, "prior_status" character varying NOT NULL, "proposed_by" character varying NULL, "proposed_at" timestamptz NULL, "released_minor" bigint NULL, "work_goes_on" boolean NULL, "note" character varying NULL, "resolved_by" character varying NULL, "resolved_at" timestamptz NULL, "engagement_id" uuid NOT NULL, "payment_record_id" uuid NOT NULL, "opened_by_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "disputes_engagement_id_employer_org_id_talent_id" FOREIGN KEY ("engagement_id", "employer_org_id", "talent_id") REFERENCES "engagements" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "disputes_engagements_engagement" FOREIGN KEY ("engagement_id") REFERENCES "engagements" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "disputes_payment_record_id_employer_org_id_talent_id" FOREIGN KEY ("payment_record_id", "employer_org_id", "talent_id") REFERENCES "payment_records" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "disputes_payment_records_payment_record" FOREIGN KEY ("payment_record_id") REFERENCES "payment_records" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "disputes_people_opener" FOREIGN KEY ("opened_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "disputes_owned" CHECK (owner_org_id = employer_org_id), CONSTRAINT "disputes_proposed" CHECK ((((status)::text = 'OPEN'::text) = (released_minor IS NULL)) AND ((released_minor IS NULL) = (work_goes_on IS NULL)) AND ((proposed_by IS NULL) = (proposed_at IS NULL))), CONSTRAINT "disputes_resolved" CHECK ((((status)::text = 'RESOLVED'::text) = (resolved_at IS NOT NULL)) AND ((resolved_at IS NULL) = (resolved_by IS NULL))));
-- create index "dispute_employer_org_id_created_at_id" to table: "disputes"
CREATE INDEX "dispute_employer_org_id_created_at_id" ON "disputes" ("employer_org_id", "created_at", "id");
-- create index "dispute_engagement_id" to table: "disputes"
CREATE UNIQUE INDEX "dispute_engagement_id" ON "disputes" ("engagement_id") WHERE (((status)::text = 'OPEN'::text) OR ((status)::text = 'PROPOSED'::text));
-- create index "dispute_engagement_id_created_at_id" to table: "disputes"
CREATE INDEX "dispute_engagement_id_created_at_id" ON "disputes" ("engagement_id", "created_at", "id");
-- create index "dispute_talent_id_created_at_id" to table: "disputes"
CREATE INDEX "dispute_talent_id_created_at_id" ON "disputes" ("talent_id", "created_at", "id");
-- create index "dispute_world_id_created_at_id" to table: "disputes"
CREATE INDEX "dispute_world_id_created_at_id" ON "disputes" ("world_id", "created_at", "id");
-- create "payment_callbacks" table
CREATE TABLE "payment_callbacks" ("id" uuid NOT NULL, "world_id" uuid NOT NULL, "provider_event_id" character varying NOT NULL, "state" character varying NOT NULL, "attempt" bigint NOT NULL, "occurred_at" timestamptz NOT NULL, "received_at" timestamptz NOT NULL, "payment_record_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "payment_callbacks_payment_records_payment_record" FOREIGN KEY ("payment_record_id") REFERENCES "payment_records" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "paymentcallback_payment_record_id_occurred_at_id" to table: "payment_callbacks"
CREATE INDEX "paymentcallback_payment_record_id_occurred_at_id" ON "payment_callbacks" ("payment_record_id", "occurred_at", "id");
-- create index "paymentcallback_provider_event_id" to table: "payment_callbacks"
CREATE UNIQUE INDEX "paymentcallback_provider_event_id" ON "payment_callbacks" ("provider_event_id");

-- +goose Down
-- reverse: create index "paymentcallback_provider_event_id" to table: "payment_callbacks"
DROP INDEX "paymentcallback_provider_event_id";
-- reverse: create index "paymentcallback_payment_record_id_occurred_at_id" to table: "payment_callbacks"
DROP INDEX "paymentcallback_payment_record_id_occurred_at_id";
-- reverse: create "payment_callbacks" table
DROP TABLE "payment_callbacks";
-- reverse: create index "dispute_world_id_created_at_id" to table: "disputes"
DROP INDEX "dispute_world_id_created_at_id";
-- reverse: create index "dispute_talent_id_created_at_id" to table: "disputes"
DROP INDEX "dispute_talent_id_created_at_id";
-- reverse: create index "dispute_engagement_id_created_at_id" to table: "disputes"
DROP INDEX "dispute_engagement_id_created_at_id";
-- reverse: create index "dispute_engagement_id" to table: "disputes"
DROP INDEX "dispute_engagement_id";
-- reverse: create index "dispute_employer_org_id_created_at_id" to table: "disputes"
DROP INDEX "dispute_employer_org_id_created_at_id";
-- reverse: create "disputes" table
DROP TABLE "disputes";
-- what the checks of payment records and engagements said before
ALTER TABLE "engagements" DROP CONSTRAINT "engagements_paused";
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_paused" CHECK ((status = 'PAUSED') = (paused_at IS NOT NULL) AND (paused_at IS NULL) = (paused_by IS NULL) AND (paused_at IS NULL) = (pause_reason IS NULL));
ALTER TABLE "payment_records" DROP CONSTRAINT "payment_records_split", DROP CONSTRAINT "payment_records_held";
UPDATE payment_records SET talent_minor = gross_minor - ROUND(gross_minor * platform_basis_points / 10000.0), platform_minor = ROUND(gross_minor * platform_basis_points / 10000.0) WHERE refunded_minor > 0;
ALTER TABLE "payment_records" ADD CONSTRAINT "payment_records_split" CHECK (gross_minor = talent_minor + platform_minor AND gross_minor > 0 AND talent_minor >= 0 AND platform_minor >= 0), ADD CONSTRAINT "payment_records_held" CHECK (status NOT IN ('HELD', 'RELEASING', 'REFUNDED', 'FROZEN') OR held_at IS NOT NULL);
-- reverse: modify "payment_records" table
ALTER TABLE "payment_records" DROP COLUMN "provider_told_at", DROP COLUMN "failure", DROP COLUMN "failed_at", DROP COLUMN "paid_out_at", DROP COLUMN "payout_attempt", DROP COLUMN "refunded_minor", DROP CONSTRAINT "payment_records_tries", DROP CONSTRAINT "payment_records_paid";
-- reverse: modify "offers" table
ALTER TABLE "offers" DROP COLUMN "platform_basis_points";
-- reverse: modify "deliverables" table
ALTER TABLE "deliverables" DROP COLUMN "decide_from";
