"""Addresses of VAT and of the units that receive invoices."""

from django.urls import path

from starostwo.treasury.web import vat

urlpatterns = [
    path("faktury/vat/", vat.vat, name="vat"),
    path("faktury/vat/jpk/", vat.jpk, name="jpk"),
    path("faktury/vat/wspolczynnik/", vat.new_share, name="new_share"),
    path("faktury/ksef/jednostka/", vat.new_unit, name="new_unit"),
]
