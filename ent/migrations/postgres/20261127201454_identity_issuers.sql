-- +goose Up
-- modify "identities" table
ALTER TABLE "identities" ADD COLUMN "vouched_at" timestamptz NULL, ADD COLUMN "vouched_role" character varying NULL, ADD COLUMN "vouched_talent" boolean NOT NULL DEFAULT false;
-- create "identity_issuers" table
CREATE TABLE "identity_issuers" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "organization_id" uuid NOT NULL, "issuer" character varying NOT NULL, "audience" character varying NOT NULL, "algorithms" jsonb NOT NULL, "scopes" jsonb NOT NULL, "mappings" jsonb NOT NULL, "status" character varying NOT NULL DEFAULT 'REGISTERED', "problem" character varying NULL, "proven_at" timestamptz NULL, "reason" character varying NULL, "decided_at" timestamptz NULL, "stopped_by_platform" boolean NOT NULL DEFAULT false, "registered_by_id" uuid NOT NULL, "decided_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "identity_issuers_people_decided_by" FOREIGN KEY ("decided_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "identity_issuers_people_registered_by" FOREIGN KEY ("registered_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "identity_issuers_proven" CHECK (((status)::text <> ALL ((ARRAY['PROVEN'::character varying, 'TRUSTED'::character varying, 'SUSPENDED'::character varying])::text[])) OR (proven_at IS NOT NULL)), CONSTRAINT "identity_issuers_refused" CHECK (((status)::text <> 'REFUSED'::text) OR (reason IS NOT NULL)));
-- create index "identityissuer_issuer" to table: "identity_issuers"
CREATE UNIQUE INDEX "identityissuer_issuer" ON "identity_issuers" ("issuer") WHERE (((status)::text = 'TRUSTED'::text) OR ((status)::text = 'SUSPENDED'::text));
-- create index "identityissuer_organization_id_created_at_id" to table: "identity_issuers"
CREATE INDEX "identityissuer_organization_id_created_at_id" ON "identity_issuers" ("organization_id", "created_at", "id");
-- create index "identityissuer_organization_id_issuer" to table: "identity_issuers"
CREATE UNIQUE INDEX "identityissuer_organization_id_issuer" ON "identity_issuers" ("organization_id", "issuer") WHERE (((status)::text = 'REGISTERED'::text) OR ((status)::text = 'PROVEN'::text) OR ((status)::text = 'TRUSTED'::text) OR ((status)::text = 'SUSPENDED'::text));
-- create index "identityissuer_world_id_status_created_at_id" to table: "identity_issuers"
CREATE INDEX "identityissuer_world_id_status_created_at_id" ON "identity_issuers" ("world_id", "status", "created_at", "id");
-- modify "affiliations" table
ALTER TABLE "affiliations" ADD COLUMN "vouched_by_id" uuid NULL, ADD CONSTRAINT "affiliations_identity_issuers_vouched_by" FOREIGN KEY ("vouched_by_id") REFERENCES "identity_issuers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;

-- +goose Down
-- reverse: modify "affiliations" table
ALTER TABLE "affiliations" DROP CONSTRAINT "affiliations_identity_issuers_vouched_by", DROP COLUMN "vouched_by_id";
-- reverse: create index "identityissuer_world_id_status_created_at_id" to table: "identity_issuers"
DROP INDEX "identityissuer_world_id_status_created_at_id";
-- reverse: create index "identityissuer_organization_id_issuer" to table: "identity_issuers"
DROP INDEX "identityissuer_organization_id_issuer";
-- reverse: create index "identityissuer_organization_id_created_at_id" to table: "identity_issuers"
DROP INDEX "identityissuer_organization_id_created_at_id";
-- reverse: create index "identityissuer_issuer" to table: "identity_issuers"
DROP INDEX "identityissuer_issuer";
-- reverse: create "identity_issuers" table
DROP TABLE "identity_issuers";
-- reverse: modify "identities" table
ALTER TABLE "identities" DROP COLUMN "vouched_talent", DROP COLUMN "vouched_role", DROP COLUMN "vouched_at";
