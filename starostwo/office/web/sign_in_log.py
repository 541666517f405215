"""The log of log-ins and of looks at personal data, for the data protection officer."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from starostwo.audit import api as audit
from starostwo.office.entrance import staff
from starostwo.office.middleware import ActorRequest
from starostwo.office.models import Right
from starostwo.office.queries.accounts import sign_in_log
from starostwo.office.queries.structure import find_people, person
from starostwo.platform.paging import keyset_page


@staff(Right.PRIVACY)
def sign_ins(request: ActorRequest) -> HttpResponse:
    """Tries to sign in, the newest first."""
    lines = sign_in_log(request.actor)
    if lines is None:
        raise Http404
    page = keyset_page(lines, key=("-at", "-id"), cursor=request.GET.get("cursor"))
    typed = request.GET.get("osoba", "")
    found = find_people(typed, on=timezone.localdate())
    return render(request, "office/sign_ins.html", {"page": page, "typed": typed, "found": found})


@staff(Right.PRIVACY)
def doings(request: ActorRequest, account_id: int) -> HttpResponse:
    """One person's log-ins and the personal data that he looked at."""
    who = person(account_id, on=timezone.localdate())
    lines = sign_in_log(request.actor, account_id=account_id)
    if who is None or lines is None:
        raise Http404
    page = keyset_page(lines, key=("-at", "-id"), cursor=request.GET.get("cursor"))
    reads = audit.reads_by(f"account:{account_id}")
    audit.record_read(
        actor=request.actor.audit_name,
        actor_name=request.actor.name,
        thing=f"office.account:{account_id}",
        why="dziennik logowań i odczytów",
    )
    return render(request, "office/doings.html", {"who": who, "page": page, "reads": reads})
