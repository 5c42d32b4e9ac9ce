-- +goose Up
-- disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- create index "affiliation_institution_id_updated_at_id" to table: "affiliations"
CREATE INDEX `affiliation_institution_id_updated_at_id` ON `affiliations` (`institution_id`, `updated_at`, `id`);
-- create index "affiliation_talent_id_updated_at_id" to table: "affiliations"
CREATE INDEX `affiliation_talent_id_updated_at_id` ON `affiliations` (`talent_id`, `updated_at`, `id`);
-- create "new_occupations" table
CREATE TABLE `new_occupations` (`id` uuid NOT NULL, `code` text NOT NULL, `title` text NOT NULL, `title_folded` text NOT NULL, `description` text NOT NULL, `updated_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- copy rows from old table "occupations" to new temporary table "new_occupations";
-- nobody knows when an entry last changed: it counts as changed now, in whole seconds, as the store writes them
INSERT INTO `new_occupations` (`id`, `code`, `title`, `title_folded`, `description`, `updated_at`) SELECT `id`, `code`, `title`, `title_folded`, `description`, strftime('%Y-%m-%d %H:%M:%S+00:00', 'now') FROM `occupations`;
-- drop "occupations" table after copying rows
DROP TABLE `occupations`;
-- rename temporary table "new_occupations" to "occupations"
ALTER TABLE `new_occupations` RENAME TO `occupations`;
-- create index "occupation_code" to table: "occupations"
CREATE UNIQUE INDEX `occupation_code` ON `occupations` (`code`);
-- create index "occupation_title_folded_id" to table: "occupations"
CREATE INDEX `occupation_title_folded_id` ON `occupations` (`title_folded`, `id`);
-- create index "occupation_updated_at_id" to table: "occupations"
CREATE INDEX `occupation_updated_at_id` ON `occupations` (`updated_at`, `id`);
-- create "new_skills" table
CREATE TABLE `new_skills` (`id` uuid NOT NULL, `reference` text NOT NULL, `name` text NOT NULL, `name_folded` text NOT NULL, `kind` text NOT NULL, `category` text NOT NULL, `description` text NULL, `is_hot` bool NULL, `is_in_demand` bool NULL, `occupation_count` integer NULL, `updated_at` datetime NOT NULL, PRIMARY KEY (`id`));
-- copy rows from old table "skills" to new temporary table "new_skills", likewise
INSERT INTO `new_skills` (`id`, `reference`, `name`, `name_folded`, `kind`, `category`, `description`, `is_hot`, `is_in_demand`, `occupation_count`, `updated_at`) SELECT `id`, `reference`, `name`, `name_folded`, `kind`, `category`, `description`, `is_hot`, `is_in_demand`, `occupation_count`, strftime('%Y-%m-%d %H:%M:%S+00:00', 'now') FROM `skills`;
-- drop "skills" table after copying rows
DROP TABLE `skills`;
-- rename temporary table "new_skills" to "skills"
ALTER TABLE `new_skills` RENAME TO `skills`;
-- create index "skill_reference" to table: "skills"
CREATE UNIQUE INDEX `skill_reference` ON `skills` (`reference`);
-- create index "skill_name_folded_id" to table: "skills"
CREATE INDEX `skill_name_folded_id` ON `skills` (`name_folded`, `id`);
-- create index "skill_kind_name_folded_id" to table: "skills"
CREATE INDEX `skill_kind_name_folded_id` ON `skills` (`kind`, `name_folded`, `id`);
-- create index "skill_updated_at_id" to table: "skills"
CREATE INDEX `skill_updated_at_id` ON `skills` (`updated_at`, `id`);
-- create index "employer_world_id_updated_at_id" to table: "employers"
CREATE INDEX `employer_world_id_updated_at_id` ON `employers` (`world_id`, `updated_at`, `id`);
-- create index "institutionlink_institution_id_updated_at_id" to table: "institution_links"
CREATE INDEX `institutionlink_institution_id_updated_at_id` ON `institution_links` (`institution_id`, `updated_at`, `id`);
-- create index "institutionlink_employer_org_id_updated_at_id" to table: "institution_links"
CREATE INDEX `institutionlink_employer_org_id_updated_at_id` ON `institution_links` (`employer_org_id`, `updated_at`, `id`);
-- create index "postingrequest_body_id_status_updated_at_id" to table: "posting_requests"
CREATE INDEX `postingrequest_body_id_status_updated_at_id` ON `posting_requests` (`body_id`, `status`, `updated_at`, `id`);
-- create index "flag_institution_id_updated_at_id" to table: "flags"
CREATE INDEX `flag_institution_id_updated_at_id` ON `flags` (`institution_id`, `updated_at`, `id`);
-- create index "flag_world_id_updated_at_id" to table: "flags"
CREATE INDEX `flag_world_id_updated_at_id` ON `flags` (`world_id`, `updated_at`, `id`);
-- create "new_notifications" table
CREATE TABLE `new_notifications` (`id` uuid NOT NULL, `world_id` uuid NOT NULL, `party_id` uuid NOT NULL, `kind` text NOT NULL, `subject_id` uuid NOT NULL, `created_at` datetime NOT NULL, `read_at` datetime NULL, `updated_at` datetime NOT NULL, `person_id` uuid NOT NULL, `event_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `notifications_people_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `notifications_events_event` FOREIGN KEY (`event_id`) REFERENCES `events` (`id`) ON DELETE NO ACTION);
-- copy rows from old table "notifications" to new temporary table "new_notifications";
-- a notice last changed when it was read, or else made
INSERT INTO `new_notifications` (`id`, `world_id`, `party_id`, `kind`, `subject_id`, `created_at`, `read_at`, `updated_at`, `person_id`, `event_id`) SELECT `id`, `world_id`, `party_id`, `kind`, `subject_id`, `created_at`, `read_at`, coalesce(`read_at`, `created_at`), `person_id`, `event_id` FROM `notifications`;
-- drop "notifications" table after copying rows
DROP TABLE `notifications`;
-- rename temporary table "new_notifications" to "notifications"
ALTER TABLE `new_notifications` RENAME TO `notifications`;
-- create index "notification_event_id_person_id_party_id" to table: "notifications"
CREATE UNIQUE INDEX `notification_event_id_person_id_party_id` ON `notifications` (`event_id`, `person_id`, `party_id`);
-- create index "notification_person_id_party_id_created_at_id" to table: "notifications"
CREATE INDEX `notification_person_id_party_id_created_at_id` ON `notifications` (`person_id`, `party_id`, `created_at`, `id`);
-- create index "notification_person_id_party_id_read_at_created_at_id" to table: "notifications"
CREATE INDEX `notification_person_id_party_id_read_at_created_at_id` ON `notifications` (`person_id`, `party_id`, `read_at`, `created_at`, `id`);
-- create index "notification_person_id_party_id_updated_at_id" to table: "notifications"
CREATE INDEX `notification_person_id_party_id_updated_at_id` ON `notifications` (`person_id`, `party_id`, `updated_at`, `id`);
-- create index "invitation_employer_org_id_updated_at_id" to table: "invitations"
CREATE INDEX `invitation_employer_org_id_updated_at_id` ON `invitations` (`employer_org_id`, `updated_at`, `id`);
-- create index "invitation_talent_id_updated_at_id" to table: "invitations"
CREATE INDEX `invitation_talent_id_updated_at_id` ON `invitations` (`talent_id`, `updated_at`, `id`);
-- create index "application_employer_org_id_updated_at_id" to table: "applications"
CREATE INDEX `application_employer_org_id_updated_at_id` ON `applications` (`employer_org_id`, `updated_at`, `id`);
-- create index "application_talent_id_updated_at_id" to table: "applications"
CREATE INDEX `application_talent_id_updated_at_id` ON `applications` (`talent_id`, `updated_at`, `id`);
-- create index "dispute_employer_org_id_updated_at_id" to table: "disputes"
CREATE INDEX `dispute_employer_org_id_updated_at_id` ON `disputes` (`employer_org_id`, `updated_at`, `id`);
-- create index "dispute_talent_id_updated_at_id" to table: "disputes"
CREATE INDEX `dispute_talent_id_updated_at_id` ON `disputes` (`talent_id`, `updated_at`, `id`);
-- create index "evaluation_employer_org_id_updated_at_id" to table: "evaluations"
CREATE INDEX `evaluation_employer_org_id_updated_at_id` ON `evaluations` (`employer_org_id`, `updated_at`, `id`);
-- create index "evaluation_talent_id_updated_at_id" to table: "evaluations"
CREATE INDEX `evaluation_talent_id_updated_at_id` ON `evaluations` (`talent_id`, `updated_at`, `id`);
-- create index "hireconversion_employer_org_id_updated_at_id" to table: "hire_conversions"
CREATE INDEX `hireconversion_employer_org_id_updated_at_id` ON `hire_conversions` (`employer_org_id`, `updated_at`, `id`);
-- create index "hireconversion_talent_id_updated_at_id" to table: "hire_conversions"
CREATE INDEX `hireconversion_talent_id_updated_at_id` ON `hire_conversions` (`talent_id`, `updated_at`, `id`);
-- create index "portfolioitem_talent_id_updated_at_id" to table: "portfolio_items"
CREATE INDEX `portfolioitem_talent_id_updated_at_id` ON `portfolio_items` (`talent_id`, `updated_at`, `id`);
-- create index "reference_employer_org_id_updated_at_id" to table: "talent_references"
CREATE INDEX `reference_employer_org_id_updated_at_id` ON `talent_references` (`employer_org_id`, `updated_at`, `id`);
-- create index "reference_talent_id_updated_at_id" to table: "talent_references"
CREATE INDEX `reference_talent_id_updated_at_id` ON `talent_references` (`talent_id`, `updated_at`, `id`);
-- create index "conversation_talent_id_updated_at_id" to table: "conversations"
CREATE INDEX `conversation_talent_id_updated_at_id` ON `conversations` (`talent_id`, `updated_at`, `id`);
-- create index "conversation_employer_org_id_updated_at_id" to table: "conversations"
CREATE INDEX `conversation_employer_org_id_updated_at_id` ON `conversations` (`employer_org_id`, `updated_at`, `id`);
-- create index "message_conversation_id_updated_at_id" to table: "messages"
CREATE INDEX `message_conversation_id_updated_at_id` ON `messages` (`conversation_id`, `updated_at`, `id`);
-- create index "messagereport_world_id_updated_at_id" to table: "message_reports"
CREATE INDEX `messagereport_world_id_updated_at_id` ON `message_reports` (`world_id`, `updated_at`, `id`);
-- create index "institution_world_id_updated_at_id" to table: "institutions"
CREATE INDEX `institution_world_id_updated_at_id` ON `institutions` (`world_id`, `updated_at`, `id`);
-- create index "engagement_employer_org_id_updated_at_id" to table: "engagements"
CREATE INDEX `engagement_employer_org_id_updated_at_id` ON `engagements` (`employer_org_id`, `updated_at`, `id`);
-- create index "engagement_talent_id_updated_at_id" to table: "engagements"
CREATE INDEX `engagement_talent_id_updated_at_id` ON `engagements` (`talent_id`, `updated_at`, `id`);
-- create index "talentprofile_world_id_visibility_updated_at_id" to table: "talent_profiles"
CREATE INDEX `talentprofile_world_id_visibility_updated_at_id` ON `talent_profiles` (`world_id`, `visibility`, `updated_at`, `id`);
-- create index "fundingpool_owner_org_id_updated_at_id" to table: "funding_pools"
CREATE INDEX `fundingpool_owner_org_id_updated_at_id` ON `funding_pools` (`owner_org_id`, `updated_at`, `id`);
-- create index "deliverable_employer_org_id_updated_at_id" to table: "deliverables"
CREATE INDEX `deliverable_employer_org_id_updated_at_id` ON `deliverables` (`employer_org_id`, `updated_at`, `id`);
-- create index "deliverable_talent_id_updated_at_id" to table: "deliverables"
CREATE INDEX `deliverable_talent_id_updated_at_id` ON `deliverables` (`talent_id`, `updated_at`, `id`);
-- create index "worklogentry_employer_org_id_updated_at_id" to table: "worklog_entries"
CREATE INDEX `worklogentry_employer_org_id_updated_at_id` ON `worklog_entries` (`employer_org_id`, `updated_at`, `id`);
-- create index "worklogentry_talent_id_updated_at_id" to table: "worklog_entries"
CREATE INDEX `worklogentry_talent_id_updated_at_id` ON `worklog_entries` (`talent_id`, `updated_at`, `id`);
-- create index "offer_employer_org_id_updated_at_id" to table: "offers"
CREATE INDEX `offer_employer_org_id_updated_at_id` ON `offers` (`employer_org_id`, `updated_at`, `id`);
-- create index "offer_talent_id_updated_at_id" to table: "offers"
CREATE INDEX `offer_talent_id_updated_at_id` ON `offers` (`talent_id`, `updated_at`, `id`);
-- create index "paymentrecord_employer_org_id_updated_at_id" to table: "payment_records"
CREATE INDEX `paymentrecord_employer_org_id_updated_at_id` ON `payment_records` (`employer_org_id`, `updated_at`, `id`);
-- create index "paymentrecord_talent_id_updated_at_id" to table: "payment_records"
CREATE INDEX `paymentrecord_talent_id_updated_at_id` ON `payment_records` (`talent_id`, `updated_at`, `id`);
-- create index "amendment_talent_id_updated_at_id" to table: "amendments"
CREATE INDEX `amendment_talent_id_updated_at_id` ON `amendments` (`talent_id`, `updated_at`, `id`);
-- create index "amendment_employer_org_id_updated_at_id" to table: "amendments"
CREATE INDEX `amendment_employer_org_id_updated_at_id` ON `amendments` (`employer_org_id`, `updated_at`, `id`);
-- create index "agreementtemplate_employer_org_id_updated_at_id" to table: "agreement_templates"
CREATE INDEX `agreementtemplate_employer_org_id_updated_at_id` ON `agreement_templates` (`employer_org_id`, `updated_at`, `id`);
-- create index "listing_world_id_status_updated_at_id_audience" to table: "listings"
CREATE INDEX `listing_world_id_status_updated_at_id_audience` ON `listings` (`world_id`, `status`, `updated_at`, `id`, `audience`);
-- create index "listing_employer_org_id_updated_at_id" to table: "listings"
CREATE INDEX `listing_employer_org_id_updated_at_id` ON `listings` (`employer_org_id`, `updated_at`, `id`);
-- create index "microproject_employer_org_id_updated_at_id" to table: "micro_projects"
CREATE INDEX `microproject_employer_org_id_updated_at_id` ON `micro_projects` (`employer_org_id`, `updated_at`, `id`);
-- create index "microproject_world_id_updated_at_id" to table: "micro_projects"
CREATE INDEX `microproject_world_id_updated_at_id` ON `micro_projects` (`world_id`, `updated_at`, `id`);
-- create index "projecttemplate_owner_org_id_updated_at_id" to table: "project_templates"
CREATE INDEX `projecttemplate_owner_org_id_updated_at_id` ON `project_templates` (`owner_org_id`, `updated_at`, `id`);
-- create index "strike_talent_id_updated_at_id" to table: "strikes"
CREATE INDEX `strike_talent_id_updated_at_id` ON `strikes` (`talent_id`, `updated_at`, `id`);
-- create index "strike_world_id_updated_at_id" to table: "strikes"
CREATE INDEX `strike_world_id_updated_at_id` ON `strikes` (`world_id`, `updated_at`, `id`);
-- create index "apiclient_owner_org_id_updated_at_id" to table: "api_clients"
CREATE INDEX `apiclient_owner_org_id_updated_at_id` ON `api_clients` (`owner_org_id`, `updated_at`, `id`);
-- create index "clientgrant_tenant_org_id_updated_at_id" to table: "client_grants"
CREATE INDEX `clientgrant_tenant_org_id_updated_at_id` ON `client_grants` (`tenant_org_id`, `updated_at`, `id`);
-- create index "clientgrant_client_id_updated_at_id" to table: "client_grants"
CREATE INDEX `clientgrant_client_id_updated_at_id` ON `client_grants` (`client_id`, `updated_at`, `id`);
-- create index "consent_talent_id_updated_at_id" to table: "consents"
CREATE INDEX `consent_talent_id_updated_at_id` ON `consents` (`talent_id`, `updated_at`, `id`);
-- create index "consent_recipient_id_updated_at_id" to table: "consents"
CREATE INDEX `consent_recipient_id_updated_at_id` ON `consents` (`recipient_id`, `updated_at`, `id`);
-- create index "operatoraccess_tenant_id_updated_at_id" to table: "operator_accesses"
CREATE INDEX `operatoraccess_tenant_id_updated_at_id` ON `operator_accesses` (`tenant_id`, `updated_at`, `id`);
-- create index "operatoraccess_world_id_updated_at_id" to table: "operator_accesses"
CREATE INDEX `operatoraccess_world_id_updated_at_id` ON `operator_accesses` (`world_id`, `updated_at`, `id`);
-- create index "membership_organization_id_updated_at_id" to table: "memberships"
CREATE INDEX `membership_organization_id_updated_at_id` ON `memberships` (`organization_id`, `updated_at`, `id`);
-- create index "memberinvitation_organization_id_updated_at_id" to table: "member_invitations"
CREATE INDEX `memberinvitation_organization_id_updated_at_id` ON `member_invitations` (`organization_id`, `updated_at`, `id`);
-- enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;

-- +goose Down
-- reverse: create index "memberinvitation_organization_id_updated_at_id" to table: "member_invitations"
DROP INDEX `memberinvitation_organization_id_updated_at_id`;
-- reverse: create index "membership_organization_id_updated_at_id" to table: "memberships"
DROP INDEX `membership_organization_id_updated_at_id`;
-- reverse: create index "operatoraccess_world_id_updated_at_id" to table: "operator_accesses"
DROP INDEX `operatoraccess_world_id_updated_at_id`;
-- reverse: create index "operatoraccess_tenant_id_updated_at_id" to table: "operator_accesses"
DROP INDEX `operatoraccess_tenant_id_updated_at_id`;
-- reverse: create index "consent_recipient_id_updated_at_id" to table: "consents"
DROP INDEX `consent_recipient_id_updated_at_id`;
-- reverse: create index "consent_talent_id_updated_at_id" to table: "consents"
DROP INDEX `consent_talent_id_updated_at_id`;
-- reverse: create index "clientgrant_client_id_updated_at_id" to table: "client_grants"
DROP INDEX `clientgrant_client_id_updated_at_id`;
-- reverse: create index "clientgrant_tenant_org_id_updated_at_id" to table: "client_grants"
DROP INDEX `clientgrant_tenant_org_id_updated_at_id`;
-- reverse: create index "apiclient_owner_org_id_updated_at_id" to table: "api_clients"
DROP INDEX `apiclient_owner_org_id_updated_at_id`;
-- reverse: create index "strike_world_id_updated_at_id" to table: "strikes"
DROP INDEX `strike_world_id_updated_at_id`;
-- reverse: create index "strike_talent_id_updated_at_id" to table: "strikes"
DROP INDEX `strike_talent_id_updated_at_id`;
-- reverse: create index "projecttemplate_owner_org_id_updated_at_id" to table: "project_templates"
DROP INDEX `projecttemplate_owner_org_id_updated_at_id`;
-- reverse: create index "microproject_world_id_updated_at_id" to table: "micro_projects"
DROP INDEX `microproject_world_id_updated_at_id`;
-- reverse: create index "microproject_employer_org_id_updated_at_id" to table: "micro_projects"
DROP INDEX `microproject_employer_org_id_updated_at_id`;
-- reverse: create index "listing_employer_org_id_updated_at_id" to table: "listings"
DROP INDEX `listing_employer_org_id_updated_at_id`;
-- reverse: create index "listing_world_id_status_updated_at_id_audience" to table: "listings"
DROP INDEX `listing_world_id_status_updated_at_id_audience`;
-- reverse: create index "agreementtemplate_employer_org_id_updated_at_id" to table: "agreement_templates"
DROP INDEX `agreementtemplate_employer_org_id_updated_at_id`;
-- reverse: create index "amendment_employer_org_id_updated_at_id" to table: "amendments"
DROP INDEX `amendment_employer_org_id_updated_at_id`;
-- reverse: create index "amendment_talent_id_updated_at_id" to table: "amendments"
DROP INDEX `amendment_talent_id_updated_at_id`;
-- reverse: create index "paymentrecord_talent_id_updated_at_id" to table: "payment_records"
DROP INDEX `paymentrecord_talent_id_updated_at_id`;
-- reverse: create index "paymentrecord_employer_org_id_updated_at_id" to table: "payment_records"
DROP INDEX `paymentrecord_employer_org_id_updated_at_id`;
-- reverse: create index "offer_talent_id_updated_at_id" to table: "offers"
DROP INDEX `offer_talent_id_updated_at_id`;
-- reverse: create index "offer_employer_org_id_updated_at_id" to table: "offers"
DROP INDEX `offer_employer_org_id_updated_at_id`;
-- reverse: create index "worklogentry_talent_id_updated_at_id" to table: "worklog_entries"
DROP INDEX `worklogentry_talent_id_updated_at_id`;
-- reverse: create index "worklogentry_employer_org_id_updated_at_id" to table: "worklog_entries"
DROP INDEX `worklogentry_employer_org_id_updated_at_id`;
-- reverse: create index "deliverable_talent_id_updated_at_id" to table: "deliverables"
DROP INDEX `deliverable_talent_id_updated_at_id`;
-- reverse: create index "deliverable_employer_org_id_updated_at_id" to table: "deliverables"
DROP INDEX `deliverable_employer_org_id_updated_at_id`;
-- reverse: create index "fundingpool_owner_org_id_updated_at_id" to table: "funding_pools"
DROP INDEX `fundingpool_owner_org_id_updated_at_id`;
-- reverse: create index "talentprofile_world_id_visibility_updated_at_id" to table: "talent_profiles"
DROP INDEX `talentprofile_world_id_visibility_updated_at_id`;
-- reverse: create index "engagement_talent_id_updated_at_id" to table: "engagements"
DROP INDEX `engagement_talent_id_updated_at_id`;
-- reverse: create index "engagement_employer_org_id_updated_at_id" to table: "engagements"
DROP INDEX `engagement_employer_org_id_updated_at_id`;
-- reverse: create index "institution_world_id_updated_at_id" to table: "institutions"
DROP INDEX `institution_world_id_updated_at_id`;
-- reverse: create index "messagereport_world_id_updated_at_id" to table: "message_reports"
DROP INDEX `messagereport_world_id_updated_at_id`;
-- reverse: create index "message_conversation_id_updated_at_id" to table: "messages"
DROP INDEX `message_conversation_id_updated_at_id`;
-- reverse: create index "conversation_employer_org_id_updated_at_id" to table: "conversations"
DROP INDEX `conversation_employer_org_id_updated_at_id`;
-- reverse: create index "conversation_talent_id_updated_at_id" to table: "conversations"
DROP INDEX `conversation_talent_id_updated_at_id`;
-- reverse: create index "reference_talent_id_updated_at_id" to table: "talent_references"
DROP INDEX `reference_talent_id_updated_at_id`;
-- reverse: create index "reference_employer_org_id_updated_at_id" to table: "talent_references"
DROP INDEX `reference_employer_org_id_updated_at_id`;
-- reverse: create index "portfolioitem_talent_id_updated_at_id" to table: "portfolio_items"
DROP INDEX `portfolioitem_talent_id_updated_at_id`;
-- reverse: create index "hireconversion_talent_id_updated_at_id" to table: "hire_conversions"
DROP INDEX `hireconversion_talent_id_updated_at_id`;
-- reverse: create index "hireconversion_employer_org_id_updated_at_id" to table: "hire_conversions"
DROP INDEX `hireconversion_employer_org_id_updated_at_id`;
-- reverse: create index "evaluation_talent_id_updated_at_id" to table: "evaluations"
DROP INDEX `evaluation_talent_id_updated_at_id`;
-- reverse: create index "evaluation_employer_org_id_updated_at_id" to table: "evaluations"
DROP INDEX `evaluation_employer_org_id_updated_at_id`;
-- reverse: create index "dispute_talent_id_updated_at_id" to table: "disputes"
DROP INDEX `dispute_talent_id_updated_at_id`;
-- reverse: create index "dispute_employer_org_id_updated_at_id" to table: "disputes"
DROP INDEX `dispute_employer_org_id_updated_at_id`;
-- reverse: create index "application_talent_id_updated_at_id" to table: "applications"
DROP INDEX `application_talent_id_updated_at_id`;
-- reverse: create index "application_employer_org_id_updated_at_id" to table: "applications"
DROP INDEX `application_employer_org_id_updated_at_id`;
-- reverse: create index "invitation_talent_id_updated_at_id" to table: "invitations"
DROP INDEX `invitation_talent_id_updated_at_id`;
-- reverse: create index "invitation_employer_org_id_updated_at_id" to table: "invitations"
DROP INDEX `invitation_employer_org_id_updated_at_id`;
-- reverse: create index "notification_person_id_party_id_updated_at_id" to table: "notifications"
DROP INDEX `notification_person_id_party_id_updated_at_id`;
-- reverse: create index "notification_person_id_party_id_read_at_created_at_id" to table: "notifications"
DROP INDEX `notification_person_id_party_id_read_at_created_at_id`;
-- reverse: create index "notification_person_id_party_id_created_at_id" to table: "notifications"
DROP INDEX `notification_person_id_party_id_created_at_id`;
-- reverse: create index "notification_event_id_person_id_party_id" to table: "notifications"
DROP INDEX `notification_event_id_person_id_party_id`;
-- reverse: create "new_notifications" table
DROP TABLE `new_notifications`;
-- reverse: create index "flag_world_id_updated_at_id" to table: "flags"
DROP INDEX `flag_world_id_updated_at_id`;
-- reverse: create index "flag_institution_id_updated_at_id" to table: "flags"
DROP INDEX `flag_institution_id_updated_at_id`;
-- reverse: create index "postingrequest_body_id_status_updated_at_id" to table: "posting_requests"
DROP INDEX `postingrequest_body_id_status_updated_at_id`;
-- reverse: create index "institutionlink_employer_org_id_updated_at_id" to table: "institution_links"
DROP INDEX `institutionlink_employer_org_id_updated_at_id`;
-- reverse: create index "institutionlink_institution_id_updated_at_id" to table: "institution_links"
DROP INDEX `institutionlink_institution_id_updated_at_id`;
-- reverse: create index "employer_world_id_updated_at_id" to table: "employers"
DROP INDEX `employer_world_id_updated_at_id`;
-- reverse: create index "skill_updated_at_id" to table: "skills"
DROP INDEX `skill_updated_at_id`;
-- reverse: create index "skill_kind_name_folded_id" to table: "skills"
DROP INDEX `skill_kind_name_folded_id`;
-- reverse: create index "skill_name_folded_id" to table: "skills"
DROP INDEX `skill_name_folded_id`;
-- reverse: create index "skill_reference" to table: "skills"
DROP INDEX `skill_reference`;
-- reverse: create "new_skills" table
DROP TABLE `new_skills`;
-- reverse: create index "occupation_updated_at_id" to table: "occupations"
DROP INDEX `occupation_updated_at_id`;
-- reverse: create index "occupation_title_folded_id" to table: "occupations"
DROP INDEX `occupation_title_folded_id`;
-- reverse: create index "occupation_code" to table: "occupations"
DROP INDEX `occupation_code`;
-- reverse: create "new_occupations" table
DROP TABLE `new_occupations`;
-- reverse: create index "affiliation_talent_id_updated_at_id" to table: "affiliations"
DROP INDEX `affiliation_talent_id_updated_at_id`;
-- reverse: create index "affiliation_institution_id_updated_at_id" to table: "affiliations"
DROP INDEX `affiliation_institution_id_updated_at_id`;
