"""Addresses of sales."""

from django.urls import path

from starostwo.treasury.web import sales

urlpatterns = [
    path("urzad/faktury/sprzedaz/", sales.sales, name="sales"),
    path("urzad/faktury/sprzedaz/nowa/", sales.new_sale, name="new_sale"),
    path("urzad/faktury/sprzedaz/<int:sale_id>/", sales.sale, name="sale"),
    path("urzad/faktury/sprzedaz/<int:sale_id>/xml/", sales.sale_file, {"what": "xml"}, name="sale_xml"),
    path("urzad/faktury/sprzedaz/<int:sale_id>/upo/", sales.sale_file, {"what": "upo"}, name="sale_upo"),
    path("urzad/faktury/sprzedaz/<int:sale_id>/pdf/", sales.sale_paper, name="sale_paper"),
    path("urzad/faktury/sprzedaz/<int:sale_id>/zapis/", sales.sale_posting, name="sale_posting"),
    path("urzad/faktury/sprzedaz/<int:sale_id>/korekta/", sales.correction, name="sale_correction"),
]
