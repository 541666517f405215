"""Addresses of reports; a part of the addresses of the books."""

from django.urls import path

from starostwo.ledger.web import (
    consolidation,
    report_copies,
    report_entry,
    reports,
    reports_collect,
    reports_saved,
)

report_routes = [
    path("urzad/sprawozdania/", reports.overview, name="reports"),
    path("urzad/sprawozdania/zatwierdzone/", reports_saved.saved_list, name="reports_saved"),
    path("urzad/sprawozdania/zatwierdzone/<int:report_id>/", reports_saved.report, name="report_saved"),
    path(
        "urzad/sprawozdania/zatwierdzone/<int:report_id>/egzemplarz/",
        report_copies.report_copy,
        name="report_copy",
    ),
    path(
        "urzad/sprawozdania/zatwierdzone/<int:report_id>/pliki/<str:kind>/",
        reports_saved.report_file,
        name="report_file",
    ),
    path(
        "urzad/sprawozdania/zatwierdzone/<int:report_id>/skladniki/<str:row>/",
        reports_saved.parts,
        name="report_parts",
    ),
    path("urzad/sprawozdania/przyslane/", reports_collect.upload, name="report_upload"),
    path("urzad/sprawozdania/jednostki/", reports_collect.units, name="report_units"),
    path(
        "urzad/sprawozdania/jednostki/<int:unit_id>/koniec/", reports_collect.unit_end, name="report_unit_end"
    ),
    path(
        "urzad/sprawozdania/jednostki/<int:unit_id>/<slug:form>/<int:year>/",
        report_entry.entry,
        name="report_entry",
    ),
    path(
        "urzad/sprawozdania/skonsolidowany/<int:year>/",
        consolidation.consolidated,
        name="report_consolidated",
    ),
    path(
        "urzad/sprawozdania/skonsolidowany/<int:year>/wylaczenia/",
        consolidation.exclusions,
        name="report_exclusions",
    ),
    path(
        "urzad/sprawozdania/wylaczenia/<int:exclusion_id>/koniec/",
        consolidation.exclusion_end,
        name="report_exclusion_end",
    ),
    path(
        "urzad/sprawozdania/laczne/<slug:form>/<int:year>/<int:month>/",
        reports_collect.joint,
        name="report_joint",
    ),
    path("urzad/sprawozdania/<int:year_id>/<slug:form>/<int:month>/", reports.report, name="report"),
    path(
        "urzad/sprawozdania/<int:year_id>/<slug:form>/<int:month>/szablon/",
        reports_saved.template,
        name="report_template",
    ),
    path(
        "urzad/sprawozdania/<int:year_id>/<slug:form>/<int:month>/<str:row>/<str:column>/",
        reports.cell,
        name="report_cell",
    ),
]
