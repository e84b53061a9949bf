"""Wallet, certificate, PDF and verification through the public API."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.rooms.certificates.conftest import IssueTo
from tests.town.people import MONDAY, PASSWORD, Town
from yijianshi.certificates import api, commands, queries
from yijianshi.certificates.logic import ended
from yijianshi.identity.logic.actor import SYSTEM


@pytest.fixture
def program(town: Town) -> Iterator[Client]:
    with time_machine.travel(MONDAY, tick=False):
        yield Client()


def token(program: Client, username: str) -> dict[str, str]:
    body = {"username": username, "password": PASSWORD}
    answer = program.post("/api/v1/login", body, content_type="application/json").json()
    return {"Authorization": f"Bearer {answer['token']}"}


def test_a_wallet_a_certificate_and_its_document(program: Client, town: Town, issue_to: IssueTo) -> None:
    certificate_id = issue_to(town.wang_fang, "李强")
    headers = token(program, "wangfang")

    (listed,) = program.get("/api/v1/certificates", headers=headers).json()
    one = program.get(f"/api/v1/certificates/{certificate_id}", headers=headers).json()
    document = program.get(f"/api/v1/certificates/{certificate_id}/file.pdf", headers=headers)

    assert listed == one
    assert (one["name"]["zh"], one["fields"][1]["value"]["zh"]) == ("结婚证", "李强")
    assert (document["Content-Type"], document.content[:5]) == ("application/pdf", b"%PDF-")
    assert document["Cache-Control"] == "private, no-store"
    assert "王芳" not in document["Content-Disposition"]
    assert program.get(f"/api/v1/certificates/{certificate_id}/uses", headers=headers).json() == []


@pytest.mark.parametrize("username", ["zhaojianguo", "liqiang", "police-officer"])
def test_others_find_nothing(program: Client, town: Town, issue_to: IssueTo, username: str) -> None:
    certificate_id: UUID = issue_to(town.wang_fang)
    headers = token(program, username)
    for path in ("", "/file.pdf"):
        assert program.get(f"/api/v1/certificates/{certificate_id}{path}", headers=headers).status_code == 404
    assert program.get(f"/api/v1/certificates/{uuid4()}", headers=headers).status_code == 404
    assert program.get(f"/api/v1/certificates/{certificate_id}").status_code == 401


def test_a_wallet_follows_whom_one_acts_for(program: Client, town: Town, issue_to: IssueTo) -> None:
    issue_to(town.li_qiang)
    headers = {**token(program, "wangfang"), "Acting-For": str(town.spouse_mandate_id)}
    assert [card["holder_name"] for card in program.get("/api/v1/certificates", headers=headers).json()] == ["李强"]


def test_verification_needs_no_log_in_and_is_limited(program: Client, town: Town, issue_to: IssueTo) -> None:
    code = queries.get_certificate(issue_to(town.wang_fang), SYSTEM).verification_code
    seen = program.get(f"/api/v1/verify/{code}").json()
    assert (seen["holder_name"], seen["is_valid"]) == ("王*", True)
    for _ in range(59):
        assert program.get("/api/v1/verify/7K3M9QX2ABCDEF0123GH").status_code == 404
    refused = program.get(f"/api/v1/verify/{code}")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")


def test_departments_verify_files_in_numbers(program: Client, town: Town, issue_to: IssueTo) -> None:
    new = commands.NewSeal(
        organisation_id=town.organisations["government-service"], custodian="赵保管", rule_types=("*",), rule_basis="示例规则"
    )
    api._ended.cache_clear()
    assert program.get("/api/v1/certificates/ended").status_code == 404
    commands.make_seal(new, by=SYSTEM, at=MONDAY)
    certificate_id = issue_to(town.wang_fang)
    content = commands.get_file(certificate_id, "OFD", by=town.wang_fang.actor, at=MONDAY)
    headers = token(program, "police-officer")
    files = [SimpleUploadedFile("good.ofd", content), SimpleUploadedFile("bad.ofd", content[:-9]), SimpleUploadedFile("x", b"x")]
    first, *others = program.post("/api/v1/verify/files", {"files": files}, headers=headers).json()
    assert (first["intact"], first["entitled"], first["valid_now"], first["state"]) == (True, True, True, "VALID")
    assert first["says"]["持证主体"] == "王芳"
    assert [(one["intact"], bool(one["why"]["zh"])) for one in others] == [(False, True), (False, True)]
    many = [SimpleUploadedFile(f"{number}.pdf", b"x") for number in range(51)]
    assert program.post("/api/v1/verify/files", {"files": many}, headers=headers).status_code == 422
    assert program.post("/api/v1/verify/files", {"files": files}).status_code == 401
    assert program.post("/api/v1/verify/files", {"files": files}, headers=token(program, "wangfang")).status_code in (401, 403)
    shown = commands.show(certificate_id, ["number"], "核对", by=town.wang_fang.actor, at=MONDAY)
    assert program.post(f"/api/v1/shown/{shown}").json()["purpose"] == "核对"
    assert program.post(f"/api/v1/shown/{shown}").status_code == 409


def test_what_no_longer_holds_is_a_signed_list(program: Client, town: Town, issue_to: IssueTo) -> None:
    api._ended.cache_clear()
    commands.make_seal(
        commands.NewSeal(organisation_id=town.organisations["government-service"], custodian="赵保管"), by=SYSTEM, at=MONDAY
    )
    certificate_id = issue_to(town.wang_fang)
    commands.revoke([certificate_id], "依法撤销", by=SYSTEM, at=MONDAY)
    listed = ended.read(program.get("/api/v1/certificates/ended").json(), queries.trusted(at=MONDAY))
    assert listed.state_of(queries.get_certificate(certificate_id, SYSTEM).identifier) == "REVOKED"
