"""Which package answers which address."""

import importlib.util

from django.urls import URLPattern, URLResolver, include, path

ADDRESSES = [
    ("", "starostwo.office.web.urls"),
    ("", "starostwo.procedures.web.urls"),
    ("", "starostwo.records.web.urls"),
    ("", "starostwo.intake.web.urls"),
    ("", "starostwo.bulletin.web.urls"),
    ("", "starostwo.citizen.web.urls"),
    ("", "starostwo.desk.web.urls"),
]


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module)) for prefix, module in ADDRESSES if _is_there(module)
]
