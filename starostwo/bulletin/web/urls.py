"""Addresses of the bulletin."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import path

from starostwo.bulletin.web import (
    approval,
    declaration,
    editing,
    from_case,
    from_ledger,
    importing,
    keeping,
    public,
    search,
    sign,
)

app_name = "bulletin"
DESK: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("", editing.items_list, "editing"),
    ("nowa/", editing.new_item, "new_item"),
    ("w-przygotowaniu/", editing.waiting, "waiting"),
    ("dzialy/", keeping.sections_list, "sections"),
    ("dzialy/gotowy-uklad/", keeping.planting, "plant_tree"),
    ("publikacje/", keeping.publications, "publications"),
]
urlpatterns = [
    *(path(f"urzad/bip/{rest}", view, name=name) for rest, view, name in DESK),
    *(path(f"urzad/bip/podmioty/<slug:body>/{rest}", view, name=f"body_{name}") for rest, view, name in DESK),
    path("bip/", public.page, {"address": ""}, name="front"),
    path("bip/szukaj/", search.bulletin_search, name="search"),
    path(
        "bip/deklaracja-dostepnosci/",
        public.page,
        {"address": "deklaracja-dostepnosci/"},
        name="accessibility",
    ),
    path("bip/<path:address>", public.page, name="page"),
    path("jednostki/<slug:site>/bip/", public.page, {"address": ""}, name="body_front"),
    path("jednostki/<slug:site>/bip/szukaj/", search.bulletin_search, name="body_search"),
    path("jednostki/<slug:site>/bip/<path:address>", public.page, name="body_page"),
    path("urzad/bip/deklaracja-dostepnosci/", declaration.declaration, name="declaration"),
    path("urzad/bip/zipx/", importing.importing, name="importing"),
    path("urzad/administracja/znak-bip/", sign.sign, name="sign"),
    path("urzad/administracja/znak-bip/usuniecie/", sign.sign_end, name="sign_end"),
    path("urzad/bip/sprawozdania/", from_ledger.reports, name="reports"),
    path("urzad/bip/sprawozdania/reguly/", from_ledger.report_rules, name="report_rules"),
    path(
        "urzad/bip/sprawozdania/reguly/<int:rule_id>/zatwierdzenie/",
        from_ledger.report_rule_approval,
        name="report_rule_approval",
    ),
    path(
        "urzad/bip/sprawozdania/reguly/<int:rule_id>/usuniecie/",
        from_ledger.report_rule_end,
        name="report_rule_end",
    ),
    path("urzad/bip/reguly/", from_case.rules_list, name="rules"),
    path("urzad/bip/reguly/<int:rule_id>/usuniecie/", from_case.rule_end, name="rule_end"),
    path("urzad/sprawy/<str:mark>/bip/", from_case.case_papers, name="case_papers"),
    path("urzad/sprawy/<str:mark>/bip/<slug:source>/", from_case.proposing, name="proposing"),
    path("urzad/bip/dzialy/<int:section_id>/", keeping.one_section, name="section"),
    path("urzad/bip/dzialy/<int:section_id>/usuniecie/", keeping.section_end, name="section_end"),
    path("urzad/bip/<int:item_id>/", editing.item, name="item"),
    path("urzad/bip/<int:item_id>/zmiana/", editing.change, name="change"),
    path("urzad/bip/<int:item_id>/wersja-robocza/", editing.draft, name="draft"),
    path("urzad/bip/<int:item_id>/przekazanie/", editing.submission, name="submission"),
    path("urzad/bip/<int:item_id>/dane-osobowe/", editing.deciding, name="deciding"),
    path("urzad/bip/<int:item_id>/wyrzucenie/", editing.discarding, name="discarding"),
    path("urzad/bip/<int:item_id>/zalaczniki/", editing.attachment, name="attachment"),
    path(
        "urzad/bip/<int:item_id>/zalaczniki/<int:file_id>/usuniecie/",
        editing.attachment_end,
        name="attachment_end",
    ),
    path("urzad/bip/<int:item_id>/pliki/<int:file_id>/", editing.draft_file, name="draft_file"),
    path("urzad/bip/<int:item_id>/zatwierdzenie/", approval.approving, name="approving"),
    path("urzad/bip/<int:item_id>/wycofanie/", approval.withdrawing, name="withdrawing"),
]
