-- +goose Up
-- modify "education_records" table
ALTER TABLE "education_records" ADD COLUMN "gpa_hundredths" bigint NULL;
-- modify "micro_projects" table
ALTER TABLE "micro_projects" ADD COLUMN "requirements" jsonb NULL;
-- create "application_questions" table
CREATE TABLE "application_questions" ("id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "position" bigint NOT NULL, "kind" character varying NOT NULL, "text" character varying NOT NULL, "is_required" boolean NOT NULL, "choices" jsonb NOT NULL, "micro_project_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "application_questions_micro_project_id_employer_org_id" FOREIGN KEY ("micro_project_id", "employer_org_id") REFERENCES "micro_projects" ("id", "employer_org_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "application_questions_micro_projects_micro_project" FOREIGN KEY ("micro_project_id") REFERENCES "micro_projects" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "applicationquestion_micro_project_id_position" to table: "application_questions"
CREATE UNIQUE INDEX "applicationquestion_micro_project_id_position" ON "application_questions" ("micro_project_id", "position");
-- modify "talent_profiles" table
ALTER TABLE "talent_profiles" ADD COLUMN "us_work_authorization" character varying NULL;
-- create "invitations" table
CREATE TABLE "invitations" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "status" character varying NOT NULL DEFAULT 'SENT', "message" character varying NULL, "sent_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "applied_at" timestamptz NULL, "micro_project_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "invited_by_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "invitations_employer_org_id_world_id" FOREIGN KEY ("employer_org_id", "world_id") REFERENCES "employers" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invitations_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invitations_micro_project_id_employer_org_id" FOREIGN KEY ("micro_project_id", "employer_org_id") REFERENCES "micro_projects" ("id", "employer_org_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invitations_micro_projects_micro_project" FOREIGN KEY ("micro_project_id") REFERENCES "micro_projects" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invitations_people_invited_by" FOREIGN KEY ("invited_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invitations_talent_id_world_id" FOREIGN KEY ("talent_id", "world_id") REFERENCES "talent_profiles" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invitations_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invitations_applied" CHECK (((status)::text = 'APPLIED'::text) = (applied_at IS NOT NULL)), CONSTRAINT "invitations_expires" CHECK (expires_at > sent_at), CONSTRAINT "invitations_owned" CHECK (owner_org_id = employer_org_id));
-- create index "invitation_employer_org_id_sent_at_id" to table: "invitations"
CREATE INDEX "invitation_employer_org_id_sent_at_id" ON "invitations" ("employer_org_id", "sent_at", "id");
-- create index "invitation_micro_project_id_talent_id" to table: "invitations"
CREATE UNIQUE INDEX "invitation_micro_project_id_talent_id" ON "invitations" ("micro_project_id", "talent_id") WHERE ((status)::text = 'SENT'::text);
-- create index "invitation_talent_id_sent_at_id" to table: "invitations"
CREATE INDEX "invitation_talent_id_sent_at_id" ON "invitations" ("talent_id", "sent_at", "id");
-- create index "invitation_world_id_sent_at_id" to table: "invitations"
CREATE INDEX "invitation_world_id_sent_at_id" ON "invitations" ("world_id", "sent_at", "id");
-- create index "invitations_id_employer_org_id_talent_id" to table: "invitations"
CREATE UNIQUE INDEX "invitations_id_employer_org_id_talent_id" ON "invitations" ("id", "employer_org_id", "talent_id");
-- drop index "application_micro_project_id_talent_id" from table: "applications"
DROP INDEX "application_micro_project_id_talent_id";
-- modify "applications" table
ALTER TABLE "applications" ADD CONSTRAINT "applications_expires" CHECK ((expires_at IS NULL) OR ((status)::text = ANY ((ARRAY['SUBMITTED'::character varying, 'REVIEWED'::character varying])::text[]))), ADD CONSTRAINT "applications_invited" CHECK (((origin)::text = 'INVITATION'::text) = (invitation_id IS NOT NULL)), ADD CONSTRAINT "applications_other" CHECK ((decline_reason IS NULL) OR ((decline_reason)::text <> 'OTHER'::text) OR (reason IS NOT NULL)), ADD COLUMN "origin" character varying NOT NULL DEFAULT 'PLATFORM', ADD COLUMN "packet_answers" jsonb NULL, ADD COLUMN "packet_qualification" jsonb NULL, ADD COLUMN "decline_reason" character varying NULL, ADD COLUMN "expires_at" timestamptz NULL, ADD COLUMN "invitation_id" uuid NULL, ADD CONSTRAINT "applications_invitation_id_employer_org_id_talent_id" FOREIGN KEY ("invitation_id", "employer_org_id", "talent_id") REFERENCES "invitations" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, ADD CONSTRAINT "applications_invitations_invitation" FOREIGN KEY ("invitation_id") REFERENCES "invitations" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- what was declined says why, in one word
UPDATE "applications" SET "decline_reason" = 'OTHER' WHERE "status" = 'DECLINED';
ALTER TABLE "applications" DROP CONSTRAINT "applications_declined", ADD CONSTRAINT "applications_declined" CHECK ((status = 'DECLINED') = (decline_reason IS NOT NULL));
-- create index "application_micro_project_id_talent_id" to table: "applications"
CREATE UNIQUE INDEX "application_micro_project_id_talent_id" ON "applications" ("micro_project_id", "talent_id") WHERE (((status)::text = 'SUBMITTED'::text) OR ((status)::text = 'REVIEWED'::text) OR ((status)::text = 'SHORTLISTED'::text) OR ((status)::text = 'INTERVIEW'::text) OR ((status)::text = 'OFFERED'::text) OR ((status)::text = 'ACCEPTED'::text));
-- create index "application_employer_org_id_origin_submitted_at_id" to table: "applications"
CREATE INDEX "application_employer_org_id_origin_submitted_at_id" ON "applications" ("employer_org_id", "origin", "submitted_at", "id");
-- create "application_skills" table
CREATE TABLE "application_skills" ("id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "application_id" uuid NOT NULL, "skill_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "application_skills_application_id_employer_org_id_talent_id" FOREIGN KEY ("application_id", "employer_org_id", "talent_id") REFERENCES "applications" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "application_skills_applications_application" FOREIGN KEY ("application_id") REFERENCES "applications" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "application_skills_skills_skill" FOREIGN KEY ("skill_id") REFERENCES "skills" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "applicationskill_application_id_skill_id" to table: "application_skills"
CREATE UNIQUE INDEX "applicationskill_application_id_skill_id" ON "application_skills" ("application_id", "skill_id");
-- create index "applicationskill_employer_org_id_skill_id_application_id" to table: "application_skills"
CREATE INDEX "applicationskill_employer_org_id_skill_id_application_id" ON "application_skills" ("employer_org_id", "skill_id", "application_id");
-- create "application_studies" table
CREATE TABLE "application_studies" ("id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "position" bigint NOT NULL, "level" character varying NOT NULL, "major" character varying NOT NULL, "major_folded" character varying NOT NULL COLLATE "C", "graduates_on" character varying NULL, "application_id" uuid NOT NULL, "institution_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "application_studies_application_id_employer_org_id_talent_id" FOREIGN KEY ("application_id", "employer_org_id", "talent_id") REFERENCES "applications" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "application_studies_applications_application" FOREIGN KEY ("application_id") REFERENCES "applications" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "application_studies_institutions_institution" FOREIGN KEY ("institution_id") REFERENCES "institutions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "applicationstudy_application_id_position" to table: "application_studies"
CREATE UNIQUE INDEX "applicationstudy_application_id_position" ON "application_studies" ("application_id", "position");
-- create index "applicationstudy_employer_org_id_institution_id_application_id" to table: "application_studies"
CREATE INDEX "applicationstudy_employer_org_id_institution_id_application_id" ON "application_studies" ("employer_org_id", "institution_id", "application_id");
-- create index "applicationstudy_employer_org_id_major_folded_application_id" to table: "application_studies"
CREATE INDEX "applicationstudy_employer_org_id_major_folded_application_id" ON "application_studies" ("employer_org_id", "major_folded", "application_id");
-- create "interviews" table
CREATE TABLE "interviews" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "status" character varying NOT NULL DEFAULT 'PROPOSED', "slots" jsonb NOT NULL, "chosen" bigint NULL, "proposed_at" timestamptz NOT NULL, "chosen_at" timestamptz NULL, "application_id" uuid NOT NULL, "micro_project_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "interviews_application_id_employer_org_id_talent_id" FOREIGN KEY ("application_id", "employer_org_id", "talent_id") REFERENCES "applications" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "interviews_applications_application" FOREIGN KEY ("application_id") REFERENCES "applications" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "interviews_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "interviews_micro_project_id_employer_org_id" FOREIGN KEY ("micro_project_id", "employer_org_id") REFERENCES "micro_projects" ("id", "employer_org_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "interviews_micro_projects_micro_project" FOREIGN KEY ("micro_project_id") REFERENCES "micro_projects" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "interviews_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "interviews_chosen" CHECK (((status)::text <> ALL ((ARRAY['CHOSEN'::character varying, 'PASSED'::character varying])::text[])) OR (chosen IS NOT NULL)), CONSTRAINT "interviews_owned" CHECK (owner_org_id = employer_org_id), CONSTRAINT "interviews_when" CHECK ((chosen IS NULL) = (chosen_at IS NULL)));
-- create index "interview_application_id" to table: "interviews"
CREATE UNIQUE INDEX "interview_application_id" ON "interviews" ("application_id") WHERE (((status)::text = 'PROPOSED'::text) OR ((status)::text = 'CHOSEN'::text));
-- create index "interview_application_id_proposed_at_id" to table: "interviews"
CREATE INDEX "interview_application_id_proposed_at_id" ON "interviews" ("application_id", "proposed_at", "id");

-- +goose Down
-- reverse: create index "interview_application_id_proposed_at_id" to table: "interviews"
DROP INDEX "interview_application_id_proposed_at_id";
-- reverse: create index "interview_application_id" to table: "interviews"
DROP INDEX "interview_application_id";
-- reverse: create "interviews" table
DROP TABLE "interviews";
-- reverse: create index "applicationstudy_employer_org_id_major_folded_application_id" to table: "application_studies"
DROP INDEX "applicationstudy_employer_org_id_major_folded_application_id";
-- reverse: create index "applicationstudy_employer_org_id_institution_id_application_id" to table: "application_studies"
DROP INDEX "applicationstudy_employer_org_id_institution_id_application_id";
-- reverse: create index "applicationstudy_application_id_position" to table: "application_studies"
DROP INDEX "applicationstudy_application_id_position";
-- reverse: create "application_studies" table
DROP TABLE "application_studies";
-- reverse: create index "applicationskill_employer_org_id_skill_id_application_id" to table: "application_skills"
DROP INDEX "applicationskill_employer_org_id_skill_id_application_id";
-- reverse: create index "applicationskill_application_id_skill_id" to table: "application_skills"
DROP INDEX "applicationskill_application_id_skill_id";
-- reverse: create "application_skills" table
DROP TABLE "application_skills";
-- reverse: create index "application_employer_org_id_origin_submitted_at_id" to table: "applications"
DROP INDEX "application_employer_org_id_origin_submitted_at_id";
-- reverse: create index "application_micro_project_id_talent_id" to table: "applications"
DROP INDEX "application_micro_project_id_talent_id";
-- reverse: what was declined says why, in one word
ALTER TABLE "applications" DROP CONSTRAINT "applications_declined";
UPDATE "applications" SET "reason" = "decline_reason" WHERE "status" = 'DECLINED' AND "reason" IS NULL;
UPDATE "applications" SET "status" = CASE "status" WHEN 'EXPIRED' THEN 'CLOSED_BY_SYSTEM' ELSE 'SUBMITTED' END WHERE "status" IN ('REVIEWED', 'SHORTLISTED', 'INTERVIEW', 'EXPIRED');
ALTER TABLE "applications" ADD CONSTRAINT "applications_declined" CHECK (status <> 'DECLINED' OR reason IS NOT NULL);
-- reverse: modify "applications" table
ALTER TABLE "applications" DROP CONSTRAINT "applications_invitations_invitation", DROP CONSTRAINT "applications_invitation_id_employer_org_id_talent_id", DROP COLUMN "invitation_id", DROP COLUMN "expires_at", DROP COLUMN "decline_reason", DROP COLUMN "packet_qualification", DROP COLUMN "packet_answers", DROP COLUMN "origin", DROP CONSTRAINT "applications_other", DROP CONSTRAINT "applications_invited", DROP CONSTRAINT "applications_expires";
-- reverse: drop index "application_micro_project_id_talent_id" from table: "applications"
CREATE UNIQUE INDEX "application_micro_project_id_talent_id" ON "applications" ("micro_project_id", "talent_id") WHERE (((status)::text = 'SUBMITTED'::text) OR ((status)::text = 'OFFERED'::text) OR ((status)::text = 'ACCEPTED'::text));
-- reverse: create index "invitations_id_employer_org_id_talent_id" to table: "invitations"
DROP INDEX "invitations_id_employer_org_id_talent_id";
-- reverse: create index "invitation_world_id_sent_at_id" to table: "invitations"
DROP INDEX "invitation_world_id_sent_at_id";
-- reverse: create index "invitation_talent_id_sent_at_id" to table: "invitations"
DROP INDEX "invitation_talent_id_sent_at_id";
-- reverse: create index "invitation_micro_project_id_talent_id" to table: "invitations"
DROP INDEX "invitation_micro_project_id_talent_id";
-- reverse: create index "invitation_employer_org_id_sent_at_id" to table: "invitations"
DROP INDEX "invitation_employer_org_id_sent_at_id";
-- reverse: create "invitations" table
DROP TABLE "invitations";
-- reverse: modify "talent_profiles" table
ALTER TABLE "talent_profiles" DROP COLUMN "us_work_authorization";
-- reverse: create index "applicationquestion_micro_project_id_position" to table: "application_questions"
DROP INDEX "applicationquestion_micro_project_id_position";
-- reverse: create "application_questions" table
DROP TABLE "application_questions";
-- reverse: modify "micro_projects" table
ALTER TABLE "micro_projects" DROP COLUMN "requirements";
-- reverse: modify "education_records" table
ALTER TABLE "education_records" DROP COLUMN "gpa_hundredths";
