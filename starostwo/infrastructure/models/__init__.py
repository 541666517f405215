"""Tables of the infrastructure, split by noun."""

from starostwo.infrastructure.models.cabling import Cable, CableEnd
from starostwo.infrastructure.models.hardware import Device, DeviceType, Port, PortTemplate, Rack
from starostwo.infrastructure.models.networks import Address, Prefix, Vlan

__all__ = [
    "Address",
    "Cable",
    "CableEnd",
    "Device",
    "DeviceType",
    "Port",
    "PortTemplate",
    "Prefix",
    "Rack",
    "Vlan",
]
