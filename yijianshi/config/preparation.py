"""Make the house ready to serve: structure, content, organisations, and in the demo its people. Quick when all is there."""

from collections.abc import Callable, Iterable
from pathlib import Path

import yaml
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from yijianshi.catalogue import commands as catalogue
from yijianshi.certificates import demo as papers
from yijianshi.config import places, words
from yijianshi.foundation import clock, health, idempotency
from yijianshi.identity import commands as identity
from yijianshi.identity import demo as people
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.insight import commands as insight

SAMPLED = ("newborn", "restaurant")  # invented recordings, for the pages of simulation
SAMPLES = 180
SEED = 20_261


def prepare() -> None:
    """Bring database and content up to date and say what was done; doing it again changes nothing."""
    if not health.is_migrated():
        words.say("正在准备数据库结构…", "preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
    content = settings.CONTENT_DIR
    # The compiler belongs to the content: a new version of it may publish something else from the same files.
    compiler = (places.ROOT / "yijianshi" / "catalogue").rglob("*.py")
    _unless_done("content", [*content.rglob("*.yaml"), *compiler], _publish)
    organisations = sorted((content / "orgs").glob("*.yaml"))
    _unless_done("organisations", organisations, lambda: _import_organisations(organisations))
    if settings.DEMO:
        _unless_done("demo-people", (content / "demo").glob("*.yaml"), _seed_demo)
        _unless_done("demo-samples", [content / "things" / code / "thing.yaml" for code in SAMPLED], _seed_samples)


def _publish() -> None:
    done = catalogue.publish_folder(settings.CONTENT_DIR, by=SYSTEM, at=clock.now())
    if done.versions:
        words.say(f"已发布内容：{len(done.versions)} 个新版本", f"content published: {len(done.versions)} new versions")
    if done.files:
        words.say(
            f"{len(done.files)} 个文件这里和新版本都改过，请在内容编辑里处理", f"{len(done.files)} files to settle in authoring"
        )


def _import_organisations(files: list[Path]) -> None:
    rows = [row for file in files for row in yaml.safe_load(file.read_text(encoding="utf-8"))["organisations"]]
    identity.import_organisations(rows, by=SYSTEM, at=clock.now())
    words.say(f"已导入 {len(rows)} 个部门", f"{len(rows)} organisations imported")


def _seed_demo() -> None:
    people.seed(settings.CONTENT_DIR, clock.now())
    papers.seed(settings.CONTENT_DIR, clock.now())  # what the people hold
    papers.seed_seals(clock.now())
    words.say("已准备好演示用的人和部门", "the people of the demonstration are there")


def _seed_samples() -> None:
    for code in SAMPLED:
        insight.seed_samples(code, SAMPLES, SEED, by=SYSTEM, at=clock.now())
    words.say(f"已编好示例申请记录：{len(SAMPLED)} 件事", f"sample recordings invented for {len(SAMPLED)} one-things")


@transaction.atomic
def _unless_done(what: str, files: Iterable[Path], do: Callable[[], None]) -> None:
    """Do it, unless the last time was with the very same *files*; remembered in the database itself."""
    digest = idempotency.content_hash([[file.name, file.read_text(encoding="utf-8")] for file in sorted(files)])
    prefix = f"prepare:{what}:"
    key = prefix + digest.hex()[:16]
    if idempotency.once(key, SYSTEM.key, digest, clock.now()) is None:
        do()
        idempotency.forget_others(SYSTEM.key, prefix, key)
