"""The own account of a member of staff: password, recovery codes, sessions, tokens of programs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from starostwo.office.entrance import staff
from starostwo.office.middleware import ActorRequest
from starostwo.office.queries import accounts as reads
from starostwo.office.services import accounts, second_factor, tokens
from starostwo.office.services.refusal import NotAllowed, Refusal
from starostwo.office.services.sign_in import check_code, check_password
from starostwo.office.web.forms import CodeForm, OwnPasswordForm, TokenForm
from starostwo.office.web.visitor import renew_session, signed_in, visitor_of


@staff(None)
def account(request: ActorRequest) -> HttpResponse:
    """Everything about signing in, in one place."""
    page = {
        "sessions": reads.open_sessions(request.actor, now=timezone.now()),
        "session_key": request.session.session_key,
        "tokens": reads.own_tokens(request.actor),
        "passkeys": reads.own_passkeys(request.actor),
        "codes_left": reads.unused_recovery_codes(request.actor),
        "today": timezone.localdate(),
    }
    return render(request, "office/account.html", page)


@staff(None)
@sensitive_post_parameters()
def own_password(request: ActorRequest) -> HttpResponse:
    """Change the password; other sessions of the account end."""
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mine = signed_in(request)
        try:
            check_password(
                login=mine.login,
                password=form.cleaned_data["current"],
                visitor=visitor_of(request),
                now=timezone.now(),
            )
            accounts.choose_password(mine, password=form.cleaned_data["password"])
        except accounts.PasswordTooWeak as refusal:
            for reason in refusal.reasons:
                form.add_error("password", reason)
        except Refusal as refusal:
            form.add_error("current", str(refusal))
        else:
            renew_session(request, mine)
            messages.success(request, "Hasło zostało zmienione. Inne sesje są zakończone.")
            return redirect("office:account")
    return render(request, "office/own_password.html", {"form": form}, status=422 if form.errors else 200)


@staff(None)
def recovery_codes(request: ActorRequest) -> HttpResponse:
    """Make new recovery codes after one more proof."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mine = signed_in(request)
        try:
            check_code(mine, **form.cleaned_data, visitor=visitor_of(request), now=timezone.now())
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            codes = second_factor.renew_recovery_codes(mine)
            return render(request, "office/own_recovery_codes.html", {"codes": codes})
    return render(
        request, "office/own_recovery_codes.html", {"form": form}, status=422 if form.errors else 200
    )


@staff(None)
def new_token(request: ActorRequest) -> HttpResponse:
    """Make a token of a program; its secret is on the answer and nowhere else."""
    form = TokenForm(request.POST or None)
    form.offer(request.actor.own.rights)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = tokens.make_token(request.actor, **form.cleaned_data, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "office/new_token.html", {"token": token, "secret": secret})
    return render(request, "office/new_token.html", {"form": form}, status=422 if form.errors else 200)


@staff(None)
@require_POST
def token_end(request: ActorRequest, token_id: int) -> HttpResponse:
    """Revoke an own token."""
    try:
        tokens.revoke_token(request.actor, token_id=token_id, now=timezone.now())
    except NotAllowed as refusal:
        raise Http404 from refusal
    messages.success(request, "Token został odwołany.")
    return redirect("office:account")


@staff(None)
@require_POST
def session_end(request: ActorRequest, sign_in_id: int) -> HttpResponse:
    """End an own session."""
    try:
        accounts.end_own_session(request.actor, sign_in_id=sign_in_id, now=timezone.now())
    except NotAllowed as refusal:
        raise Http404 from refusal
    messages.success(request, "Sesja została zakończona.")
    return redirect("office:account")
