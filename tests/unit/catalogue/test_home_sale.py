"""The sale of a home: deed tax by the table of the announcement of 2024, registration fee, and the seller's agreement."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.catalogue.stall import CALENDAR
from yijianshi.catalogue import entrance
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.kernel.rules import Environment

CONTENT = Path(__file__).parents[3] / "content"
SALE = {"deal.kind": "SALE", "house.mortgage": "NONE", "meter.services": ["WATER"]}


@pytest.fixture(scope="module")
def sale() -> CompiledThing:
    return compile_thing(entrance.load_library(CONTENT)[0], "second-hand-home")


# 财政部 税务总局 住房城乡建设部公告2024年第16号: one or two homes, up to 140 m²: 1 %; above: 1.5 % and 2 %
@pytest.mark.parametrize(
    ("use", "homes", "area", "tax", "fee"),
    [
        ("HOME", "FIRST", "140", "10000.00", "80.00"),
        ("HOME", "FIRST", "140.01", "15000.00", "80.00"),
        ("HOME", "SECOND", "140", "10000.00", "80.00"),
        ("HOME", "SECOND", "141", "20000.00", "80.00"),
        ("HOME", "MORE", "90", "30000.00", "80.00"),
        ("OTHER", "FIRST", "90", "30000.00", "550.00"),
    ],
)
def test_deed_tax_and_registration_fee(sale: CompiledThing, use: str, homes: str, area: str, tax: str, fee: str) -> None:
    raw = SALE | {"house.use": use, "deal.homes": homes, "house.area": area, "deal.price": "1000000"}
    facts = {name: decode_answer(sale, name, value) for name, value in raw.items()}
    planned = plan(sale, facts, env=Environment(date(2026, 3, 2), CALENDAR))
    assert [one.amount for one in planned.fees] == [Decimal(tax), Decimal(fee)]
    assert planned.fee_total == Decimal(tax) + Decimal(fee)


def test_the_seller_agrees_to_what_the_sale_shares_and_not_to_the_accounts(sale: CompiledThing) -> None:
    facts = {name: decode_answer(sale, name, value) for name, value in SALE.items()}
    (party,) = plan(sale, facts, env=Environment(date(2026, 3, 2), CALENDAR)).parties
    assert (party.entity, party.act) == ("seller", "SIGN")
    assert party.items == ("home-sale-contract-filing", "deed-tax", "property-transfer-registration")
