"""The work every contestant does: six department cases in the newborn's order, and one filled form. Pure, for the peers too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# item → the items whose results it waits for (handbook 3.1), written in an order that never decides a case before its upstream
UPSTREAM: Mapping[str, tuple[str, ...]] = {
    "birth_certificate": (),
    "vaccination_record": ("birth_certificate",),
    "household_registration": ("birth_certificate",),
    "maternity_benefit": ("birth_certificate",),
    "medical_insurance": ("household_registration",),
    "social_security_card": ("household_registration",),
}
ITEMS = tuple(UPSTREAM)
DOWNSTREAM: Mapping[str, tuple[str, ...]] = {
    item: tuple(other for other, upstream in UPSTREAM.items() if item in upstream) for item in ITEMS
}
COMMITS = 1 + len(ITEMS)  # one submit, six decisions


def facts(serial: int) -> dict[str, Any]:
    """The merged form of an invented family, about the size of the real one (43 fields)."""
    person = {
        "nationality": "CHN",
        "ethnicity": "汉族",
        "phone": "13800000000",
        "region": "410105",
        "address": "文化路 1 号院 2 号楼 301 室",
    }
    mother = {f"mother.{key}": value for key, value in {"name": "王芳", "id_number": "410105199003070021", **person}.items()}
    father = {f"father.{key}": value for key, value in {"name": "李强", "id_number": "410105198805120013", **person}.items()}
    child = {"name": f"李安{serial}", "sex": "FEMALE", "birth_date": "2026-11-02", "birth_time": "08:15", "birth_place": "410105"}
    birth = {"hospital": "郑州市妇幼保健院", "weeks": 39, "weight_grams": 3250, "length_cm": 50, "order": 1, "midwife": "赵医生"}
    household = {"kind": "FAMILY", "number": "410105000123", "head": "李强", "relation": "女儿", "address": person["address"]}
    bank = {"name": "中国银行", "branch": "郑州文化路支行", "account": "6217000000000000000", "holder": "王芳"}
    choice = {
        "insurance": True,
        "insurance_year": 2026,
        "card": True,
        "card_bank": "中国银行",
        "delivery": "MAIL",
        "allowance": False,
    }
    groups: dict[str, dict[str, Any]] = {"child": child, "birth": birth, "household": household, "bank": bank, "choice": choice}
    named = {f"{group}.{key}": value for group, values in groups.items() for key, value in values.items()}
    parents = {"parents.marital_status": "MARRIED", "parents.surname_from": "FATHER", "delivery.address": person["address"]}
    return {**mother, **father, **named, **parents}


def result(item: str, serial: int) -> dict[str, Any]:
    """What the officer adds when deciding: two result facts per item, which flow on to the cases behind."""
    return {f"{item}_number": f"{item[:2].upper()}{serial:010d}", f"{item}_decided_by": "officer-1"}


def expected(applications: int) -> dict[str, int]:
    """What a round must leave behind: one history row per step, no decision before the one it waits for."""
    return {
        "finished": applications,
        "decided": applications * len(ITEMS),
        "history": applications * COMMITS,
        "before_upstream": 0,
    }


OUR_HISTORY = 30  # submit 1, split 6, release 5 of those that wait, accept 6, approve 6, certificate 6


def expected_of_ours(applications: int) -> dict[str, int]:
    """The peers' proof, and what only the product does: every line of its history, a certificate per item, an empty outbox."""
    more = {"all_history": applications * OUR_HISTORY, "certificates": applications * len(ITEMS), "outbox": 0}
    return expected(applications) | more
