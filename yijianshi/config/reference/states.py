"""The page of states: the table by which every case moves."""

from collections.abc import Iterable

from yijianshi.config.reference.markdown import code, table

_HEAD = """# 办件的状态 States of a case

来源：`yijianshi/cases/logic/states.py`。状态只能按下表的动作改变；工作台的按钮、接口的动词、权限和这一页都出自同一张表。

Source: `yijianshi/cases/logic/states.py`. A state changes by an action of this table and in no other way; the workbench's
buttons, the API's verbs, the permissions and this page are drawn from it.

"""
_PAPER = (
    "`approve` 后，纸质或卡片结果先到 `DECIDED`，送达后才是 `COMPLETED`。 "
    "After `approve`, a paper or card result is `DECIDED` until it is delivered."
)


def page() -> str:
    """Return the page: states, a drawing, actions, and the states of the whole."""
    return _HEAD + "\n".join((_states(), _drawing(), _actions(), _whole()))


def _states() -> str:
    from yijianshi.cases.logic.states import FAILED, ON_DESK, OPEN, STATE_TEXTS, SUCCEEDED

    kinds = ((OPEN, "办理中 open"), (SUCCEEDED, "办成 succeeded"), (FAILED, "没办成 ended without a result"))
    rows = [
        (code(state), text.zh, text.en, next(word for group, word in kinds if state in group), "✓" if state in ON_DESK else "")
        for state, text in STATE_TEXTS.items()
    ]
    return "## 状态 States\n\n" + table(("状态 State", "中文", "English", "阶段 Phase", "在工作台 On a desk"), rows)


def _drawing() -> str:
    from yijianshi.cases.logic.states import ACTIONS, STATE_TEXTS

    lines = []
    for state, text in STATE_TEXTS.items():
        leaving = [action for action in ACTIONS.values() if state in action.origins]
        lines.append(f"{state}  {text.zh}")
        for number, action in enumerate(leaving, 1):
            branch = "└─" if number == len(leaving) else "├─"
            lines.append(f"  {branch} {action.code:<18} ─▶ {action.target or state}")
        lines.append("")
    return "## 图 Drawing\n\n```text\n" + "\n".join(lines).rstrip() + f"\n```\n\n{_PAPER}\n"


def _actions() -> str:
    from yijianshi.cases.logic.states import ACTIONS

    rows = [
        (
            code(action.code),
            f"{action.label.zh} {action.label.en}",
            _named(action.origins),
            code(action.target) if action.target else "不变 unchanged",
            _named(action.who),
            code(action.clock or ""),
            action.basis,
            "✓" if action.needs_reason else "",
        )
        for action in ACTIONS.values()
    ]
    head = ("动作 Action", "名称 Label", "从 From", "到 To", "谁 Who", "时钟 Clock", "依据 Basis", "要写理由 Reason")
    return "## 动作 Actions\n\n" + table(head, rows)


def _whole() -> str:
    from yijianshi.cases.logic.outcome import OVERALL_TEXTS

    note = "由各办件的状态推出，不存储。 Derived from the cases, never stored (`yijianshi/cases/logic/outcome.py`).\n\n"
    rows = [(code(state), text.zh, text.en) for state, text in OVERALL_TEXTS.items()]
    return "## 一件事的整体状态 State of the whole\n\n" + note + table(("状态 State", "中文", "English"), rows)


def _named(members: Iterable[str]) -> str:
    from yijianshi.cases.logic.states import State, Who

    order = [*State, *Who]
    return ", ".join(code(one) for one in sorted(members, key=order.index))
