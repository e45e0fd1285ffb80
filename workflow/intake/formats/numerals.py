"""Numbers as Word writes them before the items of its lists: 一 十二 ① IV 甲 …"""

from collections.abc import Callable

_CHINESE, _LEGAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(style: str, n: int) -> str:
    """The number `n` in the number format `style` of WordprocessingML; plain digits for one that is not known."""
    if style in ("none", "bullet"):
        return ""
    write = _STYLES.get(style)
    return write(n) if write and 0 < n < 4000 else str(n)


def _counted(digits: str, units: str, n: int) -> str:
    """一百二十三; a ten at the front goes without its one."""
    text = ""
    for place, sign in enumerate(reversed(str(n))):
        if sign != "0":
            text = digits[int(sign)] + ("", *units)[place] + text
        elif text and not text.startswith(digits[0]):
            text = digits[0] + text
    return text


def _chinese(n: int) -> str:
    text = _counted("零一二三四五六七八九", "十百千", n)
    return text[1:] if 10 <= n < 20 else text


def _positional(n: int) -> str:
    return "".join(_CHINESE[int(sign)] for sign in str(n))


def _letter(n: int) -> str:
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if n <= 26 * 30 else str(n)


def _roman(n: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (n // size)
        n %= size
    return text


def _of(first: int, most: int) -> Callable[[int], str]:
    """A style that Unicode has a row of signs for, up to `most`."""
    return lambda n: chr(first + n - 1) if n <= most else str(n)


def _out_of(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if n <= len(signs) else str(n)


_STYLES: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
            "taiwaneseCountingThousand", "koreanCounting",
        ),
        _chinese,
    ),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), _positional),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda n: _counted(_LEGAL, "拾佰仟", n),
    ),
    "ideographTraditional": _out_of(_STEMS),
    "ideographZodiac": _out_of(_BRANCHES),
    "decimalZero": lambda n: f"{n:02}",
    **dict.fromkeys(
        ("decimalFullWidth", "decimalFullWidth2"),
        lambda n: str(n).translate({ord("0") + d: 0xFF10 + d for d in range(10)}),
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _of(0x2460, 20)),
    "decimalEnclosedParen": _of(0x2474, 20),
    "decimalEnclosedFullstop": _of(0x2488, 20),
    "ideographEnclosedCircle": _of(0x3280, 10),
    "ideographEnclosedParenthesis": _of(0x3220, 10),
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerLetter": _letter,
}  # fmt: skip
