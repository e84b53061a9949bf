"""Questions another deployment may put: which things it may offer, one of them whole, a part of a file held for it."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.crossregion.queries.passages import held_file
from yijianshi.exchange import keys
from yijianshi.exchange.asking import answers
from yijianshi.exchange.queries.neighbours import NeighbourCard
from yijianshi.foundation import clock, files
from yijianshi.kernel.errors import Forbidden, Invalid, NotFound
from yijianshi.kernel.text import Text

PART_BYTES = 1024 * 1024
_WHY = Text("只回答有跨域办协议的地区", "only regions with an agreement are answered")
_OFFSET = Text("offset 应是不小于 0 的整数", "offset is a whole number from 0")
_THING = Text("这件事", "This thing")
_FILE = Text("这份文件", "This file")


@answers("things")
def which_things(card: NeighbourCard, _asked: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return the code and digest of every thing this region may offer to its people."""
    return {"things": [{"code": code, "sha": thing.sha} for code, thing in sorted(_offered(card, at).items())]}


@answers("thing")
def one_thing(card: NeighbourCard, asked: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return one thing whole, signed."""
    thing = _offered(card, at).get(str(asked.get("code")))
    if thing is None:
        raise NotFound(what=_THING)
    signature = keys.own()(thing_text(thing.code, thing.sha))
    return {"content": thing.model_dump(mode="json"), "signature": b64encode(signature).decode()}


@answers("file")
def part_of_file(card: NeighbourCard, asked: Mapping[str, Any], _at: datetime) -> dict[str, Any]:
    """Return up to a mebibyte of a file held for this region, from ``offset`` on."""
    _peer(card)
    file_id = held_file(card.code, str(asked.get("about")), str(asked.get("digest")))
    if file_id is None:
        raise NotFound(what=_FILE)
    offset = asked.get("offset", 0)
    if not isinstance(offset, int) or isinstance(offset, bool) or offset < 0:
        raise Invalid(why=_OFFSET)
    ref, content = files.open_file(file_id)
    return {"size": ref.size, "part": b64encode(content[offset : offset + PART_BYTES]).decode()}


def thing_text(code: str, sha: str) -> bytes:
    """Return the bytes that are signed with a thing."""
    return f"yijianshi-thing-1\n{code}\n{sha}".encode()


def _offered(card: NeighbourCard, at: datetime) -> dict[str, CompiledThing]:
    only = _peer(card)
    return {code: thing for code, (_, thing) in catalogue.list_travelling(only, clock.today(at)).items()}


def _peer(card: NeighbourCard) -> tuple[str, ...]:
    if card.entry.peer is None:
        raise Forbidden(why=_WHY)
    return card.entry.peer.things
