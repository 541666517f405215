"""Two units of the demonstration county with sites of their own: a school and a centre of help."""

import tomllib
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from starostwo.bulletin import api as bulletin
from starostwo.bulletin.models import Section
from starostwo.bulletin.services import sections
from starostwo.bulletin.services.checking import check
from starostwo.office.actor import Actor, actor_for
from starostwo.portal.models import Article, UnitSite
from starostwo.portal.rules.blocks import new
from starostwo.portal.services import articles, sites
from starostwo.site.demo.bulletin import APPROVER, tell
from starostwo.site.demo.people import DATA, Cast

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
        account, second = cast.staff[unit["editor"]], cast.staff[APPROVER]
        sites.give_to(site, [account.pk, second.pk], actor=administrator, now=now - timedelta(days=70))
        writer, approver = (actor_for(one, today=today) for one in (account, second))
        _write(site, unit, writer, now=now)
        _inform(site, writer, approver, now=now)
        sites.renew(site, actor=administrator, now=now)
        check(site.body, now=now)


def _inform(site: UnitSite, writer: Actor, approver: Actor, *, now: datetime) -> None:
    """Fill the bulletin of the unit: its editor writes, an editor of the county's bulletin approves."""
    sections.plant_tree(site.body, actor=writer, now=now - timedelta(days=66))
    places = dict(Section.objects.filter(body=site.body).values_list("slug", "pk"))
    told = tomllib.loads((DATA / "unit_bulletins.toml").read_text(encoding="utf-8"))["item"]
    for row in sorted(told, key=lambda row: -row["days_ago"]):
        if row["unit"] == site.slug:
            tell(row, places, writer=writer, approver=approver, now=now)


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
