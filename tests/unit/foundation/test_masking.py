"""Nothing personal and nothing secret reaches a log line, whatever route it takes."""

import io
import json
import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.foundation import logs, masking

ID_NUMBER = "410105199001010010"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (f"收到 {ID_NUMBER} 的申请", "收到 410105********0010 的申请"),
        ("41010519900101001x;", "410105********001x;"),
        ("call 13812340000 now", "call 138****0000 now"),
        ("电话+86 13812340000。", "电话138****0000。"),
        ("card 6222021234567890123", "card ****0123"),
        ("Authorization: Bearer abcdefghijkl.mnop", "Authorization: Bearer ***"),
        ("postgresql://app:secret@db/yijianshi", "postgresql://app:***@db/yijianshi"),
        ("sm4:t2:AAAA+/==", "sm4:***"),
        ("410105-20261122-00000017-K", "410105-20261122-00000017-K"),  # a case number is not a person
        ("0190a5d4-ac96-774b-bcce-b302099a8057", "0190a5d4-ac96-774b-bcce-b302099a8057"),
        ("2026-03-02T01:02:03.13812340000Z", "2026-03-02T01:02:03.13812340000Z"),
    ],
)
def test_by_look(raw: str, shown: str) -> None:
    assert masking.mask_text(raw) == shown


def test_by_name_at_any_depth() -> None:
    event = {
        "event": "person.seen",
        "name": "王芳",
        "mother_name": "欧阳娜娜",
        "password": "p",
        "csrf_token": 5,
        "thing_name": "新生儿",
        "facts": [{"phone": "13812340000", "number": 13812340000, "deep": {"id_number": ID_NUMBER}}],
        "count": 3,
        "ok": True,
        "none": None,
    }
    assert masking.mask_event(None, "info", event) == {
        "event": "person.seen",
        "name": "王*",
        "mother_name": "欧***",
        "password": "***",
        "csrf_token": "***",
        "thing_name": "新生儿",
        "facts": [{"phone": "138****0000", "number": "138****0000", "deep": {"id_number": "410105********0010"}}],
        "count": 3,
        "ok": True,
        "none": None,
    }


def test_endless_nesting_ends() -> None:
    inner: dict[str, object] = {}
    inner["again"] = inner
    assert "…" in str(masking.mask_event(None, "info", {"x": inner}))


@given(st.text(alphabet="王 ,;:=()一"), st.text(alphabet="王 ,;:=()一"))
def test_an_identity_number_never_survives(before: str, after: str) -> None:
    assert ID_NUMBER not in masking.mask_text(before + ID_NUMBER + after)


def test_every_route_into_the_log_is_masked_and_numbered() -> None:
    logs.configure("json", "INFO")
    handler = next(h for h in logging.getLogger().handlers if isinstance(h.formatter, structlog.stdlib.ProcessorFormatter))
    stream = io.StringIO()
    handler.setStream(stream)  # type: ignore[attr-defined]
    with logs.about(case_id="c-1"):
        structlog.get_logger("here").info("seen", phone="13812340000")
        logging.getLogger("library").warning("could not reach %s", ID_NUMBER)
        try:
            raise ValueError(f"bad number {ID_NUMBER}")
        except ValueError:
            structlog.get_logger("here").exception("failed")
    written = stream.getvalue()
    assert ID_NUMBER not in written
    assert "13812340000" not in written
    first, second, third = map(json.loads, written.splitlines())
    assert (first["event"], first["phone"], first["case_id"], first["level"]) == ("seen", "138****0000", "c-1", "info")
    assert (second["event"], second["case_id"], second["logger"]) == ("could not reach 410105********0010", "c-1", "library")
    assert "ValueError: bad number 410105********0010" in third["exception"]
    assert "case_id" not in structlog.contextvars.get_contextvars()
