"""Income of the State Treasury on the screen: what waits, what was passed on, one button to pass on."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm
from starostwo.treasury import access
from starostwo.treasury.models import BankAccount
from starostwo.treasury.queries import remittances as queries
from starostwo.treasury.rules.payment_states import State
from starostwo.treasury.rules.state_income import deadline_for, deadlines
from starostwo.treasury.services import remittances as services
from starostwo.treasury.services.claims import Wrong
from starostwo.treasury.web.claims import NO_BOOKS
from starostwo.treasury.web.payments import SEES


class PayeeForm(ScreenForm):
    """Where the money goes."""

    mark_optional = False

    account = forms.TypedChoiceField(label="Z rachunku", coerce=int)
    payee_name = forms.CharField(label="Odbiorca", max_length=140)
    payee_account = forms.CharField(label="Rachunek odbiorcy", max_length=40)

    def __init__(self, accounts: list[tuple[int, str]], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = accounts  # type: ignore[attr-defined]


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def listed(request: ActorRequest) -> HttpResponse:
    """What waits of the budget that the person sees, and the remittances before, the newest first."""
    book = ledger.visible_books(request.actor).filter(kind="BUDGET").order_by("name").first()
    today = localdate()
    own = [
        one for one in access.visible_accounts(request.actor).filter(book=book)
        if access.may_prepare(request.actor, one)
    ] if book else []  # fmt: skip
    page = keyset_page(queries.listed(book), key=("-id",), cursor=request.GET.get("cursor")) if book else None
    form = PayeeForm([(one.pk, one.name) for one in own], request.POST or None, initial=_last(page))
    if own and form.is_valid() and _passed_on(request, form, own):
        return redirect("treasury:remittances")
    when = deadline_for(today)
    rows = queries.waiting(book, when.until) if book else []
    following = [one for day in (today, today + timedelta(days=25)) for one in deadlines(day.year, day.month)]
    context = {
        "book": book, "page": page, "form": form if own else None, "rows": rows, "when": when, "today": today,
        "dead": (State.REFUSED, State.WITHDRAWN), "may_work": bool(own),
        "coming": next((one for one in following if one.until > today), None),
        "received": sum(one.received for one in rows), "share": sum(one.share for one in rows),
        "passed_on": sum(one.passed_on for one in rows),
        "is_settled": page is not None and any(one.until == when.until for one in page.rows),
    }  # fmt: skip
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "treasury/remittances.html", context, status=status)


def _last(page: object) -> dict[str, str]:
    """The payee of the last transfer, so that nobody types him twice."""
    for one in getattr(page, "rows", []):
        for line in one.lines.all():
            if line.order is not None:
                return {"payee_name": line.order.payee_name, "payee_account": line.order.payee_account}
    return {}


def _passed_on(request: ActorRequest, form: PayeeForm, own: list[BankAccount]) -> bool:
    """Pass on; a refusal stands beside its field."""
    account = next(one for one in own if one.pk == form.cleaned_data["account"])
    payee = services.Payee(form.cleaned_data["payee_name"], form.cleaned_data["payee_account"])
    try:
        made = services.pass_on(account, payee, actor=request.actor, today=localdate(), now=now())
    except Wrong as refused:
        form.add_error(refused.field, refused.words)
    except services.NothingToPassOn:
        form.add_error(None, "Na ten dzień nie ma czego odprowadzić albo już to zrobiono.")
    except (LookupError, ledger.CannotPost):
        form.add_error(None, NO_BOOKS)
    else:
        messages.success(request, f"Przygotowano przelewy na {made.pay_by:%d.%m.%Y} do zatwierdzenia.")
        return True
    return False


@staff(Right.KEEP_BOOKS)
@require_POST
def again(request: ActorRequest, line_id: int) -> HttpResponse:
    """Prepare anew a transfer that did not go through."""
    try:
        made = services.prepare_again(
            line_id, account_number=request.POST.get("payee_account", ""), actor=request.actor, now=now()
        )
    except services.NotAgain as error:
        raise Http404 from error
    except Wrong as refused:
        messages.error(request, refused.words)
        return redirect("treasury:remittances")
    messages.success(request, f"Przygotowano nowy przelew {made.reference} do zatwierdzenia.")
    return redirect("treasury:payment", made.pk)
