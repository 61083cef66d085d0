"""What script a bare text is in, and whether it could be words at all."""

_COMMON = range(0xB0, 0xD8)
"""First byte in GB 2312 of the 3,755 most frequent characters."""
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûãõåæøıİ")
_FEWEST_LETTERS = 8
"""Latin letters below which the share of vowels says nothing."""
LONG_SENTENCE, _FEWEST_KINDS = 20, 8
"""Letters of a sentence that strokes do not make by chance; different ones that it has at least."""


def reads_like_text(text: str) -> bool:
    """Whether bare text could be words or numbers, and is not what a font with a code of its own gives."""
    chinese = [sign for sign in text if is_ideograph(sign)]
    latin = [sign for sign in text if sign.isalpha() and sign < "\u0250"]
    if is_chinese(text):
        return sum(map(_is_common, chinese)) >= 0.7 * len(chinese)
    if len(latin) > max(len(text) / 2, _FEWEST_LETTERS):
        if len(latin) >= LONG_SENTENCE and len(set(latin)) < _FEWEST_KINDS:
            return False
        return 0.2 <= sum(sign in _VOWELS for sign in latin) / len(latin) <= 0.6
    return True


def is_chinese(text: str) -> bool:
    """Whether at least half of a text is Chinese."""
    return 2 * sum(map(is_ideograph, text)) >= len(text)


def says_more(text: str) -> bool:
    """Whether bare text has figures or characters that mean something each."""
    return any(sign.isdecimal() or is_ideograph(sign) for sign in text)


def is_foreign(text: str) -> bool:
    """Whether most of a bare text is in a script that is neither Latin, Greek nor Chinese or Japanese."""
    return 2 * sum(map(_is_foreign, text)) > len(text)


def has_foreign(text: str) -> bool:
    """Whether any letter of a text is in such a script."""
    return any(map(_is_foreign, text))


def _is_foreign(sign: str) -> bool:
    return sign.isalpha() and "\u0400" <= sign < "\u2e80"


def is_ideograph(sign: str) -> bool:
    """Whether a character is Chinese, Japanese or Korean."""
    return "\u2e80" <= sign <= "\ufaff"


def is_latin(sign: str) -> bool:
    """Whether a character is a Latin letter without an accent."""
    return sign.isascii() and sign.isalpha()


def _is_common(sign: str) -> bool:
    code = sign.encode("gb2312", errors="ignore")
    return bool(code) and code[0] in _COMMON
