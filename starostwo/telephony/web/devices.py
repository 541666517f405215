"""Desk phones on the screen: the register, one phone with its way through the network, its key, import."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.assets import api as assets
from starostwo.infrastructure import api as infrastructure
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.telephony import access
from starostwo.telephony.models import Device
from starostwo.telephony.queries import devices as register
from starostwo.telephony.rules.devices import MODELS_AS_OF, file_of
from starostwo.telephony.rules.phonebooks import MOST
from starostwo.telephony.services import device_import, devices
from starostwo.telephony.services.provisioning import address_of
from starostwo.telephony.web.device_forms import DeviceForm, ListForm, NewDeviceForm
from starostwo.telephony.web.frame import tabs_of

NO_NUMBER = "Aparat nie ma numeru. Najpierw przypisz mu numer wewnętrzny."
MOST_FAULTS = 200


@staff(*access.SEE_DEVICES)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """All phones with their numbers, places and last fetches."""
    words = request.GET.get("q", "").replace("\0", "")[:100]
    state = request.GET.get("stan", "")
    rows = register.listed(request.actor, words, state)
    context = {
        "page": keyset_page(rows, key=register.BY_MAC, cursor=request.GET.get("cursor")),
        "words": words, "state": state, "states": register.STATES.items(), "now": now(),
        "may_manage": access.may_manage(request.actor), "tabs": tabs_of(request.actor, "devices"),
    }  # fmt: skip
    return render(request, "telephony/devices.html", context)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Enter a phone."""
    form = NewDeviceForm(request.POST or None, numbers=register.numbers())
    if form.is_valid():
        try:
            made = devices.add_devices(
                [(form.cleaned_data["mac"], form.said)], actor=request.actor, now=now()
            )
        except devices.MacIsTaken:
            form.add_error("mac", "Aparat z tym adresem MAC jest już w wykazie.")
        except devices.AssetIsTaken:
            form.add_error("asset", "Ten składnik majątku ma już swój aparat.")
        else:
            messages.success(request, "Dodano aparat. Nadaj mu klucz albo otwórz okno pierwszego pobrania.")
            return redirect("telephony:device", made[0].pk)
    context = {"form": form, "title": "Nowy aparat", "action": "Dodaj aparat", "models_as_of": MODELS_AS_OF}
    return render(request, "telephony/device_form.html", context, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, device_id: int) -> HttpResponse:
    """Change what is said of a phone."""
    found = _in_use(request, device_id)
    initial = {
        "kind": f"{found.vendor}/{found.model}", "number": found.extension_id or "", "note": found.note,
        "place": found.place.path if found.place else "", "asset": found.asset.number if found.asset else "",
    }  # fmt: skip
    form = DeviceForm(request.POST or None, initial=initial, numbers=register.numbers())
    if form.is_valid():
        try:
            devices.change_device(device_id, form.said, actor=request.actor, now=now())
        except devices.AssetIsTaken:
            form.add_error("asset", "Ten składnik majątku ma już swój aparat.")
        else:
            messages.success(request, "Zapisano aparat. Telefon dowie się o tym przy następnym pobraniu.")
            return redirect("telephony:device", device_id)
    context = {
        "form": form, "device": found, "title": f"Aparat {found.mac}", "action": "Zapisz",
        "models_as_of": MODELS_AS_OF,
    }  # fmt: skip
    return render(request, "telephony/device_form.html", context, status=422 if form.errors else 200)


@staff(*access.SEE_DEVICES)
@require_safe
def device(request: ActorRequest, device_id: int) -> HttpResponse:
    """One phone: number, place, fetches, and how it hangs on the network."""
    return render(request, "telephony/device.html", _about(request, _found(request, device_id)))


@staff(Right.ADMIN)
@require_POST
def key(request: ActorRequest, device_id: int) -> HttpResponse:
    """Give a phone a new key, shown this once in its address."""
    found = _in_use(request, device_id)
    try:
        made = devices.new_key(device_id, actor=request.actor, now=now())
    except devices.HasNoNumber:
        messages.error(request, NO_NUMBER)
        return redirect("telephony:device", device_id)
    file = file_of(found.vendor, found.mac)
    context = {"device": found, "address": address_of(made), "file": file}
    return render(request, "telephony/device_key.html", context)


@staff(Right.ADMIN)
@require_POST
def window(request: ActorRequest, device_id: int) -> HttpResponse:
    """Let a phone fetch its settings once without a key."""
    _in_use(request, device_id)
    try:
        until = devices.open_window(device_id, actor=request.actor, now=now())
    except devices.HasNoNumber:
        messages.error(request, NO_NUMBER)
    else:
        messages.success(
            request, f"Do {localtime(until):%H:%M} telefon może raz pobrać ustawienia bez klucza."
        )
    return redirect("telephony:device", device_id)


@staff(Right.ADMIN)
@require_POST
def revoking(request: ActorRequest, device_id: int) -> HttpResponse:
    """Take the key of a phone away."""
    _in_use(request, device_id)
    devices.revoke(device_id, actor=request.actor, now=now())
    messages.success(request, "Odebrano klucz. Telefon nie pobierze ustawień i nie zaloguje się do centrali.")
    return redirect("telephony:device", device_id)


@staff(Right.ADMIN)
@require_POST
def retiring(request: ActorRequest, device_id: int) -> HttpResponse:
    """Take a phone out of use."""
    _in_use(request, device_id)
    devices.retire(device_id, actor=request.actor, now=now())
    messages.success(request, "Wycofano aparat. Jego adres MAC można wpisać od nowa.")
    return redirect("telephony:devices")


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def importing(request: ActorRequest) -> HttpResponse:
    """Try a list of phones, or enter it."""
    form = ListForm(request.POST or None, request.FILES or None)
    trial: device_import.Trial | None = None
    if form.is_valid():
        content = form.cleaned_data["file"]
        try:
            trial = device_import.try_file(content, actor=request.actor)
            if "enter" in request.POST:
                made = device_import.bring_in(content, actor=request.actor, now=now())
                messages.success(request, f"Wpisano aparatów: {len(made)}.")
                return redirect("telephony:devices")
        except device_import.NotAnImport as fault:
            form.add_error("file", str(fault))
        except device_import.HasFaults:
            form.add_error("file", "Plik ma błędy. Popraw je i wczytaj go jeszcze raz.")
        except (devices.MacIsTaken, devices.AssetIsTaken):
            form.add_error("file", "Ktoś właśnie wpisał jeden z tych aparatów. Sprawdź plik jeszcze raz.")
    context = {
        "form": form, "trial": trial, "faults": trial.faults[:MOST_FAULTS] if trial else [],
        "needed": device_import.NEEDED, "optional": device_import.OPTIONAL,
    }  # fmt: skip
    return render(request, "telephony/device_import.html", context, status=422 if form.errors else 200)


def _found(request: ActorRequest, device_id: int) -> Device:
    found = register.one(request.actor, device_id)
    if found is None:
        raise Http404
    return found


def _in_use(request: ActorRequest, device_id: int) -> Device:
    found = _found(request, device_id)
    if found.retired_at is not None:
        raise Http404
    return found


def _about(request: ActorRequest, found: Device) -> dict[str, Any]:
    moment = now()
    port = infrastructure.port_with_mac(found.mac, actor=request.actor)
    others = register.of_number(found.extension_id) if found.extension_id else []
    return {
        "tabs": tabs_of(request.actor, "devices"), "device": found, "now": moment,
        "may_manage": access.may_manage(request.actor),
        "is_open": bool(found.open_until and found.open_until > moment),
        "others": [one for one in others if one.pk != found.pk],
        "sees_assets": assets.sees_all(request.actor),
        "sees_network": infrastructure.may_see(request.actor),
        "trace": infrastructure.trace(port, actor=request.actor) if port else None,
        "file": file_of(found.vendor, found.mac), "book_most": MOST[found.vendor],
    }  # fmt: skip
