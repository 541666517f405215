"""`starostwo load-services`: brings the service cards and forms of this version into the installation."""

from argparse import Namespace

from django.conf import settings
from django.utils import timezone

from starostwo.procedures import api as procedures
from starostwo.site import data_folder
from starostwo.site.operator import operator


def carry_out(options: Namespace) -> None:
    """Publish what is not published yet and renew the cards from today; what the office corrected stays."""
    own = settings.OWN_CLUSTER if settings.USES_OWN_CLUSTER else None
    with data_folder.with_database(settings.DATA_DIR, own):
        actor, now = operator().audit_name, timezone.now()
        forms = procedures.load_forms(actor=actor, now=now)
        cards = procedures.load_cards(actor=actor, valid_from=timezone.localdate(now), now=now)
    print(f"Nowe wersje formularzy: {forms}, nowe karty usług: {cards}")
