-- +goose Up
-- modify "institutions" table
ALTER TABLE "institutions" ADD COLUMN "minimum_age" bigint NOT NULL DEFAULT 0, ADD COLUMN "requires_us_work_authorization" boolean NOT NULL DEFAULT false, ADD COLUMN "clears_engagements" boolean NOT NULL DEFAULT false;
-- drop index "ledgerentry_payment_record_id_occurred_at_id" from table: "ledger_entries"
DROP INDEX "ledgerentry_payment_record_id_occurred_at_id";
-- modify "ledger_entries" table
ALTER TABLE "ledger_entries" ADD COLUMN "position" bigint NOT NULL DEFAULT 0;
-- create index "ledgerentry_payment_record_id_occurred_at_position_id" to table: "ledger_entries"
CREATE INDEX "ledgerentry_payment_record_id_occurred_at_position_id" ON "ledger_entries" ("payment_record_id", "occurred_at", "position", "id");
-- modify "talent_profiles" table
ALTER TABLE "talent_profiles" ADD CONSTRAINT "talent_profiles_tax_form" CHECK (((tax_form IS NULL) = (tax_form_signed_on IS NULL)) AND ((tax_form IS NULL) = (tax_form_stated_at IS NULL))), ADD COLUMN "attested_age" bigint NULL, ADD COLUMN "tax_form" character varying NULL, ADD COLUMN "tax_form_signed_on" character varying NULL, ADD COLUMN "tax_form_stated_at" timestamptz NULL;
-- modify "worlds" table
ALTER TABLE "worlds" ADD COLUMN "minimum_age" bigint NOT NULL DEFAULT 18, ADD COLUMN "requires_us_work_authorization" boolean NOT NULL DEFAULT true, ADD COLUMN "platform_basis_points" bigint NOT NULL DEFAULT 1000, ADD COLUMN "configured_at" timestamptz NULL;
-- modify "engagements" table
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_cleared" CHECK ((cleared_at IS NULL) = (cleared_by_id IS NULL)), ADD COLUMN "cleared_at" timestamptz NULL, ADD COLUMN "clearing_institution_id" uuid NULL, ADD COLUMN "cleared_by_id" uuid NULL, ADD CONSTRAINT "engagements_institutions_clearing_institution" FOREIGN KEY ("clearing_institution_id") REFERENCES "institutions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, ADD CONSTRAINT "engagements_people_cleared_by" FOREIGN KEY ("cleared_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- modify "employers" table
ALTER TABLE "employers" ADD COLUMN "platform_basis_points" bigint NULL;
-- create "funding_pools" table
CREATE TABLE "funding_pools" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "name" character varying NOT NULL, "description" character varying NULL, "status" character varying NOT NULL DEFAULT 'OPEN', "currency" character varying NOT NULL, "deposited_minor" bigint NOT NULL, "reserved_minor" bigint NOT NULL, "spent_minor" bigint NOT NULL, "closed_at" timestamptz NULL, "institution_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "funding_pools_institutions_institution" FOREIGN KEY ("institution_id") REFERENCES "institutions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "funding_pools_balance" CHECK (deposited_minor >= (reserved_minor + spent_minor)), CONSTRAINT "funding_pools_closed" CHECK (((status)::text = 'CLOSED'::text) = (closed_at IS NOT NULL)));
-- create index "funding_pools_id_world_id" to table: "funding_pools"
CREATE UNIQUE INDEX "funding_pools_id_world_id" ON "funding_pools" ("id", "world_id");
-- create index "fundingpool_owner_org_id_created_at_id" to table: "funding_pools"
CREATE INDEX "fundingpool_owner_org_id_created_at_id" ON "funding_pools" ("owner_org_id", "created_at", "id");
-- create index "fundingpool_world_id_created_at_id" to table: "funding_pools"
CREATE INDEX "fundingpool_world_id_created_at_id" ON "funding_pools" ("world_id", "created_at", "id");
-- create "funding_pool_admissions" table
CREATE TABLE "funding_pool_admissions" ("id" uuid NOT NULL, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "admitted_at" timestamptz NOT NULL, "dismissed_at" timestamptz NULL, "funding_pool_id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "admitted_by_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "funding_pool_admissions_employer_org_id_world_id" FOREIGN KEY ("employer_org_id", "world_id") REFERENCES "employers" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "funding_pool_admissions_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "funding_pool_admissions_funding_pool_id_world_id" FOREIGN KEY ("funding_pool_id", "world_id") REFERENCES "funding_pools" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "funding_pool_admissions_funding_pools_funding_pool" FOREIGN KEY ("funding_pool_id") REFERENCES "funding_pools" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "funding_pool_admissions_people_admitted_by" FOREIGN KEY ("admitted_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "fundingpooladmission_employer_org_id_funding_pool_id" to table: "funding_pool_admissions"
CREATE INDEX "fundingpooladmission_employer_org_id_funding_pool_id" ON "funding_pool_admissions" ("employer_org_id", "funding_pool_id");
-- create index "fundingpooladmission_funding_pool_id_employer_org_id" to table: "funding_pool_admissions"
CREATE UNIQUE INDEX "fundingpooladmission_funding_pool_id_employer_org_id" ON "funding_pool_admissions" ("funding_pool_id", "employer_org_id") WHERE (dismissed_at IS NULL);
-- modify "micro_projects" table
ALTER TABLE "micro_projects" ADD COLUMN "funding_pool_id" uuid NULL, ADD CONSTRAINT "micro_projects_funding_pools_funding_pool" FOREIGN KEY ("funding_pool_id") REFERENCES "funding_pools" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create "funding_pool_entries" table
CREATE TABLE "funding_pool_entries" ("id" uuid NOT NULL, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "kind" character varying NOT NULL, "amount_minor" bigint NOT NULL, "currency" character varying NOT NULL, "reference" character varying NULL, "occurred_at" timestamptz NOT NULL, "funding_pool_id" uuid NOT NULL, "offer_id" uuid NULL, "micro_project_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "funding_pool_entries_funding_pool_id_world_id" FOREIGN KEY ("funding_pool_id", "world_id") REFERENCES "funding_pools" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "funding_pool_entries_funding_pools_funding_pool" FOREIGN KEY ("funding_pool_id") REFERENCES "funding_pools" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "funding_pool_entries_micro_projects_micro_project" FOREIGN KEY ("micro_project_id") REFERENCES "micro_projects" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "funding_pool_entries_offers_offer" FOREIGN KEY ("offer_id") REFERENCES "offers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "funding_pool_entries_amount" CHECK (amount_minor > 0), CONSTRAINT "funding_pool_entries_bank" CHECK (((kind)::text = ANY ((ARRAY['DEPOSITED'::character varying, 'WITHDRAWN'::character varying])::text[])) = (reference IS NOT NULL)));
-- create index "fundingpoolentry_funding_pool_id_occurred_at_id" to table: "funding_pool_entries"
CREATE INDEX "fundingpoolentry_funding_pool_id_occurred_at_id" ON "funding_pool_entries" ("funding_pool_id", "occurred_at", "id");
-- create index "fundingpoolentry_funding_pool_id_reference" to table: "funding_pool_entries"
CREATE UNIQUE INDEX "fundingpoolentry_funding_pool_id_reference" ON "funding_pool_entries" ("funding_pool_id", "reference") WHERE (reference IS NOT NULL);
-- modify "payment_records" table
ALTER TABLE "payment_records" ADD COLUMN "funding_pool_id" uuid NULL, ADD CONSTRAINT "payment_records_funding_pools_funding_pool" FOREIGN KEY ("funding_pool_id") REFERENCES "funding_pools" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;

-- +goose Down
-- reverse: modify "payment_records" table
ALTER TABLE "payment_records" DROP CONSTRAINT "payment_records_funding_pools_funding_pool", DROP COLUMN "funding_pool_id";
-- reverse: create index "fundingpoolentry_funding_pool_id_reference" to table: "funding_pool_entries"
DROP INDEX "fundingpoolentry_funding_pool_id_reference";
-- reverse: create index "fundingpoolentry_funding_pool_id_occurred_at_id" to table: "funding_pool_entries"
DROP INDEX "fundingpoolentry_funding_pool_id_occurred_at_id";
-- reverse: create "funding_pool_entries" table
DROP TABLE "funding_pool_entries";
-- reverse: modify "micro_projects" table
ALTER TABLE "micro_projects" DROP CONSTRAINT "micro_projects_funding_pools_funding_pool", DROP COLUMN "funding_pool_id";
-- reverse: create index "fundingpooladmission_funding_pool_id_employer_org_id" to table: "funding_pool_admissions"
DROP INDEX "fundingpooladmission_funding_pool_id_employer_org_id";
-- reverse: create index "fundingpooladmission_employer_org_id_funding_pool_id" to table: "funding_pool_admissions"
DROP INDEX "fundingpooladmission_employer_org_id_funding_pool_id";
-- reverse: create "funding_pool_admissions" table
DROP TABLE "funding_pool_admissions";
-- reverse: create index "fundingpool_world_id_created_at_id" to table: "funding_pools"
DROP INDEX "fundingpool_world_id_created_at_id";
-- reverse: create index "fundingpool_owner_org_id_created_at_id" to table: "funding_pools"
DROP INDEX "fundingpool_owner_org_id_created_at_id";
-- reverse: create index "funding_pools_id_world_id" to table: "funding_pools"
DROP INDEX "funding_pools_id_world_id";
-- reverse: create "funding_pools" table
DROP TABLE "funding_pools";
-- reverse: modify "employers" table
ALTER TABLE "employers" DROP COLUMN "platform_basis_points";
-- reverse: modify "engagements" table
ALTER TABLE "engagements" DROP CONSTRAINT "engagements_people_cleared_by", DROP CONSTRAINT "engagements_institutions_clearing_institution", DROP COLUMN "cleared_by_id", DROP COLUMN "clearing_institution_id", DROP COLUMN "cleared_at", DROP CONSTRAINT "engagements_cleared";
-- reverse: modify "worlds" table
ALTER TABLE "worlds" DROP COLUMN "configured_at", DROP COLUMN "platform_basis_points", DROP COLUMN "requires_us_work_authorization", DROP COLUMN "minimum_age";
-- reverse: modify "talent_profiles" table
ALTER TABLE "talent_profiles" DROP COLUMN "tax_form_stated_at", DROP COLUMN "tax_form_signed_on", DROP COLUMN "tax_form", DROP COLUMN "attested_age", DROP CONSTRAINT "talent_profiles_tax_form";
-- reverse: create index "ledgerentry_payment_record_id_occurred_at_position_id" to table: "ledger_entries"
DROP INDEX "ledgerentry_payment_record_id_occurred_at_position_id";
-- reverse: modify "ledger_entries" table
ALTER TABLE "ledger_entries" DROP COLUMN "position";
-- reverse: drop index "ledgerentry_payment_record_id_occurred_at_id" from table: "ledger_entries"
CREATE INDEX "ledgerentry_payment_record_id_occurred_at_id" ON "ledger_entries" ("payment_record_id", "occurred_at", "id");
-- reverse: modify "institutions" table
ALTER TABLE "institutions" DROP COLUMN "clears_engagements", DROP COLUMN "requires_us_work_authorization", DROP COLUMN "minimum_age";
