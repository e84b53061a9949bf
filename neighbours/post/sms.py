"""The text-message gateway (``POST /sms/messages``), the page of the phones, and the switch."""

from datetime import datetime, timedelta, timezone
from typing import Any

from flask import Flask, Response, abort, jsonify, redirect, render_template, request

from neighbours.post.store import KINDS, Store

_LARGEST = 65_536
_LOOPBACK = ("127.0.0.1", "::1")
_CHINA = timezone(timedelta(hours=8))


def make_app(store: Store, token: str) -> Flask:
    """Return the WSGI application over *store*; an empty *token* lets everybody send."""
    app = Flask("neighbours.post", static_folder="../engine/static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST
    app.json.ensure_ascii = False  # type: ignore[attr-defined]

    _gateway(app, store, token)
    _for_people(app, store)
    return app


def _gateway(app: Flask, store: Store, token: str) -> None:
    @app.post("/sms/messages")
    def take() -> Any:
        store.wait()
        if store.behaviour == "down":
            return Response("busy", 503, {"Retry-After": "1"})
        if token and request.headers.get("Authorization") != f"Bearer {token}":
            abort(401)
        message = _message()
        if store.behaviour == "refuse":
            abort(422)
        new = store.take("sms", message)
        if store.behaviour == "garbage":
            return Response(b'{"taken": \xff<html>', mimetype="application/json")
        if store.behaviour == "forgetful":
            abort(502)
        return jsonify({"taken": True, "before": not new})


def _for_people(app: Flask, store: Store) -> None:
    @app.get("/")
    def overview() -> str:
        rows = [{**row, "at": f"{datetime.fromtimestamp(row['at'], _CHINA):%m-%d %H:%M:%S}"} for row in store.all()]
        return render_template("phones.html", rows=rows, kinds=KINDS, store=store)

    @app.get("/taken.json")
    def taken() -> Any:
        return jsonify(store.all())

    @app.post("/control")
    def control() -> Any:
        foreign = request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        if request.remote_addr not in _LOOPBACK or foreign:
            abort(403)
        wanted = request.get_json() if request.is_json else request.form
        try:
            store.behave(str(wanted.get("behaviour", "normal")), float(wanted.get("seconds", 3)))
        except ValueError:
            abort(422)
        return jsonify({"behaviour": store.behaviour}) if request.is_json else redirect("/")


def _message() -> dict[str, str]:
    content = request.get_json(silent=True)
    if not isinstance(content, dict) or not all(isinstance(content.get(name), str) for name in ("id", "to", "text")):
        abort(400)
    if not content["to"].isdigit() or not content["text"] or len(content["id"]) > 64:
        abort(422)
    return content
