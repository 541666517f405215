"""Addresses of invoices."""

from django.urls import path

from starostwo.treasury.web import invoice_entry, invoice_posting, invoices, ksef

urlpatterns = [
    path("faktury/", invoices.invoices, name="invoices"),
    path("faktury/nowa/", invoice_entry.by_hand, name="invoice_by_hand"),
    path("faktury/ksef/", ksef.ksef, name="ksef"),
    path("faktury/ksef/pobranie/", ksef.ksef_now, name="ksef_now"),
    path("faktury/<int:invoice_id>/", invoices.invoice, name="invoice"),
    path("faktury/<int:invoice_id>/oryginal/", invoices.original, name="invoice_original"),
    path("faktury/<int:invoice_id>/jednostka/", invoices.routing, name="invoice_routing"),
    path("faktury/<int:invoice_id>/kontrola/", invoices.sending, name="invoice_sending"),
    path("faktury/<int:invoice_id>/akceptacja/", invoices.acceptance, name="invoice_acceptance"),
    path("faktury/<int:invoice_id>/zwrot/", invoices.returning, name="invoice_returning"),
    path("faktury/<int:invoice_id>/odrzucenie/", invoices.rejection, name="invoice_rejection"),
    path("faktury/<int:invoice_id>/dekretacja/", invoice_posting.invoice_posting, name="invoice_posting"),
]
