"""Who may see and do what with letters and cases; the only place of these rights.

A row keeps the tokens of its audience; a person sees it when he has one of them (office.Actor.tokens).
"""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, QuerySet

from starostwo.office.api import Actor, Right
from starostwo.records.models import Assignment, Case, CaseAccess, CoAssignment, Letter

WATCHERS = (f"role:{Right.COORDINATE}", f"role:{Right.INSPECT}")
AUDIENCE: "ArrayField[list[str], list[str]]" = ArrayField(CharField(max_length=60))
MAIL_DESK = f"role:{Right.REGISTER}"


def visible_letters(actor: Actor) -> QuerySet[Letter]:
    """The letters that the person may see. Every read of letters for staff starts here."""
    return Letter.objects.filter(audience__overlap=_tokens(actor))


def letters_headed_by(actor: Actor) -> QuerySet[Letter]:
    """The letters that lie in units that the person heads: a part of what he sees, found by the unit alone.

    Each letter has `head:` of its unit in its audience (see `audience_of_letter`).
    """
    return Letter.objects.filter(unit__in=sorted(actor.heads))


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """The cases that the person may see. Every read of cases for staff starts here."""
    return Case.objects.filter(audience__overlap=_tokens(actor))


def visible_open_cases(actor: Actor) -> QuerySet[Case]:
    """The open cases that the person may see.

    Open cases are few among those of all years: they are found by their state, and who sees them is looked at
    in what was found. The copy of the audience hides the index of the audiences of all years.
    """
    seers = Func(F("audience"), template="array_cat(%(expressions)s, '{}')", output_field=AUDIENCE)
    return Case.objects.filter(state=Case.State.OPEN).alias(seers=seers).filter(seers__overlap=_tokens(actor))


def cases_headed_by(actor: Actor) -> QuerySet[Case]:
    """The cases of units that the person heads: a part of what he sees, found by the unit alone."""
    return Case.objects.filter(unit__in=sorted(actor.heads))


def people_of(actor: Actor) -> tuple[int, ...]:
    """The person himself and those absent for whom he acts."""
    return (actor.account_id, *actor.in_place_of)


def may_register(actor: Actor) -> bool:
    """Say if the person keeps the registers of the mail desk."""
    return actor.may(Right.REGISTER)


def may_complete(actor: Actor, letter: Letter) -> bool:
    """Say if the person may complete the metadata of the letter: the mail desk or who handles it."""
    return _sees(actor, letter.audience) and (may_register(actor) or letter.holder_id in people_of(actor))


def may_assign(actor: Actor, letter: Letter) -> bool:
    """Say if the person may assign the letter: he heads the unit where it is, or holds it as a head."""
    return (
        actor.may(Right.ASSIGN)
        and letter.state != Letter.State.FILED
        and letter.unit in actor.heads
        and _sees(actor, letter.audience)
    )


def may_return(actor: Actor, letter: Letter) -> bool:
    """Say if the person may return an assigned letter: he was named, or heads the unit that was."""
    named = letter.holder_id in people_of(actor) or letter.unit in actor.heads
    return letter.state == Letter.State.ASSIGNED and named


def may_file(actor: Actor, letter: Letter) -> bool:
    """Say if the person may put the letter into a case: it was assigned to him, or to the unit he heads."""
    named = letter.holder_id in people_of(actor) or (letter.holder_id is None and letter.unit in actor.heads)
    return actor.may(Right.HANDLE) and letter.state == Letter.State.ASSIGNED and named


def may_open_in(actor: Actor, unit: str) -> bool:
    """Say if the person may open cases of the unit: he works there or heads it."""
    return actor.may(Right.HANDLE) and unit in actor.units | actor.heads


def may_handle(actor: Actor, case: Case) -> bool:
    """Say if the person may act in the case: he holds it or stands in for who does."""
    return actor.may(Right.HANDLE) and case.holder_id in people_of(actor)


def may_hand_over(actor: Actor, case: Case) -> bool:
    """Say if the person may give the case to another holder: he heads its unit."""
    return actor.may(Right.ASSIGN) and case.unit in actor.heads


def may_write_note(actor: Actor, case: Case) -> bool:
    """Say if the person may add a note: who holds, heads or co-operates, never who only watches."""
    given = CaseAccess.objects.filter(
        case=case, withdrawn_at=None, basis=CaseAccess.Basis.COOPERATION, token__in=_tokens(actor)
    )
    return may_handle(actor, case) or may_hand_over(actor, case) or given.exists()


def cases_to_note_in(actor: Actor, cases: Iterable[Case]) -> set[int]:
    """Of these cases those to which the person may add a note; one query for all of them."""
    rows = [case for case in cases if case.state == Case.State.OPEN]
    given = CaseAccess.objects.filter(
        case__in=[case.pk for case in rows], withdrawn_at=None, basis=CaseAccess.Basis.COOPERATION,
        token__in=_tokens(actor),
    )  # fmt: skip
    cooperates = set(given.values_list("case_id", flat=True)) if rows else set()
    return {
        case.pk
        for case in rows
        if case.pk in cooperates or may_handle(actor, case) or may_hand_over(actor, case)
    }


def may_look_up_parties(actor: Actor) -> bool:
    """Say if the person may see who a party of the directory is: whoever works with letters or cases."""
    return any(actor.may(right) for right in (Right.HANDLE, Right.REGISTER, Right.ASSIGN, Right.COORDINATE))


def may_edit_plan(actor: Actor) -> bool:
    """Say if the person keeps the file plan."""
    return actor.may(Right.EDIT_PLAN)


def audience_of_case(case: Case, grants: Iterable[CaseAccess]) -> list[str]:
    """Return the tokens of a case: its holder, the heads of its unit, the watchers, and who was let in."""
    given = [grant.token for grant in grants if grant.withdrawn_at is None]
    return sorted({f"person:{case.holder_id}", f"head:{case.unit}", *WATCHERS, *given})


def audience_of_letter(
    letter: Letter,
    *,
    active: Assignment | None,
    cooperating: Iterable[CoAssignment],
    case: Case | None,
) -> list[str]:
    """Return the tokens of a letter: the mail desk, where it is, who handles it, and its case's."""
    tokens = {MAIL_DESK, *WATCHERS, f"head:{letter.unit}"}
    if active is not None and active.lead_person_id is not None:
        tokens.add(f"person:{active.lead_person_id}")
    for one in cooperating:
        tokens.add(f"head:{one.unit}")
        if one.person_id is not None:
            tokens.add(f"person:{one.person_id}")
    return sorted(tokens | set(case.audience if case else ()))


def _sees(actor: Actor, audience: Iterable[str]) -> bool:
    return not actor.tokens.isdisjoint(audience)


def _tokens(actor: Actor) -> list[str]:
    return sorted(actor.tokens)
