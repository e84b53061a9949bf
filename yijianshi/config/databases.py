"""Django's database entry, from DATABASE_URL or for the embedded server."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from yijianshi.config import env, postgres
from yijianshi.config.postgres_home import Home

# Prepared statements are planned once: their parameters are keys, whose number hardly matters; planning costs as much as doing.
_PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
_PREPARE_AFTER = 5  # Django switches prepared statements off unless told; the set-based writes of foundation/batch.py need them


def address() -> str:
    """Return DATABASE_URL, empty when the embedded server is wanted."""
    return env.text(
        "DATABASE_URL", "", "数据库地址；留空则使用自带的 PostgreSQL", "database; empty means the PostgreSQL that comes along"
    )


def default(var: Path, mode: str) -> dict[str, Any]:
    """Return DATABASES["default"]; nothing is started here."""
    entry = _parsed(address() or postgres.url(Home(var)))
    options = {**entry.pop("OPTIONS"), "application_name": "yijianshi", "prepare_threshold": _PREPARE_AFTER}
    options.setdefault("options", _PLANNED_ONCE)
    most = env.number("YIJIANSHI_POOL", 10, "每个进程最多几个数据库连接", "most database connections of one process")
    if mode == "test":
        return {**entry, "OPTIONS": options}
    # check: a connection cut by a database restart is replaced before a request gets to see it
    options["pool"] = {"min_size": 1, "max_size": most, "timeout": 5, "max_idle": 300}
    return {**entry, "OPTIONS": options, "CONN_HEALTH_CHECKS": True}


def _parsed(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise env.BadSetting(
            f"DATABASE_URL 应以 postgresql:// 开头。 DATABASE_URL should begin with postgresql://, not {parts.scheme!r}."
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or postgres.DATABASE,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }
