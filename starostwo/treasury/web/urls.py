"""Addresses of the treasury."""

from starostwo.treasury.web.bank_urls import urlpatterns as of_the_bank
from starostwo.treasury.web.claims_urls import urlpatterns as of_claims
from starostwo.treasury.web.invoice_urls import urlpatterns as of_invoices
from starostwo.treasury.web.sale_urls import urlpatterns as of_sales
from starostwo.treasury.web.vat_urls import urlpatterns as of_vat

app_name = "treasury"
urlpatterns = [*of_the_bank, *of_claims, *of_sales, *of_vat, *of_invoices]
