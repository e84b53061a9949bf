"""What the transparency log holds of published content: which version, with which digest."""

from collections.abc import Iterator, Sequence

from yijianshi.catalogue.logic.compiler import fingerprint_of
from yijianshi.catalogue.models import PublishedThing
from yijianshi.foundation import history
from yijianshi.foundation.transparency.mirrors import Mirror
from yijianshi.kernel.text import Text

CHANGED = Text("已发布的 {code} 第 {version} 版内容被改过", "published {code} v{version} is not what was published")
MIRRORS = (
    Mirror(
        name=Text("已发布的一件事", "published thing"),
        table="catalogue_publishedthing",
        kind="thing",
        actions=("publish",),
        same={"sha": "payload->>'sha'", "published_at": "at"},
        lines="payload ? 'sha'",
        both_ways=False,
    ),
)


def compare(published: Sequence[history.Stored]) -> Iterator[tuple[int, Text]]:
    """Yield the versions whose content is not what their digest says; the digest itself is compared with the line."""
    lines = {line["subject_id"]: line.id for line in published}
    for row in PublishedThing.objects.filter(id__in=lines).iterator(chunk_size=20):
        if fingerprint_of(row.content) != row.sha:
            yield lines[row.id], CHANGED.format(code=row.code, version=row.version)
