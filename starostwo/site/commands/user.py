"""`starostwo user`: the first account of an installation, and help for one who is locked out."""

from argparse import Namespace
from datetime import date

from django.conf import settings
from django.utils import timezone

from starostwo.office.models import Account, Office, Right
from starostwo.office.queries.structure import unit
from starostwo.office.services.accounts import give_new_password, lock_account, open_staff_account
from starostwo.office.services.refusal import Refusal
from starostwo.office.services.second_factor import remove_factor
from starostwo.office.services.setting_up import set_up_office
from starostwo.office.services.structure import open_post, open_unit, take_post
from starostwo.site import data_folder
from starostwo.site.commands import CannotCarryOut
from starostwo.site.operator import operator

ADMINISTRATION = "INF"


def carry_out(options: Namespace) -> None:
    """Create, lock or renew an account of staff."""
    own = settings.OWN_CLUSTER if settings.USES_OWN_CLUSTER else None
    with data_folder.with_database(settings.DATA_DIR, own):
        try:
            {"create": _create, "lock": _lock, "reset": _reset}[options.what](options)
        except Refusal as refusal:
            raise CannotCarryOut(str(refusal)) from refusal


def _create(options: Namespace) -> None:
    if not options.given_name or not options.family_name:
        raise CannotCarryOut("Przy zakładaniu konta potrzebne są --given-name i --family-name")
    account, password = open_staff_account(
        operator(), login=options.login, given_name=options.given_name, family_name=options.family_name,
        email=options.email,
    )  # fmt: skip
    if options.admin:
        _make_administrator(account, today=timezone.localdate())
    _print_password(options.login, password)


def _make_administrator(account: Account, *, today: date) -> None:
    """In an empty installation the office and its first unit are opened too."""
    if not Office.objects.exists():
        set_up_office(operator(), is_demo=False, lines={"name": "Starostwo Powiatowe"})
    if unit(ADMINISTRATION, on=today) is None:
        open_unit(operator(), symbol=ADMINISTRATION, name="Informatyka", parent=None, valid_from=today)
    title, rights = f"administrator systemu ({account.login})", [Right.ADMIN]
    post = open_post(operator(), unit=ADMINISTRATION, title=title, rights=rights, valid_from=today)
    take_post(operator(), post_id=post.pk, account_id=account.pk, valid_from=today)


def _lock(options: Namespace) -> None:
    lock_account(operator(), account_id=_account(options.login).pk, now=timezone.now())
    print(f"Konto {options.login} jest zablokowane, jego sesje zakończone.")


def _reset(options: Namespace) -> None:
    account = _account(options.login)
    password = give_new_password(operator(), account_id=account.pk, now=timezone.now())
    remove_factor(operator(), account_id=account.pk)
    _print_password(options.login, password)


def _account(login: str) -> Account:
    found = Account.objects.filter(login=login, kind=Account.Kind.STAFF).first()
    if found is None:
        raise CannotCarryOut(f"Nie ma konta pracownika {login}")
    return found


def _print_password(login: str, password: str) -> None:
    print(f"Hasło na jedno logowanie dla {login}: {password}")
    print("Przy pierwszym logowaniu pracownik ustala własne hasło i drugi składnik.")
