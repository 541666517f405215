"""Everything that the register holds as CSV files in one archive, for another program or for safe keeping."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import TextIOWrapper
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Model

from starostwo.assets import models
from starostwo.assets.rules.selling import HIGHEST
from starostwo.platform.polish import fold

CHUNK = 2000
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take these for a formula
NAMED = {
    "place": "path", "place_from": "path", "place_to": "path", "keeper": "login", "keeper_from": "login",
    "keeper_to": "login", "user": "login", "user_from": "login", "user_to": "login", "account": "login",
    "borrower": "login", "signer": "login", "asset": "number", "supply": "number", "blob": "sha256",
}  # fmt: skip
TABLES: list[type[Model]] = [
    models.Asset, models.Document, models.DocumentLine, models.Attachment, models.SignedPaper,
    models.KstClass, models.Threshold, models.StockTake, models.CountField, models.BookRow, models.Sheet,
    models.CountLine, models.Difference, models.Declaration, models.Supply, models.SupplyMove, models.Wish,
    models.Licence, models.Seat, models.Loan, models.Confirmation, models.RoomKeeper, models.Disposal,
    models.DisposalItem, models.DisposalMember, models.ServiceContract, models.CoveredAsset,
    models.Sale, models.SaleItem, models.Bid, models.UseReading, models.TaxTerms,
]  # fmt: skip


def write_archive(target: BinaryIO, *, now: datetime) -> None:
    """One file a table, named in Polish; rows are read in pieces, so that none are too many.

    Offers are left out while nobody may see them.
    """
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for table in TABLES:
            name = fold(str(table._meta.verbose_name)).replace(" ", "-").replace(",", "")
            with archive.open(f"{name}.csv", "w") as raw, TextIOWrapper(raw, "utf-8-sig", newline="") as file:
                csv.writer(file, delimiter=";").writerows(_rows(table, now))


def _rows(table: type[Model], now: datetime) -> Iterator[list[Any]]:
    fields = [one for one in table._meta.concrete_fields if not one.generated]
    names = [f"{one.name}__{NAMED[one.name]}" if one.name in NAMED else one.attname for one in fields]
    yield [one.name if one.is_relation or one.primary_key else str(one.verbose_name) for one in fields]
    rows = table._default_manager.order_by("pk")
    if table is models.Bid:
        rows = rows.exclude(sale__way=HIGHEST, sale__state=models.Sale.State.OFFERED, sale__closes_at__gt=now)
    for row in rows.values_list(*names).iterator(chunk_size=CHUNK):
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return "" if value is None else value
