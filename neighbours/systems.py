"""Which systems there are, by the name the command line knows them under."""

from neighbours.departments import (
    civil_affairs,
    disability_federation,
    fire,
    hospital,
    housing_fund,
    market_regulation,
    medical_insurance,
    national,
    natural_resources,
    police,
    social_security,
    tax,
    utilities,
)
from neighbours.engine.declaring import System

_MODULES = (
    hospital,
    police,
    medical_insurance,
    social_security,
    tax,
    market_regulation,
    fire,
    natural_resources,
    housing_fund,
    civil_affairs,
    disability_federation,
    national,
)
SYSTEMS: dict[str, System] = {one.code: one for one in (*(module.SYSTEM for module in _MODULES), *utilities.SYSTEMS)}
