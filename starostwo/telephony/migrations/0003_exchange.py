"""What the exchange sees of the database: a schema of its own with views and one function, and nothing else.

Kamailio checks the versions of the tables that it reads; they stand in a view. The exchange's role reads what phones
sign in with, which the application's role cannot.

Source: Kamailio 5.6, modules htable and sqlops.
"""

from django.conf import settings
from django.db import migrations

SCHEMA = """
CREATE SCHEMA sip;
CREATE VIEW sip.version AS SELECT * FROM (VALUES ('htable', 2), ('ha1cache', 2)) v (table_name, table_version);
CREATE VIEW sip.ha1cache AS
    SELECT row_number() OVER (ORDER BY c.extension_id)::int AS id, c.extension_id AS key_name, 0 AS key_type,
           0 AS value_type, c.ha1 AS key_value, 0 AS expires
    FROM public.telephony_credential c JOIN public.telephony_extension x ON x.number_id = c.extension_id
    WHERE NOT x.is_blocked;
CREATE FUNCTION sip.steps(caller_hex text, dialled_hex text, node text, source text, alone boolean)
RETURNS TABLE (step int, "when" text, kind text, target text, ring_seconds int, host text, port int,
               acts_as text, shows text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.step, r."when", r.kind, r.target, coalesce(r.ring_seconds, 0), coalesce(r.host, ''),
           coalesce(r.port, 0), coalesce(r.acts_as, ''), coalesce(r.shows, '')
    FROM telephony_route(encode(decode(caller_hex, 'hex'), 'escape'), encode(decode(dialled_hex, 'hex'), 'escape'),
                         node, source, alone, now()) r
$$;
REVOKE ALL ON FUNCTION sip.steps(text, text, text, text, boolean) FROM PUBLIC;
"""
GRANTS = """
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        GRANT USAGE ON SCHEMA sip TO {role};
        GRANT SELECT ON sip.version, sip.ha1cache TO {role};
        GRANT EXECUTE ON FUNCTION sip.steps(text, text, text, text, boolean) TO {role};
        REVOKE ALL ON SCHEMA public FROM {role};
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("telephony", "0002_dial_plan")]
    operations = [
        migrations.RunSQL(SCHEMA, "DROP SCHEMA sip CASCADE;"),
        migrations.RunSQL(GRANTS.format(role=settings.EXCHANGE_ROLE), migrations.RunSQL.noop),
    ]
