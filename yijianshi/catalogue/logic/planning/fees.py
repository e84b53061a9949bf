"""What it costs: each included item's fee by the rate in force on the day, with the reason."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from numbers import Rational

from yijianshi.catalogue.logic.plan import PlannedFee
from yijianshi.catalogue.logic.planning.items import Standing
from yijianshi.catalogue.logic.planning.reasons import because
from yijianshi.catalogue.logic.prepared import rate_key
from yijianshi.catalogue.logic.schema import Item
from yijianshi.catalogue.logic.schema.item import Fee, Rate
from yijianshi.kernel.rules import UNKNOWN, Expr, evaluate, parse
from yijianshi.kernel.text import Text

_CENT = Decimal("0.01")
_ONCE = Text("{amount} 元（{per}），自 {since} 起的标准。", "{amount} yuan ({per}), the rate since {since}.")
_TIMES = Text("{amount} 元（{per}）× {times}，自 {since} 起的标准。", "{amount} yuan ({per}) × {times}, the rate since {since}.")
_WHY = Text("{sum}{why}", "{sum} {why}")
_STILL_OPEN = Text("还不能算出来。{why}", "It cannot be worked out yet. {why}")
_NUMBER_OPEN = Text("填好计算要用的数字就能算出来。", "It can be worked out once the figures it depends on are filled in.")
_NO_RATE = Text("{amount}", "{amount}")
_NONE_APPLIES = Text("按您的情况，不在收费范围内。", "In your situation nothing is charged.")
_NONE_IN_FORCE = Text("今天没有有效的收费标准，以窗口告知的为准。", "No rate is in force today; ask at the counter.")


def plan_fees(standing: Standing) -> tuple[PlannedFee, ...]:
    """Return the fee of each included item that has one, in yuan to the cent, by the rates valid on the day of the plan."""
    return tuple(_planned(item, item.fee, standing) for item in standing.included() if item.fee is not None)


def _planned(item: Item, fee: Fee, standing: Standing) -> PlannedFee:
    if not fee.rates:
        return PlannedFee(item.code, fee.name, None, _NO_RATE.format(amount=fee.amount), fee.basis)
    in_force = list(_in_force(fee, standing))
    if not in_force:
        return PlannedFee(item.code, fee.name, None, _NONE_IN_FORCE, fee.basis)
    for position, rate in in_force:
        key = rate_key(item.code, position)
        outcome = True if rate.when is None else standing.outcomes[key]
        if outcome is UNKNOWN:
            return PlannedFee(item.code, fee.name, None, because(_STILL_OPEN, standing.reasons.of(key)), fee.basis)
        if outcome is True:
            return _by(rate, item, fee, standing, standing.reasons.of(key) if rate.when else None)
    return PlannedFee(item.code, fee.name, Decimal(0), _NONE_APPLIES, fee.basis)


def _in_force(fee: Fee, standing: Standing) -> Iterator[tuple[int, Rate]]:
    today = standing.env.today
    for position, rate in enumerate(fee.rates):
        if rate.valid_from <= today and (rate.valid_to is None or today <= rate.valid_to):
            yield position, rate


def _by(rate: Rate, item: Item, fee: Fee, standing: Standing, why: Text | None) -> PlannedFee:
    times = evaluate(_parsed(rate.times), standing.known, standing.env) if rate.times else 1
    if isinstance(times, bool) or not isinstance(times, Rational | Decimal):
        return PlannedFee(item.code, fee.name, None, because(_STILL_OPEN, _NUMBER_OPEN), fee.basis)
    if isinstance(times, Rational):
        times = Decimal(times.numerator) / Decimal(times.denominator)
    amount = (rate.amount * times).quantize(_CENT, ROUND_HALF_UP)
    words = _TIMES if rate.times else _ONCE
    said = words.format(amount=str(rate.amount), per=rate.per, times=f"{times:,}", since=rate.valid_from.isoformat())
    reason = _WHY.format(sum=said, why=why) if why else said
    return PlannedFee(item.code, fee.name, amount, reason, fee.basis, rate.valid_from)


@lru_cache(maxsize=256)
def _parsed(rule: str) -> Expr:
    return parse(rule)
