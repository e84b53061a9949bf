"""How sure a figure or a law is, in words anybody understands."""

from yijianshi.kernel.text import Text

WORDS: dict[str, Text] = {
    "confirmed": Text("已核实", "confirmed"),
    "L": Text("通行说法，未逐字核对", "as generally known, not re-read"),
    "P": Text("地方做法，不是全国规定", "local practice, not a national rule"),
    "D": Text("本平台的理解", "our own reading"),
    "unconfirmed": Text("没有核实", "unconfirmed"),
}
