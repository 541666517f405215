"""Addresses of the bulletin."""

from django.urls import path

from starostwo.bulletin.web import views

app_name = "bulletin"
urlpatterns = [
    path("bip/", views.page, {"address": ""}, name="front"),
    path("bip/<path:address>", views.page, name="page"),
    path("urzad/bip/", views.editing, name="editing"),
]
