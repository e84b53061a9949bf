"""Other systems number some code tables the other way round: translated by name, never by position (handbook 4.4, pitfall 5)."""

from collections.abc import Mapping
from typing import Any, Literal

Codes = Literal["gb", "reversed"]

# 1 承诺件, 2 即办件, 3 联办件, 4 初审件, 5 转报件 there; GB/T 39046 A.6 has 1 即办件, 2 承诺件, 9 其他.
PROJECT_TYPE: Mapping[str, str] = {"1": "2", "2": "1", "3": "9", "4": "9", "5": "9"}
# A 延长审批, B other there; GB/T 39046 A.7 has 1 and 2.
SPECIAL_PROCEDURE: Mapping[str, str] = {"A": "1", "B": "2"}


def to_gb(row: dict[str, Any], codes: Codes) -> dict[str, Any]:
    """Return a row of another system in the codes of GB/T 39046; a code it does not know stays and is refused by the schema."""
    if codes == "gb":
        return row
    found = dict(row)
    if "project_type" in found:
        found["project_type"] = PROJECT_TYPE.get(str(found["project_type"]), f"?{found['project_type']}")
    admission = (found.get("standard") or {}).get("admission") or {}
    for procedure in admission.get("special_procedures") or ():
        if isinstance(procedure, dict) and "code" in procedure:
            procedure["code"] = SPECIAL_PROCEDURE.get(str(procedure["code"]), f"?{procedure['code']}")
    return found


def satisfaction_of_stars(stars: int) -> str:
    """Return the A.8 code of a number of stars: five stars are 1, very satisfied."""
    if not 1 <= stars <= 5:
        raise ValueError(f"stars run from 1 to 5, not {stars}")
    return str(6 - stars)
