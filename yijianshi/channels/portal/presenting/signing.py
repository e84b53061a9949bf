"""The signers of a document, each with their state in words."""

from dataclasses import dataclass

from yijianshi.applications.queries import SigningView
from yijianshi.foundation import clock
from yijianshi.kernel.text import Text, long_date

_METHODS = {"CODE": Text("电子签名", "electronic signature"), "HAND": Text("手写签名", "drawn by hand")}
_NEXT = ("running", Text("现在轮到签名", "Signs next"))
_WAITS = ("waiting", Text("等前面的人先签", "Waits for those before"))
_DONE = ("done", Text("已签", "Signed"))


@dataclass(frozen=True, slots=True)
class Line:
    """One signer: as what, how it stands, and what they did."""

    label: Text
    tone: str
    words: Text
    how: Text | None
    is_me: bool


def lines(view: SigningView) -> list[Line]:
    """Return the signers in order."""
    found = []
    for place, one in enumerate(view.lines):
        tone, words = _DONE if one.made else _NEXT if one.is_next else _WAITS
        how = None
        if one.made:
            local = one.made.at.astimezone(clock.LEGAL_ZONE)
            day, way = long_date(local.date()), _METHODS[one.made.method]
            how = Text(
                f"{one.made.signer}，{way.zh}，{day.zh} {local:%H:%M}", f"{one.made.signer}, {way.en}, {day.en}, {local:%H:%M}"
            )
        found.append(Line(one.signer.label, tone, words, how, place == view.mine))
    return found
