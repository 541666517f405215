"""Letters as they come in, are assigned and filed; each as far as it would be by now."""

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.utils.timezone import localdate

from bench.seeding.cases import Cases, OpenedCase
from bench.seeding.matters import Matter, Matters
from bench.seeding.staff import Person, Staff
from bench.seeding.store import Store
from bench.seeding.words import COMPANIES, STREETS, TOWNS, Words
from starostwo.platform.polish import fold
from starostwo.records.access import audience_of_letter
from starostwo.records.models import Assignment, Case, CoAssignment, Letter, LetterFile, Party
from starostwo.records.rules.metadata import AccessLevel, Channel
from starostwo.records.rules.numbering import INCOMING, RegisterNumber

CHANNELS = {Channel.PAPER: 55, Channel.COUNTER: 15, Channel.ESP: 10, Channel.ACCOUNT: 12, Channel.EMAIL: 8}
FORGOTTEN = 0.005
CO_OPERATES = 0.03
NOT_COPIED = 0.05
BEGINS_A_CASE = 0.8
JOINS_A_CASE = 0.12
WROTE_BEFORE = 0.4
WORDS_IN_A_LETTER = (30, 90)
TOP = "ST"


@dataclass(frozen=True)
class Course:
    """When a letter reaches the unit, the person and the files; what has not happened yet is None."""

    at: datetime
    to_unit: datetime | None
    to_person: datetime | None
    filed: datetime | None


@dataclass(frozen=True)
class Drawn:
    """One letter with everything that chance decided about it."""

    id: int
    number: RegisterNumber
    matter: Matter
    title: str
    text: str
    party_id: int
    sender: dict[str, str]
    course: Course
    person: Person | None
    helper: str
    case: OpenedCase | None

    @property
    def thing(self) -> str:
        """The name of the letter in history and index."""
        return f"records.letter:{self.id}"

    @property
    def unit(self) -> str:
        """Where the letter lies by now."""
        return self.matter.unit if self.course.to_unit else TOP

    @property
    def audience(self) -> list[str]:
        """Who sees it."""
        of_case = tuple(self.case.audience) if self.case else ()
        return _audience(self.unit, self.person.id if self.person else None, self.helper, of_case)


class Letters:
    """The register of incoming letters."""

    def __init__(self, store: Store, staff: Staff, chance: random.Random, *, now: datetime) -> None:
        self.store, self.staff, self.chance, self.now = store, staff, chance, now
        self.words, self.matters = Words(chance), Matters(chance)
        self.cases = Cases(store, staff, chance, now=now)
        self.senders: list[tuple[int, dict[str, str]]] = []

    def come(self, at: datetime) -> None:
        """A letter comes in and goes its way."""
        letter = self._drawn(at)
        self._write(letter)
        self._write_parts(letter)
        self._write_assignments(letter)
        self._write_history(letter)
        state = Letter.State(_state(letter.course))
        self.store.index_row(
            letter.thing,
            "letter",
            letter.title,
            f"{_shown(letter.sender)} {letter.matter.kind} {letter.text}",
            marks=[str(letter.number)],
            audience=letter.audience,
            facets={"unit": letter.unit, "year": str(at.year), "state": str(state.label)},
            on=localdate(at),
            url=f"/urzad/pisma/{letter.id}/",
        )

    def _drawn(self, at: datetime) -> Drawn:
        matter, store = self.matters.draw(), self.store
        title, course = matter.drawn(self.words), self._course(at)
        letter_id, (party_id, sender) = store.letters.next_id(), self._sender()
        person = self.chance.choice(self.staff.workers[matter.unit]) if course.to_person else None
        return Drawn(
            id=letter_id,
            number=RegisterNumber(INCOMING, at.year, store.next_number(INCOMING, at.year)),
            matter=matter,
            title=title,
            text=self.words.text(self.chance.randint(*WORDS_IN_A_LETTER)),
            party_id=party_id,
            sender=sender,
            course=course,
            person=person,
            helper=self._helper(matter) if person else "",
            case=self._case(matter, title, letter_id, party_id, person, course),
        )

    def _course(self, at: datetime) -> Course:
        forgotten = self.chance.random() < FORGOTTEN
        to_unit = at + timedelta(days=self.chance.uniform(0.1, 1.5))
        to_person = to_unit + timedelta(days=self.chance.uniform(0.1, 2))
        filed = to_person + timedelta(days=1e6 if forgotten else self.chance.uniform(0.2, 4))
        moments = [moment if moment <= self.now else None for moment in (to_unit, to_person, filed)]
        return Course(at, *moments)

    def _sender(self) -> tuple[int, dict[str, str]]:
        if self.senders and self.chance.random() < WROTE_BEFORE:
            return self.chance.choice(self.senders)
        postcode, town = self.chance.choice(TOWNS)
        family, is_company = self.chance.choice(self.words.family), self.chance.random() < 0.2
        sender = {
            "organization": f"{self.chance.choice(COMPANIES)} {family} sp. z o.o." if is_company else "",
            "family_name": "" if is_company else family,
            "given_name": "" if is_company else self.chance.choice(self.words.given),
            "street": f"ul. {self.chance.choice(STREETS)}",
            "building": str(self.chance.randrange(1, 140)),
            "postcode": postcode,
            "town": town,
        }
        party_id, name = self.store.parties.next_id(), _shown(sender)
        kind = Party.Kind.ORGANIZATION if is_company else Party.Kind.PERSON
        self.store.parties.add(id=party_id, kind=kind.value, name=name, folded=fold(name), **sender)
        self.senders.append((party_id, sender))
        return party_id, sender

    def _helper(self, matter: Matter) -> str:
        others = [unit for unit in self.staff.heads if unit != matter.unit]
        return self.chance.choice(others) if self.chance.random() < CO_OPERATES else ""

    def _case(
        self, matter: Matter, title: str, letter_id: int, party_id: int, person: Person | None, course: Course
    ) -> OpenedCase | None:
        if person is None or course.filed is None or not matter.makes_case:
            return None
        if self.chance.random() < JOINS_A_CASE and (standing := self.cases.standing(person, course.filed)):
            return standing
        drawn = (matter, title, letter_id, party_id)
        if self.chance.random() > BEGINS_A_CASE:
            return None
        return self.cases.open(*drawn, person, started=course.at, at=course.filed)

    def _write(self, letter: Drawn) -> None:
        channel = self.chance.choices(list(CHANNELS), weights=list(CHANNELS.values()))[0]
        is_paper, course = channel in (Channel.PAPER, Channel.COUNTER), letter.course
        is_copied = not is_paper or self.chance.random() > NOT_COPIED
        clerk = self.chance.choice(self.staff.desk)
        due_on = course.to_person and localdate(course.to_person) + timedelta(days=14)
        self.store.letters.add(
            id=letter.id,
            series=letter.number.series,
            year=letter.number.year,
            number=letter.number.number,
            identifier=letter.number.identifier,
            channel=channel.value,
            received_on=localdate(course.at),
            registered_at=course.at,
            registered_by_id=clerk.id if is_paper else None,
            seat=clerk.seat if is_paper else "",
            sender_name=_shown(letter.sender),
            sender_town=letter.sender["town"],
            kind=letter.matter.kind,
            title=letter.title,
            access=AccessLevel.PARTLY.value,
            attachments=self.chance.choice((0, 0, 1, 2)),
            fully_copied=is_copied,
            not_copied_reason="" if is_copied else "projekt w formacie większym niż A3",
            dcmi_type="Text",
            service_code=letter.matter.card,
            state=_state(course),
            unit=letter.unit,
            holder_id=letter.person.id if letter.person else None,
            due_on=due_on if self.chance.random() < 0.5 else None,
            case_id=letter.case.id if letter.case else None,
            plan_class_id=letter.matter.plan_class.pk if course.filed and not letter.case else None,
            filed_at=course.filed,
            audience=letter.audience,
        )

    def _write_parts(self, letter: Drawn) -> None:
        store, at = self.store, letter.course.at
        blob_id = store.blobs.next_id()
        digest = hashlib.sha256(f"bench {blob_id}".encode()).hexdigest()
        store.blobs.add(
            id=blob_id, sha256=digest, size=90_000, media_type="application/pdf", stored_at=at, wanted_at=at,
            text=letter.text, scan="unscanned",
        )  # fmt: skip
        store.senders.add(
            id=store.senders.next_id(), letter_id=letter.id, position=1, party_id=letter.party_id,
            **letter.sender,
        )  # fmt: skip
        store.files.add(
            id=store.files.next_id(), letter_id=letter.id, blob_id=blob_id, name="skan.pdf",
            role=LetterFile.Role.SCAN.value, added_at=at,
        )  # fmt: skip

    def _write_assignments(self, letter: Drawn) -> None:
        course, unit, rows = letter.course, letter.matter.unit, self.store.assignments
        if course.to_unit is None:
            return
        first, is_last = rows.next_id(), letter.person is None
        state = Assignment.State.ACTIVE if is_last else Assignment.State.REPLACED
        rows.add(
            id=first, letter_id=letter.id, from_unit=TOP, lead_unit=unit, made_at=course.to_unit,
            made_by_id=self.staff.starosta.id, state=state.value, ended_at=course.to_person,
        )  # fmt: skip
        if letter.person is None:
            return
        second = rows.next_id()
        rows.add(
            id=second, letter_id=letter.id, previous_id=first, from_unit=unit, lead_unit=unit,
            lead_person_id=letter.person.id, made_at=course.to_person, instruction="do załatwienia",
            made_by_id=self.staff.heads[unit].id, state=Assignment.State.ACTIVE.value,
        )  # fmt: skip
        if letter.helper:
            helpers = self.store.helpers
            helpers.add(id=helpers.next_id(), assignment_id=second, unit=letter.helper)

    def _write_history(self, letter: Drawn) -> None:
        course, matter, person = letter.course, letter.matter, letter.person
        clerk, head = self.staff.desk[0], self.staff.heads[matter.unit]
        said = {"number": str(letter.number), "title": letter.title}
        self._say(letter, "register", clerk, course.at, said)
        if course.to_unit:
            self._say(letter, "assign", self.staff.starosta, course.to_unit, {"unit": matter.unit})
        if person and course.to_person:
            self._say(letter, "assign", head, course.to_person, {"unit": matter.unit, "person": person.id})
        if person and course.filed and letter.case:
            self._say(letter, "file", person, course.filed, {"case": letter.case.mark})
        elif person and course.filed:
            self._say(letter, "file_without_case", person, course.filed, {"class": matter.plan_class.symbol})
        self.store.history.finish(letter.thing)

    def _say(self, letter: Drawn, verb: str, who: Person, at: datetime, data: Mapping[str, object]) -> None:
        said = {"post": who.post, **data}
        self.store.history.add(letter.thing, verb, by=who.id, name=who.name, at=at, data=said)


def working_moments(days: list[date], count: int, midnight: datetime) -> list[datetime]:
    """So many moments in the working hours of the days, one after another."""
    moments = []
    for place in range(count):
        day, within = divmod(place * len(days) / count, 1)
        start = midnight.replace(year=days[int(day)].year, month=days[int(day)].month, day=days[int(day)].day)
        moments.append(start + timedelta(hours=8 + 8 * within))
    return moments


def _state(course: Course) -> str:
    if course.filed:
        return Letter.State.FILED.value
    return Letter.State.ASSIGNED.value if course.to_unit else Letter.State.REGISTERED.value


def _shown(sender: dict[str, str]) -> str:
    return sender["organization"] or f"{sender['family_name']} {sender['given_name']}"


@cache
def _audience(unit: str, person_id: int | None, helper: str, of_case: tuple[str, ...]) -> list[str]:
    """Who sees such a letter, by the rules of the product itself."""
    return audience_of_letter(
        Letter(unit=unit),
        active=Assignment(lead_unit=unit, lead_person_id=person_id),
        cooperating=[CoAssignment(unit=helper)] if helper else [],
        case=Case(audience=list(of_case)) if of_case else None,
    )
