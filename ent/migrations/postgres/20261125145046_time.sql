-- +goose Up
-- modify "jobs" table
ALTER TABLE "jobs" ADD COLUMN "key" character varying NULL;
-- create index "job_world_id_kind_key" to table: "jobs"
CREATE UNIQUE INDEX "job_world_id_kind_key" ON "jobs" ("world_id", "kind", "key") WHERE (((status)::text = 'QUEUED'::text) AND (key IS NOT NULL));
-- a project can expire
ALTER TABLE "micro_projects" DROP CONSTRAINT "micro_projects_ended", ADD CONSTRAINT "micro_projects_ended" CHECK ((status IN ('COMPLETED', 'EXPIRED', 'CANCELLED')) = (ended_at IS NOT NULL));
-- a proposed job can lapse
ALTER TABLE "hire_conversions" DROP CONSTRAINT "hire_conversions_answered", ADD CONSTRAINT "hire_conversions_answered" CHECK ((status IN ('PROPOSED', 'LAPSED')) = (answered_at IS NULL));

-- +goose Down
-- reverse: a proposed job can lapse
ALTER TABLE "hire_conversions" DROP CONSTRAINT "hire_conversions_answered", ADD CONSTRAINT "hire_conversions_answered" CHECK ((status = 'PROPOSED') = (answered_at IS NULL));
-- reverse: a project can expire
ALTER TABLE "micro_projects" DROP CONSTRAINT "micro_projects_ended", ADD CONSTRAINT "micro_projects_ended" CHECK ((status IN ('COMPLETED', 'CANCELLED')) = (ended_at IS NOT NULL));
-- reverse: create index "job_world_id_kind_key" to table: "jobs"
DROP INDEX "job_world_id_kind_key";
-- reverse: modify "jobs" table
ALTER TABLE "jobs" DROP COLUMN "key";
