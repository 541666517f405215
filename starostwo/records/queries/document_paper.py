"""What a document says on paper: the values of its fields, its addressees, the letter to be typeset."""

from dataclasses import dataclass
from datetime import date

from starostwo.office import api as office
from starostwo.procedures import api as procedures
from starostwo.records.models import Case, CaseParty, ClockEntry, Document, Letter, Party
from starostwo.records.queries.clocks import clock_from
from starostwo.records.rules.clock import due_on
from starostwo.records.rules.document_kinds import KINDS, Kind
from starostwo.records.rules.document_signature import Signer, written_day
from starostwo.records.rules.representation import Entry, receiver_of, receivers
from starostwo.records.typeset import OfficeLines, PrintedLetter

ORGAN_NAME = "Starosta"


@dataclass(frozen=True)
class Letterhead:
    """What the office says of itself on paper; an office that is not set up yet counts as a demonstration."""

    name: str = ""
    address: str = ""
    town: str = ""
    contact: str = ""
    esp_address: str = ""
    is_demo: bool = True


def letterhead() -> Letterhead:
    """Return the office's lines."""
    house = office.office()
    if house is None:
        return Letterhead()
    contact = [f"tel. {house.phone}" if house.phone else "", house.email]
    return Letterhead(
        name=house.name,
        address=f"{house.street} {house.building}, {house.postcode} {house.town}",
        town=house.town,
        contact=", ".join(part for part in contact if part),
        esp_address=house.esp_address,
        is_demo=house.is_demo,
    )


def merge_values(
    case: Case, addressee: Party | None, *, today: date, answer_days: int | None = None
) -> dict[str, str]:
    """Return the values of the fields that a template may use; an unknown one is left out or empty."""
    head = letterhead()
    unit = office.unit(case.unit, on=today)
    values = {
        "sprawa.znak": case.mark,
        "sprawa.tytul": case.title,
        "sprawa.wszczeta": written_day(case.opened_on),
        "sprawa.termin": written_day(case.due_on) if case.due_on else "",
        "prowadzacy.nazwa": case.holder.name,
        "prowadzacy.komorka": unit.name if unit else case.unit,
        "organ.nazwa": ORGAN_NAME,
        "organ.odwolawczy": _higher_organ(case, today),
        "urzad.nazwa": head.name,
        "urzad.adres": head.address,
        "wezwanie.dni": str(answer_days) if answer_days else "",
    }
    return values | _party_values(addressee) | _letter_values(case.first_letter) | _delay_values(case)


def recipients(document: Document) -> list[Party]:
    """Return those to whom the document is served, one each.

    Law: k.p.a. art. 40 par. 2 (a representative receives for the party), art. 109 (all parties get it).
    """
    rows = _entries(document)
    served = [rows[pk].party for pk in receivers(_plain(rows))]
    if Kind(document.kind) in (Kind.DECISION, Kind.RULING, Kind.NOTICE) and served:
        return list({party.pk: party for party in served}.values())
    return [_receiver(document.addressee, rows)] if document.addressee else []


def _entries(document: Document) -> dict[int, CaseParty]:
    """Everybody who is in the case now, in the order of coming."""
    rows = CaseParty.objects.filter(case=document.case_id, to_on=None).select_related("party", "represents")
    return {row.pk: row for row in rows.order_by("from_on", "id")}


def _plain(rows: dict[int, CaseParty]) -> list[Entry]:
    return [Entry(pk, row.represents_id) for pk, row in rows.items()]


def _receiver(addressee: Party, rows: dict[int, CaseParty]) -> Party:
    """Who receives what is addressed to one party: its representative when it has one."""
    entry = next((pk for pk, row in rows.items() if row.party_id == addressee.pk), None)
    return rows[receiver_of(entry, _plain(rows))].party if entry is not None else addressee


def paper(
    document: Document, text: str, *, today: date, signer: Signer | None = None, mark: str = ""
) -> PrintedLetter:
    """Return the letter as it is printed: a marked draft without a signer, else the final one."""
    head = letterhead()
    named = [shown_name(party) for party in recipients(document)]
    return PrintedLetter(
        office=OfficeLines(name=head.name, address=head.address, contact=head.contact),
        title=KINDS[Kind(document.kind)].title,
        text=text,
        place_and_date=f"{head.town}, {written_day(today)}",
        mark=mark,
        addressee=tuple(_addressed(document)),
        handled_by=_handled_by(document.case),
        signature=signer.lines if signer else (),
        signature_note=_signature_note(head.is_demo) if signer else "",
        recipients=(*named, "a/a") if named else (),
        is_draft=signer is None,
        is_test=head.is_demo,
    )


def _addressed(document: Document) -> list[str]:
    """The lines of the address: the party's, or its representative's with the party named."""
    party = document.addressee
    if party is None:
        return []
    receiver = _receiver(party, _entries(document))
    of_party = [] if receiver.pk == party.pk else [f"pełnomocnik: {shown_name(party)}"]
    return [shown_name(receiver), *of_party, *address_lines(receiver)]


def shown_name(party: Party) -> str:
    """Return the name as it is written on a letter: the given name first."""
    if party.kind == Party.Kind.PERSON and party.given_name:
        return f"{party.given_name} {party.family_name}"
    return party.name


def address_lines(party: Party) -> list[str]:
    """Return the lines of a postal address, empty when nothing is known."""
    flat = f"/{party.flat}" if party.flat else ""
    street = f"{party.street} {party.building}{flat}".strip()
    town = f"{party.postcode} {party.town}".strip()
    return [line for line in (street, f"skr. poczt. {party.po_box}" if party.po_box else "", town) if line]


def _party_values(party: Party | None) -> dict[str, str]:
    if party is None:
        return {}
    return {"strona.nazwa": shown_name(party), "strona.adres": ", ".join(address_lines(party))}


def _letter_values(letter: Letter | None) -> dict[str, str]:
    if letter is None:
        return {}
    return {"wniosek.numer": letter.shown_number, "wniosek.data": written_day(letter.received_on)}


def _delay_values(case: Case) -> dict[str, str]:
    """The last new day of the clock, the day before it and the reason. Law: k.p.a. art. 36 par. 1."""
    entries = list(ClockEntry.objects.filter(case=case).order_by("noted_at", "id"))
    last = next((one for one in reversed(entries) if one.new_due_on is not None), None)
    clock = clock_from(case, [one for one in entries if one is not last])
    missed = due_on(clock) if clock else None
    if last is None or last.new_due_on is None:
        return {}
    return {
        "zwloka.przyczyna": last.reason,
        "zwloka.termin": written_day(missed) if missed else "",
        "zwloka.nowy_termin": written_day(last.new_due_on),
    }


def _higher_organ(case: Case, today: date) -> str:
    card = procedures.card(case.service_code, on=today) if case.service_code else None
    return card.higher_organ if card else ""


def _handled_by(case: Case) -> str:
    phone = f", tel. {case.holder.phone}" if case.holder.phone else ""
    return f"{case.holder.name}{phone}"


def _signature_note(is_test: bool) -> str:
    return "podpisano testowym podpisem elektronicznym" if is_test else "podpisano podpisem elektronicznym"
