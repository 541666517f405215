"""What other pages show of payments: `{% load payment_parts %}`."""

from typing import Any

from django import template
from django.template.context import Context

from starostwo.intake import payment_access
from starostwo.intake.payment_queries import dues_in_case
from starostwo.records import api as records

register = template.Library()


@register.simple_tag(takes_context=True)
def payments_of_case(context: Context, mark: str) -> dict[str, Any]:
    """The dues of a case, and whether this person may count one more."""
    actor = context["request"].actor
    case = records.visible_cases(actor).filter(mark=mark).first()
    if case is None:
        return {"dues": [], "may_charge": False}
    return {
        "dues": dues_in_case(case.pk, actor=actor),
        "may_charge": case.state == "OPEN" and payment_access.may_charge(actor, case),
    }
