"""Every setting an operator can turn is declared once and explained."""

import ast
import re

from tests.house import sources
from yijianshi.config import env

PAGE = "docs/operate/settings.md"
NAME = re.compile(r"\bYIJIANSHI_[A-Z_]+\b")
LIBRARIES = frozenset({"PROMETHEUS_MULTIPROC_DIR"})  # belongs to prometheus-client, which reads it itself


def test_every_declared_setting_is_explained() -> None:
    page = sources.read(PAGE)
    broken = [name for name in env.declared if f"`{name}`" not in page]
    assert env.declared
    assert not broken, sources.told(
        broken, f"Add a row for each to {PAGE}: what it does, its default, an example, what happens if wrong."
    )


def test_the_page_explains_nothing_that_is_gone() -> None:
    code = "\n".join(sources.read(name) for name in sources.code())
    broken = sorted(name for name in set(NAME.findall(sources.read(PAGE))) if name not in code)
    assert not broken, sources.told(broken, f"{PAGE} explains settings that no code reads. Take the rows out.")


def reads_of_the_environment(tree: ast.Module) -> list[int]:
    """Return the lines that read a variable of the environment, without those that belong to a library."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            whole, named = node.value, [node.slice]
        elif isinstance(node, ast.Call):
            whole, named = node.func, node.args[:1]
        else:
            continue
        touches = {"environ", "getenv"} & {one.attr for one in ast.walk(whole) if isinstance(one, ast.Attribute)}
        if touches and not any(isinstance(one, ast.Constant) and one.value in LIBRARIES for one in named):
            found.append(node.lineno)
    return found


def test_reads_are_found() -> None:
    source = "port = os.environ['PORT']\nhost = os.getenv('HOST')\nhome = os.environ.get('HOME')\n"
    assert reads_of_the_environment(ast.parse(source)) == [1, 2, 3]


def test_only_config_reads_the_environment() -> None:
    broken = [
        f"{name}:{line}"
        for name in sources.code()
        if not name.startswith(f"{sources.PACKAGE}/config/")
        for line in reads_of_the_environment(sources.tree(name))
    ]
    assert not broken, sources.told(
        broken, "Declare the setting in config/settings.py with env.text/number/flag/words, and read django.conf.settings."
    )
