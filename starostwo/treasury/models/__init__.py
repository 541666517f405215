"""Tables of the treasury: purchase invoices and their path, sales invoices, shares of input tax."""

from starostwo.treasury.models.invoices import Invoice, InvoiceStep, InvoiceUnit, KsefPosition
from starostwo.treasury.models.sales import SaleInvoice, SaleSeries
from starostwo.treasury.models.vat import VatShare

__all__ = [
    "Invoice",
    "InvoiceStep",
    "InvoiceUnit",
    "KsefPosition",
    "SaleInvoice",
    "SaleSeries",
    "VatShare",
]
