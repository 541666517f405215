"""The Django application `treasury`: its places in the menus."""

from django.apps import AppConfig


class TreasuryConfig(AppConfig):
    name = "starostwo.treasury"
    label = "treasury"
    verbose_name = "Rozliczenia"
    default_auto_field = "django.db.models.BigAutoField"
