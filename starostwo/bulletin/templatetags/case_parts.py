"""The tag of the bulletin's part on the page of a case: `{% load case_parts %}`."""

from dataclasses import dataclass

from django import template

from starostwo.bulletin.queries.from_case import FromCase, from_case, rules_for
from starostwo.records import api as records

register = template.Library()


@dataclass(frozen=True)
class CasePanel:
    """What was published of a case, and whether its class has a rule."""

    rows: list[FromCase]
    has_rule: bool


@register.simple_tag
def in_bulletin(mark: str) -> CasePanel:
    """What the bulletin knows of the case; the page of the case asked who may see it."""
    return CasePanel(from_case(mark), bool(rules_for(records.CaseMark.parse(mark).klass)))
