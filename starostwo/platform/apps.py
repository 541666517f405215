"""The Django application `platform`."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "starostwo.platform"
    label = "platform"
    verbose_name = "Podstawa"
    default_auto_field = "django.db.models.BigAutoField"
