"""The settings page: every environment variable with its default and meaning."""

from yijianshi.config import env
from yijianshi.config.reference.markdown import code, table

_HEAD = """# 设置 Settings

全部通过环境变量，改了要重启。怎样选值、出错会怎样，见 [运维说明](../operate/settings.md)。

All of them are environment variables, read at start. How to choose them: [operating notes](../operate/settings.md).

"""


def page() -> str:
    """Return the page."""
    rows = [(code(one.name), code(one.default), one.meaning.zh, one.meaning.en) for one in sorted_settings()]
    return _HEAD + table(("变量 Variable", "默认 Default", "含义", "Meaning"), rows)


def sorted_settings() -> list[env.Setting]:
    """Return every declared setting by name."""
    import django.conf

    getattr(django.conf.settings, "MODE")  # noqa: B009  loading the settings declares them
    return [env.declared[name] for name in sorted(env.declared)]
