"""``vertical``: we forward and get a receipt; the process is theirs; we ask how our cases stand, and results come back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import structlog

from yijianshi.exchange.connectors import wire
from yijianshi.exchange.connectors.http import SignedClient
from yijianshi.exchange.connectors.port import (
    Away,
    CannotDo,
    Ground,
    Message,
    Read,
    Reading,
    Refusal,
    Refused,
    Sent,
    ThreadState,
)
from yijianshi.exchange.connectors.registry import connector
from yijianshi.exchange.connectors.vertical import theirs
from yijianshi.exchange.connectors.vertical.bearing import Pace, seconds_until_open
from yijianshi.exchange.connectors.vertical.options import VerticalOptions
from yijianshi.kernel.text import Text

_AT_ONCE = 500
_log = structlog.get_logger()


@connector("vertical", VerticalOptions)
class Vertical:
    """Speaks and hears in the ministry's own form."""

    pushes = False

    def __init__(self, options: VerticalOptions, ground: Ground) -> None:
        self._options, self._ground = options, ground
        self._client = SignedClient(options.address, options.timeout_seconds, ground)
        self._pace = Pace(ground.folder, options.per_minute, ground.now)
        self._taken: dict[UUID, theirs.Heard] = {}  # collected and not yet confirmed
        self.interval_seconds = options.every_seconds

    def send(self, messages: Sequence[Message]) -> Sent:
        """Forward them, within their hours; what has no errand there is named as refused."""
        strange = tuple(Refusal(one.id, "UNKNOWN_KIND", one.kind) for one in messages if one.kind not in theirs.ERRANDS)
        known = [one for one in messages if one.kind in theirs.ERRANDS]
        if not known:
            return Sent((), strange)
        sent = theirs.receipts(self._ask("SL01", {"YWLB": theirs.errands(known)}), known)
        return Sent(sent.taken, (*strange, *sent.refused))

    def collect(self) -> Sequence[Message]:
        """Ask for the logs that hold something new; outside their hours nobody is asked."""
        if self._shut():
            return ()
        found, strange = theirs.heard(self._ask("ZT01", {"ZDS": wire.MOST}), self._options.states, self._ground.neighbour)
        if strange:
            _log.warning("vertical.code_without_meaning", neighbour=self._ground.neighbour, codes=sorted(strange))
        self._taken |= {one.message.id: one for one in found}
        return [one.message for one in found]

    def confirm(self, messages: Sequence[Message]) -> None:
        """Name the steps that are safely with us."""
        steps = [self._taken[one.id] for one in messages if one.id in self._taken]
        if not steps:
            return
        self._ask("QR01", {"QRLB": [{"SLBH": one.receipt, "XH": one.step} for one in steps]})
        for one in steps:
            self._taken.pop(one.message.id, None)

    def read(self, reading: Reading) -> Read:
        """Ask a register."""
        return wire.to_read(self._ask("CX01", {"DJB": reading.register, "TJ": wire.from_reading(reading)}), reading)

    def correct(self, reading: Reading, claim: Mapping[str, str]) -> None:
        """Report a value as wrong."""
        content = {"DJB": reading.register, "TJ": {**wire.from_reading(reading), **claim}}
        if self._ask("JC01", content).get("taken") is not True:
            raise Away("the correction was not taken")

    def threads(self, about: Sequence[str]) -> Sequence[ThreadState]:
        """Ask where cases stand, at most 500 at once."""
        found: list[ThreadState] = []
        for start in range(0, len(about), _AT_ONCE):
            asked = {"YWLSH": list(about[start : start + _AT_ONCE])}
            found += theirs.standings(self._ask("DZ01", asked), self._options.states)
        return found

    def resend(self, about: str, after: int) -> None:
        """Ask for the steps after that one of our numbers again."""
        self._ask("CF01", {"YWLSH": about, "XH": after})

    def ask(self, question: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Refuse: a ministry's system answers no questions of ours."""
        raise CannotDo(question)

    def check(self) -> Sequence[Text]:
        """Fetch its table of status codes: proves the way, and that each code has a meaning in the entry."""
        try:
            codes = self._ask("DM01", {}, at_any_hour=True).get("DMB")
        except Away as error:
            return [Text(f"连不上，或者回答看不懂：{error}", f"cannot be reached or understood: {error}")]
        except Refused as error:
            return [Text(f"对方拒绝了（{error.code}）：{error.why}", f"it refused ({error.code}): {error.why}")]
        if not isinstance(codes, list):
            return [Text("对方没有给出状态代码表", "it gave no table of status codes")]
        strange = sorted({str(one) for one in codes} - set(self._options.states))
        if strange:
            told = ", ".join(strange)
            return [Text(f"名单里没有写这些状态代码的意思：{told}", f"the entry gives these status codes no meaning: {told}")]
        return []

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _shut(self) -> float:
        return seconds_until_open(self._options.hours, self._ground.now())

    def _ask(self, service: str, content: Mapping[str, Any], *, at_any_hour: bool = False) -> dict[str, Any]:
        shut = 0.0 if at_any_hour else self._shut()
        if shut:
            raise Away("it takes nothing outside its hours", shut)
        self._pace.take()
        return theirs.opened(self._client.post("/gateway", {"FWBM": service, "SJ": content}))
