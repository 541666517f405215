"""The Django application `office`."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "starostwo.office"
    label = "office"
    verbose_name = "Urząd"
    default_auto_field = "django.db.models.BigAutoField"
