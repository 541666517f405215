"""The Django application `search`."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "starostwo.search"
    label = "search"
    verbose_name = "Wyszukiwanie"
    default_auto_field = "django.db.models.BigAutoField"
