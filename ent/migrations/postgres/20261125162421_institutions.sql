-- +goose Up
-- modify "employers" table
ALTER TABLE "employers" DROP CONSTRAINT "employers_rejected", ADD CONSTRAINT "employers_reasons" CHECK (((status)::text <> ALL ((ARRAY['REJECTED'::character varying, 'SUSPENDED'::character varying, 'BANNED'::character varying])::text[])) OR (reason IS NOT NULL)), ADD COLUMN "reinstated_at" timestamptz NULL;
-- modify "institution_links" table
ALTER TABLE "institution_links" DROP CONSTRAINT "institution_links_decided", DROP CONSTRAINT "institution_links_declined", ADD CONSTRAINT "institution_links_open" CHECK (((status)::text = ANY ((ARRAY['REQUESTED'::character varying, 'NEEDS_INFO'::character varying])::text[])) = (decided_at IS NULL)), ADD CONSTRAINT "institution_links_reasons" CHECK ((((status)::text <> ALL ((ARRAY['DECLINED'::character varying, 'REVOKED'::character varying])::text[])) OR (reason IS NOT NULL)) AND (((status)::text <> 'NEEDS_INFO'::text) OR (question IS NOT NULL))), ADD COLUMN "question" character varying NULL, ADD COLUMN "answer" character varying NULL, ADD COLUMN "permissions" jsonb NULL;
-- modify "listings" table
ALTER TABLE "listings" ADD COLUMN "break_term_id" uuid NULL, ADD COLUMN "hours_per_week" bigint NULL, ADD COLUMN "due_on" character varying NULL;
-- modify "posting_requests" table
ALTER TABLE "posting_requests" DROP CONSTRAINT "posting_requests_decided", DROP CONSTRAINT "posting_requests_declined", ADD CONSTRAINT "posting_requests_open" CHECK ((((status)::text = ANY ((ARRAY['PENDING'::character varying, 'IN_PROGRESS'::character varying])::text[])) = (decided_at IS NULL)) AND ((decided_at IS NULL) = (decided_by IS NULL))), ADD CONSTRAINT "posting_requests_reasons" CHECK ((((status)::text <> ALL ((ARRAY['DECLINED'::character varying, 'WITHDRAWN'::character varying, 'EXPIRED'::character varying])::text[])) OR (reason IS NOT NULL)) AND (((status)::text <> 'IN_PROGRESS'::text) OR (question IS NOT NULL))), ADD COLUMN "rules" jsonb NULL, ADD COLUMN "question" character varying NULL, ADD COLUMN "answer" character varying NULL, ADD COLUMN "asks" bigint NOT NULL DEFAULT 1, ADD COLUMN "office_minutes" bigint NULL;
-- create index "postingrequest_body_id_decided_by_decided_at" to table: "posting_requests"
CREATE INDEX "postingrequest_body_id_decided_by_decided_at" ON "posting_requests" ("body_id", "decided_by", "decided_at");
-- modify "institutions" table
ALTER TABLE "institutions" ADD COLUMN "default_permissions" jsonb NULL, ADD COLUMN "approval_mode" character varying NOT NULL DEFAULT 'EMPLOYER_FIRST', ADD COLUMN "time_zone" character varying NOT NULL DEFAULT 'UTC', ADD COLUMN "office_opens" bigint NOT NULL DEFAULT 540, ADD COLUMN "office_closes" bigint NOT NULL DEFAULT 1020, ADD COLUMN "office_days" jsonb NULL;
-- create "flags" table
CREATE TABLE "flags" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "status" character varying NOT NULL DEFAULT 'OPEN', "reason" character varying NOT NULL, "finding" character varying NULL, "decided_at" timestamptz NULL, "institution_id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "raised_by_id" uuid NOT NULL, "decided_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "flags_employer_org_id_world_id" FOREIGN KEY ("employer_org_id", "world_id") REFERENCES "employers" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "flags_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "flags_institution_id_world_id" FOREIGN KEY ("institution_id", "world_id") REFERENCES "institutions" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "flags_institutions_institution" FOREIGN KEY ("institution_id") REFERENCES "institutions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "flags_people_decided_by" FOREIGN KEY ("decided_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "flags_people_raised_by" FOREIGN KEY ("raised_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "flags_decided" CHECK ((((status)::text = ANY ((ARRAY['UPHELD'::character varying, 'DISMISSED'::character varying])::text[])) = (decided_at IS NOT NULL)) AND ((decided_at IS NULL) = (finding IS NULL))));
-- create index "flag_employer_org_id_created_at_id" to table: "flags"
CREATE INDEX "flag_employer_org_id_created_at_id" ON "flags" ("employer_org_id", "created_at", "id");
-- create index "flag_institution_id_created_at_id" to table: "flags"
CREATE INDEX "flag_institution_id_created_at_id" ON "flags" ("institution_id", "created_at", "id");
-- create index "flag_institution_id_employer_org_id" to table: "flags"
CREATE UNIQUE INDEX "flag_institution_id_employer_org_id" ON "flags" ("institution_id", "employer_org_id") WHERE (((status)::text = 'OPEN'::text) OR ((status)::text = 'UNDER_REVIEW'::text));
-- create index "flag_world_id_created_at_id" to table: "flags"
CREATE INDEX "flag_world_id_created_at_id" ON "flags" ("world_id", "created_at", "id");
-- create "terms" table
CREATE TABLE "terms" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "name" character varying NOT NULL, "starts_on" character varying NOT NULL, "ends_on" character varying NOT NULL, "kind" character varying NOT NULL, "institution_id" uuid NOT NULL, "recorded_by_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "terms_institution_id_world_id" FOREIGN KEY ("institution_id", "world_id") REFERENCES "institutions" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "terms_institutions_institution" FOREIGN KEY ("institution_id") REFERENCES "institutions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "terms_people_recorded_by" FOREIGN KEY ("recorded_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "terms_days" CHECK ((starts_on)::text <= (ends_on)::text));
-- create index "term_institution_id_name" to table: "terms"
CREATE UNIQUE INDEX "term_institution_id_name" ON "terms" ("institution_id", "name");
-- create index "term_institution_id_starts_on_id" to table: "terms"
CREATE INDEX "term_institution_id_starts_on_id" ON "terms" ("institution_id", "starts_on", "id");
-- modify "micro_projects" table
ALTER TABLE "micro_projects" ADD COLUMN "worker_class" character varying NOT NULL DEFAULT 'FORM_1099', ADD COLUMN "pay_model" character varying NOT NULL DEFAULT 'FIXED', ADD COLUMN "is_third_party_recruiter" boolean NOT NULL DEFAULT false, ADD COLUMN "charges_fee" boolean NOT NULL DEFAULT false, ADD COLUMN "country_code" character varying NOT NULL DEFAULT 'US', ADD COLUMN "safety_attestations" jsonb NULL, ADD COLUMN "hours_per_week" bigint NULL, ADD COLUMN "revised_at" timestamptz NULL, ADD COLUMN "break_term_id" uuid NULL, ADD CONSTRAINT "micro_projects_terms_break_term" FOREIGN KEY ("break_term_id") REFERENCES "terms" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create "posting_policies" table
CREATE TABLE "posting_policies" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "body_id" uuid NOT NULL, "rule_id" character varying NOT NULL, "conditions" jsonb NOT NULL, "severity" character varying NOT NULL, "message" character varying NOT NULL, "active_from" timestamptz NOT NULL, "retired_at" timestamptz NULL, "institution_id" uuid NULL, "written_by_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "posting_policies_institution_id_world_id" FOREIGN KEY ("institution_id", "world_id") REFERENCES "institutions" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "posting_policies_institutions_institution" FOREIGN KEY ("institution_id") REFERENCES "institutions" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "posting_policies_people_written_by" FOREIGN KEY ("written_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "posting_policies_body" CHECK (((institution_id IS NULL) AND (body_id = world_id)) OR ((institution_id IS NOT NULL) AND (body_id = institution_id))));
-- create index "postingpolicy_body_id_created_at_id" to table: "posting_policies"
CREATE INDEX "postingpolicy_body_id_created_at_id" ON "posting_policies" ("body_id", "created_at", "id");
-- create index "postingpolicy_body_id_rule_id" to table: "posting_policies"
CREATE UNIQUE INDEX "postingpolicy_body_id_rule_id" ON "posting_policies" ("body_id", "rule_id") WHERE (retired_at IS NULL);

-- +goose Down
-- reverse: create index "postingpolicy_body_id_rule_id" to table: "posting_policies"
DROP INDEX "postingpolicy_body_id_rule_id";
-- reverse: create index "postingpolicy_body_id_created_at_id" to table: "posting_policies"
DROP INDEX "postingpolicy_body_id_created_at_id";
-- reverse: create "posting_policies" table
DROP TABLE "posting_policies";
-- reverse: modify "micro_projects" table
ALTER TABLE "micro_projects" DROP CONSTRAINT "micro_projects_terms_break_term", DROP COLUMN "break_term_id", DROP COLUMN "revised_at", DROP COLUMN "hours_per_week", DROP COLUMN "safety_attestations", DROP COLUMN "country_code", DROP COLUMN "charges_fee", DROP COLUMN "is_third_party_recruiter", DROP COLUMN "pay_model", DROP COLUMN "worker_class";
-- reverse: create index "term_institution_id_starts_on_id" to table: "terms"
DROP INDEX "term_institution_id_starts_on_id";
-- reverse: create index "term_institution_id_name" to table: "terms"
DROP INDEX "term_institution_id_name";
-- reverse: create "terms" table
DROP TABLE "terms";
-- reverse: create index "flag_world_id_created_at_id" to table: "flags"
DROP INDEX "flag_world_id_created_at_id";
-- reverse: create index "flag_institution_id_employer_org_id" to table: "flags"
DROP INDEX "flag_institution_id_employer_org_id";
-- reverse: create index "flag_institution_id_created_at_id" to table: "flags"
DROP INDEX "flag_institution_id_created_at_id";
-- reverse: create index "flag_employer_org_id_created_at_id" to table: "flags"
DROP INDEX "flag_employer_org_id_created_at_id";
-- reverse: create "flags" table
DROP TABLE "flags";
-- reverse: modify "institutions" table
ALTER TABLE "institutions" DROP COLUMN "office_days", DROP COLUMN "office_closes", DROP COLUMN "office_opens", DROP COLUMN "time_zone", DROP COLUMN "approval_mode", DROP COLUMN "default_permissions";
-- reverse: create index "postingrequest_body_id_decided_by_decided_at" to table: "posting_requests"
DROP INDEX "postingrequest_body_id_decided_by_decided_at";
-- reverse: modify "posting_requests" table
ALTER TABLE "posting_requests" DROP COLUMN "office_minutes", DROP COLUMN "asks", DROP COLUMN "answer", DROP COLUMN "question", DROP COLUMN "rules", DROP CONSTRAINT "posting_requests_reasons", DROP CONSTRAINT "posting_requests_open", ADD CONSTRAINT "posting_requests_declined" CHECK (((status)::text <> 'DECLINED'::text) OR (reason IS NOT NULL)), ADD CONSTRAINT "posting_requests_decided" CHECK ((((status)::text = 'PENDING'::text) = (decided_at IS NULL)) AND ((decided_at IS NULL) = (decided_by IS NULL)));
-- reverse: modify "listings" table
ALTER TABLE "listings" DROP COLUMN "due_on", DROP COLUMN "hours_per_week", DROP COLUMN "break_term_id";
-- reverse: modify "institution_links" table
ALTER TABLE "institution_links" DROP COLUMN "permissions", DROP COLUMN "answer", DROP COLUMN "question", DROP CONSTRAINT "institution_links_reasons", DROP CONSTRAINT "institution_links_open", ADD CONSTRAINT "institution_links_declined" CHECK (((status)::text <> 'DECLINED'::text) OR (reason IS NOT NULL)), ADD CONSTRAINT "institution_links_decided" CHECK (((status)::text = 'REQUESTED'::text) = (decided_at IS NULL));
-- reverse: modify "employers" table
ALTER TABLE "employers" DROP COLUMN "reinstated_at", DROP CONSTRAINT "employers_reasons", ADD CONSTRAINT "employers_rejected" CHECK (((status)::text <> 'REJECTED'::text) OR (reason IS NOT NULL));
