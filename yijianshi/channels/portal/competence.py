"""Places that lead nowhere: a region in the form for which no department of an item's kind is registered."""

from yijianshi.applications.queries.display import display
from yijianshi.applications.queries.views import DraftView
from yijianshi.catalogue.logic.checking import FactProblem
from yijianshi.catalogue.logic.plan import PlannedItem
from yijianshi.identity import queries as identity
from yijianshi.kernel.text import Text

_NOWHERE = Text(
    "“{label}”填的是{place}，那里没有登记办理“{item}”的部门（{department}）。请看看是不是填错了；没有填错，请打 12345。",
    'For "{label}" you gave {place}, where no department for "{item}" ({department}) is registered. '
    "Please check the place; if it is right, call 12345.",
)


def problems(draft: DraftView) -> list[FactProblem]:
    """Return, for each place of the form where nobody is competent, the fact that names it and what to do; once per fact."""
    found = [_problem(draft, item) for item in draft.plan.items if item.status == "INCLUDED"]
    return list({one.name: one for one in reversed([one for one in found if one])}.values())


def _problem(draft: DraftView, item: PlannedItem) -> FactProblem | None:
    region = draft.facts.get(item.region_fact or "")
    if not item.region_fact or not region or identity.find_competent_organisation(item.department_kind, str(region)):
        return None
    element = draft.thing.element(item.region_fact)
    place = display(element, region) or Text(str(region), str(region))
    words_of = {"label": element.label, "place": place, "item": item.name, "department": item.department}
    return FactProblem(item.region_fact, _NOWHERE.format(**words_of))
