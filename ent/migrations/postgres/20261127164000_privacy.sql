-- +goose Up
-- create "consents" table
CREATE TABLE "consents" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "recipient_class" character varying NOT NULL, "recipient_id" uuid NOT NULL, "purpose" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'GRANTED', "statement" character varying NOT NULL, "granted_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "ended_at" timestamptz NULL, "talent_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "consents_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "consents_bounds" CHECK (expires_at > granted_at), CONSTRAINT "consents_ended" CHECK (((status)::text = 'GRANTED'::text) = (ended_at IS NULL)));
-- create index "consent_recipient_id_status_talent_id" to table: "consents"
CREATE INDEX "consent_recipient_id_status_talent_id" ON "consents" ("recipient_id", "status", "talent_id");
-- create index "consent_talent_id_granted_at_id" to table: "consents"
CREATE INDEX "consent_talent_id_granted_at_id" ON "consents" ("talent_id", "granted_at", "id");
-- create index "consent_talent_id_recipient_id_purpose" to table: "consents"
CREATE UNIQUE INDEX "consent_talent_id_recipient_id_purpose" ON "consents" ("talent_id", "recipient_id", "purpose") WHERE ((status)::text = 'GRANTED'::text);
-- create "demographics" table
CREATE TABLE "demographics" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "gender" character varying NULL, "ethnicity" character varying NULL, "first_generation" character varying NULL, "pell_recipient" character varying NULL, "disability" character varying NULL, "veteran" character varying NULL, "purpose" character varying NOT NULL, "declared_at" timestamptz NOT NULL, "talent_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "demographics_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "demographics_talent_id" to table: "demographics"
CREATE UNIQUE INDEX "demographics_talent_id" ON "demographics" ("talent_id");
-- create "disclosures" table
CREATE TABLE "disclosures" ("id" uuid NOT NULL, "world_id" uuid NOT NULL, "party_kind" character varying NOT NULL, "party_id" uuid NOT NULL, "purpose" character varying NOT NULL, "fields" jsonb NOT NULL, "basis_id" uuid NULL, "request_id" character varying NULL, "occurred_at" timestamptz NOT NULL, "talent_id" uuid NOT NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "disclosures_people_person" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "disclosures_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "disclosure_party_id_occurred_at_id" to table: "disclosures"
CREATE INDEX "disclosure_party_id_occurred_at_id" ON "disclosures" ("party_id", "occurred_at", "id");
-- create index "disclosure_talent_id_occurred_at_id" to table: "disclosures"
CREATE INDEX "disclosure_talent_id_occurred_at_id" ON "disclosures" ("talent_id", "occurred_at", "id");
-- create "operator_accesses" table
CREATE TABLE "operator_accesses" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "reason" character varying NOT NULL, "ticket" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'OPEN', "opened_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "ended_at" timestamptz NULL, "person_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "operator_accesses_people_person" FOREIGN KEY ("person_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "operator_accesses_bounds" CHECK (expires_at > opened_at), CONSTRAINT "operator_accesses_ended" CHECK (((status)::text = 'OPEN'::text) = (ended_at IS NULL)));
-- create index "operatoraccess_person_id_tenant_id" to table: "operator_accesses"
CREATE UNIQUE INDEX "operatoraccess_person_id_tenant_id" ON "operator_accesses" ("person_id", "tenant_id") WHERE ((status)::text = 'OPEN'::text);
-- create index "operatoraccess_tenant_id_opened_at_id" to table: "operator_accesses"
CREATE INDEX "operatoraccess_tenant_id_opened_at_id" ON "operator_accesses" ("tenant_id", "opened_at", "id");
-- create index "operatoraccess_world_id_opened_at_id" to table: "operator_accesses"
CREATE INDEX "operatoraccess_world_id_opened_at_id" ON "operator_accesses" ("world_id", "opened_at", "id");

-- +goose Down
-- reverse: create index "operatoraccess_world_id_opened_at_id" to table: "operator_accesses"
DROP INDEX "operatoraccess_world_id_opened_at_id";
-- reverse: create index "operatoraccess_tenant_id_opened_at_id" to table: "operator_accesses"
DROP INDEX "operatoraccess_tenant_id_opened_at_id";
-- reverse: create index "operatoraccess_person_id_tenant_id" to table: "operator_accesses"
DROP INDEX "operatoraccess_person_id_tenant_id";
-- reverse: create "operator_accesses" table
DROP TABLE "operator_accesses";
-- reverse: create index "disclosure_talent_id_occurred_at_id" to table: "disclosures"
DROP INDEX "disclosure_talent_id_occurred_at_id";
-- reverse: create index "disclosure_party_id_occurred_at_id" to table: "disclosures"
DROP INDEX "disclosure_party_id_occurred_at_id";
-- reverse: create "disclosures" table
DROP TABLE "disclosures";
-- reverse: create index "demographics_talent_id" to table: "demographics"
DROP INDEX "demographics_talent_id";
-- reverse: create "demographics" table
DROP TABLE "demographics";
-- reverse: create index "consent_talent_id_recipient_id_purpose" to table: "consents"
DROP INDEX "consent_talent_id_recipient_id_purpose";
-- reverse: create index "consent_talent_id_granted_at_id" to table: "consents"
DROP INDEX "consent_talent_id_granted_at_id";
-- reverse: create index "consent_recipient_id_status_talent_id" to table: "consents"
DROP INDEX "consent_recipient_id_status_talent_id";
-- reverse: create "consents" table
DROP TABLE "consents";
