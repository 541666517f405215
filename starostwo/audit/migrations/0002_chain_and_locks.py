from django.conf import settings
from django.db import migrations

CHAIN = """
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    said json := NEW.payload::json;
    chain text;
    last audit_head%ROWTYPE;
BEGIN
    NEW.at := said->>'at';
    NEW.actor := said->>'actor';
    NEW.actor_name := said->>'actor_name';
    NEW.in_place_of := said->>'in_place_of';
    NEW.verb := said->>'verb';
    NEW.thing := said->>'thing';
    chain := CASE TG_TABLE_NAME WHEN 'audit_read' THEN 'reads/' || NEW.actor ELSE NEW.thing END;

    SELECT * INTO last FROM audit_head WHERE stream = chain FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO audit_head (stream, seq, hash) VALUES (chain, 0, '') ON CONFLICT DO NOTHING;
        SELECT * INTO STRICT last FROM audit_head WHERE stream = chain FOR UPDATE;
    END IF;

    NEW.seq := last.seq + 1;
    NEW.prev_hash := last.hash;
    NEW.written_at := clock_timestamp();
    NEW.hash := sha256(NEW.prev_hash || convert_to(
        NEW.seq || E'\\n' || to_char(NEW.written_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || E'\\n' || NEW.payload, 'UTF8'));
    UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash WHERE stream = chain;
    RETURN NEW;
END
$$;
CREATE TRIGGER audit_chain BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_chain();
CREATE TRIGGER audit_chain BEFORE INSERT ON audit_read FOR EACH ROW EXECUTE FUNCTION audit_chain();
"""

CHAIN_BACK = """
DROP TRIGGER audit_chain ON audit_entry;
DROP TRIGGER audit_chain ON audit_read;
DROP FUNCTION audit_chain();
"""

ADDED_ONLY = ("audit_entry", "audit_read", "audit_anchor", "audit_anchoredend")
LOCK = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Historii nie wolno zmieniać: % na tabeli %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
""" + "".join(
    f"CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();\n"
    for table in ADDED_ONLY
)
LOCK_BACK = "".join(f"DROP TRIGGER audit_refuse ON {table};\n" for table in ADDED_ONLY) + (
    "DROP FUNCTION audit_refuse();"
)

WITH_APP_ROLE = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}' AND rolname <> current_user) THEN
        {statements}
    END IF;
END $$;
"""


def _for_app_role(*statements: str) -> str:
    return WITH_APP_ROLE.format(role=settings.APP_ROLE, statements="\n        ".join(statements))


TABLES = ", ".join(ADDED_ONLY)
GRANTS = _for_app_role(
    f"REVOKE ALL ON {TABLES}, audit_head FROM {settings.APP_ROLE};",
    f"GRANT SELECT, INSERT ON {TABLES} TO {settings.APP_ROLE};",
    f"GRANT SELECT ON audit_head TO {settings.APP_ROLE};",
)
GRANTS_BACK = _for_app_role(
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLES}, audit_head TO {settings.APP_ROLE};"
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_history")]
    operations = [
        migrations.RunSQL(CHAIN, CHAIN_BACK),
        migrations.RunSQL(LOCK, LOCK_BACK),
        migrations.RunSQL(GRANTS, GRANTS_BACK),
    ]
