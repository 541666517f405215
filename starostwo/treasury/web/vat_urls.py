"""Addresses of VAT and of the units that receive invoices."""

from django.urls import path

from starostwo.treasury.web import vat

urlpatterns = [
    path("urzad/faktury/vat/", vat.vat, name="vat"),
    path("urzad/faktury/vat/jpk/", vat.jpk, name="jpk"),
    path("urzad/faktury/vat/wspolczynnik/", vat.new_share, name="new_share"),
    path("urzad/faktury/ksef/jednostka/", vat.new_unit, name="new_unit"),
]
