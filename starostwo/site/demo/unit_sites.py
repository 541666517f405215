"""Two units of the demonstration county with sites of their own: a school and a centre of help."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from starostwo.bulletin import api as bulletin
from starostwo.office.actor import Actor, actor_for
from starostwo.portal.models import Article, UnitSite
from starostwo.portal.rules.blocks import new
from starostwo.portal.services import articles, sites
from starostwo.site.demo.people import Cast

ADMINISTRATOR = "o.bak"
AROUND = ("slug", "name", "domain", "lead", "address", "phone", "email", "hours", "bip_url")
BEFORE = timedelta(hours=3)


def fill(cast: Cast, units: list[dict[str, Any]], *, now: datetime) -> None:
    """Set the sites up as the administrator, and fill each as its own editor."""
    today = localdate(now)
    administrator = actor_for(cast.staff[ADMINISTRATOR], today=today)
    for unit in units:
        values = {name: unit[name] for name in AROUND} | {"is_open": True}
        site = sites.set_up(None, values, actor=administrator, now=now - timedelta(days=70))
        account = cast.staff[unit["editor"]]
        sites.give_to(site, [account.pk], actor=administrator, now=now - timedelta(days=70))
        _write(site, unit, actor_for(account, today=today), now=now)


def _write(site: UnitSite, unit: dict[str, Any], editor: Actor, *, now: datetime) -> None:
    for kind, rows in ((Article.Kind.PAGE, unit["pages"]), (Article.Kind.NEWS, unit["news"])):
        for row in rows:
            moment = now - timedelta(days=row.get("days", 60))
            text = articles.Text(
                title=row["title"],
                summary=row["summary"],
                easy=row.get("easy", ""),
                blocks=[{**new(block["kind"]), **block} for block in row["blocks"]],
            )
            begun = articles.begin(actor=editor, kind=kind, text=text, now=moment - BEFORE, site=site)
            articles.publish(begun.pk, actor=editor, number=1, now=moment)
    sites.declare(site, _declared(unit, now.date()), actor=editor, now=now)


def _declared(unit: dict[str, Any], today: date) -> bulletin.Declared:
    return bulletin.Declared(
        site_published_on=today - timedelta(days=70),
        site_changed_on=today - timedelta(days=60),
        status="PARTLY",
        exceptions="Część starszych dokumentów to skany bez warstwy tekstowej.",
        assessed_by="samoocena przeprowadzona przez jednostkę",
        made_on=today - timedelta(days=60),
        reviewed_on=today - timedelta(days=60),
        contact="sekretariat",
        email=unit["email"],
        phone=unit["phone"],
        building="Wejście bez schodów, toaleta dostępna na parterze. Można wejść z psem asystującym.",
        apps="Jednostka nie ma aplikacji mobilnych.",
    )
