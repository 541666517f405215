"""Tables of telephony, split by noun."""

from starostwo.telephony.models.devices import Device, DeviceCredential
from starostwo.telephony.models.hours import DayOff, OpeningHours
from starostwo.telephony.models.node import Node
from starostwo.telephony.models.numbers import (
    Credential,
    Extension,
    GroupMember,
    HuntGroup,
    Number,
    PublicNumber,
)
from starostwo.telephony.models.trunks import EmergencyNumber, NumberClass, Tariff, Trunk

__all__ = [
    "Credential",
    "DayOff",
    "Device",
    "DeviceCredential",
    "EmergencyNumber",
    "Extension",
    "GroupMember",
    "HuntGroup",
    "Node",
    "Number",
    "NumberClass",
    "OpeningHours",
    "PublicNumber",
    "Tariff",
    "Trunk",
]
