"""Who files a document."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sender:
    """Who files the document: a person, or an organisation through a person (k.p.a. art. 63 par. 2)."""

    given_name: str = ""
    family_name: str = ""
    organisation: str = ""
    pesel: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = "Polska"
    email: str = ""
    phone: str = ""


SENDER_ELEMENTS = {
    "given_name": "imie",
    "family_name": "nazwisko",
    "organisation": "podmiot",
    "pesel": "pesel",
    "street": "ulica",
    "postcode": "kod_pocztowy",
    "town": "miejscowosc",
    "country": "kraj",
    "email": "email",
    "phone": "telefon",
}
