-- What always stands on SQLite. Applied anew after every migration.

-- History is never altered.
DROP TRIGGER IF EXISTS events_stay;
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never altered'); END;
DROP TRIGGER IF EXISTS events_remain;
CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
DROP TRIGGER IF EXISTS feed_entries_stay;
CREATE TRIGGER feed_entries_stay BEFORE UPDATE ON feed_entries BEGIN SELECT RAISE(ABORT, 'feed entries are never altered'); END;
DROP TRIGGER IF EXISTS feed_entries_remain;
CREATE TRIGGER feed_entries_remain BEFORE DELETE ON feed_entries BEGIN SELECT RAISE(ABORT, 'feed entries are never deleted'); END;
DROP TRIGGER IF EXISTS audit_entries_stay;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit entries are never altered'); END;
DROP TRIGGER IF EXISTS audit_entries_remain;
CREATE TRIGGER audit_entries_remain BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;
DROP TRIGGER IF EXISTS disclosures_stay;
CREATE TRIGGER disclosures_stay BEFORE UPDATE ON disclosures BEGIN SELECT RAISE(ABORT, 'disclosures are never altered'); END;
DROP TRIGGER IF EXISTS disclosures_remain;
CREATE TRIGGER disclosures_remain BEFORE DELETE ON disclosures BEGIN SELECT RAISE(ABORT, 'disclosures are never deleted'); END;
DROP TRIGGER IF EXISTS ledger_entries_stay;
CREATE TRIGGER ledger_entries_stay BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger entries are never altered'); END;
DROP TRIGGER IF EXISTS ledger_entries_remain;
CREATE TRIGGER ledger_entries_remain BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted'); END;
DROP TRIGGER IF EXISTS funding_pool_entries_stay;
CREATE TRIGGER funding_pool_entries_stay BEFORE UPDATE ON funding_pool_entries BEGIN SELECT RAISE(ABORT, 'entries of a funding pool are never altered'); END;
DROP TRIGGER IF EXISTS funding_pool_entries_remain;
CREATE TRIGGER funding_pool_entries_remain BEFORE DELETE ON funding_pool_entries BEGIN SELECT RAISE(ABORT, 'entries of a funding pool are never deleted'); END;
DROP TRIGGER IF EXISTS submissions_stay;
CREATE TRIGGER submissions_stay BEFORE UPDATE ON submissions BEGIN SELECT RAISE(ABORT, 'submissions are never altered'); END;
DROP TRIGGER IF EXISTS submissions_remain;
CREATE TRIGGER submissions_remain BEFORE DELETE ON submissions BEGIN SELECT RAISE(ABORT, 'submissions are never deleted'); END;
DROP TRIGGER IF EXISTS agreement_templates_stay;
CREATE TRIGGER agreement_templates_stay BEFORE UPDATE OF employer_org_id, kind, version, title, text, text_hash ON agreement_templates BEGIN SELECT RAISE(ABORT, 'texts of agreements are never altered'); END;
DROP TRIGGER IF EXISTS agreement_templates_remain;
CREATE TRIGGER agreement_templates_remain BEFORE DELETE ON agreement_templates BEGIN SELECT RAISE(ABORT, 'texts of agreements are never deleted'); END;

-- Somebody runs every organisation: its last owner, administrator or operator stays.
DROP TRIGGER IF EXISTS memberships_last_stays;
CREATE TRIGGER memberships_last_stays BEFORE UPDATE OF status, role, organization_id ON memberships WHEN OLD.status = 'ACTIVE' AND OLD.role IN ('OWNER', 'ADMIN', 'OPERATOR') AND (NEW.status <> 'ACTIVE' OR NEW.role <> OLD.role OR NEW.organization_id <> OLD.organization_id) AND NOT EXISTS (SELECT 1 FROM memberships o WHERE o.organization_id = OLD.organization_id AND o.role = OLD.role AND o.status = 'ACTIVE' AND o.id <> OLD.id) BEGIN SELECT RAISE(ABORT, 'the last one who runs an organisation stays'); END;
DROP TRIGGER IF EXISTS memberships_last_remains;
CREATE TRIGGER memberships_last_remains BEFORE DELETE ON memberships WHEN OLD.status = 'ACTIVE' AND OLD.role IN ('OWNER', 'ADMIN', 'OPERATOR') AND NOT EXISTS (SELECT 1 FROM memberships o WHERE o.organization_id = OLD.organization_id AND o.role = OLD.role AND o.status = 'ACTIVE' AND o.id <> OLD.id) BEGIN SELECT RAISE(ABORT, 'the last one who runs an organisation stays'); END;

-- The world that is no sandbox.
INSERT INTO worlds (id, kind, name, clock_offset_ms)
VALUES ('00000000-0000-7000-8000-000000000020', 'LIVE', 'Live', 0)
ON CONFLICT (id) DO NOTHING;
