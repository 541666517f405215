"""Who acts when a command is typed on the server: whoever may do that owns the machine."""

import getpass

from starostwo.office.actor import Mandate
from starostwo.office.api import Actor, Right
from starostwo.office.models import Account


def operator() -> Actor:
    """The person at the server's keyboard, named in the history by his name in the system."""
    return Actor(
        account_id=0,
        name=f"Wiersz poleceń ({getpass.getuser()})",
        kind=Account.Kind.STAFF,
        login="wiersz-polecen",
        own=Mandate(0, rights=frozenset({Right.ADMIN, Right.EDIT_PLAN})),
    )
