"""What is to be signed, by whom, and what has been: for the applicant and for each of the signers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from yijianshi.applications.logic.signing import (
    APPLICANT,
    Content,
    Line,
    Made,
    Part,
    Signer,
    content_from,
    digest_of,
    lines,
    signers_from,
)
from yijianshi.applications.models import Application, Letter, Material, Signature, SigningRound
from yijianshi.applications.queries.access import visible
from yijianshi.applications.queries.display import display, masked
from yijianshi.applications.queries.parties import Filled, index_of, own_number
from yijianshi.applications.queries.views import SHOWN, title_of
from yijianshi.catalogue.logic import values
from yijianshi.catalogue.logic.plan import PlannedField
from yijianshi.catalogue.logic.schema import Element, ElementType
from yijianshi.foundation import files
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.identifiers import masks
from yijianshi.kernel.text import Text

_THIS = Text("这份要签的文件", "This document")
_ABOUT = Text("办理的事项", "What is applied for")
_FILES = Text("一起交的文件", "Files handed in with it")
_DECLARED = Text("声明", "Declaration")
_SIGNERS = Text("按这个顺序签名", "Signed in this order")
_YOURSELF = Text("申请人", "Applicant")
_HIDDEN = Text("没有全部写出的号码的校验值", "Check value of the numbers shown in part")
DECLARATION = Text(
    "以上内容真实。签名的人对自己的内容负责，同意各部门为办理这件事使用。",
    "The above is true. Each signer answers for what is theirs and agrees that the departments use it for this matter.",
)


@dataclass(frozen=True, slots=True)
class SigningView:
    """One document as a signer sees it; *digest* names it, *mine* is the place of the one who asks."""

    id: UUID
    application_id: UUID
    content: Content
    digest: str
    lines: tuple[Line, ...]
    mine: int | None
    is_current: bool
    is_owner: bool

    @property
    def is_my_turn(self) -> bool:
        """Say whether whoever asks signs next."""
        return self.is_current and self.mine is not None and self.lines[self.mine].is_next

    @property
    def is_done(self) -> bool:
        """Say whether everybody has signed."""
        return all(line.made for line in self.lines)


def get_signing(round_id: UUID, *, by: Actor) -> SigningView:
    """Return a document to be signed, for its signers and the applicant; raises NotFound for everybody else."""
    row = find_round(round_id, by=by)
    listed = lines(signers_from(row.signers), _made(row))
    return SigningView(
        row.id,
        row.application_id,
        content_from(row.content),
        row.sha256,
        listed,
        place_of(row, by),
        is_current(row.application, row),
        owns(row.application_id, by),
    )


def open_document(round_id: UUID, *, by: Actor) -> bytes:
    """Return the PDF with all signatures made so far, to whom may see it."""
    return files.open_file(latest_file(find_round(round_id, by=by)))[1]


def find_signed(application_id: UUID) -> UUID | None:
    """Return the document that was signed for an application as it was submitted; the caller has checked who asks."""
    rows = Signature.objects.filter(round__application_id=application_id, round__revision=F("round__application__revision"))
    return rows.order_by("-round__opened_at").values_list("round_id", flat=True).first()


def signed_file(application_id: UUID, item: str) -> files.StoredFileRef | None:
    """Return the signed document that concerns an item of a submitted application; the caller has checked who asks."""
    found = find_signed(application_id)
    row = SigningRound.objects.get(id=found) if found else None
    return files.get_ref(latest_file(row)) if row is not None and item in row.items else None


def find_round(round_id: UUID, *, by: Actor) -> SigningRound:
    """Return the round, for the applicant and its signers; raises NotFound for everybody else, so that ids tell nothing."""
    row = SigningRound.objects.select_related("application").filter(id=round_id).first()
    if row is None or not (owns(row.application_id, by) or place_of(row, by) is not None):
        raise NotFound(what=_THIS)
    return row


def lock_round(round_id: UUID) -> SigningRound:
    """Take a round and its application until the end of the transaction."""
    row = SigningRound.objects.select_for_update(of=("self", "application"), no_key=True).select_related("application")
    return row.get(id=round_id)


def owns(application_id: UUID, by: Actor) -> bool:
    """Say whether the application is the actor's, or their principal's."""
    return by.is_person and visible(by).filter(id=application_id).exists()


def place_of(row: SigningRound, by: Actor) -> int | None:
    """Return where in the order *by* signs, for themselves or whom they act for; None for nobody in it."""
    signers = signers_from(row.signers)
    if owns(row.application_id, by):
        return len(signers) - 1
    number = own_number(by)
    if number is None or (by.principal and not by.principal.covers(row.application.thing_code)):
        return None
    index = index_of(number).hex()
    return next((place for place, one in enumerate(signers) if one.index == index and one.entity != APPLICANT), None)


def latest_file(row: SigningRound) -> UUID:
    """Return the file with the last signature, or the one nobody has signed."""
    last = Signature.objects.filter(round=row).order_by("-position").values_list("file_id", flat=True).first()
    return last or row.file_id


def current_round(application: Application) -> SigningRound | None:
    """Return the round that shows the draft as it stands now, if there is one."""
    row = SigningRound.objects.filter(application=application).order_by("-opened_at").first()
    return row if row is not None and is_current(application, row) else None


def find_current(application: Application, round_id: UUID) -> UUID | None:
    """Return the round if it still shows the draft as it stands."""
    return round_id if is_current(application, SigningRound.objects.get(id=round_id)) else None


def is_current(application: Application, row: SigningRound) -> bool:
    """Say whether the draft, with its files and letters, is still what the document says; after submission it is settled."""
    if application.state == Application.State.SUBMITTED:
        return True
    return row.revision == application.revision and row.enclosed == enclosed_in(application)


def enclosed_in(application: Application) -> str:
    """Return the digest of the files and letters of a draft."""
    held = {code: [one["id"] for one in ones] for code, ones in _files(application).items()}
    agreed = list(Letter.objects.filter(application=application).order_by("code").values_list("code", "agreed_at"))
    return digest_of({"files": held, "letters": [[code, at.isoformat()] for code, at in agreed]})


def problem_of(filled: Filled) -> Text | None:
    """Return what is missing before submission: where the other parties sign, the applicant signs, too, and last."""
    if not any(one.act == "SIGN" for one in filled.plan.parties):
        return None
    row = current_round(filled.application)
    if row is not None and all(line.made for line in lines(signers_from(row.signers), _made(row))):
        return None
    return Text(
        "这份申请要各方签名，您自己最后签。请到“签名”那一步。",
        "This application is signed by everybody, by you last. Please go to the step 'Sign'.",
    )


def signers_of(filled: Filled) -> tuple[Signer, ...]:
    """Return who signs: each party that must, in the order of the thing, then the applicant."""
    parties = [
        Signer(one.entity, one.label, index_of(str(filled.facts[one.id_number])).hex())
        for one in filled.plan.parties
        if one.act == "SIGN" and filled.facts.get(one.id_number)
    ]
    return (*parties, Signer(APPLICANT, _YOURSELF, ""))


def content_of(filled: Filled, signers: Sequence[Signer], salt: str) -> Content:
    """Return what the document says: what is applied for, the answers with sensitive ones masked, files, letters, signers.

    *salt* keeps the check value of what is masked from being guessed.
    """
    items = items_of(filled)
    shown = [one for one in filled.plan.fields if one.status in SHOWN and set(one.needed_by) & items.keys()]
    hidden = digest_of([salt, {one.name: values.encode(filled.facts.get(one.name)) for one in shown}])
    parts = [
        Part(_ABOUT, tuple((None, name) for name in items.values())),
        *_answers(filled, shown),
        Part(_FILES, tuple((Text(*[one["name"]] * 2), Text(*[_print(one)] * 2)) for one in _handed_in(filled))),
        *_letters(filled),
        Part(_DECLARED, ((None, DECLARATION), (_HIDDEN, Text(hidden, hidden)))),
        Part(_SIGNERS, tuple((None, _numbered(place, one)) for place, one in enumerate(signers, start=1))),
    ]
    return Content(title_of(filled.thing, filled.facts), tuple(part for part in parts if part.rows))


def items_of(filled: Filled) -> dict[str, Text]:
    """Return the items it is about: those the signing parties are concerned in, all where nobody else signs."""
    codes = [code for one in filled.plan.parties if one.act == "SIGN" for code in one.items] or filled.plan.included()
    return {code: filled.thing.item(code).name for code in dict.fromkeys(codes)}


def _answers(filled: Filled, shown: Sequence[PlannedField]) -> list[Part]:
    labels = {one.code: one.label for one in filled.thing.entities}
    found: dict[str, list[tuple[Text | None, Text]]] = {}
    shared = any(one.act == "SIGN" for one in filled.plan.parties)
    for field in shown:
        element = filled.thing.element(field.name)
        words = _shown(element, filled.facts.get(field.name), shared)
        if words is not None:
            found.setdefault(field.entity, []).append((element.label, words))
    return [Part(labels.get(entity, Text(entity, entity)), tuple(rows)) for entity, rows in found.items()]


def _shown(element: Element, value: Any, shared: bool) -> Text | None:
    """Return a value in words, numbers of people always in part; a document that several sign hides all that is sensitive."""
    if value and element.type is ElementType.PHONE:
        return Text(*[masks.mask_phone(str(value))] * 2)
    is_words = element.type is ElementType.TEXT and not any(sign.isdigit() for sign in str(value))
    return display(element, value) if is_words and not shared else masked(element, value)


def _handed_in(filled: Filled) -> list[Mapping[str, Any]]:
    held = _files(filled.application)
    items = items_of(filled).keys()
    return [one for planned in filled.plan.materials if set(planned.needed_by) & items for one in held.get(planned.code, ())]


def _letters(filled: Filled) -> list[Part]:
    parts = []
    for row in Letter.objects.filter(application=filled.application).order_by("code"):
        said = [*(one["requirement"] for one in row.content["told"]), *row.content["promises"], row.content["consequences"]]
        parts.append(Part(Text(**row.content["name"]), tuple((None, Text(**one)) for one in said)))
    return parts


def _print(file: Mapping[str, Any]) -> str:
    return f"SHA-256 {files.get_ref(UUID(str(file['id']))).sha256}"


def _numbered(place: int, one: Signer) -> Text:
    return Text(f"{place}. {one.label.zh}", f"{place}. {one.label.en}")


def _files(application: Application) -> dict[str, list[dict[str, Any]]]:
    rows = Material.objects.filter(application=application).order_by("code").values_list("code", "files")
    return {code: held for code, held in rows if held}


def _made(row: SigningRound) -> list[Made]:
    return [Made(one.position, one.signer, one.method, one.at) for one in row.signatures.order_by("position")]


def kept(content: Content) -> str:
    """Return the content as it is kept."""
    return json.dumps(content.to_json(), ensure_ascii=False)
