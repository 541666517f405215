"""The settings of an installation. Secrets, hosts and the database come from the environment."""

import hashlib
import os
import secrets
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from starostwo.site import cluster

# Folders
ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
FILES_DIR = DATA_DIR / "files"
KEYS_DIR = DATA_DIR / "keys"
LOG_DIR = DATA_DIR / "log"


def _number(name: str, usual: str) -> int:
    """A number from the environment; nonsense ends the program with a line instead of a traceback."""
    given = os.environ.get(name, usual)
    if not given.isdecimal():
        raise SystemExit(f"Błąd: nieprawidłowe ustawienie w środowisku: {name}={given!r}")
    return int(given)


# What kind of installation this is
DEMO = os.environ.get("DEMO", "1") == "1"
DEBUG = False
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = _number("PORT", "8000")
TLS = os.environ.get("TLS") == "1"
TLS_AUTHORITY = KEYS_DIR / "tls" / "urzad-certyfikacji-TEST.pem"  # to be imported into a browser or a phone
TLS_CERTIFICATE, TLS_KEY = KEYS_DIR / "tls" / "serwer.pem", KEYS_DIR / "tls" / "serwer.key"
PUBLIC_URL = os.environ.get("PUBLIC_URL", f"{'https' if TLS else 'http'}://localhost:{PORT}")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]


def _secret() -> str:
    """The signing secret: from the environment, else made once and kept in the data folder."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    kept = KEYS_DIR / "secret"
    if not kept.exists():
        KEYS_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret()

# Packages, the lowest level first; the order of the import rules in pyproject.toml
MODULES = [
    "starostwo.platform",
    "starostwo.screens",
    "starostwo.audit",
    "starostwo.search",
    "starostwo.files",
    "starostwo.office",
    "starostwo.signatures",
    "starostwo.channels",
    "starostwo.procedures",
    "starostwo.records",
    "starostwo.ledger",
    "starostwo.treasury",
    "starostwo.assets",
    "starostwo.infrastructure",
    "starostwo.telephony",
    "starostwo.intake",
    "starostwo.visits",
    "starostwo.bulletin",
    "starostwo.citizen",
    "starostwo.desk",
    "starostwo.portal",
]
INSTALLED_APPS = [
    *MODULES,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "pgtrigger",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "starostwo.site.proxy.address_middleware",
    "starostwo.portal.hosts.site_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "starostwo.site.compression.CompressedPages",
    "csp.middleware.CSPMiddleware",
    "starostwo.site.permissions.permissions_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "starostwo.site.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "starostwo.office.middleware.actor_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "starostwo.site.too_large.size_middleware",
]
LARGEST_REQUEST = 600 << 20  # bytes; the web server in front holds to the same
ROOT_URLCONF = "starostwo.site.urls"
UNIT_URLCONF = "starostwo.site.unit_urls"  # what the domain of a unit answers
WSGI_APPLICATION = "starostwo.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Database: the application's role by default; AS_OWNER=1 is for migrations alone
USES_OWN_CLUSTER = not os.environ.get("DATABASE_URL")
OWN_CLUSTER = cluster.at(DATA_DIR / "postgres")
VOIP_DIR = OWN_CLUSTER.folder / "voip"  # run folders of the exchanges, where the server's user may go
APP_ROLE = os.environ.get("DATABASE_APP_ROLE", cluster.APP_ROLE)
EXCHANGE_ROLE = os.environ.get("DATABASE_EXCHANGE_ROLE", cluster.EXCHANGE_ROLE)


def _database() -> dict[str, object]:
    app_url = os.environ.get("DATABASE_URL") or OWN_CLUSTER.url()
    owner_url = os.environ.get("DATABASE_OWNER_URL")
    if not owner_url:
        owner_url = app_url if os.environ.get("DATABASE_URL") else OWN_CLUSTER.url(role=cluster.OWNER_ROLE)
    parts = conninfo_to_dict(owner_url if os.environ.get("AS_OWNER") == "1" else app_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", cluster.DATABASE),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and sessions
AUTH_USER_MODEL = "office.Account"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login", "given_name", "family_name", "email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "starostwo.office.passwords.WithoutOwnNames"},
]
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE

BEHIND_PROXY = os.environ.get("BEHIND_PROXY") == "1"  # believe X-Forwarded-For of the office's own proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# Staff whose password the office's directory checks; {login} stands for the login
LDAP_URL = os.environ.get("LDAP_URL", "")  # ldaps://katalog.example.pl
LDAP_NAMES = os.environ.get("LDAP_NAMES", "uid={login}")
LDAP_AUTHORITY = os.environ.get("LDAP_AUTHORITY", "")  # PEM file of the authority behind its certificate

# Residents sign in at an OpenID Connect provider; the demonstration brings its own
IDP_PORT = int(os.environ.get("IDP_PORT", PORT + 1))
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", f"http://localhost:{IDP_PORT}" if DEMO else "")
OIDC_NAME = os.environ.get("OIDC_NAME", "testowy dostawca tożsamości" if DEMO else "dostawca tożsamości")
# What accounts are keyed by beside the subject: lasting, while a provider's address may move
OIDC_ACCOUNTS = os.environ.get("OIDC_ACCOUNTS", "demonstration" if DEMO else OIDC_ISSUER)
OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "starostwo")
OIDC_CLIENT_SECRET = os.environ.get(
    "OIDC_CLIENT_SECRET", hashlib.sha256(f"oidc{SECRET_KEY}".encode()).hexdigest()
)
OIDC_SCOPE = os.environ.get(
    "OIDC_SCOPE", "openid profile email address pesel" if DEMO else "openid profile email"
)

# Residents sign in at the national node login.gov.pl as well, once it is set; files are PEM
SAML_PLACE = KEYS_DIR / "national-node"
_NODE = f"http://localhost:{IDP_PORT}/wezel"
SAML_ISSUER = os.environ.get("SAML_ISSUER", "wezel.test" if DEMO else "")
SAML_NAME = os.environ.get("SAML_NAME", "login.gov.pl (test)" if DEMO else "login.gov.pl")
SAML_ACCOUNTS = os.environ.get("SAML_ACCOUNTS", "demonstration node" if DEMO else "login.gov.pl")
SAML_SYSTEM = os.environ.get("SAML_SYSTEM", PUBLIC_URL)
SAML_SYSTEM_NAME = os.environ.get("SAML_SYSTEM_NAME", "Starostwo")
SAML_SIGN_ON_URL = os.environ.get("SAML_SIGN_ON_URL", f"{_NODE}/logowanie" if DEMO else "")
SAML_ARTIFACT_URL = os.environ.get("SAML_ARTIFACT_URL", f"{_NODE}/artefakt" if DEMO else "")
SAML_LOGOUT_URL = os.environ.get("SAML_LOGOUT_URL", f"{_NODE}/wylogowanie" if DEMO else "")
SAML_LEAST_LEVEL = os.environ.get("SAML_LEAST_LEVEL", "substantial")
SAML_KEY = os.environ.get("SAML_KEY", str(SAML_PLACE / "office.key"))
SAML_CERTIFICATE = os.environ.get("SAML_CERTIFICATE", str(SAML_PLACE / "office.pem"))
SAML_DECRYPTION_KEYS = os.environ.get("SAML_DECRYPTION_KEYS", str(SAML_PLACE / "decryption.key"))
SAML_CERTIFICATES = os.environ.get("SAML_CERTIFICATES", str(SAML_PLACE / "node.pem"))

# Whose word about a PESEL is a proof: one number at two of these is one person with one account
OIDC_PROVES_PESEL = os.environ.get("OIDC_PROVES_PESEL", "1" if DEMO else "0") == "1"
PESEL_PROVEN_BY = [SAML_ACCOUNTS, *([OIDC_ACCOUNTS] if OIDC_PROVES_PESEL else [])]

# What a browser may load: from us alone
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Language, time
LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "Polski"), ("en", "English"), ("uk", "Українська")]  # as in screens.languages
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / ".venv" / "static"  # gathered when the program is installed
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False

# Outside systems: nothing is called unless it is named here
CLAMD = os.environ.get("CLAMD", "")  # unix:/run/clamav/clamd.ctl or host:port
TSA_URL = os.environ.get("TSA_URL", "")
HISTORY_STAMP = "starostwo.signatures.api.timestamp"  # what stamps the daily anchor, where TSA_URL is set
FILE_KEEPERS = ["starostwo.audit.api.digests_named"]  # who else names stored files by their digests
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = _number("EMAIL_PORT", "25")
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"
EMAIL_FROM = os.environ.get("EMAIL_FROM", "")
# SMS: in a demonstration the peer beside the identity provider plays the gateway
_SMS = f"http://localhost:{IDP_PORT}/sms" if DEMO else ""
SMS_GATEWAY = os.environ.get("SMS_GATEWAY", "starostwo.channels.sms_http.deliver")
SMS_URL = os.environ.get("SMS_URL", _SMS)
SMS_TOKEN = os.environ.get(
    "SMS_TOKEN", hashlib.sha256(f"sms{SECRET_KEY}".encode()).hexdigest() if _SMS else ""
)
SMS_SENDER = os.environ.get("SMS_SENDER", "Starostwo")
SMS_REPORT_URL = os.environ.get("SMS_REPORT_URL", f"{PUBLIC_URL}/sms/raporty/")
SMS_REPORT_SECRET = os.environ.get(
    "SMS_REPORT_SECRET", hashlib.sha256(f"report{SECRET_KEY}".encode()).hexdigest() if _SMS else ""
)
# The white list of VAT payers: its interface, a folder of flat files (20261127.json); both off by default
WHITE_LIST_URL = os.environ.get("WHITE_LIST_URL", "")
WHITE_LIST_FOLDER = os.environ.get("WHITE_LIST_FOLDER", "")
SMS_A_DAY = _number("SMS_A_DAY", "500")  # parts handed over in one day, at most
SMS_PRICE = _number("SMS_PRICE", "9")  # grosze a part, for the administrator's screen

# Residents sign with a trusted profile at the state's service, once it is set; its pages are where they go
_PROFILE = f"http://localhost:{IDP_PORT}/pz" if DEMO else ""
TRUSTED_PROFILE_URL = os.environ.get("TRUSTED_PROFILE_URL", f"{_PROFILE}/podpisywanie" if DEMO else "")
TRUSTED_PROFILE_PAGES = os.environ.get(
    "TRUSTED_PROFILE_PAGES", f"{_PROFILE}/" if DEMO else "https://pz.gov.pl/"
)
TRUSTED_PROFILE_KEY = os.environ.get("TRUSTED_PROFILE_KEY", SAML_KEY)  # signs our calls; PEM
TRUSTED_PROFILE_CERTIFICATE = os.environ.get("TRUSTED_PROFILE_CERTIFICATE", SAML_CERTIFICATE)

# Residents pay through a gateway once a class is named; the demonstration brings its own test gateway
PAYMENT_GATEWAY = os.environ.get("PAYMENT_GATEWAY", "starostwo.intake.gateway.SignedGateway" if DEMO else "")
PAYMENT_GATEWAY_NAME = os.environ.get("PAYMENT_GATEWAY_NAME", "testowy operator płatności" if DEMO else "")
PAYMENT_GATEWAY_URL = os.environ.get(
    "PAYMENT_GATEWAY_URL", f"http://localhost:{IDP_PORT}/bramka" if DEMO else ""
)
PAYMENT_GATEWAY_KEY = os.environ.get(
    "PAYMENT_GATEWAY_KEY", hashlib.sha256(f"gateway{SECRET_KEY}".encode()).hexdigest() if DEMO else ""
)

# KSeF: the national system of e-invoices; the demonstration brings its own peer
KSEF_CHANNEL = os.environ.get("KSEF_CHANNEL", "starostwo.treasury.ksef_client_channel.conversation")
KSEF_URL = os.environ.get("KSEF_URL", f"http://localhost:{IDP_PORT}/ksef" if DEMO else "")
KSEF_QR_URL = os.environ.get("KSEF_QR_URL", "https://qr-test.ksef.mf.gov.pl" if DEMO else "")
KSEF_NIP = os.environ.get("KSEF_NIP", "7321987657" if DEMO else "")  # the county as the one taxpayer
KSEF_NAME = os.environ.get("KSEF_NAME", "Powiat Zgierski" if DEMO else "")  # as the seller on invoices
KSEF_ADDRESS = os.environ.get("KSEF_ADDRESS", "ul. Sadowa 6a, 95-100 Zgierz" if DEMO else "")
TAX_OFFICE = os.environ.get("TAX_OFFICE", "1038" if DEMO else "")  # code of the tax office, for JPK_V7M
KSEF_TOKEN = os.environ.get(
    "KSEF_TOKEN", hashlib.sha256(f"ksef{SECRET_KEY}".encode()).hexdigest() if DEMO else ""
)  # empty: log-in by XAdES under the office's seal
KSEF_CERTIFICATE = os.environ.get("KSEF_CERTIFICATE", str(KEYS_DIR / "ksef" / "offline.pem"))  # for offline24
KSEF_KEY = os.environ.get("KSEF_KEY", str(KEYS_DIR / "ksef" / "offline.key"))
KSEF_SECONDS = float(_number("KSEF_SECONDS", "20"))  # how long one call may take
KSEF_PAUSE = 0.2 if DEMO else 2.0  # between questions about a log-in

# The register of assets proposes vouchers for the book with this code; empty: it proposes none
ASSETS_BOOK = os.environ.get("ASSETS_BOOK", "URZAD" if DEMO else "")

# Discovery and monitoring ask the devices of the office's network; nothing is asked until this says so
NETWORK_ASKING = os.environ.get("NETWORK_ASKING") == "1"

# `starostwo run` starts the telephone exchanges whose addresses this machine has, where Kamailio is installed
TELEPHONY = os.environ.get("TELEPHONY", "1") == "1"

# The electronic submission box: how much one access address may ask for
ESP_SUBMISSIONS_PER_MINUTE = int(os.environ.get("ESP_SUBMISSIONS_PER_MINUTE", "60"))
ESP_QUESTIONS_PER_MINUTE = int(os.environ.get("ESP_QUESTIONS_PER_MINUTE", "60"))

# Log: plain lines on standard error, where the supervisor or systemd keeps them
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"keys": {"()": "starostwo.site.masking.MaskKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["keys"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
