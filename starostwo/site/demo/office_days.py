"""The demonstration's working days: letters come in, are assigned, become cases, are answered and served.

Everything goes through the services, by chance with a seed, in the order of time; what would happen after
today has not happened, so that letters and cases stand in every state.
"""

import random
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from starostwo.office.actor import Actor, actor_for
from starostwo.records import api as records
from starostwo.records.models import Case, Letter
from starostwo.records.queries.lists import open_cases
from starostwo.records.rules.assignment import Target
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.rules.information import CARD
from starostwo.records.services.assignments import assign, return_letter
from starostwo.records.services.cases import attach_to_case, open_case
from starostwo.records.services.letters import file_without_case
from starostwo.site.demo.case_course import Course, course_of
from starostwo.site.demo.events import Calendar
from starostwo.site.demo.information import InformationCourse, Requests
from starostwo.site.demo.people import Cast, rows
from starostwo.site.demo.post_office import Senders, by_account

DAYS = 80
SEATS = {"z.mak": "SADOWA", "k.pawlik": "DLUGA", "e.jasna": "OZORKOW", "r.dudek": "GLOWNO"}
STARTED_AS_CASE = 0.42
ATTACHED = 0.06
ELECTRONIC = 0.12
SENT_BACK = 0.04
SHOWN_UNIT = "GN"


@dataclass(frozen=True)
class Stage:
    """How much happens: letters over all days, and vouchers of the year before in the books."""

    letters: int
    vouchers: int = 0


STAGES = {"morning": Stage(60), "office": Stage(400), "year-end": Stage(1600),
          "year": Stage(400, 30_000)}  # fmt: skip


class Office:
    """The people of the demonstration at work."""

    def __init__(self, cast: Cast, calendar: Calendar) -> None:
        self.cast = cast
        self.calendar = calendar
        self.chance = calendar.chance
        self.matters = list(rows("matters.csv"))
        self.mail = list(rows("mail.csv"))
        self.senders = Senders(cast, self.chance)
        people = list(rows("people.csv"))
        self.heads = {row["unit"]: row["login"] for row in people if row["is_head"] == "1"}
        self.workers: dict[str, list[str]] = {}
        for row in people:
            if row["profile"] in ("worker", "head", "treasury", "accountant"):
                self.workers.setdefault(row["unit"], []).append(row["login"])

    def actor(self, login: str, moment: datetime) -> Actor:
        """A member of staff as he acts on that day."""
        return actor_for(self.cast.staff[login], today=localdate(moment))

    def plan_letters(self, count: int, first: datetime) -> None:
        """Put the arrival of all letters on the calendar, spread over the working hours."""
        span = (self.calendar.until - first).total_seconds()
        for _ in range(count):
            moment = first + timedelta(seconds=self.chance.uniform(0, span))
            self.calendar.at(self.calendar.office_hour(moment), self.letter_comes)

    def plan_shown_letter(self, first: datetime) -> None:
        """In every stage one application by account is answered and served, whatever chance draws."""
        self.calendar.at(self.calendar.office_hour(first + timedelta(days=1)), self.shown_letter_comes)

    def shown_letter_comes(self, moment: datetime) -> None:
        """It comes in like any other; the next day its case is opened."""
        matter = next(row for row in self.matters if row["unit"] == SHOWN_UNIT and row["answer"])
        title = matter["title"].format(n="17")
        letter_id = by_account(self.cast, self.chance, card=matter["card"], title=title, moment=moment)
        self.calendar.after(moment, 1, lambda at: self.shown_case(letter_id, matter, at))

    def shown_case(self, letter_id: int, matter: dict[str, str], moment: datetime) -> None:
        """A worker of the unit gets it, opens a case and answers it straight on."""
        head = self.heads[SHOWN_UNIT]
        worker = next(login for login in self.workers[SHOWN_UNIT] if login != head)
        if Letter.objects.values_list("unit", flat=True).get(pk=letter_id) != SHOWN_UNIT:
            self._assign(letter_id, "t.sokol", Target(unit=SHOWN_UNIT), moment)
        self._assign(letter_id, head, Target(account_id=self.cast.staff[worker].pk), moment)
        actor, today = self.actor(worker, moment), localdate(moment)
        case = open_case(
            letter_id, actor=actor, class_symbol=matter["class"], title="", today=today, now=moment
        )
        Course(case.pk, worker, head, Kind(matter["answer"])).begin(self, moment)

    def letter_comes(self, moment: datetime) -> None:
        """A letter is registered at one of the desks, or comes in through the box."""
        is_matter = self.chance.random() < 0.7
        matter = self.chance.choice(self.matters if is_matter else self.mail)
        title = matter["title"].format(n=f"{self.chance.randrange(1, 999)}")
        if is_matter and self.chance.random() < ELECTRONIC:
            letter_id = by_account(self.cast, self.chance, card=matter["card"], title=title, moment=moment)
        else:
            letter_id = self._registered(matter, title, moment)
        self.calendar.after(
            moment, self.chance.uniform(0, 2), lambda at: self.sent_to_unit(letter_id, matter, at)
        )

    def sent_to_unit(self, letter_id: int, matter: dict[str, str], moment: datetime) -> None:
        """The starosta gives it to a unit; what its service card names is there already."""
        if Letter.objects.values_list("unit", flat=True).get(pk=letter_id) != matter["unit"]:
            self._assign(letter_id, "t.sokol", Target(unit=matter["unit"]), moment)
        later = self.chance.uniform(0.1, 1.5)
        self.calendar.after(moment, later, lambda at: self.given_to_person(letter_id, matter, at))

    def given_to_person(self, letter_id: int, matter: dict[str, str], moment: datetime) -> None:
        """The head of the unit gives it to a person; now and then it comes back first."""
        head, workers = self.heads[matter["unit"]], self.workers[matter["unit"]]
        worker = self.chance.choice(workers)
        if self.chance.random() < SENT_BACK and worker != head:
            self._sent_back(letter_id, head, worker, moment)
            worker = head
        due = None if self.chance.random() < 0.5 else localdate(moment) + timedelta(days=14)
        target = Target(account_id=self.cast.staff[worker].pk)
        self._assign(letter_id, head, target, moment, instruction="proszę załatwić", due_on=due)
        later = self.chance.uniform(0.2, 2)
        self.calendar.after(moment, later, lambda at: self.taken_up(letter_id, worker, matter, at))

    def taken_up(self, letter_id: int, worker: str, matter: dict[str, str], moment: datetime) -> None:
        """The case worker opens a case, adds the letter to one, or puts it into a class alone."""
        actor = self.actor(worker, moment)
        today, drawn = localdate(moment), self.chance.random()
        standing = open_cases(actor).order_by("-id").first() if drawn < ATTACHED else None
        if standing is not None:
            attach_to_case(letter_id, actor=actor, mark=standing.mark, today=today, now=moment)
        elif drawn < ATTACHED + STARTED_AS_CASE / 0.7 and "answer" in matter:
            case = open_case(
                letter_id,
                actor=actor,
                class_symbol=matter["class"],
                title="",
                is_information=matter["card"] == CARD,
                today=today,
                now=moment,
            )
            self._follow(case, worker, matter, moment)
        else:
            file_without_case(letter_id, actor=actor, class_symbol=matter["class"], today=today, now=moment)

    def _registered(self, matter: dict[str, str], title: str, moment: datetime) -> int:
        login = self.chance.choice(list(SEATS))
        is_whole = self.chance.random() > 0.05
        received = records.Received(
            title=title,
            received_on=localdate(moment),
            senders=(self.senders.somebody(),),
            kind=matter["kind"],
            attachments=self.chance.choice((0, 0, 1, 2, 3)),
            fully_copied=is_whole,
            not_copied_reason="" if is_whole else "projekt budowlany w formacie większym niż A3",
            service_code=matter.get("card", ""),
            delivery_way="list zwykły",
        )
        letter = records.register_incoming(
            actor=self.actor(login, moment),
            received=received,
            channel=records.Channel.PAPER,
            seat=SEATS[login],
            today=localdate(moment),
            now=moment,
        )
        return letter.pk

    def _assign(
        self,
        letter_id: int,
        by: str,
        lead: Target,
        moment: datetime,
        *,
        instruction: str = "",
        due_on: date | None = None,
    ) -> None:
        assign(
            [letter_id],
            actor=self.actor(by, moment),
            lead=lead,
            instruction=instruction,
            due_on=due_on,
            today=localdate(moment),
            now=moment,
        )

    def _sent_back(self, letter_id: int, head: str, worker: str, moment: datetime) -> None:
        """A wrong assignment: the worker returns the letter with a reason."""
        self._assign(
            letter_id,
            head,
            Target(account_id=self.cast.staff[worker].pk),
            moment,
            instruction="do załatwienia",
        )
        actor = self.actor(worker, moment)
        reason = "sprawa należy do innego stanowiska"
        return_letter(letter_id, actor=actor, reason=reason, today=localdate(moment), now=moment)

    def _follow(self, case: Case, worker: str, matter: dict[str, str], moment: datetime) -> None:
        head, drawn = self.heads[case.unit], self.chance.random()
        if matter["card"] == CARD:
            InformationCourse(case.pk, worker, head, Kind.LETTER).begin(self, moment)
        else:
            course_of(drawn, case.pk, worker, head, matter["answer"]).begin(self, moment)


def play(cast: Cast, *, stage: str, seed: int, now: datetime, tell: Callable[[int, int], None]) -> None:
    """Play the office's last months until now; `tell` hears how many of how many days have passed."""
    calendar = Calendar(until=now, chance=random.Random(seed))  # noqa: S311  a play, not a secret
    office = Office(cast, calendar)
    first = now - timedelta(days=DAYS)
    office.plan_shown_letter(first)
    Requests(office, office.senders).plan(first)
    office.plan_letters(STAGES[stage].letters, first)
    passed = _progress(first, tell)
    next(passed)
    calendar.run(lambda moment: passed.send(moment))


def _progress(first: datetime, tell: Callable[[int, int], None]) -> Generator[None, datetime, None]:
    """A coroutine that hears the moments and tells each new day once."""
    last = -1
    while True:
        moment = yield
        day = (moment - first).days
        if day > last:
            last = day
            tell(min(day, DAYS), DAYS)
