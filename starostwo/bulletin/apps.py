"""The Django application `bulletin`."""

from django.apps import AppConfig


class BulletinConfig(AppConfig):
    name = "starostwo.bulletin"
    label = "bulletin"
    verbose_name = "Biuletyn"
    default_auto_field = "django.db.models.BigAutoField"
