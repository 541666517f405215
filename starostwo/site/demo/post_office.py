"""Who writes to the demonstration's office: invented people on paper, four residents through the box."""

import io
import random
from datetime import datetime

from starostwo.intake import api as intake
from starostwo.office.models import Account
from starostwo.procedures import api as procedures
from starostwo.records import api as records
from starostwo.signatures import api as signatures
from starostwo.site.demo.people import Cast, rows

GENERAL = "pismo-ogolne"
PHONES = {row["pesel"]: row["phone"] for row in rows("residents.csv")}
STREETS = (
    "ul. Leśna",
    "ul. Polna",
    "ul. Łąkowa",
    "ul. Słoneczna",
    "ul. Długa",
    "ul. Parkowa",
    "ul. Źródlana",
)
TOWNS = (
    ("95-100", "Zgierz"),
    ("95-035", "Ozorków"),
    ("95-015", "Głowno"),
    ("95-070", "Aleksandrów Łódzki"),
    ("95-010", "Stryków"),
    ("95-045", "Parzęczew"),
)
COMPANIES = (
    "Budomax sp. z o.o.",
    "Auto-Zgierz s.c.",
    "Spółdzielnia Mieszkaniowa „Bzura”",
    "Wodociągi Ozorków",
)
UNSIGNED = 0.2


class Senders:
    """Invented senders; the same person writes again now and then."""

    def __init__(self, cast: Cast, chance: random.Random) -> None:
        self.chance = chance
        self.names = list(rows("names.csv"))
        self.known: list[records.Sender] = []

    def person(self) -> records.Sender:
        """A person, never a company."""
        sender = self.somebody()
        while sender.organization:
            sender = self.somebody()
        return sender

    def somebody(self) -> records.Sender:
        """A person or a company, now and then one who wrote before."""
        if self.known and self.chance.random() < 0.25:
            return self.chance.choice(self.known)
        postcode, town = self.chance.choice(TOWNS)
        first, last = self.chance.choice(self.names), self.chance.choice(self.names)
        is_company = self.chance.random() < 0.15
        sender = records.Sender(
            organization=self.chance.choice(COMPANIES) if is_company else "",
            given_name="" if is_company else first["given_name"],
            family_name="" if is_company else last["family_name"],
            postcode=postcode,
            town=town,
            street=self.chance.choice(STREETS),
            building=str(self.chance.randrange(1, 140)),
            phone=self._phone(),
        )
        self.known.append(sender)
        return sender

    def _phone(self) -> str:
        """Every second one wrote an (invented) number down; a few families share one."""
        place = len(self.known)
        return f"600 {place // 1000:03} {200 + place % 700:03}" if place % 2 else ""


def by_account(cast: Cast, chance: random.Random, *, card: str, title: str, moment: datetime) -> int:
    """One of the residents sends a signed form; return the letter that came of it."""
    resident = chance.choice(list(cast.residents.values()))
    form = procedures.form(card) or procedures.form(GENERAL)
    if form is None:
        raise LookupError(GENERAL)
    sender = _sender(resident)
    answers = (
        {**procedures.sample_of(form), **_general(title)}
        if form.code == GENERAL
        else procedures.sample_of(form)
    )
    answers |= {field.name: getattr(sender, field.sender) for field in form.fields if field.sender}
    document = procedures.to_xml(
        form, answers, sender=sender, addressee="Starostwo Powiatowe w Zgierzu", made_on=moment.date()
    )
    if chance.random() > UNSIGNED:
        document = signatures.sign_xml(document, key=signatures.staff_keys(resident.pk)[0], at=moment)
    origin = intake.From(
        sender=intake.Sender(given_name=resident.given_name, family_name=resident.family_name),
        account_id=resident.pk,
        channel=records.Channel.ACCOUNT,
        service_code=card or GENERAL,
    )
    upload = intake.Upload(f"{form.code}.xml", io.BytesIO(document))
    receipt = intake.submit(document=upload, origin=origin, now=moment)
    letter_id = receipt.submission.letter_id
    if letter_id is None:
        raise LookupError("pismo czeka w kwarantannie")
    return letter_id


def _general(title: str) -> dict[str, str]:
    """What a resident writes when the matter has no form of its own."""
    return {
        "temat": title,
        "tresc": f"Wnoszę o załatwienie sprawy: {title.lower()}. Proszę o odpowiedź na konto w e-urzędzie.",
    }


def _sender(resident: Account) -> procedures.Sender:
    return procedures.Sender(
        given_name=resident.given_name,
        family_name=resident.family_name,
        pesel=resident.pesel or "",
        street=f"{resident.street} {resident.building}",
        postcode=resident.postcode,
        town=resident.town,
        email=resident.email,
        phone=PHONES.get(resident.pesel or "", ""),
    )
