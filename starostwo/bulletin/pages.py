"""Which pages the bulletin has and what stands on each; rendering alone, nothing is written here.

A page is made without its moment; the moment of publication takes the place of a mark in it, so that a page
that says nothing new is known and keeps the moment at which it was published.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from starostwo.bulletin import open_data
from starostwo.bulletin.models import Body, Item, Section, Version
from starostwo.bulletin.publisher import Publisher, publisher_of
from starostwo.bulletin.queries import listing, visits
from starostwo.bulletin.queries.bodies import editors_of
from starostwo.bulletin.queries.declaration import last_declaration
from starostwo.bulletin.rules.registers import BY_CODE, Register, cells_of, columns_of, lines_of
from starostwo.bulletin.store import GONE, INDEX
from starostwo.files import api as files
from starostwo.ledger import api as ledger
from starostwo.office import api as office
from starostwo.platform.text_diff import compare
from starostwo.procedures import api as procedures
from starostwo.records import api as records
from starostwo.screens.api import languages

MOMENT = "[[moment-of-publication]]"
POLISH = "pl"
LATELY = 8


@dataclass(frozen=True)
class Made:
    """A page without its moment."""

    address: str
    body: bytes

    @property
    def content_print(self) -> str:
        """By which it is known whether the page says something new."""
        return hashlib.sha256(self.body).hexdigest()

    def at(self, moment: datetime) -> bytes:
        """The page as it is published at this moment."""
        return self.body.replace(MOMENT.encode(), escape(languages.moment_in_polish(moment)).encode())


class Press:
    """Makes the pages of a body on a day; what stands on all of them is asked for once."""

    def __init__(self, today: date, body: Body | None = None) -> None:
        self.today, self.bulletin_of = today, body
        self.sections = listing.tree(body)
        self.publisher: Publisher = publisher_of(body)
        self._everywhere: dict[str, Any] = {
            "publisher": self.publisher,
            "body": body,
            "made_at": MOMENT,
            "today": today,
            "tree": self.sections,
            "trail": [],
            "site": self.publisher.site,
        }

    @cached_property
    def lately(self) -> list[listing.Change]:
        """The newest lines of the register of changes."""
        return listing.changes(self.bulletin_of)

    @cached_property
    def registers(self) -> list[Register]:
        """The registers that this bulletin has."""
        return listing.registers_of(self.bulletin_of, self.sections)

    def static(self) -> Iterator[Made]:
        """Pages made from what the lower packages offer."""
        if self.publisher.sign:
            yield Made(self.publisher.sign.address, self.publisher.sign.content)
        yield self.front()
        yield self.page("menu/index.html", "bulletin/menu.html", registers=self.registers)
        for register in self.registers:
            yield self.register_table(register.code)
            yield from self.register_files(register.code)
        yield from self.open_data()
        yield self.declaration()
        yield self.visits()
        yield self.page("instrukcja/index.html", "bulletin/instruction.html")
        yield self.editors()
        yield from self.of_county() if self.bulletin_of is None else self.of_unit()

    def of_county(self) -> Iterator[Made]:
        """What the county's bulletin alone has: cards of services, how cases are settled, other languages."""
        yield from self.abroad()
        yield self.settling()
        yield from self.contracts()
        yield self.page("uslugi/index.html", "bulletin/services.html", cards=self.cards)
        for card in self.cards:
            yield self.page(f"uslugi/{card.code}/index.html", "bulletin/service.html", card=card)

    def of_unit(self) -> Iterator[Made]:
        """What a unit says itself: where it is, and how to ask for what is not here."""
        yield self.page("kontakt/index.html", "bulletin/contact.html")
        yield self.page("informacja-na-wniosek/index.html", "bulletin/on_request.html")

    def editors(self) -> Made:
        """Who keeps the bulletin."""
        if self.bulletin_of is None:
            people = [one.name for one in office.people(self.today, right=office.Right.EDIT_BULLETIN)]
        else:
            people = sorted(office.names(editors_of(self.bulletin_of)).values())
        return self.page("redakcja/index.html", "bulletin/editors.html", editors=people)

    @cached_property
    def cards(self) -> Sequence[Any]:
        """The cards of services in force."""
        return procedures.cards(on=self.today) if self.bulletin_of is None else ()

    def front(self) -> Made:
        """The first page: the subject menu and what was published lately."""
        return self.page(INDEX, "bulletin/front.html", cards=self.cards, lately=self.lately[:LATELY])

    def abroad(self) -> Iterator[Made]:
        """What the bulletin is, for who reads another language; the informations stay Polish."""
        for language in languages.OTHERS:
            yield self.page(f"{language}/index.html", "bulletin/abroad.html", language)

    def section(self, section: Section, years: Sequence[int] | None = None) -> Iterator[Made]:
        """A section with its informations: the newest ones, a page for each of the years, and the feed."""
        here = f"dzial/{section.slug}/"
        context = {
            "section": section,
            "trail": listing.trail(section, self.sections),
            "years": listing.years_of(section),
            "below": listing.below(section, self.sections),
            "registers": [one for one in self.registers if one.section == section.slug],
        }
        items = listing.newest_in(section)
        yield self.page(f"{here}index.html", "bulletin/section.html", items=items, year=None, **context)
        for year in listing.years_of(section) if years is None else years:
            yield self.year(section, year)
        yield self.feed(
            f"{here}zmiany.atom", section.name, listing.changes(self.bulletin_of, section=section)
        )

    def declaration(self) -> Made:
        """The declaration of accessibility with the ids by which checkers find its parts."""
        last = last_declaration(self.bulletin_of)
        return self.page("deklaracja-dostepnosci/index.html", "bulletin/declaration.html", declaration=last)

    def settling(self) -> Made:
        """How cases are settled and requests for public information answered: counts alone."""
        return self.page(
            "kolejnosc-spraw/index.html",
            "bulletin/settling.html",
            rows=records.public.settling_by_unit(on=self.today),
            requests=records.public.information_counts(year=self.today.year, on=self.today),
        )

    def contracts(self) -> Iterator[Made]:
        """The register of contracts that the ledger offers: the newest as a table, all of them as data."""
        rows = ledger.public.public_contracts()
        yield self.page(
            "rejestr-umow/index.html",
            "bulletin/contracts.html",
            rows=rows[: listing.LISTED],
            has_more=len(rows) > listing.LISTED,
        )
        yield Made("rejestr-umow/umowy.csv", open_data.contracts_as_csv(rows))
        yield Made("rejestr-umow/umowy.json", open_data.contracts_as_json(rows))

    def visits(self) -> Made:
        """How often pages were opened, by month, and which ones most."""
        return self.page(
            "statystyka/index.html",
            "bulletin/visits.html",
            months=visits.months(self.bulletin_of),
            pages=visits.most_opened(self.bulletin_of),
        )

    def register_table(self, code: str) -> Made:
        """A register as a table: the newest rows; all of them are in its files."""
        register = BY_CODE[code]
        items = listing.of_register(code, self.bulletin_of, most=listing.LISTED + 1)
        rows = [
            (one, cells_of(code, one.current.fields if one.current else {}, one.first_day)) for one in items
        ]
        return self.page(
            f"rejestr/{code}/index.html",
            "bulletin/register_table.html",
            register=register,
            columns=columns_of(code),
            rows=rows[: listing.LISTED],
            has_more=len(rows) > listing.LISTED,
        )

    def register_files(self, code: str) -> Iterator[Made]:
        """A whole register as open data."""
        register, items = BY_CODE[code], listing.of_register(code, self.bulletin_of)
        here = f"rejestr/{code}/{code}"
        yield Made(f"{here}.csv", open_data.as_csv(register, items, site=self.publisher.site))
        yield Made(f"{here}.json", open_data.as_json(register, items, site=self.publisher.site))

    def open_data(self) -> Iterator[Made]:
        """The list of open data for people and for programs."""
        items = listing.of_register(open_data.DATASET, self.bulletin_of)
        sets = [(item, self._file_addresses(item)) for item in items]
        yield self.page(
            "otwarte-dane/index.html", "bulletin/open_data.html", registers=self.registers, items=items
        )
        made = open_data.catalogue(
            site=self.publisher.site, publisher=self.publisher.name, registers=self.registers, datasets=sets
        )
        yield Made("otwarte-dane/katalog.json", made)

    def _file_addresses(self, item: Item) -> list[str]:
        version = listing.current_of(item)
        return [file_address(item, version, file.name) for file in listing.files_of(version)]

    def year(self, section: Section, year: int) -> Made:
        """All informations of a section that were first published in a year."""
        return self.page(
            f"dzial/{section.slug}/{year}/index.html",
            "bulletin/section.html",
            section=section,
            trail=listing.trail(section, self.sections),
            years=listing.years_of(section),
            items=listing.of_year(section, year),
            below=(),
            registers=[],
            year=year,
        )

    def item(self, item: Item) -> Made:
        """The page of an information: its version in force."""
        version = listing.current_of(item)
        return self._version_page(f"informacja/{item.pk}/index.html", item, version, is_current=True)

    def version(self, item: Item, version: Version) -> Iterator[Made]:
        """The lasting pages of a version: its text, what changed in it, the texts of its files."""
        here = f"informacja/{item.pk}/wersja/{version.number}/"
        yield self._version_page(f"{here}index.html", item, version, is_current=False)
        if version.number and version.number > 1:
            before = listing.version_of(item, version.number - 1)
            changes = compare(before.text, version.text)
            yield self.page(
                f"{here}zmiany/index.html",
                "bulletin/changes.html",
                item=item,
                version=version,
                before=before,
                changes=changes,
            )
        for file in listing.files_of(version):
            if file.text_version:
                yield self.page(
                    f"{here}tekst/{file.position}/index.html",
                    "bulletin/file_text.html",
                    item=item,
                    version=version,
                    file=file,
                )

    def tombstone(self, address: str, item: Item) -> Made:
        """The note in the place of a withdrawn page."""
        return self.page(f"{address.removesuffix(INDEX)}{GONE}", "bulletin/gone.html", item=item)

    def register(self, months: Sequence[str]) -> Iterator[Made]:
        """The public register of changes: the newest ones, these months, and the feed of everything."""
        lately, everything = self.lately, listing.months(self.bulletin_of)
        here = "rejestr-zmian/"
        yield self.page(
            f"{here}index.html", "bulletin/register.html", rows=lately, months=everything, month=""
        )
        for month in months:
            rows = listing.changes(self.bulletin_of, month=month)
            yield self.page(
                f"{here}{month}/index.html",
                "bulletin/register.html",
                rows=rows,
                months=everything,
                month=month,
            )
        yield self.feed("zmiany.atom", "Biuletyn Informacji Publicznej", lately)

    def feed(self, address: str, title: str, rows: Sequence[listing.Change]) -> Made:
        """An Atom feed of changes."""
        context = {**self._everywhere, "title": title, "address": address, "rows": rows}
        with translation.override(POLISH):
            return Made(address, render_to_string("bulletin/feed.xml", context).encode())

    def page(self, address: str, template: str, language: str = POLISH, /, **own: object) -> Made:
        """One page from its template, in Polish whatever whoever publishes reads."""
        here = {"here": address.removesuffix(INDEX), "bip": root_from(address, self.bulletin_of)}
        context: Mapping[str, object] = {**self._everywhere, **here, **own}
        with translation.override(language):
            return Made(address, render_to_string(template, dict(context)).encode())

    def _version_page(self, address: str, item: Item, version: Version, *, is_current: bool) -> Made:
        return self.page(
            address,
            "bulletin/item.html",
            item=item,
            version=version,
            files=listing.files_of(version),
            versions=listing.versions_of(item) if is_current else [],
            trail=listing.trail(item.section, self.sections),
            is_current=is_current,
            register=BY_CODE[item.kind],
            lines=lines_of(item.kind, version.fields, item.first_day),
        )


def root_from(address: str, body: Body | None) -> str:
    """The way from a page to the first one: a unit's pages stand at two hosts and lead on by themselves."""
    return "/bip/" if body is None else "../" * address.count("/") or "./"


def of_kind(press: Press, code: str) -> list[Made]:
    """The table of the register that an information belongs to, if it belongs to one."""
    return [press.register_table(code)] if code in {one.code for one in press.registers} else []


def file_address(item: Item, version: Version, name: str) -> str:
    """Where an attachment of a version lies for ever."""
    return f"informacja/{item.pk}/wersja/{version.number}/pliki/{name}"


def files_of(item: Item, version: Version) -> dict[str, bytes]:
    """The attachments of a version as files of the bulletin."""
    found = {}
    for file in listing.files_of(version):
        with files.open_blob(file.blob.sha256) as content:
            found[file_address(item, version, file.name)] = content.read()
    return found
