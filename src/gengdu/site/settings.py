"""Settings of the site, taken from the environment; without any it serves the demo from var/.

GENGDU_DEMO=0 turns the demo off: then a secret key and the names of the hosts must be given.
GENGDU_DATABASE_URL keeps the records on a PostgreSQL server (docs/how-to/use-postgresql.md).
"""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from gengdu.demo.accounts import DEMO_PASSWORD, DEMO_SURVEY_KEY
from gengdu.policy import plans
from gengdu.policy.loading import MalformedFact
from gengdu.site import letters, stores

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("GENGDU_VAR", ROOT / "var"))
VAR.mkdir(parents=True, exist_ok=True)
DEMO = os.environ.get("GENGDU_DEMO", "1") != "0"


def _secret_key() -> str:
    """Return the key from the environment, else one made once and kept beside the data."""
    if given := os.environ.get("GENGDU_SECRET_KEY"):
        return given
    if not DEMO:
        raise ImproperlyConfigured("正式运行须设置环境变量 GENGDU_SECRET_KEY。")
    return _kept("secret_key")


def _kept(name: str) -> str:
    """Return a secret kept in a file, made by whichever process comes first."""
    kept = VAR / name
    if not kept.exists():
        descriptor, made = tempfile.mkstemp(dir=VAR, prefix=f".{name}")  # readable by its owner
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(made, kept)
        os.unlink(made)
    return kept.read_text()


def _hosts() -> list[str]:
    given = os.environ.get("GENGDU_HOSTS", "127.0.0.1,localhost,[::1]" if DEMO else "")
    if not given:
        raise ImproperlyConfigured("正式运行须设置环境变量 GENGDU_HOSTS，写明访问所用的主机名。")
    return given.split(",")


SECRET_KEY = _secret_key()
# A key of its own: the trail must stay provable when the site's key is renewed.
TRAIL_KEY = (os.environ.get("GENGDU_TRAIL_KEY") or _kept("trail_key")).encode()
# Turns numbers of persons into others in snapshots that leave the county; kept, so that the same
# person stays the same from year to year.
PSEUDONYM_KEY = (os.environ.get("GENGDU_PSEUDONYM_KEY") or _kept("pseudonym_key")).encode()
# Makes the one-time codes of surveys and finds them again: without it printed slips open nothing.
# The demo's is known to everybody, as its password is, so that its slips are always the same.
SURVEY_KEY = (
    os.environ.get("GENGDU_SURVEY_KEY") or (DEMO_SURVEY_KEY if DEMO else _kept("survey_key"))
).encode()
# How many reverse proxies stand before the site; each adds one address to X-Forwarded-For.
TRUSTED_PROXIES = int(os.environ.get("GENGDU_PROXIES", "0"))
ALLOWED_HOSTS = _hosts()
DEBUG = False
SERVES_HTTPS = os.environ.get("GENGDU_HTTPS", "0" if DEMO else "1") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SERVES_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if SERVES_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SERVES_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVES_HTTPS else None
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_tables2",
    "django_filters",
    "gengdu.access",
    "gengdu.access.signins",
    "gengdu.access.tokens",
    "gengdu.access.trail",
    "gengdu.access.tries",
    # After access, whose log-in signals come first.
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "gengdu.records",
    "gengdu.records.evidence",
    "gengdu.records.reminders",
    "gengdu.web",
    "gengdu.registers.bodies",
    "gengdu.registers.places",
    "gengdu.registers.schools",
    "gengdu.registers.staff",
    "gengdu.registers.pupils",
    "gengdu.registers.quality",
    "gengdu.chapters.moral_education",
    "gengdu.chapters.urban_rural",
    "gengdu.chapters.school_conditions",
    "gengdu.chapters.workforce",
    "gengdu.chapters.school_character",
    "gengdu.chapters.inclusion",
    "gengdu.chapters.delivery",
    "gengdu.board",
    "gengdu.drafts",
    "gengdu.api",
    "gengdu.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gengdu.api.middleware.ApiEdge",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "gengdu.access.signins.middleware.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gengdu.access.accounts.middleware.ActsForAbsent",
    "gengdu.access.second_factor.middleware.StepsFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gengdu.access.middleware.ContentPolicy",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gengdu.site.urls"
WSGI_APPLICATION = "gengdu.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gengdu.board.context.shell",
            ],
        },
    }
]


MAIN_DATABASE = Path(
    os.environ.get("GENGDU_DATABASE", VAR / ("demo.sqlite3" if DEMO else "gengdu.sqlite3"))
)
# Log-in sessions and the trail change with every visit; apart, they never hold up a write to the
# registers, and the trail keeps what it was told when such a write is rolled back.
if _url := os.environ.get("GENGDU_DATABASE_URL"):
    DATABASES = stores.on_server(_url, os.environ.get("GENGDU_TRAIL_URL"))
else:
    DATABASES = stores.in_files(MAIN_DATABASE)
TRAIL_ANCHORS = MAIN_DATABASE.with_name(f"{MAIN_DATABASE.stem}-trail.anchors")
DATABASE_ROUTERS = ["gengdu.site.routers.TrailRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
SCOPE_NAMES = "gengdu.registers.schools.scopes"
AUTHENTICATION_BACKENDS = ["gengdu.access.backends.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gengdu.access.passwords.LettersAndDigits"},
    {"NAME": "gengdu.access.passwords.NotKnownToEverybody", "OPTIONS": {"known": [DEMO_PASSWORD]}},
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
]

# Five wrong passwords for an account from one address lock it there for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "gengdu.access.lockout.respond"
AXES_CLIENT_IP_CALLABLE = "gengdu.access.actors.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the trail has it
AXES_VERBOSE = False

SESSION_ENGINE = "gengdu.access.signins.store"
SESSION_IDLE = timedelta(minutes=30)
SESSION_LONGEST = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())

# Only the demo may do without a second step; GENGDU_DEMO_TOTP=1 shows it there as well.
REQUIRE_TOTP = not DEMO or os.environ.get("GENGDU_DEMO_TOTP") == "1"
OTP_TOTP_ISSUER = "耕读"

# How often a token may be used; counted in the database, so the same for all threads.
API_CALLS_PER_MINUTE = int(os.environ.get("GENGDU_API_CALLS_PER_MINUTE", "300"))

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "overview"
LOGOUT_REDIRECT_URL = "login"

# Long work is done by `gengdu work`, one task after the other, in a process of its own.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# The office's own fonts, such as 仿宋_GB2312; without them PDF files are set in Noto.
OFFICE_FONTS = [Path(folder) for folder in os.environ.get("GENGDU_FONTS", "").split(":") if folder]
IMPORTS = VAR / "imports"
IMPORT_DAYS = 30  # then an uploaded file goes; a month is time enough to mend refused rows
# Files that prove ledger entries: in this folder, or in a bucket (docs/how-to/keep-files.md).
FILES = VAR / "files"
FILES_S3 = stores.bucket(os.environ)
UPLOADS = VAR / "uploads"
# Plans adopted from notices, a folder each; GENGDU_PLAN=<id> puts one in force, else the built-in.
PLANS = VAR / "plans"
if _plan := os.environ.get("GENGDU_PLAN", ""):
    try:
        plans.put_in_force(PLANS, _plan)
    except MalformedFact as error:
        raise ImproperlyConfigured(f"GENGDU_PLAN：{error}") from None
NOTICES = VAR / "notices"  # as they were sent, by their digest
EXPORTS = VAR / "exports"
# A list with more rows is exported by the worker. Twenty thousand of eighty columns take four
# seconds of one core: about as long as people wait before they click again.
EXPORT_ROWS_AT_ONCE = int(os.environ.get("GENGDU_EXPORT_ROWS_AT_ONCE", "20000"))
# So is a package of evidence with more entries, or more megabytes of files; a page for each entry
# and a megabyte take some hundredths of a second.
PACKAGE_ENTRIES_AT_ONCE = int(os.environ.get("GENGDU_PACKAGE_ENTRIES_AT_ONCE", "300"))
PACKAGE_MEGABYTES_AT_ONCE = int(os.environ.get("GENGDU_PACKAGE_MEGABYTES_AT_ONCE", "500"))
# For so many days the file can be fetched: over a long weekend, and no longer than it is of use.
EXPORT_KEPT_DAYS = int(os.environ.get("GENGDU_EXPORT_KEPT_DAYS", "7"))
# So long a page waits for numbers of this moment; then it shows, and says so, those of the moment
# before. Pages of others must stay under 0.3 s while somebody imports a district's pupils.
NUMBERS_WAIT_SECONDS = float(os.environ.get("GENGDU_NUMBERS_WAIT_SECONDS", "0.08"))
# The province whose numbers are laid over the national ones in evaluations (policy/variants).
EVALUATION_VARIANT = os.environ.get("GENGDU_EVALUATION_VARIANT", "")
# How reminders leave the site (docs/how-to/send-reminders.md), and where their links lead.
EMAIL_URL = os.environ.get("GENGDU_EMAIL_URL", "")
if EMAIL_URL:
    globals().update(letters.from_url(EMAIL_URL))
SENDERS = os.environ.get("GENGDU_SENDERS", "")
ADDRESS = letters.address(os.environ.get("GENGDU_ADDRESS", "http://127.0.0.1:8000" if DEMO else ""))
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000  # a thousand full rows of a register through the API

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [ROOT / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [("vendor", ROOT / "frontend" / "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_codes": {"()": "gengdu.site.quiet.HidesCodes"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no_codes"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},
}
