"""Who else must agree to the finished form before it can be submitted."""

from collections.abc import Sequence

from yijianshi.catalogue.logic.plan import FieldStatus, PlannedField, PlannedParty
from yijianshi.catalogue.logic.planning.items import Standing
from yijianshi.catalogue.logic.prepared import party_key
from yijianshi.catalogue.logic.schema.thing import Party
from yijianshi.kernel.text import Text

_LEFT_OUT = {FieldStatus.NOT_NEEDED, FieldStatus.FROM_RESULT}


def plan_parties(standing: Standing, fields: Sequence[PlannedField]) -> tuple[PlannedParty, ...]:
    """Return the parties that apply; one whose ID number no item asks for has no part in this application."""
    wanted = {field.name for field in fields if field.certain and field.status not in _LEFT_OUT}
    return tuple(
        _planned(party, standing, fields)
        for position, party in enumerate(standing.thing.parties)
        if party.id_number in wanted and (party.when is None or standing.outcomes[party_key(position)] is True)
    )


def _planned(party: Party, standing: Standing, fields: Sequence[PlannedField]) -> PlannedParty:
    labels = {entity.code: entity.label for entity in standing.thing.entities}
    about = {code for field in fields if field.entity == party.entity for code in field.needed_by}
    items = tuple(item.code for item in standing.included() if item.code in about)
    label = labels.get(party.entity, Text(party.entity, party.entity))
    return PlannedParty(party.entity, label, party.id_number, party.act, party.text, items)
