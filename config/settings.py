"""Settings. Everything that differs between machines comes from the environment (README, Configuration)."""

from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.secret import secret_key

django_stubs_ext.monkeypatch()  # lets `File[bytes]`, `ModelAdmin[User]` and the like stand in annotations

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env.str("DUBAN_VAR_DIR", default=str(BASE_DIR / "var")))
"""Where the embedded database, evidence and the generated key live."""

DEBUG = env.bool("DJANGO_DEBUG", default=False)
SECRET_KEY = env.str("DJANGO_SECRET_KEY", default="") or secret_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("DJANGO_CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.static.LeanStaticFiles",
    "treebeard",
    "guardian",
    "axes",
    "csp",
    "django_htmx",
    "viewflow.workflow",
    "accounts",
    "workflow",
    "flows",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "workflow.pages.origin.OriginMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "workflow.pages.refusals.RefusalMiddleware",
    "workflow.pages.characters.CharacterMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    """The database of DATABASE_URL, with what each engine needs (DESIGN: blocking row locks, traps 1 and 15)."""
    embedded = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "ledger.sqlite3")}
    found: dict[str, Any] = env.db("DATABASE_URL") if env.str("DATABASE_URL", default="") else embedded
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000; "
            "PRAGMA recursive_triggers=ON;",  # or REPLACE would take a line of the trail away unasked
        }
        return found
    found["CONN_MAX_AGE"] = env.int("DUBAN_CONN_MAX_AGE", default=60)
    found["CONN_HEALTH_CHECKS"] = True
    found["OPTIONS"] = {
        **found.get("OPTIONS", {}),
        "options": "-c lock_timeout=15s -c statement_timeout=60s",
        "server_side_binding": True,  # or nothing is ever prepared, and each step is planned anew
        "prepare_threshold": 5,
    }
    return found


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "ledger:inbox"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

ANONYMOUS_USER_NAME = None  # guardian: no grant reaches everyone (DESIGN, Known traps, 14)
GUARDIAN_RAISE_403 = False

PROXY_COUNT = env.int("DUBAN_PROXY_COUNT", default=0)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours: RULES.md, Keeping
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # an office shares one address: the name is locked, not the address
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.pages.sign_in.locked_out"
AXES_IPWARE_PROXY_COUNT = PROXY_COUNT

TRAIL_ALGORITHM = env.str("DUBAN_TRAIL_HASH", default="sha256")
TRAIL_ORIGIN = env.str("DUBAN_TRAIL_ORIGIN", default="duban.invalid/trail")
"""What checkpoints of the seal are signed as: an address of the office, without a scheme."""
TRAIL_KEY = env.str("DUBAN_TRAIL_KEY", default=str(VAR_DIR / "seal" / "key.pem"))
TRAIL_SIGNER = env.str("DUBAN_TRAIL_SIGNER", default="workflow.trail.seal.ed25519.FileSigner")
"""Called with the origin and TRAIL_KEY, gives who signs (`workflow.trail.seal.note.Signer`)."""
TRAIL_VERIFIER = env.str("DUBAN_TRAIL_VERIFIER", default="workflow.trail.seal.ed25519.verify")
TRAIL_WITNESSES = env.list("DUBAN_TRAIL_WITNESSES", default=[])
"""Addresses of witnesses, each with its public key after a space."""
TRAIL_TIMESTAMPS = env.list("DUBAN_TRAIL_TIMESTAMPS", default=[])
"""Addresses of timestamp authorities (RFC 3161)."""
TRAIL_TIMESTAMP_AUTHORITIES = env.str("DUBAN_TRAIL_TIMESTAMP_AUTHORITIES", default="")
"""A file of the certificates that timestamps must lead up to."""
TRAIL_ANCHOR_SECONDS = env.int("DUBAN_TRAIL_ANCHOR_SECONDS", default=60)

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static" / "src", BASE_DIR / "static" / "built"]
WHITENOISE_MAX_AGE = 3600

MEDIA_ROOT = VAR_DIR / "evidence"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # a measure of a draft: a hundred rows in each of its four lists

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "workflow.pages.refusals.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

_over_https = env.bool("DUBAN_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _over_https
SECURE_SSL_REDIRECT = _over_https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from beside the server, behind what ends HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _over_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _over_https else None
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # RULES.md, Keeping: it is the person's sign-in that locks, wherever the attempts come from
    "security.W005",  # whether every host below the domain is HTTPS only,
    "security.W021",  # and on the browsers' lists, is for the domain's owner to say
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("DUBAN_LOG_LEVEL", default="WARNING")},
}
