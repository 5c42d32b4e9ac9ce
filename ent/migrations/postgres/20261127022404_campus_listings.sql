-- +goose Up
-- drop index "listing_world_id_status_hourly_minor_id" from table: "listings"
DROP INDEX "listing_world_id_status_hourly_minor_id";
-- drop index "listing_world_id_status_published_at_id" from table: "listings"
DROP INDEX "listing_world_id_status_published_at_id";
-- drop index "listing_world_id_status_source_published_at_id" from table: "listings"
DROP INDEX "listing_world_id_status_source_published_at_id";
-- modify "listings" table
ALTER TABLE "listings" ADD COLUMN "audience" character varying NOT NULL DEFAULT 'PUBLIC';
-- create index "listing_world_id_status_hourly_minor_id_audience" to table: "listings"
CREATE INDEX "listing_world_id_status_hourly_minor_id_audience" ON "listings" ("world_id", "status", "hourly_minor", "id", "audience");
-- create index "listing_world_id_status_published_at_id_audience" to table: "listings"
CREATE INDEX "listing_world_id_status_published_at_id_audience" ON "listings" ("world_id", "status", "published_at", "id", "audience");
-- create index "listing_world_id_status_source_published_at_id_audience" to table: "listings"
CREATE INDEX "listing_world_id_status_source_published_at_id_audience" ON "listings" ("world_id", "status", "source", "published_at", "id", "audience");
-- what is open to chosen institutions, or was, is posted on their campus pages
INSERT INTO "listings" ("id", "created_at", "updated_at", "world_id", "employer_org_id", "micro_project_id", "source", "status", "audience", "title", "title_folded", "employer_name", "workplace", "locations", "hours", "fee_minor", "currency", "hourly_minor", "pay_model", "break_starts_on", "break_ends_on", "break_term_id", "hours_per_week", "due_on", "apply_by", "published_at", "closed_at") SELECT (substr(p.id::text, 1, 34) || '09')::uuid, p.created_at, p.updated_at, p.world_id, p.employer_org_id, p.id, 'RUNG', CASE WHEN p.status = 'OPEN' AND e.status = 'VERIFIED' THEN 'OPEN' ELSE 'CLOSED' END, 'INSTITUTIONS', p.title, p.title_folded, e.name, p.workplace, CASE WHEN p.location IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(p.location) END, p.hours, p.fee_minor, p.currency, (2 * p.fee_minor + p.hours) / (2 * p.hours), p.pay_model, p.break_starts_on, p.break_ends_on, p.break_term_id, p.hours_per_week, p.due_on, p.apply_by, p.published_at, CASE WHEN p.status = 'OPEN' AND e.status = 'VERIFIED' THEN NULL ELSE p.updated_at END FROM "micro_projects" AS p JOIN "employers" AS e ON e.id = p.employer_org_id WHERE p.audience = 'INSTITUTIONS' AND p.published_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "listings" AS l WHERE l.micro_project_id = p.id);
-- what was posted before and is for chosen institutions now is not for job boards
UPDATE "listings" SET "audience" = 'INSTITUTIONS' WHERE "micro_project_id" IN (SELECT "id" FROM "micro_projects" WHERE "audience" = 'INSTITUTIONS');

-- +goose Down
-- reverse: post what is open to chosen institutions
DELETE FROM "listings" WHERE "audience" = 'INSTITUTIONS';
-- reverse: create index "listing_world_id_status_source_published_at_id_audience" to table: "listings"
DROP INDEX "listing_world_id_status_source_published_at_id_audience";
-- reverse: create index "listing_world_id_status_published_at_id_audience" to table: "listings"
DROP INDEX "listing_world_id_status_published_at_id_audience";
-- reverse: create index "listing_world_id_status_hourly_minor_id_audience" to table: "listings"
DROP INDEX "listing_world_id_status_hourly_minor_id_audience";
-- reverse: modify "listings" table
ALTER TABLE "listings" DROP COLUMN "audience";
-- reverse: drop index "listing_world_id_status_source_published_at_id" from table: "listings"
CREATE INDEX "listing_world_id_status_source_published_at_id" ON "listings" ("world_id", "status", "source", "published_at", "id");
-- reverse: drop index "listing_world_id_status_published_at_id" from table: "listings"
CREATE INDEX "listing_world_id_status_published_at_id" ON "listings" ("world_id", "status", "published_at", "id");
-- reverse: drop index "listing_world_id_status_hourly_minor_id" from table: "listings"
CREATE INDEX "listing_world_id_status_hourly_minor_id" ON "listings" ("world_id", "status", "hourly_minor", "id");
