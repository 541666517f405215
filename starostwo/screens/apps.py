"""The Django application `screens`."""

from django.apps import AppConfig


class ScreensConfig(AppConfig):
    name = "starostwo.screens"
    label = "screens"
    verbose_name = "Ekrany"
    default_auto_field = "django.db.models.BigAutoField"
