-- +goose Up
-- create "invitations" table
CREATE TABLE `invitations` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('SENT'), `message` text NULL, `sent_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `applied_at` datetime NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `invited_by_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `invitations_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `invitations_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `invitations_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `invitations_people_invited_by` FOREIGN KEY (`invited_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `invitations_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `invitations_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `invitations_talent_id_world_id` FOREIGN KEY (`talent_id`, `world_id`) REFERENCES `talent_profiles` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `invitations_applied` CHECK ((status = 'APPLIED') = (applied_at IS NOT NULL)), CONSTRAINT `invitations_expires` CHECK (expires_at > sent_at), CONSTRAINT `invitations_owned` CHECK (owner_org_id = employer_org_id));
-- create index "invitation_micro_project_id_talent_id" to table: "invitations"
CREATE UNIQUE INDEX `invitation_micro_project_id_talent_id` ON `invitations` (`micro_project_id`, `talent_id`) WHERE status = 'SENT';
-- create index "invitation_employer_org_id_sent_at_id" to table: "invitations"
CREATE INDEX `invitation_employer_org_id_sent_at_id` ON `invitations` (`employer_org_id`, `sent_at`, `id`);
-- create index "invitation_talent_id_sent_at_id" to table: "invitations"
CREATE INDEX `invitation_talent_id_sent_at_id` ON `invitations` (`talent_id`, `sent_at`, `id`);
-- create index "invitation_world_id_sent_at_id" to table: "invitations"
CREATE INDEX `invitation_world_id_sent_at_id` ON `invitations` (`world_id`, `sent_at`, `id`);
-- create index "invitations_id_employer_org_id_talent_id" to table: "invitations"
CREATE UNIQUE INDEX `invitations_id_employer_org_id_talent_id` ON `invitations` (`id`, `employer_org_id`, `talent_id`);
-- an application has more statuses and says why it was declined: SQLite makes the table anew
CREATE TABLE `new_applications` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('SUBMITTED'), `origin` text NOT NULL DEFAULT ('PLATFORM'), `note` text NOT NULL, `packet_name` text NOT NULL, `packet_email` text NULL, `packet_headline` text NULL, `packet_resume_url` text NOT NULL, `packet_linkedin_url` text NOT NULL, `packet_skills` json NOT NULL, `packet_answers` json NULL, `packet_qualification` json NULL, `decline_reason` text NULL, `reason` text NULL, `expires_at` datetime NULL, `submitted_at` datetime NOT NULL, `decided_at` datetime NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `invitation_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `applications_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `applications_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `applications_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `applications_invitations_invitation` FOREIGN KEY (`invitation_id`) REFERENCES `invitations` (`id`) ON DELETE NO ACTION, CONSTRAINT `applications_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `applications_invitation_id_employer_org_id_talent_id` FOREIGN KEY (`invitation_id`, `employer_org_id`, `talent_id`) REFERENCES `invitations` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `applications_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `applications_talent_id_world_id` FOREIGN KEY (`talent_id`, `world_id`) REFERENCES `talent_profiles` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `applications_declined` CHECK ((status = 'DECLINED') = (decline_reason IS NOT NULL)), CONSTRAINT `applications_expires` CHECK (expires_at IS NULL OR status IN ('SUBMITTED', 'REVIEWED')), CONSTRAINT `applications_invited` CHECK ((origin = 'INVITATION') = (invitation_id IS NOT NULL)), CONSTRAINT `applications_other` CHECK (decline_reason IS NULL OR decline_reason <> 'OTHER' OR reason IS NOT NULL), CONSTRAINT `applications_owned` CHECK (owner_org_id = employer_org_id));
-- copy rows from old table "applications" to new temporary table "new_applications"
INSERT INTO `new_applications` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `note`, `packet_name`, `packet_email`, `packet_headline`, `packet_resume_url`, `packet_linkedin_url`, `packet_skills`, `reason`, `submitted_at`, `decided_at`, `micro_project_id`, `talent_id`, `employer_org_id`, `decline_reason`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `note`, `packet_name`, `packet_email`, `packet_headline`, `packet_resume_url`, `packet_linkedin_url`, `packet_skills`, `reason`, `submitted_at`, `decided_at`, `micro_project_id`, `talent_id`, `employer_org_id`, CASE status WHEN 'DECLINED' THEN 'OTHER' END FROM `applications`;
-- drop "applications" table after copying rows
DROP TABLE `applications`;
-- rename temporary table "new_applications" to "applications"
ALTER TABLE `new_applications` RENAME TO `applications`;
-- create index "application_micro_project_id_talent_id" to table: "applications"
CREATE UNIQUE INDEX `application_micro_project_id_talent_id` ON `applications` (`micro_project_id`, `talent_id`) WHERE status = 'SUBMITTED' OR status = 'REVIEWED' OR status = 'SHORTLISTED' OR status = 'INTERVIEW' OR status = 'OFFERED' OR status = 'ACCEPTED';
-- create index "application_micro_project_id_submitted_at_id" to table: "applications"
CREATE INDEX `application_micro_project_id_submitted_at_id` ON `applications` (`micro_project_id`, `submitted_at`, `id`);
-- create index "application_employer_org_id_submitted_at_id" to table: "applications"
CREATE INDEX `application_employer_org_id_submitted_at_id` ON `applications` (`employer_org_id`, `submitted_at`, `id`);
-- create index "application_employer_org_id_status_submitted_at_id" to table: "applications"
CREATE INDEX `application_employer_org_id_status_submitted_at_id` ON `applications` (`employer_org_id`, `status`, `submitted_at`, `id`);
-- create index "application_employer_org_id_origin_submitted_at_id" to table: "applications"
CREATE INDEX `application_employer_org_id_origin_submitted_at_id` ON `applications` (`employer_org_id`, `origin`, `submitted_at`, `id`);
-- create index "application_talent_id_submitted_at_id" to table: "applications"
CREATE INDEX `application_talent_id_submitted_at_id` ON `applications` (`talent_id`, `submitted_at`, `id`);
-- create index "application_world_id_submitted_at_id" to table: "applications"
CREATE INDEX `application_world_id_submitted_at_id` ON `applications` (`world_id`, `submitted_at`, `id`);
-- create index "applications_id_employer_org_id_talent_id" to table: "applications"
CREATE UNIQUE INDEX `applications_id_employer_org_id_talent_id` ON `applications` (`id`, `employer_org_id`, `talent_id`);
-- add column "gpa_hundredths" to table: "education_records"
ALTER TABLE `education_records` ADD COLUMN `gpa_hundredths` integer NULL;
-- add column "us_work_authorization" to table: "talent_profiles"
ALTER TABLE `talent_profiles` ADD COLUMN `us_work_authorization` text NULL;
-- add column "requirements" to table: "micro_projects"
ALTER TABLE `micro_projects` ADD COLUMN `requirements` json NULL;
-- create "application_questions" table
CREATE TABLE `application_questions` (`id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `position` integer NOT NULL, `kind` text NOT NULL, `text` text NOT NULL, `is_required` bool NOT NULL, `choices` json NOT NULL, `micro_project_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `application_questions_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `application_questions_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION);
-- create index "applicationquestion_micro_project_id_position" to table: "application_questions"
CREATE UNIQUE INDEX `applicationquestion_micro_project_id_position` ON `application_questions` (`micro_project_id`, `position`);
-- create "application_skills" table
CREATE TABLE `application_skills` (`id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `application_id` uuid NOT NULL, `skill_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `application_skills_applications_application` FOREIGN KEY (`application_id`) REFERENCES `applications` (`id`) ON DELETE NO ACTION, CONSTRAINT `application_skills_skills_skill` FOREIGN KEY (`skill_id`) REFERENCES `skills` (`id`) ON DELETE NO ACTION, CONSTRAINT `application_skills_application_id_employer_org_id_talent_id` FOREIGN KEY (`application_id`, `employer_org_id`, `talent_id`) REFERENCES `applications` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION);
-- create index "applicationskill_application_id_skill_id" to table: "application_skills"
CREATE UNIQUE INDEX `applicationskill_application_id_skill_id` ON `application_skills` (`application_id`, `skill_id`);
-- create index "applicationskill_employer_org_id_skill_id_application_id" to table: "application_skills"
CREATE INDEX `applicationskill_employer_org_id_skill_id_application_id` ON `application_skills` (`employer_org_id`, `skill_id`, `application_id`);
-- create "application_studies" table
CREATE TABLE `application_studies` (`id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `position` integer NOT NULL, `level` text NOT NULL, `major` text NOT NULL, `major_folded` text NOT NULL, `graduates_on` text NULL, `application_id` uuid NOT NULL, `institution_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `application_studies_applications_application` FOREIGN KEY (`application_id`) REFERENCES `applications` (`id`) ON DELETE NO ACTION, CONSTRAINT `application_studies_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `application_studies_application_id_employer_org_id_talent_id` FOREIGN KEY (`application_id`, `employer_org_id`, `talent_id`) REFERENCES `applications` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION);
-- create index "applicationstudy_application_id_position" to table: "application_studies"
CREATE UNIQUE INDEX `applicationstudy_application_id_position` ON `application_studies` (`application_id`, `position`);
-- create index "applicationstudy_employer_org_id_institution_id_application_id" to table: "application_studies"
CREATE INDEX `applicationstudy_employer_org_id_institution_id_application_id` ON `application_studies` (`employer_org_id`, `institution_id`, `application_id`);
-- create index "applicationstudy_employer_org_id_major_folded_application_id" to table: "application_studies"
CREATE INDEX `applicationstudy_employer_org_id_major_folded_application_id` ON `application_studies` (`employer_org_id`, `major_folded`, `application_id`);
-- create "interviews" table
CREATE TABLE `interviews` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PROPOSED'), `slots` json NOT NULL, `chosen` integer NULL, `proposed_at` datetime NOT NULL, `chosen_at` datetime NULL, `application_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `interviews_applications_application` FOREIGN KEY (`application_id`) REFERENCES `applications` (`id`) ON DELETE NO ACTION, CONSTRAINT `interviews_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `interviews_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `interviews_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `interviews_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `interviews_application_id_employer_org_id_talent_id` FOREIGN KEY (`application_id`, `employer_org_id`, `talent_id`) REFERENCES `applications` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `interviews_chosen` CHECK (status NOT IN ('CHOSEN', 'PASSED') OR chosen IS NOT NULL), CONSTRAINT `interviews_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `interviews_when` CHECK ((chosen IS NULL) = (chosen_at IS NULL)));
-- create index "interview_application_id" to table: "interviews"
CREATE UNIQUE INDEX `interview_application_id` ON `interviews` (`application_id`) WHERE status = 'PROPOSED' OR status = 'CHOSEN';
-- create index "interview_application_id_proposed_at_id" to table: "interviews"
CREATE INDEX `interview_application_id_proposed_at_id` ON `interviews` (`application_id`, `proposed_at`, `id`);

-- +goose Down
-- reverse: an application has more statuses and says why it was declined
CREATE TABLE `new_applications` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('SUBMITTED'), `note` text NOT NULL, `packet_name` text NOT NULL, `packet_email` text NULL, `packet_headline` text NULL, `packet_resume_url` text NOT NULL, `packet_linkedin_url` text NOT NULL, `packet_skills` json NOT NULL, `reason` text NULL, `submitted_at` datetime NOT NULL, `decided_at` datetime NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `applications_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `applications_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `applications_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `applications_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `applications_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `applications_talent_id_world_id` FOREIGN KEY (`talent_id`, `world_id`) REFERENCES `talent_profiles` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `applications_declined` CHECK (status <> 'DECLINED' OR reason IS NOT NULL), CONSTRAINT `applications_owned` CHECK (owner_org_id = employer_org_id));
INSERT INTO `new_applications` (`id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, `status`, `note`, `packet_name`, `packet_email`, `packet_headline`, `packet_resume_url`, `packet_linkedin_url`, `packet_skills`, `reason`, `submitted_at`, `decided_at`, `micro_project_id`, `talent_id`, `employer_org_id`) SELECT `id`, `created_at`, `updated_at`, `revision`, `world_id`, `owner_org_id`, CASE WHEN `status` IN ('REVIEWED', 'SHORTLISTED', 'INTERVIEW') THEN 'SUBMITTED' WHEN `status` = 'EXPIRED' THEN 'CLOSED_BY_SYSTEM' ELSE `status` END, `note`, `packet_name`, `packet_email`, `packet_headline`, `packet_resume_url`, `packet_linkedin_url`, `packet_skills`, CASE WHEN `status` = 'DECLINED' THEN COALESCE(`reason`, `decline_reason`) ELSE `reason` END, `submitted_at`, `decided_at`, `micro_project_id`, `talent_id`, `employer_org_id` FROM `applications`;
DROP TABLE `applications`;
ALTER TABLE `new_applications` RENAME TO `applications`;
CREATE UNIQUE INDEX `application_micro_project_id_talent_id` ON `applications` (`micro_project_id`, `talent_id`) WHERE status = 'SUBMITTED' OR status = 'OFFERED' OR status = 'ACCEPTED';
CREATE INDEX `application_micro_project_id_submitted_at_id` ON `applications` (`micro_project_id`, `submitted_at`, `id`);
CREATE INDEX `application_employer_org_id_submitted_at_id` ON `applications` (`employer_org_id`, `submitted_at`, `id`);
CREATE INDEX `application_employer_org_id_status_submitted_at_id` ON `applications` (`employer_org_id`, `status`, `submitted_at`, `id`);
CREATE INDEX `application_talent_id_submitted_at_id` ON `applications` (`talent_id`, `submitted_at`, `id`);
CREATE INDEX `application_world_id_submitted_at_id` ON `applications` (`world_id`, `submitted_at`, `id`);
CREATE UNIQUE INDEX `applications_id_employer_org_id_talent_id` ON `applications` (`id`, `employer_org_id`, `talent_id`);
-- reverse: create index "invitations_id_employer_org_id_talent_id" to table: "invitations"
DROP INDEX `invitations_id_employer_org_id_talent_id`;
-- reverse: create index "invitation_world_id_sent_at_id" to table: "invitations"
DROP INDEX `invitation_world_id_sent_at_id`;
-- reverse: create index "invitation_talent_id_sent_at_id" to table: "invitations"
DROP INDEX `invitation_talent_id_sent_at_id`;
-- reverse: create index "invitation_employer_org_id_sent_at_id" to table: "invitations"
DROP INDEX `invitation_employer_org_id_sent_at_id`;
-- reverse: create index "invitation_micro_project_id_talent_id" to table: "invitations"
DROP INDEX `invitation_micro_project_id_talent_id`;
-- reverse: create "invitations" table
DROP TABLE `invitations`;
-- reverse: create index "interview_application_id_proposed_at_id" to table: "interviews"
DROP INDEX `interview_application_id_proposed_at_id`;
-- reverse: create index "interview_application_id" to table: "interviews"
DROP INDEX `interview_application_id`;
-- reverse: create "interviews" table
DROP TABLE `interviews`;
-- reverse: create index "applicationstudy_employer_org_id_major_folded_application_id" to table: "application_studies"
DROP INDEX `applicationstudy_employer_org_id_major_folded_application_id`;
-- reverse: create index "applicationstudy_employer_org_id_institution_id_application_id" to table: "application_studies"
DROP INDEX `applicationstudy_employer_org_id_institution_id_application_id`;
-- reverse: create index "applicationstudy_application_id_position" to table: "application_studies"
DROP INDEX `applicationstudy_application_id_position`;
-- reverse: create "application_studies" table
DROP TABLE `application_studies`;
-- reverse: create index "applicationskill_employer_org_id_skill_id_application_id" to table: "application_skills"
DROP INDEX `applicationskill_employer_org_id_skill_id_application_id`;
-- reverse: create index "applicationskill_application_id_skill_id" to table: "application_skills"
DROP INDEX `applicationskill_application_id_skill_id`;
-- reverse: create "application_skills" table
DROP TABLE `application_skills`;
-- reverse: create index "applicationquestion_micro_project_id_position" to table: "application_questions"
DROP INDEX `applicationquestion_micro_project_id_position`;
-- reverse: create "application_questions" table
DROP TABLE `application_questions`;
-- reverse: add column "requirements" to table: "micro_projects"
ALTER TABLE `micro_projects` DROP COLUMN `requirements`;
-- reverse: add column "us_work_authorization" to table: "talent_profiles"
ALTER TABLE `talent_profiles` DROP COLUMN `us_work_authorization`;
-- reverse: add column "gpa_hundredths" to table: "education_records"
ALTER TABLE `education_records` DROP COLUMN `gpa_hundredths`;
