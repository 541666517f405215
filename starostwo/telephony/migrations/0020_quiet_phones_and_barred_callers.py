"""Phones that want no calls for now, and callers from outside whom the county does not answer for a while."""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models

QUIET = """
CREATE OR REPLACE FUNCTION telephony_phone(x telephony_extension, here telephony_node, alone boolean)
RETURNS SETOF telephony_step LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    at_home boolean := (SELECT t.node_id = here.id FROM telephony_number t WHERE t.number = x.number_id);
    rings boolean := NOT (x.is_quiet AND at_home);
BEGIN
    IF NOT alone AND x.forward_always <> '' THEN
        RETURN NEXT (1, 'START', 'redirect', x.forward_always, NULL, NULL, NULL, x.number_id, NULL)::telephony_step;
        RETURN;
    END IF;
    IF rings THEN
        RETURN NEXT telephony_ring(x.number_id, here, 1, 'START', x.ring_seconds);
    ELSIF alone OR x.forward_busy = '' AND NOT x.has_voicemail THEN
        RETURN NEXT (1, 'START', 'deny', '486', NULL, NULL, NULL, NULL, NULL)::telephony_step;
    END IF;
    IF alone OR NOT at_home THEN
        RETURN;  -- the building where it is at home knows the rest
    END IF;
    IF x.forward_busy <> '' THEN
        RETURN NEXT (CASE WHEN rings THEN 2 ELSE 1 END, CASE WHEN rings THEN 'BUSY' ELSE 'START' END, 'redirect',
                     x.forward_busy, NULL, NULL, NULL, x.number_id, NULL)::telephony_step;
    ELSIF x.has_voicemail THEN
        RETURN NEXT (CASE WHEN rings THEN 2 ELSE 1 END, CASE WHEN rings THEN 'BUSY' ELSE 'START' END, 'voicemail',
                     x.number_id, NULL, NULL, NULL, NULL, NULL)::telephony_step;
    END IF;
    IF NOT rings THEN
        RETURN;
    END IF;
    IF x.forward_no_answer <> '' THEN
        RETURN NEXT (2, 'SILENT', 'redirect', x.forward_no_answer, NULL, NULL, NULL, x.number_id, NULL)::telephony_step;
    ELSIF x.has_voicemail THEN
        RETURN NEXT (2, 'SILENT', 'voicemail', x.number_id, NULL, NULL, NULL, NULL, NULL)::telephony_step;
    END IF;
END
$$;
"""
GROUP = """
CREATE OR REPLACE FUNCTION telephony_group(g telephony_huntgroup, here telephony_node, at timestamptz)
RETURNS SETOF telephony_step LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    home bigint := (SELECT t.node_id FROM telephony_number t WHERE t.number = g.number_id);
    member record;
    ring telephony_step;
    nth int := 0;
BEGIN
    IF home <> here.id THEN
        RETURN NEXT telephony_ring(g.number_id, here, 1, 'START', 120);
        RETURN;
    END IF;
    IF g.at_night <> '' AND NOT telephony_is_open(home, at) THEN
        RETURN NEXT (1, 'START', 'redirect', g.at_night, NULL, NULL, NULL, g.number_id, NULL)::telephony_step;
        RETURN;
    END IF;
    FOR member IN SELECT m.extension_id FROM telephony_groupmember m
        JOIN telephony_extension x ON x.number_id = m.extension_id AND NOT x.is_blocked AND NOT x.is_quiet
        WHERE m.group_id = g.number_id ORDER BY m.position
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
DIAL_PLAN = import_module("starostwo.telephony.migrations.0002_dial_plan")
AS_BEFORE = DIAL_PLAN.INSIDE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
ROUTE = "telephony_route(text, text, text, text, boolean, timestamptz)"
WAY = "telephony_way(text, text, text, text, boolean, timestamptz)"
NAMES = {"route": ROUTE, "way": WAY, "role": settings.APP_ROLE}
BARRED = """
ALTER FUNCTION {route} RENAME TO telephony_way;
CREATE FUNCTION telephony_route(caller text, dialled text, at_node text, source text, alone boolean, at timestamptz)
RETURNS SETOF telephony_step LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF source = 'trunk' AND EXISTS (
        SELECT 1 FROM telephony_barredcaller b WHERE b.number = telephony_outside(caller)
        AND b.until >= (at AT TIME ZONE 'Europe/Warsaw')::date
    ) THEN
        RETURN NEXT (1, 'START', 'deny', '403', NULL, NULL, NULL, NULL, NULL)::telephony_step;
    ELSE
        RETURN QUERY SELECT * FROM telephony_way(caller, dialled, at_node, source, alone, at);
    END IF;
END
$$;
REVOKE ALL ON FUNCTION {route} FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        GRANT EXECUTE ON FUNCTION {route} TO {role};
        REVOKE ALL ON FUNCTION {way} FROM {role};
    END IF;
END
$$;
"""
BARRED_BACK = """
DROP FUNCTION {route};
ALTER FUNCTION {way} RENAME TO telephony_route;
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        GRANT EXECUTE ON FUNCTION {route} TO {role};
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("telephony", "0014_numbers_of_poland")]
    operations = [
        migrations.AddField(
            model_name="extension",
            name="is_quiet",
            field=models.BooleanField(default=False, verbose_name="nie przeszkadzać"),
        ),
        migrations.RunSQL(QUIET + GROUP, AS_BEFORE),
        migrations.CreateModel(
            name="BarredCaller",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True, verbose_name="numer")),
                ("why", models.CharField(max_length=200, verbose_name="powód")),
                ("until", models.DateField(verbose_name="do dnia")),
                ("set_at", models.DateTimeField(verbose_name="zablokowano")),
                ("set_by", models.CharField(max_length=100, verbose_name="zablokował(a)")),
            ],
            options={
                "verbose_name": "zablokowany dzwoniący",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^\\+[1-9][0-9]{6,14}$")),
                        name="barred_number_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="barred_for_a_reason"
                    ),
                ],
            },
        ),
        migrations.RunSQL(BARRED.format(**NAMES), BARRED_BACK.format(**NAMES)),
    ]
