"""The Django application `signatures`."""

from django.apps import AppConfig


class SignaturesConfig(AppConfig):
    name = "starostwo.signatures"
    label = "signatures"
    verbose_name = "Podpisy"
    default_auto_field = "django.db.models.BigAutoField"
