"""`python -m benchmarks.exchange.answering --house URL --key FILE`: six neighbours in one process, each on a port of its own.

Each checks every signature, accepts and approves what it gets, and calls back in batches until it was heard. It keeps its threads
in memory, because what is measured is the house. One line of JSON on the way out: the neighbour file. Then commands come in
line by line: ``down CODE`` and ``up CODE``, each answered with ``ok``.
"""

from __future__ import annotations

import argparse
import http.client
import json
import queue
import secrets
import sys
import threading
import time
import uuid
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import gmssl_pyx

from benchmarks.handoff import newborn
from yijianshi.exchange.keys import SoftwareSigner, SoftwareVerifier
from yijianshi.exchange.logic import signing

DEPARTMENTS = {
    "birth_certificate": "hospital",
    "vaccination_record": "cdc",
    "household_registration": "police",
    "maternity_benefit": "medical-insurance",
    "medical_insurance": "medical-insurance",
    "social_security_card": "social-security",
}
MOST = 50  # hand-overs answered in one callback


class Neighbour(ThreadingHTTPServer):
    """One system: takes hand-overs, answers each with two messages."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, item: str, house: str, house_key: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        public, private = gmssl_pyx.sm2_key_generate()
        self.item, self.public = item, public.hex()
        self.code = item.replace("_", "-")
        self.house, self.verify, self.sign = house, SoftwareVerifier(house_key), SoftwareSigner(private, public)
        self.is_down = False
        self.known: set[str] = set()
        self.waiting: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()
        threading.Thread(target=self.call_back, daemon=True).start()

    def take(self, messages: list[dict[str, Any]]) -> list[str]:
        for one in messages:
            if one["id"] not in self.known:
                self.known.add(one["id"])
                if one["kind"] == "case.handed_over":
                    self.waiting.put(one)
        return [one["id"] for one in messages]

    def call_back(self) -> None:
        while True:
            taken = [self.waiting.get()]
            while len(taken) < MOST and not self.waiting.empty():
                taken.append(self.waiting.get())
            answers = [answer for one in taken for answer in self.answers(one)]
            while self.is_down or not self.post(answers):
                time.sleep(0.05)

    def answers(self, one: dict[str, Any]) -> list[dict[str, Any]]:
        results = {name.replace(f"{self.item}_", f"{self.item}."): value for name, value in newborn.result(self.item, 1).items()}
        told = (("case.accepted", {}), ("case.approved", {"results": results}))
        at = datetime.now(UTC).isoformat()
        return [
            {"id": str(uuid.uuid4()), "kind": kind, "about": one["about"], "sequence": place, "at": at, "body": body}
            for place, (kind, body) in enumerate(told, 1)
        ]

    def post(self, messages: list[dict[str, Any]]) -> bool:
        body = json.dumps({"messages": messages}).encode()
        path, moment, nonce = f"/api/exchange/v1/{self.code}/messages", str(int(time.time())), secrets.token_hex(16)
        signature = self.sign(signing.signed_text("POST", path, self.code, "bench", moment, nonce, body))
        headers = {"Content-Type": "application/json", signing.SENDER: self.code, signing.KEY: "bench", signing.TIME: moment}
        headers |= {signing.NONCE: nonce, signing.SIGNATURE: b64encode(signature).decode()}
        parts = urlsplit(self.house)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status == 200 and len(json.loads(answer.read())["taken"]) == len(messages)
        except (OSError, ValueError, KeyError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def entry(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": {"zh": self.code, "en": self.code},
            "connector": "http_push",
            "options": {"address": f"http://127.0.0.1:{self.server_port}", "timeout_seconds": 5},
            "public_key": self.public,
            "serves": [{"department": DEPARTMENTS[self.item], "items": [self.code]}],
            "limits": {"per_second": 10_000, "batch": 50},
        }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Neighbour

    def do_POST(self) -> None:
        body, head = self.rfile.read(int(self.headers["Content-Length"])), self.headers
        parts = (head[signing.SENDER], head[signing.KEY], head[signing.TIME], head[signing.NONCE])
        if self.server.is_down:
            self.answer(503, {})
        elif not self.server.verify(signing.signed_text("POST", self.path, *parts, body), b64decode(head[signing.SIGNATURE])):
            self.answer(401, {})
        else:
            self.answer(200, {"taken": self.server.take(json.loads(body)["messages"]), "refused": []})

    def answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exchange.answering")
    parser.add_argument("--house", required=True)
    parser.add_argument("--key", required=True)
    given = parser.parse_args()
    neighbours = {one.code: one for one in (Neighbour(item, given.house, given.key) for item in newborn.ITEMS)}
    print(json.dumps({"neighbours": [one.entry() for one in neighbours.values()]}), flush=True)
    for line in sys.stdin:
        word, code = line.split()
        neighbours[code].is_down = word == "down"
        print("ok", flush=True)


if __name__ == "__main__":
    main()
