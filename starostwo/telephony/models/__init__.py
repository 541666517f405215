"""Tables of telephony, split by noun."""

from starostwo.telephony.models.barred import BarredCaller
from starostwo.telephony.models.calls import Call, CallKeeping, CallLeg
from starostwo.telephony.models.devices import Device, DeviceCredential
from starostwo.telephony.models.greeting import Greeting
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
from starostwo.telephony.models.passes import BrowserPass
from starostwo.telephony.models.state import ExchangeState
from starostwo.telephony.models.trunks import EmergencyNumber, NumberClass, Tariff, Trunk
from starostwo.telephony.models.voicemail import VoiceMessage

__all__ = [
    "BarredCaller",
    "BrowserPass",
    "Call",
    "CallKeeping",
    "CallLeg",
    "Credential",
    "DayOff",
    "Device",
    "DeviceCredential",
    "EmergencyNumber",
    "ExchangeState",
    "Extension",
    "Greeting",
    "GroupMember",
    "HuntGroup",
    "Node",
    "Number",
    "NumberClass",
    "OpeningHours",
    "PublicNumber",
    "Tariff",
    "Trunk",
    "VoiceMessage",
]
