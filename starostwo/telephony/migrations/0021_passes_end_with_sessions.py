"""Which pass was given in which session of the office, and which of them are over as their session is."""

from django.conf import settings
from django.db import migrations, models

ENDED = """
CREATE VIEW sip.ended AS
    SELECT row_number() OVER (ORDER BY p.name)::int AS id, p.name::text AS key_name, 0 AS key_type,
           0 AS value_type, '1'::text AS key_value, 0 AS expires
    FROM public.telephony_browserpass p
    WHERE p.until > now() AND NOT EXISTS (
        SELECT 1 FROM public.django_session s WHERE s.session_key = p.session_key AND s.expire_date > now());
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        GRANT SELECT ON sip.ended TO {role};
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("telephony", "0020_quiet_phones_and_barred_callers"), ("sessions", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="BrowserPass",
            fields=[
                (
                    "name",
                    models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="nazwa"),
                ),
                ("session_key", models.CharField(max_length=40, verbose_name="sesja")),
                ("until", models.DateTimeField(db_index=True, verbose_name="ważna do")),
            ],
            options={"verbose_name": "przepustka"},
        ),
        migrations.RunSQL(ENDED.format(role=settings.EXCHANGE_ROLE), "DROP VIEW sip.ended;"),
    ]
