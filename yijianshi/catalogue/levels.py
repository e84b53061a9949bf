"""Giving the template to the levels below, and fetching it from the level above: a signed question and its answer."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yijianshi.catalogue.logic.authoring.template import is_template, manifest_text, sha_of
from yijianshi.catalogue.queries.shelf import shelf_texts
from yijianshi.exchange import keys
from yijianshi.exchange.asking import answers
from yijianshi.exchange.connectors.port import Away, Connector
from yijianshi.exchange.queries.neighbours import NeighbourCard
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

PART_CHARACTERS = 500_000  # texts in one answer
MOST_FILES = 5_000
_WHY = Text("内容只给名单里写明的下级", "content is given only to levels the neighbour file names")


@answers("content")
def give_template(card: NeighbourCard, asked: Mapping[str, Any], _at: datetime) -> dict[str, Any]:
    """Return the digests of the whole template, signed, and as many of the texts asked for as fit into one answer."""
    if card.entry.content != "GIVE":
        raise Forbidden(why=_WHY)
    texts = {path: text for path, text in shelf_texts().items() if is_template(path)}
    shas = {path: sha_of(text) for path, text in texts.items()}
    wanted = asked.get("paths")
    given: dict[str, str] = {}
    for path in wanted if isinstance(wanted, list) else ():
        text = texts.get(str(path))
        if text is not None and (not given or sum(map(len, given.values())) + len(text) <= PART_CHARACTERS):
            given[str(path)] = text
    signature = keys.own()(manifest_text(shas))
    return {"shas": shas, "signature": b64encode(signature).decode(), "texts": given}


def fetch_template(card: NeighbourCard, connector: Connector) -> dict[str, str]:
    """Return the whole template of the level above, each file proven by its digest, the digests by its signature.

    Raises Away when it does not answer, changes meanwhile, or answers something that is not its own.
    """
    have = {sha_of(text): text for text in shelf_texts().values()}
    first = connector.ask("content", {})
    shas = _manifest(card, first)
    found = {path: have[sha] for path, sha in shas.items() if sha in have}
    while missing := [path for path in shas if path not in found]:
        answer = connector.ask("content", {"paths": missing})
        texts = answer.get("texts")
        if _manifest(card, answer) != shas or not isinstance(texts, dict) or not texts:
            raise Away("the template changed while it was fetched; try again")
        for path, text in texts.items():
            if path not in missing or not isinstance(text, str) or sha_of(text) != shas[path]:
                raise Away(f"{str(path)[:80]} does not fit its digest")
            found[path] = text
    return found


def _manifest(card: NeighbourCard, answer: Mapping[str, Any]) -> dict[str, str]:
    shas = answer.get("shas")
    if not isinstance(shas, dict) or len(shas) > MOST_FILES:
        raise Away("the list of files has another form")
    known = {str(path): str(sha) for path, sha in shas.items()}
    try:
        signature = b64decode(str(answer.get("signature") or ""), validate=True)
    except ValueError:
        signature = b""
    if not keys.verifier(card.entry.public_key)(manifest_text(known), signature):
        raise Away("the list of files is not signed by it")
    return known
