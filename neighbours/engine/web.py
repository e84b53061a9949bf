"""The web server of one system: the protocol for the house, a page for people, a switch for misbehaviour."""

import time
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, jsonify, redirect, request
from werkzeug.exceptions import HTTPException

from neighbours.engine import answers, behaviour, page, signing
from neighbours.engine.answers import UnknownRegister
from neighbours.engine.messages import Unreadable, object_in
from neighbours.engine.running import Running

LARGEST = 8 * 2**20
_LOOPBACK = ("127.0.0.1", "::1")
_GARBAGE = b'{"taken": [\xff\xfe <html>503'
Answer = Callable[..., dict[str, Any]]


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
    store, system = running.store, running.system

    def post(path: str, answer: Answer) -> None:
        def view(**parts: str) -> Response:
            return _answered(running, lambda content: answer(content, **parts))

        app.add_url_rule(path, path, view, methods=["POST"])

    post("/messages", lambda content: answers.take_messages(store, system, content, due=running.due))
    post("/threads", lambda content: answers.threads(store, content))
    post("/resend", lambda content: answers.resend(store, content))
    post("/registers/<code>/read", lambda content, code: answers.read(store, system, code, content))
    post("/registers/<code>/corrections", lambda content, code: answers.correct(store, system, code, content))
    if system.transport == "http_poll":
        post("/collect", lambda content: answers.collect(running.to_say(answers.most_in(content))))
        post("/confirm", lambda content: answers.confirm(store, content))


def _answered(running: Running, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> Response:
    if running.behaviour.kind == "down":
        abort(503)
    running.behaviour.wait()
    body = request.get_data()
    path = request.full_path.removesuffix("?")
    nonce = signing.check(dict(request.headers), running.house.public_key, "POST", path, body)
    _once(running, nonce)
    told = answer(object_in(body))
    if running.behaviour.kind == "garbage":
        return Response(_GARBAGE, mimetype="application/json")
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
    status = 500
    for kind, code in ((signing.BadSignature, 401), (Unreadable, 400), (UnknownRegister, 404), (behaviour.UnknownBehaviour, 422)):
        status = code if isinstance(error, kind) else status
    if isinstance(error, HTTPException):
        status = error.code or 500
    if status == 500:
        raise error
    return jsonify({"code": type(error).__name__, "message": str(error)}), status
