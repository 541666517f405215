"""Files of an asset: looked at as every file from outside, kept in the store, taken away only from sight."""

from datetime import datetime
from typing import BinaryIO

from django.db import IntegrityError, transaction

from starostwo.assets.models import Asset, Attachment
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.writing import Refused, must_manage
from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.office.api import Actor

LARGEST = 50_000_000


def attach(
    asset_id: int, kind: str, name: str, given: BinaryIO, *, actor: Actor, now: datetime
) -> Attachment:
    """Keep a file with the asset; one that cannot be opened safely is refused."""
    must_manage(actor)
    name = files.safe_name(name)
    try:
        inspection = files.inspect(given, name)
        if refused := [one for one in inspection.problems if one.consequence != files.Consequence.NOTE]:
            raise Refused("file", refused[0].text)
        given.seek(0)
        blob = files.put(given, name=name, limit=LARGEST, inspection=inspection)
    except files.TooLarge as error:
        raise Refused("file", files.Problem.TOO_LARGE.text) from error
    return _attached(asset_id, kind, name, blob, actor=actor, now=now)


@transaction.atomic
def _attached(
    asset_id: int, kind: str, name: str, blob: files.Blob, *, actor: Actor, now: datetime
) -> Attachment:
    asset = Asset.objects.select_for_update(of=("self",)).filter(pk=asset_id).first()
    if asset is None:
        raise NoSuchAsset(asset_id)
    try:
        with transaction.atomic():
            made = Attachment.objects.create(
                asset=asset, kind=kind, name=name, blob=blob, added_at=now, added_by_name=actor.name
            )
    except IntegrityError as error:
        raise Refused("file", "Ten plik jest już przy tym składniku.") from error
    _note(made, "attach", actor, now)
    return made


@transaction.atomic
def detach(attachment_id: int, *, actor: Actor, now: datetime) -> Attachment:
    """Take a file out of sight; the history keeps that it was there."""
    must_manage(actor)
    found = Attachment.objects.select_for_update().filter(pk=attachment_id, removed_at=None).first()
    if found is None:
        raise NoSuchAsset(attachment_id)
    found.removed_at = now
    found.save(update_fields=["removed_at"])
    _note(found, "detach", actor, now)
    return found


def _note(row: Attachment, verb: str, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"assets.asset:{row.asset_id}",
        payload={"file": row.name, "kind": row.kind, "sha256": row.blob.sha256}, at=now,
    )  # fmt: skip
