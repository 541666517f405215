"""Where an exchange listens for browsers, and whose browsers may sign in: of people who work here, not blocked."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

BROWSERS = """
CREATE VIEW sip.browsers AS
    SELECT row_number() OVER (ORDER BY x.number_id)::int AS id, x.number_id AS key_name, 0 AS key_type,
           0 AS value_type, '1'::text AS key_value, 0 AS expires
    FROM public.telephony_extension x JOIN public.office_account a ON a.id = x.account_id
    WHERE NOT x.is_blocked AND a.is_active AND (a.expires_on IS NULL OR a.expires_on > current_date);
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        GRANT SELECT ON sip.browsers TO {role};
    END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("telephony", "0010_desk_phones")]
    operations = [
        migrations.AddField(
            "node",
            "websocket",
            models.CharField(
                "adres i port dla przeglądarek", blank=True, default="", db_default="", max_length=21
            ),
        ),
        migrations.AddConstraint(
            "node",
            models.CheckConstraint(
                name="node_websocket_is_an_address",
                condition=Q(websocket="") | Q(websocket__regex=r"^([0-9]{1,3}\.){3}[0-9]{1,3}:[0-9]{1,5}$"),
            ),
        ),
        migrations.RunSQL(
            BROWSERS.format(role=settings.EXCHANGE_ROLE),
            "DROP VIEW sip.browsers;",
        ),
    ]
