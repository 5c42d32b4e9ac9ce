-- +goose Up
-- modify "affiliations" table
ALTER TABLE "affiliations" ADD COLUMN "directory_opted_out_at" timestamptz NULL;
-- create "directory_notices" table
CREATE TABLE "directory_notices" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "designated" jsonb NOT NULL, "kept" jsonb NOT NULL, "notice_url" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'ANNOUNCED', "announced_at" timestamptz NOT NULL, "effective_at" timestamptz NOT NULL, "ended_at" timestamptz NULL, "institution_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "directory_notices_institutions_institution" FOREIGN KEY ("institution_id") REFERENCES "institutions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "directory_notices_bounds" CHECK (effective_at >= announced_at), CONSTRAINT "directory_notices_ended" CHECK (((status)::text = 'ANNOUNCED'::text) = (ended_at IS NULL)));
-- create index "directorynotice_institution_id" to table: "directory_notices"
CREATE UNIQUE INDEX "directorynotice_institution_id" ON "directory_notices" ("institution_id") WHERE ((status)::text = 'ANNOUNCED'::text);
-- create index "directorynotice_institution_id_announced_at_id" to table: "directory_notices"
CREATE INDEX "directorynotice_institution_id_announced_at_id" ON "directory_notices" ("institution_id", "announced_at", "id");

-- +goose Down
-- reverse: create index "directorynotice_institution_id_announced_at_id" to table: "directory_notices"
DROP INDEX "directorynotice_institution_id_announced_at_id";
-- reverse: create index "directorynotice_institution_id" to table: "directory_notices"
DROP INDEX "directorynotice_institution_id";
-- reverse: create "directory_notices" table
DROP TABLE "directory_notices";
-- reverse: modify "affiliations" table
ALTER TABLE "affiliations" DROP COLUMN "directory_opted_out_at";
