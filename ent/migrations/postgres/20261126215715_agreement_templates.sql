-- +goose Up
-- create "agreement_templates" table
CREATE TABLE "agreement_templates" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "revision" bigint NOT NULL DEFAULT 1, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "kind" character varying NOT NULL, "version" bigint NOT NULL, "title" character varying NOT NULL, "text" character varying NOT NULL, "text_hash" character varying NOT NULL, "status" character varying NOT NULL DEFAULT 'PUBLISHED', "published_at" timestamptz NOT NULL, "retired_at" timestamptz NULL, "employer_org_id" uuid NOT NULL, "published_by_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "agreement_templates_employer_org_id_world_id" FOREIGN KEY ("employer_org_id", "world_id") REFERENCES "employers" ("id", "world_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "agreement_templates_employers_employer" FOREIGN KEY ("employer_org_id") REFERENCES "employers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "agreement_templates_people_published_by" FOREIGN KEY ("published_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "agreement_templates_owned" CHECK (owner_org_id = employer_org_id), CONSTRAINT "agreement_templates_retired" CHECK (((status)::text = 'RETIRED'::text) = (retired_at IS NOT NULL)));
-- create index "agreement_templates_id_employer_org_id" to table: "agreement_templates"
CREATE UNIQUE INDEX "agreement_templates_id_employer_org_id" ON "agreement_templates" ("id", "employer_org_id");
-- create index "agreementtemplate_employer_org_id_kind" to table: "agreement_templates"
CREATE UNIQUE INDEX "agreementtemplate_employer_org_id_kind" ON "agreement_templates" ("employer_org_id", "kind") WHERE ((status)::text = 'PUBLISHED'::text);
-- create index "agreementtemplate_employer_org_id_kind_version" to table: "agreement_templates"
CREATE UNIQUE INDEX "agreementtemplate_employer_org_id_kind_version" ON "agreement_templates" ("employer_org_id", "kind", "version");
-- create index "agreementtemplate_employer_org_id_published_at_id" to table: "agreement_templates"
CREATE INDEX "agreementtemplate_employer_org_id_published_at_id" ON "agreement_templates" ("employer_org_id", "published_at", "id");
-- modify "agreements" table
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_template" CHECK ((((kind)::text <> 'CONTRACTOR_TERMS'::text) OR (agreement_template_id IS NULL)) AND (((kind)::text <> 'ADDITIONAL_TERMS'::text) OR (agreement_template_id IS NOT NULL))), ADD COLUMN "agreement_template_id" uuid NULL, ADD CONSTRAINT "agreements_agreement_template_id_employer_org_id" FOREIGN KEY ("agreement_template_id", "employer_org_id") REFERENCES "agreement_templates" ("id", "employer_org_id") ON UPDATE NO ACTION ON DELETE NO ACTION, ADD CONSTRAINT "agreements_agreement_templates_agreement_template" FOREIGN KEY ("agreement_template_id") REFERENCES "agreement_templates" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- create "offer_documents" table
CREATE TABLE "offer_documents" ("id" uuid NOT NULL, "world_id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "employer_org_id" uuid NOT NULL, "talent_id" uuid NOT NULL, "kind" character varying NOT NULL, "text_version" bigint NOT NULL, "offer_id" uuid NOT NULL, "agreement_template_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "offer_documents_agreement_template_id_employer_org_id" FOREIGN KEY ("agreement_template_id", "employer_org_id") REFERENCES "agreement_templates" ("id", "employer_org_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "offer_documents_agreement_templates_agreement_template" FOREIGN KEY ("agreement_template_id") REFERENCES "agreement_templates" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "offer_documents_offer_id_employer_org_id_talent_id" FOREIGN KEY ("offer_id", "employer_org_id", "talent_id") REFERENCES "offers" ("id", "employer_org_id", "talent_id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "offer_documents_offers_offer" FOREIGN KEY ("offer_id") REFERENCES "offers" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "offer_documents_owned" CHECK (owner_org_id = employer_org_id), CONSTRAINT "offer_documents_template" CHECK ((((kind)::text <> 'CONTRACTOR_TERMS'::text) OR (agreement_template_id IS NULL)) AND (((kind)::text <> 'ADDITIONAL_TERMS'::text) OR (agreement_template_id IS NOT NULL))));
-- create index "offerdocument_agreement_template_id_talent_id" to table: "offer_documents"
CREATE INDEX "offerdocument_agreement_template_id_talent_id" ON "offer_documents" ("agreement_template_id", "talent_id");
-- create index "offerdocument_offer_id_kind" to table: "offer_documents"
CREATE UNIQUE INDEX "offerdocument_offer_id_kind" ON "offer_documents" ("offer_id", "kind");
-- what was agreed on before has the documents that were made for it
INSERT INTO "offer_documents" ("id", "world_id", "owner_org_id", "employer_org_id", "talent_id", "offer_id", "kind", "text_version") SELECT (substr(a.offer_id::text, 1, 20) || CASE a.kind WHEN 'CONTRACTOR_TERMS' THEN '1' WHEN 'IP_ASSIGNMENT' THEN '2' ELSE '3' END || substr(a.offer_id::text, 22, 13) || '44')::uuid, a.world_id, a.owner_org_id, a.employer_org_id, a.talent_id, a.offer_id, a.kind, a.text_version FROM "agreements" AS a;
-- what waits for an answer has those that it would have had
INSERT INTO "offer_documents" ("id", "world_id", "owner_org_id", "employer_org_id", "talent_id", "offer_id", "kind", "text_version") SELECT (substr(o.id::text, 1, 20) || k.digit || substr(o.id::text, 22, 13) || '44')::uuid, o.world_id, o.owner_org_id, o.employer_org_id, o.talent_id, o.id, k.kind, k.text_version FROM "offers" AS o JOIN "micro_projects" AS p ON p.id = o.micro_project_id CROSS JOIN (SELECT 'CONTRACTOR_TERMS' AS kind, 2 AS text_version, '1' AS digit UNION ALL SELECT 'IP_ASSIGNMENT', 1, '2' UNION ALL SELECT 'NON_DISCLOSURE', 1, '3') AS k WHERE o.status = 'SENT' AND (k.kind <> 'NON_DISCLOSURE' OR p.requires_nda);

-- +goose Down
-- reverse: create index "offerdocument_offer_id_kind" to table: "offer_documents"
DROP INDEX "offerdocument_offer_id_kind";
-- reverse: create index "offerdocument_agreement_template_id_talent_id" to table: "offer_documents"
DROP INDEX "offerdocument_agreement_template_id_talent_id";
-- reverse: create "offer_documents" table
DROP TABLE "offer_documents";
-- reverse: modify "agreements" table
ALTER TABLE "agreements" DROP CONSTRAINT "agreements_agreement_templates_agreement_template", DROP CONSTRAINT "agreements_agreement_template_id_employer_org_id", DROP COLUMN "agreement_template_id", DROP CONSTRAINT "agreements_template";
-- reverse: create index "agreementtemplate_employer_org_id_published_at_id" to table: "agreement_templates"
DROP INDEX "agreementtemplate_employer_org_id_published_at_id";
-- reverse: create index "agreementtemplate_employer_org_id_kind_version" to table: "agreement_templates"
DROP INDEX "agreementtemplate_employer_org_id_kind_version";
-- reverse: create index "agreementtemplate_employer_org_id_kind" to table: "agreement_templates"
DROP INDEX "agreementtemplate_employer_org_id_kind";
-- reverse: create index "agreement_templates_id_employer_org_id" to table: "agreement_templates"
DROP INDEX "agreement_templates_id_employer_org_id";
-- reverse: create "agreement_templates" table
DROP TABLE "agreement_templates";
