"""The schemas of our documents, for whoever makes or reads them with a program."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from starostwo.office.api import public
from starostwo.procedures.queries import form
from starostwo.procedures.rules.json_schema import json_schema
from starostwo.procedures.rules.xsd import xsd
from starostwo.procedures.services import DATA


@public("schemat dokumentu jest jawny")
@require_safe
def form_schema(request: HttpRequest, code: str, version: int) -> HttpResponse:
    definition = form(code, version)
    if definition is None:
        raise Http404
    return HttpResponse(xsd(definition), content_type="application/xml; charset=utf-8")


@public("schemat dokumentu jest jawny")
@require_safe
def filled_schema(request: HttpRequest, code: str, version: int) -> HttpResponse:
    definition = form(code, version)
    if definition is None:
        raise Http404
    shown = {"ensure_ascii": False, "indent": 1}
    return JsonResponse(
        json_schema(definition), content_type="application/schema+json", json_dumps_params=shown
    )


@public("schemat definicji formularza jest jawny")
@require_safe
def definition_schema(request: HttpRequest) -> HttpResponse:
    return HttpResponse((DATA / "form.schema.json").read_bytes(), content_type="application/schema+json")
