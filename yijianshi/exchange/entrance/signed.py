"""The door of operations for neighbours: a signature in time, with a nonce never used before."""

from base64 import b64decode
from typing import Any

from django.http import HttpRequest

from yijianshi.exchange import keys
from yijianshi.exchange.logic import signing
from yijianshi.exchange.queries.neighbours import NeighbourCard, find_neighbour
from yijianshi.foundation import batch, clock
from yijianshi.identity.logic.entry import Entry, EntryKind
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.text import Text

_USED = "INSERT INTO exchange_nonce (neighbour, nonce, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1"
_UNKNOWN = Text("没有登记这个发送方，或者已经停用", "the sender is not registered here, or is switched off")
_LATE = Text("时间与我们相差超过五分钟，请校准时钟", "the time differs from ours by more than five minutes; please set the clock")
_NONCE = Text("随机数应是 32 位小写十六进制，每次都要换", "the nonce is 32 lower-case hexadecimal digits, a new one each time")
_WRONG = Text("签名与内容不符", "the signature does not fit the content")
_AGAIN = Text("这个随机数用过了", "this nonce was used before")


class NotSigned(DomainError):
    """没有接受这次请求：{why}。签名方法见 docs/reference/exchange-protocol.md。

    The request was not accepted: {why}. How to sign is told in docs/reference/exchange-protocol.md.
    """

    status = 401


class SignedDoor:
    """Opens for the neighbour named in the address, if it signed the request with the key we know."""

    entry = Entry(EntryKind.NEIGHBOUR)

    def __call__(self, request: HttpRequest) -> NeighbourCard:
        """Return the neighbour; raises NotSigned."""
        claimed = request.headers.get(signing.SENDER, "")
        resolved: Any = request.resolver_match
        card = find_neighbour(claimed)
        if card is None or not card.is_enabled or resolved.kwargs.get("neighbour") != claimed:
            raise NotSigned(why=_UNKNOWN)
        _check(request, card)
        return card


def _check(request: HttpRequest, card: NeighbourCard) -> None:
    header = request.headers.get
    moment, nonce, key_id = header(signing.TIME, ""), header(signing.NONCE, ""), header(signing.KEY, "")
    now = clock.now()
    if not signing.is_timely(moment, now.timestamp()):
        raise NotSigned(why=_LATE)
    if not signing.is_nonce(nonce):
        raise NotSigned(why=_NONCE)
    text = signing.signed_text(request.method or "", request.get_full_path(), card.code, key_id, moment, nonce, request.body)
    if not keys.verifier(card.entry.public_key)(text, _signature(header(signing.SIGNATURE, ""))):
        raise NotSigned(why=_WRONG)
    if not batch.select(_USED, [card.code, nonce, now]):
        raise NotSigned(why=_AGAIN)


def _signature(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""


signed = SignedDoor()
