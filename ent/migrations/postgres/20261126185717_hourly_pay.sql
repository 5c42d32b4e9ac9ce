-- +goose Up
-- modify "listings" table
ALTER TABLE "listings" ADD COLUMN "pay_model" character varying NULL;
-- modify "offers" table
ALTER TABLE "offers" ADD CONSTRAINT "offers_weekly" CHECK (((pay_model)::text = 'HOURLY'::text) = (weekly_hours IS NOT NULL)), ADD COLUMN "pay_model" character varying NOT NULL DEFAULT 'FIXED', ADD COLUMN "weekly_hours" bigint NULL;
-- what is listed already is paid as its project says
UPDATE "listings" SET "pay_model" = (SELECT "pay_model" FROM "micro_projects" WHERE "micro_projects"."id" = "listings"."micro_project_id") WHERE "micro_project_id" IS NOT NULL;

-- +goose Down
-- reverse: modify "offers" table
ALTER TABLE "offers" DROP COLUMN "weekly_hours", DROP COLUMN "pay_model", DROP CONSTRAINT "offers_weekly";
-- reverse: modify "listings" table
ALTER TABLE "listings" DROP COLUMN "pay_model";
