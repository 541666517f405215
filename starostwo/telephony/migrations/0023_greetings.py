"""Greetings of the voicemail in a person's own voice, and whether an exchange can say the usual ones."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0004_collecting"),
        ("telephony", "0022_rows_from_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="exchangestate",
            name="speaks",
            field=models.BooleanField(default=False, verbose_name="mówi powitania"),
        ),
        migrations.CreateModel(
            name="Greeting",
            fields=[
                (
                    "extension",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="telephony.extension",
                        verbose_name="telefon",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("FILE", "z pliku"), ("PHONE", "nagrane telefonem")],
                        max_length=5,
                        verbose_name="skąd",
                    ),
                ),
                ("seconds", models.PositiveIntegerField(verbose_name="sekund")),
                ("set_at", models.DateTimeField(verbose_name="ustawiono")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="osoba",
                    ),
                ),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.blob",
                        verbose_name="nagranie",
                    ),
                ),
            ],
            options={
                "verbose_name": "powitanie poczty głosowej",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["FILE", "PHONE"])),
                        name="greeting_has_known_origin",
                    )
                ],
            },
        ),
    ]
