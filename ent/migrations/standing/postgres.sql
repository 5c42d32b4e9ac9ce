-- What always stands on PostgreSQL. Applied anew after every migration.

-- History is never altered.
CREATE OR REPLACE FUNCTION history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% are never altered or deleted', TG_TABLE_NAME;
END $$;

CREATE OR REPLACE TRIGGER events_stay BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER feed_entries_stay BEFORE UPDATE OR DELETE ON feed_entries FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER disclosures_stay BEFORE UPDATE OR DELETE ON disclosures FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER ledger_entries_stay BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER funding_pool_entries_stay BEFORE UPDATE OR DELETE ON funding_pool_entries FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER funding_pool_entries_remain BEFORE TRUNCATE ON funding_pool_entries FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER submissions_stay BEFORE UPDATE OR DELETE ON submissions FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER agreement_templates_stay BEFORE DELETE OR UPDATE OF employer_org_id, kind, version, title, text, text_hash ON agreement_templates FOR EACH ROW EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER agreement_templates_remain BEFORE TRUNCATE ON agreement_templates FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER events_remain BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER feed_entries_remain BEFORE TRUNCATE ON feed_entries FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER audit_entries_remain BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER disclosures_remain BEFORE TRUNCATE ON disclosures FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER ledger_entries_remain BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION history_stays();
CREATE OR REPLACE TRIGGER submissions_remain BEFORE TRUNCATE ON submissions FOR EACH STATEMENT EXECUTE FUNCTION history_stays();

-- Somebody runs every organisation: its last owner, administrator or operator stays.
-- The others are locked, so that two do not take each other away at once.
CREATE OR REPLACE FUNCTION last_member_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.status = 'ACTIVE' AND NEW.role = OLD.role AND NEW.organization_id = OLD.organization_id THEN
    RETURN NEW;
  END IF;
  IF OLD.status = 'ACTIVE' AND OLD.role IN ('OWNER', 'ADMIN', 'OPERATOR') THEN
    PERFORM 1 FROM memberships o WHERE o.organization_id = OLD.organization_id AND o.role = OLD.role AND o.status = 'ACTIVE' AND o.id <> OLD.id FOR UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the last one who runs an organisation stays';
    END IF;
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE OR REPLACE TRIGGER memberships_last_stays BEFORE UPDATE OR DELETE ON memberships FOR EACH ROW EXECUTE FUNCTION last_member_stays();

-- The world that is no sandbox.
INSERT INTO worlds (id, kind, name, clock_offset_ms)
VALUES ('00000000-0000-7000-8000-000000000020', 'LIVE', 'Live', 0)
ON CONFLICT (id) DO NOTHING;
