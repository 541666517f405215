"""Addresses of a unit's bulletin at the unit's own domain; the host names the body."""

from django.urls import path

from starostwo.bulletin.web import public, search

urlpatterns = [
    path("bip/", public.page, {"address": ""}),
    path("bip/szukaj/", search.bulletin_search),
    path("bip/<path:address>", public.page),
]
