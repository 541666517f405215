"""Strangers: whoever may not see a thing gets the same 'nie znaleziono' as for a thing that does not exist.

Every address that leads to one case of the demonstration county, its letters, its documents, what was sent
and the draft it began with, is asked for by a case worker of the same unit who does not hold it, by the head
of another unit, by another resident and by nobody: by GET and POST, on screens and by programs.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.audit.models import Entry
from starostwo.citizen.models import Draft
from starostwo.intake.models import Due, Submission
from starostwo.intake.services.charging import Payer, charge
from starostwo.office import testing as office
from starostwo.office.models import Account, Right
from starostwo.office.services.tokens import make_token
from starostwo.records.models import CaseParty, ClockEntry, Dispatch, Letter, LetterFile
from tests.journeys.county import County
from tests.journeys.routes import Route, routes

pytestmark = pytest.mark.journey
ABSENT: dict[str, Any] = {
    "letter_id": 999_999,
    "file_id": 999_999,
    "document_id": 999_999,
    "dispatch_id": 999_999,
    "entry_id": 999_999,
    "access_id": 999_999,
    "mark": "OS.0000.999.2026",
    "reference": "OS.0000.999.2026",
    "submission_id": UUID(int=1),
    "draft_id": UUID(int=1),
    "due_id": UUID(int=1),
    "name": "sprawa",
    "part": "pismo",
    "kind": "pdf",
}
WORKERS = {
    "AB": ("j.kos", "l.sroka"),
    "GK": ("u.granica", "m.punkt"),
    "GN": ("a.nowak", "d.wrobel"),
    "KM": ("b.tablica", "y.kolo"),
    "OS": ("n.debska", "k.swierk"),
}
ABOUT = {
    "letter_id",
    "document_id",
    "dispatch_id",
    "mark",
    "reference",
    "submission_id",
    "draft_id",
    "due_id",
}
OPEN_BY_CODE = {"intake:submission", "intake:submission_upo"}  # asked for with the access code, by anybody


@pytest.fixture
def dispatch(county: County) -> Dispatch:
    """A letter of the office served on a resident's account, in a case with a letter of his."""
    letters = Letter.objects.filter(channel="ACCOUNT").values("case")
    found = Dispatch.objects.filter(channel="ACCOUNT", document__case__in=letters)
    found = found.filter(document__case__unit__in=WORKERS)
    return found.select_related("document__case__holder", "account").order_by("id")[0]


@pytest.fixture
def present(dispatch: Dispatch) -> dict[str, Any]:
    """The arguments that lead to the case and to what lies in it."""
    case = dispatch.document.case
    letter = Letter.objects.filter(case=case, channel="ACCOUNT").order_by("id")[0]
    draft = Draft.objects.create(
        account=dispatch.account, form_code="pismo-ogolne", form_version=1, title="Szkic",
        card_code="pismo-ogolne", started_at=now(), saved_at=now(),
    )  # fmt: skip
    entries = ClockEntry.objects.filter(case=case).values_list("id", flat=True)
    parties = CaseParty.objects.filter(case=case).values_list("id", flat=True)
    return ABSENT | {
        "letter_id": letter.pk,
        "file_id": LetterFile.objects.filter(letter=letter).order_by("id")[0].pk,
        "document_id": dispatch.document_id,
        "dispatch_id": dispatch.pk,
        "entry_id": next(iter([*entries, *parties])),
        "mark": case.mark,
        "reference": case.mark,
        "submission_id": Submission.objects.get(letter=letter).pk,
        "draft_id": draft.pk,
        "due_id": a_due(dispatch, letter).pk,
    }


def a_due(dispatch: Dispatch, letter: Letter) -> Due:
    """What the application of the case owes."""
    sent = Submission.objects.get(letter=letter)
    payer = Payer(dispatch.account_id, "mieszkaniec")
    [due] = charge(uuid4(), card_code="prawo-jazdy", answers={}, payer=payer, now=now(), submission=sent)
    return due


def about_the_case() -> list[Route]:
    return [
        route
        for route in routes()
        if route.arguments & ABOUT and route.arguments <= set(ABSENT) and route.name not in OPEN_BY_CODE
    ]


def seen(client: Client, method: str, address: str, **headers: str) -> tuple[int, str]:
    """What the answer shows: its number and its text without what differs with every answer."""
    answer = getattr(client, method)(address, headers=headers)
    body = b"" if answer.streaming else answer.content
    return answer.status_code, re.sub(r"[\w-]{40,}|next=\S+", "", body.decode("utf-8", "replace"))


def strangers(dispatch: Dispatch) -> Mapping[str, Account]:
    case = dispatch.document.case
    second = next(login for login in WORKERS[case.unit] if login != case.holder.login)
    another_head = "e.lis" if case.unit == "AB" else "a.lew"
    residents = Account.objects.filter(kind="RESIDENT").exclude(pk=dispatch.account_id)
    return {
        "a second case worker of the unit": Account.objects.get(login=second),
        "the head of another unit": Account.objects.get(login=another_head),
        "another resident": residents.order_by("id")[0],
    }


def test_who_may_see_it_sees_it(dispatch: Dispatch, present: dict[str, Any]) -> None:
    owner, holder = office.client_of(dispatch.account), office.client_of(dispatch.document.case.holder)
    addresses = {route.name: route.address(present) for route in about_the_case()}
    for name in ("citizen:case", "citizen:letter", "citizen:receipt", "citizen:letter_file"):
        assert seen(owner, "get", addresses[name] or "")[0] == 200, name
    for name in (
        "records:case",
        "records:letter",
        "records:document",
        "records:sheet",
        "records:letter_file",
    ):
        assert seen(holder, "get", addresses[name] or "")[0] == 200, name


def test_strangers_learn_nothing(dispatch: Dispatch, present: dict[str, Any]) -> None:
    asked = 0
    for who, account in strangers(dispatch).items():
        client = office.client_of(account)
        theirs = Entry.objects.filter(actor=f"account:{account.pk}")
        before = theirs.count()
        for route in about_the_case():
            for method in ("get", "post"):
                there, nowhere = route.address(present), route.address(ABSENT)
                assert there
                assert nowhere
                status, text = seen(client, method, there)
                assert (status, text) == seen(client, method, nowhere), f"{who}: {method} {there}"
                refused = {401, 405} if there.startswith("/api/") else {404, 405}
                assert status in refused, f"{who}: {method} {there}"
                asked += 1
        assert theirs.count() == before, f"{who} changed something"
    assert asked > 200


def test_nobody_is_sent_to_the_log_in_whatever_exists(present: dict[str, Any]) -> None:
    client = Client()
    for route in about_the_case():
        for arguments in (present, ABSENT):
            address = route.address(arguments)
            assert address
            answer = client.get(address)
            if address.startswith("/api/"):
                assert answer.status_code == 401, address
            else:
                assert answer.status_code in {302, 405}, address
                if answer.status_code == 302:
                    assert "/logowanie/" in answer["Location"], address


def test_programs_of_strangers_learn_nothing(dispatch: Dispatch, present: dict[str, Any]) -> None:
    mark = present["mark"]
    for who, account in strangers(dispatch).items():
        if account.kind != "STAFF":
            continue
        actor = office.actor(account)
        ends = localdate() + timedelta(days=1)
        _, secret = make_token(actor, name="obcy", scope=[Right.HANDLE], expires_on=ends, now=now())
        pass_on = {"Authorization": f"Bearer {secret}"}
        client = Client()
        there = seen(client, "get", f"/api/records/cases/{mark}", **pass_on)
        assert there == seen(client, "get", f"/api/records/cases/{ABSENT['mark']}", **pass_on), who
        assert there[0] == 404
        for listed in ("letters", "cases", "search?q=" + mark):
            status, text = seen(client, "get", f"/api/records/{listed}", **pass_on)
            assert status == 200, listed
            assert mark not in text, f"{who} finds the case in {listed}"
    status, text = seen(Client(), "get", f"/api/esp/submissions/{present['submission_id']}")
    assert (status, text) == seen(Client(), "get", f"/api/esp/submissions/{ABSENT['submission_id']}")
