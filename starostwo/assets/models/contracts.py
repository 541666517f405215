"""Contracts that cover things until a day: maintenance, a longer warranty, rent, insurance."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

CONTRACTS = {
    "MAINTENANCE": "serwis i konserwacja", "WARRANTY": "gwarancja rozszerzona", "SERVICE": "usługa",
    "RENT": "najem, dzierżawa", "INSURANCE": "ubezpieczenie",
}  # fmt: skip
MOST_DAYS = 730


class ServiceContract(models.Model):
    """Umowa serwisowa, gwarancyjna albo ubezpieczenia, with a term and the days before it to be told."""

    kind = models.CharField("rodzaj", max_length=11, choices=list(CONTRACTS.items()))
    number = models.CharField("numer umowy", max_length=100)
    name = models.CharField("czego dotyczy", max_length=200)
    party = models.CharField("z kim", max_length=200)
    contact = models.CharField("kontakt do zgłoszeń", max_length=200, blank=True)
    valid_from = models.DateField("od dnia")
    valid_until = models.DateField("do dnia", null=True)
    notice_days = models.PositiveSmallIntegerField("dni zapowiedzi", default=60)
    keeper = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="pilnuje"
    )
    cost = models.BigIntegerField("koszt roczny, grosze", null=True)
    note = models.CharField("uwagi", max_length=500, blank=True)
    ended_on = models.DateField("rozwiązano dnia", null=True)
    entered_at = models.DateTimeField("wpisano")
    entered_by_name = models.CharField("kto wpisał", max_length=200)

    class Meta:
        verbose_name = "umowa serwisowa"
        constraints = [
            models.CheckConstraint(
                name="service_contract_has_known_kind", condition=Q(kind__in=list(CONTRACTS))
            ),
            models.CheckConstraint(
                name="service_contract_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="service_contract_is_told_in_time", condition=Q(notice_days__lte=MOST_DAYS)
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"], condition=Q(ended_on=None), name="open_service_contracts_by_term"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="service_contracts_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ended_service_contract_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.ended_on IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CoveredAsset(models.Model):
    """Składnik objęty umową, from a day until another."""

    contract = models.ForeignKey("assets.ServiceContract", on_delete=models.PROTECT, related_name="covered")
    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField("od dnia")
    until_on = models.DateField("do dnia", null=True)

    class Meta:
        verbose_name = "składnik objęty umową"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "asset"], condition=Q(until_on=None), name="one_cover_of_an_asset_each"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="covered_assets_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ended_cover_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.until_on IS NOT NULL"),
            ),
        ]
