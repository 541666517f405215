"""Work orders on the screen: the list, one with its checklist and photos, handed over; the protocol."""

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.files import api as files
from starostwo.infrastructure import access
from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.models import WorkOrder
from starostwo.infrastructure.models.work import MOMENTS, WORKS
from starostwo.infrastructure.papers import protocol_pdf
from starostwo.infrastructure.queries import devices
from starostwo.infrastructure.queries import work as queries
from starostwo.infrastructure.services import work
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.device_forms import Choices
from starostwo.infrastructure.web.sections import refused_with
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, places, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, ScreenForm, Tab


class OrderForm(ScreenForm):
    """What is to be done."""

    kind = forms.ChoiceField(label="Rodzaj", choices=list(WORKS.items()))
    subject = forms.CharField(label="Co zrobić", max_length=200)
    place = forms.TypedChoiceField(label="Miejsce", coerce=int)
    device = forms.CharField(label="Urządzenie (nazwa)", max_length=60, required=False)
    assignee = forms.TypedChoiceField(label="Kto", coerce=int, empty_value=None, required=False)
    due_on = DayField(label="Do dnia", required=False)
    description = forms.CharField(
        label="Opis", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    steps = forms.CharField(
        label="Lista kontrolna", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Jedna czynność w wierszu. Puste: zwykła lista tego rodzaju.",
    )  # fmt: skip

    def __init__(self, *args: object, places: Choices, people: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "wybierz"), *places]  # type: ignore[attr-defined]
        self.fields["assignee"].choices = [("", "ktokolwiek"), *people]  # type: ignore[attr-defined]


class PhotoForm(ScreenForm):
    """A photo."""

    photo = forms.FileField(label="Zdjęcie", widget=forms.FileInput(attrs={"accept": "image/*"}))
    moment = forms.ChoiceField(label="Kiedy", choices=list(MOMENTS.items()))
    caption = forms.CharField(label="Podpis", max_length=200, required=False)


class HandOverForm(ScreenForm):
    """Who took the work over."""

    receiver = forms.CharField(label="Kto odebrał", max_length=200)
    remarks = forms.CharField(label="Uwagi odbierającego", max_length=500, required=False)


@staff(*SEERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """Work orders, the newest first."""
    state = request.GET.get("stan", "OPEN")
    state = state if state in queries.STATES else "OPEN"
    mine = request.GET.get("moje") == "1"
    page = keyset_page(
        queries.listed(request.actor, state=state, mine=mine), key=("-id",), cursor=request.GET.get("cursor")
    )
    base = reverse("infrastructure:orders")
    tabs = [Tab("moje w toku", f"{base}?moje=1", mine)]
    tabs += [
        Tab(words, f"{base}?stan={one}", not mine and one == state) for one, words in queries.STATES.items()
    ]
    context = {
        "page": page,
        "tabs": tabs,
        "today": localdate(),
        "may_manage": access.may_manage(request.actor),
    }
    return render(request, "infrastructure/orders.html", context)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def giving(request: ActorRequest) -> HttpResponse:
    """A new work order."""
    today = localdate()
    people = {one.id: one.name for right in SEERS for one in office.people(today, right=right)}
    form = OrderForm(
        request.POST or None, places=places.choices(), people=sorted(people.items(), key=lambda one: one[1]),
        initial={"device": request.GET.get("urzadzenie", "")[:60], "place": request.GET.get("miejsce", "")},
    )  # fmt: skip
    if form.is_valid():
        told = form.cleaned_data
        name = told["device"].strip()
        found = devices.named(name, actor=request.actor) if name else None
        if name and found is None:
            form.add_error("device", "Nie ma urządzenia o tej nazwie.")
        else:
            new = work.NewOrder(
                told["kind"], told["subject"], told["place"], found.pk if found else None, told["assignee"],
                told["due_on"], told["description"], told["steps"].splitlines(),
            )  # fmt: skip
            try:
                made = work.give_order(new, actor=request.actor, today=today, now=now())
            except Refused as error:
                form.add_error(error.field, error.words)
            else:
                messages.success(request, f"Zlecono {made}.")
                return redirect("infrastructure:order", made.pk)
    context = {
        "form": form,
        "title": "Nowe zlecenie",
        "action": "Zleć",
        "back": reverse("infrastructure:orders"),
    }
    return render(request, "infrastructure/form.html", context, status=422 if form.errors else 200)


@staff(*SEERS)
@require_safe
def order(request: ActorRequest, order_id: int) -> HttpResponse:
    """One work order."""
    return _page(request, _found(request, order_id), PhotoForm(), HandOverForm())


@staff(*SEERS)
@require_POST
def ticking(request: ActorRequest, step_id: int) -> HttpResponse:
    """A step is done, or not."""
    step = queries.step(step_id, actor=request.actor)
    if step is None:
        raise Http404
    try:
        work.tick(step_id, request.POST.get("done") == "1", actor=request.actor, now=now())
    except Refused as error:
        refused_with(request, error)
    return redirect("infrastructure:order", step.order_id)


@staff(*SEERS)
@require_POST
def photographing(request: ActorRequest, order_id: int) -> HttpResponse:
    """A photo from before or after."""
    found = _found(request, order_id)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        told = form.cleaned_data
        try:
            work.add_photo(
                order_id,
                told["moment"],
                told["photo"].read(),
                told["caption"],
                actor=request.actor,
                now=now(),
            )
        except Refused as error:
            form.add_error("photo", error.words)
        else:
            messages.success(request, "Dodano zdjęcie.")
            return redirect("infrastructure:order", order_id)
    return _page(request, found, form, HandOverForm())


@staff(*SEERS)
@require_POST
def handing_over(request: ActorRequest, order_id: int) -> HttpResponse:
    """The work is done and taken over."""
    found = _found(request, order_id)
    form = HandOverForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            work.hand_over(order_id, told["receiver"], told["remarks"], actor=request.actor, now=now())
        except Refused as error:
            form.add_error("receiver" if error.field == "receiver" else None, error.words)
        else:
            messages.success(request, "Zamknięto zlecenie; protokół jest gotowy do podpisu.")
            return redirect("infrastructure:order", order_id)
    return _page(request, found, PhotoForm(), form)


@staff(Right.MANAGE_NETWORK)
@require_POST
def cancelling(request: ActorRequest, order_id: int) -> HttpResponse:
    """The work is not needed."""
    _found(request, order_id)
    try:
        work.cancel(order_id, actor=request.actor, now=now())
    except Refused as error:
        refused_with(request, error)
    else:
        messages.success(request, "Anulowano zlecenie.")
    return redirect("infrastructure:order", order_id)


@staff(*SEERS)
@require_safe
def photo(request: ActorRequest, photo_id: int) -> FileResponse:
    """A photo."""
    found = queries.photo(photo_id, actor=request.actor)
    if found is None:
        raise Http404
    return files.download_response(found.image, f"zlecenie-{found.order_id}-{found.pk}.jpg", inline=True)


@staff(*SEERS)
@require_safe
def protocol(request: ActorRequest, order_id: int) -> HttpResponse:
    """The hand-over protocol on paper."""
    found = _found(request, order_id)
    if found.state != WorkOrder.State.DONE:
        raise Http404
    pdf = protocol_pdf(found, queries.steps(found), queries.photos(found))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="protokol-zl-{found.number}-{found.year}.pdf"'
    return answer


def _page(request: ActorRequest, found: WorkOrder, photo: PhotoForm, ending: HandOverForm) -> HttpResponse:
    context = {
        "order": found, "steps": queries.steps(found), "photos": queries.photos(found), "photo_form": photo,
        "ending": ending, "is_open": found.state == WorkOrder.State.OPEN, "today": localdate(),
        "may_manage": access.may_manage(request.actor), "form": photo if photo.errors else ending,
    }  # fmt: skip
    status = 422 if photo.errors or ending.errors else 200
    return render(request, "infrastructure/order.html", context, status=status)


def _found(request: ActorRequest, order_id: int) -> WorkOrder:
    found = queries.one(order_id, actor=request.actor)
    if found is None:
        raise Http404
    return found
