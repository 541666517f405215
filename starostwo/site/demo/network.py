"""The network of the demonstration: server rooms, racks, sockets on plans, cables, addresses, power, work."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from starostwo.assets.models import Asset
from starostwo.infrastructure.models import Device, DeviceType, Port, Prefix, Vlan
from starostwo.infrastructure.rules.ports import NewPort, of_interfaces, of_panel, of_power
from starostwo.infrastructure.services import cabling, circuits, hardware, networks, plans, power, spares
from starostwo.infrastructure.services.cabling import Bundle, NewCable
from starostwo.infrastructure.services.hardware import NewDevice, NewType, Spot
from starostwo.office.actor import actor_for
from starostwo.office.models import Place
from starostwo.site.demo.network_pictures import floor_plan, room_box
from starostwo.site.demo.network_work import give_work
from starostwo.site.demo.people import Cast

TYPES = {
    "switch": ("SWITCH", "Mostek", "S48-10G", 1, 95, 0, [
        *of_interfaces("ge1-48"), *of_interfaces("sfp1-4", 10_000), *of_power("PSU1-2"),
    ]),
    "edge": ("SWITCH", "Mostek", "S24", 1, 40, 0, [
        *of_interfaces("ge1-24"), *of_interfaces("sfp1-2", 10_000), *of_power("PSU1"),
    ]),
    "wall": ("FIREWALL", "Bastion", "F200", 1, 80, 0, of_interfaces("wan1-2, lan1-4") + of_power("PSU1-2")),
    "server": ("SERVER", "Delta", "R740", 2, 420, 0, [
        *of_interfaces("eth0-1", 10_000), *of_interfaces("ipmi"), *of_power("PSU1-2"),
    ]),
    "storage": ("STORAGE", "Delta", "M12", 3, 310, 0, of_interfaces("eth0-1", 10_000) + of_power("PSU1-2")),
    "panel": ("PANEL", "Krosno", "P24", 1, 0, 0, of_panel("1-24")),
    "fibre": ("PANEL", "Krosno", "FO24", 1, 0, 0, of_panel("1-24", per_trunk=12)),
    "ups": ("UPS", "Stałprąd", "3000 RT", 2, 60, 2700, of_power("IN", "C13-1-8")),
    "weak": ("UPS", "Stałprąd", "1500 RT", 2, 40, 1350, of_power("IN", "C13-1-8")),
    "strip": ("STRIP", "Stałprąd", "PDU-12", 1, 0, 3680, of_power("IN", "W1-12")),
    "socket": ("SOCKET", "Krosno", "2xRJ45", 0, 0, 0, of_panel("1-2")),
    "outlet": ("OUTLET", "Elektra", "2P+Z", 0, 0, 0, of_power(outlets="1-2")),
    "phone": ("PHONE", "Telos", "T33", 0, 5, 0, of_interfaces("lan, pc")),
    "computer": ("COMPUTER", "Biuro", "5", 0, 90, 0, of_interfaces("eth0")),
    "access": ("ACCESS_POINT", "Mostek", "W6", 0, 18, 0, of_interfaces("eth0", 2500)),
}  # fmt: skip
VLANS = {10: "urząd", 20: "telefony", 30: "goście", 99: "zarządzanie"}
MAIN = {"SADOWA": ("S", 20), "DLUGA": ("D", 30)}
RACKED = [
    ("PP-{}-1", "panel", 40, "FRONT"), ("PP-{}-2", "panel", 39, "FRONT"), ("PP-{}-3", "panel", 38, "FRONT"),
    ("SW-{}-1", "switch", 36, "FRONT"), ("SW-{}-2", "switch", 35, "FRONT"), ("FO-{}-1", "fibre", 33, "FRONT"),
    ("FW-{}-1", "wall", 31, "FRONT"), ("SRV-{}-1", "server", 20, "BOTH"), ("SRV-{}-2", "server", 17, "BOTH"),
    ("MAC-{}-1", "storage", 13, "BOTH"), ("UPS-{}-1", "ups", 1, "BOTH"), ("UPS-{}-2", "ups", 4, "BOTH"),
    ("PDU-{}-A", "strip", 42, "REAR"), ("PDU-{}-B", "strip", 41, "REAR"),
]  # fmt: skip
FLOORS, DESKS = ("0", "1"), 9


@dataclass
class Site:
    """A building being wired, and who does it when."""

    code: str
    letter: str
    net: int
    who: dict[str, Any]
    types: dict[str, DeviceType]
    made: dict[str, Device]

    def named(self, pattern: str) -> Device:
        """A device of this building."""
        return self.made[pattern.format(self.letter)]

    def port(self, pattern: str, name: str, kind: str = "INTERFACE") -> int:
        """The key of a port of a device of this building."""
        return Port.objects.values_list("pk", flat=True).get(device=self.named(pattern), name=name, kind=kind)


def wire(cast: Cast, *, now: datetime) -> None:
    """Both buildings of Zgierz with all they have; the two branches with a small rack each."""
    today = localdate(now)
    who: dict[str, Any] = {"actor": actor_for(cast.staff["w.kabel"], today=today), "now": now}
    types = {name: _type(name, who) for name in TYPES}
    for number, name in VLANS.items():
        networks.add_vlan(number, name, **who)
    sites = [Site(code, letter, net, who, types, {}) for code, (letter, net) in MAIN.items()]
    networks.add_prefix({"network": "10.0.0.0/8", "is_container": True, "name": "sieć starostwa"}, **who)
    for site in sites:
        _racks(site)
        _networks(site)
        _sockets(site)
        _desks(site)
        _servers(site)
        _power(site)
    _branches(who, types)
    _lines(sites, today)
    _terms(who, today)
    _stock(sites, who)
    give_work(cast, sites[0].made, today=today, now=now)


def _type(name: str, who: dict[str, Any]) -> DeviceType:
    category, maker, model, units, draw, capacity, ports = TYPES[name]
    deep = category in ("SERVER", "STORAGE", "UPS")
    new = NewType(category, maker, model, units, deep, draw, capacity, "", list[NewPort](ports))
    return hardware.add_type(new, **who)


def _racks(site: Site) -> None:
    place = Place.objects.get(path=f"{site.code}/0/003/R1")
    rack = hardware.add_rack(place.pk, 42, **site.who)
    owned = list(Asset.objects.filter(place=place, name="Serwer", state="IN_USE").order_by("id")[:2])
    new = []
    for pattern, kind, unit, face in RACKED:
        name = pattern.format(site.letter)
        kind = "weak" if kind == "ups" and site.letter == "D" else kind
        said: dict[str, Any] = {"serial_number": f"{site.letter}{unit:02d}-{4000 + unit * 17}"}
        if kind == "server" and owned:
            asset = owned.pop()
            said = {"asset_id": asset.pk, "serial_number": asset.serial_number, "role": "maszyny wirtualne"}
        new.append(NewDevice(site.types[kind].pk, name, Spot(rack=rack.pk, unit=unit, face=face), said))
    site.made |= {one.name: one for one in hardware.add_devices(new, **site.who)}


def _networks(site: Site) -> None:
    from_vlan = {10: ("urząd", 24), 20: ("telefony", 24), 30: ("goście", 24), 99: ("zarządzanie", 27)}
    place = Place.objects.get(path=site.code)
    vlans = {one.number: one.pk for one in Vlan.objects.all()}
    network = f"10.{site.net}.0.0/16"
    networks.add_prefix(
        {"network": network, "is_container": True, "name": place.name, "place_id": place.pk}, **site.who
    )
    for number, (name, length) in from_vlan.items():
        networks.add_prefix(
            {
                "network": f"10.{site.net}.{number}.0/{length}", "name": f"{name}, {place.name}",
                "vlan_id": vlans[number], "place_id": place.pk,
            },
            **site.who,
        )  # fmt: skip
    managed = Prefix.objects.get(network=f"10.{site.net}.99.0/27")
    for pattern, port in (
        ("FW-{}-1", "lan1"), ("SW-{}-1", "ge48"), ("SW-{}-2", "ge48"),
        ("SRV-{}-1", "ipmi"), ("SRV-{}-2", "ipmi"),
    ):  # fmt: skip
        name = pattern.format(site.letter).lower()
        address = networks.take_address(
            managed.pk, port_id=site.port(pattern, port), name=f"{name}.siec.example", **site.who
        )
        networks.set_management(site.named(pattern).pk, address.pk, **site.who)


def _sockets(site: Site) -> None:
    """A double socket in each room of two floors, on the plan, cabled to the panels one after another."""
    row = 0
    for floor in FLOORS:
        place = Place.objects.get(path=f"{site.code}/{floor}")
        rooms = list(Place.objects.filter(parent=place).order_by("path"))
        drawn = plans.draw_plan(place.pk, floor_plan([one.code for one in rooms]), **site.who)
        new = [
            NewDevice(site.types["socket"].pk, f"G-{site.letter}{one.code}", Spot(one.pk)) for one in rooms
        ]
        for index, socket in enumerate(hardware.add_devices(new, **site.who)):
            site.made[socket.name] = socket
            left, top, right, bottom = room_box(index, len(rooms))
            y = top + 0.3 * (bottom - top) if top < 0.5 else bottom - 0.3 * (bottom - top)
            plans.mark(drawn.pk, socket.pk, int((left + right) / 2 * 10_000), int(y * 10_000), **site.who)
            panel, first = divmod(row, 24)
            cabling.connect_many(
                Bundle(socket.pk, "REAR"),
                Bundle(site.named(f"PP-{{}}-{panel + 1}").pk, "REAR", first + 1), 2,
                NewCable("UTP6A", label=f"K-{socket.name[2:]}-", colour="GREY", length=2500 + 40 * index),
                **site.who,
            )  # fmt: skip
            row += 2


def _desks(site: Site) -> None:
    """A computer behind a telephone at the first port of some sockets, patched to the switches."""
    sockets = [one for name, one in sorted(site.made.items()) if name.startswith("G-")][::3][:DESKS]
    for index, socket in enumerate(sockets):
        code = socket.name[2:]
        phone, computer = hardware.add_devices(
            [
                NewDevice(
                    site.types["phone"].pk, f"TEL-{code}", Spot(socket.place_id), {"role": "telefon biurkowy"}
                ),
                NewDevice(site.types["computer"].pk, f"PC-{code}", Spot(socket.place_id)),
            ],
            **site.who,
        )
        front = Port.objects.get(device=socket, kind="FRONT", name="1")
        lan, behind = (Port.objects.get(device=phone, name=name).pk for name in ("lan", "pc"))
        cabling.connect(lan, [front.pk], NewCable("UTP6", colour="BLUE", length=300), **site.who)
        eth = Port.objects.get(device=computer).pk
        cabling.connect(behind, [eth], NewCable("UTP6", colour="GREY", length=200), **site.who)
        rear = Port.objects.get(device=socket, kind="REAR", name="1")
        far = rear.end.cable.ends.exclude(port=rear).select_related("port__device").get().port
        panel = Port.objects.get(device=far.device, kind="FRONT", name=far.name)
        switch = site.port("SW-{}-1", f"ge{index + 1}")
        cabling.connect(panel.pk, [switch], NewCable("UTP6", colour="YELLOW", length=100), **site.who)


def _servers(site: Site) -> None:
    """Servers and storage at both switches; the firewall between them and the operator."""
    joints = [
        ("SRV-{}-1", "eth0", "SW-{}-1", "sfp1"), ("SRV-{}-1", "eth1", "SW-{}-2", "sfp1"),
        ("SRV-{}-2", "eth0", "SW-{}-1", "sfp2"), ("SRV-{}-2", "eth1", "SW-{}-2", "sfp2"),
        ("MAC-{}-1", "eth0", "SW-{}-1", "sfp3"), ("MAC-{}-1", "eth1", "SW-{}-2", "sfp3"),
        ("FW-{}-1", "lan1", "SW-{}-1", "ge47"), ("SW-{}-1", "ge46", "SW-{}-2", "ge46"),
        ("SRV-{}-1", "ipmi", "SW-{}-2", "ge40"), ("SRV-{}-2", "ipmi", "SW-{}-2", "ge41"),
    ]  # fmt: skip
    for index, (near, one, far, other) in enumerate(joints, start=1):
        kind, colour = ("DAC", "BLACK") if one.startswith("eth") else ("UTP6A", "RED")
        label = f"S-{site.letter}-{index:02d}"
        cable = NewCable(kind, label=label, colour=colour, length=150)
        cabling.connect(site.port(near, one), [site.port(far, other)], cable, **site.who)


def _power(site: Site) -> None:
    """Two circuits, an outlet and a UPS on each, two strips, everything with two supplies on both."""
    room = Place.objects.get(path=f"{site.code}/0/003")
    panel = power.add_panel(room.pk, f"R-{site.letter}0", **site.who)
    for number, side in ((1, "A"), (2, "B")):
        told = {"panel_id": panel.pk, "name": f"F{number}", "amperes": 16}
        circuit = power.add_circuit(told, **site.who)
        new = NewDevice(site.types["outlet"].pk, f"GE-{site.letter}003-{side}", Spot(room.pk))
        outlet = hardware.add_device(new, **site.who)
        site.made[outlet.name] = outlet
        power.feed(outlet.pk, circuit.pk, **site.who)
        ups, strip = f"UPS-{{}}-{number}", f"PDU-{{}}-{side}"
        _plug(site, ups, "IN", outlet.name, "1")
        _plug(site, strip, "IN", ups, "C13-1")
        fed = ("SW-{}-1", "SW-{}-2", "FW-{}-1", "SRV-{}-1", "SRV-{}-2", "MAC-{}-1")
        for at, pattern in enumerate(fed, start=1):
            _plug(site, pattern, f"PSU{number}", strip, f"W{at}")


def _plug(site: Site, near: str, inlet: str, far: str, outlet: str) -> None:
    ends = site.port(near, inlet, "POWER_IN"), [site.port(far, outlet, "POWER_OUT")]
    cabling.connect(*ends, NewCable("POWER", colour="BLACK", length=150), **site.who)


def _branches(who: dict[str, Any], types: dict[str, DeviceType]) -> None:
    for code in ("OZORKOW", "GLOWNO"):
        rack = hardware.add_rack(Place.objects.get(path=f"{code}/0/003/R1").pk, 12, **who)
        new = [
            NewDevice(types["edge"].pk, f"SW-{code}", Spot(rack=rack.pk, unit=10)),
            NewDevice(types["panel"].pk, f"PP-{code}", Spot(rack=rack.pk, unit=12)),
            NewDevice(types["ups"].pk, f"UPS-{code}", Spot(rack=rack.pk, unit=1)),
        ]
        hardware.add_devices(new, **who)


def _lines(sites: list[Site], today: date) -> None:
    """A fibre between the buildings, the internet at the first, the branches by their operators."""
    one, other = sites
    between = NewCable("CIRCUIT", label="ŁĄCZE-SD-1", colour="ORANGE", note="dwa włókna po stronie operatora")
    cable = cabling.connect(one.port("SW-{}-1", "sfp4"), [other.port("SW-{}-1", "sfp4")], between, **one.who)
    place = {path: Place.objects.get(path=path).pk for path in ("SADOWA", "DLUGA", "OZORKOW", "GLOWNO")}
    rows = [
        ("ŁS/2024/118", "Łódzkie Sieci Światłowodowe", "ZP.272.4.2024", 10_000, 10_000, 1_230_00,
         "SADOWA", "DLUGA", cable.pk),
        ("INT/77120", "Telos Operator", "ZP.272.9.2025", 1_000, 1_000, 861_00, "SADOWA", "", None),
        ("INT/77121", "Telos Operator", "ZP.272.9.2025", 300, 100, 246_00, "OZORKOW", "", None),
        ("INT/77122", "Telos Operator", "ZP.272.9.2025", 300, 100, 246_00, "GLOWNO", "", None),
    ]  # fmt: skip
    for number, supplier, contract, down, up, monthly, near, far, cable_id in rows:
        told = {
            "number": number, "supplier": supplier, "contract": contract, "down": down, "up": up,
            "monthly": monthly, "near_id": place[near], "far_id": place.get(far), "cable_id": cable_id,
            "since": date(today.year - 1, 1, 1), "until": date(today.year + 1, 12, 31),
        }  # fmt: skip
        circuits.add_line(told, **one.who)


def _terms(who: dict[str, Any], today: date) -> None:
    rows = [
        ("CERTIFICATE", "bip.starostwo.example", "Urząd Certyfikacji TEST", 17),
        ("CERTIFICATE", "poczta.starostwo.example", "Urząd Certyfikacji TEST", 143),
        ("DOMAIN", "starostwo.example", "Rejestrator TEST", 210),
        ("LICENCE", "wsparcie zapór Bastion", "Bastion", -4),
    ]
    for kind, name, provider, days in rows:
        told = {"kind": kind, "name": name, "provider": provider, "valid_until": today + timedelta(days=days)}
        circuits.add_expiry(told, **who)


def _stock(sites: list[Site], who: dict[str, Any]) -> None:
    store = Place.objects.get(path="SADOWA/0/004").pk
    rows = [
        ("MODULE", "Moduł SFP+ LR 10 Gb/s", "SFP-10G-LR", 4, 12),
        ("MODULE", "Moduł SFP SX 1 Gb/s", "SFP-1G-SX", 2, 1),

        ("CORD", "Kabel krosowy kat. 6, 1 m", "UTP6-1-YE", 20, 64),
        ("PART", "Dysk 2,4 TB do Delta R740", "HDD-24-R740", 2, 3),
    ]  # fmt: skip
    for kind, name, number, least, count in rows:
        told = {"kind": kind, "name": name, "part_number": number, "place_id": store, "least": least}
        spare = spares.add_spare(told, **who)
        spares.move_spare(spare.pk, count, "zakup", **who)
        if kind == "MODULE" and count > 1:
            for site in sites:
                spares.move_spare(
                    spare.pk, -1, "łącze między budynkami", device=site.named("SW-{}-1").pk, **who
                )
