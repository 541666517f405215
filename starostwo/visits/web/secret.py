"""Pages whose address holds a key: no page that they load or lead to learns of the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]


def secret_address(view: View) -> View:
    """Send no address on, and keep the page in no cache."""

    @wraps(view)
    def shown(*args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(*args, **kwargs)
        answer["Referrer-Policy"] = "strict-origin"
        return answer

    return never_cache(shown)
