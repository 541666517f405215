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
    location /bip/ {{
        alias {bulletin}/;
        index index.html;
        access_log {visits}/visits-$bulletin_day.log bulletin;
        charset utf-8;
        charset_types text/plain text/csv;
        types {{
            text/html html; text/csv csv; text/plain txt; application/atom+xml atom; application/json json;
            application/pdf pdf; image/png png; image/jpeg jpg jpeg;
        }}
        default_type application/octet-stream;
        gzip on;
        gzip_vary on;
        gzip_types application/atom+xml application/json text/csv text/plain;
        add_header X-Content-Type-Options nosniff always;
        add_header X-Frame-Options SAMEORIGIN always;
        add_header Content-Security-Policy "{policy}" always;
        # What was withdrawn answers 410 with the note that lies in its place.
        if (-f "${{request_filename}}~410.html") {{ return 410; }}
        error_page 410 $uri~410.html;
        try_files $uri $uri/ =404;
    }}

    # Only the search of the bulletin needs the application.
    location = /bip/szukaj/ {{
        limit_req zone=starostwo burst=60 nodelay;
        proxy_pass http://starostwo;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
    }}

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

    location / {{
        limit_req zone=starostwo burst=60 nodelay;
        proxy_pass http://starostwo;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_read_timeout 120s;
    }}
}}
"""
SITES = """\

# The sites of the county's units: the application knows whose each domain is.
server {{
    listen {listen};
    server_name {names};
{tls}
    access_log {log} starostwo;

    location /static/ {{
        alias {static}/;
        expires 1h;
    }}

    location / {{
        limit_req zone=starostwo burst=60 nodelay;
        proxy_pass http://starostwo;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
    }}
}}
"""
POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
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
    sites: Sequence[str] = (),
    largest: int = 600 << 20,
) -> str:
    """Return the configuration; without a certificate it serves plain HTTP at `listen`.

    `sites` are the domains of units' sites, for which the certificate holds too; `largest` is how many
    bytes one request may have.
    """
    tls = TLS.format(certificate=certificate.chain, key=certificate.key) if certificate else ""
    server = SERVER.format(
        listen=listen,
        name=name,
        tls=tls,
        static=static,
        bulletin=bulletin,
        visits=visits,
        policy=POLICY,
        log=log,
        largest=largest,
    )
    if sites:
        server += SITES.format(listen=listen, names=" ".join(sites), tls=tls, log=log, static=static)
    names = " ".join([name, *sites])
    servers = (REDIRECT.format(name=names) if certificate else "") + server
    return TEMPLATE.format(name=name, application=application, servers=servers)
