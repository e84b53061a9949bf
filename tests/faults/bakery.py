"""A room in miniature for the fault tests: one event, two handlers, each leaving one row for each event it has dealt with."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from yijianshi.foundation import events

TABLES = "CREATE TABLE bakery_sold (loaf int); CREATE TABLE bakery_told (loaf int)"


@events.event("bakery.baked")
@dataclass(frozen=True)
class Baked:
    """A loaf is ready."""

    loaf: int


@events.event("bakery.sold")
@dataclass(frozen=True)
class Sold:
    """A loaf was sold."""

    loaf: int


@events.handles(Baked)
def when_baked_sell(baked: list[Baked], at: datetime) -> None:
    """Sell each loaf, and say so with another event."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bakery_sold SELECT unnest(%s::int[])", [[one.loaf for one in baked]])
    events.publish(*(Sold(one.loaf) for one in baked))


@events.handles(Sold)
def when_sold_tell(sold: list[Sold], at: datetime) -> None:
    """Tell of each loaf sold."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bakery_told SELECT unnest(%s::int[])", [[one.loaf for one in sold]])
