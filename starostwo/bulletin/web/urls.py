"""Addresses of the bulletin."""

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
)

app_name = "bulletin"
urlpatterns = [
    path("bip/", public.page, {"address": ""}, name="front"),
    path("bip/szukaj/", search.bulletin_search, name="search"),
    path(
        "bip/deklaracja-dostepnosci/",
        public.page,
        {"address": "deklaracja-dostepnosci/"},
        name="accessibility",
    ),
    path("bip/<path:address>", public.page, name="page"),
    path("urzad/bip/", editing.items_list, name="editing"),
    path("urzad/bip/nowa/", editing.new_item, name="new_item"),
    path("urzad/bip/zipx/", importing.importing, name="importing"),
    path("urzad/bip/w-przygotowaniu/", editing.waiting, name="waiting"),
    path("urzad/bip/sprawozdania/", from_ledger.reports, name="reports"),
    path("urzad/bip/reguly/", from_case.rules_list, name="rules"),
    path("urzad/bip/reguly/<int:rule_id>/usuniecie/", from_case.rule_end, name="rule_end"),
    path("urzad/sprawy/<str:mark>/bip/", from_case.case_papers, name="case_papers"),
    path("urzad/sprawy/<str:mark>/bip/<slug:source>/", from_case.proposing, name="proposing"),
    path("urzad/bip/dzialy/", keeping.sections_list, name="sections"),
    path("urzad/bip/dzialy/gotowy-uklad/", keeping.planting, name="plant_tree"),
    path("urzad/bip/dzialy/<int:section_id>/", keeping.one_section, name="section"),
    path("urzad/bip/dzialy/<int:section_id>/usuniecie/", keeping.section_end, name="section_end"),
    path("urzad/bip/deklaracja-dostepnosci/", declaration.declaration, name="declaration"),
    path("urzad/bip/publikacje/", keeping.publications, name="publications"),
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
