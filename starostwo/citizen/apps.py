"""The Django application `citizen`."""

from django.apps import AppConfig


class CitizenConfig(AppConfig):
    name = "starostwo.citizen"
    label = "citizen"
    verbose_name = "Biuro mieszkańca"
    default_auto_field = "django.db.models.BigAutoField"
