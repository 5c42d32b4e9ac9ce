-- +goose Up
-- create "api_clients" table
CREATE TABLE `api_clients` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `name` text NOT NULL, `name_folded` text NOT NULL, `purpose` text NOT NULL, `scopes` json NOT NULL, `origins` json NOT NULL, `status` text NOT NULL DEFAULT ('ACTIVE'), `expires_at` datetime NULL, `person_id` uuid NOT NULL, `registered_by_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `api_clients_people_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `api_clients_people_registered_by` FOREIGN KEY (`registered_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION);
-- create index "apiclient_owner_org_id_name_folded" to table: "api_clients"
CREATE UNIQUE INDEX `apiclient_owner_org_id_name_folded` ON `api_clients` (`owner_org_id`, `name_folded`) WHERE status = 'ACTIVE' OR status = 'SUSPENDED';
-- create index "apiclient_owner_org_id_created_at_id" to table: "api_clients"
CREATE INDEX `apiclient_owner_org_id_created_at_id` ON `api_clients` (`owner_org_id`, `created_at`, `id`);
-- create index "apiclient_person_id" to table: "api_clients"
CREATE UNIQUE INDEX `apiclient_person_id` ON `api_clients` (`person_id`);
-- create index "api_clients_id_world_id" to table: "api_clients"
CREATE UNIQUE INDEX `api_clients_id_world_id` ON `api_clients` (`id`, `world_id`);
-- create index "api_clients_id_owner_org_id" to table: "api_clients"
CREATE UNIQUE INDEX `api_clients_id_owner_org_id` ON `api_clients` (`id`, `owner_org_id`);
-- create "client_grants" table
CREATE TABLE `client_grants` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `revision` integer NOT NULL DEFAULT (1), `world_id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `tenant_org_id` uuid NOT NULL, `scopes` json NOT NULL, `status` text NOT NULL DEFAULT ('PENDING'), `reason` text NULL, `decided_at` datetime NULL, `client_id` uuid NOT NULL, `decided_by_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `client_grants_api_clients_client` FOREIGN KEY (`client_id`) REFERENCES `api_clients` (`id`) ON DELETE NO ACTION, CONSTRAINT `client_grants_people_decided_by` FOREIGN KEY (`decided_by_id`) REFERENCES `people` (`id`) ON DELETE NO ACTION, CONSTRAINT `client_grants_client_id_world_id` FOREIGN KEY (`client_id`, `world_id`) REFERENCES `api_clients` (`id`, `world_id`) ON DELETE NO ACTION, CONSTRAINT `client_grants_client_id_owner_org_id` FOREIGN KEY (`client_id`, `owner_org_id`) REFERENCES `api_clients` (`id`, `owner_org_id`) ON DELETE NO ACTION);
-- create index "clientgrant_client_id_tenant_org_id" to table: "client_grants"
CREATE UNIQUE INDEX `clientgrant_client_id_tenant_org_id` ON `client_grants` (`client_id`, `tenant_org_id`) WHERE status = 'PENDING';
-- create index "clientgrant_tenant_org_id_client_id" to table: "client_grants"
CREATE UNIQUE INDEX `clientgrant_tenant_org_id_client_id` ON `client_grants` (`tenant_org_id`, `client_id`) WHERE status = 'APPROVED';
-- create index "clientgrant_tenant_org_id_created_at_id" to table: "client_grants"
CREATE INDEX `clientgrant_tenant_org_id_created_at_id` ON `client_grants` (`tenant_org_id`, `created_at`, `id`);
-- create index "clientgrant_client_id_created_at_id" to table: "client_grants"
CREATE INDEX `clientgrant_client_id_created_at_id` ON `client_grants` (`client_id`, `created_at`, `id`);
-- create "client_secrets" table
CREATE TABLE `client_secrets` (`id` uuid NOT NULL, `slot` integer NOT NULL, `secret_hash` text NOT NULL, `hint` text NOT NULL, `created_at` datetime NOT NULL, `ends_at` datetime NULL, `last_used_at` datetime NULL, `client_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `client_secrets_api_clients_client` FOREIGN KEY (`client_id`) REFERENCES `api_clients` (`id`) ON DELETE NO ACTION, CONSTRAINT `client_secrets_two` CHECK (slot >= 1 AND slot <= 2));
-- create index "clientsecret_client_id_slot" to table: "client_secrets"
CREATE UNIQUE INDEX `clientsecret_client_id_slot` ON `client_secrets` (`client_id`, `slot`);
-- create "client_usages" table
CREATE TABLE `client_usages` (`id` uuid NOT NULL, `owner_org_id` uuid NOT NULL, `tenant_org_id` uuid NOT NULL, `day` text NOT NULL, `coordinate` text NOT NULL, `operations` integer NOT NULL DEFAULT (0), `refused` integer NOT NULL DEFAULT (0), `cost` integer NOT NULL DEFAULT (0), `client_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `client_usages_api_clients_client` FOREIGN KEY (`client_id`) REFERENCES `api_clients` (`id`) ON DELETE NO ACTION, CONSTRAINT `client_usages_client_id_owner_org_id` FOREIGN KEY (`client_id`, `owner_org_id`) REFERENCES `api_clients` (`id`, `owner_org_id`) ON DELETE NO ACTION);
-- create index "clientusage_client_id_tenant_org_id_day_coordinate" to table: "client_usages"
CREATE UNIQUE INDEX `clientusage_client_id_tenant_org_id_day_coordinate` ON `client_usages` (`client_id`, `tenant_org_id`, `day`, `coordinate`);
-- create "external_references" table
CREATE TABLE `external_references` (`id` uuid NOT NULL, `tenant_org_id` uuid NOT NULL, `node_id` uuid NOT NULL, `noun` text NOT NULL, `reference` text NOT NULL, `created_at` datetime NOT NULL, `client_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `external_references_api_clients_client` FOREIGN KEY (`client_id`) REFERENCES `api_clients` (`id`) ON DELETE NO ACTION);
-- create index "externalreference_client_id_tenant_org_id_noun_reference" to table: "external_references"
CREATE UNIQUE INDEX `externalreference_client_id_tenant_org_id_noun_reference` ON `external_references` (`client_id`, `tenant_org_id`, `noun`, `reference`);
-- create index "externalreference_client_id_tenant_org_id_node_id" to table: "external_references"
CREATE UNIQUE INDEX `externalreference_client_id_tenant_org_id_node_id` ON `external_references` (`client_id`, `tenant_org_id`, `node_id`);

-- +goose Down
-- reverse: create index "externalreference_client_id_tenant_org_id_node_id" to table: "external_references"
DROP INDEX `externalreference_client_id_tenant_org_id_node_id`;
-- reverse: create index "externalreference_client_id_tenant_org_id_noun_reference" to table: "external_references"
DROP INDEX `externalreference_client_id_tenant_org_id_noun_reference`;
-- reverse: create "external_references" table
DROP TABLE `external_references`;
-- reverse: create index "clientusage_client_id_tenant_org_id_day_coordinate" to table: "client_usages"
DROP INDEX `clientusage_client_id_tenant_org_id_day_coordinate`;
-- reverse: create "client_usages" table
DROP TABLE `client_usages`;
-- reverse: create index "clientsecret_client_id_slot" to table: "client_secrets"
DROP INDEX `clientsecret_client_id_slot`;
-- reverse: create "client_secrets" table
DROP TABLE `client_secrets`;
-- reverse: create index "clientgrant_client_id_created_at_id" to table: "client_grants"
DROP INDEX `clientgrant_client_id_created_at_id`;
-- reverse: create index "clientgrant_tenant_org_id_created_at_id" to table: "client_grants"
DROP INDEX `clientgrant_tenant_org_id_created_at_id`;
-- reverse: create index "clientgrant_tenant_org_id_client_id" to table: "client_grants"
DROP INDEX `clientgrant_tenant_org_id_client_id`;
-- reverse: create index "clientgrant_client_id_tenant_org_id" to table: "client_grants"
DROP INDEX `clientgrant_client_id_tenant_org_id`;
-- reverse: create "client_grants" table
DROP TABLE `client_grants`;
-- reverse: create index "api_clients_id_owner_org_id" to table: "api_clients"
DROP INDEX `api_clients_id_owner_org_id`;
-- reverse: create index "api_clients_id_world_id" to table: "api_clients"
DROP INDEX `api_clients_id_world_id`;
-- reverse: create index "apiclient_person_id" to table: "api_clients"
DROP INDEX `apiclient_person_id`;
-- reverse: create index "apiclient_owner_org_id_created_at_id" to table: "api_clients"
DROP INDEX `apiclient_owner_org_id_created_at_id`;
-- reverse: create index "apiclient_owner_org_id_name_folded" to table: "api_clients"
DROP INDEX `apiclient_owner_org_id_name_folded`;
-- reverse: create "api_clients" table
DROP TABLE `api_clients`;
