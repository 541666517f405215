"""Addresses of schemas."""

from django.urls import path

from starostwo.procedures.web import views

app_name = "procedures"
urlpatterns = [
    path("schematy/formularz.json", views.definition_schema, name="definition_schema"),
    path("schematy/<slug:code>/<int:version>.xsd", views.form_schema, name="form_schema"),
    path("schematy/<slug:code>/<int:version>.json", views.filled_schema, name="filled_schema"),
]
