"""`starostwo nginx`: prints the configuration of the web server that stands in front of this installation."""

from argparse import Namespace
from pathlib import Path

from django.conf import settings

from starostwo.bulletin import store
from starostwo.bulletin.models import Body
from starostwo.bulletin.services import visits
from starostwo.bulletin.services.publishing import root, unit_root
from starostwo.site.commands import CannotCarryOut
from starostwo.site.nginx import Certificate, UnitFiles, configuration
from starostwo.telephony.models import Node


def carry_out(options: Namespace) -> None:
    """Print it to standard output."""
    if bool(options.certificate) != bool(options.key):
        raise CannotCarryOut("Podaj razem --certificate i --key albo żadne z nich.")
    certificate = Certificate(Path(options.certificate), Path(options.key)) if options.key else None
    print(
        configuration(
            name=options.name,
            application=f"{settings.HOST}:{settings.PORT}",
            static=settings.STATIC_ROOT,
            bulletin=root() / store.PAGES,
            visits=visits.folder(),
            certificate=certificate,
            units=units(),
            listen="443 ssl http2" if certificate else "80",
            largest=settings.LARGEST_REQUEST,
            phones=phones(),
        ),
        end="",
    )


def phones() -> list[tuple[str, str]]:
    """The exchanges that take browsers, and where they listen for them."""
    return list(Node.objects.exclude(websocket="").order_by("code").values_list("code", "websocket"))


def units() -> list[UnitFiles]:
    """The units that everybody sees at domains of their own."""
    bodies = Body.objects.filter(is_open=True).exclude(domain="").order_by("domain")
    return [UnitFiles(one.domain, unit_root(one), visits.prefix(one)) for one in bodies]
