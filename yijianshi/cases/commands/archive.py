"""Putting ended cases away (归档): one package each, known on the transparency log by the digest of its list of files."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.cases.models import Case, CaseArchive
from yijianshi.cases.queries.locks import lock_ended
from yijianshi.cases.queries.to_archive import package_of
from yijianshi.certificates import commands as issuing
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import files, history
from yijianshi.identity.logic.actor import SYSTEM, Actor, Role
from yijianshi.kernel import archive as packages
from yijianshi.kernel.errors import Conflict, Forbidden
from yijianshi.kernel.text import Text


class NotEndedYet(Conflict):
    """只有办结的办件才能归档。有的还在办，请等办结以后再归档。

    Only cases that have ended can be put away. Some are still under way: please wait until they have ended.
    """


@transaction.atomic
def archive(case_ids: Sequence[UUID], *, by: Actor, at: datetime) -> int:
    """Put ended cases away and return how many; one that has its package keeps it.

    The house itself and heads of the case's organisation may; raises NotEndedYet, Forbidden, ArchiveProblem for a paper that
    cannot be kept.
    """
    rows = lock_ended(case_ids)
    if any(row.is_open for row in rows):
        raise NotEndedYet
    if not (by.is_system or all(by.has_role(Role.HEAD) and row.organisation_id == by.organisation_id for row in rows)):
        raise Forbidden(why=Text("只有本部门负责人可以归档", "only heads of the organisation put its cases away"))
    done = set(CaseArchive.objects.filter(case__in=rows).values_list("case_id", flat=True))
    made = [_archive(row, at) for row in rows if row.pk not in done]
    CaseArchive.objects.bulk_create(made)
    history.record([_entry(one, by, at) for one in made])
    return len(made)


def _archive(case: Case, at: datetime) -> CaseArchive:
    package, period = package_of(case, _certificates(case, at))
    content = packages.write(package)
    kept = files.keep(content, name=f"{case.number}.zip", mime="application/zip", by=SYSTEM, at=at)
    return CaseArchive(
        case=case,
        file_id=kept.id,
        fingerprint=packages.fingerprint(content),
        retention=package.retention.value,
        confidence=period.confidence.value,
        closed_on=package.closed_on,
        destroy_on=packages.destroy_on(package.retention, package.closed_on),
        archived_at=at,
    )


def _certificates(case: Case, at: datetime) -> list[tuple[str, bytes]]:
    found = []
    for certificate_id in certificates.ids_by_case([case.pk]).get(case.pk, []):
        name = certificates.get_certificate(certificate_id, SYSTEM).name.zh
        found.append((name, issuing.get_file(certificate_id, "PDF", by=SYSTEM, at=at)))
    return found


def _entry(made: CaseArchive, by: Actor, at: datetime) -> history.Entry:
    return history.Entry(
        subject_kind="case",
        subject_id=made.case.pk,
        application_id=made.case.application_id,
        action="archive",
        actor=by.to_record(),
        at=at,
        payload={"fingerprint": made.fingerprint, "retention": made.retention},
    )
