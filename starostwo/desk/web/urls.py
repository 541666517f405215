"""Addresses of the staff entrance."""

from django.urls import path

from starostwo.desk.web import health, search, sms_reports, start

app_name = "desk"
urlpatterns = [
    path("urzad/", start.page, name="start"),
    path("urzad/szukaj/", search.page, name="search"),
    path("urzad/administracja/stan/", health.page, name="health"),
    path("urzad/administracja/poczta/<int:mail_id>/ponowienie/", health.mail_again, name="mail_again"),
    path("urzad/administracja/sms/<int:text_id>/ponowienie/", health.text_again, name="text_again"),
    path("sms/raporty/", sms_reports.reports, name="sms_reports"),
]
