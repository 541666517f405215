"""What comes from cases: the rules for a class, the informations of a case, the map of one information."""

from dataclasses import dataclass

from starostwo.bulletin.models import CaseOrigin, Item, PublishingRule, Redaction, Version
from starostwo.bulletin.rules.registers import BY_CODE, Register
from starostwo.office.api import Actor
from starostwo.records import api as records

Takes = PublishingRule.Takes


@dataclass(frozen=True)
class Ruled:
    """A rule with its register, as lists show it."""

    rule: PublishingRule
    register: Register


@dataclass(frozen=True)
class FromCase:
    """An information that came from a case, with the version that is being written, if there is one."""

    origin: CaseOrigin
    open: Version | None

    @property
    def item(self) -> Item:
        return self.origin.item


def all_rules() -> list[Ruled]:
    """Return the rules by class; one query."""
    rows = PublishingRule.objects.select_related("section", "made_by").order_by("klass", "kind")
    return [Ruled(one, BY_CODE[one.kind]) for one in rows]


def rules_for(klass: str, source: records.public.Source | None = None) -> list[PublishingRule]:
    """Return the rules of the nearest class above that has any, and of them those that take the paper."""
    above = [klass[:length] for length in range(len(klass), 0, -1)]
    rows = list(PublishingRule.objects.filter(klass__in=above).select_related("section").order_by("kind"))
    nearest = max((len(one.klass) for one in rows), default=0)
    found = [one for one in rows if len(one.klass) == nearest]
    return found if source is None else [one for one in found if _takes(one, source)]


def from_case(mark: str) -> list[FromCase]:
    """Return the informations that came from the case, the newest first; the caller asked who may see it."""
    origins = CaseOrigin.objects.filter(case__mark=mark).select_related("item", "proposed_by")
    rows = list(origins.order_by("-proposed_at", "-id"))
    items = [row.item_id for row in rows]
    open_ones = (
        {
            one.item_id: one
            for one in Version.objects.filter(item__in=items, state__in=Version.OPEN).defer("text")
        }
        if rows
        else {}
    )
    return [FromCase(row, open_ones.get(row.item_id)) for row in rows]


def origin_context(item: Item, *, actor: Actor) -> dict[str, object]:
    """Return what staff see of where an information comes from: the case's mark and the map.

    The way into the case is shown to who may see it.
    """
    origin = CaseOrigin.objects.select_related("case", "proposed_by").filter(item=item).first()
    rows = Redaction.objects.filter(item=item).select_related("decided_by").order_by("position")
    if origin is None:
        return {"origin": None, "redactions": [], "sees_case": False}
    sees_case = records.visible_cases(actor).filter(pk=origin.case_id).exists()
    return {"origin": origin, "redactions": list(rows), "sees_case": sees_case}


def _takes(rule: PublishingRule, source: records.public.Source) -> bool:
    if rule.takes == Takes.BOTH:
        return True
    return source.is_incoming == (rule.takes == Takes.LETTERS)
