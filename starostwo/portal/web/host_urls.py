"""All that the domain of a unit's site answers; nothing else of the product is there."""

from django.urls import URLPattern

from starostwo.portal.web.site_urls import urlpatterns as pages

urlpatterns: list[URLPattern] = pages
handler404 = "starostwo.portal.web.site_reading.not_there"
