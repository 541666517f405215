"""The history of gauges: samples in partitions by day, hours by month, days in one table.

The application's role owns no table, so partitions are made and dropped by a function of the owner, which
touches nothing else. Bounds are in UTC.
"""

from django.db import migrations

TABLES = """
CREATE TABLE infrastructure_sample (
    gauge_id bigint NOT NULL, at timestamptz NOT NULL, value integer, PRIMARY KEY (gauge_id, at)
) PARTITION BY RANGE (at);
CREATE TABLE infrastructure_hour (
    gauge_id bigint NOT NULL, hour timestamptz NOT NULL, samples integer NOT NULL, missing integer NOT NULL,
    low integer, high integer, total bigint NOT NULL, PRIMARY KEY (gauge_id, hour)
) PARTITION BY RANGE (hour);
CREATE TABLE infrastructure_day (
    gauge_id bigint NOT NULL, day date NOT NULL, samples integer NOT NULL, missing integer NOT NULL,
    low integer, high integer, total bigint NOT NULL, PRIMARY KEY (gauge_id, day)
);
"""
TABLES_BACK = "DROP TABLE infrastructure_sample, infrastructure_hour, infrastructure_day;"

KEEPING = """
CREATE FUNCTION infrastructure_partition(parent text, name text, begins timestamptz, ends timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF parent NOT IN ('infrastructure_sample', 'infrastructure_hour') THEN
        RAISE EXCEPTION 'not a history of gauges: %', parent;
    END IF;
    IF to_regclass(name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', name, parent, begins, ends);
    END IF;
END
$$;

CREATE FUNCTION infrastructure_keep_history(first_day date, today date, keep_days int, keep_months int)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one date;
    old text;
    dropped int := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(5263201);
    FOR one IN SELECT generate_series(first_day, today + 2, '1 day')::date LOOP
        PERFORM infrastructure_partition('infrastructure_sample', 'infrastructure_sample_' || to_char(one, 'YYYYMMDD'),
            one::timestamp AT TIME ZONE 'UTC', (one + 1)::timestamp AT TIME ZONE 'UTC');
    END LOOP;
    FOR one IN SELECT generate_series(date_trunc('month', first_day), today + 40, '1 month')::date LOOP
        PERFORM infrastructure_partition('infrastructure_hour', 'infrastructure_hour_' || to_char(one, 'YYYYMM'),
            one::timestamp AT TIME ZONE 'UTC', (one + interval '1 month')::timestamp AT TIME ZONE 'UTC');
    END LOOP;
    FOR old IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        JOIN pg_class p ON p.oid = i.inhparent
        WHERE p.relname = 'infrastructure_sample'
            AND c.relname < 'infrastructure_sample_' || to_char(today - keep_days, 'YYYYMMDD')
        OR p.relname = 'infrastructure_hour'
            AND c.relname < 'infrastructure_hour_' || to_char(today - make_interval(months => keep_months), 'YYYYMM')
    LOOP
        EXECUTE format('DROP TABLE %I', old);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;
REVOKE ALL ON FUNCTION infrastructure_partition(text, text, timestamptz, timestamptz) FROM PUBLIC;
"""
KEEPING_BACK = """
DROP FUNCTION infrastructure_keep_history(date, date, int, int);
DROP FUNCTION infrastructure_partition(text, text, timestamptz, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("infrastructure", "0010_discovery_and_monitoring")]
    operations = [
        migrations.RunSQL(TABLES, TABLES_BACK),
        migrations.RunSQL(KEEPING, KEEPING_BACK),
    ]
