"""Every receipt given has its document and its row, whatever is killed and whenever.

Eight submitters send in parallel while web, worker and PostgreSQL are killed with -9 at random moments.
"""

import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.journeys.killing import PARTS, Office, Submitter, look, stored, wait_until_it_answers

SUBMITTERS = 8
SECONDS = 50
SEED = 20261123


@pytest.fixture
def office() -> Iterator[Office]:
    home = Path(tempfile.mkdtemp(prefix="st-kill-"))
    home.chmod(0o711)
    office = Office(home)
    try:
        office.open()
        wait_until_it_answers(office, within=60)
        yield office
    finally:
        office.close()
        shutil.rmtree(home, ignore_errors=True)


@pytest.mark.journey
def test_nothing_that_was_receipted_is_lost(office: Office) -> None:
    submitters = [Submitter(office, number, SEED + number) for number in range(SUBMITTERS)]
    for submitter in submitters:
        submitter.start()

    try:
        killed = _kill_for(office, submitters, seconds=SECONDS)
    finally:
        for submitter in submitters:
            submitter.ends.set()
    for submitter in submitters:
        submitter.join(30)
    wait_until_it_answers(office, within=60)
    sent = [each for submitter in submitters for each in submitter.sent]
    assert all(submitters[0].try_once(each) for each in sent if each.receipts), "a repeat is always answered"
    found = look(office)
    print(
        f"killed {dict(killed)}; sent {len(sent)}, receipted {sum(1 for each in sent if each.receipts)},"
        f" lost answers {sum(submitter.failures for submitter in submitters)}, letters {found.letters}"
    )

    assert set(killed) == set(PARTS)
    assert sum(killed.values()) >= len(PARTS) * 2
    for each in sent:
        if each.receipts:
            assert set(each.receipts) == {each.receipts[0]}, "one key, one receipt, byte for byte"
            assert len(each.locations) == 1
            digest, xml, document = found.receipts[each.key]
            assert (digest, xml) == (sha256(each.receipts[0]).hexdigest(), each.receipts[0])
            assert stored(office, document) == each.content
            assert document.encode() in xml
    assert found.numbers == list(range(1, found.letters + 1)), "neither gaps nor doubles"
    assert found.last_number == found.letters
    assert found.submissions == found.letters == len(found.receipts)
    for digest, size in found.blobs.items():
        assert len(stored(office, digest)) == size, "no referenced file is missing or short"


def _kill_for(office: Office, submitters: list[Submitter], *, seconds: float) -> Counter[str]:
    """Kill one part after another at random moments; each round waits until somebody got a receipt again."""
    chance = random.Random(SEED)
    killed: Counter[str] = Counter()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends or sum(killed.values()) < len(PARTS) * 2:
        part = min(PARTS, key=lambda each: (killed[each], chance.random()))
        before = _receipted(submitters)
        time.sleep(chance.uniform(0.05, 1.0))
        office.kill(part)
        killed[part] += 1
        patience = time.monotonic() + 40
        while _receipted(submitters) <= before and time.monotonic() < patience:
            office.revive()
            time.sleep(0.05)
        assert _receipted(submitters) > before, f"nothing is received after {part} was killed"
    return killed


def _receipted(submitters: list[Submitter]) -> int:
    return sum(len(each.receipts) for submitter in submitters for each in submitter.sent)
