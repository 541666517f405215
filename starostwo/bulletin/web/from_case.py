"""Screens of publishing from cases: a paper with its redaction map, and the rules of classes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import PublishingRule
from starostwo.bulletin.queries.editing import section_choices
from starostwo.bulletin.queries.from_case import all_rules, from_case, rules_for
from starostwo.bulletin.queries.personal_data import sought_of
from starostwo.bulletin.rules.redaction import BLACK, Choice, NoReason, redaction_map
from starostwo.bulletin.rules.registers import BY_CODE, REGISTERS
from starostwo.bulletin.services.from_case import (
    CannotPropose,
    CannotRule,
    Proposal,
    Proposed,
    add_rule,
    propose,
    redacted,
    remove_rule,
)
from starostwo.bulletin.web.desk import desk_of
from starostwo.bulletin.web.from_case_forms import ProposalForm, RuleForm, first_values
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.records import api as records

REASON = "powod-"
THINGS = {"dokument": "records.document", "pismo": "records.letter"}


def panel(request: HttpRequest, mark: str) -> str:
    """What the page of a case says of the bulletin; nothing where nothing is or may be published."""
    rows, rules = from_case(mark), rules_for(records.CaseMark.parse(mark).klass)
    if not rows and not rules:
        return ""
    return render_to_string("bulletin/case_panel.html", {"rows": rows, "mark": mark}, request)


@staff(None)
@require_safe
def case_papers(request: ActorRequest, mark: str) -> HttpResponse:
    """The papers of a case that may be proposed, and what was published of it."""
    case = _case(request, mark)
    rows, rules = from_case(mark), rules_for(case.klass)
    taken = {row.origin.source for row in rows if not row.origin.is_over}
    sources = [one for one in case.sources if one.thing not in taken and rules_for(case.klass, one)]
    context = {
        "case": case,
        "rows": rows,
        "rules": [(one, BY_CODE[one.kind]) for one in rules],
        "sources": [(one, _slug(one.thing)) for one in sources] if case.may_propose else [],
        "may_edit": access.may_edit(request.actor),
    }
    return render(request, "bulletin/case_papers.html", context)


@staff(Right.HANDLE)
@require_http_methods(["GET", "POST"])
def proposing(request: ActorRequest, mark: str, source: str) -> HttpResponse:
    """The redaction map of one paper: what is blacked out, what is kept and why; then it is proposed."""
    case = _case(request, mark)
    paper = case.source(_thing(source))
    rules = rules_for(case.klass, paper) if paper else []
    asked = [one for one in rules if str(one.pk) == request.GET.get("regula")]
    rule = next(iter([*asked, *rules]), None)
    if paper is None or rule is None or not case.may_propose:
        raise Http404
    audit.record_read(
        actor=request.actor.audit_name, actor_name=request.actor.name, thing=f"records.case:{case.case_id}"
    )
    text = records.public.text_of_source(paper.thing)
    first = first_values(rule.kind, case, paper)
    form = ProposalForm(request.POST or None, kind=rule.kind, initial=first)
    proposal = _proposal(request, form, rule, first)
    sought = sought_of(case.people, proposal.words)
    entries = redaction_map([proposal.title, text, *proposal.fields.values()], sought)
    if "przekaz" in request.POST and form.is_valid():
        try:
            done = propose(
                mark, paper.thing, actor=request.actor, proposal=proposal, now=now(), today=localdate()
            )
            _say(request, done)
            return redirect("bulletin:case_papers", mark)
        except (CannotPropose, NoReason) as error:
            form.add_error(None, str(error))
    context = {
        "case": case,
        "paper": paper,
        "rule": rule,
        "register": BY_CODE[rule.kind],
        "others": [(one, BY_CODE[one.kind]) for one in rules if one.pk != rule.pk],
        "form": form,
        "entries": [(one, proposal.choices.get(one.key, BLACK)) for one in entries],
        "preview": redacted(proposal, text, sought),
    }
    return render(request, "bulletin/proposing.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_BULLETIN, Right.COORDINATE)
@require_http_methods(["GET", "POST"])
def rules_list(request: ActorRequest) -> HttpResponse:
    """Which classes are published where, and a form for another one."""
    form = RuleForm(request.POST or None, registers=REGISTERS, sections=section_choices())
    if form.is_valid():
        data = form.cleaned_data
        try:
            add_rule(
                actor=request.actor,
                klass=data["klass"],
                kind=data["kind"],
                section_id=int(data["section"]),
                takes=PublishingRule.Takes(data["takes"]),
                now=now(),
            )
            messages.success(request, f"Dodano regułę dla klasy {data['klass']}.")
            return redirect("bulletin:rules")
        except CannotRule as error:
            form.add_error(None, str(error))
    is_editor = access.may_edit(request.actor)
    context = {"form": form, "rules": all_rules(), "tabs": desk_of(None).tabs("rules") if is_editor else []}
    return render(request, "bulletin/rules.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_BULLETIN, Right.COORDINATE)
@require_POST
def rule_end(request: ActorRequest, rule_id: int) -> HttpResponse:
    """Take a rule away."""
    if not PublishingRule.objects.filter(pk=rule_id).exists():
        raise Http404
    remove_rule(rule_id, actor=request.actor, now=now())
    messages.success(request, "Usunięto regułę. To, co opublikowano, zostaje.")
    return redirect("bulletin:rules")


def _case(request: ActorRequest, mark: str) -> records.public.PublishableCase:
    case = records.public.publishable_case(mark, actor=request.actor)
    if case is None:
        raise Http404
    return case


def _proposal(
    request: ActorRequest, form: ProposalForm, rule: PublishingRule, first: dict[str, object]
) -> Proposal:
    """What stands on the screen now: typed, or as it starts."""
    kept = set(request.POST.getlist("zostaw"))
    said = {name.removeprefix(REASON): str(text) for name, text in request.POST.items() if REASON in name}
    choices = {key: Choice(key in kept, said.get(key, "")[:300]) for key in {*kept, *said}}
    if request.method == "POST" and form.is_valid():
        return Proposal(rule.pk, form.cleaned_data["title"], form.values(), choices, form.words())
    typed = request.POST.get("title", str(first["title"]))
    fields = form.values() if form.is_bound and form.is_valid() else {}
    return Proposal(rule.pk, typed, fields, choices, form.words() if form.is_bound else ())


def _say(request: HttpRequest, done: Proposed) -> None:
    if done.gaps:
        messages.warning(
            request, "Przekazano do BIP jako wersję roboczą. Redaktor musi uzupełnić: " + " ".join(done.gaps)
        )
    else:
        messages.success(request, "Przekazano do BIP. Czeka na zatwierdzenie przez redaktora.")


def _slug(thing: str) -> str:
    kind, _, number = thing.partition(":")
    return f"{next(word for word, name in THINGS.items() if name == kind)}-{number}"


def _thing(slug: str) -> str:
    word, _, number = slug.partition("-")
    return f"{THINGS.get(word, '')}:{number}"
