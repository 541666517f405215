"""Which package answers which address."""

from django.urls import URLPattern, URLResolver, include, path

from starostwo.site.data_folder import is_there
from starostwo.site.health import healthz
from starostwo.site.too_large import too_large

ADDRESSES = [
    ("", "starostwo.office.web.urls"),
    ("", "starostwo.procedures.web.urls"),
    ("", "starostwo.records.web.urls"),
    ("", "starostwo.ledger.web.urls"),
    ("", "starostwo.treasury.web.urls"),
    ("", "starostwo.assets.web.urls"),
    ("", "starostwo.infrastructure.web.urls"),
    ("", "starostwo.telephony.web.urls"),
    ("", "starostwo.intake.web.urls"),
    ("", "starostwo.visits.web.urls"),
    ("", "starostwo.bulletin.web.urls"),
    ("", "starostwo.citizen.web.urls"),
    ("", "starostwo.desk.web.urls"),
    ("", "starostwo.portal.web.urls"),
]


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("za-duze/", too_large, name="too_large"),
    *(path(prefix, include(module)) for prefix, module in ADDRESSES if is_there(module)),
]
handler400 = "starostwo.site.too_large.bad_or_too_large"
