-- +goose Up
-- modify "deliverables" table
ALTER TABLE "deliverables" ADD COLUMN "decision_days" bigint NOT NULL DEFAULT 14;
-- modify "engagements" table
ALTER TABLE "engagements" ADD COLUMN "decision_days" bigint NOT NULL DEFAULT 14;
-- modify "offers" table
ALTER TABLE "offers" ADD COLUMN "decision_days" bigint NOT NULL DEFAULT 14;

-- +goose Down
-- reverse: modify "offers" table
ALTER TABLE "offers" DROP COLUMN "decision_days";
-- reverse: modify "engagements" table
ALTER TABLE "engagements" DROP COLUMN "decision_days";
-- reverse: modify "deliverables" table
ALTER TABLE "deliverables" DROP COLUMN "decision_days";
