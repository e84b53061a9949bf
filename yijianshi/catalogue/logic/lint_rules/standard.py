"""C75x and C76x: the elements of the item standard agree with each other (handbook 4.6, rules 2, 4, 5, 8, 9, 10; 4.2; 4.3)."""

from collections.abc import Iterator

from yijianshi.catalogue.logic.code_tables import APPLIED_FOR, RESULT_TYPE, TASK_TYPE
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.item_standard import derived
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.schema import Item, Material
from yijianshi.catalogue.logic.schema.item import LICENCE
from yijianshi.kernel.text import Text

_FEWEST_STEPS = 5

_RESULT_TYPE = Text(
    "结果叫“{result}”，应当是{should}，现在写的是{is_now}。请改 outcome.type，或改结果名称。",
    "A result called '{result}' means: {should}. It says: {is_now}. Change outcome.type, or the result's name.",
)
_NO_WAY = Text(
    "不用到现场，也不能网上办，就要能寄材料。请在 channels.forms 加上 4（快递申请），或加上网上办理（2、3）。",
    "No visit and nothing online leaves only the post. Add 4 (by post) to channels.forms, or 2 or 3 (online).",
)
_NOT_WHOLLY_ONLINE = Text(
    "网上办理深度写的是Ⅳ级（全程网办），却要到现场 {count} 次。请把 visits 改成 0，或把深度改成 3。",
    "Online depth IV means wholly online, yet {count:visit is|visits are} asked for. Write 0 visits, or depth 3.",
)
_TOPICS = Text(
    "主题分类是{topics}，服务对象（service_objects）里却没有{whom}。请改成一致的。",
    "The topics are for {topics}, but service_objects has no {whom}. Make the two agree.",
)
_TOPIC_WORDS = {
    "PERSON": (Text("面向自然人的", "persons"), Text("自然人（1）", "natural persons (1)")),
    "BUSINESS": (Text("面向法人的", "businesses"), Text("法人或其他组织（2 至 6）", "businesses or organisations (2 to 6)")),
}
_STEPS = Text(
    "行政许可的流程至少写 5 步（受理、审核、审批、办结、送达），现在是 {count} 步。请补全；不写 steps，就用国家标准的 5 步。",
    "A licence has at least 5 steps (acceptance, examination, decision, completion, delivery), not {count}. Complete them, or"
    " leave steps out and the five of the standard are used.",
)
_SAMPLE = Text(
    "结果类型是{type}，却没有样本，市民不知道会拿到什么。请写 outcome.sample，或在 produces.certificates 写明证照。",
    "The result is: {type}, but there is no sample, so nobody knows what to expect. Write outcome.sample, or name the certificate"
    " in produces.certificates.",
)
_COMMISSION = Text(
    "实施主体是受委托组织（3），请在 authority.commissioned_by 写明委托部门。",
    "The body acts on commission (3); say in authority.commissioned_by who commissioned it.",
)
_DATES = Text(
    "停办日期 {end} 早于生效日期 {start}。请改其中一个。", "It ends on {end}, before it begins on {start}. Change one of them."
)
_ENDED = Text(
    "“{item}”到 {end} 就停办，这件事 {start} 才生效。请从 items 里去掉它，或改日期。",
    "'{item}' ends on {end}, before this thing takes effect on {start}. Remove it from items, or change a date.",
)
_SERIAL = Text(
    "写了业务办理项序号，却没有基本编码（catalog_code），编不出业务办理项编码。请补上基本编码，或去掉序号。",
    "A handling serial needs a catalogue code (catalog_code) to go with. Add the code, or remove the serial.",
)
_NOT_APPLIED_FOR = Text(
    "{type}（{code}）不是依申请办理的事项，市民不能申请。请核对 task_type，或从内容里去掉这个事项。",
    "'{type}' ({code}) is not done on application, so nobody can apply for it. Check task_type, or remove the item.",
)
_UNKNOWN_TYPE = Text(
    "task_type 写的“{code}”不在国家标准表 A.1 里。请用 01、05、07、08、09、10、20，或本地码 11 至 19、21 至 99。",
    "task_type '{code}' is not in table A.1. Use 01, 05, 07, 08, 09, 10, 20 or a local code (11 to 19, 21 to 99).",
)
_DAILY = Text(
    "写了每天的预约数，却没写怎样预约。请补上 channels.booking，或去掉 booking_daily。",
    "A daily number of bookings needs to say how to book. Add channels.booking, or remove booking_daily.",
)
_AREA = Text(
    "写了通办形式，通办范围却是当地办理。请补上 channels.area，或去掉 area_mode。",
    "It says how to do it elsewhere, but the area is here only. Add channels.area, or remove area_mode.",
)
_COPIES = Text(
    "材料是电子的，就不要写原件、复印件的份数。请把 form 改成 PAPER 或 EITHER，或去掉份数。",
    "An electronic paper has no originals or copies. Make form PAPER or EITHER, or remove the numbers.",
)


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about elements of the standard that contradict each other or miss their counterpart."""
    for item in library.items.values():
        yield from _type(item)
        yield from _result(item)
        yield from _ways(item)
        yield from _body(item)
        yield from _dates(item)
    for material in library.materials.values():
        yield from _copies(material)
    yield from _ended(library)


def _type(document: Document[Item]) -> Iterator[Finding]:
    code = document.model.task_type
    if code in TASK_TYPE and code not in APPLIED_FOR:
        text = _NOT_APPLIED_FOR.format(type=TASK_TYPE[code], code=code)
        yield Finding("C764", document.where("task_type"), text)
    if code not in TASK_TYPE and code < "11":
        yield Finding("C765", document.where("task_type"), _UNKNOWN_TYPE.format(code=code))


def _result(document: Document[Item]) -> Iterator[Finding]:
    item, outcome = document.model, document.model.standard.outcome
    if outcome.type is None:
        return
    where = document.where("standard", "outcome")
    should = derived.type_by_name(item.result.zh) if item.result else None
    if should is not None and should != outcome.type:
        text = _RESULT_TYPE.format(result=item.result, should=RESULT_TYPE[should], is_now=RESULT_TYPE[outcome.type])
        yield Finding("C752", where, text)
    if outcome.type != "SERVICE" and not item.produces.certificates and outcome.sample is None:
        yield Finding("C760", where, _SAMPLE.format(type=RESULT_TYPE[outcome.type]))


def _ways(document: Document[Item]) -> Iterator[Finding]:
    item, channels = document.model, document.model.standard.channels
    where = document.where("standard", "channels")
    if item.visits.count == 0 and not derived.is_online(item) and "4" not in derived.forms(item):
        yield Finding("C754", where, _NO_WAY)
    if derived.depth(item) == "4" and item.visits.count:
        yield Finding("C755", where, _NOT_WHOLLY_ONLINE.format(count=item.visits.count))
    if channels.booking_daily and channels.booking is None:
        yield Finding("C766", where, _DAILY)
    if channels.area_mode and channels.area == "LOCAL":
        yield Finding("C767", where, _AREA)


def _body(document: Document[Item]) -> Iterator[Finding]:
    item, standard = document.model, document.model.standard
    kind = standard.topics_for
    served = set(item.service_objects)
    if kind is not None and not (served & {"1"} if kind == "PERSON" else served - {"1"}):
        topics, whom = _TOPIC_WORDS[kind]
        yield Finding("C758", document.where("standard", "topics_for"), _TOPICS.format(topics=topics, whom=whom))
    if item.task_type == LICENCE and 0 < len(item.steps) < _FEWEST_STEPS:
        yield Finding("C759", document.where("steps"), _STEPS.format(count=len(item.steps)))
    if standard.authority.body_nature == "3" and standard.authority.commissioned_by is None:
        yield Finding("C761", document.where("standard", "authority"), _COMMISSION)
    if standard.codes.handling_serial and item.catalog_code is None:
        yield Finding("C763", document.where("standard", "codes"), _SERIAL)


def _dates(document: Document[Item]) -> Iterator[Finding]:
    dates = document.model.standard.dates
    if dates.effective_on and dates.ends_on and dates.ends_on < dates.effective_on:
        yield Finding("C762", document.where("standard", "dates"), _DATES.format(end=dates.ends_on, start=dates.effective_on))


def _ended(library: Library) -> Iterator[Finding]:
    for thing in library.things.values():
        for position, use in enumerate(thing.model.items):
            item = library.items.get(use.item)
            end = item.model.standard.dates.ends_on if item else None
            if item and end and end < thing.model.effective_on:
                text = _ENDED.format(item=item.model.name, end=end, start=thing.model.effective_on)
                yield Finding("C762", thing.where("items", position), text)


def _copies(document: Document[Material]) -> Iterator[Finding]:
    standard = document.model.standard
    if standard.form == "ELECTRONIC" and (standard.originals or standard.copies):
        yield Finding("C768", document.where("standard"), _COPIES)
