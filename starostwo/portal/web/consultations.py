"""Consultations: what is asked, saying an opinion, the report; and the opinions for editors."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office.api import ActorRequest, Right, allow, public, staff
from starostwo.portal.models import Consultation
from starostwo.portal.queries import council as reads
from starostwo.portal.services import consultations as services
from starostwo.screens.api import ScreenForm

HOUR, FROM_ONE_PLACE = 60 * 60, 20
TOO_OFTEN = gettext_lazy(
    "Z tego miejsca przyszło już wiele opinii. Spróbuj ponownie za godzinę; Twój tekst jest niżej."
)


class OpinionForm(ScreenForm):
    """An opinion; the name is its author's choice."""

    stance = forms.ChoiceField(
        label=gettext_lazy("Twoje stanowisko"),
        choices=list(services.STANCES.items()),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Twoja opinia"), max_length=5000, widget=forms.Textarea({"rows": 7}),
        help_text=gettext_lazy("Nie podawaj danych innych osób."),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Podpis"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Możesz nie podpisywać opinii. Nie publikujemy podpisów."),
    )


@public("konsultacje są jawne")
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """What is asked now, and what was asked before."""
    today, found = localdate(), reads.consultations()
    context = {
        "open": [one for one in found if one.opens_on <= today <= one.closes_on],
        "ahead": [one for one in found if one.opens_on > today],
        "over": [one for one in found if one.closes_on < today],
    }
    return render(request, "portal/consultations.html", context)


@public("opinię w konsultacjach mówi każdy")
@require_http_methods(["GET", "POST"])
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """One consultation: its text and its form, afterwards its report."""
    found, today = reads.shown_consultations().filter(slug=slug).first(), localdate()
    if found is None:
        raise Http404
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        place = request.META.get("REMOTE_ADDR", "")
        if allow(f"opinia:{place}", limit=FROM_ONE_PLACE, per_seconds=HOUR) is not None:
            form.add_error(None, TOO_OFTEN)
        else:
            try:
                services.say(found.pk, now=now(), today=today, **form.cleaned_data)
            except services.NotOpen as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("portal:opinion_said", slug)
    is_open = found.opens_on <= today <= found.closes_on
    counted = reads.stances_of(found.pk) if found.closes_on < today else {}
    context = {
        "consultation": found,
        "form": form,
        "is_open": is_open,
        "is_over": found.closes_on < today,
        "counts": [(label, counted.get(key, 0)) for key, label in services.STANCES.items()],
    }
    return render(request, "portal/consultation.html", context, status=422 if form.errors else 200)


@public("potwierdzenie po złożeniu opinii")
@require_safe
def opinion_said(request: HttpRequest, slug: str) -> HttpResponse:
    """The opinion is written down."""
    found = reads.shown_consultations().filter(slug=slug).first()
    if found is None:
        raise Http404
    return render(request, "portal/opinion_said.html", {"consultation": found})


@staff(Right.EDIT_PORTAL)
@require_safe
def opinions(request: ActorRequest, consultation_id: int) -> HttpResponse:
    """What was said, for whoever writes the report."""
    found = Consultation.objects.filter(pk=consultation_id).first()
    if found is None:
        raise Http404
    page = reads.opinions_page(consultation_id, request.GET.get("cursor"))
    rows = [(one, services.STANCES.get(one.stance, one.stance)) for one in page.rows]
    return render(request, "portal/opinions.html", {"consultation": found, "page": page, "rows": rows})
