"""Whoever calls his own number, or *97, from his own phone hears his voicemail."""

from django.db import migrations

ROUTE = """
CREATE OR REPLACE FUNCTION telephony_route(
    caller text, dialled text, at_node text, source text, alone boolean, at timestamptz
)
RETURNS SETOF telephony_step LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF source = 'trunk' AND EXISTS (
        SELECT 1 FROM telephony_barredcaller b WHERE b.number = telephony_outside(caller)
        AND b.until >= (at AT TIME ZONE 'Europe/Warsaw')::date
    ) THEN
        RETURN NEXT (1, 'START', 'deny', '403', NULL, NULL, NULL, NULL, NULL)::telephony_step;
{own}
    ELSE
        RETURN QUERY SELECT * FROM telephony_way(caller, dialled, at_node, source, alone, at);
    END IF;
END
$$;
"""
OWN = """
    ELSIF source = 'phone' AND NOT alone AND dialled IN (caller, '*97') AND EXISTS (
        SELECT 1 FROM telephony_extension x JOIN telephony_number t ON t.number = x.number_id
        JOIN telephony_node n ON n.id = t.node_id
        WHERE x.number_id = caller AND n.code = at_node AND x.has_voicemail AND NOT x.is_blocked
        AND x.account_id IS NOT NULL
    ) THEN
        RETURN NEXT (1, 'START', 'voicemail', caller, NULL, NULL, NULL, NULL, NULL)::telephony_step;
"""


class Migration(migrations.Migration):
    dependencies = [("telephony", "0023_greetings")]
    operations = [migrations.RunSQL(ROUTE.format(own=OWN.strip("\n")), ROUTE.format(own=""))]
