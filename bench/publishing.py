"""`python -m bench.publishing COUNT`: how long publications took until their pages could be read, as JSON."""

import json
import sys
import time
from dataclasses import replace

import django

django.setup()

from django.utils.timezone import localdate, now  # noqa: E402  models are there only after setup

from starostwo.bulletin import store  # noqa: E402
from starostwo.bulletin.models import Version  # noqa: E402
from starostwo.bulletin.rules.registers import PLAIN  # noqa: E402
from starostwo.bulletin.services import approval, drafts  # noqa: E402
from starostwo.bulletin.services.publishing import root  # noqa: E402
from starostwo.office.actor import actor_for  # noqa: E402
from starostwo.office.models import Account  # noqa: E402

WRITER, APPROVER = "p.cis", "d.lotos"


def main() -> None:
    """Write, submit, and measure the approval."""
    writer, approver = (
        actor_for(Account.objects.get(login=login), today=localdate()) for login in (WRITER, APPROVER)
    )
    first = Version.objects.filter(state=Version.State.PUBLISHED, item__kind=PLAIN).order_by("id")[0]
    content = replace(drafts.content_of(first), publish_at=None, expires_on=None, change_reason="")
    times = []
    for number in range(int(sys.argv[1])):
        named = replace(content, title=f"{content.title} {number}")
        version = drafts.begin(
            actor=writer, section_id=first.item.section_id, kind=first.item.kind, content=named, now=now()
        )
        version = drafts.submit(version.pk, actor=writer, now=now(), today=localdate())
        version.refresh_from_db()
        began = time.perf_counter()
        approval.approve(version.pk, actor=approver, seen=version.sha256, now=now())
        page = store.read(root(), f"informacja/{version.item_id}/index.html")
        times.append(1000 * (time.perf_counter() - began))
        assert page, version.item_id
    json.dump(times, sys.stdout)


if __name__ == "__main__":
    main()
