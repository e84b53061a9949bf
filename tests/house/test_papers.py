"""The papers are true where a machine can tell: links lead somewhere, paths exist, the description fits the standard."""

import re
from pathlib import PurePosixPath

import yaml

from tests.house import sources

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:[a-z_]+/)+[a-z_0-9]+\.py)`(?: `(?:(\w+)(?:\.\w+)?)`)?")
ENGLISH_AND_CHINESE = ("README.md", "README.zh-CN.md")


def papers() -> list[str]:
    """Return every page people read in the repository."""
    return [name for name in sources.files() if name.endswith(".md")]


def test_links_lead_somewhere() -> None:
    broken = [
        f"{name}:{number}: {target}"
        for name in papers()
        for number, line in sources.lines(name)
        for target in LINK.findall(line)
        if not re.match(r"\w+:", target) and not (sources.ROOT / PurePosixPath(name).parent / target).exists()
    ]
    assert papers()
    assert not broken, sources.told(broken, "Mend the link, or add the page or picture it promises.")


def test_modules_and_functions_named_in_papers_exist() -> None:
    broken = []
    for name in papers():
        for module, member in PATH.findall(sources.read(name)):
            found = [place for place in (module, f"{sources.PACKAGE}/{module}") if (sources.ROOT / place).is_file()]
            if not found:
                broken.append(f"{name}: {module}")
            elif member and not re.search(rf"\b{member}\b", sources.read(found[0])):
                broken.append(f"{name}: {member} in {module}")
    assert not broken, sources.told(broken, "The paper names code that has moved. Follow it, or say what replaced it.")


def test_decisions_are_listed_and_short() -> None:
    records = [name for name in sources.under("docs/decisions", ".md") if not name.endswith("README.md")]
    index = sources.read("docs/decisions/README.md")
    broken = [f"{name}: not in the list" for name in records if PurePosixPath(name).name not in index]
    broken += [
        f"{name}: no {part}"
        for name in records
        for part in ("Context", "Decision", "Consequence")
        if f"**{part}.**" not in sources.read(name)
    ]
    broken += [f"{name}: longer than a page" for name in records if len(sources.read(name)) > 5_000]
    assert records
    assert not broken, sources.told(
        broken, "A record says context, decision and consequence on one page, and stands in the list."
    )


def test_every_paper_is_in_the_index() -> None:
    index = sources.read("docs/README.md")
    folders = ("docs/how-to", "docs/operate", "docs/algorithms", "docs/reference")
    broken = [name for folder in folders for name in sources.under(folder, ".md") if name.removeprefix("docs/") not in index]
    assert not broken, sources.told(broken, "Add a line to docs/README.md, otherwise nobody finds it.")


def test_publiccode_fits_the_standard() -> None:
    content = yaml.safe_load(sources.read("publiccode.yml"))
    needed = {"publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType"}
    assert needed | {"description", "legal", "maintenance", "localisation"} <= set(content)
    assert content["publiccodeYmlVersion"] == "0.4"
    assert content["legal"]["license"] == "Apache-2.0"
    assert "Apache License" in sources.read("LICENSE")
    assert content["maintenance"]["type"] != "community" or content["maintenance"]["contacts"]
    for language, words in content["description"].items():
        assert language in content["localisation"]["availableLanguages"]
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = (re.findall(r"^(#+|\| |!\[)", sources.read(name), re.M) for name in ENGLISH_AND_CHINESE)
    assert english == chinese, "README.md and README.zh-CN.md must have the same headings, tables and pictures."
