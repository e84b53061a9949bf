"""GB/T 2260 codes as places inside places: province, city, district."""

NATION = "000000"


def chain(region: str) -> tuple[str, ...]:
    """Return *region* and the places around it, smallest first: ``410105 → 410105, 410100, 410000, 000000``.

    Counties directly under a province (419001) pass through a city code nobody uses (419000), which is harmless.
    """
    candidates = (region, region[:4] + "00", region[:2] + "0000", NATION)
    return tuple(dict.fromkeys(code for code in candidates if len(code) == 6))


def covers(outer: str, inner: str) -> bool:
    """Say whether the place *outer* contains *inner* (a place contains itself; an empty code contains nothing)."""
    return bool(outer and inner) and outer in chain(inner)
