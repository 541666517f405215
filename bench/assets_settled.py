"""`python -m bench.assets_settled TAKE`: compare a counted stock-taking with its books."""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402  models are there only after setup

from starostwo.assets.services import stocktaking  # noqa: E402
from starostwo.office.actor import actor_for  # noqa: E402
from starostwo.office.models import Account  # noqa: E402
from starostwo.site.demo.assets import KEEPER  # noqa: E402


def main() -> None:
    """Settle it."""
    actor = actor_for(Account.objects.get(login=KEEPER), today=timezone.localdate())
    made = stocktaking.settle(int(sys.argv[1]), actor=actor, now=timezone.localtime())
    if made:
        raise SystemExit(f"{len(made)} differences where everything was counted")


if __name__ == "__main__":
    main()
