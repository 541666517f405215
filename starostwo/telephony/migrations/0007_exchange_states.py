"""What exchanges say of themselves."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("telephony", "0005_rows_of_exchanges"),
    ]
    operations = [
        migrations.CreateModel(
            name="ExchangeState",
            fields=[
                (
                    "node",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="state",
                        serialize=False,
                        to="telephony.node",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("RUNS", "działa"), ("STARTS", "jest wznawiana"), ("TAKEN", "port zajęty")],
                        max_length=6,
                        verbose_name="stan",
                    ),
                ),
                ("said_at", models.DateTimeField(verbose_name="ostatni znak")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="działa od")),
                ("waiting", models.PositiveIntegerField(default=0, verbose_name="wiadomości do przekazania")),
            ],
            options={
                "verbose_name": "stan centrali",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["RUNS", "STARTS", "TAKEN"])),
                        name="exchange_has_known_state",
                    )
                ],
            },
        ),
    ]
