"""`starostwo history verify`: computes the whole history again and compares it with its anchors."""

import sys
from argparse import Namespace

from django.conf import settings

from starostwo.audit import api as audit
from starostwo.signatures.timestamps import verify_timestamp
from starostwo.signatures.tokens import NotATimestamp
from starostwo.site import data_folder
from starostwo.site.commands import CannotCarryOut


def carry_out(options: Namespace) -> None:
    """Name every place where the history is not what was written."""
    own = settings.OWN_CLUSTER if settings.USES_OWN_CLUSTER else None
    with data_folder.with_database(settings.DATA_DIR, own):
        faults = audit.verify(check_stamp=_binds)
    for fault in faults:
        print(f"{fault.stream} {fault.seq}: {fault.what}", file=sys.stderr)
    if faults:
        raise CannotCarryOut(f"Historia nie zgadza się w miejscach: {len(faults)}")
    print("Historia zgadza się w całości.")


def _binds(token: bytes, sha256: bytes) -> bool:
    try:
        verify_timestamp(token, sha256)
    except NotATimestamp:
        return False
    return True
