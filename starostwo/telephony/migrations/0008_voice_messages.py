"""Voice messages."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0004_collecting"),
        ("telephony", "0007_exchange_states"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="VoiceMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(max_length=60, unique=True, verbose_name="nazwa nadana przez skrzynkę"),
                ),
                ("number", models.CharField(max_length=20, verbose_name="skrzynka")),
                ("caller", models.CharField(max_length=200, verbose_name="dzwonił")),
                (
                    "caller_name",
                    models.CharField(blank=True, max_length=200, verbose_name="nazwa dzwoniącego"),
                ),
                ("call_id", models.CharField(max_length=255, verbose_name="Call-ID")),
                ("began_at", models.DateTimeField(verbose_name="nagrano")),
                ("seconds", models.PositiveIntegerField(verbose_name="sekund")),
                ("taken_at", models.DateTimeField(verbose_name="przyjęto")),
                ("heard_at", models.DateTimeField(blank=True, null=True, verbose_name="odsłuchano")),
                ("deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="usunięto")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="telephony.huntgroup",
                        verbose_name="grupa",
                    ),
                ),
                (
                    "heard_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wiadomość głosowa",
                "indexes": [
                    models.Index(fields=["account", "-began_at"], name="telephony_messages_of_person"),
                    models.Index(fields=["group", "-began_at"], name="telephony_messages_of_group"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("account", None), ("group", None), _connector="OR"),
                        name="message_is_of_a_person_or_a_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("heard_at", None), ("heard_by", None)),
                            models.Q(("heard_at__isnull", False), ("heard_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="heard_message_names_its_hearer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken_at__gte", models.F("began_at"))),
                        name="message_is_taken_after_it_began",
                    ),
                ],
            },
        ),
    ]
