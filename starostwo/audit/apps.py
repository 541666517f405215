"""The Django application `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "starostwo.audit"
    label = "audit"
    verbose_name = "Historia"
    default_auto_field = "django.db.models.BigAutoField"
