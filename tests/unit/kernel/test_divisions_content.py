"""content/regions/divisions.csv: administrative divisions, one tree, no placeholders.

The rows follow GB/T 2260 as the open statistical table gives it. Codes ending in 71-79 (development zones such as 410173
郑州航空港经济综合实验区) come from that table; whether GB/T 2260 itself has them is unconfirmed.
"""

import csv
import re
from pathlib import Path

import pytest

PATH = Path(__file__).parents[3] / "content" / "regions" / "divisions.csv"
with PATH.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
NAMES = {row["code"]: row["name"] for row in ROWS}
PARENTS = {row["code"]: row["parent"] for row in ROWS}
HENAN = ["郑州", "开封", "洛阳", "平顶山", "安阳", "鹤壁", "新乡", "焦作", "濮阳"]
HENAN += ["许昌", "漯河", "三门峡", "南阳", "商丘", "信阳", "周口", "驻马店"]


def test_one_tree_of_known_parents_in_code_order():
    assert list(ROWS[0]) == ["code", "name", "parent"]
    codes = [row["code"] for row in ROWS]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"[1-9][0-9]{5}", code) for code in codes)
    assert [code for code, parent in PARENTS.items() if parent and parent not in PARENTS] == []
    assert [code for code, parent in PARENTS.items() if parent and not code.startswith(parent[:2])] == []


def test_provinces_are_the_only_roots():
    roots = [code for code, parent in PARENTS.items() if not parent]
    assert len(roots) == 31
    assert all(code.endswith("0000") for code in roots)


def test_names_are_plain_and_no_statistical_placeholder_is_left():
    assert all(re.fullmatch(r"[\u4e00-\u9fff]{2,}", name) for name in NAMES.values())
    assert {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}.isdisjoint(NAMES.values())


def test_henan_has_seventeen_cities_and_jiyuan():
    cities = [code for code, parent in PARENTS.items() if parent == "410000"]
    assert [NAMES[code] for code in cities] == [f"{name}市" for name in [*HENAN, "济源"]]
    assert cities[:17] == [f"41{number:02d}00" for number in range(1, 18)]
    assert cities[17] == "419001"


@pytest.mark.parametrize(
    ("code", "name", "parent"),
    [
        ("410105", "金水区", "410100"),
        ("110101", "东城区", "110000"),  # districts of a municipality stand directly below it
        ("500229", "城口县", "500000"),
        ("441900", "东莞市", "440000"),  # a prefecture-level city without counties
        ("429004", "仙桃市", "420000"),  # a county-level city directly below its province
        ("659001", "石河子市", "650000"),
        ("410173", "郑州航空港经济综合实验区", "410100"),  # unconfirmed, see above
    ],
)
def test_special_places(code, name, parent):
    assert (NAMES[code], PARENTS[code]) == (name, parent)
