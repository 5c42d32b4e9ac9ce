-- +goose Up
-- modify "micro_projects" table
ALTER TABLE "micro_projects" ADD COLUMN "ai_use" character varying NOT NULL DEFAULT 'NOT_PERMITTED', ADD COLUMN "ai_use_note" character varying NULL, ADD COLUMN "requires_nda" boolean NOT NULL DEFAULT true, ADD COLUMN "archived_at" timestamptz NULL;
-- modify "submissions" table
ALTER TABLE "submissions" ADD COLUMN "ai_disclosure" character varying NULL;
-- the check of published projects names one more status
ALTER TABLE "micro_projects" DROP CONSTRAINT "micro_projects_published";
ALTER TABLE "micro_projects" ADD CONSTRAINT "micro_projects_published" CHECK (status NOT IN ('OPEN', 'PAUSED', 'FILLED', 'IN_PROGRESS', 'COMPLETED') OR published_at IS NOT NULL);

-- +goose Down
-- the check of published projects names one status less
ALTER TABLE "micro_projects" DROP CONSTRAINT "micro_projects_published";
ALTER TABLE "micro_projects" ADD CONSTRAINT "micro_projects_published" CHECK (status NOT IN ('OPEN', 'FILLED', 'IN_PROGRESS', 'COMPLETED') OR published_at IS NOT NULL);
-- reverse: modify "submissions" table
ALTER TABLE "submissions" DROP COLUMN "ai_disclosure";
-- reverse: modify "micro_projects" table
ALTER TABLE "micro_projects" DROP COLUMN "archived_at", DROP COLUMN "requires_nda", DROP COLUMN "ai_use_note", DROP COLUMN "ai_use";
