"""Where exchanges write their call records: a view of the rows, into which their role inserts and no more.

Kamailio's module acc names the table and its first three columns; the rest are those of the configuration.
Source: Kamailio 5.6, module acc, accounting by dialogs.
"""

from django.conf import settings
from django.db import migrations

ROWS = """
CREATE VIEW sip.acc_cdrs AS
    SELECT start_time, end_time, duration, callid, node, source, caller, dialled, kind, target, came_by, left_by,
           begun, answered, ended, code
    FROM public.telephony_callleg;
"""
GRANTS = """
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        GRANT INSERT ON sip.acc_cdrs TO {role};
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("telephony", "0004_calls")]
    operations = [
        migrations.RunSQL(ROWS, "DROP VIEW sip.acc_cdrs;"),
        migrations.RunSQL(GRANTS.format(role=settings.EXCHANGE_ROLE), migrations.RunSQL.noop),
    ]
