"""Whose draft it is: the one who began it reads it, and of his drafts the one that he asked for."""

from datetime import UTC, datetime

import pytest

from starostwo.citizen import access
from starostwo.citizen.models import Draft, DraftFile
from starostwo.files.testing import stored
from starostwo.office import testing as office
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def draft(account: Account, title: str) -> tuple[Draft, DraftFile]:
    made = Draft.objects.create(
        account=account,
        card_code="pismo-ogolne",
        form_code="pismo-ogolne",
        form_version=1,
        title=title,
        started_at=NOW,
        saved_at=NOW,
    )
    return made, DraftFile.objects.create(draft=made, blob=stored(title.encode()), name="a.txt", added_at=NOW)


def test_a_draft_and_its_files_are_for_who_began_it() -> None:
    (first, first_file), (second, second_file) = draft(office.piotr(), "1"), draft(office.piotr(), "2")
    (others, _) = draft(office.maria(), "3")
    piotr = office.actor(office.piotr())

    assert set(access.visible_drafts(piotr)) == {first, second}
    assert [access.visible_draft(piotr, one.pk) for one in (first, second, others)] == [first, second, None]
    assert [list(access.visible_draft_files(piotr, one.pk)) for one in (first, second, others)] == [
        [first_file],
        [second_file],
        [],
    ]
