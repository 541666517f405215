"""The register of incoming letters: who registers, what is written, and what cannot be undone."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.records.models import Letter, LetterSender, NumberSeries, Party
from starostwo.records.rules.metadata import Channel, NotAPartialDate, Sender
from starostwo.records.services import letters
from starostwo.records.testing import NOW, TODAY, at, make_case, make_letter, received

pytestmark = pytest.mark.django_db


@pytest.mark.law("rozp. PRM 18.01.2011 par. 12")
def test_numbers_follow_each_other_and_start_anew_each_year() -> None:
    made = [
        make_letter(on=date(2026, 12, 31)),
        make_letter(on=date(2026, 12, 31)),
        make_letter(on=date(2027, 1, 4)),
    ]
    assert [letter.shown_number for letter in made] == ["RPW/1/2026", "RPW/2/2026", "RPW/1/2027"]
    assert [letter.identifier for letter in made] == ["RPW-1-2026", "RPW-2-2026", "RPW-1-2027"]


def test_a_letter_received_last_year_takes_a_number_of_the_year_of_its_registration() -> None:
    office.starosta()
    letter = letters.register_incoming(
        actor=office.actor(office.clerk()),
        received=received(on=date(2026, 12, 31)),
        channel=Channel.PAPER,
        today=date(2027, 1, 4),
        now=at(date(2027, 1, 4)),
    )
    assert (letter.shown_number, letter.received_on) == ("RPW/1/2027", date(2026, 12, 31))


def test_the_mail_desk_registers_a_paper_letter() -> None:
    letter = make_letter(kind="wniosek", sender_reference="GN-5", letter_date="2026-03")
    assert (letter.title, letter.kind, letter.sender_name) == (
        "Wniosek o wypis z rejestru gruntów",
        "wniosek",
        "Wrona Piotr",
    )
    assert (letter.state, letter.unit, letter.holder_id) == (Letter.State.REGISTERED, "GN", None)
    assert letter.audience == ["head:GN", "role:COORDINATE", "role:INSPECT", "role:REGISTER"]
    assert [(one.verb, one.actor_name) for one in audit.history(str(letter))] == [("register", "Zofia Mak")]
    assert LetterSender.objects.get(letter=letter).town == "Zgierz"


def test_the_submission_box_registers_without_a_person_for_the_top_of_the_office() -> None:
    office.starosta()
    letter = letters.register_incoming(
        actor=None,
        received=received(),
        channel=Channel.ESP,
        resident_account_id=office.piotr().pk,
        today=TODAY,
        now=NOW,
    )
    assert letter.unit == "ST"
    assert [one.actor for one in audit.history(str(letter))] == ["program:esp"]
    assert Party.objects.get(account=office.piotr()).name == "Wrona Piotr"


def test_the_same_key_gives_the_first_letter_again_and_takes_no_number() -> None:
    first, again = make_letter(key="esp:1:a"), make_letter("co innego", key="esp:1:a")
    assert again.pk == first.pk
    assert make_letter().number == 2


def test_the_same_sender_is_one_party_in_the_directory() -> None:
    make_letter()
    make_letter()
    assert Party.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": "  "}, letters.CannotRegister),
        ({"on": date(2026, 3, 11)}, letters.CannotRegister),
        ({"letter_date": "2026-02-30"}, NotAPartialDate),
    ],
)
def test_a_refused_letter_takes_no_number(changes: dict[str, object], refusal: type[Exception]) -> None:
    office.starosta()
    with pytest.raises(refusal):
        letters.register_incoming(
            actor=office.actor(office.clerk()),
            received=received(**changes),  # type: ignore[arg-type]
            channel=Channel.PAPER,
            today=TODAY,
            now=NOW,
        )
    assert not Letter.objects.exists()
    assert not NumberSeries.objects.exists()


def test_only_the_mail_desk_registers() -> None:
    office.starosta()
    with pytest.raises(letters.CannotRegister):
        letters.register_incoming(
            actor=office.actor(office.anna()),
            received=received(),
            channel=Channel.PAPER,
            today=TODAY,
            now=NOW,
        )
    assert not Letter.objects.exists()


@pytest.mark.law("rozp. MSWiA 30.10.2006 zał. A")
def test_completing_metadata_says_what_was_and_what_is() -> None:
    letter = make_letter()
    changed = letters.complete_metadata(
        letter.pk,
        actor=office.actor(office.clerk()),
        received=received("Wniosek o wyrys", sender=Sender(organization="Budex sp. z o.o.", town="Łódź")),
        now=NOW,
    )
    letter.refresh_from_db()
    assert changed == ["title", "senders"]
    assert (letter.title, letter.sender_name, letter.sender_town) == (
        "Wniosek o wyrys",
        "Budex sp. z o.o.",
        "Łódź",
    )
    line = audit.history(str(letter))[-1]
    assert line.payload["changed"] == {"title": ["Wniosek o wypis z rejestru gruntów", "Wniosek o wyrys"]}
    assert line.payload["senders"][0][0]["family_name"] == "Wrona"


def test_completing_nothing_writes_no_history() -> None:
    letter = make_letter()
    assert (
        letters.complete_metadata(letter.pk, actor=office.actor(office.clerk()), received=received(), now=NOW)
        == []
    )
    assert len(audit.history(str(letter))) == 1


def test_a_stranger_completes_nothing() -> None:
    letter = make_letter()
    with pytest.raises(letters.CannotComplete):
        letters.complete_metadata(
            letter.pk, actor=office.actor(office.jan()), received=received("inny"), now=NOW
        )
    letter.refresh_from_db()
    assert letter.title == "Wniosek o wypis z rejestru gruntów"


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 1")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", 7),
        ("year", 2025),
        ("identifier", "x"),
        ("received_on", date(2026, 1, 1)),
        ("channel", "EMAIL"),
        ("registered_at", at(TODAY, 5)),
    ],
)
def test_the_database_keeps_what_was_received(field: str, value: object) -> None:
    letter = make_letter()
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**{field: value})


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 3")
def test_the_database_deletes_no_letter() -> None:
    letter = make_letter()
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk)._raw_delete("default")
    assert Letter.objects.filter(pk=letter.pk).exists()


def test_the_database_skips_no_number() -> None:
    letter = make_letter()
    values = {
        name.attname: getattr(letter, name.attname)
        for name in Letter._meta.concrete_fields
        if name.name != "id"
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.create(**values | {"number": 3, "identifier": "RPW-3-2026"})


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 2")
def test_the_database_changes_no_letter_of_a_closed_case() -> None:
    case = make_case()
    letter = Letter.objects.get(case=case)
    Letter.objects.filter(pk=letter.pk).update(title="jeszcze można")
    type(case).objects.filter(pk=case.pk).update(state="CLOSED", closed_on=TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(title="już nie")
