"""The Django application `channels`."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "starostwo.channels"
    label = "channels"
    verbose_name = "Kanały"
    default_auto_field = "django.db.models.BigAutoField"
