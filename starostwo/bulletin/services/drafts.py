"""Writing informations: a draft may change until it is handed over to another editor."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Item, Section, Version, VersionFile
from starostwo.bulletin.queries.listing import files_of
from starostwo.bulletin.queries.personal_data import undecided
from starostwo.bulletin.rules.content import Content, Exclusion, fingerprint, gaps
from starostwo.files import api as files
from starostwo.office.api import Actor

UNDECIDED = "Rozstrzygnij o znalezionych danych osobowych albo usuń je z treści."
NEEDS_TEXT = frozenset({"application/pdf", "image/png", "image/jpeg", "image/tiff"})


class CannotEdit(Exception):
    """The version was handed over, published or thrown away meanwhile."""


class ChangedMeanwhile(Exception):
    """Somebody saved another text since the person opened it."""


class NotReady(Exception):
    """Something is missing or cannot be read by everybody; `gaps` says what."""

    def __init__(self, gaps: Sequence[str]) -> None:
        super().__init__("; ".join(gaps))
        self.gaps = list(gaps)


class CannotAttach(Exception):
    """The file is refused; the text says why and what to do."""


@dataclass(frozen=True)
class NewFile:
    """A stored file that is to be attached."""

    blob: files.Blob
    name: str
    label: str
    text_version: str = ""


@transaction.atomic
def begin(*, actor: Actor, section_id: int, kind: str, content: Content, now: datetime) -> Version:
    """Begin an information with its first draft."""
    section = Section.objects.select_related("body").get(pk=section_id)
    access.demand_editor(actor, section.body)
    return draft_of(section=section, kind=kind, content=content, actor=actor, now=now)


def draft_of(
    *, section: Section, kind: str, content: Content, actor: Actor, now: datetime, mark: str = ""
) -> Version:
    """Make an information with its first draft, by an editor or out of the case of this mark."""
    item = Item.objects.create(
        section=section, kind=kind, title=content.title, created_at=now, changed_at=now
    )
    version = _draft(item, content, actor=actor, now=now)
    of_case = {"case": mark} if mark else {}
    _note(item, "begin", actor, now, title=content.title, section=section.slug, kind=kind, **of_case)
    return version


@transaction.atomic
def begin_change(item_id: int, *, actor: Actor, now: datetime) -> Version:
    """Begin the next version of what is published, with its text and files."""
    locked = Item.objects.select_for_update(of=("self",)).select_related("current", "section__body")
    item = locked.get(pk=item_id)
    access.demand_editor(actor, access.body_of(item))
    if item.state != Item.State.PUBLISHED or item.current is None or _open_version(item):
        raise CannotEdit(str(item))
    before = item.current
    content = content_of(before)
    version = _draft(
        item, Content(**{**_plain(content), "change_reason": "", "publish_at": None}), actor=actor, now=now
    )
    for file in files_of(before):
        file.pk, file.version = None, version
        file.save(force_insert=True)
    _note(item, "begin_change", actor, now)
    return version


@transaction.atomic
def save(version_id: int, *, actor: Actor, content: Content, base: str, now: datetime) -> Version:
    """Save a draft; `base` is the fingerprint of what the person had before him."""
    version = _locked_draft(version_id, actor)
    if base and base != digest(version):
        raise ChangedMeanwhile(str(version))
    for name, value in _columns(content).items():
        setattr(version, name, value)
    version.saved_at, version.entered_by_id = now, actor.account_id
    version.authors = sorted({*version.authors, actor.account_id})
    version.save()
    if version.item.state == Item.State.DRAFT:
        Item.objects.filter(pk=version.item_id).update(title=content.title, changed_at=now)
    _note(version.item, "save", actor, now, sha256=digest(version))
    return version


@transaction.atomic
def attach(version_id: int, *, actor: Actor, file: NewFile, now: datetime) -> VersionFile:
    """Attach a file to a draft; a scan without text is refused unless its text is given."""
    version = _locked_draft(version_id, actor)
    rows = files_of(version)
    if any(row.name == file.name for row in rows):
        raise CannotAttach(f"Załącznik o nazwie {file.name} już jest; zmień nazwę pliku.")
    if file.blob.scan == files.Blob.Scan.INFECTED:
        raise CannotAttach(files.Problem.VIRUS.text)
    _refuse_unreadable(file)
    made = VersionFile.objects.create(
        version=version,
        position=max((row.position for row in rows), default=0) + 1,
        blob=file.blob,
        name=file.name,
        label=file.label,
        text_version=file.text_version.strip(),
    )
    _note_author(version, actor)
    _note(version.item, "attach", actor, now, file=file.name, sha256=file.blob.sha256)
    return made


@transaction.atomic
def detach(version_id: int, file_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a file off a draft."""
    version = _locked_draft(version_id, actor)
    file = VersionFile.objects.get(pk=file_id, version=version)
    file.delete()
    _note_author(version, actor)
    _note(version.item, "detach", actor, now, file=file.name)


@transaction.atomic
def submit(version_id: int, *, actor: Actor, now: datetime, today: date) -> Version:
    """Hand a draft over for approval; from now on nobody changes it."""
    return hand_over(_locked_draft(version_id, actor), actor=actor, now=now, today=today)


def hand_over(version: Version, *, actor: Actor, now: datetime, today: date) -> Version:
    """Hand over a draft that the caller holds, when nothing is missing."""
    is_first, kind = version.item.current_id is None, version.item.kind
    missing = gaps(content_of(version), is_first=is_first, today=today, kind=kind)
    if undecided(version):
        missing.append(UNDECIDED)
    if missing:
        raise NotReady(missing)
    version.state, version.sha256, version.remark = Version.State.SUBMITTED, digest(version), ""
    version.save(update_fields=["state", "sha256", "remark"])
    _note(version.item, "submit", actor, now, sha256=version.sha256)
    return version


@transaction.atomic
def discard(version_id: int, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away; an information that was never published goes with it."""
    version = _locked_draft(version_id, actor)
    item = version.item
    _note(item, "discard", actor, now, title=version.title)
    VersionFile.objects.filter(version=version).delete()
    version.delete()
    if item.state == Item.State.DRAFT:
        item.delete()


def content_of(version: Version) -> Content:
    """What the version says, as plain values."""
    return Content(
        title=version.title,
        text=version.text,
        produced_by=version.produced_by,
        responsible=version.responsible,
        produced_on=version.produced_on,
        change_reason=version.change_reason,
        publish_at=version.publish_at,
        expires_on=version.expires_on,
        exclusion=Exclusion(
            scope=version.exclusion_scope,
            basis=version.exclusion_basis,
            organ=version.exclusion_organ,
            beneficiary=version.exclusion_beneficiary,
        ),
        fields=version.fields,
        sought_names=version.sought_names,
    )


def digest(version: Version) -> str:
    """The fingerprint of the version as it stands in the database now."""
    rows = [
        {"name": row.name, "label": row.label, "sha256": row.blob.sha256, "text": row.text_version}
        for row in files_of(version)
    ]
    return fingerprint(content_of(version), rows)


def _draft(item: Item, content: Content, *, actor: Actor, now: datetime) -> Version:
    return Version.objects.create(
        item=item,
        entered_by_id=actor.account_id,
        authors=[actor.account_id],
        saved_at=now,
        **_columns(content),
    )


def _columns(content: Content) -> dict[str, Any]:
    columns = _plain(content)
    exclusion = columns.pop("exclusion")
    return {**columns, **{f"exclusion_{name}": value for name, value in asdict(exclusion).items()}}


def _plain(content: Content) -> dict[str, Any]:
    return {name: getattr(content, name) for name in content.__dataclass_fields__}


def _locked_draft(version_id: int, actor: Actor) -> Version:
    found = Version.objects.select_for_update(of=("self",)).select_related("item__section__body")
    version = found.filter(pk=version_id, state=Version.State.DRAFT).first()
    if version is None:
        raise CannotEdit(str(version_id))
    access.demand_editor(actor, access.body_of(version.item))
    return version


def _open_version(item: Item) -> bool:
    return Version.objects.filter(item=item, state__in=Version.OPEN).exists()


def _refuse_unreadable(file: NewFile) -> None:
    needs_text = file.blob.media_type in NEEDS_TEXT and not file.text_version.strip()
    if needs_text and not files.extract_text(file.blob).strip():
        raise CannotAttach(
            f"{file.name}: plik nie ma tekstu, który odczyta program czytający na głos (to skan albo obraz). "
            "Zapisz dokument z edytora jako PDF albo wpisz jego wersję tekstową."
        )


def _note_author(version: Version, actor: Actor) -> None:
    version.authors = sorted({*version.authors, actor.account_id})
    version.save(update_fields=["authors"])


def _note(item: Item, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=str(item), payload=payload, at=now
    )
