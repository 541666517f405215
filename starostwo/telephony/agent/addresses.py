"""Addresses of SIP: URIs, name-addr with parameters, lists (RFC 3261 sections 19.1, 20.10, 25.1).

Every reader here walks the text once, so a hostile text costs time in proportion to its length.
"""

from dataclasses import dataclass, field, replace

DEFAULT_PORT = 5060
HIGHEST_PORT = 65535
_NO_PART_OF_A_URI = {*map(chr, range(33)), *'<>"\x7f'}
_NO_PART_OF_A_HOST = set(' \t<>"@,;?&=/\\')


class BrokenMessage(ValueError):
    """What arrived, or what was to be sent, is no message of SIP; says what is wrong with it."""


@dataclass(frozen=True)
class Uri:
    """sip:user@host:port;parameters?headers; of a tel: URI the number is the user and the host is empty."""

    scheme: str
    user: str
    host: str
    port: int | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    headers: str = ""

    @classmethod
    def parse(cls, text: str) -> "Uri":
        """Read a sip:, sips: or tel: URI."""
        text = text.strip()
        if not _NO_PART_OF_A_URI.isdisjoint(text):
            raise BrokenMessage("a URI with blanks or quotes")
        scheme, colon, rest = text.partition(":")
        scheme = scheme.lower()
        if not colon or scheme not in ("sip", "sips", "tel"):
            raise BrokenMessage("no URI of SIP")
        rest, _, headers = rest.partition("?")
        if scheme == "tel":
            user, *parameters = rest.split(";")
            return cls(scheme, user, "", None, _parameters(parameters), headers)
        user, at, place = rest.rpartition("@")
        place, *parameters = place.split(";")
        if at and not user:
            raise BrokenMessage("a URI with an empty user")
        host, port = split_port(place)
        return cls(scheme, user, host, port, _parameters(parameters), headers)

    def __str__(self) -> str:
        if self.scheme == "tel":
            return f"tel:{self.user}{written(self.parameters)}"
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port is not None else ""
        headers = f"?{self.headers}" if self.headers else ""
        return f"{self.scheme}:{user}{self.host}{port}{written(self.parameters)}{headers}"

    @property
    def number(self) -> str:
        """The user without a password and without parameters of its own."""
        return self.user.partition(":")[0].partition(";")[0]

    @property
    def is_loose_router(self) -> bool:
        """Whether a proxy of this URI routes loosely (RFC 3261 section 16.12)."""
        return "lr" in self.parameters


@dataclass(frozen=True)
class Address:
    """ "Name" <uri>;parameters, as in From, To, Contact, Route, Record-Route, Refer-To."""

    uri: Uri
    name: str = ""
    parameters: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read one address, with or without angle brackets."""
        first, *parameters = split_outside(text, ";")
        opened = _find_outside_quotes(first, "<")
        if opened < 0:  # RFC 3261 section 20.10: parameters belong to the header then
            return cls(Uri.parse(first), "", _parameters(parameters))
        closed = first.find(">", opened)
        if closed < 0 or first[closed + 1 :].strip():
            raise BrokenMessage("an address whose bracket does not close")
        return cls(Uri.parse(first[opened + 1 : closed]), unquoted(first[:opened]), _parameters(parameters))

    def __str__(self) -> str:
        name = f"{quoted(self.name)} " if self.name else ""
        return f"{name}<{self.uri}>{written(self.parameters)}"

    @property
    def tag(self) -> str:
        """The tag of a side of a dialog; empty outside one."""
        return self.parameters.get("tag", "")

    def tagged(self, tag: str) -> "Address":
        """Return the address with the tag."""
        return replace(self, parameters=self.parameters | {"tag": tag})


def split_port(place: str) -> tuple[str, int | None]:
    """Split host:port, also of an IPv6 host in square brackets."""
    place = place.strip()
    if place.startswith("["):
        host, bracket, rest = place.partition("]")
        host += bracket
        if not bracket or (rest and not rest.startswith(":")):
            raise BrokenMessage("an IPv6 host that does not close")
        port = rest[1:]
    else:
        host, _, port = place.partition(":")
    if not host or not _NO_PART_OF_A_HOST.isdisjoint(host):
        raise BrokenMessage("no host")
    return host, whole_number(port, HIGHEST_PORT) if port else None


def whole_number(text: str, highest: int) -> int:
    """Read digits of ASCII, not above the highest."""
    text = text.strip()
    if not text.isascii() or not text.isdigit() or len(text) > 10 or int(text) > highest:
        raise BrokenMessage("no number, or too high")
    return int(text)


def split_outside(text: str, separator: str) -> list[str]:
    """Split at the separator where it stands neither in a quoted string nor in angle brackets."""
    parts, start, is_quoted, is_bracketed, is_escaped = [], 0, False, False, False
    for place, char in enumerate(text):
        if is_escaped:
            is_escaped = False
        elif is_quoted:
            is_escaped, is_quoted = char == "\\", char != '"'
        elif char == '"':
            is_quoted = True
        elif char in "<>":
            is_bracketed = char == "<"
        elif char == separator and not is_bracketed:
            parts.append(text[start:place])
            start = place + 1
    if is_quoted:
        raise BrokenMessage("a quoted string that does not close")
    return [*parts, text[start:]]


def quoted(text: str) -> str:
    """Write a quoted string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unquoted(text: str) -> str:
    """Read a token or a quoted string."""
    text = text.strip()
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    out, is_escaped = [], False
    for char in text[1:-1]:
        if char == "\\" and not is_escaped:
            is_escaped = True
            continue
        out.append(char)
        is_escaped = False
    return "".join(out)


def written(parameters: dict[str, str]) -> str:
    """Write ;name=value for each parameter, ;name for one without a value."""
    return "".join(f";{name}={value}" if value else f";{name}" for name, value in parameters.items())


def read_parameters(text: str) -> tuple[str, dict[str, str]]:
    """Split value;name=value into the value and its parameters."""
    first, *rest = split_outside(text, ";")
    return first.strip(), _parameters(rest)


def _parameters(parts: list[str]) -> dict[str, str]:
    """Names fall to lower case; the first of a name holds."""
    found: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition("=")
        if name.strip():
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _find_outside_quotes(text: str, wanted: str) -> int:
    is_quoted = is_escaped = False
    for place, char in enumerate(text):
        if is_escaped:
            is_escaped = False
        elif char == "\\" and is_quoted:
            is_escaped = True
        elif char == '"':
            is_quoted = not is_quoted
        elif char == wanted and not is_quoted:
            return place
    return -1
