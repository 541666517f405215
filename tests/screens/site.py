"""A small site that shows every part of `screens`, for the tests of this package alone."""

from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from starostwo.screens.api import (
    DayField,
    DayPartsField,
    FilesField,
    LookupInput,
    Row,
    ScreenForm,
    Step,
    Tab,
    TimelineEntry,
)

PAGES = Path(__file__).with_name("pages")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 5, tzinfo=ZoneInfo("Europe/Warsaw"))
CLERK = SimpleNamespace(
    name="Ewa Lis", post_title="naczelnik wydziału", kind="STAFF", rights=frozenset({"ASSIGN"}),
    absent=(SimpleNamespace(name="Hanna Górska", titles=("sekretarz powiatu",)),),
)  # fmt: skip
RESIDENT = SimpleNamespace(name="Piotr Wrona", post_title="", kind="RESIDENT", rights=frozenset(), absent=())
HISTORY = [
    TimelineEntry("Przekazano do podpisu", at=NOW, by="Jan Kos", is_now=True),
    TimelineEntry("Wezwano do uzupełnienia", at=TODAY, by="Jan Kos", body="Brak podpisu.\nTermin 7 dni."),
    TimelineEntry("Wpłynęło pismo", at=TODAY, url="#pismo"),
]
saved: list[dict[str, str]] = []


UNITS = [("", "wszystkie"), ("OR", "Organizacyjny")]
KINDS = [("A", "wniosek"), ("B", "skarga")]
WAYS = [("K", "na konto"), ("P", "pocztą")]
TAGS = [("m", "mapę"), ("p", "pełnomocnictwo")]
SENDERS = ["Piotr Wrona", "Gmina Ozorków", "Spółdzielnia Mieszkaniowa „Nasz Dom” w Zgierzu"]
TITLES = ["Wniosek o wydanie zaświadczenia", "Pismo ogólne w sprawie drogi", "Odwołanie od decyzji"]


class FilterForm(ScreenForm):
    mark_optional = False
    unit = forms.ChoiceField(
        label="Komórka", choices=[("", "wszystkie"), ("OR", "Organizacyjny")], required=False
    )
    since = DayField(label="Od dnia", required=False)


class LetterForm(ScreenForm):
    mark_optional = False
    sender = forms.CharField(label="Nadawca", widget=LookupInput(url="/lookup/", target_id="id_party"))
    received = DayField(label="Data wpływu", help_text="Na przykład 23.11.2026")
    channel = forms.ChoiceField(label="Kanał", choices=[("PAPER", "papier"), ("ESP", "skrzynka ESP")])
    title = forms.CharField(label="Tytuł", max_length=200)
    pages = forms.IntegerField(label="Liczba stron", required=False)
    kind = forms.ChoiceField(
        label="Rodzaj", choices=[("A", "wniosek"), ("B", "skarga")], widget=forms.RadioSelect
    )
    scanned = forms.BooleanField(label="Nie w pełni zeskanowano", required=False)
    note = forms.CharField(label="Uwagi", widget=forms.Textarea({"rows": 3}), max_length=500, required=False)
    files = FilesField(label="Skany", required=False)


class ApplicationForm(ScreenForm):
    title = forms.CharField(label="Czego dotyczy pismo?", help_text="W kilku słowach")
    body = forms.CharField(label="Treść", widget=forms.Textarea, max_length=2000)
    born = DayPartsField(label="Data urodzenia", help_text="Na przykład 23 11 1980")
    way = forms.ChoiceField(label="Jak odpowiedzieć?", choices=WAYS, widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(
        label="Załączasz", choices=TAGS, widget=forms.CheckboxSelectMultiple, required=False
    )
    consent = forms.BooleanField(label="Oświadczam, że dane są prawdziwe")
    files = FilesField(label="Załączniki", required=False)


def _show(request: HttpRequest, name: str, actor: object, **context: object) -> HttpResponse:
    request.actor = actor  # type: ignore[attr-defined]
    text = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    page = engines["django"].from_string(text).render({"today": TODAY, **context}, request)
    return HttpResponse(page)


def clerk_list(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "number": f"RPW/{4120 - number}/2026",
            "on": TODAY - timedelta(days=number // 9),
            "sender": SENDERS[number % 3],
            "title": TITLES[number % 3],
            "channel": ["papier", "ESP", "konto"][number % 3],
            "unit": ["OR", "AB", "GN"][number % 3],
            "state": ["nowe", "zadekretowane", "w sprawie"][number % 3],
            "kind": ["warn", "info", "good"][number % 3],
            "due": TODAY + timedelta(days=number - 3),
        }
        for number in range(int(request.GET.get("rows", "50")))
    ]  # fmt: skip
    page = SimpleNamespace(before=None, after=">next")
    done = next((f"{name} {request.POST[name]}" for name in ("assign", "quick") if name in request.POST), "")
    return _show(request, "clerk_list", CLERK, rows=rows, page=page, form=FilterForm(request.GET), done=done)


def clerk_case(request: HttpRequest) -> HttpResponse:
    views = [Tab("Sprawa", "#s", is_current=True), Tab("Pisma", "#p", count=3), Tab("Metryka", "#m")]
    due_on = TODAY + timedelta(days=3)
    return _show(request, "clerk_case", CLERK, views=views, history=HISTORY, due_on=due_on)


def clerk_form(request: HttpRequest) -> HttpResponse:
    form = LetterForm(request.POST, request.FILES) if request.method == "POST" else LetterForm()
    if form.is_bound and form.is_valid():
        messages.success(request, "Zarejestrowano pismo RPW/4121/2026.")
    return _show(request, "clerk_form", CLERK, form=form)


def resident_home(request: HttpRequest) -> HttpResponse:
    cards = ["Rejestracja pojazdu", "Pozwolenie na budowę", "Wypis z ewidencji gruntów", "Karta wędkarska"]
    return _show(request, "resident_home", None, cards=cards)


def resident_form(request: HttpRequest) -> HttpResponse:
    form = ApplicationForm(request.POST, request.FILES) if request.method == "POST" else ApplicationForm()
    stages = [Step("Dane", is_done=True, url="#1"), Step("Treść", is_current=True), Step("Podpis")]
    return _show(request, "resident_form", RESIDENT, form=form, stages=stages)


def resident_done(request: HttpRequest) -> HttpResponse:
    answers = [Row("Czego dotyczy pismo?", "Dziura w drodze", "#z"), Row("Numer", "RPW/7/2026")]
    return _show(request, "resident_done", RESIDENT, answers=answers, history=HISTORY)


def autosave(request: HttpRequest) -> HttpResponse:
    saved.append({name: str(value) for name, value in request.POST.items()})
    return HttpResponse(status=204)


def lookup(request: HttpRequest) -> HttpResponse:
    people = [("7", "Nowak Anna", "ul. Długa 3, Zgierz"), ("8", "Nowacki Jan", "Ozorków")]
    asked = request.GET["q"].lower()
    hits = [
        {"value": value, "label": label, "note": note, "fill": {"id_title": f"Pismo: {label}"}}
        for value, label, note in people
        if label.lower().startswith(asked)
    ]
    return JsonResponse({"hits": hits})


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the page that shows the page of error 500")


def leave(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


urlpatterns = [
    path("", resident_home, name="home"),
    path("resident/", resident_home, name="resident"),
    path("resident/form/", resident_form, name="application"),
    path("resident/done/", resident_done, name="done"),
    path("clerk/", clerk_list, name="letters"),
    path("clerk/assign/", clerk_list, name="assign"),
    path("clerk/case/", clerk_case, name="case"),
    path("clerk/form/", clerk_form, name="register"),
    path("autosave/", autosave, name="autosave"),
    path("lookup/", lookup, name="lookup"),
    path("broken/", broken, name="broken"),
    path("leave/", leave, name="leave"),
]
