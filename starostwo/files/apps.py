"""The Django application `files`."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "starostwo.files"
    label = "files"
    verbose_name = "Pliki"
    default_auto_field = "django.db.models.BigAutoField"
