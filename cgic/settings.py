"""One file for every installation: what differs between two of them comes from the environment.

docs/settings.md lists the variables. Nothing here falls back to an unsafe value: what is missing stops the
start with a sentence that names the variable.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from cgic import environment, schedule
from cgic.apinames import ENUMS

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var")))

SECRET_KEY = environment.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS")
DEBUG = environment.flag("DEBUG")
# Plain http on this machine, for the demo and the tests: everywhere else cookies and pages need TLS.
INSECURE_LOCAL = environment.flag("INSECURE_LOCAL")
SYNTHETIC_DATA = environment.flag("SYNTHETIC_DATA")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1" if INSECURE_LOCAL else "")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
CENTER_NAME = environment.text("CENTER_NAME", "Crime Gun Intelligence Center")
SITE_URL = environment.text("SITE_URL", "http://127.0.0.1:8000" if INSECURE_LOCAL else None).rstrip("/")

INSTALLED_APPS = [
    "agencies",  # before auth, whose command would offer to make a superuser
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "evidence",
    "leads",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cgic.headers.permissions_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "agencies.middleware.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "agencies.middleware.SessionMiddleware",
    "agencies.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "cgic.urls"
WSGI_APPLICATION = "cgic.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agencies.context_processors.shell",
            ],
        },
    },
]
FORM_RENDERER = "agencies.rendering.PortalRenderer"

# --- data ---------------------------------------------------------------------------------------------------

DATABASES = {
    "default": environment.database(
        environment.text("DATABASE_URL"), password=environment.text("DATABASE_PASSWORD", "")
    )
    | {
        "CONN_MAX_AGE": environment.number("DATABASE_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        # A pooler in transaction mode (PgBouncer) loses cursors between transactions.
        "DISABLE_SERVER_SIDE_CURSORS": environment.flag("DATABASE_POOLED"),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_redis_url = environment.text("REDIS_URL")
_redis_password = environment.text("REDIS_PASSWORD", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": environment.redis_database(_redis_url, 1, password=_redis_password),
    }
}

MEDIA_ROOT = Path(environment.text("FILES_DIR", str(VAR_DIR / "files")))
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
# A file for the import of 300 MB, and the form around it.
LARGEST_REQUEST = 301 * 1024 * 1024
CLAMD_ADDRESS = environment.text("CLAMD_ADDRESS", "")

# What packets are sealed with: a PKCS#12 file, or a key in a token. Fictional data have a certificate of their own.
PACKET_PKCS12 = environment.text("PACKET_PKCS12", "")
PACKET_PKCS12_PASSWORD = environment.text("PACKET_PKCS12_PASSWORD", "")
PACKET_PKCS11_MODULE = environment.text("PACKET_PKCS11_MODULE", "")
PACKET_PKCS11_TOKEN = environment.text("PACKET_PKCS11_TOKEN", "")
PACKET_PKCS11_LABEL = environment.text("PACKET_PKCS11_LABEL", "")
PACKET_PKCS11_PIN = environment.text("PACKET_PKCS11_PIN", "")
PACKET_ROOTS = environment.text("PACKET_ROOTS", "")
PACKET_TIMESTAMP_URL = environment.text("PACKET_TIMESTAMP_URL", "")
PACKET_CHECKS_PER_MINUTE = environment.number("PACKET_CHECKS_PER_MINUTE", 10)

# --- people -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["agencies.access.AgencyBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
GUARDIAN_AUTO_PREFETCH = False
ANONYMOUS_USER_NAME = None
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # addresses are unique without regard to case, by a constraint on lower(email)
    "guardian.W001",  # guardian's own backend would widen what agencies.access answers from the same rows
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_RESET_TIMEOUT = 60 * 60

SESSION_ENGINE = "agencies.sessions"
# A session ends after twelve hours at most; after thirty minutes without work it locks (agencies/session.py).
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "agencies.views.errors.csrf_failure"

# --- the wire -----------------------------------------------------------------------------------------------

_secure = not (DEBUG or INSECURE_LOCAL)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_NAME = "__Host-session" if _secure else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _secure else "csrf"
SECURE_SSL_REDIRECT = _secure
# Probes come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 365 * 24 * 60 * 60) if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _secure
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only a proxy that always sets or strips this header may be trusted with it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("BEHIND_TLS_PROXY") else None
# How many of the installation's own proxies stand in front, each adding to X-Forwarded-For.
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 0)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- time, words, files -------------------------------------------------------------------------------------

TIME_ZONE, USE_TZ = "UTC", True
LANGUAGE_CODE, USE_I18N = "en-us", False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Only what lies in static/: the pages that other packages bring are not served.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": environment.file_storage(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Whoever collects them (root, in the image) is not the account that serves them; uploads stay closed.
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}

# --- mail ---------------------------------------------------------------------------------------------------

EMAIL_FILE_PATH = environment.text("MAIL_DIR", "") or None
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if EMAIL_FILE_PATH else 'smtp'}.EmailBackend"
EMAIL_HOST = environment.text("EMAIL_HOST", "" if EMAIL_FILE_PATH else None)
EMAIL_PORT = environment.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = environment.flag("EMAIL_USE_TLS"), environment.flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "portal@localhost")

# --- work in the background ---------------------------------------------------------------------------------

CELERY_BROKER_URL = environment.redis_database(_redis_url, 0, password=_redis_password)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page that queues work waits no longer than this for a broker that is gone: the row is what counts, a
# sweep finds it.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 10, "visibility_timeout": 3600}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.5}
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 15 * 60
CELERY_TASK_TIME_LIMIT = 16 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# In KiB. Pages of packets are set beside the worker (docs/adr/0039), files are read in it.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = schedule.SCHEDULE

# What higher apps can load: see evidence/loading.
IMPORT_KINDS = {"leads": "leads.loading", "dockets": "leads.loading_dockets:DOCKETS"}
# What higher apps show on the page of an incident: see evidence/pages/cards.py.
INCIDENT_CARDS = ["leads.pages.docket.card"]

# --- the programming interface ------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "agencies.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["agencies.api.permissions.Declared"],
    "DEFAULT_PAGINATION_CLASS": "agencies.api.paging.KeysetPagination",
    "DEFAULT_THROTTLE_CLASSES": ["agencies.api.throttling.PerPerson"],
    "EXCEPTION_HANDLER": "agencies.api.errors.answer",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["agencies.api.parsing.PlainJSON"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # What a view takes is in the schema; asking each with OPTIONS tells no more.
    "DEFAULT_METADATA_CLASS": None,
}
SIGN_INS_PER_MINUTE = environment.number("SIGN_INS_PER_MINUTE", 30)
API_REQUESTS_PER_MINUTE = environment.number("API_REQUESTS_PER_MINUTE", 600)
SPECTACULAR_SETTINGS = {
    "TITLE": "CGIC Portal",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["agencies.api.permissions.Declared"],
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": ENUMS,
}

# --- logs ---------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.text("LOG_LEVEL", "WARNING")},
    "loggers": {"agencies.audit": {"level": "INFO"}, "pyhanko": {"level": "CRITICAL"}},
}
