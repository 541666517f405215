"""Applications of several people: for a mother, together with a neighbour, one taken down at the counter."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from starostwo.citizen import services as citizen
from starostwo.citizen.access import Guest
from starostwo.citizen.co_applicants import accept_signer, invite, name_co_applicant
from starostwo.citizen.cosigning import sign_by_login
from starostwo.citizen.counter import Scan, at_counter, begin_at_counter, register_at_counter
from starostwo.citizen.models import CoApplicant, Draft
from starostwo.citizen.powers import NewFile, enter_power
from starostwo.citizen.queries import draft_of
from starostwo.citizen.sending import send
from starostwo.files import api as files
from starostwo.office.api import Actor, actor_for
from starostwo.office.models import Account
from starostwo.procedures import api as procedures
from starostwo.site.demo.people import OFFICE, Cast

GENERAL, PERMIT, CAR = "pismo-ogolne", "pozwolenie-na-budowe", "rejestracja-pojazdu"
MOTHER = {"given_name": "Helena", "family_name": "Wrona", "street": "ul. Leśna 12 m. 4", "postcode": "95-100",
          "town": "Zgierz", "basis": "pelnomocnictwo", "scope": "ALL", "exemption": "wstepny"}  # fmt: skip
COMPANY = {"organisation": "Tartak Dąbrówka Sp. z o.o.", "number": "0000123456", "street": "ul. Tartaczna 1",
           "postcode": "95-100", "town": "Zgierz", "basis": "pelnomocnictwo", "scope": "KIND",
           "exemption": ""}  # fmt: skip
DESK = "z.mak"


def fill_applications(cast: Cast, *, now: datetime) -> None:
    """Send and begin them, each by its own person, during the last days."""
    piotr, maria, karol = (cast.residents[name] for name in ("piotr-wrona", "maria-zych", "karol-sum"))
    _for_somebody(piotr, MOTHER, {"w_imieniu": "innej_osoby", "mocodawca": "Helena Wrona"}, _days(now, 6))
    firm = {"w_imieniu": "podmiotu", "podmiot": COMPANY["organisation"]}
    _for_somebody(karol, COMPANY, firm, _days(now, 4))
    _together(maria, piotr, now=_days(now, 3), is_sent=True)
    _together(karol, piotr, now=_days(now, 1), is_sent=False)
    desk = actor_for(cast.staff[DESK], today=localdate(now))
    _taken_down(desk, "Prośba o naprawę chodnika przy ul. Szkolnej", _days(now, 2), is_registered=True)
    _taken_down(desk, "Pytanie o drogę dojazdową do pól", now, is_registered=False)


def _days(now: datetime, count: int) -> datetime:
    return now - timedelta(days=count)


def _for_somebody(
    resident: Account, lines: Mapping[str, str], acts: Mapping[str, str], moment: datetime
) -> None:
    """A letter sent in another's name, with the power of attorney."""
    actor = actor_for(resident, today=localdate(moment))
    answers = {"temat": "Zwrot nadpłaty za zajęcie pasa drogowego", "sposob_odbioru": "konto", **acts}
    draft = _begun(GENERAL, resident, actor, answers, moment)
    document = NewFile("pelnomocnictwo.txt", "Udzielam pełnomocnictwa ogólnego. (dokument pokazowy)".encode())
    enter_power(draft.pk, actor=actor, lines=lines, file=document, now=moment)
    _close(draft, actor, moment)
    _send(draft, actor, moment)


def _together(first: Account, second: Account, *, now: datetime, is_sent: bool) -> None:
    """An application of two: signed by both and sent, or waiting for the second one."""
    actor, other = (actor_for(each, today=localdate(now)) for each in (first, second))
    card = PERMIT if is_sent else CAR
    draft = _begun(card, first, actor, {"w_imieniu": "wlasnym"}, now)
    person = _named(draft, second, actor, now)
    for each in _documents(draft):
        text = f"{each} (dokument pokazowy)".encode()
        citizen.attach(draft.pk, actor=actor, name=f"{each}.txt", content=text, kind=each, now=now)
    _close(draft, actor, now)
    invite(draft.pk, person.pk, actor=actor, now=now)
    if is_sent:
        guest = Guest(pesel=second.pesel or "", is_proven=True)
        signed = sign_by_login(person.pk, actor=other, guest=guest, now=now + timedelta(hours=2))
        if signed.state != "SIGNED":
            accept_signer(draft.pk, person.pk, actor=actor, now=now + timedelta(hours=3))
        _send(draft, actor, now + timedelta(hours=4))


def _taken_down(desk: Actor, subject: str, moment: datetime, *, is_registered: bool) -> None:
    """What a clerk writes down for somebody without the Internet."""
    person = {"given_name": "Genowefa", "family_name": "Stara", "street": "ul. Szkolna 8",
              "postcode": "95-100", "town": "Zgierz"}  # fmt: skip
    today = localdate(moment)
    draft = begin_at_counter(GENERAL, actor=desk, person=person, identity="ID_CARD", now=moment, today=today)
    _answer(draft, desk, {"temat": subject, "w_imieniu": "wlasnym", "sposob_odbioru": "poczta"}, moment)
    if not is_registered:
        return
    _close(draft, desk, moment, written_by=desk.name)
    view = at_counter(draft.pk, desk)
    printed = view.draft.printout if view else None
    if printed is not None:
        with files.open_blob(printed.sha256) as file:
            scans = [Scan("skan-podpisany.pdf", file.read())]
        register_at_counter(draft.pk, actor=desk, scans=scans, now=moment)


def _begun(card: str, resident: Account, actor: Actor, answers: Mapping[str, str], moment: datetime) -> Draft:
    house = f"{resident.street} {resident.building}"
    known = {name: getattr(resident, name) or "" for name in ("given_name", "family_name", "pesel", "email",
                                                              "postcode", "town")}  # fmt: skip
    draft = citizen.begin(
        card, actor=actor, known={**known, "street": house}, now=moment, today=localdate(moment)
    )
    _answer(draft, actor, answers, moment)
    return draft


def _answer(draft: Draft, actor: Actor, answers: Mapping[str, str], moment: datetime) -> None:
    """Answer every step: what is known of the person, then what is given, else the sample of the form."""
    form = _form(draft)
    given: dict[str, Any] = procedures.sample_of(form) | draft.answers | dict(answers)
    for step in form.steps:
        citizen.answer(draft.pk, actor=actor, step=step.name, answers=given, now=moment)
    draft.refresh_from_db()


def _named(draft: Draft, person: Account, actor: Actor, moment: datetime) -> CoApplicant:
    lines = {"given_name": person.given_name, "family_name": person.family_name,
             "pesel": person.pesel or "", "email": person.email}  # fmt: skip
    return name_co_applicant(draft.pk, actor=actor, lines=lines, now=moment)


def _documents(draft: Draft) -> list[str]:
    return [each.name for each in procedures.Answered(_form(draft), draft.answers).documents if each.required]


def _form(draft: Draft) -> procedures.Definition:
    form = procedures.form(draft.form_code, draft.form_version)
    if form is None:
        raise LookupError(draft.form_code)
    return form


def _close(draft: Draft, actor: Actor, moment: datetime, *, written_by: str = "") -> None:
    citizen.close(
        draft.pk,
        actor=actor,
        addressee=OFFICE["name"],
        now=moment,
        today=localdate(moment),
        written_by=written_by,
    )


def _send(draft: Draft, actor: Actor, moment: datetime) -> None:
    view = draft_of(actor, draft.pk)
    if view is not None:
        send(view, actor=actor, now=moment)
