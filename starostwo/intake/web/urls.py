"""Addresses of the submission box."""

from django.urls import path

from starostwo.intake.web import quarantine, rest

app_name = "intake"
urlpatterns = [
    path("urzad/kwarantanna/", quarantine.waiting, name="quarantine"),
    path("urzad/zlozenia/<uuid:submission_id>/", quarantine.details, name="details"),
    path("urzad/zlozenia/<uuid:submission_id>/zwolnienie/", quarantine.release_view, name="release"),
    path("urzad/zlozenia/<uuid:submission_id>/odrzucenie/", quarantine.refuse_view, name="refuse"),
    path("urzad/zlozenia/<uuid:submission_id>/upo.<slug:kind>", quarantine.upo, name="upo"),
    path("api/openapi.json", rest.description, name="openapi"),
    path("api/esp/submissions", rest.submissions, name="submissions"),
    path("api/esp/submissions/<str:submission_id>", rest.submission, name="submission"),
    path("api/esp/submissions/<str:submission_id>/upo", rest.submission_upo, name="submission_upo"),
]
