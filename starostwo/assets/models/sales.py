"""Selling used things: the announcement with its things, offers, the choice, the LT that carries it out."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from starostwo.assets.rules.selling import AUDIENCES, WAYS


class Sale(models.Model):
    """Sprzedaż rzeczy używanych: things offered together for a price and a time."""

    class State(models.TextChoices):
        OFFERED = "OFFERED", "ogłoszona"
        CHOSEN = "CHOSEN", "wybrano nabywcę"
        SOLD = "SOLD", "sprzedano"
        WITHDRAWN = "WITHDRAWN", "odwołana"

    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    title = models.CharField("co się sprzedaje", max_length=200)
    text = models.CharField("stan rzeczy, oględziny, odbiór", max_length=1000)
    audience = models.CharField("dla kogo", max_length=8, choices=list(AUDIENCES.items()))
    way = models.CharField("wybór", max_length=7, choices=list(WAYS.items()))
    price = models.BigIntegerField("cena, grosze")
    opens_at = models.DateTimeField("oferty od")
    closes_at = models.DateTimeField("oferty do")
    state = models.CharField("stan", max_length=9, choices=State.choices, default=State.OFFERED)
    made_by = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField("kto ogłosił", max_length=200)
    chosen = models.ForeignKey("assets.Bid", on_delete=models.PROTECT, related_name="+", null=True)
    chosen_on = models.DateField("wybrano dnia", null=True)
    chosen_by_name = models.CharField("kto wybrał", max_length=200, blank=True)
    reason = models.CharField("uzasadnienie", max_length=500, blank=True)
    document = models.ForeignKey("assets.Document", on_delete=models.PROTECT, related_name="+", null=True)
    invoice = models.CharField("faktura albo rachunek", max_length=100, blank=True)

    class Meta:
        verbose_name = "sprzedaż rzeczy używanych"
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_asset_sale_a_number"),
            models.CheckConstraint(
                name="sale_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(name="sale_has_a_price", condition=Q(price__gte=1)),
            models.CheckConstraint(
                name="chosen_sale_names_an_offer",
                condition=Q(state__in=["OFFERED", "WITHDRAWN"])
                | Q(chosen__isnull=False, chosen_on__isnull=False),
            ),
            models.CheckConstraint(
                name="sale_is_done_by_a_document",
                condition=Q(state="SOLD", document__isnull=False)
                | (~Q(state="SOLD") & Q(document=None, invoice="")),
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="sales_by_state")]
        triggers = [
            pgtrigger.Protect(name="sales_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ended_sale_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'WITHDRAWN' OR (OLD.state = 'SOLD' AND"
                    " (OLD.invoice <> '' OR NEW.state <> 'SOLD' OR NEW.chosen_id <> OLD.chosen_id))"
                ),
            ),
            pgtrigger.Protect(
                name="announced_sale_keeps_its_terms",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "ROW(NEW.price, NEW.way, NEW.audience, NEW.opens_at, NEW.closes_at) IS DISTINCT FROM"
                    " ROW(OLD.price, OLD.way, OLD.audience, OLD.opens_at, OLD.closes_at)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"SP/{self.number}/{self.year}"


class SaleItem(models.Model):
    """Rzecz w sprzedaży; only in one at a time."""

    sale = models.ForeignKey("assets.Sale", on_delete=models.PROTECT, related_name="items")
    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+")
    is_live = models.BooleanField("w toku", default=True)

    class Meta:
        verbose_name = "rzecz w sprzedaży"
        constraints = [
            models.UniqueConstraint(fields=["sale", "asset"], name="one_item_of_a_sale_an_asset"),
            models.UniqueConstraint(
                fields=["asset"], condition=Q(is_live=True), name="one_live_sale_of_an_asset"
            ),
        ]
        triggers = [pgtrigger.Protect(name="sale_items_stay", operation=pgtrigger.Delete)]


class Bid(models.Model):
    """Oferta of an employee, or of somebody outside whose paper a clerk entered."""

    sale = models.ForeignKey("assets.Sale", on_delete=models.PROTECT, related_name="bids")
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField("kto", max_length=200)
    address = models.CharField("adres, kontakt", max_length=300, blank=True)
    amount = models.BigIntegerField("kwota, grosze")
    placed_at = models.DateTimeField("złożono")
    entered_by_name = models.CharField("kto wpisał", max_length=200)
    withdrawn_at = models.DateTimeField("wycofano", null=True)

    class Meta:
        verbose_name = "oferta kupna"
        constraints = [
            models.UniqueConstraint(
                fields=["sale", "account"],
                condition=Q(withdrawn_at=None, account__isnull=False),
                name="one_standing_bid_of_a_person",
            ),
            models.CheckConstraint(
                name="bid_from_outside_has_an_address",
                condition=Q(account__isnull=False) | (Q(account=None) & ~Q(address="")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="bids_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="bid_is_only_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.withdrawn_at IS NOT NULL OR (NEW.amount, NEW.sale_id, NEW.account_id, NEW.name,"
                    " NEW.placed_at) IS DISTINCT FROM (OLD.amount, OLD.sale_id, OLD.account_id, OLD.name,"
                    " OLD.placed_at)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
