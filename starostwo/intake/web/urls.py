"""Addresses of the submission box."""

from django.urls import path

from starostwo.intake.web import rest

app_name = "intake"
urlpatterns = [
    path("api/openapi.json", rest.description, name="openapi"),
    path("api/esp/submissions", rest.submissions, name="submissions"),
    path("api/esp/submissions/<str:submission_id>", rest.submission, name="submission"),
    path("api/esp/submissions/<str:submission_id>/upo", rest.submission_upo, name="submission_upo"),
]
