"""As who somebody comes to an invitation: his account's PESEL and the link that his session came by."""

from typing import cast

from starostwo.citizen.access import Guest
from starostwo.office import api as office
from starostwo.office.api import ActorRequest

CAME_BY = "invited_by"  # in the session: the hash of the link


def guest_of(request: ActorRequest) -> Guest:
    """Return who is signed in, as invitations know him."""
    account = cast(office.residents.Account, request.user)
    return Guest(
        pesel=account.pesel or "",
        is_proven=office.residents.proves_pesel(account),
        token_hash=request.session.get(CAME_BY, ""),
    )
