"""Zhengzhou and Luoyang, each a whole deployment, joined by a relay on either way."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.deployed.cities import City, Relay, free_port, is_ready, until
from yijianshi.config import places, postgres
from yijianshi.config.demo import second_city
from yijianshi.config.postgres_home import Home
from yijianshi.kernel.identifiers.uscc import make_uscc

ZHENGZHOU, LUOYANG = {"zh": "郑州市", "en": "Zhengzhou"}, {"zh": "洛阳市", "en": "Luoyang"}


JOINT_OFFICE = """
kind: organisations
organisations:
  - code: xigong-police
    uscc: "USCC"
    name: {zh: 洛阳市公安局西工分局（演示）, en: "Luoyang Police, Xigong Branch (demo)"}
    kind: police
    region: "410303"
    parent: null
    level: "4"
    address: {zh: 河南省洛阳市西工区示范路4号, en: "4 Shifan Road, Xigong, Luoyang"}
    phone: "0379-60001041"
    complaint_phone: "0379-60001049"
    confidence: D
""".replace("USCC", make_uscc("11", "410303", "YJ100041"))  # Zhengzhou's directory knows the office it hands cases to


@dataclass
class TwoCities:
    """The two, and the lines between them: *there* leads from Zhengzhou to Luoyang."""

    zhengzhou: City
    luoyang: City
    there: Relay
    back: Relay

    @property
    def both(self) -> tuple[City, City]:
        """Return the two."""
        return self.zhengzhou, self.luoyang


@pytest.fixture(scope="package")
def cities() -> Iterator[TwoCities]:
    """Set both up, enter each as the other's neighbour, and serve."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    home = Home(folder / "postgres")
    (folder / "postgres").mkdir()
    (folder / "postgres").chmod(0o755)
    handle = postgres.start(home)
    with ExitStack() as ending:
        if not os.environ.get("KEEP_CITIES"):
            ending.callback(shutil.rmtree, folder, ignore_errors=True)
        ending.callback(handle.release)
        yield ending.enter_context(_Both(home, folder))


class _Both:
    def __init__(self, home: Home, folder: Path) -> None:
        for name in ("zhengzhou", "luoyang"):
            postgres.ensure_database(home, name)
        first = free_port(18_300)
        own = folder / "zhengzhou-content"
        shutil.copytree(places.ROOT / "content", own)
        (own / "orgs" / "joint-luoyang.yaml").write_text(JOINT_OFFICE, encoding="utf-8")
        other = second_city.make_content(places.ROOT / "content", folder / "luoyang-content")
        changed = other / "things" / "retirement" / "thing.yaml"  # what Luoyang has not heard of yet
        changed.write_text(changed.read_text(encoding="utf-8").replace("办退休, 退休手续", "办退休"), encoding="utf-8")
        self.zhengzhou = City("zhengzhou", postgres.url(home, "zhengzhou"), own, folder / "zhengzhou", first)
        self.luoyang = City("luoyang", postgres.url(home, "luoyang"), other, folder / "luoyang", free_port(first + 10))

    def __enter__(self) -> TwoCities:
        both = (self.zhengzhou, self.luoyang)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda city: city.run("setup"), both))
        there = Relay(free_port(self.luoyang.port + 10), self.luoyang.port)
        back = Relay(free_port(self.luoyang.port + 20), self.zhengzhou.port)
        police = {"department": "police", "region": "410303", "items": ["household-registration-birth"]}
        self.zhengzhou.know(self.luoyang, LUOYANG, "410300", there._port, content="GIVE", serves=[police])
        self.luoyang.know(self.zhengzhou, ZHENGZHOU, "410100", back._port, content="TAKE", decides=police["items"])
        for city in both:
            city.serve()
        for city in both:
            until(lambda city=city: is_ready(city), f"{city.name} is not ready")
        return TwoCities(self.zhengzhou, self.luoyang, there, back)

    def __exit__(self, *_: object) -> None:
        self.zhengzhou.end()
        self.luoyang.end()
