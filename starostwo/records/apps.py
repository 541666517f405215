"""The Django application `records`."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "starostwo.records"
    label = "records"
    verbose_name = "Obieg dokumentów"
    default_auto_field = "django.db.models.BigAutoField"
