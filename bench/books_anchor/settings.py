"""Settings of django-hordak: what its manual asks for."""

import os

SECRET_KEY = os.environ["ANCHOR_SECRET"]
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["ANCHOR_DATABASE"],
        "USER": os.environ["ANCHOR_USER"],
        "HOST": os.environ["ANCHOR_HOST"],
    }
}
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEFAULT_CURRENCY = HORDAK_INTERNAL_CURRENCY = "PLN"
CURRENCIES = HORDAK_CURRENCIES = ["PLN"]
