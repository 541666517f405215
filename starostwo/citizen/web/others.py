"""Those who apply together: named while the answers are open, invited once the document stands."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.citizen import co_applicants, services
from starostwo.citizen.rules.co_applicants import CannotMove
from starostwo.citizen.web.drafts import OTHERS, after_power, open_draft, step_url, way_through
from starostwo.citizen.web.others_form import PersonForm
from starostwo.office.api import ActorRequest, resident
from starostwo.procedures.api import applicants

Verb = Callable[..., None]
ACTS: dict[str, tuple[Verb, object]] = {
    "zaproszenie": (co_applicants.invite, _("Wysłaliśmy odnośnik. Działa 14 dni.")),
    "cofniecie": (co_applicants.withdraw_invitation, _("Cofnięto zaproszenie. Odnośnik już nie działa.")),
    "uznanie": (co_applicants.accept_signer, _("Zapisano: podpisała właściwa osoba.")),
    "odrzucenie": (co_applicants.reject_signer, _("Podpis odrzucono. Możesz zaprosić tę osobę jeszcze raz.")),
}


@resident
@require_http_methods(["GET", "POST"])
def others(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Who applies together with the resident; one more is added here."""
    view = open_draft(request, draft_id)
    if not view.draft.most_others:
        return redirect(after_power(view), draft_id)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            co_applicants.name_co_applicant(draft_id, actor=request.actor, lines=form.cleaned_data, now=now())
        except co_applicants.TooManyPeople as most:
            form.add_error(
                None, gettext("Razem z Tobą może składać najwyżej %(most)s osób.") % {"most": most}
            )
        else:
            messages.success(request, gettext("Dodano osobę."))
            return redirect("citizen:others", draft_id)
    is_self = view.acts_for is applicants.ActsFor.SELF
    back = step_url(view, view.steps[-1]) if is_self else reverse("citizen:power", args=[draft_id])
    context = {
        "view": view,
        "form": form,
        "is_full": len(view.others) >= view.draft.most_others,
        "back": back,
        "steps": way_through(view, OTHERS),
    }
    return render(request, "citizen/others.html", context, status=422 if form.errors else 200)


@resident
@require_POST
def removal(request: ActorRequest, draft_id: UUID, person_id: int) -> HttpResponse:
    """Take a person out again."""
    open_draft(request, draft_id)
    co_applicants.remove_co_applicant(draft_id, person_id, actor=request.actor)
    messages.success(request, gettext("Usunięto osobę."))
    return redirect("citizen:others", draft_id)


@resident
@require_POST
def joint_act(request: ActorRequest, draft_id: UUID, person_id: int, what: str) -> HttpResponse:
    """Invite a person, take the invitation back, or say whether the right one has signed."""
    if what not in ACTS:
        raise Http404
    verb, said = ACTS[what]
    try:
        verb(draft_id, person_id, actor=request.actor, now=now())
    except (services.NoSuchDraft, co_applicants.NoSuchPerson) as error:
        raise Http404 from error
    except services.DraftIsNotClosed:
        return redirect("citizen:draft", draft_id)
    except CannotMove:
        messages.error(
            request, gettext("Nic nie zmieniono: stan tej osoby jest już inny. Widzisz go poniżej.")
        )
    else:
        messages.success(request, str(said))
    return redirect("citizen:signing", draft_id)
