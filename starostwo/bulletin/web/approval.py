"""Screens of the second pair of eyes: approving, sending back, withdrawing."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.bulletin import access
from starostwo.bulletin.access import EDITING
from starostwo.bulletin.models import Item, Version
from starostwo.bulletin.queries.editing import workplace
from starostwo.bulletin.queries.from_case import origin_context
from starostwo.bulletin.queries.personal_data import decisions_of
from starostwo.bulletin.rules.registers import BY_CODE, lines_of
from starostwo.bulletin.services import approval, withdrawal
from starostwo.bulletin.web.editing import item_page
from starostwo.bulletin.web.forms import RemarkForm, WithdrawalForm
from starostwo.office.api import ActorRequest, staff
from starostwo.platform.text_diff import compare


@staff(*EDITING)
@require_http_methods(["GET", "POST"])
def approving(request: ActorRequest, item_id: int) -> HttpResponse:
    """The version as it will stand, what changed in it, and the decision."""
    place = workplace(item_id, actor=request.actor)
    if place is None:
        raise Http404
    version = place.open
    if version is None or version.state == Version.State.DRAFT:
        return redirect("bulletin:item", item_id)
    form = RemarkForm(request.POST if request.POST.get("decision") == "back" else None)
    if request.method == "POST" and (answer := _decide(request, version, form)):
        return answer
    before = place.item.current
    context = {
        "place": place,
        "item": place.item,
        "version": version,
        "form": form,
        "register": BY_CODE[place.item.kind],
        "lines": lines_of(place.item.kind, version.fields, _first_day(place.item)),
        "decisions": decisions_of(place.item),
        "changes": compare(before.text, version.text) if before else [],
        **origin_context(place.item, actor=request.actor),
        "may_approve": access.may_approve(request.actor, version),
    }
    return render(request, "bulletin/approving.html", context, status=422 if form.errors else 200)


@staff(*EDITING)
@require_POST
def withdrawing(request: ActorRequest, item_id: int) -> HttpResponse:
    """Take an information off the bulletin."""
    place = workplace(item_id, actor=request.actor)
    if place is None:
        raise Http404
    form = WithdrawalForm(request.POST)
    if place.item.state != Item.State.PUBLISHED:
        messages.error(request, "Tej informacji nie ma w BIP, więc nie można jej wycofać.")
    elif not form.is_valid():
        return item_page(request, place, form)
    else:
        data = form.cleaned_data
        withdrawal.withdraw(
            item_id, actor=request.actor, reason=data["reason"], hides_title=data["hides_title"], now=now()
        )
        messages.success(request, "Wycofano. Pod adresem informacji stoi teraz powód.")
    return redirect("bulletin:item", item_id)


def _first_day(item: Item) -> date:
    """From which the days of a register are counted: today for what was not published yet."""
    return item.first_day if item.first_published_at else localdate()


def _decide(request: ActorRequest, version: Version, form: RemarkForm) -> HttpResponse | None:
    if request.POST.get("decision") == "back":
        if not form.is_valid():
            return None
        return _sent_back(request, version, form.cleaned_data["remark"])
    try:
        seen = request.POST.get("seen", "")
        done = approval.approve(version.pk, actor=request.actor, seen=seen, now=now())
    except approval.OwnVersion:
        messages.error(request, "Własnej wersji nie można zatwierdzić. Zrobi to inny redaktor.")
        return redirect("bulletin:approving", version.item_id)
    except approval.CannotApprove:
        messages.error(request, "Wersja zmieniła się albo już ją rozpatrzono. Przeczytaj ją jeszcze raz.")
        return redirect("bulletin:item", version.item_id)
    is_out = done.state == Version.State.PUBLISHED
    messages.success(
        request, "Opublikowano w BIP." if is_out else "Zatwierdzono; opublikuje się w wyznaczonym dniu."
    )
    return redirect("bulletin:item", version.item_id)


def _sent_back(request: ActorRequest, version: Version, remark: str) -> HttpResponse:
    try:
        approval.send_back(version.pk, actor=request.actor, remark=remark, now=now())
        messages.success(request, "Zwrócono autorowi.")
    except approval.CannotApprove:
        messages.error(request, "Tej wersji nie można już zwrócić.")
    return redirect("bulletin:item", version.item_id)
