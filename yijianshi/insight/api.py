"""The transparency log for everybody: its checkpoints, that it only grew, the keys to check with, and the witnesses' door."""

from base64 import b64encode

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from yijianshi.certificates import queries as certificates
from yijianshi.foundation import clock
from yijianshi.foundation.transparency import reading, witnessing
from yijianshi.identity.entrance import public

router = Router(tags=["log"])
_LARGEST = 2**62


class Proof(Schema):
    """Hashes in base64, lowest first."""

    first: int
    second: int
    proof: list[str]


class CosignatureIn(Schema):
    """A witness's signature line under the checkpoint of *size*."""

    size: int = Field(ge=1, le=_LARGEST)
    line: str = Field(max_length=400)


class Trust(Schema):
    """Everything to verify with, as hexadecimal digits.

    Public keys of the log by its name and of the witnesses by theirs; certificates (DER) of the authority that certifies seals,
    the newest first, and its lists of those that ended early, one for each.
    """

    log: dict[str, list[str]]
    witnesses: dict[str, str]
    roots: list[str]
    lists: list[str]


@router.get("/log/checkpoint", auth=public)
def get_checkpoint(request: HttpRequest, size: int | None = None) -> HttpResponse:
    """Return a checkpoint as a signed note: the latest, or the one of *size*."""
    found = [reading.at_size(size)] if size is not None else reading.latest()
    if not found:
        raise reading.NoCheckpoint
    return HttpResponse(found[0].note, content_type="text/plain; charset=utf-8")


@router.get("/log/consistency", auth=public, response=Proof)
def get_consistency(request: HttpRequest, first: int, second: int) -> Proof:
    """Return the proof that the log of *second* leaves begins with that of *first*."""
    proof = reading.consistency(first, second)
    return Proof(first=first, second=second, proof=[b64encode(one).decode() for one in proof])


@router.get("/log/trust", auth=public, response=Trust)
def get_trust(request: HttpRequest) -> dict[str, object]:
    """Return whom to trust when checking receipts and certificates offline; keep it before you need it."""
    lists = [der.hex() for der in certificates.revocation_lists(at=clock.now())]
    roots = [der.hex() for der in certificates.root_certificates()]
    return {**reading.trust(), "roots": roots, "lists": lists}


@router.post("/log/cosignatures", auth=public, response={204: None})
def add_cosignature(request: HttpRequest, body: CosignatureIn) -> Status[None]:
    """Take a witness's co-signature; its signature says who sends it."""
    witnessing.cosign(body.size, body.line, at=clock.now())
    return Status(204, None)
