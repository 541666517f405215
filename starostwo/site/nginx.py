"""The configuration of nginx for this installation: made from its settings, so that folders and ports agree.

The public bulletin and the static files are served from disk; the application answers the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TEMPLATE = """\
# nginx for {name}; made by: starostwo nginx
upstream starostwo {{
    server {application};
    keepalive 16;
}}

# Keys in addresses stay out of the log: a segment of 40 signs or more.
map $request_uri $masked_uri {{
    "~^(?<before>/(?:[^/?]*/)*)[A-Za-z0-9_-]{{40,}}" "$before...";
    default $request_uri;
}}
log_format starostwo '$remote_addr [$time_local] "$request_method $masked_uri" $status $body_bytes_sent '
                     '"$http_user_agent"';
# Visits of the bulletin: the moment, the answer and the page; nothing about the visitor.
log_format bulletin '$time_iso8601 $status $uri';
map $time_iso8601 $bulletin_day {{
    "~^(?<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})" $day;
}}

limit_req_zone $binary_remote_addr zone=starostwo:10m rate=20r/s;

{servers}"""
REDIRECT = """\
server {{
    listen 80;
    server_name {name};
    return 301 https://$host$request_uri;
}}

"""
SERVER = """\
server {{
    listen {listen};
    server_name {name};
{tls}
    client_max_body_size {largest};
    error_page 413 /za-duze/;
    proxy_request_buffering off;
    access_log {log} starostwo;

    # Styles, scripts and fonts.
    location /static/ {{
        alias {static}/;
        gzip_static on;
        expires 1h;
    }}

    # The public bulletin is files: it answers while the application is stopped.
{bip}
    # What is too large is told in a page of the application; the body stays here.
    location = /za-duze/ {{
        internal;
        proxy_pass http://starostwo;
        proxy_pass_request_body off;
        proxy_set_header Content-Length "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
    }}

{phones}    location / {{
{proxy}        proxy_read_timeout 120s;
    }}
}}
"""
PHONES = """\
    # Browsers' phones of node {code}: their websocket goes to the telephone exchange and stays open.
    location = /ws/{code}/ {{
        proxy_pass http://{address}/ws;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection upgrade;
        proxy_set_header Host $host;
        proxy_read_timeout 1h;
        proxy_send_timeout 1h;
    }}

"""
UNIT = """\

# The site of a unit, with its bulletin: files as well; only its search needs the application.
server {{
    listen {listen};
    server_name {domain};
{tls}
    access_log {log} starostwo;
    # While the administrator keeps the site closed, nothing answers.
    if (!-e {folder}/open) {{ return 404; }}
    error_page 403 404 =404 /404.html;

    location /static/ {{
        alias {static}/;
        gzip_static on;
        expires 1h;
    }}

{bip}
    location = /404.html {{
        internal;
        root {folder}/site;
    }}

    location / {{
        root {folder}/site;
        index index.html index.jpg;
{headers}        try_files $uri $uri/ =404;
    }}
}}
"""
FILES = """\
    location /bip/ {{
        alias {bulletin}/;
        index index.html;
        access_log {visits}-$bulletin_day.log bulletin;
{headers}        # What was withdrawn answers 410 with the note that lies in its place.
        if (-f "${{request_filename}}~410.html") {{ return 410; }}
        error_page 410 $uri~410.html;
        try_files $uri $uri/ =404;
    }}

    # Only the search of the bulletin needs the application.
    location = /bip/szukaj/ {{
{proxy}    }}
"""
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
HEADERS = f"""\
        charset utf-8;
        charset_types text/plain text/csv;
        types {{
            text/html html; text/csv csv; text/plain txt; application/atom+xml atom; application/json json;
            application/pdf pdf; image/png png; image/jpeg jpg jpeg; image/svg+xml svg;
        }}
        default_type application/octet-stream;
        gzip on;
        gzip_vary on;
        gzip_types application/atom+xml application/json text/csv text/plain;
        add_header X-Content-Type-Options nosniff always;
        add_header X-Frame-Options SAMEORIGIN always;
        add_header Content-Security-Policy "{POLICY}" always;
"""
PROXY = """\
        limit_req zone=starostwo burst=60 nodelay;
        proxy_pass http://starostwo;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
"""
TLS = """
    ssl_certificate {certificate};
    ssl_certificate_key {key};
    ssl_protocols TLSv1.2 TLSv1.3;
    add_header Strict-Transport-Security "max-age=31536000" always;
"""


@dataclass(frozen=True)
class Certificate:
    """Where the certificate chain and its key lie."""

    chain: Path
    key: Path


@dataclass(frozen=True)
class UnitFiles:
    """The domain of a unit, the folder of all that it shows, and how the files of its visits begin."""

    domain: str
    folder: Path
    visits: str


def configuration(
    *,
    name: str,
    application: str,
    static: Path,
    bulletin: Path,
    visits: Path,
    certificate: Certificate | None,
    listen: str = "443 ssl http2",
    log: Path = Path("/var/log/nginx/access.log"),
    units: Sequence[UnitFiles] = (),
    largest: int = 600 << 20,
    phones: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the configuration; without a certificate it serves plain HTTP at `listen`.

    `phones` are codes of telephone exchanges and where they listen for browsers. The certificate holds for
    domains of units too; `largest` is how many bytes one request may have.
    """
    tls = TLS.format(certificate=certificate.chain, key=certificate.key) if certificate else ""
    same = {"listen": listen, "tls": tls, "log": log, "static": static}
    server = SERVER.format(
        name=name, proxy=PROXY, bip=_bulletin(bulletin, visits / "visits"), largest=largest,
        phones="".join(PHONES.format(code=code, address=address) for code, address in phones), **same,
    )  # fmt: skip
    for unit in units:
        bip = _bulletin(unit.folder / "bip" / "pages", visits / unit.visits)
        server += UNIT.format(domain=unit.domain, folder=unit.folder, bip=bip, headers=HEADERS, **same)
    names = " ".join([name, *(unit.domain for unit in units)])
    servers = (REDIRECT.format(name=names) if certificate else "") + server
    return TEMPLATE.format(name=name, application=application, servers=servers)


def _bulletin(pages: Path, visits: Path) -> str:
    return FILES.format(bulletin=pages, visits=visits, headers=HEADERS, proxy=PROXY)
