"""Chinese numerals → whole numbers: of everyday writing (二十一) and of the bank (贰拾壹). Pure and strict.

Signs that readers confuse with the round zero count as it.
"""

DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("零〇○◯O0", "一壹弌1", "二贰貳弍2", "三叁參参叄弎3", "四肆4", "五伍5", "六陆陸6", "七柒7", "八捌8", "九玖9")
    )
    for sign in signs
}
"""Signs of a figure, of all kinds."""
SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE_UNITS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_TENS = {"廿": "二十", "卄": "二十", "卅": "三十"}


def parse_number(text: str) -> int | None:
    """Return the whole number that Chinese numerals spell, units in their right order; None for anything else."""
    total, section, digit, last_unit, last_large = 0, 0, None, 10**4, 10**12
    for sign in text:
        if sign in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[sign]
        elif sign in SMALL_UNITS:
            unit = SMALL_UNITS[sign]
            # A bare ten leads a number or follows a zero: 十五, 一百零十 is said by nobody but harmless.
            if unit >= last_unit or (digit is None and unit != 10):
                return None
            section, digit, last_unit = section + (digit or 1) * unit, None, unit
        elif sign in LARGE_UNITS:
            unit = LARGE_UNITS[sign]
            section += digit or 0
            if section == 0 or unit >= last_large:
                return None
            total, section, digit, last_unit, last_large = total + section * unit, 0, None, 10**4, unit
        else:
            return None
    return total + section + (digit or 0) if text else None


def small_number(text: str) -> int | None:
    """Return a day or month: 6, 06, 六, 零六, 十六, 廿九, 三十一, 二一 (for 21) is not one."""
    for short, long in _TENS.items():
        text = text.replace(short, long)
    if text.isdecimal():
        return int(text) if len(text) <= 2 else None
    text = text.lstrip("零〇○◯O0") if len(text) > 1 else text
    return parse_number(text) if text and not (len(text) > 1 and all(sign in DIGITS for sign in text)) else None
