"""Exchanges write their calls into files, which their run takes in once: their role inserts nothing any more."""

from importlib import import_module

from django.db import migrations, models

BEFORE = import_module("starostwo.telephony.migrations.0005_rows_of_exchanges")


class Migration(migrations.Migration):
    dependencies = [("telephony", "0021_passes_end_with_sessions")]
    operations = [
        migrations.RunSQL(
            "DROP VIEW sip.acc_cdrs;",
            [BEFORE.ROWS, BEFORE.GRANTS.format(role=BEFORE.settings.EXCHANGE_ROLE)],
        ),
        migrations.AddField(
            model_name="callleg",
            name="name",
            field=models.CharField(max_length=80, null=True, unique=True, verbose_name="plik centrali"),
        ),
    ]
