"""What all verbs share: who may, how a refusal is said, the line of the history."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, models, transaction

from starostwo.audit import api as audit
from starostwo.infrastructure import access
from starostwo.office.api import Actor

WORDS = {
    "devices_share_no_unit_of_a_rack": (
        "unit",
        "W tym miejscu szafy stoi już inne urządzenie. Wybierz wolne U albo drugą stronę.",
    ),
    "device_fits_into_its_rack": ("unit", "Urządzenie nie mieści się w szafie od tego U."),
    "device_stands_in_its_rack": (
        "unit",
        "W szafie podaj U i stronę; urządzenie musi mieć wysokość co najmniej 1 U.",
    ),
    "one_device_a_name": ("name", "Urządzenie o tej nazwie już jest. Podaj inną."),
    "infrastructure_device_asset_id_key": ("asset", "Ten składnik majątku ma już swoje urządzenie."),
    "one_device_type_a_model": ("model", "Taki typ już jest."),
    "infrastructure_rack_place_id_key": ("place", "W tym miejscu jest już szafa."),
    "rack_is_a_place_of_racks": ("place", "Szafa stoi w miejscu rodzaju „szafa”."),
    "one_port_a_name": ("name", "Urządzenie ma już port o tej nazwie."),
    "port_has_a_proper_mac": ("mac", "Adres MAC zapisz tak: 00:1a:2b:3c:4d:5e."),
    "infrastructure_cableend_port_id_key": ("port", "Do tego portu jest już podłączony kabel."),
    "ends_of_a_cable_fit": ("port", "Wejście zasilania łączy się tylko z wyjściem zasilania."),
    "one_cable_a_label": ("label", "Kabel z tym oznaczeniem już jest. Podaj inne."),
    "prefixes_share_no_address": (
        "network",
        "Ta sieć nakłada się na inną. Większą oznacz jako zbiór mniejszych sieci.",
    ),
    "infrastructure_prefix_network_key": ("network", "Ta sieć już jest."),
    "prefix_keeps_its_addresses": ("network", "W tej sieci są adresy, które by w niej nie pozostały."),
    "address_lies_in_a_prefix": ("address", "Adres nie leży w żadnej sieci z wykazu. Najpierw dopisz sieć."),
    "address_is_for_use": ("address", "Pierwszy i ostatni adres sieci nie są do użytku."),
    "infrastructure_address_address_key": ("address", "Ten adres jest już zajęty."),
    "vlan_is_tagged_or_not": ("tagged", "VLAN nie może być na porcie bez znacznika i ze znacznikiem naraz."),
    "infrastructure_vlan_number_key": ("number", "VLAN o tym numerze już jest."),
    "infrastructure_powerpanel_name_key": ("name", "Rozdzielnia o tej nazwie już jest."),
    "one_electric_circuit_a_name": ("name", "Ta rozdzielnia ma już taki obwód."),
    "infrastructure_circuit_number_key": ("number", "Łącze o tym numerze już jest."),
    "circuit_ends_after_it_began": ("until", "Koniec umowy nie może być przed jej początkiem."),
    "one_expiry_a_name": ("name", "Ten certyfikat albo domena już jest w wykazie."),
    "stock_is_not_negative": ("count", "W magazynie nie ma tylu sztuk."),
    "infrastructure_spare_part_number_key": ("part_number", "Część o tym numerze już jest."),
    "work_order_is_open": ("order", "Zlecenie jest już zamknięte."),
}  # fmt: skip


class MayNotManage(Exception):
    """The person neither keeps the registers nor does work orders."""


class Refused(Exception):
    """A field does not hold; its name and what to do about it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field, words)
        self.field, self.words = field, words


def must_manage(actor: Actor) -> None:
    """Refuse whoever does not keep the registers."""
    if not access.may_manage(actor):
        raise MayNotManage


def must_work(actor: Actor) -> None:
    """Refuse whoever does no work orders."""
    if not access.may_work(actor):
        raise MayNotManage


@contextmanager
def explained() -> Iterator[None]:
    """What the database refuses becomes a refusal in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")
        for constraint, (field, words) in WORDS.items():
            if name == constraint or name.startswith(constraint.removesuffix("_key") + "_"):
                raise Refused(field, words) from error
        raise


def note(thing: models.Model, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    """A line of the history of a thing."""
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, payload=payload, at=now,
        thing=f"infrastructure.{thing._meta.model_name}:{thing.pk}",
    )  # fmt: skip


def changed(thing: models.Model, said: dict[str, object]) -> dict[str, str]:
    """Set what differs and save it; what was changed, as text for the history."""
    different = {name: value for name, value in said.items() if getattr(thing, name) != value}
    for name, value in different.items():
        setattr(thing, name, value)
    if different:
        with explained():
            thing.save(update_fields=[*different])
    return {name: "" if value is None else str(value) for name, value in different.items()}
