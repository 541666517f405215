"""The Django application `infrastructure`."""

from django.apps import AppConfig


class InfrastructureConfig(AppConfig):
    name = "starostwo.infrastructure"
    label = "infrastructure"
    verbose_name = "Infrastruktura"
    default_auto_field = "django.db.models.BigAutoField"
