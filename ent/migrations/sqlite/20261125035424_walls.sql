-- +goose Up
-- create "affiliations" table
CREATE TABLE `affiliations` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('CLAIMED'), `claimed_name` text NOT NULL, `evidence` text NULL, `reason` text NULL, `decided_at` datetime NULL, `ended_at` datetime NULL, `talent_id` uuid NOT NULL, `institution_id` uuid NOT NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `affiliations_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_institution_id_world_id` FOREIGN KEY (`institution_id`, `world_id`) REFERENCES `institutions` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_talent_id_world_id` FOREIGN KEY (`talent_id`, `world_id`) REFERENCES `talent_profiles` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `affiliations_declined` CHECK (status <> 'DECLINED' OR reason IS NOT NULL), CONSTRAINT `affiliations_ended` CHECK ((status = 'ENDED') = (ended_at IS NOT NULL)));
-- create index "affiliation_talent_id_institution_id" to table: "affiliations"
CREATE UNIQUE INDEX `affiliation_talent_id_institution_id` ON `affiliations` (`talent_id`, `institution_id`) WHERE status = 'CLAIMED' OR status = 'CONFIRMED';
-- create index "affiliation_institution_id_status_created_at_id" to table: "affiliations"
CREATE INDEX `affiliation_institution_id_status_created_at_id` ON `affiliations` (`institution_id`, `status`, `created_at`, `id`);
-- create index "affiliation_talent_id_created_at_id" to table: "affiliations"
CREATE INDEX `affiliation_talent_id_created_at_id` ON `affiliations` (`talent_id`, `created_at`, `id`);
-- create "agreements" table
CREATE TABLE `agreements` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `kind` text NOT NULL, `text_version` integer NOT NULL, `text_hash` text NOT NULL, `employer_signed_at` datetime NULL, `talent_signed_at` datetime NULL, `offer_id` uuid NOT NULL, `employer_signer_id` uuid NULL, `talent_signer_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `agreements_offers_offer` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`) ON DELETE NO ACTION, CONSTRAINT `agreements_people_employer_signer` FOREIGN KEY (`employer_signer_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `agreements_people_talent_signer` FOREIGN KEY (`talent_signer_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `agreements_offer_id_employer_org_id_talent_id` FOREIGN KEY (`offer_id`, `employer_org_id`, `talent_id`) REFERENCES `offers` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `agreements_employer` CHECK ((employer_signed_at IS NULL) = (employer_signer_id IS NULL)), CONSTRAINT `agreements_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `agreements_talent` CHECK ((talent_signed_at IS NULL) = (talent_signer_id IS NULL)));
-- create index "agreement_offer_id_kind" to table: "agreements"
CREATE UNIQUE INDEX `agreement_offer_id_kind` ON `agreements` (`offer_id`, `kind`);
-- create "applications" table
CREATE TABLE `applications` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('SUBMITTED'), `note` text NOT NULL, `packet_name` text NOT NULL, `packet_email` text NULL, `packet_headline` text NULL, `packet_resume_url` text NOT NULL, `packet_linkedin_url` text NOT NULL, `packet_skills` json NOT NULL, `reason` text NULL, `submitted_at` datetime NOT NULL, `decided_at` datetime NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `applications_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `applications_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `applications_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `applications_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `applications_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `applications_talent_id_world_id` FOREIGN KEY (`talent_id`, `world_id`) REFERENCES `talent_profiles` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `applications_declined` CHECK (status <> 'DECLINED' OR reason IS NOT NULL), CONSTRAINT `applications_owned` CHECK (owner_org_id = employer_org_id));
-- create index "application_micro_project_id_talent_id" to table: "applications"
CREATE UNIQUE INDEX `application_micro_project_id_talent_id` ON `applications` (`micro_project_id`, `talent_id`) WHERE status = 'SUBMITTED' OR status = 'OFFERED' OR status = 'ACCEPTED';
-- create index "application_micro_project_id_submitted_at_id" to table: "applications"
CREATE INDEX `application_micro_project_id_submitted_at_id` ON `applications` (`micro_project_id`, `submitted_at`, `id`);
-- create index "application_employer_org_id_submitted_at_id" to table: "applications"
CREATE INDEX `application_employer_org_id_submitted_at_id` ON `applications` (`employer_org_id`, `submitted_at`, `id`);
-- create index "application_employer_org_id_status_submitted_at_id" to table: "applications"
CREATE INDEX `application_employer_org_id_status_submitted_at_id` ON `applications` (`employer_org_id`, `status`, `submitted_at`, `id`);
-- create index "application_talent_id_submitted_at_id" to table: "applications"
CREATE INDEX `application_talent_id_submitted_at_id` ON `applications` (`talent_id`, `submitted_at`, `id`);
-- create index "application_world_id_submitted_at_id" to table: "applications"
CREATE INDEX `application_world_id_submitted_at_id` ON `applications` (`world_id`, `submitted_at`, `id`);
-- create index "applications_id_employer_org_id_talent_id" to table: "applications"
CREATE UNIQUE INDEX `applications_id_employer_org_id_talent_id` ON `applications` (`id`, `employer_org_id`, `talent_id`);
-- create "audit_entries" table
CREATE TABLE `audit_entries` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `change_id` uuid NOT NULL, `person_id` uuid NULL, `client_id` uuid NULL, `organization_id` uuid NULL, `verb` text NOT NULL, `subjects` json NOT NULL, `changed_fields` json NOT NULL, `outcome` text NOT NULL, `code` text NULL, `request_id` text NULL, `key_hash` text NULL, `occurred_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "auditentry_organization_id_occurred_at_id" to table: "audit_entries"
CREATE INDEX `auditentry_organization_id_occurred_at_id` ON `audit_entries` (`organization_id`, `occurred_at`, `id`);
-- create index "auditentry_person_id_occurred_at_id" to table: "audit_entries"
CREATE INDEX `auditentry_person_id_occurred_at_id` ON `audit_entries` (`person_id`, `occurred_at`, `id`);
-- create index "auditentry_change_id" to table: "audit_entries"
CREATE INDEX `auditentry_change_id` ON `audit_entries` (`change_id`);
-- create "declared_skills" table
CREATE TABLE `declared_skills` (`id` uuid NOT NULL, `level` text NOT NULL, `declared_at` datetime NOT NULL, `talent_id` uuid NOT NULL, `skill_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `declared_skills_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `declared_skills_skills_skill` FOREIGN KEY (`skill_id`) REFERENCES `skills` (`id`) ON DELETE NO ACTION);
-- create index "declaredskill_talent_id_skill_id" to table: "declared_skills"
CREATE UNIQUE INDEX `declaredskill_talent_id_skill_id` ON `declared_skills` (`talent_id`, `skill_id`);
-- create index "declaredskill_skill_id" to table: "declared_skills"
CREATE INDEX `declaredskill_skill_id` ON `declared_skills` (`skill_id`);
-- create "deliverables" table
CREATE TABLE `deliverables` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `position` integer NOT NULL, `title` text NOT NULL, `acceptance_criterion` text NOT NULL, `due_at` datetime NOT NULL, `status` text NOT NULL DEFAULT ('PLANNED'), `submission_count` integer NOT NULL DEFAULT (0), `revision_reasons` json NOT NULL, `submitted_at` datetime NULL, `accepted_at` datetime NULL, `engagement_id` uuid NOT NULL, `planned_deliverable_id` uuid NOT NULL, `talent_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `deliverables_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `deliverables_planned_deliverables_planned_deliverable` FOREIGN KEY (`planned_deliverable_id`) REFERENCES `planned_deliverables` (`id`) ON DELETE NO ACTION, CONSTRAINT `deliverables_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `deliverables_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `deliverables_accepted` CHECK ((status = 'ACCEPTED') = (accepted_at IS NOT NULL)), CONSTRAINT `deliverables_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `deliverables_submitted` CHECK (status NOT IN ('SUBMITTED', 'REVISION_REQUESTED', 'ACCEPTED') OR submission_count > 0));
-- create index "deliverable_engagement_id_position" to table: "deliverables"
CREATE UNIQUE INDEX `deliverable_engagement_id_position` ON `deliverables` (`engagement_id`, `position`);
-- create index "deliverable_employer_org_id_due_at_id" to table: "deliverables"
CREATE INDEX `deliverable_employer_org_id_due_at_id` ON `deliverables` (`employer_org_id`, `due_at`, `id`);
-- create index "deliverable_employer_org_id_status_due_at_id" to table: "deliverables"
CREATE INDEX `deliverable_employer_org_id_status_due_at_id` ON `deliverables` (`employer_org_id`, `status`, `due_at`, `id`);
-- create index "deliverable_talent_id_due_at_id" to table: "deliverables"
CREATE INDEX `deliverable_talent_id_due_at_id` ON `deliverables` (`talent_id`, `due_at`, `id`);
-- create index "deliverable_world_id_due_at_id" to table: "deliverables"
CREATE INDEX `deliverable_world_id_due_at_id` ON `deliverables` (`world_id`, `due_at`, `id`);
-- create index "deliverables_id_employer_org_id_talent_id" to table: "deliverables"
CREATE UNIQUE INDEX `deliverables_id_employer_org_id_talent_id` ON `deliverables` (`id`, `employer_org_id`, `talent_id`);
-- create "education_records" table
CREATE TABLE `education_records` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `level` text NOT NULL, `major` text NOT NULL, `graduates_on` text NULL, `talent_id` uuid NOT NULL, `institution_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `education_records_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `education_records_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION);
-- create index "educationrecord_talent_id_created_at_id" to table: "education_records"
CREATE INDEX `educationrecord_talent_id_created_at_id` ON `education_records` (`talent_id`, `created_at`, `id`);
-- create "employers" table
CREATE TABLE `employers` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `name` text NOT NULL, `name_folded` text NOT NULL, `website` text NULL, `industry` text NULL, `description` text NULL, `origin` text NOT NULL, `status` text NOT NULL, `reason` text NULL, `decided_at` datetime NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `employers_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `employers_elsewhere` CHECK (origin <> 'ELSEWHERE' OR status = 'UNVERIFIED'), CONSTRAINT `employers_rejected` CHECK (status <> 'REJECTED' OR reason IS NOT NULL));
-- create index "employer_world_id_name_folded" to table: "employers"
CREATE UNIQUE INDEX `employer_world_id_name_folded` ON `employers` (`world_id`, `name_folded`) WHERE origin = 'ELSEWHERE';
-- create index "employer_world_id_name_folded_id" to table: "employers"
CREATE INDEX `employer_world_id_name_folded_id` ON `employers` (`world_id`, `name_folded`, `id`);
-- create index "employer_world_id_status_created_at_id" to table: "employers"
CREATE INDEX `employer_world_id_status_created_at_id` ON `employers` (`world_id`, `status`, `created_at`, `id`);
-- create index "employers_id_world_id" to table: "employers"
CREATE UNIQUE INDEX `employers_id_world_id` ON `employers` (`id`, `world_id`);
-- create "engagements" table
CREATE TABLE `engagements` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PENDING_GATES'), `starts_on` text NOT NULL, `ends_on` text NOT NULL, `kicked_off_at` datetime NULL, `communication` text NULL, `time_zone` text NULL, `due_days` json NOT NULL, `started_at` datetime NULL, `submitted_at` datetime NULL, `completed_at` datetime NULL, `terminated_at` datetime NULL, `terminated_by` text NULL, `reason` text NULL, `offer_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `kicked_off_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `engagements_offers_offer` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_people_kicked_off_by` FOREIGN KEY (`kicked_off_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `engagements_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `engagements_offer_id_employer_org_id_talent_id` FOREIGN KEY (`offer_id`, `employer_org_id`, `talent_id`) REFERENCES `offers` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `engagements_completed` CHECK ((status = 'COMPLETED') = (completed_at IS NOT NULL)), CONSTRAINT `engagements_dates` CHECK (starts_on <= ends_on), CONSTRAINT `engagements_kick_off` CHECK ((kicked_off_at IS NULL) = (kicked_off_by_id IS NULL) AND (kicked_off_at IS NULL) = (communication IS NULL) AND (kicked_off_at IS NULL) = (time_zone IS NULL)), CONSTRAINT `engagements_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `engagements_started` CHECK (status NOT IN ('ACTIVE', 'SUBMITTED', 'COMPLETED') OR started_at IS NOT NULL), CONSTRAINT `engagements_terminated` CHECK ((status = 'TERMINATED') = (terminated_at IS NOT NULL) AND (terminated_at IS NULL) = (terminated_by IS NULL)));
-- create index "engagement_offer_id" to table: "engagements"
CREATE UNIQUE INDEX `engagement_offer_id` ON `engagements` (`offer_id`);
-- create index "engagement_employer_org_id_created_at_id" to table: "engagements"
CREATE INDEX `engagement_employer_org_id_created_at_id` ON `engagements` (`employer_org_id`, `created_at`, `id`);
-- create index "engagement_employer_org_id_status_created_at_id" to table: "engagements"
CREATE INDEX `engagement_employer_org_id_status_created_at_id` ON `engagements` (`employer_org_id`, `status`, `created_at`, `id`);
-- create index "engagement_talent_id_created_at_id" to table: "engagements"
CREATE INDEX `engagement_talent_id_created_at_id` ON `engagements` (`talent_id`, `created_at`, `id`);
-- create index "engagement_micro_project_id_created_at_id" to table: "engagements"
CREATE INDEX `engagement_micro_project_id_created_at_id` ON `engagements` (`micro_project_id`, `created_at`, `id`);
-- create index "engagement_world_id_created_at_id" to table: "engagements"
CREATE INDEX `engagement_world_id_created_at_id` ON `engagements` (`world_id`, `created_at`, `id`);
-- create index "engagements_id_employer_org_id_talent_id" to table: "engagements"
CREATE UNIQUE INDEX `engagements_id_employer_org_id_talent_id` ON `engagements` (`id`, `employer_org_id`, `talent_id`);
-- create "evaluations" table
CREATE TABLE `evaluations` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `direction` text NOT NULL, `status` text NOT NULL DEFAULT ('SUBMITTED'), `overall` text NOT NULL, `competencies` json NOT NULL, `public_text` text NOT NULL, `private_text` text NULL, `is_shared_with_institution` bool NOT NULL DEFAULT (false), `submitted_at` datetime NOT NULL, `published_at` datetime NULL, `engagement_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `author_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `evaluations_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_people_author` FOREIGN KEY (`author_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `evaluations_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `evaluations_published` CHECK ((status = 'PUBLISHED') = (published_at IS NOT NULL)));
-- create index "evaluation_engagement_id_direction" to table: "evaluations"
CREATE UNIQUE INDEX `evaluation_engagement_id_direction` ON `evaluations` (`engagement_id`, `direction`);
-- create index "evaluation_employer_org_id_submitted_at_id" to table: "evaluations"
CREATE INDEX `evaluation_employer_org_id_submitted_at_id` ON `evaluations` (`employer_org_id`, `submitted_at`, `id`);
-- create index "evaluation_talent_id_submitted_at_id" to table: "evaluations"
CREATE INDEX `evaluation_talent_id_submitted_at_id` ON `evaluations` (`talent_id`, `submitted_at`, `id`);
-- create index "evaluation_world_id_submitted_at_id" to table: "evaluations"
CREATE INDEX `evaluation_world_id_submitted_at_id` ON `evaluations` (`world_id`, `submitted_at`, `id`);
-- create "events" table
CREATE TABLE `events` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `change_id` uuid NOT NULL, `position` integer NOT NULL, `kind` text NOT NULL, `subject_id` uuid NOT NULL, `ids` json NOT NULL, `occurred_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "event_change_id_position" to table: "events"
CREATE UNIQUE INDEX `event_change_id_position` ON `events` (`change_id`, `position`);
-- create index "event_subject_id_occurred_at" to table: "events"
CREATE INDEX `event_subject_id_occurred_at` ON `events` (`subject_id`, `occurred_at`);
-- create index "event_kind_occurred_at" to table: "events"
CREATE INDEX `event_kind_occurred_at` ON `events` (`kind`, `occurred_at`);
-- create "feed_counters" table
CREATE TABLE `feed_counters` (`id` uuid NOT NULL, `sequence` integer NOT NULL, PRIMARY KEY (`id`));
-- create "feed_entries" table
CREATE TABLE `feed_entries` (`id` uuid NOT NULL, `party_id` uuid NOT NULL, `sequence` integer NOT NULL, `event_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `feed_entries_events_event` FOREIGN KEY (`event_id`) REFERENCES `events` (`id`) ON DELETE NO ACTION);
-- create index "feedentry_party_id_sequence" to table: "feed_entries"
CREATE UNIQUE INDEX `feedentry_party_id_sequence` ON `feed_entries` (`party_id`, `sequence`);
-- create index "feedentry_event_id_party_id" to table: "feed_entries"
CREATE UNIQUE INDEX `feedentry_event_id_party_id` ON `feed_entries` (`event_id`, `party_id`);
-- create "hire_conversions" table
CREATE TABLE `hire_conversions` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PROPOSED'), `kind` text NOT NULL, `job_title` text NOT NULL, `starts_on` text NOT NULL, `message` text NULL, `reason` text NULL, `days_to_selection` integer NULL, `days_to_hire` integer NULL, `proposed_at` datetime NOT NULL, `answered_at` datetime NULL, `started_on` text NULL, `employer_confirmed_at` datetime NULL, `talent_confirmed_at` datetime NULL, `engagement_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `hire_conversions_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `hire_conversions_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `hire_conversions_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `hire_conversions_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `hire_conversions_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `hire_conversions_answered` CHECK ((status = 'PROPOSED') = (answered_at IS NULL)), CONSTRAINT `hire_conversions_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `hire_conversions_started` CHECK ((status = 'STARTED') = (started_on IS NOT NULL)));
-- create index "hireconversion_engagement_id" to table: "hire_conversions"
CREATE UNIQUE INDEX `hireconversion_engagement_id` ON `hire_conversions` (`engagement_id`) WHERE status = 'PROPOSED' OR status = 'ACCEPTED' OR status = 'STARTED';
-- create index "hireconversion_employer_org_id_proposed_at_id" to table: "hire_conversions"
CREATE INDEX `hireconversion_employer_org_id_proposed_at_id` ON `hire_conversions` (`employer_org_id`, `proposed_at`, `id`);
-- create index "hireconversion_talent_id_proposed_at_id" to table: "hire_conversions"
CREATE INDEX `hireconversion_talent_id_proposed_at_id` ON `hire_conversions` (`talent_id`, `proposed_at`, `id`);
-- create index "hireconversion_world_id_proposed_at_id" to table: "hire_conversions"
CREATE INDEX `hireconversion_world_id_proposed_at_id` ON `hire_conversions` (`world_id`, `proposed_at`, `id`);
-- create "idempotency_records" table
CREATE TABLE `idempotency_records` (`id` uuid NOT NULL, `actor` text NOT NULL, `organization_id` uuid NOT NULL, `verb` text NOT NULL, `key` text NOT NULL, `argument_hash` blob NOT NULL, `result` blob NULL, `expires_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- create index "idempotencyrecord_actor_organization_id_verb_key" to table: "idempotency_records"
CREATE UNIQUE INDEX `idempotencyrecord_actor_organization_id_verb_key` ON `idempotency_records` (`actor`, `organization_id`, `verb`, `key`);
-- create index "idempotencyrecord_expires_at" to table: "idempotency_records"
CREATE INDEX `idempotencyrecord_expires_at` ON `idempotency_records` (`expires_at`);
-- create "identities" table
CREATE TABLE `identities` (`id` uuid NOT NULL, `issuer` text NOT NULL, `subject` text NOT NULL, `person_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `identities_people_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION);
-- create index "identity_issuer_subject" to table: "identities"
CREATE UNIQUE INDEX `identity_issuer_subject` ON `identities` (`issuer`, `subject`);
-- create index "identity_person_id" to table: "identities"
CREATE INDEX `identity_person_id` ON `identities` (`person_id`);
-- create "institutions" table
CREATE TABLE `institutions` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `reference` text NULL, `name` text NOT NULL, `name_folded` text NOT NULL, `country_code` text NOT NULL, `region` text NULL, `domains` json NOT NULL, `website` text NULL, `status` text NOT NULL DEFAULT ('LISTED'), `opened_at` datetime NULL, `pay_floor_minor` integer NULL, `pay_floor_currency` text NULL, PRIMARY KEY (`id`), CONSTRAINT `institutions_floor_has_currency` CHECK ((pay_floor_minor IS NULL) = (pay_floor_currency IS NULL)), CONSTRAINT `institutions_floor_is_positive` CHECK (pay_floor_minor IS NULL OR pay_floor_minor >= 0));
-- create index "institution_world_id_reference" to table: "institutions"
CREATE UNIQUE INDEX `institution_world_id_reference` ON `institutions` (`world_id`, `reference`) WHERE reference IS NOT NULL;
-- create index "institution_world_id_name_folded_id" to table: "institutions"
CREATE INDEX `institution_world_id_name_folded_id` ON `institutions` (`world_id`, `name_folded`, `id`);
-- create index "institution_world_id_country_code_name_folded_id" to table: "institutions"
CREATE INDEX `institution_world_id_country_code_name_folded_id` ON `institutions` (`world_id`, `country_code`, `name_folded`, `id`);
-- create index "institution_world_id_status_name_folded_id" to table: "institutions"
CREATE INDEX `institution_world_id_status_name_folded_id` ON `institutions` (`world_id`, `status`, `name_folded`, `id`);
-- create index "institutions_id_world_id" to table: "institutions"
CREATE UNIQUE INDEX `institutions_id_world_id` ON `institutions` (`id`, `world_id`);
-- create "institution_links" table
CREATE TABLE `institution_links` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('REQUESTED'), `message` text NULL, `reason` text NULL, `requested_at` datetime NOT NULL, `decided_at` datetime NULL, `employer_org_id` uuid NOT NULL, `institution_id` uuid NOT NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `institution_links_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `institution_links_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `institution_links_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `institution_links_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `institution_links_institution_id_world_id` FOREIGN KEY (`institution_id`, `world_id`) REFERENCES `institutions` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `institution_links_decided` CHECK ((status = 'REQUESTED') = (decided_at IS NULL)), CONSTRAINT `institution_links_declined` CHECK (status <> 'DECLINED' OR reason IS NOT NULL), CONSTRAINT `institution_links_owned` CHECK (owner_org_id = employer_org_id));
-- create index "institutionlink_employer_org_id_institution_id" to table: "institution_links"
CREATE UNIQUE INDEX `institutionlink_employer_org_id_institution_id` ON `institution_links` (`employer_org_id`, `institution_id`);
-- create index "institutionlink_institution_id_status_requested_at_id" to table: "institution_links"
CREATE INDEX `institutionlink_institution_id_status_requested_at_id` ON `institution_links` (`institution_id`, `status`, `requested_at`, `id`);
-- create index "institutionlink_employer_org_id_requested_at_id" to table: "institution_links"
CREATE INDEX `institutionlink_employer_org_id_requested_at_id` ON `institution_links` (`employer_org_id`, `requested_at`, `id`);
-- create "jobs" table
CREATE TABLE `jobs` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `kind` text NOT NULL, `payload` json NOT NULL, `status` text NOT NULL DEFAULT ('QUEUED'), `attempts` integer NOT NULL DEFAULT (0), `run_at` datetime NOT NULL, `leased_until` datetime NULL, `leased_by` text NULL, `last_error` text NULL, `created_at` datetime NOT NULL, `done_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `jobs_leased` CHECK ((status = 'LEASED') = (leased_until IS NOT NULL)));
-- create index "job_status_run_at_id" to table: "jobs"
CREATE INDEX `job_status_run_at_id` ON `jobs` (`status`, `run_at`, `id`);
-- create "ledger_entries" table
CREATE TABLE `ledger_entries` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `change_id` uuid NOT NULL, `account` text NOT NULL, `amount_minor` integer NOT NULL, `currency` text NOT NULL, `occurred_at` datetime NOT NULL, `payment_record_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `ledger_entries_payment_records_payment_record` FOREIGN KEY (`payment_record_id`) REFERENCES `payment_records` (`id`) ON DELETE NO ACTION, CONSTRAINT `ledger_entries_payment_record_id_employer_org_id_talent_id` FOREIGN KEY (`payment_record_id`, `employer_org_id`, `talent_id`) REFERENCES `payment_records` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `ledger_entries_move` CHECK (amount_minor <> 0));
-- create index "ledgerentry_payment_record_id_occurred_at_id" to table: "ledger_entries"
CREATE INDEX `ledgerentry_payment_record_id_occurred_at_id` ON `ledger_entries` (`payment_record_id`, `occurred_at`, `id`);
-- create "listings" table
CREATE TABLE `listings` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `reference` text NULL, `source` text NOT NULL, `status` text NOT NULL, `title` text NOT NULL, `title_folded` text NOT NULL, `employer_name` text NOT NULL, `workplace` text NOT NULL, `locations` json NOT NULL, `hours` integer NULL, `fee_minor` integer NULL, `currency` text NULL, `hourly_minor` integer NULL, `apply_url` text NULL, `work_authorization` text NOT NULL DEFAULT ('UNKNOWN'), `break_starts_on` text NULL, `break_ends_on` text NULL, `apply_by` datetime NULL, `published_at` datetime NOT NULL, `closed_at` datetime NULL, `employer_org_id` uuid NOT NULL, `micro_project_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `listings_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `listings_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `listings_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `listings_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `listings_closed` CHECK ((status = 'CLOSED') = (closed_at IS NOT NULL)), CONSTRAINT `listings_pay` CHECK ((fee_minor IS NULL) = (currency IS NULL) AND (fee_minor IS NULL) = (hours IS NULL) AND (fee_minor IS NULL) = (hourly_minor IS NULL)), CONSTRAINT `listings_source` CHECK (source = 'RUNG' AND micro_project_id IS NOT NULL AND reference IS NULL OR source = 'ELSEWHERE' AND micro_project_id IS NULL AND reference IS NOT NULL));
-- create index "listing_micro_project_id" to table: "listings"
CREATE UNIQUE INDEX `listing_micro_project_id` ON `listings` (`micro_project_id`) WHERE micro_project_id IS NOT NULL;
-- create index "listing_world_id_reference" to table: "listings"
CREATE UNIQUE INDEX `listing_world_id_reference` ON `listings` (`world_id`, `reference`) WHERE reference IS NOT NULL;
-- create index "listing_world_id_status_published_at_id" to table: "listings"
CREATE INDEX `listing_world_id_status_published_at_id` ON `listings` (`world_id`, `status`, `published_at`, `id`);
-- create index "listing_world_id_status_source_published_at_id" to table: "listings"
CREATE INDEX `listing_world_id_status_source_published_at_id` ON `listings` (`world_id`, `status`, `source`, `published_at`, `id`);
-- create index "listing_world_id_status_hourly_minor_id" to table: "listings"
CREATE INDEX `listing_world_id_status_hourly_minor_id` ON `listings` (`world_id`, `status`, `hourly_minor`, `id`);
-- create index "listing_employer_org_id_published_at_id" to table: "listings"
CREATE INDEX `listing_employer_org_id_published_at_id` ON `listings` (`employer_org_id`, `published_at`, `id`);
-- create "memberships" table
CREATE TABLE `memberships` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `organization_id` uuid NOT NULL, `role` text NOT NULL, `valid_after` datetime NULL, `ended_at` datetime NULL, `person_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `memberships_people_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION);
-- create index "membership_person_id_organization_id" to table: "memberships"
CREATE UNIQUE INDEX `membership_person_id_organization_id` ON `memberships` (`person_id`, `organization_id`) WHERE ended_at IS NULL;
-- create index "membership_organization_id_id" to table: "memberships"
CREATE INDEX `membership_organization_id_id` ON `memberships` (`organization_id`, `id`);
-- create "micro_projects" table
CREATE TABLE `micro_projects` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `title` text NOT NULL, `title_folded` text NOT NULL, `brief` text NOT NULL, `status` text NOT NULL DEFAULT ('DRAFT'), `hours` integer NOT NULL, `fee_minor` integer NOT NULL, `currency` text NOT NULL, `seats` integer NOT NULL DEFAULT (1), `workplace` text NOT NULL, `location` text NULL, `audience` text NOT NULL DEFAULT ('PUBLIC'), `break_starts_on` text NULL, `break_ends_on` text NULL, `starts_on` text NULL, `due_on` text NULL, `apply_by` datetime NULL, `reviews` integer NOT NULL DEFAULT (0), `submitted_at` datetime NULL, `published_at` datetime NULL, `filled_at` datetime NULL, `ended_at` datetime NULL, `reason` text NULL, `employer_org_id` uuid NOT NULL, `drafted_by_id` uuid NOT NULL, `occupation_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `micro_projects_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_people_drafted_by` FOREIGN KEY (`drafted_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_occupations_occupation` FOREIGN KEY (`occupation_id`) REFERENCES `occupations` (`id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_employer_org_id_world_id` FOREIGN KEY (`employer_org_id`, `world_id`) REFERENCES `employers` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `micro_projects_break` CHECK ((break_starts_on IS NULL) = (break_ends_on IS NULL) AND (break_starts_on IS NULL OR break_starts_on <= break_ends_on)), CONSTRAINT `micro_projects_ended` CHECK ((status IN ('COMPLETED', 'CANCELLED')) = (ended_at IS NOT NULL)), CONSTRAINT `micro_projects_fee` CHECK (fee_minor > 0), CONSTRAINT `micro_projects_hours` CHECK (hours BETWEEN 5 AND 40), CONSTRAINT `micro_projects_location` CHECK (workplace = 'REMOTE' OR location IS NOT NULL), CONSTRAINT `micro_projects_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `micro_projects_published` CHECK (status NOT IN ('OPEN', 'FILLED', 'IN_PROGRESS', 'COMPLETED') OR published_at IS NOT NULL), CONSTRAINT `micro_projects_seats` CHECK (seats BETWEEN 1 AND 50));
-- create index "microproject_employer_org_id_created_at_id" to table: "micro_projects"
CREATE INDEX `microproject_employer_org_id_created_at_id` ON `micro_projects` (`employer_org_id`, `created_at`, `id`);
-- create index "microproject_employer_org_id_status_created_at_id" to table: "micro_projects"
CREATE INDEX `microproject_employer_org_id_status_created_at_id` ON `micro_projects` (`employer_org_id`, `status`, `created_at`, `id`);
-- create index "microproject_world_id_status_created_at_id" to table: "micro_projects"
CREATE INDEX `microproject_world_id_status_created_at_id` ON `micro_projects` (`world_id`, `status`, `created_at`, `id`);
-- create index "microproject_world_id_created_at_id" to table: "micro_projects"
CREATE INDEX `microproject_world_id_created_at_id` ON `micro_projects` (`world_id`, `created_at`, `id`);
-- create index "micro_projects_id_employer_org_id" to table: "micro_projects"
CREATE UNIQUE INDEX `micro_projects_id_employer_org_id` ON `micro_projects` (`id`, `employer_org_id`);
-- create "occupations" table
CREATE TABLE `occupations` (`id` uuid NOT NULL, `code` text NOT NULL, `title` text NOT NULL, `title_folded` text NOT NULL, `description` text NOT NULL, PRIMARY KEY (`id`));
-- create index "occupation_code" to table: "occupations"
CREATE UNIQUE INDEX `occupation_code` ON `occupations` (`code`);
-- create index "occupation_title_folded_id" to table: "occupations"
CREATE INDEX `occupation_title_folded_id` ON `occupations` (`title_folded`, `id`);
-- create "offers" table
CREATE TABLE `offers` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('SENT'), `fee_minor` integer NOT NULL, `currency` text NOT NULL, `hours` integer NOT NULL, `starts_on` text NOT NULL, `ends_on` text NOT NULL, `message` text NULL, `reason` text NULL, `seat` integer NULL, `sent_at` datetime NOT NULL, `answered_at` datetime NULL, `signed_at` datetime NULL, `application_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `offers_applications_application` FOREIGN KEY (`application_id`) REFERENCES `applications` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `offers_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `offers_application_id_employer_org_id_talent_id` FOREIGN KEY (`application_id`, `employer_org_id`, `talent_id`) REFERENCES `applications` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `offers_dates` CHECK (starts_on <= ends_on), CONSTRAINT `offers_fee` CHECK (fee_minor > 0), CONSTRAINT `offers_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `offers_seat` CHECK (status NOT IN ('ACCEPTED', 'SIGNED') OR seat IS NOT NULL));
-- create index "offer_application_id" to table: "offers"
CREATE UNIQUE INDEX `offer_application_id` ON `offers` (`application_id`) WHERE status = 'SENT' OR status = 'ACCEPTED' OR status = 'SIGNED';
-- create index "offer_micro_project_id_seat" to table: "offers"
CREATE UNIQUE INDEX `offer_micro_project_id_seat` ON `offers` (`micro_project_id`, `seat`) WHERE status = 'ACCEPTED' OR status = 'SIGNED';
-- create index "offer_employer_org_id_sent_at_id" to table: "offers"
CREATE INDEX `offer_employer_org_id_sent_at_id` ON `offers` (`employer_org_id`, `sent_at`, `id`);
-- create index "offer_talent_id_sent_at_id" to table: "offers"
CREATE INDEX `offer_talent_id_sent_at_id` ON `offers` (`talent_id`, `sent_at`, `id`);
-- create index "offer_micro_project_id_sent_at_id" to table: "offers"
CREATE INDEX `offer_micro_project_id_sent_at_id` ON `offers` (`micro_project_id`, `sent_at`, `id`);
-- create index "offer_world_id_sent_at_id" to table: "offers"
CREATE INDEX `offer_world_id_sent_at_id` ON `offers` (`world_id`, `sent_at`, `id`);
-- create index "offers_id_employer_org_id_talent_id" to table: "offers"
CREATE UNIQUE INDEX `offers_id_employer_org_id_talent_id` ON `offers` (`id`, `employer_org_id`, `talent_id`);
-- create "payment_records" table
CREATE TABLE `payment_records` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `subject_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('AUTHORIZED'), `currency` text NOT NULL, `gross_minor` integer NOT NULL, `talent_minor` integer NOT NULL, `platform_minor` integer NOT NULL, `platform_basis_points` integer NOT NULL, `authorized_at` datetime NOT NULL, `held_at` datetime NULL, `released_at` datetime NULL, `ended_at` datetime NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `payment_records_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `payment_records_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `payment_records_held` CHECK (status NOT IN ('HELD', 'RELEASING', 'REFUNDED', 'FROZEN') OR held_at IS NOT NULL), CONSTRAINT `payment_records_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `payment_records_split` CHECK (gross_minor = talent_minor + platform_minor AND gross_minor > 0 AND talent_minor >= 0 AND platform_minor >= 0));
-- create index "paymentrecord_subject_id" to table: "payment_records"
CREATE UNIQUE INDEX `paymentrecord_subject_id` ON `payment_records` (`subject_id`);
-- create index "paymentrecord_employer_org_id_authorized_at_id" to table: "payment_records"
CREATE INDEX `paymentrecord_employer_org_id_authorized_at_id` ON `payment_records` (`employer_org_id`, `authorized_at`, `id`);
-- create index "paymentrecord_talent_id_authorized_at_id" to table: "payment_records"
CREATE INDEX `paymentrecord_talent_id_authorized_at_id` ON `payment_records` (`talent_id`, `authorized_at`, `id`);
-- create index "payment_records_id_employer_org_id_talent_id" to table: "payment_records"
CREATE UNIQUE INDEX `payment_records_id_employer_org_id_talent_id` ON `payment_records` (`id`, `employer_org_id`, `talent_id`);
-- create "people" table
CREATE TABLE `people` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `name` text NOT NULL, `email` text NULL, `valid_after` datetime NULL, `suspended_at` datetime NULL, PRIMARY KEY (`id`));
-- create "planned_deliverables" table
CREATE TABLE `planned_deliverables` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `employer_org_id` uuid NOT NULL, `position` integer NOT NULL, `title` text NOT NULL, `acceptance_criterion` text NOT NULL, `due_on` text NULL, `micro_project_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `planned_deliverables_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `planned_deliverables_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION);
-- create index "planneddeliverable_micro_project_id_position" to table: "planned_deliverables"
CREATE UNIQUE INDEX `planneddeliverable_micro_project_id_position` ON `planned_deliverables` (`micro_project_id`, `position`);
-- create "portfolio_items" table
CREATE TABLE `portfolio_items` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `title` text NOT NULL, `summary` text NOT NULL, `result_metric` text NOT NULL, `result_value` text NOT NULL, `result_unit` text NOT NULL, `talent_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `engagement_id` uuid NOT NULL, `deliverable_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `portfolio_items_talent_profiles_talent` FOREIGN KEY (`talent_id`) REFERENCES `talent_profiles` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_employers_employer` FOREIGN KEY (`employer_org_id`) REFERENCES `employers` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_engagements_engagement` FOREIGN KEY (`engagement_id`) REFERENCES `engagements` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_deliverables_deliverable` FOREIGN KEY (`deliverable_id`) REFERENCES `deliverables` (`id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_engagement_id_employer_org_id_talent_id` FOREIGN KEY (`engagement_id`, `employer_org_id`, `talent_id`) REFERENCES `engagements` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `portfolio_items_deliverable_id_employer_org_id_talent_id` FOREIGN KEY (`deliverable_id`, `employer_org_id`, `talent_id`) REFERENCES `deliverables` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION);
-- create index "portfolioitem_deliverable_id" to table: "portfolio_items"
CREATE UNIQUE INDEX `portfolioitem_deliverable_id` ON `portfolio_items` (`deliverable_id`);
-- create index "portfolioitem_talent_id_created_at_id" to table: "portfolio_items"
CREATE INDEX `portfolioitem_talent_id_created_at_id` ON `portfolio_items` (`talent_id`, `created_at`, `id`);
-- create "posting_requests" table
CREATE TABLE `posting_requests` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `body_id` uuid NOT NULL, `status` text NOT NULL DEFAULT ('PENDING'), `decided_by` text NULL, `rule_id` text NULL, `reason` text NULL, `requested_at` datetime NOT NULL, `decided_at` datetime NULL, `micro_project_id` uuid NOT NULL, `institution_id` uuid NULL, `decider_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `posting_requests_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `posting_requests_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `posting_requests_people_decider` FOREIGN KEY (`decider_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `posting_requests_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION, CONSTRAINT `posting_requests_institution_id_world_id` FOREIGN KEY (`institution_id`, `world_id`) REFERENCES `institutions` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `posting_requests_body` CHECK (institution_id IS NULL AND body_id = world_id OR institution_id IS NOT NULL AND body_id = institution_id), CONSTRAINT `posting_requests_decided` CHECK ((status = 'PENDING') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)), CONSTRAINT `posting_requests_declined` CHECK (status <> 'DECLINED' OR reason IS NOT NULL), CONSTRAINT `posting_requests_owned` CHECK (owner_org_id = employer_org_id), CONSTRAINT `posting_requests_person` CHECK (decided_by IS NULL OR (decided_by = 'STAFF') = (decider_id IS NOT NULL)));
-- create index "postingrequest_micro_project_id_body_id" to table: "posting_requests"
CREATE UNIQUE INDEX `postingrequest_micro_project_id_body_id` ON `posting_requests` (`micro_project_id`, `body_id`);
-- create index "postingrequest_body_id_status_requested_at_id" to table: "posting_requests"
CREATE INDEX `postingrequest_body_id_status_requested_at_id` ON `posting_requests` (`body_id`, `status`, `requested_at`, `id`);
-- create index "postingrequest_institution_id_micro_project_id" to table: "posting_requests"
CREATE INDEX `postingrequest_institution_id_micro_project_id` ON `posting_requests` (`institution_id`, `micro_project_id`);
-- create "project_institutions" table
CREATE TABLE `project_institutions` (`id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `institution_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `project_institutions_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `project_institutions_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE NO ACTION, CONSTRAINT `project_institutions_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION);
-- create index "projectinstitution_micro_project_id_institution_id" to table: "project_institutions"
CREATE UNIQUE INDEX `projectinstitution_micro_project_id_institution_id` ON `project_institutions` (`micro_project_id`, `institution_id`);
-- create "project_skills" table
CREATE TABLE `project_skills` (`id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `micro_project_id` uuid NOT NULL, `skill_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `project_skills_micro_projects_micro_project` FOREIGN KEY (`micro_project_id`) REFERENCES `micro_projects` (`id`) ON DELETE NO ACTION, CONSTRAINT `project_skills_skills_skill` FOREIGN KEY (`skill_id`) REFERENCES `skills` (`id`) ON DELETE NO ACTION, CONSTRAINT `project_skills_micro_project_id_employer_org_id` FOREIGN KEY (`micro_project_id`, `employer_org_id`) REFERENCES `micro_projects` (`id`, `employer_org_id`) ON DELETE NO ACTION);
-- create index "projectskill_micro_project_id_skill_id" to table: "project_skills"
CREATE UNIQUE INDEX `projectskill_micro_project_id_skill_id` ON `project_skills` (`micro_project_id`, `skill_id`);
-- create index "projectskill_skill_id_micro_project_id" to table: "project_skills"
CREATE INDEX `projectskill_skill_id_micro_project_id` ON `project_skills` (`skill_id`, `micro_project_id`);
-- create "skills" table
CREATE TABLE `skills` (`id` uuid NOT NULL, `reference` text NOT NULL, `name` text NOT NULL, `name_folded` text NOT NULL, `kind` text NOT NULL, `category` text NOT NULL, `description` text NULL, `is_hot` bool NULL, `is_in_demand` bool NULL, `occupation_count` integer NULL, PRIMARY KEY (`id`));
-- create index "skill_reference" to table: "skills"
CREATE UNIQUE INDEX `skill_reference` ON `skills` (`reference`);
-- create index "skill_name_folded_id" to table: "skills"
CREATE INDEX `skill_name_folded_id` ON `skills` (`name_folded`, `id`);
-- create index "skill_kind_name_folded_id" to table: "skills"
CREATE INDEX `skill_kind_name_folded_id` ON `skills` (`kind`, `name_folded`, `id`);
-- create "submissions" table
CREATE TABLE `submissions` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `employer_org_id` uuid NOT NULL, `talent_id` uuid NOT NULL, `number` integer NOT NULL, `note` text NULL, `links` json NOT NULL, `submitted_at` datetime NOT NULL, `deliverable_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `submissions_deliverables_deliverable` FOREIGN KEY (`deliverable_id`) REFERENCES `deliverables` (`id`) ON DELETE NO ACTION, CONSTRAINT `submissions_deliverable_id_employer_org_id_talent_id` FOREIGN KEY (`deliverable_id`, `employer_org_id`, `talent_id`) REFERENCES `deliverables` (`id`, `employer_org_id`, `talent_id`) ON DELETE NO ACTION, CONSTRAINT `submissions_owned` CHECK (owner_org_id = employer_org_id));
-- create index "submission_deliverable_id_number" to table: "submissions"
CREATE UNIQUE INDEX `submission_deliverable_id_number` ON `submissions` (`deliverable_id`, `number`);
-- create "talent_profiles" table
CREATE TABLE `talent_profiles` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `legal_name` text NOT NULL, `preferred_name` text NULL, `email` text NULL, `headline` text NULL, `bio` text NULL, `resume_url` text NULL, `linkedin_url` text NULL, `location` text NULL, `time_zone` text NULL, `visibility` text NOT NULL DEFAULT ('PRIVATE'), `person_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `talent_profiles_people_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION);
-- create index "talentprofile_person_id" to table: "talent_profiles"
CREATE UNIQUE INDEX `talentprofile_person_id` ON `talent_profiles` (`person_id`);
-- create index "talentprofile_world_id_visibility_created_at_id" to table: "talent_profiles"
CREATE INDEX `talentprofile_world_id_visibility_created_at_id` ON `talent_profiles` (`world_id`, `visibility`, `created_at`, `id`);
-- create index "talent_profiles_id_world_id" to table: "talent_profiles"
CREATE UNIQUE INDEX `talent_profiles_id_world_id` ON `talent_profiles` (`id`, `world_id`);
-- create "worlds" table
CREATE TABLE `worlds` (`id` uuid NOT NULL, `kind` text NOT NULL, `name` text NOT NULL, `clock_offset_ms` integer NOT NULL DEFAULT (0), PRIMARY KEY (`id`));

-- +goose Down
-- reverse: create "worlds" table
DROP TABLE `worlds`;
-- reverse: create index "talent_profiles_id_world_id" to table: "talent_profiles"
DROP INDEX `talent_profiles_id_world_id`;
-- reverse: create index "talentprofile_world_id_visibility_created_at_id" to table: "talent_profiles"
DROP INDEX `talentprofile_world_id_visibility_created_at_id`;
-- reverse: create index "talentprofile_person_id" to table: "talent_profiles"
DROP INDEX `talentprofile_person_id`;
-- reverse: create "talent_profiles" table
DROP TABLE `talent_profiles`;
-- reverse: create index "submission_deliverable_id_number" to table: "submissions"
DROP INDEX `submission_deliverable_id_number`;
-- reverse: create "submissions" table
DROP TABLE `submissions`;
-- reverse: create index "skill_kind_name_folded_id" to table: "skills"
DROP INDEX `skill_kind_name_folded_id`;
-- reverse: create index "skill_name_folded_id" to table: "skills"
DROP INDEX `skill_name_folded_id`;
-- reverse: create index "skill_reference" to table: "skills"
DROP INDEX `skill_reference`;
-- reverse: create "skills" table
DROP TABLE `skills`;
-- reverse: create index "projectskill_skill_id_micro_project_id" to table: "project_skills"
DROP INDEX `projectskill_skill_id_micro_project_id`;
-- reverse: create index "projectskill_micro_project_id_skill_id" to table: "project_skills"
DROP INDEX `projectskill_micro_project_id_skill_id`;
-- reverse: create "project_skills" table
DROP TABLE `project_skills`;
-- reverse: create index "projectinstitution_micro_project_id_institution_id" to table: "project_institutions"
DROP INDEX `projectinstitution_micro_project_id_institution_id`;
-- reverse: create "project_institutions" table
DROP TABLE `project_institutions`;
-- reverse: create index "postingrequest_institution_id_micro_project_id" to table: "posting_requests"
DROP INDEX `postingrequest_institution_id_micro_project_id`;
-- reverse: create index "postingrequest_body_id_status_requested_at_id" to table: "posting_requests"
DROP INDEX `postingrequest_body_id_status_requested_at_id`;
-- reverse: create index "postingrequest_micro_project_id_body_id" to table: "posting_requests"
DROP INDEX `postingrequest_micro_project_id_body_id`;
-- reverse: create "posting_requests" table
DROP TABLE `posting_requests`;
-- reverse: create index "portfolioitem_talent_id_created_at_id" to table: "portfolio_items"
DROP INDEX `portfolioitem_talent_id_created_at_id`;
-- reverse: create index "portfolioitem_deliverable_id" to table: "portfolio_items"
DROP INDEX `portfolioitem_deliverable_id`;
-- reverse: create "portfolio_items" table
DROP TABLE `portfolio_items`;
-- reverse: create index "planneddeliverable_micro_project_id_position" to table: "planned_deliverables"
DROP INDEX `planneddeliverable_micro_project_id_position`;
-- reverse: create "planned_deliverables" table
DROP TABLE `planned_deliverables`;
-- reverse: create "people" table
DROP TABLE `people`;
-- reverse: create index "payment_records_id_employer_org_id_talent_id" to table: "payment_records"
DROP INDEX `payment_records_id_employer_org_id_talent_id`;
-- reverse: create index "paymentrecord_talent_id_authorized_at_id" to table: "payment_records"
DROP INDEX `paymentrecord_talent_id_authorized_at_id`;
-- reverse: create index "paymentrecord_employer_org_id_authorized_at_id" to table: "payment_records"
DROP INDEX `paymentrecord_employer_org_id_authorized_at_id`;
-- reverse: create index "paymentrecord_subject_id" to table: "payment_records"
DROP INDEX `paymentrecord_subject_id`;
-- reverse: create "payment_records" table
DROP TABLE `payment_records`;
-- reverse: create index "offers_id_employer_org_id_talent_id" to table: "offers"
DROP INDEX `offers_id_employer_org_id_talent_id`;
-- reverse: create index "offer_world_id_sent_at_id" to table: "offers"
DROP INDEX `offer_world_id_sent_at_id`;
-- reverse: create index "offer_micro_project_id_sent_at_id" to table: "offers"
DROP INDEX `offer_micro_project_id_sent_at_id`;
-- reverse: create index "offer_talent_id_sent_at_id" to table: "offers"
DROP INDEX `offer_talent_id_sent_at_id`;
-- reverse: create index "offer_employer_org_id_sent_at_id" to table: "offers"
DROP INDEX `offer_employer_org_id_sent_at_id`;
-- reverse: create index "offer_micro_project_id_seat" to table: "offers"
DROP INDEX `offer_micro_project_id_seat`;
-- reverse: create index "offer_application_id" to table: "offers"
DROP INDEX `offer_application_id`;
-- reverse: create "offers" table
DROP TABLE `offers`;
-- reverse: create index "occupation_title_folded_id" to table: "occupations"
DROP INDEX `occupation_title_folded_id`;
-- reverse: create index "occupation_code" to table: "occupations"
DROP INDEX `occupation_code`;
-- reverse: create "occupations" table
DROP TABLE `occupations`;
-- reverse: create index "micro_projects_id_employer_org_id" to table: "micro_projects"
DROP INDEX `micro_projects_id_employer_org_id`;
-- reverse: create index "microproject_world_id_created_at_id" to table: "micro_projects"
DROP INDEX `microproject_world_id_created_at_id`;
-- reverse: create index "microproject_world_id_status_created_at_id" to table: "micro_projects"
DROP INDEX `microproject_world_id_status_created_at_id`;
-- reverse: create index "microproject_employer_org_id_status_created_at_id" to table: "micro_projects"
DROP INDEX `microproject_employer_org_id_status_created_at_id`;
-- reverse: create index "microproject_employer_org_id_created_at_id" to table: "micro_projects"
DROP INDEX `microproject_employer_org_id_created_at_id`;
-- reverse: create "micro_projects" table
DROP TABLE `micro_projects`;
-- reverse: create index "membership_organization_id_id" to table: "memberships"
DROP INDEX `membership_organization_id_id`;
-- reverse: create index "membership_person_id_organization_id" to table: "memberships"
DROP INDEX `membership_person_id_organization_id`;
-- reverse: create "memberships" table
DROP TABLE `memberships`;
-- reverse: create index "listing_employer_org_id_published_at_id" to table: "listings"
DROP INDEX `listing_employer_org_id_published_at_id`;
-- reverse: create index "listing_world_id_status_hourly_minor_id" to table: "listings"
DROP INDEX `listing_world_id_status_hourly_minor_id`;
-- reverse: create index "listing_world_id_status_source_published_at_id" to table: "listings"
DROP INDEX `listing_world_id_status_source_published_at_id`;
-- reverse: create index "listing_world_id_status_published_at_id" to table: "listings"
DROP INDEX `listing_world_id_status_published_at_id`;
-- reverse: create index "listing_world_id_reference" to table: "listings"
DROP INDEX `listing_world_id_reference`;
-- reverse: create index "listing_micro_project_id" to table: "listings"
DROP INDEX `listing_micro_project_id`;
-- reverse: create "listings" table
DROP TABLE `listings`;
-- reverse: create index "ledgerentry_payment_record_id_occurred_at_id" to table: "ledger_entries"
DROP INDEX `ledgerentry_payment_record_id_occurred_at_id`;
-- reverse: create "ledger_entries" table
DROP TABLE `ledger_entries`;
-- reverse: create index "job_status_run_at_id" to table: "jobs"
DROP INDEX `job_status_run_at_id`;
-- reverse: create "jobs" table
DROP TABLE `jobs`;
-- reverse: create index "institutionlink_employer_org_id_requested_at_id" to table: "institution_links"
DROP INDEX `institutionlink_employer_org_id_requested_at_id`;
-- reverse: create index "institutionlink_institution_id_status_requested_at_id" to table: "institution_links"
DROP INDEX `institutionlink_institution_id_status_requested_at_id`;
-- reverse: create index "institutionlink_employer_org_id_institution_id" to table: "institution_links"
DROP INDEX `institutionlink_employer_org_id_institution_id`;
-- reverse: create "institution_links" table
DROP TABLE `institution_links`;
-- reverse: create index "institutions_id_world_id" to table: "institutions"
DROP INDEX `institutions_id_world_id`;
-- reverse: create index "institution_world_id_status_name_folded_id" to table: "institutions"
DROP INDEX `institution_world_id_status_name_folded_id`;
-- reverse: create index "institution_world_id_country_code_name_folded_id" to table: "institutions"
DROP INDEX `institution_world_id_country_code_name_folded_id`;
-- reverse: create index "institution_world_id_name_folded_id" to table: "institutions"
DROP INDEX `institution_world_id_name_folded_id`;
-- reverse: create index "institution_world_id_reference" to table: "institutions"
DROP INDEX `institution_world_id_reference`;
-- reverse: create "institutions" table
DROP TABLE `institutions`;
-- reverse: create index "identity_person_id" to table: "identities"
DROP INDEX `identity_person_id`;
-- reverse: create index "identity_issuer_subject" to table: "identities"
DROP INDEX `identity_issuer_subject`;
-- reverse: create "identities" table
DROP TABLE `identities`;
-- reverse: create index "idempotencyrecord_expires_at" to table: "idempotency_records"
DROP INDEX `idempotencyrecord_expires_at`;
-- reverse: create index "idempotencyrecord_actor_organization_id_verb_key" to table: "idempotency_records"
DROP INDEX `idempotencyrecord_actor_organization_id_verb_key`;
-- reverse: create "idempotency_records" table
DROP TABLE `idempotency_records`;
-- reverse: create index "hireconversion_world_id_proposed_at_id" to table: "hire_conversions"
DROP INDEX `hireconversion_world_id_proposed_at_id`;
-- reverse: create index "hireconversion_talent_id_proposed_at_id" to table: "hire_conversions"
DROP INDEX `hireconversion_talent_id_proposed_at_id`;
-- reverse: create index "hireconversion_employer_org_id_proposed_at_id" to table: "hire_conversions"
DROP INDEX `hireconversion_employer_org_id_proposed_at_id`;
-- reverse: create index "hireconversion_engagement_id" to table: "hire_conversions"
DROP INDEX `hireconversion_engagement_id`;
-- reverse: create "hire_conversions" table
DROP TABLE `hire_conversions`;
-- reverse: create index "feedentry_event_id_party_id" to table: "feed_entries"
DROP INDEX `feedentry_event_id_party_id`;
-- reverse: create index "feedentry_party_id_sequence" to table: "feed_entries"
DROP INDEX `feedentry_party_id_sequence`;
-- reverse: create "feed_entries" table
DROP TABLE `feed_entries`;
-- reverse: create "feed_counters" table
DROP TABLE `feed_counters`;
-- reverse: create index "event_kind_occurred_at" to table: "events"
DROP INDEX `event_kind_occurred_at`;
-- reverse: create index "event_subject_id_occurred_at" to table: "events"
DROP INDEX `event_subject_id_occurred_at`;
-- reverse: create index "event_change_id_position" to table: "events"
DROP INDEX `event_change_id_position`;
-- reverse: create "events" table
DROP TABLE `events`;
-- reverse: create index "evaluation_world_id_submitted_at_id" to table: "evaluations"
DROP INDEX `evaluation_world_id_submitted_at_id`;
-- reverse: create index "evaluation_talent_id_submitted_at_id" to table: "evaluations"
DROP INDEX `evaluation_talent_id_submitted_at_id`;
-- reverse: create index "evaluation_employer_org_id_submitted_at_id" to table: "evaluations"
DROP INDEX `evaluation_employer_org_id_submitted_at_id`;
-- reverse: create index "evaluation_engagement_id_direction" to table: "evaluations"
DROP INDEX `evaluation_engagement_id_direction`;
-- reverse: create "evaluations" table
DROP TABLE `evaluations`;
-- reverse: create index "engagements_id_employer_org_id_talent_id" to table: "engagements"
DROP INDEX `engagements_id_employer_org_id_talent_id`;
-- reverse: create index "engagement_world_id_created_at_id" to table: "engagements"
DROP INDEX `engagement_world_id_created_at_id`;
-- reverse: create index "engagement_micro_project_id_created_at_id" to table: "engagements"
DROP INDEX `engagement_micro_project_id_created_at_id`;
-- reverse: create index "engagement_talent_id_created_at_id" to table: "engagements"
DROP INDEX `engagement_talent_id_created_at_id`;
-- reverse: create index "engagement_employer_org_id_status_created_at_id" to table: "engagements"
DROP INDEX `engagement_employer_org_id_status_created_at_id`;
-- reverse: create index "engagement_employer_org_id_created_at_id" to table: "engagements"
DROP INDEX `engagement_employer_org_id_created_at_id`;
-- reverse: create index "engagement_offer_id" to table: "engagements"
DROP INDEX `engagement_offer_id`;
-- reverse: create "engagements" table
DROP TABLE `engagements`;
-- reverse: create index "employers_id_world_id" to table: "employers"
DROP INDEX `employers_id_world_id`;
-- reverse: create index "employer_world_id_status_created_at_id" to table: "employers"
DROP INDEX `employer_world_id_status_created_at_id`;
-- reverse: create index "employer_world_id_name_folded_id" to table: "employers"
DROP INDEX `employer_world_id_name_folded_id`;
-- reverse: create index "employer_world_id_name_folded" to table: "employers"
DROP INDEX `employer_world_id_name_folded`;
-- reverse: create "employers" table
DROP TABLE `employers`;
-- reverse: create index "educationrecord_talent_id_created_at_id" to table: "education_records"
DROP INDEX `educationrecord_talent_id_created_at_id`;
-- reverse: create "education_records" table
DROP TABLE `education_records`;
-- reverse: create index "deliverables_id_employer_org_id_talent_id" to table: "deliverables"
DROP INDEX `deliverables_id_employer_org_id_talent_id`;
-- reverse: create index "deliverable_world_id_due_at_id" to table: "deliverables"
DROP INDEX `deliverable_world_id_due_at_id`;
-- reverse: create index "deliverable_talent_id_due_at_id" to table: "deliverables"
DROP INDEX `deliverable_talent_id_due_at_id`;
-- reverse: create index "deliverable_employer_org_id_status_due_at_id" to table: "deliverables"
DROP INDEX `deliverable_employer_org_id_status_due_at_id`;
-- reverse: create index "deliverable_employer_org_id_due_at_id" to table: "deliverables"
DROP INDEX `deliverable_employer_org_id_due_at_id`;
-- reverse: create index "deliverable_engagement_id_position" to table: "deliverables"
DROP INDEX `deliverable_engagement_id_position`;
-- reverse: create "deliverables" table
DROP TABLE `deliverables`;
-- reverse: create index "declaredskill_skill_id" to table: "declared_skills"
DROP INDEX `declaredskill_skill_id`;
-- reverse: create index "declaredskill_talent_id_skill_id" to table: "declared_skills"
DROP INDEX `declaredskill_talent_id_skill_id`;
-- reverse: create "declared_skills" table
DROP TABLE `declared_skills`;
-- reverse: create index "auditentry_change_id" to table: "audit_entries"
DROP INDEX `auditentry_change_id`;
-- reverse: create index "auditentry_person_id_occurred_at_id" to table: "audit_entries"
DROP INDEX `auditentry_person_id_occurred_at_id`;
-- reverse: create index "auditentry_organization_id_occurred_at_id" to table: "audit_entries"
DROP INDEX `auditentry_organization_id_occurred_at_id`;
-- reverse: create "audit_entries" table
DROP TABLE `audit_entries`;
-- reverse: create index "applications_id_employer_org_id_talent_id" to table: "applications"
DROP INDEX `applications_id_employer_org_id_talent_id`;
-- reverse: create index "application_world_id_submitted_at_id" to table: "applications"
DROP INDEX `application_world_id_submitted_at_id`;
-- reverse: create index "application_talent_id_submitted_at_id" to table: "applications"
DROP INDEX `application_talent_id_submitted_at_id`;
-- reverse: create index "application_employer_org_id_status_submitted_at_id" to table: "applications"
DROP INDEX `application_employer_org_id_status_submitted_at_id`;
-- reverse: create index "application_employer_org_id_submitted_at_id" to table: "applications"
DROP INDEX `application_employer_org_id_submitted_at_id`;
-- reverse: create index "application_micro_project_id_submitted_at_id" to table: "applications"
DROP INDEX `application_micro_project_id_submitted_at_id`;
-- reverse: create index "application_micro_project_id_talent_id" to table: "applications"
DROP INDEX `application_micro_project_id_talent_id`;
-- reverse: create "applications" table
DROP TABLE `applications`;
-- reverse: create index "agreement_offer_id_kind" to table: "agreements"
DROP INDEX `agreement_offer_id_kind`;
-- reverse: create "agreements" table
DROP TABLE `agreements`;
-- reverse: create index "affiliation_talent_id_created_at_id" to table: "affiliations"
DROP INDEX `affiliation_talent_id_created_at_id`;
-- reverse: create index "affiliation_institution_id_status_created_at_id" to table: "affiliations"
DROP INDEX `affiliation_institution_id_status_created_at_id`;
-- reverse: create index "affiliation_talent_id_institution_id" to table: "affiliations"
DROP INDEX `affiliation_talent_id_institution_id`;
-- reverse: create "affiliations" table
DROP TABLE `affiliations`;
