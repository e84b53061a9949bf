"""The transparency log: its state and a check of receipts for everybody, one's own receipts for the applicant."""

import json
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render

from yijianshi.cases import queries
from yijianshi.foundation import clock
from yijianshi.foundation.transparency import reading
from yijianshi.identity import commands as identity
from yijianshi.identity.entrance import CITIZEN, PUBLIC, ActorRequest, address_of, entry
from yijianshi.identity.logic.addresses import network_key
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.merkle import receipts

_LARGEST = 2 * 1024 * 1024
_MOST = 200  # lines of one application; each costs a signature of the log and those of its witnesses


@entry(PUBLIC)
def show(request: ActorRequest) -> HttpResponse:
    """Show how large the log is and who co-signs it; check the receipts of a file."""
    page = {"points": reading.latest(5), "witnesses": reading.list_witnesses(), "problem": None, "verdicts": []}
    given = request.FILES.get("file")
    if request.method == "POST":
        try:
            identity.count_request("verify", network_key(address_of(request)), clock.now())
            page["verdicts"] = _check(given)
        except DomainError as problem:
            return render(request, "portal/log.html", {**page, "problem": problem.text}, status=problem.status)
    return render(request, "portal/log.html", page)


@entry(CITIZEN)
def proof(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show how far an application is proven, and offer the file."""
    return render(request, "portal/proof.html", {"proofs": queries.get_proofs(application_id, by=request.actor)})


@entry(CITIZEN)
def proof_file(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Hand over the receipts of an application as one file."""
    content = json.dumps(queries.get_proof_file(application_id, by=request.actor), ensure_ascii=False, indent=1)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="proof-{application_id}.json"'
    return answer


def _check(given: "UploadedFile[bytes] | None") -> list[receipts.Verdict]:
    if given is None or not given.size or given.size > _LARGEST:
        raise receipts.ReceiptUnreadable(why="no file, or over 2 MB")
    try:
        held = receipts.unpack(json.loads(given.read()))
    except (ValueError, RecursionError) as error:
        raise receipts.ReceiptUnreadable(why="not JSON") from error
    trust = receipts.read_trust(reading.trust())
    return [receipts.check(one, trust) for one in held[:_MOST]]
