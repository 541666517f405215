"""What an asset is by itself may be written down better: serial number, warranty, contract, notes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from starostwo.assets.models import Asset
from starostwo.assets.services.documents import DESCRIBED
from starostwo.assets.services.indexing import index_asset
from starostwo.assets.services.writing import must_manage
from starostwo.audit import api as audit
from starostwo.office.api import Actor


class NoSuchAsset(Exception):
    """There is no such asset for this person."""


@transaction.atomic
def describe(asset_id: int, said: dict[str, Any], *, actor: Actor, now: datetime) -> Asset:
    """Change the description; the history keeps what was changed."""
    must_manage(actor)
    asset = Asset.objects.select_for_update(of=("self",)).filter(pk=asset_id).first()
    if asset is None:
        raise NoSuchAsset(asset_id)
    changed = {name: said[name] for name in DESCRIBED if name in said and said[name] != getattr(asset, name)}
    if changed:
        for name, value in changed.items():
            setattr(asset, name, value)
        asset.save(update_fields=list(changed))
        index_asset(asset)
        audit.record(
            actor=actor.audit_name, actor_name=actor.name, verb="describe", thing=f"assets.asset:{asset.pk}",
            payload={name: str(value or "") for name, value in changed.items()}, at=now,
        )  # fmt: skip
    return asset
