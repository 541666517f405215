"""`GET /healthz`: whether the database answers, all migrations are applied and a worker lives."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from starostwo.office import api as office
from starostwo.platform import jobs


@office.public("nadzór nad instalacją pyta bez logowania; odpowiedź nie zawiera danych")
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when everything works, else 503 with what is wrong."""
    problems = _problems()
    state = {"status": "error" if problems else "ok", "problems": problems}
    return JsonResponse(state, status=503 if problems else 200, json_dumps_params={"ensure_ascii": False})


def _problems() -> list[str]:
    try:
        if not _is_migrated():
            return ["brak migracji: starostwo migrate"]
        return [] if jobs.worker_lives(timezone.now()) else ["proces roboczy nie dał znaku życia od minuty"]
    except DatabaseError:
        return ["baza danych nie odpowiada"]


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
