"""What the mother answers and what the officers fill in, all invented."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from yijianshi.kernel.identifiers.id_number import make_id_number

GUIDE: dict[str, Any] = {
    "applicant.relation": "MOTHER",
    "birth.place_kind": "HENAN_HOSPITAL",
    "birth_certificate.status": "NOT_YET",
    "parents.marital_status": "MARRIED",
    "parents.father_named": True,
    "parents.henan_household": "BOTH",
    "household.follows": "MOTHER",
    "household.kind": "FAMILY",
    "household.head_relation": "FATHER",
    "child.surname_follows": "FATHER",
    "choice.services": ["RESIDENT_INSURANCE", "SOCIAL_CARD", "ALLOWANCE", "FERTILITY_REGISTRATION", "PARENTING_GUIDANCE"],
    "mother.insurance": "EMPLOYEE",
    "maternity.settled": True,
}
FORM: dict[str, Any] = {
    "child.name": "李小满",
    "child.sex": "FEMALE",
    "child.ethnicity": "01",
    "birth.region": "410105",
    "birth.hospital": "金水区妇幼保健院（演示）",
    "birth.order": "FIRST",
    "mother.employer_name": "郑州示范纺织有限公司",
    "insurance.years": "BIRTH_AND_NEXT_YEAR",
    "insurance.payment_method": "FAMILY_ACCOUNT",
    "insurance.account_holder": "FATHER",
    "card.delivery": "MAIL",
    "bank.account_holder": "MOTHER",
    "bank.account": "6217000000000000001",
    "bank.branch": "示范银行郑州金水支行",
    "guidance.way": "HOME_VISIT",
}


def guide_answer(question: dict[str, Any], today: date) -> Any:
    """Return the mother's answer to a guide question; the child is six days old."""
    if question["fact"] == "child.birth_date":
        return (today - timedelta(days=6)).isoformat()
    return GUIDE[question["fact"]]


def form_answer(field: dict[str, Any], options: dict[str, list[str]]) -> Any:
    """Return what the mother enters into a field she is asked for; of unlisted choices the first."""
    if field["name"] in FORM:
        return FORM[field["name"]]
    each = _FORM_OF_EACH.get(_OBJECT.sub(".", field["name"]))
    if each:
        return each(int(found.group()[1:-1]) if (found := _OBJECT.search(field["name"])) else 1)
    listed = options.get(field["name"])
    if listed:
        return [listed[0]] if field["type"] == "LIST" else listed[0]
    return _BY_TYPE.get(field["type"], "示范内容")


def result_answer(result: dict[str, Any], number: str, today: date) -> Any:
    """Return what an officer fills in at approval; *number* is the case's, so that every result is its own."""
    serial = number.rpartition("-")[0].replace("-", "")[-9:-1]
    made = _RESULTS.get(result["name"])
    if made:
        return made(serial, today)
    each = _OF_EACH.get(_OBJECT.sub(".", result["name"]))
    if each:
        return each("".join(char for char in number if char.isdigit()))
    if result["type"] == "DATE":
        return today.isoformat()
    return _BY_TYPE.get(result["type"]) or f"{result['name'].split('.')[0].upper()[:4]}-{today:%Y}-{serial}"


def _birth_time(_serial: str, today: date) -> str:
    return (
        datetime.combine(today - timedelta(days=6), datetime.min.time()).replace(hour=8, minute=12).isoformat(timespec="minutes")
    )


def _id_number(serial: str, today: date) -> str:
    digits = int("".join(char for char in serial if char.isdigit()) or "1")
    return make_id_number("410105", today - timedelta(days=6), (digits * 2) % 998 + 2)  # even = female


_FORM_OF_EACH: dict[str, Callable[[int], str]] = {
    "vehicle.vin": lambda number: f"LZZ5CLSB8NA{number:06d}",
    "vehicle.plate": lambda number: f"豫A9{number:04d}",
    "driver.id_number": lambda number: make_id_number("410105", date(1985, 5, 1), 100 + number),
}
_RESULTS: dict[str, Callable[[str, date], Any]] = {
    "birth_certificate.number": lambda serial, _today: f"X41{int(''.join(c for c in serial if c.isdigit()) or '1'):07d}"[:10],
    "birth.time": _birth_time,
    "child.weight_grams": lambda _serial, _today: 3280,
    "child.length_cm": lambda _serial, _today: 50,
    "child.gestational_weeks": lambda _serial, _today: 39,
    "child.id_number": _id_number,
    "household.registered_on": lambda _serial, today: today.isoformat(),
    "vaccination.clinic": lambda _serial, _today: "金水区示范社区卫生服务中心",
    "insurance.paid_amount": lambda _serial, _today: "400.00",
    "allowance.yearly_amount": lambda _serial, _today: "3600.00",
    "maternity.paid_amount": lambda _serial, _today: "18640.00",
}
# One application has several of these, so the case's own place in it makes them differ.
_OF_EACH: dict[str, Callable[[str], str]] = {
    "fleet.permit_number": lambda digits: digits[-12:],
    "vehicle.plate": lambda digits: f"豫A{digits[-5:]}",
    "vehicle.transport_certificate_number": lambda digits: digits[-12:],
    "driver.check_number": lambda digits: f"CYHY-{digits[-8:]}",
}
_OBJECT = re.compile(r"_\d+\.")
_BY_TYPE = {"REGION": "410105", "INT": 1, "DECIMAL": "1.00", "BOOL": True, "PHONE": "19900000001"}
