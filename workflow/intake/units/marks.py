"""Signs that documents put before or behind a unit: 区教育局*, ★区教育局; most mark the lead."""

MARKS = "*＊★☆▲△※#●◆◇◎"
_SAME = str.maketrans("＊", "*")


def mark_of(unit: str) -> str:
    """The sign at the unit's beginning or end, alone or in brackets; "" for none, and for the two of a redacted name."""
    bare = unit.strip()
    if not bare or len(bare) < _LEAST:
        return ""
    behind = bare[-2] if bare[-1] in "）)" and bare[-3] in "（(" else bare[-1]
    for sign in (bare[0], behind):
        if sign in MARKS and not bare.startswith(sign * 2) and not bare.endswith(sign * 2):
            return sign.translate(_SAME)
    return ""


def without_mark(unit: str) -> str:
    """The unit without its sign; as it is where it has none."""
    mark = mark_of(unit)
    if not mark:
        return unit
    signs = "*＊" if mark == "*" else mark
    bare = unit.strip()
    if bare[0] in signs:
        return bare[1:]
    return bare[:-3] if bare[-1] in "）)" and bare[-2] in signs else bare[:-1]


_LEAST = 3
