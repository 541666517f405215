"""Click to dial: a number that is posted rings the clerk's own telephone first, then itself."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.office.api import ActorRequest, staff
from starostwo.telephony.queries import numbers
from starostwo.telephony.rules.numbers import NotANumber, shown
from starostwo.telephony.services import dialing
from starostwo.telephony.web.caller_forms import NumberForm
from starostwo.telephony.web.trial import REFUSED

NO_PHONE = "Nie masz telefonu w centrali urzędu. O numer wewnętrzny poproś administratora."
DOWN = (
    "Centrala telefoniczna Twojego budynku nie odpowiada, więc nie da się zadzwonić stąd. "
    "Wybierz numer na telefonie i daj znać administratorowi."
)
AWAY = (
    "Twój telefon {own} nie jest zalogowany w centrali. Sprawdź, czy jest włączony i ma sieć, "
    "albo otwórz telefon w przeglądarce."
)


@dataclass(frozen=True)
class Outcome:
    """What became of it, in words."""

    said: str
    rings: bool = False
    has_phone: bool = True


@staff(None)
@require_http_methods(["GET", "POST"])
def dial(request: ActorRequest) -> HttpResponse:
    """Call a number; the script of a page gets the outcome as JSON, a form without a script as a page."""
    if request.method == "POST" and not request.accepts("text/html"):
        outcome = _dialled(request, request.POST.get("numer", "")[:30])
        return JsonResponse(vars(outcome))
    form = NumberForm(request.POST or None, initial={"numer": request.GET.get("numer", "")[:30]})
    if form.is_valid():
        outcome = _dialled(request, form.cleaned_data["numer"])
        if outcome.rings:
            messages.success(request, outcome.said)
            return redirect("telephony:dial")
        form.add_error(None, outcome.said)
    own = numbers.own_phone(request.actor.account_id)
    context = {"form": form, "own": own, "no_phone": NO_PHONE}
    return render(request, "telephony/dial.html", context, status=422 if form.errors else 200)


def _dialled(request: ActorRequest, number: str) -> Outcome:
    try:
        own = dialing.call_from_own_phone(number, actor=request.actor, now=now())
    except NotANumber:
        return Outcome("To nie jest numer telefonu.")
    except dialing.NoPhone:
        return Outcome(NO_PHONE, has_phone=False)
    except dialing.NotAllowed as refused:
        return Outcome(REFUSED.get(str(refused), "odmowa centrali").capitalize() + ".")
    except dialing.PhoneIsAway as refused:
        return Outcome(AWAY.format(own=refused))
    except dialing.ExchangeDown:
        return Outcome(DOWN)
    return Outcome(f"Dzwoni Twój telefon {own}. Odbierz, a połączy się z {shown(number)}.", rings=True)
