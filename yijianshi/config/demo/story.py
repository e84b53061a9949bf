"""The newborn one-thing from the first question to the last certificate, with a live timeline in the terminal."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from rich.console import Console

from yijianshi.config.demo import answers
from yijianshi.config.demo.client import Client
from yijianshi.config.demo.proving import prove
from yijianshi.foundation.clock import LEGAL_ZONE

MOTHER = "wangfang"
OFFICERS = ("hospital", "health", "cdc", "police", "medical-insurance", "tax", "social-security")
PATIENCE_SECONDS = 120
MARKS = {"WAITING_UPSTREAM": "·", "RECEIVED": "○", "ACCEPTED": "◐", "DECIDED": "◑", "COMPLETED": "●"}


class StoryStuck(Exception):
    """The demonstration did not reach its end in time."""


@dataclass
class Story:
    """One run of the demonstration."""

    base_url: str
    console: Console
    folder: Path  # where the certificates are written
    pace: float = 0.0  # seconds between officers' acts, so that a person can follow
    connected: frozenset[str] = frozenset()  # departments whose own systems do the work
    started: float = field(default_factory=time.monotonic)
    seen: dict[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the legal date."""
        return datetime.now(LEGAL_ZONE).date()

    def say(self, who: str, zh: str, en: str) -> None:
        """Print one line of the timeline."""
        moment = f"{time.monotonic() - self.started:6.1f} s"
        self.console.print(f"[dim]{moment}[/]  [bold]{who}[/]  {zh}  [dim]{en}[/]", highlight=False)


def play(
    base_url: str, console: Console, folder: Path, *, pace: float = 0.0, connected: frozenset[str] = frozenset()
) -> list[Path]:
    """Play the whole story against a running server and return the certificates written; raises StoryStuck or ApiRefused."""
    story = Story(base_url, console, folder, pace, connected)
    mother = Client.enter(base_url, MOTHER)
    known = _guide(story, mother)
    number, application_id = _apply(story, mother, known)
    story.say("王芳", f"提交一次，编号 {number}", f"submitted once, number {number}")
    _work(story, mother, application_id)
    return _collect(story, mother, application_id)


def _guide(story: Story, mother: Client) -> dict[str, Any]:
    known: dict[str, Any] = {}
    while True:
        answer = mother.post("/things/newborn/guide", {"answers": known, "declined": []})
        question = answer["question"]
        if question is None:
            break
        known[question["fact"]] = answers.guide_answer(question, story.today)
        story.say("王芳", f"{question['text']['zh']}", question["text"]["en"])
    days = answer["plan"]["promise"]["working_days"]
    story.say(
        "一件事",
        f"回答 {len(known)} 个问题就够了，最多 {days} 个工作日办完",
        f"{len(known)} answers were enough; {days} working days at most",
    )
    return known


def _apply(story: Story, mother: Client, known: dict[str, Any]) -> tuple[str, str]:
    draft = mother.post("/applications", {"thing": "newborn", "answers": known})
    thing = mother.get("/things/newborn")
    options = {
        element["name"]: [one["code"] for one in element["options"]] for element in thing["elements"] if element["options"]
    }
    fields = [one for group in draft["groups"] for one in group["fields"]]
    asked = [one for one in fields if one["status"] == "ASK"]
    prefilled = sum(one["status"] == "PREFILLED" for one in fields)
    story.say(
        "一件事",
        f"已替您填好 {prefilled} 项，还要您填 {len(asked)} 项",
        f"{prefilled} fields filled in for you, {len(asked)} to go",
    )
    values = {one["name"]: answers.form_answer(one, options) for one in asked}
    mother.patch(f"/applications/{draft['id']}/draft", {"values": values, "revision": draft["revision"]})
    draft = mother.get(f"/applications/{draft['id']}/draft")
    if not draft["ready"]:
        open_points = [*draft["problems"], *(one for one in draft["materials"] if one["problem"])]
        raise StoryStuck(f"the application is not ready: {open_points}")
    body = {"declaration": True, "revision": draft["revision"]}
    receipt = mother.post(f"/applications/{draft['id']}/submit", body, Idempotency_Key=str(uuid4()))
    return receipt["number"], draft["id"]


def _work(story: Story, mother: Client, application_id: str) -> None:
    desks = {name: Client.enter(story.base_url, name) for name in OFFICERS if name not in story.connected}
    story.say(
        "一件事",
        f"{len(OFFICERS) - len(desks)} 个部门的系统已接通，自己受理、决定、回传；其余 {len(desks)} 个在工作台办",
        f"{len(OFFICERS) - len(desks)} departments' own systems answer by themselves, {len(desks)} work at our desk",
    )
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        progress = mother.get(f"/applications/{application_id}/progress")
        _show(story, progress)
        if progress["overall"] == "COMPLETED":
            story.say("王芳", "全部办结", "everything is done")
            return
        mine = {station["case_id"] for station in progress["stations"]}
        acted = sum(_one_desk(story, desk, mine) for desk in desks.values())
        if not acted:
            time.sleep(0.2)
    raise StoryStuck("the departments did not finish in time; is the worker running?")


def _one_desk(story: Story, desk: Client, mine: set[str]) -> int:
    acts = 0
    for row in _rows(desk):
        if row["id"] in mine:
            acts += _one_case(desk, row)
            time.sleep(story.pace)
    return acts


def _rows(desk: Client) -> Iterator[dict[str, Any]]:
    cursor = ""
    while True:
        page = desk.get(f"/workbench/cases{cursor}")
        yield from page["rows"]
        if not page["next_cursor"]:
            return
        cursor = f"?cursor={page['next_cursor']}"


def _one_case(desk: Client, row: dict[str, Any]) -> int:
    case_ids = [row["id"]]
    if row["state"] == "RECEIVED":
        desk.post("/workbench/cases/accept", {"case_ids": case_ids})
    elif row["state"] == "ACCEPTED":
        case = desk.get(f"/workbench/cases/{row['id']}")
        today = datetime.now(LEGAL_ZONE).date()
        results = {one["name"]: answers.result_answer(one, case["number"], today) for one in case["results"]}
        desk.post("/workbench/cases/approve", {"case_ids": case_ids, "results": results})
    elif row["state"] == "DECIDED":
        desk.post("/workbench/cases/deliver", {"case_ids": case_ids, "reason": "邮寄"})
    else:
        return 0
    return 1


def _show(story: Story, progress: dict[str, Any]) -> None:
    for station in progress["stations"]:
        code, state = station["item_code"], station["state"]
        if story.seen.get(code) != state:
            story.seen[code] = state
            mark = MARKS.get(state, "?")
            name, words = station["item_name"], station["state_text"]
            story.say(f"{mark} {station['department']['zh']}", f"{name['zh']}：{words['zh']}", f"{name['en']}: {words['en']}")


def _collect(story: Story, mother: Client, application_id: str) -> list[Path]:
    progress = mother.get(f"/applications/{application_id}/progress")
    story.folder.mkdir(parents=True, exist_ok=True)
    written = []
    for station in progress["stations"]:
        for certificate_id in station["certificate_ids"]:
            path = story.folder / f"{progress['number']}-{station['item_code']}.pdf"
            path.write_bytes(mother.download(f"/api/v1/certificates/{certificate_id}/file.pdf"))
            written.append(path)
    story.say("王芳", f"{len(written)} 份电子证照，PDF 在 {story.folder}", f"{len(written)} e-certificates as PDF")
    proven = prove(mother, story.folder, written)
    story.say(
        "王芳",
        f"用离线命令核验：{proven} 份都没有改动，盖章有效（yijianshi verify）",
        f"verified offline: all {proven} are unaltered and their seals hold",
    )
    return written
