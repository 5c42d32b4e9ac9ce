-- +goose Up
-- modify "engagements" table
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_incomplete" CHECK (((status)::text <> 'INCOMPLETE'::text) OR (incomplete_at IS NOT NULL)), ADD CONSTRAINT "engagements_paused" CHECK ((((status)::text = 'PAUSED'::text) = (paused_at IS NOT NULL)) AND ((paused_at IS NULL) = (paused_by IS NULL)) AND ((paused_at IS NULL) = (pause_reason IS NULL))), ADD COLUMN "hand_in_by" timestamptz NULL, ADD COLUMN "paused_at" timestamptz NULL, ADD COLUMN "paused_by" character varying NULL, ADD COLUMN "pause_reason" character varying NULL, ADD COLUMN "incomplete_at" timestamptz NULL, ADD COLUMN "reopen_by" timestamptz NULL;
-- the check of started work names two more statuses
ALTER TABLE "engagements" DROP CONSTRAINT "engagements_started";
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_started" CHECK (status NOT IN ('ACTIVE', 'SUBMITTED', 'COMPLETED', 'PAUSED', 'INCOMPLETE') OR started_at IS NOT NULL);

-- +goose Down
-- the check of started work names two statuses less
ALTER TABLE "engagements" DROP CONSTRAINT "engagements_started";
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_started" CHECK (status NOT IN ('ACTIVE', 'SUBMITTED', 'COMPLETED') OR started_at IS NOT NULL);
-- reverse: modify "engagements" table
ALTER TABLE "engagements" DROP COLUMN "reopen_by", DROP COLUMN "incomplete_at", DROP COLUMN "pause_reason", DROP COLUMN "paused_by", DROP COLUMN "paused_at", DROP COLUMN "hand_in_by", DROP CONSTRAINT "engagements_paused", DROP CONSTRAINT "engagements_incomplete";
