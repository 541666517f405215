"""The pages of telephony: who looks at them, which have none, and what stands in their addresses."""

from typing import Any

from starostwo.records.models import Party
from starostwo.telephony.models import Call, Device, Extension, HuntGroup, Node, PublicNumber, Tariff, Trunk
from tests.journeys.screen import ACTS, ADMIN, FILE, JSON, WORKER, Screen

TELEPHONY: dict[str, Screen] = {
    "telephony:numbers": Screen(ADMIN, empty_query="?q=qqqq"),
    "telephony:own": Screen(WORKER),
    "telephony:who": Screen(WORKER, refused_by="Szukaj"),
    "telephony:caller": Screen(WORKER, refused_by="Zapisz w sprawie"),
    "telephony:dial": Screen(WORKER, refused_by="Zadzwoń"),
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
    "telephony:calls": Screen(ADMIN, empty_query="?numer=%2B990"),
    "telephony:call": Screen(ADMIN),
    "telephony:costs": Screen(ADMIN, empty_query="?miesiac=2020-02"),
    "telephony:statistics": Screen(ADMIN, empty_query="?miesiac=2020-02"),
    "telephony:live": Screen(ADMIN),
    "telephony:keeping": Screen(ADMIN, refused_by="Zapisz decyzję"),
    "telephony:nodes": Screen(ADMIN),
    "telephony:new_node": Screen(ADMIN, refused_by="Dodaj węzeł"),
    "telephony:node": Screen(ADMIN),
    "telephony:voicemail": Screen(WORKER, empty_query="?stan=usuniete"),
    "telephony:greeting": Screen(WORKER),
    "telephony:devices": Screen(ADMIN, empty_query="?q=qqqq"),
    "telephony:new_device": Screen(ADMIN, refused_by="Dodaj aparat"),
    "telephony:device_import": Screen(ADMIN, refused_by="Sprawdź plik"),
    "telephony:device": Screen(ADMIN),
    "telephony:device_change": Screen(ADMIN),
    "telephony:barred": Screen(ADMIN, refused_by="Zablokuj numer"),
    **dict.fromkeys(
        ["telephony:trunk_change", "telephony:tariff_change", "telephony:public_number_change"],
        Screen(ADMIN),
    ),
}
TELEPHONY_NO_PAGE: dict[str, str] = {
    "telephony:calls_file": FILE,
    **dict.fromkeys(
        ["telephony:switching", "telephony:mode", "telephony:node_removal", "telephony:call_note"], ACTS
    ),
    **dict.fromkeys(
        [f"telephony:{one}_removal" for one in ("trunk", "tariff", "public_number", "day_off", "number")],
        ACTS,
    ),
    "telephony:barred_lifting": ACTS,
    **dict.fromkeys(["telephony:voice_hearing", "telephony:voice_deletion"], ACTS),
    **dict.fromkeys(["telephony:voice_sound", "telephony:greeting_sound"], FILE),
    **dict.fromkeys(
        ["telephony:device_window", "telephony:device_revocation", "telephony:device_retirement"], ACTS
    ),
    **dict.fromkeys(["telephony:prov_first_file", "telephony:prov_file"], FILE),
    "telephony:device_key": "its answer shows a key once; seen in tests/telephony/test_device_screens.py",
    **dict.fromkeys(["telephony:pass", "telephony:book"], JSON),
    "telephony:password": "its answer shows a secret once; seen in tests/telephony/test_phone_screens.py",
}


def of_telephony() -> dict[str, dict[str, Any]]:
    """A phone, a group, a line, a building, an aparat."""
    trunk = {"trunk_id": Trunk.objects.order_by("id")[0].pk}
    device = {"device_id": Device.objects.filter(retired_at=None).order_by("id")[0].pk}
    return {
        "telephony:caller": {"number": Party.objects.exclude(phone="").order_by("phone")[0].phone},
        "telephony:phone": {"number": Extension.objects.order_by("number")[0].pk},
        "telephony:greeting": {"number": Extension.objects.get(account__login=WORKER).pk},
        "telephony:group": {"number": HuntGroup.objects.order_by("number")[0].pk},
        "telephony:trunk": trunk,
        "telephony:tariff": trunk,
        "telephony:trunk_change": trunk,
        "telephony:tariff_change": {"tariff_id": Tariff.objects.order_by("id")[0].pk},
        "telephony:public_number_change": {"number_id": PublicNumber.objects.order_by("id")[0].pk},
        "telephony:call": {"call_id": Call.objects.filter(tariff__isnull=False).order_by("id")[0].pk},
        "telephony:node": {"node_id": Node.objects.order_by("code")[0].pk},
        "telephony:device": device,
        "telephony:device_change": device,
        "telephony:hours": {"node_id": Node.objects.order_by("code")[0].pk},
    }
