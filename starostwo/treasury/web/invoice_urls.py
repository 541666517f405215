"""Addresses of invoices."""

from django.urls import path

from starostwo.treasury.web import invoice_entry, invoice_posting, invoices, ksef

urlpatterns = [
    path("urzad/faktury/", invoices.invoices, name="invoices"),
    path("urzad/faktury/nowa/", invoice_entry.by_hand, name="invoice_by_hand"),
    path("urzad/faktury/ksef/", ksef.ksef, name="ksef"),
    path("urzad/faktury/ksef/pobranie/", ksef.ksef_now, name="ksef_now"),
    path("urzad/faktury/<int:invoice_id>/", invoices.invoice, name="invoice"),
    path("urzad/faktury/<int:invoice_id>/oryginal/", invoices.original, name="invoice_original"),
    path("urzad/faktury/<int:invoice_id>/jednostka/", invoices.routing, name="invoice_routing"),
    path("urzad/faktury/<int:invoice_id>/kontrola/", invoices.sending, name="invoice_sending"),
    path("urzad/faktury/<int:invoice_id>/akceptacja/", invoices.acceptance, name="invoice_acceptance"),
    path("urzad/faktury/<int:invoice_id>/zwrot/", invoices.returning, name="invoice_returning"),
    path("urzad/faktury/<int:invoice_id>/odrzucenie/", invoices.rejection, name="invoice_rejection"),
    path(
        "urzad/faktury/<int:invoice_id>/dekretacja/", invoice_posting.invoice_posting, name="invoice_posting"
    ),
]
