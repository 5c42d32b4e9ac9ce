-- +goose Up
-- the days that an offer gives to decide
ALTER TABLE `engagements` ADD COLUMN `decision_days` integer NOT NULL DEFAULT (14);
ALTER TABLE `deliverables` ADD COLUMN `decision_days` integer NOT NULL DEFAULT (14);
ALTER TABLE `offers` ADD COLUMN `decision_days` integer NOT NULL DEFAULT (14);

-- +goose Down
-- reverse: the days that an offer gives to decide
ALTER TABLE `offers` DROP COLUMN `decision_days`;
ALTER TABLE `deliverables` DROP COLUMN `decision_days`;
ALTER TABLE `engagements` DROP COLUMN `decision_days`;
