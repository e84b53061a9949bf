"""Each way to break the content gives its own coded finding, at the right file and line, in both languages."""

import pytest

from tests.unit.catalogue.stall import CALENDAR, FILES, with_change
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.lint import check_files

PERMIT = "items/market/permit-issue.yaml"
FOOD = "items/health/food-check.yaml"
SIGN = "items/market/sign-filing.yaml"
THING = "things/stall/thing.yaml"
STALL = "dictionary/stall.yaml"
OWNER = "dictionary/owner.yaml"
DRAWING = "materials/drawing.yaml"
BOTH = "remedies: {review: {zh: 复议, en: Review}, litigation: {zh: 诉讼, en: Court}, confidence: L}"

# code, file, what to replace, with what, where the finding stands if not at the change itself, words of the message
AFTER_PERMIT = "after: [{item: permit-issue, kind: AFTER_END, reason: {zh: 先办证, en: Permit first}}]\nlimits:"
BY_CALENDAR = (
    "legal: {unit: CALENDAR_DAYS, days: 30, rest_day_moves: true, confidence: L}\n  extension: {working_days: 10, confidence: L}"
)
AGREES = ", act: CONFIRM, text: {zh: 请确认, en: Please confirm}, confidence: D}]\nform:\n"
PARTY = "parties: [{entity: owner, id_number: owner.id_number"
TWO_PARTIES = PARTY + AGREES[: AGREES.index("]")] + PARTY.replace("parties: [", ", ") + AGREES
FEE = (
    "fee: {name: {zh: 费, en: Fee}, amount: {zh: 按标准, en: By rate}, basis: 标准, pay_online: false, confidence: D,"
    " rates: [{amount: 80, per: {zh: 每件, en: each}, valid_from: 2026-01-01, confidence: D"
)
PLACED = '{kind: market, region_from: stall.region}\noffered_in: ["410100"]'
NOT_GOVERNED = "procedure: {licensing_law: NONE"
PERMIT_TYPE = "certificates/stall-permit.yaml"
WINDOW = (
    "{label: {zh: 夏季, en: Summer}, opens: 2026-08-09, closes: 2026-08-11, hours: '09:00-17:00',"
    ' when: "stall.food == True", confidence: D}'
)
TIMER = "timer: {kind: PUBLIC_NOTICE, days: 20, then: COMPLETE, text: {zh: 公告, en: Notice}, basis: 条例, confidence: D}"
LATER = 'eligible: {on: "stall.opens_on + 180", text: {zh: 开业半年后。, en: Half a year after opening.}, confidence: D}'
NEVER_ASKED = "stall.shade == True"
BROKEN = [
    ("C101", THING, "summary: {", "summary: {{", None, "缩进"),
    ("C101", PERMIT, "confidence: D\n", "confidence: D\nconfidence: D\n", None, "写了两次"),
    ("C102", THING, "life_cycle: PERSON", "life_cycle: HUMAN", None, "PERSON"),
    ("C102", THING, "domain: 生活", "domian: 生活", None, "是不是“domain”"),
    ("C102", DRAWING, "kind: material", "kind: materiel", None, "是不是“material”"),
    ("C102", PERMIT, "count: 0", "count: many", None, "整数"),
    ("C102", PERMIT, "promise: {working_days: 3", "promise: {working_days: 3, days: 3", None, "CALENDAR_DAYS"),
    ("C102", PERMIT, 'task_type: "20"', "task_type: 20", None, "加引号"),
    ("C103", "certificates/stall-permit.yaml", "code: stall-permit", "code: id-card", None, "重复"),
    ("C104", OWNER, "name: owner.phone", "name: stall.phone", None, "stall"),
    ("C110", THING, "name: {zh: 开个小摊, en: Open a stall}", "name: {zh: 开个小摊}", None, "英文"),
    ("C110", THING, "name: {zh: 开个小摊, en: Open a stall}", "name: 开个小摊", None, "两种"),
    ("C201", SIGN, "fact: stall.kind", "fact: stall.kin", None, "是不是“stall.kind”"),
    ("C202", THING, "item: sign-filing", "item: sign-fyling", None, "是不是“sign-filing”"),
    ("C203", SIGN, "material: id-card", "material: id-kard", None, "是不是“id-card”"),
    ("C204", "materials/permit.yaml", "certificate: stall-permit", "certificate: stall-permitt", None, "stall-permit"),
    ("C204", OWNER, "certificate: id-card", "certificate: id-cart", None, "id-card"),
    ("C205", DRAWING, "letter: tidy", "letter: tydy", None, "是不是“tidy”"),
    ("C206", SIGN, "kind: market", "kind: markett", None, "是不是“market”"),
    ("C207", THING, "entity: owner", "entity: owners", None, "是不是“owner”"),
    ("C102", PERMIT_TYPE, "person: applicant", "person: owner", None, "id_number"),
    ("C207", PERMIT_TYPE, "person: applicant", "person: ownr, id_number: owner.id_number", None, "是不是“owner”"),
    (
        "C303",
        PERMIT_TYPE,
        "person: applicant",
        'person: owner, id_number: owner.id_number, applicant_when: "stall.fod == True"',
        None,
        "stall.food",
    ),
    ("C208", "things/stall/examples/breakfast.yaml", "thing: stall", "thing: stal", None, "是不是“stall”"),
    ("C301", THING, 'when: "stall.food == True"', 'when: "stall.food == "', None, ""),
    ("C302", THING, 'when: "stall.food == True"', 'when: "stall.food == 3"', None, "第"),
    ("C302", PERMIT, "stall.kind == 'B'", "stall.kind == 'D'", None, "D"),
    ("C302", STALL, 'min: "today()"', 'min: "stall.area"', None, ""),
    ("C303", THING, 'when: "stall.food == True"', 'when: "stall.fod == True"', None, "stall.food"),
    ("C304", PERMIT, "stall.kind == 'B'", "stall.kind == 'A' and stall.kind == 'B'", None, "永远不会"),
    ("C305", THING, "stall.food == True", "has_certificate('id-kard')", None, "id-card"),
    ("C306", THING, "stall.food == True", "known(stall.food)", None, "known"),
    ("C401", PERMIT, "facts: [stall.licence_number]", "facts: []", (THING, "items:"), "圈"),
    ("C402", FOOD, "checks: [", "produces: {facts: [stall.licence_number]}\nchecks: [", (THING, "items:"), "两个事项"),
    ("C403", THING, "item: sign-filing", "item: food-check", None, "两次"),
    ("C404", PERMIT, "fact: stall.area", "fact: stall.licence_number", None, "自己"),
    ("C405", THING, "form:\n", "order: [{before: permit-issue, after: tax, reason: {zh: 先, en: First}}]\nform:\n", None, "tax"),
    ("C406", FOOD, "limits:", AFTER_PERMIT, (THING, "items:"), "AFTER_END"),
    (
        "C501",
        THING,
        '{item: food-check, when: "stall.food == True"}',
        "{item: food-check}",
        (THING, "{fact: stall.food, text"),
        "stall.food",
    ),
    ("C502", THING, "{fact: stall.food, text", "{fact: stall.sign, text", (THING, "{item: food-check"), "没有人能提供"),
    ("C503", STALL, "type: BOOL, label: {zh: 是否卖吃的", "type: CODE, label: {zh: 是否卖吃的", None, "选项"),
    ("C504", THING, "stall.food == True", "stall.licence_number == '1'", None, "办结才知道"),
    ("C506", THING, "{fact: stall.food, text", "{fact: stall.sign, text", None, "两次"),
    ("C507", THING, "elements: [stall.region]", "elements: [owner.name]", None, "分组"),
    ("C510", OWNER, "field: owner.id_number", "field: owner.phone", None, "取不到"),
    ("C510", OWNER, "certificate: id-card, ", "", None, "哪种证照"),
    ("C511", DRAWING, ", letter: tidy", "", None, "letter"),
    ("C601", DRAWING, "name: {zh: 摊位平面图", "name: {zh: 其他材料", None, "兜底"),
    ("C601", DRAWING, "name: {zh: 摊位平面图", "name: {zh: 平面图等", None, "兜底"),
    ("C601", DRAWING, "name: {zh: 摊位平面图", "name: {zh: 相关材料", None, "兜底"),
    ("C601", DRAWING, "name: {zh: 摊位平面图", "name: {zh: 有关证明", None, "兜底"),
    ("C601", DRAWING, "en: Floor plan", "en: Other documents", None, "documents"),
    ("C602", PERMIT, "limits:\n  legal: {working_days: 20, confidence: D}", "limits:\n  legal: {working_days: 20}", None, "把握"),
    ("C701", PERMIT, "promise: {working_days: 3", "promise: {working_days: 21", None, "20"),
    ("C702", PERMIT, 'project_type: "2"', 'project_type: "1"', (PERMIT, "promise:"), "即办"),
    ("C702", PERMIT, "promise: {working_days: 3", "promise: {working_days: 0", (PERMIT, "project_type:"), "即办"),
    ("C703", PERMIT, "count: 0", "count: 1", None, "原因"),
    ("C703", PERMIT, "reason: null", "reason: {zh: 看看, en: To look}", None, "到场"),
    ("C705", "orgs/orgs.yaml", "phone: 0371-60000001", "phone: 60000001", None, "区号"),
    ("C705", "orgs/orgs.yaml", "complaint_phone: 0371-60000002", "complaint_phone: 0371-60000001", None, "不能相同"),
    ("C705", PERMIT, "remedies: null", "consult_phone: 0371-60000001\nremedies: null", None, "投诉"),
    ("C706", PERMIT, "fee: null", "fee: {name: {zh: 工本费, en: Card fee}}", None, "收费"),
    ("C708", PERMIT, 'task_type: "20"', 'task_type: "07"', (PERMIT, "remedies:"), "救济"),
    ("C709", PERMIT, 'task_type: "20"', 'task_type: "01"', None, "常见问题"),
    ("C710", PERMIT, 'task_type: "20"', 'task_type: "01"', None, "设定依据"),
    (
        "C711",
        "materials/id-card.yaml",
        "  - {kind: E_CERTIFICATE, certificate: id-card, holders: [applicant]}\n",
        "",
        ("materials/id-card.yaml", "satisfiers:"),
        "电子证照",
    ),
    ("C712", SIGN, 'service_objects: ["1"]', 'service_objects: ["2"]', (THING, "{item: sign-filing"), "服务对象"),
    ("C713", PERMIT, "limits:\n", "catalog_code: 北京-1\nlimits:\n", None, ""),
    ("C801", "things/stall/examples/breakfast.yaml", "promise_working_days: 5", "promise_working_days: 4", None, "应为 4"),
    ("C713", PERMIT, "limits:\n", "catalog_code: 北京-1\nlimits:\n", None, ""),
    ("C801", "things/stall/examples/breakfast.yaml", "food-check: 2026-03-09", "food-check: 2026-03-10", None, "2026-03-09"),
    ("C713", PERMIT, "limits:\n", "catalog_code: 北京-1\nlimits:\n", None, ""),
    ("C714", PERMIT, "promise: {working_days: 3", "promise: {unit: CALENDAR_DAYS, days: 4", None, "工作日"),
    ("C714", PERMIT, "legal: {working_days: 20, confidence: D}", BY_CALENDAR, (PERMIT, "extension:"), "extension"),
    ("C715", PERMIT, "recheck: {working_days: 5, confidence: D}, ", "", None, "correction.recheck"),
    ("C715", PERMIT, "licensing_law: BY_ANALOGY", "licensing_law: DIRECT", None, "行政许可"),
    ("C715", PERMIT, "procedure: {licensing_law: BY_ANALOGY", NOT_GOVERNED, (PERMIT, "correction:"), "null"),
    ("C102", PERMIT, "legal: {working_days: 20,", "legal: {working_days: 20, rest_day_moves: true,", None, "rest_day_moves"),
    ("C911", THING, "form:\n", f"windows: [{WINDOW.replace('2026-08-11', '2026-08-01')}]\nform:\n", None, "2026-08-01"),
    ("C912", THING, "form:\n", f"windows: [{WINDOW.replace('17:00', '09:00')}]\nform:\n", None, "09:00-09:00"),
    ("C913", THING, "form:\n", f"windows: [{WINDOW.replace('stall.food == True', NEVER_ASKED)}]\nform:\n", None, "stall.shade"),
    ("C931", SIGN, "limits:", f"{TIMER.replace('basis: 条例, ', '')}\nlimits:", None, "timer.basis"),
    ("C932", PERMIT, "limits:", f"{TIMER}\nlimits:", None, "stall.licence_number"),
    ("C933", SIGN, 'project_type: "2"', f'project_type: "1"\n{TIMER}', (SIGN, "timer:"), "即办件"),
    ("C934", SIGN, "limits:", f"{TIMER.replace('text: {zh: ', 'text: {zh: 先等等，')}\nlimits:", None, "timer.text"),
    ("C102", SIGN, "limits:", f"{TIMER.replace('COMPLETE', 'FINISH')}\nlimits:", None, "COMPLETE"),
    (
        "C941",
        SIGN,
        "limits:",
        f"{LATER.replace('stall.opens_on', 'stall.shade_on')}\nlimits:",
        (THING, "{item: sign-filing"),
        "stall.shade_on",
    ),
    ("C302", SIGN, "limits:", f"{LATER.replace('stall.opens_on + 180', 'stall.area > 3')}\nlimits:", None, ""),
    ("C303", SIGN, "limits:", f"{LATER.replace('opens_on', 'opens_at')}\nlimits:", None, "stall.opens_on"),
    ("C303", THING, "form:\n", f"windows: [{WINDOW.replace('stall.food', 'stall.fod')}]\nform:\n", None, "stall.food"),
    ("C102", THING, "form:\n", f"windows: [{WINDOW.replace('09:00', '9:00')}]\nform:\n", None, "hours"),
    ("C801", "things/stall/examples/breakfast.yaml", "stall.kind: A,", "stall.kind: Z,", None, "选项"),
    ("C207", THING, "form:\n", "parties: [{entity: ownr, id_number: owner.id_number" + AGREES, (THING, "parties:"), "owner"),
    ("C201", THING, "form:\n", "parties: [{entity: owner, id_number: owner.id_numbr" + AGREES, (THING, "parties:"), "id_number"),
    ("C303", THING, "form:\n", PARTY + ', when: "stall.fod == True"' + AGREES, (THING, "parties:"), "stall.food"),
    ("C302", PERMIT, "fee: null", FEE + ', times: "stall.opens_on"}]}', (PERMIT, "fee:"), ""),
    ("C921", PERMIT, 'task_type: "20"', 'task_type: "20"\nnature: UTILITY', (PERMIT, "nature:"), "公用事业"),
    ("C922", SIGN, 'task_type: "20"', 'task_type: "20"\nnature: BANK', (SIGN, "kind: market"), "性质"),
    ("C923", PERMIT, 'task_type: "20"', 'task_type: "20"\noffered_in: ["410100"]', (PERMIT, "offered_in:"), "region_from"),
    ("C924", PERMIT, "{kind: market}", PLACED, (THING, "{item: permit-issue}"), "stall.region"),
    ("C925", PERMIT, "fee: null", FEE + ", valid_to: 2025-01-01}]}", (PERMIT, "fee:"), "失效日"),
    ("C926", PERMIT, "fee: null", FEE + ', when: "stall.food == True"}]}', (PERMIT, "fee:"), "stall.food"),
    ("C927", THING, "form:\n", "parties: [{entity: owner, id_number: owner.phone" + AGREES, (THING, "parties:"), "ID_NUMBER"),
    ("C928", PERMIT, "  - {fact: owner.id_number}\n", "", (THING, "parties:"), "永远不会"),
    ("C928", THING, "form:\n", PARTY + ', when: "stall.empty == True"' + AGREES, (THING, "parties:"), "没有人问"),
    ("C929", THING, "form:\n", TWO_PARTIES, (THING, "parties:"), "两次"),
    ("C930", THING, "form:\n", "tone: SOBER\nform:\n", (THING, "texts:"), "平静"),
]


def findings_of(files: dict[str, str]) -> list[Finding]:
    return list(check_files(files, CALENDAR)[1])


Place = tuple[str, str] | None


@pytest.mark.parametrize(("code", "path", "old", "new", "elsewhere", "words"), BROKEN)
def test_broken_content_is_found(code: str, path: str, old: str, new: str, elsewhere: Place, words: str) -> None:
    files = with_cycle() if code == "C401" else with_change(path, old, new)
    if words == "永远不会" and code == "C928":
        files[THING] = files[THING].replace("form:\n", PARTY + AGREES)
    if words == "没有人问":
        empty = "  - {name: stall.empty, type: BOOL, label: {zh: 空着, en: Empty}}\n"
        files[STALL] = files[STALL].rstrip("\n") + "\n" + empty
    if code == "C930":
        files[THING] = files[THING].replace("已提交。", "恭喜，已提交。")
    if code == "C402":  # else the food check would need what it makes itself
        files[FOOD] = files[FOOD].replace("  - {fact: stall.licence_number}\n", "")
    found = [finding for finding in findings_of(files) if finding.code == code]
    assert found, [finding.line() for finding in findings_of(files)]
    here = _place(files, path, elsewhere)
    mine = next((f for f in found if words in f.text.zh + f.text.en and (f.where.path, f.where.line) == here), None)
    assert mine is not None, (here, [finding.line() for finding in found])
    assert mine.text.en.strip()
    assert "{" not in mine.text.en.replace("{zh: …, en: …}", "")


def _place(files: dict[str, str], path: str, elsewhere: Place) -> tuple[str, int]:
    """Return the file and line expected: of the given words, else of the first line that was changed."""
    if elsewhere is not None:
        path, words = elsewhere
        return path, next(n for n, line in enumerate(files[path].splitlines(), 1) if words in line)
    before, after = FILES[path].splitlines(), files[path].splitlines()
    same = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    return path, same + 1


def with_cycle() -> dict[str, str]:
    """The permit would need the outcome of the food check, which needs the permit."""
    order = "after: [{item: food-check, reason: {zh: 先检查, en: Check first}}]\nlimits:"
    return with_change(PERMIT, "limits:", order)


def test_a_cycle_names_its_path() -> None:
    text = next(finding.text for finding in findings_of(with_cycle()) if finding.code == "C401")
    assert "摊位证办理(permit-issue) → 食品检查(food-check) → 摊位证办理(permit-issue)" in text.zh


def test_a_need_that_contradicts_its_item_is_pointed_out() -> None:
    files = with_change(FOOD, "required: false}", 'when: "stall.food == False"}')
    found = [finding for finding in findings_of(files) if finding.code == "C304"]
    assert [(finding.where.path, finding.severity) for finding in found] == [(FOOD, "warning")]


def test_an_answer_the_guide_never_asks_for_is_pointed_out() -> None:
    changed = with_change("things/stall/examples/breakfast.yaml", "stall.kind: A,", "stall.kind: A, stall.area: 3,")
    assert findings_of(changed) == []  # a form field is no guide question
    files = {**FILES, THING: FILES[THING].replace("stall.sign == True", "stall.sign == True and stall.food == False")}
    assert [finding.code for finding in findings_of(files)] == ["C802"]


def test_one_wrong_file_does_not_hide_the_others() -> None:
    files = {**with_change(SIGN, "fact: stall.kind", "fact: stall.kin"), "items/market/broken.yaml": "kind: item\ncode: [\n"}
    assert {finding.code for finding in findings_of(files)} >= {"C101", "C201"}


def test_findings_come_in_order_with_their_place_and_a_count() -> None:
    _, findings = check_files(with_change(SIGN, "fact: stall.kind", "fact: stall.kin"), CALENDAR)
    first = findings.errors[0]
    assert first.line("en").startswith(f"{SIGN}:12: C201 There is no data element called 'stall.kin'.")
    assert (
        findings.summary().en == f"{len(FILES)} files checked: {len(findings.errors)} errors, {len(findings.warnings)} warnings."
    )
    assert findings.to_json()["errors"] == len(findings.errors)


def test_the_calendar_days_of_a_law_are_never_stretched() -> None:
    limit = "legal: {unit: CALENDAR_DAYS, days: 4, confidence: L}"
    files = with_change(PERMIT, "legal: {working_days: 20, confidence: D}", limit)
    assert [finding.code for finding in findings_of(files)] == ["C701"]  # 3 working days can be 5 calendar days


def test_an_office_nobody_has_described_is_named() -> None:
    described = "kind: department\ncode: health\nname: {zh: 卫健委, en: Health}\n"
    findings = [one for one in findings_of({**FILES, "departments/health.yaml": described}) if one.code == "C209"]
    assert {one.where.path for one in findings} == {PERMIT, SIGN}
    assert "content/departments" in findings[0].text.zh
