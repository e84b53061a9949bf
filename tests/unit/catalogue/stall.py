"""A small made-up content: opening a market stall. Three items, a few questions, everything in order."""

from datetime import date

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.workdays import Calendar

DICTIONARY = """\
kind: dictionary
entity: {code: stall, label: {zh: 摊位, en: Stall}, order: 20}
elements:
  - name: stall.kind
    type: CODE
    label: {zh: 摊位类型, en: Kind of stall}
    options:
      - {code: A, label: {zh: 流动, en: Mobile}}
      - {code: B, label: {zh: 固定, en: Fixed}}
      - {code: C, label: {zh: 临时, en: Temporary}}
  - {name: stall.food, type: BOOL, label: {zh: 是否卖吃的, en: Sells food}}
  - {name: stall.shade_on, type: DATE, label: {zh: 撑伞日期, en: Parasol day}}
  - {name: stall.shade, type: BOOL, label: {zh: 是否撑伞, en: Has a parasol}}
  - {name: stall.sign, type: BOOL, label: {zh: 是否挂招牌, en: Has a sign}}
  - {name: stall.area, type: INT, label: {zh: 面积, en: Area}, min: 1, max: 500}
  - {name: stall.opens_on, type: DATE, label: {zh: 开业日期, en: Opening day}, min: "today()"}
  - {name: stall.region, type: REGION, label: {zh: 所在区, en: District}}
  - {name: stall.licence_number, type: TEXT, label: {zh: 摊位证编号, en: Permit number}, max_length: 30}
"""

OWNER = """\
kind: dictionary
entity: {code: owner, label: {zh: 摊主, en: Owner}, order: 10}
elements:
  - name: owner.name
    type: TEXT
    label: {zh: 摊主姓名, en: Owner's name}
    suppliers:
      - {kind: IDENTITY, holder: applicant, field: name}
  - name: owner.phone
    type: PHONE
    label: {zh: 摊主手机, en: Owner's phone}
    suppliers:
      - {kind: IDENTITY, holder: applicant, field: phone}
      - {kind: PRIOR}
  - name: owner.id_number
    type: ID_NUMBER
    label: {zh: 摊主身份证号, en: Owner's ID number}
    suppliers:
      - {kind: CERTIFICATE, certificate: id-card, field: owner.id_number, when: "stall.kind != 'C'"}
"""

ID_CARD_TYPE = """\
kind: certificate
code: id-card
name: {zh: 居民身份证, en: Identity card}
issuer_kind: police
holder: {name: owner.name, person: applicant}
fields: [owner.name, owner.id_number]
statement: {zh: 证明身份。, en: Proves identity.}
"""

PERMIT_TYPE = """\
kind: certificate
code: stall-permit
name: {zh: 摊位证, en: Stall permit}
issuer_kind: market
holder: {name: owner.name, person: applicant}
number: stall.licence_number
fields: [owner.name, stall.kind]
statement: {zh: 准予设摊。, en: The stall is permitted.}
"""

ID_CARD = """\
kind: material
code: id-card
name: {zh: 摊主身份证, en: Owner's identity card}
description: {zh: 正反两面。, en: Both sides.}
how: {zh: 拍照即可。, en: A photo will do.}
source: GOVERNMENT
core: true
satisfiers:
  - {kind: E_CERTIFICATE, certificate: id-card, holders: [applicant]}
  - {kind: UPLOAD}
"""

PERMIT = """\
kind: material
code: permit
name: {zh: 摊位证, en: Stall permit}
description: {zh: 设摊的许可。, en: The permission for the stall.}
how: {zh: 办好后自动传递。, en: Passed on by itself.}
source: GOVERNMENT
core: true
satisfiers:
  - {kind: INTERNAL_PRODUCT, certificate: stall-permit}
  - {kind: UPLOAD}
"""

DRAWING = """\
kind: material
code: drawing
name: {zh: 摊位平面图, en: Floor plan}
description: {zh: 画出摊位位置。, en: Shows where the stall stands.}
how: {zh: 手画也可以。, en: Drawn by hand is fine.}
source: APPLICANT
core: false
deferrable: {max_working_days: 10, confidence: D}
satisfiers:
  - {kind: COMMITMENT, letter: tidy}
  - {kind: UPLOAD}
"""

TIDY = """\
kind: commitment
code: tidy
name: {zh: 整洁承诺书, en: Promise to keep tidy}
told: [{requirement: {zh: 收摊后清扫。, en: Sweep after closing.}, confidence: D}]
promises: [{zh: 我会清扫。, en: I will sweep.}]
consequences: {zh: 不清扫的收回摊位证。, en: Without it the permit is withdrawn.}
verification: {mode: ON_SITE, within_working_days: 20, confidence: D}
"""

_ITEM = """\
kind: item
code: {code}
name: {{zh: {zh}, en: {en}}}
task_type: "20"
project_type: "2"
service_objects: ["1"]
exercise_level: "4"
department: {{kind: {kind}}}
procedure: {{licensing_law: BY_ANALOGY, confidence: D}}
needs:
{needs}
materials:
{materials}
{produces}
limits:
  legal: {{working_days: 20, confidence: D}}
  promise: {{working_days: {days}, confidence: D}}
  correction: {{recheck: {{working_days: 5, confidence: D}}, confidence: D}}
visits: {{count: 0, reason: null}}
separately: {{steps: {steps}, visits: 1, confidence: D}}
remedies: null
fee: null
confidence: D
"""

PERMIT_ITEM = _ITEM.format(
    code="permit-issue",
    zh="摊位证办理",
    en="Stall permit",
    kind="market",
    needs="""\
  - {fact: owner.name}
  - {fact: owner.phone}
  - {fact: owner.id_number}
  - {fact: stall.region}
  - {fact: stall.opens_on}
  - {fact: stall.area, when: "stall.kind == 'B'"}""",
    materials="""\
  - {material: id-card}
  - {material: drawing, when: "stall.kind == 'B'"}""",
    produces="produces: {facts: [stall.licence_number], certificates: [stall-permit]}",
    days=3,
    steps=4,
)
FOOD_ITEM = _ITEM.format(
    code="food-check",
    zh="食品检查",
    en="Food check",
    kind="health",
    needs="""\
  - {fact: owner.name}
  - {fact: stall.licence_number}
  - {fact: stall.area, required: false}""",
    materials="  - {material: permit}",
    produces='checks: [{rule: "stall.opens_on <= date(2026, 12, 31)", message: {zh: 请今年内开业。, en: Open this year.}}]',
    days=2,
    steps=3,
)
SIGN_ITEM = _ITEM.format(
    code="sign-filing",
    zh="招牌备案",
    en="Sign filing",
    kind="market",
    needs="""\
  - {fact: owner.name}
  - {fact: stall.kind}""",
    materials="  - {material: id-card}",
    produces="""\
advice:
  - {when: "stall.area > 100", text: {zh: 招牌不要遮挡通道。, en: Keep the way free.}}
  - {when: "stall.shade == True and stall.shade_on > stall.opens_on", text: {zh: 伞后撑。, en: The parasol follows.}}""",
    days=4,
    steps=2,
)

THING = """\
kind: thing
code: stall
name: {zh: 开个小摊, en: Open a stall}
summary: {zh: 一次办好摊位、食品和招牌。, en: "Permit, food and sign in one go."}
life_cycle: PERSON
domain: 生活
region: "410000"
lead: market
effective_on: 2026-01-01
applicant: {kind: PERSON}
title_facts: [owner.name]
conditions:
  - {rule: "stall.kind != 'C'", message: {zh: 临时摊位分开办理。, en: Temporary stalls are handled singly.}, confidence: D}
items:
  - {item: permit-issue}
  - {item: food-check, when: "stall.food == True"}
  - {item: sign-filing, when: "stall.sign == True"}
questions:
  - {fact: stall.sign, text: {zh: 挂招牌吗?, en: A sign?}, why: {zh: 招牌要备案。, en: Signs are filed.}}
  - {fact: stall.food, text: {zh: 卖吃的吗?, en: Food?}, why: {zh: 要检查。, en: It is checked.}, unknown: {zh: 不急, en: Later}}
  - {fact: stall.kind, text: {zh: 哪种摊位?, en: Which kind?}, why: {zh: 材料不同。, en: Materials differ.}}
form:
  - {entity: owner, elements: [owner.name, owner.phone]}
  - {entity: stall, elements: [stall.region]}
texts: {intro: {zh: 开始。, en: Begin.}, after_submit: {zh: 已提交。, en: Submitted.}, done: {zh: 办好了。, en: Done.}}
"""

EXAMPLE = """\
kind: example
name: {zh: 卖早点, en: Breakfast stall}
thing: stall
on: 2026-03-02
answers: {stall.kind: A, stall.food: true, stall.sign: false}
expect:
  route: BUNDLE
  items: [permit-issue, food-check]
  excluded: [sign-filing]
  materials: {id-card: TO_UPLOAD, permit: FROM_RESULT, drawing: NOT_NEEDED}
  promise_working_days: 5
  due: {permit-issue: 2026-03-05, food-check: 2026-03-09}
"""

ORGS = """\
kind: organisations
organisations:
  - {code: m, kind: market, phone: 0371-60000001, complaint_phone: 0371-60000002}
  - {code: h, kind: health, phone: 0371-60000003, complaint_phone: 0371-60000004}
  - {code: p, kind: police, phone: 0371-60000005, complaint_phone: 0371-60000006}
"""

FILES = {
    "dictionary/stall.yaml": DICTIONARY,
    "dictionary/owner.yaml": OWNER,
    "certificates/id-card.yaml": ID_CARD_TYPE,
    "certificates/stall-permit.yaml": PERMIT_TYPE,
    "materials/id-card.yaml": ID_CARD,
    "materials/permit.yaml": PERMIT,
    "materials/drawing.yaml": DRAWING,
    "commitments/tidy.yaml": TIDY,
    "items/market/permit-issue.yaml": PERMIT_ITEM,
    "items/health/food-check.yaml": FOOD_ITEM,
    "items/market/sign-filing.yaml": SIGN_ITEM,
    "things/stall/thing.yaml": THING,
    "things/stall/examples/breakfast.yaml": EXAMPLE,
    "orgs/orgs.yaml": ORGS,
}

CALENDAR = Calendar(
    frozenset(), frozenset(), frozenset({2026}), "plain"
)  # no holidays: the dates of the example are easy to check
ON = date(2026, 3, 2)  # a Monday
ENV = Environment(ON, CALENDAR)


def library() -> Library:
    """Return the stall's library, which has no findings."""
    found, findings = check_files(FILES, CALENDAR)
    assert not findings.all, [finding.line("en") for finding in findings]
    return found


def stall() -> CompiledThing:
    """Return the compiled stall."""
    return compile_thing(library(), "stall")


def with_change(path: str, old: str, new: str) -> dict[str, str]:
    """Return the files with one passage of one file replaced; the passage must be there."""
    assert old in FILES[path], f"{path} does not hold {old!r}"
    return {**FILES, path: FILES[path].replace(old, new, 1)}
