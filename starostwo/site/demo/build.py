"""Builds the demonstration county through the services, by seed: the largest integration test there is."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from starostwo.office.api import actor_for
from starostwo.office.demonstration import PASSWORD, SECRET
from starostwo.office.models import Account, Office
from starostwo.procedures import api as procedures
from starostwo.procedures.building import begin_version
from starostwo.records.plan_import import read_plan
from starostwo.records.services.plan import import_plan
from starostwo.site.demo.applications import fill_applications
from starostwo.site.demo.assets import fill_assets
from starostwo.site.demo.assets_in_use import live_with_assets
from starostwo.site.demo.bank import fill_bank
from starostwo.site.demo.bulletin import fill_bulletin
from starostwo.site.demo.county_site import fill
from starostwo.site.demo.finance import fill_books
from starostwo.site.demo.finance_reports import fill_reports
from starostwo.site.demo.invoices import fill_invoices
from starostwo.site.demo.network import wire
from starostwo.site.demo.network_watch import watch_the_network
from starostwo.site.demo.office_days import DAYS, STAGES, play
from starostwo.site.demo.payments import count_in_cases, name_accounts, settle_dues
from starostwo.site.demo.people import DATA, SINCE, Cast, give_keys, rows, set_up
from starostwo.site.demo.places import furnish
from starostwo.site.demo.receivables import fill_receivables
from starostwo.site.demo.stocktaking import count_assets
from starostwo.site.demo.telephony import connect_phones
from starostwo.site.demo.telephony_calls import talk_for_a_month
from starostwo.site.demo.telephony_devices import set_desk_phones
from starostwo.site.demo.visits import book_visits, open_places
from starostwo.site.demo.worked_year import work_last_year

SEED = 7
PLAN_NAME = "wykaz demonstracyjny"
SHOWN_LOG_INS = (
    "z.mak",
    "e.lis",
    "a.nowak",
    "t.sokol",
    "b.tablica",
    "w.kania",
    "p.cis",
    "d.lotos",
    "n.widok",
    "w.grosz",
    "m.zareba",
    "g.ksiega",
    "k.saldo",
    "r.regal",
    "w.kabel",
    "o.bak",
)
Tell = Callable[[str], None]


class AlreadyBuilt(Exception):
    """The data folder holds an office already; a demonstration is built only into an empty one."""


def build(*, now: datetime, stage: str = "office", seed: int = SEED, tell: Tell = print) -> None:
    """Build the county as it stands at `now`, with the letters and cases of the last months."""
    if Office.objects.exists():
        raise AlreadyBuilt("Ten folder danych zawiera już urząd; powiat pokazowy zakłada się w pustym.")
    today, began = localdate(now), now - timedelta(days=DAYS + 10)
    tell("urząd, komórki, ludzie")
    cast = set_up(now=now, today=today)
    tell("budynki i pokoje")
    furnish()
    tell("klucze i certyfikaty testowe")
    give_keys(cast, now=began)
    tell("wykaz akt, karty usług, formularze")
    load_catalogues(now=began)
    name_accounts(cast, now=began)
    begin_version("karta-wedkarska", actor=actor_for(cast.staff["p.cis"], today=today), now=now)
    _letters_and_cases(cast, stage=stage, seed=seed, now=now, tell=tell)
    tell("opłaty")
    settle_dues(cast, now=now)
    count_in_cases(cast, now=now)
    tell("księgi rachunkowe")
    _books(cast, stage=stage, seed=seed, now=now, tell=tell)
    tell("sprawozdania")
    fill_reports(cast, now=now, seed=seed)
    tell("faktury")
    fill_invoices(cast, now=now, seed=seed)
    tell("bank i kasa")
    fill_bank(cast, now=now)
    tell("majątek")
    fill_assets(cast, now=now, seed=seed)
    count_assets(cast, now=now)
    live_with_assets(cast, now=now)
    tell("sieć, szafy, kable")
    wire(cast, now=now)
    watch_the_network(cast, now=now)
    tell("telefony")
    connect_phones(cast, now=now)
    talk_for_a_month(cast, now=now, seed=seed)
    set_desk_phones(cast, now=now)
    tell("należności")
    fill_receivables(cast, now=now, seed=seed)
    tell("wnioski w imieniu innych i wspólne, wnioski przy okienku")
    fill_applications(cast, now=now)
    tell("okienka i wizyty")
    book_visits(open_places(now=began), cast, now=now, seed=seed)
    tell("Biuletyn Informacji Publicznej")
    fill_bulletin(cast, now=now)
    tell("portal powiatu")
    fill(cast, now=now)


def _books(cast: Cast, *, stage: str, seed: int, now: datetime, tell: Tell) -> None:
    vouchers = STAGES[stage].vouchers
    before = work_last_year(cast, now=now, seed=seed, vouchers=vouchers, tell=tell) if vouchers else None
    fill_books(cast, now=now, seed=seed, after=before)


def welcome() -> list[str]:
    """What a newcomer is told: the log-ins of the demonstration, each with its post."""
    titles = {row["login"]: row["title"] for row in rows("people.csv")}
    posts = {
        account.login: f"{account.name:16} {titles[account.login or '']}"
        for account in Account.objects.filter(login__in=SHOWN_LOG_INS)
    }
    return [
        "Pracownicy: hasło dla wszystkich to " + PASSWORD,
        "Drugi składnik pokazuje strona logowania; klucz do aplikacji: " + SECRET,
        *(f"  {login:10} {posts[login]}" for login in SHOWN_LOG_INS if login in posts),
        "Mieszkańcy: „Zaloguj się” na stronie głównej, bez hasła (Piotr Wrona, Maria Zych i inni).",
    ]


def load_catalogues(*, now: datetime) -> None:
    report = read_plan((DATA / "plan.csv").read_bytes())
    import_plan(
        report.rows, actor=None, name=PLAN_NAME, source="z pamięci", is_demo=True, valid_from=SINCE, now=now
    )
    procedures.load_forms(actor="system", now=now)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=now)


def _letters_and_cases(cast: Cast, *, stage: str, seed: int, now: datetime, tell: Tell) -> None:
    shown = -1

    def passed(day: int, days: int) -> None:
        nonlocal shown
        if (percent := 10 * (10 * day // days)) > shown:
            shown = percent
            tell(f"{STAGES[stage].letters} pism i sprawy z nich: {percent} %")

    play(cast, stage=stage, seed=seed, now=now, tell=passed)
