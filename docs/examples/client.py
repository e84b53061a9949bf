"""One application through the API, from the first question to the certificate: 30 lines, nothing but the standard library."""

import json
import sys
import urllib.request
import uuid

base, key, thing, known, typed = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4]), json.loads(sys.argv[5])


def call(method, path, body=None, **headers):
    sent = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **headers}
    request = urllib.request.Request(f"{base}/api/v1{path}", json.dumps(body).encode() if body else None, sent, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        read = answer.read()
        return read if answer.headers["Content-Type"] == "application/pdf" else json.loads(read or "null")


question = call("POST", f"/things/{thing}/guide", {"answers": known, "declined": []})["question"]
assert question is None, question["text"]  # every question has its answer in *known*
draft = call("POST", "/applications", {"thing": thing, "answers": known})
saved = call("PATCH", f"/applications/{draft['id']}/draft", {"values": typed, "revision": draft["revision"]})
ready = call("GET", f"/applications/{draft['id']}/draft")
assert ready["ready"], [problem["text"]["en"] for problem in ready["problems"]]
proof = {"declaration": True, "revision": saved["revision"]}
receipt = call("POST", f"/applications/{draft['id']}/submit", proof, **{"Idempotency-Key": str(uuid.uuid4())})
print(json.dumps({"application": draft["id"], "number": receipt["number"]}))
