"""Unified social credit codes (统一社会信用代码, GB 32100-2015) and the organisation code inside them (GB 11714)."""

import re
from dataclasses import dataclass

from yijianshi.kernel.identifiers.checksums import USCC_ALPHABET, organisation_check, uscc_check
from yijianshi.kernel.identifiers.problem import Level, Problem, normalise, pick_first, refuse
from yijianshi.kernel.text import Text

_FOREIGN_LETTER = re.compile(f"[^{USCC_ALPHABET}]")

# The first two characters: registering department and kind of body [L].
BODY_KINDS: dict[str, Text] = {
    "11": Text("机关", "state organ"),
    "12": Text("事业单位", "public institution"),
    "13": Text("群众团体", "mass organisation"),
    "51": Text("社会团体", "social association"),
    "52": Text("民办非企业单位", "private non-enterprise unit"),
    "53": Text("基金会", "foundation"),
    "91": Text("企业", "enterprise"),
    "92": Text("个体工商户", "individual business"),
    "93": Text("农民专业合作社", "farmers' cooperative"),
    "N1": Text("农村集体经济组织", "rural collective economic organisation"),
    "N2": Text("农村集体经济组织", "rural collective economic organisation"),
    "N3": Text("农村集体经济组织", "rural collective economic organisation"),
    "Y1": Text("其他组织", "other organisation"),
}

_LENGTH = Text(
    "统一社会信用代码应是 18 位，现在是 {length} 位。请对照营业执照或登记证书，看看是不是漏了或者多了。",
    "A unified social credit code has 18 characters; this one has {length}. "
    "Please compare it with the licence: is one missing or one too many?",
)
_CHARACTERS = Text(
    "第 {position} 位“{character}”不会出现在统一社会信用代码里。"
    "代码只用数字和大写字母，不用 I、O、S、V、Z；很可能是数字 1、0、5、2。",
    "Character {position}, {character}, never occurs in a unified social credit code. It has digits and capital letters without "
    "I, O, S, V and Z; perhaps a 1, 0, 5 or 2 was meant.",
)
_REGION = Text(
    "第 3 到 8 位“{part}”应是 6 个数字（登记机关所在地）。请对照执照再看一遍这一段。",
    "Characters 3 to 8, {part}, should be six digits (the place of registration). Please check this part against the licence.",
)
_KIND = Text(
    "前两位“{part}”不是常见的登记类别。请再核对一遍；如果执照上就是这样，可以继续，我们会向登记机关查询。",
    "The first two characters, {part}, are not a kind of registration we know. Please check them; if the licence says so, go on, "
    "and we will ask the registration authority.",
)
_CHECK = Text(
    "代码的最后一位和前面的 17 位对不上，可能有一位看错了。请逐位核对；如果执照上就是这样，可以继续，我们会向登记机关查询。",
    "The last character does not fit the 17 before it; perhaps one was misread. Please compare every character; "
    "if the licence says so, go on, and we will ask the registration authority.",
)
_CHECK_FUJIAN = Text(
    "代码的最后一位和前面的 17 位对不上。福建早期发放的部分代码就是这样，仍然有效。请逐位核对后继续，我们会向登记机关查询。",
    "The last character does not fit the 17 before it. Some early codes of Fujian are like this and still valid. "
    "Please compare every character and go on; we will ask the registration authority.",
)


@dataclass(frozen=True, slots=True)
class Uscc:
    """The parts of a code; *is_check_valid* may be False for a legal early code, then an authoritative lookup decides."""

    code: str
    department: str
    category: str
    region: str
    organisation_code: str
    is_check_valid: bool

    @property
    def kind(self) -> Text | None:
        """Return what kind of body it is, or None where the first two characters are not known to us."""
        return BODY_KINDS.get(self.department + self.category)

    @property
    def is_organisation_code_valid(self) -> bool:
        """Return whether the nine inner characters pass GB 11714."""
        return organisation_check(self.organisation_code[:8]) == self.organisation_code[8]


def check_uscc(text: str) -> Problem | None:
    """Return what is wrong, or None; an unknown kind or a failing check character is only a WARNING (early Fujian codes)."""
    code = normalise(text)
    if len(code) != 18:
        return Problem("length", _LENGTH.format(length=len(code)))
    foreign = _FOREIGN_LETTER.search(code)
    if foreign:
        text_of = _CHARACTERS.format(position=foreign.start() + 1, character=foreign.group())
        return Problem("characters", text_of, part=foreign.span())
    region = code[2:8]
    return pick_first(
        None if region.isdigit() else Problem("region", _REGION.format(part=region), part=(2, 8)),
        None if code[:2] in BODY_KINDS else Problem("kind", _KIND.format(part=code[:2]), Level.WARNING, (0, 2)),
        _check_problem(code),
    )


def parse_uscc(text: str) -> Uscc:
    """Return the parts of a code typed in any width, case or spacing. Raises BadIdentifier for errors, not for warnings."""
    refuse(check_uscc(text))
    code = normalise(text)
    return Uscc(code, code[0], code[1], code[2:8], code[8:17], uscc_check(code[:17]) == code[17])


def make_uscc(kind: str, region: str, organisation: str) -> str:
    """Return the valid code of a two-character kind, a 6-digit region and 8 organisation characters, for made-up bodies.

    Raises ValueError for characters outside GB 32100.
    """
    eight = organisation.zfill(8)
    inner = eight + organisation_check(eight)
    seventeen = f"{kind}{region}{inner}"
    if len(seventeen) != 17 or _FOREIGN_LETTER.search(seventeen) or not region.isdigit():
        raise ValueError(f"no code from kind {kind!r}, region {region!r}, organisation {organisation!r}")
    return seventeen + uscc_check(seventeen)


def _check_problem(code: str) -> Problem | None:
    if uscc_check(code[:17]) == code[17]:
        return None
    return Problem("check", _CHECK_FUJIAN if code[2:4] == "35" else _CHECK, Level.WARNING)
