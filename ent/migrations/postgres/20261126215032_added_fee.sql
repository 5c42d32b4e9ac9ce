-- +goose Up
-- modify "amendments" table
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_fee" CHECK (((added_fee_minor IS NULL) = (currency IS NULL)) AND ((added_fee_minor IS NULL) OR (added_fee_minor > 0)) AND ((added_fee_title IS NULL) OR (added_fee_minor IS NOT NULL))), ADD COLUMN "added_fee_minor" bigint NULL, ADD COLUMN "currency" character varying NULL, ADD COLUMN "added_fee_title" character varying NULL, ADD COLUMN "amended_milestones" jsonb NULL;
-- modify "engagements" table
ALTER TABLE "engagements" ADD COLUMN "amended_fee_minor" bigint NULL;

-- +goose Down
-- reverse: modify "engagements" table
ALTER TABLE "engagements" DROP COLUMN "amended_fee_minor";
-- reverse: modify "amendments" table
ALTER TABLE "amendments" DROP COLUMN "amended_milestones", DROP COLUMN "added_fee_title", DROP COLUMN "currency", DROP COLUMN "added_fee_minor", DROP CONSTRAINT "amendments_fee";
