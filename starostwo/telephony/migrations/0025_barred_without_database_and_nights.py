"""Barred callers for the time without a database, and groups at night that name no number for it.

`sip.barred` gives each number with the second in which its last day is over, so that the exchange knows the end
also when nobody can tell it any more; the reason stays in the office.

At night a group without a night number goes at once where it goes when nobody answers: to its other number or its
box. One that has neither rings as by day, and so does one that names itself as its night number.
"""

from importlib import import_module

from django.conf import settings
from django.db import migrations

BEFORE = import_module("starostwo.telephony.migrations.0020_quiet_phones_and_barred_callers")
BARRED = """
CREATE VIEW sip.barred AS
    SELECT b.number::text AS key_name,
           extract(epoch FROM (b.until + 1)::timestamp AT TIME ZONE 'Europe/Warsaw')::bigint::text AS key_value
    FROM public.telephony_barredcaller b;
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        GRANT SELECT ON sip.barred TO {role};
    END IF;
END
$$;
"""
NIGHT = """
CREATE OR REPLACE FUNCTION telephony_group(g telephony_huntgroup, here telephony_node, at timestamptz)
RETURNS SETOF telephony_step LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    home bigint := (SELECT t.node_id FROM telephony_number t WHERE t.number = g.number_id);
    is_night boolean := g.at_night <> g.number_id AND NOT telephony_is_open(home, at);
    member record;
    ring telephony_step;
    nth int := 0;
BEGIN
    IF home <> here.id THEN
        RETURN NEXT telephony_ring(g.number_id, here, 1, 'START', 120);
        RETURN;
    END IF;
    IF is_night AND g.at_night <> '' THEN
        RETURN NEXT (1, 'START', 'redirect', g.at_night, NULL, NULL, NULL, g.number_id, NULL)::telephony_step;
        RETURN;
    END IF;
    FOR member IN SELECT m.extension_id FROM telephony_groupmember m
        JOIN telephony_extension x ON x.number_id = m.extension_id AND NOT x.is_blocked AND NOT x.is_quiet
        WHERE m.group_id = g.number_id AND NOT (is_night AND (g."then" <> '' OR g.has_voicemail))
        ORDER BY m.position
    LOOP
        nth := CASE WHEN g.strategy = 'PARALLEL' THEN 1 ELSE nth + 1 END;
        ring := telephony_ring(
            member.extension_id, here, nth, CASE WHEN nth = 1 THEN 'START' ELSE 'FAIL' END, g.ring_seconds);
        ring.acts_as := CASE WHEN ring.kind = 'peer' THEN 'alone' END;
        RETURN NEXT ring;
    END LOOP;
    IF g."then" <> '' THEN
        RETURN NEXT (nth + 1, CASE WHEN nth = 0 THEN 'START' ELSE 'FAIL' END, 'redirect', g."then",
                     NULL, NULL, NULL, g.number_id, NULL)::telephony_step;
    ELSIF g.has_voicemail THEN
        RETURN NEXT (nth + 1, CASE WHEN nth = 0 THEN 'START' ELSE 'FAIL' END, 'voicemail', g.number_id,
                     NULL, NULL, NULL, NULL, NULL)::telephony_step;
    ELSIF nth = 0 THEN
        RETURN NEXT (1, 'START', 'deny', '480', NULL, NULL, NULL, NULL, NULL)::telephony_step;
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("telephony", "0024_own_box_by_telephone")]
    operations = [
        migrations.RunSQL(BARRED.format(role=settings.EXCHANGE_ROLE), "DROP VIEW sip.barred;"),
        migrations.RunSQL(NIGHT, BEFORE.GROUP),
    ]
