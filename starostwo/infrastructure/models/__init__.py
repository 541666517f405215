"""Tables of the infrastructure, split by noun."""

from starostwo.infrastructure.models.cabling import Cable, CableEnd
from starostwo.infrastructure.models.circuits import Circuit, Expiry
from starostwo.infrastructure.models.discovery import DiscoveryRun, Proposal, Sighting, SnmpAccess
from starostwo.infrastructure.models.hardware import Device, DeviceType, Port, PortTemplate, Rack
from starostwo.infrastructure.models.monitoring import Alarm, ExpiryNotice, Gauge, Reader, Watch, Works
from starostwo.infrastructure.models.networks import Address, Prefix, TaggedVlan, Vlan
from starostwo.infrastructure.models.plans import FloorPlan, PlanSpot
from starostwo.infrastructure.models.power import ElectricCircuit, Feed, PowerPanel
from starostwo.infrastructure.models.work import Spare, SpareMove, WorkOrder, WorkPhoto, WorkSeries, WorkStep

__all__ = [
    "Address",
    "Alarm",
    "Cable",
    "CableEnd",
    "Circuit",
    "Device",
    "DeviceType",
    "DiscoveryRun",
    "ElectricCircuit",
    "Expiry",
    "ExpiryNotice",
    "Feed",
    "FloorPlan",
    "Gauge",
    "PlanSpot",
    "Port",
    "PortTemplate",
    "PowerPanel",
    "Prefix",
    "Proposal",
    "Rack",
    "Reader",
    "Sighting",
    "SnmpAccess",
    "Spare",
    "SpareMove",
    "TaggedVlan",
    "Vlan",
    "Watch",
    "WorkOrder",
    "WorkPhoto",
    "WorkSeries",
    "WorkStep",
    "Works",
]
