"""Groups of phones on the screen."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.telephony.queries import lines, numbers
from starostwo.telephony.queries.leads import leads_to
from starostwo.telephony.services import groups
from starostwo.telephony.services.groups import Group
from starostwo.telephony.services.phones import NumberIsTaken
from starostwo.telephony.web.forms import GroupForm, NewGroupForm

SAID = ("name", "strategy", "ring_seconds", "then", "at_night", "has_voicemail")


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Make a group."""
    form = NewGroupForm(request.POST or None, nodes=_nodes())
    if form.is_valid() and _saved(request, form, form.cleaned_data["number"], is_new=True):
        return redirect("telephony:numbers")
    context = {"form": form, "title": "Nowa grupa", "action": "Dodaj grupę"}
    return render(request, "telephony/form.html", context, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def group(request: ActorRequest, number: str) -> HttpResponse:
    """Change a group."""
    found = numbers.group(number)
    if found is None:
        raise Http404
    initial = {name: getattr(found, name) for name in SAID}
    initial |= {"node": found.number.node_id, "members": " ".join(numbers.members(found))}
    form = GroupForm(request.POST or None, initial=initial, nodes=_nodes())
    if form.is_valid() and _saved(request, form, number, is_new=False):
        return redirect("telephony:numbers")
    context = {"form": form, "title": f"Grupa {number}", "action": "Zapisz", "number": number,
               "leads": leads_to(number)}  # fmt: skip
    return render(request, "telephony/number.html", context, status=422 if form.errors else 200)


def _saved(request: ActorRequest, form: GroupForm, number: str, *, is_new: bool) -> bool:
    data = form.cleaned_data
    node = next(node for node in lines.nodes() if node.pk == data["node"])
    said = Group(**{name: data[name] for name in SAID})
    try:
        groups.save_group(number, node, said, data["members"], is_new=is_new, actor=request.actor, now=now())
    except NumberIsTaken:
        form.add_error("number", f"Numer {number} jest już zajęty. Wybierz inny.")
    except groups.NoSuchMember as refused:
        form.add_error("members", f"Nie ma telefonu {refused}. Dodaj go najpierw albo usuń z listy.")
    else:
        messages.success(request, f"Zapisano grupę {number}.")
        return True
    return False


def _nodes() -> list[tuple[int, str]]:
    return [(node.pk, node.name) for node in lines.nodes()]
