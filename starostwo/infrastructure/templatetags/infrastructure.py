"""How speeds, lengths, fullness and colours of cables are shown."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from starostwo.infrastructure.models import Port
from starostwo.infrastructure.queries.references import line
from starostwo.infrastructure.rules.kinds import COLOURS
from starostwo.infrastructure.rules.ports import in_short
from starostwo.infrastructure.rules.power import FULL_AT, WARN_AT

register = template.Library()
JUDGED = {"good": "w normie", "warn": "uważaj", "bad": "za dużo", "neutral": "bez granicy"}
GAUGE = 100


@register.filter
def speed(megabits: int | None) -> str:
    """1000 is 1 Gb/s."""
    if not megabits:
        return "–"
    return f"{megabits / 1000:g} Gb/s".replace(".", ",") if megabits >= 1000 else f"{megabits} Mb/s"


@register.filter
def metres(centimetres: int | None) -> str:
    """150 is 1,5 m."""
    return "–" if centimetres is None else f"{centimetres / 100:g} m".replace(".", ",")


@register.filter
def pieces(change: int) -> str:
    """What came and what went."""
    return f"przyjęto {change} szt." if change > 0 else f"wydano {-change} szt."


@register.filter
def portline(port: Port) -> str:
    """A port in one line."""
    return line(port)


@register.filter
def depth(level: int) -> int:
    """How far a row is moved in; deeper ones look alike."""
    return min(level, 4)


@register.filter
def judgement(mood: str) -> str:
    """What a colour of load means."""
    return JUDGED.get(mood, mood)


@register.simple_tag
def gauge(used: int, whole: int, unit: str) -> SafeString:
    """How full something is: a small bar and the figures; the figures alone where no limit is known."""
    if not whole:
        return format_html("{} {}", used, unit)
    full = round(GAUGE * used / whole)
    mood = "bad" if full > FULL_AT else "warn" if full > WARN_AT else "good"
    return format_html(
        '<span class="st-gauge"><svg viewBox="0 0 100 8" aria-hidden="true" preserveAspectRatio="none">'
        '<rect class="st-gauge__whole" width="100" height="8"/>'
        '<rect class="st-gauge__part st-gauge__part--{}" width="{}" height="8"/></svg>'
        '<span class="st-gauge__words">{} z {} {} ({}%)</span></span>',
        mood, min(full, GAUGE), used, whole, unit, full,
    )  # fmt: skip


@register.simple_tag
def swatch(colour: str) -> SafeString:
    """The colour of a cable beside its name, in words for those who do not see it."""
    if not colour:
        return SafeString("")
    return format_html(
        '<span class="st-swatch st-swatch--{}"></span><span class="govuk-visually-hidden">{} </span>',
        colour, COLOURS.get(colour, ""),
    )  # fmt: skip


@register.simple_tag
def vlans(port: Port) -> str:
    """The VLANs of a port: the one without a tag, and the numbers of those with one."""
    tagged = in_short(one.number for one in port.tagged.all())
    parts = [str(port.vlan) if port.vlan else "", f"ze znacznikiem {tagged}" if tagged else ""]
    return "; ".join(part for part in parts if part) or "–"
