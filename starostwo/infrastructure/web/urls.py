"""Addresses of the infrastructure."""

from django.urls import URLPattern

app_name = "infrastructure"
urlpatterns: list[URLPattern] = []
