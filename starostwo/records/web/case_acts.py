"""What a person does in a case from its page: each a posted form, each answered by the page again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from starostwo.office.api import ActorRequest, staff
from starostwo.records.models import Case, CaseAccess, CaseParty, ClockEntry
from starostwo.records.queries.cases import find_case, letters_of, parties_of
from starostwo.records.rules.clock import Basis, ExtensionTooShort, NotAnExclusion
from starostwo.records.services import cases, clock, notes, parties
from starostwo.records.web import case_forms as forms
from starostwo.records.web.assignment_forms import target_of
from starostwo.screens.api import ScreenForm

REFUSALS = (
    parties.NotHolder,
    clock.NoTerm,
    clock.NotAGeneralTerm,
    NotAnExclusion,
    ExtensionTooShort,
    notes.CannotWriteNote,
    cases.CannotClose,
    cases.CannotReopen,
    cases.CannotHandOver,
)
SAID: dict[type[Exception], str] = {
    ExtensionTooShort: "Nowy termin musi być późniejszy niż obecny, a bieg terminu nie może być wstrzymany.",
}


@staff(None)
@require_POST
def add_party(request: ActorRequest, mark: str) -> HttpResponse:
    """Enter a party or a representative."""
    case = _case(request, mark)
    form = forms.PartyForm(request.POST, parties=parties_of(case), letters=letters_of(case))

    def act(data: dict[str, Any]) -> None:
        parties.add_party(
            case.pk,
            actor=request.actor,
            party_id=data["party"],
            role=CaseParty.Role(data["role"]),
            represents_id=int(data["represents"]) if data["represents"] else None,
            authority_id=int(data["authority"]) if data["authority"] else None,
            today=localdate(),
            now=now(),
        )

    return _done(request, case, form, act, "Wpisano stronę.", "strony")


@staff(None)
@require_POST
def end_party(request: ActorRequest, mark: str, entry_id: int) -> HttpResponse:
    """End the part of a party."""
    case = _case(request, mark)
    if entry_id not in {one.pk for one in parties_of(case)}:
        raise Http404

    def act(data: dict[str, Any]) -> None:
        parties.end_party(entry_id, actor=request.actor, today=localdate(), now=now())

    return _done(request, case, ScreenForm(request.POST), act, "Wykreślono stronę.", "strony")


@staff(None)
@require_POST
def party_phone(request: ActorRequest, mark: str) -> HttpResponse:
    """Say under which number a party calls, so that its cases show when it does."""
    case = _case(request, mark)

    def act(data: dict[str, Any]) -> None:
        parties.set_phone(data["entry"], actor=request.actor, phone=data["phone"], now=now())

    form = forms.PartyPhoneForm(request.POST, parties=parties_of(case))
    return _done(request, case, form, act, "Zapisano telefon strony.", "strony")


@staff(None)
@require_POST
def exclude(request: ActorRequest, mark: str) -> HttpResponse:
    """Exclude time from the term."""
    case = _case(request, mark)

    def act(data: dict[str, Any]) -> None:
        clock.exclude(
            case.pk,
            actor=request.actor,
            basis=Basis(data["basis"]),
            from_on=data["from_on"],
            to_on=data["to_on"],
            reason=data["reason"],
            now=now(),
        )

    return _done(request, case, forms.ExclusionForm(request.POST), act, "Wyłączono okres z terminu.", "zegar")


@staff(None)
@require_POST
def end_exclusion(request: ActorRequest, mark: str, entry_id: int) -> HttpResponse:
    """End open excluded time."""
    case = _case(request, mark)
    if not ClockEntry.objects.filter(pk=entry_id, case=case).exists():
        raise Http404

    def act(data: dict[str, Any]) -> None:
        clock.end_exclusion(entry_id, actor=request.actor, to_on=data["to_on"], now=now())

    return _done(request, case, forms.EndExclusionForm(request.POST), act, "Termin biegnie dalej.", "zegar")


@staff(None)
@require_POST
def extend(request: ActorRequest, mark: str) -> HttpResponse:
    """Set a new day of settling."""
    case = _case(request, mark)

    def act(data: dict[str, Any]) -> None:
        clock.extend(case.pk, actor=request.actor, new_due=data["new_due"], reason=data["reason"], now=now())

    said = "Wyznaczono nowy termin. Zawiadom o nim strony (art. 36 k.p.a.)."
    return _done(request, case, forms.ExtensionForm(request.POST), act, said, "zegar")


@staff(None)
@require_POST
def make_complex(request: ActorRequest, mark: str) -> HttpResponse:
    """Find the case especially complicated."""
    case = _case(request, mark)

    def act(data: dict[str, Any]) -> None:
        clock.make_complex(case.pk, actor=request.actor, reason=data["reason"], today=localdate(), now=now())

    return _done(request, case, forms.ReasonForm(request.POST), act, "Termin wynosi dwa miesiące.", "zegar")


@staff(None)
@require_POST
def write_note(request: ActorRequest, mark: str) -> HttpResponse:
    """Add a note or an opinion."""
    case = _case(request, mark)

    def act(data: dict[str, Any]) -> None:
        notes.write_note(case.pk, actor=request.actor, text=data["text"], now=now())

    return _done(request, case, forms.NoteForm(request.POST), act, "Dodano notatkę.", "notatki")


@staff(None)
@require_POST
def let_in(request: ActorRequest, mark: str) -> HttpResponse:
    """Ask a unit or a person to co-operate."""
    case = _case(request, mark)

    def act(data: dict[str, Any]) -> None:
        notes.let_in(
            case.pk, actor=request.actor, who=target_of(data["who"]), purpose=data["purpose"], now=now()
        )

    form = forms.LetInForm(request.POST, today=localdate())
    return _done(request, case, form, act, "Udostępniono sprawę.", "dostep")


@staff(None)
@require_POST
def withdraw_access(request: ActorRequest, mark: str, access_id: int) -> HttpResponse:
    """Take a given access back."""
    case = _case(request, mark)
    if not CaseAccess.objects.filter(pk=access_id, case=case, withdrawn_at=None).exists():
        raise Http404

    def act(data: dict[str, Any]) -> None:
        notes.withdraw(access_id, actor=request.actor, now=now())

    return _done(request, case, ScreenForm(request.POST), act, "Cofnięto dostęp.", "sprawa")


@staff(None)
@require_POST
def change_title(request: ActorRequest, mark: str) -> HttpResponse:
    """Correct the title."""
    case = _case(request, mark)

    def act(data: dict[str, Any]) -> None:
        cases.change_title(case.pk, actor=request.actor, title=data["title"], now=now())

    return _done(request, case, forms.TitleForm(request.POST), act, "Zmieniono tytuł.", "sprawa")


@staff(None)
@require_POST
def hand_over(request: ActorRequest, mark: str) -> HttpResponse:
    """Give the case to another holder."""
    case = _case(request, mark)

    def act(data: dict[str, Any]) -> None:
        cases.hand_over(
            case.pk, actor=request.actor, holder_id=int(data["holder"]), today=localdate(), now=now()
        )

    form = forms.HandOverForm(request.POST, unit=case.unit, today=localdate())
    return _done(request, case, form, act, "Zmieniono prowadzącego.", "sprawa")


@staff(None)
@require_POST
def closure(request: ActorRequest, mark: str) -> HttpResponse:
    """Close the case."""
    case = _case(request, mark)

    def act(data: dict[str, Any]) -> None:
        cases.close_case(case.pk, actor=request.actor, outcome=data["outcome"], today=localdate(), now=now())

    return _done(
        request, case, forms.CloseForm(request.POST), act, f"Zakończono sprawę {case.mark}.", "sprawa"
    )


@staff(None)
@require_POST
def reopening(request: ActorRequest, mark: str) -> HttpResponse:
    """Open a wrongly closed case again."""
    case = _case(request, mark)

    def act(data: dict[str, Any]) -> None:
        cases.reopen_case(case.pk, actor=request.actor, reason=data["reason"], now=now())

    return _done(
        request, case, forms.ReasonForm(request.POST), act, f"Wznowiono sprawę {case.mark}.", "sprawa"
    )


def _case(request: ActorRequest, mark: str) -> Case:
    case = find_case(mark, actor=request.actor)
    if case is None:
        raise Http404
    return case


def _done(
    request: ActorRequest,
    case: Case,
    form: ScreenForm,
    act: Callable[[dict[str, Any]], None],
    said: str,
    place: str,
) -> HttpResponse:
    """Check the form, act, and lead back to the place on the page of the case with one message."""
    if not form.is_valid():
        for field, errors in form.errors.items():
            label = form.fields[field].label if field in form.fields else ""
            messages.error(request, f"{label}: {errors[0]}" if label else str(errors[0]))
    else:
        try:
            act(form.cleaned_data)
            messages.success(request, said)
        except REFUSALS as error:
            messages.error(request, SAID.get(type(error), str(error)))
        except IntegrityError:
            messages.error(request, "To już jest zapisane w tej sprawie.")
    return redirect(f"{reverse('records:case', args=[case.mark])}#{place}")
