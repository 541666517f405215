"""The pages of assets: who looks at them, which have none, and what stands in their addresses."""

from typing import Any

from starostwo.assets.models import Asset, Document
from tests.journeys.screen import ACTS, CHIEF, FILE, KEEPER, Screen

ASSETS: dict[str, Screen] = {
    "assets:assets": Screen(KEEPER, empty_query="?q=qqqq"),
    "assets:asset": Screen(KEEPER),
    "assets:taking": Screen(KEEPER, refused_by="Zapisz OT"),
    "assets:opening": Screen(KEEPER, refused_by="Zapisz BO"),
    "assets:description": Screen(KEEPER),
    "assets:value": Screen(KEEPER, refused_by="Zapisz ZW"),
    "assets:part": Screen(KEEPER, refused_by="Zapisz LT"),
    "assets:documents": Screen(KEEPER),
    "assets:document": Screen(KEEPER),
    "assets:writing_off": Screen(KEEPER),
    "assets:rates": Screen(CHIEF, refused_by="Ustaw próg"),
}
CHOSEN = "needs chosen assets; seen in tests/assets/test_asset_screens.py"
ASSETS_NO_PAGE: dict[str, str] = {
    **dict.fromkeys(["assets:move", "assets:hand_over", "assets:liquidation"], CHOSEN),
    "assets:document_paper": FILE,
    "assets:rate_checked": ACTS,
}


def of_assets() -> dict[str, dict[str, Any]]:
    """A computer in use, and the first document."""
    asset = Asset.objects.filter(state="IN_USE", name="Serwer").order_by("id")[0]
    return {
        **{f"assets:{name}": {"asset_id": asset.pk} for name in ("asset", "description", "value", "part")},
        "assets:document": {"document_id": Document.objects.order_by("id")[0].pk},
    }
