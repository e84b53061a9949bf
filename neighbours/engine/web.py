"""The web server of one system: the protocol for the house, a page for people, a switch for misbehaviour."""

import time
from typing import Any

from flask import Flask, Response, abort, jsonify, redirect, request
from werkzeug.exceptions import HTTPException

from neighbours.engine import answers, page, signing
from neighbours.engine.behaviour import UnknownBehaviour
from neighbours.engine.messages import object_in
from neighbours.engine.running import Running

LARGEST = 8 * 2**20
_LOOPBACK = ("127.0.0.1", "::1")
GARBAGE = b'{"taken": [\xff\xfe <html>503'


def make_app(running: Running) -> Flask:
    """Return the WSGI application of *running*."""
    app = Flask("neighbours.engine", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    _protocol(app, running)
    _for_people(app, running)
    app.register_error_handler(Exception, _told)
    return app


def _protocol(app: Flask, running: Running) -> None:
    @app.post("/<path:path>")
    def operation(path: str) -> Response:
        return _answered(running, path)


def _answered(running: Running, operation: str) -> Response:
    if running.behaviour.kind == "down":
        abort(503)
    running.behaviour.wait()
    body = request.get_data()
    path = request.full_path.removesuffix("?")
    nonce = signing.check(dict(request.headers), running.house.public_key, "POST", path, body)
    _once(running, nonce)
    told = answers.perform(running, operation, object_in(body))
    if running.behaviour.kind == "garbage":
        return Response(GARBAGE, mimetype="application/json")
    return jsonify(told)


def _once(running: Running, nonce: str) -> None:
    with running.store.writing() as db:
        db.execute("DELETE FROM _nonce WHERE at < ?", (time.time() - 2 * signing.WINDOW_SECONDS,))
        if db.execute("INSERT OR IGNORE INTO _nonce VALUES (?, ?)", (nonce, time.time())).rowcount == 0:
            raise signing.BadSignature("这个请求已经来过。 This request has been here before.")


def _for_people(app: Flask, running: Running) -> None:
    @app.get("/")
    def overview() -> str:
        return page.overview(running)

    @app.post("/control")
    def control() -> Any:
        _only_from_here()
        wanted = request.get_json() if request.is_json else page.wanted(request.form)
        running.behaviour.set(wanted)
        return jsonify({"behaviour": running.behaviour.kind}) if request.is_json else redirect("/")

    @app.post("/cases/<path:about>/<any(accept, correct, refuse):hand>")
    def by_hand(about: str, hand: str) -> Any:
        _only_from_here()
        running.decide_by_hand(about, hand)
        return redirect("/")


def _only_from_here() -> None:
    """Only the machine itself, and no page of another site that happens to be open in its browser."""
    foreign = request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
    if request.remote_addr not in _LOOPBACK or foreign:
        abort(403)


def _told(error: Exception) -> Any:
    if isinstance(error, HTTPException):
        return jsonify({"code": type(error).__name__, "message": error.description}), error.code or 500
    if isinstance(error, UnknownBehaviour):
        return jsonify({"code": type(error).__name__, "message": str(error)}), 422
    found = answers.problem(error)
    if found is None:
        raise error
    return jsonify(found[1]), found[0]
