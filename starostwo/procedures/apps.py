"""The Django application `procedures`."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "starostwo.procedures"
    label = "procedures"
    verbose_name = "Karty usług"
    default_auto_field = "django.db.models.BigAutoField"
