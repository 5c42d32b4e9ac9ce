-- +goose Up
-- create index "hireconversion_engagement_id_status" to table: "hire_conversions"
CREATE INDEX `hireconversion_engagement_id_status` ON `hire_conversions` (`engagement_id`, `status`);
-- create index "hireconversion_micro_project_id" to table: "hire_conversions"
CREATE INDEX `hireconversion_micro_project_id` ON `hire_conversions` (`micro_project_id`);
-- create index "microproject_world_id_published_at" to table: "micro_projects"
CREATE INDEX `microproject_world_id_published_at` ON `micro_projects` (`world_id`, `published_at`);

-- +goose Down
-- reverse: create index "microproject_world_id_published_at" to table: "micro_projects"
DROP INDEX `microproject_world_id_published_at`;
-- reverse: create index "hireconversion_micro_project_id" to table: "hire_conversions"
DROP INDEX `hireconversion_micro_project_id`;
-- reverse: create index "hireconversion_engagement_id_status" to table: "hire_conversions"
DROP INDEX `hireconversion_engagement_id_status`;
