"""The pages of assets: who looks at them, which have none, and what stands in their addresses."""

from typing import Any

from starostwo.assets.models import (
    Asset,
    Disposal,
    Document,
    Licence,
    Sale,
    ServiceContract,
    Sheet,
    StockTake,
    Supply,
)
from tests.journeys.screen import ACTS, CHIEF, COUNTER, FILE, JSON, KEEPER, Screen

ASSETS: dict[str, Screen] = {
    "assets:assets": Screen(KEEPER, empty_query="?q=qqqq"),
    "assets:asset": Screen(KEEPER),
    "assets:taking": Screen(KEEPER, refused_by="Zapisz OT"),
    "assets:opening": Screen(KEEPER, refused_by="Zapisz BO"),
    "assets:importing": Screen(KEEPER, refused_by="Sprawdź plik"),
    "assets:description": Screen(KEEPER),
    "assets:value": Screen(KEEPER, refused_by="Zapisz ZW"),
    "assets:part": Screen(KEEPER, refused_by="Zapisz LT"),
    "assets:documents": Screen(KEEPER),
    "assets:document": Screen(KEEPER),
    "assets:writing_off": Screen(KEEPER),
    "assets:rates": Screen(CHIEF, refused_by="Ustaw próg"),
    "assets:lists": Screen(KEEPER),
    "assets:stock_takes": Screen(KEEPER, refused_by="Zarządź spis"),
    "assets:stock_take": Screen(KEEPER),
    "assets:sheet": Screen(COUNTER),
    "assets:counter": Screen(COUNTER),
    "assets:mine": Screen(KEEPER, refused_by="Poproś"),
    "assets:supplies": Screen(KEEPER, refused_by="Dodaj materiał"),
    "assets:supply": Screen(KEEPER, refused_by="Zapisz"),
    "assets:wishes": Screen(KEEPER),
    "assets:licences": Screen(KEEPER, refused_by="Wpisz licencję"),
    "assets:licence": Screen(KEEPER, refused_by="Przydziel"),
    "assets:disposals": Screen(KEEPER),
    "assets:disposal": Screen(KEEPER),
    "assets:loans": Screen(KEEPER),
    "assets:keepers": Screen(KEEPER, refused_by="Wyznacz"),
    "assets:terms": Screen(KEEPER),
    "assets:lending": Screen(KEEPER, refused_by="Wypożycz"),
    "assets:attaching": Screen(KEEPER, refused_by="Dodaj plik"),
    "assets:contracts": Screen(KEEPER, refused_by="Wpisz umowę"),
    "assets:contract": Screen(KEEPER, refused_by="Dodaj do umowy"),
    "assets:contract_change": Screen(KEEPER),
    "assets:sales": Screen(KEEPER),
    "assets:sale": Screen(KEEPER, refused_by="Wpisz ofertę"),
    "assets:taxes": Screen(CHIEF),
    "assets:tax": Screen(CHIEF, refused_by="Zapisz warunki"),
    "assets:use": Screen(KEEPER, refused_by="Zapisz użycie"),
    "assets:rates_file": Screen(CHIEF, refused_by="Wczytaj"),
}
CHOSEN = "needs chosen assets; seen in tests/assets/test_asset_screens.py"
ASSETS_NO_PAGE: dict[str, str] = {
    **dict.fromkeys(["assets:move", "assets:hand_over", "assets:liquidation", "assets:applying"], CHOSEN),
    "assets:new_sale": CHOSEN,
    "assets:document_paper": FILE,
    **dict.fromkeys(
        ["assets:sheet_paper", "assets:stock_take_protocol", "assets:labels", "assets:listing"], FILE
    ),
    **dict.fromkeys(["assets:counter_standing", "assets:counter_readings", "assets:counter_worker"], JSON),
    **dict.fromkeys(["assets:offered_places", "assets:offered_people", "assets:offered_assets"], JSON),
    **dict.fromkeys(["assets:attachment", "assets:supply_labels", "assets:everything"], FILE),
    "assets:difference": "there is none to decide here; seen in tests/assets/test_stocktaking.py",
    **dict.fromkeys(
        [
            "assets:rate_checked",
            "assets:rates_loading",
            "assets:stock_take_beginning",
            "assets:stock_take_settling",
            "assets:stock_take_closing",
            "assets:sheet_closing",
            "assets:count_line_striking",
            "assets:document_signing",
            "assets:sheet_signing",
            "assets:protocol_signing",
            "assets:detaching",
            "assets:confirming",
            "assets:declaring",
            "assets:withdrawing",
            "assets:answering",
            "assets:freeing",
            "assets:returning",
            "assets:dismissing",
            "assets:contract_end",
            "assets:uncovering",
            "assets:bidding",
            "assets:entering",
            "assets:taking_back",
            "assets:choosing",
            "assets:carrying_out",
            "assets:calling_off",
            "assets:invoicing",
        ],
        ACTS,
    ),
}


def of_assets() -> dict[str, dict[str, Any]]:
    """A computer in use, and the first document."""
    asset = Asset.objects.filter(state="IN_USE", name="Serwer").order_by("id")[0]
    contract = ServiceContract.objects.order_by("id")[0]
    sheet = Sheet.objects.filter(closed_at=None).order_by("id")[0]
    return {
        **{f"assets:{name}": {"asset_id": asset.pk} for name in ("asset", "description", "value", "part")},
        "assets:contract": {"contract_id": contract.pk},
        "assets:contract_change": {"contract_id": contract.pk},
        "assets:sale": {"sale_id": Sale.objects.filter(state="OFFERED").order_by("id")[0].pk},
        "assets:tax": {"asset_id": Asset.objects.filter(name="Ciężarówka z piaskarką")[0].pk},
        "assets:use": {"asset_id": Asset.objects.filter(method="BY_USE")[0].pk},
        "assets:stock_take": {"stock_take_id": StockTake.objects.order_by("id")[0].pk},
        "assets:sheet": {"sheet_id": sheet.pk},
        "assets:counter": {"sheet_id": sheet.pk},
        "assets:lending": {"asset_id": asset.pk},
        "assets:attaching": {"asset_id": asset.pk},
        "assets:supply": {"supply_id": Supply.objects.order_by("id")[0].pk},
        "assets:licence": {"licence_id": Licence.objects.order_by("id")[0].pk},
        "assets:disposal": {"disposal_id": Disposal.objects.order_by("id")[0].pk},
        "assets:document": {"document_id": Document.objects.order_by("id")[0].pk},
    }
