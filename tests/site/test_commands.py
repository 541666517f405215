"""What the commands do to the database, and what they refuse without doing it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.utils import timezone

from starostwo.audit import api as audit
from starostwo.office.api import Right, actor_for
from starostwo.office.models import Account, Office
from starostwo.records.models import PlanClass, PlanEdition
from starostwo.site.cli import main

pytestmark = pytest.mark.django_db


def _type(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def _create(capsys: pytest.CaptureFixture[str], login: str, *more: str) -> tuple[int, str, str]:
    names = ["--given-name", "Iga", "--family-name", "Żak"]
    return _type(capsys, "user", "create", login, *names, *more)


def test_the_first_administrator_of_an_empty_installation(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = _create(capsys, "i.zak", "--admin")

    account = Account.objects.get(login="i.zak")
    assert (code, err) == (0, "")
    assert account.check_password(out.splitlines()[0].rpartition(" ")[2])
    assert account.must_change_password
    assert actor_for(account, today=timezone.localdate()).may(Right.ADMIN)
    assert not Office.objects.get().is_demo
    assert audit.history(f"office.account:{account.pk}")[0].verb == "open_account"


def test_without_admin_an_account_has_no_rights(capsys: pytest.CaptureFixture[str]) -> None:
    assert _create(capsys, "i.zak")[0] == 0

    account = Account.objects.get(login="i.zak")
    assert actor_for(account, today=timezone.localdate()).rights == frozenset()


def test_a_locked_account_and_a_new_password(capsys: pytest.CaptureFixture[str]) -> None:
    first = _create(capsys, "i.zak")[1].splitlines()[0].rpartition(" ")[2]

    assert _type(capsys, "user", "reset", "i.zak")[0] == 0
    assert not Account.objects.get(login="i.zak").check_password(first)
    assert _type(capsys, "user", "lock", "i.zak")[0] == 0
    assert not Account.objects.get(login="i.zak").is_active


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["create", "i.zak"], "potrzebne są --given-name"),
        (
            ["create", "zajety", "--given-name", "Jan", "--family-name", "Kos"],
            "Login zajety ma już inna osoba",
        ),
        (["lock", "nie.ma"], "Nie ma konta pracownika nie.ma"),
        (["reset", "nie.ma"], "Nie ma konta pracownika nie.ma"),
    ],
)
def test_refusals_change_no_account(
    capsys: pytest.CaptureFixture[str], arguments: Sequence[str], said: str
) -> None:
    _create(capsys, "zajety")
    before = list(Account.objects.order_by("pk").values())

    code, out, err = _type(capsys, "user", *arguments)

    assert (code, out) == (1, "")
    assert said in err
    assert list(Account.objects.order_by("pk").values()) == before


def test_a_file_plan_is_imported_and_its_faults_are_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "jrwa.csv"
    file.write_text(
        "symbol;hasło;kategoria\n0;ZARZĄDZANIE;\n00;Organy;\n000;Rada;A\n001;Zarząd;A\n01;Inne;B5\n",
        encoding="utf-8",
    )

    code, out, err = _type(capsys, "import-jrwa", str(file), "--valid-from", "2026-01-01")

    assert (code, err) == (0, "")
    assert out == "Wczytano klas: 5\n"
    assert PlanEdition.objects.get().name == "jrwa"
    assert set(PlanClass.objects.values_list("symbol", flat=True)) == {"0", "00", "000", "001", "01"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("nie-ma.csv", None, "Nie można przeczytać pliku"),
        ("bez-klas.csv", "to nie jest wykaz\n", "nie ma wierszy z symbolami klas"),
        ("bez-kategorii.csv", "0;ZARZĄDZANIE;\n00;Organy;\n000;Rada powiatu;Z9\n", "wiersz 3, 000"),
    ],
)
def test_a_file_that_is_no_plan_changes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str | None, said: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")

    code, out, err = _type(capsys, "import-jrwa", str(tmp_path / name))

    assert (code, out) == (1, "")
    assert said in err
    assert not PlanEdition.objects.exists()


def test_an_untouched_history_is_confirmed(capsys: pytest.CaptureFixture[str]) -> None:
    _create(capsys, "i.zak")

    assert _type(capsys, "history", "verify") == (0, "Historia zgadza się w całości.\n", "")


def test_services_are_loaded_into_an_installation_once(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _type(capsys, "load-services")
    again = _type(capsys, "load-services")

    assert (code, out) == (0, "Nowe wersje formularzy: 28, nowe karty usług: 27\n")
    assert again[:2] == (0, "Nowe wersje formularzy: 0, nowe karty usług: 0\n")
