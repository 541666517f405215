"""The files with which desk phones set themselves up, one form for each maker.

Which keys were read and which rest on memory stands in docs/telephones.md; none was tried on a device yet.
"""

import unicodedata
from dataclasses import dataclass
from xml.etree import ElementTree as ET

XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
BOOK_NAME = "Starostwo"
DAILY_MINUTES = 24 * 60
SIGNED_IN_MINUTES = 10  # a phone whose key was taken away can be called so long


@dataclass(frozen=True)
class Setup:
    """What a phone has to know; `address` is its own place for files, with a slash at the end."""

    mac: str
    number: str
    label: str
    sign_in_name: str
    password: str
    host: str
    port: int
    address: str

    def __repr__(self) -> str:
        return f"Setup({self.mac!r}, {self.number!r})"  # password and address are secrets and get into no log

    @property
    def is_secure(self) -> bool:
        """Whether files come over HTTPS."""
        return self.address.startswith("https://")

    @property
    def place(self) -> str:
        """The address without its scheme and its last slash, as Grandstream takes it."""
        return self.address.partition("://")[2].rstrip("/")


def yealink(setup: Setup) -> str:
    """<mac>.cfg: the account, the phonebook, and where to ask from now on."""
    return _lines(
        {
            "account.1.enable": "1",
            "account.1.label": one_line(f"{setup.number} {setup.label}"),
            "account.1.display_name": one_line(setup.label),
            "account.1.user_name": setup.number,
            "account.1.auth_name": setup.sign_in_name,
            "account.1.password": setup.password,
            "account.1.sip_server.1.address": setup.host,
            "account.1.sip_server.1.port": str(setup.port),
            "account.1.sip_server.1.transport_type": "0",
            "account.1.sip_server.1.expires": str(SIGNED_IN_MINUTES * 60),
            "remote_phonebook.data.1.url": f"{setup.address}ksiazka.xml",
            "remote_phonebook.data.1.name": BOOK_NAME,
            "static.auto_provision.server.url": setup.address,
            "static.auto_provision.dhcp_option.enable": "0",
        }
    )


def yealink_common() -> str:
    """y000000000000.cfg: the same for all phones, and no secret."""
    return _lines(
        {
            "lang.gui": "Polish",
            "local_time.time_zone": "+1",
            "local_time.time_zone_name": "Poland(Warsaw)",
            "local_time.summer_time": "2",
            "features.remote_phonebook.enable": "1",
            "static.auto_provision.repeat.enable": "1",
            "static.auto_provision.repeat.minutes": str(DAILY_MINUTES),
        }
    )


def snom(setup: Setup) -> str:
    """The settings of a Snom; {mac} is filled in by the phone."""
    root = ET.Element("settings")
    phone = ET.SubElement(root, "phone-settings")
    for name, value in {
        "language": "Polski",
        "web_language": "Polski",
        "timezone": "POL+1",
        "setting_server": f"{setup.address}{{mac}}.xml",
        "settings_refresh_timer": str(DAILY_MINUTES * 60),
        "dkey_directory": f"url {setup.address}ksiazka.xml",
    }.items():
        ET.SubElement(phone, name, perm="R").text = value
    for name, value in {
        "user_active": "on",
        "user_realname": one_line(setup.label),
        "user_name": setup.number,
        "user_pname": setup.sign_in_name,
        "user_pass": setup.password,
        "user_host": f"{setup.host}:{setup.port}",
        "user_outbound": f"{setup.host}:{setup.port};transport=udp",
        "user_expiry": str(SIGNED_IN_MINUTES * 60),
        "user_srtp": "off",
    }.items():
        ET.SubElement(phone, name, idx="1", perm="R").text = value
    return written(root)


def grandstream(setup: Setup) -> str:
    """cfg<mac>.xml: values by their numbers; the address goes without its scheme."""
    root = ET.Element("gs_provision", version="1")
    ET.SubElement(root, "mac").text = setup.mac.replace(":", "")
    config = ET.SubElement(root, "config", version="1")
    for name, value in {
        "P271": "1",
        "P270": one_line(setup.label),
        "P47": f"{setup.host}:{setup.port}",
        "P35": setup.number,
        "P36": setup.sign_in_name,
        "P34": setup.password,
        "P3": one_line(setup.label),
        "P31": "1",
        "P32": str(SIGNED_IN_MINUTES),
        "P130": "0",
        "P330": "3" if setup.is_secure else "1",
        "P331": setup.place,
        "P332": str(DAILY_MINUTES // 2),
        "P212": "2" if setup.is_secure else "1",
        "P237": setup.place,
        "P145": "0",
        "P194": "1",
        "P193": str(DAILY_MINUTES),
    }.items():
        ET.SubElement(config, name).text = value
    return written(root)


def one_line(text: str, most: int = 60) -> str:
    """Text that neither begins a new line nor holds a sign that XML refuses."""
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    return " ".join(seen.split())[:most].rstrip()


def written(root: ET.Element) -> str:
    """An XML document, indented, so that a person can read what a phone got."""
    ET.indent(root)
    return XML_HEAD + ET.tostring(root, encoding="unicode") + "\n"


def _lines(values: dict[str, str]) -> str:
    return "#!version:1.0.0.1\n" + "".join(f"{name} = {value}\n" for name, value in values.items())
