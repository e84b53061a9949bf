"""Django's settings, read from the environment; ``docs/operate/settings.md`` lists every variable."""

from urllib.parse import urlsplit

from yijianshi.config import databases, env, keys, places
from yijianshi.foundation import logs

MODE = env.choice(
    "YIJIANSHI_MODE",
    "demo",
    ("demo", "production", "test"),
    "运行方式：demo、production 或 test",
    "How it runs: demo, production or test",
)
DEMO = MODE == "demo"
DEBUG = False  # Django's own error pages break the content policy and leak; problems.py answers instead
BASE_DIR = places.ROOT
VAR = places.var(MODE)
CONTENT_DIR = places.content()

SECRET_KEY = keys.secret("YIJIANSHI_SECRET_KEY", VAR / "keys" / "session", MODE, "会话签名密钥", "key that signs sessions")
SEALING_KEYS = keys.secret(
    "YIJIANSHI_SEALING_KEYS", VAR / "keys" / "sealing", MODE, "加密密钥，新的在前", "sealing keys, newest first"
)
INDEX_KEY = keys.secret(
    "YIJIANSHI_INDEX_KEY", VAR / "keys" / "index", MODE, "盲索引密钥，不能更换", "key of blind indexes, never changed"
)
EXCHANGE_KEY = keys.secret(
    "YIJIANSHI_EXCHANGE_KEY", VAR / "keys" / "exchange", MODE, "与外部系统往来的签名密钥", "key that signs to other systems"
)
EXCHANGE_NAME = env.text("YIJIANSHI_EXCHANGE_NAME", "yijianshi", "在外部系统那里的名字", "name under which other systems know us")
PUBLIC_URL = env.text("YIJIANSHI_PUBLIC_URL", "http://127.0.0.1:8000", "公众访问的地址", "address the public uses").rstrip("/")
_HOSTS = env.words(
    "YIJIANSHI_HOSTS", "", "允许的域名（默认取自公众地址）", "host names answered to (default: that of the public address)"
)
ALLOWED_HOSTS = (
    ["*"] if MODE != "production" else [*(_HOSTS or [urlsplit(PUBLIC_URL).hostname or ""]), "127.0.0.1", "localhost", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
TRUSTED_PROXIES = env.number("YIJIANSHI_PROXIES", 0, "前面有几层反向代理", "how many reverse proxies stand in front")

DATABASES = {"default": databases.default(VAR, MODE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "yijianshi.foundation",
    "yijianshi.identity",
    "yijianshi.exchange",
    "yijianshi.exchange.notices",
    "yijianshi.exchange.webhooks",
    "yijianshi.catalogue",
    "yijianshi.certificates",
    "yijianshi.applications",
    "yijianshi.cases",
    "yijianshi.crossregion",
    "yijianshi.insight",
    "yijianshi.channels.shared",
    "yijianshi.channels.authoring",
    "yijianshi.channels.portal",
    "yijianshi.channels.workbench",
]
AUTH_USER_MODEL = "identity.Account"

MIDDLEWARE = [
    "yijianshi.foundation.middleware.request_id",
    "yijianshi.foundation.middleware.security_headers",
    "yijianshi.foundation.middleware.size_limit",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "yijianshi.foundation.middleware.language",
    "yijianshi.foundation.middleware.Problems",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yijianshi.identity.middleware.ActorMiddleware",
]

ROOT_URLCONF = "yijianshi.config.urls"
WSGI_APPLICATION = "yijianshi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "yijianshi.channels.shared.context.display",
            ]
        },
    }
]

LANGUAGE_CODE = "zh-hans"
USE_I18N = False  # every text carries both languages itself (decision 0002)
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = places.public(VAR, "static")
WHITENOISE_USE_FINDERS = MODE != "production"
WHITENOISE_AUTOREFRESH = DEMO  # lengths are read anew for each answer, so an edited file is never served cut off
_STATIC_BACKEND = "whitenoise.storage.CompressedManifestStaticFilesStorage" if MODE == "production" else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_BACKEND or "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

_SECURE = PUBLIC_URL.startswith("https://")
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * env.number("YIJIANSHI_SESSION_MINUTES", 120, "登录保持多少分钟", "minutes a login lasts")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "yijianshi.foundation.problems.csrf_failure"
LOGIN_URL = "/login/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher" if MODE == "test" else "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]

UPLOAD_MAX_BYTES = 1_048_576 * env.number("YIJIANSHI_UPLOAD_MIB", 10, "单个上传文件上限（MiB）", "largest uploaded file in MiB")
BODY_MAX_BYTES = 1_048_576  # requests without files
MULTIPART_MAX_BYTES = 4 * UPLOAD_MAX_BYTES + BODY_MAX_BYTES  # a material may have several pages
FILE_UPLOAD_TEMP_DIR = places.private(VAR, "uploads")
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_MAX_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
MATERIAL_FRESH_DAYS = env.number(
    "YIJIANSHI_MATERIAL_FRESH_DAYS",
    180,
    "交过的材料多少天内可以再用（内容里没写时；0 为不再用）",
    "days in which a material may be used again where the content says nothing (0: never)",
)
SMS_ADDRESS = env.text(
    "YIJIANSHI_SMS_ADDRESS", "", "短信网关的地址（为空则不发短信）", "SMS gateway (empty: none is sent)"
).rstrip("/")
SMS_TOKEN = env.text("YIJIANSHI_SMS_TOKEN", "", "短信网关的令牌", "token of the SMS gateway")
MAIL_ADDRESS = env.text(
    "YIJIANSHI_MAIL_ADDRESS",
    "",
    "邮件服务器的地址（为空则不发邮件）",
    "mail server, smtp://host:port or smtps://… (empty: none is sent)",
)
MAIL_FROM = env.text("YIJIANSHI_MAIL_FROM", "yijianshi@localhost", "发件人的邮箱", "sender of e-mails")
METRICS_TOKEN = env.text(
    "YIJIANSHI_METRICS_TOKEN", "", "读取 /metrics 的令牌（为空则仅限本机）", "token for /metrics (empty: loopback only)"
)

LOGGING_CONFIG = None  # logs.configure below sets logging up
LOG_FORMAT = env.choice(
    "YIJIANSHI_LOG_FORMAT",
    "json" if MODE == "production" else "console",
    ("json", "console"),
    "日志格式",
    "form of the log lines",
)
LOG_LEVEL = env.choice("YIJIANSHI_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"), "日志级别", "least level written")
logs.configure(LOG_FORMAT, LOG_LEVEL)
