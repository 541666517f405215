"""The Django application `ledger`: its places in the menus."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "starostwo.ledger"
    label = "ledger"
    verbose_name = "Księgi"
    default_auto_field = "django.db.models.BigAutoField"
