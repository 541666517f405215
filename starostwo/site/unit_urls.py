"""All that the domain of a unit's site answers; nothing else of the product is there."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("starostwo.bulletin.web.body_urls")),
    path("", include("starostwo.portal.web.site_urls")),
]
handler404 = "starostwo.portal.web.site_reading.not_there"
