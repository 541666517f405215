"""`python -m bench.clients WORK SECONDS`: one client that writes as fast as it is answered.

It says `ready`, waits for a line, works, prints its times as JSON, and waits for another line to leave.
"""

import io
import itertools
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime

import django

django.setup()

import psycopg  # noqa: E402  models are there only after setup
from django.utils import timezone  # noqa: E402

from bench.raw import RawLetter, RawSubmission  # noqa: E402
from starostwo.intake import api as intake  # noqa: E402
from starostwo.intake.models import Submission  # noqa: E402
from starostwo.office.actor import Actor, actor_for  # noqa: E402
from starostwo.office.models import Account  # noqa: E402
from starostwo.procedures import api as procedures  # noqa: E402
from starostwo.records import api as records  # noqa: E402
from starostwo.records.models import Letter  # noqa: E402
from starostwo.signatures import api as signatures  # noqa: E402
from starostwo.site import settings  # noqa: E402
from starostwo.treasury import testing as treasury  # noqa: E402
from starostwo.treasury.queries.invoices import proposal_of  # noqa: E402
from starostwo.treasury.rules.invoice_routing import Place  # noqa: E402
from starostwo.treasury.services import ksef_inbox  # noqa: E402

Work = Iterator[Callable[[], object]]
WARM_UP = 3
SIGNED_AT_MOST = 150
STREET = "ul. Leśna"


def main() -> None:
    """Work for as long as the command line says."""
    logging.disable(logging.WARNING)
    work, seconds = WORKS[sys.argv[1]](), float(sys.argv[2])
    for act in itertools.islice(work, WARM_UP):
        act()
    print("ready", flush=True)
    sys.stdin.readline()
    times, began = [], time.perf_counter()
    for act in work:
        start = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - start))
        if time.perf_counter() - began > seconds:
            break
    print(json.dumps({"times": times, "elapsed": time.perf_counter() - began}), flush=True)
    sys.stdin.readline()


def registering() -> Work:
    """A clerk of the mail desk registers letters, each of a new sender."""
    actor = actor_for(Account.objects.get(login="z.mak"), today=timezone.localdate())
    for turn in itertools.count():
        yield lambda turn=turn: register(actor, turn, timezone.localtime())  # type: ignore[misc]


def register(actor: Actor, turn: int, now: datetime) -> Letter:
    """Register one letter."""
    sender = records.Sender(
        family_name="Kowalska", given_name="Zofia", street=STREET, building=f"{time.time_ns()}"[-9:],
        postcode="95-100", town="Zgierz",
    )  # fmt: skip
    received = records.Received(
        title=f"Wniosek o wypis z rejestru gruntów, działka {turn}", received_on=now.date(), senders=[sender],
        kind="wniosek", attachments=1, delivery_way="list zwykły",
    )  # fmt: skip
    return records.register_incoming(
        actor=actor, received=received, channel=records.Channel.PAPER, seat="SADOWA",
        idempotency_key=f"bench:{time.time_ns()}", today=now.date(), now=now,
    )  # fmt: skip


def submitting() -> Work:
    """Residents send the form 'pismo ogólne' as XML without a signature."""
    for document in documents():
        yield lambda document=document: submit(document)  # type: ignore[misc]


def submitting_signed() -> Work:
    """Residents send the same form signed as XAdES; it was signed before, on their side."""
    key = signatures.staff_keys(Account.objects.filter(kind=Account.Kind.RESIDENT).earliest("pk").pk)[0]
    now = timezone.now()
    made = [
        signatures.sign_xml(one, key=key, at=now) for one in itertools.islice(documents(), SIGNED_AT_MOST)
    ]
    for document in made:
        yield lambda document=document: submit(document)  # type: ignore[misc]


def documents() -> Iterator[bytes]:
    """Filled forms, each different."""
    form = procedures.form("pismo-ogolne")
    if form is None:
        raise LookupError("pismo-ogolne")
    person = procedures.Sender(
        given_name="Zofia",
        family_name="Łęcka",
        street=f"{STREET} 4",
        postcode="95-100",
        town="Zgierz",
        email="zofia@example.pl",
    )
    answers = {"rodzaj": "wniosek", "w_imieniu": "wlasnym", "sposob_odbioru": "konto"}
    answers |= {field.name: getattr(person, field.sender) for field in form.fields if field.sender}
    for turn in itertools.count():
        said = {
            "temat": f"Wypis z rejestru gruntów, działka {turn}",
            "tresc": f"Proszę o wypis. {time.time_ns()}",
        }
        yield procedures.to_xml(
            form, answers | said, sender=person, addressee="Starostwo", made_on=timezone.localdate()
        )


def submit(document: bytes) -> intake.Receipt:
    """Send one document to the submission box; the receipt is sealed and committed when this returns."""
    origin = intake.From(sender=intake.Sender(), access_address="192.0.2.7")
    upload = intake.Upload("pismo-ogolne.xml", io.BytesIO(document))
    return intake.submit(document=upload, origin=origin, now=timezone.now())


def taking_invoices() -> Work:
    """The inbox takes invoices that name a unit, and proposes how they are posted."""
    places, today = ksef_inbox.places_of_units(), timezone.localdate()
    for turn in itertools.count():
        now = timezone.now()
        name = f"{time.time_ns()}"
        content = treasury.invoice_xml(f"FV {name}", net=100_00 + turn, issued_on=today)
        yield lambda c=content, n=name, t=now: take_invoice(c, n, t, places)  # type: ignore[misc]


def take_invoice(content: bytes, name: str, now: datetime, places: list[Place]) -> None:
    """Take one invoice and match it with what was posted for its seller."""
    kept = ksef_inbox.take_in(content, ksef_number=name[:40], now=now, places=places)
    if kept is None or kept.unit is None:
        raise LookupError("an invoice was not routed")
    proposal_of(kept)


def raw_registering() -> Work:
    """PostgreSQL alone, the rows of the last letter that the mail desk registered."""
    last = Letter.objects.filter(channel="PAPER", idempotency_key__startswith="bench:").latest("pk")
    raw = RawLetter(_connection(), last.pk)
    yield from itertools.repeat(raw.write)


def raw_submitting() -> Work:
    """PostgreSQL alone, the rows of the last submission."""
    last = Submission.objects.filter(idempotency_key=None).latest("received_at")
    if last.letter_id is None:
        raise LookupError("no submission")
    yield from itertools.repeat(RawSubmission(_connection(), last.letter_id).write)


def _connection() -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(settings.OWN_CLUSTER.url(), autocommit=True)


WORKS: dict[str, Callable[[], Work]] = {
    "register": registering,
    "submit": submitting,
    "submit-signed": submitting_signed,
    "invoices": taking_invoices,
    "raw-register": raw_registering,
    "raw-submit": raw_submitting,
}

if __name__ == "__main__":
    main()
