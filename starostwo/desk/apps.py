"""The Django application `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "starostwo.desk"
    label = "desk"
    verbose_name = "Biurko"
    default_auto_field = "django.db.models.BigAutoField"
