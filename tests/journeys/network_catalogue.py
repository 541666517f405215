"""The pages of the network: who looks at them, which have none, and what stands in their addresses."""

from typing import Any

from starostwo.infrastructure.models import (
    Address,
    Alarm,
    Cable,
    Circuit,
    Device,
    DiscoveryRun,
    ElectricCircuit,
    Expiry,
    FloorPlan,
    Gauge,
    Port,
    PowerPanel,
    Prefix,
    Proposal,
    Rack,
    Spare,
    Vlan,
    WorkOrder,
)
from tests.journeys.assets_catalogue import of_assets
from tests.journeys.screen import ACTS, FILE, JSON, NETWORKER, TECHNICIAN, Screen
from tests.journeys.telephony_catalogue import of_telephony

N = "infrastructure:"
FORMS = {
    "new_device": "Dodaj urządzenie", "device_description": "", "device_place": "",
    "device_ports": "Dodaj porty", "port": "", "new_type": "Dodaj typ", "new_rack": "Dodaj szafę",
    "new_cable": "Podłącz kabel", "bundle": "Podłącz wszystkie", "cable_description": "",
    "new_plan": "Wczytaj rzut", "new_prefix": "Dodaj sieć", "new_vlan": "Dodaj VLAN",
    "prefix_description": "", "new_address": "", "new_panel": "Dodaj rozdzielnię",
    "new_electric_circuit": "Dodaj obwód", "feed": "Zapisz podłączenie", "new_line": "Dodaj łącze",
    "line": "", "new_expiry": "Dodaj termin", "expiry": "", "new_spare": "Dodaj część",
    "importing": "Sprawdź plik", "new_order": "Zleć",
    "type_description": "", "rack_description": "", "vlan": "", "address_description": "", "panel": "",
    "electric_circuit": "", "spare_description": "",
    "watch_settings": "", "thresholds": "", "works": "Zapisz prace", "readers": "Dodaj adres",
    "runs": "Zacznij przegląd", "accesses": "Zapisz dostęp", "proposal": "",
}  # fmt: skip
NETWORK: dict[str, Screen] = {
    f"{N}devices": Screen(NETWORKER, empty_query="?q=qqqq"),
    f"{N}search": Screen(NETWORKER, query="?q=sw-s", empty_query="?q=qqqq"),
    f"{N}device": Screen(NETWORKER),
    f"{N}types": Screen(NETWORKER),
    f"{N}racks": Screen(NETWORKER),
    f"{N}rack": Screen(NETWORKER),
    f"{N}cables": Screen(NETWORKER, empty_query="?q=qqqq"),
    f"{N}cable": Screen(NETWORKER),
    f"{N}trace": Screen(TECHNICIAN),
    f"{N}plans": Screen(TECHNICIAN),
    f"{N}plan": Screen(NETWORKER),
    f"{N}prefixes": Screen(NETWORKER),
    f"{N}prefix": Screen(NETWORKER),
    f"{N}power": Screen(NETWORKER),
    f"{N}lines": Screen(NETWORKER),
    f"{N}expiries": Screen(NETWORKER),
    f"{N}spares": Screen(TECHNICIAN),
    f"{N}spare": Screen(TECHNICIAN),
    f"{N}state": Screen(TECHNICIAN),
    f"{N}watched": Screen(TECHNICIAN),
    f"{N}gauge": Screen(TECHNICIAN),
    f"{N}alarms": Screen(TECHNICIAN),
    f"{N}alarm": Screen(TECHNICIAN),
    f"{N}run": Screen(NETWORKER),
    f"{N}proposals": Screen(NETWORKER),
    f"{N}orders": Screen(TECHNICIAN, empty_query="?stan=CANCELLED"),
    f"{N}order": Screen(TECHNICIAN),
    **{f"{N}{name}": Screen(NETWORKER, refused_by=button) for name, button in FORMS.items()},
}
NETWORK_NO_PAGE: dict[str, str] = {
    f"{N}port_hints": JSON,
    f"{N}order_protocol": FILE,
    **dict.fromkeys(
        [f"{N}{one}" for one in ("plan_image", "devices_csv", "cables_csv", "labels", "photo")],
        FILE,
    ),
    **dict.fromkeys(
        [
            f"{N}{one}"
            for one in (
                "device_withdrawal", "device_management", "cable_removal", "plan_mark", "address_release",
                "expiry_removal", "removal",
                "order_photo", "order_handing_over", "order_cancelling", "order_step",
                "works_end", "reader_removal", "run_stop", "proposal_refusal",
            )
        ],
        ACTS,
    ),
}  # fmt: skip


def of_the_network() -> dict[str, dict[str, Any]]:
    """A switch with its ports, a rack, a cable, a plan, a network, an open work order."""
    switch = Device.objects.get(name="SW-S-1")
    port = Port.objects.get(device=switch, name="ge1").pk
    prefix = Prefix.objects.filter(is_container=False).order_by("id")[0].pk
    gauge = Gauge.objects.filter(kind="TEMPERATURE").order_by("id")[0].pk
    cable = Cable.objects.get(ends__port=port).pk
    return {
        **{
            f"{N}{name}": {"device_id": switch.pk}
            for name in ("device", "device_description", "device_place")
        },
        f"{N}device_ports": {"device_id": switch.pk},
        **{f"{N}{name}": {"device_id": switch.pk} for name in ("watched", "watch_settings")},
        **{f"{N}{name}": {"gauge_id": gauge} for name in ("gauge", "thresholds")},
        f"{N}alarm": {"alarm_id": Alarm.objects.filter(ended_at=None).order_by("id")[0].pk},
        f"{N}run": {"run_id": DiscoveryRun.objects.order_by("id")[0].pk},
        f"{N}proposal": {"proposal_id": Proposal.objects.filter(state="OPEN").order_by("id")[0].pk},
        f"{N}port": {"port_id": port},
        f"{N}type_description": {"type_id": switch.device_type_id},
        f"{N}rack_description": {"rack_id": Rack.objects.get(place=switch.place_id).pk},
        f"{N}vlan": {"vlan_id": Vlan.objects.order_by("id")[0].pk},
        f"{N}address_description": {"address_id": Address.objects.order_by("id")[0].pk},
        f"{N}panel": {"panel_id": PowerPanel.objects.order_by("id")[0].pk},
        f"{N}electric_circuit": {"circuit_id": ElectricCircuit.objects.order_by("id")[0].pk},
        f"{N}spare_description": {"spare_id": Spare.objects.order_by("id")[0].pk},
        f"{N}trace": {"port_id": port},
        f"{N}rack": {"rack_id": Rack.objects.get(place=switch.place_id).pk},
        **{f"{N}{name}": {"cable_id": cable} for name in ("cable", "cable_description")},
        f"{N}plan": {"plan_id": FloorPlan.objects.order_by("id")[0].pk},
        **{f"{N}{name}": {"prefix_id": prefix} for name in ("prefix", "prefix_description", "new_address")},
        f"{N}line": {"circuit_id": Circuit.objects.order_by("id")[0].pk},
        f"{N}expiry": {"expiry_id": Expiry.objects.order_by("id")[0].pk},
        f"{N}spare": {"spare_id": Spare.objects.order_by("id")[0].pk},
        f"{N}importing": {"what": "kable"},
        f"{N}order": {"order_id": WorkOrder.objects.filter(state="OPEN").order_by("id")[0].pk},
    }


def of_equipment() -> dict[str, dict[str, Any]]:
    """What the county owns, what is plugged in and what it calls with."""
    return {**of_assets(), **of_the_network(), **of_telephony()}
