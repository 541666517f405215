"""An act out of a ZIPX becomes a draft of the register of resolutions, with its files."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localdate

from starostwo.bulletin.models import Version
from starostwo.bulletin.rules.content import Content
from starostwo.bulletin.services import drafts
from starostwo.bulletin.zipx import LARGEST_FILE, read_zipx
from starostwo.files import api as files
from starostwo.office.api import Actor

REGISTER = "uchwala"
ACT_NAME, ACT_LABEL = "akt.xml", "Akt w formacie XML"


@dataclass
class Imported:
    """The draft, and what the editor should know of it."""

    version: Version
    remarks: list[str] = field(default_factory=list)


def import_act(content: bytes, *, actor: Actor, section_id: int, now: datetime) -> Imported:
    """Make a draft of an act; files that not everybody could read are left out and named."""
    package = read_zipx(content)
    act = package.act
    version = drafts.begin(
        actor=actor,
        section_id=section_id,
        kind=REGISTER,
        content=Content(
            title=act.title,
            text=act.text,
            produced_by=act.organ[:200],
            responsible="",
            produced_on=_day(act.fields["adopted_on"], localdate(now)),
            fields={name: value for name, value in act.fields.items() if value},
        ),
        now=now,
    )
    made = Imported(version)
    for name, data in {ACT_NAME: package.xml, **package.files}.items():
        try:
            label = ACT_LABEL if name == ACT_NAME else name
            drafts.attach(version.pk, actor=actor, file=_kept(name, data, label), now=now)
        except drafts.CannotAttach as error:
            made.remarks.append(str(error))
    if act.unknown:
        made.remarks.append(
            f"Nieznane elementy, przepisane samymi słowami: {', '.join(sorted(act.unknown))}."
        )
    return made


def _kept(name: str, data: bytes, label: str) -> drafts.NewFile:
    name = files.safe_name(name).replace(" ", "-")
    inspection = files.inspect(data, name)
    if against := [*inspection.refusals, *inspection.quarantine]:
        raise drafts.CannotAttach(f"{name}: {against[0].text}")
    blob = files.put(data, name=name, limit=LARGEST_FILE, inspection=inspection)
    if files.scan(blob) is files.Problem.VIRUS:
        raise drafts.CannotAttach(f"{name}: {files.Problem.VIRUS.text}")
    return drafts.NewFile(blob=blob, name=name, label=label)


def _day(text: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day <= today else None
