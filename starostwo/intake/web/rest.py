"""The electronic submission box for programs: send a document, ask what became of it."""

import logging
from typing import BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from starostwo.files import api as files
from starostwo.intake import queries
from starostwo.intake.models import Submission
from starostwo.intake.rules.fingerprint import BadKey
from starostwo.intake.rules.limits import OverLimit
from starostwo.intake.rules.sender import sender_of_lines
from starostwo.intake.services.receipt import OfficeIsNotSetUp
from starostwo.intake.services.submission import From, KeyUsedForOther, Receipt, submit
from starostwo.intake.services.taking import Refused, Upload
from starostwo.intake.web import openapi, problems
from starostwo.intake.web.problems import problem
from starostwo.intake.web.streaming import limit_upload
from starostwo.office import api as office
from starostwo.signatures import api as signatures

log = logging.getLogger(__name__)
LONGEST_LINE = 300
NOT_READY_SECONDS = 60
NOT_READY_TEXT = "Wyślij ponownie za minutę, najlepiej z tym samym kluczem powtórzenia."
NOT_FOUND_TEXT = "Nie ma takiego złożenia albo kod dostępu jest inny. Sprawdź oba na poświadczeniu odbioru."


@csrf_exempt
@never_cache
@office.public("pismo do urzędu może wysłać każdy, także programem")
@require_POST
def submissions(request: HttpRequest) -> HttpResponse:
    """Take a document in and answer with its receipt; every refusal says what to do."""
    try:
        return _take_in(request, request.META.get("REMOTE_ADDR", ""))
    except OverLimit as error:
        return problem(problems.TOO_LARGE, str(error))
    except MultiPartParserError:
        return problem(problems.INCOMPLETE, "Wyślij formularz multipart/form-data z plikiem w polu document.")
    except Incomplete as error:
        return problem(problems.INCOMPLETE, str(error))
    except BadKey as error:
        return problem(problems.BAD_KEY, f"Nagłówek Idempotency-Key: {error}.")
    except KeyUsedForOther:
        return problem(
            problems.KEY_USED, "Tym kluczem wysłano już inną treść. Nowe pismo wyślij z nowym kluczem."
        )
    except Refused as error:
        return _refused(error)
    except (OfficeIsNotSetUp, signatures.CannotSign, OperationalError):
        log.exception("nie można przyjąć pisma ani wystawić UPO")
        return problem(problems.NOT_READY, NOT_READY_TEXT, retry_after=NOT_READY_SECONDS)


def _take_in(request: HttpRequest, address: str) -> HttpResponse:
    wait = office.allow(f"esp:{address}", limit=settings.ESP_SUBMISSIONS_PER_MINUTE, per_seconds=60)
    if wait is not None:
        return problem(problems.TOO_MANY, f"Wyślij ponownie za {wait} s.", retry_after=wait)
    limit_upload(request)
    return _created(_submit(request, address))


@never_cache
@office.public("o złożenie pyta ten, kto ma kod dostępu z odpowiedzi")
@require_safe
def submission(request: HttpRequest, submission_id: str) -> HttpResponse:
    found = _asked_with_code(request, submission_id)
    if isinstance(found, HttpResponse):
        return found
    return JsonResponse(_status(found), json_dumps_params={"ensure_ascii": False})


@never_cache
@office.public("poświadczenie pobiera ten, kto ma kod dostępu z odpowiedzi")
@require_safe
def submission_upo(request: HttpRequest, submission_id: str) -> HttpResponse:
    found = _asked_with_code(request, submission_id)
    if isinstance(found, HttpResponse):
        return found
    return HttpResponse(bytes(found.upo.xml), content_type="application/xml")


@office.public("opis interfejsu jest jawny")
@require_safe
def description(request: HttpRequest) -> HttpResponse:
    return HttpResponse(openapi.as_text(), content_type="application/json")


class Incomplete(Exception):
    """The request lacks what a submission needs."""


def _submit(request: HttpRequest, address: str) -> Receipt:
    document = request.FILES.get("document")
    if document is None or len(request.FILES.getlist("document")) != 1:
        raise Incomplete("Wyślij dokładnie jeden plik w polu document.")
    lines = [request.POST.get(name, "").strip() for name in ("sender_name", "sender_address")]
    if any(len(line) > LONGEST_LINE or "\0" in line for line in lines):
        raise Incomplete(f"Pola sender_name i sender_address mają najwyżej {LONGEST_LINE} znaków.")
    return submit(
        document=_upload(document),
        attachments=[_upload(each) for each in request.FILES.getlist("attachments")],
        origin=From(
            sender=sender_of_lines(*lines),
            access_address=address,
            idempotency_key=request.headers.get("Idempotency-Key"),
        ),
        now=now(),
    )


def _upload(file: "UploadedFile[bytes]") -> Upload:
    return Upload(file.name or "plik", cast(BinaryIO, file))


def _created(receipt: Receipt) -> HttpResponse:
    answer = HttpResponse(receipt.upo_xml, content_type="application/xml", status=201)
    answer["Location"] = reverse("intake:submission", args=[receipt.submission.pk])
    answer["Access-Code"] = receipt.access_code
    return answer


def _refused(error: Refused) -> HttpResponse:
    kind = {
        files.Problem.TOO_LARGE: problems.TOO_LARGE,
        files.Problem.KIND: problems.WRONG_KIND,
    }.get(error.problem, problems.REFUSED)
    return problem(kind, str(error), file=error.name, reason=error.problem.name)


def _asked_with_code(request: HttpRequest, submission_id: str) -> Submission | HttpResponse:
    """The submission, or the refusal; the tries from one address are limited, right or wrong."""
    address = request.META.get("REMOTE_ADDR", "")
    wait = office.allow(f"esp-code:{address}", limit=settings.ESP_QUESTIONS_PER_MINUTE, per_seconds=60)
    if wait is not None:
        return problem(problems.TOO_MANY, f"Zapytaj ponownie za {wait} s.", retry_after=wait)
    try:
        found = queries.by_code(UUID(submission_id), request.headers.get("Access-Code", ""))
    except ValueError:
        found = None
    if found is None:
        return problem(problems.NOT_FOUND, NOT_FOUND_TEXT)
    return found


def _status(found: Submission) -> dict[str, str | None]:
    return {
        "id": str(found.pk),
        "status": found.state,
        "status_text": found.get_state_display(),
        "reason": found.settled_reason,
        "number": found.letter.shown_number if found.letter else None,
        "received_at": localtime(found.received_at).isoformat(),
        "upo": reverse("intake:submission_upo", args=[found.pk]),
    }
