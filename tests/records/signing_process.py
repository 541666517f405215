"""A process of its own that signs documents one after another; the kill test starts and kills it."""

import os
import sys
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "starostwo.site.settings")
django.setup()

from starostwo.office.api import actor_for  # noqa: E402
from starostwo.office.models import Account  # noqa: E402
from starostwo.records.services.document_signing import sign_document  # noqa: E402


def main(signer_id: int, moment: str, document_ids: list[int]) -> None:
    """Say 'ready', then sign and name each document that is signed for good."""
    now = datetime.fromisoformat(moment)
    actor = actor_for(Account.objects.get(pk=signer_id), today=now.date())
    print("ready", flush=True)
    for document_id in document_ids:
        sign_document(document_id, actor=actor, now=now)
        print(document_id, flush=True)


main(int(sys.argv[1]), sys.argv[2], [int(one) for one in sys.argv[3:]])
