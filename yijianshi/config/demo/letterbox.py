"""The demonstration's text-message gateway and mail server: simulators that show on a page what people would have got."""

import importlib.util
import json
import time
from dataclasses import dataclass, field
from pathlib import Path

from yijianshi.config import children, words
from yijianshi.config.children import Child, ChildDied
from yijianshi.config.places import ROOT

_PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Letterbox:
    """Where the messages can be read, and the settings by which web and worker reach the gateways."""

    page: str = ""
    settings: dict[str, str] = field(default_factory=dict)


def start(ours: list[Child], var: Path) -> Letterbox:
    """Start both; without their libraries nothing is sent, and messages are on the site alone."""
    wanted = ("flask", "waitress", "aiosmtpd")
    if not (ROOT / "neighbours").is_dir() or not all(importlib.util.find_spec(name) for name in wanted):
        return Letterbox()
    file = var / "demo" / "letterbox.json"
    file.unlink(missing_ok=True)
    arguments = ["--folder", str(var / "demo" / "letterbox"), "--file", str(file)]
    log, extra = var / "log" / "letterbox.log", {"PYTHONPATH": str(ROOT)}
    child = children.start("letterbox", arguments, log=log, module="neighbours.post", extra=extra)
    ours.append(child)
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < give_up:
        child.check()
        if file.exists():
            return Letterbox(**json.loads(file.read_text(encoding="utf-8")))
        time.sleep(0.1)
    raise ChildDied("短信和邮件的模拟器没有按时启动。 The simulators of text messages and e-mail did not start in time.")


def show(letterbox: Letterbox) -> None:
    """Print where a visitor reads the messages."""
    if letterbox.page:
        words.say(f"短信和邮件发到了哪里：{letterbox.page}", f"the text messages and e-mails people got: {letterbox.page}")
