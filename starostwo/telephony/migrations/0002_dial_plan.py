"""The dial plan: one function of the database says where a call goes; the exchange asks it for each call.

`telephony_route` returns steps in order. Steps of one number ring at once. `when` says after what a step is
taken: START at once, BUSY when the step before was busy, SILENT when it rang in vain or was not there, FAIL
after either. Kinds: user (a phone of this building), peer (the exchange of another building), trunk (a line
of an operator), voicemail (a box), redirect (ask again for that number with the rights of `acts_as`), deny
(refuse with the SIP code in `target`). The exchange counts redirects and ends a circle.

What a phone sends is never put together into SQL: the exchange passes bytes, and here only digits, star, hash
and a leading plus are a number.

Law: Prawo komunikacji elektronicznej (Dz.U. 2024 poz. 1221): emergency calls free of charge and always; from memory.
"""

from django.conf import settings
from django.db import migrations

NUMBERS = """
CREATE FUNCTION telephony_outside(dialled text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN made ~ '^\\+[1-9][0-9]{6,14}$' THEN made END
    FROM (SELECT CASE
        WHEN dialled ~ '^\\+' THEN dialled
        WHEN dialled ~ '^00' THEN '+' || substr(dialled, 3)
        WHEN dialled ~ '^[1-9][0-9]{8}$' THEN '+48' || dialled
        WHEN dialled ~ '^48[1-9][0-9]{8}$' THEN '+' || dialled
    END AS made) m
$$;

CREATE FUNCTION telephony_is_open(of_node bigint, at timestamptz) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT CASE n.mode
        WHEN 'DAY' THEN true
        WHEN 'NIGHT' THEN false
        ELSE NOT EXISTS (SELECT 1 FROM telephony_dayoff d WHERE d.day = (at AT TIME ZONE 'Europe/Warsaw')::date)
            AND EXISTS (
                SELECT 1 FROM telephony_openinghours h WHERE h.node_id = n.id
                AND h.weekday = extract(isodow FROM at AT TIME ZONE 'Europe/Warsaw')::int - 1
                AND (at AT TIME ZONE 'Europe/Warsaw')::time >= h.opens
                AND (at AT TIME ZONE 'Europe/Warsaw')::time < h.closes)
    END FROM telephony_node n WHERE n.id = of_node
$$;
"""

STEP = """
CREATE TYPE telephony_step AS (
    step int, "when" text, kind text, target text, ring_seconds int, host text, port int, acts_as text, shows text
);
"""

OUT = """
CREATE FUNCTION telephony_out(
    number text, here telephony_node, shown text, at timestamptz, is_emergency boolean, only_here boolean
)
RETURNS SETOF telephony_step LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH lines AS (
        SELECT t.*, c.cost, t.node_id = here.id AS is_here
        FROM telephony_trunk t LEFT JOIN LATERAL (
            SELECT f.minute + f.setup AS cost FROM telephony_tariff f
            WHERE f.trunk_id = t.id AND starts_with(number, f.beginning)
            AND f.since <= (at AT TIME ZONE 'Europe/Warsaw')::date
            AND (f.until IS NULL OR f.until >= (at AT TIME ZONE 'Europe/Warsaw')::date)
            ORDER BY length(f.beginning) DESC, f.since DESC LIMIT 1
        ) c ON true
        WHERE t.is_on AND (c.cost IS NOT NULL OR is_emergency)
    ), ways AS (
        SELECT 'trunk' AS kind, l.host AS host, l.port AS port, l.cost, 0 AS away, l."order" AS nth, l.id
        FROM lines l WHERE l.is_here
        UNION ALL
        SELECT 'peer', host(n.host), n.port, min(l.cost), 1, 0, n.id
        FROM lines l JOIN telephony_node n ON n.id = l.node_id WHERE NOT l.is_here AND NOT only_here
        GROUP BY n.id
    )
    SELECT (row_number() OVER way)::int,
        CASE WHEN row_number() OVER way = 1 THEN 'START' ELSE 'FAIL' END,
        w.kind, number, 60, w.host, w.port, NULL::text, shown
    FROM ways w WINDOW way AS (ORDER BY
        CASE WHEN is_emergency THEN w.away ELSE w.cost END, w.away, w.nth, w.id)
$$;
"""

INSIDE = """
CREATE FUNCTION telephony_ring(called text, here telephony_node, first int, "when" text, seconds int)
RETURNS telephony_step LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT (first, "when", CASE WHEN n.id = here.id THEN 'user' ELSE 'peer' END, called, seconds,
            CASE WHEN n.id <> here.id THEN host(n.host) END, CASE WHEN n.id <> here.id THEN n.port END,
            NULL, NULL)::telephony_step
    FROM telephony_number t JOIN telephony_node n ON n.id = t.node_id WHERE t.number = called
$$;

CREATE FUNCTION telephony_phone(x telephony_extension, here telephony_node, alone boolean)
RETURNS SETOF telephony_step LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    at_home boolean := (SELECT t.node_id = here.id FROM telephony_number t WHERE t.number = x.number_id);
BEGIN
    IF NOT alone AND x.forward_always <> '' THEN
        RETURN NEXT (1, 'START', 'redirect', x.forward_always, NULL, NULL, NULL, x.number_id, NULL)::telephony_step;
        RETURN;
    END IF;
    RETURN NEXT telephony_ring(x.number_id, here, 1, 'START', x.ring_seconds);
    IF alone OR NOT at_home THEN
        RETURN;  -- the building where it is at home knows the rest
    END IF;
    IF x.forward_busy <> '' THEN
        RETURN NEXT (2, 'BUSY', 'redirect', x.forward_busy, NULL, NULL, NULL, x.number_id, NULL)::telephony_step;
    ELSIF x.has_voicemail THEN
        RETURN NEXT (2, 'BUSY', 'voicemail', x.number_id, NULL, NULL, NULL, NULL, NULL)::telephony_step;
    END IF;
    IF x.forward_no_answer <> '' THEN
        RETURN NEXT (2, 'SILENT', 'redirect', x.forward_no_answer, NULL, NULL, NULL, x.number_id, NULL)::telephony_step;
    ELSIF x.has_voicemail THEN
        RETURN NEXT (2, 'SILENT', 'voicemail', x.number_id, NULL, NULL, NULL, NULL, NULL)::telephony_step;
    END IF;
END
$$;

CREATE FUNCTION telephony_group(g telephony_huntgroup, here telephony_node, at timestamptz)
RETURNS SETOF telephony_step LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    home bigint := (SELECT t.node_id FROM telephony_number t WHERE t.number = g.number_id);
    member record;
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
        JOIN telephony_extension x ON x.number_id = m.extension_id AND NOT x.is_blocked
        WHERE m.group_id = g.number_id ORDER BY m.position
    LOOP
        nth := CASE WHEN g.strategy = 'PARALLEL' THEN 1 ELSE nth + 1 END;
        RETURN NEXT telephony_ring(
            member.extension_id, here, nth, CASE WHEN nth = 1 THEN 'START' ELSE 'FAIL' END, g.ring_seconds);
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

ROUTE = """
CREATE FUNCTION telephony_route(caller text, dialled text, at_node text, source text, alone boolean, at timestamptz)
RETURNS SETOF telephony_step LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    here telephony_node;
    x telephony_extension;
    g telephony_huntgroup;
    inner_number text;
    outer_number text;
    needs int;
    may int;
    shown text;
BEGIN
    SELECT * INTO here FROM telephony_node n WHERE n.code = at_node;
    IF here.id IS NULL THEN
        RETURN NEXT (1, 'START', 'deny', '500', NULL, NULL, NULL, NULL, NULL)::telephony_step;
        RETURN;
    END IF;
    IF dialled IS NULL OR dialled !~ '^(\\+?[0-9*#]{1,20})$' THEN
        RETURN NEXT (1, 'START', 'deny', '484', NULL, NULL, NULL, NULL, NULL)::telephony_step;
        RETURN;
    END IF;
    SELECT coalesce(p.number, own.number), e.may_call INTO shown, may
    FROM telephony_extension e LEFT JOIN telephony_publicnumber p ON p.id = e.shows_id
    LEFT JOIN LATERAL (
        SELECT q.number FROM telephony_publicnumber q WHERE q.rings_id = e.number_id ORDER BY q.id LIMIT 1
    ) own ON true
    WHERE e.number_id = caller AND (source <> 'trunk');
    shown := coalesce(shown, (SELECT q.number FROM telephony_publicnumber q ORDER BY q.id LIMIT 1));

    IF source <> 'trunk' AND EXISTS (SELECT 1 FROM telephony_emergencynumber s WHERE s.number = dialled) THEN
        RETURN QUERY SELECT * FROM telephony_out(dialled, here, shown, at, true, source = 'peer');
        IF NOT FOUND THEN
            RETURN NEXT (1, 'START', 'deny', '503', NULL, NULL, NULL, NULL, NULL)::telephony_step;
        END IF;
        RETURN;
    END IF;

    IF source = 'phone' AND NOT EXISTS (
        SELECT 1 FROM telephony_extension e WHERE e.number_id = caller AND NOT e.is_blocked
    ) THEN
        RETURN NEXT (1, 'START', 'deny', '403', NULL, NULL, NULL, NULL, NULL)::telephony_step;
        RETURN;
    END IF;

    outer_number := telephony_outside(dialled);
    inner_number := CASE WHEN source = 'trunk' THEN NULL ELSE dialled END;
    IF outer_number IS NOT NULL THEN
        SELECT p.rings_id INTO inner_number FROM telephony_publicnumber p WHERE p.number = outer_number;
        IF FOUND AND inner_number IS NULL THEN
            RETURN NEXT (1, 'START', 'deny', '480', NULL, NULL, NULL, NULL, NULL)::telephony_step;
            RETURN;
        END IF;
    END IF;

    SELECT * INTO x FROM telephony_extension e WHERE e.number_id = inner_number;
    IF x.number_id IS NOT NULL THEN
        IF x.is_blocked THEN
            RETURN NEXT (1, 'START', 'deny', '480', NULL, NULL, NULL, NULL, NULL)::telephony_step;
        ELSE
            RETURN QUERY SELECT * FROM telephony_phone(x, here, alone);
        END IF;
        RETURN;
    END IF;
    SELECT * INTO g FROM telephony_huntgroup e WHERE e.number_id = inner_number;
    IF g.number_id IS NOT NULL THEN
        RETURN QUERY SELECT * FROM telephony_group(g, here, at);
        RETURN;
    END IF;

    IF outer_number IS NULL OR source = 'trunk' THEN
        RETURN NEXT (1, 'START', 'deny', '404', NULL, NULL, NULL, NULL, NULL)::telephony_step;
        RETURN;
    END IF;
    SELECT c.needs INTO needs FROM telephony_numberclass c WHERE starts_with(outer_number, c.beginning)
    ORDER BY length(c.beginning) DESC LIMIT 1;
    -- a group forwards outside where whoever set it up meant it to; its own right is that of a mobile call
    may := coalesce(may, CASE WHEN EXISTS (SELECT 1 FROM telephony_huntgroup e WHERE e.number_id = caller)
                              THEN 3 ELSE 0 END);
    IF needs IS NULL OR may < needs THEN
        RETURN NEXT (1, 'START', 'deny', '403', NULL, NULL, NULL, NULL, NULL)::telephony_step;
        RETURN;
    END IF;
    RETURN QUERY SELECT * FROM telephony_out(outer_number, here, shown, at, false, source = 'peer');
    IF NOT FOUND THEN
        RETURN NEXT (1, 'START', 'deny', '503', NULL, NULL, NULL, NULL, NULL)::telephony_step;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION telephony_route(text, text, text, text, boolean, timestamptz) FROM PUBLIC;
"""
BACK = """
DROP FUNCTION telephony_route(text, text, text, text, boolean, timestamptz);
DROP FUNCTION telephony_group(telephony_huntgroup, telephony_node, timestamptz);
DROP FUNCTION telephony_phone(telephony_extension, telephony_node, boolean);
DROP FUNCTION telephony_ring(text, telephony_node, int, text, int);
DROP FUNCTION telephony_out(text, telephony_node, text, timestamptz, boolean, boolean);
DROP TYPE telephony_step;
DROP FUNCTION telephony_is_open(bigint, timestamptz);
DROP FUNCTION telephony_outside(text);
"""
WITH_APP_ROLE = """
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        {statements}
    END IF;
END
$$;
"""


def for_app_role(*statements: str) -> str:
    """The statements, where the role of the application is a role of its own."""
    return WITH_APP_ROLE.format(role=settings.APP_ROLE, statements="\n        ".join(statements))


ROLE = settings.APP_ROLE
GRANTS = for_app_role(
    f"GRANT EXECUTE ON FUNCTION telephony_route(text, text, text, text, boolean, timestamptz) TO {ROLE};",
    f"REVOKE ALL ON telephony_credential FROM {ROLE};",
    f"GRANT SELECT (extension_id, set_at, set_by), INSERT, UPDATE, DELETE ON telephony_credential TO {ROLE};",
)
GRANTS_BACK = for_app_role(f"GRANT SELECT ON telephony_credential TO {ROLE};")


class Migration(migrations.Migration):
    dependencies = [("telephony", "0001_numbers_and_trunks")]
    operations = [
        migrations.RunSQL(NUMBERS + STEP + OUT + INSIDE + ROUTE, BACK),
        migrations.RunSQL(GRANTS, GRANTS_BACK),
    ]
