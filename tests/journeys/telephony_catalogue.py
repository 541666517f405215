"""The pages of telephony: who looks at them, which have none, and what stands in their addresses."""

from typing import Any

from starostwo.telephony.models import Extension, HuntGroup, Node, Trunk
from tests.journeys.screen import ACTS, ADMIN, JSON, WORKER, Screen

TELEPHONY: dict[str, Screen] = {
    "telephony:numbers": Screen(ADMIN, empty_query="?q=qqqq"),
    "telephony:own": Screen(WORKER),
    "telephony:window": Screen(WORKER),
    "telephony:new_phone": Screen(ADMIN, refused_by="Dodaj telefon"),
    "telephony:phone": Screen(ADMIN),
    "telephony:new_group": Screen(ADMIN, refused_by="Dodaj grupę"),
    "telephony:group": Screen(ADMIN),
    "telephony:trial": Screen(ADMIN, refused_by="Sprawdź"),
    "telephony:lines": Screen(ADMIN),
    "telephony:new_trunk": Screen(ADMIN, refused_by="Dodaj łącze"),
    "telephony:trunk": Screen(ADMIN),
    "telephony:tariff": Screen(ADMIN, refused_by="Dopisz stawkę"),
    "telephony:public_number": Screen(ADMIN, refused_by="Dodaj numer"),
    "telephony:day_off": Screen(ADMIN, refused_by="Dodaj dzień"),
    "telephony:hours": Screen(ADMIN),
}
TELEPHONY_NO_PAGE: dict[str, str] = {
    **dict.fromkeys(["telephony:switching", "telephony:mode"], ACTS),
    **dict.fromkeys(["telephony:pass", "telephony:book"], JSON),
    "telephony:password": "its answer shows a secret once; seen in tests/telephony/test_phone_screens.py",
}


def of_telephony() -> dict[str, dict[str, Any]]:
    """A phone, a group, a line, a building."""
    trunk = {"trunk_id": Trunk.objects.order_by("id")[0].pk}
    return {
        "telephony:phone": {"number": Extension.objects.order_by("number")[0].pk},
        "telephony:group": {"number": HuntGroup.objects.order_by("number")[0].pk},
        "telephony:trunk": trunk,
        "telephony:tariff": trunk,
        "telephony:hours": {"node_id": Node.objects.order_by("code")[0].pk},
    }
