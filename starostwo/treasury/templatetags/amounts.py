"""Amounts of invoices that may be in another currency than złoty."""

from django import template

from starostwo.platform.money import NO_BREAK, zloty

register = template.Library()


@register.simple_tag
def amount(hundredths: int, currency: str) -> str:
    """Złote as everywhere, other currencies with their code: '1 234,50 EUR'."""
    written = zloty(hundredths)
    return written if currency == "PLN" else f"{written.rsplit(NO_BREAK, 1)[0]}{NO_BREAK}{currency}"
