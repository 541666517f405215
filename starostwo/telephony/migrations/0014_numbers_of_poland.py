"""A number of Poland has nine digits in the dial plan too, as everywhere else in the product."""

from django.db import migrations

OUTSIDE = """
CREATE OR REPLACE FUNCTION telephony_outside(dialled text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN made ~ '^\\+{fits}$' THEN made END
    FROM (SELECT CASE
        WHEN dialled ~ '^\\+' THEN dialled
        WHEN dialled ~ '^00' THEN '+' || substr(dialled, 3)
        WHEN dialled ~ '^[1-9][0-9]{{8}}$' THEN '+48' || dialled
        WHEN dialled ~ '^48[1-9][0-9]{{8}}$' THEN '+' || dialled
    END AS made) m
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("telephony", "0013_browser_phones")]
    operations = [
        migrations.RunSQL(
            OUTSIDE.format(fits="(48[1-9][0-9]{8}|(?!48)[1-9][0-9]{6,14})"),
            OUTSIDE.format(fits="[1-9][0-9]{6,14}"),
        )
    ]
