"""The Django application `intake`."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "starostwo.intake"
    label = "intake"
    verbose_name = "Skrzynka podawcza"
    default_auto_field = "django.db.models.BigAutoField"
