"""Links with which a visit is confirmed and called off: random, for one purpose, until a moment."""

import secrets
from datetime import datetime

from starostwo.visits.models import Link, Visit
from starostwo.visits.queries.found import hash_of

BYTES = 32


def give_link(visit: Visit, purpose: Link.Purpose, *, expires_at: datetime) -> str:
    """Make a link and return its secret, of which the hash alone is kept."""
    token = secrets.token_urlsafe(BYTES)
    Link.objects.create(visit=visit, purpose=purpose, token_hash=hash_of(token), expires_at=expires_at)
    return token


def use_up(visit: Visit, *, now: datetime) -> None:
    """Take the power from all links of a visit."""
    Link.objects.filter(visit=visit, used_at=None).update(used_at=now)
