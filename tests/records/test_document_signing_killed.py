"""Signing under kill -9: each document is unsigned as before or signed with its file; no number is lost."""

import hashlib
import os
import random
import subprocess
import sys
import time

import pytest

from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.records.models import Document, SignedFile
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.testing import TODAY, at
from tests.records.document_makers import give_key, make_online_case, make_submitted

ROUNDS = 3
DOCUMENTS = 4


def signed_until_killed(address: str, documents: list[Document], *, count: int, seconds: float) -> set[int]:
    """Kill the process some time after so many signatures; return what it said was signed."""
    arguments = [str(office.ewa().pk), at(TODAY, 15).isoformat(), *(str(one.pk) for one in documents)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.records.signing_process", *arguments],
        env={**os.environ, "DATABASE_URL": address},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    said = [process.stdout.readline() for _ in range(count)]
    time.sleep(seconds)
    process.kill()
    rest, _ = process.communicate()
    return {int(line) for line in [*said, *rest.split()]}


def check(documents: list[Document], said: set[int]) -> None:
    for document in documents:
        document.refresh_from_db()
        signed = SignedFile.objects.filter(document=document).first()
        if signed is None:
            assert (document.state, document.number, document.mark) == ("IN_ACCEPTANCE", None, "")
            assert document.pk not in said
        else:
            assert document.state == "SIGNED"
            with files.open_blob(signed.sha256) as file:
                assert hashlib.sha256(file.read()).hexdigest() == signed.sha256


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 1")
def test_a_killed_signer_leaves_nothing_half_signed(committed_database: str) -> None:
    office.make_office()
    give_key(office.ewa())
    case = make_online_case()
    chance = random.Random(7)
    for count in range(ROUNDS):
        documents = [make_submitted(case=case, kind=Kind.LETTER) for _ in range(DOCUMENTS)]
        said = signed_until_killed(
            committed_database, documents, count=count, seconds=chance.uniform(0.01, 0.25)
        )
        check(documents, said)
    numbers = Document.objects.filter(case=case, state="SIGNED").order_by("number")
    assert list(numbers.values_list("number", flat=True)) == list(range(1, numbers.count() + 1))
    assert numbers.count() >= sum(range(ROUNDS))
