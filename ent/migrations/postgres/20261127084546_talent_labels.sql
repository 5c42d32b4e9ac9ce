-- +goose Up
-- create "talent_labels" table
CREATE TABLE "talent_labels" ("id" uuid NOT NULL, "owner_org_id" uuid NOT NULL, "name" character varying NOT NULL, "name_folded" character varying NOT NULL COLLATE "C", "put_at" timestamptz NOT NULL, "talent_id" uuid NOT NULL, "put_by_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "talent_labels_people_put_by" FOREIGN KEY ("put_by_id") REFERENCES "people" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "talent_labels_talent_profiles_talent" FOREIGN KEY ("talent_id") REFERENCES "talent_profiles" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "talentlabel_owner_org_id_name_folded_talent_id" to table: "talent_labels"
CREATE INDEX "talentlabel_owner_org_id_name_folded_talent_id" ON "talent_labels" ("owner_org_id", "name_folded", "talent_id");
-- create index "talentlabel_owner_org_id_talent_id_name_folded" to table: "talent_labels"
CREATE UNIQUE INDEX "talentlabel_owner_org_id_talent_id_name_folded" ON "talent_labels" ("owner_org_id", "talent_id", "name_folded");

-- +goose Down
-- reverse: create index "talentlabel_owner_org_id_talent_id_name_folded" to table: "talent_labels"
DROP INDEX "talentlabel_owner_org_id_talent_id_name_folded";
-- reverse: create index "talentlabel_owner_org_id_name_folded_talent_id" to table: "talent_labels"
DROP INDEX "talentlabel_owner_org_id_name_folded_talent_id";
-- reverse: create "talent_labels" table
DROP TABLE "talent_labels";
