"""What the exchange keeps for the time without a database, and whose ringing call a phone may pick up.

`instead` says which phones a group or a number of the county rings, in their turn; the exchange keeps it beside it.
`telephony_pick_up` lists the numbers whose calls a phone may take: colleagues of its groups and of its unit, all of
them for `*8`, one of them or the members of one group for `*8` with a number.
"""

from django.conf import settings
from django.db import migrations

INSTEAD = """
CREATE VIEW sip.instead AS
    WITH members AS (
        SELECT m.group_id AS number, string_agg(m.extension_id, ';' ORDER BY m.position) AS phones
        FROM public.telephony_groupmember m
        JOIN public.telephony_extension x ON x.number_id = m.extension_id AND NOT x.is_blocked
        GROUP BY m.group_id
    )
    SELECT number::text AS key_name, phones AS key_value FROM members
    UNION ALL
    SELECT p.number, coalesce(g.phones, p.rings_id) FROM public.telephony_publicnumber p
    LEFT JOIN members g ON g.number = p.rings_id
    WHERE g.number IS NOT NULL OR EXISTS (
        SELECT 1 FROM public.telephony_extension x WHERE x.number_id = p.rings_id AND NOT x.is_blocked);
"""
PICK_UP = """
CREATE FUNCTION telephony_pick_up(caller text, dialled text) RETURNS TABLE (number text)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH me AS (
        SELECT x.number_id, x.unit_id FROM telephony_extension x WHERE x.number_id = caller AND NOT x.is_blocked
    ), colleagues AS (
        SELECT m.extension_id AS number, m.group_id FROM me
        JOIN telephony_groupmember mine ON mine.extension_id = me.number_id
        JOIN telephony_groupmember m ON m.group_id = mine.group_id
        UNION ALL
        SELECT x.number_id, NULL FROM me JOIN telephony_extension x ON x.unit_id = me.unit_id
    )
    SELECT DISTINCT c.number::text FROM colleagues c
    WHERE c.number <> caller AND dialled ~ '^[*]8[0-9]{0,6}$'
    AND substr(dialled, 3) IN ('', c.number, coalesce(c.group_id, ''))
    ORDER BY 1
$$;
CREATE FUNCTION sip.pick_up(caller_hex text, dialled_hex text) RETURNS TABLE (number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.number FROM telephony_pick_up(
        encode(decode(caller_hex, 'hex'), 'escape'), encode(decode(dialled_hex, 'hex'), 'escape')) p
$$;
REVOKE ALL ON FUNCTION sip.pick_up(text, text) FROM PUBLIC;
"""
GRANTS = """
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        GRANT SELECT ON sip.instead TO {role};
        GRANT EXECUTE ON FUNCTION sip.pick_up(text, text) TO {role};
    END IF;
END
$$;
"""
BACK = """
DROP FUNCTION sip.pick_up(text, text);
DROP FUNCTION telephony_pick_up(text, text);
DROP VIEW sip.instead;
"""


class Migration(migrations.Migration):
    dependencies = [("telephony", "0008_voice_messages")]
    operations = [
        migrations.RunSQL(INSTEAD + PICK_UP, BACK),
        migrations.RunSQL(GRANTS.format(role=settings.EXCHANGE_ROLE), migrations.RunSQL.noop),
    ]
