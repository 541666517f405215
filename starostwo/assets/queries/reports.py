"""Lists of the register to print or save: inventory book, room sheet, person's card, sums as of a day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum

from starostwo.assets import access
from starostwo.assets.models import Asset, DocumentLine
from starostwo.assets.queries.assets import BY_NUMBER, Wanted, listed
from starostwo.assets.queries.catalogue import posting_rules
from starostwo.assets.queries.stocktaking import heading
from starostwo.assets.rules.kinds import KINDS
from starostwo.office.api import Actor
from starostwo.platform.polish import pl_key
from starostwo.platform.printed_table import Cell, Column, Table

MOST_ROWS, NOBODY = 20_000, "nie podano"
THINGS = (
    Column("Lp.", 0.4), Column("Numer", 1.2), Column("Nazwa", 2.4), Column("Model, nr seryjny", 1.8),
    Column("KŚT", 0.5), Column("Przyjęto", 0.8), Column("Szt.", 0.4), Column("Miejsce", 1.3),
    Column("Odpowiada", 1.3), Column("Wartość", 1, is_amount=True), Column("Umorzenie", 1, is_amount=True),
)  # fmt: skip
SUMS = (
    Column("Pozycja", 3), Column("Składników", 0.8, is_amount=True), Column("Wartość", 1, is_amount=True),
    Column("Umorzenie", 1, is_amount=True), Column("Netto", 1, is_amount=True),
)  # fmt: skip
GROUPS = {
    "kst": ("według KŚT", "asset__kst_code"),
    "miejsca": ("według miejsc", "asset__place__path"),
    "osoby": ("według osób odpowiedzialnych", "asset__keeper_id"),
    "rodzaje": ("według rodzajów", "asset__kind"),
    "konta": ("według kont", "asset__kind"),
}


def book(actor: Actor, wanted: Wanted) -> Table:
    """Księga inwentarzowa: everything that fits, by number."""
    kind = KINDS.get(wanted.kind, "wszystkie rodzaje")
    return _things("Księga inwentarzowa", [f"Rejestr: {kind}"], listed(actor, wanted))


def room(actor: Actor, wanted: Wanted) -> Table:
    """Spis inwentarza that hangs in a room."""
    return _things("Spis inwentarza pomieszczenia", [f"Miejsce: {wanted.place}"], listed(actor, wanted))


def card(actor: Actor, name: str, account_id: int) -> Table:
    """Karta wyposażenia osoby: what a person answers for."""
    rows = access.visible_assets(actor).filter(keeper_id=account_id, state=Asset.State.IN_USE)
    rows = rows.select_related("place", "keeper")
    return _things("Karta wyposażenia", [f"Osoba: {name}", "Potwierdzam: ........................"], rows)


def _things(title: str, about: Sequence[str], rows: QuerySet[Asset]) -> Table:
    found = [
        _row(number, asset) for number, asset in enumerate(rows.order_by(*BY_NUMBER)[:MOST_ROWS], start=1)
    ]
    cut = [f"Pierwsze {MOST_ROWS} pozycji; zawęź listę."] if len(found) == MOST_ROWS else []
    return Table(title, [heading(), *about, *cut], THINGS, found)


def _row(number: int, asset: Asset) -> list[Cell]:
    model = ", ".join(part for part in (asset.maker, asset.serial_number) if part)
    return [
        number, asset.number, asset.name, model, asset.kst_code, asset.taken_on, asset.quantity,
        asset.place.path if asset.place else "", asset.keeper.name if asset.keeper else "",
        _zloty(asset.value), _zloty(asset.written_off),
    ]  # fmt: skip


def sums(actor: Actor, group: str, *, day: date) -> Table:
    """Value and what is written off as of a day, by a group; place and person are those of today."""
    words, key = GROUPS[group]
    seen = access.visible_assets(actor)
    lines = DocumentLine.objects.filter(asset__in=seen, document__happened_on__lte=day)
    left = DocumentLine.objects.filter(asset=OuterRef("asset"), document__happened_on__lte=day)
    gone = left.exclude(state_to__in=("", Asset.State.IN_USE))
    rows = (
        lines.values(by=F(key))
        .annotate(
            things=Count("asset", distinct=True, filter=~Exists(gone)),
            value=Sum("value_change"),
            off=Sum("written_off_change"),
        )
        .exclude(value=0)
        .order_by("by")
    )
    named = _names(group, [row["by"] for row in rows])
    found: list[list[Cell]] = [
        [
            named.get(row["by"], str(row["by"] or NOBODY)), row["things"], _zloty(row["value"]),
            _zloty(row["off"]), _zloty(row["value"] - row["off"]),
        ]
        for row in rows
    ]  # fmt: skip
    if group == "osoby":
        found.sort(key=_by_surname)
    total = [sum(row[at] for row in rows) for at in ("value", "off")]
    found.append(["Razem", None, *(_zloty(one) for one in (*total, total[0] - total[1]))])
    return Table(f"Majątek {words}", [heading(), f"Stan na {day:%d.%m.%Y}"], SUMS, found)


def _by_surname(row: Sequence[Cell]) -> tuple[bool, str]:
    """People by their surname, what nobody answers for at the end."""
    name = str(row[0])
    return name == NOBODY, pl_key(f"{name.rpartition(' ')[2]} {name}")


def _names(group: str, keys: list[object]) -> dict[object, str]:
    if group == "osoby":
        people = Asset.objects.filter(keeper_id__in=[key for key in keys if key]).select_related("keeper")
        return {one.keeper_id: one.keeper.name for one in people if one.keeper}
    if group == "konta":
        return {kind: f"{accounts().get(kind, 'bez konta')} {words}" for kind, words in KINDS.items()}
    return {kind: words for kind, words in KINDS.items() if group == "rodzaje"}


def accounts() -> dict[str, str]:
    """The account of each kind: where its taking into use is proposed, by the table of posting."""
    return {rule.kind: rule.debit for rule in reversed(posting_rules()) if rule.event == "OT-PURCHASE"}


def _zloty(grosze: int) -> Decimal:
    return Decimal(grosze) / 100
