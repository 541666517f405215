"""Tables of the treasury: purchase invoices and their path, sales invoices, shares of input tax."""

from starostwo.treasury.models.invoices import Invoice, InvoiceStep, InvoiceUnit, KsefPosition
from starostwo.treasury.models.sales import SaleDraft, SaleInvoice, SaleSeries
from starostwo.treasury.models.vat import VatShare

__all__ = [
    "Invoice",
    "InvoiceStep",
    "InvoiceUnit",
    "KsefPosition",
    "SaleDraft",
    "SaleInvoice",
    "SaleSeries",
    "VatShare",
]
