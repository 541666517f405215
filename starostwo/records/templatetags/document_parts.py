"""Tags of the office's letters: the letters of a case, and a text as blocks."""

from django import template
from django.template import Context

from starostwo.office.api import Actor
from starostwo.records import document_access
from starostwo.records.models import Case
from starostwo.records.queries.document import CasePapers, case_papers
from starostwo.records.rules.document_markup import Block, blocks

register = template.Library()


@register.simple_tag(takes_context=True)
def papers_of(context: Context, case: Case) -> CasePapers:
    """The letters of the case that the person who asks may see."""
    return case_papers(case, actor=_actor(context))


@register.simple_tag(takes_context=True)
def may_write_letters(context: Context, case: Case) -> bool:
    """Whether the person may draft letters of the case."""
    return document_access.may_write(_actor(context), case)


@register.filter
def as_blocks(text: str) -> list[Block]:
    """The blocks of a text in reading order."""
    return blocks(text)


def _actor(context: Context) -> Actor:
    actor: Actor = context["request"].actor
    return actor
