"""Addresses of the treasury."""

from starostwo.treasury.web.invoice_urls import urlpatterns as of_invoices

app_name = "treasury"
urlpatterns = [*of_invoices]
