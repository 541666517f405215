"""Addresses of the ledger."""

from starostwo.ledger.web.plan_urls import plan_routes

app_name = "ledger"
urlpatterns = [*plan_routes]
