"""Numbers as documents write them, in digits of any width or in Chinese: 12, １２, 十二, 二〇二五, 两百."""

_FORMS = str.maketrans("０１２３４５６７８９．：∶％－／（）＋＝＜＞～〜", "0123456789.::%-/()+=<>~~")
_DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
CHINESE = "〇○零一二两三四五六七八九十百千"
"""The signs of a Chinese number without 万 and 亿, which stand with the unit."""


def plain(text: str) -> str:
    """`text` with full-width digits and signs made plain; every sign keeps its place."""
    return text.translate(_FORMS)


def whole_number(text: str) -> int:
    """The number that `text` writes in digits or in Chinese. Raises ValueError for anything else."""
    if text.isdecimal():
        return int(text)
    if not text or any(sign not in _DIGITS and sign not in _POWERS and sign not in _BIG for sign in text):
        raise ValueError(text)
    if len(text) > 1 and all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    return _counted(text)


def _counted(text: str) -> int:
    """两百三十 as 230: digits before powers of ten, these before 万 and 亿."""
    total = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _POWERS:
            section += (digit or 1) * _POWERS[sign]
            digit = 0
        else:
            total = (total + section + digit) * _BIG[sign]
            section = digit = 0
    return total + section + digit
