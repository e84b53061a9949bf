"""The working-day calendars of the content."""

from functools import cache

import yaml
from django.conf import settings

from yijianshi.kernel import workdays


@cache
def national() -> workdays.Calendar:
    """Return the national calendar of content/calendars/cn.yaml, read once a process."""
    text = (settings.CONTENT_DIR / "calendars" / "cn.yaml").read_text(encoding="utf-8")
    return workdays.load_calendar(yaml.safe_load(text))
