"""Desk phones with what they sign in with, which the exchange reads beside the passwords of numbers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

VIEW = """
DROP VIEW sip.ha1cache;
CREATE VIEW sip.ha1cache AS
    SELECT row_number() OVER (ORDER BY k.key_name)::int AS id, k.key_name, 0 AS key_type, 0 AS value_type,
           k.key_value, 0 AS expires
    FROM (
        SELECT c.extension_id::text AS key_name, c.ha1 AS key_value
        FROM public.telephony_credential c JOIN public.telephony_extension x ON x.number_id = c.extension_id
        WHERE NOT x.is_blocked
        UNION ALL
        SELECT d.extension_id || '-' || replace(d.mac, ':', ''), p.ha1
        FROM public.telephony_device d
        JOIN public.telephony_devicecredential p
            ON p.device_id = d.id AND p.number = d.extension_id AND p.key_hash = d.key_hash
        JOIN public.telephony_extension x ON x.number_id = d.extension_id
        WHERE NOT x.is_blocked AND d.retired_at IS NULL
    ) k;
"""
VIEW_BACK = """
DROP VIEW sip.ha1cache;
CREATE VIEW sip.ha1cache AS
    SELECT row_number() OVER (ORDER BY c.extension_id)::int AS id, c.extension_id AS key_name, 0 AS key_type,
           0 AS value_type, c.ha1 AS key_value, 0 AS expires
    FROM public.telephony_credential c JOIN public.telephony_extension x ON x.number_id = c.extension_id
    WHERE NOT x.is_blocked;
"""
FOR_ROLE = """
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        {statements}
    END IF;
END
$$;
"""
APP, EXCHANGE = settings.APP_ROLE, settings.EXCHANGE_ROLE
READ = FOR_ROLE.format(role=EXCHANGE, statements=f"GRANT SELECT ON sip.ha1cache TO {EXCHANGE};")
HIDE = FOR_ROLE.format(
    role=APP,
    statements=f"""REVOKE ALL ON telephony_devicecredential FROM {APP};
        GRANT SELECT (device_id, number, key_hash, set_at), INSERT, UPDATE, DELETE
            ON telephony_devicecredential TO {APP};""",
)
HIDE_BACK = FOR_ROLE.format(role=APP, statements=f"GRANT SELECT ON telephony_devicecredential TO {APP};")


class Migration(migrations.Migration):
    dependencies = [
        ("telephony", "0009_outage_and_pick_up"),
        ("assets", "0005_places_with_assets_stay_open"),
        ("office", "0011_rights_of_infrastructure"),
    ]
    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mac", models.CharField(max_length=17, verbose_name="adres MAC")),
                (
                    "vendor",
                    models.CharField(
                        choices=[("YEALINK", "Yealink"), ("SNOM", "Snom"), ("GRANDSTREAM", "Grandstream")],
                        max_length=11,
                        verbose_name="producent",
                    ),
                ),
                ("model", models.CharField(max_length=30, verbose_name="model")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="uwagi")),
                ("key_hash", models.CharField(blank=True, max_length=64, verbose_name="skrót klucza")),
                ("key_made_at", models.DateTimeField(blank=True, null=True, verbose_name="klucz z dnia")),
                (
                    "open_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="pierwsze pobranie do"),
                ),
                ("fetched_at", models.DateTimeField(blank=True, null=True, verbose_name="ostatnie pobranie")),
                (
                    "fetched_from",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="pobranie z adresu"),
                ),
                ("fetched_file", models.CharField(blank=True, max_length=60, verbose_name="pobrany plik")),
                (
                    "fetched_by",
                    models.CharField(blank=True, max_length=200, verbose_name="przedstawił się jako"),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="wycofany")),
                (
                    "asset",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.asset",
                        verbose_name="składnik majątku",
                    ),
                ),
                (
                    "extension",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="telephony.extension",
                        verbose_name="numer wewnętrzny",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="office.place",
                        verbose_name="miejsce",
                    ),
                ),
            ],
            options={
                "verbose_name": "aparat",
                "indexes": [models.Index(fields=["extension"], name="phones_of_a_number")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)), fields=("mac",), name="one_phone_a_mac"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("asset__isnull", False), ("retired_at", None)),
                        fields=("asset",),
                        name="one_phone_an_asset",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key_hash", ""), _negated=True),
                        fields=("key_hash",),
                        name="one_phone_a_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mac__regex", "^[0-9a-f]{2}(:[0-9a-f]{2}){5}$")),
                        name="phone_has_a_proper_mac",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vendor__in", ["YEALINK", "SNOM", "GRANDSTREAM"])),
                        name="phone_has_known_maker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("key_hash", ""), ("key_hash__regex", "^[0-9a-f]{64}$"), _connector="OR"
                        ),
                        name="key_of_a_phone_is_hashed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retired_at", None),
                            models.Q(("extension", None), ("key_hash", ""), ("open_until", None)),
                            _connector="OR",
                        ),
                        name="retired_phone_has_no_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviceCredential",
            fields=[
                (
                    "device",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="telephony.device",
                    ),
                ),
                ("number", models.CharField(max_length=6, verbose_name="numer")),
                ("key_hash", models.CharField(max_length=64, verbose_name="skrót klucza")),
                ("ha1", models.CharField(max_length=32, verbose_name="HA1")),
                ("set_at", models.DateTimeField(verbose_name="nadano")),
            ],
            options={
                "verbose_name": "hasło aparatu",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ha1__regex", "^[0-9a-f]{32}$")),
                        name="ha1_of_a_phone_is_a_digest",
                    ),
                ],
            },
        ),
        migrations.RunSQL(HIDE, HIDE_BACK),
        migrations.RunSQL(VIEW + READ, VIEW_BACK + READ),
    ]
